//! One row of a history file, parsed. Every faulty cell of every row is told, with its column's name.

use std::collections::HashMap;
use std::str::FromStr;

use rules::case::{
    Channel, CommandName, Found, Method, Place, Rating, RedirectReason, Satisfaction, WontFixReason,
};
use rules::ids::{CategoryCode, ConditionCode, Number};
use rules::privacy::is_denied;
use rules::whistle::Urgency;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::super::table::Places;
use super::super::{Problem, table};
use crate::case::{Claimed, CoordinationForm, StepForm, VisitForm, WhistleForm};

/// A row.
pub(super) struct Row {
    /// Its line in the file, the header being line 1.
    pub line: usize,
    pub number: Number,
    pub at: OffsetDateTime,
    pub what: What,
    /// The account that did it, or `reporter`, or `clock`.
    pub actor: String,
}

/// What happened.
pub(super) enum What {
    /// A problem was told.
    Told(Box<Told>),
    /// A step was taken; the number of photos its result has.
    Step(CommandName, Box<StepForm>, u16),
}

/// A telling.
pub(super) struct Told {
    pub channel: Channel,
    pub category: Option<CategoryCode>,
    pub place: Option<Place>,
    pub grid: String,
    pub words: String,
    pub name: Option<String>,
    pub phone: Option<String>,
}

/// A line of the file as far as it can be read: enough to say what does not fit, even where it is no whole row.
pub(super) struct Line {
    /// Its line in the file, the header being line 1.
    pub line: usize,
    /// The number; none where it cannot be read.
    pub number: Option<Number>,
    /// The number as it is written.
    pub written: String,
    /// Who did it, where the line says so.
    pub actor: Option<String>,
    /// The grid of a telling.
    pub grid: Option<String>,
    /// Whether a problem is told in it; none where that cannot be said.
    pub is_report: Option<bool>,
    /// The whole row, if nothing in it is wrong.
    pub row: Option<Row>,
}

/// The lines of a file and what is wrong in their cells.
pub(super) type Lines = (Vec<Line>, Vec<Problem>);

/// The columns without which nothing can be read.
const NEEDED: [&str; 4] = ["number", "occurred_at", "command", "actor"];

/// All columns that are read.
const READ: [&str; 33] = [
    "number",
    "occurred_at",
    "command",
    "actor",
    "channel",
    "category",
    "lon",
    "lat",
    "grid",
    "text",
    "contact_name",
    "contact_phone",
    "outcome",
    "reason",
    "instead",
    "result",
    "answer",
    "to",
    "condition",
    "into",
    "until",
    "left",
    "method",
    "rating",
    "solved",
    "urgency",
    "departments",
    "leads",
    "response",
    "parties",
    "outside",
    "place",
    "photos",
];

/// What is said of columns that nobody reads: those that must never be taken in by name.
fn left_out(header: &csv::StringRecord) -> impl Iterator<Item = Problem> {
    let names = header.iter().map(str::trim);
    let others = names.filter(|name| !name.is_empty() && !READ.contains(name));
    others.map(|name| {
        let denied = is_denied(name);
        let code = if denied {
            "column-forbidden"
        } else {
            "column-unknown"
        };
        Problem::row(1, name, code).as_warning()
    })
}

/// Reads the whole file.
///
/// # Errors
/// Why nothing of it can be read.
pub(super) fn read(file: &[u8]) -> Result<Lines, Vec<Problem>> {
    let whole = |code| vec![Problem::file(code)];
    if file.trim_ascii().is_empty() {
        return Err(whole("file-empty"));
    }
    if file.starts_with(b"PK") || table::is_binary(file) {
        return Err(whole("not-a-history"));
    }
    let text = table::decode(file).map_err(|problem| vec![problem])?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let others: Vec<Problem> = left_out(&header).collect();
    let header: HashMap<String, usize> = (0..)
        .zip(&header)
        .map(|(index, name)| (name.trim().to_owned(), index))
        .collect();
    let missing: Vec<&str> = NEEDED
        .into_iter()
        .filter(|needed| !header.contains_key(*needed))
        .collect();
    if missing.len() == NEEDED.len() {
        return Err(whole("not-a-history"));
    }
    let (mut lines, mut problems) = (Vec::new(), others);
    let mut places = Places::of(&text);
    for name in &missing {
        problems.push(Problem::row(1, name, "column-missing"));
    }
    for (index, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map(|at| places.line(at.byte()));
                problems.push(Problem::row(
                    line.unwrap_or(index + 2),
                    "",
                    "row-unreadable",
                ));
                continue;
            }
        };
        let line = record
            .position()
            .map_or(index + 2, |at| places.line(at.byte()));
        let mut cells = Cells {
            header: &header,
            record: &record,
            line,
            problems: Vec::new(),
        };
        lines.push(cells.line());
        // what the header lacks is told once
        cells.problems.retain(|one| {
            !missing
                .iter()
                .any(|name| one.column.as_deref() == Some(name))
        });
        problems.append(&mut cells.problems);
    }
    Ok((lines, problems))
}

/// The cells of one row, by column name; remembers what could not be read.
struct Cells<'a> {
    header: &'a HashMap<String, usize>,
    record: &'a csv::StringRecord,
    line: usize,
    problems: Vec<Problem>,
}

impl<'a> Cells<'a> {
    fn text(&self, column: &str) -> Option<&'a str> {
        let cell = self.record.get(*self.header.get(column)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    fn owned(&self, column: &str) -> Option<String> {
        self.text(column).map(str::to_owned)
    }

    /// Several in one cell, with semicolons between them.
    fn list(&self, column: &str) -> Vec<String> {
        let parts = self.text(column).unwrap_or_default().split([';', '；']);
        let parts = parts.map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    /// A cell that may be empty but not wrong.
    fn read<T>(&mut self, column: &'static str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let cell = self.text(column)?;
        let read = parse(cell);
        if read.is_none() {
            self.problems
                .push(Problem::row(self.line, column, "cell-unreadable"));
        }
        read
    }

    /// A cell that must be there.
    fn need<T>(&mut self, column: &'static str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        if self.text(column).is_none() {
            self.problems
                .push(Problem::row(self.line, column, "cell-missing"));
        }
        self.read(column, parse)
    }

    fn line(&mut self) -> Line {
        let row = self.row();
        let command = self.text("command");
        let is_report = command.and_then(|name| match name {
            "report" => Some(true),
            name => name.parse::<CommandName>().is_ok().then_some(false),
        });
        Line {
            line: self.line,
            number: self.text("number").and_then(|text| text.parse().ok()),
            written: self.owned("number").unwrap_or_default(),
            actor: self.owned("actor"),
            grid: self.owned("grid").filter(|_| is_report == Some(true)),
            is_report,
            row: row.filter(|_| self.problems.is_empty()),
        }
    }

    fn row(&mut self) -> Option<Row> {
        let number = self.need("number", |text| Number::from_str(text).ok());
        let at = self.need("occurred_at", moment);
        let actor = self.need("actor", |text| Some(text.to_owned()));
        let command = self.need("command", |text| Some(text.to_owned()))?;
        let what = if command == "report" {
            self.told()
        } else {
            self.step(&command)
        };
        Some(Row {
            line: self.line,
            number: number?,
            at: at?,
            what: what?,
            actor: actor?,
        })
    }

    fn told(&mut self) -> Option<What> {
        let channel = self.need("channel", |text| {
            Channel::ALL
                .into_iter()
                .find(|channel| channel.as_str() == text)
        });
        let lon = self.read("lon", |text| {
            text.parse::<f64>().ok().filter(|x| x.abs() <= 180.0)
        });
        let lat = self.read("lat", |text| {
            text.parse::<f64>().ok().filter(|x| x.abs() <= 90.0)
        });
        Some(What::Told(Box::new(Told {
            category: self.read("category", |text| text.parse().ok()),
            place: lon.zip(lat).map(|(lon, lat)| Place { lon, lat }),
            grid: self
                .need("grid", |text| Some(text.to_owned()))
                .unwrap_or_default(),
            words: self
                .need("text", |text| Some(text.to_owned()))
                .unwrap_or_default(),
            name: self.owned("contact_name"),
            phone: self.owned("contact_phone"),
            channel: channel?,
        })))
    }

    fn step(&mut self, command: &str) -> Option<What> {
        let Ok(command) = command.parse::<CommandName>() else {
            self.problems
                .push(Problem::row(self.line, "command", "cell-unreadable"));
            return None;
        };
        let outcome = self.text("outcome").unwrap_or_default();
        let form = StepForm {
            words: ["reason", "instead", "text", "result"]
                .into_iter()
                .rev()
                .find_map(|column| self.words(command, column)),
            answer: self.owned("answer"),
            to: self.owned("to"),
            category: self.read("category", |text| text.parse::<CategoryCode>().ok()),
            condition: self.read("condition", |text| text.parse::<ConditionCode>().ok()),
            into: self.read("into", |text| text.parse::<Number>().ok()),
            until: self.read("until", moment),
            yes: yes(command, outcome),
            found: (command == CommandName::Verified)
                .then(|| self.need("outcome", named::<Found>))
                .flatten(),
            redirect: (command == CommandName::Redirect)
                .then(|| self.need("reason", named::<RedirectReason>))
                .flatten(),
            claimed: (command == CommandName::Handle)
                .then(|| self.read("outcome", claimed))
                .flatten(),
            left: self.owned("left"),
            visit: VisitForm {
                method: self.read("method", named::<Method>),
                reached: (command == CommandName::Visit && outcome == "not_reached")
                    .then_some(false),
                satisfaction: (command == CommandName::Visit)
                    .then(|| self.read("rating", named::<Satisfaction>))
                    .flatten(),
            },
            rating: (command == CommandName::Rate)
                .then(|| self.rating())
                .flatten(),
            whistle: WhistleForm {
                urgency: self.read("urgency", |text| text.parse::<Urgency>().ok()),
                departments: self.list("departments"),
                leads: self.owned("leads"),
                response: self.read("response", named::<Satisfaction>),
            },
            coordination: CoordinationForm {
                parties: self.list("parties"),
                outside: self.list("outside"),
                place: self.owned("place"),
                item: None,
            },
            ..StepForm::default()
        };
        let photos = self.read("photos", |text| text.parse().ok()).unwrap_or(0);
        Some(What::Step(command, Box::new(form), photos))
    }

    /// The words of a step: for a redirection where to go instead, not the reason's name.
    fn words(&self, command: CommandName, column: &str) -> Option<String> {
        if command == CommandName::Redirect && column == "reason" {
            None
        } else {
            self.owned(column)
        }
    }

    fn rating(&mut self) -> Option<Rating> {
        let satisfaction = self.need("rating", named::<Satisfaction>);
        let solved = self.need("solved", |text| match text {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        });
        Some(Rating {
            satisfaction: satisfaction?,
            solved: solved?,
        })
    }
}

fn moment(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

/// A value by its name in tables and the API.
fn named<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

fn claimed(text: &str) -> Option<Claimed> {
    match text {
        "solved" => Some(Claimed::Solved),
        "partly" => Some(Claimed::Partly),
        reason => named::<WontFixReason>(reason).map(Claimed::WontFix),
    }
}

fn yes(command: CommandName, outcome: &str) -> Option<bool> {
    match (command, outcome) {
        (CommandName::Check, "pass")
        | (CommandName::Visit, "solved")
        | (CommandName::Extend | CommandName::Review, "grant")
        | (CommandName::Settle, "done") => Some(true),
        (CommandName::Check, "fail")
        | (CommandName::Visit, "not")
        | (CommandName::Extend | CommandName::Review, "refuse")
        | (CommandName::Settle, "dropped") => Some(false),
        _ => None,
    }
}
