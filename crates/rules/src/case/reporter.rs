//! What the reporter does with the receipt in hand: answer, rate, reopen, withdraw. Nobody else can.

use super::turn::Turn;
use super::{CommandName, Decision, Deed, Event, Rating, Refusal, State, filing, leader};

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

/// Nothing was called solved yet, so no round was in vain: no reopening is counted, and no leader called.
fn separate(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let back = turn.case.comes_back_to().or(turn.terms.on_duty);
    turn.case.owner = back.or(turn.case.owner);
    turn.case.times.next_round();
    turn.case.state = State::Reported { found: None };
    turn.answer_within(turn.terms.settings.decide_within);
    turn.decide(Deed::Separated)
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
