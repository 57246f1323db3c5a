//! The stretch of time that a figure speaks of: whole days in local time, its first moment included, its last not.

use time::{Date, Month, OffsetDateTime, UtcOffset};

/// A period of whole local days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    first: Date,
    /// The day after the last.
    until: Date,
    offset: UtcOffset,
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
