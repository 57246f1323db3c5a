//! The lattice: where each corner point lies on the earth. A square net is rounded, bent by a river and ruffled, then
//! scaled so that its outline holds the wanted area. Knows nothing of grids.

use crate::dice::Dice;
use std::f64::consts::TAU;

/// Cells along each side of the square net.
pub const SIDE: usize = 64;
/// The lattice line along which the river bends.
pub const RIVER: usize = 32;

const CENTRE_LON: f64 = 103.6730;
const CENTRE_LAT: f64 = 30.6301;
const AREA_M2: f64 = 10_280_000.0;

/// A corner point of the net: column from the west, row from the north, both 0 to [`SIDE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Corner {
    /// Column, counted from the west.
    pub x: usize,
    /// Row, counted from the north.
    pub y: usize,
}

/// Longitude and latitude (WGS-84 degrees, six decimals) of every corner point.
#[derive(Clone, Debug)]
pub struct Lattice {
    points: Vec<[f64; 2]>,
}

impl Lattice {
    /// Lays the net for `seed`; `outline` are the corners of the whole, in order.
    pub fn new(seed: u64, outline: &[Corner]) -> Self {
        let mut dice = Dice::new(seed, "lattice");
        let flat: Vec<[f64; 2]> = (0..=SIDE)
            .flat_map(|y| (0..=SIDE).map(move |x| Corner { x, y }))
            .map(|corner| ruffle(bend(corner), corner, &mut dice))
            .collect();
        let ring: Vec<[f64; 2]> = outline.iter().map(|corner| flat[index(*corner)]).collect();
        let scale = (AREA_M2 / shoelace(&ring).abs()).sqrt();
        Self {
            points: flat
                .into_iter()
                .map(|point| degrees(point, scale))
                .collect(),
        }
    }

    /// Longitude and latitude of a corner.
    pub fn at(&self, corner: Corner) -> [f64; 2] {
        self.points[index(corner)]
    }
}

fn index(corner: Corner) -> usize {
    corner.y * (SIDE + 1) + corner.x
}

/// The square made rounder, waved like old field paths and bent along the river; both axes from -1 to 1, north up.
fn bend(corner: Corner) -> [f64; 2] {
    let half = SIDE as f64 / 2.0;
    let (u, v) = (corner.x as f64 / half - 1.0, 1.0 - corner.y as f64 / half);
    let x = u * (1.0 - 0.28 * v * v).sqrt();
    let y = v * (1.0 - 0.22 * u * u).sqrt();
    let from_river = (corner.x as f64 - RIVER as f64) / half;
    let meander = (0.075 * (3.4 * v + 0.6).sin() + 0.025 * (9.0 * v).sin())
        * (-(from_river / 0.3).powi(2)).exp();
    let edge = u.abs().max(v.abs()).powi(6);
    [
        x + meander
            + 0.05 * (1.7 * y + 0.4).sin()
            + 0.018 * (7.0 * y + 2.0 * x).sin()
            + edge * 0.03 * (11.0 * v).sin(),
        y + 0.04 * (1.9 * x + 1.1).sin()
            + 0.016 * (6.0 * x - 1.5 * y).sin()
            + edge * 0.03 * (9.0 * u + 1.0).sin(),
    ]
}

/// Moves a point by a few metres, more along the outer border, as field boundaries are.
fn ruffle(point: [f64; 2], corner: Corner, dice: &mut Dice) -> [f64; 2] {
    let border = corner.x == 0 || corner.y == 0 || corner.x == SIDE || corner.y == SIDE;
    let reach = if border { 0.007 } else { 0.0022 };
    let angle = TAU * dice.fraction();
    let far = reach * dice.fraction();
    [point[0] + far * angle.cos(), point[1] + far * angle.sin()]
}

/// Turns plan units into degrees around the centre, rounded to six decimals (about a decimetre).
fn degrees([x, y]: [f64; 2], scale: f64) -> [f64; 2] {
    let (sin, cos) = (-0.14_f64).sin_cos();
    let (east, north) = ((x * cos - y * sin) * scale, (x * sin + y * cos) * scale);
    let (per_lon, per_lat) = metres_per_degree();
    let round = |value: f64| (value * 1e6).round() / 1e6;
    [
        round(CENTRE_LON + east / per_lon),
        round(CENTRE_LAT + north / per_lat),
    ]
}

/// Metres that one degree of longitude and of latitude measure at the centre (WGS-84 ellipsoid).
fn metres_per_degree() -> (f64, f64) {
    let (a, e2) = (6_378_137.0_f64, 0.006_694_379_990_14);
    let lat = CENTRE_LAT.to_radians();
    let w = 1.0 - e2 * lat.sin().powi(2);
    let normal = a / w.sqrt();
    let meridian = a * (1.0 - e2) / w.powf(1.5);
    (normal * lat.cos() * TAU / 360.0, meridian * TAU / 360.0)
}

fn shoelace(ring: &[[f64; 2]]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|(a, b)| a[0] * b[1] - b[0] * a[1])
        .sum::<f64>()
        / 2.0
}
