//! Lays a raster over the paths of a sheet: sizes first, then every cell of every block.
//!
//! Works block by block, so that besides the result only one block's draft is in memory.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::super::path::{self, Spot};
use super::super::sheet::{Extent, Paths};
use super::{Block, EMPTY, MARK, Raster};

/// Grids that share a block on average.
const GRIDS_PER_BLOCK: u64 = 4;
/// Cells that a block gets for each grid that touches it, and for each vertex in it. Measured with
/// `examples/locate.rs`: more cells answer more points at once, until they no longer fit the caches.
const CELLS_PER_GRID: u64 = 12;
const CELLS_PER_VERTEX: u64 = 1;
/// The finest block: 1,024 cells on a side.
const FINEST: u32 = 10;

/// See [`Raster::lay`].
pub(super) fn lay(paths: &Paths) -> Raster {
    let extents = (0..paths.len() as u32).map(|index| paths.extent(index));
    let mut raster = match extents.reduce(Extent::join) {
        Some(extent) => frame(extent, paths.len() as u64),
        None => frame(
            Extent {
                low: Spot { x: 0, y: 0 },
                high: Spot { x: 0, y: 0 },
            },
            1,
        ),
    };
    let grids = grids_by_block(&raster, paths);
    raster.blocks = blocks(&fineness_by_block(&raster, paths, &grids));
    for (at, grids) in grids.iter().enumerate() {
        Drawing::of(&raster, at)
            .draw(paths, grids)
            .append(&mut raster);
    }
    raster.cells.shrink_to_fit();
    raster.lists.shrink_to_fit();
    raster
}

/// Origin, columns, rows and block size; no block yet.
fn frame(extent: Extent, grids: u64) -> Raster {
    let width = (i64::from(extent.high.x) - i64::from(extent.low.x)) as u64;
    let height = (i64::from(extent.high.y) - i64::from(extent.low.y)) as u64;
    let count = |size: u32| ((width >> size) + 1) * ((height >> size) + 1);
    // at size 32 one block holds the whole earth, so the search ends
    let size = (0..32)
        .find(|size| count(*size) <= grids / GRIDS_PER_BLOCK + 1)
        .unwrap_or(32);
    Raster {
        origin: extent.low,
        columns: ((width >> size) + 1) as u32,
        rows: ((height >> size) + 1) as u32,
        size,
        blocks: Vec::new(),
        cells: Vec::new(),
        lists: Vec::new(),
    }
}

fn grids_by_block(raster: &Raster, paths: &Paths) -> Vec<Vec<u32>> {
    let mut grids = vec![Vec::new(); raster.columns as usize * raster.rows as usize];
    for index in 0..paths.len() as u32 {
        let extent = paths.extent(index);
        let (west, south) = block_of(raster, extent.low);
        let (east, north) = block_of(raster, extent.high);
        for row in south..=north {
            for column in west..=east {
                grids[row * raster.columns as usize + column].push(index);
            }
        }
    }
    grids
}

fn block_of(raster: &Raster, spot: Spot) -> (usize, usize) {
    let east = i64::from(spot.x) - i64::from(raster.origin.x);
    let north = i64::from(spot.y) - i64::from(raster.origin.y);
    (
        (east >> raster.size) as usize,
        (north >> raster.size) as usize,
    )
}

/// How often each block is halved. Grids that lie on top of each other do not blow the raster up: the
/// sum of all cells stays within a few dozen per grid and a few per vertex.
fn fineness_by_block(raster: &Raster, paths: &Paths, grids: &[Vec<u32>]) -> Vec<u32> {
    let mut wanted: Vec<u64> = grids
        .iter()
        .map(|grids| CELLS_PER_GRID * grids.len() as u64)
        .collect();
    let mut vertices = 0;
    for index in 0..paths.len() as u32 {
        for spot in paths.get(index) {
            let (column, row) = block_of(raster, *spot);
            wanted[row * raster.columns as usize + column] += CELLS_PER_VERTEX;
            vertices += CELLS_PER_VERTEX;
        }
    }
    let all: u64 = wanted.iter().sum();
    let budget = 8 * CELLS_PER_GRID * paths.len() as u64 + 2 * vertices;
    let spread = all.div_ceil(budget.max(1)).max(1);
    let finest = FINEST.min(raster.size);
    wanted
        .into_iter()
        .map(|cells| halvings(cells / spread).min(finest))
        .collect()
}

/// The least `n` for which `4^n` reaches the wanted count.
fn halvings(cells: u64) -> u32 {
    cells.max(1).next_power_of_two().ilog2().div_ceil(2)
}

fn blocks(fineness: &[u32]) -> Vec<Block> {
    let mut first = 0;
    let block = |fineness: &u32| {
        let block = Block {
            first,
            fineness: *fineness,
        };
        first += 1 << (2 * fineness);
        block
    };
    fineness.iter().map(block).collect()
}

/// One block while it is drawn.
struct Drawing {
    /// Lattice position of the block's lower left corner.
    west: i64,
    south: i64,
    /// A cell is `2^shift` steps wide; there are `side` of them in a row.
    shift: u32,
    side: i64,
    /// For each cell the grids seen so far, with `MARK` when the cell is wholly inside.
    cells: Vec<Vec<u32>>,
    /// Cells that the border of the present grid touches.
    touched: Vec<bool>,
}

impl Drawing {
    fn of(raster: &Raster, at: usize) -> Self {
        let (row, column) = (at / raster.columns as usize, at % raster.columns as usize);
        let fineness = raster.blocks[at].fineness;
        let side = 1_i64 << fineness;
        Self {
            west: i64::from(raster.origin.x) + ((column as i64) << raster.size),
            south: i64::from(raster.origin.y) + ((row as i64) << raster.size),
            shift: raster.size - fineness,
            side,
            cells: vec![Vec::new(); (side * side) as usize],
            touched: vec![false; (side * side) as usize],
        }
    }

    fn draw(mut self, paths: &Paths, grids: &[u32]) -> Self {
        for index in grids {
            let path = paths.get(*index);
            for (a, b) in path.iter().zip(path.iter().skip(1)) {
                self.touch(*a, *b);
            }
            self.fill(*index, path, paths.extent(*index));
        }
        self
    }

    /// Columns (or rows) that a stretch of the lattice covers, kept within the block; may be empty.
    fn span(&self, low: i32, high: i32, begin: i64) -> RangeInclusive<i64> {
        let first = (i64::from(low) - begin) >> self.shift;
        let last = (i64::from(high) - begin) >> self.shift;
        first.max(0)..=last.min(self.side - 1)
    }

    fn touch(&mut self, a: Spot, b: Spot) {
        for y in self.span(a.y.min(b.y), a.y.max(b.y), self.south) {
            for x in self.span(a.x.min(b.x), a.x.max(b.x), self.west) {
                if self.crosses(a, b, x, y) {
                    self.touched[(y * self.side + x) as usize] = true;
                }
            }
        }
    }

    /// Whether the line through a and b meets the cell, its borders included: not all four corners lie
    /// on one side of it. The caller has seen that the boxes meet.
    fn crosses(&self, a: Spot, b: Spot, x: i64, y: i64) -> bool {
        let (run, rise) = (
            i128::from(b.x) - i128::from(a.x),
            i128::from(b.y) - i128::from(a.y),
        );
        let side = |dx: i64, dy: i64| {
            let east = i128::from(self.west + ((x + dx) << self.shift)) - i128::from(a.x);
            let north = i128::from(self.south + ((y + dy) << self.shift)) - i128::from(a.y);
            (run * north - rise * east).signum()
        };
        let sum = side(0, 0) + side(1, 0) + side(0, 1) + side(1, 1);
        sum.abs() < 4
    }

    /// Notes the grid in all cells it touches or fills, and wipes `touched` for the next one.
    fn fill(&mut self, index: u32, path: &[Spot], extent: Extent) {
        let columns = self.span(extent.low.x, extent.high.x, self.west);
        for y in self.span(extent.low.y, extent.high.y, self.south) {
            // between two touched cells no border passes: one look is enough for the whole stretch
            let mut stretch = None;
            for x in columns.clone() {
                let at = (y * self.side + x) as usize;
                if std::mem::take(&mut self.touched[at]) {
                    stretch = None;
                    self.cells[at].push(index);
                } else if *stretch.get_or_insert_with(|| self.inside(path, x, y)) {
                    self.cells[at].push(index | MARK);
                }
            }
        }
    }

    fn inside(&self, path: &[Spot], x: i64, y: i64) -> bool {
        let (east, north) = (
            self.west + (x << self.shift),
            self.south + (y << self.shift),
        );
        match (i32::try_from(east), i32::try_from(north)) {
            (Ok(x), Ok(y)) => path::contains(path, Spot { x, y }),
            // east or north of all lattice points: no path reaches there
            _ => false,
        }
    }

    /// Writes the cells to the raster; equal lists of the block are kept once.
    fn append(self, raster: &mut Raster) {
        let mut known = HashMap::new();
        for grids in self.cells {
            let cell = match grids.split_first() {
                None => EMPTY,
                Some((first, _)) if first & MARK != 0 => *first,
                Some(_) => *known
                    .entry(grids)
                    .or_insert_with_key(|grids| append_list(grids, &mut raster.lists)),
            };
            raster.cells.push(cell);
        }
    }
}

fn append_list(grids: &[u32], lists: &mut Vec<u32>) -> u32 {
    // offsets stay far below 2^31: the budget of cells bounds the lists too
    let offset = lists.len() as u32;
    lists.extend(grids.iter().map(|entry| entry & !MARK));
    if let Some(last) = lists.last_mut() {
        *last |= MARK;
    }
    offset
}
