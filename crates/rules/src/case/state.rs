//! Where a case stands (domain.md §2.4). Each state carries its own data, so a wrong one cannot be
//! written down. Steps are what people see, stages what figures count.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::visit::{Errand, Heard};
use crate::ids::{AnswerId, CaseId, MemberId, PostId, ResultId};
use crate::whistle::Whistle;

/// The state of a case with what belongs to it alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "s", rename_all = "snake_case")]
pub enum State {
    /// Told, not yet decided.
    Reported {
        /// What somebody found there, when it was looked at.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        found: Option<Found>,
    },
    /// Somebody looks whether it is there 核实.
    Verifying {
        /// Who was asked to look.
        asked: MemberId,
    },
    /// The file is open 立案 and waits for a task.
    Filed,
    /// A task was given and waits to be taken.
    Dispatched {
        /// Whom it was given to.
        to: Addressee,
        /// When: returning has a limit that runs from here.
        #[serde(with = "super::millis")]
        since: OffsetDateTime,
    },
    /// The owner works on it.
    Accepted {
        /// The question the reporter has not answered yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        waiting: Option<Waiting>,
        /// When more time was asked for and not decided yet.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            with = "super::millis::option"
        )]
        extension_asked: Option<OffsetDateTime>,
        /// The open call for help on the spot; one at a time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        whistle: Option<Box<Whistle>>,
    },
    /// The clock stands still 挂账.
    Suspended {
        /// Since when.
        #[serde(with = "super::millis")]
        since: OffsetDateTime,
        /// When it goes on by itself.
        #[serde(with = "super::millis")]
        until: OffsetDateTime,
        /// The question the reporter has not answered yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        waiting: Option<Waiting>,
    },
    /// A result is there and waits for a check.
    Handled(Work),
    /// Somebody else found it fixed 核查通过.
    Checked {
        /// What was done, by whom.
        work: Work,
        /// Who checked.
        checker: MemberId,
        /// Whether the reporter must be asked before closing 回访.
        visit_needed: bool,
        /// Who asked the reporter, and need not ask again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        visitor: Option<MemberId>,
        /// Who is to ask, and how often nobody was reached.
        #[serde(rename = "e", default, skip_serializing_if = "is_default")]
        errand: Errand,
        /// What the reporter said.
        #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
        heard: Option<Heard>,
    },
    /// Done, and the reporter was told.
    Closed {
        /// How it ended.
        outcome: Outcome,
        /// What was done, by whom.
        work: Work,
        /// What the reporter was told.
        answer: AnswerId,
        /// Who checked; nobody for what was fixed on the spot.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        checker: Option<MemberId>,
        /// Who asked the reporter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        visitor: Option<MemberId>,
        /// What the reporter said then.
        #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
        heard: Option<Heard>,
        /// Until when the reporter can reopen.
        #[serde(with = "super::millis")]
        reopen_until: OffsetDateTime,
    },
    /// Not ours; the reporter was told where to go instead.
    Redirected {
        /// Why.
        reason: RedirectReason,
        /// Until when the reporter can reopen.
        #[serde(with = "super::millis")]
        reopen_until: OffsetDateTime,
    },
    /// Joined to another case, which goes on for both.
    Merged {
        /// The case that goes on.
        into: CaseId,
        /// Until when the reporter can reopen.
        #[serde(with = "super::millis")]
        reopen_until: OffsetDateTime,
    },
    /// Filed by mistake.
    Voided,
    /// Taken back by the reporter.
    Withdrawn,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl State {
    /// Work that has just been taken (again): nothing is asked, nobody is called.
    pub(crate) const fn at_work() -> Self {
        State::Accepted {
            waiting: None,
            extension_asked: None,
            whistle: None,
        }
    }

    /// When more time was asked for, as long as nobody has decided.
    pub const fn extension_asked(&self) -> Option<OffsetDateTime> {
        match self {
            State::Accepted {
                extension_asked, ..
            } => *extension_asked,
            _ => None,
        }
    }

    /// The question the reporter has not answered.
    pub const fn waiting(&self) -> Option<&Waiting> {
        match self {
            State::Accepted { waiting, .. } | State::Suspended { waiting, .. } => waiting.as_ref(),
            _ => None,
        }
    }

    /// Since when its clocks stand still; none while they run.
    pub const fn stopped_at(&self) -> Option<OffsetDateTime> {
        match self {
            State::Suspended { since, .. } => Some(*since),
            _ => None,
        }
    }

    /// The open call for help, if there is one.
    pub fn whistle(&self) -> Option<&Whistle> {
        match self {
            State::Accepted { whistle, .. } => whistle.as_deref(),
            _ => None,
        }
    }

    /// The state without its data.
    pub const fn kind(&self) -> StateName {
        match self {
            State::Reported { .. } => StateName::Reported,
            State::Verifying { .. } => StateName::Verifying,
            State::Filed => StateName::Filed,
            State::Dispatched { .. } => StateName::Dispatched,
            State::Accepted { .. } => StateName::Accepted,
            State::Suspended { .. } => StateName::Suspended,
            State::Handled(_) => StateName::Handled,
            State::Checked { .. } => StateName::Checked,
            State::Closed { .. } => StateName::Closed,
            State::Redirected { .. } => StateName::Redirected,
            State::Merged { .. } => StateName::Merged,
            State::Voided => StateName::Voided,
            State::Withdrawn => StateName::Withdrawn,
        }
    }

    /// The name in code, table, URL, locale and journal.
    pub const fn name(&self) -> &'static str {
        self.kind().as_str()
    }
}

/// A state's name, for queries, events and tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "explained at State")]
pub enum StateName {
    Reported,
    Verifying,
    Filed,
    Dispatched,
    Accepted,
    Suspended,
    Handled,
    Checked,
    Closed,
    Redirected,
    Merged,
    Voided,
    Withdrawn,
}

impl StateName {
    /// Every state in the order a case goes through them.
    pub const ALL: [StateName; 13] = [
        StateName::Reported,
        StateName::Verifying,
        StateName::Filed,
        StateName::Dispatched,
        StateName::Accepted,
        StateName::Suspended,
        StateName::Handled,
        StateName::Checked,
        StateName::Closed,
        StateName::Redirected,
        StateName::Merged,
        StateName::Voided,
        StateName::Withdrawn,
    ];

    /// The name in code, table, URL, locale and journal.
    pub const fn as_str(self) -> &'static str {
        match self {
            StateName::Reported => "reported",
            StateName::Verifying => "verifying",
            StateName::Filed => "filed",
            StateName::Dispatched => "dispatched",
            StateName::Accepted => "accepted",
            StateName::Suspended => "suspended",
            StateName::Handled => "handled",
            StateName::Checked => "checked",
            StateName::Closed => "closed",
            StateName::Redirected => "redirected",
            StateName::Merged => "merged",
            StateName::Voided => "voided",
            StateName::Withdrawn => "withdrawn",
        }
    }

    /// The step 五步工作法, 1 to 5; `None` once the case is over.
    pub const fn step(self) -> Option<u8> {
        match self {
            StateName::Reported => Some(1),
            StateName::Verifying | StateName::Filed => Some(2),
            StateName::Dispatched => Some(3),
            StateName::Accepted | StateName::Suspended => Some(4),
            StateName::Handled | StateName::Checked => Some(5),
            StateName::Closed
            | StateName::Redirected
            | StateName::Merged
            | StateName::Voided
            | StateName::Withdrawn => None,
        }
    }

    /// The stage of the seven that figures count; `None` for the ends that are no closing.
    pub const fn stage(self) -> Option<u8> {
        match self {
            StateName::Reported | StateName::Verifying => Some(1),
            StateName::Filed => Some(2),
            StateName::Dispatched => Some(3),
            StateName::Accepted | StateName::Suspended => Some(4),
            StateName::Handled => Some(5),
            StateName::Checked => Some(6),
            StateName::Closed => Some(7),
            StateName::Redirected
            | StateName::Merged
            | StateName::Voided
            | StateName::Withdrawn => None,
        }
    }

    /// Whether somebody still has to do something.
    pub const fn is_open(self) -> bool {
        self.step().is_some()
    }

    /// Whether it waits for somebody to decide what becomes of it: to file or look, to say what was found, to dispatch. Whoever is
    /// responsible meanwhile need not be who decides.
    pub const fn waits_for_decision(self) -> bool {
        matches!(
            self,
            StateName::Reported | StateName::Verifying | StateName::Filed
        )
    }

    /// Whether its clocks run: a case that is suspended 挂账 is open, but neither becomes overdue nor is it silent.
    pub const fn runs(self) -> bool {
        self.is_open() && !matches!(self, StateName::Suspended)
    }
}

impl fmt::Display for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no state {0:?}")]
pub struct UnknownState(pub String);

impl FromStr for StateName {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        Self::ALL
            .into_iter()
            .find(|name| name.as_str() == text)
            .ok_or_else(|| UnknownState(text.to_owned()))
    }
}

/// Whom a task is given to: a seat, and the person who holds it now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Addressee {
    /// The seat; anyone acting from it may accept.
    pub post: PostId,
    /// The person responsible until somebody accepts.
    pub member: MemberId,
}

/// An open question to the reporter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Waiting {
    /// When it was asked.
    #[serde(with = "super::millis")]
    pub since: OffsetDateTime,
    /// By when the reporter was asked to answer; none in what was written before questions had a limit.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "super::millis::option"
    )]
    pub until: Option<OffsetDateTime>,
    /// Whether that time went by. An answer is still taken, and something else may be asked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lapsed: bool,
}

impl Waiting {
    /// Until when the owner waits for the answer; none once that is over.
    pub fn runs_until(&self) -> Option<OffsetDateTime> {
        self.until.filter(|_| !self.lapsed)
    }
}

/// What was done about a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Work {
    /// Who did it: the owner, or the owner's deputy.
    pub handler: MemberId,
    /// The kept record of it.
    pub result: ResultId,
    /// What it came to.
    pub claim: Claim,
}

/// What the handler says it came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// The problem is gone.
    Solved,
    /// Part of it is gone; what is left is said in words.
    Partly,
    /// It will not be fixed, and why.
    WontFix(WontFixReason),
}

/// How a closed case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Handled and checked.
    Solved,
    /// 即办: fixed by whoever was there, without a check.
    FixedOnSpot,
    /// Part of it is gone, and the reporter was told what is left.
    Partly,
    /// An honest no, with its reason.
    WontFix(WontFixReason),
}

/// Why a problem is not going to be fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WontFixReason {
    /// No rule or right allows it.
    NoBasis,
    /// There is no money or means for it now.
    NoMeans,
    /// Those concerned did not agree.
    NoAgreement,
    /// It is part of a plan with its own date.
    Planned,
    /// Nothing was found to fix.
    NothingFound,
}

/// Why a report is guided elsewhere (domain.md §7); each comes with words on where to go instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RedirectReason {
    /// The place belongs to somebody else.
    OutsideArea,
    /// 110, 119, 120 or a utility's emergency line.
    Emergency,
    /// A court, arbitration or reconsideration has it.
    InProceedings,
    /// Secrets, or the privacy of others.
    SecretsOrPrivacy,
    /// It has been answered already.
    Duplicate,
    /// Too little is known, also after asking.
    InsufficientInformation,
}

/// What somebody found when looking whether a report is true 核实.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// 存在.
    Exists,
    /// 不存在.
    Not,
    /// 无法核实.
    Unclear,
}
