//! The blanks of a form, as data: what stands in them comes from the settings that hold, or from what was typed before.

use rules::case::Unit;
use rules::settings::{Field, Kind, LINES_MAX, Measure, Settings};
use serde_json::Value;

use super::words::{key, label, say};
use crate::case::{Choice, Group, categories};
use crate::form::Fields;
use crate::locale::Text;
use crate::workbench::Office;

/// Blank lines that a list offers beside those it has.
const SPARE: usize = 3;

/// One setting as it is asked.
pub(super) struct Asked {
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    /// The default, in words.
    pub usual: String,
    pub blank: Blank,
}

/// How it is asked.
pub(super) enum Blank {
    /// A number and the unit of time.
    Limit { n: String, units: Vec<Choice> },
    /// A number with its unit in words.
    Number {
        value: String,
        unit: String,
        least: u16,
        most: u16,
    },
    /// A line.
    Line { value: String },
    /// Several lines.
    Area { value: String },
    /// A list, line by line.
    Rows { rows: Vec<Row> },
}

/// A line of a list.
pub(super) struct Row {
    pub label: String,
    pub cells: Vec<Cell>,
}

/// A blank in a line.
pub(super) struct Cell {
    pub name: String,
    pub label: String,
    pub what: What,
}

/// What a cell takes.
pub(super) enum What {
    Groups(Vec<Group>),
    Choices(Vec<Choice>),
    Text(String),
    Number(String),
}

/// Where the present content of blanks comes from.
pub(super) enum Filled<'a> {
    /// What holds.
    Kept(Vec<(String, String)>),
    /// What was typed.
    Typed(&'a Fields),
}

impl Filled<'_> {
    /// With what the settings say about some fields.
    pub fn kept(fields: impl Iterator<Item = &'static Field>, settings: &Settings) -> Self {
        let texts = fields.flat_map(|field| texts(field, &field.value(settings)));
        Filled::Kept(texts.collect())
    }

    fn get(&self, name: &str) -> String {
        match self {
            Self::Kept(pairs) => {
                let found = pairs.iter().find(|(of, _)| of == name);
                found.map(|(_, text)| text.clone()).unwrap_or_default()
            }
            Self::Typed(fields) => fields.raw(name).unwrap_or_default().to_owned(),
        }
    }
}

/// Asks one setting.
pub(super) fn ask(office: &Office, field: &'static Field, filled: &Filled<'_>) -> Asked {
    let t = office.page.t;
    let hint = format!("{}-hint", key(field));
    Asked {
        name: field.name,
        label: label(t, field),
        hint: if t.has(&hint) {
            t.text(hint)
        } else {
            String::new()
        },
        usual: say(office, field, &field.value(&Settings::default())),
        blank: blank(office, field, filled),
    }
}

fn blank(office: &Office, field: &Field, filled: &Filled<'_>) -> Blank {
    let t = office.page.t;
    let here = filled.get(field.name);
    match field.kind {
        Kind::Limit | Kind::LimitOrNone => Blank::Limit {
            n: here,
            units: units(t, &filled.get(&format!("{}.unit", field.name))),
        },
        Kind::Number { of, least, most } => Blank::Number {
            value: here,
            unit: unit(t, of),
            least,
            most,
        },
        Kind::Phone => Blank::Line { value: here },
        Kind::Words | Kind::Families => Blank::Area { value: here },
        Kind::Codes | Kind::Lanes | Kind::Visits | Kind::Disputes => {
            let columns = columns(field.kind);
            let used = |n: &usize| {
                let cell = |column: &&str| !filled.get(&cell_name(field, *n, column)).is_empty();
                // a unit is chosen on blank lines, too
                columns.iter().filter(|one| **one != "unit").any(cell)
            };
            let used = (0..LINES_MAX).rev().find(used).map_or(0, |n| n + 1);
            let rows = 0..(used + SPARE).min(LINES_MAX);
            Blank::Rows {
                rows: rows.map(|n| row(office, field, n, filled)).collect(),
            }
        }
    }
}

/// The columns of a list, by their names.
pub(super) const fn columns(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Codes => &["category"],
        Kind::Lanes => &["category", "department"],
        Kind::Visits => &["category", "sample", "within", "unit"],
        Kind::Disputes => &["code", "name"],
        _ => &[],
    }
}

/// A cell's name in the form.
pub(super) fn cell_name(field: &Field, n: usize, column: &str) -> String {
    format!("{}.{n}.{column}", field.name)
}

/// Every name that a form with this setting can send.
pub(super) fn names(field: &Field) -> Vec<String> {
    match field.kind {
        Kind::Limit | Kind::LimitOrNone => {
            vec![field.name.to_owned(), format!("{}.unit", field.name)]
        }
        kind if columns(kind).is_empty() => vec![field.name.to_owned()],
        kind => (0..LINES_MAX)
            .flat_map(|n| {
                columns(kind)
                    .iter()
                    .map(move |one| cell_name(field, n, one))
            })
            .collect(),
    }
}

fn row(office: &Office, field: &Field, n: usize, filled: &Filled<'_>) -> Row {
    let t = office.page.t;
    let cell = |column: &&'static str| {
        let name = cell_name(field, n, column);
        let text = filled.get(&name);
        let what = match *column {
            "category" => What::Groups(with(categories(office, &text), &text)),
            "department" => What::Choices(departments(office, &text)),
            "unit" => What::Choices(units(t, &text)),
            "sample" | "within" => What::Number(text),
            _ => What::Text(text),
        };
        Cell {
            label: t.text(format!("settings-column-{column}")),
            name,
            what,
        }
    };
    Row {
        label: t.say("settings-row").with("n", n + 1).to_string(),
        cells: columns(field.kind).iter().map(cell).collect(),
    }
}

/// A code that the catalogue has lost stays chosen, so that saving a page loses nothing.
fn with(mut groups: Vec<Group>, code: &str) -> Vec<Group> {
    let there = groups
        .iter()
        .flat_map(|group| &group.choices)
        .any(|choice| choice.value == code);
    if !code.is_empty() && !there {
        let choices = vec![Choice::new(code, code).chosen(true)];
        let label = code.to_owned();
        groups.push(Group { label, choices });
    }
    groups
}

fn departments(office: &Office, chosen: &str) -> Vec<Choice> {
    let mut all: Vec<_> = office.net.departments().collect();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    let mut choices: Vec<Choice> = all
        .into_iter()
        .map(|one| Choice::new(one.code.as_str(), one.name.as_str()).chosen(one.code == chosen))
        .collect();
    if !chosen.is_empty() && !choices.iter().any(|choice| choice.chosen) {
        choices.push(Choice::new(chosen, chosen).chosen(true));
    }
    choices
}

/// The units of time limits, by the names they have in JSON.
pub(super) const UNITS: [(&str, Unit); 7] = [
    ("minute", Unit::Minute),
    ("urgent_hour", Unit::UrgentHour),
    ("urgent_day", Unit::UrgentDay),
    ("work_hour", Unit::WorkHour),
    ("work_day", Unit::WorkDay),
    ("legal_day", Unit::LegalDay),
    ("natural_day", Unit::NaturalDay),
];

fn units(t: Text, chosen: &str) -> Vec<Choice> {
    let chosen = if chosen.is_empty() {
        "work_day"
    } else {
        chosen
    };
    let choice = |(name, _): &(&'static str, Unit)| {
        Choice::new(*name, t.text(format!("settings-unit-{name}"))).chosen(*name == chosen)
    };
    UNITS.iter().map(choice).collect()
}

/// A measure's unit.
fn unit(t: Text, of: Measure) -> String {
    t.text(format!("settings-unit-{of}"))
}

/// What the blanks of a setting hold when it has this value.
fn texts(field: &Field, value: &Value) -> Vec<(String, String)> {
    let name = || field.name.to_owned();
    match field.kind {
        Kind::Limit | Kind::LimitOrNone => limit(field.name, "", value),
        Kind::Number { .. } | Kind::Phone => vec![(name(), plain(value))],
        Kind::Words => vec![(name(), lines(value, plain))],
        Kind::Families => {
            let family = |codes: &Value| {
                let codes = codes.as_array().into_iter().flatten();
                codes.map(plain).collect::<Vec<_>>().join(" ")
            };
            vec![(name(), lines(value, family))]
        }
        kind => {
            let rows = value.as_array().into_iter().flatten().enumerate();
            rows.flat_map(|(n, row)| cells(field, kind, n, row))
                .collect()
        }
    }
}

fn cells(field: &Field, kind: Kind, n: usize, row: &Value) -> Vec<(String, String)> {
    if kind == Kind::Codes {
        return vec![(cell_name(field, n, "category"), plain(row))];
    }
    let simple = columns(kind)
        .iter()
        .filter(|one| !matches!(**one, "within" | "unit"));
    let mut cells: Vec<_> = simple
        .map(|one| (cell_name(field, n, one), plain(&row[*one])))
        .collect();
    if kind == Kind::Visits {
        let at = format!("{}.{n}", field.name);
        cells.extend(limit(&at, ".within", &row["within"]));
    }
    cells
}

/// `{at}{own}` holds the number, `{at}.unit` the unit.
fn limit(at: &str, own: &str, value: &Value) -> Vec<(String, String)> {
    let pair = |name: String, part: &str| (name, plain(&value[part]));
    vec![
        pair(format!("{at}{own}"), "n"),
        pair(format!("{at}.unit"), "unit"),
    ]
}

fn lines(value: &Value, line: impl Fn(&Value) -> String) -> String {
    let all = value.as_array().into_iter().flatten();
    all.map(line).collect::<Vec<_>>().join("\n")
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
