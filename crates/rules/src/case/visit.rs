//! The return visit 回访: after the check somebody who neither did the work nor checked it asks the reporter whether it is
//! solved, by telephone or on the spot. Which cases are visited, who is asked and what follows from the answer is decided
//! here; nothing is drawn by lot, so that the same case always has the same answer.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::turn::Turn;
use super::{
    Case, Claim, CommandName, Decision, Deed, Event, Limit, Refusal, Satisfaction, State, Unit,
    checking, leader,
};
use crate::access::Actor;
use crate::ids::{CategoryCode, MemberId, Number};

/// How the reporter was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// 电话.
    Phone,
    /// 上门.
    OnSite,
}

impl Method {
    /// Every method.
    pub const ALL: [Method; 2] = [Method::Phone, Method::OnSite];

    /// The name in texts and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Phone => "phone",
            Method::OnSite => "on_site",
        }
    }
}

/// What the reporter said in a return visit. About the case, never about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Heard {
    /// How the reporter was asked.
    #[serde(rename = "m")]
    pub method: Method,
    /// Whether the problem is gone.
    #[serde(rename = "s")]
    pub solved: bool,
    /// How content, where the reporter said so.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<Satisfaction>,
}

impl Heard {
    /// Whether somebody has to hear of it: not solved, or not content.
    pub fn is_unhappy(&self) -> bool {
        !self.solved || self.satisfaction == Some(Satisfaction::Dissatisfied)
    }
}

/// What came of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Visit {
    /// The reporter answered.
    Reached(Heard),
    /// Nobody was reached; somebody tries again.
    NotReached {
        /// How it was tried.
        method: Method,
    },
}

/// A return visit that is due: who was asked to make it, and how often nobody was reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Errand {
    /// Who was asked; `None` where the net has nobody who is not concerned.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<MemberId>,
    /// When.
    #[serde(
        rename = "a",
        default,
        skip_serializing_if = "Option::is_none",
        with = "super::millis::option"
    )]
    pub asked_at: Option<OffsetDateTime>,
    /// How often nobody was reached.
    #[serde(rename = "n", default, skip_serializing_if = "is_none")]
    pub tries: u16,
    /// When it was tried last.
    #[serde(
        rename = "t",
        default,
        skip_serializing_if = "Option::is_none",
        with = "super::millis::option"
    )]
    pub tried_at: Option<OffsetDateTime>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_none(n: &u16) -> bool {
    *n == 0
}

/// When reporters are visited, and for how long that may take. A community's own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VisitSettings {
    /// Of a hundred cases whose category asks no visit by itself, so many are visited all the same.
    pub sample: u8,
    /// How soon after the check.
    pub within: Limit,
    /// How soon somebody tries again after nobody was reached.
    pub again_within: Limit,
    /// How long to wait at least between two tries, in minutes.
    pub pause: u16,
    /// After so many tries the case may be closed without an answer.
    pub tries: u16,
    /// What differs for some categories; the first that fits wins.
    pub of: Vec<VisitOf>,
}

/// What differs for one category, or for the class whose code begins so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitOf {
    /// The category or class.
    pub category: CategoryCode,
    /// Of a hundred cases, so many.
    pub sample: u8,
    /// How soon, where it differs.
    pub within: Option<Limit>,
}

impl Default for VisitSettings {
    fn default() -> Self {
        let limit = |unit, n| Limit { unit, n };
        Self {
            sample: 0,
            within: limit(Unit::WorkDay, 3),
            again_within: limit(Unit::WorkDay, 1),
            pause: 120,
            tries: 3,
            of: Vec::new(),
        }
    }
}

impl VisitSettings {
    fn row(&self, category: Option<&CategoryCode>) -> Option<&VisitOf> {
        let category = category?;
        let fits = |row: &&VisitOf| category.as_str().starts_with(row.category.as_str());
        self.of.iter().find(fits)
    }

    /// How soon after the check a case of this category is visited.
    pub fn limit(&self, category: Option<&CategoryCode>) -> Limit {
        let own = self.row(category).and_then(|row| row.within);
        own.unwrap_or(self.within)
    }

    /// Whether a case of this number is in the sample of its category.
    pub fn samples(&self, category: Option<&CategoryCode>, number: &Number) -> bool {
        let percent = self.row(category).map_or(self.sample, |row| row.sample);
        lot(number) % 100 < u64::from(percent)
    }
}

/// A number spread evenly over all cases, the same for the same case for ever (FNV-1a, folded).
fn lot(number: &Number) -> u64 {
    let mut lot: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in number.to_string().bytes() {
        lot = (lot ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (lot ^ (lot >> 32)) & 0xffff_ffff
}

impl Case {
    /// The return visit that is due now.
    pub const fn errand(&self) -> Option<&Errand> {
        match &self.state {
            State::Checked {
                visit_needed: true,
                visitor: None,
                errand,
                ..
            } => Some(errand),
            _ => None,
        }
    }

    /// What the reporter said in the return visit of the present round.
    pub const fn heard(&self) -> Option<Heard> {
        match &self.state {
            State::Checked { heard, .. } | State::Closed { heard, .. } => *heard,
            _ => None,
        }
    }
}

/// Whether the reporter has to be asked before closing: where the catalogue says so, else by the sample. Nobody is asked
/// about what the net found by itself, unless the catalogue says so.
pub(super) fn is_due(turn: &Turn<'_>) -> Result<bool, Refusal> {
    let case = &turn.case;
    let told = !case.channel.is_own_finding();
    let settings = &turn.terms.settings.visit;
    let sampled = told && settings.samples(case.category.as_ref(), &case.number);
    Ok(sampled || turn.condition()?.is_some_and(|row| row.visit_needed))
}

/// Starts the visit's own clock, and asks somebody of the micro-grid who is not concerned; the nearest first, and among
/// those who are equally near always the same one for the same case.
pub(super) fn ask(turn: &mut Turn<'_>, checker: MemberId) -> Errand {
    let limit = turn.terms.settings.visit.limit(turn.case.category.as_ref());
    turn.case.times.visit_due = Some(turn.terms.calendar.due(limit, turn.now).at);
    Errand {
        asked: near(turn, checker).first().copied(),
        asked_at: Some(turn.now),
        ..Errand::default()
    }
}

/// Whom to ask, in order: ring by ring, and within a ring begun where the case's number says.
fn near(turn: &Turn<'_>, checker: MemberId) -> Vec<MemberId> {
    let case = &turn.case;
    let concerned = [case.handler(), case.owner, Some(checker)];
    let is_free = |member: &MemberId| {
        !concerned.contains(&Some(*member)) && !turn.terms.took_part.contains(member)
    };
    let mut all = Vec::new();
    for mut ring in turn.terms.ladder.visitors(case.grid, turn.now) {
        ring.retain(|member| is_free(member) && !all.contains(member));
        let first = usize::try_from(lot(&case.number)).unwrap_or_default();
        if let Some(first) = first.checked_rem(ring.len()) {
            ring.rotate_left(first);
        }
        all.extend(ring);
    }
    all
}

/// Through whose hands the work of a case went, in every round: who was given it, took it, gave it back or on, handled it,
/// looked whether it is there, or referred a lead of it; and for whom, where somebody stood in. None of them is asked to visit
/// the reporter.
pub fn took_part<'e>(trail: impl Iterator<Item = (Option<MemberId>, &'e Event)>) -> Vec<MemberId> {
    let hand = |(actor, event): (Option<MemberId>, &Event)| match &event.deed {
        Deed::Dispatched { addressee, .. }
        | Deed::Escalated { addressee, .. }
        | Deed::Raised { addressee }
        | Deed::Lowered { addressee } => [Some(addressee.member), event.absent()],
        Deed::Accepted
        | Deed::Returned
        | Deed::HandedOver
        | Deed::Handled { .. }
        | Deed::Fixed { .. }
        | Deed::Verified { .. }
        | Deed::Referred { .. } => [actor, event.stands_for],
        _ => [None, None],
    };
    let mut hands: Vec<MemberId> = trail.flat_map(hand).flatten().collect();
    hands.sort();
    hands.dedup();
    hands
}

/// Somebody else is asked: when a lead says so, or when time is over and nobody visited. Tries that were made stay.
pub(super) fn pass(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let (Some(errand), Some(checker)) = (turn.case.errand().copied(), turn.case.checker()) else {
        return Err(Refusal::NothingAsked);
    };
    if errand.asked_at >= Some(turn.now) {
        return Err(Refusal::AlreadyDone {
            command: CommandName::PassVisit,
        });
    }
    match turn.case.times.visit_due {
        Some(from) if *turn.who == Actor::Clock && turn.now < from => {
            return Err(Refusal::TooEarly { from });
        }
        _ => {}
    }
    let near = near(&turn, checker);
    let place = |asked: MemberId| near.iter().position(|one| *one == asked);
    let next = errand.asked.and_then(place).map_or(0, |place| place + 1);
    let visitor = *near.get(next).ok_or(Refusal::UnknownTarget)?;
    let settings = &turn.terms.settings.visit;
    let limit = settings.limit(turn.case.category.as_ref());
    turn.case.times.visit_due = Some(turn.terms.calendar.due(limit, turn.now).at);
    if let State::Checked { errand, .. } = &mut turn.case.state {
        errand.asked = Some(visitor);
        errand.asked_at = Some(turn.now);
    }
    turn.decide(Deed::VisitPassed { visitor })
}

pub(super) fn visit(turn: Turn<'_>, visit: Visit) -> Result<Decision, Refusal> {
    match visit {
        Visit::Reached(heard) => reached(turn, heard),
        Visit::NotReached { method } => not_reached(turn, method),
    }
}

/// What is not solved goes back to its owner; unless they said themselves that it is not, or not wholly, solved: then the
/// answer stands beside the case, and whoever closes it knows. Whoever has to hear of it is named here.
fn reached(mut turn: Turn<'_>, answer: Heard) -> Result<Decision, Refusal> {
    let by = turn.member()?;
    turn.contact();
    turn.case.times.visited_at = Some(turn.now);
    turn.case.times.visit_due = None;
    let told = if answer.is_unhappy() {
        leader::to_tell(&turn)
    } else {
        Vec::new()
    };
    let leader = match &mut turn.case.state {
        State::Checked {
            visitor,
            heard,
            work,
            ..
        } if answer.solved || work.claim != Claim::Solved => {
            *visitor = Some(by);
            *heard = Some(answer);
            None
        }
        _ => send_back(&mut turn),
    };
    turn.decide(Deed::Visited {
        solved: answer.solved,
        method: Some(answer.method),
        satisfaction: answer.satisfaction,
        told,
        leader,
    })
}

/// Once more to its owner; after so many rounds that did not solve it, to a leader, who decides who does it.
fn send_back(turn: &mut Turn<'_>) -> Option<MemberId> {
    turn.case.counts.unsolved_visits = turn.case.counts.unsolved_visits.saturating_add(1);
    let leader = leader::to_call(turn);
    checking::rework(turn);
    if let Some(leader) = leader {
        leader::decides(turn, leader);
    }
    leader
}

/// Noted, and tried again; after the last try the reporter need not be asked any more.
fn not_reached(mut turn: Turn<'_>, method: Method) -> Result<Decision, Refusal> {
    let settings = &turn.terms.settings.visit;
    let now = turn.now;
    let State::Checked {
        visit_needed,
        errand,
        ..
    } = &mut turn.case.state
    else {
        return Err(Refusal::NothingAsked);
    };
    let pause = time::Duration::minutes(settings.pause.into());
    if let Some(from) = errand.tried_at.map(|at| at + pause).filter(|at| now < *at) {
        return Err(Refusal::TooEarly { from });
    }
    errand.tries = errand.tries.saturating_add(1);
    errand.tried_at = Some(now);
    let over = errand.tries >= settings.tries;
    *visit_needed &= !over;
    let again = turn.terms.calendar.due(settings.again_within, now).at;
    turn.case.times.visit_due = Some(again).filter(|_| !over);
    turn.decide(Deed::NotReached { method, over })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers() -> impl Iterator<Item = Number> {
        let day = time::macros::date!(2026 - 11 - 23);
        (1..=4_000).filter_map(move |n| Number::new("510184999001", day, n).ok())
    }

    #[test]
    fn a_sample_is_about_as_large_as_it_says_and_always_the_same() {
        let settings = VisitSettings {
            sample: 30,
            ..VisitSettings::default()
        };
        let taken = || numbers().filter(|number| settings.samples(None, number));
        let n = taken().count();
        assert!((1_080..1_320).contains(&n), "{n} of 4,000");
        assert!(taken().eq(taken()));
    }

    #[test]
    fn none_and_all_are_samples_too() {
        let of = |sample| VisitSettings {
            sample,
            ..VisitSettings::default()
        };
        assert!(numbers().all(|number| !of(0).samples(None, &number)));
        assert!(numbers().all(|number| of(100).samples(None, &number)));
    }

    #[test]
    fn a_class_has_its_own_sample_and_limit() {
        let settings: VisitSettings = toml::from_str(
            "sample = 0\n[[of]]\ncategory = \"101\"\nsample = 100\nwithin = { unit = \"work_hour\", n = 4 }",
        )
        .expect("well-formed");
        let (within, other) = ("10105".parse().ok(), "20105".parse().ok());
        let number = numbers().next().expect("a number");
        assert!(settings.samples(within.as_ref(), &number));
        assert!(!settings.samples(other.as_ref(), &number));
        assert_eq!(settings.limit(within.as_ref()).n, 4);
        assert_eq!(settings.limit(other.as_ref()), settings.within);
    }
}
