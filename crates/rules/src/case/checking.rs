//! Checking 核查 and closing 结案: somebody else looks whether it is really fixed, the reporter is asked
//! where the catalogue wants it, and told in any case. Nobody here judges their own work (the gate).

use super::turn::Turn;
use super::{Claim, Decision, Deed, Outcome, Refusal, State, Verdict, gate};
use crate::ids::AnswerId;

pub(super) fn check(
    mut turn: Turn<'_>,
    verdict: &Verdict,
    answer: Option<AnswerId>,
) -> Result<Decision, Refusal> {
    let State::Handled(work) = turn.case.state else {
        return Err(Refusal::NothingAsked);
    };
    if let Verdict::Fail { .. } = verdict {
        rework(&mut turn);
        return turn.decide(Deed::Checked { passed: false });
    }
    let visit_needed = turn.condition()?.is_some_and(|row| row.visit_needed);
    let checker = turn.member()?;
    turn.case.state = State::Checked {
        work,
        checker,
        visit_needed,
        visitor: None,
    };
    turn.case.times.checked_at = Some(turn.now);
    let passed = Deed::Checked { passed: true };
    match answer {
        Some(_) if !visit_needed && gate::closable(&turn.case, turn.who).is_ok() => {
            turn.note(passed);
            close(turn, answer)
        }
        _ => turn.decide(passed),
    }
}

pub(super) fn visit(mut turn: Turn<'_>, solved: bool) -> Result<Decision, Refusal> {
    let by = turn.member()?;
    turn.contact();
    turn.case.times.visited_at = Some(turn.now);
    match &mut turn.case.state {
        State::Checked { visitor, .. } if solved => *visitor = Some(by),
        _ => rework(&mut turn),
    }
    turn.decide(Deed::Visited { solved })
}

/// 返工: the owner goes on; the deadline stays.
fn rework(turn: &mut Turn<'_>) {
    turn.case.counts.reworks = turn.case.counts.reworks.saturating_add(1);
    turn.case.state = State::at_work();
    turn.case.times.handled_at = None;
    turn.case.times.checked_at = None;
}

pub(super) fn close(mut turn: Turn<'_>, answer: Option<AnswerId>) -> Result<Decision, Refusal> {
    let State::Checked {
        work,
        checker,
        visitor,
        ..
    } = turn.case.state
    else {
        return Err(Refusal::NothingAsked);
    };
    let answer = answer.ok_or(Refusal::AnswerMissing)?;
    let outcome = match work.claim {
        Claim::Solved => Outcome::Solved,
        Claim::WontFix(reason) => Outcome::WontFix(reason),
    };
    let reopen_until = turn.reopen_until();
    turn.end(State::Closed {
        outcome,
        work,
        answer,
        checker: Some(checker),
        visitor,
        reopen_until,
    });
    turn.case.times.closed_at = Some(turn.now);
    turn.contact();
    turn.decide(Deed::Closed { outcome, answer })
}
