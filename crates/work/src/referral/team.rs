//! Which officers serve a place: those of an enforcement team whose post serves the grid, or one above it, or no grid in
//! particular; and who of them is away, with the officer who stands in. Out of the net in memory.

use std::collections::BTreeSet;

use rules::access::{Action, Actor, Role, may};
use rules::ids::{DepartmentId, GridId, MemberId};
use rules::people::{Department, Post, present};
use rules::referral::{Absent, Referral, Terms};
use store::referral::{Alone, Sight};
use time::OffsetDateTime;

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

/// The officers a referral lies with: those who may take it, and who of them and of those who have it is away.
pub(super) struct Team {
    pub officers: Vec<MemberId>,
    pub absent: Vec<Absent>,
}

impl Team {
    pub fn of(net: &CommunityNet, referral: &Referral, now: OffsetDateTime) -> Self {
        let two = referral.state.officers();
        let two = two.map(|two| [two.first(), two.second()]);
        let has = two.into_iter().flatten();
        let officers = officers(net, referral.team, referral.grid);
        let all: BTreeSet<MemberId> = officers.iter().copied().chain(has).collect();
        let absent = all.into_iter().filter_map(|one| absent(net, one, now));
        Self {
            absent: absent.collect(),
            officers,
        }
    }

    /// What the rules have to know.
    pub fn terms<'a>(&'a self, net: &'a CommunityNet) -> Terms<'a> {
        Terms {
            calendar: &*net.calendar,
            settings: &net.settings.referral,
            team: &self.officers,
            absent: &self.absent,
        }
    }
}

fn absent(net: &CommunityNet, officer: MemberId, now: OffsetDateTime) -> Option<Absent> {
    net.member(officer)?.away_at(now)?;
    let enforces = |one: &MemberId| {
        net.posts_of(*one)
            .any(|post| may(post.role, Action::Enforce))
    };
    let stand_in = present(officer, &net.members, now).filter(enforces);
    Some(Absent { officer, stand_in })
}

/// How far an officer sees: what is in the area of the post, what they took themselves, and what officers have who are away meanwhile. Everybody else is
/// bound by their scope alone, and of leads whose case became a complaint sees only what they referred themselves, and what they were
/// told to wait for officers.
pub(super) fn sight(net: &CommunityNet, asker: &Asker) -> Sight {
    let Actor::Member {
        member,
        post,
        role: Role::Officer,
        stands_for,
        ..
    } = &asker.actor
    else {
        let alone = match asker.actor {
            Actor::Clock => Alone::All,
            _ => asker.member().map_or(Alone::None, Alone::Of),
        };
        return Sight {
            alone,
            ..Sight::default()
        };
    };
    Sight {
        alone: Alone::All,
        area: net.post(*post).and_then(|post| post.grid),
        own: Some(*member),
        stands_for: stands_for.clone(),
        short: short(net, stands_for, asker.now),
    }
}

/// The teams of officers who are away, each in the area of their post, that fewer than two are there for.
fn short(
    net: &CommunityNet,
    absent: &[MemberId],
    now: OffsetDateTime,
) -> Vec<(DepartmentId, Option<GridId>)> {
    let there = |one: &MemberId| {
        let member = net.member(*one);
        member.is_some_and(|member| member.away_at(now).is_none())
    };
    let is_short = |team: DepartmentId, area: Option<GridId>| {
        let grid = area.or_else(|| net.root().map(|root| root.id));
        let all = grid.map(|grid| officers(net, team, grid));
        all.is_some_and(|all| all.iter().filter(|one| there(one)).count() < 2)
    };
    let posts = absent.iter().flat_map(|one| net.posts_of(*one));
    let posts = posts.filter(|post| may(post.role, Action::Enforce));
    let areas = posts.filter_map(|post| Some((post.department?, post.grid)));
    areas
        .filter(|(team, area)| is_short(*team, *area))
        .collect()
}
