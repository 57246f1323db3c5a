//! `GET /openapi.json`: the API as it describes itself, with what machines are handed from the pages: the case file, which is
//! paper.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(crate::case_file::sent))]
struct Handed;

static WRITTEN: LazyLock<Bytes> = LazyLock::new(|| api::described(Handed::openapi()).into());

/// `GET /openapi.json`.
pub async fn get() -> Response {
    (
        [(header::CONTENT_TYPE, "application/json")],
        WRITTEN.clone(),
    )
        .into_response()
}
