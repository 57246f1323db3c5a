//! The way back from a merge: a telling leaves every case it went on with, and an order takes its deadline along.

use rules::case::{self, Case, CommandName, Deed, Moved, State};
use rules::ids::{CaseId, Number};
use store::Unit;

use super::Step;
use crate::case::chain::{Finds, into, onward};
use crate::case::terms::{Laid, step_of};
use crate::net::CommunityNet;
use crate::{Asker, Error, House};

/// A case that a telling leaves, as its journal tells it.
pub(super) struct Behind {
    case: CaseId,
    /// The version that this was read of.
    version: i64,
    /// What set and moved its deadline.
    moved: Vec<Moved>,
    /// What it ever took up.
    took_up: Vec<CaseId>,
}

/// The cases that a reporter leaves whose telling was merged, the nearest first; none for every other step.
///
/// # Errors
/// `NotFound` outside the scope, `Store`.
pub(super) async fn behind(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    number: &Number,
    command: CommandName,
) -> Result<Vec<Behind>, Error> {
    if command != CommandName::Reopen {
        return Ok(Vec::new());
    }
    let reader = house.store.reader();
    let own = reader.case_numbered(&asker.scope, net.id, number).await?;
    let mut all = Vec::new();
    for one in onward(reader, &own.case).await? {
        let entries = reader.journal_of(net.id, one.case.id.0).await?;
        let events: Vec<_> = entries.iter().filter_map(step_of).collect();
        let took_up = events.iter().filter_map(|(_, event)| match event.deed {
            Deed::Attached { other } => Some(other),
            _ => None,
        });
        let trail = events
            .iter()
            .map(|(entry, event)| (entry.occurred_at.unwrap_or(entry.at), event));
        all.push(Behind {
            case: one.case.id,
            version: one.case.version,
            took_up: took_up.collect(),
            moved: Moved::of(trail),
        });
    }
    Ok(all)
}

impl Step {
    /// Whose reporter says that it is not the same, leaves every case it went on with.
    pub(super) async fn leave(&self, unit: &Unit, leaving: &Case) -> Result<(), Error> {
        let community = unit.community();
        let (who, now) = (&self.asker.actor, self.asker.now);
        let mut at = leaving.state.clone();
        while let State::Merged { into: case, .. } = at {
            let other = unit.case_there(community, case).await?;
            let other = other.ok_or(Error::NotFound)?;
            let known = self.behind.iter().find(|one| one.case == case);
            // the deadline is reckoned of the case as it is: whoever comes again finds it so
            let known = known.filter(|one| one.version == other.case.version);
            let is = leaving.version;
            let known = known.ok_or(Error::Stale { is })?;
            let rest = stay(unit, leaving.id, known).await?;
            let laid = Laid::new(&self.net, &other.case, None, now);
            let laid = laid.moved_by(known.moved.iter().copied());
            let sides = (leaving, rest.as_slice());
            let decision = case::detach(&other.case, sides, who, &laid.terms(), now)?;
            at = other.case.state.clone();
            self.save(unit, other.case.version, decision, other.department)
                .await?;
        }
        Ok(())
    }
}

/// The cases that stay merged into one that another leaves.
async fn stay(unit: &Unit, leaving: CaseId, behind: &Behind) -> Result<Vec<Case>, Error> {
    let mut rest = Vec::new();
    for other in behind.took_up.iter().filter(|other| **other != leaving) {
        let found = unit.case_there(unit.community(), *other).await?;
        let found = found.map(|found| found.case);
        rest.extend(found.filter(|one| into(one) == Some(behind.case)));
    }
    Ok(rest)
}
