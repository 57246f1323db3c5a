//! Writes the ground as one GeoJSON file, one feature a line so that changes are easy to see. Never reads any.

use super::grid::{Grid, Ground, Level, Scheme};
use serde::Serialize;

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    properties: Properties<'a>,
    geometry: Geometry<'a>,
}

#[derive(Serialize)]
struct Properties<'a> {
    code: &'a str,
    name: &'a str,
    level: Level,
    scheme: Scheme,
    parent: Option<&'a str>,
    households: usize,
    #[serde(rename = "示例")]
    example: bool,
}

#[derive(Serialize)]
struct Geometry<'a> {
    r#type: &'static str,
    coordinates: [&'a [[f64; 2]]; 1],
}

/// The ground as a GeoJSON `FeatureCollection` (RFC 7946, WGS-84), one `Polygon` per grid, parents before children.
///
/// # Errors
/// What `serde_json` reports; a coordinate that is no number would be such a case.
pub fn geojson(ground: &Ground) -> Result<String, serde_json::Error> {
    let lines: Result<Vec<String>, _> = ground
        .grids
        .iter()
        .map(|grid| serde_json::to_string(&feature(grid)))
        .collect();
    Ok(format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n",
        lines?.join(",\n")
    ))
}

fn feature(grid: &Grid) -> Feature<'_> {
    Feature {
        r#type: "Feature",
        properties: Properties {
            code: &grid.code,
            name: &grid.name,
            level: grid.level,
            scheme: grid.scheme,
            parent: grid.parent.as_deref(),
            households: grid.households,
            example: true,
        },
        geometry: Geometry {
            r#type: "Polygon",
            coordinates: [&grid.ring],
        },
    }
}
