//! What can be done with the list of rules. Every change makes a new version of the list; a decision made before keeps the
//! version it was made under.

use super::{Fault, Rule, RuleState, Target, When};
use crate::ids::RuleId;

/// A rule as somebody writes it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What people call it.
    pub name: String,
    /// When it fits.
    pub when: When,
    /// Where the task goes.
    pub to: Target,
}

/// Which way a rule is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Towards {
    /// To be asked before its neighbour.
    First,
    /// To be asked after its neighbour.
    Last,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A new rule, switched off, asked last.
    Add(RuleId, Draft),
    /// Other words for a rule. What takes other cases than before, or sends them elsewhere, is off until it was tried out
    /// again; one that the house switched off is then simply off.
    Edit(RuleId, Draft),
    /// One place up or down. Where it changes places with another one that is on and sends elsewhere, the one that is asked first
    /// now takes other cases than before: it is off until it was tried out again.
    Move(RuleId, Towards),
    /// On.
    On(RuleId),
    /// Off.
    Off(RuleId),
    /// Off, because whom it names has left.
    Left(RuleId),
    /// Gone.
    Remove(RuleId),
}

impl Change {
    /// The name in the journal.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Add(..) => "added",
            Self::Edit(..) => "changed",
            Self::Move(..) => "moved",
            Self::On(_) => "on",
            Self::Off(_) => "off",
            Self::Left(_) => "left",
            Self::Remove(_) => "removed",
        }
    }

    /// The rule it is about.
    pub const fn rule(&self) -> RuleId {
        match self {
            Self::Add(id, _)
            | Self::Edit(id, _)
            | Self::Move(id, _)
            | Self::On(id)
            | Self::Off(id)
            | Self::Left(id)
            | Self::Remove(id) => *id,
        }
    }
}

impl Draft {
    /// Everything that is wrong with it.
    ///
    /// # Errors
    /// Every fault, never an empty list.
    pub fn check(&self) -> Result<(), Vec<Fault>> {
        let faults = super::rule::faults(&self.name, &self.when);
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    pub(super) fn rule(self, id: RuleId, place: i64, state: RuleState) -> Rule {
        Rule {
            id,
            place,
            name: self.name.trim().to_owned(),
            when: self.when,
            to: self.to,
            state,
        }
    }
}
