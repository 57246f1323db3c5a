//! Mediation 调解 of a dispute between neighbours and the like: talks, an agreement, thirty natural days, a look a month
//! later. It is no case: it stands on no public page, map, list of cases, figure or export, and is seen by its mediator, the
//! leads of the grid and the supervisor. It is about the matter; about the parties it knows how to reach them and nothing else.

mod event;
mod life;
mod neutral;
mod refusal;
mod settings;
mod suggest;
#[cfg(test)]
mod tests;

use time::{Date, Duration, OffsetDateTime};

pub use event::Deed;
pub use life::{Command, CommandName, Decision, Terms, call, commands_at, open, transition};
pub use neutral::{judges, label, neutral};
pub use refusal::Refusal;
pub use settings::{Kind, MediationSettings};
pub use suggest::suggested;

use crate::ids::{CaseId, CommunityId, GridId, MediationId, MemberId, Number};
use crate::word::words;

/// The most parties of a mediation.
pub const PARTIES_MAX: usize = 6;

/// How long before its day the look a month later may be taken, and how long after it is late.
const LOOK: Duration = Duration::days(7);

/// A mediation. Its words and its parties' contacts are kept elsewhere under its id, sealed.
#[derive(Clone, Debug, PartialEq)]
pub struct Mediation {
    /// The tenant.
    pub community: CommunityId,
    /// The key within the tenant.
    pub id: MediationId,
    /// Its number, from the same series as reports.
    pub number: Number,
    /// How many events it has; what `If-Match` compares.
    pub version: i64,
    /// What it is about, from the community's list.
    pub kind: String,
    /// Where it lies; its leads see it.
    pub grid: GridId,
    /// The case it was opened from, if any; the case does not know.
    pub case: Option<CaseId>,
    /// Who opened it.
    pub opener: MemberId,
    /// Who mediates.
    pub mediator: MemberId,
    /// How many parties there are.
    pub parties: u8,
    /// How many people it concerns, as told.
    pub people: u16,
    /// Where it stands.
    pub state: State,
    /// When what happened, and is due.
    pub times: Times,
}

/// When what happened to a mediation, and by when the next thing is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    /// When it was opened.
    pub opened_at: OffsetDateTime,
    /// Since when the limit runs: the opening, or when the parties talked again.
    pub runs_from: OffsetDateTime,
    /// By when it has to end; `None` once it has.
    pub due_at: Option<OffsetDateTime>,
    /// How many times one more limit was added.
    pub extensions: u16,
    /// Whether it was told that the deadline passed or, once it is agreed, that nobody looked in time.
    pub overdue_told: bool,
    /// When it ended: agreed, not agreed, withdrawn.
    pub ended_at: Option<OffsetDateTime>,
    /// When somebody looks whether the agreement is kept.
    pub follow_at: Option<OffsetDateTime>,
    /// Whether time itself has called that up.
    pub called: bool,
    /// When nothing was left to do.
    pub finished_at: Option<OffsetDateTime>,
}

/// Where a mediation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is talked over.
    Open,
    /// The agreement is written and waits to be signed.
    Drafted,
    /// Agreed; a look follows.
    Agreed {
        /// On which day.
        on: Date,
        /// On paper, or by word of mouth as the law allows (People's Mediation Law §28, 参照).
        written: bool,
    },
    /// Not agreed; the parties were told where to go.
    NotAgreed {
        /// Where.
        instead: Instead,
    },
    /// A party did not want it any more.
    Withdrawn,
    /// Somebody looked whether the agreement is kept.
    Finished {
        /// The agreement; none of those that ended before it was kept beyond the look.
        agreement: Option<Agreement>,
        /// Whether it is; if not, the parties were told where to go.
        kept: Kept,
    },
}

/// An agreement, without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// On which day.
    pub on: Date,
    /// On paper, or by word of mouth.
    pub written: bool,
}

/// What the look a month later showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The agreement is kept.
    Yes,
    /// It is not; the parties were told where to go.
    No {
        /// Where.
        instead: Instead,
    },
}

words! {
    /// A state's name.
    StateName {
        /// It is talked over.
        Open = "open",
        /// The agreement waits to be signed.
        Drafted = "drafted",
        /// Agreed.
        Agreed = "agreed",
        /// Not agreed.
        NotAgreed = "not_agreed",
        /// Taken back.
        Withdrawn = "withdrawn",
        /// Looked at a month later.
        Finished = "finished",
    }

    /// What words of a mediation are about.
    Part {
        /// The matter, when it was opened.
        Matter = "matter",
        /// Where it is.
        Place = "place",
        /// A talk.
        Talk = "talk",
        /// The agreement.
        Agreement = "agreement",
        /// Why, or where to go instead.
        Note = "note",
    }

    /// Where to go instead, or afterwards.
    Instead {
        /// The court, for a suit or for confirming the agreement.
        Court = "court",
        /// Arbitration of labour disputes.
        LabourArbitration = "labour_arbitration",
        /// An arbitration commission.
        Arbitration = "arbitration",
        /// The authority in charge.
        Authority = "authority",
        /// The subdistrict's mediation committee.
        Subdistrict = "subdistrict",
        /// Legal aid.
        LegalAid = "legal_aid",
        /// The police.
        Police = "police",
        /// Somewhere else, said in words.
        Other = "other",
    }
}

impl State {
    /// The state's name.
    pub const fn name(&self) -> StateName {
        match self {
            Self::Open => StateName::Open,
            Self::Drafted => StateName::Drafted,
            Self::Agreed { .. } => StateName::Agreed,
            Self::NotAgreed { .. } => StateName::NotAgreed,
            Self::Withdrawn => StateName::Withdrawn,
            Self::Finished { .. } => StateName::Finished,
        }
    }

    /// The agreement that was made, as long as the parties do not talk again.
    pub const fn agreement(&self) -> Option<Agreement> {
        match *self {
            Self::Agreed { on, written } => Some(Agreement { on, written }),
            Self::Finished { agreement, .. } => agreement,
            _ => None,
        }
    }
}

impl StateName {
    /// Whether the parties still talk, or paper waits to be signed.
    pub const fn runs(self) -> bool {
        matches!(self, Self::Open | Self::Drafted)
    }

    /// Whether somebody still has to do something.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Drafted | Self::Agreed)
    }
}

impl Mediation {
    /// When time itself has something to do with it: the deadline, the look a month later, a look that nobody took.
    pub fn wakes_at(&self) -> Option<OffsetDateTime> {
        let times = &self.times;
        match self.state.name() {
            StateName::Open | StateName::Drafted => times.due_at.filter(|_| !times.overdue_told),
            StateName::Agreed if times.called => self.late_at().filter(|_| !times.overdue_told),
            StateName::Agreed => times.follow_at,
            _ => None,
        }
    }

    /// When the look a month later is late.
    pub fn late_at(&self) -> Option<OffsetDateTime> {
        self.times.follow_at.map(|due| due + LOOK)
    }

    /// From when the look a month later may be taken.
    pub fn look_from(&self) -> Option<OffsetDateTime> {
        self.times.follow_at.map(|due| due - LOOK)
    }

    /// By when the next thing is due, for lists.
    pub fn next_due(&self) -> Option<OffsetDateTime> {
        match self.state.name() {
            StateName::Open | StateName::Drafted => self.times.due_at,
            StateName::Agreed => self.times.follow_at,
            _ => None,
        }
    }
}
