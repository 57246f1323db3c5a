//! What the figures need to know of one case: moments and marks, no words and no persons. `work` fills it from rows and
//! the trail; nothing here knows tables or the life cycle.

use time::{Duration, OffsetDateTime, UtcOffset};

use super::day::{DayFacts, STEPS, Step, day_at, mark};
use crate::case::Channel;
use crate::deadline::is_late;

/// From where a case came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// 自主发现: the net found it before anybody complained.
    Proactive,
    /// 群众诉求: a resident told it, on whatever channel.
    Request,
    /// Handed over by a department, a superior or another system.
    Handed,
}

impl Source {
    /// From where what comes on a channel comes.
    pub const fn of(channel: Channel) -> Self {
        match channel {
            Channel::Resident | Channel::Phone | Channel::Desk | Channel::Hotline => Self::Request,
            // the resident told it; that somebody came by does not make it the net's own finding
            Channel::HomeVisit => Self::Request,
            Channel::Grid | Channel::Patrol | Channel::System => Self::Proactive,
            Channel::Department | Channel::Superior => Self::Handed,
        }
    }

    /// Whether each case is what a resident told, so that how many there are tells how many residents did.
    pub const fn is_of_residents(self) -> bool {
        matches!(self, Self::Request)
    }
}

/// Whether a case still counts as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It runs or was closed.
    Live,
    /// 作废: filed by mistake.
    Voided,
    /// It was another telling of a case that goes on elsewhere.
    Merged,
    /// It was for somebody else to handle.
    Redirected,
    /// The reporter took it back.
    Withdrawn,
}

/// What a return visit 回访 found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitFound {
    /// The reporter says it is solved.
    Solved,
    /// The reporter says it is not.
    NotSolved,
    /// Nobody could be reached.
    NotReached,
}

/// The last return visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// When.
    pub at: OffsetDateTime,
    /// What it found.
    pub found: VisitFound,
}

/// The last rating by the reporter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatingFact {
    /// When.
    pub at: OffsetDateTime,
    /// 满意 or better; 基本满意 is not.
    pub satisfied: bool,
    /// Whether the reporter says it is solved.
    pub solved: bool,
}

/// On which level of the net a case was handled 分级处置.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SolvedBy {
    /// 微网格: steward or volunteer.
    Micro,
    /// 一般网格: worker or grid lead.
    General,
    /// 总网格: the community's desk or lead.
    Community,
    /// 上级: a department, enforcement, the subdistrict.
    Above,
}

/// How long handling took, from filing (or from receipt, where it was fixed on the spot).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handling {
    /// By the clock on the wall, nights, holidays and suspensions included.
    pub calendar: Duration,
    /// Of that in working hours.
    pub working: Duration,
}

/// The facts of one case. Moments are those of the present round; deadlines are those that hold after pauses and
/// extensions, so suspended time does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "moments and deadlines are those of the step they name"
)]
pub struct CaseFacts {
    pub source: Source,
    pub standing: Standing,
    /// Taken out of the rates by an upheld appeal; the raw fact of being late stays on the case.
    pub exempt: bool,
    pub reported_at: OffsetDateTime,
    /// `None` when it was fixed on the spot or is not filed yet.
    pub filed_at: Option<OffsetDateTime>,
    pub dispatch_due: Option<OffsetDateTime>,
    pub dispatched_at: Option<OffsetDateTime>,
    /// `None` where nobody can be contacted.
    pub contact_due: Option<OffsetDateTime>,
    pub first_contact_at: Option<OffsetDateTime>,
    /// `None` where nobody was asked to look.
    pub verify_due: Option<OffsetDateTime>,
    pub verified_at: Option<OffsetDateTime>,
    pub handle_due: Option<OffsetDateTime>,
    pub handled_at: Option<OffsetDateTime>,
    /// `None` while there is nothing to check.
    pub check_due: Option<OffsetDateTime>,
    pub checked_at: Option<OffsetDateTime>,
    pub due_at: Option<OffsetDateTime>,
    pub closed_at: Option<OffsetDateTime>,
    /// Whether it was closed as solved 办结 (fixed on the spot included), not as one that will not be.
    pub solved: bool,
    /// How often a check or visit sent it back 返工.
    pub reworks: u16,
    /// How often a dispatch was given back 退单.
    pub returns: u16,
    pub visit: Option<Visit>,
    pub rating: Option<RatingFact>,
    /// Who handled it last, as a level; `None` before.
    pub solved_by: Option<SolvedBy>,
    pub handling: Option<Handling>,
}

impl CaseFacts {
    /// A case of which nothing is known but that it was reported.
    pub fn reported(at: OffsetDateTime, source: Source) -> CaseFacts {
        CaseFacts {
            source,
            standing: Standing::Live,
            exempt: false,
            reported_at: at,
            filed_at: None,
            dispatch_due: None,
            dispatched_at: None,
            contact_due: None,
            first_contact_at: None,
            verify_due: None,
            verified_at: None,
            handle_due: None,
            handled_at: None,
            check_due: None,
            checked_at: None,
            due_at: None,
            closed_at: None,
            solved: false,
            reworks: 0,
            returns: 0,
            visit: None,
            rating: None,
            solved_by: None,
            handling: None,
        }
    }

    /// The same as local days and marks, in which it is counted.
    pub fn days(&self, offset: UtcOffset) -> DayFacts {
        let at = |at| day_at(at, offset);
        let mut days = [0; STEPS];
        for (step, day) in [
            (Step::Received, at(Some(self.reported_at))),
            (Step::Filed, at(self.filed_at)),
            (Step::DispatchDue, at(self.dispatch_due)),
            (Step::Dispatched, at(self.dispatched_at)),
            (Step::ContactDue, at(self.contact_due)),
            (Step::Contacted, at(self.first_contact_at)),
            (Step::VerifyDue, at(self.verify_due)),
            (Step::Verified, at(self.verified_at)),
            (Step::HandleDue, at(self.handle_due)),
            (Step::Handled, at(self.handled_at)),
            (Step::CheckDue, at(self.check_due)),
            (Step::Checked, at(self.checked_at)),
            (Step::Due, at(self.due_at)),
            (Step::Closed, at(self.closed_at)),
            (Step::Heard, at(self.last_word().map(|(at, _)| at))),
            (Step::Rated, at(self.rating.map(|rating| rating.at))),
        ] {
            days[step as usize] = day;
        }
        DayFacts {
            days,
            marks: self.marks(),
            calendar: minutes(self.handling.map(|handling| handling.calendar)),
            working: minutes(self.handling.map(|handling| handling.working)),
        }
    }

    fn marks(&self) -> u32 {
        let late = |at: Option<OffsetDateTime>, due: Option<OffsetDateTime>| {
            at.zip(due).is_some_and(|(at, due)| is_late(at, due))
        };
        [
            (mark::LIVE, self.standing == Standing::Live),
            (mark::VOIDED, self.standing == Standing::Voided),
            (mark::MERGED, self.standing == Standing::Merged),
            (mark::EXEMPT, self.exempt),
            (mark::FOUND, self.source == Source::Proactive),
            (mark::REQUEST, self.source == Source::Request),
            (mark::SOLVED, self.solved),
            (mark::REWORKED, self.reworks > 0),
            (mark::RETURNED, self.returns > 0),
            (
                mark::HEARD_SOLVED,
                self.last_word().is_some_and(|(_, solved)| solved),
            ),
            (
                mark::SATISFIED,
                self.rating.is_some_and(|rating| rating.satisfied),
            ),
            (
                mark::LATE_DISPATCH,
                late(self.dispatched_at, self.dispatch_due),
            ),
            (
                mark::LATE_CONTACT,
                late(self.first_contact_at, self.contact_due),
            ),
            (mark::LATE_VERIFY, late(self.verified_at, self.verify_due)),
            (mark::LATE_HANDLE, late(self.handled_at, self.handle_due)),
            (mark::LATE_CHECK, late(self.checked_at, self.check_due)),
            (mark::LATE_CLOSE, late(self.closed_at, self.due_at)),
            (mark::BY_MICRO, self.solved_by == Some(SolvedBy::Micro)),
            (mark::BY_GENERAL, self.solved_by == Some(SolvedBy::General)),
            (
                mark::BY_COMMUNITY,
                self.solved_by == Some(SolvedBy::Community),
            ),
            (mark::ABOVE, self.solved_by == Some(SolvedBy::Above)),
        ]
        .into_iter()
        .filter(|(_, is)| *is)
        .fold(0, |marks, (mark, _)| marks | mark)
    }

    /// What the reporter said last, in a visit or by rating: when, and whether it is solved.
    pub(super) fn last_word(&self) -> Option<(OffsetDateTime, bool)> {
        let visited = self.visit.and_then(|visit| match visit.found {
            VisitFound::Solved => Some((visit.at, true)),
            VisitFound::NotSolved => Some((visit.at, false)),
            VisitFound::NotReached => None,
        });
        let rated = self.rating.map(|rating| (rating.at, rating.solved));
        visited.into_iter().chain(rated).max_by_key(|(at, _)| *at)
    }
}

/// Whole minutes, begun ones not counted.
fn minutes(long: Option<Duration>) -> u32 {
    long.map_or(u32::MAX, |long| {
        u32::try_from(long.whole_minutes().max(0)).unwrap_or(u32::MAX - 1)
    })
}
