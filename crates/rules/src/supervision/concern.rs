//! Which cases a supervisor should look at, and why. Each list gives one reason; cases are found, never people.

use time::{Duration, OffsetDateTime};

use super::SupervisionSettings;
use crate::access::Actor;

crate::word::words! {
    /// Why a case stands on a list, in the order of the page.
    Concern {
        /// Its deadline went by.
        Overdue = "overdue",
        /// Its deadline is near.
        Near = "near",
        /// Its level has it for longer than the level's limit.
        Tier = "tier",
        /// What was agreed when its parties were called together was not done by its day.
        Agreed = "agreed",
        /// Nobody who works here has taken a step for days.
        Silent = "silent",
        /// An answer to a question with a date is owed.
        Asked = "asked",
        /// That answer is late.
        Late = "late",
        /// It came.
        Answered = "answered",
    }
}

/// Whether a step of theirs breaks the silence around a case. Time and a reporter who asks again do not: somebody who works
/// here has to.
pub const fn stirs(who: &Actor) -> bool {
    matches!(who, Actor::Member { .. })
}

/// Open cases that nobody stirred since this moment are silent.
pub fn silent_since(settings: &SupervisionSettings, now: OffsetDateTime) -> OffsetDateTime {
    now - Duration::days(i64::from(settings.silent_days))
}

/// Deadlines before this moment are near.
pub fn near_until(settings: &SupervisionSettings, now: OffsetDateTime) -> OffsetDateTime {
    now + Duration::hours(i64::from(settings.near_hours))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CaseId;
    use time::macros::datetime;
    use uuid::Uuid;

    #[test]
    fn neither_time_nor_the_reporter_breaks_the_silence() {
        let case = CaseId(Uuid::nil());
        assert!(!stirs(&Actor::Clock));
        assert!(!stirs(&Actor::Reporter { case }));
    }

    #[test]
    fn days_of_silence_and_hours_before_a_deadline_are_data() {
        let settings = SupervisionSettings {
            silent_days: 7,
            near_hours: 2,
            ..SupervisionSettings::default()
        };
        let now = datetime!(2026-11-23 09:00 +8);
        assert_eq!(silent_since(&settings, now), datetime!(2026-11-16 09:00 +8));
        assert_eq!(near_until(&settings, now), datetime!(2026-11-23 11:00 +8));
    }
}
