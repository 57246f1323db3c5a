//! When a rule holds: days of the week, and hours of the day that may go over midnight. A night belongs to the day on which
//! it begins. Knows no calendar: holidays are no matter of a rule.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// Hours of the day: `from` is in, `to` is not. `from` after `to` goes over midnight. Written `18:00-08:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hours {
    from: u16,
    to: u16,
}

/// A text that is no span of hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("hours look like 18:00-08:00 and do not end when they begin")]
pub struct BadHours;

impl Hours {
    /// From one time of day, `HH:MM`, to another one.
    ///
    /// # Errors
    /// For times that are none, or the same twice.
    pub fn new(from: &str, to: &str) -> Result<Self, BadHours> {
        let (from, to) = (minute(from)?, minute(to)?);
        if from == to {
            return Err(BadHours);
        }
        Ok(Self { from, to })
    }

    /// When they begin, `HH:MM`.
    pub fn from(&self) -> String {
        written(self.from)
    }

    /// When they end, `HH:MM`.
    pub fn to(&self) -> String {
        written(self.to)
    }

    /// Whether a minute of the day lies in them, and whether it belongs to the night that began the day before.
    const fn holds(self, minute: u16) -> Option<bool> {
        let over_midnight = self.from > self.to;
        match (over_midnight, minute >= self.from, minute < self.to) {
            (false, true, true) | (true, true, _) => Some(false),
            (true, false, true) => Some(true),
            _ => None,
        }
    }
}

/// Whether a moment, in the community's own time, lies within days (1 = Monday … 7; none for every day) and hours.
pub(super) fn fits(days: &[u8], hours: Option<Hours>, at: OffsetDateTime) -> bool {
    let day = at.weekday().number_from_monday();
    let minute = u16::from(at.hour()) * 60 + u16::from(at.minute());
    let began = match hours.map(|hours| hours.holds(minute)) {
        Some(None) => return false,
        Some(Some(true)) => (day + 5) % 7 + 1,
        Some(Some(false)) | None => day,
    };
    days.is_empty() || days.contains(&began)
}

fn minute(text: &str) -> Result<u16, BadHours> {
    let (hour, minute) = text.split_once(':').ok_or(BadHours)?;
    let number = |text: &str| {
        let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u16>().ok().filter(|_| digits).ok_or(BadHours)
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    if hour < 24 && minute < 60 {
        Ok(hour * 60 + minute)
    } else {
        Err(BadHours)
    }
}

fn written(minute: u16) -> String {
    let minute = minute % DAY;
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", written(self.from), written(self.to))
    }
}

impl FromStr for Hours {
    type Err = BadHours;

    fn from_str(text: &str) -> Result<Self, BadHours> {
        let (from, to) = text.split_once('-').ok_or(BadHours)?;
        Self::new(from.trim(), to.trim())
    }
}

impl TryFrom<String> for Hours {
    type Error = BadHours;

    fn try_from(text: String) -> Result<Self, BadHours> {
        text.parse()
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> String {
        hours.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn hours(text: &str) -> Option<Hours> {
        Some(text.parse().expect("hours"))
    }

    #[test]
    fn the_end_of_the_hours_is_outside_and_their_beginning_inside() {
        let office = hours("09:00-17:30");
        assert!(fits(&[], office, datetime!(2026-11-23 09:00 +8)));
        assert!(fits(&[], office, datetime!(2026-11-23 17:29:59 +8)));
        assert!(!fits(&[], office, datetime!(2026-11-23 17:30 +8)));
        assert!(!fits(&[], office, datetime!(2026-11-23 08:59 +8)));
    }

    #[test]
    fn a_night_belongs_to_the_day_on_which_it_begins() {
        // the 23rd of November 2026 is a Monday
        let night = hours("22:00-06:00");
        assert!(fits(&[1], night, datetime!(2026-11-23 22:00 +8)));
        assert!(fits(&[1], night, datetime!(2026-11-24 05:59 +8)));
        assert!(!fits(&[1], night, datetime!(2026-11-23 05:59 +8)));
        assert!(fits(&[7], night, datetime!(2026-11-23 05:59 +8)));
        assert!(!fits(&[1], night, datetime!(2026-11-24 06:00 +8)));
    }

    #[test]
    fn without_hours_the_day_alone_decides() {
        assert!(fits(&[6, 7], None, datetime!(2026-11-22 12:00 +8)));
        assert!(!fits(&[6, 7], None, datetime!(2026-11-23 12:00 +8)));
    }

    #[test]
    fn hours_that_are_none_are_refused() {
        for wrong in [
            "",
            "9:00-10:00",
            "09:00",
            "24:00-01:00",
            "08:60-09:00",
            "08:00-08:00",
        ] {
            assert_eq!(wrong.parse::<Hours>(), Err(BadHours), "{wrong}");
        }
        assert_eq!(
            hours("18:00-08:00")
                .map(|hours| hours.to_string())
                .as_deref(),
            Some("18:00-08:00")
        );
    }
}
