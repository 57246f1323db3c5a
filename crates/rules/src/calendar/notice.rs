//! One year's holiday notice, read from the JSON layout of the holiday-cn collection: `{year, papers[], days[{name, date, isOffDay}]}`.
//! The year is the one of the paper: a notice may also list days in December of the year before. Weekends beside a holiday
//! are not listed. It never invents a day.

use std::collections::BTreeSet;

use serde::Deserialize;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, Month};

/// A notice that was read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearNotice {
    year: i32,
    papers: Vec<String>,
    days: Vec<NoticeDay>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoticeDay {
    pub(super) date: Date,
    pub(super) name: String,
    pub(super) off: bool,
}

/// Why a year file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// The text is not JSON of the expected layout.
    #[error("not a year file: {0}")]
    Layout(#[from] serde_json::Error),
    /// A date is not written as `2026-10-01` or does not exist.
    #[error("entry {entry}: {text:?} is not a date")]
    Date {
        /// Number of the entry in `days`, from 1.
        entry: usize,
        /// What stands there.
        text: String,
    },
    /// A date lies neither in the year nor in the December before it.
    #[error("entry {entry}: {date} does not belong to the notice of {year}")]
    OtherYear {
        /// Number of the entry in `days`, from 1.
        entry: usize,
        /// The date that does not belong here.
        date: Date,
        /// Year of the notice.
        year: i32,
    },
    /// A date is listed twice.
    #[error("entry {entry}: {date} is listed twice")]
    Twice {
        /// Number of the second entry in `days`, from 1.
        entry: usize,
        /// The date.
        date: Date,
    },
}

// The files carry schema marks and may grow fields, so unknown ones are let through here.
#[derive(Deserialize)]
struct YearFile {
    year: i32,
    #[serde(default)]
    papers: Vec<String>,
    days: Vec<DayEntry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DayEntry {
    name: String,
    date: String,
    is_off_day: bool,
}

const DATE: &[BorrowedFormatItem<'static>] = format_description!("[year]-[month]-[day]");

impl YearNotice {
    /// Reads one year file.
    ///
    /// # Errors
    /// Names the first entry that cannot be used; nothing is skipped silently.
    pub fn parse(json: &str) -> Result<Self, NoticeError> {
        let file: YearFile = serde_json::from_str(json)?;
        let mut seen = BTreeSet::new();
        let mut days = Vec::with_capacity(file.days.len());
        for (index, line) in file.days.into_iter().enumerate() {
            let day = read_day(line, index + 1, file.year)?;
            if !seen.insert(day.date) {
                return Err(NoticeError::Twice {
                    entry: index + 1,
                    date: day.date,
                });
            }
            days.push(day);
        }
        Ok(YearNotice {
            year: file.year,
            papers: file.papers,
            days,
        })
    }

    /// Year of the paper.
    pub fn year(&self) -> i32 {
        self.year
    }

    /// Addresses of the papers it was taken from.
    pub fn papers(&self) -> &[String] {
        &self.papers
    }

    /// Whether it says anything about its own year. Collections keep an empty file until the notice appears each November.
    pub fn is_published(&self) -> bool {
        self.days.iter().any(|day| day.date.year() == self.year)
    }

    pub(super) fn days(&self) -> &[NoticeDay] {
        &self.days
    }
}

fn read_day(line: DayEntry, entry: usize, year: i32) -> Result<NoticeDay, NoticeError> {
    let Ok(date) = Date::parse(&line.date, DATE) else {
        return Err(NoticeError::Date {
            entry,
            text: line.date,
        });
    };
    let december_before = date.month() == Month::December && date.year() + 1 == year;
    if date.year() != year && !december_before {
        return Err(NoticeError::OtherYear { entry, date, year });
    }
    Ok(NoticeDay {
        date,
        name: line.name,
        off: line.is_off_day,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(days: &str) -> Result<YearNotice, NoticeError> {
        YearNotice::parse(&format!(
            r#"{{"$schema":"any","year":2026,"papers":["https://example.org/1"],"days":[{days}]}}"#
        ))
    }

    #[test]
    fn a_year_file_is_read_with_its_papers() {
        let notice = file(r#"{"name":"元旦","date":"2026-01-01","isOffDay":true}"#).expect("valid");
        assert_eq!(notice.papers(), ["https://example.org/1"]);
        assert!(notice.is_published());
    }

    #[test]
    fn december_of_the_year_before_belongs_to_the_notice() {
        let notice = file(r#"{"name":"元旦","date":"2025-12-31","isOffDay":true}"#).expect("valid");
        assert_eq!(notice.days().len(), 1);
        assert!(!notice.is_published(), "it says nothing about its own year");
    }

    #[test]
    fn a_day_of_another_year_is_refused() {
        for date in ["2025-11-30", "2027-01-01", "2024-12-31"] {
            let line = format!(r#"{{"name":"元旦","date":"{date}","isOffDay":true}}"#);
            assert!(
                matches!(file(&line), Err(NoticeError::OtherYear { entry: 1, .. })),
                "{date}"
            );
        }
    }

    #[test]
    fn a_date_listed_twice_is_refused() {
        let line = r#"{"name":"元旦","date":"2026-01-01","isOffDay":true}"#;
        assert!(matches!(
            file(&format!("{line},{line}")),
            Err(NoticeError::Twice { entry: 2, .. })
        ));
    }

    #[test]
    fn a_date_that_does_not_exist_is_refused() {
        let line = r#"{"name":"春节","date":"2026-02-30","isOffDay":true}"#;
        assert!(matches!(
            file(line),
            Err(NoticeError::Date { entry: 1, .. })
        ));
    }

    #[test]
    fn a_missing_off_mark_is_refused_not_guessed() {
        assert!(matches!(
            file(r#"{"name":"元旦","date":"2026-01-01"}"#),
            Err(NoticeError::Layout(_))
        ));
    }
}
