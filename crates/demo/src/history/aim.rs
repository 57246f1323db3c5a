//! Moves closings until the last full month shows its figures: 450 of 550 due are closed. A case is due in the month when
//! its deadline lies in it or it is closed in it. What could be counted in two ways is moved so that both count the same.

use super::moment::{Month, between, is_day};
use super::plan::{Plan, World};
use super::{HistoryError, figures};
use crate::dice::Dice;
use time::{Duration, OffsetDateTime};

/// At most so many of the closed cases have a return visit; the other needs solved are confirmed by rating.
const VISITS: usize = 40;

struct Aim<'a> {
    month: Month,
    order: Vec<usize>,
    plans: &'a mut [Plan],
    visited: Vec<bool>,
    dice: Dice,
}

/// Aims at the figures of the last full month.
///
/// # Errors
/// [`HistoryError::Aim`] when too few cases can be moved.
pub fn month(seed: u64, world: &World<'_>, plans: &mut [Plan]) -> Result<(), HistoryError> {
    let mut dice = Dice::new(seed, "aim");
    let mut order: Vec<usize> = (0..plans.len()).collect();
    dice.shuffle(&mut order);
    let visited = plans
        .iter()
        .map(|plan| world.categories[plan.category].visit)
        .collect();
    let mut aim = Aim {
        month: world.span.month,
        order,
        plans,
        visited,
        dice,
    };
    aim.unambiguous();
    aim.fewer_visits();
    aim.late()?;
    aim.closed()
}

/// Whether a deadline lies so near a month's border that one may count it on either side.
pub fn is_on_border(at: OffsetDateTime, month: Month) -> bool {
    let near = |border: OffsetDateTime| (at - border).abs() <= Duration::seconds(2);
    near(month.start) || near(month.end)
}

impl Aim<'_> {
    fn is_closed_in(&self, index: usize) -> bool {
        self.plans[index]
            .closed()
            .is_some_and(|at| self.month.holds(at))
    }

    fn is_due_in(&self, index: usize) -> bool {
        self.plans[index].is_movable() && self.month.holds(self.plans[index].due)
    }

    fn is_late(&self, index: usize) -> bool {
        self.is_due_in(index) && !self.is_closed_in(index)
    }

    fn is_free(&self, index: usize) -> bool {
        self.plans[index].is_movable() && !is_on_border(self.plans[index].due, self.month)
    }

    fn count(&self, which: impl Fn(&Self, usize) -> bool) -> usize {
        (0..self.plans.len())
            .filter(|index| which(self, *index))
            .count()
    }

    /// A moment by day between two others, and with the evening before it free.
    fn some_day(&mut self, from: OffsetDateTime, to: OffsetDateTime) -> OffsetDateTime {
        let by_day = |at: &OffsetDateTime| is_day(*at) && at.hour() >= 9;
        let throw = (0..40)
            .map(|_| between(from, to, &mut self.dice))
            .find(by_day);
        throw.unwrap_or(from + (to - from) / 2)
    }

    /// Closes a case in the month, after `earliest`; false when it was told too late for that.
    fn close_within(&mut self, index: usize, earliest: OffsetDateTime) -> bool {
        let from = earliest
            .max(self.month.start + Duration::hours(9))
            .max(self.plans[index].filed + Duration::hours(2));
        let to = self.month.end - Duration::hours(4);
        if from >= to {
            return false;
        }
        self.plans[index].closing = self.some_day(from, to);
        true
    }

    /// Closes a case in the three weeks after the month (or leaves it open, when they are still to come).
    fn close_after(&mut self, index: usize) {
        let from = self.month.end + Duration::hours(9);
        self.plans[index].closing = self.some_day(from, from + Duration::days(20));
    }

    /// No case that is due in the month was closed before it, and every one due on the border is closed in it.
    fn unambiguous(&mut self) {
        for index in self.order.clone() {
            let plan = &self.plans[index];
            if !plan.is_movable() {
                continue;
            }
            let (due, early) = (plan.due, plan.closing < self.month.start);
            let on_border = is_on_border(due, self.month);
            if on_border || (early && self.month.holds(due)) {
                self.close_within(index, self.month.start);
            }
        }
    }

    fn fewer_visits(&mut self) {
        let mut surplus = self
            .count(|aim, index| aim.visited[index] && aim.is_closed_in(index))
            .saturating_sub(VISITS);
        for index in self.order.clone() {
            if surplus > 0 && self.visited[index] && self.is_closed_in(index) && self.is_free(index)
            {
                self.close_after(index);
                surplus -= 1;
            }
        }
    }

    /// Makes exactly a hundred cases due and not closed in the month.
    fn late(&mut self) -> Result<(), HistoryError> {
        let wanted = figures::DUE - figures::CLOSED;
        let mut count = self.count(Self::is_late);
        for index in self.order.clone() {
            if count < wanted
                && self.is_due_in(index)
                && self.is_closed_in(index)
                && self.is_free(index)
            {
                self.close_after(index);
                count += 1;
            } else if count > wanted
                && self.is_late(index)
                && self.is_free(index)
                && !self.visited[index]
            {
                count -= usize::from(self.close_within(index, self.plans[index].filed));
            }
        }
        if count == wanted {
            Ok(())
        } else {
            Err(HistoryError::Aim {
                what: "late cases",
                wanted,
            })
        }
    }

    /// Makes exactly 450 cases closed in the month, with cases whose deadline is not in it.
    fn closed(&mut self) -> Result<(), HistoryError> {
        let wanted = figures::CLOSED;
        let mut count = self.count(Self::is_closed_in);
        for index in self.order.clone() {
            if self.month.holds(self.plans[index].due) || !self.is_free(index) {
                continue;
            }
            if count > wanted && self.is_closed_in(index) {
                count -= usize::from(self.close_elsewhere(index));
            } else if count < wanted
                && !self.is_closed_in(index)
                && !self.visited[index]
                && self.is_near(index)
            {
                count += usize::from(self.close_within(index, self.plans[index].filed));
            }
        }
        if count == wanted {
            Ok(())
        } else {
            Err(HistoryError::Aim {
                what: "closed cases",
                wanted,
            })
        }
    }

    /// After the month when it was due later; before it when it was due earlier.
    fn close_elsewhere(&mut self, index: usize) -> bool {
        let (filed, due) = (self.plans[index].filed, self.plans[index].due);
        if due >= self.month.end {
            self.close_after(index);
            return true;
        }
        let (from, to) = (
            filed + (due - filed) / 2,
            self.month.start - Duration::hours(4),
        );
        if from < to {
            self.plans[index].closing = self.some_day(from, to);
        }
        from < to
    }

    /// Whether a closing in the month would not look strange: filed at most forty days before its end.
    fn is_near(&self, index: usize) -> bool {
        let filed = self.plans[index].filed;
        filed + Duration::days(40) > self.month.end && filed < self.month.end
    }
}
