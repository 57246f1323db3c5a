//! Why a deadline is when it is: what was counted, what was left out, what moved it. Data for a page or a message, no words:
//! the locales have those.

use time::{Date, Duration, OffsetDateTime};

use super::clock::{Clock, Pause};
use super::is_late;
use super::reckon::{Amount, reach};
use crate::calendar::{Calendar, DayKind};
use crate::case::{Due, Limit, Reckoning};

/// One step of the way to a deadline, in order, in local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'c> {
    /// The day a legal limit starts on is not counted.
    StartDay {
        /// That day.
        date: Date,
    },
    /// Days off, one stretch of the same kind.
    Skipped {
        /// First day off.
        first: Date,
        /// Last day off.
        last: Date,
        /// Weekend, or which holiday.
        kind: DayKind<'c>,
    },
    /// Working time used up within one slot.
    Worked {
        /// From when.
        from: OffsetDateTime,
        /// Until when.
        until: OffsetDateTime,
        /// An ordinary or a make-up working day.
        kind: DayKind<'c>,
    },
    /// A whole working day counted.
    DayCounted {
        /// Which one, from 1.
        nth: u32,
        /// Its date.
        date: Date,
        /// An ordinary or a make-up working day.
        kind: DayKind<'c>,
    },
    /// Time that runs through nights and holidays.
    Continuous {
        /// From when.
        from: OffsetDateTime,
        /// Until when.
        until: OffsetDateTime,
    },
}

/// By how much a pause moved the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PauseShift {
    /// By an amount of time on the wall.
    Continuous(Duration),
    /// By an amount of working time.
    Working(Duration),
    /// By whole working days.
    Days(u32),
    /// Not at all: it began after the deadline.
    TooLate,
}

/// A deadline that explains itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'c> {
    /// When the clock started, in local time.
    pub start: OffsetDateTime,
    /// The limit.
    pub limit: Limit,
    /// How many times one more limit was added.
    pub extensions: u16,
    /// Every pause with what it did to the deadline.
    pub pauses: Vec<(Pause, PauseShift)>,
    /// The way from the start to the deadline, the time of extensions and pauses included.
    pub steps: Vec<Step<'c>>,
    /// The deadline; provisional when a notice still to come may move it.
    pub due: Due,
}

impl Clock {
    /// Explains the deadline that [`Clock::due`] gives with the same calendar.
    pub fn explain<'c>(&self, calendar: &'c Calendar) -> Explanation<'c> {
        let pauses = self.pause_shifts(calendar);
        let whole = pauses
            .iter()
            .fold(self.given(calendar), |sum, (_, shift)| longer(sum, *shift));
        let mut steps = Vec::new();
        reach(self.started_at(), whole, calendar, &mut |step| {
            push(&mut steps, step)
        });
        Explanation {
            start: calendar.local(self.started_at()),
            limit: self.limit(),
            extensions: self.extensions(),
            pauses,
            steps,
            due: self.due(calendar),
        }
    }

    /// The time given: the limit, and once more for each extension.
    fn given(&self, calendar: &Calendar) -> Amount {
        let times = u32::from(self.extensions()) + 1;
        match Amount::of(self.limit(), calendar) {
            Amount::Continuous(length) => Amount::Continuous(many(length, times)),
            Amount::Working(length) => Amount::Working(many(length, times)),
            Amount::LegalDays(n) => Amount::LegalDays(n.saturating_mul(times)),
        }
    }

    fn pause_shifts(&self, calendar: &Calendar) -> Vec<(Pause, PauseShift)> {
        let mut due = self.due_without_pauses(calendar);
        let mut shifts = Vec::with_capacity(self.pauses().len());
        for pause in self.pauses() {
            shifts.push((*pause, shift_of(pause, due, self.limit(), calendar)));
            due = calendar.shift(due, self.limit(), pause.since, pause.till);
        }
        shifts
    }
}

fn many(length: Duration, times: u32) -> Duration {
    i32::try_from(times)
        .ok()
        .and_then(|times| length.checked_mul(times))
        .unwrap_or(Duration::MAX)
}

fn shift_of(pause: &Pause, due: Due, limit: Limit, calendar: &Calendar) -> PauseShift {
    if is_late(pause.since, due.at) {
        return PauseShift::TooLate;
    }
    match Amount::passing(limit.unit, pause.since, pause.till, calendar) {
        Amount::Continuous(length) => PauseShift::Continuous(length),
        Amount::Working(length) => PauseShift::Working(length),
        Amount::LegalDays(n) => PauseShift::Days(n),
    }
}

fn longer(amount: Amount, shift: PauseShift) -> Amount {
    match (amount, shift) {
        (Amount::Continuous(a), PauseShift::Continuous(b)) => {
            Amount::Continuous(a.saturating_add(b))
        }
        (Amount::Working(a), PauseShift::Working(b)) => Amount::Working(a.saturating_add(b)),
        (Amount::LegalDays(a), PauseShift::Days(b)) => Amount::LegalDays(a.saturating_add(b)),
        (amount, _) => amount,
    }
}

/// Days off of the same kind that follow each other are one step.
fn push<'c>(steps: &mut Vec<Step<'c>>, step: Step<'c>) {
    if let (
        Some(Step::Skipped { last, kind, .. }),
        Step::Skipped {
            first: next,
            kind: next_kind,
            ..
        },
    ) = (steps.last_mut(), step)
        && *kind == next_kind
        && last.next_day() == Some(next)
    {
        *last = next;
        return;
    }
    steps.push(step);
}
