//! What the form of the figures asks, parsed: days, cases, a split; and written again for links to rows, files and other
//! periods. Without days it is the last full month; with a length the day, week, month, quarter or year around the first day.

use rules::case::Channel;
use rules::figures::{Length, Period};
use rules::grid::Grid;
use serde::Deserialize;
use time::format_description::well_known::Iso8601;
use time::{Date, Duration, OffsetDateTime};
use work::figures::{By, Hands, Question};
use work::net::CommunityNet;

use crate::address::encoded;
use crate::form::{Fault, Faults};

/// The longest period, so that no question reads the whole history.
const LONGEST: Duration = Duration::days(366);
/// Parts in time at most: a quarter in days, a year in weeks.
const MOST_TIMES: usize = 100;
/// The name of what lies with no department.
const GRIDS: &str = "grids";

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

impl Wish {
    /// Parses it.
    ///
    /// # Errors
    /// Every fault with its field.
    pub fn question(&self, net: &CommunityNet, now: OffsetDateTime) -> Result<Question, Faults> {
        let mut faults = Faults::default();
        let period = self.period(net, now, &mut faults);
        let grid = |code: &str| net.grid_by_code(code).map(|grid| grid.id);
        let grid = known("grid", &self.grid, grid, &mut faults);
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

    /// The days that count; none with a fault of each field that says none.
    fn period(
        &self,
        net: &CommunityNet,
        now: OffsetDateTime,
        faults: &mut Faults,
    ) -> Option<Period> {
        let local = net.calendar.local(now);
        let period = if self.length.is_empty() {
            let (first, last) = self.days(local.date(), faults)?;
            if last - first > LONGEST {
                faults.push(Fault::new("to", "period-long"));
                return None;
            }
            Period::days(first, last, local.offset())
        } else {
            let read = |text: &str| text.parse::<Length>().ok();
            let length = known("length", &self.length, read, faults);
            let around = match self.from.as_str() {
                "" => Some(local.date()),
                from => day("from", from, faults),
            };
            let (length, around) = length.zip(around)?;
            Period::around(around, length, local.offset())
        };
        let backwards = |_| faults.push(Fault::new("to", "period-backwards"));
        period.map_err(backwards).ok()
    }

    /// The first and the last day; without any those of the last full month.
    fn days(&self, today: Date, faults: &mut Faults) -> Option<(Date, Date)> {
        if self.from.is_empty() && self.to.is_empty() {
            let last = today - Duration::days(i64::from(today.day()));
            return Some((last.replace_day(1).unwrap_or(last), last));
        }
        let first = day("from", &self.from, faults);
        let last = day("to", &self.to, faults);
        first.zip(last)
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
    let day = Date::parse(text, &Iso8601::DATE).ok();
    if day.is_none() {
        faults.push(Fault::new(field, "date-malformed"));
    }
    day
}

/// The grids one can choose, parents before children.
pub fn grids(net: &CommunityNet) -> impl Iterator<Item = &Grid> {
    net.grids().filter(|grid| grid.scheme.is_governance())
}
