//! Whether a grid of one scheme lies in a grid of another, so that cases can be counted by both. Pure geometry: no names,
//! no validity.

use geo::{BooleanOps, BoundingRect, Intersects, MultiPolygon};

use super::geometry::area_m2;

/// Up to this share of its ground a grid may lie on the other side of a border: borders of two schemes are drawn by two hands.
const SLIVER: f64 = 0.02;

/// How a grid lies to the ground of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// In it, but for a sliver.
    Inside,
    /// Beside it, but for a sliver.
    Outside,
    /// On both sides of its border.
    Across,
}

/// How a grid lies to the ground of another one. A grid without ground lies outside.
pub fn lies(grid: &MultiPolygon, ground: &MultiPolygon) -> Lies {
    let boxes = grid.bounding_rect().zip(ground.bounding_rect());
    let whole = area_m2(grid);
    if whole <= 0.0 || boxes.is_none_or(|(own, other)| !own.intersects(&other)) {
        return Lies::Outside;
    }
    let share = area_m2(&grid.intersection(ground)) / whole;
    if share >= 1.0 - SLIVER {
        Lies::Inside
    } else if share <= SLIVER {
        Lies::Outside
    } else {
        Lies::Across
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    fn columns(west: f64, east: f64) -> MultiPolygon {
        let square = polygon![(x: west, y: 30.6), (x: east, y: 30.6), (x: east, y: 30.7), (x: west, y: 30.7)];
        square.into()
    }

    #[test]
    fn a_grid_lies_inside_outside_or_across_another_whatever_a_sliver_says() {
        let ground = columns(103.6, 103.7);
        for (west, east, expected) in [
            (103.6, 103.65, Lies::Inside),
            (103.65, 103.7005, Lies::Inside),
            (103.65, 103.75, Lies::Across),
            (103.5, 103.8, Lies::Across),
            (103.7, 103.8, Lies::Outside),
            (103.6995, 103.8, Lies::Outside),
            (104.0, 104.1, Lies::Outside),
        ] {
            assert_eq!(
                lies(&columns(west, east), &ground),
                expected,
                "{west} {east}"
            );
        }
        assert_eq!(lies(&MultiPolygon::new(vec![]), &ground), Lies::Outside);
    }
}
