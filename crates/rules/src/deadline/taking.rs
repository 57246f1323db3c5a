//! By when a task had to be taken each time that it was given to somebody: read off the trail, for the deadline itself is kept only
//! while it runs.

use time::OffsetDateTime;

use super::basis::{Basis, Rule, Story, given, is_same};
use crate::case::{Cause, Deed, Event, StateName};

/// Somebody took the task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taking {
    /// What the time for it was reckoned from.
    pub basis: Basis,
    /// By when it had to be taken.
    pub due: OffsetDateTime,
    /// When it was taken.
    pub met: OffsetDateTime,
    /// In which round: 1, and one more for each time the reporter had it reopened.
    pub round: u16,
}

/// A task that waits for whoever was given it.
struct Waits {
    basis: Basis,
    due: OffsetDateTime,
}

impl Waits {
    /// Nobody has longer to take a task than there is for the work, unless that time was over already.
    fn no_longer_than(self, work: Option<OffsetDateTime>, now: OffsetDateTime) -> Self {
        match work {
            Some(end) if end > now && end < self.due && !is_same(end, self.due) => Self {
                basis: Basis::given(Rule::Handling, self.basis.from),
                due: end,
            },
            _ => self,
        }
    }
}

impl Story<'_> {
    /// Each time that somebody took the task. How long they had is told by the rules that hold now; that it was never longer than
    /// there was for the work, by the deadlines in the trail.
    pub fn takings(&self) -> Vec<Taking> {
        let (mut waits, mut work, mut round) = (None, None, 1);
        let mut takings = Vec::new();
        for (at, event) in self.trail {
            if matches!(event.deed, Deed::Reopened { .. } | Deed::Separated) {
                round += 1;
                work = None;
            }
            work = event.due.and_then(|whole| self.end_of_work(whole)).or(work);
            if let Some(cause) = given(event).filter(|_| event.to == StateName::Dispatched) {
                waits = self.given_out(cause, *at, work);
            } else if matches!(event.deed, Deed::Accepted) {
                takings.extend(waits.take().map(|one: Waits| Taking {
                    basis: one.basis,
                    due: one.due,
                    met: *at,
                    round,
                }));
            } else if event.to != StateName::Dispatched {
                waits = None;
            } else if is_shortened(event) {
                waits = waits.map(|one| one.no_longer_than(work, *at));
            }
        }
        takings
    }

    fn given_out(
        &self,
        cause: Option<Cause>,
        at: OffsetDateTime,
        work: Option<OffsetDateTime>,
    ) -> Option<Waits> {
        let (name, limit) = self.taking_after(cause);
        let basis = Basis::limited(Rule::Setting(name), at, limit);
        let due = basis.due(self.calendar)?.at;
        Some(Waits { basis, due }.no_longer_than(work, at))
    }

    /// When the time for the work ended where the whole case was due then. The trail keeps the latter alone; where check and
    /// closing have time of their own, only the work that is due now is known.
    pub(super) fn end_of_work(&self, whole: OffsetDateTime) -> Option<OffsetDateTime> {
        let times = &self.case.times;
        let now = times.due_at.is_some_and(|due| is_same(due, whole));
        if now {
            return times.handle_due;
        }
        Some(whole).filter(|_| self.settings.check_within.is_none())
    }
}

/// Whether an event may have shortened the time for the work of a task that waits: the case came under another category.
const fn is_shortened(event: &Event) -> bool {
    matches!(
        event.deed,
        Deed::Classified { .. } | Deed::Reclassified { .. }
    )
}
