//! Working time as stretches on the time line: the one place where days and slots become moments.
//! It measures and walks; it never decides how much time somebody has.

use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time};

use super::{Calendar, DayEnd};

/// A stretch of working time in local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First moment.
    pub opens: OffsetDateTime,
    /// Last moment.
    pub closes: OffsetDateTime,
}

impl Span {
    /// The part of the span after `from`; nothing if it is over by then.
    pub(crate) fn after(self, from: OffsetDateTime) -> Option<Span> {
        (from < self.closes).then(|| Span {
            opens: self.opens.max(from),
            ..self
        })
    }
}

impl Calendar {
    /// The working stretches of one date, in order; none on a day off.
    pub fn spans(&self, date: Date) -> impl Iterator<Item = Span> {
        let slots = if self.is_working_day(date) {
            self.hours().slots(date)
        } else {
            Default::default()
        };
        slots.iter().map(move |slot| Span {
            opens: self.moment(date, slot.opens()),
            closes: self.moment(date, slot.closes()),
        })
    }

    /// Working time between two moments; zero when `until` is not after `from`.
    pub fn working_time(&self, from: OffsetDateTime, until: OffsetDateTime) -> Duration {
        days(self.local(from).date(), self.local(until).date())
            .flat_map(|date| self.spans(date))
            .map(|span| (span.closes.min(until) - span.opens.max(from)).max(Duration::ZERO))
            .sum()
    }

    /// Number of working days after the date `after` up to and including `last`.
    pub fn working_days(&self, after: Date, last: Date) -> u32 {
        let count = following(after)
            .take_while(|date| *date <= last)
            .filter(|date| self.is_working_day(*date))
            .count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// Whether a notice still to come may change anything between two moments.
    pub fn is_provisional_between(&self, from: OffsetDateTime, until: OffsetDateTime) -> bool {
        days(self.local(from).date(), self.local(until).date())
            .any(|date| self.is_provisional(date))
    }

    /// The last moment of a working day as a legal limit counts it.
    pub fn end_of(&self, date: Date) -> OffsetDateTime {
        let closing = match self.day_end {
            DayEnd::Midnight => None,
            DayEnd::OfficeClose => self.hours().slots(date).last().map(|slot| slot.closes()),
        };
        self.moment(date, closing.unwrap_or(LAST_SECOND))
    }

    fn moment(&self, date: Date, time: Time) -> OffsetDateTime {
        PrimitiveDateTime::new(date, time).assume_offset(self.offset)
    }
}

const LAST_SECOND: Time = time::macros::time!(23:59:59);

/// The dates from `first` to `last`, both included.
pub(crate) fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |date| date.next_day()).take_while(move |date| *date <= last)
}

/// The dates after `day`, until the end of representable time.
pub(crate) fn following(day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(day.next_day(), |date| date.next_day())
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::super::sample::calendar;
    use super::*;

    #[test]
    fn working_time_leaves_out_lunch_nights_and_days_off() {
        let worked = calendar().working_time(
            datetime!(2026-09-18 11:00 +8),
            datetime!(2026-09-20 09:00 +8),
        );
        assert_eq!(
            worked,
            Duration::hours(1 + 4 + 1),
            "Friday, then the make-up Sunday"
        );
    }

    #[test]
    fn working_time_is_the_same_whatever_offset_the_moments_are_written_in() {
        let worked = calendar().working_time(
            datetime!(2026-09-18 03:00 UTC),
            datetime!(2026-09-18 04:00 UTC),
        );
        assert_eq!(worked, Duration::hours(1), "11:00 to 12:00 in China");
    }

    #[test]
    fn working_time_backwards_is_nothing() {
        let worked = calendar().working_time(
            datetime!(2026-09-18 17:00 +8),
            datetime!(2026-09-18 09:00 +8),
        );
        assert_eq!(worked, Duration::ZERO);
    }

    #[test]
    fn working_days_leave_out_the_first_and_count_the_last() {
        let calendar = calendar();
        assert_eq!(
            calendar.working_days(date!(2026 - 09 - 14), date!(2026 - 09 - 16)),
            2
        );
        assert_eq!(
            calendar.working_days(date!(2026 - 09 - 30), date!(2026 - 10 - 07)),
            0
        );
    }

    #[test]
    fn a_legal_day_ends_at_closing_time_where_the_office_says_so() {
        let office = calendar().with_day_end(DayEnd::OfficeClose);
        assert_eq!(
            office.end_of(date!(2026 - 09 - 30)),
            datetime!(2026-09-30 18:00 +8)
        );
        assert_eq!(
            calendar().end_of(date!(2026 - 09 - 30)),
            datetime!(2026-09-30 23:59:59 +8)
        );
    }
}
