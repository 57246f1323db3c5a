//! Borders, corners and places outside: the atlas against brute force and by hand. Nothing here measures time.

use geo::{Contains, Coord, Distance, Euclidean, MultiPolygon, Point, polygon};
use proptest::prelude::*;

use super::{Atlas, Hit, Layer};
use crate::grid::synthetic::Plan;

const MICRO: Layer = Layer {
    scheme: 0,
    level: 5,
};
const GENERAL: Layer = Layer {
    scheme: 0,
    level: 4,
};
const POLITICAL: Layer = Layer {
    scheme: 1,
    level: 4,
};

fn atlas_of(shapes: &[MultiPolygon]) -> Atlas<u32> {
    Atlas::build(
        MICRO,
        (0..).zip(shapes).map(|(key, shape)| (key, MICRO, shape)),
    )
}

/// The same place on the lattice that the atlas uses.
fn rounded(place: Coord) -> Coord {
    Coord {
        x: (place.x * 1e7).round() / 1e7,
        y: (place.y * 1e7).round() / 1e7,
    }
}

fn by_brute_force(shapes: &[MultiPolygon], boxes: &[geo::Rect], place: Coord) -> Option<u32> {
    let hit = |index: &usize| boxes[*index].contains(&place) && shapes[*index].contains(&place);
    (0..shapes.len()).find(hit).map(|index| index as u32)
}

fn agrees_with_brute_force(plan: Plan, shapes: &[MultiPolygon], places: u64) {
    use geo::BoundingRect;
    let atlas = atlas_of(shapes);
    let boxes: Vec<geo::Rect> = shapes
        .iter()
        .map(|shape| shape.bounding_rect().unwrap())
        .collect();
    for n in 0..places {
        let place = rounded(plan.place(n));
        assert_eq!(
            atlas.locate_micro(place.x, place.y),
            by_brute_force(shapes, &boxes, place),
            "{place:?}"
        );
    }
}

#[test]
fn a_hundred_thousand_places_among_thousands_of_grids_agree_with_brute_force() {
    let plan = Plan::of(60, 40);
    agrees_with_brute_force(plan, &plan.micro(), 100_000);
}

#[test]
fn a_few_large_grids_with_long_borders_agree_with_brute_force() {
    let plan = Plan::of(60, 40);
    agrees_with_brute_force(plan, &plan.merged(20, 10), 20_000);
}

#[test]
fn dense_quarters_beside_open_country_agree_with_brute_force() {
    let dense = Plan {
        step: Coord {
            x: 0.0002,
            y: 0.0002,
        },
        ..Plan::of(30, 30)
    };
    let mut shapes = dense.micro();
    let (x, y) = (dense.origin.x - 3.0, dense.origin.y - 2.0);
    shapes.push(
        polygon![(x: x, y: y), (x: x + 2.9, y: y), (x: x + 2.9, y: y + 1.5), (x: x, y: y + 1.2)]
            .into(),
    );
    agrees_with_brute_force(dense, &shapes, 20_000);
    agrees_with_brute_force(
        Plan {
            origin: Coord { x, y },
            step: Coord { x: 0.1, y: 0.1 },
            ..dense
        },
        &shapes,
        20_000,
    );
}

#[test]
fn a_vertex_and_a_point_on_a_border_belong_to_exactly_one_grid() {
    let plan = Plan::of(8, 8);
    let shapes = plan.micro();
    let all = atlas_of(&shapes);
    let alone: Vec<Atlas<u32>> = shapes
        .iter()
        .map(|shape| atlas_of(std::slice::from_ref(shape)))
        .collect();
    // corners of the grids that lie wholly within the city
    for shape in shapes
        .iter()
        .enumerate()
        .filter(|(at, _)| at % 8 > 0 && at % 8 < 7 && (8..56).contains(at))
    {
        for edge in shape.1.0[0].exterior().lines() {
            for place in [edge.start, rounded((edge.start + edge.end) / 2.0)] {
                let owners = alone
                    .iter()
                    .filter(|one| one.locate_micro(place.x, place.y).is_some())
                    .count();
                assert_eq!(owners, 1, "{place:?}");
                assert!(all.locate_micro(place.x, place.y).is_some());
            }
        }
    }
}

#[test]
fn all_schemes_answer_deepest_first() {
    let plan = Plan::of(12, 12);
    let levels = [
        (MICRO, plan.micro()),
        (GENERAL, plan.merged(3, 3)),
        (POLITICAL, plan.merged(6, 12)),
    ];
    let grids = levels.iter().flat_map(|(layer, shapes)| {
        (0_u32..)
            .zip(shapes)
            .map(|(key, shape)| (key, *layer, shape))
    });
    let atlas = Atlas::build(MICRO, grids);
    // the middle of the first micro-grid of the fifth row and fifth column
    let place = plan.origin
        + Coord {
            x: plan.step.x * 4.5,
            y: plan.step.y * 4.5,
        };
    let hits: Vec<Hit<u32>> = atlas.locate(place.x, place.y).collect();
    let expected = [(4 * 12 + 4, MICRO), (4 + 1, GENERAL), (0, POLITICAL)];
    assert_eq!(hits, expected.map(|(key, layer)| Hit { key, layer }));
    assert_eq!(atlas.locate_micro(place.x, place.y), Some(52));
}

#[test]
fn a_place_outside_or_no_place_at_all_finds_nothing() {
    let plan = Plan::of(4, 4);
    let atlas = atlas_of(&plan.micro());
    for (lon, lat) in [
        (0.0, 0.0),
        (103.4, 30.4),
        (180.0, 90.0),
        (f64::NAN, 30.4),
        (103.5, f64::INFINITY),
        (1e300, 0.0),
    ] {
        assert_eq!(atlas.locate_micro(lon, lat), None);
        assert_eq!(atlas.locate(lon, lat).count(), 0);
    }
    assert_eq!(atlas_of(&[]).locate_micro(103.5, 30.4), None);
}

#[test]
fn of_overlapping_grids_the_first_is_found() {
    let square = |x: f64| {
        polygon![(x: x, y: 0.0), (x: x + 2.0, y: 0.0), (x: x + 2.0, y: 2.0), (x: x, y: 2.0)].into()
    };
    let atlas = atlas_of(&[square(0.0), square(1.0)]);
    for n in 0..100 {
        let lat = 0.01 + f64::from(n) * 0.0198;
        assert_eq!(atlas.locate_micro(1.5, lat), Some(0));
        assert_eq!(atlas.locate_micro(2.5, lat), Some(1));
    }
}

#[test]
fn grids_on_top_of_each_other_do_not_blow_the_memory_up() {
    let square: MultiPolygon =
        polygon![(x: 0.0, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 2.0), (x: 0.0, y: 2.0)].into();
    let atlas = atlas_of(&vec![square; 1000]);
    assert!(atlas.bytes() < 1_000_000, "{}", atlas.bytes());
    assert_eq!(atlas.locate_micro(1.0, 1.0), Some(0));
}

#[test]
fn the_nearest_grid_is_found_within_its_limit_and_not_beyond() {
    let square = |x: f64| {
        polygon![(x: x, y: 30.0), (x: x + 0.01, y: 30.0), (x: x + 0.01, y: 30.01), (x: x, y: 30.01)]
            .into()
    };
    let atlas = atlas_of(&[square(103.0), square(103.03)]);
    // 0.005 degrees of longitude at 30 degrees north
    let expected = 0.005 * 111_195.08 * 30.005_f64.to_radians().cos();
    let nearest = atlas.nearest(MICRO, 103.025, 30.005, 1_000.0).unwrap();
    assert_eq!(nearest.key, 1);
    assert!((nearest.metres - expected).abs() < 0.5, "{nearest:?}");
    assert_eq!(atlas.nearest(MICRO, 103.025, 30.005, 400.0), None);
    assert_eq!(atlas.nearest(MICRO, 103.025, 30.005, f64::NAN), None);
    let inside = atlas.nearest(MICRO, 103.005, 30.005, 0.0).unwrap();
    assert_eq!((inside.key, inside.metres), (0, 0.0));
    assert_eq!(atlas.nearest(GENERAL, 103.005, 30.005, 1e9), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_nearest_grid_is_the_one_a_full_search_finds(x in 103.3_f64..103.7, y in 30.2_f64..30.6) {
        let plan = Plan::of(10, 10);
        let shapes = plan.merged(2, 2);
        let atlas = atlas_of(&shapes);
        // on a plane whose longitudes are shortened as at the place
        let flat = |at: Coord| Coord { x: at.x * y.to_radians().cos(), y: at.y };
        let place = Point(flat(Coord { x, y }));
        let distance = |shape: &MultiPolygon| {
            use geo::MapCoords;
            Euclidean.distance(&place, &shape.map_coords(flat)) * 111_195.08
        };
        let least = shapes.iter().map(distance).fold(f64::INFINITY, f64::min);
        let nearest = atlas.nearest(MICRO, x, y, 100_000.0).unwrap();
        prop_assert!((nearest.metres - least).abs() < 0.1, "{nearest:?} {least}");
    }

    #[test]
    fn every_place_of_a_city_has_one_grid_of_each_level(x in 0.5_f64..29.5, y in 0.5_f64..29.5) {
        let plan = Plan::of(30, 30);
        let place = plan.origin + Coord { x: plan.step.x * x, y: plan.step.y * y };
        for wide in [1, 5, 15] {
            let owners = plan.merged(wide, wide).iter().filter(|shape| {
                atlas_of(std::slice::from_ref(shape)).locate_micro(place.x, place.y).is_some()
            }).count();
            prop_assert_eq!(owners, 1);
        }
    }
}
