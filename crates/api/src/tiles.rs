//! `GET /tiles/grids/{z}/{x}/{y}.mvt`: grids as vector tiles. They tell nothing about cases or people.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use rules::grid::Scheme;
use rules::grid::tiles::Tile;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;

use super::asked::Asked;

/// Which grids.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TileQuery {
    /// The scheme; `governance` if not said. Others are public in the demo only.
    scheme: Option<String>,
}

/// A tile.
#[utoipa::path(
    get,
    path = "/tiles/grids/{z}/{x}/{y}",
    tag = "grids",
    params(
        ("z" = u8, Path, description = "Zoom, 0 to 18"),
        ("x" = u32, Path, description = "Column from the west"),
        ("y" = String, Path, description = "Row from the north, followed by `.mvt`"),
        TileQuery,
    ),
    responses(
        (status = 200, description = "The tile", content_type = "application/vnd.mapbox-vector-tile", body = Vec<u8>),
        (status = 204, description = "Nothing is there"),
        (status = 304, description = "As it was known"),
        (status = 404, description = "No such tile or scheme"),
    )
)]
pub async fn get(
    State(door): State<Door>,
    Path((zoom, x, row)): Path<(String, String, String)>,
    Asked(query, reading): Asked<TileQuery>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let tile = tile(&zoom, &x, &row).ok_or(Failure::NotFound)?;
    reading.done()?;
    let scheme = query.scheme.as_deref().unwrap_or(Scheme::GOVERNANCE);
    if scheme != Scheme::GOVERNANCE && !door.settings.demo {
        return Err(Failure::NotFound);
    }
    let ground = door.kept.grounds.now(&door.house).await?;
    let drawn = ground.tile(scheme, tile).map_err(Failure::inside)?;
    Ok(answer(drawn.ok_or(Failure::NotFound)?, &headers))
}

fn tile(zoom: &str, x: &str, row: &str) -> Option<Tile> {
    let y = row.strip_suffix(".mvt")?;
    Tile::new(zoom.parse().ok()?, x.parse().ok()?, y.parse().ok()?).ok()
}

/// Kept for a minute, then asked again by its tag.
fn answer(drawn: Bytes, headers: &HeaderMap) -> Response {
    let keep: (HeaderName, HeaderValue) = (
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=60"),
    );
    if drawn.is_empty() {
        return (StatusCode::NO_CONTENT, [keep]).into_response();
    }
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(&drawn)[..12]));
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|known| known.to_str().ok());
    // A compressing layer may mark the tag as weak.
    if known.is_some_and(|known| {
        known
            .split(',')
            .any(|one| one.trim().trim_start_matches("W/") == tag)
    }) {
        return (StatusCode::NOT_MODIFIED, [keep], [(header::ETAG, tag)]).into_response();
    }
    let kind = [(header::CONTENT_TYPE, "application/vnd.mapbox-vector-tile")];
    (StatusCode::OK, [keep], kind, [(header::ETAG, tag)], drawn).into_response()
}
