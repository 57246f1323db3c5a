//! Office hours as data: working slots per weekday, with seasonal sets (summer, winter) and staggered hours 错时延时.
//! It says when an office works on a working day, never whether a day is one.

mod file;
mod slot;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::Date;
use time::macros::time;

pub use slot::{MonthDay, Slot};

/// Why office hours cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// A slot is not written as `08:00-12:00`.
    #[error("{0:?} is not a slot like 08:00-12:00")]
    Slot(String),
    /// A slot ends before it starts, or lasts no time.
    #[error("slot {0} ends before it starts")]
    Backwards(String),
    /// Two slots of a day overlap or are out of order.
    #[error("slot {0} starts before the one ahead of it ends")]
    Overlap(Slot),
    /// A day has no slot, so a working day would have no working time.
    #[error("a day without any slot")]
    NoSlot,
    /// A day of the year is not written as `06-01` or does not exist.
    #[error("{0:?} is not a day of the year like 06-01")]
    MonthDay(String),
    /// Two seasons claim the same day.
    #[error("two seasons claim {0}")]
    Seasons(MonthDay),
    /// A working day must be counted as 1 to 24 hours.
    #[error("{0} hours are no working day")]
    WorkingDay(u8),
}

/// A weekday's name, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say all")]
pub enum DayName {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl DayName {
    const ALL: [DayName; 7] = [
        DayName::Monday,
        DayName::Tuesday,
        DayName::Wednesday,
        DayName::Thursday,
        DayName::Friday,
        DayName::Saturday,
        DayName::Sunday,
    ];

    fn of(date: Date) -> DayName {
        Self::ALL[usize::from(date.weekday().number_days_from_monday())]
    }
}

/// The slots of a week. Weekend days have slots too: a make-up working Saturday is worked in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    every_day: Vec<Slot>,
    on: BTreeMap<DayName, Vec<Slot>>,
}

impl Week {
    /// The same slots every day, except on the days named in `on`.
    ///
    /// # Errors
    /// A day without slots; slots that overlap or are out of order.
    pub fn new(every_day: Vec<Slot>, on: BTreeMap<DayName, Vec<Slot>>) -> Result<Self, HoursError> {
        for slots in std::iter::once(&every_day).chain(on.values()) {
            check_order(slots)?;
        }
        Ok(Week { every_day, on })
    }

    fn slots(&self, date: Date) -> &[Slot] {
        self.on.get(&DayName::of(date)).unwrap_or(&self.every_day)
    }
}

fn check_order(slots: &[Slot]) -> Result<(), HoursError> {
    if slots.is_empty() {
        return Err(HoursError::NoSlot);
    }
    match slots
        .windows(2)
        .find(|pair| pair[1].opens() < pair[0].closes())
    {
        Some(pair) => Err(HoursError::Overlap(pair[1])),
        None => Ok(()),
    }
}

/// Hours that hold for a part of every year, both ends included; it may run over New Year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Season {
    /// First day.
    pub from: MonthDay,
    /// Last day.
    pub until: MonthDay,
    /// Its slots.
    pub week: Week,
}

impl Season {
    fn contains(&self, day: MonthDay) -> bool {
        if self.from <= self.until {
            (self.from..=self.until).contains(&day)
        } else {
            day >= self.from || day <= self.until
        }
    }
}

/// When an office works on its working days, and how many hours count as one working day in mode A.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "file::HoursFile", into = "file::HoursFile")]
pub struct WorkingHours {
    usual: Week,
    seasons: Vec<Season>,
    working_day: u8,
}

impl Default for WorkingHours {
    /// 08:00–12:00 and 14:00–18:00 all the year, eight hours a day.
    fn default() -> Self {
        let slots = vec![
            Slot::known(time!(08:00), time!(12:00)),
            Slot::known(time!(14:00), time!(18:00)),
        ];
        WorkingHours {
            usual: Week {
                every_day: slots,
                on: BTreeMap::new(),
            },
            seasons: Vec::new(),
            working_day: 8,
        }
    }
}

impl WorkingHours {
    /// `usual` holds wherever no season does; `working_day` is how many hours one working day counts.
    ///
    /// # Errors
    /// Seasons that claim the same day; a working day of 0 or more than 24 hours.
    pub fn new(usual: Week, seasons: Vec<Season>, working_day: u8) -> Result<Self, HoursError> {
        if !(1..=24).contains(&working_day) {
            return Err(HoursError::WorkingDay(working_day));
        }
        let claimed_twice =
            MonthDay::all().find(|day| seasons.iter().filter(|s| s.contains(*day)).count() > 1);
        match claimed_twice {
            Some(day) => Err(HoursError::Seasons(day)),
            None => Ok(WorkingHours {
                usual,
                seasons,
                working_day,
            }),
        }
    }

    /// How many working hours count as one working day (mode A).
    pub fn working_day(&self) -> u8 {
        self.working_day
    }

    /// The slots of a date if it is a working day; never empty.
    pub fn slots(&self, date: Date) -> &[Slot] {
        let day = MonthDay::of(date);
        self.seasons
            .iter()
            .find(|season| season.contains(day))
            .map_or(&self.usual, |season| &season.week)
            .slots(date)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn hours(json: &str) -> Result<WorkingHours, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    fn first_slot(hours: &WorkingHours, date: Date) -> String {
        hours.slots(date)[0].to_string()
    }

    #[test]
    fn hours_survive_being_written_and_read() {
        let text = serde_json::to_string(&WorkingHours::default()).expect("json");
        assert_eq!(hours(&text), Ok(WorkingHours::default()));
    }

    #[test]
    fn a_season_replaces_the_usual_hours_on_its_days_both_ends_included() {
        let summer = hours(
            r#"{"every_day":["08:00-12:00"],
                "seasons":[{"from":"06-01","until":"09-30","every_day":["07:30-11:30"]}]}"#,
        )
        .expect("valid");
        assert_eq!(first_slot(&summer, date!(2026 - 05 - 31)), "08:00-12:00");
        assert_eq!(first_slot(&summer, date!(2026 - 06 - 01)), "07:30-11:30");
        assert_eq!(first_slot(&summer, date!(2026 - 09 - 30)), "07:30-11:30");
        assert_eq!(first_slot(&summer, date!(2026 - 10 - 01)), "08:00-12:00");
    }

    #[test]
    fn a_season_may_run_over_new_year() {
        let winter = hours(
            r#"{"every_day":["08:00-12:00"],
                "seasons":[{"from":"11-01","until":"02-29","every_day":["09:00-12:00"]}]}"#,
        )
        .expect("valid");
        assert_eq!(first_slot(&winter, date!(2026 - 12 - 31)), "09:00-12:00");
        assert_eq!(first_slot(&winter, date!(2027 - 01 - 01)), "09:00-12:00");
        assert_eq!(first_slot(&winter, date!(2027 - 03 - 01)), "08:00-12:00");
    }

    #[test]
    fn one_weekday_may_have_its_own_hours() {
        let late_wednesday =
            hours(r#"{"every_day":["08:00-12:00"],"on":{"wednesday":["12:00-20:00"]}}"#)
                .expect("valid");
        assert_eq!(
            first_slot(&late_wednesday, date!(2026 - 09 - 16)),
            "12:00-20:00"
        );
        assert_eq!(
            first_slot(&late_wednesday, date!(2026 - 09 - 17)),
            "08:00-12:00"
        );
    }

    #[test]
    fn a_day_without_slots_is_refused() {
        assert!(hours(r#"{"every_day":[]}"#).is_err());
        assert!(hours(r#"{"every_day":["08:00-12:00"],"on":{"friday":[]}}"#).is_err());
    }

    #[test]
    fn slots_that_overlap_are_refused() {
        assert!(hours(r#"{"every_day":["08:00-12:00","11:00-15:00"]}"#).is_err());
    }

    #[test]
    fn seasons_that_claim_the_same_day_are_refused() {
        let refused = hours(
            r#"{"every_day":["08:00-12:00"],"seasons":[
                {"from":"06-01","until":"09-30","every_day":["07:30-11:30"]},
                {"from":"09-30","until":"10-31","every_day":["07:30-11:30"]}]}"#,
        );
        assert!(refused.is_err_and(|text| text.contains("09-30")));
    }

    #[test]
    fn a_working_day_of_no_hours_is_refused() {
        assert!(hours(r#"{"every_day":["08:00-12:00"],"working_day":0}"#).is_err());
        assert!(hours(r#"{"every_day":["08:00-12:00"],"working_day":25}"#).is_err());
    }

    #[test]
    fn an_unknown_field_is_refused() {
        assert!(hours(r#"{"every_day":["08:00-12:00"],"lunch":"12:00"}"#).is_err());
    }
}
