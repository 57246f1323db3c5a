//! `/boards`: the tree of grids, each with its board.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use rules::grid::Grid;
use serde::Deserialize;
use work::net::CommunityNet;

use crate::Door;
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Text;
use crate::session::Came;
use crate::view::View;

/// What the address asks for.
#[derive(Deserialize)]
pub struct Wish {
    community: Option<String>,
}

/// A grid in the tree.
struct Entry {
    code: String,
    name: String,
}

/// A general or dedicated grid with the micro-grids below it.
struct Branch {
    grid: Entry,
    level: String,
    below: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "board/index.html")]
struct Boards {
    page: Page,
    root: Option<Entry>,
    branches: Vec<Branch>,
}

/// `GET /boards`.
pub async fn get(
    State(door): State<Door>,
    Query(wish): Query<Wish>,
    Came(known): Came,
    mut page: Page,
) -> Result<Response, Failure> {
    let view = View::of(&door, &known, wish.community.as_deref())?;
    page.community = Some(view.net.name.clone());
    let root = view.net.root();
    let branches = root.map_or_else(Vec::new, |root| branches(&view.net, root, page.t));
    layout::show(&Boards {
        page,
        root: root.map(entry),
        branches,
    })
}

fn branches(net: &CommunityNet, root: &Grid, t: Text) -> Vec<Branch> {
    let below = net.children(root.id).iter().filter_map(|id| net.grid(*id));
    let branch = |grid: &Grid| {
        let micro = net.children(grid.id).iter().filter_map(|id| net.grid(*id));
        Branch {
            grid: entry(grid),
            level: t.text(format!("map-level-{}", grid.level)),
            below: micro.map(entry).collect(),
        }
    };
    below.map(branch).collect()
}

fn entry(grid: &Grid) -> Entry {
    Entry {
        code: grid.code.to_string(),
        name: grid.name.clone(),
    }
}
