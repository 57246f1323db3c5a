//! A moment as offices write it into files: `2026-11-30 18:00`, `2026年11月30日`, or the number behind a cell of Excel.

use rules::calendar::CHINA;
use rules::letters::ordinary;
use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time};

/// The day that Excel counts from.
const EPOCH: Date = match Date::from_calendar_date(1899, Month::December, 30) {
    Ok(day) => day,
    Err(_) => Date::MIN,
};

/// Words for the first and for the second half of a day.
const BEFORE_NOON: &[&str] = &["上午", "凌晨", "早上", "AM", "A.M."];
const AFTER_NOON: &[&str] = &["下午", "晚上", "傍晚", "PM", "P.M."];

/// Reads a moment; a day alone means its end, and so does its twenty-fourth hour. None for anything else.
pub(super) fn read(text: &str) -> Option<OffsetDateTime> {
    let text = narrow(text);
    if let Ok(serial) = text.parse::<f64>() {
        return of_serial(serial);
    }
    if let Ok(at) = OffsetDateTime::parse(&text, &Rfc3339) {
        return in_this_age(PrimitiveDateTime::new(
            at.to_offset(CHINA).date(),
            at.to_offset(CHINA).time(),
        ));
    }
    let numbers: Vec<u16> = without_fraction(&text)
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
    let (hour, minute, second) = match clock {
        [] | [24] | [24, 0] | [24, 0, 0] => (23, 59, 59),
        [hour] => (of_day(&text, *hour)?, 0, 0),
        [hour, minute] => (of_day(&text, *hour)?, *minute, 0),
        [hour, minute, second] => (of_day(&text, *hour)?, *minute, *second),
        _ => return None,
    };
    let time = Time::from_hms(small(hour)?, small(minute)?, small(second)?).ok()?;
    in_this_age(PrimitiveDateTime::new(date, time))
}

/// The hour of a day of which a text says in which half it lies; none where the two contradict each other.
fn of_day(text: &str, hour: u16) -> Option<u16> {
    let upper = text.to_uppercase();
    let says = |words: &[&str]| words.iter().any(|word| upper.contains(word));
    match (says(BEFORE_NOON), says(AFTER_NOON)) {
        (true, true) => None,
        (true, false) => Some(if hour == 12 { 0 } else { hour }),
        (false, true) => Some(if hour < 12 { hour + 12 } else { hour }),
        (false, false) => Some(hour),
    }
}

/// Digits and signs of ordinary width.
fn narrow(text: &str) -> String {
    ordinary(text.trim()).collect()
}

/// A clock without the parts of a second that databases write: `18:00:00.000`.
fn without_fraction(text: &str) -> &str {
    match text.rsplit_once('.') {
        Some((front, digits))
            if front.matches(':').count() == 2 && digits.bytes().all(|b| b.is_ascii_digit()) =>
        {
            front
        }
        _ => text,
    }
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
        for text in [
            "46356.75",
            "2026-11-30 18:00:00.000",
            "2026-11-30T18:00:00+08:00",
            "2026-11-30T10:00:00Z",
            "2026-11-30 下午 6:00",
            "2026/11/30 6:00 PM",
            "2026年11月30日18时",
            "２０２６－１１－３０　１８：００",
        ] {
            assert_eq!(read(text), Some(datetime!(2026-11-30 18:00 +8)), "{text}");
        }
        let at_night = Some(datetime!(2026-11-30 00:05 +8));
        assert_eq!(read("2026-11-30 12:05 AM"), at_night);
    }

    #[test]
    fn a_day_alone_means_its_end() {
        assert_eq!(read("2026-11-30"), Some(datetime!(2026-11-30 23:59:59 +8)));
        for text in ["46356", "2026-11-30 24:00", "2026年11月30日24时"] {
            assert_eq!(
                read(text),
                Some(datetime!(2026-11-30 23:59:59 +8)),
                "{text}"
            );
        }
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
