//! What the figures need to know of one case: moments and marks, no words and no persons. The store fills it from rows;
//! nothing here knows tables or the life cycle.

use time::OffsetDateTime;

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
    pub handle_due: Option<OffsetDateTime>,
    pub handled_at: Option<OffsetDateTime>,
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
            handle_due: None,
            handled_at: None,
            due_at: None,
            closed_at: None,
            solved: false,
            reworks: 0,
            returns: 0,
            visit: None,
            rating: None,
        }
    }

    /// Whether it counts in the rates at all.
    pub(super) fn counts(&self) -> bool {
        self.standing == Standing::Live && !self.exempt
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
