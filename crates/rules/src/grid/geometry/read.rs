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
    /// No whole JSON.
    #[error("the JSON breaks in line {line} at character {character}")]
    Broken {
        /// The line, from 1.
        line: usize,
        /// The character of the line.
        character: usize,
    },
    /// JSON that is no GeoJSON.
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

/// One feature as far as it could be read: a bad boundary hides nothing of what its members say.
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    /// Its members, not yet looked at.
    pub properties: Map<String, Value>,
    /// Its boundary (`None` when the file gives a grid without geometry), or what is wrong with it: each kind once, where it
    /// stands first.
    pub shape: Result<Option<MultiPolygon>, Vec<Wrong>>,
}

/// Reads every feature as far as it can be read, for whoever wants to tell everything that is wrong with a file at once.
///
/// # Errors
/// What is wrong with the whole file. In place of a feature: why it is none.
pub fn read_each(text: &[u8], limits: &Limits) -> Result<Vec<Result<Sight, Wrong>>, Wrong> {
    let features = features_of(text, limits)?;
    Ok(features
        .into_iter()
        .map(|value| feature(value, limits))
        .collect())
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
    let features = read_each(text, limits).map_err(whole)?;
    let mut good = Vec::new();
    let mut faults = Vec::new();
    for (at, sight) in features.into_iter().enumerate() {
        match sight.and_then(whole_feature) {
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

fn whole_feature(sight: Sight) -> Result<Feature, Wrong> {
    Ok(Feature {
        properties: sight.properties,
        shape: sight.shape.map_err(first)?,
    })
}

/// Reads one bare Polygon or MultiPolygon, as `write` writes it.
///
/// # Errors
/// The first thing that is wrong.
pub fn read_shape(text: &str, limits: &Limits) -> Result<MultiPolygon, Wrong> {
    shape(json(text.as_bytes(), limits)?, limits).map_err(first)
}

/// The first of several; a boundary that is refused has at least one.
fn first(wrongs: Vec<Wrong>) -> Wrong {
    let first = wrongs.into_iter().next();
    first.unwrap_or(Wrong::TooFewCorners)
}

fn json(text: &[u8], limits: &Limits) -> Result<Value, Wrong> {
    if text.len() > limits.bytes {
        return Err(Wrong::TooLong { most: limits.bytes });
    }
    // some Windows programs put a byte order mark before the text
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    serde_json::from_slice(text).map_err(|error| Wrong::Broken {
        line: error.line(),
        character: error.column(),
    })
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

fn feature(mut value: Value, limits: &Limits) -> Result<Sight, Wrong> {
    if value.get("type").and_then(Value::as_str) != Some("Feature") {
        return Err(Wrong::NotGeoJson("a feature that is none".to_owned()));
    }
    let properties = match value.get_mut("properties").map(Value::take) {
        Some(Value::Object(properties)) => properties,
        Some(Value::Null) | None => Map::new(),
        Some(_) => return Err(Wrong::NotGeoJson("properties are not an object".to_owned())),
    };
    let shape = match value.get_mut("geometry").map(Value::take) {
        Some(Value::Null) | None => Ok(None),
        Some(geometry) => shape(geometry, limits).map(Some),
    };
    Ok(Sight { properties, shape })
}

type Ring = Vec<Vec<f64>>;

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Area {
    Polygon { coordinates: Vec<Ring> },
    MultiPolygon { coordinates: Vec<Vec<Ring>> },
}

fn shape(geometry: Value, limits: &Limits) -> Result<MultiPolygon, Vec<Wrong>> {
    let polygons = area(geometry, limits).map_err(|wrong| vec![wrong])?;
    let mut wrongs = Vec::new();
    let shape = polygons
        .iter()
        .filter_map(|rings| polygon(rings, &mut wrongs))
        .collect();
    if wrongs.is_empty() {
        Ok(shape)
    } else {
        Err(wrongs)
    }
}

/// The rings of an area, not yet looked at.
fn area(geometry: Value, limits: &Limits) -> Result<Vec<Vec<Ring>>, Wrong> {
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
    Ok(polygons)
}

/// A polygon; what is wrong with its rings is added to `wrongs`, each kind once.
fn polygon(rings: &[Ring], wrongs: &mut Vec<Wrong>) -> Option<Polygon> {
    if rings.is_empty() {
        tell(Wrong::TooFewCorners, wrongs);
    }
    let mut lines = Vec::new();
    for positions in rings {
        lines.push(ring(positions, wrongs));
    }
    let mut lines = lines.into_iter();
    let exterior = lines.next()??;
    Some(Polygon::new(exterior, lines.collect::<Option<_>>()?))
}

fn ring(positions: &[Vec<f64>], wrongs: &mut Vec<Wrong>) -> Option<LineString> {
    let mut coords = Vec::with_capacity(positions.len());
    for numbers in positions {
        match position(numbers) {
            Ok(at) => coords.push(at),
            Err(wrong) => tell(wrong, wrongs),
        }
    }
    // whether a ring is closed is seen on positions as they are written, wrong ones included
    let (Some(first), Some(last)) = (positions.first(), positions.last()) else {
        tell(Wrong::TooFewCorners, wrongs);
        return None;
    };
    if first.get(..2) != last.get(..2) {
        if let [x, y, ..] = **first {
            let start = Coord { x, y };
            tell(Wrong::RingOpen { start }, wrongs);
        }
        return None;
    }
    if positions.len() < 4 {
        tell(Wrong::TooFewCorners, wrongs);
        return None;
    }
    (coords.len() == positions.len()).then(|| LineString::new(coords))
}

/// Adds a kind of fault that was not told before.
fn tell(wrong: Wrong, wrongs: &mut Vec<Wrong>) {
    let kind = std::mem::discriminant(&wrong);
    if wrongs.iter().all(|one| std::mem::discriminant(one) != kind) {
        wrongs.push(wrong);
    }
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
