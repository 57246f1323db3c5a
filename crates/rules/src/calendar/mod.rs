//! Which days are worked, and during which hours: the published holiday notices of each year and the office's own hours.
//! A year whose notice is not known is computed from the holidays with fixed dates, and says so (*provisional*): intake never
//! fails for want of a calendar. It reads no file and no clock; notices come in as text, hours as data.

mod hours;
mod notice;
#[cfg(test)]
pub(crate) mod sample;
pub(crate) mod spans;

use std::collections::{BTreeMap, BTreeSet};

use time::macros::offset;
use time::{Date, Month, OffsetDateTime, UtcOffset, Weekday};

pub use hours::{DayName, HoursError, MonthDay, Season, Slot, Week, WorkingHours};
pub use notice::{NoticeError, YearNotice};
pub use spans::Span;

/// Local time of China, which has one zone and no summer time.
pub const CHINA: UtcOffset = offset!(+8);

/// When a legal working day ends (`domain.md` §2.6, mode B).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayEnd {
    /// At 24:00, written as 23:59:59 so that the moment still bears the date of its day.
    #[default]
    Midnight,
    /// When the office closes on that day.
    OfficeClose,
}

/// Why a day is worked or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind<'c> {
    /// Monday to Friday, nothing announced.
    Weekday,
    /// A day off that the notice swapped into a working day 调休.
    MakeUp {
        /// The holiday it makes up for.
        name: &'c str,
    },
    /// Saturday or Sunday, nothing announced.
    Weekend,
    /// A public holiday.
    Holiday {
        /// Its name as printed in the notice.
        name: &'c str,
    },
}

impl DayKind<'_> {
    /// Whether people work on such a day.
    pub fn is_working(self) -> bool {
        match self {
            DayKind::Weekday | DayKind::MakeUp { .. } => true,
            DayKind::Weekend | DayKind::Holiday { .. } => false,
        }
    }
}

/// The working calendar of one community: notices by year, hours, local time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    published: BTreeSet<i32>,
    listed: BTreeMap<Date, Listed>,
    hours: WorkingHours,
    offset: UtcOffset,
    day_end: DayEnd,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Listed {
    name: String,
    off: bool,
}

impl Default for Calendar {
    /// No notice known at all: every working-day answer is provisional.
    fn default() -> Self {
        Calendar::new([])
    }
}

impl Calendar {
    /// Joins the notices, whatever their order. Where two notices list the same date (December), the later year's wins: it was
    /// written last.
    pub fn new(notices: impl IntoIterator<Item = YearNotice>) -> Self {
        let by_year: BTreeMap<i32, YearNotice> = notices
            .into_iter()
            .map(|notice| (notice.year(), notice))
            .collect();
        let mut published = BTreeSet::new();
        let mut listed = BTreeMap::new();
        for (year, notice) in by_year {
            if notice.is_published() {
                published.insert(year);
            }
            for day in notice.days() {
                listed.insert(
                    day.date,
                    Listed {
                        name: day.name.clone(),
                        off: day.off,
                    },
                );
            }
        }
        Calendar {
            published,
            listed,
            hours: WorkingHours::default(),
            offset: CHINA,
            day_end: DayEnd::default(),
        }
    }

    /// The same calendar with other office hours.
    pub fn with_hours(self, hours: WorkingHours) -> Self {
        Calendar { hours, ..self }
    }

    /// The same calendar read in another local time.
    pub fn at_offset(self, offset: UtcOffset) -> Self {
        Calendar { offset, ..self }
    }

    /// The same calendar with another end of the legal day.
    pub fn with_day_end(self, day_end: DayEnd) -> Self {
        Calendar { day_end, ..self }
    }

    /// The office hours.
    pub fn hours(&self) -> &WorkingHours {
        &self.hours
    }

    /// Whether the notice of this year is known.
    pub fn is_published(&self, year: i32) -> bool {
        self.published.contains(&year)
    }

    /// Whether people work on this date.
    pub fn is_working_day(&self, date: Date) -> bool {
        self.day(date).is_working()
    }

    /// What kind of day this is. First what a notice lists, then fixed-date holidays of a year without notice, then the weekday.
    pub fn day(&self, date: Date) -> DayKind<'_> {
        if let Some(listed) = self.listed.get(&date) {
            let name = listed.name.as_str();
            return if listed.off {
                DayKind::Holiday { name }
            } else {
                DayKind::MakeUp { name }
            };
        }
        if !self.is_published(date.year())
            && let Some(name) = fixed_holiday(date)
        {
            return DayKind::Holiday { name };
        }
        match date.weekday() {
            Weekday::Saturday | Weekday::Sunday => DayKind::Weekend,
            _ => DayKind::Weekday,
        }
    }

    /// Whether a notice still to come may change what kind of day this is. The last week of December belongs to two
    /// notices, since the New Year's holiday of the next year may reach into it.
    pub fn is_provisional(&self, date: Date) -> bool {
        let year = date.year();
        let next_may_reach = date.month() == Month::December && date.day() >= 25;
        !self.is_published(year) || (next_may_reach && !self.is_published(year + 1))
    }

    /// The same moment in local time.
    pub fn local(&self, at: OffsetDateTime) -> OffsetDateTime {
        // Only the very last hours of year 9999 have no local form; they stay as they came.
        at.checked_to_offset(self.offset).unwrap_or(at)
    }
}

/// Public holidays whose dates do not depend on the moon or on a notice. Modelled on the national holiday rules; the
/// lunar ones are left out on purpose, so that nothing is guessed.
fn fixed_holiday(date: Date) -> Option<&'static str> {
    match (date.month(), date.day()) {
        (Month::January, 1) => Some("元旦"),
        (Month::May, 1 | 2) => Some("劳动节"),
        (Month::October, 1..=3) => Some("国庆节"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::sample::{calendar, notice_2025, notice_2026};
    use super::*;

    #[test]
    fn a_make_up_sunday_is_a_working_day() {
        assert!(calendar().is_working_day(date!(2026 - 09 - 20)));
        assert_eq!(
            calendar().day(date!(2026 - 09 - 20)),
            DayKind::MakeUp { name: "国庆节" }
        );
    }

    #[test]
    fn a_listed_weekday_is_a_holiday_with_its_name() {
        assert_eq!(
            calendar().day(date!(2026 - 02 - 18)),
            DayKind::Holiday { name: "春节" }
        );
    }

    #[test]
    fn a_weekend_beside_a_holiday_need_not_be_listed() {
        assert_eq!(calendar().day(date!(2026 - 10 - 11)), DayKind::Weekend);
    }

    #[test]
    fn a_published_year_has_no_other_holidays_than_its_notice() {
        let odd = YearNotice::parse(
            r#"{"year":2030,"papers":["x"],"days":[{"name":"元旦","date":"2030-01-02","isOffDay":true}]}"#,
        )
        .expect("valid");
        assert!(Calendar::new([odd]).is_working_day(date!(2030 - 01 - 01)));
    }

    #[test]
    fn a_year_without_notice_rests_on_fixed_dates_and_weekends() {
        let none = Calendar::default();
        for day in [
            date!(2027 - 01 - 01),
            date!(2028 - 05 - 01),
            date!(2028 - 05 - 02),
            date!(2029 - 10 - 01),
            date!(2029 - 10 - 03),
        ] {
            assert!(matches!(none.day(day), DayKind::Holiday { .. }), "{day}");
        }
        assert!(none.is_working_day(date!(2028 - 05 - 03)));
        assert!(!none.is_working_day(date!(2027 - 01 - 02)));
    }

    #[test]
    fn a_year_without_notice_is_provisional() {
        assert!(calendar().is_provisional(date!(2027 - 03 - 01)));
        assert!(!calendar().is_provisional(date!(2026 - 03 - 01)));
    }

    #[test]
    fn an_empty_year_file_publishes_nothing() {
        let empty = YearNotice::parse(r#"{"year":2027,"papers":[],"days":[]}"#).expect("valid");
        let calendar = Calendar::new([empty]);
        assert!(!calendar.is_published(2027));
        assert!(!calendar.is_working_day(date!(2027 - 01 - 01)));
    }

    #[test]
    fn the_last_week_of_december_waits_for_the_next_notice() {
        let only_2025 = Calendar::new([notice_2025()]);
        assert!(only_2025.is_provisional(date!(2025 - 12 - 31)));
        assert!(!only_2025.is_provisional(date!(2025 - 12 - 24)));
        assert!(
            !Calendar::new([notice_2025(), notice_2026()]).is_provisional(date!(2025 - 12 - 31))
        );
    }

    #[test]
    fn the_later_notice_decides_a_december_day_whatever_the_order() {
        let early = || {
            YearNotice::parse(
                r#"{"year":2030,"papers":[],"days":[{"name":"元旦","date":"2030-12-31","isOffDay":false}]}"#,
            )
            .expect("valid")
        };
        let late = || {
            YearNotice::parse(
                r#"{"year":2031,"papers":[],"days":[{"name":"元旦","date":"2030-12-31","isOffDay":true}]}"#,
            )
            .expect("valid")
        };
        for calendar in [
            Calendar::new([early(), late()]),
            Calendar::new([late(), early()]),
        ] {
            assert!(!calendar.is_working_day(date!(2030 - 12 - 31)));
        }
    }
}
