//! Why a command on a referral was not carried out. A refusal changes nothing.

use super::{CommandName, StateName};

/// The reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The referral stands elsewhere.
    #[error("the referral is {is}")]
    WrongState {
        /// Where it stands.
        is: StateName,
        /// What the same actor may do now.
        may: Vec<CommandName>,
    },
    /// The role has no such right, or the officer is of another team or area.
    #[error("this role may not do that")]
    NotAllowed,
    /// Two other officers have it, or somebody else referred it.
    #[error("somebody else has it")]
    NotYours,
    /// Two others of the team have it; one of them hands it on.
    #[error("two others of the team have it")]
    AlreadyTaken,
    /// One officer cannot be both.
    #[error("two different officers are needed")]
    SamePerson,
    /// The second one is no officer of the team in this area.
    #[error("the second officer does not belong to the team of this area")]
    NotOfTheTeam,
    /// The second one is away now, and does not come along.
    #[error("the second officer is away")]
    SecondAway,
    /// One of the two stands in for the other: one person where two are needed.
    #[error("one of the two stands in for the other")]
    OneForBoth,
    /// This result needs a procedure first.
    #[error("a procedure has to be noted first")]
    ProcedureMissing,
    /// The case has an open referral already.
    #[error("a lead of this case is with officers already")]
    AlreadyReferred,
    /// The time for it has not come.
    #[error("the time for this has not come")]
    TooEarly,
}

impl Refusal {
    /// A stable name for pages, the API and tests.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "wrong-state",
            Self::NotAllowed => "not-allowed",
            Self::NotYours => "not-yours",
            Self::AlreadyTaken => "already-taken",
            Self::SamePerson => "two-officers",
            Self::NotOfTheTeam => "not-of-the-team",
            Self::SecondAway => "second-away",
            Self::OneForBoth => "one-for-both",
            Self::ProcedureMissing => "procedure-missing",
            Self::AlreadyReferred => "already-referred",
            Self::TooEarly => "too-early",
        }
    }
}
