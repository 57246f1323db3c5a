//! Stylesheets, icons and scripts as Vite built them, inside the program. Named with their hash they may be kept for
//! ever; nothing comes from anywhere else.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;

use crate::error::Failure;

#[derive(Embed)]
#[folder = "../../ui/dist"]
struct Dist;

/// The first sixteen hex digits of each file's SHA-256.
static HASHES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let hash = |name: &str| Some(hex::encode(&Dist::get(name)?.metadata.sha256_hash()[..8]));
    Dist::iter()
        .filter_map(|name| Some((name.to_string(), hash(&name)?)))
        .collect()
});

/// The address of a file of `ui/dist/assets`, with its hash so that a new build is fetched anew.
pub fn url(name: &str) -> String {
    match HASHES.get(&format!("assets/{name}")) {
        Some(hash) => format!("/assets/{name}?v={hash}"),
        None => format!("/assets/{name}"),
    }
}

/// `GET /assets/{*name}`.
pub async fn get(
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let name = format!("assets/{name}");
    let file = Dist::get(&name).ok_or(Failure::NotFound)?;
    let hash = HASHES.get(&name).map_or("", String::as_str);
    let tag = format!("\"{hash}\"");
    let named = query.is_some_and(|query| query.strip_prefix("v=") == Some(hash));
    // Vite puts the hash into the names of what lies in chunks/
    let keep = if named || name.starts_with("assets/chunks/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|seen| seen.as_bytes() == tag.as_bytes());
    let about = [
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::ETAG, tag),
        (header::CONTENT_TYPE, media_type(&name).to_owned()),
    ];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    Ok((about, file.data.into_owned()).into_response())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
