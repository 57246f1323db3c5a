//! Intake: a problem is told, looked at 核实, guided elsewhere, or joined to a case that runs. Never
//! opens a file: that is filing.

use time::OffsetDateTime;

use super::recompute::reckoned;
use super::turn::Turn;
use super::{
    Case, Channel, Counts, Decision, Deed, Due, Found, Moved, Place, RedirectReason, Refusal,
    State, Target, Terms, Times, filing, gate,
};
use crate::access::{Action, Actor};
use crate::ids::{
    CaseId, CatalogueVersion, CategoryCode, CommunityId, GridId, GridVersion, MemberId, Number,
    ReportId,
};

/// What is known when a problem is told. Words and contact are kept elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// The tenant.
    pub community: CommunityId,
    /// The id made for the case.
    pub id: CaseId,
    /// The number on the receipt.
    pub number: Number,
    /// The grid the place lies in, or that of the desk.
    pub grid: GridId,
    /// The grid's validity now.
    pub grid_version: GridVersion,
    /// Where exactly, when known.
    pub place: Option<Place>,
    /// On which way it came.
    pub channel: Channel,
    /// The category supposed, with the catalogue it is from.
    pub category: Option<(CatalogueVersion, CategoryCode)>,
}

/// Makes the first version of a case. Never refuses: whatever is told is received, and the person on
/// duty is responsible from now on. Whether the actor may tell at all is a right, asked before.
pub fn receive(told: Telling, who: &Actor, terms: &Terms<'_>, now: OffsetDateTime) -> Decision {
    receive_since(told, now, who, terms, now)
}

/// The same for what was told before and held as a complaint meanwhile. The case counts from when it was told: that is when it
/// was received, and from then the reporter waits for the first answer, `promised` at the latest. Whoever gets it has the whole
/// time to take it, from now on.
pub fn receive_late(
    told: Telling,
    (since, promised): (OffsetDateTime, OffsetDateTime),
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Decision {
    let mut decision = receive_since(told, since, who, terms, now);
    let times = &mut decision.case.times;
    times.contact_due = times.contact_due.map(|due| due.min(promised));
    decision
}

fn receive_since(
    told: Telling,
    since: OffsetDateTime,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Decision {
    let channel = told.channel;
    let mut turn = Turn::first(new_case(told, terms.on_duty, since), who, terms, now);
    turn.answer_within(terms.settings.decide_within);
    turn.first_answer_runs();
    turn.finish(Deed::Reported { channel })
}

/// The same with what was promised: an order 工单 of a hotline or an upper level may bring its own deadline, and the receipt
/// names a moment for the first answer, which whoever works on it sees as theirs.
pub fn receive_order(
    told: Telling,
    (order_due, promised): (Option<OffsetDateTime>, Option<OffsetDateTime>),
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Decision {
    let mut decision = receive(told, who, terms, now);
    decision.case.order_due = order_due;
    let times = &mut decision.case.times;
    times.contact_due = times
        .contact_due
        .map(|due| promised.map_or(due, |promised| promised.min(due)));
    decision
}

fn new_case(told: Telling, owner: Option<MemberId>, now: OffsetDateTime) -> Case {
    let (catalogue_version, category) = told.category.unzip();
    Case {
        community: told.community,
        id: told.id,
        number: told.number,
        version: 0,
        grid: told.grid,
        grid_version: told.grid_version,
        place: told.place,
        channel: told.channel,
        reports: 1,
        category,
        catalogue_version,
        condition: None,
        limit: None,
        order_due: None,
        state: State::Reported { found: None },
        owner,
        first_receiver: None,
        adoption: None,
        tier: None,
        decided: false,
        leader_called: None,
        coordination: None,
        appeal: None,
        counts: Counts::default(),
        times: Times::received(now),
        rating: None,
    }
}

pub(super) fn verify(mut turn: Turn<'_>, by: MemberId) -> Result<Decision, Refusal> {
    turn.case.state = State::Verifying { asked: by };
    turn.answer_within(turn.terms.settings.verify_within);
    turn.decide(Deed::Verifying { by })
}

pub(super) fn verified(mut turn: Turn<'_>, found: Found) -> Result<Decision, Refusal> {
    turn.case.state = State::Reported { found: Some(found) };
    turn.answer_within(turn.terms.settings.decide_within);
    turn.decide(Deed::Verified { found })
}

pub(super) fn redirect(mut turn: Turn<'_>, reason: RedirectReason) -> Result<Decision, Refusal> {
    let reopen_until = turn.reopen_until();
    turn.end(State::Redirected {
        reason,
        reopen_until,
    });
    turn.contact();
    turn.decide(Deed::Redirected { reason })
}

/// Only a case that still runs can take another one up; as an ended case leads nowhere further, no
/// circle can arise.
pub(super) fn merge(mut turn: Turn<'_>, into: Target) -> Result<Decision, Refusal> {
    if into.id == turn.case.id {
        return Err(Refusal::MergedIntoItself);
    }
    if !into.state.is_open() {
        return Err(Refusal::MergedIntoEnded { is: into.state });
    }
    let reopen_until = turn.reopen_until();
    turn.end(State::Merged {
        into: into.id,
        reopen_until,
    });
    turn.decide(Deed::Merged { into: into.id })
}

/// The other half of a merge: the case that goes on takes up the tellings of the one that ended in it,
/// so that each of its reporters is told the end. The deadline that an order brought goes along where it is the earlier one:
/// whoever gave the order waits for that day, whichever case goes on. `merged` is the decided case; both are saved in one unit.
pub fn attach(
    case: &Case,
    merged: &Case,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    if !gate::has_here(case, who, Action::Merge) {
        return Err(Refusal::NotAllowed);
    }
    let belongs = matches!(merged.state, State::Merged { into, .. } if into == case.id);
    if !belongs || merged.community != case.community || !case.state.kind().is_open() {
        return Err(Refusal::UnknownTarget);
    }
    let mut turn = Turn::new(case, who, terms, now);
    turn.case.reports = turn.case.reports.saturating_add(merged.reports);
    order_goes_along(&mut turn, merged);
    turn.decide(Deed::Attached { other: merged.id })
}

/// Before the filing it waits for that; afterwards it is the deadline.
fn order_goes_along(turn: &mut Turn<'_>, merged: &Case) {
    let Some(ordered) = ordered(merged) else {
        return;
    };
    match (turn.case.times.filed_at, turn.case.times.handle_due) {
        (None, _) => {
            let own = turn.case.order_due;
            turn.case.order_due = Some(own.map_or(ordered, |own| own.min(ordered)));
        }
        (Some(_), Some(due)) if ordered < due => {
            turn.case.order_due = Some(ordered);
            turn.due_as_ordered(ordered);
            turn.answer_within_work();
        }
        _ => {}
    }
}

/// The deadline that an order brought, as it is by now: an extension or a pause moved it on. An order that was answered once, and
/// whose reporter had it opened again, brings none.
fn ordered(merged: &Case) -> Option<OffsetDateTime> {
    let brought = merged.order_due.filter(|_| merged.counts.reopenings == 0)?;
    let now = merged.times.handle_due;
    Some(now.map_or(brought, |now| now.max(brought)))
}

/// The way back from a merge: the case that took up a telling gives it back, because its reporter says that it is not the
/// same. `leaving` is the case as it was while it was merged, `rest` are those that stay merged into this one. The deadline of an
/// order goes with it where no other order is left; `terms` know what set and moved that of this case.
pub fn detach(
    case: &Case,
    (leaving, rest): (&Case, &[Case]),
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    let theirs = matches!(who, Actor::Reporter { case } if *case == leaving.id);
    if !theirs {
        return Err(Refusal::NotAllowed);
    }
    let mut turn = given_back(case, leaving, who, terms, now)?;
    order_leaves(&mut turn, leaving, rest);
    turn.decide(Deed::Detached { other: leaving.id })
}

/// The case has the deadline of its own limit again, from the moments that set and moved it, unless an earlier order stays with it.
/// One that has passed stays: being late is a fact.
fn order_leaves(turn: &mut Turn<'_>, leaving: &Case, rest: &[Case]) {
    let brought = leaving.order_due.is_some() && turn.case.order_due.is_some();
    let is_order = turn.case.channel.brings_orders();
    let open = turn.case.state.kind().is_open();
    if !brought || is_order || (open && filing::is_past(turn)) {
        return;
    }
    let first = rest.iter().filter_map(ordered).min();
    if turn.case.times.filed_at.is_none() {
        turn.case.order_due = first;
        return;
    }
    let own = own_due(turn).filter(|_| open);
    match (own, first) {
        (Some(own), Some(first)) if first < own.at => {}
        (Some(own), _) => {
            turn.case.order_due = None;
            turn.due(own);
        }
        (None, first) => turn.case.order_due = turn.case.order_due.and(first),
    }
}

/// The deadline as it would be if no order had come along.
fn own_due(turn: &Turn<'_>) -> Option<Due> {
    let plain = Case {
        order_due: None,
        ..turn.case.clone()
    };
    let is_order = |one: &&Moved| matches!(one, Moved::Ordered(_));
    let moved = turn.terms.moved.iter().filter(|one| !is_order(one));
    let moved: Vec<Moved> = moved.copied().collect();
    reckoned(&plain, &moved, turn.terms.calendar)
}

/// A case without the tellings that it took up from another one.
pub(super) fn without(
    case: &Case,
    leaving: &Case,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    let turn = given_back(case, leaving, who, terms, now)?;
    turn.decide(Deed::Detached { other: leaving.id })
}

fn given_back<'a>(
    case: &Case,
    leaving: &Case,
    who: &'a Actor,
    terms: &'a Terms<'a>,
    now: OffsetDateTime,
) -> Result<Turn<'a>, Refusal> {
    let merged = matches!(leaving.state, State::Merged { .. });
    if !merged || leaving.community != case.community || case.reports <= leaving.reports {
        return Err(Refusal::UnknownTarget);
    }
    let mut turn = Turn::new(case, who, terms, now);
    turn.case.reports -= leaving.reports;
    Ok(turn)
}

/// "Me too": one more telling of a case that runs. Whoever told it is told every change from now on; the case counts once,
/// its owner, state and clocks stay as they are.
pub fn join(
    case: &Case,
    report: ReportId,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    if !case.state.kind().is_open() {
        return Err(Refusal::UnknownTarget);
    }
    let mut turn = Turn::new(case, who, terms, now);
    turn.case.reports = turn.case.reports.saturating_add(1);
    turn.decide(Deed::Joined { report })
}
