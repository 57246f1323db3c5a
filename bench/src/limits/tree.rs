//! The usual way to find the grid of a point: an R-tree of boxes (rstar), then an exact test (geo).

use geo::{BoundingRect, Contains, Coord, MultiPolygon, Point};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// Grids behind an R-tree.
pub struct Tree {
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    shapes: Vec<MultiPolygon>,
}

impl Tree {
    /// Builds the tree.
    pub fn of(shapes: Vec<MultiPolygon>) -> Self {
        let boxed = shapes.iter().enumerate().filter_map(|(index, shape)| {
            let bounds = shape.bounding_rect()?;
            let corners = Rectangle::from_corners(
                [bounds.min().x, bounds.min().y],
                [bounds.max().x, bounds.max().y],
            );
            Some(GeomWithData::new(corners, index))
        });
        Self {
            boxes: RTree::bulk_load(boxed.collect()),
            shapes,
        }
    }

    /// The grid that contains a point.
    pub fn locate(&self, at: Coord) -> Option<usize> {
        let near = self
            .boxes
            .locate_in_envelope_intersecting(AABB::from_point([at.x, at.y]));
        near.map(|found| found.data)
            .find(|index| self.shapes[*index].contains(&Point::from(at)))
    }
}
