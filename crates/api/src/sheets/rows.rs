//! One row of a sheet: looked at as it was typed, changed and dropped by the version that was seen. Whoever is late hears who
//! was faster.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::faster::{Faster, Step as FasterStep};
use door::locale::Text;
use door::session::Signed;
use door::visitor::Visitor;
use rules::privacy::Pii;
use rules::sheet::Row;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use work::Asker;
use work::sheet::{last_on_row, look_at_row};

use super::super::body;
use super::super::steps::seen;
use super::add::SheetRowBody;
use super::key;
use super::shape::SheetRowShape;

/// A row written anew.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedRowBody {
    /// Where it is.
    #[serde(default)]
    place: String,
    /// What was told.
    #[serde(default)]
    words: String,
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
    category: String,
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
        (status = 422, description = "Faulty fields"),
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
    let forget = said.forget;
    let row = SheetRowBody {
        place: said.place,
        words: said.words,
        name: said.name,
        phone: said.phone,
        category: said.category,
    };
    let row = Row::from(row);
    if let Err(error) = work::sheet::change(&door.house, &asker, id, (n, seen), row, forget).await {
        let who = (&asker, visitor.text());
        return Err(faster(&door, who, (id, n), error.into()).await);
    }
    show(&door, (&asker, visitor.text()), id, n).await
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
    if let Err(error) = work::sheet::drop_row(&door.house, &asker, id, (n, seen)).await {
        let who = (&asker, visitor.text());
        return Err(faster(&door, who, (id, n), error.into()).await);
    }
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
    let reader = door.house.store.reader();
    let reports = match row.report {
        Some(_) => reader.sheet_reports(community, id).await,
        None => Ok(Vec::new()),
    };
    let reports = reports.map_err(work::Error::from)?;
    let report = reports.iter().find(|(at, _)| *at == n);
    let report = report.map(|(_, report)| report);
    let answer = body::answer(StatusCode::OK, &SheetRowShape::of(net, &row, report, t))?;
    Ok(body::versioned(answer, row.version))
}

/// Who was faster with a row, and whether they changed or sent it.
async fn faster(
    door: &Door,
    (asker, t): (&Asker, Text),
    (id, n): (Uuid, i64),
    failure: Failure,
) -> Failure {
    if !matches!(failure, Failure::Stale { .. }) {
        return failure;
    }
    let Ok(last) = last_on_row(&door.house, asker, id, n).await else {
        return failure;
    };
    let net = door.house.net();
    let community = asker.community().and_then(|id| net.community_by_id(id));
    let (Some(net), Some(by)) = (community, last.by) else {
        return failure;
    };
    let (deed, words) = if last.sent {
        ("sent", "sheet-row-was-sent")
    } else {
        ("changed", "sheet-row-was-changed")
    };
    let step = FasterStep {
        actor: Some(by),
        role: "",
        deed,
        at: last.at,
    };
    Faster::of(net, asker, &step, Some(t.text(words))).instead_of(failure)
}

/// A sheet and the number of a row; what cannot be such is that of none.
fn at(id: &str, n: &str) -> Result<(Uuid, i64), Failure> {
    Ok((key(id)?, n.parse().map_err(|_| Failure::NotFound)?))
}
