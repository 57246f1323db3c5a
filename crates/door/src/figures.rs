//! What the form of the figures asks, parsed: days, cases, a split; and written again for links to rows, files and other
//! periods. Without days it is the last full month; with a length the day, week, month, quarter or year around the first day.

mod discretion;
mod months;
mod standing;

pub use discretion::{Discretion, Kept};
pub use months::Months;
pub use standing::{Now, Standing};

use rules::case::Channel;
use rules::figures::{Length, Period, PeriodError};
use rules::grid::Grid;
use serde::Deserialize;
use time::{Date, Duration, OffsetDateTime};
use work::figures::{By, Hands, Question};
use work::net::CommunityNet;

use crate::address::encoded;
use crate::form::{Fault, Faults, date};

/// The longest period in days, a leap year, so that no question reads the whole history.
const LONGEST: i64 = 366;
/// Parts in time at most: a quarter in days, a year in weeks.
const MOST_TIMES: usize = 100;
/// The name of what lies with no department.
pub const GRIDS: &str = "grids";

/// The question as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// Which community.
    pub community: Option<String>,
    /// How long the period is; empty for the days named.
    pub length: String,
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day.
    pub to: String,
    /// A grid's code; everything below it counts.
    pub grid: String,
    /// The code of a class or category.
    pub category: String,
    /// A department's code, or `grids`.
    pub department: String,
    /// On which way it came.
    pub channel: String,
    /// By what to split.
    pub by: String,
}

/// The splits by their names in addresses.
pub const SPLITS: [(&str, By); 7] = [
    ("category", By::Category),
    ("department", By::Department),
    ("channel", By::Channel),
    ("grid", By::Grid),
    ("month", By::Time(Length::Month)),
    ("week", By::Time(Length::Week)),
    ("day", By::Time(Length::Day)),
];

/// The split of a name.
pub fn split(name: &str) -> Option<By> {
    SPLITS
        .iter()
        .find(|(one, _)| *one == name)
        .map(|(_, by)| *by)
}

/// The channel of a name.
pub fn channel(name: &str) -> Option<Channel> {
    Channel::ALL.into_iter().find(|one| one.as_str() == name)
}

/// Whose hands a code names.
pub fn hands(net: &CommunityNet, code: &str) -> Option<Hands> {
    if code == GRIDS {
        return Some(Hands::Grids);
    }
    let found = net.departments().find(|one| one.code == code)?;
    Some(Hands::Department(found.id))
}

/// The days that are asked for, as texts: with a length the day, week, month, quarter or year around the first day (around
/// today without one), else from the first to the last. Page, file and API read them alike.
#[derive(Clone, Copy, Debug, Default)]
pub struct Days<'a> {
    /// How long the period is; empty for the days named.
    pub length: &'a str,
    /// The first day, `YYYY-MM-DD`.
    pub from: &'a str,
    /// The last day.
    pub to: &'a str,
}

impl Days<'_> {
    /// The period, seen from a moment in local time: without anything the last full month. None with a fault of each field
    /// that says none.
    pub fn period(self, local: OffsetDateTime, faults: &mut Faults) -> Option<Period> {
        let period = if self.length.is_empty() {
            let (first, last) = self.first_and_last(local.date(), faults)?;
            if (last - first).whole_days() >= LONGEST {
                faults.push(Fault::new("to", "period-long"));
                return None;
            }
            Period::days(first, last, local.offset())
        } else {
            let read = |text: &str| text.parse::<Length>().ok();
            let length = known("length", self.length, read, faults);
            let around = match self.from {
                "" => Some(local.date()),
                from => day("from", from, faults),
            };
            let (length, around) = length.zip(around)?;
            Period::around(around, length, local.offset())
        };
        let wrong = |error| match error {
            PeriodError::Backwards { .. } => Fault::new("to", "period-backwards"),
            PeriodError::OutOfRange | PeriodError::UnknownLength => {
                Fault::new("from", "period-outside")
            }
        };
        period.map_err(|error| faults.push(wrong(error))).ok()
    }

    /// The first and the last day; without any those of the last full month.
    fn first_and_last(self, today: Date, faults: &mut Faults) -> Option<(Date, Date)> {
        if self.from.is_empty() && self.to.is_empty() {
            let last = today - Duration::days(i64::from(today.day()));
            return Some((last.replace_day(1).unwrap_or(last), last));
        }
        let first = day("from", self.from, faults);
        let last = day("to", self.to, faults);
        first.zip(last)
    }
}

impl Wish {
    /// Parses it.
    ///
    /// # Errors
    /// Every fault with its field.
    pub fn question(&self, net: &CommunityNet, now: OffsetDateTime) -> Result<Question, Faults> {
        let mut faults = Faults::default();
        let days = Days {
            length: &self.length,
            from: &self.from,
            to: &self.to,
        };
        let period = days.period(net.calendar.local(now), &mut faults);
        let grid = |code: &str| net.grid_by_code(code).map(|grid| grid.id);
        let grid = known("grid", &self.grid, grid, &mut faults);
        if grid.is_some_and(|grid| net.counted_in(grid).is_none()) {
            faults.push(Fault::new("grid", "grid-across"));
        }
        let category = known(
            "category",
            &self.category,
            |code| {
                let code = code.parse().ok()?;
                net.knows_category(&code).then_some(code)
            },
            &mut faults,
        );
        let hands = known(
            "department",
            &self.department,
            |code| hands(net, code),
            &mut faults,
        );
        let channel = known("channel", &self.channel, channel, &mut faults);
        let by = known("by", &self.by, split, &mut faults);
        let Some(period) = period else {
            return Err(faults);
        };
        if let Some(By::Time(length)) = by
            && period.split(length).len() > MOST_TIMES
        {
            faults.push(Fault::new("by", "split-long"));
        }
        if faults.any() {
            return Err(faults);
        }
        Ok(Question {
            period,
            grid,
            category,
            hands,
            channel,
            by,
        })
    }

    /// The same question about other days, as the query part of an address.
    pub fn about(&self, period: &Period) -> String {
        let days = Self {
            length: String::new(),
            from: period.first().to_string(),
            to: period.last().to_string(),
            ..self.clone()
        };
        days.to_text()
    }

    /// The question as the query part of an address.
    pub fn to_text(&self) -> String {
        let community = self.community.clone().unwrap_or_default();
        [
            ("community", &community),
            ("length", &self.length),
            ("from", &self.from),
            ("to", &self.to),
            ("grid", &self.grid),
            ("category", &self.category),
            ("department", &self.department),
            ("channel", &self.channel),
            ("by", &self.by),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect::<Vec<_>>()
        .join("&")
    }

    /// The question of one part of a split: the cases of that part alone.
    pub fn of_part(&self, by: By, code: &str, period: &Period) -> Option<Self> {
        let mut part = Self {
            length: String::new(),
            from: period.first().to_string(),
            to: period.last().to_string(),
            by: String::new(),
            ..self.clone()
        };
        match by {
            By::Department if code.is_empty() => part.department = GRIDS.to_owned(),
            By::Time(_) => {}
            // Cases without a category cannot be asked for by one.
            _ if code.is_empty() => return None,
            By::Department => part.department = code.to_owned(),
            By::Category => part.category = code.to_owned(),
            By::Channel => part.channel = code.to_owned(),
            By::Grid => part.grid = code.to_owned(),
        }
        Some(part)
    }
}

/// A value that may be left out; a fault if it is there and means nothing.
fn known<T>(
    field: &str,
    value: &str,
    find: impl FnOnce(&str) -> Option<T>,
    faults: &mut Faults,
) -> Option<T> {
    if value.is_empty() {
        return None;
    }
    let found = find(value);
    if found.is_none() {
        let code = if field == "by" {
            "split-unknown".to_owned()
        } else {
            format!("{field}-unknown")
        };
        faults.push(Fault::new(field, code));
    }
    found
}

/// A day; a fault if it is none.
fn day(field: &str, text: &str, faults: &mut Faults) -> Option<Date> {
    let day = date(text);
    if day.is_none() {
        faults.push(Fault::new(field, "date-malformed"));
    }
    day
}

/// The grids one can choose: those of the community, parents before children, and those of other schemes that they fit into.
pub fn grids(net: &CommunityNet) -> impl Iterator<Item = &Grid> {
    let (own, other): (Vec<&Grid>, Vec<&Grid>) =
        net.grids().partition(|grid| grid.scheme.is_governance());
    let other = other.into_iter();
    let fitting = other.filter(|grid| net.counted_in(grid.id).is_some());
    own.into_iter().chain(fitting)
}
