//! What a community mediates, and for how long. Data: a community lays down its own.

use serde::{Deserialize, Serialize};

use crate::case::{Limit, Unit};
use crate::ids::CategoryCode;

/// The terms of mediation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MediationSettings {
    /// What disputes can be about.
    pub kinds: Vec<Kind>,
    /// Classes and categories of reports that are disputes, by the beginnings of their codes.
    pub categories: Vec<CategoryCode>,
    /// How long one may take (people's mediation practice: 30 natural days, 参照).
    pub limit: Limit,
    /// How often one more limit may be added, if both sides want it.
    pub max_extensions: u16,
    /// When somebody looks whether the agreement is kept.
    pub follow_up_within: Limit,
    /// Days after the end until the parties' contacts are erased.
    pub contact_days: u16,
    /// Days after the end until words and papers are erased.
    pub words_days: u16,
}

/// A kind of dispute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its code, small letters.
    pub code: String,
    /// Its name, where it is the community's own; the usual ones have texts in both languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The class 矛盾纠纷调解 of the demonstration's catalogue.
const DISPUTES: &str = "306";

impl MediationSettings {
    /// Whether a kind is on the list.
    pub fn knows(&self, code: &str) -> bool {
        self.kinds.iter().any(|kind| kind.code == code)
    }

    /// Whether what is told under a category is a dispute that can be mediated.
    pub fn is_dispute(&self, category: &CategoryCode) -> bool {
        let begins = |code: &CategoryCode| category.as_str().starts_with(code.as_str());
        self.categories.iter().any(begins)
    }
}

impl Default for MediationSettings {
    fn default() -> Self {
        let usual = [
            "neighbours",
            "property",
            "lease",
            "wages",
            "family",
            "other",
        ];
        let days = |n| Limit {
            unit: Unit::NaturalDay,
            n,
        };
        Self {
            kinds: usual
                .into_iter()
                .map(|code| Kind {
                    code: code.to_owned(),
                    name: None,
                })
                .collect(),
            categories: DISPUTES.parse().into_iter().collect(),
            limit: days(30),
            max_extensions: 1,
            follow_up_within: days(30),
            contact_days: 90,
            words_days: 1095,
        }
    }
}
