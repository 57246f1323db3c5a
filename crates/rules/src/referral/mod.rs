//! A lead 线索 that the grid refers to enforcement officers: referred → taken by two of them → procedure noted → result.
//! [`transition`] is its only writer. It is about a place and a finding; there is no file on a person here, no penalty
//! is decided here, and a grid worker can only refer.

mod event;
mod life;
mod refusal;
mod settings;
#[cfg(test)]
mod tests;
mod waiting;

use time::OffsetDateTime;

pub use event::{Answer, Deed};
pub use life::{Absent, Command, CommandName, Decision, Terms, commands, refer, transition};
pub use refusal::Refusal;
pub use settings::ReferralSettings;
pub use waiting::{go_on_alone, wait, waits_for};

use crate::ids::{CaseId, CommunityId, DepartmentId, GridId, MemberId, Number, ReferralId};
use crate::word::words;

/// A referred lead. Its words and photos are kept elsewhere under its id.
#[derive(Clone, Debug, PartialEq)]
pub struct Referral {
    /// The tenant.
    pub community: CommunityId,
    /// The key within the tenant.
    pub id: ReferralId,
    /// Its number, from the same series as reports.
    pub number: Number,
    /// How many events it has; what `If-Match` compares.
    pub version: i64,
    /// The case it came from.
    pub case: CaseId,
    /// Where the case lies.
    pub grid: GridId,
    /// The enforcement team it was referred to.
    pub team: DepartmentId,
    /// Who referred it.
    pub referrer: MemberId,
    /// Where it stands.
    pub state: State,
    /// When what happened, and is due.
    pub times: Times,
}

/// When what happened to a referral, and by when the next thing is due.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "each is the moment of the deed of its name")]
pub struct Times {
    pub referred_at: OffsetDateTime,
    pub taken_at: Option<OffsetDateTime>,
    pub started_at: Option<OffsetDateTime>,
    pub ended_at: Option<OffsetDateTime>,
    /// By when it has to be taken, begun or answered; `None` once it is over.
    pub due_at: Option<OffsetDateTime>,
    /// Whether that touches a year whose calendar is not published yet.
    pub due_provisional: bool,
    /// When time itself looks at it next: at the deadline, until its passing was told.
    pub wakes_at: Option<OffsetDateTime>,
}

/// Where a referral stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits for two officers.
    Referred,
    /// Two officers have it.
    Taken(Officers),
    /// They noted which procedure applies.
    Started {
        /// Who has it.
        officers: Officers,
        /// Which one.
        procedure: Procedure,
    },
    /// The result is known.
    Ended {
        /// Who had it.
        officers: Officers,
        /// Which procedure it took, if any was begun.
        procedure: Option<Procedure>,
        /// The result.
        result: Outcome,
    },
    /// Not a matter for the team; where else is said in words.
    Refused {
        /// Why.
        reason: RefusedReason,
    },
    /// Taken back by who referred it, before anybody took it.
    Withdrawn,
}

impl State {
    /// The state's name.
    pub const fn name(&self) -> StateName {
        match self {
            Self::Referred => StateName::Referred,
            Self::Taken(_) => StateName::Taken,
            Self::Started { .. } => StateName::Started,
            Self::Ended { .. } => StateName::Ended,
            Self::Refused { .. } => StateName::Refused,
            Self::Withdrawn => StateName::Withdrawn,
        }
    }

    /// The two officers, once named.
    pub const fn officers(&self) -> Option<Officers> {
        match self {
            Self::Taken(officers)
            | Self::Started { officers, .. }
            | Self::Ended { officers, .. } => Some(*officers),
            _ => None,
        }
    }

    /// The procedure, once noted.
    pub const fn procedure(&self) -> Option<Procedure> {
        match self {
            Self::Started { procedure, .. } => Some(*procedure),
            Self::Ended { procedure, .. } => *procedure,
            _ => None,
        }
    }
}

/// Two different officers: nobody inspects alone (Administrative Penalty Law §42, 参照).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Officers {
    first: MemberId,
    second: MemberId,
}

impl Officers {
    /// Two officers; `None` if they are one and the same.
    pub fn new(first: MemberId, second: MemberId) -> Option<Self> {
        (first != second).then_some(Self { first, second })
    }

    /// Who took it.
    pub const fn first(self) -> MemberId {
        self.first
    }

    /// Who goes along.
    pub const fn second(self) -> MemberId {
        self.second
    }

    /// Whether a member is one of them.
    pub fn are(self, member: MemberId) -> bool {
        self.first == member || self.second == member
    }
}

words! {
    /// A state's name.
    StateName {
        /// Waits for two officers.
        Referred = "referred",
        /// Two officers have it.
        Taken = "taken",
        /// The procedure is noted.
        Started = "started",
        /// The result is known.
        Ended = "ended",
        /// Not taken.
        Refused = "refused",
        /// Taken back.
        Withdrawn = "withdrawn",
    }

    /// Which procedure applies. Only its name is noted here; it runs in the officers' own system.
    Procedure {
        /// 简易程序: decided on the spot.
        Simple = "simple",
        /// 一般(普通)程序.
        General = "general",
    }

    /// What came of it: a status, never a file on somebody.
    Outcome {
        /// Looked at, nothing against the rules found.
        NoViolation = "no_violation",
        /// Put right on the spot.
        CorrectedOnSpot = "corrected_on_spot",
        /// A penalty was decided; which one, and on whom, stays with the officers.
        PenaltyDecided = "penalty_decided",
        /// Passed on to another authority.
        Transferred = "transferred",
        /// Closed otherwise.
        Closed = "closed",
    }

    /// Why a team does not take a lead.
    RefusedReason {
        /// Another place or authority.
        NotOurs = "not_ours",
        /// Nothing that could be against a rule.
        NoBreach = "no_breach",
        /// Place or evidence do not suffice.
        TooLittle = "too_little",
        /// It is with an authority already.
        Already = "already",
    }
}

impl StateName {
    /// Whether somebody still has to do something.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Referred | Self::Taken | Self::Started)
    }
}

impl Outcome {
    /// A penalty, and any other closing of a procedure, needs a procedure; what a first look shows does not.
    pub const fn needs_procedure(self) -> bool {
        matches!(self, Self::PenaltyDecided | Self::Closed)
    }
}
