//! What happened to a case, as the journal has it: ids, states and field names only, never personal data and never words of people.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    Addressee, Channel, Claim, Fell, Found, Method, Outcome, Rating, RedirectReason, Satisfaction,
    StateName,
};
use crate::ids::{
    AnswerId, CaseId, CategoryCode, ConditionCode, CoordinationId, DepartmentId, GridId, ItemId,
    MemberId, ReferralId, ReportId, ResultId, WhistleId,
};
use crate::referral::Answer;
use crate::whistle::Urgency;

/// One event of a case. Carries what a follower needs to keep tallies without reading rows. Which case it
/// was, who did it and when stands in the journal's own columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Where it stood; `None` before the first event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<StateName>,
    /// Where it stands now; equal to `from` when the state did not change.
    pub to: StateName,
    /// The grid it lies in.
    pub grid: GridId,
    /// The category it had before, when this event changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Former>,
    /// The category it has now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryCode>,
    /// Who is responsible now, when that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<MemberId>,
    /// The deadline of the whole case, when that changed.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "super::millis::option"
    )]
    pub due: Option<OffsetDateTime>,
    /// Whom the doer stood in for, where only that let them do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<MemberId>,
    /// What was done.
    #[serde(flatten)]
    pub deed: Deed,
}

/// What a case counted under before its category changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Former {
    /// Another category.
    Category(CategoryCode),
    /// None yet.
    None(Nothing),
}

/// Written as an empty list, since a missing field already means "unchanged".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nothing();

impl Event {
    /// Whom a task was meant for, where that one was away and somebody stood in.
    pub fn absent(&self) -> Option<MemberId> {
        match &self.deed {
            Deed::Dispatched { absent, .. } => *absent,
            Deed::Escalated { addressee, .. }
            | Deed::Raised { addressee }
            | Deed::Lowered { addressee } => self.owner.filter(|owner| *owner != addressee.member),
            _ => None,
        }
    }

    /// The category the case was counted under before this event.
    pub fn category_before(&self) -> Option<&CategoryCode> {
        match &self.was {
            None => self.category.as_ref(),
            Some(Former::Category(code)) => Some(code),
            Some(Former::None(Nothing())) => None,
        }
    }
}

impl Deed {
    /// The name in messages, the API and locale keys; a call that nobody heard is told from one that nobody came to.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Reported { .. } => "reported",
            Self::Verifying { .. } => "verifying",
            Self::Verified { .. } => "verified",
            Self::Filed { .. } => "filed",
            Self::Classified { .. } => "classified",
            Self::Reclassified { .. } => "reclassified",
            Self::Redirected { .. } => "redirected",
            Self::Merged { .. } => "merged",
            Self::Attached { .. } => "attached",
            Self::Detached { .. } => "detached",
            Self::Joined { .. } => "joined",
            Self::Fixed { .. } => "fixed",
            Self::Voided => "voided",
            Self::Dispatched { .. } => "dispatched",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::Escalated { .. } => "escalated",
            Self::Asked => "asked",
            Self::Answered => "answered",
            Self::Lapsed => "lapsed",
            Self::ExtensionAsked => "extension_asked",
            Self::ExtensionDecided { .. } => "extension_decided",
            Self::ExtensionFell { .. } => "extension_fell",
            Self::HandedOver => "handed_over",
            Self::Suspended { .. } => "suspended",
            Self::Resumed => "resumed",
            Self::Handled { .. } => "handled",
            Self::Checked { .. } => "checked",
            Self::Visited { .. } => "visited",
            Self::NotReached { .. } => "not_reached",
            Self::VisitPassed { .. } => "visit_passed",
            Self::Closed { .. } => "closed",
            Self::Rated { .. } => "rated",
            Self::Reopened { .. } => "reopened",
            Self::Separated => "separated",
            Self::Withdrawn => "withdrawn",
            Self::Recomputed => "recomputed",
            Self::Referred { .. } => "referred",
            Self::ReferralAnswered { .. } => "referral_answered",
            Self::Adopted => "adopted",
            Self::Released => "released",
            Self::Raised { .. } => "raised",
            Self::Lowered { .. } => "lowered",
            Self::Told => "told",
            Self::Whistled { .. } => "whistled",
            Self::Acknowledged { .. } => "acknowledged",
            Self::ReportedIn { .. } => "reported_in",
            Self::Finished { .. } => "finished",
            Self::ResponseRated { .. } => "response_rated",
            Self::CalledOff { .. } => "called_off",
            Self::Climbed { unheard: true, .. } => "unheard",
            Self::Climbed { unheard: false, .. } => "climbed",
            Self::Coordinated { .. } => "coordinated",
            Self::Agreed { .. } => "agreed",
            Self::Settled { .. } => "settled",
            Self::Appealed => "appealed",
            Self::Reviewed { .. } => "reviewed",
        }
    }
}

/// What was done, named in the past tense of the command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum Deed {
    /// A problem was told.
    Reported {
        /// On which way.
        channel: Channel,
    },
    /// Somebody was asked to look.
    Verifying {
        /// Who.
        by: MemberId,
    },
    /// Somebody looked.
    Verified {
        /// What was found.
        found: Found,
    },
    /// The file was opened.
    Filed {
        /// Under which condition.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        condition: Option<ConditionCode>,
    },
    /// The file, opened without a category, got one.
    Classified {
        /// Under which condition.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        condition: Option<ConditionCode>,
    },
    /// The file came under another category, or another condition of the same one.
    Reclassified {
        /// Under which condition it was before.
        // in the journal fields have places and no names: only the last ones may be left out
        #[serde(default)]
        former: Option<ConditionCode>,
        /// Under which it is now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        condition: Option<ConditionCode>,
    },
    /// The reporter was guided elsewhere.
    Redirected {
        /// Why.
        reason: RedirectReason,
    },
    /// Joined to another case.
    Merged {
        /// Which one goes on.
        into: CaseId,
    },
    /// Another case was joined to this one.
    Attached {
        /// Which one ended here.
        other: CaseId,
    },
    /// What was joined to this case is not the same.
    Detached {
        /// Which one goes its own way again; a telling that had no case of its own goes under its own id.
        other: CaseId,
    },
    /// Somebody told the same problem again, and follows it from now on.
    Joined {
        /// The telling.
        report: ReportId,
    },
    /// Fixed on the spot and closed.
    Fixed {
        /// The kept result.
        result: ResultId,
        /// What the reporter was told.
        answer: AnswerId,
    },
    /// Declared void.
    Voided,
    /// Given as a task.
    Dispatched {
        /// To whom: whoever was there.
        addressee: Addressee,
        /// Whom it was meant for and who is away, where somebody stands in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        absent: Option<MemberId>,
    },
    /// Taken.
    Accepted,
    /// Given back.
    Returned,
    /// Lifted one level up.
    Escalated {
        /// To whom.
        addressee: Addressee,
        /// Why.
        cause: Cause,
    },
    /// The reporter was asked.
    Asked,
    /// The reporter answered.
    Answered,
    /// The reporter did not answer in time; it goes on without.
    Lapsed,
    /// More time was asked for.
    ExtensionAsked,
    /// More time was granted or not.
    ExtensionDecided {
        /// Whether it was.
        granted: bool,
    },
    /// More time was asked for, and nobody decides that any more.
    ExtensionFell {
        /// Why.
        cause: Fell,
        /// Who asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        told: Option<MemberId>,
    },
    /// Handed to a colleague.
    HandedOver,
    /// The clock was stopped.
    Suspended {
        /// Until when.
        #[serde(with = "super::millis")]
        until: OffsetDateTime,
    },
    /// The clock goes on.
    Resumed,
    /// A result was reported.
    Handled {
        /// The kept result.
        result: ResultId,
        /// What it came to; missing in what was written before it was noted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        claim: Option<Claim>,
    },
    /// The result was checked.
    Checked {
        /// Whether it passed.
        passed: bool,
        /// Who was asked to visit the reporter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        visitor: Option<MemberId>,
    },
    /// The reporter was asked in person.
    Visited {
        /// Whether it is solved.
        solved: bool,
        /// How the reporter was asked; missing in what was written before it was noted.
        #[serde(default)]
        method: Option<Method>,
        /// How content, where the reporter said so.
        #[serde(default)]
        satisfaction: Option<Satisfaction>,
        /// Who has to hear of an unhappy answer.
        #[serde(default)]
        told: Vec<MemberId>,
        /// The leader who was called, where so many rounds did not solve it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        leader: Option<MemberId>,
    },
    /// Nobody was reached on a return visit.
    NotReached {
        /// How it was tried.
        method: Method,
        /// Whether that was the last try.
        over: bool,
    },
    /// Somebody else was asked to visit the reporter.
    VisitPassed {
        /// Who.
        visitor: MemberId,
    },
    /// Closed.
    Closed {
        /// How it ended.
        outcome: Outcome,
        /// What the reporter was told.
        answer: AnswerId,
    },
    /// Rated by the reporter.
    Rated {
        /// What the reporter said.
        rating: Rating,
        /// Who has to hear of an unhappy one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        told: Vec<MemberId>,
    },
    /// Opened again by the reporter.
    Reopened {
        /// The leader who was called, where so many rounds did not solve it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        leader: Option<MemberId>,
    },
    /// The reporter says that it is another matter than the case it was merged into: it is decided about for itself.
    Separated,
    /// Taken back by the reporter.
    Withdrawn,
    /// The deadline was reckoned again with a calendar that was published late.
    Recomputed,
    /// A lead was referred to enforcement officers; the case goes on.
    Referred {
        /// The referral.
        referral: ReferralId,
    },
    /// What became of a referred lead.
    ReferralAnswered {
        /// The referral.
        referral: ReferralId,
        /// The answer.
        answer: Answer,
    },
    /// A leader answers for the end of it from now on; who, stands in the journal's own column.
    Adopted,
    /// The leader gave it back.
    Released,
    /// Lifted to a higher level, which can do what the one before could not.
    Raised {
        /// To whom.
        addressee: Addressee,
    },
    /// Given to a lower level, which is enough for it.
    Lowered {
        /// To whom.
        addressee: Addressee,
    },
    /// The reporter was told how it goes.
    Told,
    /// Departments were called to the spot.
    Whistled {
        /// The call.
        whistle: WhistleId,
        /// How soon they have to be there.
        urgency: Urgency,
        /// Who was called.
        departments: Vec<DepartmentId>,
        /// Their liaisons.
        called: Vec<MemberId>,
    },
    /// A department heard the call.
    Acknowledged {
        /// Which.
        department: DepartmentId,
    },
    /// A department is on the spot.
    ReportedIn {
        /// Which.
        department: DepartmentId,
    },
    /// A department has done its part.
    Finished {
        /// Which.
        department: DepartmentId,
    },
    /// Whoever called said how a department responded.
    ResponseRated {
        /// Which.
        department: DepartmentId,
        /// How: of the department, never of a person.
        response: Satisfaction,
        /// Whether that was the last one, so that the call is over.
        over: bool,
    },
    /// The call was taken back.
    CalledOff {
        /// Which.
        whistle: WhistleId,
        /// Who was called and need not come any more.
        called: Vec<MemberId>,
        /// Who had called; not kept before that one was told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<MemberId>,
    },
    /// The leaders of those who are missing were told.
    Climbed {
        /// Who is missing.
        departments: Vec<DepartmentId>,
        /// Whom it was told.
        called: Vec<MemberId>,
        /// Whether they may still come, and only have not said that they heard.
        #[serde(default)]
        unheard: bool,
    },
    /// The parties were called together.
    Coordinated {
        /// The coordination.
        coordination: CoordinationId,
        /// Members who were asked to come.
        called: Vec<MemberId>,
    },
    /// It was noted who does what by when.
    Agreed {
        /// What; the words are kept under this id.
        item: ItemId,
        /// Who does it, if somebody of the net.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<MemberId>,
    },
    /// Something agreed upon came to its end.
    Settled {
        /// What.
        item: ItemId,
        /// Whether it was done; else it was dropped.
        done: bool,
    },
    /// The owner appealed against being overdue.
    Appealed,
    /// Somebody decided on the appeal.
    Reviewed {
        /// Whether they agreed.
        agreed: bool,
        /// Whether it is decided now.
        over: bool,
    },
}

/// Why a task went one level up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Nobody took it in time.
    Unanswered,
    /// Nobody took it in time; the deputy of the same seat is asked first.
    Deputy,
    /// A lead decided so.
    Decided,
    /// It went from hand to hand too often.
    Transfers,
}

#[cfg(test)]
mod tests;
