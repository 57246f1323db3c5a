//! By when a complaint is answered. Data: a community lays down its own.

use serde::{Deserialize, Serialize};

use crate::case::{Limit, Unit};

/// The terms of complaints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ComplaintSettings {
    /// By when the reporter has an answer (Sichuan's 12345 rules: 15 legal working days, 参照).
    pub limit: Limit,
}

impl Default for ComplaintSettings {
    fn default() -> Self {
        Self {
            limit: Limit {
                unit: Unit::LegalDay,
                n: 15,
            },
        }
    }
}
