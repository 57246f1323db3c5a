//! Tiles read back: levels by zoom, shared borders, empty places. Nothing here draws a picture.

use std::collections::BTreeSet;

use geo::{Coord, MultiPolygon, polygon};
use geozero::mvt::{Message, Tile as Encoded, tile};
use proptest::prelude::*;

use super::square::project;
use super::{Band, Bands, GridLayer, Tile, TileGrid};
use crate::grid::geometry::{Limits, read};
use crate::grid::synthetic::Plan;

fn named(level: &str, shapes: Vec<MultiPolygon>) -> impl Iterator<Item = TileGrid> {
    (1..).zip(shapes).map(move |(n, shape)| TileGrid {
        gid: format!("510184999001-{level}-{n}"),
        name: format!("示例网格{n}"),
        level: level.to_owned(),
        shape,
    })
}

/// 72 × 72 micro-grids in general grids of 3 × 3 and communities of 9 × 9.
fn city() -> (Plan, GridLayer) {
    let plan = Plan::of(72, 72);
    let levels = [
        ("micro", plan.micro()),
        ("general", plan.merged(3, 3)),
        ("community", plan.merged(9, 9)),
    ];
    let grids = levels
        .into_iter()
        .flat_map(|(level, shapes)| named(level, shapes));
    (plan, GridLayer::new("governance", Bands::default(), grids))
}

fn tile_at(place: Coord, zoom: u8) -> Tile {
    let [x, y] = project(place).map(|at| (u64::from(at) >> (32 - zoom)) as u32);
    Tile::new(zoom, x, y).unwrap()
}

fn middle(plan: &Plan) -> Coord {
    plan.origin
        + Coord {
            x: plan.step.x * f64::from(plan.columns) / 2.0,
            y: plan.step.y * f64::from(plan.rows) / 2.0,
        }
}

fn decoded(layer: &GridLayer, tile: Tile) -> Encoded {
    Encoded::decode(layer.tile(tile).unwrap().unwrap().as_slice()).unwrap()
}

fn values_of(layer: &tile::Layer, key: &str) -> BTreeSet<String> {
    let key = layer.keys.iter().position(|own| own == key).unwrap() as u32;
    let pairs = layer
        .features
        .iter()
        .flat_map(|feature| feature.tags.chunks(2));
    pairs
        .filter(|pair| pair[0] == key)
        .filter_map(|pair| layer.values[pair[1] as usize].string_value.clone())
        .collect()
}

fn levels_at(zoom: u8) -> BTreeSet<String> {
    let (plan, layer) = city();
    values_of(
        &decoded(&layer, tile_at(middle(&plan), zoom)).layers[0],
        "level",
    )
}

fn only(level: &str) -> BTreeSet<String> {
    BTreeSet::from([level.to_owned()])
}

#[test]
fn each_zoom_shows_its_level() {
    assert_eq!(levels_at(9), only("community"));
    assert_eq!(levels_at(12), only("general"));
    assert_eq!(levels_at(14), only("micro"));
    assert_eq!(levels_at(18), only("micro"));
}

#[test]
fn a_tile_has_areas_and_labels_with_what_the_page_needs() {
    let (plan, layer) = city();
    let tile = decoded(&layer, tile_at(middle(&plan), 15));
    let names: Vec<&str> = tile
        .layers
        .iter()
        .map(|layer| layer.name.as_str())
        .collect();
    assert_eq!(names, ["grids", "labels"]);
    for layer in &tile.layers {
        assert_eq!(layer.keys, ["gid", "name", "level", "scheme"]);
        assert_eq!((layer.version, layer.extent), (2, Some(4096)));
        assert!(!layer.features.is_empty());
        assert_eq!(values_of(layer, "scheme"), only("governance"));
        assert!(
            values_of(layer, "gid")
                .iter()
                .all(|gid| gid.starts_with("510184999001-micro-"))
        );
    }
}

#[test]
fn a_tile_beside_all_grids_is_none() {
    let (plan, layer) = city();
    let away = plan.origin - Coord { x: 1.0, y: 1.0 };
    assert!(layer.tile(tile_at(away, 14)).unwrap().is_none());
    let none = GridLayer::new("governance", Bands::default(), []);
    assert!(none.is_empty() && none.tile(Tile::new(0, 0, 0).unwrap()).unwrap().is_none());
}

#[test]
fn no_tile_of_a_dense_city_is_larger_than_a_hundred_kilobytes() {
    let (plan, layer) = city();
    for zoom in 0..=18 {
        let bytes = layer
            .tile(tile_at(middle(&plan), zoom))
            .unwrap()
            .map_or(0, |bytes| bytes.len());
        assert!(bytes <= 100 * 1024, "{zoom}: {bytes}");
    }
}

#[test]
fn a_name_is_on_exactly_one_tile_of_a_zoom() {
    let (plan, layer) = city();
    let low = tile_at(plan.origin, 14);
    let mut names = Vec::new();
    let corner = project(plan.origin).map(|at| at >> 18);
    for x in corner[0] - 1..corner[0] + 15 {
        for y in corner[1] - 15..corner[1] + 2 {
            let Some(bytes) = layer.tile(Tile::new(low.zoom(), x, y).unwrap()).unwrap() else {
                continue;
            };
            let tile = Encoded::decode(bytes.as_slice()).unwrap();
            let labels = tile.layers.iter().filter(|layer| layer.name == "labels");
            names.extend(labels.flat_map(|layer| values_of(layer, "gid")));
        }
    }
    let different: BTreeSet<&String> = names.iter().collect();
    assert_eq!((names.len(), different.len()), (72 * 72, 72 * 72));
}

/// Rings of a feature as absolute positions, by the commands of the format (§4.3).
fn rings(feature: &tile::Feature) -> Vec<Vec<[i64; 2]>> {
    let mut rings: Vec<Vec<[i64; 2]>> = Vec::new();
    let mut numbers = feature.geometry.iter();
    let mut at = [0; 2];
    while let Some(command) = numbers.next() {
        match command & 7 {
            1 => rings.push(Vec::new()),
            2 => {}
            _ => continue,
        }
        for _ in 0..command >> 3 {
            for axis in &mut at {
                let number = i64::from(*numbers.next().unwrap());
                *axis += (number >> 1) ^ -(number & 1);
            }
            rings.last_mut().unwrap().push(at);
        }
    }
    rings
}

fn doubled_area(ring: &[[i64; 2]]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|(a, b)| a[0] * b[1] - b[0] * a[1])
        .sum()
}

#[test]
fn everything_drawn_lies_within_the_tile_and_its_buffer() {
    let (plan, layer) = city();
    for zoom in [9, 12, 14, 17] {
        let tile = decoded(&layer, tile_at(middle(&plan), zoom));
        for ring in tile.layers[0].features.iter().flat_map(rings) {
            assert!(
                ring.iter()
                    .flatten()
                    .all(|at| (-64..=4096 + 64).contains(at)),
                "{zoom}: {ring:?}"
            );
        }
    }
}

#[test]
fn grids_that_fill_a_tile_still_fill_it_when_simplified() {
    let (plan, layer) = city();
    for zoom in [13, 14, 16] {
        let tile = decoded(&layer, tile_at(middle(&plan), zoom));
        let area: i64 = tile.layers[0]
            .features
            .iter()
            .flat_map(rings)
            .map(|ring| doubled_area(&ring))
            .sum();
        let whole = 2 * (4096 + 128) * (4096 + 128);
        // clipping rounds where borders meet the buffer's edge
        assert!(
            (area - whole).abs() < whole / 5_000,
            "{zoom}: {area} of {whole}"
        );
    }
}

#[test]
fn exterior_rings_and_holes_turn_opposite_ways() {
    let ring = |low: f64, high: f64| {
        geo::LineString::from(vec![
            (low, low),
            (low, high),
            (high, high),
            (high, low),
            (low, low),
        ])
    };
    let lake = geo::Polygon::new(ring(-40.0, 40.0), vec![ring(-10.0, 10.0)]);
    let bands = Bands::new(vec![Band {
        from: 0,
        levels: vec!["micro".to_owned()],
    }])
    .unwrap();
    let layer = GridLayer::new("governance", bands, named("micro", vec![lake.into()]));
    let tile = decoded(&layer, Tile::new(0, 0, 0).unwrap());
    let areas: Vec<i64> = rings(&tile.layers[0].features[0])
        .iter()
        .map(|ring| doubled_area(ring))
        .collect();
    assert!(
        areas.len() == 2 && areas[0] > 0 && areas[1] < 0,
        "{areas:?}"
    );
}

#[test]
fn a_grid_smaller_than_a_pixel_is_not_drawn() {
    let speck = polygon![(x: 103.0, y: 30.0), (x: 103.001, y: 30.0), (x: 103.001, y: 30.001)];
    let layer = GridLayer::new(
        "governance",
        Bands::default(),
        named("community", vec![speck.into()]),
    );
    assert!(
        layer
            .tile(tile_at(Coord { x: 103.0, y: 30.0 }, 3))
            .unwrap()
            .is_none()
    );
}

#[test]
fn the_demo_community_has_tiles_at_every_zoom_that_shows_it() {
    let text = include_bytes!("../../../../../demo/minghu/grids.geojson");
    let features = read(text, &Limits::default()).unwrap();
    let text_of = |feature: &crate::grid::geometry::Feature, name: &str| {
        feature.properties[name].as_str().unwrap().to_owned()
    };
    let own = features
        .iter()
        .filter(|feature| feature.properties["scheme"] == "governance");
    let grids = own.map(|feature| TileGrid {
        gid: text_of(feature, "code"),
        name: text_of(feature, "name"),
        level: text_of(feature, "level"),
        shape: feature.shape.clone().unwrap(),
    });
    let layer = GridLayer::new("governance", Bands::default(), grids);
    let place = Coord {
        x: 103.6730,
        y: 30.6301,
    };
    let drawn = |zoom| {
        decoded(&layer, tile_at(place, zoom)).layers[0]
            .features
            .len()
    };
    assert_eq!((drawn(10), drawn(11)), (1, 1));
    assert!(drawn(12) <= 17 && drawn(12) > 10, "{}", drawn(12));
    assert!(drawn(14) > 10);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_tile_of_any_zoom_can_be_written(zoom in 0_u8..=18, x in 0.4_f64..0.6, y in 0.4_f64..0.6, seed: u64) {
        let plan = Plan { seed, ..Plan::of(6, 6) };
        let layer = GridLayer::new("governance", Bands::default(), named("micro", plan.micro()).chain(named("community", plan.merged(6, 6))));
        let size = Coord { x: plan.step.x * 6.0, y: plan.step.y * 6.0 };
        let tile = tile_at(plan.origin + Coord { x: size.x * x, y: size.y * y }, zoom);
        prop_assert!(layer.tile(tile).is_ok());
    }
}
