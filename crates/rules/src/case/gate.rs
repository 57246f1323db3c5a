//! Who may give which command in which state: the table of domain.md §2.4. Answers both "may this be
//! done" and "what may be done now", so that a page never offers what the rules refuse.

use time::{Duration, OffsetDateTime};

use super::concerned::{answers_for_the_end, concerned, reserved};
use super::{Case, CommandName, Refusal, State, StateName, Terms, Tier};
use crate::access::{Action, Actor, may};
use crate::ids::MemberId;
use crate::settings::CaseSettings;
use crate::whistle::Whistle;

/// What this actor may do with the case now, in the order of the life cycle. Time limits and payloads
/// are judged when the command comes.
pub fn commands(case: &Case, who: &Actor) -> Vec<CommandName> {
    let open = |name: &CommandName| {
        allowed(case, *name, who)
            && belongs(case, *name)
            && concerned(case, *name, who).is_ok()
            && ready(case, *name).is_ok()
            && (*name != CommandName::Extend || can_extend(case, who))
            && is_due_of_part(case, *name, who)
    };
    CommandName::ALL.iter().copied().filter(open).collect()
}

/// The same as it stands at a moment: without what would have to be overdue first, and without asking for time when there is
/// none left to give.
pub fn commands_at(
    case: &Case,
    who: &Actor,
    settings: &CaseSettings,
    now: OffsetDateTime,
) -> Vec<CommandName> {
    let asked = case.state.extension_asked().is_some();
    let in_time = case.times.handle_due.is_none_or(|due| now <= due);
    let left = case.counts.extensions < settings.max_extensions && in_time;
    let mut open = commands(case, who);
    open.retain(|name| match name {
        CommandName::Appeal => case.is_overdue(now),
        CommandName::Extend => asked || left,
        CommandName::Suspend => in_time,
        CommandName::HandOver => !moves_no_more(case, who, settings),
        CommandName::Return => {
            !moves_no_more(case, who, settings) && !decides_where_it_goes(case, who, settings)
        }
        CommandName::Raise => leads(who) || !case.decided,
        CommandName::Lower => leads(who) || case.counts.transfers < settings.max_transfers,
        CommandName::RateResponse => {
            let whistle = case.state.whistle();
            whistle.is_some_and(|whistle| whistle.is_ratable(who, now))
        }
        _ => true,
    });
    open
}

/// The same without what somebody else is to do for as long as that one is there: what a page offers.
pub fn commands_left(
    case: &Case,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Vec<CommandName> {
    let mut open = commands_at(case, who, terms.settings, now);
    open.retain(|name| reserved(case, *name, who, terms, now).is_ok());
    open
}

/// Lets a command through to its family, or says what stands in the way: right, state, person, readiness.
pub(super) fn pass(
    case: &Case,
    name: CommandName,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    if !allowed(case, name, who) {
        return Err(Refusal::NotAllowed);
    }
    in_order(case, name, who, terms.settings, now)?;
    concerned(case, name, who)?;
    ready(case, name)?;
    reserved(case, name, who, terms, now)
}

/// Whether a command belongs to where the case stands, whatever it says.
///
/// # Errors
/// `WrongState` with what may be done instead.
pub fn in_order(
    case: &Case,
    name: CommandName,
    who: &Actor,
    settings: &CaseSettings,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    if belongs(case, name) {
        return Ok(());
    }
    Err(Refusal::WrongState {
        is: case.state.kind(),
        may: commands_at(case, who, settings, now),
    })
}

/// Whether one more transfer by this actor lifts the case one level up, whomever they name: it went from hand to hand too
/// often, and a leader has to decide. Whoever leads is who decides, also where they have it themselves.
pub fn goes_up(case: &Case, who: &Actor, settings: &CaseSettings) -> bool {
    is_passed_round(case, who, settings) && !case.decided && !leads(who)
}

/// Whether it came to this actor, who leads, after it had gone from hand to hand too often: they say who does it, and give
/// nothing back.
pub(super) fn decides_where_it_goes(case: &Case, who: &Actor, settings: &CaseSettings) -> bool {
    is_passed_round(case, who, settings) && leads(who)
}

/// Whether this actor can pass it on no more, because a leader has decided who does it.
pub(super) fn moves_no_more(case: &Case, who: &Actor, settings: &CaseSettings) -> bool {
    is_passed_round(case, who, settings) && case.decided
}

fn is_passed_round(case: &Case, who: &Actor, settings: &CaseSettings) -> bool {
    let by_leader = leads(who) && !owns(case, who);
    case.counts.transfers >= settings.max_transfers && !by_leader
}

/// Whether the actor is one of those who dispatch: they may also move work and decide on it.
pub(super) fn leads(who: &Actor) -> bool {
    has(who, Action::Dispatch)
}

/// Whether the actor's role has a right, as a member.
pub(super) fn has(who: &Actor, action: Action) -> bool {
    matches!(who, Actor::Member { role, .. } if may(*role, action))
}

/// The same for a member of the case's own community.
pub(super) fn has_here(case: &Case, who: &Actor, action: Action) -> bool {
    let ours = matches!(who, Actor::Member { community, .. } if *community == case.community);
    ours && has(who, action)
}

fn allowed(case: &Case, name: CommandName, who: &Actor) -> bool {
    match who {
        Actor::Clock => matches!(
            name,
            CommandName::Resume
                | CommandName::Escalate
                | CommandName::Climb
                | CommandName::Lapse
                | CommandName::PassVisit
        ),
        Actor::Reporter { case: theirs } => *theirs == case.id && for_reporter(name),
        Actor::Member { community, .. } => {
            let decides = name == CommandName::Extend && has(who, Action::DecideExtension);
            *community == case.community
                && !for_reporter(name)
                && (has(who, name.action()) || decides)
        }
    }
}

const fn for_reporter(name: CommandName) -> bool {
    matches!(
        name,
        CommandName::Answer | CommandName::Rate | CommandName::Reopen | CommandName::Withdraw
    )
}

/// Filed, and not over.
const fn is_running(state: StateName) -> bool {
    use StateName::{Accepted, Checked, Dispatched, Filed, Handled, Suspended};
    matches!(
        state,
        Filed | Dispatched | Accepted | Suspended | Handled | Checked
    )
}

/// Whether a command belongs to where the case stands.
const fn belongs(case: &Case, name: CommandName) -> bool {
    stands(case.state.kind(), name)
}

/// Whether a case was filed without a category and may still get one: until its work is done.
pub const fn lacks_category(case: &Case) -> bool {
    is_open_file(case) && case.category.is_none()
}

/// Whether filing a case once more puts it under another category than it has: until its work is done.
pub const fn changes_category(case: &Case) -> bool {
    is_open_file(case) && case.category.is_some()
}

/// Whether the file is open and nothing came of it yet: filing it once more names its category. While the clocks stand still,
/// nobody turns them either.
pub const fn is_open_file(case: &Case) -> bool {
    matches!(
        case.state.kind(),
        StateName::Filed | StateName::Dispatched | StateName::Accepted
    )
}

/// The table: which command belongs to which state.
const fn stands(state: StateName, name: CommandName) -> bool {
    use StateName::{
        Accepted, Checked, Closed, Dispatched, Filed, Handled, Merged, Redirected, Reported,
        Suspended, Verifying,
    };
    match name {
        CommandName::Verify | CommandName::Redirect | CommandName::Fix | CommandName::Withdraw => {
            matches!(state, Reported)
        }
        // a file under no category or the wrong one is put under the right one as long as its work is not done
        CommandName::File => matches!(state, Reported | Filed | Dispatched | Accepted),
        // two files may turn out to be one problem as long as nothing was done about this one
        CommandName::Merge => matches!(state, Reported | Filed | Dispatched | Accepted),
        CommandName::Verified => matches!(state, Verifying),
        CommandName::Void | CommandName::Dispatch => matches!(state, Filed),
        CommandName::Accept | CommandName::Escalate => matches!(state, Dispatched),
        CommandName::Return | CommandName::Lower => matches!(state, Dispatched | Accepted),
        CommandName::Ask
        | CommandName::Extend
        | CommandName::HandOver
        | CommandName::Suspend
        | CommandName::Handle
        | CommandName::Lapse
        | CommandName::Raise => matches!(state, Accepted),
        CommandName::Whistle
        | CommandName::Acknowledge
        | CommandName::ReportIn
        | CommandName::Finish
        | CommandName::RateResponse
        | CommandName::CallOff
        | CommandName::Climb => matches!(state, Accepted),
        CommandName::Coordinate | CommandName::Agree => matches!(state, Accepted | Suspended),
        CommandName::Adopt | CommandName::Release | CommandName::Tell | CommandName::Settle => {
            is_running(state)
        }
        CommandName::Appeal => {
            is_running(state) && !matches!(state, Suspended) || matches!(state, Closed)
        }
        CommandName::Review => is_running(state) || matches!(state, Closed),
        CommandName::Answer => matches!(state, Accepted | Suspended),
        CommandName::Resume => matches!(state, Suspended),
        CommandName::Check => matches!(state, Handled),
        CommandName::Visit | CommandName::PassVisit | CommandName::Close => {
            matches!(state, Checked)
        }
        CommandName::Rate => matches!(state, Closed),
        CommandName::Reopen => matches!(state, Closed | Redirected | Merged),
    }
}

/// Whether the case itself is ready for it.
fn ready(case: &Case, name: CommandName) -> Result<(), Refusal> {
    let done = Err(Refusal::AlreadyDone { command: name });
    match (name, &case.state) {
        (CommandName::Suspend, _) if case.counts.suspensions > 0 => done,
        (CommandName::Rate, _) if case.rating.is_some() => done,
        (
            CommandName::Ask,
            State::Accepted {
                waiting: Some(waiting),
                ..
            },
        ) if !waiting.lapsed => done,
        (
            CommandName::Visit,
            State::Checked {
                visitor: Some(_), ..
            },
        ) => done,
        (
            CommandName::Answer | CommandName::Lapse,
            State::Accepted { waiting: None, .. } | State::Suspended { waiting: None, .. },
        ) => Err(Refusal::NothingAsked),
        (
            CommandName::Close,
            State::Checked {
                visit_needed: true,
                visitor: None,
                ..
            },
        ) => Err(Refusal::VisitMissing),
        (CommandName::Withdraw, _) if case.reports > 1 => Err(Refusal::OthersWait),
        (CommandName::Raise, _) if case.tier == Some(Tier::Subdistrict) => {
            Err(Refusal::NobodyAbove)
        }
        // nothing is below, whoever has it
        (CommandName::Lower, _) if case.tier == Some(Tier::Micro) => Err(Refusal::UnknownTarget),
        (CommandName::Close, _) => nothing_open(case),
        (CommandName::Merge, state) if state.whistle().is_none() => nothing_open(case),
        (
            CommandName::Merge
            | CommandName::Return
            | CommandName::HandOver
            | CommandName::Suspend
            | CommandName::Handle
            | CommandName::Raise
            | CommandName::Lower,
            state,
        ) if state.whistle().is_some() => Err(Refusal::WhistleOpen),
        _ => beside(case, name),
    }
}

/// Readiness of what goes on beside the way from state to state: adoption, whistle, coordination, appeal.
fn beside(case: &Case, name: CommandName) -> Result<(), Refusal> {
    let done = Err(Refusal::AlreadyDone { command: name });
    let there = |yes: bool| yes.then_some(()).ok_or(Refusal::NothingAsked);
    let whistle = case.state.whistle().is_some();
    let off = |one: &Whistle| one.called_off.is_some();
    match name {
        CommandName::CallOff if case.state.whistle().is_some_and(off) => done,
        CommandName::Adopt if case.adoption.is_some() => done,
        CommandName::Appeal if case.appeal.is_some() => done,
        CommandName::Whistle if whistle => done,
        CommandName::Release => there(case.adoption.is_some()),
        CommandName::PassVisit => there(case.errand().is_some()),
        CommandName::Review => there(case.appeal.is_some_and(|appeal| appeal.is_open())),
        CommandName::Agree => there(case.coordination.is_some()),
        // what was agreed is settled: somebody was faster
        CommandName::Settle if case.has_settled_all() => done,
        CommandName::Settle => there(case.coordination.is_some()),
        CommandName::Acknowledge
        | CommandName::ReportIn
        | CommandName::Finish
        | CommandName::RateResponse
        | CommandName::CallOff
        | CommandName::Climb => there(whistle),
        _ => Ok(()),
    }
}

/// Whether this actor may close the case now, as far as others than the checker have a say in it.
pub(super) fn closable(case: &Case, who: &Actor) -> Result<(), Refusal> {
    nothing_open(case)?;
    answers_for_the_end(case, who)
}

impl Case {
    /// Whether the parties were called together, and nothing that they agreed is open any more.
    fn has_settled_all(&self) -> bool {
        let coordination = self.coordination.as_ref();
        coordination.is_some_and(|coordination| coordination.open.is_empty())
    }
}

fn nothing_open(case: &Case) -> Result<(), Refusal> {
    match &case.coordination {
        Some(coordination) if !coordination.open.is_empty() => Err(Refusal::ItemsOpen),
        _ => Ok(()),
    }
}

/// Whether the actor is responsible for the case, or does the work of who is.
pub(super) fn owns(case: &Case, who: &Actor) -> bool {
    case.owner.is_some_and(|owner| who.is(owner))
}

fn can_extend(case: &Case, who: &Actor) -> bool {
    match case.state.extension_asked() {
        None => owns(case, who) && has(who, Action::Extend),
        Some(_) => !owns(case, who) && has(who, Action::DecideExtension),
    }
}

/// Whether the part of the whistle that this actor answers for stands where the step belongs.
fn is_due_of_part(case: &Case, name: CommandName, who: &Actor) -> bool {
    let Some(whistle) = case.state.whistle() else {
        return true;
    };
    let (mut trial, at) = (whistle.clone(), whistle.report_by);
    match name {
        CommandName::Acknowledge => trial.acknowledge(who, at).is_ok(),
        CommandName::ReportIn => trial.report_in(who, at).is_ok(),
        CommandName::Finish => trial.finish(who, at).is_ok(),
        CommandName::RateResponse => whistle.is_ratable(who, at + Duration::SECOND),
        _ => true,
    }
}

/// Nobody judges their own work, nor that of whom they stand for.
pub(super) fn apart<const N: usize>(
    who: &Actor,
    others: [Option<MemberId>; N],
) -> Result<(), Refusal> {
    match others.into_iter().flatten().find(|other| who.is(*other)) {
        Some(member) => Err(Refusal::SamePerson { member }),
        None => Ok(()),
    }
}
