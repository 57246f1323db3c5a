//! Who counts: for every figure the predicate of its denominator and that of its numerator, over one case and one window
//! of days. The same predicates give the number, the rows behind it, and the count over the columns of many cases.

use super::columns::Stretches;
use super::day::{Look, NEVER, Span, Step, Window, mark};
use super::facts::CaseFacts;
use super::figure::{Figure, Value};
use super::hidden::People;
use super::period::Period;
use super::ratio::{Change, Ratio};

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
        let (case, window) = (case.days(period.offset()), Window::of(period));
        match (self.is_due(&case, &window), self.is_met(&case, &window)) {
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
            Figure::YearOnYear | Figure::PeriodOnPeriod => Value::Change(Change {
                this: met,
                before: unmet,
            }),
            _ => Value::Ratio(Ratio::new(met, met + unmet)),
        }
    }

    /// Whether it sets two periods beside each other: what is counted on one side does not belong to the other.
    pub const fn compares(self) -> bool {
        matches!(self, Figure::YearOnYear | Figure::PeriodOnPeriod)
    }

    /// The residents among those counted, as groups of which none may be small: who was asked, told or answered. Empty
    /// groups where a figure is about cases, not about people.
    pub const fn people(self, met: u64, unmet: u64) -> People {
        match self {
            Figure::Response | Figure::Resolution | Figure::Satisfaction => [met + unmet, 0],
            // How many rated is the number of opinions behind satisfaction.
            Figure::Participation => [met + unmet, met],
            Figure::MissedReports | Figure::NeedsSolved => [met, 0],
            Figure::ProactiveDiscovery => [unmet, 0],
            Figure::YearOnYear | Figure::PeriodOnPeriod => [met, unmet],
            _ => [0, 0],
        }
    }

    /// The steps whose days are held against the period: whether they lie in it says who is due, whether they lie in it or before
    /// its end who is met. Of other steps it asks at most whether they ever happened.
    const fn steps(self) -> &'static [Step] {
        match self {
            Figure::Closing | Figure::OnTimeClosing => &[Step::Due, Step::Closed],
            Figure::Handling | Figure::OnTimeHandling | Figure::Rework => {
                &[Step::HandleDue, Step::Handled]
            }
            Figure::Filing | Figure::YearOnYear | Figure::PeriodOnPeriod => &[Step::Received],
            Figure::AccurateFiling | Figure::ProactiveDiscovery | Figure::MissedReports => {
                &[Step::Filed]
            }
            Figure::OnTimeDispatch | Figure::AccurateDispatch => {
                &[Step::DispatchDue, Step::Dispatched]
            }
            Figure::OnTimeVerify => &[Step::VerifyDue, Step::Verified],
            Figure::OnTimeCheck => &[Step::CheckDue, Step::Checked],
            Figure::Response => &[Step::ContactDue, Step::Contacted],
            Figure::Resolution => &[Step::Heard],
            Figure::Satisfaction => &[Step::Rated],
            Figure::Participation
            | Figure::SolvedMicro
            | Figure::SolvedGeneral
            | Figure::SolvedCommunity
            | Figure::SolvedAbove
            | Figure::NeedsSolved => &[Step::Closed],
        }
    }

    /// Whether anything can count in it where the days of all cases lie within these.
    pub fn touches(self, days: &Stretches, window: &Window) -> bool {
        let near = |step, span: &Span| days.near(step, span.first, span.last);
        let compared = match self {
            Figure::YearOnYear => near(Step::Received, &window.year_before),
            Figure::PeriodOnPeriod => near(Step::Received, &window.before),
            _ => false,
        };
        compared || self.steps().iter().any(|step| near(*step, &window.period))
    }

    /// Whether every day it holds against the period lies in it, where the days of all cases lie within these: then each case
    /// stands in it as in [`Window::ALL`].
    pub fn is_settled(self, days: &Stretches, window: &Window) -> bool {
        let span = &window.period;
        self.steps()
            .iter()
            .all(|step| days.within(*step, span.first, span.last))
    }

    /// Whether the case belongs to the denominator. Without branches, so that columns are counted many cases at a time.
    #[inline(always)]
    pub(super) fn is_due(self, case: &impl Look, window: &Window) -> bool {
        let span = &window.period;
        let day = |step| case.day(step);
        let due = |deadline, done| span.has(day(deadline)) | span.has(day(done));
        let counts = case.is(mark::LIVE) & !case.is(mark::EXEMPT);
        let filed = day(Step::Filed) != NEVER;
        match self {
            Figure::Closing | Figure::OnTimeClosing => counts & due(Step::Due, Step::Closed),
            Figure::Handling | Figure::OnTimeHandling | Figure::Rework => {
                counts & filed & due(Step::HandleDue, Step::Handled)
            }
            // 即办: closed without filing, so there was nothing left to file.
            Figure::Filing => {
                counts & span.has(day(Step::Received)) & (filed | (day(Step::Closed) == NEVER))
            }
            // Here voided cases are what is looked for, so they stay in.
            Figure::AccurateFiling => {
                case.is(mark::LIVE | mark::VOIDED)
                    & !case.is(mark::EXEMPT)
                    & span.has(day(Step::Filed))
            }
            Figure::OnTimeDispatch | Figure::AccurateDispatch => {
                counts & filed & due(Step::DispatchDue, Step::Dispatched)
            }
            Figure::OnTimeVerify => {
                counts & (day(Step::VerifyDue) != NEVER) & due(Step::VerifyDue, Step::Verified)
            }
            Figure::OnTimeCheck => {
                counts & (day(Step::CheckDue) != NEVER) & due(Step::CheckDue, Step::Checked)
            }
            Figure::Response => {
                counts
                    & case.is(mark::REQUEST)
                    & (day(Step::ContactDue) != NEVER)
                    & due(Step::ContactDue, Step::Contacted)
            }
            Figure::Resolution => counts & span.has(day(Step::Heard)),
            Figure::Satisfaction => counts & span.has(day(Step::Rated)),
            Figure::Participation => counts & case.is(mark::REQUEST) & span.has(day(Step::Closed)),
            Figure::ProactiveDiscovery => {
                counts & case.is(mark::FOUND | mark::REQUEST) & span.has(day(Step::Filed))
            }
            Figure::MissedReports => counts & span.has(day(Step::Filed)),
            Figure::SolvedMicro
            | Figure::SolvedGeneral
            | Figure::SolvedCommunity
            | Figure::SolvedAbove => {
                case.is(mark::LIVE) & case.is(mark::SOLVED) & span.has(day(Step::Closed))
            }
            Figure::YearOnYear => is_told(case, span) | is_told(case, &window.year_before),
            Figure::PeriodOnPeriod => is_told(case, span) | is_told(case, &window.before),
            // Closed as solved, and the reporter's own last word says so.
            Figure::NeedsSolved => {
                case.is(mark::LIVE)
                    & !case.is(mark::FOUND)
                    & case.is(mark::SOLVED)
                    & case.is(mark::HEARD_SOLVED)
                    & span.has(day(Step::Closed))
            }
        }
    }

    /// Whether a case of the denominator belongs to the numerator too.
    #[inline(always)]
    pub(super) fn is_met(self, case: &impl Look, window: &Window) -> bool {
        let span = &window.period;
        // Done by the end of the period: what is done later does not change a month that was published.
        let done = |step| span.by(case.day(step));
        match self {
            Figure::Closing => done(Step::Closed),
            Figure::OnTimeClosing => done(Step::Closed) & !case.is(mark::LATE_CLOSE),
            Figure::Handling => done(Step::Handled),
            Figure::OnTimeHandling => done(Step::Handled) & !case.is(mark::LATE_HANDLE),
            Figure::Rework => case.is(mark::REWORKED),
            Figure::Filing => case.day(Step::Filed) != NEVER,
            Figure::AccurateFiling => !case.is(mark::VOIDED),
            Figure::OnTimeDispatch => done(Step::Dispatched) & !case.is(mark::LATE_DISPATCH),
            Figure::AccurateDispatch => done(Step::Dispatched) & !case.is(mark::RETURNED),
            Figure::OnTimeVerify => done(Step::Verified) & !case.is(mark::LATE_VERIFY),
            Figure::OnTimeCheck => done(Step::Checked) & !case.is(mark::LATE_CHECK),
            Figure::Response => done(Step::Contacted) & !case.is(mark::LATE_CONTACT),
            Figure::Resolution => case.is(mark::HEARD_SOLVED),
            Figure::Satisfaction => case.is(mark::SATISFIED),
            Figure::Participation => case.day(Step::Rated) != NEVER,
            Figure::ProactiveDiscovery => case.is(mark::FOUND),
            Figure::MissedReports => case.is(mark::REQUEST),
            Figure::SolvedMicro => case.is(mark::BY_MICRO),
            Figure::SolvedGeneral => case.is(mark::BY_GENERAL),
            Figure::SolvedCommunity => case.is(mark::BY_COMMUNITY),
            Figure::SolvedAbove => case.is(mark::ABOVE),
            Figure::YearOnYear | Figure::PeriodOnPeriod => span.has(case.day(Step::Received)),
            Figure::NeedsSolved => true,
        }
    }
}

/// 群众诉求: what residents told, each thing once. A redirected or withdrawn request was still one, and an appeal about
/// lateness does not make it unsaid.
#[inline(always)]
fn is_told(case: &impl Look, span: &Span) -> bool {
    case.is(mark::REQUEST)
        & !case.is(mark::VOIDED | mark::MERGED)
        & span.has(case.day(Step::Received))
}
