//! One row of a sheet: looked at as it was typed, changed and dropped by the version that was seen. Whoever is late hears who
//! was faster.

use std::collections::HashMap;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::faster::sheet as faster;
use door::known::HoldsMore;
use door::locale::Text;
use door::session::Signed;
use door::visitor::Visitor;
use rules::privacy::Pii;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use work::Asker;
use work::sheet::{Rewritten, look_at_row};

use super::super::body;
use super::super::reports::answer_complaint;
use super::super::steps::seen;
use super::add::personal;
use super::shape::SheetRowShape;
use super::{key, sent_rows};

/// A row written anew: what is not said stays as it is, and empty words empty it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedRowBody {
    /// Where it is.
    #[serde(default)]
    place: Option<String>,
    /// What was told.
    #[serde(default)]
    words: Option<String>,
    /// The reporter's name; one that is not said again stays.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    name: Option<Pii<String>>,
    /// The reporter's phone; one that is not said again stays.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    phone: Option<Pii<String>>,
    /// The category, by its code or its name.
    #[serde(default)]
    category: Option<String>,
    /// Whether a name and phone that are not said again are forgotten.
    #[serde(default)]
    forget: bool,
}

/// One row as it was typed, to be changed; name and phone are masked.
#[utoipa::path(
    get,
    path = "/api/v1/sheets/{id}/rows/{n}",
    tag = "sheets",
    params(
        ("id" = String, Path, description = "The sheet"),
        ("n" = i64, Path, description = "The number of the row"),
    ),
    responses(
        (status = 200, description = "The row; `ETag` is its version", body = SheetRowShape<'static>),
        (status = 304, description = "The version that `If-None-Match` names"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role keeps no sheets"),
        (status = 404, description = "No such sheet within reach, or no such row"),
    ),
    security(("bearer" = []))
)]
pub async fn get(
    State(door): State<Door>,
    Signed(asker): Signed,
    visitor: Visitor,
    Path((id, n)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (id, n) = at(&id, &n)?;
    show(&door, (&asker, visitor.text()), id, n).await
}

/// Writes a row anew that was not sent yet.
#[utoipa::path(
    post,
    path = "/api/v1/sheets/{id}/rows/{n}",
    tag = "sheets",
    params(
        ("id" = String, Path, description = "The sheet"),
        ("n" = i64, Path, description = "The number of the row"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotes"),
    ),
    request_body = ChangedRowBody,
    responses(
        (status = 200, description = "The row as it is checked now; `ETag` is its version", body = SheetRowShape<'static>),
        (status = 400, description = "The body or the version cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role keeps no sheets"),
        (status = 404, description = "No such sheet within reach, or no such row"),
        (status = 412, description = "Somebody changed or sent it; `version` is the one it has now, `done` who was faster and with what"),
        (status = 422, description = "Faulty fields, or a row that only whoever wrote it may change"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn change(
    State(door): State<Door>,
    Signed(asker): Signed,
    visitor: Visitor,
    Path((id, n)): Path<(String, String)>,
    headers: HeaderMap,
    sent: Bytes,
) -> Result<Response, Failure> {
    let (id, n) = at(&id, &n)?;
    let seen = seen(&headers)?;
    let said: ChangedRowBody = body::read(&sent)?;
    let trimmed = |text: Option<String>| text.map(|text| text.trim().to_owned());
    let said = Rewritten {
        place: trimmed(said.place),
        words: trimmed(said.words),
        category: trimmed(said.category),
        name: personal(said.name),
        phone: personal(said.phone),
        forget: said.forget,
    };
    let who = (&asker, visitor.text());
    let changed = work::sheet::change(&door.house, &asker, id, (n, seen), said).await;
    faster::done(&door, who, (id, n), changed).await?;
    show(&door, who, id, n).await
}

/// Forgets a row that was not sent.
#[utoipa::path(
    post,
    path = "/api/v1/sheets/{id}/rows/{n}/drop",
    tag = "sheets",
    params(
        ("id" = String, Path, description = "The sheet"),
        ("n" = i64, Path, description = "The number of the row"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotes"),
    ),
    responses(
        (status = 204, description = "It is forgotten"),
        (status = 400, description = "The version cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role keeps no sheets"),
        (status = 404, description = "No such sheet within reach, or no such row"),
        (status = 412, description = "Somebody changed or sent it; `version` is the one it has now, `done` who was faster and with what"),
        (status = 422, description = "Only whoever wrote it may drop it"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn drop(
    State(door): State<Door>,
    Signed(asker): Signed,
    visitor: Visitor,
    Path((id, n)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (id, n) = at(&id, &n)?;
    let seen = seen(&headers)?;
    let dropped = work::sheet::drop_row(&door.house, &asker, id, (n, seen)).await;
    faster::done(&door, (&asker, visitor.text()), (id, n), dropped).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Makes a row that speaks of somebody who works here, whatever the house found in it, a complaint and takes it off the sheet, both
/// or neither. Only whoever wrote the row can; the receipt is theirs to hand over. Asked again, the same receipt comes.
#[utoipa::path(
    post,
    path = "/api/v1/sheets/{id}/rows/{n}/complaint",
    tag = "sheets",
    params(
        ("id" = String, Path, description = "The sheet"),
        ("n" = i64, Path, description = "The number of the row"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotes"),
    ),
    responses(
        (status = 201, description = "The receipt", body = crate::reports::ReceiptShape<'static>),
        (status = 400, description = "The version cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role keeps no sheets"),
        (status = 404, description = "No such sheet within reach, or no such row"),
        (status = 412, description = "Somebody changed or sent it; `version` is the one it has now, `done` who was faster and with what"),
        (status = 422, description = "Somebody else wrote it, or its words or contact are faulty"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn complain(
    State(door): State<Door>,
    Signed(asker): Signed,
    visitor: Visitor,
    Path((id, n)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (id, n) = at(&id, &n)?;
    let seen = seen(&headers)?;
    let made = work::sheet::complain(&door.house, &asker, id, (n, seen)).await;
    let receipt = faster::done(&door, (&asker, visitor.text()), (id, n), made).await?;
    answer_complaint(&door, &receipt).await
}

/// Passes a sealed row on unread and takes it off the sheet, where whoever wrote it is gone or away. It is held as a complaint until a
/// supervisor decides whether it is one. Nothing of it is answered, neither what it says nor a receipt: it may speak of the asker.
/// Asked again, it is done.
#[utoipa::path(
    post,
    path = "/api/v1/sheets/{id}/rows/{n}/pass",
    tag = "sheets",
    params(
        ("id" = String, Path, description = "The sheet"),
        ("n" = i64, Path, description = "The number of the row"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotes"),
    ),
    responses(
        (status = 204, description = "It was passed on"),
        (status = 400, description = "The version cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role keeps no sheets"),
        (status = 404, description = "No such sheet within reach, or no such row"),
        (status = 412, description = "Somebody changed or sent it; `version` is the one it has now, `done` who was faster and with what"),
        (status = 422, description = "The asker may read it, whoever wrote it is there (`row-of-another`), or no supervisor is and it would come back to the asker"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn pass(
    State(door): State<Door>,
    Signed(asker): Signed,
    visitor: Visitor,
    Path((id, n)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (id, n) = at(&id, &n)?;
    let seen = seen(&headers)?;
    let passed = work::sheet::pass_on(&door.house, &asker, id, (n, seen)).await;
    faster::done(&door, (&asker, visitor.text()), (id, n), passed).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn show(
    door: &Door,
    (asker, t): (&Asker, Text),
    id: Uuid,
    n: i64,
) -> Result<Response, Failure> {
    let (_, row) = look_at_row(&door.house, asker, id, n).await?;
    let community = asker.community().ok_or(Failure::NotFound)?;
    let net = door.house.net();
    let net = net.community_by_id(community).ok_or(Failure::NotFound)?;
    let sent = match row.report {
        Some(_) => sent_rows(door, community, id, |at| at == n).await?,
        None => HashMap::new(),
    };
    let shape = SheetRowShape::of(net, &row, sent.get(&n), t);
    let mut answer = body::answer(StatusCode::OK, &shape)?;
    if !sent.is_empty() {
        // who answers for the case is not counted by the version of the row
        answer.extensions_mut().insert(HoldsMore);
    }
    Ok(body::versioned(answer, row.version))
}

/// A sheet and the number of a row; what cannot be such is that of none.
fn at(id: &str, n: &str) -> Result<(Uuid, i64), Failure> {
    Ok((key(id)?, n.parse().map_err(|_| Failure::NotFound)?))
}
