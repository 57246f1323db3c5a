//! Siblings beside each other and inside their parent: overlaps, gaps, parts outside.

use geo::{BooleanOps, BoundingRect, Coord, MultiPolygon, unary_union};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::super::geometry::{area_m2, label_point};
use super::{Code, Family, Finding, Tolerance};

/// Adds what does not fit in one family.
pub(super) fn check<K: Copy + Ord>(
    family: &Family<'_, K>,
    tolerance: &Tolerance,
    findings: &mut Vec<Finding<K>>,
) {
    overlaps(family, tolerance, findings);
    let Some((parent, ground)) = family.parent else {
        return;
    };
    for (child, shape) in &family.children {
        let outside = shape.difference(ground);
        note(
            Code::OutsideParent,
            *child,
            Some(parent),
            outside,
            tolerance.outside_m2,
            findings,
        );
    }
    if family.complete {
        let covered = unary_union(family.children.iter().map(|(_, shape)| *shape));
        note(
            Code::Gap,
            parent,
            None,
            ground.difference(&covered),
            tolerance.gap_m2,
            findings,
        );
    }
}

fn overlaps<K: Copy + Ord>(
    family: &Family<'_, K>,
    tolerance: &Tolerance,
    findings: &mut Vec<Finding<K>>,
) {
    let boxed = |(at, (_, shape)): (usize, &(K, &MultiPolygon))| {
        Some(GeomWithData::new(Rectangle::from_aabb(around(shape)?), at))
    };
    let tree = RTree::bulk_load(
        family
            .children
            .iter()
            .enumerate()
            .filter_map(boxed)
            .collect(),
    );
    for (at, (grid, shape)) in family.children.iter().enumerate() {
        let Some(around) = around(shape) else {
            continue;
        };
        let mut later: Vec<usize> = tree
            .locate_in_envelope_intersecting(around)
            .map(|other| other.data)
            .filter(|other| *other > at)
            .collect();
        later.sort_unstable();
        for (other, second) in later.into_iter().map(|other| family.children[other]) {
            note(
                Code::Overlap,
                *grid,
                Some(other),
                shape.intersection(second),
                tolerance.overlap_m2,
                findings,
            );
        }
    }
}

fn around(shape: &MultiPolygon) -> Option<AABB<[f64; 2]>> {
    let rect = shape.bounding_rect()?;
    Some(AABB::from_corners(rect.min().into(), rect.max().into()))
}

/// One finding for each connected piece beyond the tolerance.
fn note<K: Copy>(
    code: Code,
    grid: K,
    other: Option<K>,
    ground: MultiPolygon,
    limit: f64,
    findings: &mut Vec<Finding<K>>,
) {
    for piece in ground {
        let piece = MultiPolygon::from(piece);
        let area_m2 = area_m2(&piece);
        if area_m2 > limit {
            let at = label_point(&piece).map(Coord::from);
            findings.push(Finding {
                code,
                grid,
                other,
                area_m2,
                at,
            });
        }
    }
}
