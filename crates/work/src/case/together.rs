//! Cases that are one problem: the one that goes on, and those that were merged into it. Reads only, and shows nothing to anybody:
//! whether somebody sees one of them is asked elsewhere.

use rules::case::{Case, CommandName};
use rules::duplicate::{is_near, metres};
use rules::grid::Level;
use rules::ids::{CaseId, CommunityId, Number};
use store::Unit;
use store::case::Trail;
use store::report::Report;
use time::OffsetDateTime;

use super::chain::{Finds, into, onward, taken_up};
use super::choice::named_for;
use crate::net::CommunityNet;
use crate::{Asker, Error, Fault, House, task};

/// The case that goes on, at the end of a chain of merges; the case itself where it was never merged.
///
/// # Errors
/// `Store`.
#[task]
pub(crate) async fn survivor(house: &House, case: &Case) -> Result<Case, Error> {
    let last = onward(house.store.reader(), case).await?.pop();
    Ok(last.map_or_else(|| case.clone(), |last| last.case))
}

/// The telling of that number, and the case that it is worked on with: its own, or the one that goes on where that was merged.
/// Whether the asker finds it is asked elsewhere.
///
/// # Errors
/// `NotFound` where nothing was told under that number, `Store`.
#[task]
pub(crate) async fn worked_on(
    house: &House,
    community: CommunityId,
    number: &Number,
) -> Result<(Report, CaseId), Error> {
    let reader = house.store.reader();
    let report = reader.report_numbered(community, number).await?;
    let own = reader.case_there(community, report.case).await?;
    let own = own.ok_or(Error::NotFound)?.case;
    let goes_on = survivor(house, &own).await?.id;
    Ok((report, goes_on))
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
    let reader = house.store.reader();
    let Some(own) = reader.case_there(community, case).await? else {
        return Ok(false);
    };
    let way = onward(reader, &own.case).await?;
    Ok(way.iter().any(|one| one.case.id == other))
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
    let merged = taken_up(house.store.reader(), community, case, None).await?;
    let merged = merged.into_iter().map(|one| one.id);
    Ok(std::iter::once(case).chain(merged).collect())
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

/// Whoever merges what lies far apart says that it is one problem all the same: in another general grid, or farther than tellings
/// of one problem may be. A wrong number brings one grid the matter of another.
///
/// # Errors
/// `Invalid` with how far it is, where both points are known, and in which grid the other case lies, unless it was said.
pub(super) fn one_though_far(
    net: &CommunityNet,
    (case, into): (&Case, &Case),
    said: bool,
) -> Result<(), Error> {
    let general = |grid| {
        let way = net.way(grid).into_iter();
        let mut general = way.filter(|grid| grid.level == Level::General);
        general.next().map(|grid| grid.id)
    };
    let grids = general(case.grid).zip(general(into.grid));
    let aside = grids.is_some_and(|(here, there)| here != there);
    let points = case.place.zip(into.place);
    let away = points.is_some_and(|(here, there)| !is_near(here, there, &net.settings.duplicate));
    if said || !(aside || away) {
        return Ok(());
    }
    let fault = match points.map(|(here, there)| metres(here, there)) {
        // to the next ten metres: nobody measured it
        Some(metres) => {
            Fault::new("far", "merge-far").with("metres", (metres / 10.0).ceil() * 10.0)
        }
        None => Fault::new("far", "merge-far-grid"),
    };
    let grid = net.grid(into.grid).map(|grid| grid.name.as_str());
    Err(Error::Invalid(vec![
        fault.with("grid", grid.unwrap_or_default()),
    ]))
}

/// Whoever gives a task to somebody who serves another general grid says that it is meant so: who works near stands first on the
/// list, and a slip of the hand sends the matter across the community. A department serves all of it.
///
/// # Errors
/// `Invalid` with the grid that whoever was named serves, unless it was said.
pub(super) fn given_though_far(
    net: &CommunityNet,
    case: &Case,
    (to, said): (Option<&str>, bool),
    now: OffsetDateTime,
) -> Result<(), Error> {
    let named = to.filter(|_| !said);
    let Some(to) = named.and_then(|name| named_for(net, case, name, now)) else {
        return Ok(());
    };
    let post = net.post(to.post).filter(|post| post.department.is_none());
    let served = post.and_then(|post| post.grid);
    let general = |grid| {
        let mut way = net.way(grid).into_iter();
        way.find(|grid| grid.level == Level::General)
    };
    match served.and_then(general).zip(general(case.grid)) {
        Some((theirs, here)) if theirs.id != here.id => {
            let fault = Fault::new("far", "dispatch-far");
            Err(Error::Invalid(vec![
                fault.with("grid", theirs.name.as_str()),
            ]))
        }
        _ => Ok(()),
    }
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
    let Some(own) = unit.case_there(unit.community(), case).await? else {
        return Ok(None);
    };
    let last = onward(unit, &own.case).await?.pop().unwrap_or(own);
    Ok(Some(last).filter(|last| into(&last.case).is_none()))
}
