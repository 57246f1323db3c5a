//! Handling 处置: the owner asks, needs more time, is held up, and reports a result; or somebody fixes it
//! on the spot. Nobody here judges whether it is really fixed: that is checking.

use time::{Duration, OffsetDateTime};

use super::gate::{apart, has, owns};
use super::turn::Turn;
use super::{
    Claim, CommandName, Condition, Decision, Deed, Due, Extend, Limit, Outcome, Refusal, State,
    Waiting, Words, Work,
};
use crate::access::Action;
use crate::ids::{AnswerId, ResultId};

/// No suspension is longer than this, whatever a catalogue says.
const LONGEST_SUSPENSION: u16 = 365;

pub(super) fn ask(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let due = turn
        .terms
        .calendar
        .due(turn.terms.settings.ask_within, turn.now);
    // nobody waits for an answer longer than there is time for the matter
    let ends = turn.case.times.handle_due.filter(|end| *end > turn.now);
    let until = ends.map_or(due.at, |end| end.min(due.at));
    if let State::Accepted { waiting, .. } = &mut turn.case.state {
        *waiting = Some(Waiting {
            since: turn.now,
            until: Some(until),
            lapsed: false,
        });
    }
    turn.contact();
    turn.decide(Deed::Asked)
}

/// The reporter had time to answer. What comes later is still read; the owner goes on with what is known.
pub(super) fn lapse(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let State::Accepted {
        waiting: Some(waiting),
        ..
    } = &mut turn.case.state
    else {
        return Err(Refusal::NothingAsked);
    };
    match waiting.runs_until() {
        Some(from) if turn.now < from => return Err(Refusal::TooEarly { from }),
        Some(_) => waiting.lapsed = true,
        None => return Err(Refusal::NothingAsked),
    }
    turn.decide(Deed::Lapsed)
}

/// 告知进展: the reporter reads how it goes. The same moment twice is the same telling.
pub(super) fn tell(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    if turn.case.times.told_at >= Some(turn.now) {
        return Err(Refusal::AlreadyDone {
            command: CommandName::Tell,
        });
    }
    turn.contact();
    turn.decide(Deed::Told)
}

pub(super) fn extend(turn: Turn<'_>, extend: &Extend) -> Result<Decision, Refusal> {
    match extend {
        Extend::Ask { .. } => ask_for_time(turn),
        Extend::Decide { grant } => decide_on_time(turn, *grant),
    }
}

fn ask_for_time(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    if !owns(&turn.case, turn.who) {
        return Err(Refusal::NotYours {
            owner: turn.case.owner,
        });
    }
    not_overdue(&turn)?;
    extensions_left(&turn)?;
    match &mut turn.case.state {
        State::Accepted {
            extension_asked: asked @ None,
            ..
        } => *asked = Some(turn.now),
        _ => {
            return Err(Refusal::AlreadyDone {
                command: CommandName::Extend,
            });
        }
    }
    turn.decide(Deed::ExtensionAsked)
}

/// A refusal costs nothing; granting after the deadline would rewrite an overdue case into a timely one.
fn decide_on_time(mut turn: Turn<'_>, grant: bool) -> Result<Decision, Refusal> {
    if !has(turn.who, Action::DecideExtension) {
        return Err(Refusal::NotAllowed);
    }
    apart(turn.who, [turn.case.owner])?;
    match &mut turn.case.state {
        State::Accepted {
            extension_asked: asked @ Some(_),
            ..
        } => *asked = None,
        _ => return Err(Refusal::NothingAsked),
    }
    if grant {
        not_overdue(&turn)?;
        extensions_left(&turn)?;
        turn.case.counts.extensions += 1;
        let (limit, due) = clock(&turn)?;
        turn.due(turn.terms.calendar.due(limit, due.at));
    }
    turn.decide(Deed::ExtensionDecided { granted: grant })
}

fn not_overdue(turn: &Turn<'_>) -> Result<(), Refusal> {
    match turn.case.times.handle_due {
        Some(due) if turn.now > due => Err(Refusal::Overdue { due }),
        _ => Ok(()),
    }
}

fn extensions_left(turn: &Turn<'_>) -> Result<(), Refusal> {
    let max = turn.terms.settings.max_extensions;
    if turn.case.counts.extensions < max {
        Ok(())
    } else {
        Err(Refusal::LimitReached {
            command: CommandName::Extend,
            max,
        })
    }
}

/// The running limit and deadline; every filed case has them.
fn clock(turn: &Turn<'_>) -> Result<(Limit, Due), Refusal> {
    match (turn.case.limit, turn.case.times.handle_due) {
        (Some(limit), Some(at)) => Ok((
            limit,
            Due {
                at,
                provisional: turn.case.times.due_provisional,
            },
        )),
        _ => Err(Refusal::UnknownTarget),
    }
}

/// What is late already is not suspended, as it is not given more time: that would take being late off every list.
pub(super) fn suspend(mut turn: Turn<'_>, until: OffsetDateTime) -> Result<Decision, Refusal> {
    not_overdue(&turn)?;
    let days = turn
        .condition()?
        .and_then(|row| row.suspension_days)
        .unwrap_or(turn.terms.settings.suspension_days);
    let latest = turn.now + Duration::days(days.min(LONGEST_SUSPENSION).into());
    if until <= turn.now || until > latest {
        return Err(Refusal::OutsideWindow { latest });
    }
    let waiting = match turn.case.state {
        State::Accepted { waiting, .. } => waiting,
        _ => None,
    };
    turn.told();
    turn.case.counts.suspensions += 1;
    turn.case.state = State::Suspended {
        since: turn.now,
        until,
        waiting,
    };
    turn.decide(Deed::Suspended { until })
}

/// The clock goes on at the promised date even when time itself was late to notice.
pub(super) fn resume(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let State::Suspended {
        since,
        until,
        waiting,
    } = turn.case.state
    else {
        return Err(Refusal::NothingAsked);
    };
    if turn.who.member().is_none() && turn.now < until {
        return Err(Refusal::TooEarly { from: until });
    }
    let (limit, due) = clock(&turn)?;
    let till = turn.now.min(until);
    turn.due(turn.terms.calendar.shift(due, limit, since, till));
    turn.clocks_stood_still(since, till);
    turn.case.state = State::Accepted {
        waiting: waiting.map(|one| stood_still(&turn, one, since, till)),
        extension_asked: None,
        whistle: None,
    };
    turn.decide(Deed::Resumed)
}

/// A question whose clock stood still, too: the reporter has what was left of the time to answer, and as before no more than there
/// is for the matter.
fn stood_still(
    turn: &Turn<'_>,
    waiting: Waiting,
    since: OffsetDateTime,
    till: OffsetDateTime,
) -> Waiting {
    let Some(at) = waiting.runs_until() else {
        return waiting;
    };
    let due = Due {
        at,
        provisional: false,
    };
    let (calendar, limit) = (turn.terms.calendar, turn.terms.settings.ask_within);
    let moved = calendar.shift(due, limit, since, till).at;
    let ends = turn.case.times.handle_due.filter(|end| *end > turn.now);
    Waiting {
        until: Some(ends.map_or(moved, |end| end.min(moved))),
        ..waiting
    }
}

pub(super) fn handle(
    mut turn: Turn<'_>,
    result: ResultId,
    photos: u16,
    (claim, left): (Claim, Option<Words>),
) -> Result<Decision, Refusal> {
    if claim == Claim::Partly && left.is_none() {
        return Err(Refusal::WordsMissing);
    }
    evidence(turn.condition()?, photos, claim)?;
    let handler = turn.member()?;
    turn.case.state = State::Handled(Work {
        handler,
        result,
        claim,
    });
    turn.case.times.handled_at = Some(turn.now);
    turn.decide(Deed::Handled {
        result,
        claim: Some(claim),
    })
}

/// 即办. Whoever was there did it and is responsible for it; the reporter's rating is the check.
pub(super) fn fix(
    mut turn: Turn<'_>,
    result: ResultId,
    photos: u16,
    answer: Option<AnswerId>,
) -> Result<Decision, Refusal> {
    evidence(turn.condition()?, photos, Claim::Solved)?;
    let answer = answer.ok_or(Refusal::AnswerMissing)?;
    let handler = turn.member()?;
    let work = Work {
        handler,
        result,
        claim: Claim::Solved,
    };
    let reopen_until = turn.reopen_until();
    let outcome = Outcome::FixedOnSpot;
    turn.end(State::Closed {
        outcome,
        work,
        answer,
        checker: None,
        visitor: None,
        heard: None,
        reopen_until,
    });
    turn.case.owner = Some(handler);
    turn.case.times.handled_at = Some(turn.now);
    turn.case.times.closed_at = Some(turn.now);
    turn.contact();
    turn.decide(Deed::Fixed { result, answer })
}

/// A photo is asked only where nothing else can show that the problem, or part of it, is gone.
fn evidence(condition: Option<&Condition>, photos: u16, claim: Claim) -> Result<(), Refusal> {
    let fixed = matches!(claim, Claim::Solved | Claim::Partly);
    let needed = fixed && condition.is_some_and(|row| row.photo_needed);
    if needed && photos == 0 {
        Err(Refusal::EvidenceMissing)
    } else {
        Ok(())
    }
}
