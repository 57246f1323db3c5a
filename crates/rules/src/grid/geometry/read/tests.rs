//! Files that are refused, and why; files that are read. Every limit has its test at the limit and beyond.

use geo::{Coord, polygon};
use serde_json::json;

use super::{Fault, Limits, Wrong, read, read_each, read_shape};

fn wrong_with(geometry: serde_json::Value) -> Wrong {
    read_shape(&geometry.to_string(), &Limits::default()).unwrap_err()
}

fn polygon_of(ring: serde_json::Value) -> serde_json::Value {
    json!({"type": "Polygon", "coordinates": [ring]})
}

#[test]
fn a_collection_is_read_with_its_properties_and_grids_without_geometry() {
    let text = json!({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"code": "G01"}, "geometry": polygon_of(json!([[1, 2], [3, 2], [3, 4.5, 7], [1, 2]]))},
        {"type": "Feature", "properties": null, "geometry": null},
    ]});
    let features = read(format!("\u{feff}{text}").as_bytes(), &Limits::default()).unwrap();
    assert_eq!(features.len(), 2);
    assert_eq!(features[0].properties["code"], "G01");
    let expected = polygon![(x: 1.0, y: 2.0), (x: 3.0, y: 2.0), (x: 3.0, y: 4.5)];
    assert_eq!(features[0].shape, Some(expected.into()));
    assert_eq!(features[1].shape, None);
}

#[test]
fn a_single_feature_and_a_bare_geometry_are_read_too() {
    let geometry = polygon_of(json!([[1, 2], [3, 2], [3, 4], [1, 2]]));
    let feature = json!({"type": "Feature", "geometry": geometry});
    for text in [geometry.to_string(), feature.to_string()] {
        assert_eq!(read(text.as_bytes(), &Limits::default()).unwrap().len(), 1);
    }
}

#[test]
fn every_bad_feature_is_named() {
    let good = json!({"type": "Feature", "geometry": null});
    let point = json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}});
    let text = json!({"type": "FeatureCollection", "features": [point, good, 7]}).to_string();
    let faults = read(text.as_bytes(), &Limits::default()).unwrap_err();
    let places: Vec<Option<usize>> = faults.iter().map(|fault| fault.feature).collect();
    assert_eq!(places, [Some(0), Some(2)]);
    assert_eq!(faults[0].wrong, Wrong::NotAnArea("Point".to_owned()));
    assert_eq!(
        faults[0].to_string(),
        "feature 1: the geometry is a Point, not a Polygon or MultiPolygon"
    );
}

#[test]
fn a_feature_with_a_bad_boundary_still_tells_its_members_and_each_kind_of_fault_once() {
    let open_and_swapped = json!([[30.6, 103.6], [30.7, 103.6], [999, 1], [998, 1]]);
    let bad = json!({"type": "Feature", "properties": {"code": "G01"}, "geometry": polygon_of(open_and_swapped)});
    let text = json!({"type": "FeatureCollection", "features": [bad, 7]}).to_string();
    let sights = read_each(text.as_bytes(), &Limits::default()).unwrap();
    let sight = sights[0].as_ref().unwrap();
    assert_eq!(sight.properties["code"], "G01");
    let wrongs = sight.shape.as_ref().unwrap_err();
    assert!(
        matches!(
            wrongs.as_slice(),
            [
                Wrong::Swapped { .. },
                Wrong::OutOfRange { .. },
                Wrong::RingOpen { .. }
            ]
        ),
        "{wrongs:?}"
    );
    assert!(matches!(sights[1], Err(Wrong::NotGeoJson(_))));
}

#[test]
fn a_file_that_is_too_long_is_not_even_looked_at() {
    let limits = Limits {
        bytes: 10,
        ..Limits::default()
    };
    let fault = Fault {
        feature: None,
        wrong: Wrong::TooLong { most: 10 },
    };
    assert_eq!(read(b"no json, and long", &limits), Err(vec![fault]));
    assert_eq!(
        read_shape("no json, and long", &limits),
        Err(Wrong::TooLong { most: 10 })
    );
}

#[test]
fn a_boundary_with_too_many_vertices_is_refused() {
    let ring = json!([[1, 2], [3, 2], [3, 4], [1, 2]]);
    let text = json!({"type": "MultiPolygon", "coordinates": [[ring], [ring]]}).to_string();
    let limits = Limits {
        vertices: 7,
        ..Limits::default()
    };
    assert_eq!(
        read_shape(&text, &limits),
        Err(Wrong::TooManyVertices { most: 7 })
    );
    assert!(
        read_shape(
            &text,
            &Limits {
                vertices: 8,
                ..limits
            }
        )
        .is_ok()
    );
}

#[test]
fn rings_are_closed_and_have_three_corners() {
    let open = wrong_with(polygon_of(json!([[1, 2], [3, 2], [3, 4], [1, 4]])));
    assert_eq!(
        open,
        Wrong::RingOpen {
            start: Coord { x: 1.0, y: 2.0 }
        }
    );
    for ring in [json!([]), json!([[1, 2]]), json!([[1, 2], [3, 2], [1, 2]])] {
        assert_eq!(wrong_with(polygon_of(ring)), Wrong::TooFewCorners);
    }
    assert_eq!(
        wrong_with(json!({"type": "Polygon", "coordinates": []})),
        Wrong::TooFewCorners
    );
    assert_eq!(
        wrong_with(json!({"type": "MultiPolygon", "coordinates": []})),
        Wrong::TooFewCorners
    );
}

#[test]
fn positions_are_degrees_with_longitude_first() {
    let with = |position: serde_json::Value| {
        wrong_with(polygon_of(json!([position, [3, 2], [3, 4], position])))
    };
    assert_eq!(with(json!([1])), Wrong::NotAPosition);
    assert_eq!(
        with(json!([30.63, 103.67])),
        Wrong::Swapped {
            at: Coord {
                x: 30.63,
                y: 103.67
            }
        }
    );
    assert_eq!(
        with(json!([411_000, 3_390_000])),
        Wrong::OutOfRange {
            at: Coord {
                x: 411_000.0,
                y: 3_390_000.0
            }
        }
    );
    assert_eq!(
        with(json!([1, -90.5])),
        Wrong::OutOfRange {
            at: Coord { x: 1.0, y: -90.5 }
        }
    );
    assert!(matches!(with(json!(["1", 2])), Wrong::NotGeoJson(_)));
}

#[test]
fn numbers_beyond_all_bounds_are_refused() {
    let text = r#"{"type":"Polygon","coordinates":[[[1e999,2],[3,2],[3,4],[1e999,2]]]}"#;
    assert!(read_shape(text, &Limits::default()).is_err());
}

#[test]
fn another_coordinate_system_is_refused() {
    let with = |name: &str| {
        let text = json!({"type": "FeatureCollection", "features": [], "crs": {"type": "name", "properties": {"name": name}}});
        read(text.to_string().as_bytes(), &Limits::default())
    };
    assert_eq!(with("urn:ogc:def:crs:OGC:1.3:CRS84"), Ok(vec![]));
    assert_eq!(with("urn:ogc:def:crs:EPSG::4490"), Ok(vec![]));
    let wrong = Wrong::CoordinateSystem("urn:ogc:def:crs:EPSG::4544".to_owned());
    assert_eq!(
        with("urn:ogc:def:crs:EPSG::4544"),
        Err(vec![Fault {
            feature: None,
            wrong
        }])
    );
}

#[test]
fn text_that_stops_to_be_json_is_told_with_its_line() {
    for (text, line, character) in [
        ("", 1, 0),
        ("\u{0}", 1, 1),
        ("{\"type\":\"FeatureCollection\",\n\"features\":[}", 2, 13),
    ] {
        let faults = read(text.as_bytes(), &Limits::default()).unwrap_err();
        let wrong = Wrong::Broken { line, character };
        assert_eq!(faults[0].wrong, wrong, "{text}");
    }
}

#[test]
fn what_is_no_geojson_says_so() {
    for text in [
        "{}",
        "[]",
        "{\"type\":\"FeatureCollection\"}",
        "{\"type\":\"Polygon\"}",
    ] {
        let faults = read(text.as_bytes(), &Limits::default()).unwrap_err();
        assert!(
            matches!(faults[0].wrong, Wrong::NotGeoJson(_)),
            "{text}: {faults:?}"
        );
    }
}

#[test]
fn a_text_of_a_million_brackets_is_refused_without_harm() {
    let text = "[".repeat(1_000_000);
    assert!(read(text.as_bytes(), &Limits::default()).is_err());
}
