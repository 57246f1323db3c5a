//! The grids, categories and departments of a community's sheets, each once: columns in memory hold their places in these
//! lists. A name keeps its place, so columns that were packed before a new one came stay right.

use std::collections::HashMap;
use std::hash::Hash;

use rules::figures::{Columns, Sheet};
use rules::ids::{DepartmentId, GridId};

/// A list in which every value stands once.
#[derive(Clone, Debug)]
pub struct List<T> {
    values: Vec<T>,
    places: HashMap<T, u16>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            places: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> List<T> {
    /// The values from a place on.
    pub fn from(&self, place: usize) -> &[T] {
        self.values.get(place..).unwrap_or_default()
    }

    fn place(&mut self, value: &T) -> u16 {
        if let Some(place) = self.places.get(value) {
            return *place;
        }
        // No community has that many grids, categories or departments.
        let place = u16::try_from(self.values.len()).unwrap_or(u16::MAX);
        self.values.push(value.clone());
        self.places.insert(value.clone(), place);
        place
    }
}

/// The lists of one community.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Where cases lie.
    pub grids: List<GridId>,
    /// Their categories; empty before they have one.
    pub categories: List<String>,
    /// With whom their tasks lie; none for the grids themselves.
    pub departments: List<Option<DepartmentId>>,
}

impl Names {
    /// The columns of a sheet, with places in these lists instead of its own.
    pub fn take(&mut self, sheet: Sheet) -> Columns {
        let mut columns = sheet.columns;
        let n = columns.n;
        moved(&mut columns.grid[..n], &mut self.grids, &sheet.grids);
        let own = &sheet.categories;
        moved(&mut columns.category[..n], &mut self.categories, own);
        let own = &sheet.departments;
        moved(&mut columns.department[..n], &mut self.departments, own);
        columns
    }
}

/// Puts the places in one list where those in another stood.
fn moved<T: Clone + Eq + Hash>(column: &mut [u16], list: &mut List<T>, own: &[T]) {
    let places: Vec<u16> = own.iter().map(|value| list.place(value)).collect();
    for place in column {
        *place = places[usize::from(*place)];
    }
}
