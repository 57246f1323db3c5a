//! The plan: which lattice cells belong to which grid, and the grids' names. Streets run along the
//! cuts; the river runs between the second and the third column. Numbers go from north to south in bands and from west
//! to east within a band.

use super::PlanError;
use super::lattice::{RIVER, SIDE};
use super::ring::Cell;
use crate::dice::Dice;
use std::collections::BTreeSet;

/// Widths of the four columns, in cells, from the west.
const COLUMNS: [usize; 4] = [17, 15, 16, 16];
/// Heights of the general grids of each column, in cells, from the north.
const HEIGHTS: [&[usize]; 4] = [
    &[17, 15, 16, 16],
    &[12, 13, 14, 12, 13],
    &[16, 15, 15, 18],
    &[22, 20, 22],
];
/// How many micro-grids each general grid has, column by column from the north: 79 together.
const MICROS: [usize; 16] = [5, 4, 5, 4, 4, 5, 5, 6, 5, 4, 6, 5, 4, 6, 6, 5];
/// The political-legal grid (0 to 2) that each general grid lies in, in the same order.
const LEGAL: [usize; 16] = [0, 0, 1, 1, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 2];
/// The general grid from whose south-western corner the school is cut, and the school's size in cells.
const SCHOOL_IN: usize = 6;
const SCHOOL_CELLS: (usize, usize) = (4, 4);

/// A rectangle of cells: west, north, east, south; the last two are outside.
#[derive(Clone, Copy)]
pub(super) struct Block {
    pub(super) west: usize,
    pub(super) north: usize,
    pub(super) east: usize,
    pub(super) south: usize,
}

impl Block {
    pub(super) fn cells(self) -> BTreeSet<Cell> {
        (self.west..self.east)
            .flat_map(|x| (self.north..self.south).map(move |y| (x, y)))
            .collect()
    }
}

/// A general grid on the plan, before it has a number.
pub(super) struct Quarter {
    pub(super) name: String,
    /// Name and cells of each micro-grid, in the order of their numbers.
    pub(super) micros: Vec<(String, BTreeSet<Cell>)>,
    /// Which political-legal grid, counted from 0.
    pub(super) legal: usize,
    /// The school lies beside it, cut from its corner.
    pub(super) beside_school: bool,
    /// Sorting key: band from the north, then column from the west.
    order: (usize, usize),
}

impl Quarter {
    pub(super) fn cells(&self) -> BTreeSet<Cell> {
        self.micros
            .iter()
            .flat_map(|(_, cells)| cells)
            .copied()
            .collect()
    }
}

fn blocks() -> Vec<Block> {
    let mut all = Vec::new();
    let mut west = 0;
    for (width, heights) in COLUMNS.iter().zip(HEIGHTS) {
        let mut north = 0;
        for height in heights {
            all.push(Block {
                west,
                north,
                east: west + width,
                south: north + height,
            });
            north += height;
        }
        west += width;
    }
    debug_assert_eq!(COLUMNS[0] + COLUMNS[1], RIVER);
    all
}

pub(super) fn school() -> BTreeSet<Cell> {
    let around = blocks()[SCHOOL_IN];
    let (wide, high) = SCHOOL_CELLS;
    Block {
        east: around.west + wide,
        north: around.south - high,
        ..around
    }
    .cells()
}

pub(super) fn quarters(
    school: &BTreeSet<Cell>,
    dice: &mut Dice,
) -> Result<Vec<Quarter>, PlanError> {
    let names = names();
    let mut all = Vec::new();
    for (slot, block) in blocks().into_iter().enumerate() {
        let (name, places) = names
            .get(slot)
            .ok_or(PlanError::Nameless { wanted: slot })?;
        let parts = cut(block, MICROS[slot], dice)
            .into_iter()
            .map(|part| &part.cells() - school);
        let micros = places.iter().cloned().zip(parts).collect();
        let band = (block.north + block.south) * 2 / SIDE;
        all.push(Quarter {
            name: name.clone(),
            micros,
            legal: LEGAL[slot],
            beside_school: slot == SCHOOL_IN,
            order: (band, block.west),
        });
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
            parts.push(Block {
                west: column[0],
                east: column[1],
                north: row[0],
                south: row[1],
            });
        }
    }
    parts
}

/// Cuts a stretch into `parts` of nearly equal length, each inner cut moved by at most one cell.
fn cuts(from: usize, to: usize, parts: usize, dice: &mut Dice) -> Vec<usize> {
    (0..=parts)
        .map(|cut| {
            let even = from + (to - from) * cut / parts;
            if cut == 0 || cut == parts {
                even
            } else {
                even + dice.below(3) - 1
            }
        })
        .collect()
}

fn names() -> Vec<(String, Vec<String>)> {
    let lines = include_str!("../../seed/ground.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.split('|').map(|word| word.trim().to_owned());
            (words.next().unwrap_or_default(), words.collect())
        })
        .collect()
}
