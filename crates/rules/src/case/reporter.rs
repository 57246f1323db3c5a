//! What the reporter does with the receipt in hand: answer, rate, reopen, withdraw. Nobody else can.

use super::filing;
use super::turn::Turn;
use super::{Decision, Deed, Rating, Refusal, State};
use crate::ids::MemberId;

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
    turn.decide(Deed::Rated { rating })
}

/// A closed case is filed again; one that was redirected or merged was never filed here and is decided
/// upon again. Either way it goes back to who knew it, and the first moments stay.
pub(super) fn reopen(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    in_time_to_reopen(&turn)?;
    let back = turn.case.comes_back_to();
    turn.case.owner = back.or(turn.terms.on_duty).or(turn.case.owner);
    turn.case.counts.reopenings = turn.case.counts.reopenings.saturating_add(1);
    turn.case.leader_called = leader_to_call(&turn);
    turn.case.owner = turn.case.leader_called.or(turn.case.owner);
    turn.case.rating = None;
    turn.case.times.next_round();
    if let State::Closed { .. } = turn.case.state {
        filing::open(&mut turn)?;
    } else {
        turn.case.state = State::Reported { found: None };
        turn.answer_within(turn.terms.settings.decide_within);
    }
    let leader = turn.case.leader_called;
    turn.decide(Deed::Reopened { leader })
}

/// Reopened so often that a leader has to look at it: who adopted it, else the next level up, else whoever has it at the top.
fn leader_to_call(turn: &Turn<'_>) -> Option<MemberId> {
    let often = turn.case.counts.reopenings >= turn.terms.settings.reopenings_to_leader;
    let adopter = turn.case.adoption.map(|adoption| adoption.by);
    let above = turn.terms.above.map(|above| above.member);
    adopter.or(above).or(turn.case.owner).filter(|_| often)
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
