//! Boundaries as closed paths of whole numbers: exact inside tests on a lattice of 1e-7 degrees.
//!
//! All rings of a grid are strung into one path; the bridges between rings are walked there and back,
//! so they cancel. No floating point decides who owns a point.

use geo::{Coord, MultiPolygon};

/// Lattice steps in a degree.
pub(super) const STEPS: f64 = 1e7;

/// A point of the lattice: x east, y north.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub x: i32,
    pub y: i32,
}

/// The lattice point next to a position in degrees; `None` for what is no place on earth.
#[inline]
pub(super) fn snap(lon: f64, lat: f64) -> Option<Spot> {
    let on_earth = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
    on_earth.then(|| nearest_spot(lon, lat))
}

#[inline]
fn nearest_spot(lon: f64, lat: f64) -> Spot {
    // within ±1.8e9, so the cast loses nothing
    Spot {
        x: (lon * STEPS).round() as i32,
        y: (lat * STEPS).round() as i32,
    }
}

/// Appends the path of a grid: every ring closed, each back at the first spot of all.
///
/// Vertices that are no place on earth are left out; `geometry::read` lets none through.
pub(super) fn append(shape: &MultiPolygon, out: &mut Vec<Spot>) {
    let begin = out.len();
    let rings = shape
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    for ring in rings {
        let start = out.len();
        for Coord { x, y } in ring.coords() {
            let Some(spot) = snap(*x, *y) else { continue };
            if out[start..].last() != Some(&spot) {
                out.push(spot);
            }
        }
        close(out, start);
        close(out, begin);
    }
}

fn close(path: &mut Vec<Spot>, start: usize) {
    if let (Some(&first), Some(&last)) = (path.get(start), path.last())
        && first != last
    {
        path.push(first);
    }
}

/// Whether the path goes around the spot, by the parity of border crossings to the east of it.
///
/// Half-open: a spot exactly on a border counts as lying a hair to the east, and then to the north, of
/// it, so of two grids that share the border exactly one contains it.
#[inline]
pub(super) fn contains(path: &[Spot], spot: Spot) -> bool {
    let mut inside = false;
    for (a, b) in path.iter().zip(path.iter().skip(1)) {
        if (a.y <= spot.y) != (b.y <= spot.y) {
            inside ^= east_of(spot, *a, *b);
        }
    }
    inside
}

/// Whether the crossing edge a–b passes strictly to the east of the spot.
///
/// Differences of latitudes stay below 1.8e9 and of longitudes below 3.6e9, so products fit 64 bits;
/// comparing them instead of subtracting cannot overflow.
#[inline]
fn east_of(spot: Spot, a: Spot, b: Spot) -> bool {
    let (low, high) = if a.y < b.y { (a, b) } else { (b, a) };
    let rise = i64::from(high.y) - i64::from(low.y);
    let run = i64::from(high.x) - i64::from(low.x);
    let up = i64::from(spot.y) - i64::from(low.y);
    let along = i64::from(spot.x) - i64::from(low.x);
    along * rise < run * up
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{LineString, Polygon, polygon};

    fn path_of(shape: impl Into<MultiPolygon>) -> Vec<Spot> {
        let mut path = Vec::new();
        append(&shape.into(), &mut path);
        path
    }

    fn ring(x: f64, size: f64) -> LineString {
        LineString::from(vec![
            (x, x),
            (x + size, x),
            (x + size, x + size),
            (x, x + size),
            (x, x),
        ])
    }

    #[test]
    fn a_hole_is_outside_and_an_island_in_it_inside() {
        let lake = Polygon::new(ring(0.0, 9.0), vec![ring(1.0, 7.0)]);
        let island = Polygon::new(ring(3.0, 2.0), vec![]);
        let path = path_of(MultiPolygon::new(vec![lake, island]));
        for (at, inside) in [
            (0.5, true),
            (2.0, false),
            (4.0, true),
            (6.0, false),
            (8.5, true),
            (9.5, false),
        ] {
            assert_eq!(contains(&path, snap(at, at).unwrap()), inside, "{at}");
        }
    }

    #[test]
    fn a_grid_as_wide_as_the_earth_does_not_overflow() {
        let earth = polygon![(x: -180.0, y: -90.0), (x: 180.0, y: -90.0), (x: 180.0, y: 90.0), (x: -180.0, y: 89.0)];
        let path = path_of(earth);
        assert!(contains(&path, snap(179.9, -89.9).unwrap()));
        assert!(contains(&path, snap(-179.9, 88.0).unwrap()));
        assert!(!contains(&path, snap(-179.9, 89.99).unwrap()));
    }

    #[test]
    fn what_is_no_place_on_earth_has_no_spot() {
        for (lon, lat) in [
            (f64::NAN, 0.0),
            (0.0, f64::NAN),
            (180.1, 0.0),
            (0.0, -90.1),
            (f64::INFINITY, 0.0),
        ] {
            assert_eq!(snap(lon, lat), None);
        }
    }
}
