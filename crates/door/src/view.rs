//! A community, and what its visitor may see of it: counts, figures, rows. Who somebody is comes from `session`; what a
//! role may do at all stands in `rules::access`. In the demo counts without people are for everybody.

use std::collections::HashSet;
use std::sync::Arc;

use axum::http::HeaderMap;
use rules::access::{Action, Role, Scope, may};
use rules::ids::GridId;
use rules::people::Post;
use work::net::CommunityNet;
use work::{Asker, Visitor as Known};

use crate::Door;
use crate::error::Failure;
use crate::wall;

/// The grids whose cases somebody may list, every one of them.
pub enum Reads {
    /// The whole community.
    All,
    /// These.
    Of(HashSet<GridId>),
}

impl Reads {
    /// Whether this grid is among them.
    pub fn has(&self, grid: GridId) -> bool {
        match self {
            Self::All => true,
            Self::Of(grids) => grids.contains(&grid),
        }
    }

    /// Whether they are all that there are.
    pub const fn is_all(&self) -> bool {
        matches!(self, Self::All)
    }
}

/// A community as its visitor sees it.
pub struct View {
    /// The community.
    pub net: Arc<CommunityNet>,
    /// The visitor, if a member of just this community.
    pub asker: Option<Asker>,
    role: Role,
    is_demo: bool,
    is_known: bool,
    is_wall: bool,
}

impl View {
    /// The one gate in front of counts without people, for pages and API alike: lets in everybody in the demo, and in a real
    /// installation whoever has the right and the walls of this community by their device token.
    ///
    /// # Errors
    /// `NotFound` if there is no such community, `SignIn` for strangers, `Forbidden` for roles without the right.
    pub async fn watched(
        door: &Door,
        headers: &HeaderMap,
        known: &Known,
        code: Option<&str>,
        action: Action,
    ) -> Result<Self, Failure> {
        let view = Self::seen(door, headers, known, code).await?;
        view.admit(action)?;
        Ok(view)
    }

    /// The same view for a page that shows something to everybody, and counts only to whom [`View::counts`] shows them.
    /// Without a code a wall sees the community of its own token.
    ///
    /// # Errors
    /// `NotFound` if there is no such community.
    pub async fn seen(
        door: &Door,
        headers: &HeaderMap,
        known: &Known,
        code: Option<&str>,
    ) -> Result<Self, Failure> {
        let code = code.filter(|code| !code.is_empty());
        let wall = wall::of_device(door, headers).await?;
        let view = match (&wall, code, known) {
            (Some(net), None, Known::Anonymous | Known::Administrator { .. }) => {
                Self::on(door, known, net)
            }
            _ => Self::of(door, known, code)?,
        };
        let is_wall = wall.is_some_and(|net| net.id == view.net.id);
        Ok(Self { is_wall, ..view })
    }

    /// The community of a code; without one the visitor's own, else the first.
    ///
    /// # Errors
    /// `NotFound` if there is none.
    pub fn of(door: &Door, known: &Known, code: Option<&str>) -> Result<Self, Failure> {
        let net = door.house.net();
        let own = || match known {
            Known::Member(asker) => net.community_by_id(asker.community()?),
            Known::Anonymous | Known::Administrator { .. } => None,
        };
        let found = match code.filter(|code| !code.is_empty()) {
            Some(code) => net.community(code),
            None => own().or_else(|| net.communities().next()),
        };
        Ok(Self::on(door, known, found.ok_or(Failure::NotFound)?))
    }

    /// A community that is known already.
    pub fn on(door: &Door, known: &Known, net: &Arc<CommunityNet>) -> Self {
        let asker = match known {
            Known::Member(asker) if asker.community() == Some(net.id) => Some(asker.clone()),
            _ => None,
        };
        let role = match known {
            Known::Administrator { role, .. } => Some(*role),
            _ => asker.as_ref().and_then(Asker::role),
        };
        Self {
            net: Arc::clone(net),
            asker,
            role: role.unwrap_or(Role::Anonymous),
            is_demo: door.settings.demo,
            is_known: !matches!(known, Known::Anonymous),
            is_wall: false,
        }
    }

    /// Whether the visitor may see counts of this kind, in which there are no people.
    pub fn counts(&self, action: Action) -> bool {
        self.is_demo || self.is_wall || may(self.role, action)
    }

    /// Lets in whoever may see counts of this kind.
    ///
    /// # Errors
    /// `SignIn` for strangers, `Forbidden` for roles without the right.
    fn admit(&self, action: Action) -> Result<(), Failure> {
        match (self.counts(action), self.is_known) {
            (true, _) => Ok(()),
            (false, true) => Err(Failure::Forbidden),
            (false, false) => Err(Failure::SignIn),
        }
    }

    /// Whether the visitor may see the rows behind a count.
    pub fn rows(&self) -> bool {
        self.asker.is_some() && may(self.role, Action::ListCases)
    }

    /// Whether rates are shown of a grid. One person serves a micro-grid, so its rates would measure them, and so would those of a
    /// grid in which it is the only one: they are for that person, and for whoever leads above, supervises or dispatches. Everybody
    /// else sees its counts.
    pub fn rates(&self, grid: Option<GridId>) -> bool {
        let Some(micro) = grid.and_then(|grid| self.net.only_micro(grid)) else {
            return true;
        };
        let Some(asker) = &self.asker else {
            return false;
        };
        let mut posts = self.net.posts_at(micro);
        let serves =
            |post: &Post| post.role == Role::Steward && Some(post.member) == asker.member();
        match (self.role, &asker.scope) {
            (Role::Supervisor | Role::Desk | Role::CommunityLead, _) => true,
            (Role::GridLead, scope @ Scope::GridSubtree { .. }) => {
                self.net.subtrees(&scope.grids()).contains(&micro)
            }
            _ => posts.any(serves),
        }
    }

    /// Whether nobody knows who asks: not signed in, a wall, or here on a visit from another community.
    pub fn is_stranger(&self) -> bool {
        self.role == Role::Anonymous
    }

    /// Which grids' counts lead to their cases: those whose every case stands in the visitor's own lists. A department's
    /// list, or that of one's own work, holds only a part of any grid.
    pub fn reads(&self) -> Reads {
        let scope = self.asker.as_ref().filter(|_| self.rows());
        match scope.map(|asker| &asker.scope) {
            Some(Scope::Community(_) | Scope::Region) => Reads::All,
            Some(scope @ Scope::GridSubtree { .. }) => {
                Reads::Of(self.net.subtrees(&scope.grids()).into_iter().collect())
            }
            _ => Reads::Of(HashSet::new()),
        }
    }
}
