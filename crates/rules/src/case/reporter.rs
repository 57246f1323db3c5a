//! What the reporter does with the receipt in hand: answer, rate, reopen, withdraw. Nobody else can.

use time::OffsetDateTime;

use super::turn::Turn;
use super::{
    Case, CommandName, Decision, Deed, Event, Rating, Refusal, State, Terms, filing, leader,
};
use crate::access::Actor;
use crate::ids::{CaseId, MemberId, ReportId};

/// Whether an event changes what a step of the reporter's is about: for an answer another question, for a rating one that was
/// given, for everything else where the case stands. What staff tell, or another reader does, leaves it as it was seen.
pub fn changes_reporters_step(command: CommandName, event: &Event) -> bool {
    match command {
        CommandName::Answer => matches!(event.deed, Deed::Asked | Deed::Answered),
        CommandName::Rate if matches!(event.deed, Deed::Rated { .. }) => true,
        _ => event.from != Some(event.to),
    }
}

pub(super) fn answer(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    if let State::Accepted { waiting, .. } | State::Suspended { waiting, .. } = &mut turn.case.state
    {
        *waiting = None;
    }
    turn.decide(Deed::Answered)
}

pub(super) fn rate(mut turn: Turn<'_>, rating: Rating) -> Result<Decision, Refusal> {
    turn.case.rating = Some(rating);
    turn.case.times.rated_at = Some(turn.now);
    let told = if rating.is_unhappy() {
        leader::to_tell(&turn)
    } else {
        Vec::new()
    };
    turn.decide(Deed::Rated { rating, told })
}

/// A closed case is filed again; one that was redirected or merged is decided upon again. Either way it goes back to who knew
/// it, and the first moments stay.
pub(super) fn reopen(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    in_time_to_reopen(&turn)?;
    if let State::Merged { .. } = turn.case.state {
        return separate(turn);
    }
    turn.case.counts.reopenings = turn.case.counts.reopenings.saturating_add(1);
    let leader = leader::to_call(&turn);
    let back = turn.case.comes_back_to().or(turn.terms.on_duty);
    turn.case.leader_called = leader;
    turn.case.owner = leader.or(back).or(turn.case.owner);
    turn.case.rating = None;
    turn.case.times.next_round();
    if let State::Closed { .. } = turn.case.state {
        filing::open(&mut turn)?;
    } else {
        turn.case.state = State::Reported { found: None };
        turn.answer_within(turn.terms.settings.decide_within);
    }
    turn.decide(Deed::Reopened { leader })
}

/// Nothing was called solved yet, so no round was in vain: no reopening is counted, and no leader called. One who was called before
/// the merge decides about it again; where that one is gone, or away with nobody in their place,
/// it comes back as any other.
fn separate(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let (ladder, now) = (turn.terms.ladder, turn.now);
    let works = |leader: &MemberId| {
        ladder.is_there(*leader, now) || ladder.stands_in(*leader, now).is_some()
    };
    let leader = turn.case.leader_called.filter(works);
    let back = leader.or(turn.case.comes_back_to());
    let back = back.or(turn.terms.on_duty);
    turn.case.owner = back.or(turn.case.owner);
    turn.case.times.next_round();
    turn.case.state = State::Reported { found: None };
    turn.answer_within(turn.terms.settings.decide_within);
    turn.decide(Deed::Separated)
}

/// A telling that had joined a case, which was merged since, is another matter as its own reporter says: that telling leaves, and
/// the merge stands for everybody else. `joined` is the case that it had joined; each case that one went on with tells it no
/// more, either, and all of them are saved in one unit with the case that the telling becomes.
///
/// # Errors
/// `NotAllowed` for everybody else, `TooLate` once the time for it is over, `UnknownTarget` where it was not merged, or the case
/// counts no other telling. One that left as a complaint is counted still, so whoever is the last to tell it may leave, too.
pub fn part(
    case: &Case,
    (joined, telling): (CaseId, ReportId),
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    if !matches!(who, Actor::Reporter { case } if *case == joined) {
        return Err(Refusal::NotAllowed);
    }
    let other = CaseId(telling.0);
    let is_merged = case.id != joined || matches!(case.state, State::Merged { .. });
    if !is_merged || other == joined || case.reports < 2 {
        return Err(Refusal::UnknownTarget);
    }
    let mut turn = Turn::new(case, who, terms, now);
    if case.id == joined {
        in_time_to_reopen(&turn)?;
    }
    turn.case.reports -= 1;
    turn.decide(Deed::Detached { other })
}

fn in_time_to_reopen(turn: &Turn<'_>) -> Result<(), Refusal> {
    match turn.case.state {
        State::Closed {
            reopen_until: until,
            ..
        }
        | State::Redirected {
            reopen_until: until,
            ..
        }
        | State::Merged {
            reopen_until: until,
            ..
        } if turn.now > until => Err(Refusal::TooLate { until }),
        _ => Ok(()),
    }
}

pub(super) fn withdraw(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    turn.end(State::Withdrawn);
    turn.decide(Deed::Withdrawn)
}
