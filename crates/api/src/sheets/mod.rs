//! `/api/v1/sheets`: sheets of paper notes 线下汇总 for machines: begun, listed, looked at, sent with one key, dropped. What
//! is wrong with a row is told by the column it stands in, under the same names as in what is sent.

pub mod add;
pub mod rows;
mod shape;

use std::collections::HashMap;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::routes::{Routes, Who};
use door::session::Signed;
use door::visitor::Visitor;
use rules::access::Action;
use rules::case::Channel;
use rules::ids::CommunityId;
use serde::{Deserialize, Serialize};
use store::report::Report;
use utoipa::ToSchema;
use uuid::Uuid;
use work::sheet::became_of;

use super::asked::{Asked, Pages, Reading, cut};
use super::{body, draft};
use shape::{BecameShape, SentRow, SentShape, SheetItem, SheetReceiptsShape, SheetShape};

/// The routes of sheets.
pub fn declare(routes: Routes) -> Routes {
    let keep = Who::May(Action::KeepSheet);
    let sends = Who::May(Action::SendSheet);
    routes
        .get("/api/v1/sheets", keep, list)
        .post("/api/v1/sheets", keep, begin)
        .get("/api/v1/sheets/{id}", keep, get)
        .post("/api/v1/sheets/{id}/rows", keep, add::add)
        .get("/api/v1/sheets/{id}/rows/{n}", keep, rows::get)
        .post("/api/v1/sheets/{id}/rows/{n}", keep, rows::change)
        .post("/api/v1/sheets/{id}/rows/{n}/drop", keep, rows::drop)
        .post(
            "/api/v1/sheets/{id}/rows/{n}/complaint",
            keep,
            rows::complain,
        )
        .post("/api/v1/sheets/{id}/rows/{n}/pass", keep, rows::pass)
        .post("/api/v1/sheets/{id}/drop", keep, drop)
        .post("/api/v1/sheets/{id}/send", sends, send)
        .get("/api/v1/sheets/{id}/receipts", sends, receipts)
}

/// A page of sheets, newest first.
#[derive(Serialize, ToSchema)]
pub struct SheetsShape<'a> {
    items: Vec<SheetItem<'a>>,
    /// The `after` of the next page; none on the last one.
    next: Option<String>,
}

/// The sheets within reach: a desk's are the community's, everybody else's their own.
#[utoipa::path(
    get,
    path = "/api/v1/sheets",
    tag = "sheets",
    params(Pages),
    responses(
        (status = 200, description = "A page, each sheet with its totals", body = SheetsShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role keeps no sheets"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []))
)]
pub async fn list(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, reading): Asked<Pages>,
) -> Result<Response, Failure> {
    let (after, limit) = query.read(reading)?;
    let reader = door.house.store.reader();
    let found = reader.sheets_before(&asker.scope, after, limit + 1).await;
    let (found, more) = cut(found.map_err(work::Error::from)?, limit);
    let next = found.last().filter(|_| more);
    let next = next.map(|last| last.id.to_string());
    let net = door.house.net();
    let community = asker.community().ok_or(Failure::Forbidden)?;
    let net = net.community_by_id(community).ok_or(Failure::Forbidden)?;
    let items = found.iter().map(|sheet| SheetItem::of(net, sheet));
    let shape = SheetsShape {
        items: items.collect(),
        next,
    };
    body::answer(StatusCode::OK, &shape)
}

/// A sheet to begin.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetBody {
    /// What people call it, up to 60 characters; a sheet without a title goes by its day.
    #[serde(default)]
    title: String,
    /// On which way its notes came: `desk` (the default), `phone` or `home_visit`.
    #[schema(value_type = Option<String>)]
    channel: Option<Channel>,
}

/// Begins a sheet.
#[utoipa::path(
    post,
    path = "/api/v1/sheets",
    tag = "sheets",
    request_body = SheetBody,
    responses(
        (status = 201, description = "The sheet, without rows; `Location` is where it is", body = SheetItem<'static>),
        (status = 400, description = "The body cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role keeps no sheets"),
        (status = 422, description = "Faulty fields"),
    ),
    security(("bearer" = []))
)]
pub async fn begin(
    State(door): State<Door>,
    Signed(asker): Signed,
    sent: Bytes,
) -> Result<Response, Failure> {
    let (told, mut reading) = draft::read::<SheetBody>(&sent, Reading::default())?;
    let channel = told.channel.unwrap_or(Channel::Desk);
    reading.faults(work::sheet::faults(&told.title, channel));
    reading.done()?;
    let sheet = work::sheet::begin(&door.house, &asker, &told.title, channel).await?;
    let net = door.house.net();
    let community = asker.community().ok_or(Failure::Forbidden)?;
    let net = net.community_by_id(community).ok_or(Failure::Forbidden)?;
    let answer = body::answer(StatusCode::CREATED, &SheetItem::of(net, &sheet))?;
    let here = format!("/api/v1/sheets/{}", sheet.id);
    Ok(body::with(answer, header::LOCATION, &here))
}

/// One sheet, its rows checked together as the net stands now. Personal numbers in words are starred out, names and phones
/// are masked.
#[utoipa::path(
    get,
    path = "/api/v1/sheets/{id}",
    tag = "sheets",
    params(("id" = String, Path, description = "The sheet")),
    responses(
        (status = 200, description = "The sheet with all its rows", body = SheetShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role keeps no sheets"),
        (status = 404, description = "No such sheet within reach"),
    ),
    security(("bearer" = []))
)]
pub async fn get(
    State(door): State<Door>,
    Signed(asker): Signed,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let looked = work::sheet::look(&door.house, &asker, key(&id)?).await?;
    let net = door.house.net();
    let community = asker.community().ok_or(Failure::NotFound)?;
    let net = net.community_by_id(community).ok_or(Failure::NotFound)?;
    let sent = sent_rows(&door, community, looked.sheet.id, |_| true).await?;
    let shape = SheetShape::of(net, &looked, &sent, visitor.text());
    body::answer(StatusCode::OK, &shape)
}

/// Sends every good row on its way with one key 线上呼叫派单. Pressing twice, or two people pressing at once, sends no row
/// twice; what has to be changed first stays.
#[utoipa::path(
    post,
    path = "/api/v1/sheets/{id}/send",
    tag = "sheets",
    params(("id" = String, Path, description = "The sheet")),
    responses(
        (status = 200, description = "How many went now, and which rows became which numbers, now or before", body = SentShape),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role sends no sheets"),
        (status = 404, description = "No such sheet within reach"),
        (status = 503, description = "What was sent stays sent; send again for the rest"),
    ),
    security(("bearer" = []))
)]
pub async fn send(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = key(&id)?;
    let sent = work::sheet::send(&door.house, &asker, id).await?;
    let community = asker.community().ok_or(Failure::NotFound)?;
    let rows = sent_rows(&door, community, id, |_| true).await?;
    let shown = rows.iter().filter(|(_, (_, became))| !became.elsewhere);
    let mut shown: Vec<BecameShape> = shown.map(BecameShape::of).collect();
    shown.sort_by_key(BecameShape::row);
    let shape = SentShape {
        sent: sent.sent,
        faulty: sent.faulty,
        waiting: sent.waiting,
        passed_over: sent.passed_over,
        rows: shown,
    };
    body::answer(StatusCode::OK, &shape)
}

/// The receipts of the rows that the asker sent, to hand out.
#[utoipa::path(
    get,
    path = "/api/v1/sheets/{id}/receipts",
    tag = "sheets",
    params(("id" = String, Path, description = "The sheet")),
    responses(
        (status = 200, description = "Number and code of each; those of rows that others sent are theirs to hand out", body = SheetReceiptsShape),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role sends no sheets"),
        (status = 404, description = "No such sheet within reach"),
    ),
    security(("bearer" = []))
)]
pub async fn receipts(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = key(&id)?;
    let reader = door.house.store.reader();
    let sheet = reader.sheet_within(&asker.scope, id).await;
    let sheet = sheet.map_err(work::Error::from)?;
    let receipts = work::sheet::receipts(&door.house, &asker, id).await?;
    let shape = SheetReceiptsShape::of(&sheet, &receipts);
    body::answer(StatusCode::OK, &shape)
}

/// Forgets a sheet of which nothing was sent.
#[utoipa::path(
    post,
    path = "/api/v1/sheets/{id}/drop",
    tag = "sheets",
    params(("id" = String, Path, description = "The sheet")),
    responses(
        (status = 204, description = "It is forgotten with its drafts"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role keeps no sheets"),
        (status = 404, description = "No such sheet within reach"),
        (status = 422, description = "Rows of it were sent, which belong to cases now, or are sealed: whoever wrote them settles them, or they are passed on unread"),
    ),
    security(("bearer" = []))
)]
pub async fn drop(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    work::sheet::drop_sheet(&door.house, &asker, key(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What the sent rows of a sheet became, by their numbers: those that are `wanted`.
async fn sent_rows(
    door: &Door,
    community: CommunityId,
    sheet: Uuid,
    wanted: impl Fn(i64) -> bool,
) -> Result<HashMap<i64, SentRow>, Failure> {
    let reader = door.house.store.reader();
    let reports = reader.sheet_reports(community, sheet).await;
    let mut reports = reports.map_err(work::Error::from)?;
    reports.retain(|(n, _)| wanted(*n));
    let ids = reports.iter().map(|(_, report)| (report.id, report.case));
    let mut became = became_of(&door.house, community, ids.collect()).await?;
    let one = |(n, report): (i64, Report)| {
        let became = became.remove(&report.id)?;
        Some((n, (report, became)))
    };
    Ok(reports.into_iter().filter_map(one).collect())
}

/// The key of a sheet; one that cannot be a key is that of none.
fn key(text: &str) -> Result<Uuid, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}
