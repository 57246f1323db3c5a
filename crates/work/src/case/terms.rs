//! Gathers what the community and the catalogue lay down for one command on one case.

use rules::access::Role;
use rules::case::{Addressee, Case, Condition, State, Terms};
use rules::ids::{CategoryCode, ConditionCode, MemberId};
use time::OffsetDateTime;

use crate::net::CommunityNet;

/// The owned parts that `Terms` borrows.
pub(crate) struct Laid<'a> {
    net: &'a CommunityNet,
    condition: Option<Condition>,
    above: Option<Addressee>,
    on_duty: Option<MemberId>,
}

impl<'a> Laid<'a> {
    /// For a command that names its own category and condition (`file`, `fix`), or for the ones the case was filed under.
    pub fn new(
        net: &'a CommunityNet,
        case: &Case,
        named: Option<(&CategoryCode, Option<&ConditionCode>)>,
        now: OffsetDateTime,
    ) -> Self {
        let condition = match named {
            Some((category, condition)) => net
                .catalogue()
                .and_then(|now| now.condition(category, condition)),
            None => filed_under(net, case),
        };
        Self {
            condition,
            above: above(net, case, now),
            on_duty: net
                .on_duty(Some(case.grid), case.category.as_ref(), now)
                .map(|duty| duty.member),
            net,
        }
    }

    /// The same for time itself, which lifts what nobody took: the next rung of the ladder 呼叫响应.
    pub fn unanswered(mut self, case: &Case, now: OffsetDateTime) -> Self {
        if let State::Dispatched { to, .. } = case.state {
            self.above = self.net.next_rung(to, case.grid, now);
        }
        self
    }

    /// For a telling: nothing is filed yet.
    pub fn bare(net: &'a CommunityNet, on_duty: Option<MemberId>) -> Self {
        Self {
            net,
            condition: None,
            above: None,
            on_duty,
        }
    }

    pub fn terms(&self) -> Terms<'_> {
        Terms {
            calendar: &*self.net.calendar,
            settings: &self.net.settings.case,
            condition: self.condition.as_ref(),
            ladder: self.net,
            above: self.above,
            on_duty: self.on_duty,
        }
    }
}

/// The row of the catalogue that a case was filed under.
pub(super) fn filed_under(net: &CommunityNet, case: &Case) -> Option<Condition> {
    let catalogue = net.catalogue_version(case.catalogue_version?)?;
    catalogue.condition(case.category.as_ref()?, case.condition.as_ref())
}

/// The next level up from whoever is responsible now.
fn above(net: &CommunityNet, case: &Case, now: OffsetDateTime) -> Option<Addressee> {
    let role = net
        .posts_of(case.owner?)
        .next()
        .map_or(Role::Worker, |post| post.role);
    net.above(role, case.grid, now).map(|duty| duty.addressee())
}
