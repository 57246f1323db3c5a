//! `POST /api/v1/cases/{number}/contact`: the reporter's contact in clear, for somebody who works on the open case. It is
//! a write, because it leaves a line in the ledger of access.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::session::Signed;
use rules::ids::Number;
use rules::privacy::Pii;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use work::Asker;
use work::report::reveal;

use super::body;

/// A contact in clear.
#[derive(Serialize, ToSchema)]
pub struct ContactShape<'a> {
    name: Option<&'a str>,
    phone: Option<&'a str>,
    /// Whether the reporter would like to be asked in person.
    visit_welcome: bool,
}

/// What may be sent along: nothing. Whoever sends something thinks that it was heard.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevealBody {}

/// Reveals the contact of an open case.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/contact",
    tag = "cases",
    request_body(content = RevealBody, description = "Nothing is said here: no body, or an empty one"),
    params(("number" = String, Path, description = "The number of the case, or of a later telling of it: then the contact is that of whoever told it. Of a merged one it is shown to whoever works on the case that goes on")),
    responses(
        (status = 200, description = "The contact; a line was written to the ledger", body = ContactShape<'static>),
        (status = 400, description = "The body cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The asker has no work on the case now, or the case is over"),
        (status = 404, description = "No such case within the scope, or no contact was given"),
        (status = 422, description = "A body that says something: nothing is asked here"),
    ),
    security(("bearer" = []))
)]
pub async fn post(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(number): Path<String>,
    sent: Bytes,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    says_nothing(&sent)?;
    answer(&door, &asker, &number).await
}

/// Lets through no body, and an empty one.
///
/// # Errors
/// `Unreadable` for what is no JSON, `Invalid` for one that says something.
pub(super) fn says_nothing(sent: &Bytes) -> Result<(), Failure> {
    if !sent.is_empty() {
        body::read::<RevealBody>(sent)?;
    }
    Ok(())
}

/// The contact in clear, with its line in the ledger.
pub(super) async fn answer(
    door: &Door,
    asker: &Asker,
    number: &Number,
) -> Result<Response, Failure> {
    let contact = reveal(&door.house, asker, number)
        .await?
        .ok_or(Failure::NotFound)?;
    let clear = |text: &'_ Option<Pii<String>>| text.as_ref().map(|text| text.reveal().clone());
    let (name, phone) = (clear(&contact.name), clear(&contact.phone));
    let shape = ContactShape {
        name: name.as_deref(),
        phone: phone.as_deref(),
        visit_welcome: contact.visit_welcome,
    };
    body::answer(StatusCode::OK, &shape)
}
