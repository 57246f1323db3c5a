//! A grid on the plane of the tiles, kept small: 8 bytes a vertex.

use geo::MultiPolygon;

use super::super::geometry::label_point;
use super::square::project;

/// A grid to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct TileGrid {
    /// The public code; the page knows the grid by it.
    pub gid: String,
    /// The name, written at the label point.
    pub name: String,
    /// The level's name; a band draws it or not.
    pub level: String,
    /// The boundary, degrees WGS-84.
    pub shape: MultiPolygon,
}

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Area {
    gid: Box<str>,
    name: Box<str>,
    level: Box<str>,
    label: [u32; 2],
    low: [u32; 2],
    high: [u32; 2],
    /// Parts, each an exterior ring and its holes; rings without their closing vertex.
    parts: Box<[Box<[Ring]>]>,
}

/// Vertices of a ring on the plane.
pub(super) type Ring = Box<[[u32; 2]]>;

impl Area {
    /// `None` for a grid without vertices.
    pub(super) fn new(grid: TileGrid) -> Option<Self> {
        let label = project(label_point(&grid.shape)?.into());
        let parts: Box<[Box<[Ring]>]> = grid
            .shape
            .iter()
            .map(|polygon| {
                std::iter::once(polygon.exterior())
                    .chain(polygon.interiors())
                    .map(ring)
                    .collect()
            })
            .collect();
        let vertices = || parts.iter().flatten().flatten().copied();
        let low = vertices().reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1])])?;
        let high = vertices().reduce(|a, b| [a[0].max(b[0]), a[1].max(b[1])])?;
        Some(Self {
            gid: grid.gid.into(),
            name: grid.name.into(),
            level: grid.level.into(),
            label,
            low,
            high,
            parts,
        })
    }

    pub(super) fn gid(&self) -> &str {
        &self.gid
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn level(&self) -> &str {
        &self.level
    }

    pub(super) fn label(&self) -> [i64; 2] {
        self.label.map(i64::from)
    }

    /// Lower and upper corner of the box around it.
    pub(super) fn extent(&self) -> ([i64; 2], [i64; 2]) {
        (self.low.map(i64::from), self.high.map(i64::from))
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = &[Ring]> {
        self.parts.iter().map(AsRef::as_ref)
    }
}

fn ring(line: &geo::LineString) -> Ring {
    let open = line.0.split_last().map_or(&[][..], |(_, open)| open);
    open.iter().map(|place| project(*place)).collect()
}
