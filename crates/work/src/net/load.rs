//! Loading: only communities whose count of changes moved are read again; the others are taken over as they are.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rules::calendar::{Calendar, YearNotice};
use rules::grid::Grid;
use rules::ids::{GridId, MemberId};
use rules::people::{Member, Post, Seat};
use rules::routing::Router;
use rules::settings::Settings;
use store::community::Community;
use store::{Reader, Store};

use super::ground::Ground;
use super::{CommunityNet, Net};
use crate::Error;

impl Net {
    /// The net as the database has it now; what did not change is shared with `before`.
    pub(crate) async fn load(store: &Store, before: &Net) -> Result<Self, Error> {
        let reader = store.reader();
        let mut communities = BTreeMap::new();
        let mut shared_calendar = None;
        for community in reader.communities().await? {
            let known = before.community_by_id(community.id);
            if let Some(same) = known.filter(|known| known.version == community.net) {
                communities.insert(community.id, Arc::clone(same));
                continue;
            }
            let shared = match &shared_calendar {
                Some(shared) => Arc::clone(shared),
                None => Arc::clone(shared_calendar.insert(Arc::new(calendar(reader).await?))),
            };
            let net = load_community(reader, community, shared).await?;
            communities.insert(net.id, Arc::new(net));
        }
        let codes = communities
            .values()
            .map(|net| (net.code.clone(), net.id))
            .collect();
        Ok(Self { communities, codes })
    }
}

/// A notice that this version cannot read is left out: its year is provisional then, and intake goes on.
pub(crate) async fn calendar(reader: &Reader) -> Result<Calendar, store::Error> {
    let mut notices = Vec::new();
    for (year, text) in reader.notices().await? {
        match YearNotice::parse(&text) {
            Ok(notice) => notices.push(notice),
            Err(error) => tracing::error!(year, %error, "a kept holiday notice cannot be read"),
        }
    }
    Ok(Calendar::new(notices))
}

async fn load_community(
    reader: &Reader,
    community: Community,
    calendar: Arc<Calendar>,
) -> Result<CommunityNet, Error> {
    let id = community.id;
    let kept = reader.grids(id).await?;
    let ground = Ground::of(&kept)?;
    let grids: Vec<Grid> = kept.into_iter().map(|kept| kept.grid).collect();
    let posts = reader.posts(id).await?;
    let closed = reader.closed_members(id).await?;
    let seats: Vec<Seat> = posts.iter().map(seat).collect();
    let catalogues = reader.catalogues(id).await?;
    let members: BTreeMap<MemberId, Member> = reader
        .members(id)
        .await?
        .into_iter()
        .map(|one| {
            let closed = closed.contains(&one.id);
            (one.id, Member { closed, ..one })
        })
        .collect();
    let mut net = CommunityNet {
        id,
        routing: reader.routing(id).await?,
        wordings: reader
            .wordings(id)
            .await?
            .into_iter()
            .map(|kept| kept.wording)
            .collect(),
        router: Router::default(),
        ground,
        settings: settings(&community),
        code: community.code,
        name: community.name,
        calendar,
        version: community.net,
        order: grids.iter().map(|grid| grid.id).collect(),
        codes: codes(&grids),
        children: children(&grids),
        grids: grids.into_iter().map(|grid| (grid.id, grid)).collect(),
        absent: members
            .values()
            .filter(|member| member.can_be_away())
            .map(|member| member.id)
            .collect(),
        members,
        seats_of: seats_of(&posts),
        seats,
        posts,
        departments: reader
            .departments(id)
            .await?
            .into_iter()
            .map(|one| (one.id, one))
            .collect(),
        catalogues: catalogues
            .into_iter()
            .map(|one| (one.version, Arc::new(one)))
            .collect(),
    };
    net.router = net.ready(&net.routing);
    Ok(net)
}

/// Settings were checked when they were saved; what a later version wrote and this one cannot read becomes the default,
/// and the operator is told.
pub(crate) fn settings(community: &Community) -> Settings {
    serde_json::from_str(&community.settings).unwrap_or_else(|error| {
        tracing::error!(community = community.code, %error, "settings cannot be read; the defaults hold");
        Settings::default()
    })
}

fn seat(post: &Post) -> Seat {
    Seat {
        post: post.id,
        member: post.member,
        role: post.role,
    }
}

fn seats_of(posts: &[Post]) -> HashMap<GridId, Vec<Seat>> {
    let mut seats: HashMap<GridId, Vec<Seat>> = HashMap::new();
    for post in posts {
        if let Some(grid) = post.grid {
            seats.entry(grid).or_default().push(seat(post));
        }
    }
    seats
}

fn children(grids: &[Grid]) -> HashMap<GridId, Vec<GridId>> {
    let mut children: HashMap<GridId, Vec<GridId>> = HashMap::new();
    for grid in grids {
        if let Some(parent) = grid.parent {
            children.entry(parent).or_default().push(grid.id);
        }
    }
    children
}

/// Codes of the governance scheme are written last, so that they win.
fn codes(grids: &[Grid]) -> HashMap<String, GridId> {
    let (routed, other): (Vec<&Grid>, Vec<&Grid>) =
        grids.iter().partition(|grid| grid.scheme.is_governance());
    let ordered = other.into_iter().chain(routed);
    ordered
        .map(|grid| (grid.code.as_str().to_owned(), grid.id))
        .collect()
}
