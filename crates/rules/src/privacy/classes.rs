//! The catalogue of data classes: for every column of every table its class, purposes, mask, retention, export and
//! encryption. Masking, sealing, purging, export and log redaction read it. Here it is parsed and checked against the
//! rules of its classes; the file itself lies with the tables, and whether it lists every column is asked by the store.

mod faults;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

pub use faults::{Broken, Fault};

/// How much harm a column can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub enum Class {
    /// Public.
    C0,
    /// Internal: seen by members within their scope.
    C1,
    /// Personal: masked unless an open case gives the reason.
    C2,
    /// Sensitive: sealed with a key of its own, and seen only by those whose task it is.
    C3,
    /// Secret: keys, tokens, hashes. Seen by nobody.
    C4,
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// What personal data may be used for. A purpose follows from the work in hand; nobody types it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Handling a case.
    CaseHandling,
    /// Telling a reporter how it goes.
    TellingReporter,
    /// A care visit.
    CareVisit,
    /// A contact volunteer and their households.
    HouseholdContact,
    /// An emergency.
    Emergency,
    /// Correcting wrong data.
    Correction,
    /// A request of the person the data are about.
    SubjectRequest,
    /// Checking the work of others.
    Oversight,
    /// Keeping the system running; never with personal data.
    Maintenance,
}

/// How a column looks to those without a reason to see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mask {
    /// Shown as it is.
    None,
    /// First character only.
    Name,
    /// Three digits before, four behind.
    Phone,
    /// Up to the compound.
    Address,
    /// Personal numbers within the text starred out.
    FreeText,
    /// Not shown at all.
    Hidden,
}

impl Mask {
    /// The masked look of a value.
    pub fn apply(self, clear: &str) -> String {
        match self {
            Self::None => clear.to_owned(),
            Self::Name => super::mask::name(clear),
            Self::Phone => super::mask::phone(clear),
            Self::Address => super::mask::address(clear),
            Self::FreeText => super::free_text::redact(clear),
            Self::Hidden => super::mask::HIDDEN.to_owned(),
        }
    }
}

/// When the days of a retention begin to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Since {
    /// The row was made.
    Made,
    /// The case was closed.
    Closed,
    /// The person left the post or moved away.
    Left,
}

/// How long a column is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum Retention {
    /// For ever: the memory of the community.
    Forever,
    /// As long as the row, which something else removes.
    Row,
    /// So many days, then emptied.
    Days {
        /// How many.
        days: u16,
        /// From when on.
        since: Since,
    },
}

/// A text that is no retention.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no retention; write `forever`, `row` or like `closed + 180 d`, with made, closed or left"
)]
pub struct BadRetention(String);

impl FromStr for Retention {
    type Err = BadRetention;

    fn from_str(text: &str) -> Result<Self, BadRetention> {
        let bad = || BadRetention(text.to_owned());
        match text {
            "forever" => return Ok(Self::Forever),
            "row" => return Ok(Self::Row),
            _ => {}
        }
        let (since, days) = text.split_once('+').ok_or_else(bad)?;
        let since = match since.trim() {
            "made" => Since::Made,
            "closed" => Since::Closed,
            "left" => Since::Left,
            _ => return Err(bad()),
        };
        let days = days
            .trim()
            .strip_suffix('d')
            .and_then(|days| days.trim().parse().ok())
            .ok_or_else(bad)?;
        if days == 0 {
            Err(bad())
        } else {
            Ok(Self::Days { days, since })
        }
    }
}

impl TryFrom<String> for Retention {
    type Error = BadRetention;

    fn try_from(text: String) -> Result<Self, BadRetention> {
        text.parse()
    }
}

/// One column's line in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its class.
    pub class: Class,
    /// What it may be used for; empty for C0, C1 and C4.
    #[serde(default)]
    pub purposes: Vec<Purpose>,
    /// How it looks masked.
    pub mask: Mask,
    /// How long it is kept.
    pub retention: Retention,
    /// Is it part of what a person gets when asking for their own data?
    pub export: bool,
    /// Is it sealed at rest?
    pub encrypt: bool,
}

/// The whole catalogue, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataClasses(BTreeMap<String, BTreeMap<String, Column>>);

impl DataClasses {
    /// Reads `[table.column]` entries and checks each against the rules of its class; tells every fault, not the first.
    pub fn parse(toml: &str) -> Result<Self, Broken> {
        let tables: BTreeMap<String, BTreeMap<String, Column>> = toml::from_str(toml)?;
        let classes = Self(tables);
        let faults: Vec<(String, Fault)> = classes
            .columns()
            .flat_map(|(table, name, column)| {
                faults::of(column)
                    .into_iter()
                    .map(move |fault| (format!("{table}.{name}"), fault))
            })
            .collect();
        if faults.is_empty() {
            Ok(classes)
        } else {
            Err(Broken::Faults(faults))
        }
    }

    /// The line of a column.
    pub fn column(&self, table: &str, column: &str) -> Option<&Column> {
        self.0.get(table)?.get(column)
    }

    /// Every line as (table, column, line), in order.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &str, &Column)> {
        self.0.iter().flat_map(|(table, columns)| {
            columns
                .iter()
                .map(move |(name, column)| (table.as_str(), name.as_str(), column))
        })
    }

    /// Which of the columns that exist have no line here. Must be none: an unlisted column fails the build.
    pub fn unlisted<'a>(
        &self,
        existing: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Vec<(&'a str, &'a str)> {
        existing
            .into_iter()
            .filter(|(table, column)| self.column(table, column).is_none())
            .collect()
    }

    /// Which lines speak of columns that do not exist (any more).
    pub fn gone(&self, existing: &[(&str, &str)]) -> Vec<(&str, &str)> {
        let listed = self.columns().map(|(table, column, _)| (table, column));
        listed.filter(|pair| !existing.contains(pair)).collect()
    }
}

#[cfg(test)]
mod tests;
