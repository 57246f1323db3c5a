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
        let month = u8::from(month);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+08:00"
        )
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
