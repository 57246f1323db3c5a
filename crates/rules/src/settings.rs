//! What a community lays down about the life cycle of its cases, with sensible defaults: the values, their list by name, and
//! what no rule can bear. Nothing here knows who may change them.

mod change;
mod check;
mod field;
#[cfg(test)]
mod tests;

pub use change::{Change, Wish};
pub use check::{Known, LINES_MAX, SettingFault, Unbearable};
pub use field::{FIELDS, Field, Group, Kind, Measure};

use serde::{Deserialize, Serialize};

use crate::case::{Limit, TierLimits, Unit, VisitSettings};
use crate::duplicate::DuplicateSettings;
use crate::ids::CategoryCode;
use crate::whistle::WhistleSettings;

/// Everything a community lays down. A stored text names only what differs from the default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The life cycle's terms.
    pub case: CaseSettings,
    /// When two tellings may be the same problem.
    pub duplicate: DuplicateSettings,
    /// Numbers to call, for pages and boards.
    pub phones: Phones,
    /// How soon enforcement answers a referred lead.
    pub referral: crate::referral::ReferralSettings,
    /// What is mediated, and for how long.
    pub mediation: crate::mediation::MediationSettings,
    /// How supervision asks.
    pub supervision: crate::supervision::SupervisionSettings,
    /// How soon a complaint about somebody who works here is answered.
    pub complaint: crate::complaint::ComplaintSettings,
    /// From how many residents on figures are shown.
    pub figures: crate::figures::FiguresSettings,
}

/// Telephone numbers that pages show beside 110, 119 and 120.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Phones {
    /// The community's desk.
    pub desk: Option<String>,
    /// Water supply repair.
    pub water: Option<String>,
    /// Power supply repair.
    pub power: Option<String>,
    /// Gas emergencies.
    pub gas: Option<String>,
    /// People trapped in a lift.
    pub lift: Option<String>,
}

/// The terms of a community's cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CaseSettings {
    /// 上报→受理: how soon a report is decided upon.
    pub decide_within: Limit,
    /// How soon somebody has looked whether it is there 核实.
    pub verify_within: Limit,
    /// 立案→派遣: how soon a file becomes a task.
    pub dispatch_within: Limit,
    /// 呼叫响应: how soon a task is taken.
    pub accept_within: Limit,
    /// How soon the deputy takes a task that was not taken.
    pub deputy_within: Limit,
    /// How soon a lead, and then the desk, takes a task that nobody below took.
    pub lead_within: Limit,
    /// How long a task may be returned, from its dispatch on.
    pub return_within: Limit,
    /// The limit of a case without a filing condition (Sichuan's 12345 rules: 7 legal working days).
    pub default_limit: Limit,
    /// Time for check and closing on top of the handling limit; `None` where the limit covers all.
    pub check_within: Option<Limit>,
    /// How many days a reporter can reopen.
    pub reopen_days: u16,
    /// The longest suspension in days, where the filing condition names none.
    pub suspension_days: u16,
    /// How often a case goes from hand to hand before it goes one level up.
    pub max_transfers: u16,
    /// How often more time may be granted.
    pub max_extensions: u16,
    /// How soon somebody has to have spoken with the reporter, where the filing condition says nothing.
    pub first_answer_within: Option<Limit>,
    /// How often the reporter has to hear how it goes, where the filing condition says nothing.
    pub update_every: Option<Limit>,
    /// How long a question waits for the reporter's answer.
    pub ask_within: Limit,
    /// How long each level has to solve a case before it has to go up.
    pub tiers: TierLimits,
    /// How many days after closing one may appeal against being overdue.
    pub appeal_days: u16,
    /// After so many rounds that the reporter called unsolved, by reopening it or in a return visit, a leader is called, and decides
    /// who does it.
    pub reopenings_to_leader: u16,
    /// Visiting reporters before a case is closed 回访.
    pub visit: VisitSettings,
    /// Calling departments to the spot.
    pub whistle: WhistleSettings,
    /// 网格直通车: matters that go straight to a department; the first that fits wins.
    pub fast_lane: Vec<FastLane>,
}

/// A matter that skips the levels between a grid and the department that handles it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FastLane {
    /// The category, or the class whose code begins so.
    pub category: CategoryCode,
    /// The department's code.
    pub department: String,
}

impl FastLane {
    /// Whether a category takes this lane.
    pub fn takes(&self, category: &CategoryCode) -> bool {
        category.as_str().starts_with(self.category.as_str())
    }
}

impl Default for CaseSettings {
    fn default() -> Self {
        Self {
            decide_within: Limit {
                unit: Unit::Minute,
                n: 15,
            },
            verify_within: Limit {
                unit: Unit::WorkHour,
                n: 4,
            },
            dispatch_within: Limit {
                unit: Unit::Minute,
                n: 15,
            },
            accept_within: Limit {
                unit: Unit::WorkHour,
                n: 2,
            },
            deputy_within: Limit {
                unit: Unit::WorkHour,
                n: 1,
            },
            lead_within: Limit {
                unit: Unit::WorkHour,
                n: 2,
            },
            return_within: Limit {
                unit: Unit::WorkDay,
                n: 1,
            },
            default_limit: Limit {
                unit: Unit::LegalDay,
                n: 7,
            },
            check_within: None,
            reopen_days: 15,
            suspension_days: 90,
            max_transfers: 3,
            max_extensions: 2,
            first_answer_within: Some(Limit {
                unit: Unit::WorkDay,
                n: 1,
            }),
            update_every: Some(Limit {
                unit: Unit::LegalDay,
                n: 5,
            }),
            ask_within: Limit {
                unit: Unit::LegalDay,
                n: 3,
            },
            tiers: TierLimits::default(),
            appeal_days: 15,
            reopenings_to_leader: 3,
            visit: VisitSettings::default(),
            whistle: WhistleSettings::default(),
            fast_lane: Vec::new(),
        }
    }
}

#[cfg(test)]
mod values {
    use super::*;

    #[test]
    fn a_file_names_only_what_differs_from_the_default() {
        let settings: CaseSettings = toml::from_str("reopen_days = 30").expect("well-formed");
        assert_eq!(
            settings,
            CaseSettings {
                reopen_days: 30,
                ..CaseSettings::default()
            }
        );
    }

    #[test]
    fn a_lane_takes_its_class_and_nothing_that_only_ends_so() {
        let lane: FastLane =
            toml::from_str("category = \"101\"\ndepartment = \"D01\"").expect("well-formed");
        let takes = |code: &str| lane.takes(&code.parse().expect("a code"));
        assert!(takes("10101") && takes("101"));
        assert!(!takes("20101") && !takes("10"));
    }

    #[test]
    fn a_misspelt_setting_is_refused() {
        assert!(toml::from_str::<CaseSettings>("reopen_day = 30").is_err());
    }
}
