//! How soon a referred lead is taken, begun and answered. Data: a community lays down its own.

use serde::{Deserialize, Serialize};

use crate::case::{Limit, Unit};

/// The deadlines of referrals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReferralSettings {
    /// How soon two officers take a lead, or say why not.
    pub take_within: Limit,
    /// How soon the procedure is noted, or a first look ends it.
    pub start_within: Limit,
    /// How soon a simple procedure has a result.
    pub simple_within: Limit,
    /// How soon a general procedure has a result (Administrative Penalty Law §60: 90 days, 参照).
    pub general_within: Limit,
}

impl Default for ReferralSettings {
    fn default() -> Self {
        let days = |unit, n| Limit { unit, n };
        Self {
            take_within: days(Unit::LegalDay, 2),
            start_within: days(Unit::LegalDay, 5),
            simple_within: days(Unit::LegalDay, 3),
            general_within: days(Unit::NaturalDay, 90),
        }
    }
}
