//! Why something was not done about a case. A refusal changes nothing.

use time::OffsetDateTime;

/// The reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The role has no such right here.
    #[error("this role may not do that")]
    NotAllowed,
    /// The case is over: there is nobody to remind.
    #[error("the case is over")]
    Over,
    /// Nobody is responsible yet.
    #[error("nobody is responsible yet")]
    Nobody,
    /// One's own case.
    #[error("one is responsible oneself")]
    OwnCase,
    /// The date is past or too far away.
    #[error("the answer has to be due between now and {latest}")]
    OutsideWindow {
        /// The latest date allowed.
        latest: OffsetDateTime,
    },
    /// No answer is waited for (any more).
    #[error("no answer is waited for")]
    NothingAsked,
    /// Somebody else was asked.
    #[error("somebody else was asked")]
    NotYours,
    /// The same was said by the same person less than a day ago, and nothing is won by saying it again.
    #[error("the same was said at {at}")]
    SaidBefore {
        /// When.
        at: OffsetDateTime,
    },
}

impl Refusal {
    /// A stable name for pages, the API and tests.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAllowed => "not-allowed",
            Self::Over => "case-over",
            Self::Nobody => "nobody-responsible",
            Self::OwnCase => "own-case",
            Self::OutsideWindow { .. } => "outside-window",
            Self::NothingAsked => "no-answer-waited-for",
            Self::NotYours => "others-asked",
            Self::SaidBefore { .. } => "said-before",
        }
    }
}
