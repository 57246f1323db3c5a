//! The stretch of time that a figure speaks of: whole days in local time, its first moment included, its last not.

use std::str::FromStr;

use time::{Date, Duration, Month, OffsetDateTime, UtcOffset};

/// A period of whole local days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    first: Date,
    /// The day after the last.
    until: Date,
    offset: UtcOffset,
}

/// How long a period of the calendar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "as they say")]
pub enum Length {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Length {
    /// Every length, the shortest first.
    pub const ALL: [Length; 5] = [
        Length::Day,
        Length::Week,
        Length::Month,
        Length::Quarter,
        Length::Year,
    ];

    /// The name in addresses and locale keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Length::Day => "day",
            Length::Week => "week",
            Length::Month => "month",
            Length::Quarter => "quarter",
            Length::Year => "year",
        }
    }
}

impl FromStr for Length {
    type Err = PeriodError;

    fn from_str(name: &str) -> Result<Self, PeriodError> {
        let found = Self::ALL.into_iter().find(|one| one.as_str() == name);
        found.ok_or(PeriodError::UnknownLength)
    }
}

/// Why two dates make no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The last day lies before the first.
    #[error("{last} is before {first}")]
    Backwards {
        /// First day asked for.
        first: Date,
        /// Last day asked for.
        last: Date,
    },
    /// It reaches out of representable time.
    #[error("a period must lie within the years 1 to 9999")]
    OutOfRange,
    /// A name that no length has.
    #[error("a period is a day, week, month, quarter or year")]
    UnknownLength,
}

impl Period {
    /// From `first` to `last`, both included, in local time.
    ///
    /// # Errors
    /// The last day lies before the first; the years leave 1 to 9999.
    pub fn days(first: Date, last: Date, offset: UtcOffset) -> Result<Period, PeriodError> {
        if last < first {
            return Err(PeriodError::Backwards { first, last });
        }
        let until = last.next_day().ok_or(PeriodError::OutOfRange)?;
        if first.year() < 1 {
            return Err(PeriodError::OutOfRange);
        }
        Ok(Period {
            first,
            until,
            offset,
        })
    }

    /// One calendar month.
    ///
    /// # Errors
    /// The year leaves 1 to 9999.
    pub fn month(year: i32, month: Month, offset: UtcOffset) -> Result<Period, PeriodError> {
        let day = |n| Date::from_calendar_date(year, month, n).map_err(|_| PeriodError::OutOfRange);
        Self::days(day(1)?, day(month.length(year))?, offset)
    }

    /// The calendar month, quarter, year or week that a date lies in; a day is a week of one.
    ///
    /// # Errors
    /// The year leaves 1 to 9999.
    pub fn around(date: Date, length: Length, offset: UtcOffset) -> Result<Period, PeriodError> {
        let (first, months) = match length {
            Length::Day => return Self::days(date, date, offset),
            Length::Week => return Self::week(date, offset),
            Length::Month => (date.month() as u8, 1),
            Length::Quarter => ((date.month() as u8 - 1) / 3 * 3 + 1, 3),
            Length::Year => (1, 12),
        };
        let month = |n| Month::try_from(n).map_err(|_| PeriodError::OutOfRange);
        let day = |month, day| {
            Date::from_calendar_date(date.year(), month, day).map_err(|_| PeriodError::OutOfRange)
        };
        let last = month(first + months - 1)?;
        Self::days(
            day(month(first)?, 1)?,
            day(last, last.length(date.year()))?,
            offset,
        )
    }

    /// Monday to Sunday.
    fn week(date: Date, offset: UtcOffset) -> Result<Period, PeriodError> {
        let since = i64::from(date.weekday().number_days_from_monday());
        let monday = date.checked_sub(Duration::days(since));
        let monday = monday.ok_or(PeriodError::OutOfRange)?;
        let sunday = monday.checked_add(Duration::days(6));
        Self::days(monday, sunday.ok_or(PeriodError::OutOfRange)?, offset)
    }

    /// The period directly before 上期: as many whole months before whole months, else as many days.
    ///
    /// # Errors
    /// There is no day before year 1.
    pub fn before(&self) -> Result<Period, PeriodError> {
        let last = self.first.previous_day().ok_or(PeriodError::OutOfRange)?;
        let months = months_of(self.until) - months_of(self.first);
        let first = if self.first.day() == 1 && self.until.day() == 1 {
            month_from(months_of(self.first) - months)
        } else {
            self.first.checked_sub(self.until - self.first)
        };
        Self::days(first.ok_or(PeriodError::OutOfRange)?, last, self.offset)
    }

    /// The periods of a length that lie in it, in order; the first and the last may be cut off by its ends.
    pub fn split(&self, length: Length) -> Vec<Period> {
        let mut parts = Vec::new();
        let mut day = self.first;
        while day < self.until {
            let Ok(part) = Self::around(day, length, self.offset) else {
                break;
            };
            let until = part.until.min(self.until);
            parts.push(Period {
                first: day,
                until,
                offset: self.offset,
            });
            day = until;
        }
        parts
    }

    /// Local time.
    pub fn offset(&self) -> UtcOffset {
        self.offset
    }

    /// How many days.
    pub fn len(&self) -> i64 {
        (self.until - self.first).whole_days()
    }

    /// Never: a period has at least one day.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day, included.
    pub fn last(&self) -> Date {
        // `until` lies after `first`, so a day before it exists.
        self.until.previous_day().unwrap_or(self.first)
    }

    /// Its first moment.
    pub fn start(&self) -> OffsetDateTime {
        self.first.midnight().assume_offset(self.offset)
    }

    /// The first moment after it.
    pub fn end(&self) -> OffsetDateTime {
        self.until.midnight().assume_offset(self.offset)
    }

    /// Whether a moment lies in it.
    pub fn contains(&self, at: OffsetDateTime) -> bool {
        self.start() <= at && at < self.end()
    }

    /// The same days of the year before 上年同期. A period that ends with February ends with February there too.
    ///
    /// # Errors
    /// There is no year before year 1.
    pub fn year_before(&self) -> Result<Period, PeriodError> {
        let first = year_earlier(self.first).ok_or(PeriodError::OutOfRange)?;
        let until = match year_earlier(self.until) {
            // The day before 29 February is the last one meant, so the period ends before 1 March there.
            Some(day) if is_leap_day(self.until) => day.next_day(),
            day => day,
        };
        let last = until
            .and_then(Date::previous_day)
            .ok_or(PeriodError::OutOfRange)?;
        Self::days(first, last, self.offset)
    }
}

/// Months since year 0.
fn months_of(date: Date) -> i32 {
    date.year() * 12 + date.month() as i32 - 1
}

/// The first day of a month counted so.
fn month_from(months: i32) -> Option<Date> {
    let month = u8::try_from(months.rem_euclid(12) + 1).ok()?;
    Date::from_calendar_date(months.div_euclid(12), Month::try_from(month).ok()?, 1).ok()
}

fn is_leap_day(date: Date) -> bool {
    date.month() == Month::February && date.day() == 29
}

/// The same date a year earlier; 28 February for the 29th.
fn year_earlier(date: Date) -> Option<Date> {
    let day = if is_leap_day(date) { 28 } else { date.day() };
    Date::from_calendar_date(date.year() - 1, date.month(), day).ok()
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;
    use crate::calendar::CHINA;

    fn days(first: Date, last: Date) -> Period {
        Period::days(first, last, CHINA).expect("in order")
    }

    #[test]
    fn a_period_starts_and_ends_at_local_midnight() {
        let october = Period::month(2026, Month::October, CHINA).expect("a month");
        assert!(october.contains(datetime!(2026-09-30 16:00 UTC)));
        assert!(!october.contains(datetime!(2026-09-30 15:59:59 UTC)));
        assert!(october.contains(datetime!(2026-10-31 23:59:59 +8)));
        assert!(!october.contains(datetime!(2026-11-01 00:00 +8)));
    }

    #[test]
    fn a_period_backwards_is_refused() {
        let (first, last) = (date!(2026 - 10 - 02), date!(2026 - 10 - 01));
        let refused = Period::days(first, last, CHINA);
        assert_eq!(refused, Err(PeriodError::Backwards { first, last }));
    }

    #[test]
    fn a_period_outside_representable_years_is_refused() {
        let first_year = days(date!(0001 - 01 - 01), date!(0001 - 12 - 31));
        assert_eq!(first_year.year_before(), Err(PeriodError::OutOfRange));
        assert_eq!(
            Period::month(9999, Month::December, CHINA),
            Err(PeriodError::OutOfRange)
        );
    }

    #[test]
    fn the_year_before_has_the_same_days() {
        let october = days(date!(2026 - 10 - 01), date!(2026 - 10 - 31));
        let before = october.year_before().expect("a year before");
        assert_eq!(
            (before.first(), before.last()),
            (date!(2025 - 10 - 01), date!(2025 - 10 - 31))
        );
    }

    #[test]
    fn before_whole_months_lie_as_many_whole_months_and_before_days_as_many_days() {
        for (first, last, first_before, last_before) in [
            (
                date!(2026 - 03 - 01),
                date!(2026 - 03 - 31),
                date!(2026 - 02 - 01),
                date!(2026 - 02 - 28),
            ),
            (
                date!(2026 - 01 - 01),
                date!(2026 - 03 - 31),
                date!(2025 - 10 - 01),
                date!(2025 - 12 - 31),
            ),
            (
                date!(2026 - 01 - 01),
                date!(2026 - 12 - 31),
                date!(2025 - 01 - 01),
                date!(2025 - 12 - 31),
            ),
            (
                date!(2026 - 03 - 02),
                date!(2026 - 03 - 08),
                date!(2026 - 02 - 23),
                date!(2026 - 03 - 01),
            ),
        ] {
            let before = days(first, last).before().expect("a period before");
            assert_eq!((before.first(), before.last()), (first_before, last_before));
        }
    }

    #[test]
    fn a_day_lies_in_its_week_month_quarter_and_year() {
        let day = date!(2026 - 11 - 23);
        for (length, first, last) in [
            (Length::Day, day, day),
            (Length::Week, date!(2026 - 11 - 23), date!(2026 - 11 - 29)),
            (Length::Month, date!(2026 - 11 - 01), date!(2026 - 11 - 30)),
            (
                Length::Quarter,
                date!(2026 - 10 - 01),
                date!(2026 - 12 - 31),
            ),
            (Length::Year, date!(2026 - 01 - 01), date!(2026 - 12 - 31)),
        ] {
            let period = Period::around(day, length, CHINA).expect("a period");
            assert_eq!((period.first(), period.last()), (first, last), "{length:?}");
        }
    }

    #[test]
    fn a_period_falls_into_parts_without_gap_or_overlap() {
        let period = days(date!(2026 - 01 - 15), date!(2026 - 04 - 02));
        let months = period.split(Length::Month);
        assert_eq!(months.len(), 4);
        assert_eq!(months.iter().map(Period::len).sum::<i64>(), period.len());
        assert_eq!(months.first().map(Period::first), Some(period.first()));
        assert_eq!(months.last().map(Period::last), Some(period.last()));
    }

    #[test]
    fn leap_days_never_empty_or_lengthen_the_year_before() {
        for (first, last, first_before, last_before) in [
            (
                date!(2028 - 02 - 01),
                date!(2028 - 02 - 29),
                date!(2027 - 02 - 01),
                date!(2027 - 02 - 28),
            ),
            (
                date!(2028 - 02 - 29),
                date!(2028 - 02 - 29),
                date!(2027 - 02 - 28),
                date!(2027 - 02 - 28),
            ),
            (
                date!(2028 - 02 - 01),
                date!(2028 - 02 - 28),
                date!(2027 - 02 - 01),
                date!(2027 - 02 - 28),
            ),
            (
                date!(2029 - 02 - 01),
                date!(2029 - 02 - 28),
                date!(2028 - 02 - 01),
                date!(2028 - 02 - 29),
            ),
        ] {
            let before = days(first, last).year_before().expect("a year before");
            assert_eq!((before.first(), before.last()), (first_before, last_before));
        }
    }
}
