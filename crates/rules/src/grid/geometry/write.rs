//! Writes shapes as compact GeoJSON geometry, the way they are kept and handed out.

use std::fmt::{self, Write};

use geo::orient::Direction;
use geo::{Coord, LineString, MultiPolygon, Orient, Polygon};

/// A `Polygon` (or, of several parts, a `MultiPolygon`) with at most 7 decimals (about 1 cm), exterior
/// rings anticlockwise as RFC 7946 asks.
pub fn write(shape: &MultiPolygon) -> String {
    let shape = shape.orient(Direction::Default);
    let mut text = String::new();
    let written = match shape.0.as_slice() {
        [one] => write_one(&mut text, one),
        many => write_many(&mut text, many),
    };
    debug_assert!(written.is_ok(), "writing into a string cannot fail");
    text
}

fn write_one(out: &mut String, polygon: &Polygon) -> fmt::Result {
    out.push_str(r#"{"type":"Polygon","coordinates":"#);
    write_polygon(out, polygon)?;
    out.write_char('}')
}

fn write_many(out: &mut String, polygons: &[Polygon]) -> fmt::Result {
    out.push_str(r#"{"type":"MultiPolygon","coordinates":"#);
    write_list(out, polygons.iter(), write_polygon)?;
    out.write_char('}')
}

fn write_polygon(out: &mut String, polygon: &Polygon) -> fmt::Result {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    write_list(out, rings, |out, ring: &LineString| {
        write_list(out, ring.coords(), write_position)
    })
}

fn write_list<T>(
    out: &mut String,
    items: impl Iterator<Item = T>,
    mut write_item: impl FnMut(&mut String, T) -> fmt::Result,
) -> fmt::Result {
    out.push('[');
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_item(out, item)?;
    }
    out.write_char(']')
}

fn write_position(out: &mut String, at: &Coord) -> fmt::Result {
    out.push('[');
    write_degrees(out, at.x)?;
    out.push(',');
    write_degrees(out, at.y)?;
    out.write_char(']')
}

fn write_degrees(out: &mut String, degrees: f64) -> fmt::Result {
    // a rounded value prints with the fewest digits that read back to it: at most seven; adding 0
    // turns -0 into 0
    write!(out, "{}", (degrees * 1e7).round() / 1e7 + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::geometry::{Limits, read_shape};
    use crate::grid::synthetic::Plan;
    use geo::polygon;
    use proptest::prelude::*;

    #[test]
    fn a_shape_is_written_compactly_and_anticlockwise() {
        let clockwise =
            polygon![(x: 103.5, y: 30.0), (x: 103.5, y: 31.123456789), (x: 104.0, y: -0.00000001)];
        let expected = r#"{"type":"Polygon","coordinates":[[[103.5,30],[104,0],[103.5,31.1234568],[103.5,30]]]}"#;
        assert_eq!(write(&clockwise.into()), expected);
    }

    #[test]
    fn several_parts_and_holes_read_back_as_they_were_written() {
        let square = |x: f64, size: f64| {
            LineString::from(vec![(x, x), (x + size, x), (x + size, x + size), (x, x)])
        };
        let holed = Polygon::new(square(0.0, 9.0), vec![square(2.0, 1.0)]);
        let shape = MultiPolygon::new(vec![holed, Polygon::new(square(20.0, 1.0), vec![])]);
        let read = read_shape(&write(&shape), &Limits::default()).unwrap();
        assert_eq!(read, shape.orient(Direction::Default));
    }

    proptest! {
        #[test]
        fn what_was_kept_once_never_changes(seed: u64) {
            for shape in (Plan { seed, ..Plan::of(2, 2) }).micro() {
                let read = read_shape(&write(&shape), &Limits::default()).unwrap();
                prop_assert_eq!(&read, &shape);
                prop_assert_eq!(write(&read), write(&shape));
            }
        }
    }
}
