//! `/map/counts`: what colours the grids of a map.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use rules::access::Action;
use serde::{Deserialize, Serialize};

use crate::Door;
use crate::cockpit::{GridCount, grids};
use crate::error::Failure;
use crate::session::Came;
use crate::view::View;

/// What the address asks for.
#[derive(Deserialize)]
pub struct Wish {
    community: Option<String>,
}

/// The grids with their counts.
#[derive(Serialize)]
pub struct Counts {
    grids: Vec<GridCount>,
}

/// `GET /map/counts`.
pub async fn get(
    State(door): State<Door>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    Came(known): Came,
) -> Result<Json<Counts>, Failure> {
    let code = wish.community.as_deref();
    let view = View::watched(&door, &headers, &known, code, Action::ReadCounts).await?;
    let wall = door.walls.wall(&door.house, view.net.id).await?;
    Ok(Json(Counts {
        grids: grids(&view, &wall),
    }))
}
