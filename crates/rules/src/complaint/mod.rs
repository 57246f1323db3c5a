//! A complaint about somebody who works here: a kind of its own, never a case. It is for the supervisors and for the next
//! lead who is not concerned; whoever it speaks of, their lead and the desk never learn of it here. It is about one
//! matter: nothing is counted, listed or kept by person.

mod line;
mod post;
mod reader;
mod settings;
mod step;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

pub use line::{Line, has_reader, lead_of, line, next_lead, readers, sees};
pub use reader::spare_readers;
pub use settings::ComplaintSettings;
pub use step::{Refusal, Step, StepName, steps, take_step};

use crate::ids::{CaseId, CommunityId, ComplaintId, GridId, MemberId, Number};
use crate::privacy::danger::{LocalNumbers, danger};
use crate::word::words;

/// A complaint without its words, which are sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The tenant.
    pub community: CommunityId,
    /// The key within it.
    pub id: ComplaintId,
    /// The number on the receipt, from the same series as reports.
    pub number: Number,
    /// How often it changed.
    pub version: i64,
    /// The grid whose page it was told on.
    pub grid: GridId,
    /// Whom it speaks of; none until a supervisor has found out.
    pub about: Option<MemberId>,
    /// The next lead not concerned; none if there is none.
    pub lead: Option<MemberId>,
    /// Where it stands.
    pub state: State,
    /// When it was told.
    pub received_at: OffsetDateTime,
    /// By when the answer is promised.
    pub due_at: OffsetDateTime,
    /// Held because the words sounded like one and nobody said whether they are: told through a program that cannot ask, or passed
    /// on from a sheet by somebody who may not read them.
    pub held: bool,
}

impl Complaint {
    /// Whether what was said tells of danger to life and nobody has answered yet: it is looked at before all others.
    pub fn is_urgent(&self, said: &str) -> bool {
        let open = matches!(self.state, State::Received | State::Taken { .. });
        open && !danger(said, &LocalNumbers::new()).is_empty()
    }

    /// Whether somebody still has to find out if it is one at all: held, and neither named, answered nor made a report.
    pub const fn is_undecided(&self) -> bool {
        let open = matches!(self.state, State::Received | State::Taken { .. });
        self.held && open && self.about.is_none()
    }
}

/// What was answered, without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Who answered.
    pub by: MemberId,
    /// What it came to.
    pub outcome: Outcome,
    /// When.
    pub at: OffsetDateTime,
}

/// Where a complaint stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Told; nobody has taken it yet.
    Received,
    /// Somebody looks into it.
    Taken {
        /// Who.
        by: MemberId,
    },
    /// The reporter has the answer.
    Answered(Answer),
    /// Nothing is left to do.
    Closed {
        /// What was answered.
        answer: Answer,
        /// When it was closed.
        at: OffsetDateTime,
    },
    /// It spoke of a thing and not of a worker: it is an ordinary report now, under the same number.
    Reported {
        /// Since when.
        at: OffsetDateTime,
    },
}

words! {
    /// A state's name.
    StateName {
        /// Nobody has taken it yet.
        Received = "received",
        /// Somebody looks into it.
        Taken = "taken",
        /// The reporter has the answer.
        Answered = "answered",
        /// Nothing is left to do.
        Closed = "closed",
        /// It is an ordinary report now.
        Reported = "reported",
    }

    /// What a complaint came to. It speaks of the matter.
    Outcome {
        /// It was so; it was put right.
        Upheld = "upheld",
        /// Some of it was so.
        Partly = "partly",
        /// It was not so.
        NotUpheld = "not_upheld",
        /// Somebody else has to decide; the answer says who.
        Elsewhere = "elsewhere",
    }
}

impl State {
    /// The state's name.
    pub const fn name(&self) -> StateName {
        match self {
            Self::Received => StateName::Received,
            Self::Taken { .. } => StateName::Taken,
            Self::Answered(_) => StateName::Answered,
            Self::Closed { .. } => StateName::Closed,
            Self::Reported { .. } => StateName::Reported,
        }
    }

    /// The answer, once there is one.
    pub const fn answer(&self) -> Option<Answer> {
        match self {
            Self::Answered(answer) | Self::Closed { answer, .. } => Some(*answer),
            Self::Received | Self::Taken { .. } | Self::Reported { .. } => None,
        }
    }
}

/// What happened to a complaint, as it stands in the journal. It names nobody: not whom it speaks of, not what was said.
/// No reader of the journal but its own trail shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "complaint", rename_all = "snake_case")]
pub enum Deed {
    /// It was told.
    Received {
        /// Whether the words tell of danger to life, so that those who look into complaints hear of it at once.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        urgent: bool,
    },
    /// A supervisor found out whom it speaks of.
    Named,
    /// Somebody looks into it.
    Taken,
    /// A note was kept.
    Noted,
    /// The reporter has the answer.
    Answered {
        /// What it came to.
        outcome: Outcome,
    },
    /// Nothing is left to do.
    Closed,
    /// It was made an ordinary report.
    Reported,
    /// The matter in it was passed on as a case, in the words of whoever looks into it. The case says nothing of this.
    Passed {
        /// Which case it became.
        case: CaseId,
    },
}

impl Deed {
    /// The name in locale keys.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Received { .. } => "received",
            Self::Named => "named",
            Self::Taken => "taken",
            Self::Noted => "noted",
            Self::Answered { .. } => "answered",
            Self::Closed => "closed",
            Self::Reported => "reported",
            Self::Passed { .. } => "passed",
        }
    }

    /// Whether the reporter hears of it; notes, and that it was found out whom it speaks of, stay inside.
    pub const fn is_news(&self) -> bool {
        !matches!(self, Self::Noted | Self::Named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Event;
    use uuid::Uuid;

    #[test]
    fn what_the_journal_has_of_old_reads_as_it_was_written_and_what_is_new_reads_back() {
        let old = b"\x81\xa9complaint\xa8received";
        let calm = Event::Complaint(Deed::Received { urgent: false });
        assert_eq!(Event::from_bytes(old).ok(), Some(calm.clone()));
        assert_eq!(calm.to_bytes(), old);
        let case = CaseId(Uuid::from_u128(7));
        for deed in [Deed::Received { urgent: true }, Deed::Passed { case }] {
            let event = Event::Complaint(deed);
            assert_eq!(Event::from_bytes(&event.to_bytes()).ok(), Some(event));
        }
    }
}
