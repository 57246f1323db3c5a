//! 超期申诉: once per case the owner may say why it could not be in time. Two different people decide, neither of them the
//! owner. Being late stays a fact; a granted appeal only takes the case out of the figures of timeliness of that round.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::turn::Turn;
use super::{Case, Decision, Deed, Refusal, State};
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
        let stopped = match self.state {
            State::Suspended { since, .. } => Some(since),
            _ => None,
        };
        let till = self.times.closed_at.or(stopped).unwrap_or(now);
        let counts = self.state.kind().is_open() || self.times.closed_at.is_some();
        counts && self.times.due_at.is_some_and(|due| till > due)
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
