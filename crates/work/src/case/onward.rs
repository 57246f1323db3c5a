//! Sends a case that was just told on its way: filed and dispatched in the same unit, as far as the rules know the way.
//! Where they do not — no category, no right, a place out of reach, nobody to give it to — it stays where it is, and whoever
//! is on duty is responsible for it.

use rules::access::{Action, Scope, may};
use rules::case::{Case, Command, Decision, Event, transition};
use rules::ids::{CategoryCode, DepartmentId, GridId};
use time::OffsetDateTime;

use super::command::department;
use super::terms::Laid;
use crate::complaint::{Hands, new_readers, speak_of_one};
use crate::net::{CommunityNet, Question, Routed};
use crate::{Asker, Error};

/// A case with the steps it took since it was told, not yet saved.
pub(crate) struct Onward {
    /// The case after them.
    pub case: Case,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// The department the task lies with.
    pub department: Option<DepartmentId>,
    /// Whom the rules gave the task to, and why.
    pub routed: Option<Routed>,
}

impl Onward {
    /// Begins with the telling.
    pub fn of(told: Decision) -> Self {
        Self {
            case: told.case,
            events: told.events,
            department: None,
            routed: None,
        }
    }

    /// Files and dispatches; `words` are those of the report, which rules may look at.
    ///
    /// # Errors
    /// `Refused` if the life cycle says no to a step that the right and the state allow.
    pub fn go(&mut self, net: &CommunityNet, asker: &Asker, words: &str) -> Result<(), Error> {
        let Some(category) = self.case.category.clone() else {
            return Ok(());
        };
        if !decides(asker) || !reaches(net, &asker.scope, self.case.grid) {
            return Ok(());
        }
        self.file(net, asker, category)?;
        self.routed = net.route(&Question::of(&self.case, words, asker.now));
        let may_read = |routed: &Routed| self.may_read(net, *routed, words, asker.now);
        self.routed = self.routed.filter(may_read);
        if let Some(routed) = self.routed {
            let command = Command::Dispatch(routed.duty.addressee());
            self.department = department(net, &command, None);
            let laid = Laid::new(net, &self.case, None, asker.now);
            self.take(&laid, command, asker)?;
        }
        Ok(())
    }

    /// Whether the words say nothing of how that one behaved whom the rules give it to; else whoever filed it chooses somebody.
    fn may_read(&self, net: &CommunityNet, to: Routed, words: &str, now: OffsetDateTime) -> bool {
        let (case, to) = (&self.case, to.duty.addressee());
        let from = Hands {
            grid: case.grid,
            owner: case.owner,
            department: None,
        };
        let given = Hands {
            owner: Some(to.member),
            department: department(net, &Command::Dispatch(to), None),
            ..from
        };
        let new = new_readers(net, (from, given), now);
        new.is_empty() || !speak_of_one(net, &[words.to_owned()], &new)
    }

    fn file(
        &mut self,
        net: &CommunityNet,
        asker: &Asker,
        category: CategoryCode,
    ) -> Result<(), Error> {
        let condition = net
            .catalogue()
            .and_then(|catalogue| catalogue.condition(&category, None))
            .and_then(|condition| condition.code);
        let laid = Laid::new(net, &self.case, Some((&category, None)), asker.now);
        let command = Command::File {
            category: Some(category.clone()),
            condition,
            reason: None,
        };
        self.take(&laid, command, asker)
    }

    fn take(&mut self, laid: &Laid<'_>, command: Command, asker: &Asker) -> Result<(), Error> {
        let terms = laid.terms();
        let decision = transition(&self.case, command, &asker.actor, &terms, asker.now)?;
        self.case = decision.case;
        self.events.extend(decision.events);
        Ok(())
    }
}

fn decides(asker: &Asker) -> bool {
    let both = |role| may(role, Action::File) && may(role, Action::Dispatch);
    asker.role().is_some_and(both)
}

/// Whether a grid lies within a scope of those who decide.
fn reaches(net: &CommunityNet, scope: &Scope, grid: GridId) -> bool {
    match scope {
        Scope::Community(community) => *community == net.id,
        Scope::GridSubtree { .. } => net.subtrees(&scope.grids()).contains(&grid),
        _ => false,
    }
}
