//! The parts of a split: to which part every name belongs, and the places of a sheet in the order of their parts.

use std::collections::BTreeMap;
use std::sync::Arc;

use rules::case::Channel;
use rules::figures::{Chosen, Columns, Counts, Flags, SHEET};
use rules::ids::{CategoryCode, DepartmentId, GridId};

use super::names::Names;
use super::question::{By, Question};
use crate::net::CommunityNet;

/// The parts of a split by their codes, in the order in which they were met.
pub(super) struct Parts {
    net: Arc<CommunityNet>,
    question: Question,
    by: By,
    numbers: BTreeMap<String, usize>,
    /// The part of every name of the list that is split by.
    part: Vec<u16>,
}

/// The chosen places of a sheet in the order of their parts.
pub(super) struct Order {
    /// The part of every place.
    pub part: [u16; SHEET],
    places: [u16; SHEET],
    /// Each part that occurs, with where its places end.
    ends: Vec<(usize, usize)>,
}

impl Parts {
    pub fn new(net: &Arc<CommunityNet>, question: &Question, by: By) -> Self {
        Self {
            net: Arc::clone(net),
            question: question.clone(),
            by,
            numbers: BTreeMap::new(),
            part: Vec::new(),
        }
    }

    /// How many have been met.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The number of a part, if it was met.
    pub fn number(&self, code: &str) -> Option<usize> {
        self.numbers.get(code).copied()
    }

    /// Takes up the parts that another counter met; gives for each of its numbers the one here.
    pub fn take_up(&mut self, other: &Self) -> Vec<usize> {
        let mut numbers = vec![0; other.len()];
        for (code, number) in &other.numbers {
            let next = self.numbers.len();
            numbers[*number] = *self.numbers.entry(code.clone()).or_insert(next);
        }
        numbers
    }

    /// The codes in their order, each with its number.
    pub fn in_order(&self) -> impl Iterator<Item = (&String, usize)> {
        self.numbers.iter().map(|(code, number)| (code, *number))
    }

    /// The part of every chosen place of a sheet.
    pub fn on(&mut self, names: &Names, columns: &Columns, chosen: &Chosen) -> [u16; SHEET] {
        self.learn(names);
        let mut parts = [0; SHEET];
        let column = match self.by {
            By::Category => &columns.category,
            By::Department => &columns.department,
            By::Channel => &columns.channel,
            By::Grid => &columns.grid,
            // Times overlap in what is due and done, so each is counted by itself.
            By::Time(_) => return parts,
        };
        for at in (0..columns.n).filter(|at| chosen[*at] == 1) {
            parts[at] = self.part[usize::from(column[at])];
        }
        parts
    }

    /// Looks at the names that are new.
    fn learn(&mut self, names: &Names) {
        let known = self.part.len();
        let codes: Vec<String> = match self.by {
            By::Category => {
                let code = |code: &String| category_part(&self.net, &self.question, code);
                names.categories.from(known).iter().map(code).collect()
            }
            By::Department => {
                let code = |id: &Option<DepartmentId>| {
                    let department = id.and_then(|id| self.net.department(id));
                    department.map_or_else(String::new, |one| one.code.clone())
                };
                names.departments.from(known).iter().map(code).collect()
            }
            By::Channel => Channel::ALL
                .iter()
                .skip(known)
                .map(|one| one.as_str().to_owned())
                .collect(),
            By::Grid => {
                let code = |id: &GridId| grid_part(&self.net, &self.question, *id);
                names.grids.from(known).iter().map(code).collect()
            }
            By::Time(_) => Vec::new(),
        };
        for code in codes {
            let next = self.numbers.len();
            let number = *self.numbers.entry(code).or_insert(next);
            self.part.push(u16::try_from(number).unwrap_or(u16::MAX));
        }
    }
}

impl Order {
    /// The chosen places of a sheet, of which each belongs to one of so many parts.
    pub fn of(part: [u16; SHEET], many: usize, n: usize, chosen: &Chosen) -> Self {
        let mut order = Self {
            part,
            places: [0; SHEET],
            ends: Vec::new(),
        };
        let mut starts = vec![0_usize; many];
        let places = || (0..n).filter(|at| chosen[*at] == 1);
        for at in places() {
            starts[usize::from(part[at])] += 1;
        }
        let mut end = 0;
        for (part, start) in starts.iter_mut().enumerate().filter(|(_, n)| **n > 0) {
            end += std::mem::replace(start, end);
            order.ends.push((part, end));
        }
        for at in places() {
            let next = &mut starts[usize::from(part[at])];
            order.places[*next] = at as u16;
            *next += 1;
        }
        order
    }

    /// For each part that occurs what its cases come to.
    pub fn sums(&self, flags: &Flags) -> impl Iterator<Item = (usize, Counts)> {
        let mut start = 0;
        self.ends.iter().map(move |(part, end)| {
            let places = &self.places[start..*end];
            start = *end;
            (*part, flags.sums_at(places))
        })
    }
}

/// The parts of one split within those of another, each pair with a number of its own.
#[derive(Default)]
pub(super) struct Pairs {
    numbers: Vec<Vec<Option<u16>>>,
    many: u16,
}

impl Pairs {
    /// The number of a pair, a new one if it was not met.
    pub fn put(&mut self, outer: u16, inner: u16) -> u16 {
        let (outer, inner) = (usize::from(outer), usize::from(inner));
        if self.numbers.len() <= outer {
            self.numbers.resize(outer + 1, Vec::new());
        }
        let row = &mut self.numbers[outer];
        if row.len() <= inner {
            row.resize(inner + 1, None);
        }
        let next = self.many;
        *row[inner].get_or_insert_with(|| {
            self.many = next.saturating_add(1);
            next
        })
    }

    /// Takes up the pairs that another counter met, whose outer and inner parts have these numbers here; gives for each of its
    /// pairs the number here.
    pub fn take_up(&mut self, other: &Self, outer: &[usize], inner: &[usize]) -> Vec<usize> {
        let mut numbers = vec![0; other.len()];
        for (row, outer) in other.numbers.iter().zip(outer) {
            for (pair, inner) in row.iter().zip(inner) {
                if let Some(pair) = pair {
                    // Parts and pairs are numbered by sixteen bits.
                    let here = self.put(*outer as u16, *inner as u16);
                    numbers[usize::from(*pair)] = usize::from(here);
                }
            }
        }
        numbers
    }

    /// The number of a pair, if it was met.
    pub fn get(&self, outer: usize, inner: usize) -> Option<usize> {
        self.numbers.get(outer)?.get(inner)?.map(usize::from)
    }

    /// How many have been met.
    pub fn len(&self) -> usize {
        usize::from(self.many)
    }
}

/// The class; the category itself where a class or category was chosen.
fn category_part(net: &CommunityNet, question: &Question, code: &str) -> String {
    let parsed: Option<CategoryCode> = code.parse().ok();
    let found = parsed
        .as_ref()
        .zip(net.catalogue())
        .and_then(|(code, catalogue)| catalogue.category(code));
    match (found, &question.category) {
        (Some(category), None) => category.class_code.as_str().to_owned(),
        (None, None) => String::new(),
        (_, Some(_)) => code.to_owned(),
    }
}

/// The grid directly below the chosen one on the way down to a case; the chosen one for what lies in itself.
fn grid_part(net: &CommunityNet, question: &Question, grid: GridId) -> String {
    let top = question.grid.or_else(|| net.root().map(|root| root.id));
    let way = net.way(grid);
    let parts = top.map_or(&[][..], |top| net.parts(top));
    let part = way.iter().position(|one| parts.contains(&one.id));
    let part = part.unwrap_or(0);
    way.get(part)
        .map_or_else(String::new, |one| one.code.as_str().to_owned())
}
