//! Reads GeoJSON (RFC 7946) and lists everything that is wrong with it, feature by feature.

use geo::{Coord, LineString, MultiPolygon, Polygon};
use serde::Deserialize;
use serde_json::{Map, Value};

/// What a file may be at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole text.
    pub bytes: usize,
    /// Vertices of one feature, closing ones included.
    pub vertices: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 5 * 1024 * 1024,
            vertices: 50_000,
        }
    }
}

/// One feature as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Its members, not yet looked at.
    pub properties: Map<String, Value>,
    /// Its boundary; `None` when the file gives a grid without geometry.
    pub shape: Option<MultiPolygon>,
}

/// What is wrong and where.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}{wrong}", .feature.map(|at| format!("feature {}: ", at + 1)).unwrap_or_default())]
pub struct Fault {
    /// Which feature, from 0; `None` when it is the whole file.
    pub feature: Option<usize>,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What can be wrong with a file or a feature.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Wrong {
    /// More bytes than allowed.
    #[error("the file has more than {most} bytes")]
    TooLong {
        /// The limit.
        most: usize,
    },
    /// No JSON, or JSON that is no GeoJSON.
    #[error("this is not GeoJSON: {0}")]
    NotGeoJson(String),
    /// A coordinate system that is neither WGS-84 nor CGCS2000 in degrees.
    #[error("the coordinate system is {0}, not WGS-84 or CGCS2000 in degrees")]
    CoordinateSystem(String),
    /// A geometry that is no area.
    #[error("the geometry is a {0}, not a Polygon or MultiPolygon")]
    NotAnArea(String),
    /// More vertices than allowed.
    #[error("the boundary has more than {most} vertices")]
    TooManyVertices {
        /// The limit.
        most: usize,
    },
    /// An area without any ring, or a ring with fewer than three different corners.
    #[error("a ring has fewer than three corners")]
    TooFewCorners,
    /// A ring whose last vertex is not its first.
    #[error("a ring is not closed: it begins at {}, {} and ends elsewhere", .start.x, .start.y)]
    RingOpen {
        /// Where the ring begins.
        start: Coord,
    },
    /// A position with fewer than two numbers, or with one that is not finite.
    #[error("a position is not a pair of numbers")]
    NotAPosition,
    /// A position that is no place on earth in degrees.
    #[error("{}, {} is no place on earth in degrees", .at.x, .at.y)]
    OutOfRange {
        /// The position as it was written.
        at: Coord,
    },
    /// Latitude before longitude, as far as one can see: the place would be in China the other way round.
    #[error("{}, {} looks like latitude before longitude", .at.x, .at.y)]
    Swapped {
        /// The position as it was written.
        at: Coord,
    },
}

/// Reads a `FeatureCollection`, a `Feature` or a bare geometry.
///
/// # Errors
/// Everything that is wrong, one fault per feature; no feature is handed out then.
pub fn read(text: &[u8], limits: &Limits) -> Result<Vec<Feature>, Vec<Fault>> {
    let whole = |wrong| {
        vec![Fault {
            feature: None,
            wrong,
        }]
    };
    let features = features_of(text, limits).map_err(whole)?;
    let mut good = Vec::new();
    let mut faults = Vec::new();
    for (at, value) in features.into_iter().enumerate() {
        match feature(value, limits) {
            Ok(feature) => good.push(feature),
            Err(wrong) => faults.push(Fault {
                feature: Some(at),
                wrong,
            }),
        }
    }
    if faults.is_empty() {
        Ok(good)
    } else {
        Err(faults)
    }
}

/// Reads one bare Polygon or MultiPolygon, as `write` writes it.
///
/// # Errors
/// The first thing that is wrong.
pub fn read_shape(text: &str, limits: &Limits) -> Result<MultiPolygon, Wrong> {
    shape(json(text.as_bytes(), limits)?, limits)
}

fn json(text: &[u8], limits: &Limits) -> Result<Value, Wrong> {
    if text.len() > limits.bytes {
        return Err(Wrong::TooLong { most: limits.bytes });
    }
    // some Windows programs put a byte order mark before the text
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    serde_json::from_slice(text).map_err(|error| Wrong::NotGeoJson(error.to_string()))
}

fn features_of(text: &[u8], limits: &Limits) -> Result<Vec<Value>, Wrong> {
    let mut value = json(text, limits)?;
    check_system(&value)?;
    match value.get("type").and_then(Value::as_str) {
        Some("FeatureCollection") => match value.get_mut("features").map(Value::take) {
            Some(Value::Array(features)) => Ok(features),
            _ => Err(Wrong::NotGeoJson(
                "a FeatureCollection without features".to_owned(),
            )),
        },
        Some("Feature") => Ok(vec![value]),
        Some(_) => {
            let mut feature = Map::new();
            feature.insert("type".to_owned(), "Feature".into());
            feature.insert("geometry".to_owned(), value);
            Ok(vec![feature.into()])
        }
        None => Err(Wrong::NotGeoJson("no member \"type\"".to_owned())),
    }
}

/// Older files name their coordinate system; RFC 7946 knows only WGS-84.
fn check_system(value: &Value) -> Result<(), Wrong> {
    let Some(system) = value.get("crs").filter(|system| !system.is_null()) else {
        return Ok(());
    };
    let name = system
        .pointer("/properties/name")
        .and_then(Value::as_str)
        .unwrap_or("unknown");
    let known = ["CRS84", ":4326", ":4490"];
    if known.iter().any(|end| name.ends_with(end)) {
        Ok(())
    } else {
        Err(Wrong::CoordinateSystem(name.to_owned()))
    }
}

fn feature(mut value: Value, limits: &Limits) -> Result<Feature, Wrong> {
    if value.get("type").and_then(Value::as_str) != Some("Feature") {
        return Err(Wrong::NotGeoJson("a feature that is none".to_owned()));
    }
    let properties = match value.get_mut("properties").map(Value::take) {
        Some(Value::Object(properties)) => properties,
        Some(Value::Null) | None => Map::new(),
        Some(_) => return Err(Wrong::NotGeoJson("properties are not an object".to_owned())),
    };
    let shape = match value.get_mut("geometry").map(Value::take) {
        Some(Value::Null) | None => None,
        Some(geometry) => Some(shape(geometry, limits)?),
    };
    Ok(Feature { properties, shape })
}

type Ring = Vec<Vec<f64>>;

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Area {
    Polygon { coordinates: Vec<Ring> },
    MultiPolygon { coordinates: Vec<Vec<Ring>> },
}

fn shape(geometry: Value, limits: &Limits) -> Result<MultiPolygon, Wrong> {
    match geometry.get("type").and_then(Value::as_str) {
        Some("Polygon" | "MultiPolygon") => {}
        Some(other) => return Err(Wrong::NotAnArea(other.chars().take(40).collect())),
        None => return Err(Wrong::NotGeoJson("a geometry without type".to_owned())),
    }
    let area = Area::deserialize(geometry).map_err(|error| Wrong::NotGeoJson(error.to_string()))?;
    let polygons = match area {
        Area::Polygon { coordinates } => vec![coordinates],
        Area::MultiPolygon { coordinates } => coordinates,
    };
    if polygons.iter().flatten().map(Vec::len).sum::<usize>() > limits.vertices {
        return Err(Wrong::TooManyVertices {
            most: limits.vertices,
        });
    }
    if polygons.is_empty() {
        return Err(Wrong::TooFewCorners);
    }
    polygons.iter().map(|rings| polygon(rings)).collect()
}

fn polygon(rings: &[Ring]) -> Result<Polygon, Wrong> {
    let mut rings = rings.iter().map(|positions| ring(positions));
    let exterior = rings.next().ok_or(Wrong::TooFewCorners)??;
    Ok(Polygon::new(exterior, rings.collect::<Result<_, _>>()?))
}

fn ring(positions: &[Vec<f64>]) -> Result<LineString, Wrong> {
    let coords = positions
        .iter()
        .map(|numbers| position(numbers))
        .collect::<Result<Vec<Coord>, _>>()?;
    let (Some(first), Some(last)) = (coords.first(), coords.last()) else {
        return Err(Wrong::TooFewCorners);
    };
    if first != last {
        return Err(Wrong::RingOpen { start: *first });
    }
    if coords.len() < 4 {
        return Err(Wrong::TooFewCorners);
    }
    Ok(LineString::new(coords))
}

/// A third number is a height, which grids do not have; it is dropped.
fn position(numbers: &[f64]) -> Result<Coord, Wrong> {
    let [x, y, ..] = *numbers else {
        return Err(Wrong::NotAPosition);
    };
    if !x.is_finite() || !y.is_finite() {
        return Err(Wrong::NotAPosition);
    }
    let at = Coord { x, y };
    if (3.0..=54.0).contains(&x) && (73.0..=136.0).contains(&y) {
        return Err(Wrong::Swapped { at });
    }
    let on_earth = (-180.0..=180.0).contains(&x) && (-90.0..=90.0).contains(&y);
    if on_earth {
        Ok(at)
    } else {
        Err(Wrong::OutOfRange { at })
    }
}

#[cfg(test)]
mod tests;
