//! Where a community's grids lie: the grids of a point, the grids of the tree in a grid of another scheme, and how far the
//! community is away. Built once from the kept borders; the geometry itself is that of `rules::grid`.

use std::collections::{BTreeMap, HashMap};

use geo::{MultiPolygon, Rect};
use rules::grid::atlas::{Atlas, Layer};
use rules::grid::cover::{Lies, lies};
use rules::grid::geometry::{Limits, bounding_box, read_shape};
use rules::grid::{Grid, Level, Scheme};
use rules::ids::GridId;
use store::grid::Kept;

use crate::Error;

/// The handle of the governance scheme; others follow.
const GOVERNANCE: u16 = 0;
const TOP: Layer = Layer {
    scheme: GOVERNANCE,
    level: 0,
};
const MICRO: Layer = Layer {
    scheme: GOVERNANCE,
    level: 2,
};
/// How far away a community may be to be the nearest one.
const FARTHEST_METRES: f64 = 20_000_000.0;

/// The borders of one community's grids.
pub(super) struct Ground {
    atlas: Atlas<u32>,
    grids: Vec<GridId>,
    bounds: Option<Rect>,
    /// Of each grid of another scheme that the tree fits into, the grids of the tree that lie in it.
    inside: HashMap<GridId, Vec<GridId>>,
}

impl Ground {
    /// The ground of these grids; those without a border lie nowhere.
    pub(super) fn of(kept: &[Kept]) -> Result<Self, Error> {
        let mut schemes = BTreeMap::from([(Scheme::governance(), GOVERNANCE)]);
        let (mut grids, mut shapes) = (Vec::new(), Vec::<(u32, Layer, MultiPolygon)>::new());
        for one in kept {
            let Some(text) = &one.geometry else { continue };
            let shape =
                read_shape(text, &Limits::default()).map_err(|wrong| contradiction(one, &wrong))?;
            let next = u16::try_from(schemes.len()).unwrap_or(u16::MAX);
            let scheme = *schemes.entry(one.grid.scheme.clone()).or_insert(next);
            let layer = Layer {
                scheme,
                level: depth(one.grid.level),
            };
            shapes.push((u32::try_from(grids.len()).unwrap_or(u32::MAX), layer, shape));
            grids.push(one.grid.id);
        }
        let bounds = shapes
            .iter()
            .filter_map(|(_, _, shape)| bounding_box(shape))
            .reduce(union);
        let atlas = Atlas::build(
            MICRO,
            shapes
                .iter()
                .map(|(key, layer, shape)| (*key, *layer, shape)),
        );
        Ok(Self {
            inside: inside(kept, &grids, &shapes),
            atlas,
            grids,
            bounds,
        })
    }

    /// The grids that contain a point, deepest first.
    pub(super) fn locate(&self, lon: f64, lat: f64) -> impl Iterator<Item = GridId> {
        let near = self.is_near(lon, lat);
        let hits = near
            .then(|| self.atlas.locate(lon, lat))
            .into_iter()
            .flatten();
        hits.filter_map(|hit| self.grids.get(hit.key as usize).copied())
    }

    /// The deepest governance grid that contains a point.
    pub(super) fn locate_governance(&self, lon: f64, lat: f64) -> Option<GridId> {
        if !self.is_near(lon, lat) {
            return None;
        }
        // The micro-grid answers nearly always; only where there is none are the levels above asked.
        let micro = self.atlas.locate_micro(lon, lat);
        let above = || {
            self.atlas
                .locate(lon, lat)
                .find(|hit| hit.layer.scheme == GOVERNANCE)
                .map(|hit| hit.key)
        };
        self.grids.get(micro.or_else(above)? as usize).copied()
    }

    /// The grids directly below the community that lie in a grid of another scheme; none where some of them lie across its
    /// border, none lies in it, or a border is missing.
    pub(super) fn inside(&self, id: GridId) -> Option<&[GridId]> {
        self.inside.get(&id).map(Vec::as_slice)
    }

    /// How many metres a point is from the community; 0 inside, infinite where it has no border.
    pub(super) fn distance(&self, lon: f64, lat: f64) -> f64 {
        let nearest = self.atlas.nearest(TOP, lon, lat, FARTHEST_METRES);
        nearest.map_or(f64::INFINITY, |nearest| nearest.metres)
    }

    fn is_near(&self, lon: f64, lat: f64) -> bool {
        self.bounds.is_some_and(|around| {
            let (low, high) = (around.min(), around.max());
            (low.x..=high.x).contains(&lon) && (low.y..=high.y).contains(&lat)
        })
    }
}

/// Which grids of the tree lie in each grid of another scheme.
fn inside(
    kept: &[Kept],
    grids: &[GridId],
    shapes: &[(u32, Layer, MultiPolygon)],
) -> HashMap<GridId, Vec<GridId>> {
    let drawn: HashMap<GridId, &MultiPolygon> = grids
        .iter()
        .zip(shapes)
        .map(|(grid, (_, _, shape))| (*grid, shape))
        .collect();
    let (tree, other): (Vec<&Grid>, Vec<&Grid>) = kept
        .iter()
        .map(|one| &one.grid)
        .partition(|grid| grid.scheme.is_governance());
    let top = tree.iter().find(|grid| grid.level == Level::Community);
    let Some(top) = top.filter(|_| !other.is_empty()) else {
        return HashMap::new();
    };
    let below = tree.iter().filter(|grid| grid.parent == Some(top.id));
    let drawn_too = |grid: &&Grid| Some((grid.id, *drawn.get(&grid.id)?));
    // where one has no border nobody can tell in which of the others it lies
    let below: Option<Vec<(GridId, &MultiPolygon)>> = below.map(drawn_too).collect();
    let below = below.unwrap_or_default();
    let within = |grid: &Grid| Some((grid.id, those_in(drawn.get(&grid.id)?, &below)?));
    other.into_iter().filter_map(within).collect()
}

/// Those that lie in a ground; none where one lies across its border, or none lies in it.
fn those_in(ground: &MultiPolygon, grids: &[(GridId, &MultiPolygon)]) -> Option<Vec<GridId>> {
    let mut found = Vec::new();
    for (grid, shape) in grids {
        match lies(shape, ground) {
            Lies::Inside => found.push(*grid),
            Lies::Outside => {}
            Lies::Across => return None,
        }
    }
    (!found.is_empty()).then_some(found)
}

/// General and dedicated grids lie beside each other.
fn depth(level: Level) -> u8 {
    match level {
        Level::Community => 0,
        Level::General | Level::Dedicated => 1,
        Level::Micro => 2,
    }
}

fn union(a: Rect, b: Rect) -> Rect {
    let low = (a.min().x.min(b.min().x), a.min().y.min(b.min().y));
    let high = (a.max().x.max(b.max().x), a.max().y.max(b.max().y));
    Rect::new(low, high)
}

fn contradiction(kept: &Kept, why: &impl std::fmt::Display) -> Error {
    Error::Store(store::Error::Contradiction {
        table: "grid_versions",
        id: kept.grid.code.to_string(),
        why: why.to_string(),
    })
}
