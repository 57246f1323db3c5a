//! A clock that runs against a limit and may stand still: suspension 挂账, waiting for the reporter's answer. It keeps what a
//! deadline was reckoned *from*, so that it can be reckoned again when a holiday notice comes late.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::colour::{ClockColour, Pace, share};
use super::is_late;
use crate::calendar::Calendar;
use crate::case::{Due, Limit, Reckoning};

/// Why a clock stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// 挂账, up to a date.
    Suspended,
    /// The reporter was asked and has not answered yet.
    WaitingForAnswer,
}

/// A stretch during which the clock stood still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When it stopped.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
    /// When it went on.
    #[serde(with = "time::serde::rfc3339")]
    pub till: OffsetDateTime,
    /// Why.
    pub reason: PauseReason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stopped {
    #[serde(with = "time::serde::rfc3339")]
    since: OffsetDateTime,
    reason: PauseReason,
}

/// Why a clock cannot do what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// It stands still already.
    #[error("the clock stands still already")]
    Paused,
    /// It runs already.
    #[error("the clock runs already")]
    Running,
    /// The moment lies before the last thing that happened to the clock.
    #[error("the moment lies before the clock's last change")]
    Backwards,
}

/// A limit that started to run at a moment, with every pause since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    #[serde(with = "time::serde::rfc3339")]
    started_at: OffsetDateTime,
    limit: Limit,
    extensions: u16,
    pauses: Vec<Pause>,
    stopped: Option<Stopped>,
}

impl Clock {
    /// Starts to run.
    pub fn start(started_at: OffsetDateTime, limit: Limit) -> Clock {
        Clock {
            started_at,
            limit,
            extensions: 0,
            pauses: Vec::new(),
            stopped: None,
        }
    }

    /// When it started.
    pub fn started_at(&self) -> OffsetDateTime {
        self.started_at
    }

    /// The limit it runs against; see [`Clock::extensions`].
    pub fn limit(&self) -> Limit {
        self.limit
    }

    /// How many times one more original limit was added.
    pub fn extensions(&self) -> u16 {
        self.extensions
    }

    /// The pauses that are over, in order.
    pub fn pauses(&self) -> &[Pause] {
        &self.pauses
    }

    /// Why it stands still now, if it does.
    pub fn paused(&self) -> Option<PauseReason> {
        self.stopped.map(|stopped| stopped.reason)
    }

    /// Stops the clock.
    ///
    /// # Errors
    /// It stands still already; `at` lies before its last change.
    pub fn pause(self, at: OffsetDateTime, reason: PauseReason) -> Result<Clock, ClockError> {
        if self.stopped.is_some() {
            return Err(ClockError::Paused);
        }
        if at < self.last_change() {
            return Err(ClockError::Backwards);
        }
        Ok(Clock {
            stopped: Some(Stopped { since: at, reason }),
            ..self
        })
    }

    /// Lets the clock go on.
    ///
    /// # Errors
    /// It runs already; `at` lies before the pause.
    pub fn resume(mut self, at: OffsetDateTime) -> Result<Clock, ClockError> {
        let Stopped { since, reason } = self.stopped.take().ok_or(ClockError::Running)?;
        if at < since {
            return Err(ClockError::Backwards);
        }
        self.pauses.push(Pause {
            since,
            till: at,
            reason,
        });
        Ok(self)
    }

    /// Adds one more original limit 延期. Who may have it, and how often, the life cycle decides.
    pub fn extend(self) -> Clock {
        Clock {
            extensions: self.extensions.saturating_add(1),
            ..self
        }
    }

    /// The deadline. While the clock stands still: where it would be if the clock went on at once.
    pub fn due(&self, calendar: &Calendar) -> Due {
        self.pauses
            .iter()
            .fold(self.due_without_pauses(calendar), |due, pause| {
                calendar.shift(due, self.limit, pause.since, pause.till)
            })
    }

    /// The deadline if this calendar gives another one than `before`, for the journal of a late notice.
    pub fn recomputed(&self, before: Due, calendar: &Calendar) -> Option<Due> {
        let now = self.due(calendar);
        (now != before).then_some(now)
    }

    /// Used-up share of the time, 1.0 at the deadline, without the pauses.
    pub fn consumed_share(&self, now: OffsetDateTime, calendar: &Calendar) -> f64 {
        let now = self.stopped.map_or(now, |stopped| stopped.since.min(now));
        let pace = Pace::of(self.limit.unit);
        let until = self.due(calendar).at;
        let paused = |end: OffsetDateTime| -> Duration {
            self.pauses
                .iter()
                .map(|p| pace.between(p.since.min(end), p.till.min(end), calendar))
                .sum()
        };
        let used = pace.between(self.started_at, now, calendar) - paused(now);
        let whole = pace.between(self.started_at, until, calendar) - paused(until);
        share(used, whole)
    }

    /// Its colour now.
    pub fn colour(&self, now: OffsetDateTime, calendar: &Calendar) -> ClockColour {
        if self.stopped.is_some() {
            return ClockColour::Blue;
        }
        if is_late(now, self.due(calendar).at) {
            return ClockColour::Red;
        }
        ClockColour::in_time(self.consumed_share(now, calendar))
    }

    pub(super) fn due_without_pauses(&self, calendar: &Calendar) -> Due {
        let first = calendar.due(self.limit, self.started_at);
        (0..self.extensions).fold(first, |due, _| {
            let more = calendar.due(self.limit, due.at);
            Due {
                at: more.at,
                provisional: due.provisional || more.provisional,
            }
        })
    }

    fn last_change(&self) -> OffsetDateTime {
        self.pauses
            .last()
            .map_or(self.started_at, |pause| pause.till)
    }
}
