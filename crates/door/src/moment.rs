//! Times as the API writes them: RFC 3339 at China's offset, to the second. They are read with any offset.

use std::fmt;

use serde::{Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use utoipa::ToSchema;

use crate::locale::CHINA;

/// A moment.
#[derive(Clone, Copy, Debug, PartialEq, ToSchema)]
#[schema(value_type = String, format = DateTime, examples("2026-11-23T09:00:00+08:00"))]
pub struct Moment(pub OffsetDateTime);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.0.to_offset(CHINA);
        let (year, month, day) = at.to_calendar_date();
        let (hour, minute, second) = at.to_hms();
        let mut text = *b"0000-00-00T00:00:00+08:00";
        // A list has hundreds of moments: digits are put in place instead of being formatted.
        digits(&mut text[..4], year.unsigned_abs());
        let rest = [u8::from(month), day, hour, minute, second];
        for (place, number) in [5, 8, 11, 14, 17].into_iter().zip(rest) {
            digits(&mut text[place..place + 2], number.into());
        }
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

/// Writes the last digits of a number that fit.
fn digits(into: &mut [u8], mut number: u32) {
    for place in into.iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// Reads a moment with its offset.
pub fn parse(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_moment_is_written_in_chinese_time_and_read_with_any_offset() {
        let at = datetime!(2026-11-23 01:00:00 UTC);
        assert_eq!(Moment(at).to_string(), "2026-11-23T09:00:00+08:00");
        assert_eq!(parse("2026-11-23T09:00:00+08:00"), Some(at));
        assert_eq!(parse("2026-11-23T01:00:00Z"), Some(at));
        assert_eq!(parse("2026-11-23 09:00"), None);
    }
}
