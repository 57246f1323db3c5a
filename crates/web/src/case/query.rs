//! The filters of a list, as they stand in its address: read, checked, and written again for links, files and saved
//! filters. An unknown value is a fault, never a wider list; what means something is settled with the API, in `door::cases`.

use door::cases::{self, NAMES, Wanted};
use store::case::{Filter, Sort};
use time::{Date, OffsetDateTime};

use crate::address::encoded;
use crate::form::{Fault, Faults, date};
use crate::workbench::Office;

/// What a list is asked for.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// As typed, known names only, blank values left out.
    pub typed: Vec<(String, String)>,
    /// Which cases.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// Where this page begins.
    pub after: Option<String>,
    /// What cannot be understood.
    pub faults: Faults,
}

impl Query {
    /// Reads the query part of an address.
    pub fn of_text(text: &str, office: &Office) -> Self {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        Self::of(
            pairs
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            office,
        )
    }

    /// Reads decoded pairs.
    pub fn of(pairs: Vec<(String, String)>, office: &Office) -> Self {
        let mut typed = pairs;
        typed.retain(|(name, _)| NAMES.contains(&name.as_str()));
        let twice = twice(&typed);
        typed.retain_mut(|(_, value)| {
            *value = value.trim().to_owned();
            !value.is_empty()
        });
        let (wanted, found) = Wanted::of(
            typed
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
            &office.net,
            &office.asker,
        );
        let mut faults: Faults = found.iter().filter_map(said).collect();
        faults.extend(twice);
        let after = typed.extract_if(.., |(name, _)| name == "after").next();
        Self {
            typed,
            filter: wanted.filter,
            sort: wanted.sort,
            after: after.map(|(_, mark)| mark),
            faults,
        }
    }

    /// What was typed under a name.
    pub fn raw(&self, name: &str) -> &str {
        let found = self.typed.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The states asked for, as one value of the form.
    pub fn states(&self) -> String {
        let typed = self.typed.iter().filter(|(name, _)| name == "state");
        let states = typed.flat_map(|(_, value)| cases::state_words(value));
        states.collect::<Vec<_>>().join(" ")
    }

    /// The order asked for, as a value of the form; none where none is, or one that there is not.
    pub fn order(&self) -> &'static str {
        let is_faulty = self.faults.of("sort").is_some();
        match self.sort {
            _ if is_faulty || self.raw("sort").is_empty() => "",
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
            Sort::Due => "due",
        }
    }

    /// A value that no field of the form shows, to be sent on with it; nothing where it is faulty, as nobody could mend it there.
    pub fn hidden(&self, name: &str) -> &str {
        match self.faults.of(name) {
            Some(_) => "",
            None => self.raw(name),
        }
    }

    /// How a field for a day is to be shown: one that holds no day, but a moment or something faulty, keeps it as a text.
    pub fn kind(&self, name: &str) -> &'static str {
        let value = self.raw(name);
        if value.is_empty() || date(value).is_some() {
            "date"
        } else {
            "text"
        }
    }

    /// The query part of the address of the same list.
    pub fn to_text(&self) -> String {
        let pairs = self
            .typed
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The address of the page that begins behind a mark.
    pub fn page_after(&self, mark: &str) -> String {
        let text = self.to_text();
        let between = if text.is_empty() { "" } else { "&" };
        format!("/cases?{text}{between}after={}", encoded(mark))
    }
}

/// A fault in the words of this form; a period that is none is told once.
fn said(fault: &Fault) -> Option<Fault> {
    let field = fault.field.as_str();
    match (field, fault.code.as_str()) {
        ("from", "period-backwards") => None,
        (_, "period-backwards" | "grid-across") => Some(fault.clone()),
        ("reopened" | "queued" | "visit" | "bbox", _) => Some(fault.clone()),
        _ => Some(Fault::new(field, format!("filter-{field}"))),
    }
}

/// The fields that came more than once, of which the list could follow one only; states are added up.
fn twice(typed: &[(String, String)]) -> Vec<Fault> {
    let mut names: Vec<&str> = typed.iter().map(|(name, _)| name.as_str()).collect();
    names.retain(|name| *name != "state");
    names.sort_unstable();
    let mut again: Vec<&str> = names
        .windows(2)
        .filter(|two| two[0] == two[1])
        .map(|two| two[0])
        .collect();
    again.dedup();
    again
        .into_iter()
        .map(|name| Fault::new(name, "field-twice"))
        .collect()
}

/// The first moment of a day in the community's own time.
pub fn start_of(office: &Office, day: Date) -> OffsetDateTime {
    cases::start_of(&office.net, office.asker.now, day)
}
