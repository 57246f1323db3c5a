//! What pages and notice boards say about who serves a grid, at every level up to the community: names and numbers only
//! where the member consents, volunteers never.

use rules::access::Role;
use rules::grid::Grid;
use rules::ids::{GridId, MemberId};
use rules::people::{Member, Post, present};
use time::OffsetDateTime;

use crate::net::CommunityNet;

/// One level of a board: a grid and who serves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// The grid.
    pub grid: Grid,
    /// Who serves exactly this grid, in the order of the posts.
    pub cards: Vec<DutyCard>,
}

/// What is public about one post and its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyCard {
    /// The role.
    pub role: Role,
    /// The title of the post.
    pub title: String,
    /// The holder's name, by consent.
    pub name: Option<String>,
    /// The number to call, by consent.
    pub phone: Option<String>,
    /// Service hours.
    pub service_hours: String,
    /// Duties.
    pub duties: String,
    /// While the holder is away: who stands in, if that name is public.
    pub stands_in: Option<StandsIn>,
}

impl DutyCard {
    /// The public number of somebody on duty: of whoever stands in, else of the holder.
    pub fn number(&self) -> Option<&str> {
        match &self.stands_in {
            Some(deputy) => deputy.phone.as_deref(),
            None => self.phone.as_deref(),
        }
    }
}

/// Who stands in until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandsIn {
    /// Until when.
    pub until: OffsetDateTime,
    /// The name, by consent.
    pub name: Option<String>,
    /// The number, by consent.
    pub phone: Option<String>,
}

/// The board of a grid: its own level first, then each level above it.
pub fn board(net: &CommunityNet, grid: GridId, now: OffsetDateTime) -> Vec<Level> {
    let level = |grid: &Grid| Level {
        grid: grid.clone(),
        cards: cards(net, grid.id, now),
    };
    net.way(grid).into_iter().map(level).collect()
}

/// The one to turn to first: the steward, else the worker, else the lead of the nearest level that has one.
pub fn nearest(levels: &[Level]) -> Option<DutyCard> {
    let order = [
        Role::Steward,
        Role::Worker,
        Role::GridLead,
        Role::CommunityLead,
        Role::Desk,
    ];
    let nearest = levels
        .iter()
        .find(|level| level.cards.iter().any(|card| order.contains(&card.role)))?;
    order
        .iter()
        .find_map(|role| nearest.cards.iter().find(|card| card.role == *role))
        .cloned()
}

fn cards(net: &CommunityNet, grid: GridId, now: OffsetDateTime) -> Vec<DutyCard> {
    let serving = net.posts_at(grid).filter(|post| on_boards(post.role));
    serving.filter_map(|post| card(net, post, now)).collect()
}

/// The net's own posts; departments and officers are reached through the case, volunteers not at all.
fn on_boards(role: Role) -> bool {
    matches!(
        role,
        Role::Steward
            | Role::Worker
            | Role::GridLead
            | Role::CommunityLead
            | Role::Desk
            | Role::Supervisor
    )
}

fn card(net: &CommunityNet, post: &Post, now: OffsetDateTime) -> Option<DutyCard> {
    let holder = net.member(post.member)?;
    // of somebody who cannot sign in any more nothing is shown: whoever stands in for them is the one to turn to
    let member = match holder.is_closed() {
        true => net.member(present(holder.id, &net.members, now)?)?,
        false => holder,
    };
    Some(DutyCard {
        role: post.role,
        title: post.title.clone(),
        name: public_name(member),
        phone: public_phone(member),
        service_hours: member.service_hours.clone(),
        duties: member.duties.clone(),
        stands_in: stands_in(net, member, now),
    })
}

fn stands_in(net: &CommunityNet, member: &Member, now: OffsetDateTime) -> Option<StandsIn> {
    let away = member.away_at(now)?;
    let deputy: Option<MemberId> = present(away.deputy, &net.members, now);
    let deputy = net.member(deputy?)?;
    Some(StandsIn {
        until: away.until,
        name: public_name(deputy),
        phone: public_phone(deputy),
    })
}

fn public_name(member: &Member) -> Option<String> {
    Some(member.name.clone()).filter(|_| member.name_public)
}

fn public_phone(member: &Member) -> Option<String> {
    member.phone.clone().filter(|_| member.phone_public)
}
