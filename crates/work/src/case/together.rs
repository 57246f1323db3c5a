//! Cases that are one problem: the one that goes on, and those that were merged into it. Reads only, and shows nothing to anybody:
//! whether somebody sees one of them is asked elsewhere.

use rules::access::Scope;
use rules::case::{Case, CommandName, Deed, Place, State};
use rules::duplicate::is_near;
use rules::ids::{CaseId, CommunityId, GridId, Number};
use rules::journal::Event;
use store::Unit;
use store::case::Trail;

use crate::net::CommunityNet;
use crate::{Asker, Error, House, task};

/// How many merges one behind the other are followed.
const DEEPEST: usize = 8;
/// Of how many cases that took up others it is looked which.
const MOST: usize = 64;

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

/// Whether a case was merged into another one, at once or in a chain of merges.
///
/// # Errors
/// `Store`.
#[task]
pub(crate) async fn ends_in(
    house: &House,
    community: CommunityId,
    (case, other): (CaseId, CaseId),
) -> Result<bool, Error> {
    let mut at = case;
    for _ in 0..DEEPEST {
        let found = one(house, community, at).await?;
        let Some(State::Merged { into, .. }) = found.map(|found| found.state) else {
            return Ok(false);
        };
        if into == other {
            return Ok(true);
        }
        at = into;
    }
    Ok(false)
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
    let merged = taken_up(house, community, case).await?;
    let merged = merged.into_iter().map(|one| one.id);
    Ok(std::iter::once(case).chain(merged).collect())
}

/// The cases that are merged into one, however deep, in the order in which they came.
///
/// # Errors
/// `Store`.
#[task]
pub(crate) async fn taken_up(
    house: &House,
    community: CommunityId,
    case: CaseId,
) -> Result<Vec<Case>, Error> {
    let reader = house.store.reader();
    let (mut found, mut looked, mut at) = (Vec::<Case>::new(), vec![case], 0);
    while let Some(case) = looked.get(at).copied().filter(|_| at < MOST) {
        at += 1;
        if at > 1 && !found.iter().any(|one| one.id == case) {
            continue;
        }
        for entry in reader.journal_of(community, case.0).await? {
            let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
                continue;
            };
            match event.deed {
                Deed::Attached { other } if !found.iter().any(|one| one.id == other) => {
                    let other = one(house, community, other).await?;
                    let is_merged = |one: &Case| matches!(one.state, State::Merged { .. });
                    if let Some(other) = other.filter(is_merged) {
                        // whoever took another one up has its tellings
                        looked.extend(Some(other.id).filter(|_| other.reports > 1));
                        found.push(other);
                    }
                }
                Deed::Detached { other } => found.retain(|one| one.id != other),
                _ => {}
            }
        }
    }
    Ok(found)
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

/// Both sides of a merge: each case with those that were merged into it before. Nothing for any other step, and where there is
/// no such case: that is told elsewhere.
///
/// # Errors
/// `Store`.
pub(super) async fn sides(
    house: &House,
    asker: &Asker,
    (command, number): (CommandName, &Number),
    into: Option<&Number>,
) -> Result<Vec<Vec<CaseId>>, Error> {
    let net = house.net();
    let Some(net) = net.community(number.community()) else {
        return Ok(Vec::new());
    };
    if command != CommandName::Merge {
        return Ok(Vec::new());
    }
    let mut sides = Vec::new();
    for number in std::iter::once(number).chain(into) {
        let reader = house.store.reader();
        match reader.case_numbered(&asker.scope, net.id, number).await {
            Ok(found) => sides.push(with_merged(house, net.id, found.case.id).await?),
            Err(store::Error::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(sides)
}

/// Whether one dispute at most is talked over on all sides together: what two mediators have begun, no merge makes one.
///
/// # Errors
/// `Invalid` where each of two sides is being mediated; which mediation that is hears only whoever reaches it.
pub(super) async fn talked_over_once(unit: &Unit, sides: &[Vec<CaseId>]) -> Result<(), Error> {
    let mut talks = 0;
    for side in sides {
        let found = unit.mediations_of(side).await?;
        talks += usize::from(found.iter().any(|one| one.state.name().is_open()));
    }
    if talks < 2 {
        return Ok(());
    }
    Err(Error::invalid("into", "both-mediated"))
}

/// The case of that id, if it still runs here, or the one that goes on where it was merged: whoever tells the same joins it.
///
/// # Errors
/// What the database says.
pub(crate) async fn running(unit: &Unit, case: CaseId) -> Result<Option<Trail>, Error> {
    let found = goes_on(unit, case).await?;
    Ok(found.filter(|found| found.case.state.kind().is_open()))
}

/// The case of that id, or the one at the end of a chain of merges, whether it runs or not; none where one of them became a
/// complaint.
///
/// # Errors
/// What the database says.
pub(crate) async fn goes_on(unit: &Unit, case: CaseId) -> Result<Option<Trail>, store::Error> {
    let (community, mut case) = (unit.community(), case);
    for _ in 0..=DEEPEST {
        let scope = Scope::Receipt { community, case };
        let found = match unit.case_within(&scope, case).await {
            Ok(found) => found,
            Err(store::Error::NotFound(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let State::Merged { into, .. } = found.case.state else {
            return Ok(Some(found));
        };
        case = into;
    }
    Ok(None)
}

/// Whether the case that a telling is said to be the same as is at another place: in a grid that is neither this one nor above or
/// below it, and near no point of it. Its words are read by whoever serves that one. A case that nobody finds is nowhere.
///
/// # Errors
/// What the database says.
pub(crate) async fn is_elsewhere(
    unit: &Unit,
    net: &CommunityNet,
    (here, point): (GridId, Option<Place>),
    case: CaseId,
) -> Result<bool, Error> {
    let scope = Scope::Receipt {
        community: unit.community(),
        case,
    };
    let case = match unit.case_within(&scope, case).await {
        Ok(found) => found.case,
        Err(store::Error::NotFound(_)) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let lies = |inner, outer| net.way(inner).iter().any(|grid| grid.id == outer);
    let points = point.zip(case.place);
    let near = points.is_some_and(|(a, b)| is_near(a, b, &net.settings.duplicate));
    Ok(!near && !lies(here, case.grid) && !lies(case.grid, here))
}

/// None for one that became a complaint, which nobody finds.
pub(super) async fn one(
    house: &House,
    community: CommunityId,
    case: CaseId,
) -> Result<Option<Case>, Error> {
    let scope = Scope::Receipt { community, case };
    let reader = house.store.reader();
    match reader.case_within(&scope, community, case).await {
        Ok(found) => Ok(Some(found.case)),
        Err(store::Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
