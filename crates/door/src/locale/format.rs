//! Days, times and numbers as each language writes them, always in the community's own time.

use time::{Date, Month, OffsetDateTime, UtcOffset, Weekday};

use super::{Language, Text};

/// The community's own time where nothing else is laid down: China has one zone.
pub const CHINA: UtcOffset = match UtcOffset::from_hms(8, 0, 0) {
    Ok(offset) => offset,
    Err(_) => UtcOffset::UTC,
};

/// Time as pages show it.
pub trait Clockwork {
    /// A day: `2026年11月23日`, `23 November 2026`.
    fn day(&self, day: Date) -> String;
    /// A moment, to the minute: `2026年11月23日 14:05`, `23 November 2026, 14:05`.
    fn moment(&self, at: OffsetDateTime) -> String;
    /// A moment as somebody is told it: with the weekday, without the year where that is the reader's own (`Text::read_at`).
    fn by(&self, at: OffsetDateTime) -> String;
    /// A moment for machines, in a `datetime` attribute.
    fn stamp(&self, at: OffsetDateTime) -> String;
    /// A whole number with its groups of three.
    #[allow(dead_code, reason = "figures are shown with it")]
    fn number(&self, n: i64) -> String;
}

impl Clockwork for Text {
    fn day(&self, day: Date) -> String {
        let (year, month, d) = day.to_calendar_date();
        match self.language {
            Language::Chinese => format!("{year}年{}月{d}日", u8::from(month)),
            Language::English => format!("{d} {} {year}", month_name(month)),
        }
    }

    fn moment(&self, at: OffsetDateTime) -> String {
        let at = at.to_offset(self.offset);
        let between = match self.language {
            Language::Chinese => " ",
            Language::English => ", ",
        };
        format!(
            "{}{between}{:02}:{:02}",
            self.day(at.date()),
            at.hour(),
            at.minute()
        )
    }

    fn by(&self, at: OffsetDateTime) -> String {
        let at = at.to_offset(self.offset);
        let (year, month, d) = at.to_calendar_date();
        let (hour, minute) = (at.hour(), at.minute());
        let year = self.year.filter(|now| *now != year).map(|_| year);
        match self.language {
            Language::Chinese => {
                let weekday = weekday_sign(at.weekday());
                let year = year.map(|year| format!("{year}年")).unwrap_or_default();
                format!(
                    "{year}{}月{d}日（周{weekday}）{hour:02}:{minute:02}",
                    u8::from(month)
                )
            }
            Language::English => {
                let year = year.map(|year| format!(" {year}")).unwrap_or_default();
                format!(
                    "{} {d} {}{year}, {hour:02}:{minute:02}",
                    at.weekday(),
                    month_name(month)
                )
            }
        }
    }

    fn stamp(&self, at: OffsetDateTime) -> String {
        let at = at.to_offset(self.offset);
        let (year, month, d) = at.to_calendar_date();
        let (hour, minute, _) = self.offset.as_hms();
        let month = u8::from(month);
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        format!(
            "{year:04}-{month:02}-{d:02}T{time}{hour:+03}:{:02}",
            minute.abs()
        )
    }

    fn number(&self, n: i64) -> String {
        let digits = n.unsigned_abs().to_string();
        let mut out = String::from(if n < 0 { "−" } else { "" });
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }
}

const fn month_name(month: Month) -> &'static str {
    match month {
        Month::January => "January",
        Month::February => "February",
        Month::March => "March",
        Month::April => "April",
        Month::May => "May",
        Month::June => "June",
        Month::July => "July",
        Month::August => "August",
        Month::September => "September",
        Month::October => "October",
        Month::November => "November",
        Month::December => "December",
    }
}

const fn weekday_sign(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "一",
        Weekday::Tuesday => "二",
        Weekday::Wednesday => "三",
        Weekday::Thursday => "四",
        Weekday::Friday => "五",
        Weekday::Saturday => "六",
        Weekday::Sunday => "日",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    const ZH: Text = Text::new(Language::Chinese, CHINA);
    const EN: Text = Text::new(Language::English, CHINA);

    #[test]
    fn a_moment_is_shown_in_the_communitys_own_time() {
        let at = datetime!(2026-11-23 18:05 UTC);
        assert_eq!(ZH.moment(at), "2026年11月24日 02:05");
        assert_eq!(EN.moment(at), "24 November 2026, 02:05");
        assert_eq!(ZH.by(at), "11月24日（周二）02:05");
        assert_eq!(EN.by(at), "Tuesday 24 November, 02:05");
        assert_eq!(ZH.stamp(at), "2026-11-24T02:05+08:00");
    }

    #[test]
    fn a_moment_of_another_year_than_the_readers_is_told_with_its_year() {
        let (now, at) = (
            datetime!(2026-12-31 15:00 UTC),
            datetime!(2027-02-20 01:00 UTC),
        );
        assert_eq!(ZH.read_at(now).by(at), "2027年2月20日（周六）09:00");
        assert_eq!(EN.read_at(now).by(at), "Saturday 20 February 2027, 09:00");
        // in China the year has begun already
        let later = datetime!(2026-12-31 16:00 UTC);
        assert_eq!(ZH.read_at(later).by(at), "2月20日（周六）09:00");
    }

    #[test]
    fn a_day_is_written_as_each_language_writes_it() {
        assert_eq!(ZH.day(date!(2026 - 01 - 02)), "2026年1月2日");
        assert_eq!(EN.day(date!(2026 - 01 - 02)), "2 January 2026");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(ZH.number(126_449), "126,449");
        assert_eq!(EN.number(-1_000), "−1,000");
        assert_eq!(EN.number(999), "999");
        assert_eq!(EN.number(0), "0");
    }
}
