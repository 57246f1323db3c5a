//! The invented ground is a true partition: sizes, nesting, shared borders.

use demo::ground::{Grid, Ground, Level, Scheme, ground};
use geo::{
    Area, BooleanOps, Contains, GeodesicArea, InteriorPoint, LineString, Polygon, Validation,
};
use std::collections::HashMap;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn polygon(grid: &Grid) -> Polygon {
    Polygon::new(
        LineString::from(
            grid.ring
                .iter()
                .map(|point| (point[0], point[1]))
                .collect::<Vec<_>>(),
        ),
        vec![],
    )
}

fn children<'a>(ground: &'a Ground, code: &'a str) -> impl Iterator<Item = &'a Grid> {
    ground
        .grids
        .iter()
        .filter(move |grid| grid.parent.as_deref() == Some(code))
}

/// Every edge of `inner` that has no partner running the other way; together they are the outline.
fn outline(inner: &[&Grid]) -> Vec<[u64; 4]> {
    let mut edges: HashMap<[u64; 4], i32> = HashMap::new();
    for pair in inner.iter().flat_map(|grid| grid.ring.windows(2)) {
        let [a, b, c, d] = [pair[0][0], pair[0][1], pair[1][0], pair[1][1]].map(f64::to_bits);
        *edges.entry([a, b, c, d]).or_default() += 1;
        *edges.entry([c, d, a, b]).or_default() -= 1;
    }
    let mut left: Vec<_> = edges
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(edge, _)| edge)
        .collect();
    left.sort_unstable();
    left
}

#[test]
fn the_community_has_sixteen_general_one_dedicated_seventy_nine_micro_and_three_political_legal_grids()
-> Outcome {
    let ground = ground(1)?;
    let counts = [
        Level::Community,
        Level::General,
        Level::Dedicated,
        Level::Micro,
    ]
    .map(|level| ground.level(level).count());
    assert_eq!(counts, [1, 16, 1, 79]);
    assert_eq!(
        ground
            .grids
            .iter()
            .filter(|grid| grid.scheme == Scheme::PoliticalLegal)
            .count(),
        3
    );
    for general in ground.level(Level::General) {
        assert!(
            (4..=6).contains(&children(&ground, &general.code).count()),
            "{}",
            general.code
        );
    }
    Ok(())
}

#[test]
fn the_community_measures_ten_point_two_eight_square_kilometres() -> Outcome {
    for seed in [1, 2, 99] {
        let area = polygon(&ground(seed)?.grids[0]).geodesic_area_unsigned();
        assert!(
            (area / 10_280_000.0 - 1.0).abs() < 0.005,
            "seed {seed}: {area} m²"
        );
    }
    Ok(())
}

#[test]
fn every_grid_is_a_valid_polygon_with_its_inside_on_the_left() -> Outcome {
    for seed in [1, 2, 99] {
        for grid in ground(seed)?.grids {
            assert!(polygon(&grid).is_valid(), "seed {seed}: {}", grid.code);
            assert!(
                polygon(&grid).signed_area() > 0.0,
                "seed {seed}: {}",
                grid.code
            );
        }
    }
    Ok(())
}

#[test]
fn children_fill_their_parent_edge_by_edge_without_gap_or_overlap() -> Outcome {
    let ground = ground(1)?;
    for parent in ground
        .grids
        .iter()
        .filter(|grid| children(&ground, &grid.code).count() > 0)
    {
        let inner: Vec<&Grid> = children(&ground, &parent.code).collect();
        assert_eq!(outline(&inner), outline(&[parent]), "{}", parent.code);
        let sum: f64 = inner.iter().map(|grid| polygon(grid).signed_area()).sum();
        assert!(
            (sum / polygon(parent).signed_area() - 1.0).abs() < 1e-9,
            "{}",
            parent.code
        );
    }
    Ok(())
}

#[test]
fn every_general_grid_lies_in_exactly_one_political_legal_grid() -> Outcome {
    let ground = ground(1)?;
    let legal: Vec<&Grid> = ground
        .grids
        .iter()
        .filter(|grid| grid.scheme == Scheme::PoliticalLegal)
        .collect();
    assert_eq!(outline(&legal), outline(&[&ground.grids[0]]));
    for general in ground.level(Level::General) {
        let inside = |grid: &&&Grid| {
            let rest = polygon(general).difference(&polygon(grid));
            rest.unsigned_area() < 1e-9 * polygon(general).unsigned_area()
        };
        assert_eq!(legal.iter().filter(inside).count(), 1, "{}", general.code);
    }
    Ok(())
}

#[test]
fn households_stay_within_the_norms_and_add_up() -> Outcome {
    let ground = ground(1)?;
    assert!(
        ground
            .level(Level::Micro)
            .all(|grid| (30..=100).contains(&grid.households))
    );
    assert!(
        ground
            .level(Level::General)
            .all(|grid| (300..=500).contains(&grid.households))
    );
    for level in [Level::General, Level::Micro] {
        let sum: usize = ground.level(level).map(|grid| grid.households).sum();
        assert_eq!(sum, ground.grids[0].households);
    }
    Ok(())
}

#[test]
fn general_grids_are_numbered_from_the_north_west() -> Outcome {
    let ground = ground(1)?;
    let middle = |grid: &Grid| polygon(grid).interior_point().ok_or("no point inside");
    let all: Vec<&Grid> = ground.level(Level::General).collect();
    let (first, last) = (middle(all[0])?, middle(all[15])?);
    assert!(first.x() < last.x() && first.y() > last.y());
    assert!(polygon(&ground.grids[0]).contains(&first));
    Ok(())
}
