//! Circulars through the API: the published ones for everybody who works here, publishing one, taking one back.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use door::Door;
use door::error::Failure;
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::Signed;
use rules::access::Action;
use rules::ids::CircularId;
use rules::supervision::Spoken;
use serde::{Deserialize, Serialize};
use store::supervision::PublishedCircular;
use utoipa::ToSchema;
use uuid::Uuid;
use work::net::CommunityNet;
use work::supervision::{self as task, CircularForm};

use super::{key, whole};
use crate::asked::{Asked, Pages};
use crate::body;
use crate::parts::Parts;
use crate::shape::{DepartmentShape, GridShape};

/// The routes of circulars.
pub(super) fn declare(routes: Routes) -> Routes {
    let (reads, circulates) = (Who::May(Action::ReadCirculars), Who::May(Action::Circulate));
    routes
        .get("/api/v1/circulars", reads, circulars)
        .post("/api/v1/circulars", circulates, circulate)
        .post("/api/v1/circulars/{id}/withdraw", circulates, withdraw)
}

/// A circular to publish.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CircularBody {
    /// Up to 60 characters.
    title: String,
    /// Up to 4,000 characters; nobody who works here may be named.
    words: String,
    /// Codes of grids above micro-grids.
    #[serde(default)]
    grids: Vec<String>,
    /// Codes of departments.
    #[serde(default)]
    departments: Vec<String>,
}

/// A published circular.
#[derive(Serialize, ToSchema)]
pub struct CircularShape<'a> {
    id: Uuid,
    at: Moment,
    title: &'a str,
    words: &'a str,
    grids: Vec<GridShape<'a>>,
    departments: Vec<DepartmentShape<'a>>,
}

/// A page of circulars, newest first.
#[derive(Serialize, ToSchema)]
pub struct CircularsShape<'a> {
    items: Vec<CircularShape<'a>>,
    /// The `after` of the next page.
    next: Option<String>,
}

/// A page of the published circulars, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/circulars",
    tag = "supervision",
    params(Pages),
    responses(
        (status = 200, description = "A page", body = CircularsShape<'static>),
        (status = 403, description = "The role reads none"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []))
)]
pub async fn circulars(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, reading): Asked<Pages>,
) -> Result<Response, Failure> {
    let (after, limit) = query.read(reading)?;
    let found = task::circulars(&door.house, &asker, after, limit).await?;
    let net = door.house.net();
    let net = net.of(&asker)?;
    let shape = CircularsShape {
        items: found.rows.iter().map(|one| circular(net, one)).collect(),
        next: found.next.map(|next| next.to_string()),
    };
    body::answer(StatusCode::OK, &shape)
}

/// Publishes a circular about units.
#[utoipa::path(
    post,
    path = "/api/v1/circulars",
    tag = "supervision",
    params(("Idempotency-Key" = Option<String>, Header, description = "Keeps it from being published twice; the same key and body answer with the same id")),
    request_body = CircularBody,
    responses(
        (status = 201, description = "It is published; its id"),
        (status = 400, description = "The key is none"),
        (status = 403, description = "The role may not"),
        (status = 422, description = "It names a person or a micro-grid, the asker published the same within a day, fields are faulty, or the key was \
            used for something else"),
    ),
    security(("bearer" = []))
)]
pub async fn circulate(
    State(door): State<Door>,
    Signed(asker): Signed,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    let parts = Parts::read(request, &door, "supervision").await?;
    let key = key(&headers, "circular", &parts)?;
    let said: CircularBody = whole(&parts)?;
    let form = CircularForm {
        key,
        title: said.title,
        words: said.words,
        grids: said.grids,
        departments: said.departments,
    };
    let id = task::circulate(&door.house, &asker, &form).await?;
    body::answer(StatusCode::CREATED, &serde_json::json!({ "id": id.0 }))
}

/// Takes a circular back.
#[utoipa::path(
    post,
    path = "/api/v1/circulars/{id}/withdraw",
    tag = "supervision",
    params(("id" = String, Path, description = "The id of the circular")),
    responses(
        (status = 204, description = "It is shown no more"),
        (status = 403, description = "The role may not"),
        (status = 404, description = "No such circular is published"),
    ),
    security(("bearer" = []))
)]
pub async fn withdraw(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: CircularId = id.parse().map_err(|_| Failure::NotFound)?;
    task::withdraw(&door.house, &asker, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn circular<'a>(net: &'a CommunityNet, one: &'a PublishedCircular) -> CircularShape<'a> {
    let grids = one.units.iter().filter_map(|unit| match unit {
        Spoken::Grid(id) => GridShape::find(net, *id),
        Spoken::Department(_) => None,
    });
    let departments = one.units.iter().filter_map(|unit| match unit {
        Spoken::Department(id) => DepartmentShape::find(net, *id),
        Spoken::Grid(_) => None,
    });
    CircularShape {
        id: one.id.0,
        at: Moment(one.at),
        title: &one.title,
        words: &one.words,
        grids: grids.collect(),
        departments: departments.collect(),
    }
}
