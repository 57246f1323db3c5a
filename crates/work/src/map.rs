//! Cases on the map: an index in memory of where they lie, so that a box is answered without asking the database for its
//! rows. Built for a community when it is first looked at, brought up to the end of the journal at every look: a case is
//! on the map as soon as it is acknowledged. It holds no words and no contact.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use rules::case::{Case, StateName};
use rules::ids::{CaseId, CategoryCode, CommunityId, GridId};
use rules::journal::Event;
use store::case::Bounds;
use store::journal::Entry;
use time::OffsetDateTime;
use tokio::sync::Mutex;

use crate::net::CommunityNet;
use crate::{Error, House};

/// The side of a cell in degrees: some two hundred metres.
const CELL: f64 = 0.002;
/// Rows and entries read at once.
const PAGE: u32 = 2_000;

/// How a case is written for whoever asks; made once per change, not per look.
pub type Writer = fn(&Case, &CommunityNet) -> String;

/// The cases of all communities that were looked at.
pub struct CaseMap {
    write: Writer,
    areas: RwLock<HashMap<CommunityId, Arc<Area>>>,
}

/// One community.
#[derive(Default)]
struct Area {
    pins: RwLock<Pins>,
    /// One brings it up to date, the others wait for it.
    turn: Mutex<()>,
}

#[derive(Default)]
struct Pins {
    seq: i64,
    cells: HashMap<(i32, i32), Vec<Pin>>,
    cell_of: HashMap<CaseId, (i32, i32)>,
}

/// A case on the map.
struct Pin {
    id: CaseId,
    lon: f64,
    lat: f64,
    received_at: OffsetDateTime,
    due_at: Option<OffsetDateTime>,
    state: StateName,
    category: Option<CategoryCode>,
    grid: GridId,
    written: Box<str>,
}

/// What is looked for in a box.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// In these states; empty = any.
    pub states: Vec<StateName>,
    /// Of this category or class.
    pub category: Option<CategoryCode>,
    /// In these grids; empty = any.
    pub grids: Vec<GridId>,
}

/// What was found.
pub struct Found {
    /// All that match.
    pub total: usize,
    /// The newest of them as written, with whether each is overdue.
    pub written: Vec<(Box<str>, bool)>,
}

impl CaseMap {
    /// An empty map; `write` says how a case is written.
    pub fn new(write: Writer) -> Self {
        Self {
            write,
            areas: RwLock::default(),
        }
    }

    /// The cases of a community in a box, at most `limit` of them, the newest first.
    ///
    /// # Errors
    /// What the store says.
    pub async fn look(
        &self,
        house: &House,
        net: &CommunityNet,
        bounds: Bounds,
        look: &Look,
        limit: usize,
    ) -> Result<Found, Error> {
        let area = self.area(net.id);
        if house.store.reader().journal_head(net.id).await? != seq(&area) {
            self.catch_up(house, net, &area).await?;
        }
        let now = house.clock.now();
        let pins = area.pins.read().unwrap_or_else(PoisonError::into_inner);
        Ok(pins.look(bounds, look, limit, now))
    }

    fn area(&self, community: CommunityId) -> Arc<Area> {
        if let Some(area) = self
            .areas
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&community)
        {
            return Arc::clone(area);
        }
        Arc::clone(
            self.areas
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .entry(community)
                .or_default(),
        )
    }

    async fn catch_up(&self, house: &House, net: &CommunityNet, area: &Area) -> Result<(), Error> {
        let _turn = area.turn.lock().await;
        if seq(area) == 0 {
            return self.build(house, net, area).await;
        }
        loop {
            let page = house
                .store
                .reader()
                .journal_after(net.id, seq(area), PAGE)
                .await?;
            if page.entries.is_empty() {
                return Ok(());
            }
            let changed = house
                .store
                .reader()
                .cases_by_id(net.id, &subjects(&page.entries))
                .await?;
            area.pins
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .put(&changed, net, self.write, page.last);
        }
    }

    /// Reads every case once, from before the journal's present end: what changes meanwhile is read again after it.
    async fn build(&self, house: &House, net: &CommunityNet, area: &Area) -> Result<(), Error> {
        let reader = house.store.reader();
        let head = reader.journal_head(net.id).await?;
        let mut after = None;
        loop {
            let page = reader.placed_cases_after(net.id, after, PAGE).await?;
            let Some(last) = page.last().map(|case| case.id) else {
                break;
            };
            after = Some(last);
            area.pins
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .put(&page, net, self.write, 0);
        }
        area.pins
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .seq = head;
        Ok(())
    }
}

fn seq(area: &Area) -> i64 {
    area.pins.read().unwrap_or_else(PoisonError::into_inner).seq
}

/// The cases that entries speak of, each once.
fn subjects(entries: &[Entry]) -> Vec<CaseId> {
    let of_cases = entries
        .iter()
        .filter(|entry| matches!(Event::from_text(&entry.event), Ok(Event::Case(_))));
    let mut ids: Vec<CaseId> = of_cases
        .filter_map(|entry| entry.subject.map(CaseId))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn cell(lon: f64, lat: f64) -> (i32, i32) {
    // Degrees over a cell's side stay far inside an i32.
    ((lon / CELL).floor() as i32, (lat / CELL).floor() as i32)
}

impl Pins {
    fn put(&mut self, cases: &[Case], net: &CommunityNet, write: Writer, seq: i64) {
        for case in cases {
            self.take_out(case.id);
            if let Some(place) = case.place {
                let at = cell(place.lon, place.lat);
                self.cell_of.insert(case.id, at);
                self.cells.entry(at).or_default().push(Pin {
                    id: case.id,
                    lon: place.lon,
                    lat: place.lat,
                    received_at: case.times.received_at,
                    due_at: case.times.due_at.filter(|_| case.state.kind().is_open()),
                    state: case.state.kind(),
                    category: case.category.clone(),
                    grid: case.grid,
                    written: write(case, net).into_boxed_str(),
                });
            }
        }
        self.seq = self.seq.max(seq);
    }

    fn take_out(&mut self, id: CaseId) {
        if let Some(pins) = self
            .cell_of
            .remove(&id)
            .and_then(|at| self.cells.get_mut(&at))
        {
            pins.retain(|pin| pin.id != id);
        }
    }

    fn look(&self, bounds: Bounds, look: &Look, limit: usize, now: OffsetDateTime) -> Found {
        let mut found: Vec<&Pin> = self
            .cells_in(bounds)
            .flatten()
            .filter(|pin| pin.is_in(bounds) && pin.fits(look))
            .collect();
        let total = found.len();
        found.sort_unstable_by_key(|pin| std::cmp::Reverse((pin.received_at, pin.id)));
        found.truncate(limit);
        let written = found
            .into_iter()
            .map(|pin| (pin.written.clone(), pin.due_at.is_some_and(|due| due < now)))
            .collect();
        Found { total, written }
    }

    /// The cells of a box, or all of them where the box has more cells than there are.
    fn cells_in(&self, bounds: Bounds) -> Box<dyn Iterator<Item = &Vec<Pin>> + '_> {
        let (west, south) = cell(bounds.west, bounds.south);
        let (east, north) = cell(bounds.east, bounds.north);
        let across = i64::from(east) - i64::from(west) + 1;
        let up = i64::from(north) - i64::from(south) + 1;
        if across.saturating_mul(up) > self.cells.len() as i64 {
            return Box::new(self.cells.values());
        }
        Box::new(
            (west..=east)
                .flat_map(move |x| (south..=north).filter_map(move |y| self.cells.get(&(x, y)))),
        )
    }
}

impl Pin {
    fn is_in(&self, bounds: Bounds) -> bool {
        (bounds.west..=bounds.east).contains(&self.lon)
            && (bounds.south..=bounds.north).contains(&self.lat)
    }

    fn fits(&self, look: &Look) -> bool {
        let of = |wanted: &CategoryCode| {
            self.category
                .as_ref()
                .is_some_and(|code| code.as_str().starts_with(wanted.as_str()))
        };
        (look.states.is_empty() || look.states.contains(&self.state))
            && (look.grids.is_empty() || look.grids.contains(&self.grid))
            && look.category.as_ref().is_none_or(of)
    }
}
