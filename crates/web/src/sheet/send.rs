//! The one key, and dropping a sheet of which nothing was sent.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use crate::Door;
use crate::error::Failure;
use crate::form::Fields;
use crate::workbench::Office;

/// `POST /sheets/{id}/send`: pressing twice sends nothing twice.
pub async fn post(
    State(door): State<Door>,
    Path(id): Path<Uuid>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[])?;
    let sent = work::sheet::send(&door.house, &office.asker, id).await?;
    let to = format!(
        "/sheets/{id}?sent={}&passed={}&waiting={}",
        sent.sent, sent.passed_over, sent.waiting
    );
    Ok(Redirect::to(&to).into_response())
}

/// `POST /sheets/{id}/drop`.
pub async fn drop(
    State(door): State<Door>,
    Path(id): Path<Uuid>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[])?;
    work::sheet::drop_sheet(&door.house, &office.asker, id).await?;
    Ok(Redirect::to("/sheets").into_response())
}
