//! The nearest grid to a point that lies in none.
//!
//! Distances are metres on a plane tangent at the point: exact to a part in a thousand within some
//! kilometres, which is what choosing a neighbour needs.

use super::path::{self, STEPS, Spot};
use super::sheet::{Extent, Sheet};

/// Metres in a degree of latitude, on a sphere of 6,371,008.8 m.
const METRES_PER_DEGREE: f64 = 111_195.08;

/// The nearest grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest<K> {
    /// The grid, by the caller's handle.
    pub key: K,
    /// How far its border is, in metres; 0 inside.
    pub metres: f64,
}

impl<K: Copy> Sheet<K> {
    /// The nearest grid at most `max_metres` away. Of equally near ones, the first given.
    pub fn nearest(&self, lon: f64, lat: f64, max_metres: f64) -> Option<Nearest<K>> {
        let spot = path::snap(lon, lat)?;
        if let Some(key) = self.find(spot) {
            return (max_metres >= 0.0).then_some(Nearest { key, metres: 0.0 });
        }
        let plane = Plane::at(spot, lat);
        let mut best: Option<(u32, f64)> = None;
        for index in 0..self.paths().len() as u32 {
            let limit = best.map_or(max_metres, |(_, metres)| metres);
            if plane.to_box(self.paths().extent(index)) > limit {
                continue;
            }
            let metres = plane.to_path(self.paths().get(index));
            if best.map_or(metres <= max_metres, |(_, least)| metres < least) {
                best = Some((index, metres));
            }
        }
        best.map(|(index, metres)| Nearest {
            key: self.key(index),
            metres,
        })
    }
}

/// Metres east and north of one spot.
struct Plane {
    origin: Spot,
    east: f64,
    north: f64,
}

impl Plane {
    fn at(origin: Spot, lat: f64) -> Self {
        let north = METRES_PER_DEGREE / STEPS;
        Self {
            origin,
            east: north * lat.to_radians().cos(),
            north,
        }
    }

    fn place(&self, spot: Spot) -> (f64, f64) {
        let x = f64::from(spot.x) - f64::from(self.origin.x);
        let y = f64::from(spot.y) - f64::from(self.origin.y);
        (x * self.east, y * self.north)
    }

    fn to_box(&self, extent: Extent) -> f64 {
        let (west, south) = self.place(extent.low);
        let (east, north) = self.place(extent.high);
        let x = west.max(-east).max(0.0);
        let y = south.max(-north).max(0.0);
        x.hypot(y)
    }

    fn to_path(&self, path: &[Spot]) -> f64 {
        let edges = path.iter().zip(path.iter().skip(1));
        edges
            .map(|(a, b)| to_edge(self.place(*a), self.place(*b)))
            .fold(f64::INFINITY, f64::min)
    }
}

/// From the origin to the edge a–b.
fn to_edge(a: (f64, f64), b: (f64, f64)) -> f64 {
    let along = (b.0 - a.0, b.1 - a.1);
    let length = along.0 * along.0 + along.1 * along.1;
    let share = if length > 0.0 {
        -(a.0 * along.0 + a.1 * along.1) / length
    } else {
        0.0
    };
    let share = share.clamp(0.0, 1.0);
    (a.0 + along.0 * share).hypot(a.1 + along.1 * share)
}
