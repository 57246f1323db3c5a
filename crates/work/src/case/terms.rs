//! Gathers what the community and the catalogue lay down for one command on one case.

use rules::access::Role;
use rules::case::{self, Addressee, Case, CommandName, Condition, State, Terms};
use rules::ids::{CategoryCode, ConditionCode, MemberId, Number};
use rules::journal::Event;
use store::journal::Entry;
use time::OffsetDateTime;

use crate::net::CommunityNet;
use crate::{Asker, Error, House};

/// The owned parts that `Terms` borrows.
pub(crate) struct Laid<'a> {
    net: &'a CommunityNet,
    condition: Option<Condition>,
    above: Option<Addressee>,
    on_duty: Option<MemberId>,
    took_part: Vec<MemberId>,
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
            took_part: Vec::new(),
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
            took_part: Vec::new(),
        }
    }

    /// The same where somebody may be asked to visit the reporter, who is none of these.
    pub fn done_by(mut self, took_part: &[MemberId]) -> Self {
        self.took_part = took_part.to_vec();
        self
    }

    pub fn terms(&self) -> Terms<'_> {
        Terms {
            calendar: &*self.net.calendar,
            settings: &self.net.settings.case,
            condition: self.condition.as_ref(),
            ladder: self.net,
            above: self.above,
            on_duty: self.on_duty,
            took_part: &self.took_part,
        }
    }
}

/// The row of the catalogue that a case was filed under.
pub(super) fn filed_under(net: &CommunityNet, case: &Case) -> Option<Condition> {
    let catalogue = net.catalogue_version(case.catalogue_version?)?;
    catalogue.condition(case.category.as_ref()?, case.condition.as_ref())
}

/// Through whose hands the work went, for a step after which somebody may be asked to visit the reporter; else nobody.
pub(super) async fn took_part(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    number: &Number,
    command: CommandName,
) -> Result<Vec<MemberId>, Error> {
    if !matches!(command, CommandName::Check | CommandName::PassVisit) {
        return Ok(Vec::new());
    }
    let reader = house.store.reader();
    let found = reader.case_numbered(&asker.scope, net.id, number).await?;
    let entries = reader.journal_of(net.id, found.case.id.0).await?;
    let event = |entry: &Entry| match Event::from_bytes(&entry.event) {
        Ok(Event::Case(event)) => Some((entry.actor.map(MemberId), event)),
        _ => None,
    };
    let events: Vec<_> = entries.iter().filter_map(event).collect();
    let trail = events.iter().map(|(actor, event)| (*actor, event));
    Ok(case::took_part(trail))
}

/// The next level up from whoever is responsible now.
fn above(net: &CommunityNet, case: &Case, now: OffsetDateTime) -> Option<Addressee> {
    let role = net
        .posts_of(case.owner?)
        .next()
        .map_or(Role::Worker, |post| post.role);
    net.above(role, case.grid, now).map(|duty| duty.addressee())
}
