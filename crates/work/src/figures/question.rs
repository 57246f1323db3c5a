//! What is asked of the figures: which days, which cases, how to split. Turned once per sheet into the places that are
//! chosen and the part each belongs to.

use std::collections::{BTreeMap, HashSet};

use rules::access::Scope;
use rules::case::Channel;
use rules::figures::{Codes, Length, Period, SHEET, Sheet};
use rules::ids::{CategoryCode, DepartmentId, GridId};

use crate::Error;
use crate::net::CommunityNet;

/// By what the figures are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The class of the category 大类; the categories of a class, where one was chosen.
    Category,
    /// The department the task lies with.
    Department,
    /// On which way it came.
    Channel,
    /// The grids directly below the chosen one. Counts only: a grid is often one person, and a person has no rate.
    Grid,
    /// The months, weeks or days of the period.
    Time(Length),
}

/// In whose hands a task lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    /// The grids' own.
    Grids,
    /// A department's.
    Department(DepartmentId),
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// The days.
    pub period: Period,
    /// The root of the grid subtree; none for the whole community.
    pub grid: Option<GridId>,
    /// A category, or the class whose code begins so.
    pub category: Option<CategoryCode>,
    /// Only tasks that lie there.
    pub hands: Option<Hands>,
    /// Only what came so.
    pub channel: Option<Channel>,
    /// How to split.
    pub by: Option<By>,
}

impl Question {
    /// Everything that happened in a period.
    pub const fn of(period: Period) -> Self {
        Self {
            period,
            grid: None,
            category: None,
            hands: None,
            channel: None,
            by: None,
        }
    }
}

/// Which cases are chosen.
pub(super) struct Choice<'a> {
    question: &'a Question,
    grids: Option<HashSet<GridId>>,
    /// How far the asker sees, where rows are shown.
    reach: Reach,
}

/// How far somebody sees, as far as sheets can tell.
enum Reach {
    All,
    Grids(HashSet<GridId>),
    Department(DepartmentId),
    Nothing,
}

impl<'a> Choice<'a> {
    /// All cases that are asked for: counts without people have no scope but the community.
    pub fn of(net: &CommunityNet, question: &'a Question) -> Result<Self, Error> {
        let subtree = |grid: GridId| {
            net.grid(grid).ok_or(Error::NotFound)?;
            Ok::<_, Error>(net.subtree(grid).into_iter().collect())
        };
        Ok(Self {
            question,
            grids: question.grid.map(subtree).transpose()?,
            reach: Reach::All,
        })
    }

    /// Only those that a scope reaches. Work of one's own outside one's grid is not among them: sheets know no owners.
    pub fn within(mut self, net: &CommunityNet, scope: &Scope) -> Self {
        self.reach = match *scope {
            _ if scope.community().is_some_and(|own| own != net.id) => Reach::Nothing,
            Scope::Region | Scope::Community(_) => Reach::All,
            Scope::GridSubtree { grid, .. } => {
                Reach::Grids(net.subtree(grid).into_iter().collect())
            }
            Scope::Department { department, .. } => Reach::Department(department),
            Scope::Own { .. } | Scope::Receipt { .. } | Scope::Public(_) => Reach::Nothing,
        };
        self
    }

    /// The chosen places of a sheet; `None` where there is none.
    pub fn on(&self, sheet: &Sheet) -> Option<Codes> {
        let asked = self.question;
        let in_grids = |grid: &GridId| {
            let seen = match &self.reach {
                Reach::Grids(seen) => seen.contains(grid),
                Reach::Nothing => false,
                Reach::All | Reach::Department(_) => true,
            };
            seen && self.grids.as_ref().is_none_or(|grids| grids.contains(grid))
        };
        let in_category = |code: &String| {
            let wanted = asked.category.as_ref();
            wanted.is_none_or(|wanted| code.starts_with(wanted.as_str()))
        };
        let in_hands = |department: &Option<DepartmentId>| {
            let seen = match self.reach {
                Reach::Department(own) => *department == Some(own),
                _ => true,
            };
            seen && match asked.hands {
                None => true,
                Some(Hands::Grids) => department.is_none(),
                Some(Hands::Department(wanted)) => *department == Some(wanted),
            }
        };
        let in_channel = |channel: &Channel| asked.channel.is_none_or(|wanted| wanted == *channel);
        let grids = bits(&sheet.grids, in_grids);
        let categories = bits(&sheet.categories, in_category);
        let departments = bits(&sheet.departments, in_hands);
        let channels = bits(&Channel::ALL, in_channel);
        let mut chosen = [0; SHEET];
        let mut any = 0;
        for (at, chosen) in chosen.iter_mut().enumerate().take(sheet.len()) {
            *chosen = grids[usize::from(sheet.grid[at])]
                & categories[usize::from(sheet.category[at])]
                & departments[usize::from(sheet.department[at])]
                & channels[usize::from(sheet.channel[at])];
            any |= *chosen;
        }
        (any == 1).then_some(chosen)
    }
}

fn bits<T>(list: &[T], is: impl Fn(&T) -> bool) -> Vec<u8> {
    list.iter().map(|one| u8::from(is(one))).collect()
}

/// The parts of a split by their codes, in the order in which they were met.
#[derive(Default)]
pub(super) struct Parts {
    numbers: BTreeMap<String, usize>,
}

impl Parts {
    /// The part of every case of a sheet.
    pub fn on(
        &mut self,
        net: &CommunityNet,
        question: &Question,
        by: By,
        sheet: &Sheet,
    ) -> Vec<usize> {
        let mut number = |code: String| {
            let next = self.numbers.len();
            *self.numbers.entry(code).or_insert(next)
        };
        let (list, column): (Vec<usize>, &[u16; SHEET]) = match by {
            By::Category => {
                let code = |code: &String| category_part(net, question, code);
                let numbers = sheet.categories.iter().map(code).map(&mut number);
                (numbers.collect(), &sheet.category)
            }
            By::Department => {
                let code = |id: &Option<DepartmentId>| {
                    let department = id.and_then(|id| net.department(id));
                    department.map_or_else(String::new, |one| one.code.clone())
                };
                let numbers = sheet.departments.iter().map(code).map(&mut number);
                (numbers.collect(), &sheet.department)
            }
            By::Channel => {
                let codes = Channel::ALL.iter().map(|one| one.as_str().to_owned());
                (codes.map(&mut number).collect(), &sheet.channel)
            }
            By::Grid => {
                let code = |id: &GridId| grid_part(net, question, *id);
                let numbers = sheet.grids.iter().map(code).map(&mut number);
                (numbers.collect(), &sheet.grid)
            }
            // Times overlap in what is due and done, so each is counted by itself.
            By::Time(_) => return vec![0; sheet.len()],
        };
        let at = |at: &u16| list[usize::from(*at)];
        column.iter().take(sheet.len()).map(at).collect()
    }

    /// How many have been met.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The codes in their order, each with its number.
    pub fn in_order(self) -> impl Iterator<Item = (String, usize)> {
        self.numbers.into_iter()
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
    let below = way.iter().position(|one| Some(one.id) == top);
    let part = below.map_or(0, |at| at.saturating_sub(1));
    way.get(part)
        .map_or_else(String::new, |one| one.code.as_str().to_owned())
}
