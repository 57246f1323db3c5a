//! How far somebody sees. Every finder takes a scope; what lies outside is *not found*.

use crate::ids::{CaseId, CommunityId, DepartmentId, GridId, MemberId};

/// The part of the world a query may answer from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A grid and everything below it, and wherever somebody of it was made responsible; while they stand in for somebody,
    /// that one's grid as well.
    GridSubtree {
        /// The tenant.
        community: CommunityId,
        /// The root of the subtree.
        grid: GridId,
        /// Whose work outside the grid is seen too.
        hands: Hands,
    },
    /// A whole community.
    Community(CommunityId),
    /// Every community of the region.
    Region,
    /// What was dispatched to a department, within a community it serves, and wherever somebody of it was made responsible.
    Department {
        /// The tenant.
        community: CommunityId,
        /// The department.
        department: DepartmentId,
        /// Whose work elsewhere is seen too.
        hands: Hands,
    },
    /// What somebody is responsible for, or was asked to do.
    Own {
        /// The tenant.
        community: CommunityId,
        /// Whose.
        hands: Hands,
    },
    /// The one case whose receipt was shown.
    Receipt {
        /// The tenant.
        community: CommunityId,
        /// The case behind the receipt.
        case: CaseId,
    },
    /// Only what everybody may see, of one community.
    Public(CommunityId),
}

/// Whose work somebody does: their own, and while others are away that of those they stand in for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hands {
    own: MemberId,
    others: Box<[MemberId]>,
    grids: Box<[GridId]>,
    departments: Box<[DepartmentId]>,
}

impl Hands {
    /// Of a member who stands in for these.
    pub fn new(own: MemberId, others: impl IntoIterator<Item = MemberId>) -> Self {
        let others = others.into_iter().filter(|other| *other != own).collect();
        Self {
            own,
            others,
            grids: Box::default(),
            departments: Box::default(),
        }
    }

    /// The same, with the grids and departments of those they stand in for.
    #[must_use]
    pub fn serving(mut self, grids: Vec<GridId>, departments: Vec<DepartmentId>) -> Self {
        (self.grids, self.departments) = (grids.into(), departments.into());
        self
    }

    /// The departments of those they stand in for.
    pub fn departments(&self) -> &[DepartmentId] {
        &self.departments
    }

    /// The member's alone.
    pub const fn own(&self) -> MemberId {
        self.own
    }

    /// All, the member first; never empty.
    pub fn all(&self) -> impl Iterator<Item = MemberId> + Clone {
        std::iter::once(self.own).chain(self.others.iter().copied())
    }
}

impl From<MemberId> for Hands {
    fn from(own: MemberId) -> Self {
        Self::new(own, [])
    }
}

impl Scope {
    /// The community the scope lies in; `None` for a region.
    pub const fn community(&self) -> Option<CommunityId> {
        match *self {
            Scope::GridSubtree { community, .. }
            | Scope::Community(community)
            | Scope::Department { community, .. }
            | Scope::Own { community, .. }
            | Scope::Receipt { community, .. }
            | Scope::Public(community) => Some(community),
            Scope::Region => None,
        }
    }

    /// The grids it is made of, each with everything below it: one's own first, then those of whom one stands in for.
    /// None where it is made of something else.
    pub fn grids(&self) -> Vec<GridId> {
        match self {
            Scope::GridSubtree { grid, hands, .. } => {
                let others = hands.grids.iter().copied();
                std::iter::once(*grid).chain(others).collect()
            }
            _ => Vec::new(),
        }
    }
}
