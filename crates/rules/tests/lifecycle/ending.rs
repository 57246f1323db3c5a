//! I6: no clock beside the time for the matter runs on behind its end, as long as that is ahead.

use rules::case::*;
use time::OffsetDateTime;

pub fn i6_no_clock_runs_on_behind_the_end(case: &Case, now: OffsetDateTime) {
    for (name, at) in case.clocks() {
        let end = match name {
            ClockName::Tier => case.times.handle_due,
            ClockName::Update => case.times.due_at,
            _ => None,
        };
        let ahead = end.filter(|end| *end > now);
        assert!(
            ahead.is_none_or(|end| at <= end),
            "I6: {name:?} ends at {at}, behind {end:?}"
        );
    }
}
