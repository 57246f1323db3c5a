//! A raster over one sheet: blocks of equal size, each cut into as many cells as its borders deserve.
//!
//! A cell is empty, wholly inside one grid, or on a border with a short list of candidates. Blocks make
//! dense inner cities fine and open country coarse. All sizes are powers of two, so finding a cell is
//! two shifts. Laying a raster is in `lay`.

mod lay;

use super::path::Spot;
use super::sheet::Paths;

/// What a cell says of all its points.
pub(super) enum Cell<'a> {
    /// In no grid.
    Outside,
    /// In this grid.
    Inside(u32),
    /// In one of these, or in none.
    Border(Candidates<'a>),
}

/// Grids whose border crosses a cell, in the order in which they were given.
pub(super) struct Candidates<'a>(&'a [u32]);

impl Candidates<'_> {
    #[inline]
    pub(super) fn find(self, mut contains: impl FnMut(&u32) -> bool) -> Option<u32> {
        for entry in self.0 {
            let index = entry & !MARK;
            if contains(&index) {
                return Some(index);
            }
            if entry & MARK != 0 {
                return None;
            }
        }
        None
    }
}

/// In a cell: wholly inside the grid of the other bits. In a list: the last candidate.
const MARK: u32 = 1 << 31;
/// A cell without any grid.
const EMPTY: u32 = u32::MAX;

/// A square of cells, `2^fineness` on a side.
#[derive(Clone, Copy, Debug)]
struct Block {
    first: u32,
    fineness: u32,
}

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Raster {
    origin: Spot,
    columns: u32,
    rows: u32,
    /// A block is `2^size` lattice steps wide and high.
    size: u32,
    blocks: Vec<Block>,
    cells: Vec<u32>,
    lists: Vec<u32>,
}

impl Raster {
    /// Lays the raster over all paths.
    pub(super) fn lay(paths: &Paths) -> Self {
        lay::lay(paths)
    }

    /// The cell of a spot.
    #[inline]
    pub(super) fn cell(&self, spot: Spot) -> Cell<'_> {
        let east = i64::from(spot.x) - i64::from(self.origin.x);
        let north = i64::from(spot.y) - i64::from(self.origin.y);
        let (column, row) = (east >> self.size, north >> self.size);
        let within = (0..i64::from(self.columns)).contains(&column)
            && (0..i64::from(self.rows)).contains(&row);
        if !within {
            return Cell::Outside;
        }
        let block = self.blocks[row as usize * self.columns as usize + column as usize];
        let (shift, mask) = (self.size - block.fineness, (1 << block.fineness) - 1);
        let (x, y) = ((east >> shift) & mask, (north >> shift) & mask);
        match self.cells[block.first as usize + ((y << block.fineness) | x) as usize] {
            EMPTY => Cell::Outside,
            inside if inside & MARK != 0 => Cell::Inside(inside & !MARK),
            list => Cell::Border(Candidates(&self.lists[list as usize..])),
        }
    }

    /// Bytes of memory held.
    pub(super) fn bytes(&self) -> usize {
        self.blocks.capacity() * size_of::<Block>()
            + (self.cells.capacity() + self.lists.capacity()) * size_of::<u32>()
    }
}
