//! What can be asked of a case, with everything already parsed. Names are those of the API and of
//! imported histories (domain.md §2.4).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{Addressee, Claim, Found, RedirectReason, Refusal, StateName, Visit};
use crate::access::Action;
use crate::ids::{
    AnswerId, CaseId, CategoryCode, ConditionCode, CoordinationId, DepartmentId, ItemId, MemberId,
    ResultId, WhistleId,
};
use crate::whistle::{Called, Urgency};

/// A command with its payload.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Have somebody look whether it is there.
    Verify {
        /// Who is asked to look.
        by: MemberId,
    },
    /// Say what was found.
    Verified(Found),
    /// Open the file, or put an open one under the category that it lacks, or under another one than it has.
    File {
        /// The category, if one fits.
        category: Option<CategoryCode>,
        /// The filing condition within it.
        condition: Option<ConditionCode>,
        /// Why, where it has a category already.
        reason: Option<Words>,
    },
    /// Guide elsewhere.
    Redirect {
        /// Why.
        reason: RedirectReason,
        /// Where to go instead.
        instead: Words,
    },
    /// Join to a running case; before filing, or while somebody works on it.
    Merge {
        /// The case that goes on, as read in the same unit.
        into: Target,
    },
    /// Fixed on the spot.
    Fix {
        /// The category, if one fits.
        category: Option<CategoryCode>,
        /// The filing condition within it.
        condition: Option<ConditionCode>,
        /// The kept result.
        result: ResultId,
        /// How many photos the result has.
        photos: u16,
        /// What the reporter is told.
        answer: Option<AnswerId>,
    },
    /// Declare void.
    Void {
        /// Why.
        reason: Words,
    },
    /// Give the task to somebody.
    Dispatch(Addressee),
    /// Take the task.
    Accept,
    /// Give the task back.
    Return {
        /// Why.
        reason: Words,
    },
    /// Lift an unanswered task one level up; whom to is in the terms.
    Escalate {
        /// Why; time itself needs none.
        reason: Option<Words>,
    },
    /// Ask the reporter.
    Ask {
        /// The question.
        question: Words,
    },
    /// Answer as the reporter; the words are kept with the case.
    Answer,
    /// Wait no longer for the reporter's answer.
    Lapse,
    /// Ask for more time, or decide on it.
    Extend(Extend),
    /// Hand the task to a colleague.
    HandOver {
        /// Who takes it.
        to: Addressee,
    },
    /// Stop the clock.
    Suspend {
        /// When it goes on.
        until: OffsetDateTime,
        /// Why; shown to the reporter.
        reason: Words,
    },
    /// Let the clock go on.
    Resume,
    /// Report the result.
    Handle {
        /// The kept result.
        result: ResultId,
        /// How many photos it has.
        photos: u16,
        /// What it came to.
        claim: Claim,
        /// What is left, where only part of it is solved; the reporter reads it.
        left: Option<Words>,
    },
    /// Check the result.
    Check {
        /// What was found.
        verdict: Verdict,
        /// What the reporter is told: closes at once where no return visit is asked.
        answer: Option<AnswerId>,
    },
    /// Ask the reporter in person.
    Visit(Visit),
    /// Ask somebody else to visit the reporter.
    PassVisit,
    /// Close.
    Close {
        /// What the reporter is told.
        answer: Option<AnswerId>,
    },
    /// Rate.
    Rate(Rating),
    /// Say that it is not solved.
    Reopen {
        /// Why.
        reason: Words,
    },
    /// Take the report back.
    Withdraw,
    /// Answer for the end of a hard case 包案.
    Adopt,
    /// Give an adopted case back.
    Release {
        /// Why.
        reason: Words,
    },
    /// Lift the task to a higher level, which can do what this one cannot 上提.
    Raise {
        /// To whom; the next level above where nobody is named.
        to: Option<Addressee>,
        /// Why.
        reason: Words,
    },
    /// Give the task to a lower level, which is enough for it 下沉.
    Lower {
        /// To whom.
        to: Addressee,
        /// Why.
        reason: Words,
    },
    /// Tell the reporter how it goes 告知进展.
    Tell {
        /// The words the reporter reads.
        words: Words,
    },
    /// Call departments to the spot 吹哨.
    Whistle {
        /// The key made for it.
        id: WhistleId,
        /// How soon they have to be there.
        urgency: Urgency,
        /// Who is called, with the seats that may answer, as the net has them now.
        called: Vec<Called>,
        /// What for.
        reason: Words,
    },
    /// Say, as one who was called, that one has heard 响应.
    Acknowledge,
    /// Say that one is on the spot 报到.
    ReportIn,
    /// Say that one's part is done.
    Finish {
        /// What was done.
        note: Words,
    },
    /// Say how a department responded.
    RateResponse {
        /// Which one.
        department: DepartmentId,
        /// How.
        response: Satisfaction,
    },
    /// Call the whistle off.
    CallOff {
        /// Why.
        reason: Words,
    },
    /// Tell the leaders of those who did not report in.
    Climb {
        /// The leaders, as the net has them now.
        leaders: Vec<(DepartmentId, Addressee)>,
    },
    /// Call the parties together 协调.
    Coordinate {
        /// The key made for the coordination.
        id: CoordinationId,
        /// Members who are asked to come, liaisons of departments included.
        asked: Vec<MemberId>,
        /// What about.
        reason: Words,
    },
    /// Note what was agreed: who does what by when.
    Agree {
        /// The key made for it.
        item: ItemId,
        /// Who does it, if somebody of the net.
        by: Option<MemberId>,
        /// What is done.
        what: Words,
    },
    /// Say that something agreed upon is done, or will not be.
    Settle {
        /// What.
        item: ItemId,
        /// Who was to do it, as read in the same unit.
        by: Option<MemberId>,
        /// Whether it is done.
        done: bool,
    },
    /// Appeal against being overdue 超期申诉.
    Appeal {
        /// Why it could not be in time.
        reason: Words,
    },
    /// Decide on an appeal; two people have to.
    Review {
        /// Whether one agrees.
        agree: bool,
    },
}

/// The two halves of an extension 延期.
#[derive(Clone, Debug, PartialEq)]
pub enum Extend {
    /// The owner asks for one more original limit.
    Ask {
        /// Why.
        reason: Words,
    },
    /// The desk or a lead decides.
    Decide {
        /// Whether it is granted.
        grant: bool,
    },
}

/// What a check found 核查.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// 通过.
    Pass,
    /// 不通过: back to the owner.
    Fail {
        /// What is still wrong.
        reason: Words,
    },
}

/// The case another one is merged into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its id.
    pub id: CaseId,
    /// Where it stands now.
    pub state: StateName,
}

/// What the reporter thinks of the end. About the case, never about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rating {
    /// How content.
    pub satisfaction: Satisfaction,
    /// Whether the problem is gone.
    pub solved: bool,
}

impl Rating {
    /// Whether somebody has to hear of it: not solved, or not content.
    pub fn is_unhappy(&self) -> bool {
        !self.solved || self.satisfaction == Satisfaction::Dissatisfied
    }
}

/// How content the reporter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Satisfaction {
    /// 满意.
    Satisfied,
    /// 基本满意.
    Fairly,
    /// 不满意.
    Dissatisfied,
}

/// Words a person has to find for a command: not blank, at most 2,000 characters, ends trimmed. They are
/// kept beside the case and never enter the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// The longest text, in characters.
    pub const MAX: usize = 2_000;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Words {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let fits = !text.is_empty() && text.chars().count() <= Self::MAX;
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Refusal::WordsMissing)
        }
    }
}

macro_rules! names {
    ($($name:ident = $text:literal),+ $(,)?) => {
        /// A command's name, as in the URL, the API and an imported history.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "explained at Command")]
        pub enum CommandName {
            $($name),+
        }

        impl CommandName {
            /// Every command, in the order of the life cycle.
            pub const ALL: &[CommandName] = &[$(CommandName::$name),+];

            /// The name in the URL, the API and an imported history.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(CommandName::$name => $text),+
                }
            }

            /// The right it needs. Deciding on an extension needs another one: see [`Extend`].
            pub const fn action(self) -> Action {
                match self {
                    $(CommandName::$name => Action::$name),+
                }
            }
        }
    };
}

names! {
    Verify = "verify",
    Verified = "verified",
    File = "file",
    Redirect = "redirect",
    Merge = "merge",
    Fix = "fix",
    Void = "void",
    Dispatch = "dispatch",
    Accept = "accept",
    Return = "return",
    Escalate = "escalate",
    Ask = "ask",
    Answer = "answer",
    Lapse = "lapse",
    Extend = "extend",
    HandOver = "hand_over",
    Suspend = "suspend",
    Resume = "resume",
    Handle = "handle",
    Check = "check",
    Visit = "visit",
    PassVisit = "pass_visit",
    Close = "close",
    Rate = "rate",
    Reopen = "reopen",
    Withdraw = "withdraw",
    Adopt = "adopt",
    Release = "release",
    Raise = "raise",
    Lower = "lower",
    Tell = "tell",
    Whistle = "whistle",
    Acknowledge = "acknowledge",
    ReportIn = "report_in",
    Finish = "finish",
    RateResponse = "rate_response",
    CallOff = "call_off",
    Climb = "climb",
    Coordinate = "coordinate",
    Agree = "agree",
    Settle = "settle",
    Appeal = "appeal",
    Review = "review",
}

impl fmt::Display for CommandName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no command.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no command {0:?}")]
pub struct UnknownCommand(pub String);

impl FromStr for CommandName {
    type Err = UnknownCommand;

    fn from_str(text: &str) -> Result<Self, UnknownCommand> {
        let named = Self::ALL.iter().copied().find(|name| name.as_str() == text);
        named.ok_or_else(|| UnknownCommand(text.to_owned()))
    }
}

impl Command {
    /// The command's name.
    pub const fn name(&self) -> CommandName {
        match self {
            Command::Verify { .. } => CommandName::Verify,
            Command::Verified(_) => CommandName::Verified,
            Command::File { .. } => CommandName::File,
            Command::Redirect { .. } => CommandName::Redirect,
            Command::Merge { .. } => CommandName::Merge,
            Command::Fix { .. } => CommandName::Fix,
            Command::Void { .. } => CommandName::Void,
            Command::Dispatch(_) => CommandName::Dispatch,
            Command::Accept => CommandName::Accept,
            Command::Return { .. } => CommandName::Return,
            Command::Escalate { .. } => CommandName::Escalate,
            Command::Ask { .. } => CommandName::Ask,
            Command::Answer => CommandName::Answer,
            Command::Lapse => CommandName::Lapse,
            Command::Extend(_) => CommandName::Extend,
            Command::HandOver { .. } => CommandName::HandOver,
            Command::Suspend { .. } => CommandName::Suspend,
            Command::Resume => CommandName::Resume,
            Command::Handle { .. } => CommandName::Handle,
            Command::Check { .. } => CommandName::Check,
            Command::Visit(_) => CommandName::Visit,
            Command::PassVisit => CommandName::PassVisit,
            Command::Close { .. } => CommandName::Close,
            Command::Rate(_) => CommandName::Rate,
            Command::Reopen { .. } => CommandName::Reopen,
            Command::Withdraw => CommandName::Withdraw,
            Command::Adopt => CommandName::Adopt,
            Command::Release { .. } => CommandName::Release,
            Command::Raise { .. } => CommandName::Raise,
            Command::Lower { .. } => CommandName::Lower,
            Command::Tell { .. } => CommandName::Tell,
            Command::Whistle { .. } => CommandName::Whistle,
            Command::Acknowledge => CommandName::Acknowledge,
            Command::ReportIn => CommandName::ReportIn,
            Command::Finish { .. } => CommandName::Finish,
            Command::RateResponse { .. } => CommandName::RateResponse,
            Command::CallOff { .. } => CommandName::CallOff,
            Command::Climb { .. } => CommandName::Climb,
            Command::Coordinate { .. } => CommandName::Coordinate,
            Command::Agree { .. } => CommandName::Agree,
            Command::Settle { .. } => CommandName::Settle,
            Command::Appeal { .. } => CommandName::Appeal,
            Command::Review { .. } => CommandName::Review,
        }
    }
}
