//! What is asked of the figures: which days, which cases, how to split. Turned once per name into whether it is chosen, and
//! once per sheet into the places that are.

use std::collections::HashSet;

use rules::access::Scope;
use rules::case::Channel;
use rules::figures::{Chosen, Columns, Length, Period, SHEET};
use rules::ids::{CategoryCode, DepartmentId, GridId};

use super::names::Names;
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
    /// The root of the grid subtree, or a grid of another scheme that the tree fits into; none for the whole community.
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
pub(super) struct Choice {
    question: Question,
    grids: Option<HashSet<GridId>>,
    /// How far the asker sees, where rows are shown.
    reach: Reach,
    /// For each name and channel whether it is chosen, 1 or 0.
    grid: Vec<u8>,
    category: Vec<u8>,
    department: Vec<u8>,
    channel: Vec<u8>,
}

/// How far somebody sees, as far as sheets can tell.
enum Reach {
    All,
    Grids(HashSet<GridId>),
    /// One's own, and while one stands in for somebody of another one that as well.
    Departments(Vec<DepartmentId>),
    Nothing,
}

impl Choice {
    /// All cases that are asked for: counts without people have no scope but the community.
    ///
    /// # Errors
    /// `NotFound` for an unknown grid, and for one of another scheme that the tree does not fit into.
    pub fn of(net: &CommunityNet, question: &Question) -> Result<Self, Error> {
        let subtree = |grid: GridId| {
            let counted = net.counted_in(grid).ok_or(Error::NotFound)?;
            Ok::<_, Error>(counted.into_iter().collect())
        };
        let in_channel =
            |channel: &Channel| question.channel.is_none_or(|wanted| wanted == *channel);
        Ok(Self {
            grids: question.grid.map(subtree).transpose()?,
            question: question.clone(),
            reach: Reach::All,
            grid: Vec::new(),
            category: Vec::new(),
            department: Vec::new(),
            channel: Channel::ALL.iter().map(in_channel).map(u8::from).collect(),
        })
    }

    /// Only those that a scope reaches. Work of one's own outside one's grid is not among them: sheets know no owners.
    pub fn within(mut self, net: &CommunityNet, scope: &Scope) -> Self {
        self.reach = match scope {
            _ if scope.community().is_some_and(|own| own != net.id) => Reach::Nothing,
            Scope::Region | Scope::Community(_) => Reach::All,
            Scope::GridSubtree { .. } => {
                Reach::Grids(net.subtrees(&scope.grids()).into_iter().collect())
            }
            Scope::Department {
                department, hands, ..
            } => {
                let others = hands.departments().iter().copied();
                Reach::Departments(std::iter::once(*department).chain(others).collect())
            }
            Scope::Own { .. } | Scope::Receipt { .. } | Scope::Public(_) => Reach::Nothing,
        };
        self
    }

    /// Whether the scope reaches every case that is asked for.
    pub fn is_whole(&self) -> bool {
        match &self.reach {
            Reach::All => true,
            Reach::Grids(seen) => {
                let asked = self.grids.as_ref();
                asked.is_some_and(|asked| asked.is_subset(seen))
            }
            Reach::Departments(own) => match self.question.hands {
                Some(Hands::Department(asked)) => own.contains(&asked),
                _ => false,
            },
            Reach::Nothing => false,
        }
    }

    /// The chosen places of a sheet; `None` where there is none.
    pub fn on(&mut self, names: &Names, columns: &Columns) -> Option<Chosen> {
        self.learn(names);
        let n = columns.n;
        let mut chosen = [0; SHEET];
        chosen[..n].fill(1);
        let filters = [
            (&self.grid, &columns.grid),
            (&self.category, &columns.category),
            (&self.department, &columns.department),
            (&self.channel, &columns.channel),
        ];
        let cuts = |filter: &&(&Vec<u8>, _)| filter.0.contains(&0);
        for (names, column) in filters.iter().filter(cuts) {
            let each = chosen.iter_mut().zip(column.iter()).take(n);
            each.for_each(|(chosen, name)| *chosen &= names[usize::from(*name)]);
        }
        chosen[..n].contains(&1).then_some(chosen)
    }

    /// Looks at the names that are new.
    fn learn(&mut self, names: &Names) {
        for grid in names.grids.from(self.grid.len()) {
            let is = self.has_grid(*grid);
            self.grid.push(u8::from(is));
        }
        for code in names.categories.from(self.category.len()) {
            let wanted = self.question.category.as_ref();
            let is = wanted.is_none_or(|wanted| code.starts_with(wanted.as_str()));
            self.category.push(u8::from(is));
        }
        for department in names.departments.from(self.department.len()) {
            let is = self.has_hands(*department);
            self.department.push(u8::from(is));
        }
    }

    fn has_grid(&self, grid: GridId) -> bool {
        let seen = match &self.reach {
            Reach::Grids(seen) => seen.contains(&grid),
            Reach::Nothing => false,
            Reach::All | Reach::Departments(_) => true,
        };
        seen && self
            .grids
            .as_ref()
            .is_none_or(|grids| grids.contains(&grid))
    }

    fn has_hands(&self, department: Option<DepartmentId>) -> bool {
        let seen = match &self.reach {
            Reach::Departments(seen) => department.is_some_and(|one| seen.contains(&one)),
            _ => true,
        };
        seen && match self.question.hands {
            None => true,
            Some(Hands::Grids) => department.is_none(),
            Some(Hands::Department(wanted)) => department == Some(wanted),
        }
    }
}
