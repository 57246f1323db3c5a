//! Gathers what the community and the catalogue lay down for one command on one case.

use rules::access::Role;
use rules::case::{self, Addressee, Case, CommandName, Condition, Moved, State, Terms};
use rules::ids::{CaseId, CategoryCode, CommunityId, ConditionCode, MemberId, Number};
use rules::journal::Event;
use store::journal::Entry;
use time::OffsetDateTime;

use super::together::with_merged;
use crate::complaint::spoken_of_in;
use crate::net::CommunityNet;
use crate::{Asker, Error, House};

/// The owned parts that `Terms` borrows.
pub(crate) struct Laid<'a> {
    net: &'a CommunityNet,
    condition: Option<Condition>,
    above: Option<Addressee>,
    on_duty: Option<MemberId>,
    people: People,
    moved: Vec<Moved>,
}

/// Who had to do with a case before a step, as far as the step asks.
#[derive(Debug, Clone, Default)]
pub(crate) struct People {
    /// Through whose hands the work went.
    took_part: Vec<MemberId>,
    /// Who checked or closed it.
    judged: Vec<MemberId>,
}

impl People {
    /// Read off what happened, in order.
    pub fn of<'e>(
        trail: impl Iterator<Item = (Option<MemberId>, &'e case::Event)> + Clone,
    ) -> Self {
        Self {
            took_part: case::took_part(trail.clone()),
            judged: case::judged(trail),
        }
    }
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
                .map(|duty| duty.meant),
            people: People::default(),
            moved: Vec::new(),
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
            people: People::default(),
            moved: Vec::new(),
        }
    }

    /// The same where somebody may be asked to visit the reporter, or a leader be called, who is none of these.
    pub fn done_by(mut self, people: &People) -> Self {
        self.people = people.clone();
        self
    }

    /// The same where the deadline may be reckoned anew, by all that set and moved it before.
    pub fn moved_by(mut self, moved: impl IntoIterator<Item = Moved>) -> Self {
        self.moved = moved.into_iter().collect();
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
            took_part: &self.people.took_part,
            judged: &self.people.judged,
            moved: &self.moved,
        }
    }
}

/// The row of the catalogue that a case was filed under.
pub(super) fn filed_under(net: &CommunityNet, case: &Case) -> Option<Condition> {
    let catalogue = net.catalogue_version(case.catalogue_version?)?;
    catalogue.condition(case.category.as_ref()?, case.condition.as_ref())
}

/// Who had to do with a case, for a step after which somebody may be asked to visit the reporter or a leader be called, and for one
/// that a called leader decides; else nobody.
pub(super) async fn people(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    number: &Number,
    command: CommandName,
) -> Result<People, Error> {
    let asks = matches!(
        command,
        CommandName::Check | CommandName::PassVisit | CommandName::Visit | CommandName::Reopen
    );
    let decides = matches!(
        command,
        CommandName::Dispatch | CommandName::Void | CommandName::Merge
    );
    if !asks && !decides {
        return Ok(People::default());
    }
    let reader = house.store.reader();
    let found = reader.case_numbered(&asker.scope, net.id, number).await?;
    if decides && found.case.leader_called.is_none() {
        return Ok(People::default());
    }
    let entries = reader.journal_of(net.id, found.case.id.0).await?;
    let events: Vec<_> = entries.iter().filter_map(step_of).collect();
    let trail = events
        .iter()
        .map(|(entry, event)| (entry.actor.map(MemberId), event));
    let mut people = People::of(trail);
    if asks {
        // a visit shows the words: it goes past whoever they speak of, and is refused to nobody, so that its time runs on
        let cases = with_merged(house, net.id, found.case.id).await?;
        let said = reader.said_by_reporters(net.id, &cases).await?;
        people.took_part.extend(spoken_of_in(net, &said));
    }
    Ok(people)
}

/// What set and moved the deadline of a case, out of the journal.
pub(super) async fn moved(
    house: &House,
    community: CommunityId,
    case: CaseId,
) -> Result<Vec<Moved>, Error> {
    let reader = house.store.reader();
    let entries = reader.journal_of(community, case.0).await?;
    let events: Vec<_> = entries.iter().filter_map(step_of).collect();
    let trail = events
        .iter()
        .map(|(entry, event)| (entry.occurred_at.unwrap_or(entry.at), event));
    Ok(Moved::of(trail))
}

/// The same for a step that names the category of an open file, the first or another one, with the version of the case that it was read of: the
/// step is judged by no other one. Nothing for every other step.
pub(super) async fn moved_before(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    number: &Number,
    command: CommandName,
) -> Result<Option<(i64, Vec<Moved>)>, Error> {
    if command != CommandName::File {
        return Ok(None);
    }
    let reader = house.store.reader();
    let found = reader.case_numbered(&asker.scope, net.id, number).await?;
    if !case::is_open_file(&found.case) {
        return Ok(None);
    }
    let moved = moved(house, net.id, found.case.id).await?;
    Ok(Some((found.case.version, moved)))
}

pub(super) fn step_of(entry: &Entry) -> Option<(&Entry, case::Event)> {
    match Event::from_bytes(&entry.event) {
        Ok(Event::Case(event)) => Some((entry, event)),
        _ => None,
    }
}

/// The next level up from whoever is responsible now.
pub(super) fn above(net: &CommunityNet, case: &Case, now: OffsetDateTime) -> Option<Addressee> {
    let role = net
        .posts_of(case.owner?)
        .next()
        .map_or(Role::Worker, |post| post.role);
    net.above(role, case.grid, now).map(|duty| duty.addressee())
}
