//! What the community and the catalogue lay down for one command, gathered by the working room and
//! handed to the life cycle as data.

use super::{Addressee, Ladder, Limit, Moved, Reckoning};
use crate::ids::{CatalogueVersion, CategoryCode, ConditionCode, MemberId};
use crate::settings::CaseSettings;

/// The terms a command is judged by.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    /// The community's calendar.
    pub calendar: &'a dyn Reckoning,
    /// What the community lays down.
    pub settings: &'a CaseSettings,
    /// The category and filing condition: for `file` and `fix` the one named in the command, afterwards
    /// the one the case was filed under. `None` when there is none.
    pub condition: Option<&'a Condition>,
    /// On which level a seat works.
    pub ladder: &'a dyn Ladder,
    /// The next level up, for escalation. `None` at the top.
    pub above: Option<Addressee>,
    /// Who is on duty for the grid now: responsible for what nobody else has.
    pub on_duty: Option<MemberId>,
    /// Through whose hands the work went before ([`super::took_part`]): told where somebody is asked to visit the reporter.
    pub took_part: &'a [MemberId],
    /// Who judged the work before ([`super::judged`]): told where a leader may be called.
    pub judged: &'a [MemberId],
    /// What set and moved the deadline before ([`Moved::of`]): told where a file comes under another category.
    pub moved: &'a [Moved],
}

/// One row of the case catalogue: a category with one of its filing conditions 立案条件.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The published catalogue it is from.
    pub version: CatalogueVersion,
    /// The category 小类.
    pub category: CategoryCode,
    /// The filing condition; `None` where the category has only one way to be filed.
    pub code: Option<ConditionCode>,
    /// Its own time limit.
    pub limit: Limit,
    /// How soon somebody has to have spoken with the reporter, where it differs from the community's.
    pub first_answer: Option<Limit>,
    /// How often the reporter has to hear how it goes, where it differs from the community's.
    pub update_every: Option<Limit>,
    /// Whether the result can only be judged by a photo.
    pub photo_needed: bool,
    /// Whether the reporter must be asked before closing.
    pub visit_needed: bool,
    /// The longest suspension in days, where it differs from the community's.
    pub suspension_days: Option<u16>,
}
