//! `/`, the installation's own page: find one's grid worker by the list of places or by a word, tell a problem, see how it
//! goes. Shows no person; those stand on the page of their grid.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use rules::grid::{Grid, Level};
use serde::Deserialize;
use work::net::{CommunityNet, Net};

use crate::Door;
use crate::error::Failure;
use crate::layout::{self, Page};

/// The most places a search shows.
const FOUND_MAX: usize = 50;

/// What the address says.
#[derive(Deserialize, Default)]
pub struct Asked {
    /// A word of a place's name, or a code.
    #[serde(default)]
    q: String,
    /// A community's code, where the house has several.
    #[serde(default)]
    community: String,
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct Home {
    page: Page,
    asked: Asked,
    found: Option<Vec<Place>>,
    communities: Vec<Place>,
    grids: Vec<Branch>,
    /// Whether no community serves here yet.
    is_empty: bool,
}

/// A place one can go to.
pub(crate) struct Place {
    /// The code in the address.
    pub code: String,
    /// The name.
    pub name: String,
    /// The name of what it lies in.
    pub within: String,
}

/// A general or dedicated grid with its micro-grids.
pub(crate) struct Branch {
    /// The grid.
    pub place: Place,
    /// What lies in it.
    pub leaves: Vec<Place>,
}

/// `GET /`.
pub async fn get(
    State(door): State<Door>,
    mut page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let net = door.house.net();
    let only = match net.communities().count() {
        1 => net.communities().next(),
        _ => net.community(&asked.community),
    };
    if let Some(community) = only {
        page.belongs_to(community);
    }
    let word = asked.q.trim().to_lowercase();
    let found = (!word.is_empty()).then(|| search(&net, &word));
    let communities = if only.is_some() {
        Vec::new()
    } else {
        net.communities().map(community_place).collect()
    };
    let grids = only
        .map(|community| branches(community))
        .unwrap_or_default();
    layout::show(&Home {
        page,
        asked,
        found,
        communities,
        grids,
        is_empty: net.communities().next().is_none(),
    })
}

fn community_place(community: &Arc<CommunityNet>) -> Place {
    Place {
        code: community.code.clone(),
        name: community.name.clone(),
        within: String::new(),
    }
}

fn place(community: &CommunityNet, grid: &Grid) -> Place {
    let parent = grid.parent.and_then(|parent| community.grid(parent));
    let within = parent.map_or_else(|| community.name.clone(), |parent| parent.name.clone());
    Place {
        code: grid.code.to_string(),
        name: grid.name.clone(),
        within,
    }
}

fn search(net: &Net, word: &str) -> Vec<Place> {
    let grids = net
        .communities()
        .flat_map(|community| community.grids().map(move |grid| (community, grid)));
    let fits = |grid: &Grid| {
        grid.name.to_lowercase().contains(word) || grid.code.as_str().to_lowercase().contains(word)
    };
    grids
        .filter(|(_, grid)| grid.scheme.is_governance() && fits(grid))
        .map(|(community, grid)| place(community, grid))
        .take(FOUND_MAX)
        .collect()
}

/// The general and dedicated grids of a community, each with its micro-grids.
pub(crate) fn branches(community: &CommunityNet) -> Vec<Branch> {
    let middle = |grid: &&Grid| {
        grid.scheme.is_governance() && matches!(grid.level, Level::General | Level::Dedicated)
    };
    let branch = |grid: &Grid| Branch {
        place: place(community, grid),
        leaves: community
            .children(grid.id)
            .iter()
            .filter_map(|id| community.grid(*id))
            .map(|leaf| place(community, leaf))
            .collect(),
    };
    community.grids().filter(middle).map(branch).collect()
}
