//! Grids out of GeoJSON: properties `code`, `name`, `level`, `scheme`, `parent`, `households`, WGS-84 borders.

use std::collections::HashSet;

use geo::{Coord, MultiPolygon};
use rules::grid::geometry::{Limits, Wrong, read_each};
use rules::privacy::is_denied;
use serde_json::{Map, Value};

use super::draft::{Found, Place, Said, Texts};
use crate::import::Problem;
use crate::import::table::is_silent;

const FIELDS: [&str; 6] = ["code", "name", "level", "scheme", "parent", "households"];

/// The grids of a file as far as they can be read, with everything that is wrong with them.
///
/// # Errors
/// Why nothing of the file can be read.
pub(super) fn read(file: &[u8]) -> Result<Found, Vec<Problem>> {
    let features = read_each(file, &Limits::default());
    let features = features.map_err(|wrong| vec![whole(&wrong)])?;
    let (mut drafts, mut problems, mut told) = (Vec::new(), Vec::new(), HashSet::new());
    let mut torn = false;
    for (index, feature) in features.into_iter().enumerate() {
        let number = index + 1;
        let sight = match feature {
            Ok(sight) => sight,
            Err(wrong) => {
                problems.push(of_feature(number, &wrong));
                torn = true;
                continue;
            }
        };
        strangers(&sight.properties, number, &mut told, &mut problems);
        let border = border(sight.shape, number, &mut problems);
        let texts = FIELDS.map(|field| text(&sight.properties, field));
        let texts = Texts {
            place: Place {
                sheet: None,
                number,
                fields: FIELDS.map(str::to_owned),
            },
            texts: [0, 1, 2, 3, 4, 5].map(|at| texts[at].as_str()),
            lacking: [false; 6],
        };
        drafts.push(texts.draft(border, &mut problems));
    }
    Ok(Found {
        drafts,
        problems,
        torn,
    })
}

fn border(
    shape: Result<Option<MultiPolygon>, Vec<Wrong>>,
    number: usize,
    problems: &mut Vec<Problem>,
) -> Said<MultiPolygon> {
    match shape {
        Ok(shape) => shape.map_or(Said::Nothing, Said::This),
        Err(wrongs) => {
            problems.extend(wrongs.iter().map(|wrong| of_feature(number, wrong)));
            Said::Unreadable
        }
    }
}

/// Members that nobody asked for are not used; each name is told once, where it stands first.
fn strangers(
    properties: &Map<String, Value>,
    number: usize,
    told: &mut HashSet<String>,
    problems: &mut Vec<Problem>,
) {
    for name in properties.keys() {
        let known = FIELDS.contains(&name.as_str()) || is_silent(name);
        if known || !told.insert(name.clone()) {
            continue;
        }
        let code = if is_denied(name) {
            "column-forbidden"
        } else {
            "column-unknown"
        };
        problems.push(Problem::row(number, name, code).as_warning());
    }
}

fn text(properties: &Map<String, Value>, field: &str) -> String {
    match properties.get(field) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(other) => other.to_string(),
    }
}

fn whole(wrong: &Wrong) -> Problem {
    match wrong {
        Wrong::Broken { line, .. } => told(Problem::row(*line, "", code_of(wrong)), wrong),
        _ => told(Problem::file(code_of(wrong)), wrong),
    }
}

fn of_feature(number: usize, wrong: &Wrong) -> Problem {
    told(Problem::row(number, "geometry", code_of(wrong)), wrong)
}

/// What stands in the file, beside the words that the locales have for it; no sentence of another language. What a library
/// says of an object that does not fit is a matter for programmers.
fn told(problem: Problem, wrong: &Wrong) -> Problem {
    let at = |problem: Problem, at: &Coord| problem.with("lon", at.x).with("lat", at.y);
    match wrong {
        Wrong::TooLong { most } => problem.with("mebibytes", most / (1024 * 1024)),
        Wrong::Broken { character, .. } => problem.with("character", character),
        Wrong::CoordinateSystem(name) | Wrong::NotAnArea(name) => problem.with("text", name),
        Wrong::TooManyVertices { most } => problem.with("most", most),
        Wrong::RingOpen { start } => at(problem, start),
        Wrong::OutOfRange { at: here } | Wrong::Swapped { at: here } => at(problem, here),
        Wrong::NotGeoJson(_) | Wrong::TooFewCorners | Wrong::NotAPosition => problem,
    }
}

fn code_of(wrong: &Wrong) -> &'static str {
    match wrong {
        Wrong::TooLong { .. } => "file-too-large",
        Wrong::Broken { .. } => "json-broken",
        Wrong::NotGeoJson(_) => "not-geojson",
        Wrong::CoordinateSystem(_) => "coordinate-system",
        Wrong::NotAnArea(_) => "not-an-area",
        Wrong::TooManyVertices { .. } => "too-many-vertices",
        Wrong::TooFewCorners => "too-few-corners",
        Wrong::RingOpen { .. } => "ring-open",
        Wrong::NotAPosition => "not-a-position",
        Wrong::OutOfRange { .. } => "position-out-of-range",
        Wrong::Swapped { .. } => "position-swapped",
    }
}
