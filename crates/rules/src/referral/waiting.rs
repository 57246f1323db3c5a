//! Two officers are two people: who can act for a team while some of it are away, and whom a lead waits for where two cannot be
//! found.

use super::life::{has, is_both, note};
use super::{Decision, Deed, Referral, Refusal, Terms};
use crate::ids::MemberId;

impl Terms<'_> {
    /// Who can take a lead of the team now: its officers who are there, and where those are fewer than two the officers who stand
    /// in for the others. Each of them once.
    pub fn at_hand(&self) -> Vec<MemberId> {
        let there = |officer: &&MemberId| self.absent(**officer).is_none();
        let mut hands: Vec<MemberId> = self.team.iter().filter(there).copied().collect();
        if hands.len() > 1 {
            return hands;
        }
        let stand_ins = self
            .team
            .iter()
            .filter_map(|one| self.absent(*one)?.stand_in);
        for stand_in in stand_ins {
            if !hands.contains(&stand_in) {
                hands.push(stand_in);
            }
        }
        hands
    }

    /// For which officer of the team, who is away, somebody acts who is none of it.
    pub(super) fn filled_by(&self, member: MemberId) -> Option<MemberId> {
        let theirs = |one: &&MemberId| {
            let absent = self.absent(**one);
            absent.is_some_and(|absent| absent.stand_in == Some(member))
        };
        let of_it = self.team.contains(&member);
        self.team.iter().find(theirs).copied().filter(|_| !of_it)
    }
}

/// Whom a lead waits for that nobody can go on with, because two officers cannot be found: those of the team who are away. None where
/// it can go on; an empty list where the team itself has become too small.
pub fn waits_for(referral: &Referral, terms: &Terms<'_>) -> Option<Vec<MemberId>> {
    let over = referral.times.ended_at.is_some();
    if over || goes_on(referral, terms) || terms.at_hand().len() > 1 {
        return None;
    }
    let away = |officer: &&MemberId| terms.absent(**officer).is_some();
    Some(terms.team.iter().filter(away).copied().collect())
}

/// Notes that a lead waits, so that somebody sees to it.
///
/// # Errors
/// `TooEarly` where it can go on.
pub fn wait(referral: &Referral, terms: &Terms<'_>) -> Result<Decision, Refusal> {
    match waits_for(referral, terms) {
        Some(_) => Ok(note(referral.clone(), Deed::Waiting)),
        None => Err(Refusal::TooEarly),
    }
}

/// Whether one of the two who have it, or an officer who stands in for one of them, is there and goes on.
fn goes_on(referral: &Referral, terms: &Terms<'_>) -> bool {
    let Some(two) = referral.state.officers() else {
        return false;
    };
    let two = [two.first(), two.second()];
    let stand_ins = two.map(|one| terms.absent(one).and_then(|absent| absent.stand_in));
    let mut all = two.into_iter().chain(stand_ins.into_iter().flatten());
    all.any(|one| {
        let there = terms.absent(one).is_none();
        there && has(referral, one, terms) && !is_both(referral, one, terms)
    })
}

/// Notes that a lead goes on without its case, which is passed on: its officers keep it, and its clock runs. It says nothing of why.
/// None for one that is over.
pub fn go_on_alone(referral: &Referral) -> Option<Decision> {
    let open = referral.state.name().is_open();
    open.then(|| note(referral.clone(), Deed::OnItsOwn))
}
