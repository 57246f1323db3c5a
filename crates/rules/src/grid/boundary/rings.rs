//! Rings of one grid: whether they enclose ground without doubt, and where not.

use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{
    BoundingRect, Contains, Coord, InteriorPoint, Intersects, Line, LineString, MultiPolygon,
    Polygon,
};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// An edge and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Edge {
    line: Line,
    ring: usize,
    at: usize,
    /// Edges of its ring.
    of: usize,
}

type Indexed = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// A point at which the rings are wrong; `None` when they are sound.
pub(super) fn first_fault(shape: &MultiPolygon) -> Option<Coord> {
    crossing(shape)
        .or_else(|| shape.iter().find_map(stray_hole))
        .or_else(|| doubled_part(shape))
}

/// Where two edges meet that should not. Takes time in proportion to the vertices, not to their square.
fn crossing(shape: &MultiPolygon) -> Option<Coord> {
    let rings = shape
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let edges: Vec<Edge> = rings
        .enumerate()
        .flat_map(|(ring, line)| edges_of(ring, line))
        .collect();
    let indexed = edges
        .iter()
        .enumerate()
        .map(|(at, edge)| Indexed::new(Rectangle::from_aabb(around(edge.line)), at));
    let tree = RTree::bulk_load(indexed.collect());
    edges.iter().enumerate().find_map(|(at, edge)| {
        let near = tree.locate_in_envelope_intersecting(around(edge.line));
        near.filter(|other| other.data > at)
            .find_map(|other| clash(*edge, edges[other.data]))
    })
}

/// Edges of a ring; a vertex written twice makes none.
fn edges_of(ring: usize, line: &LineString) -> Vec<Edge> {
    let lines: Vec<Line> = line.lines().filter(|line| line.start != line.end).collect();
    let of = lines.len();
    lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| Edge { line, ring, at, of })
        .collect()
}

fn around(line: Line) -> AABB<[f64; 2]> {
    let rect = line.bounding_rect();
    AABB::from_corners(rect.min().into(), rect.max().into())
}

/// Neighbours in a ring share one end; edges of different rings may touch in a point; nothing else.
fn clash(a: Edge, b: Edge) -> Option<Coord> {
    let same_ring = a.ring == b.ring;
    let neighbours = same_ring && (a.at + 1 == b.at || (a.at == 0 && b.at + 1 == b.of));
    match line_intersection(a.line, b.line)? {
        LineIntersection::Collinear { intersection } => (intersection.start != intersection.end
            || (same_ring && !neighbours))
            .then_some(intersection.start),
        LineIntersection::SinglePoint {
            intersection,
            is_proper,
        } => (is_proper || (same_ring && !neighbours)).then_some(intersection),
    }
}

/// A hole that lies outside its ring or in another hole; no edges cross, so one inner point decides.
fn stray_hole(polygon: &Polygon) -> Option<Coord> {
    let outer = Polygon::new(polygon.exterior().clone(), Vec::new());
    let holes: Vec<Polygon> = polygon
        .interiors()
        .iter()
        .map(|ring| Polygon::new(ring.clone(), Vec::new()))
        .collect();
    holes.iter().enumerate().find_map(|(at, hole)| {
        let inner = hole.interior_point()?;
        let nested = holes
            .iter()
            .enumerate()
            .any(|(other, second)| other != at && second.contains(&inner));
        (nested || !outer.contains(&inner)).then_some(inner.into())
    })
}

/// A part that lies on top of another.
fn doubled_part(shape: &MultiPolygon) -> Option<Coord> {
    shape.iter().enumerate().find_map(|(at, part)| {
        let inner = part.interior_point()?;
        let doubled = shape.iter().enumerate().any(|(other, second)| {
            other != at
                && second
                    .bounding_rect()
                    .is_some_and(|rect| rect.intersects(&inner))
                && second.contains(&inner)
        });
        doubled.then_some(inner.into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::synthetic::Plan;
    use geo::polygon;

    fn ring(at: f64, size: f64) -> LineString {
        LineString::from(vec![
            (at, at),
            (at + size, at),
            (at + size, at + size),
            (at, at + size),
            (at, at),
        ])
    }

    fn square(at: f64, size: f64) -> Polygon {
        Polygon::new(ring(at, size), Vec::new())
    }

    #[test]
    fn sound_grids_have_no_fault() {
        assert!(
            Plan::of(6, 6)
                .merged(2, 3)
                .iter()
                .all(|shape| first_fault(shape).is_none())
        );
        let lake = Polygon::new(ring(0.0, 9.0), vec![ring(1.0, 3.0), ring(5.0, 2.0)]);
        let island = square(2.0, 1.0);
        assert_eq!(first_fault(&MultiPolygon::new(vec![lake, island])), None);
    }

    #[test]
    fn a_ring_that_crosses_itself_is_shown_where_it_does() {
        let bow = polygon![(x: 0.0, y: 0.0), (x: 2.0, y: 2.0), (x: 2.0, y: 0.0), (x: 0.0, y: 2.0)];
        assert_eq!(first_fault(&bow.into()), Some(Coord { x: 1.0, y: 1.0 }));
    }

    #[test]
    fn a_ring_that_touches_itself_or_runs_back_is_a_fault() {
        let touching = polygon![(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 2.0, y: 0.0), (x: 0.0, y: 4.0)];
        assert_eq!(
            first_fault(&touching.into()),
            Some(Coord { x: 2.0, y: 0.0 })
        );
        let spike =
            polygon![(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 4.0)];
        assert!(first_fault(&spike.into()).is_some());
    }

    #[test]
    fn a_vertex_written_twice_is_no_fault() {
        let twice = polygon![(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 4.0, y: 4.0)];
        assert_eq!(first_fault(&twice.into()), None);
    }

    #[test]
    fn a_hole_outside_its_ring_or_in_another_hole_is_a_fault() {
        let outside = Polygon::new(ring(0.0, 2.0), vec![ring(5.0, 1.0)]);
        assert!(first_fault(&outside.into()).is_some());
        let nested = Polygon::new(ring(0.0, 9.0), vec![ring(1.0, 5.0), ring(2.0, 1.0)]);
        assert!(first_fault(&nested.into()).is_some());
    }

    #[test]
    fn parts_on_top_of_each_other_are_a_fault_in_either_order() {
        let (large, small) = (square(0.0, 9.0), square(2.0, 1.0));
        for parts in [[large.clone(), small.clone()], [small, large]] {
            assert!(first_fault(&MultiPolygon::new(parts.to_vec())).is_some());
        }
    }
}
