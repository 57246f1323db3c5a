//! A sheet holds a few hundred cases in the order of their ids: the ids, what is counted of each in columns, and short lists
//! of the grids, categories and departments that stand in them. No word, no owner, no person.

use super::columns::{Columns, SHEET};
use super::day::DayFacts;
use crate::case::Channel;
use crate::ids::{CaseId, DepartmentId, GridId};

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

/// The cases of a stretch of ids, [`SHEET`] at most. Grids, categories and departments stand once each in their own short list.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "a list of what it names")]
pub struct Sheet {
    pub ids: Vec<CaseId>,
    pub grids: Vec<GridId>,
    pub categories: Vec<String>,
    pub departments: Vec<Option<DepartmentId>>,
    /// What is counted of each, in the order of the ids.
    pub columns: Columns,
}

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
        self.columns.facts(at)
    }

    /// The case at a place; none behind the last.
    pub fn counted(&self, at: usize) -> Option<Counted> {
        let columns = &self.columns;
        let channel = Channel::ALL.get(usize::from(columns.channel[at]));
        let department = usize::from(columns.department[at]);
        Some(Counted {
            id: *self.ids.get(at)?,
            grid: *self.grids.get(usize::from(columns.grid[at]))?,
            category: self
                .categories
                .get(usize::from(columns.category[at]))?
                .clone(),
            department: *self.departments.get(department)?,
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
                self.columns.make_room(at);
                self.ids.insert(at, case.id);
                at
            }
        };
        let columns = &mut self.columns;
        columns.keep(at, &case.facts);
        columns.grid[at] = place(&mut self.grids, &case.grid);
        columns.category[at] = place(&mut self.categories, &case.category);
        columns.department[at] = place(&mut self.departments, &case.department);
        let channel = Channel::ALL.iter().position(|one| *one == case.channel);
        columns.channel[at] = channel.and_then(|at| u16::try_from(at).ok()).unwrap_or(0);
        true
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
