//! Many cases as columns: a sheet holds a few hundred of them in the order of their ids, so that a figure is counted by
//! running down two or three columns. Holds ids, days, marks and codes; no word, no owner, no person.

use super::day::{DayFacts, Look, NEVER, STEPS, Step, Window, mark};
use super::figure::Figure;
use super::length::Lengths;
use crate::case::Channel;
use crate::ids::{CaseId, DepartmentId, GridId};

/// Cases on a sheet at most.
pub const SHEET: usize = 512;

/// A case with where it is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// Which.
    pub id: CaseId,
    /// Where it lies.
    pub grid: GridId,
    /// The code of its category; empty before it has one.
    pub category: String,
    /// With which department its task lies.
    pub department: Option<DepartmentId>,
    /// On which way it came.
    pub channel: Channel,
    /// What is counted of it.
    pub facts: DayFacts,
}

/// Columns of at most [`SHEET`] cases. Grids, categories and departments stand once each in their own short list.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "a column of what it names")]
pub struct Sheet {
    pub ids: Vec<CaseId>,
    pub grids: Vec<GridId>,
    pub categories: Vec<String>,
    pub departments: Vec<Option<DepartmentId>>,
    pub days: [[u16; SHEET]; STEPS],
    pub marks: [u32; SHEET],
    pub calendar: [u32; SHEET],
    pub working: [u32; SHEET],
    pub grid: [u16; SHEET],
    pub category: [u16; SHEET],
    pub department: [u16; SHEET],
    pub channel: [u16; SHEET],
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            ids: Vec::new(),
            grids: Vec::new(),
            categories: Vec::new(),
            departments: Vec::new(),
            days: [[NEVER; SHEET]; STEPS],
            marks: [0; SHEET],
            calendar: [u32::MAX; SHEET],
            working: [u32::MAX; SHEET],
            grid: [0; SHEET],
            category: [0; SHEET],
            department: [0; SHEET],
            channel: [0; SHEET],
        }
    }
}

/// A place on a sheet, as counting looks at it.
struct Row<'a> {
    sheet: &'a Sheet,
    at: usize,
}

impl Look for Row<'_> {
    #[inline(always)]
    fn day(&self, step: Step) -> u16 {
        self.sheet.days[step as usize][self.at]
    }

    #[inline(always)]
    fn marks(&self) -> u32 {
        self.sheet.marks[self.at]
    }
}

/// For each place of a sheet: 0 outside, 1 in the denominator only, 2 in the numerator.
pub type Codes = [u8; SHEET];

impl Sheet {
    /// How many cases it holds.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Where a case stands, or where it would.
    ///
    /// # Errors
    /// The place it would have.
    pub fn find(&self, id: CaseId) -> Result<usize, usize> {
        self.ids.binary_search(&id)
    }

    /// What is kept of the case at a place.
    pub fn facts(&self, at: usize) -> DayFacts {
        DayFacts {
            days: std::array::from_fn(|step| self.days[step][at]),
            marks: self.marks[at],
            calendar: self.calendar[at],
            working: self.working[at],
        }
    }

    /// The case at a place; none behind the last.
    pub fn counted(&self, at: usize) -> Option<Counted> {
        let channel = Channel::ALL.get(usize::from(self.channel[at]));
        Some(Counted {
            id: *self.ids.get(at)?,
            grid: *self.grids.get(usize::from(self.grid[at]))?,
            category: self.categories.get(usize::from(self.category[at]))?.clone(),
            department: *self.departments.get(usize::from(self.department[at]))?,
            channel: *channel?,
            facts: self.facts(at),
        })
    }

    /// Keeps a case, over what was kept of it. `false` if the sheet is full.
    pub fn put(&mut self, case: &Counted) -> bool {
        let at = match self.find(case.id) {
            Ok(at) => at,
            Err(_) if self.len() == SHEET => return false,
            Err(at) => {
                self.make_room(at);
                self.ids.insert(at, case.id);
                at
            }
        };
        for (column, day) in self.days.iter_mut().zip(case.facts.days) {
            column[at] = day;
        }
        self.marks[at] = case.facts.marks;
        self.calendar[at] = case.facts.calendar;
        self.working[at] = case.facts.working;
        self.grid[at] = place(&mut self.grids, &case.grid);
        self.category[at] = place(&mut self.categories, &case.category);
        self.department[at] = place(&mut self.departments, &case.department);
        let channel = Channel::ALL.iter().position(|one| *one == case.channel);
        self.channel[at] = channel.and_then(|at| u16::try_from(at).ok()).unwrap_or(0);
        true
    }

    /// Moves everything from a place on by one.
    fn make_room(&mut self, at: usize) {
        let end = self.len();
        for column in &mut self.days {
            column.copy_within(at..end, at + 1);
        }
        for column in [&mut self.marks, &mut self.calendar, &mut self.working] {
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
    }

    /// Takes the upper half off to a sheet of its own.
    pub fn halve(&mut self) -> Sheet {
        let (mut lower, mut upper) = (Sheet::default(), Sheet::default());
        for at in 0..self.len() {
            let half = if at < self.len() / 2 {
                &mut lower
            } else {
                &mut upper
            };
            if let Some(case) = self.counted(at) {
                half.put(&case);
            }
        }
        *self = lower;
        upper
    }

    /// The first and the last day that anything on it has; a sheet without any has an empty stretch.
    pub fn stretch(&self) -> (u16, u16) {
        let days = || self.days.iter().flatten().filter(|day| **day != NEVER);
        (
            days().min().copied().unwrap_or(NEVER),
            days().max().copied().unwrap_or(0),
        )
    }

    /// Whether anything on it can count in a window, given its stretch.
    pub fn matters(stretch: (u16, u16), window: &Window) -> bool {
        window.touches(stretch.0, stretch.1)
    }

    /// Where each case stands in a figure; `chosen` is 1 for cases that are asked for, else 0.
    pub fn codes(&self, figure: Figure, window: &Window, chosen: &Codes) -> Codes {
        /// One loop for each figure, so that inside of it there is nothing left to decide.
        macro_rules! each {
            ($($name:ident)*) => {
                match figure { $(Figure::$name => self.run(Figure::$name, window, chosen)),* }
            };
        }
        each!(Closing OnTimeClosing Handling OnTimeHandling Rework Filing AccurateFiling OnTimeDispatch AccurateDispatch
            OnTimeVerify OnTimeCheck Response Resolution Satisfaction Participation ProactiveDiscovery MissedReports
            SolvedMicro SolvedGeneral SolvedCommunity SolvedAbove YearOnYear PeriodOnPeriod NeedsSolved)
    }

    #[inline(always)]
    fn run(&self, figure: Figure, window: &Window, chosen: &Codes) -> Codes {
        let mut codes = [0; SHEET];
        for at in 0..SHEET {
            let row = Row { sheet: self, at };
            let due = u8::from(figure.is_due(&row, window)) & chosen[at];
            codes[at] = due + (due & u8::from(figure.is_met(&row, window)));
        }
        codes
    }

    /// Hands over how long each chosen case took that was handled in the period and counts.
    pub fn lengths(&self, window: &Window, chosen: &Codes, mut take: impl FnMut(usize, u32, u32)) {
        let handled = &self.days[Step::Handled as usize];
        for (at, chosen) in chosen.iter().enumerate().take(self.len()) {
            let counts = self.marks[at] & (mark::LIVE | mark::EXEMPT) == mark::LIVE;
            if *chosen == 1
                && counts
                && window.period.has(handled[at])
                && self.calendar[at] != u32::MAX
            {
                take(at, self.calendar[at], self.working[at]);
            }
        }
    }

    /// All lengths of the chosen cases together.
    pub fn all_lengths(&self, window: &Window, chosen: &Codes, into: &mut Lengths) {
        self.lengths(window, chosen, |_, calendar, working| {
            into.push(calendar, working)
        });
    }
}

/// Denominator and numerator alone: how many codes are 2, how many are 1.
pub fn sum(codes: &Codes) -> (u64, u64) {
    let (mut met, mut due) = (0_u16, 0_u16);
    for code in codes {
        met += u16::from(*code == 2);
        due += u16::from(*code == 1);
    }
    (u64::from(met), u64::from(due))
}

/// Where a value stands in a short list, at its end if it is new.
fn place<T: Clone + PartialEq>(list: &mut Vec<T>, value: &T) -> u16 {
    let at = list.iter().position(|one| one == value).unwrap_or_else(|| {
        list.push(value.clone());
        list.len() - 1
    });
    // No community has that many grids, categories or departments.
    u16::try_from(at).unwrap_or(0)
}
