//! Which officers serve a place: those of an enforcement team whose post serves the grid, or one above it, or no grid in
//! particular. Out of the net in memory.

use std::collections::BTreeSet;

use rules::access::{Action, Role, may};
use rules::ids::{DepartmentId, GridId, MemberId};
use rules::people::{Department, Post};

use crate::Asker;
use crate::net::CommunityNet;

/// The officers of a team who serve a grid.
pub fn officers(net: &CommunityNet, team: DepartmentId, grid: GridId) -> Vec<MemberId> {
    let way: Vec<GridId> = net.way(grid).iter().map(|grid| grid.id).collect();
    let serves = |post: &&Post| {
        post.department == Some(team)
            && may(post.role, Action::Enforce)
            && post.grid.is_none_or(|own| way.contains(&own))
    };
    let found: BTreeSet<MemberId> = net
        .posts()
        .iter()
        .filter(serves)
        .map(|post| post.member)
        .collect();
    found.into_iter().collect()
}

/// The teams that can take a lead from a grid: at least two officers, because nobody inspects alone.
pub fn teams(net: &CommunityNet, grid: GridId) -> Vec<&Department> {
    net.departments()
        .filter(|team| officers(net, team.id, grid).len() > 1)
        .collect()
}

/// How far an officer's post reaches; everybody else is bound by their scope alone.
pub(super) fn area(net: &CommunityNet, asker: &Asker) -> Option<GridId> {
    let rules::access::Actor::Member {
        post,
        role: Role::Officer,
        ..
    } = &asker.actor
    else {
        return None;
    };
    net.post(*post)?.grid
}
