//! Where a community's grids lie: the grid of a point, and how far a point is away. Built once from the kept borders.

use geo::{BoundingRect, Contains, Distance, Euclidean, Intersects, MultiPolygon, Point, Rect};
use geojson::Geometry;
use rules::grid::Level;
use rules::ids::GridId;
use store::grid::Kept;

use crate::Error;

/// The borders of one community's grids, deepest first.
#[derive(Default)]
pub(super) struct Ground {
    shapes: Vec<Shape>,
    bounds: Option<Rect>,
}

struct Shape {
    grid: GridId,
    depth: Level,
    bounds: Rect,
    border: MultiPolygon,
}

impl Ground {
    /// The ground of these grids; those without a border lie nowhere.
    pub(super) fn of(grids: &[Kept]) -> Result<Self, Error> {
        let mut shapes = Vec::new();
        for kept in grids {
            let Some(text) = &kept.geometry else { continue };
            let border = border(text).ok_or_else(|| contradiction(kept))?;
            let Some(bounds) = border.bounding_rect() else { continue };
            shapes.push(Shape { grid: kept.grid.id, depth: kept.grid.level, bounds, border });
        }
        shapes.sort_by_key(|shape| std::cmp::Reverse(shape.depth));
        let bounds = shapes.iter().map(|shape| shape.bounds).reduce(union);
        Ok(Self { shapes, bounds })
    }

    /// The grids that contain a point, deepest first; where two of one level touch it, the first of them.
    pub(super) fn locate(&self, lon: f64, lat: f64) -> Vec<GridId> {
        let point = Point::new(lon, lat);
        if !self.bounds.is_some_and(|bounds| bounds.intersects(&point)) {
            return Vec::new();
        }
        let near = self.shapes.iter().filter(|shape| shape.bounds.intersects(&point));
        let inside = near.clone().filter(|shape| shape.border.contains(&point)).map(|shape| shape.grid);
        let found: Vec<GridId> = inside.collect();
        if found.is_empty() {
            return near.filter(|shape| shape.border.intersects(&point)).map(|shape| shape.grid).take(1).collect();
        }
        found
    }

    /// How far a point is from the community, in degrees; only good for comparing.
    pub(super) fn distance(&self, lon: f64, lat: f64) -> f64 {
        let point = Point::new(lon, lat);
        let distances = self.shapes.iter().map(|shape| Euclidean.distance(&shape.border, &point));
        distances.fold(f64::INFINITY, f64::min)
    }
}

fn border(text: &str) -> Option<MultiPolygon> {
    let geometry: Geometry = text.parse().ok()?;
    match geo::Geometry::<f64>::try_from(geometry).ok()? {
        geo::Geometry::Polygon(one) => Some(MultiPolygon(vec![one])),
        geo::Geometry::MultiPolygon(many) => Some(many),
        _ => None,
    }
}

fn union(a: Rect, b: Rect) -> Rect {
    let low = (a.min().x.min(b.min().x), a.min().y.min(b.min().y));
    let high = (a.max().x.max(b.max().x), a.max().y.max(b.max().y));
    Rect::new(low, high)
}

fn contradiction(kept: &Kept) -> Error {
    Error::Store(store::Error::Contradiction {
        table: "grid_versions",
        id: kept.grid.code.to_string(),
        why: "its geometry is no polygon".into(),
    })
}
