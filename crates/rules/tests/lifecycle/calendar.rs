//! A plain calendar for the life cycle.

use rules::case::{Due, Limit, Reckoning, Unit};
use time::{Duration, OffsetDateTime};

/// Every hour counts, a working day has eight of them.
pub struct Continuous;

impl Reckoning for Continuous {
    fn due(&self, limit: Limit, from: OffsetDateTime) -> Due {
        let minutes = match limit.unit {
            Unit::Minute => 1,
            Unit::UrgentHour | Unit::WorkHour => 60,
            Unit::WorkDay => 8 * 60,
            Unit::UrgentDay | Unit::LegalDay | Unit::NaturalDay => 24 * 60,
        };
        Due {
            at: from + Duration::minutes(minutes * i64::from(limit.n)),
            provisional: false,
        }
    }

    fn shift(&self, due: Due, _: Limit, since: OffsetDateTime, till: OffsetDateTime) -> Due {
        Due {
            at: due.at + (till - since),
            ..due
        }
    }
}
