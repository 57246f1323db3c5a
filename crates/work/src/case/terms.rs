//! Gathers what the community and the catalogue lay down for one command on one case.

use rules::case::{Addressee, Case, Condition, Terms};
use rules::ids::{CategoryCode, ConditionCode, MemberId};
use time::OffsetDateTime;

use crate::net::CommunityNet;

/// The owned parts that `Terms` borrows.
pub(super) struct Laid<'a> {
    net: &'a CommunityNet,
    condition: Option<Condition>,
    above: Option<Addressee>,
    on_duty: Option<MemberId>,
}

impl<'a> Laid<'a> {
    /// For a command that names its own category and condition (`file`, `fix`), or for the ones the case was filed under.
    pub fn new(net: &'a CommunityNet, case: &Case, named: Option<(&CategoryCode, Option<&ConditionCode>)>, now: OffsetDateTime) -> Self {
        let condition = match named {
            Some((category, condition)) => net.catalogue.as_ref().and_then(|now| now.condition(category, condition)),
            None => filed_under(net, case),
        };
        Self {
            condition,
            above: case.owner.and_then(|owner| net.above(case.grid, owner, now)),
            on_duty: net.on_duty(case.grid, case.category.as_ref(), now).map(|duty| duty.member),
            net,
        }
    }

    pub fn terms(&self) -> Terms<'_> {
        Terms {
            calendar: &*self.net.calendar,
            settings: &self.net.settings.cases,
            condition: self.condition.as_ref(),
            above: self.above,
            on_duty: self.on_duty,
        }
    }
}

fn filed_under(net: &CommunityNet, case: &Case) -> Option<Condition> {
    let catalogue = net.catalogue_version(case.catalogue_version?)?;
    catalogue.condition(case.category.as_ref()?, case.condition.as_ref())
}
