//! What was typed, as values for the rules. Only its shape is read here: whether a value can be is asked in `rules::settings`.

use rules::settings::{Field, Kind, LINES_MAX};
use serde_json::{Value, json};

use super::blanks::{UNITS, cell_name, columns};
use crate::form::{Fault, Fields};

/// The value typed for a setting.
///
/// # Errors
/// What is wrong with its shape.
pub(super) fn value(field: &Field, fields: &Fields) -> Result<Value, Fault> {
    let text = |name: &str| fields.text(name).unwrap_or_default().to_owned();
    let wrong = |code: &str| Fault::new(field.name, code);
    let unit = format!("{}.unit", field.name);
    match field.kind {
        Kind::Limit | Kind::LimitOrNone => match text(field.name).as_str() {
            "" if field.kind == Kind::LimitOrNone => Ok(Value::Null),
            "" => Err(wrong("field-missing")),
            n => limit(n, &text(&unit)).ok_or_else(|| wrong("setting-number")),
        },
        Kind::Number { .. } => match text(field.name).as_str() {
            "" => Err(wrong("field-missing")),
            n => number(n)
                .map(Value::from)
                .ok_or_else(|| wrong("setting-number")),
        },
        Kind::Phone => Ok(fields
            .text(field.name)
            .map_or(Value::Null, |text| json!(half(text)))),
        Kind::Words => Ok(json!(lines(&text(field.name)))),
        Kind::Families => {
            let family = |line: String| codes(&line);
            Ok(json!(
                lines(&text(field.name))
                    .into_iter()
                    .map(family)
                    .collect::<Vec<_>>()
            ))
        }
        Kind::Codes | Kind::Lanes | Kind::Visits | Kind::Disputes => {
            let rows = (0..LINES_MAX).filter_map(|n| row(field, n, fields).transpose());
            Ok(Value::Array(rows.collect::<Result<_, _>>()?))
        }
    }
}

/// A line of a list; none where nothing is typed.
fn row(field: &Field, n: usize, fields: &Fields) -> Result<Option<Value>, Fault> {
    let cell = |column: &str| {
        let text = fields.text(&cell_name(field, n, column));
        text.unwrap_or_default().to_owned()
    };
    // a unit alone is no line: it is never empty
    let mut said = columns(field.kind).iter().filter(|one| **one != "unit");
    if said.all(|column| cell(column).is_empty()) {
        return Ok(None);
    }
    let wrong = |code: &str| Fault::new(field.name, code).with("n", n + 1);
    let needed = |column: &str| match cell(column) {
        text if text.is_empty() => Err(wrong("setting-half")),
        text => Ok(text),
    };
    Ok(Some(match field.kind {
        Kind::Codes => json!(needed("category")?),
        Kind::Lanes => {
            json!({"category": needed("category")?, "department": needed("department")?})
        }
        Kind::Visits => {
            let sample = number(&needed("sample")?).ok_or_else(|| wrong("setting-number-in"))?;
            let within = match cell("within").as_str() {
                "" => Value::Null,
                n => limit(n, &cell("unit")).ok_or_else(|| wrong("setting-number-in"))?,
            };
            json!({"category": needed("category")?, "sample": sample, "within": within})
        }
        _ => match cell("name") {
            name if name.is_empty() => json!({"code": needed("code")?}),
            name => json!({"code": needed("code")?, "name": name}),
        },
    }))
}

fn limit(n: &str, unit: &str) -> Option<Value> {
    let known = UNITS.iter().any(|(name, _)| *name == unit);
    let n = number(n).filter(|_| known)?;
    Some(json!({"unit": unit, "n": n}))
}

/// A whole number that the rules can look at; the wide digits of Chinese keyboards are digits.
fn number(text: &str) -> Option<u16> {
    half(text).parse().ok()
}

fn half(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0')),
        '－' => Some('-'),
        other => Some(other),
    };
    text.chars().filter_map(narrow).collect()
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn codes(line: &str) -> Vec<String> {
    let parts = line.split(|letter: char| letter.is_whitespace() || ",，、;；".contains(letter));
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
