//! What was told turns out to be a complaint about somebody who works here. The case ends, and says no more of it than
//! that it is looked into elsewhere; the complaint is `rules::complaint`, and both are saved in one unit. What turns out to be none
//! after all comes back.

use time::OffsetDateTime;

use super::turn::Turn;
use super::{Case, Decision, Deed, RedirectReason, Refusal, State, Terms, gate, intake};
use crate::access::{Action, Actor};
use crate::ids::{CaseId, ComplaintId, ReportId};

/// Whether what was told can still turn out to be a complaint: while somebody works on it, and once it was merged, for then
/// the words go on being read with those of the other case.
pub fn may_be_withheld(case: &Case) -> bool {
    case.state.kind().is_open() || matches!(case.state, State::Merged { .. })
}

/// Ends a case, however far it came, because what was told is a complaint. Nobody opens it again: the complaint has its own
/// end. The reason it gives is the privacy of others, so that it does not say what it became.
///
/// # Errors
/// `NotAllowed` for who may not, `WrongState` once it is over, `WhistleOpen` and `ItemsOpen` while others still wait for
/// something in it.
pub fn withhold(
    case: &Case,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    if !gate::has_here(case, who, Action::TurnIntoComplaint) {
        return Err(Refusal::NotAllowed);
    }
    withholdable(case, who, terms, now)?;
    let reason = RedirectReason::SecretsOrPrivacy;
    let mut turn = Turn::new(case, who, terms, now);
    turn.end(State::Redirected {
        reason,
        reopen_until: now,
    });
    turn.contact();
    turn.decide(Deed::Redirected { reason })
}

/// The other half for one that was merged: the case that took up its tellings gives them back and goes on, for nobody else's
/// telling becomes a complaint by it. `leaving` is the case as it was while it was merged.
///
/// # Errors
/// `NotAllowed` for who may not, `UnknownTarget` if it never took them up.
pub fn give_back(
    case: &Case,
    leaving: &Case,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    if !gate::has_here(case, who, Action::TurnIntoComplaint) {
        return Err(Refusal::NotAllowed);
    }
    intake::without(case, leaving, who, terms, now)
}

/// The way back: what was taken for a complaint speaks of a thing. The case begins again as a report that somebody has to decide
/// upon, with whoever is on duty now; what was decided before does not hold, and it still counts from when it was told. It
/// comes back with its own telling alone: what else was told with it is a complaint of its own.
///
/// # Errors
/// `NotAllowed` for who reads no complaints here, `WrongState` for a case that runs.
pub fn restore(
    case: &Case,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    if !gate::has_here(case, who, Action::ReadComplaints) {
        return Err(Refusal::NotAllowed);
    }
    if case.state.kind().is_open() {
        return Err(Refusal::WrongState {
            is: case.state.kind(),
            may: gate::commands_at(case, who, terms.settings, now),
        });
    }
    let channel = case.channel;
    let mut turn = Turn::new(case, who, terms, now);
    turn.case.state = State::Reported { found: None };
    turn.case.owner = terms.on_duty.or(case.owner);
    turn.case.reports = 1;
    (turn.case.condition, turn.case.limit, turn.case.tier) = (None, None, None);
    (turn.case.rating, turn.case.leader_called) = (None, None);
    turn.case.decided = false;
    turn.case.times.next_round();
    turn.case.times.filed_at = None;
    turn.answer_within(terms.settings.decide_within);
    turn.decide(Deed::Reported { channel })
}

/// One telling that joined a case turns out to be a complaint: it leaves, and the case goes on for everybody else. The first
/// telling is the case itself and leaves otherwise ([`let_first_go`]). The trail says what it says of any telling that goes its own way; the
/// one that leaves stands for itself from then on, under its own id. First tellings that have left, of the case and of those merged
/// into it, are counted still, `gone` of them, and nobody tells the case for them.
///
/// # Errors
/// `NotAllowed` for who may not, `WrongState` once the case is over, `NobodyElseTells` for the last telling, `UnknownTarget` for the
/// first one.
pub fn let_go(
    case: &Case,
    (telling, gone): (ReportId, u32),
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    goes_on(case, gone, who, terms, now)?;
    let other = CaseId(telling.0);
    if other == case.id {
        return Err(Refusal::UnknownTarget);
    }
    let mut turn = Turn::new(case, who, terms, now);
    turn.case.reports -= 1;
    turn.decide(Deed::Detached { other })
}

/// The first telling of a case that others told, too, turns out to be a complaint: what it says leaves, and the case goes on. The
/// number is that of the case, so the telling stays the first one of it, without its words, and is counted as before; the
/// complaint stands for itself under an id of its own. `gone` are those that left so from cases merged into this one.
///
/// # Errors
/// `NotAllowed` for who may not, `WrongState` once the case is over, `NobodyElseTells` for the last telling.
pub fn let_first_go(
    case: &Case,
    (complaint, gone): (ComplaintId, u32),
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    goes_on(case, gone, who, terms, now)?;
    let other = CaseId(complaint.0);
    Turn::new(case, who, terms, now).decide(Deed::Detached { other })
}

/// Whether the case goes on for others when one of its tellings leaves it. Those that are gone already tell nothing.
fn goes_on(
    case: &Case,
    gone: u32,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    if !gate::has_here(case, who, Action::TurnIntoComplaint) {
        return Err(Refusal::NotAllowed);
    }
    if !case.state.kind().is_open() {
        return Err(Refusal::WrongState {
            is: case.state.kind(),
            may: gate::commands_at(case, who, terms.settings, now),
        });
    }
    if case.reports.saturating_sub(gone) < 2 {
        return Err(Refusal::NobodyElseTells);
    }
    Ok(())
}

fn withholdable(
    case: &Case,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let agreed = case.coordination.as_ref();
    if !may_be_withheld(case) {
        return Err(Refusal::WrongState {
            is: case.state.kind(),
            may: gate::commands_at(case, who, terms.settings, now),
        });
    }
    if case.state.whistle().is_some() {
        return Err(Refusal::WhistleOpen);
    }
    if agreed.is_some_and(|agreed| !agreed.open.is_empty()) {
        return Err(Refusal::ItemsOpen);
    }
    Ok(())
}
