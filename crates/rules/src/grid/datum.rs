//! GCJ-02 against WGS-84: the shifted datum of Chinese web maps, converted once, where a point comes in.
//!
//! WGS-84 and CGCS2000 differ by less than this product can see and count as one. The formulas are the
//! published ones (参照 domain.md §2.8); nothing here guesses which datum a point is in.

use std::f64::consts::PI;

use geo::Coord;

/// The datum in which a source says its points are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Datum {
    /// WGS-84 and, to within decimetres, CGCS2000: how Weige keeps every point.
    Wgs84,
    /// GCJ-02, as map services and phones in China hand it out: 300 to 700 m away.
    Gcj02,
}

/// Semi-major axis in metres and squared eccentricity of the ellipsoid that GCJ-02 uses.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;

/// A point in degrees, brought from `datum` to WGS-84.
pub fn to_wgs84(point: Coord, datum: Datum) -> Coord {
    match datum {
        Datum::Wgs84 => point,
        Datum::Gcj02 => wgs84_from_gcj02(point),
    }
}

/// Degrees WGS-84 to degrees GCJ-02. Outside the shifted area the point stays as it is.
pub fn gcj02_from_wgs84(point: Coord) -> Coord {
    if shifted(point) {
        point + shift(point)
    } else {
        point
    }
}

/// Degrees GCJ-02 to degrees WGS-84, to better than a millimetre.
///
/// The shift has no closed inverse; each round takes the remaining error down by some orders of
/// magnitude, and ten rounds reach the last bits.
pub fn wgs84_from_gcj02(point: Coord) -> Coord {
    if !shifted(point) {
        return point;
    }
    (0..10).fold(point, |guess, _| guess + (point - gcj02_from_wgs84(guess)))
}

fn shifted(point: Coord) -> bool {
    (72.004..=137.8347).contains(&point.x) && (0.8293..=55.8271).contains(&point.y)
}

fn shift(point: Coord) -> Coord {
    let (x, y) = (point.x - 105.0, point.y - 35.0);
    let latitude = point.y.to_radians();
    let m = 1.0 - ECCENTRICITY * latitude.sin().powi(2);
    let meridian = AXIS * (1.0 - ECCENTRICITY) / (m * m.sqrt()) * PI;
    let parallel = AXIS / m.sqrt() * latitude.cos() * PI;
    Coord {
        x: eastward(x, y) * 180.0 / parallel,
        y: northward(x, y) * 180.0 / meridian,
    }
}

fn northward(x: f64, y: f64) -> f64 {
    let trend = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * x.abs().sqrt();
    trend
        + ripple(x)
        + waves(y, [(20.0, 1.0), (40.0, 1.0 / 3.0)])
        + waves(y, [(160.0, 1.0 / 12.0), (320.0, 1.0 / 30.0)])
}

fn eastward(x: f64, y: f64) -> f64 {
    let trend = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * x.abs().sqrt();
    trend
        + ripple(x)
        + waves(x, [(20.0, 1.0), (40.0, 1.0 / 3.0)])
        + waves(x, [(150.0, 1.0 / 12.0), (300.0, 1.0 / 30.0)])
}

fn ripple(x: f64) -> f64 {
    waves(x, [(20.0, 6.0), (20.0, 2.0)])
}

fn waves(at: f64, terms: [(f64, f64); 2]) -> f64 {
    let sum: f64 = terms
        .iter()
        .map(|(height, rate)| height * (rate * PI * at).sin())
        .sum();
    sum * 2.0 / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chongzhou_is_shifted_as_published() {
        let there = gcj02_from_wgs84(Coord {
            x: 103.6730,
            y: 30.6301,
        });
        assert!((there.x - 103.675_128_1).abs() < 5e-8, "{there:?}");
        assert!((there.y - 30.627_407_4).abs() < 5e-8, "{there:?}");
    }

    #[test]
    fn points_abroad_stay_where_they_are() {
        let paris = Coord { x: 2.35, y: 48.85 };
        assert_eq!(gcj02_from_wgs84(paris), paris);
        assert_eq!(wgs84_from_gcj02(paris), paris);
    }

    #[test]
    fn a_point_that_says_wgs84_is_taken_as_it_is() {
        let point = Coord {
            x: 103.6730,
            y: 30.6301,
        };
        assert_eq!(to_wgs84(point, Datum::Wgs84), point);
        assert_ne!(to_wgs84(point, Datum::Gcj02), point);
    }

    proptest! {
        #[test]
        fn the_way_there_and_back_ends_where_it_began(x in 74.0..134.0, y in 5.0..53.0) {
            let point = Coord { x, y };
            let back = wgs84_from_gcj02(gcj02_from_wgs84(point));
            prop_assert!((back.x - x).abs() < 1e-9 && (back.y - y).abs() < 1e-9, "{back:?}");
        }
    }
}
