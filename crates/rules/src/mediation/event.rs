//! What happened to a mediation, as it stands in the journal: ids and states only. No reader of the journal but its own
//! trail shows it.

use serde::{Deserialize, Serialize};

use super::Instead;
use crate::ids::MemberId;

/// What was done, named in the past tense of the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mediation", rename_all = "snake_case")]
pub enum Deed {
    /// It was opened.
    Opened {
        /// Who mediates.
        mediator: MemberId,
    },
    /// The parties talked.
    Talked,
    /// Another mediator has it.
    HandedOver {
        /// Who.
        mediator: MemberId,
    },
    /// The parties wanted more time.
    Extended,
    /// The agreement was written, or written anew.
    Drafted,
    /// Agreed.
    Agreed {
        /// On paper.
        written: bool,
    },
    /// Not agreed.
    NotAgreed {
        /// Where to go.
        instead: Instead,
    },
    /// A party took it back.
    Withdrawn,
    /// Somebody looked, and the agreement is kept or not.
    Followed {
        /// Whether it is.
        kept: bool,
    },
    /// It is talked over again.
    Resumed,
    /// The deadline passed.
    Overdue,
    /// Time called up the look a month later.
    FollowUpDue,
    /// Nobody looked, days after it was due.
    FollowUpLate,
    /// The parties' contacts were erased.
    ContactsErased,
    /// The words and papers were erased.
    WordsErased,
}

impl Deed {
    /// The name in messages and locale keys.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Talked => "talked",
            Self::HandedOver { .. } => "handed_over",
            Self::Extended => "extended",
            Self::Drafted => "drafted",
            Self::Agreed { .. } => "agreed",
            Self::NotAgreed { .. } => "not_agreed",
            Self::Withdrawn => "withdrawn",
            Self::Followed { .. } => "followed",
            Self::Resumed => "resumed",
            Self::Overdue => "overdue",
            Self::FollowUpDue => "follow_up_due",
            Self::FollowUpLate => "follow_up_late",
            Self::ContactsErased => "contacts_erased",
            Self::WordsErased => "words_erased",
        }
    }
}
