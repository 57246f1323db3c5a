//! The cases somebody has to go on with: those in their own hands and in the hands of whom they stand in for, as long as the
//! next step is theirs; and which clock of a case is theirs to look at.

use rules::access::Action;
use rules::case::{Case, ClockName, CommandName, State, StateName};
use store::case::{Filter, Listed, Sort};
use time::OffsetDateTime;

use super::owed::hands;
use crate::{Asker, Error, House, task};

/// The cases in somebody's hands.
#[derive(Debug, Clone)]
pub struct Mine {
    /// The cases, what is due first at the top.
    pub rows: Vec<Listed>,
    /// Whether there are more than one list holds.
    pub more: bool,
}

/// Open cases in the hands of the asker and of those they stand in for: of each at most `limit`, those due first.
///
/// # Errors
/// `Forbidden` for roles that handle nothing.
#[task]
pub async fn mine(house: &House, asker: &Asker, limit: u16) -> Result<Mine, Error> {
    asker.allow(Action::Handle)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let states: Vec<StateName> = StateName::ALL
        .into_iter()
        .filter(|state| is_to_do(*state))
        .collect();
    let (reader, mut rows, mut more) = (house.store.reader(), Vec::new(), false);
    for owner in hands(asker) {
        let filter = Filter {
            owner: Some(owner),
            states: states.clone(),
            ..Filter::default()
        };
        let list = reader
            .cases(&asker.scope, community, &filter, Sort::Due, limit, None)
            .await?;
        more |= list.next.is_some();
        rows.extend(list.rows);
    }
    let due = |listed: &Listed| listed.case.next_due().map(OffsetDateTime::unix_timestamp);
    rows.sort_by_key(|listed| due(listed).unwrap_or(i64::MAX));
    Ok(Mine { rows, more })
}

/// Somebody else checks and closes; the owner waits.
const fn is_to_do(state: StateName) -> bool {
    state.is_open() && !matches!(state, StateName::Handled | StateName::Checked)
}

/// The next step of whoever was called to the spot, and by when it is due. Of several parts of one case that one may answer the
/// rules take the one that stands where the step can be taken.
pub fn called(case: &Case, may: &[CommandName]) -> Option<(CommandName, Option<OffsetDateTime>)> {
    let whistle = case.state.whistle()?;
    let steps = [
        (CommandName::Acknowledge, whistle.hear_by),
        (CommandName::ReportIn, Some(whistle.report_by)),
        (CommandName::Finish, None),
    ];
    steps.into_iter().find(|(step, _)| may.contains(step))
}

/// What is due next of whoever may take these steps; none while the case stands still, or as long as somebody else decides what
/// becomes of it. Where the work is due at the same moment it is that: whoever read of a call to the reporter alone would not know.
pub fn next_clock(case: &Case, may: &[CommandName]) -> Option<(ClockName, OffsetDateTime)> {
    if case.state.kind() == StateName::Suspended {
        return None;
    }
    if decided_by(&case.state).is_some_and(|step| !may.contains(&step)) {
        return None;
    }
    let question = case.state.waiting().and_then(|one| one.runs_until());
    match (called(case, may), question) {
        (Some((_, by)), _) => by.map(|at| (ClockName::ReportIn, at)),
        (None, Some(until)) => Some(work_first(case, (ClockName::Question, until))),
        (None, None) => {
            let next = case.clocks().first().copied();
            next.map(|next| work_first(case, next))
        }
    }
}

/// The same, and after it by when the work is due where that is another moment: whoever reads only one date would take that of a
/// call to the reporter for that of the work.
pub fn due_clocks(case: &Case, may: &[CommandName]) -> Vec<(ClockName, OffsetDateTime)> {
    let next = next_clock(case, may);
    let is_told = |work: &(ClockName, OffsetDateTime)| next.is_some_and(|next| is_at(next, *work));
    let work = work_clock(case).filter(|work| !is_told(work));
    next.into_iter().chain(work).collect()
}

/// By when the result is due, once there is one the whole case.
fn work_clock(case: &Case) -> Option<(ClockName, OffsetDateTime)> {
    let running = case.clocks();
    let mut wanted = [ClockName::Handle, ClockName::Whole].into_iter();
    wanted.find_map(|wanted| running.iter().find(|(name, _)| *name == wanted).copied())
}

fn work_first(case: &Case, next: (ClockName, OffsetDateTime)) -> (ClockName, OffsetDateTime) {
    let work = work_clock(case).filter(|work| is_at(next, *work));
    work.unwrap_or(next)
}

/// Whether two deadlines end together; they are exact to the second.
fn is_at(one: (ClockName, OffsetDateTime), other: (ClockName, OffsetDateTime)) -> bool {
    one.1.unix_timestamp() == other.1.unix_timestamp()
}

/// The step by which it is decided what becomes of a case; none where that is decided.
const fn decided_by(state: &State) -> Option<CommandName> {
    match state {
        State::Reported { .. } => Some(CommandName::File),
        State::Verifying { .. } => Some(CommandName::Verified),
        State::Filed => Some(CommandName::Dispatch),
        _ => None,
    }
}
