//! Photos and sound notes of a case, served only to those who may read the case.

use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rules::ids::Number;
use uuid::Uuid;

use crate::Door;
use crate::error::Failure;
use crate::session::Signed;

/// `GET /cases/{number}/attachments/{id}`; with `?small` the small picture.
pub async fn get(
    State(door): State<Door>,
    Path((number, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    Signed(asker): Signed,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let id = Uuid::try_parse(&id).map_err(|_| Failure::NotFound)?;
    let small = query.as_deref() == Some("small");
    let (bytes, kind) = work::attachment::read(&door.house, &asker, &number, id, small).await?;
    Ok((
        [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_DISPOSITION, "inline"),
        ],
        bytes,
    )
        .into_response())
}
