//! What no rule can bear, said at its field. What is read from JSON has the right shape already.

use serde_json::Value;

use super::field::{FIELDS, Field, Kind, json};
use super::{Change, FastLane, Settings};
use crate::case::{Limit, Unit, VisitOf};
use crate::ids::CategoryCode;
use crate::mediation;

/// The most lines of a list.
pub const LINES_MAX: usize = 30;
/// The longest title or name.
const WORDS_MAX: usize = 20;

/// What is wrong with a setting.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {why:?}", field.name)]
pub struct SettingFault {
    /// Which.
    pub field: &'static Field,
    /// What.
    pub why: Unbearable,
}

/// Why a value cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unbearable {
    /// It is of another shape.
    Shape,
    /// A number outside of its bounds.
    Range {
        /// The least.
        least: u16,
        /// The most.
        most: u16,
    },
    /// An urgency has more time than a calmer one.
    Slower,
    /// Saying that one has heard takes more time than being there.
    Hears,
    /// No telephone number.
    Phone,
    /// A list without a line.
    Empty,
    /// Too many lines.
    Many {
        /// The most.
        most: usize,
    },
    /// A line that is blank, or longer than a title may be.
    Line {
        /// The most characters.
        most: usize,
    },
    /// The same twice.
    Twice {
        /// What.
        what: String,
    },
    /// A family of one.
    Alone,
    /// Not in the catalogue.
    Category {
        /// The code.
        code: String,
    },
    /// No department of this code.
    Department {
        /// The code.
        code: String,
    },
    /// A code of a dispute has small letters only.
    Code {
        /// The code.
        code: String,
    },
    /// A dispute of the community's own making has no name.
    Nameless {
        /// The code.
        code: String,
    },
    /// Words are erased before the contacts.
    Order,
}

/// What the community has, for settings that name it.
pub struct Known<'a> {
    /// Whether the catalogue has a category or class that begins so.
    pub category: &'a dyn Fn(&CategoryCode) -> bool,
    /// Whether there is a department of this code.
    pub department: &'a dyn Fn(&str) -> bool,
}

/// All that is wrong with changed settings; what was there before is borne.
pub(super) fn faults(changed: &[Change], now: &Settings, known: &Known<'_>) -> Vec<SettingFault> {
    let all = json(now);
    let mut found = Vec::new();
    for field in FIELDS {
        let Some(change) = changed.iter().find(|change| change.field == field.name) else {
            continue;
        };
        let why = one(field, field.in_json(&all), &change.was, known).err();
        let why = why.or_else(|| beside(field, now));
        found.extend(why.map(|why| SettingFault { field, why }));
    }
    found
}

fn one(field: &Field, value: &Value, was: &Value, known: &Known<'_>) -> Result<(), Unbearable> {
    match field.kind {
        Kind::Limit => limit(&read(value)?),
        Kind::LimitOrNone => read::<Option<Limit>>(value)?.as_ref().map_or(Ok(()), limit),
        Kind::Number { least, most, .. } => range(read(value)?, least, most),
        Kind::Phone => read::<Option<String>>(value)?.map_or(Ok(()), |text| phone(&text)),
        Kind::Words => words(&read::<Vec<String>>(value)?),
        Kind::Codes => codes(&read::<Vec<CategoryCode>>(value)?, was, known),
        Kind::Families => families(&read::<Vec<Vec<CategoryCode>>>(value)?, was, known),
        Kind::Lanes => lanes(&read::<Vec<FastLane>>(value)?, was, known),
        Kind::Visits => visits(&read::<Vec<VisitOf>>(value)?, was, known),
        Kind::Disputes => disputes(&read::<Vec<mediation::Kind>>(value)?),
    }
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, Unbearable> {
    serde_json::from_value(value.clone()).map_err(|_| Unbearable::Shape)
}

fn range(n: u64, least: u16, most: u16) -> Result<(), Unbearable> {
    if (u64::from(least)..=u64::from(most)).contains(&n) {
        Ok(())
    } else {
        Err(Unbearable::Range { least, most })
    }
}

/// About a year at most, in every unit.
fn limit(limit: &Limit) -> Result<(), Unbearable> {
    let most = match limit.unit {
        Unit::Minute => 10_080,
        Unit::UrgentHour => 720,
        Unit::WorkHour => 2_000,
        Unit::WorkDay | Unit::LegalDay => 250,
        Unit::UrgentDay | Unit::NaturalDay => 365,
    };
    range(limit.n.into(), 1, most)
}

fn phone(text: &str) -> Result<(), Unbearable> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let fits = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b" -+()".contains(&b));
    if fits && (3..=15).contains(&digits) && text.len() <= 20 {
        Ok(())
    } else {
        Err(Unbearable::Phone)
    }
}

fn words(lines: &[String]) -> Result<(), Unbearable> {
    length(lines.len(), 1)?;
    lines.iter().try_for_each(|line| title(line))?;
    once(lines.iter().map(String::as_str))
}

fn title(line: &str) -> Result<(), Unbearable> {
    if line.trim().is_empty() || line.chars().count() > WORDS_MAX {
        return Err(Unbearable::Line { most: WORDS_MAX });
    }
    Ok(())
}

fn length(n: usize, least: usize) -> Result<(), Unbearable> {
    if n < least {
        return Err(Unbearable::Empty);
    }
    if n > LINES_MAX {
        return Err(Unbearable::Many { most: LINES_MAX });
    }
    Ok(())
}

fn once<'a>(lines: impl Iterator<Item = &'a str>) -> Result<(), Unbearable> {
    let mut seen = std::collections::BTreeSet::new();
    for line in lines {
        if !seen.insert(line) {
            return Err(Unbearable::Twice {
                what: line.to_owned(),
            });
        }
    }
    Ok(())
}

/// The catalogue has it, or it was there before: a catalogue may have lost it since.
fn category(code: &CategoryCode, was: &Value, known: &Known<'_>) -> Result<(), Unbearable> {
    if (known.category)(code) || holds(was, code.as_str()) {
        return Ok(());
    }
    Err(Unbearable::Category {
        code: code.as_str().to_owned(),
    })
}

fn holds(value: &Value, text: &str) -> bool {
    match value {
        Value::String(one) => one == text,
        Value::Array(all) => all.iter().any(|one| holds(one, text)),
        Value::Object(all) => all.values().any(|one| holds(one, text)),
        _ => false,
    }
}

fn codes(codes: &[CategoryCode], was: &Value, known: &Known<'_>) -> Result<(), Unbearable> {
    length(codes.len(), 0)?;
    codes
        .iter()
        .try_for_each(|code| category(code, was, known))?;
    once(codes.iter().map(|code| code.as_str()))
}

fn families(all: &[Vec<CategoryCode>], was: &Value, known: &Known<'_>) -> Result<(), Unbearable> {
    length(all.len(), 0)?;
    for family in all {
        if family.len() < 2 {
            return Err(Unbearable::Alone);
        }
        codes(family, was, known)?;
    }
    Ok(())
}

fn lanes(lanes: &[FastLane], was: &Value, known: &Known<'_>) -> Result<(), Unbearable> {
    length(lanes.len(), 0)?;
    for lane in lanes {
        category(&lane.category, was, known)?;
        if !(known.department)(&lane.department) && !holds(was, &lane.department) {
            return Err(Unbearable::Department {
                code: lane.department.clone(),
            });
        }
    }
    once(lanes.iter().map(|lane| lane.category.as_str()))
}

fn visits(rows: &[VisitOf], was: &Value, known: &Known<'_>) -> Result<(), Unbearable> {
    length(rows.len(), 0)?;
    for row in rows {
        category(&row.category, was, known)?;
        range(row.sample.into(), 0, 100)?;
        row.within.as_ref().map_or(Ok(()), limit)?;
    }
    once(rows.iter().map(|row| row.category.as_str()))
}

fn disputes(kinds: &[mediation::Kind]) -> Result<(), Unbearable> {
    length(kinds.len(), 1)?;
    let usual = mediation::MediationSettings::default();
    for kind in kinds {
        let code = || kind.code.clone();
        let letters = kind
            .code
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b == b'_');
        if !letters || !(2..=WORDS_MAX).contains(&kind.code.len()) {
            return Err(Unbearable::Code { code: code() });
        }
        match &kind.name {
            Some(name) => title(name)?,
            None if usual.knows(&kind.code) => {}
            None => return Err(Unbearable::Nameless { code: code() }),
        }
    }
    once(kinds.iter().map(|kind| kind.code.as_str()))
}

/// What a value may not be beside the others.
fn beside(field: &Field, now: &Settings) -> Option<Unbearable> {
    let whistle = &now.case.whistle;
    let slower = |urgent: Limit, calm: Limit| {
        let both = minutes(urgent).zip(minutes(calm));
        both.is_some_and(|(urgent, calm)| urgent > calm)
    };
    match field.name {
        "case.whistle.ordinary" | "case.whistle.urgent"
            if slower(whistle.urgent, whistle.ordinary) =>
        {
            Some(Unbearable::Slower)
        }
        "case.whistle.urgent" | "case.whistle.emergency"
            if slower(whistle.emergency, whistle.urgent) =>
        {
            Some(Unbearable::Slower)
        }
        "case.whistle.hear.ordinary" if slower(whistle.hear.ordinary, whistle.ordinary) => {
            Some(Unbearable::Hears)
        }
        "case.whistle.hear.urgent" if slower(whistle.hear.urgent, whistle.urgent) => {
            Some(Unbearable::Hears)
        }
        "case.whistle.hear.emergency" if slower(whistle.hear.emergency, whistle.emergency) => {
            Some(Unbearable::Hears)
        }
        "mediation.contact_days" | "mediation.words_days"
            if now.mediation.words_days < now.mediation.contact_days =>
        {
            Some(Unbearable::Order)
        }
        _ => None,
    }
}

/// Minutes of a limit that runs day and night; none for one that needs a calendar.
fn minutes(limit: Limit) -> Option<u32> {
    let of = match limit.unit {
        Unit::Minute => 1,
        Unit::UrgentHour => 60,
        Unit::UrgentDay | Unit::NaturalDay => 24 * 60,
        Unit::WorkHour | Unit::WorkDay | Unit::LegalDay => return None,
    };
    Some(u32::from(limit.n) * of)
}
