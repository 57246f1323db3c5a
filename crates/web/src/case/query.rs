//! The filters of a list, as they stand in its address: read, checked, and written again for links, files and saved
//! filters. An unknown value is a fault, never a wider list.

use rules::case::StateName;
use rules::ids::{GridId, MemberId, Number};
use store::case::{Filter, Sort};
use time::{Date, Duration, OffsetDateTime, Time};

use crate::address::encoded;
use crate::form::{Fault, Faults, date};
use crate::workbench::Office;

/// The names a list's address may have.
const NAMES: [&str; 12] = [
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
                    self.filter.states.extend(states(state)?);
                }
            }
            "category" => self.filter.category = Some(value.parse().ok()?),
            "owner" if value == "me" => self.hands(office, office.asker.member()?),
            "owner" => self.hands(office, net.member_by_code(value)?.id),
            "department" => {
                self.filter.department = Some(net.departments().find(|one| one.code == value)?.id)
            }
            "from" => self.filter.from = Some(start_of(office, date(value)?)),
            "to" => self.filter.to = Some(start_of(office, date(value)?.next_day()?)),
            "due" => self.due(value, office)?,
            "reopened" => self.filter.reopened = value == "1",
            "queued" => self.filter.queued = Some(value == "1"),
            "q" => self.filter.number = Some(number(value, &net.code)?),
            _ => self.sort = sort(value)?,
        }
        Some(())
    }

    /// What lies in somebody's hands, with the open work of those who are away and for whom they stand in.
    fn hands(&mut self, office: &Office, owner: MemberId) {
        let (net, now) = (&office.net, office.asker.now);
        let lies_here = |absent: &MemberId| {
            let deputy = net.stand_in(*absent, now);
            deputy.is_some_and(|(deputy, _)| deputy.id == owner)
        };
        let members = net.members().map(|member| member.id);
        self.filter.owner = Some(owner);
        self.filter.stands_for = members.filter(lies_here).collect();
    }

    fn due(&mut self, value: &str, office: &Office) -> Option<()> {
        let now = office.asker.now;
        match value {
            "overdue" => self.filter.due_before = Some(now),
            "today" => {
                self.filter.due_from = Some(now);
                self.filter.due_before = Some(start_of(
                    office,
                    office.net.calendar.local(now).date().next_day()?,
                ));
            }
            "soon" => {
                self.filter.due_from = Some(now);
                self.filter.due_before = Some(now + Duration::days(2));
            }
            _ => return None,
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

fn states(name: &str) -> Option<Vec<StateName>> {
    if name == "open" {
        return Some(
            StateName::ALL
                .into_iter()
                .filter(|state| state.is_open())
                .collect(),
        );
    }
    Some(vec![name.parse().ok()?])
}

fn sort(value: &str) -> Option<Sort> {
    Some(match value {
        "newest" => Sort::Newest,
        "oldest" => Sort::Oldest,
        "due" => Sort::Due,
        _ => return None,
    })
}

/// A whole number, or its part behind the community's code.
fn number(text: &str, community: &str) -> Option<Number> {
    let whole = format!("{community}-{text}");
    text.parse().or_else(|_| whole.parse()).ok()
}

/// The first moment of a day in the community's own time.
pub fn start_of(office: &Office, day: Date) -> OffsetDateTime {
    let offset = office.net.calendar.local(office.asker.now).offset();
    day.with_time(Time::MIDNIGHT).assume_offset(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_typed_without_the_communitys_code() {
        let whole = number("MH-20261123-0007", "MH");
        assert!(whole.is_some());
        assert_eq!(number("20261123-0007", "MH"), whole);
        assert_eq!(number("7", "MH"), None);
    }

    #[test]
    fn open_stands_for_every_state_that_is_not_over() {
        let open = states("open").expect("known");
        assert!(open.contains(&StateName::Reported) && !open.contains(&StateName::Closed));
        assert_eq!(states("lost"), None);
    }
}
