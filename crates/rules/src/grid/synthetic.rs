//! An invented city for tests and measurements: jittered quarters with crooked, shared borders.
//!
//! The same plan always gives the same city. Neighbours share every vertex of their border and children
//! exactly fill their parents, as well-made boundaries do. No grid of it exists anywhere.

use geo::{Coord, LineString, MultiPolygon, Polygon};

/// How a city is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Micro-grids from west to east and from south to north.
    pub columns: u32,
    /// See `columns`.
    pub rows: u32,
    /// Vertices between two corners of a micro-grid; borders bend there.
    pub bends: u32,
    /// Lower left corner, degrees WGS-84.
    pub origin: Coord,
    /// Mean width and height of a micro-grid in degrees.
    pub step: Coord,
    /// Picks one of many cities of this plan.
    pub seed: u64,
}

impl Plan {
    /// A plan around 崇州 with micro-grids of about 300 m and 12 to 24 vertices.
    pub fn of(columns: u32, rows: u32) -> Self {
        Self {
            columns,
            rows,
            bends: 3,
            origin: Coord { x: 103.5, y: 30.4 },
            step: Coord {
                x: 0.0032,
                y: 0.0027,
            },
            seed: 1,
        }
    }

    /// The micro-grids, row by row from the south-west.
    pub fn micro(&self) -> Vec<MultiPolygon> {
        self.merged(1, 1)
    }

    /// Grids of `wide` × `high` micro-grids each (smaller at the east and north edge), row by row. With
    /// factors that divide each other, levels nest.
    pub fn merged(&self, wide: u32, high: u32) -> Vec<MultiPolygon> {
        let (wide, high) = (wide.max(1), high.max(1));
        let mut grids = Vec::new();
        for south in (0..self.rows).step_by(high as usize) {
            for west in (0..self.columns).step_by(wide as usize) {
                let east = (west + wide).min(self.columns);
                let north = (south + high).min(self.rows);
                grids.push(self.cut(west, south, east, north));
            }
        }
        grids
    }

    fn cut(&self, west: u32, south: u32, east: u32, north: u32) -> MultiPolygon {
        let per_side = self.bends + 1;
        let [west, south, east, north] = [west, south, east, north].map(|corner| corner * per_side);
        let bottom = (west..east).map(|x| (x, south));
        let right = (south..north).map(|y| (east, y));
        let top = (west + 1..=east).rev().map(|x| (x, north));
        let left = (south + 1..=north).rev().map(|y| (west, y));
        let ring: Vec<Coord> = bottom
            .chain(right)
            .chain(top)
            .chain(left)
            .map(|(x, y)| self.vertex(x, y))
            .collect();
        Polygon::new(LineString::new(ring), Vec::new()).into()
    }

    /// A vertex of the fine lattice, moved by up to a quarter of its spacing each way so that borders
    /// never cross, and rounded to 1e-7 degrees.
    fn vertex(&self, x: u32, y: u32) -> Coord {
        let per_side = f64::from(self.bends + 1);
        let chance = mix(self.seed ^ (u64::from(x) << 32 | u64::from(y)));
        let (jump_x, jump_y) = (unit(chance), unit(mix(chance)));
        let at = |index: u32, jump: f64, origin: f64, step: f64| {
            let degrees = origin + (f64::from(index) + (jump - 0.5) / 2.0) / per_side * step;
            (degrees * 1e7).round() / 1e7
        };
        Coord {
            x: at(x, jump_x, self.origin.x, self.step.x),
            y: at(y, jump_y, self.origin.y, self.step.y),
        }
    }

    /// The `n`th of an endless row of places that are spread evenly over the city.
    pub fn place(&self, n: u64) -> Coord {
        let chance = mix(self.seed.rotate_left(17) ^ n);
        Coord {
            x: self.origin.x + unit(chance) * f64::from(self.columns) * self.step.x,
            y: self.origin.y + unit(mix(chance)) * f64::from(self.rows) * self.step.y,
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): even bits from any number; nothing secret hangs on it.
fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Upper 53 bits as a number from 0 up to 1.
fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, Validation};

    #[test]
    fn a_city_is_valid_and_the_same_every_time() {
        let plan = Plan::of(12, 9);
        let micro = plan.micro();
        assert_eq!(micro.len(), 108);
        assert!(micro.iter().all(|grid| grid.is_valid()));
        assert_eq!(micro, plan.micro());
    }

    #[test]
    fn levels_cover_the_same_ground() {
        let plan = Plan::of(12, 9);
        let area = |grids: &[MultiPolygon]| grids.iter().map(Area::unsigned_area).sum::<f64>();
        let (micro, general) = (area(&plan.micro()), area(&plan.merged(4, 3)));
        assert!((micro - general).abs() / micro < 1e-12);
    }
}
