//! Pins: what the map remembers of a case, small because there is one of each case, in cells of some two hundred metres.

use std::collections::HashMap;

use rules::case::{Case, Place, StateName};
use rules::ids::{CaseId, CatalogueVersion, CategoryCode, GridId};
use store::case::Bounds;
use time::{Date, OffsetDateTime};

/// The side of a cell in degrees.
const CELL: f64 = 0.002;

/// A cell: how many sides east and north of nought.
type Cell = (i32, i32);

/// The pins of one community.
#[derive(Default)]
pub(super) struct Pins {
    seq: i64,
    cells: HashMap<Cell, Vec<Kept>>,
    categories: Vec<Category>,
}

/// A category as some catalogue had it.
type Category = (CategoryCode, Option<CatalogueVersion>);

/// A case on the map as it is kept.
#[derive(Clone, Copy)]
struct Kept {
    id: CaseId,
    day: Date,
    n: u32,
    place: Place,
    received_at: OffsetDateTime,
    due_at: Option<OffsetDateTime>,
    grid: GridId,
    state: StateName,
    late_from: Option<OffsetDateTime>,
    /// Its place in `Pins::categories`, counted from one; nought for none.
    category: u16,
}

/// A case on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Pin {
    /// Its key.
    pub id: CaseId,
    /// The day of its number.
    pub day: Date,
    /// Its number of that day.
    pub n: u32,
    /// Where it lies.
    pub place: Place,
    /// When it was received.
    pub received_at: OffsetDateTime,
    /// By when it is due to be closed.
    pub due_at: Option<OffsetDateTime>,
    /// Its grid.
    pub grid: GridId,
    /// Where it stands.
    pub state: StateName,
    /// From when on it is called overdue, while it is open.
    pub late_from: Option<OffsetDateTime>,
    /// Its category, with the catalogue that names it.
    pub category: Option<(CategoryCode, Option<CatalogueVersion>)>,
}

impl Pin {
    /// Whether it is open and overdue: as `rules::case::Case` says it.
    pub fn is_overdue(&self, now: OffsetDateTime) -> bool {
        self.late_from.is_some_and(|from| from < now)
    }
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
    /// The newest of them.
    pub pins: Vec<Pin>,
}

fn cell(place: Place) -> Cell {
    // Degrees over a cell's side stay far inside an i32.
    (
        (place.lon / CELL).floor() as i32,
        (place.lat / CELL).floor() as i32,
    )
}

impl Pins {
    /// Up to which entry of the journal they are true.
    pub(super) const fn seq(&self) -> i64 {
        self.seq
    }

    /// Says that they are true up to this entry.
    pub(super) fn reach(&mut self, seq: i64) {
        self.seq = self.seq.max(seq);
    }

    /// Puts cases on the map that are not there yet.
    pub(super) fn add(&mut self, cases: &[Case]) {
        for case in cases {
            if let Some(kept) = self.keep(case) {
                self.cells.entry(cell(kept.place)).or_default().push(kept);
            }
        }
    }

    /// Puts cases on the map as they are now, true up to this entry. A case never moves.
    pub(super) fn put(&mut self, cases: &[Case], seq: i64) {
        for case in cases {
            let Some(kept) = self.keep(case) else {
                continue;
            };
            let cell = self.cells.entry(cell(kept.place)).or_default();
            match cell.iter_mut().rev().find(|pin| pin.id == kept.id) {
                Some(pin) => *pin = kept,
                None => cell.push(kept),
            }
        }
        self.reach(seq);
    }

    fn keep(&mut self, case: &Case) -> Option<Kept> {
        Some(Kept {
            id: case.id,
            day: case.number.day(),
            n: case.number.n(),
            place: case.place?,
            received_at: case.times.received_at,
            due_at: case.times.due_at,
            grid: case.grid,
            state: case.state.kind(),
            late_from: case.late_from(),
            category: self.category(case),
        })
    }

    fn category(&mut self, case: &Case) -> u16 {
        let Some(code) = &case.category else { return 0 };
        let wanted = (code, case.catalogue_version);
        let known = self
            .categories
            .iter()
            .position(|(code, version)| (code, *version) == wanted);
        let place = known.unwrap_or_else(|| {
            self.categories.push((code.clone(), case.catalogue_version));
            self.categories.len() - 1
        });
        // A community that has had 65,535 categories shows further ones without their names.
        u16::try_from(place + 1).unwrap_or(0)
    }

    /// The pins in a box that match, at most `limit` of them, the newest first.
    pub(super) fn look(&self, bounds: Bounds, look: &Look, limit: usize) -> Found {
        let of_category = self.matching(look.category.as_ref());
        let fits = |pin: &Kept| {
            (look.states.is_empty() || look.states.contains(&pin.state))
                && (look.grids.is_empty() || look.grids.contains(&pin.grid))
                && of_category
                    .as_ref()
                    .is_none_or(|wanted| wanted.contains(&pin.category))
        };
        let mut found: Vec<&Kept> = self
            .cells_in(bounds)
            .flatten()
            .filter(|pin| is_in(pin.place, bounds) && fits(pin))
            .collect();
        let total = found.len();
        let age = |pin: &&Kept| std::cmp::Reverse((pin.received_at, pin.id));
        if limit < total {
            found.select_nth_unstable_by_key(limit, age);
            found.truncate(limit);
        }
        found.sort_unstable_by_key(age);
        Found {
            total,
            pins: found.into_iter().map(|kept| self.pin(kept)).collect(),
        }
    }

    /// The places of the categories of a code or class; none where any will do.
    fn matching(&self, wanted: Option<&CategoryCode>) -> Option<Vec<u16>> {
        let wanted = wanted?;
        let fits = |(code, _): &&Category| code.as_str().starts_with(wanted.as_str());
        let places = (1..).zip(&self.categories);
        Some(
            places
                .filter(|(_, category)| fits(category))
                .map(|(place, _)| place)
                .collect(),
        )
    }

    fn pin(&self, kept: &Kept) -> Pin {
        let category = usize::from(kept.category)
            .checked_sub(1)
            .and_then(|place| self.categories.get(place));
        Pin {
            id: kept.id,
            day: kept.day,
            n: kept.n,
            place: kept.place,
            received_at: kept.received_at,
            due_at: kept.due_at,
            grid: kept.grid,
            state: kept.state,
            late_from: kept.late_from,
            category: category.cloned(),
        }
    }

    /// The cells of a box, or all of them where the box has more cells than there are.
    fn cells_in(&self, bounds: Bounds) -> Box<dyn Iterator<Item = &Vec<Kept>> + '_> {
        let (west, south) = cell(Place {
            lon: bounds.west,
            lat: bounds.south,
        });
        let (east, north) = cell(Place {
            lon: bounds.east,
            lat: bounds.north,
        });
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

fn is_in(place: Place, bounds: Bounds) -> bool {
    (bounds.west..=bounds.east).contains(&place.lon)
        && (bounds.south..=bounds.north).contains(&place.lat)
}
