//! A reporter says whether they want to be sent text messages.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use work::outbox::silence;

use super::shown;
use crate::Door;
use crate::error::Failure;
use crate::form::Fields;

/// `POST /progress/{number}/messages`.
pub async fn post(
    State(door): State<Door>,
    headers: HeaderMap,
    Path(number): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let opened = shown(&door, &headers, &number)
        .await?
        .ok_or(Failure::NotFound)?;
    fields.only(&["quiet"])?;
    let quiet = match fields.text("quiet") {
        Some("yes") => true,
        Some("no") => false,
        _ => return Err(Failure::Unreadable),
    };
    silence(&door.house, &opened, quiet).await?;
    Ok(Redirect::to(&format!("/progress/{number}")).into_response())
}
