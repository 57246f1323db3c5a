//! The colour of a running clock (`domain.md` §2.5): green, yellow, red, and blue while it stands still. Colours belong to
//! deadlines only, never to a person, and never stand without their word.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::is_late;
use super::reckon::needs_calendar;
use crate::calendar::Calendar;
use crate::case::Unit;

/// From here on a running clock is yellow.
const NEAR: f64 = 0.8;

/// How a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockColour {
    /// Less than 80 % of the time is used.
    Green,
    /// 80 % or more is used.
    Yellow,
    /// The deadline has passed.
    Red,
    /// The clock stands still.
    Blue,
}

impl ClockColour {
    /// The colour of a clock that runs from `start` to `due` without pauses between.
    pub fn running(
        start: OffsetDateTime,
        due: OffsetDateTime,
        now: OffsetDateTime,
        pace: Pace,
        calendar: &Calendar,
    ) -> ClockColour {
        if is_late(now, due) {
            return ClockColour::Red;
        }
        Self::in_time(consumed_share(start, due, now, pace, calendar))
    }

    pub(super) fn in_time(share: f64) -> ClockColour {
        if share < NEAR {
            ClockColour::Green
        } else {
            ClockColour::Yellow
        }
    }

    /// The name in style sheets and locale keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            ClockColour::Green => "green",
            ClockColour::Yellow => "yellow",
            ClockColour::Red => "red",
            ClockColour::Blue => "blue",
        }
    }
}

/// Which time a clock uses up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Time on the wall.
    Continuous,
    /// Office time only.
    Working,
}

impl Pace {
    /// The pace of a unit. Legal days run in office time too: over a long holiday nobody can be nearly late.
    pub fn of(unit: Unit) -> Pace {
        if needs_calendar(unit) {
            Pace::Working
        } else {
            Pace::Continuous
        }
    }

    pub(super) fn between(
        self,
        from: OffsetDateTime,
        until: OffsetDateTime,
        calendar: &Calendar,
    ) -> Duration {
        match self {
            Pace::Continuous => (until - from).max(Duration::ZERO),
            Pace::Working => calendar.working_time(from, until),
        }
    }
}

/// Used-up share of the time between `start` and `due`: 0.0 at the start, 1.0 at the deadline, more when late.
pub fn consumed_share(
    start: OffsetDateTime,
    due: OffsetDateTime,
    now: OffsetDateTime,
    pace: Pace,
    calendar: &Calendar,
) -> f64 {
    share(
        pace.between(start, now, calendar),
        pace.between(start, due, calendar),
    )
}

/// No time at all is used up from the beginning.
pub(super) fn share(used: Duration, whole: Duration) -> f64 {
    if whole <= Duration::ZERO {
        return 1.0;
    }
    used.max(Duration::ZERO).as_seconds_f64() / whole.as_seconds_f64()
}
