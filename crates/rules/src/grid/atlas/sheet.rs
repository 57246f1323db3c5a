//! The grids of one layer and the raster that leads to them.
//!
//! Vertices lie in one flat list of 8 bytes each; the raster answers most points from a single cell and
//! leaves only cells on a border to the inside test.

use geo::MultiPolygon;

use super::path::{self, Spot};
use super::raster::{Cell, Raster};

/// All grids of one level of one scheme.
#[derive(Clone, Debug)]
pub struct Sheet<K> {
    keys: Vec<K>,
    paths: Paths,
    raster: Raster,
}

/// Paths one after another: path `i` is `spots[starts[i]..starts[i + 1]]`.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    starts: Vec<u32>,
    spots: Vec<Spot>,
    boxes: Vec<Extent>,
}

/// The smallest box around a path, borders included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub low: Spot,
    pub high: Spot,
}

impl Extent {
    pub(super) fn around(spots: &[Spot]) -> Option<Self> {
        let (first, rest) = spots.split_first()?;
        let point = Self {
            low: *first,
            high: *first,
        };
        Some(rest.iter().fold(point, |extent, spot| {
            extent.join(Self {
                low: *spot,
                high: *spot,
            })
        }))
    }

    pub(super) fn join(self, other: Self) -> Self {
        Self {
            low: Spot {
                x: self.low.x.min(other.low.x),
                y: self.low.y.min(other.low.y),
            },
            high: Spot {
                x: self.high.x.max(other.high.x),
                y: self.high.y.max(other.high.y),
            },
        }
    }
}

impl Paths {
    pub(super) fn len(&self) -> usize {
        self.boxes.len()
    }

    #[inline]
    pub(super) fn get(&self, index: u32) -> &[Spot] {
        let at = index as usize;
        &self.spots[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    pub(super) fn extent(&self, index: u32) -> Extent {
        self.boxes[index as usize]
    }

    fn bytes(&self) -> usize {
        self.starts.capacity() * size_of::<u32>()
            + self.spots.capacity() * size_of::<Spot>()
            + self.boxes.capacity() * size_of::<Extent>()
    }
}

/// Grids collected before the raster is laid.
pub(super) struct Draft<K> {
    keys: Vec<K>,
    paths: Paths,
}

impl<K> Default for Draft<K> {
    fn default() -> Self {
        Self {
            keys: Vec::new(),
            paths: Paths {
                starts: vec![0],
                spots: Vec::new(),
                boxes: Vec::new(),
            },
        }
    }
}

impl<K: Copy> Draft<K> {
    /// Adds a grid; one without any vertex is in no place and is left out.
    pub(super) fn add(&mut self, key: K, shape: &MultiPolygon) {
        let start = self.paths.spots.len();
        path::append(shape, &mut self.paths.spots);
        let Some(extent) = Extent::around(&self.paths.spots[start..]) else {
            return;
        };
        self.keys.push(key);
        self.paths.boxes.push(extent);
        // 2^32 vertices would be 32 GB of memory: files of 5 MiB never add up to that
        self.paths.starts.push(self.paths.spots.len() as u32);
    }

    pub(super) fn finish(mut self) -> Sheet<K> {
        self.keys.shrink_to_fit();
        self.paths.starts.shrink_to_fit();
        self.paths.spots.shrink_to_fit();
        self.paths.boxes.shrink_to_fit();
        let raster = Raster::lay(&self.paths);
        Sheet {
            keys: self.keys,
            paths: self.paths,
            raster,
        }
    }
}

impl<K: Copy> Sheet<K> {
    /// The grid that contains the point, in degrees WGS-84.
    #[inline]
    pub fn locate(&self, lon: f64, lat: f64) -> Option<K> {
        self.find(path::snap(lon, lat)?)
    }

    #[inline]
    pub(super) fn find(&self, spot: Spot) -> Option<K> {
        let index = match self.raster.cell(spot) {
            Cell::Outside => return None,
            Cell::Inside(index) => index,
            Cell::Border(candidates) => {
                candidates.find(|index| path::contains(self.paths.get(*index), spot))?
            }
        };
        self.keys.get(index as usize).copied()
    }

    pub(super) fn key(&self, index: u32) -> K {
        self.keys[index as usize]
    }

    pub(super) fn paths(&self) -> &Paths {
        &self.paths
    }

    /// How many grids there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Bytes of memory held.
    pub fn bytes(&self) -> usize {
        self.keys.capacity() * size_of::<K>() + self.paths.bytes() + self.raster.bytes()
    }
}
