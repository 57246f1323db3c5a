//! A kept file — photo, paper, sound note — as somebody who may see it gets it.

use axum::extract::{FromRequestParts, Path, RawQuery};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rules::ids::Number;
use uuid::Uuid;

use crate::Door;
use crate::error::Failure;

/// Which file a path like `…/{number}/photos/{id}` names; with `?small` its small picture.
pub struct Named {
    /// The number of what it belongs to.
    pub number: Number,
    /// The file.
    pub id: Uuid,
    /// Whether the small picture is wanted.
    pub small: bool,
}

impl FromRequestParts<Door> for Named {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Failure> {
        let path = Path::<(String, String)>::from_request_parts(parts, door).await;
        let Path((number, id)) = path.map_err(|_| Failure::NotFound)?;
        let RawQuery(query) = RawQuery::from_request_parts(parts, door)
            .await
            .map_err(|_| Failure::NotFound)?;
        Ok(Self {
            number: number.parse().map_err(|_| Failure::NotFound)?,
            id: Uuid::try_parse(&id).map_err(|_| Failure::NotFound)?,
            small: query.as_deref() == Some("small"),
        })
    }
}

/// The file, to be shown in its place.
pub fn shown((bytes, kind): (Bytes, &'static str)) -> Response {
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_DISPOSITION, "inline"),
        ],
        bytes,
    )
        .into_response()
}
