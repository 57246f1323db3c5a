//! How a limit becomes a moment. One walk serves both the deadline and its explanation, so they cannot disagree.
//! Lengths are capped by the end of representable time, never by a number of steps.

use time::{Date, Duration, OffsetDateTime};

use super::explain::Step;
use super::is_late;
use crate::calendar::{Calendar, spans};
use crate::case::{Due, Limit, Reckoning, Unit};

/// How much time there is, in the way it is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// Time on the wall: nights and holidays too.
    Continuous(Duration),
    /// Working time, used up inside the slots (mode A).
    Working(Duration),
    /// Following working days as a whole (mode B).
    LegalDays(u32),
}

impl Amount {
    pub(super) fn of(limit: Limit, calendar: &Calendar) -> Amount {
        let n = i64::from(limit.n);
        match limit.unit {
            Unit::Minute => Amount::Continuous(Duration::minutes(n)),
            Unit::UrgentHour => Amount::Continuous(Duration::hours(n)),
            Unit::UrgentDay | Unit::NaturalDay => Amount::Continuous(Duration::days(n)),
            Unit::WorkHour => Amount::Working(Duration::hours(n)),
            Unit::WorkDay => {
                let hours = i64::from(calendar.hours().working_day());
                Amount::Working(Duration::hours(n * hours))
            }
            Unit::LegalDay => Amount::LegalDays(u32::from(limit.n)),
        }
    }

    /// How much of such time passes between two moments; for legal days the working days after the first date, as a
    /// legal limit leaves out the day it starts on.
    pub(super) fn passing(
        unit: Unit,
        since: OffsetDateTime,
        till: OffsetDateTime,
        calendar: &Calendar,
    ) -> Amount {
        match unit {
            Unit::Minute | Unit::UrgentHour | Unit::UrgentDay | Unit::NaturalDay => {
                Amount::Continuous((till - since).max(Duration::ZERO))
            }
            Unit::WorkHour | Unit::WorkDay => Amount::Working(calendar.working_time(since, till)),
            Unit::LegalDay => {
                let (after, last) = (calendar.local(since).date(), calendar.local(till).date());
                Amount::LegalDays(calendar.working_days(after, last))
            }
        }
    }
}

/// Where an amount of time that starts at `from` ends; every stretch on the way is told to `note`. An amount of nothing
/// ends where it starts.
pub(super) fn reach<'c>(
    from: OffsetDateTime,
    amount: Amount,
    calendar: &'c Calendar,
    note: &mut dyn FnMut(Step<'c>),
) -> OffsetDateTime {
    let start = calendar.local(from);
    match amount {
        Amount::Continuous(length) => {
            let until = start.saturating_add(length);
            note(Step::Continuous { from: start, until });
            until
        }
        Amount::Working(length) => use_up(start, length, calendar, note),
        Amount::LegalDays(n) => count_days(start, n, calendar, note),
    }
}

fn use_up<'c>(
    start: OffsetDateTime,
    length: Duration,
    calendar: &'c Calendar,
    note: &mut dyn FnMut(Step<'c>),
) -> OffsetDateTime {
    let mut remaining = length;
    let mut reached = start;
    for date in spans::days(start.date(), Date::MAX) {
        if remaining <= Duration::ZERO {
            break;
        }
        let kind = calendar.day(date);
        if !kind.is_working() {
            note(Step::Skipped {
                first: date,
                last: date,
                kind,
            });
            continue;
        }
        for span in calendar.spans(date).filter_map(|span| span.after(start)) {
            let used = remaining.min(span.closes - span.opens);
            if used > Duration::ZERO {
                reached = span.opens + used;
                remaining -= used;
                note(Step::Worked {
                    from: span.opens,
                    until: reached,
                    kind,
                });
            }
        }
    }
    reached
}

fn count_days<'c>(
    start: OffsetDateTime,
    n: u32,
    calendar: &'c Calendar,
    note: &mut dyn FnMut(Step<'c>),
) -> OffsetDateTime {
    if n == 0 {
        return start;
    }
    note(Step::StartDay { date: start.date() });
    let mut counted = 0;
    let mut last = start.date();
    for date in spans::following(start.date()) {
        let kind = calendar.day(date);
        if !kind.is_working() {
            note(Step::Skipped {
                first: date,
                last: date,
                kind,
            });
            continue;
        }
        counted += 1;
        last = date;
        note(Step::DayCounted {
            nth: counted,
            date,
            kind,
        });
        if counted == n {
            break;
        }
    }
    calendar.end_of(last)
}

/// Whether a deadline of this unit depends on which days are worked.
pub(super) fn needs_calendar(unit: Unit) -> bool {
    matches!(unit, Unit::WorkHour | Unit::WorkDay | Unit::LegalDay)
}

impl Reckoning for Calendar {
    fn due(&self, limit: Limit, from: OffsetDateTime) -> Due {
        let at = reach(from, Amount::of(limit, self), self, &mut |_| ());
        let provisional = needs_calendar(limit.unit) && self.is_provisional_between(from, at);
        Due { at, provisional }
    }

    /// A pause that begins after the deadline moves nothing: what is late stays late.
    fn shift(&self, due: Due, limit: Limit, since: OffsetDateTime, till: OffsetDateTime) -> Due {
        if is_late(since, due.at) {
            return due;
        }
        let paused = Amount::passing(limit.unit, since, till, self);
        let at = reach(due.at, paused, self, &mut |_| ());
        let touched = needs_calendar(limit.unit)
            && (self.is_provisional_between(since, till)
                || self.is_provisional_between(due.at, at));
        Due {
            at,
            provisional: due.provisional || touched,
        }
    }
}
