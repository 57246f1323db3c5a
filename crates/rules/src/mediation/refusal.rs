//! Why a command on a mediation was not carried out. A refusal changes nothing.

use time::OffsetDateTime;

use super::{CommandName, StateName};

/// The reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The mediation stands elsewhere.
    #[error("the mediation is {is}")]
    WrongState {
        /// Where it stands.
        is: StateName,
        /// What the same actor may do now.
        may: Vec<CommandName>,
    },
    /// The role has no such right.
    #[error("this role may not do that")]
    NotAllowed,
    /// Somebody else mediates.
    #[error("somebody else mediates")]
    NotYours,
    /// More time was added as often as is allowed.
    #[error("more time was added as often as is allowed: {max} times")]
    LimitReached {
        /// How often it is allowed.
        max: u16,
    },
    /// More time has to be wanted by both sides.
    #[error("both sides have to agree to more time")]
    ConsentMissing,
    /// The deadline has passed, and more time cannot heal that.
    #[error("the deadline has passed")]
    Overdue,
    /// The day lies in the future, or before the mediation began.
    #[error("the day does not fit")]
    WrongDay,
    /// Whoever was named already mediates.
    #[error("that is the mediator already")]
    SamePerson,
    /// The time for it has not come.
    #[error("the time for this has not come before {from}")]
    TooEarly {
        /// From when on it may be done.
        from: OffsetDateTime,
    },
    /// There is nothing that time itself could call up.
    #[error("nothing is due")]
    NothingDue,
}

impl Refusal {
    /// A stable name for pages, the API and tests.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "wrong-state",
            Self::NotAllowed => "not-allowed",
            Self::NotYours => "not-mediator",
            Self::LimitReached { .. } => "limit-reached",
            Self::ConsentMissing => "consent-missing",
            Self::Overdue => "overdue",
            Self::WrongDay => "wrong-day",
            Self::SamePerson => "mediator-already",
            Self::TooEarly { .. } => "too-early",
            Self::NothingDue => "nothing-due",
        }
    }
}
