//! The filters of a list, as they stand in its address: read, checked, and written again for links, files and saved
//! filters. An unknown value is a fault, never a wider list.

use door::cases;
use rules::ids::GridId;
use store::case::{Filter, Sort};
use time::{Date, OffsetDateTime};

use crate::address::encoded;
use crate::form::{Fault, Faults, date};
use crate::workbench::Office;

/// The names a list's address may have.
const NAMES: [&str; 13] = [
    "grid",
    "state",
    "category",
    "owner",
    "department",
    "from",
    "to",
    "due",
    "reopened",
    "queued",
    "visit",
    "q",
    "sort",
];

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
        let mut query = Self::default();
        for (name, value) in pairs {
            let value = value.trim().to_owned();
            if name == "after" && !value.is_empty() {
                if !Sort::knows(&value) {
                    query.faults.push(Fault::new("after", "filter-after"));
                }
                query.after = Some(value);
            } else if NAMES.contains(&name.as_str()) && !value.is_empty() {
                if query.read(&name, &value, office).is_none() {
                    query
                        .faults
                        .push(Fault::new(&name, format!("filter-{name}")));
                }
                query.typed.push((name, value));
            }
        }
        let days = query.filter.from.zip(query.filter.to);
        if days.is_some_and(|(from, to)| to <= from) {
            query.faults.push(Fault::new("to", "period-backwards"));
        }
        query
    }

    /// What was typed under a name.
    pub fn raw(&self, name: &str) -> &str {
        let found = self.typed.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The states asked for, as one value of the form.
    pub fn states(&self) -> String {
        let states: Vec<&str> = self
            .typed
            .iter()
            .filter(|(name, _)| name == "state")
            .map(|(_, value)| value.as_str())
            .collect();
        states.join(" ")
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

    fn read(&mut self, name: &str, value: &str, office: &Office) -> Option<()> {
        let net = &office.net;
        match name {
            "grid" => self.filter.grids = within(office, net.grid_by_code(value)?.id)?,
            "state" => {
                for state in value.split_whitespace() {
                    self.filter.states.extend(cases::states(state)?);
                }
            }
            "category" => self.filter.category = Some(value.parse().ok()?),
            "owner" => {
                let owner = match value {
                    "me" => office.asker.member()?,
                    code => net.member_by_code(code)?.id,
                };
                cases::in_hands(&mut self.filter, net, owner, office.asker.now);
            }
            "department" => {
                self.filter.department = Some(net.departments().find(|one| one.code == value)?.id)
            }
            "from" => self.filter.from = Some(start_of(office, date(value)?)),
            "to" => self.filter.to = Some(start_of(office, date(value)?.next_day()?)),
            "due" => cases::due(&mut self.filter, net, value, office.asker.now)?,
            "reopened" => self.filter.reopened = value == "1",
            "queued" => self.filter.queued = Some(value == "1"),
            "visit" => self.filter.visit = Some(value == "1"),
            "q" => self.filter.number = Some(cases::number(value, &net.code)?),
            _ => self.sort = sort(value)?,
        }
        Some(())
    }
}

/// The grids that count as one; the whole net where it is the root, which asks nothing. None where it cannot be told.
fn within(office: &Office, grid: GridId) -> Option<Vec<GridId>> {
    let root = office.net.root().is_some_and(|root| root.id == grid);
    if root {
        Some(Vec::new())
    } else {
        office.net.counted_in(grid)
    }
}

fn sort(value: &str) -> Option<Sort> {
    Some(match value {
        "newest" => Sort::Newest,
        "oldest" => Sort::Oldest,
        "due" => Sort::Due,
        _ => return None,
    })
}

/// The first moment of a day in the community's own time.
pub fn start_of(office: &Office, day: Date) -> OffsetDateTime {
    cases::start_of(&office.net, office.asker.now, day)
}
