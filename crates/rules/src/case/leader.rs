//! When a leader is called: after so many rounds that did not solve it, whether the reporter opened it again or said so in a
//! return visit. It is the next one up who judged none of those rounds: nobody is asked to decide about what they passed.

use time::OffsetDateTime;

use super::turn::Turn;
use super::{Case, Counts, Deed, Event, State, Terms};
use crate::access::Actor;
use crate::ids::MemberId;

impl Counts {
    /// How many rounds the reporter called unsolved.
    pub const fn unsolved_rounds(&self) -> u16 {
        self.reopenings.saturating_add(self.unsolved_visits)
    }
}

/// Who judged the work of a case, in every round: whoever checked or closed it, and for whom they did.
pub fn judged<'e>(trail: impl Iterator<Item = (Option<MemberId>, &'e Event)>) -> Vec<MemberId> {
    let judges = |(actor, event): (Option<MemberId>, &Event)| match event.deed {
        Deed::Checked { .. } | Deed::Closed { .. } => [actor, event.stands_for],
        _ => [None, None],
    };
    let mut all: Vec<MemberId> = trail.flat_map(judges).flatten().collect();
    all.sort();
    all.dedup();
    all
}

/// Whom to call after the present round; nobody yet, where there were few. Asked before the round is left: its checker, owner
/// and handler still stand in the case.
pub(super) fn to_call(turn: &Turn<'_>) -> Option<MemberId> {
    let rounds = turn.case.counts.unsolved_rounds();
    if rounds < turn.terms.settings.reopenings_to_leader {
        return None;
    }
    let above = turn.terms.above.map(|above| above.member);
    let adopter = turn.case.adoption.map(|adoption| adoption.by);
    let line = line(turn, above);
    let candidates = adopter.into_iter().chain(line.iter().copied());
    let free = |one: &MemberId| !has_judged(turn, *one) && !has_done(turn, *one);
    let unjudged = |one: &MemberId| !has_judged(turn, *one);
    let called = candidates.clone().find(free);
    let called = called.or(candidates.clone().find(unjudged));
    // where everybody has judged it, whoever answers for its end, else the highest; at the top whoever has it
    let last = adopter.or(line.last().copied());
    called.or(last).or(turn.case.owner)
}

/// Everybody above the owner, the next one up first.
fn line(turn: &Turn<'_>, above: Option<MemberId>) -> Vec<MemberId> {
    let leads = turn.terms.ladder.leads(turn.case.grid, turn.now);
    let from = leads.iter().position(|one| Some(*one) == above);
    match from {
        Some(from) => leads[from..].to_vec(),
        None => above.into_iter().collect(),
    }
}

fn has_judged(turn: &Turn<'_>, one: MemberId) -> bool {
    turn.terms.judged.contains(&one) || turn.case.checker() == Some(one)
}

fn has_done(turn: &Turn<'_>, one: MemberId) -> bool {
    [turn.case.owner, turn.case.handler()].contains(&Some(one))
}

/// The leader has it now, and only a leader decides who does it next. The deadlines of the case stay.
pub(super) fn decides(turn: &mut Turn<'_>, leader: MemberId) {
    turn.case.state = State::Filed;
    turn.case.owner = Some(leader);
    turn.case.leader_called = Some(leader);
    turn.case.tier = None;
    turn.case.times.tier_due = None;
    turn.case.times.accepted_at = None;
    turn.answer_within(turn.terms.settings.dispatch_within);
}

/// Whether somebody decides who does what a leader was called to: that leader, whoever stands in, and a lead above who judged none
/// of the rounds. Where the leader leads here no more, any lead who judged none; and the highest, where all of them did: somebody
/// has to decide.
pub(super) fn may_decide(
    case: &Case,
    leader: MemberId,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> bool {
    if who.is(leader) {
        return true;
    }
    let line = terms.ladder.leads(case.grid, now);
    let at = line.iter().position(|one| *one == leader);
    let above = at.map_or(line.as_slice(), |at| &line[at + 1..]);
    let judged = |one: MemberId| terms.judged.contains(&one);
    let all_judged = above.iter().all(|one| judged(*one));
    if at.is_none() && all_judged {
        return above.last().is_some_and(|highest| who.is(*highest));
    }
    let judge = terms.judged.iter().any(|one| who.is(*one));
    !judge && above.iter().any(|one| who.is(*one))
}

/// Whom to tell of an unhappy answer: its owner, whoever checked it, and the leader, who is whoever adopted the case, else the
/// next level up.
pub(super) fn to_tell(turn: &Turn<'_>) -> Vec<MemberId> {
    let case = &turn.case;
    let leader = case.adoption.map(|adoption| adoption.by);
    let leader = leader.or(turn.terms.above.map(|above| above.member));
    let mut told: Vec<MemberId> = [case.owner, case.checker(), leader]
        .into_iter()
        .flatten()
        .collect();
    told.sort();
    told.dedup();
    told
}
