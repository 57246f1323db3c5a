//! The published holidays of 2025 and 2026 as JSON in the layout of the public holiday lists: `{year, papers, days}`. Knows
//! nothing of years without a notice; those are computed where deadlines are.

use rules::calendar::{Calendar as WorkingCalendar, NoticeError, YearNotice};
use serde::Serialize;
use time::Date;
use time::macros::date;

/// One holiday or a run of make-up working days.
struct Run {
    name: &'static str,
    from: Date,
    to: Date,
    off: bool,
}

const fn off(name: &'static str, from: Date, to: Date) -> Run {
    Run {
        name,
        from,
        to,
        off: true,
    }
}

const fn work(name: &'static str, day: Date) -> Run {
    Run {
        name,
        from: day,
        to: day,
        off: false,
    }
}

const RUNS_2025: [Run; 11] = [
    off("元旦", date!(2025 - 01 - 01), date!(2025 - 01 - 01)),
    work("春节", date!(2025 - 01 - 26)),
    off("春节", date!(2025 - 01 - 28), date!(2025 - 02 - 04)),
    work("春节", date!(2025 - 02 - 08)),
    off("清明节", date!(2025 - 04 - 04), date!(2025 - 04 - 06)),
    work("劳动节", date!(2025 - 04 - 27)),
    off("劳动节", date!(2025 - 05 - 01), date!(2025 - 05 - 05)),
    off("端午节", date!(2025 - 05 - 31), date!(2025 - 06 - 02)),
    work("国庆节、中秋节", date!(2025 - 09 - 28)),
    off(
        "国庆节、中秋节",
        date!(2025 - 10 - 01),
        date!(2025 - 10 - 08),
    ),
    work("国庆节、中秋节", date!(2025 - 10 - 11)),
];

const RUNS_2026: [Run; 13] = [
    off("元旦", date!(2026 - 01 - 01), date!(2026 - 01 - 03)),
    work("元旦", date!(2026 - 01 - 04)),
    work("春节", date!(2026 - 02 - 14)),
    off("春节", date!(2026 - 02 - 15), date!(2026 - 02 - 23)),
    work("春节", date!(2026 - 02 - 28)),
    off("清明节", date!(2026 - 04 - 04), date!(2026 - 04 - 06)),
    off("劳动节", date!(2026 - 05 - 01), date!(2026 - 05 - 05)),
    work("劳动节", date!(2026 - 05 - 09)),
    off("端午节", date!(2026 - 06 - 19), date!(2026 - 06 - 21)),
    work("国庆节", date!(2026 - 09 - 20)),
    off("中秋节", date!(2026 - 09 - 25), date!(2026 - 09 - 27)),
    off("国庆节", date!(2026 - 10 - 01), date!(2026 - 10 - 07)),
    work("国庆节", date!(2026 - 10 - 10)),
];

/// The years that are shipped.
pub const YEARS: [i32; 2] = [2025, 2026];

#[derive(Serialize)]
struct Calendar {
    year: i32,
    papers: [&'static str; 0],
    days: Vec<Day>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Day {
    name: &'static str,
    date: String,
    is_off_day: bool,
}

/// The calendar of `year` as pretty JSON; no days for a year that is not shipped. `papers` is empty: the addresses of the
/// notices are for an operator to enter.
///
/// # Errors
/// What `serde_json` reports.
pub fn json(year: i32) -> Result<String, serde_json::Error> {
    let runs: &[Run] = match year {
        2025 => &RUNS_2025,
        2026 => &RUNS_2026,
        _ => &[],
    };
    let days = runs.iter().flat_map(days).collect();
    Ok(serde_json::to_string_pretty(&Calendar {
        year,
        papers: [],
        days,
    })? + "\n")
}

/// The shipped calendars could not be read back.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// They could not be written as JSON.
    #[error("a calendar could not be written: {0}")]
    Json(#[from] serde_json::Error),
    /// They are not what a notice looks like.
    #[error("a calendar could not be read: {0}")]
    Notice(#[from] NoticeError),
}

/// The calendar that the demo reckons with: the shipped years as published, all others computed.
///
/// # Errors
/// [`CalendarError`]; the tests show that the shipped years can be read.
pub fn calendar() -> Result<WorkingCalendar, CalendarError> {
    let read = |year| Ok(YearNotice::parse(&json(year)?)?);
    let notices = YEARS
        .into_iter()
        .map(read)
        .collect::<Result<Vec<_>, CalendarError>>()?;
    Ok(WorkingCalendar::new(notices))
}

fn days(run: &Run) -> impl Iterator<Item = Day> {
    let dates = std::iter::successors(Some(run.from), |day| day.next_day())
        .take_while(|day| *day <= run.to);
    dates.map(|day| Day {
        name: run.name,
        date: day.to_string(),
        is_off_day: run.off,
    })
}

#[cfg(test)]
mod tests {
    use super::json;

    #[test]
    fn the_calendar_of_2026_has_thirty_three_days_off_and_six_make_up_days()
    -> Result<(), serde_json::Error> {
        let text = json(2026)?;
        assert_eq!(text.matches("\"isOffDay\": true").count(), 33);
        assert_eq!(text.matches("\"isOffDay\": false").count(), 6);
        assert!(text.contains("\"date\": \"2026-10-10\""));
        Ok(())
    }

    #[test]
    fn the_calendar_of_2025_has_twenty_eight_days_off_and_five_make_up_days()
    -> Result<(), serde_json::Error> {
        let text = json(2025)?;
        assert_eq!(text.matches("\"isOffDay\": true").count(), 28);
        assert_eq!(text.matches("\"isOffDay\": false").count(), 5);
        Ok(())
    }
}
