//! Vector tiles of grids, drawn from memory: a pyramid in which each zoom shows one or two levels.
//!
//! A tile holds a layer `grids` (areas) and a layer `labels` (points), both with `gid` (the public code),
//! `name`, `level` and `scheme`. Borders are thinned by rounding alone, so neighbours still meet. Tiles
//! tell nothing about cases or people; the page colours them by `gid`.

mod bands;
mod draw;
mod ground;
mod square;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

pub use bands::{BadBands, Band, Bands};
pub use ground::TileGrid;
pub use square::{BadTile, Tile};

use ground::Area;

/// All grids of one scheme, ready to be drawn. Built once, immutable.
#[derive(Debug)]
pub struct GridLayer {
    scheme: String,
    bands: Bands,
    areas: Vec<Area>,
    tree: RTree<GeomWithData<Rectangle<[i64; 2]>, u32>>,
}

/// A tile that could not be written, which no input causes: the encoder refused a ring.
#[derive(Debug, thiserror::Error)]
#[error("the tile could not be written: {0}")]
pub struct Unwritten(#[from] geozero::error::GeozeroError);

impl GridLayer {
    /// Indexes the grids of a scheme. Those without any vertex are left out; the deepest level there is stays to the last zoom.
    pub fn new(scheme: &str, bands: Bands, grids: impl IntoIterator<Item = TileGrid>) -> Self {
        let areas: Vec<Area> = grids.into_iter().filter_map(Area::new).collect();
        let bands = bands.reaching(|level| areas.iter().any(|area| area.level() == level));
        let indexed = areas.iter().zip(0_u32..).map(|(area, at)| {
            let (low, high) = area.extent();
            GeomWithData::new(Rectangle::from_corners(low, high), at)
        });
        let tree = RTree::bulk_load(indexed.collect());
        Self {
            scheme: scheme.to_owned(),
            bands,
            areas,
            tree,
        }
    }

    /// The tile as Mapbox Vector Tile 2.1 bytes, not compressed; `None` when nothing is on it. The same
    /// grids always give the same bytes.
    ///
    /// # Errors
    /// [`Unwritten`], which stands for a fault in this module.
    pub fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, Unwritten> {
        let levels = self.bands.levels(tile.zoom());
        let (low, high) = tile.buffered();
        let near = self
            .tree
            .locate_in_envelope_intersecting(AABB::from_corners(low, high));
        let mut shown: Vec<u32> = near
            .map(|found| found.data)
            .filter(|at| levels.iter().any(|level| level == self.area(*at).level()))
            .collect();
        shown.sort_unstable();
        draw::tile(
            tile,
            &self.scheme,
            shown.into_iter().map(|at| self.area(at)),
        )
    }

    fn area(&self, at: u32) -> &Area {
        &self.areas[at as usize]
    }

    /// The scheme that every feature names.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// How many grids there are on all levels.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }
}

#[cfg(test)]
mod tests;
