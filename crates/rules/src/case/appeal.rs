//! 超期申诉: once per case the owner may say why it could not be in time. Two different people decide, neither of them the
//! owner. Being late stays a fact; a granted appeal only takes the case out of the figures of timeliness of that round.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::turn::Turn;
use super::{Case, Decision, Deed, Refusal};
use crate::ids::MemberId;

/// An appeal against being overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Appeal {
    /// Who appealed.
    pub by: MemberId,
    /// When.
    #[serde(with = "super::millis")]
    pub at: OffsetDateTime,
    /// How often the case had been reopened: the appeal speaks of that round.
    pub round: u16,
    /// How it stands.
    pub ruling: Ruling,
}

/// How an appeal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "r", rename_all = "snake_case")]
pub enum Ruling {
    /// Nobody has decided.
    Waiting,
    /// One person agreed; another one has to.
    Agreed {
        /// Who.
        first: MemberId,
    },
    /// Both agreed.
    Granted {
        /// Who agreed first.
        first: MemberId,
        /// Who agreed then.
        second: MemberId,
    },
    /// One of them did not agree.
    Refused {
        /// Who.
        by: MemberId,
    },
}

impl Appeal {
    /// Whether somebody still has to decide.
    pub const fn is_open(&self) -> bool {
        matches!(self.ruling, Ruling::Waiting | Ruling::Agreed { .. })
    }
}

impl Case {
    /// Whether being late in the present round is excused, so that figures of timeliness leave the case out.
    pub fn is_exempt(&self) -> bool {
        self.appeal.is_some_and(|appeal| {
            let granted = matches!(appeal.ruling, Ruling::Granted { .. });
            granted && appeal.round == self.counts.reopenings
        })
    }

    /// Whether it was closed late, or is open and late at `now`: the raw fact, whatever an appeal says. What is suspended 挂账 is
    /// no later than it was when its clock was stopped, and no earlier.
    pub fn is_overdue(&self, now: OffsetDateTime) -> bool {
        let stopped = self.state.stopped_at();
        let till = self.times.closed_at.or(stopped).unwrap_or(now);
        let counts = self.state.kind().is_open() || self.times.closed_at.is_some();
        counts && self.times.due_at.is_some_and(|due| till > due)
    }

    /// From when on lists, counts and the map call it overdue, while it is open: from its deadline; as long as nobody has decided
    /// what becomes of it, from when that should have been done. What is suspended 挂账 is called so only where it was late before.
    pub fn late_from(&self) -> Option<OffsetDateTime> {
        let (kind, due) = (self.state.kind(), self.times.due_at);
        if !kind.is_open() {
            return None;
        }
        if let Some(stopped) = self.state.stopped_at() {
            return due.filter(|due| stopped > *due);
        }
        self.decide_by().into_iter().chain(due).min()
    }

    /// By when somebody has to decide what becomes of it; none once that is decided.
    pub fn decide_by(&self) -> Option<OffsetDateTime> {
        let waits = self.state.kind().waits_for_decision();
        self.times.answer_by.filter(|_| waits)
    }

    /// Whether it is called so at `now`.
    pub fn is_open_and_late(&self, now: OffsetDateTime) -> bool {
        self.late_from().is_some_and(|from| from < now)
    }
}

pub(super) fn appeal(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    if !turn.case.is_overdue(turn.now) {
        return Err(Refusal::NotOverdue);
    }
    if let Some(closed) = turn.case.times.closed_at {
        let until = closed + Duration::days(turn.terms.settings.appeal_days.into());
        if turn.now > until {
            return Err(Refusal::TooLate { until });
        }
    }
    turn.case.appeal = Some(Appeal {
        by: turn.member()?,
        at: turn.now,
        round: turn.case.counts.reopenings,
        ruling: Ruling::Waiting,
    });
    turn.decide(Deed::Appealed)
}

pub(super) fn review(mut turn: Turn<'_>, agree: bool) -> Result<Decision, Refusal> {
    let by = turn.member()?;
    let mut appeal = turn.case.appeal.ok_or(Refusal::NothingAsked)?;
    let first = match appeal.ruling {
        Ruling::Waiting => None,
        Ruling::Agreed { first } => Some(first),
        Ruling::Granted { .. } | Ruling::Refused { .. } => return Err(Refusal::NothingAsked),
    };
    appeal.ruling = match (agree, first) {
        (false, _) => Ruling::Refused { by },
        (true, None) => Ruling::Agreed { first: by },
        (true, Some(first)) => Ruling::Granted { first, second: by },
    };
    turn.case.appeal = Some(appeal);
    turn.decide(Deed::Reviewed {
        agreed: agree,
        over: !appeal.is_open(),
    })
}
