//! What happened to a referral, as it stands in the journal: ids and states only, never words, never a place.

use serde::{Deserialize, Serialize};

use super::{Outcome, Procedure, RefusedReason};
use crate::ids::{CaseId, DepartmentId, MemberId};

/// What was done, named in the past tense of the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "referral", rename_all = "snake_case")]
pub enum Deed {
    /// A lead was referred.
    Referred {
        /// From which case.
        case: CaseId,
        /// To which team.
        team: DepartmentId,
    },
    /// Two officers took it, or took it over.
    Taken {
        /// Who took it.
        first: MemberId,
        /// Who goes along.
        second: MemberId,
        /// The officer who is away and for whom whoever acts stands in.
        #[serde(rename = "for", default, skip_serializing_if = "Option::is_none")]
        stands_for: Option<MemberId>,
    },
    /// The procedure was noted.
    Started {
        /// Which one.
        procedure: Procedure,
        /// The officer who is away and for whom whoever acts stands in.
        #[serde(rename = "for", default, skip_serializing_if = "Option::is_none")]
        stands_for: Option<MemberId>,
    },
    /// The result was noted.
    Ended {
        /// Which one.
        result: Outcome,
        /// The officer who is away and for whom whoever acts stands in.
        #[serde(rename = "for", default, skip_serializing_if = "Option::is_none")]
        stands_for: Option<MemberId>,
    },
    /// It was not taken.
    Refused {
        /// Why.
        reason: RefusedReason,
    },
    /// It was taken back.
    Withdrawn,
    /// A deadline passed.
    Overdue,
    /// It waits: two officers cannot be found.
    Waiting,
    /// Its case is no case any more; it goes on without that one.
    OnItsOwn,
}

impl Deed {
    /// The name in messages and locale keys.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Referred { .. } => "referred",
            Self::Taken { .. } => "taken",
            Self::Started { .. } => "started",
            Self::Ended { .. } => "ended",
            Self::Refused { .. } => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Overdue => "overdue",
            Self::Waiting => "waiting",
            Self::OnItsOwn => "on_its_own",
        }
    }

    /// The officer who was away, where somebody else did it for them.
    pub const fn stands_for(&self) -> Option<MemberId> {
        match self {
            Self::Taken { stands_for, .. }
            | Self::Started { stands_for, .. }
            | Self::Ended { stands_for, .. } => *stands_for,
            _ => None,
        }
    }

    /// What the case hears of it, if anything.
    pub const fn answer(&self) -> Option<Answer> {
        match self {
            Self::Ended { result, .. } => Some(Answer::of(*result)),
            Self::Refused { .. } => Some(Answer::Refused),
            Self::Withdrawn => Some(Answer::Withdrawn),
            _ => None,
        }
    }
}

crate::word::words! {
    /// What a case hears of its lead in the end.
    Answer {
        /// The team did not take it.
        Refused = "refused",
        /// It was taken back.
        Withdrawn = "withdrawn",
        /// Nothing against the rules was found.
        NoViolation = "no_violation",
        /// It was put right on the spot.
        CorrectedOnSpot = "corrected_on_spot",
        /// A penalty was decided.
        PenaltyDecided = "penalty_decided",
        /// Another authority has it.
        Transferred = "transferred",
        /// It was closed otherwise.
        Closed = "closed",
    }
}

impl Answer {
    const fn of(result: Outcome) -> Self {
        match result {
            Outcome::NoViolation => Self::NoViolation,
            Outcome::CorrectedOnSpot => Self::CorrectedOnSpot,
            Outcome::PenaltyDecided => Self::PenaltyDecided,
            Outcome::Transferred => Self::Transferred,
            Outcome::Closed => Self::Closed,
        }
    }
}
