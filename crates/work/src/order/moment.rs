//! A moment as offices write it into files: `2026-11-30 18:00`, `2026年11月30日`, or the number behind a cell of Excel.

use rules::calendar::CHINA;
use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time};

/// The day that Excel counts from.
const EPOCH: Date = match Date::from_calendar_date(1899, Month::December, 30) {
    Ok(day) => day,
    Err(_) => Date::MIN,
};

/// Reads a moment; a day alone means its end. None for anything else.
pub(super) fn read(text: &str) -> Option<OffsetDateTime> {
    if let Ok(serial) = text.parse::<f64>() {
        return of_serial(serial);
    }
    let numbers: Vec<u16> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let small = |n: u16| u8::try_from(n).ok();
    let (day, clock) = match numbers.as_slice() {
        [year, month, day, clock @ ..] => ((*year, small(*month)?, small(*day)?), clock),
        _ => return None,
    };
    let month = Month::try_from(day.1).ok()?;
    let date = Date::from_calendar_date(i32::from(day.0), month, day.2).ok()?;
    let time = match clock {
        [] => Time::from_hms(23, 59, 59).ok()?,
        [hour, minute] => Time::from_hms(small(*hour)?, small(*minute)?, 0).ok()?,
        [hour, minute, second] => {
            Time::from_hms(small(*hour)?, small(*minute)?, small(*second)?).ok()?
        }
        _ => return None,
    };
    in_this_age(PrimitiveDateTime::new(date, time))
}

fn of_serial(serial: f64) -> Option<OffsetDateTime> {
    if !(30_000.0..100_000.0).contains(&serial) {
        return None;
    }
    let day = EPOCH.checked_add(Duration::days(serial as i64))?;
    let seconds = (serial.fract() * 86_400.0).round() as i64;
    let at = PrimitiveDateTime::new(day, Time::MIDNIGHT);
    let whole = if seconds == 0 { 86_399 } else { seconds };
    in_this_age(at.checked_add(Duration::seconds(whole))?)
}

fn in_this_age(at: PrimitiveDateTime) -> Option<OffsetDateTime> {
    (1990..2200)
        .contains(&at.year())
        .then(|| at.assume_offset(CHINA))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_moment_is_read_however_an_office_writes_it() {
        for text in [
            "2026-11-30 18:05",
            "2026/11/30 18:05:00",
            "2026年11月30日18时05分",
        ] {
            assert_eq!(read(text), Some(datetime!(2026-11-30 18:05 +8)), "{text}");
        }
        assert_eq!(read("46356.75"), Some(datetime!(2026-11-30 18:00 +8)));
    }

    #[test]
    fn a_day_alone_means_its_end() {
        assert_eq!(read("2026-11-30"), Some(datetime!(2026-11-30 23:59:59 +8)));
        assert_eq!(read("46356"), Some(datetime!(2026-11-30 23:59:59 +8)));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "尽快",
            "2026-13-01",
            "7",
            "20261130",
            "2026-11-30 25:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
