//! What of the figures is held back from whom, beside small numbers: where one person serves a grid, whatever would judge their
//! work is for those who see rates; and whoever is not signed in is told what speaks of residents of whole months only, for two
//! periods that differ by a day would tell who came on that day, and of several together only where each tells it, too.

use rules::figures::{Figure, Part, Period, Value};
use time::Date;
use work::figures::{By, Counted, Figures, Question, can_tell};
use work::net::CommunityNet;

use super::months::{Months, is_one};
use crate::view::View;

/// Why a figure is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// One person serves the grid, and it would judge their work.
    OnePerson,
    /// It speaks of residents, and these days are no whole months, or several of which one does not tell it alone.
    Months,
}

impl Kept {
    /// The name that machines are told.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnePerson => "one_person",
            Self::Months => "whole_months",
        }
    }

    /// The key of why it is so, in words.
    pub const fn why(self) -> &'static str {
        match self {
            Self::OnePerson => "figures-one-person",
            Self::Months => "figures-months-why",
        }
    }
}

/// What somebody sees of the answer to a question.
pub struct Discretion<'a> {
    net: &'a CommunityNet,
    question: &'a Question,
    /// Whether rates are shown of all that is asked.
    rates: bool,
    /// Today, for whoever is told whole months only.
    stranger_on: Option<Date>,
    /// What the months keep back of which several are asked for; where nobody looked, all.
    months: Option<Months>,
}

impl<'a> Discretion<'a> {
    /// For whoever asks, on a day.
    pub fn of(view: &'a View, question: &'a Question, today: Date) -> Self {
        Self {
            net: &view.net,
            question,
            rates: view.rates(question.grid),
            stranger_on: view.is_stranger().then_some(today),
            months: None,
        }
    }

    /// With what single months keep back, for whoever shows several together.
    #[must_use]
    pub fn with_months(mut self, months: Option<Months>) -> Self {
        self.months = months;
        self
    }

    /// Whether no rates are shown at all, because one person serves the asked grid.
    pub const fn is_bare(&self) -> bool {
        !self.rates
    }

    /// Whether counts of this part stand alone: a grid beside others has no rate.
    pub fn is_bare_in(&self, part: &Figures) -> bool {
        self.is_bare() || self.grid_of(part).is_some()
    }

    /// Whether nothing of this part is shown that would judge work: it is one person's. Beside other grids that is so for everybody,
    /// for there persons would be compared.
    pub fn is_one_person(&self, part: &Figures) -> bool {
        let grid = self
            .grid_of(part)
            .and_then(|code| self.net.grid_by_code(code));
        let micro = grid.and_then(|grid| self.net.only_micro(grid.id));
        self.is_bare() || micro.is_some()
    }

    /// The code of the grid that a part of a split is.
    fn grid_of<'b>(&self, part: &'b Figures) -> Option<&'b str> {
        let by_grid = self.question.by == Some(By::Grid);
        part.part.as_deref().filter(|_| by_grid)
    }

    /// A figure of an answer, of one of its parts, or of a period that it is compared to.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn value(&self, figure: Figure, part: &Figures) -> Result<Value, Kept> {
        let mut value = part.value(figure).unwrap_or(Value::Count(0));
        if self.is_one_person(part) {
            if figure == Figure::Closing {
                value = closed(value);
            } else if judges(figure) {
                return Err(Kept::OnePerson);
            }
        }
        if self.keeps_days(Some(figure), part) {
            return Err(Kept::Months);
        }
        Ok(value)
    }

    /// How many cases of a part are overdue now, which says whether somebody is in time.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn overdue(&self, part: &Figures, n: u64) -> Result<u64, Kept> {
        if self.is_one_person(part) {
            Err(Kept::OnePerson)
        } else {
            Ok(n)
        }
    }

    /// Why how long handling took is not shown.
    pub fn time(&self, part: &Figures) -> Option<Kept> {
        if self.is_bare_in(part) {
            return Some(Kept::OnePerson);
        }
        self.keeps_days(None, part).then_some(Kept::Months)
    }

    /// Whether the rows behind a number are shown to somebody who may list cases: not where the number itself is not.
    pub const fn opens(&self, counted: Counted) -> bool {
        let judges = match counted {
            Counted::Handled => true,
            Counted::In(Figure::Closing, part) => matches!(part, Part::Denominator),
            Counted::In(figure, _) => judges(figure),
        };
        self.rates || !judges
    }

    /// Whether a figure (or how long handling took) speaks of residents in days that are no whole months, or in several of which one
    /// keeps it back. What is split or compared is told of single months alone.
    fn keeps_days(&self, figure: Option<Figure>, part: &Figures) -> bool {
        let Some(today) = self.stranger_on else {
            return false;
        };
        let of_people = figure.is_some_and(Figure::is_of_people);
        if !of_people && !can_tell(self.question, part.part.is_some()) {
            return false;
        }
        let compared = match figure {
            Some(Figure::YearOnYear) => part.period.year_before().ok(),
            Some(Figure::PeriodOnPeriod) => part.period.before().ok(),
            _ => None,
        };
        let mut periods = std::iter::once(part.period).chain(compared);
        if periods.any(|period| !is_whole(&period, today)) {
            return true;
        }
        if is_one(&part.period) {
            return false;
        }
        let is_asked = part.part.is_none() && part.period == self.question.period;
        let tells = |months: &Months| is_asked && compared.is_none() && !months.keep(figure);
        !self.months.as_ref().is_some_and(tells)
    }
}

/// Whether a figure says how fast or how well somebody works; what was needed, and whether it was done, says neither. Of a grid
/// that one person serves the share solved on its level is that person's, and those of the other levels tell it.
const fn judges(figure: Figure) -> bool {
    !matches!(
        figure,
        Figure::Closing
            | Figure::Filing
            | Figure::Participation
            | Figure::YearOnYear
            | Figure::PeriodOnPeriod
            | Figure::NeedsSolved
    )
}

/// How many were closed, without how many were due.
const fn closed(value: Value) -> Value {
    match value {
        Value::Ratio(ratio) => Value::Count(ratio.numerator),
        other => other,
    }
}

/// Whether a period is made of whole months of the calendar. The running month is whole up to today and up to its own end, but to no
/// day between them: much is counted by the day it is due, and that day may lie ahead.
pub(super) fn is_whole(period: &Period, today: Date) -> bool {
    let last = period.last();
    let ends = last.next_day().is_none_or(|next| next.day() == 1);
    period.first().day() == 1 && (ends || last == today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::CHINA;
    use time::macros::date;

    #[test]
    fn whole_months_are_whole_and_so_is_the_running_one_up_to_today() {
        let today = date!(2026 - 11 - 23);
        for (first, last, whole) in [
            (date!(2026 - 10 - 01), date!(2026 - 10 - 31), true),
            (date!(2025 - 12 - 01), date!(2026 - 06 - 30), true),
            (date!(2026 - 11 - 01), date!(2026 - 11 - 23), true),
            (date!(2026 - 11 - 01), date!(2026 - 11 - 30), true),
            (date!(2026 - 11 - 01), date!(2026 - 12 - 31), true),
            (date!(2026 - 11 - 01), date!(2026 - 11 - 24), false),
            (date!(2026 - 11 - 01), date!(2026 - 12 - 23), false),
            (date!(2026 - 11 - 01), date!(2026 - 11 - 22), false),
            (date!(2026 - 10 - 02), date!(2026 - 10 - 31), false),
            (date!(2025 - 12 - 01), date!(2026 - 06 - 21), false),
            (date!(2026 - 11 - 23), date!(2026 - 11 - 23), false),
        ] {
            let period = Period::days(first, last, CHINA).expect("in order");
            assert_eq!(is_whole(&period, today), whole, "{first} {last}");
        }
    }

    #[test]
    fn what_judges_work_is_told_from_what_was_needed() {
        let kept: Vec<_> = Figure::ALL
            .into_iter()
            .filter(|one| !judges(*one))
            .collect();
        assert_eq!(kept.len(), 6);
        assert!(
            judges(Figure::OnTimeClosing) && judges(Figure::Rework) && judges(Figure::SolvedMicro)
        );
    }
}
