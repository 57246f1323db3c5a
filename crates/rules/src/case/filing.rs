//! Filing 立案: the file is opened under a row of the catalogue, whose limit sets the deadline, or gets that row later; or it
//! is declared void. Never names who does the work: that is dispatching.

use super::turn::{Turn, matching};
use super::{Decision, Deed, Refusal, State};
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
/// that was moved meanwhile, or that an order brought, stays.
pub(super) fn name_category(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let row = turn.condition()?.ok_or(Refusal::UnknownTarget)?;
    let counts = &turn.case.counts;
    let is_plain = counts.extensions + counts.suspensions + counts.reopenings == 0;
    if let Some(filed_at) = turn.case.times.filed_at.filter(|_| is_plain) {
        turn.case.limit = Some(row.limit);
        if turn.case.order_due.is_none() {
            turn.due(turn.terms.calendar.due(row.limit, filed_at));
            turn.answer_within_work();
        }
    }
    turn.first_answer_runs();
    let condition = turn.case.condition.clone();
    turn.decide(Deed::Classified { condition })
}

/// Opens the file, or opens it again: the limit starts now, the first moments stay. An order's own deadline holds for the
/// first filing; what the reporter reopens has its limit anew.
pub(super) fn open(turn: &mut Turn<'_>) -> Result<(), Refusal> {
    let limit = turn
        .condition()?
        .map_or(turn.terms.settings.default_limit, |row| row.limit);
    turn.case.limit = Some(limit);
    turn.case.state = State::Filed;
    let ordered = turn
        .case
        .order_due
        .filter(|_| turn.case.times.filed_at.is_none());
    turn.case.times.filed_at.get_or_insert(turn.now);
    turn.case.tier = None;
    turn.case.decided = false;
    turn.first_answer_runs();
    turn.update_runs();
    match ordered {
        Some(due) => turn.due_as_ordered(due),
        None => turn.due(turn.terms.calendar.due(limit, turn.now)),
    }
    turn.answer_within(turn.terms.settings.dispatch_within);
    Ok(())
}

pub(super) fn void(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    turn.end(State::Voided);
    turn.decide(Deed::Voided)
}
