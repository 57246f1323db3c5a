//! The open cases of the last weeks by place and by building, in memory: by where each telling of them says that it is, and each of
//! what was merged into them. Built for a community when it is first asked, and brought up to the end of the journal at every look.
//! It holds no words and no contact; of words only the building's number.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use rules::case::{Case, Place, StateName};
use rules::duplicate::{Building, Kind, Near, Told, alike};
use rules::ids::{CaseId, CategoryCode, CommunityId, GridId};
use rules::journal::Event;
use time::{Duration, OffsetDateTime};
use tokio::sync::Mutex;

use super::Similar;
use super::spots::{Spot, Spots, spots};
use crate::net::CommunityNet;
use crate::{Error, House};

/// The side of a cell in degrees: some two hundred metres.
const CELL: f64 = 0.002;
/// Entries read at once.
const PAGE: u32 = 2_000;

/// The cases of all communities that were asked.
#[derive(Default)]
pub(crate) struct Nearby {
    areas: RwLock<HashMap<CommunityId, Arc<Area>>>,
}

/// One community.
#[derive(Default)]
struct Area {
    kept: RwLock<Kept>,
    /// One brings it up to date, the others wait for it.
    turn: Mutex<()>,
}

#[derive(Default)]
struct Kept {
    seq: i64,
    /// How many days it holds.
    days: u16,
    swept_at: Option<OffsetDateTime>,
    cases: HashMap<CaseId, Known>,
    cells: HashMap<(i32, i32), Vec<CaseId>>,
    buildings: HashMap<(GridId, Building), Vec<CaseId>>,
}

/// An open case.
#[derive(Clone)]
struct Known {
    category: CategoryCode,
    class: CategoryCode,
    grid: GridId,
    /// Where it was told to be, each place once.
    spots: Vec<Spot>,
    at: OffsetDateTime,
    state: StateName,
}

impl Known {
    /// It as it was told to be at each of its places.
    fn told(&self) -> impl Iterator<Item = Told<'_>> {
        self.spots.iter().map(|spot| Told {
            kind: Kind {
                category: &self.category,
                class: &self.class,
            },
            place: spot.place,
            grid: spot.grid,
            building: spot.building,
            at: self.at,
        })
    }
}

impl Nearby {
    /// The open cases that may be the same as something that was told to be at any of these places, the nearest first, each once.
    ///
    /// # Errors
    /// What the store says.
    pub(super) async fn look(
        &self,
        house: &House,
        net: &CommunityNet,
        told: &[Told<'_>],
    ) -> Result<Vec<Similar>, Error> {
        let area = self.today(house, net).await?;
        let kept = read(&area);
        let found = told.iter().flat_map(|told| kept.alike(net, told));
        let mut found: Vec<Similar> = found.collect();
        drop(kept);
        found.sort_by_key(|one| (one.near, std::cmp::Reverse(one.since)));
        let mut seen = HashSet::new();
        found.retain(|one| seen.insert(one.case));
        Ok(found)
    }

    /// Where a case was told to be; none for one that is not among these.
    ///
    /// # Errors
    /// What the store says.
    pub(super) async fn spots_of(
        &self,
        house: &House,
        net: &CommunityNet,
        case: CaseId,
    ) -> Result<Option<Vec<Spot>>, Error> {
        let area = self.today(house, net).await?;
        Ok(read(&area)
            .cases
            .get(&case)
            .map(|known| known.spots.clone()))
    }

    /// A community, brought up to the end of its journal.
    async fn today(&self, house: &House, net: &CommunityNet) -> Result<Arc<Area>, Error> {
        let area = self.area(net.id);
        let days = net.settings.duplicate.days;
        if read(&area).days < days || read(&area).swept_at.is_none() {
            build(house, net, &area, days).await?;
        }
        if house.store.reader().journal_head(net.id).await? != read(&area).seq {
            catch_up(house, net, &area).await?;
        }
        Ok(area)
    }

    fn area(&self, community: CommunityId) -> Arc<Area> {
        let areas = self.areas.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(area) = areas.get(&community) {
            return Arc::clone(area);
        }
        drop(areas);
        let mut areas = self.areas.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(areas.entry(community).or_default())
    }
}

fn read(area: &Area) -> std::sync::RwLockReadGuard<'_, Kept> {
    area.kept.read().unwrap_or_else(PoisonError::into_inner)
}

fn write(area: &Area) -> std::sync::RwLockWriteGuard<'_, Kept> {
    area.kept.write().unwrap_or_else(PoisonError::into_inner)
}

/// Reads the open cases of the last days, from before the journal's present end: what changes meanwhile is read again.
async fn build(house: &House, net: &CommunityNet, area: &Area, days: u16) -> Result<(), Error> {
    let _turn = area.turn.lock().await;
    if read(area).swept_at.is_some() && read(area).days >= days {
        return Ok(());
    }
    let (reader, now) = (house.store.reader(), house.clock.now());
    let head = reader.journal_head(net.id).await?;
    let since = now - Duration::days(days.into());
    let cases = reader.open_cases_received_from(net.id, since).await?;
    let mut spots = spots(house, net, &cases).await?;
    let mut fresh = Kept {
        seq: head,
        days,
        swept_at: Some(now),
        ..Kept::default()
    };
    fresh.put(net, cases, &mut spots);
    *write(area) = fresh;
    Ok(())
}

async fn catch_up(house: &House, net: &CommunityNet, area: &Area) -> Result<(), Error> {
    let _turn = area.turn.lock().await;
    let (reader, now) = (house.store.reader(), house.clock.now());
    loop {
        let seq = read(area).seq;
        let page = reader.journal_after(net.id, seq, PAGE).await?;
        if page.entries.is_empty() {
            write(area).sweep(now);
            return Ok(());
        }
        let of_cases = page
            .entries
            .iter()
            .filter(|entry| matches!(Event::from_bytes(&entry.event), Ok(Event::Case(_))));
        let mut ids: Vec<CaseId> = of_cases
            .filter_map(|entry| entry.subject.map(CaseId))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let cases = reader.cases_by_id(net.id, &ids).await?;
        let mut spots = spots(house, net, &cases).await?;
        let mut kept = write(area);
        kept.put(net, cases, &mut spots);
        kept.seq = kept.seq.max(page.last);
    }
}

impl Kept {
    fn put(&mut self, net: &CommunityNet, cases: Vec<Case>, spots: &mut Spots) {
        for case in cases {
            self.take_out(case.id);
            let spots = spots.remove(&case.id).unwrap_or_default();
            if let Some(known) = known(net, &case, spots) {
                self.add(case.id, known);
            }
        }
    }

    fn add(&mut self, id: CaseId, known: Known) {
        for spot in &known.spots {
            if let Some(place) = spot.place {
                self.cells.entry(cell(place)).or_default().push(id);
            }
            if let Some(building) = spot.building {
                let at = (spot.grid, building);
                self.buildings.entry(at).or_default().push(id);
            }
        }
        self.cases.insert(id, known);
    }

    fn take_out(&mut self, id: CaseId) {
        let Some(known) = self.cases.remove(&id) else {
            return;
        };
        for spot in &known.spots {
            if let Some(place) = spot.place {
                forget(&mut self.cells, cell(place), id);
            }
            if let Some(building) = spot.building {
                forget(&mut self.buildings, (spot.grid, building), id);
            }
        }
    }

    /// Once a day what has grown old is let go.
    fn sweep(&mut self, now: OffsetDateTime) {
        if self.swept_at.is_some_and(|at| now - at < Duration::DAY) {
            return;
        }
        let since = now - Duration::days(self.days.into());
        let old = self.cases.iter().filter(|(_, known)| known.at < since);
        let old: Vec<CaseId> = old.map(|(id, _)| *id).collect();
        old.into_iter().for_each(|id| self.take_out(id));
        self.swept_at = Some(now);
    }

    /// The cases like something that was told to be at one place, in no order.
    fn alike(&self, net: &CommunityNet, told: &Told<'_>) -> Vec<Similar> {
        let settings = &net.settings.duplicate;
        let near = told.place.map(|place| self.around(place, settings.metres));
        let named = told
            .building
            .and_then(|building| self.buildings.get(&(told.grid, building)));
        let mut ids: Vec<CaseId> = near
            .into_iter()
            .flatten()
            .chain(named.into_iter().flatten().copied())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let found = ids.into_iter().filter_map(|id| {
            let known = self.cases.get(&id)?;
            let near = known.told().filter_map(|own| alike(told, &own, settings));
            let near = near.min()?;
            Some(similar(id, known, near))
        });
        found.collect()
    }

    /// The cases in the cells around a place; all of them where that is fewer than cells.
    fn around(&self, place: Place, metres: u16) -> Vec<CaseId> {
        let north = f64::from(metres) / 111_320.0;
        let east = north / place.lat.to_radians().cos().abs().max(0.01);
        let corner = |lon: f64, lat: f64| {
            cell(Place {
                lon: place.lon + lon,
                lat: place.lat + lat,
            })
        };
        let (west, south) = corner(-east, -north);
        let (far_east, far_north) = corner(east, north);
        let across = i64::from(far_east) - i64::from(west) + 1;
        let up = i64::from(far_north) - i64::from(south) + 1;
        if across.saturating_mul(up) > self.cells.len() as i64 {
            return self.cells.values().flatten().copied().collect();
        }
        let cells = (west..=far_east)
            .flat_map(|x| (south..=far_north).filter_map(move |y| self.cells.get(&(x, y))));
        cells.flatten().copied().collect()
    }
}

fn similar(case: CaseId, known: &Known, near: Near) -> Similar {
    Similar {
        case,
        category: known.category.clone(),
        grid: known.grid,
        since: known.at,
        state: known.state,
        near,
    }
}

/// An open case with a category; others cannot be compared.
fn known(net: &CommunityNet, case: &Case, spots: Vec<Spot>) -> Option<Known> {
    let state = case.state.kind();
    let category = case.category.clone().filter(|_| state.is_open())?;
    Some(Known {
        class: class(net, &category),
        category,
        grid: case.grid,
        spots,
        at: case.times.received_at,
        state,
    })
}

/// The class of a category; a category that the catalogue does not know any more is its own.
pub(super) fn class(net: &CommunityNet, category: &CategoryCode) -> CategoryCode {
    let known = net
        .catalogue()
        .and_then(|catalogue| catalogue.category(category));
    known.map_or_else(|| category.clone(), |one| one.class_code.clone())
}

fn forget<K: Eq + std::hash::Hash>(map: &mut HashMap<K, Vec<CaseId>>, at: K, id: CaseId) {
    if let Some(ids) = map.get_mut(&at) {
        ids.retain(|one| *one != id);
        if ids.is_empty() {
            map.remove(&at);
        }
    }
}

fn cell(place: Place) -> (i32, i32) {
    // Degrees over a cell's side stay far inside an i32.
    (
        (place.lon / CELL).floor() as i32,
        (place.lat / CELL).floor() as i32,
    )
}
