//! The small parts of office hours: a slot of a day (`08:00-12:00`) and a day of the year (`06-01`).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, Month, Time};

use super::HoursError;

const CLOCK: &[BorrowedFormatItem<'static>] = format_description!("[hour]:[minute]");

/// A stretch of working time within one day, to the minute. It never runs over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slot {
    opens: Time,
    closes: Time,
}

impl Slot {
    /// For slots written in the source, whose order is plain to see.
    pub(super) const fn known(opens: Time, closes: Time) -> Self {
        Slot { opens, closes }
    }

    /// When work starts.
    pub fn opens(self) -> Time {
        self.opens
    }

    /// When work ends.
    pub fn closes(self) -> Time {
        self.closes
    }
}

impl FromStr for Slot {
    type Err = HoursError;

    fn from_str(text: &str) -> Result<Self, HoursError> {
        let refused = || HoursError::Slot(text.to_owned());
        let (opens, closes) = text.split_once(['-', '–']).ok_or_else(refused)?;
        let opens = Time::parse(opens.trim(), CLOCK).map_err(|_| refused())?;
        let closes = Time::parse(closes.trim(), CLOCK).map_err(|_| refused())?;
        if opens < closes {
            Ok(Slot { opens, closes })
        } else {
            Err(HoursError::Backwards(text.to_owned()))
        }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (opens, closes) = (self.opens, self.closes);
        write!(
            f,
            "{:02}:{:02}-{:02}:{:02}",
            opens.hour(),
            opens.minute(),
            closes.hour(),
            closes.minute()
        )
    }
}

impl TryFrom<String> for Slot {
    type Error = HoursError;

    fn try_from(text: String) -> Result<Self, HoursError> {
        text.parse()
    }
}

impl From<Slot> for String {
    fn from(slot: Slot) -> String {
        slot.to_string()
    }
}

/// A day that returns every year; 29 February is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MonthDay {
    month: u8,
    day: u8,
}

/// Any leap year: it has every day that a year can have.
const LEAP_YEAR: i32 = 2024;

impl MonthDay {
    pub(super) fn of(date: Date) -> Self {
        MonthDay {
            month: u8::from(date.month()),
            day: date.day(),
        }
    }

    pub(super) fn all() -> impl Iterator<Item = MonthDay> {
        (1..=366)
            .filter_map(|day| Date::from_ordinal_date(LEAP_YEAR, day).ok())
            .map(MonthDay::of)
    }
}

impl FromStr for MonthDay {
    type Err = HoursError;

    fn from_str(text: &str) -> Result<Self, HoursError> {
        let read = || {
            let (month, day) = text.split_once('-')?;
            let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
            Date::from_calendar_date(LEAP_YEAR, month, day.parse().ok()?).ok()
        };
        read()
            .map(MonthDay::of)
            .ok_or_else(|| HoursError::MonthDay(text.to_owned()))
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl TryFrom<String> for MonthDay {
    type Error = HoursError;

    fn try_from(text: String) -> Result<Self, HoursError> {
        text.parse()
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> String {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_reads_hours_and_minutes() {
        assert_eq!(
            "08:00 – 12:30".parse::<Slot>().map(|s| s.to_string()),
            Ok("08:00-12:30".into())
        );
    }

    #[test]
    fn a_slot_that_ends_before_it_starts_is_refused() {
        for text in ["12:00-08:00", "12:00-12:00"] {
            assert_eq!(
                text.parse::<Slot>(),
                Err(HoursError::Backwards(text.to_owned()))
            );
        }
    }

    #[test]
    fn a_slot_without_a_second_time_is_refused() {
        assert!(matches!("08:00".parse::<Slot>(), Err(HoursError::Slot(_))));
        assert!(matches!(
            "08:00-25:00".parse::<Slot>(),
            Err(HoursError::Slot(_))
        ));
    }

    #[test]
    fn a_day_that_no_year_has_is_refused() {
        assert!("02-29".parse::<MonthDay>().is_ok());
        assert!("02-30".parse::<MonthDay>().is_err());
    }
}
