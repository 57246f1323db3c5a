//! What the reporter does with the receipt in hand: answer, rate, reopen, withdraw. Nobody else can.

use super::filing;
use super::turn::Turn;
use super::{Decision, Deed, Rating, Refusal, State};

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
    turn.case.rating = None;
    turn.case.times.next_round();
    if let State::Closed { .. } = turn.case.state {
        filing::open(&mut turn)?;
    } else {
        turn.case.state = State::Reported { found: None };
        turn.answer_within(turn.terms.settings.decide_within);
    }
    turn.decide(Deed::Reopened)
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
