//! How long supervision may let somebody wait. Data: a community lays down its own.

use serde::{Deserialize, Serialize};

/// The terms of supervision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SupervisionSettings {
    /// The longest time in days that an answer 督办 may be given.
    pub answer_days_max: u16,
    /// After how many days without a step an open case counts as silent.
    pub silent_days: u16,
    /// How many hours before its deadline a case is looked at.
    pub near_hours: u16,
}

impl Default for SupervisionSettings {
    fn default() -> Self {
        Self {
            answer_days_max: 30,
            silent_days: 3,
            near_hours: 24,
        }
    }
}
