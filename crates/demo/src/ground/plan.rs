//! The plan: which lattice cells belong to which grid, and the grids' codes, names and households. Streets run along the
//! cuts; the river runs between the second and the third column. Numbers go from north to south in bands and from west
//! to east within a band.

use super::lattice::{Lattice, RIVER, SIDE};
use super::ring::{Cell, border};
use super::{COMMUNITY, PlanError};
use crate::dice::Dice;
use std::collections::BTreeSet;

/// Widths of the four columns, in cells, from the west.
const COLUMNS: [usize; 4] = [17, 15, 16, 16];
/// Heights of the general grids of each column, in cells, from the north.
const HEIGHTS: [&[usize]; 4] = [&[17, 15, 16, 16], &[12, 13, 14, 12, 13], &[16, 15, 15, 18], &[22, 20, 22]];
/// How many micro-grids each general grid has, column by column from the north: 79 together.
const MICROS: [usize; 16] = [5, 4, 5, 4, 4, 5, 5, 6, 5, 4, 6, 5, 4, 6, 6, 5];
/// The political-legal grid (0 to 2) that each general grid lies in, in the same order.
const LEGAL: [usize; 16] = [0, 0, 1, 1, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 2];
const LEGAL_NAMES: [&str; 3] = ["明湖西北政法网格", "明湖西南政法网格", "明湖河东政法网格"];
/// The general grid from whose south-western corner the school is cut, and the school's size in cells.
const SCHOOL_IN: usize = 6;
const SCHOOL_CELLS: (usize, usize) = (5, 4);

/// The level of a grid, named as in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 总网格: the whole community.
    Community,
    /// 一般网格; the political-legal grids stand on this level of their own scheme.
    General,
    /// 专属网格: here a school, beside the general grids.
    Dedicated,
    /// 微网格.
    Micro,
}

/// Which partition of the ground a grid belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// The tree of community, general, dedicated and micro-grids.
    Governance,
    /// 政法网格.
    PoliticalLegal,
}

/// One invented grid.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Unique within its scheme.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// Level within its scheme.
    pub level: Level,
    /// The scheme it belongs to.
    pub scheme: Scheme,
    /// Code of the grid above, in the same scheme.
    pub parent: Option<String>,
    /// Households; 0 where nobody lives.
    pub households: usize,
    /// Outer ring in WGS-84 degrees, inside on the left, first point repeated at the end.
    pub ring: Vec<[f64; 2]>,
}

/// All grids: the community, then general, dedicated, micro and political-legal grids, each by code.
#[derive(Clone, Debug)]
pub struct Ground {
    /// 1 + 16 + 1 + 79 + 3 grids.
    pub grids: Vec<Grid>,
}

impl Ground {
    /// The grids of one level of the governance scheme, by code.
    pub fn level(&self, level: Level) -> impl Iterator<Item = &Grid> {
        self.grids.iter().filter(move |grid| grid.level == level && grid.scheme == Scheme::Governance)
    }
}

/// A rectangle of cells: west, north, east, south; the last two are outside.
#[derive(Clone, Copy)]
struct Block {
    west: usize,
    north: usize,
    east: usize,
    south: usize,
}

impl Block {
    fn cells(self) -> BTreeSet<Cell> {
        (self.west..self.east).flat_map(|x| (self.north..self.south).map(move |y| (x, y))).collect()
    }
}

/// A general grid on the plan, before it has a number.
struct Quarter {
    name: String,
    micros: Vec<(String, BTreeSet<Cell>)>,
    legal: usize,
    /// Sorting key: band from the north, then column from the west.
    order: (usize, usize),
}

impl Quarter {
    fn cells(&self) -> BTreeSet<Cell> {
        self.micros.iter().flat_map(|(_, cells)| cells).copied().collect()
    }
}

/// Lays out the ground for `seed`.
///
/// # Errors
/// [`PlanError`] when the constants or the seed file contradict each other; the tests prove that they do not.
pub fn ground(seed: u64) -> Result<Ground, PlanError> {
    let mut dice = Dice::new(seed, "ground");
    let whole = Block { west: 0, north: 0, east: SIDE, south: SIDE }.cells();
    let outline = border(&whole).ok_or(PlanError::NotOneRing { code: COMMUNITY.to_owned() })?;
    let lattice = Lattice::new(seed, &outline);
    let school = school();
    let quarters = quarters(&school, &mut dice)?;
    let mut drawn = Drawn { lattice, grids: Vec::new() };
    drawn.tree(&whole, &school, &quarters, &mut dice)?;
    drawn.legal(&school, &quarters)?;
    Ok(Ground { grids: drawn.grids })
}

fn blocks() -> Vec<Block> {
    let mut all = Vec::new();
    let mut west = 0;
    for (width, heights) in COLUMNS.iter().zip(HEIGHTS) {
        let mut north = 0;
        for height in heights {
            all.push(Block { west, north, east: west + width, south: north + height });
            north += height;
        }
        west += width;
    }
    debug_assert_eq!(COLUMNS[0] + COLUMNS[1], RIVER);
    all
}

fn school() -> BTreeSet<Cell> {
    let around = blocks()[SCHOOL_IN];
    let (wide, high) = SCHOOL_CELLS;
    Block { east: around.west + wide, north: around.south - high, ..around }.cells()
}

fn quarters(school: &BTreeSet<Cell>, dice: &mut Dice) -> Result<Vec<Quarter>, PlanError> {
    let names = names();
    let mut all = Vec::new();
    for (slot, block) in blocks().into_iter().enumerate() {
        let (name, places) = names.get(slot).ok_or(PlanError::Nameless { wanted: slot })?;
        let parts = cut(block, MICROS[slot], dice).into_iter().map(|part| &part.cells() - school);
        let micros = places.iter().cloned().zip(parts).collect();
        let band = (block.north + block.south) * 2 / SIDE;
        all.push(Quarter { name: name.clone(), micros, legal: LEGAL[slot], order: (band, block.west) });
    }
    all.sort_by_key(|quarter| quarter.order);
    Ok(all)
}

/// Cuts a general grid into bands and each band into micro-grids, from the north-west in reading order.
fn cut(block: Block, count: usize, dice: &mut Dice) -> Vec<Block> {
    let tall = block.south - block.north > block.east - block.west + 2;
    let bands: &[usize] = match count {
        4 => &[2, 2],
        5 if tall => &[1, 2, 2],
        5 => &[2, 3],
        _ if tall => &[2, 2, 2],
        _ => &[3, 3],
    };
    let rows = cuts(block.north, block.south, bands.len(), dice);
    let mut parts = Vec::new();
    for (row, wide) in rows.windows(2).zip(bands) {
        for column in cuts(block.west, block.east, *wide, dice).windows(2) {
            parts.push(Block { west: column[0], east: column[1], north: row[0], south: row[1] });
        }
    }
    parts
}

/// Cuts a stretch into `parts` of nearly equal length, each inner cut moved by at most one cell.
fn cuts(from: usize, to: usize, parts: usize, dice: &mut Dice) -> Vec<usize> {
    (0..=parts)
        .map(|cut| {
            let even = from + (to - from) * cut / parts;
            if cut == 0 || cut == parts { even } else { even + dice.below(3) - 1 }
        })
        .collect()
}

fn names() -> Vec<(String, Vec<String>)> {
    let lines = include_str!("../../seed/ground.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.split('|').map(|word| word.trim().to_owned());
            (words.next().unwrap_or_default(), words.collect())
        })
        .collect()
}

struct Drawn {
    lattice: Lattice,
    grids: Vec<Grid>,
}

impl Drawn {
    fn tree(
        &mut self,
        whole: &BTreeSet<Cell>,
        school: &BTreeSet<Cell>,
        quarters: &[Quarter],
        dice: &mut Dice,
    ) -> Result<(), PlanError> {
        let households: Vec<Vec<usize>> = quarters.iter().map(|quarter| share(quarter.micros.len(), dice)).collect();
        let total = households.iter().flatten().sum();
        self.draw(whole, blank(COMMUNITY, "明湖社区总网格", Level::Community, None, total))?;
        for (quarter, (number, homes)) in quarters.iter().zip((1..).zip(&households)) {
            let name = format!("{}网格", quarter.name);
            self.draw(&quarter.cells(), blank(&general(number), &name, Level::General, Some(COMMUNITY), homes.iter().sum()))?;
        }
        let code = format!("{COMMUNITY}-Z01");
        self.draw(school, blank(&code, "明湖实验学校专属网格", Level::Dedicated, Some(COMMUNITY), 0))?;
        for (quarter, (number, homes)) in quarters.iter().zip((1..).zip(&households)) {
            let parent = general(number);
            for (((place, cells), homes), micro) in quarter.micros.iter().zip(homes).zip(1..) {
                let code = format!("{parent}-M{micro:02}");
                self.draw(cells, blank(&code, &format!("{place}微网格"), Level::Micro, Some(&parent), *homes))?;
            }
        }
        Ok(())
    }

    fn legal(&mut self, school: &BTreeSet<Cell>, quarters: &[Quarter]) -> Result<(), PlanError> {
        let at_school = names().get(SCHOOL_IN).map(|(name, _)| name.clone());
        for (index, name) in LEGAL_NAMES.iter().enumerate() {
            let members: Vec<&Quarter> = quarters.iter().filter(|quarter| quarter.legal == index).collect();
            let mut cells: BTreeSet<Cell> = members.iter().flat_map(|quarter| quarter.cells()).collect();
            if members.iter().any(|quarter| Some(&quarter.name) == at_school.as_ref()) {
                cells.extend(school);
            }
            let code = format!("510184999-ZF{:02}", index + 1);
            let grid = Grid { scheme: Scheme::PoliticalLegal, ..blank(&code, name, Level::General, None, 0) };
            let households = self.households(members.iter().map(|quarter| quarter.name.as_str()));
            self.draw(&cells, Grid { households, ..grid })?;
        }
        Ok(())
    }

    fn households<'a>(&self, quarters: impl Iterator<Item = &'a str>) -> usize {
        let names: Vec<String> = quarters.map(|name| format!("{name}网格")).collect();
        self.grids.iter().filter(|grid| names.contains(&grid.name)).map(|grid| grid.households).sum()
    }

    fn draw(&mut self, cells: &BTreeSet<Cell>, grid: Grid) -> Result<(), PlanError> {
        let corners = border(cells).ok_or_else(|| PlanError::NotOneRing { code: grid.code.clone() })?;
        let mut ring: Vec<[f64; 2]> = corners.iter().map(|corner| self.lattice.at(*corner)).collect();
        ring.extend(ring.first().copied());
        self.grids.push(Grid { ring, ..grid });
        Ok(())
    }
}

fn general(number: usize) -> String {
    format!("{COMMUNITY}-G{number:02}")
}

fn blank(code: &str, name: &str, level: Level, parent: Option<&str>, households: usize) -> Grid {
    Grid {
        code: code.to_owned(),
        name: name.to_owned(),
        level,
        scheme: Scheme::Governance,
        parent: parent.map(str::to_owned),
        households,
        ring: Vec::new(),
    }
}

/// Shares the 310 to 375 households of a general grid among its micro-grids, 30 to 100 each.
fn share(micros: usize, dice: &mut Dice) -> Vec<usize> {
    let total = dice.between(310, 375) as usize;
    let mut homes = vec![total / micros; micros];
    homes[0] += total % micros;
    for _ in 0..micros {
        let (from, to, moved) = (dice.below(micros), dice.below(micros), dice.below(9));
        if from != to && homes[from] >= 30 + moved && homes[to] + moved <= 100 {
            homes[from] -= moved;
            homes[to] += moved;
        }
    }
    homes
}
