//! Why a command was not carried out. A refusal changes nothing; whoever was refused learns what may be
//! done instead. Only the front door turns these into status codes and words.

use time::OffsetDateTime;

use super::{CommandName, StateName};
use crate::ids::MemberId;

/// The reason a command was refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The case stands elsewhere.
    #[error("the case is {is}")]
    WrongState {
        /// Where it stands.
        is: StateName,
        /// What the same actor may do now.
        may: Vec<CommandName>,
    },
    /// Somebody else is responsible or was asked.
    #[error("somebody else is responsible")]
    NotYours {
        /// Who, if anybody.
        owner: Option<MemberId>,
    },
    /// The role has no such right.
    #[error("this role may not do that")]
    NotAllowed,
    /// Solver, checker and return visitor are three people.
    #[error("who did the work may not judge it")]
    SamePerson {
        /// Whose work it is.
        member: MemberId,
    },
    /// Whoever appealed, owns the case or did the work does not review the appeal.
    #[error("who is concerned may not review it")]
    Concerned {
        /// Who is concerned.
        member: MemberId,
    },
    /// The same person agreed already, and two have to.
    #[error("this person agreed already")]
    AgreedBefore {
        /// Who agreed.
        member: MemberId,
    },
    /// A reason, question or direction is missing or too long.
    #[error("words are needed")]
    WordsMissing,
    /// The result can only be judged by a photo.
    #[error("a photo is needed")]
    EvidenceMissing,
    /// The reporter was not told.
    #[error("the reporter has to be told")]
    AnswerMissing,
    /// The reporter has to be asked first.
    #[error("a return visit is needed")]
    VisitMissing,
    /// The time for it is over.
    #[error("the time for this is over")]
    TooLate {
        /// When it ended.
        until: OffsetDateTime,
    },
    /// The time for it has not come.
    #[error("the time for this has not come")]
    TooEarly {
        /// When it comes.
        from: OffsetDateTime,
    },
    /// The deadline has passed, and neither more time nor a suspension can heal that.
    #[error("the deadline has passed")]
    Overdue {
        /// When it was due.
        due: OffsetDateTime,
    },
    /// The date asked for lies outside what is allowed.
    #[error("the date is outside what is allowed")]
    OutsideWindow {
        /// The latest date allowed.
        latest: OffsetDateTime,
    },
    /// It was done and cannot be done twice.
    #[error("this was done already")]
    AlreadyDone {
        /// What was done.
        command: CommandName,
    },
    /// It was done as often as is allowed.
    #[error("this is allowed {max} times")]
    LimitReached {
        /// What is limited.
        command: CommandName,
        /// How often it is allowed.
        max: u16,
    },
    /// Others told the same and wait for an answer.
    #[error("others told the same")]
    OthersWait,
    /// There is nothing to decide or answer.
    #[error("nothing was asked")]
    NothingAsked,
    /// Departments were called to the spot and are not all rated yet.
    #[error("a whistle is open")]
    WhistleOpen,
    /// The department is at work on the spot and has not finished its part.
    #[error("the part is not finished")]
    PartOpen,
    /// The department never came to the spot, so that nobody can be content with it.
    #[error("it did not come")]
    DidNotCome,
    /// The work lies with the department that would be called.
    #[error("this department has the case itself")]
    OwnDepartment,
    /// The department was not on the spot yet.
    #[error("report in first")]
    NotReportedIn,
    /// Something that was agreed upon is neither done nor dropped.
    #[error("something agreed upon is open")]
    ItemsOpen,
    /// Nothing is late.
    #[error("nothing is overdue")]
    NotOverdue,
    /// It was reopened so often that a leader was called.
    #[error("a leader has to decide")]
    LeaderDecides {
        /// Who was called.
        leader: MemberId,
    },
    /// It went from hand to hand too often: where it goes now is a leader's to decide, or is decided.
    #[error("it was passed on {max} times, and a leader decides")]
    PassedRound {
        /// How often it is allowed.
        max: u16,
    },
    /// There is nobody on a level above, and nobody was named.
    #[error("nobody is above")]
    NobodyAbove,
    /// A case cannot be merged into itself.
    #[error("it is the same case")]
    MergedIntoItself,
    /// The case it would be merged into is over.
    #[error("the case that was named is {is}")]
    MergedIntoEnded {
        /// Where that one stands.
        is: StateName,
    },
    /// Whoever was named to get it has it.
    #[error("it is theirs already")]
    AlreadyTheirs,
    /// Nobody else tells the case, so that nothing of it would be left for anybody: it goes as a whole.
    #[error("nobody else tells it")]
    NobodyElseTells,
    /// The category, case or person named does not fit.
    #[error("what was named does not exist or does not fit")]
    UnknownTarget,
}

impl Refusal {
    /// A stable name for pages, the API and tests.
    pub const fn code(&self) -> &'static str {
        match self {
            Refusal::WrongState { .. } => "wrong-state",
            Refusal::NotYours { .. } => "not-yours",
            Refusal::NotAllowed => "not-allowed",
            Refusal::SamePerson { .. } => "same-person",
            Refusal::Concerned { .. } => "concerned",
            Refusal::AgreedBefore { .. } => "agreed-before",
            Refusal::WordsMissing => "words-missing",
            Refusal::EvidenceMissing => "evidence-missing",
            Refusal::AnswerMissing => "answer-missing",
            Refusal::VisitMissing => "visit-missing",
            Refusal::TooLate { .. } => "too-late",
            Refusal::TooEarly { .. } => "too-early",
            Refusal::Overdue { .. } => "overdue",
            Refusal::OutsideWindow { .. } => "outside-window",
            Refusal::AlreadyDone { .. } => "already-done",
            Refusal::LimitReached { .. } => "limit-reached",
            Refusal::OthersWait => "others-wait",
            Refusal::NothingAsked => "nothing-asked",
            Refusal::WhistleOpen => "whistle-open",
            Refusal::PartOpen => "part-open",
            Refusal::DidNotCome => "did-not-come",
            Refusal::OwnDepartment => "own-department",
            Refusal::NotReportedIn => "not-reported-in",
            Refusal::ItemsOpen => "items-open",
            Refusal::NotOverdue => "not-overdue",
            Refusal::LeaderDecides { .. } => "leader-decides",
            Refusal::PassedRound { .. } => "passed-round",
            Refusal::NobodyAbove => "nobody-above",
            Refusal::MergedIntoItself => "merged-into-itself",
            Refusal::MergedIntoEnded { .. } => "merged-into-ended",
            Refusal::AlreadyTheirs => "already-theirs",
            Refusal::NobodyElseTells => "nobody-else-tells",
            Refusal::UnknownTarget => "unknown-target",
        }
    }
}
