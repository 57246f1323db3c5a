//! Grids out of GeoJSON: properties `code`, `name`, `level`, `scheme`, `parent`, `households`, WGS-84 borders.

use rules::grid::geometry::{Fault, Limits, Wrong, read as read_features};
use serde_json::{Map, Value};

use super::draft::{Draft, Place, Texts};
use crate::import::Problem;

const FIELDS: [&str; 6] = ["code", "name", "level", "scheme", "parent", "households"];

/// The grids of a file, and what to warn of.
///
/// # Errors
/// Everything that is wrong with features and properties.
pub(super) fn read(file: &[u8]) -> Result<(Vec<Draft>, Vec<Problem>), Vec<Problem>> {
    let features = read_features(file, &Limits::default());
    let features = features.map_err(|faults| faults.iter().map(problem).collect::<Vec<_>>())?;
    let (mut drafts, mut problems) = (Vec::new(), Vec::new());
    for (index, feature) in features.into_iter().enumerate() {
        let texts = FIELDS.map(|field| text(&feature.properties, field));
        let texts = Texts {
            place: Place {
                sheet: None,
                number: index + 1,
            },
            fields: FIELDS,
            texts: [0, 1, 2, 3, 4, 5].map(|at| texts[at].as_str()),
        };
        drafts.extend(texts.draft(feature.shape, &mut problems));
    }
    if problems.is_empty() {
        Ok((drafts, problems))
    } else {
        Err(problems)
    }
}

fn text(properties: &Map<String, Value>, field: &str) -> String {
    match properties.get(field) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(other) => other.to_string(),
    }
}

fn problem(fault: &Fault) -> Problem {
    let code = match fault.wrong {
        Wrong::TooLong { .. } => "file-too-large",
        Wrong::NotGeoJson(_) => "not-geojson",
        Wrong::CoordinateSystem(_) => "coordinate-system",
        Wrong::NotAnArea(_) => "not-an-area",
        Wrong::TooManyVertices { .. } => "too-many-vertices",
        Wrong::TooFewCorners => "too-few-corners",
        Wrong::RingOpen { .. } => "ring-open",
        Wrong::NotAPosition => "not-a-position",
        Wrong::OutOfRange { .. } => "position-out-of-range",
        Wrong::Swapped { .. } => "position-swapped",
    };
    let problem = match fault.feature {
        Some(at) => Problem::row(at + 1, "geometry", code),
        None => Problem::file(code),
    };
    problem.with("why", &fault.wrong)
}
