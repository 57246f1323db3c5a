//! Checking 核查 and closing 结案: somebody else looks whether it is really fixed, the reporter is asked where a return
//! visit is due, and told in any case. Nobody here judges their own work (the gate).

use super::turn::Turn;
use super::{Claim, Decision, Deed, Errand, Outcome, Refusal, State, Verdict, gate, visit};
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
        return turn.decide(Deed::Checked {
            passed: false,
            visitor: None,
        });
    }
    let visit_needed = visit::is_due(&turn)?;
    let checker = turn.member()?;
    let errand = if visit_needed {
        visit::ask(&mut turn, checker)
    } else {
        Errand::default()
    };
    turn.case.state = State::Checked {
        work,
        checker,
        visit_needed,
        visitor: None,
        errand,
        heard: None,
    };
    turn.case.times.checked_at = Some(turn.now);
    let passed = Deed::Checked {
        passed: true,
        visitor: errand.asked,
    };
    match answer {
        Some(_) if !visit_needed && gate::closable(&turn.case, turn.who).is_ok() => {
            turn.note(passed);
            close(turn, answer)
        }
        _ => turn.decide(passed),
    }
}

/// 返工: the owner goes on; the deadline stays.
pub(super) fn rework(turn: &mut Turn<'_>) {
    turn.case.counts.reworks = turn.case.counts.reworks.saturating_add(1);
    turn.case.state = State::at_work();
    turn.case.times.handled_at = None;
    turn.case.times.checked_at = None;
    turn.case.times.visit_due = None;
}

pub(super) fn close(mut turn: Turn<'_>, answer: Option<AnswerId>) -> Result<Decision, Refusal> {
    let State::Checked {
        work,
        checker,
        visitor,
        heard,
        ..
    } = turn.case.state
    else {
        return Err(Refusal::NothingAsked);
    };
    let answer = answer.ok_or(Refusal::AnswerMissing)?;
    let outcome = match work.claim {
        Claim::Solved => Outcome::Solved,
        Claim::Partly => Outcome::Partly,
        Claim::WontFix(reason) => Outcome::WontFix(reason),
    };
    let reopen_until = turn.reopen_until();
    turn.end(State::Closed {
        outcome,
        work,
        answer,
        checker: Some(checker),
        visitor,
        heard,
        reopen_until,
    });
    turn.case.times.closed_at = Some(turn.now);
    turn.contact();
    turn.decide(Deed::Closed { outcome, answer })
}
