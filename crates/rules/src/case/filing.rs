//! Filing 立案: the file is opened under a row of the catalogue, whose limit sets the deadline, or gets that row or another
//! one later; or it is declared void. Never names who does the work: that is dispatching.

use super::recompute::reckoned;
use super::turn::{Turn, matching};
use super::{CommandName, Decision, Deed, Limit, Refusal, State, Words};
use crate::deadline::is_late;
use crate::ids::{CategoryCode, ConditionCode};

/// Puts a case under a category and condition of the catalogue in force.
pub(super) fn classify(
    mut turn: Turn<'_>,
    category: Option<CategoryCode>,
    condition: Option<ConditionCode>,
) -> Result<Turn<'_>, Refusal> {
    let row = matching(turn.terms, category.as_ref(), condition.as_ref())?;
    turn.case.catalogue_version = row.map(|row| row.version);
    turn.case.category = category;
    turn.case.condition = condition;
    Ok(turn)
}

pub(super) fn file(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let by = turn.member()?;
    open(&mut turn)?;
    turn.case.owner = Some(by);
    turn.case.first_receiver.get_or_insert(by);
    let condition = turn.case.condition.clone();
    turn.decide(Deed::Filed { condition })
}

/// A file that was opened without a category gets one, and the limit that it would have had from the beginning. A deadline
/// that an order brought, or that has passed, stays.
pub(super) fn name_category(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let row = turn.condition()?.ok_or(Refusal::UnknownTarget)?;
    limit_becomes(&mut turn, row.limit);
    turn.first_answer_runs();
    let condition = turn.case.condition.clone();
    turn.decide(Deed::Classified { condition })
}

/// A file under the wrong category comes under another one. The task stays with whoever has it, and the trail tells from which
/// condition to which.
pub(super) fn change_category<'a>(
    turn: Turn<'a>,
    category: Option<CategoryCode>,
    condition: Option<ConditionCode>,
    reason: Option<&Words>,
) -> Result<Decision, Refusal> {
    let former = turn.case.condition.clone();
    if turn.case.category == category && former == condition {
        let command = CommandName::File;
        return Err(Refusal::AlreadyDone { command });
    }
    let mut turn = classify(turn, category, condition)?;
    let row = turn.condition()?.ok_or(Refusal::UnknownTarget)?;
    reason.ok_or(Refusal::WordsMissing)?;
    limit_becomes(&mut turn, row.limit);
    turn.first_answer_runs();
    let condition = turn.case.condition.clone();
    turn.decide(Deed::Reclassified { former, condition })
}

/// The deadline as another limit gives it, from the moments that the old one was reckoned from: filing, extensions, pauses. One
/// that an order brought stays. So does one that has passed, with its limit: being late is a fact, and whoever should be excused
/// because the category was wrong appeals.
fn limit_becomes(turn: &mut Turn<'_>, limit: Limit) {
    if is_past(turn) || turn.terms.moved.is_empty() {
        return;
    }
    turn.case.limit = Some(limit);
    if let Some(due) = reckoned(&turn.case, turn.terms.moved, turn.terms.calendar) {
        turn.due(due);
        turn.answer_within_work();
    }
}

/// Whether the time for the work is over. The whole case is never due before it.
pub(super) fn is_past(turn: &Turn<'_>) -> bool {
    let due = turn.case.times.handle_due;
    due.is_some_and(|due| is_late(turn.now, due))
}

/// Opens the file, or opens it again: the limit starts now, the first moments stay. An order's own deadline holds for the
/// first filing, and for that after the reporter took it out of a merge; what is reopened has its limit anew.
pub(super) fn open(turn: &mut Turn<'_>) -> Result<(), Refusal> {
    let limit = turn
        .condition()?
        .map_or(turn.terms.settings.default_limit, |row| row.limit);
    turn.case.limit = Some(limit);
    turn.case.state = State::Filed;
    let usual = turn.terms.calendar.due(limit, turn.now);
    let ordered = turn
        .case
        .order_due
        .filter(|_| turn.case.times.filed_at.is_none() || turn.case.counts.reopenings == 0);
    // what came along with a merge shortens the time, and never lengthens it
    let longer = ordered.is_some_and(|due| due > usual.at && !turn.case.channel.brings_orders());
    if longer {
        turn.case.order_due = None;
    }
    let ordered = ordered.filter(|_| !longer);
    turn.case.times.filed_at.get_or_insert(turn.now);
    turn.case.tier = None;
    turn.case.decided = false;
    turn.first_answer_runs();
    turn.update_runs();
    match ordered {
        Some(due) => turn.due_as_ordered(due),
        None => turn.due(usual),
    }
    turn.answer_within(turn.terms.settings.dispatch_within);
    Ok(())
}

pub(super) fn void(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    turn.end(State::Voided);
    turn.decide(Deed::Voided)
}
