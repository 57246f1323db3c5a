//! A time limit as a catalogue gives it, and how somebody who knows the calendar reckons with it.
//! The life cycle never looks at a calendar itself.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// How much time there is, in one of the field's units (domain.md §2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limit {
    /// What is counted.
    pub unit: Unit,
    /// How many; at least 1.
    pub n: u16,
}

/// The units of time limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A minute, at any time of day.
    Minute,
    /// 紧急工作时: an hour, nights and holidays too.
    UrgentHour,
    /// 紧急工作日: 24 hours, nights and holidays too.
    UrgentDay,
    /// 工作时: an hour of office time.
    WorkHour,
    /// 工作日, used up inside office time.
    WorkDay,
    /// 工作日 as the law counts: ends with the n-th following working day.
    LegalDay,
    /// 自然日.
    NaturalDay,
}

/// A moment by which something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The moment.
    #[serde(with = "super::millis")]
    pub at: OffsetDateTime,
    /// Whether it touches a year whose calendar is not published yet.
    pub provisional: bool,
}

/// Reckons with the community's calendar.
pub trait Reckoning {
    /// When a limit that starts at `from` ends. Never before `from`.
    fn due(&self, limit: Limit, from: OffsetDateTime) -> Due;

    /// Where a deadline moves when its clock stood still from `since` to `till`.
    fn shift(&self, due: Due, limit: Limit, since: OffsetDateTime, till: OffsetDateTime) -> Due;
}
