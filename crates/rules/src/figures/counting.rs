//! Who counts: for every figure the predicate of its denominator and that of its numerator, over one case and one period.
//! The same predicates give the number and the rows behind it.

use time::OffsetDateTime;

use super::facts::{CaseFacts, Source, Standing};
use super::figure::{Figure, Value};
use super::period::Period;
use super::ratio::{Change, FEWEST_OPINIONS, Ratio};
use crate::deadline::is_late;

/// Where a case stands in a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It does not count.
    Outside,
    /// It counts in the denominator only (year-on-year: it belongs to the year before).
    Denominator,
    /// It counts in both (year-on-year and counts: it belongs to this period).
    Numerator,
}

impl Figure {
    /// Where a case stands in this figure for a period: also the way from the number to its rows.
    pub fn part(self, case: &CaseFacts, period: &Period) -> Part {
        match (self.is_due(case, period), self.is_met(case, period)) {
            (true, true) => Part::Numerator,
            (true, false) => Part::Denominator,
            (false, _) => Part::Outside,
        }
    }

    /// The figure over all cases of a unit.
    pub fn of<'a>(self, cases: impl IntoIterator<Item = &'a CaseFacts>, period: &Period) -> Value {
        let (mut met, mut unmet) = (0, 0);
        for case in cases {
            match self.part(case, period) {
                Part::Numerator => met += 1,
                Part::Denominator => unmet += 1,
                Part::Outside => {}
            }
        }
        self.value(met, unmet)
    }

    /// The figure from counts of [`Part::Numerator`] and [`Part::Denominator`].
    pub fn value(self, met: u64, unmet: u64) -> Value {
        match self {
            Figure::NeedsSolved => Value::Count(met),
            Figure::YearOnYear => Value::Change(Change {
                this: met,
                before: unmet,
            }),
            Figure::Satisfaction => Value::Ratio(Ratio {
                numerator: met,
                denominator: met + unmet,
                fewest: FEWEST_OPINIONS,
            }),
            _ => Value::Ratio(Ratio::new(met, met + unmet)),
        }
    }

    /// Whether the case belongs to the denominator.
    fn is_due(self, case: &CaseFacts, period: &Period) -> bool {
        let due = |deadline, done| falls_due(deadline, done, period);
        match self {
            Figure::Closing | Figure::OnTimeClosing => {
                case.counts() && due(case.due_at, case.closed_at)
            }
            Figure::Handling | Figure::OnTimeHandling | Figure::Rework => {
                case.counts() && case.filed_at.is_some() && due(case.handle_due, case.handled_at)
            }
            Figure::Filing => {
                case.counts() && period.contains(case.reported_at) && !fixed_on_the_spot(case)
            }
            // Here voided cases are what is looked for, so they stay in.
            Figure::AccurateFiling => {
                matches!(case.standing, Standing::Live | Standing::Voided)
                    && !case.exempt
                    && within(case.filed_at, period)
            }
            Figure::OnTimeDispatch | Figure::AccurateDispatch => {
                case.counts()
                    && case.filed_at.is_some()
                    && due(case.dispatch_due, case.dispatched_at)
            }
            Figure::Response => {
                case.counts()
                    && case.source == Source::Request
                    && case.contact_due.is_some()
                    && due(case.contact_due, case.first_contact_at)
            }
            Figure::Resolution => {
                case.counts() && within(case.last_word().map(|(at, _)| at), period)
            }
            Figure::Satisfaction => {
                case.counts() && within(case.rating.map(|rating| rating.at), period)
            }
            Figure::Participation => {
                case.counts() && case.source == Source::Request && within(case.closed_at, period)
            }
            Figure::ProactiveDiscovery => {
                case.counts() && case.source != Source::Handed && within(case.filed_at, period)
            }
            Figure::YearOnYear => {
                is_a_request(case)
                    && (period.contains(case.reported_at) || in_year_before(case, period))
            }
            Figure::NeedsSolved => is_a_need_solved(case) && within(case.closed_at, period),
        }
    }

    /// Whether a case of the denominator belongs to the numerator too.
    fn is_met(self, case: &CaseFacts, period: &Period) -> bool {
        match self {
            Figure::Closing => done(case.closed_at, period),
            Figure::OnTimeClosing => done_in_time(case.closed_at, case.due_at, period),
            Figure::Handling => done(case.handled_at, period),
            Figure::OnTimeHandling => done_in_time(case.handled_at, case.handle_due, period),
            Figure::Rework => case.reworks > 0,
            Figure::Filing => case.filed_at.is_some(),
            Figure::AccurateFiling => case.standing != Standing::Voided,
            Figure::OnTimeDispatch => done_in_time(case.dispatched_at, case.dispatch_due, period),
            Figure::AccurateDispatch => done(case.dispatched_at, period) && case.returns == 0,
            Figure::Response => done_in_time(case.first_contact_at, case.contact_due, period),
            Figure::Resolution => case.last_word().is_some_and(|(_, solved)| solved),
            Figure::Satisfaction => case.rating.is_some_and(|rating| rating.satisfied),
            Figure::Participation => case.rating.is_some(),
            Figure::ProactiveDiscovery => case.source == Source::Proactive,
            Figure::YearOnYear => period.contains(case.reported_at),
            Figure::NeedsSolved => true,
        }
    }
}

/// 应…数: the deadline falls in the period, or the thing was done in it.
fn falls_due(
    deadline: Option<OffsetDateTime>,
    done: Option<OffsetDateTime>,
    period: &Period,
) -> bool {
    within(deadline, period) || within(done, period)
}

fn within(at: Option<OffsetDateTime>, period: &Period) -> bool {
    at.is_some_and(|at| period.contains(at))
}

/// Done by the end of the period: what is done later does not change a month that was published.
fn done(at: Option<OffsetDateTime>, period: &Period) -> bool {
    at.is_some_and(|at| at < period.end())
}

/// Done by the end of the period and not late; without a deadline nothing can be late.
fn done_in_time(
    at: Option<OffsetDateTime>,
    deadline: Option<OffsetDateTime>,
    period: &Period,
) -> bool {
    done(at, period) && !at.zip(deadline).is_some_and(|(at, due)| is_late(at, due))
}

/// 即办: closed without filing, so there was nothing left to file.
fn fixed_on_the_spot(case: &CaseFacts) -> bool {
    case.filed_at.is_none() && case.closed_at.is_some()
}

/// 群众诉求: what residents told, each thing once. A redirected or withdrawn request was still one, and an appeal about
/// lateness does not make it unsaid.
fn is_a_request(case: &CaseFacts) -> bool {
    case.source == Source::Request && !matches!(case.standing, Standing::Voided | Standing::Merged)
}

fn in_year_before(case: &CaseFacts, period: &Period) -> bool {
    period
        .year_before()
        .is_ok_and(|before| before.contains(case.reported_at))
}

/// Closed as solved, and the reporter's own last word says so.
fn is_a_need_solved(case: &CaseFacts) -> bool {
    case.standing == Standing::Live
        && case.source != Source::Proactive
        && case.solved
        && case.last_word().is_some_and(|(_, solved)| solved)
}
