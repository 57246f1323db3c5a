//! `GET /api/v1/counts`: how many cases of which category stand in which state, of one grid with what lies below it (or of
//! another scheme, in it) or of a whole community. Counts without people: in the demo for everybody, else for whom the gate of all counts lets in
//! (`View::watched`). Written once per change of the tallies, not per question.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::form::Fault;
use door::session::Came;
use door::view::View;
use rules::access::Action;
use rules::ids::GridId;
use serde::{Deserialize, Serialize};
use store::case::Count;
use utoipa::{IntoParams, ToSchema};
use work::follow::Follower;
use work::net::{CommunityNet, Net};

use super::asked::{Asked, Reading};
use super::body;
use super::shape::{CategoryShape, GridShape};

/// Of what.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CountsQuery {
    /// The code of a grid; may be left out where there is one community only. Of another scheme a grid that the community's
    /// grids fit into: it counts what lies in them.
    grid: Option<String>,
}

/// How many by category and state.
#[derive(Serialize, ToSchema)]
pub struct CountsShape<'a> {
    grid: Option<GridShape<'a>>,
    /// All of them.
    total: u64,
    /// Those that are not over.
    open: u64,
    /// By state.
    states: BTreeMap<&'a str, u64>,
    /// By category, each by state; without a code those that have none yet.
    categories: Vec<CategoryCount<'a>>,
    /// The last entry of the journal they contain.
    seq: i64,
}

/// How many of one category.
#[derive(Serialize, ToSchema)]
pub struct CategoryCount<'a> {
    #[serde(flatten)]
    category: CategoryShape<'a>,
    total: u64,
    states: BTreeMap<&'a str, u64>,
}

/// Counts of a grid with everything below it.
#[utoipa::path(
    get,
    path = "/api/v1/counts",
    tag = "figures",
    params(CountsQuery),
    responses(
        (status = 200, description = "The counts", body = CountsShape<'static>),
        (status = 401, description = "Outside the demo: neither a token nor the cookie of a wall"),
        (status = 403, description = "The role reads no counts of this community"),
        (status = 422, description = "No such grid, or one of another scheme whose border the community's grids lie across"),
    ),
    security(("bearer" = []), ())
)]
pub async fn get(
    State(door): State<Door>,
    headers: HeaderMap,
    Came(known): Came,
    Asked(query, mut reading): Asked<CountsQuery>,
) -> Result<Response, Failure> {
    let net = door.house.net();
    let whose = whose(&net, query.grid.as_deref(), &mut reading);
    reading.done()?;
    let (community, grid) = whose.ok_or(Failure::NotFound)?;
    let code = Some(community.code.as_str());
    View::watched(&door, &headers, &known, code, Action::ReadCounts).await?;
    let reader = door.house.store.reader();
    let seq = reader
        .cursor(Follower::Tallies.name(), community.id)
        .await
        .map_err(work::Error::from)?;
    if let Some(written) = door.kept.counts.get(community, grid, seq) {
        return Ok(body::written(StatusCode::OK, written));
    }
    let grids = if Some(grid) == community.root().map(|root| root.id) {
        Vec::new()
    } else {
        community.counted_in(grid).ok_or(Failure::NotFound)?
    };
    let counts = reader
        .counts(community.id, &grids)
        .await
        .map_err(work::Error::from)?;
    let shape = shape(community, grid, &counts, seq);
    let written = body::json(&shape)?;
    door.kept.counts.put(community, grid, seq, written.clone());
    Ok(body::written(StatusCode::OK, written))
}

/// The grid that is asked for; without a code the root of the only community. None is a fault.
pub fn whose<'a>(
    net: &'a Net,
    code: Option<&str>,
    reading: &mut Reading,
) -> Option<(&'a Arc<CommunityNet>, GridId)> {
    if let Some(code) = code {
        let Some((community, grid)) = net.grid_by_code(code) else {
            reading.fault(Fault::new("grid", "grid-unknown"));
            return None;
        };
        if community.counted_in(grid.id).is_none() {
            reading.fault(Fault::new("grid", "grid-across"));
        }
        return Some((community, grid.id));
    }
    let mut communities = net.communities();
    match (communities.next(), communities.next()) {
        (Some(only), None) => Some((only, only.root()?.id)),
        _ => {
            reading.fault(Fault::new("grid", "grid-missing"));
            None
        }
    }
}

fn shape<'a>(
    net: &'a CommunityNet,
    grid: GridId,
    counts: &'a [Count],
    seq: i64,
) -> CountsShape<'a> {
    let mut states: BTreeMap<&str, u64> = BTreeMap::new();
    let mut categories: BTreeMap<&str, BTreeMap<&str, u64>> = BTreeMap::new();
    let mut open = 0;
    for count in counts {
        let n = u64::try_from(count.n).unwrap_or(0);
        *states.entry(count.state.as_str()).or_default() += n;
        *categories
            .entry(&count.category)
            .or_default()
            .entry(count.state.as_str())
            .or_default() += n;
        open += if count.state.is_open() { n } else { 0 };
    }
    let categories = categories.into_iter().map(|(code, states)| CategoryCount {
        category: CategoryShape::now(net, code),
        total: states.values().sum(),
        states,
    });
    CountsShape {
        grid: GridShape::find(net, grid),
        total: states.values().sum(),
        open,
        categories: categories.collect(),
        states,
        seq,
    }
}
