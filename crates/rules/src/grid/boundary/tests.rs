//! Gaps, overlaps and escapes drawn on purpose, and a ground without any. Nothing here reads files.

use geo::{Contains, Coord, LineString, MultiPolygon, Polygon, Translate};

use super::{Code, Finding, Parcel, Severity, Tolerance, check};
use crate::grid::geometry::{Limits, read};
use crate::grid::synthetic::Plan;

const PARENT: u32 = 1_000;

fn child(key: u32, shape: &MultiPolygon) -> Parcel<'_, u32> {
    Parcel {
        key,
        parent: Some(PARENT),
        scheme: 0,
        divided: false,
        shape: Some(shape),
    }
}

fn parent(shape: &MultiPolygon) -> Parcel<'_, u32> {
    Parcel {
        key: PARENT,
        parent: None,
        scheme: 0,
        divided: true,
        shape: Some(shape),
    }
}

/// A parent and its nine children, with what does not fit.
fn family(ground: &MultiPolygon, children: &[MultiPolygon]) -> Vec<Finding<u32>> {
    let parcels: Vec<Parcel<u32>> = (0..)
        .zip(children)
        .map(|(key, shape)| child(key, shape))
        .chain([parent(ground)])
        .collect();
    check(&parcels, &Tolerance::default())
}

fn nine() -> (MultiPolygon, Vec<MultiPolygon>) {
    let plan = Plan::of(3, 3);
    (plan.merged(3, 3).remove(0), plan.micro())
}

fn codes(findings: &[Finding<u32>]) -> Vec<Code> {
    findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn grids_that_share_every_vertex_fit() {
    let (ground, children) = nine();
    assert_eq!(family(&ground, &children), []);
}

#[test]
fn ground_without_a_grid_is_a_gap_with_its_area_and_a_point_in_it() {
    let (ground, mut children) = nine();
    let lost = children.remove(4);
    let findings = family(&ground, &children);
    assert_eq!(codes(&findings), [Code::Gap]);
    let area = crate::grid::geometry::area_m2(&lost);
    assert!(
        (findings[0].area_m2 - area).abs() < 1.0,
        "{findings:?} {area}"
    );
    assert_eq!(
        (findings[0].grid, findings[0].severity()),
        (PARENT, Severity::Warning)
    );
    assert!(lost.contains(&findings[0].at.unwrap()));
}

#[test]
fn ground_in_two_grids_is_an_overlap_that_names_both() {
    let (ground, mut children) = nine();
    children[4] = children[4].translate(0.0005, 0.0);
    let findings = family(&ground, &children);
    let overlap = findings
        .iter()
        .find(|finding| finding.code == Code::Overlap && finding.other == Some(5))
        .unwrap();
    assert_eq!((overlap.grid, overlap.severity()), (4, Severity::Error));
    assert!(overlap.area_m2 > 1_000.0);
    let at = overlap.at.unwrap();
    assert!(children[4].contains(&at) && children[5].contains(&at));
    assert!(codes(&findings).contains(&Code::Gap));
}

#[test]
fn ground_outside_the_parent_is_an_error_of_the_child() {
    let (ground, mut children) = nine();
    children[8] = children[8].translate(0.001, 0.0);
    let findings = family(&ground, &children);
    let outside = findings
        .iter()
        .find(|finding| finding.code == Code::OutsideParent)
        .unwrap();
    assert_eq!(
        (outside.grid, outside.other, outside.severity()),
        (8, Some(PARENT), Severity::Error)
    );
    assert!(!ground.contains(&outside.at.unwrap()));
}

#[test]
fn what_is_tolerated_is_data() {
    let (ground, mut children) = nine();
    let lost = crate::grid::geometry::area_m2(&children.remove(4));
    let mut parcels: Vec<Parcel<u32>> = (0..)
        .zip(&children)
        .map(|(key, shape)| child(key, shape))
        .collect();
    parcels.push(parent(&ground));
    let with = |gap_m2| {
        check(
            &parcels,
            &Tolerance {
                gap_m2,
                ..Tolerance::default()
            },
        )
        .len()
    };
    assert_eq!((with(lost - 1.0), with(lost + 1.0)), (1, 0));
}

#[test]
fn a_grid_with_a_bad_ring_is_an_error_and_compared_with_nobody() {
    let (ground, mut children) = nine();
    let mut ring = children[4].0[0].exterior().0.clone();
    ring.swap(2, 9);
    children[4] = Polygon::new(LineString::new(ring), Vec::new()).into();
    let findings = family(&ground, &children);
    assert_eq!(codes(&findings), [Code::RingInvalid]);
    assert_eq!(
        (findings[0].grid, findings[0].severity()),
        (4, Severity::Error)
    );
}

#[test]
fn a_grid_that_ought_to_be_cut_and_is_not_is_shown() {
    let (ground, _) = nine();
    let findings = check(&[parent(&ground)], &Tolerance::default());
    assert_eq!(codes(&findings), [Code::ChildMissing]);
    assert!(ground.contains(&findings[0].at.unwrap()));
}

#[test]
fn a_grid_without_boundary_is_a_warning_and_makes_no_gap() {
    let (ground, children) = nine();
    let mut parcels: Vec<Parcel<u32>> = (0..)
        .zip(&children)
        .map(|(key, shape)| child(key, shape))
        .collect();
    parcels[4].shape = None;
    parcels.push(parent(&ground));
    let findings = check(&parcels, &Tolerance::default());
    assert_eq!(
        findings,
        [Finding {
            code: Code::ShapeMissing,
            grid: 4,
            other: None,
            area_m2: 0.0,
            at: None
        }]
    );
}

#[test]
fn schemes_may_lie_across_each_other_but_roots_of_one_may_not() {
    let (ground, _) = nine();
    let root = |key, scheme| Parcel {
        key,
        parent: None,
        scheme,
        divided: false,
        shape: Some(&ground),
    };
    assert_eq!(check(&[root(1, 0), root(2, 1)], &Tolerance::default()), []);
    assert_eq!(
        codes(&check(&[root(1, 0), root(2, 0)], &Tolerance::default())),
        [Code::Overlap]
    );
}

#[test]
fn the_demo_community_fits_together() {
    let text = include_bytes!("../../../../../demo/minghu/grids.geojson");
    let features = read(text, &Limits::default()).unwrap();
    let property =
        |at: usize, name: &str| features[at].properties[name].as_str().map(str::to_owned);
    let codes: Vec<String> = (0..features.len())
        .map(|at| property(at, "code").unwrap())
        .collect();
    let number = |code: String| codes.iter().position(|own| *own == code);
    let parcel = |at: usize| Parcel {
        key: at,
        parent: property(at, "parent").and_then(number),
        scheme: u16::from(property(at, "scheme").as_deref() == Some("political_legal")),
        divided: matches!(property(at, "level").as_deref(), Some("community")),
        shape: features[at].shape.as_ref(),
    };
    let parcels: Vec<Parcel<usize>> = (0..features.len()).map(parcel).collect();
    assert_eq!(parcels.len(), 100);
    assert_eq!(check(&parcels, &Tolerance::default()), []);
}

#[test]
fn fifty_thousand_vertices_are_checked_without_comparing_each_with_each() {
    let circle = |at: u32| {
        let angle = f64::from(at) / 50_000.0 * std::f64::consts::TAU;
        Coord {
            x: 103.0 + angle.cos(),
            y: 30.0 + angle.sin(),
        }
    };
    let round: MultiPolygon = Polygon::new((0..50_000).map(circle).collect(), Vec::new()).into();
    assert!(super::rings::first_fault(&round).is_none());
}
