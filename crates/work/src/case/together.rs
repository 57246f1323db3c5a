//! Cases that are one problem: the one that goes on, and those that were merged into it. Reads only, and shows nothing to anybody:
//! whether somebody sees one of them is asked elsewhere.

use rules::access::Scope;
use rules::case::{Case, Deed, State};
use rules::ids::{CaseId, CommunityId};
use rules::journal::Event;
use store::Unit;
use store::case::Trail;

use crate::{Error, House, task};

/// How many merges one behind the other are followed.
const DEEPEST: usize = 8;

/// The case that goes on, at the end of a chain of merges; the case itself where it was never merged.
///
/// # Errors
/// `Store`.
#[task]
pub(crate) async fn survivor(house: &House, case: &Case) -> Result<Case, Error> {
    let mut at = case.clone();
    for _ in 0..DEEPEST {
        let State::Merged { into, .. } = at.state else {
            break;
        };
        let Some(next) = one(house, case.community, into).await? else {
            break;
        };
        at = next;
    }
    Ok(at)
}

/// A case and those that are merged into it, however deep; the case first. One that was taken back, or was made a report again,
/// stands for itself.
///
/// # Errors
/// `Store`.
#[task]
pub(crate) async fn with_merged(
    house: &House,
    community: CommunityId,
    case: CaseId,
) -> Result<Vec<CaseId>, Error> {
    let reader = house.store.reader();
    let (mut cases, mut at) = (vec![case], 0);
    while let Some(case) = cases.get(at).copied().filter(|_| at < DEEPEST) {
        at += 1;
        for entry in reader.journal_of(community, case.0).await? {
            let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
                continue;
            };
            match event.deed {
                Deed::Attached { other } if !cases.contains(&other) => {
                    let found = one(house, community, other).await?;
                    if found.is_some_and(|one| matches!(one.state, State::Merged { .. })) {
                        cases.push(other);
                    }
                }
                Deed::Detached { other } => cases.retain(|one| *one != other),
                _ => {}
            }
        }
    }
    Ok(cases)
}

/// The case that goes on with all that are merged into it, the former first.
///
/// # Errors
/// `Store`.
#[task]
pub(crate) async fn together(house: &House, case: &Case) -> Result<Vec<CaseId>, Error> {
    let survivor = survivor(house, case).await?;
    // whoever took another one up has its tellings
    if survivor.reports < 2 {
        return Ok(vec![survivor.id]);
    }
    with_merged(house, case.community, survivor.id).await
}

/// The case of that id, if it still runs here: whoever tells the same joins it.
///
/// # Errors
/// What the database says.
pub(crate) async fn running(unit: &Unit, case: CaseId) -> Result<Option<Trail>, Error> {
    let community = unit.community();
    let scope = Scope::Receipt { community, case };
    match unit.case_within(&scope, case).await {
        Ok(trail) => Ok(Some(trail).filter(|trail| trail.case.state.kind().is_open())),
        Err(store::Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// None for one that became a complaint, which nobody finds.
async fn one(house: &House, community: CommunityId, case: CaseId) -> Result<Option<Case>, Error> {
    let scope = Scope::Receipt { community, case };
    let reader = house.store.reader();
    match reader.case_within(&scope, community, case).await {
        Ok(found) => Ok(Some(found.case)),
        Err(store::Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
