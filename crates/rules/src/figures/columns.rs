//! Many cases as columns, so that a figure is counted by running down two or three of them: days, marks, lengths, and the
//! places of grid, category and department in lists that stand beside them. No id, no word, no person.

use super::day::{DayFacts, Look, NEVER, STEPS, Span, Step, Window, mark};
use super::figure::Figure;

/// Cases on a sheet at most.
pub const SHEET: usize = 512;

/// Columns of at most [`SHEET`] cases. What stands behind the last case means nothing.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "a column of what it names")]
pub struct Columns {
    /// How many cases.
    pub n: usize,
    pub days: [[u16; SHEET]; STEPS],
    /// The lower and the upper half of the marks, so that days and marks are equally wide and many are looked at together.
    pub marks: [[u16; SHEET]; 2],
    pub calendar: [u32; SHEET],
    pub working: [u32; SHEET],
    pub grid: [u16; SHEET],
    pub category: [u16; SHEET],
    pub department: [u16; SHEET],
    pub channel: [u16; SHEET],
}

impl Default for Columns {
    fn default() -> Self {
        Self {
            n: 0,
            days: [[NEVER; SHEET]; STEPS],
            marks: [[0; SHEET]; 2],
            calendar: [u32::MAX; SHEET],
            working: [u32::MAX; SHEET],
            grid: [0; SHEET],
            category: [0; SHEET],
            department: [0; SHEET],
            channel: [0; SHEET],
        }
    }
}

impl PartialEq for Columns {
    fn eq(&self, other: &Self) -> bool {
        let n = self.n;
        let narrow = |columns: &'_ Self| columns.days.into_iter().chain(columns.marks);
        let days = narrow(self).zip(narrow(other));
        let wide = self.wide().into_iter().zip(other.wide());
        let places = self.places().into_iter().zip(other.places());
        n == other.n
            && days.into_iter().all(|(one, other)| one[..n] == other[..n])
            && wide.into_iter().all(|(one, other)| one[..n] == other[..n])
            && places
                .into_iter()
                .all(|(one, other)| one[..n] == other[..n])
    }
}

/// The first and the last day of each step; none has a first behind its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretches {
    steps: [(u16, u16); STEPS],
    all: (u16, u16),
}

impl Stretches {
    /// Whether a step of any case can lie between two days.
    pub fn near(&self, step: Step, first: u16, last: u16) -> bool {
        let own = self.steps[step as usize];
        own.0 <= last && first <= own.1
    }

    /// Whether any step of any case can lie in one of the spans of a window.
    pub fn meet(&self, window: &Window) -> bool {
        let spans = [window.period, window.before, window.year_before];
        let near = |span: &Span| self.all.0 <= span.last && span.first <= self.all.1;
        spans.iter().any(near)
    }

    /// Whether a step of every case, if it happened at all, lies between two days.
    pub fn within(&self, step: Step, first: u16, last: u16) -> bool {
        let own = self.steps[step as usize];
        let never = own.0 > own.1;
        never || (first <= own.0 && own.1 <= last)
    }
}

/// A place in the columns, as counting looks at it.
struct Row<'a> {
    columns: &'a Columns,
    at: usize,
}

impl Look for Row<'_> {
    #[inline(always)]
    fn day(&self, step: Step) -> u16 {
        self.columns.days[step as usize][self.at]
    }

    #[inline(always)]
    fn marks(&self) -> u32 {
        self.columns.marks(self.at)
    }

    #[inline(always)]
    fn is(&self, mark: u32) -> bool {
        let [low, high] = &self.columns.marks;
        let [own, upper] = halves(mark);
        (low[self.at] & own) | (high[self.at] & upper) != 0
    }
}

/// The lower and the upper half of marks.
#[inline(always)]
fn halves(marks: u32) -> [u16; 2] {
    [marks as u16, (marks >> 16) as u16]
}

/// For each place: 1 for a case that is asked for, else 0.
pub type Chosen = [u8; SHEET];

impl Columns {
    /// The columns of whole numbers: minutes by the clock, working minutes.
    pub(super) fn wide(&self) -> [&[u32; SHEET]; 2] {
        [&self.calendar, &self.working]
    }

    /// The marks of the case at a place.
    #[inline(always)]
    pub fn marks(&self, at: usize) -> u32 {
        u32::from(self.marks[0][at]) | u32::from(self.marks[1][at]) << 16
    }

    /// Writes the marks of the case at a place.
    #[inline(always)]
    pub fn mark(&mut self, at: usize, marks: u32) {
        let [low, high] = halves(marks);
        (self.marks[0][at], self.marks[1][at]) = (low, high);
    }

    /// The columns of places in lists: grid, category, department, channel.
    pub(super) fn places(&self) -> [&[u16; SHEET]; 4] {
        [&self.grid, &self.category, &self.department, &self.channel]
    }

    /// What is kept of the case at a place.
    pub fn facts(&self, at: usize) -> DayFacts {
        DayFacts {
            days: std::array::from_fn(|step| self.days[step][at]),
            marks: self.marks(at),
            calendar: self.calendar[at],
            working: self.working[at],
        }
    }

    /// Writes what is kept of a case.
    pub(super) fn keep(&mut self, at: usize, facts: &DayFacts) {
        for (column, day) in self.days.iter_mut().zip(facts.days) {
            column[at] = day;
        }
        self.mark(at, facts.marks);
        self.calendar[at] = facts.calendar;
        self.working[at] = facts.working;
    }

    /// Moves everything from a place on by one.
    pub(super) fn make_room(&mut self, at: usize) {
        let end = self.n;
        for column in self.days.iter_mut().chain(&mut self.marks) {
            column.copy_within(at..end, at + 1);
        }
        for column in [&mut self.calendar, &mut self.working] {
            column.copy_within(at..end, at + 1);
        }
        for column in [
            &mut self.grid,
            &mut self.category,
            &mut self.department,
            &mut self.channel,
        ] {
            column.copy_within(at..end, at + 1);
        }
        self.n += 1;
    }

    /// The first and the last day of each step.
    pub fn stretches(&self) -> Stretches {
        let mut stretches = [(NEVER, 0); STEPS];
        for (own, column) in stretches.iter_mut().zip(&self.days) {
            for day in &column[..self.n] {
                let last = if *day == NEVER { 0 } else { *day };
                *own = (own.0.min(*day), own.1.max(last));
            }
        }
        let all = stretches
            .iter()
            .fold((NEVER, 0), |all, own| (all.0.min(own.0), all.1.max(own.1)));
        Stretches {
            steps: stretches,
            all,
        }
    }

    /// Writes for each case where it stands in a figure, in two bits from this one on.
    pub(super) fn flag(&self, figure: Figure, window: &Window, flags: &mut [u8; SHEET], bit: u32) {
        /// One loop for each figure, so that inside of it there is nothing left to decide.
        macro_rules! each {
            ($($name:ident)*) => {
                match figure { $(Figure::$name => for at in 0..SHEET {
                    let row = Row { columns: self, at };
                    let due = u8::from(Figure::$name.is_due(&row, window));
                    let met = due & u8::from(Figure::$name.is_met(&row, window));
                    flags[at] |= (due | met << 1) << bit;
                }),* }
            };
        }
        each!(Closing OnTimeClosing Handling OnTimeHandling Rework Filing AccurateFiling OnTimeDispatch AccurateDispatch
            OnTimeVerify OnTimeCheck Response Resolution Satisfaction Participation ProactiveDiscovery MissedReports
            SolvedMicro SolvedGeneral SolvedCommunity SolvedAbove YearOnYear PeriodOnPeriod NeedsSolved)
    }

    /// Hands over how long each chosen case took that was handled in the period and counts.
    pub fn lengths(&self, window: &Window, chosen: &Chosen, mut take: impl FnMut(usize, u32, u32)) {
        let handled = &self.days[Step::Handled as usize];
        for (at, chosen) in chosen.iter().enumerate().take(self.n) {
            let counts = self.marks(at) & (mark::LIVE | mark::EXEMPT) == mark::LIVE;
            if *chosen == 1
                && counts
                && window.period.has(handled[at])
                && self.calendar[at] != u32::MAX
            {
                take(at, self.calendar[at], self.working[at]);
            }
        }
    }
}
