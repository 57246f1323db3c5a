//! Photos and sound notes of a case, served only to those who may read the case.

use axum::extract::State;
use axum::response::Response;

use crate::Door;
use crate::error::Failure;
use crate::kept_file::{Named, shown};
use crate::session::Signed;

/// `GET /cases/{number}/attachments/{id}`; with `?small` the small picture.
pub async fn get(
    State(door): State<Door>,
    Signed(asker): Signed,
    named: Named,
) -> Result<Response, Failure> {
    let Named { number, id, small } = named;
    let file = work::attachment::read(&door.house, &asker, &number, id, small).await?;
    Ok(shown(file))
}
