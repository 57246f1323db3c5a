//! Who reads a case changes as it goes from hand to hand and is merged. What was told may speak of how somebody behaved who did not
//! read it so far; it does not come before that one by a step.

use rules::access::Actor;
use rules::case::{Case, CommandName};
use rules::ids::{CaseId, DepartmentId, MemberId, Number};
use store::Unit;
use store::case::Trail;
use time::OffsetDateTime;

use super::together::with_merged;
use crate::complaint::{Hands, new_readers, spare, strangers_to};
use crate::net::CommunityNet;
use crate::{Asker, Error, House};

/// The fault of a step that would bring words before whom they speak of.
const NAMES: &str = "names-a-new-reader";

/// Whether a step may bring a case before somebody else. What only time does goes up the line, whatever was told: it has to go on.
const fn moves(command: CommandName) -> bool {
    matches!(
        command,
        CommandName::Verify
            | CommandName::Merge
            | CommandName::Dispatch
            | CommandName::Return
            | CommandName::Escalate
            | CommandName::HandOver
            | CommandName::Raise
            | CommandName::Lower
            | CommandName::Whistle
            | CommandName::Coordinate
    )
}

/// Whose words go along with a case that a step may bring before somebody else: its own and those merged into it. Nothing for any
/// other step, and where there is no such case: that is told elsewhere.
///
/// # Errors
/// `Store`.
pub(super) async fn words_of(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    number: &Number,
    command: CommandName,
) -> Result<Vec<CaseId>, Error> {
    if !moves(command) || asker.actor == Actor::Clock {
        return Ok(Vec::new());
    }
    let reader = house.store.reader();
    match reader.case_numbered(&asker.scope, net.id, number).await {
        // whoever took another one up has its tellings
        Ok(found) if found.case.reports > 1 => with_merged(house, net.id, found.case.id).await,
        Ok(found) => Ok(vec![found.case.id]),
        Err(store::Error::NotFound(_)) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

/// A case as a step leaves it.
pub(super) struct Left<'a> {
    /// The case before.
    pub before: &'a Case,
    /// The case after.
    pub after: &'a Case,
    /// The departments it lay and lies with.
    pub departments: [Option<DepartmentId>; 2],
    /// The case it was merged into.
    pub joined: Option<&'a Trail>,
    /// Whom it calls, to the spot or together with others, and the field that names them.
    pub called: Option<(&'static str, Vec<MemberId>)>,
}

impl Left<'_> {
    /// Lets a step through that brings the words of these cases before nobody of whom they say how they behaved.
    ///
    /// # Errors
    /// `Invalid` where it does: whoever takes the step chooses somebody else, or makes a complaint of it.
    pub async fn spare(
        &self,
        unit: &Unit,
        net: &CommunityNet,
        cases: &[CaseId],
        now: OffsetDateTime,
    ) -> Result<(), Error> {
        if cases.is_empty() {
            return Ok(());
        }
        let [lay_with, lies_with] = self.departments;
        let from = hands(self.before, lay_with);
        let (to, field) = match self.joined {
            Some(other) => (hands(&other.case, other.department), "into"),
            None => (hands(self.after, lies_with), "to"),
        };
        let (called_at, called) = match &self.called {
            Some((field, called)) => (*field, strangers_to(net, from, called.iter().copied(), now)),
            None => (field, Vec::new()),
        };
        let new = new_readers(net, (from, to), now);
        if new.is_empty() && called.is_empty() {
            return Ok(());
        }
        let said = unit.said_by_reporters(cases).await?;
        spare(net, &said, &called, (called_at, NAMES))?;
        spare(net, &said, &new, (field, NAMES))
    }
}

const fn hands(case: &Case, department: Option<DepartmentId>) -> Hands {
    Hands {
        grid: case.grid,
        owner: case.owner,
        department,
    }
}
