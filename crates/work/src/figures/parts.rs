//! The parts of a split: to which part every name belongs.

use std::collections::BTreeMap;
use std::sync::Arc;

use rules::case::Channel;
use rules::figures::{Columns, SHEET};
use rules::ids::{CategoryCode, DepartmentId, GridId};

use super::names::Names;
use super::question::{By, Question};
use super::touch::{part_touches, question_touches};
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

    /// Of each part by its number whether its cases are such as tell of persons.
    pub fn touching(&self) -> Vec<bool> {
        let all = question_touches(&self.net, &self.question);
        let mut touching = vec![all; self.len()];
        for (code, number) in &self.numbers {
            touching[*number] |= self.touches(code);
        }
        touching
    }

    /// The same of one part, by what it is alone.
    pub fn touches(&self, code: &str) -> bool {
        part_touches(&self.net, self.by, code)
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

    /// The part of every place of a sheet.
    pub fn on(&mut self, names: &Names, columns: &Columns) -> [u16; SHEET] {
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
        let each = parts.iter_mut().zip(column).take(columns.n);
        each.for_each(|(part, name)| *part = self.part[usize::from(*name)]);
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

/// The parts of one split within those of another, each pair that was met with a number of its own.
#[derive(Default)]
pub(super) struct Pairs {
    /// A row for every outer part, a place for every inner one.
    numbers: Vec<u16>,
    inner: usize,
    many: u16,
}

/// A pair that was not met.
const UNMET: u16 = u16::MAX;

impl Pairs {
    /// The number of a pair, a new one if it was not met.
    #[inline]
    pub fn put(&mut self, outer: u16, inner: u16) -> u16 {
        let (outer, inner) = (usize::from(outer), usize::from(inner));
        let at = outer * self.inner + inner;
        if inner >= self.inner || at >= self.numbers.len() {
            return self.widen(outer, inner);
        }
        match self.numbers[at] {
            UNMET => self.meet(at),
            number => number,
        }
    }

    /// Makes room for a pair, with as much again for those to come.
    #[cold]
    fn widen(&mut self, outer: usize, inner: usize) -> u16 {
        if inner >= self.inner {
            let wide = (2 * (inner + 1)).max(8);
            let rows = self.numbers.chunks(self.inner.max(1));
            let wider = rows.flat_map(|row| {
                let room = std::iter::repeat_n(UNMET, wide - row.len());
                row.iter().copied().chain(room)
            });
            (self.numbers, self.inner) = (wider.collect(), wide);
        }
        let rows = (outer + 1) * self.inner;
        if self.numbers.len() < rows {
            self.numbers.resize(rows, UNMET);
        }
        match self.numbers[outer * self.inner + inner] {
            UNMET => self.meet(outer * self.inner + inner),
            number => number,
        }
    }

    fn meet(&mut self, at: usize) -> u16 {
        let next = self.many;
        self.numbers[at] = next;
        self.many = next.saturating_add(1);
        next
    }

    /// Takes up the pairs that another counter met, whose outer and inner parts have these numbers here; gives for each of its
    /// pairs the number here.
    pub fn take_up(&mut self, other: &Self, outer: &[usize], inner: &[usize]) -> Vec<usize> {
        let mut numbers = vec![0; other.len()];
        let rows = other.numbers.chunks(other.inner.max(1));
        for (row, outer) in rows.zip(outer) {
            for (pair, inner) in row.iter().zip(inner).filter(|(pair, _)| **pair != UNMET) {
                // Parts and pairs are numbered by sixteen bits.
                let here = self.put(*outer as u16, *inner as u16);
                numbers[usize::from(*pair)] = usize::from(here);
            }
        }
        numbers
    }

    /// The number of a pair, if it was met.
    pub fn get(&self, outer: usize, inner: usize) -> Option<usize> {
        let at = Some(outer * self.inner + inner).filter(|_| inner < self.inner)?;
        let number = self.numbers.get(at)?;
        (*number != UNMET).then_some(usize::from(*number))
    }

    /// Each inner part with the number of every pair that it was met in.
    pub fn all(&self) -> impl Iterator<Item = (usize, usize)> {
        let places = self.numbers.iter().enumerate();
        let met = places.filter(|(_, pair)| **pair != UNMET);
        met.map(|(at, pair)| (at % self.inner.max(1), usize::from(*pair)))
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
