//! Moments in local time (China, +08:00): months, the span of the history, and when people are awake. Never asks what time
//! it is.

use crate::dice::Dice;
use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, Month as MonthName, OffsetDateTime, Time, UtcOffset, macros::offset};

/// China has one zone and no summer time.
pub const LOCAL: UtcOffset = offset!(+8);

/// A stretch of time from `start` (included) to `end` (excluded).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// The first moment.
    pub start: OffsetDateTime,
    /// The first moment that is not in it any more.
    pub end: OffsetDateTime,
}

impl Month {
    /// Whether a moment lies in it.
    #[must_use]
    pub fn holds(&self, at: OffsetDateTime) -> bool {
        self.start <= at && at < self.end
    }

    fn starting(first: Date) -> Option<Self> {
        Some(Self {
            start: midnight(first),
            end: midnight(months_before(first, -1)?),
        })
    }
}

/// The last calendar month that ended before `today` began.
#[must_use]
pub fn last_full_month(today: Date) -> Option<Month> {
    Month::starting(months_before(today.replace_day(1).ok()?, 1)?)
}

/// The days that the history covers, and the months its figures speak of.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// First moment of the history.
    pub start: OffsetDateTime,
    /// First moment after it: the beginning of today.
    pub end: OffsetDateTime,
    /// The last full month.
    pub month: Month,
    /// The same month of the year before.
    pub year_ago: Month,
}

impl Span {
    /// Fourteen months that end before `today`.
    pub fn before(today: Date) -> Option<Self> {
        let month = last_full_month(today)?;
        let year_ago = Month::starting(months_before(month.start.date(), 12)?)?;
        Some(Self {
            start: midnight(months_before(today, 14)?),
            end: midnight(today),
            month,
            year_ago,
        })
    }

    /// The calendar months it touches: each whole, how far from the last full one (0; the year before −12), and the part
    /// of it that lies in the span.
    pub fn months(&self) -> Vec<(i32, Month, Month)> {
        let first = self.month.start.date();
        (-13..=1)
            .filter_map(|step| Some((step, Month::starting(months_before(first, -step)?)?)))
            .map(|(step, whole)| {
                (
                    step,
                    whole,
                    Month {
                        start: whole.start.max(self.start),
                        end: whole.end.min(self.end),
                    },
                )
            })
            .filter(|(_, _, part)| part.start < part.end)
            .collect()
    }
}

/// The first moment of a day.
pub fn midnight(day: Date) -> OffsetDateTime {
    day.midnight().assume_offset(LOCAL)
}

/// The same day so many months earlier, or the last one of a shorter month.
fn months_before(day: Date, months: i32) -> Option<Date> {
    let count = day.year() * 12 + i32::from(u8::from(day.month())) - 1 - months;
    let month = MonthName::try_from(u8::try_from(count.rem_euclid(12) + 1).ok()?).ok()?;
    let year = count.div_euclid(12);
    Date::from_calendar_date(year, month, day.day().min(month.length(year))).ok()
}

/// A moment as it stands in a file: RFC 3339, whole seconds, +08:00.
pub fn local(at: OffsetDateTime) -> String {
    let whole = at.to_offset(LOCAL).replace_nanosecond(0).unwrap_or(at);
    whole.format(&Rfc3339).unwrap_or_default()
}

/// Whether people are at work or on their rounds.
pub fn is_day(at: OffsetDateTime) -> bool {
    (8..20).contains(&at.hour())
}

/// The next moment in daytime: `at` itself, or soon after eight in the morning.
pub fn daytime(at: OffsetDateTime, dice: &mut Dice) -> OffsetDateTime {
    if is_day(at) {
        return at;
    }
    let day = if at.hour() < 8 {
        Some(at.date())
    } else {
        at.date().next_day()
    };
    let morning = day.map_or(at, |day| {
        at.replace_date(day).replace_time(Time::MIDNIGHT) + Duration::hours(8)
    });
    morning + Duration::seconds(dice.between(60, 3_000))
}

/// A moment between two others.
pub fn between(from: OffsetDateTime, to: OffsetDateTime, dice: &mut Dice) -> OffsetDateTime {
    from + Duration::seconds(dice.between(0, (to - from).whole_seconds().max(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn the_last_full_month_of_a_march_day_in_a_leap_year_has_twenty_nine_days() {
        let month = last_full_month(date!(2028 - 03 - 15));
        assert_eq!(
            month.map(|month| (month.end - month.start).whole_days()),
            Some(29)
        );
    }

    #[test]
    fn the_span_holds_the_same_month_of_the_year_before_on_every_day() {
        let days =
            std::iter::successors(Some(date!(2027 - 01 - 01)), |day| day.next_day()).take(800);
        for day in days {
            let span = Span::before(day);
            assert!(
                span.is_some_and(
                    |span| span.start <= span.year_ago.start && span.month.end <= span.end
                ),
                "{day}"
            );
        }
    }
}
