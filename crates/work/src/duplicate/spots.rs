//! Where a case was told to be: by its own place, by every telling of it, and by everything that was merged 并案 into it. The more
//! people told a problem, the more easily the next one finds it.

use std::collections::HashMap;

use rules::case::{Case, Place};
use rules::duplicate::{Building, building, is_near};
use rules::ids::{CaseId, GridId};
use store::report::ToldPlace;
use time::Duration;

use crate::case::{Finds, into, survivor, taken_up};
use crate::net::CommunityNet;
use crate::{Error, House, task};

/// Of how many cases the journal is asked what was merged into them, one after the other.
const FEW: usize = 8;
/// How much older than a case what is merged into it may be, where many are read at once.
const BEFORE: Duration = Duration::days(180);
/// Below how many merged cases more are looked for.
const MOST: usize = 64;

/// One place where a case was told to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    /// Where exactly, when known.
    pub place: Option<Place>,
    /// The grid it lies in.
    pub grid: GridId,
    /// The building that its words name.
    pub building: Option<Building>,
}

/// The places of cases.
pub(super) type Spots = HashMap<CaseId, Vec<Spot>>;

/// Whether a telling lies elsewhere than the case that it is said to be the same as, and than the one that goes on where that was
/// merged: in a grid that is neither one in which they were told to be nor above or below it, and near no point of them. Its words
/// are read by whoever serves that one. What is offered by a place is joined from it; a case that nobody finds or joins is nowhere.
///
/// # Errors
/// `Store`.
#[task]
pub(crate) async fn is_elsewhere(
    house: &House,
    net: &CommunityNet,
    (here, point): (GridId, Option<Place>),
    case: CaseId,
) -> Result<bool, Error> {
    let Some(own) = house.store.reader().case_there(net.id, case).await? else {
        return Ok(false);
    };
    let lies = |inner, outer| net.way(inner).iter().any(|grid| grid.id == outer);
    let is_here = |grid, place: Option<Place>| {
        let points = point.zip(place);
        points.is_some_and(|(a, b)| is_near(a, b, &net.settings.duplicate))
            || lies(here, grid)
            || lies(grid, here)
    };
    if is_here(own.case.grid, own.case.place) {
        return Ok(false);
    }
    let goes_on = survivor(house, &own.case).await?;
    if !goes_on.state.kind().is_open() {
        // nobody joins it any more
        return Ok(false);
    }
    let told = spots(house, net, std::slice::from_ref(&goes_on)).await?;
    let mut told = told.into_values().flatten();
    let somewhere = told.any(|spot| is_here(spot.grid, spot.place));
    Ok(!somewhere && !is_here(goes_on.grid, goes_on.place))
}

/// Where each of these that is open was told to be. What was merged is looked for only where more is counted than was told on the
/// case itself, so that a case that nobody else told asks for nothing more.
pub(super) async fn spots(
    house: &House,
    net: &CommunityNet,
    cases: &[Case],
) -> Result<Spots, Error> {
    let reader = house.store.reader();
    let open = || cases.iter().filter(|case| case.state.kind().is_open());
    let ids: Vec<CaseId> = open().map(|case| case.id).collect();
    let told = reader.told_places(net.id, &ids).await?;
    let of = |case: &Case| told.get(&case.id).map_or(&[][..], Vec::as_slice);
    let has_merged =
        |case: &&Case| usize::try_from(case.reports).is_ok_and(|reports| reports > of(case).len());
    let heads: Vec<&Case> = open().filter(has_merged).collect();
    let merged = merged_into(house, net, &heads).await?;
    let ids: Vec<CaseId> = merged.values().flatten().map(|one| one.id).collect();
    let theirs = reader.told_places(net.id, &ids).await?;
    let mut all = Spots::with_capacity(told.len());
    for case in open() {
        let spots = all.entry(case.id).or_default();
        add(spots, case, of(case));
        for one in merged.get(&case.id).into_iter().flatten() {
            add(spots, one, theirs.get(&one.id).map_or(&[], Vec::as_slice));
        }
    }
    Ok(all)
}

/// What is merged into each of these, however deep. Of a few the journal says it; of many it is read at once from what is merged: one
/// brings a community up to date, and everybody there waits for it.
async fn merged_into(
    house: &House,
    net: &CommunityNet,
    heads: &[&Case],
) -> Result<HashMap<CaseId, Vec<Case>>, Error> {
    let reader = house.store.reader();
    let mut merged = HashMap::with_capacity(heads.len());
    if heads.len() <= FEW {
        for head in heads {
            merged.insert(head.id, taken_up(reader, net.id, head.id, None).await?);
        }
        return Ok(merged);
    }
    let oldest = heads.iter().map(|head| head.times.received_at).min();
    let Some(since) = oldest.map(|oldest| oldest - BEFORE) else {
        return Ok(merged);
    };
    let mut under: HashMap<CaseId, Vec<Case>> = HashMap::new();
    for case in reader.merged_cases_received_from(net.id, since).await? {
        if let Some(head) = into(&case) {
            under.entry(head).or_default().push(case);
        }
    }
    merged.extend(
        heads
            .iter()
            .map(|head| (head.id, all_under(&under, head.id))),
    );
    Ok(merged)
}

/// What is merged into a case at once, and into that.
fn all_under(under: &HashMap<CaseId, Vec<Case>>, head: CaseId) -> Vec<Case> {
    let below = |case: CaseId| under.get(&case).into_iter().flatten().cloned();
    let (mut found, mut at): (Vec<Case>, usize) = (below(head).collect(), 0);
    while at < found.len().min(MOST) {
        found.extend(below(found[at].id));
        at += 1;
    }
    found
}

/// Adds where a case and its tellings are said to be, each place once.
fn add(spots: &mut Vec<Spot>, case: &Case, told: &[ToldPlace]) {
    let own = Spot {
        place: case.place,
        grid: case.grid,
        building: None,
    };
    let told = told.iter().map(|one| Spot {
        // a first telling lies where its case does
        place: one.place.or(case.place.filter(|_| one.grid.is_none())),
        grid: one.grid.unwrap_or(case.grid),
        building: building(&one.words),
    });
    for spot in told.chain([own]) {
        let says = spot.place.is_some() || spot.building.is_some();
        // a point without a building says no more than the same point with one
        let known = |one: &Spot| {
            one.place == spot.place
                && one.grid == spot.grid
                && (spot.building.is_none() || one.building == spot.building)
        };
        if says && !spots.iter().any(known) {
            spots.push(spot);
        }
    }
}
