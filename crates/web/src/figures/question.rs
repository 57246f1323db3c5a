//! What the form of the figures asks, parsed: days, a grid, a split. Without days it is the last full month.

use rules::figures::Period;
use rules::grid::Grid;
use serde::Deserialize;
use time::format_description::well_known::Iso8601;
use time::{Date, Duration, OffsetDateTime};
use work::figures::{By, Question};
use work::net::CommunityNet;

use crate::form::{Fault, Faults};

/// The longest period, so that no question reads the whole history.
const LONGEST: Duration = Duration::days(366);

/// The question as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wish {
    /// Which community.
    pub community: Option<String>,
    /// The first day, `YYYY-MM-DD`.
    #[serde(default)]
    pub from: String,
    /// The last day.
    #[serde(default)]
    pub to: String,
    /// A grid's code; everything below it counts.
    #[serde(default)]
    pub grid: String,
    /// By what to split.
    #[serde(default)]
    pub by: String,
}

/// The three splits by their names in addresses.
pub const SPLITS: [(&str, By); 3] = [
    ("category", By::Category),
    ("department", By::Department),
    ("channel", By::Channel),
];

impl Wish {
    /// Parses it.
    ///
    /// # Errors
    /// Every fault with its field.
    pub fn question(&self, net: &CommunityNet, now: OffsetDateTime) -> Result<Question, Faults> {
        let mut faults = Faults::default();
        let period = self
            .period(net, now)
            .map_err(|fault| faults.push(fault))
            .ok();
        let grid = match self.grid.as_str() {
            "" => None,
            code => {
                let found = net.grid_by_code(code).map(|grid| grid.id);
                if found.is_none() {
                    faults.push(Fault::new("grid", "grid-unknown"));
                }
                found
            }
        };
        let by = SPLITS
            .iter()
            .find(|(name, _)| *name == self.by)
            .map(|(_, by)| *by);
        if by.is_none() && !self.by.is_empty() {
            faults.push(Fault::new("by", "split-unknown"));
        }
        match period {
            Some(period) if !faults.any() => Ok(Question { period, grid, by }),
            _ => Err(faults),
        }
    }

    fn period(&self, net: &CommunityNet, now: OffsetDateTime) -> Result<Period, Fault> {
        let local = net.calendar.local(now);
        let last_month = || {
            let last = local.date() - Duration::days(i64::from(local.day()));
            (last.replace_day(1).unwrap_or(last), last)
        };
        let (first, last) = match (self.from.as_str(), self.to.as_str()) {
            ("", "") => last_month(),
            (from, to) => (day("from", from)?, day("to", to)?),
        };
        if last - first > LONGEST {
            return Err(Fault::new("to", "period-long"));
        }
        Period::days(first, last, local.offset()).map_err(|_| Fault::new("to", "period-backwards"))
    }
}

fn day(field: &str, text: &str) -> Result<Date, Fault> {
    Date::parse(text, &Iso8601::DATE).map_err(|_| Fault::new(field, "day-malformed"))
}

/// The grids one can choose, parents before children.
pub fn grids(net: &CommunityNet) -> impl Iterator<Item = &Grid> {
    net.grids().filter(|grid| grid.scheme.is_governance())
}
