//! How long supervision may let somebody wait. Data: a community lays down its own.

use serde::{Deserialize, Serialize};

/// The terms of supervision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SupervisionSettings {
    /// The longest time in days that an answer 督办 may be given.
    pub answer_days_max: u16,
}

impl Default for SupervisionSettings {
    fn default() -> Self {
        Self {
            answer_days_max: 30,
        }
    }
}
