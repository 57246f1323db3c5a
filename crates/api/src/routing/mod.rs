//! `/api/v1/routing`: the routing rules for machines: read, written, ordered, switched, and tried out on past cases. Every
//! change names the version of the list that was seen.

mod shape;
mod targets;
mod trial;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::faster::routing as faster;
use door::routing::deed;
use door::session::Signed;
use rules::ids::RuleId;
use rules::routing::Change;
use work::Asker;
use work::net::CommunityNet;
use work::routing::change;

use super::body;
use super::steps::seen;
use shape::{RoutingShape, RuleBody, SwitchBody, written};

pub use targets::{__path_targets, targets};
pub use trial::{__path_trial, trial};

/// The rules in their order.
#[utoipa::path(
    get,
    path = "/api/v1/routing",
    tag = "routing",
    responses(
        (status = 200, description = "The rules; `ETag` is the version to name in `If-Match`", body = RoutingShape<'static>),
        (status = 304, description = "The version that `If-None-Match` names"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role has no such right"),
    ),
    security(("bearer" = []))
)]
pub async fn get(State(door): State<Door>, Signed(asker): Signed) -> Result<Response, Failure> {
    show(&door, &asker, StatusCode::OK)
}

/// Adds a rule: switched off, asked last.
#[utoipa::path(
    post,
    path = "/api/v1/routing/rules",
    tag = "routing",
    params(("If-Match" = String, Header, description = "The version of the list that was seen")),
    request_body = RuleBody,
    responses(
        (status = 201, description = "The rules after it", body = RoutingShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role has no such right"),
        (status = 412, description = "The list has changed since"),
        (status = 422, description = "Faulty fields"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn add(
    State(door): State<Door>,
    Signed(asker): Signed,
    headers: HeaderMap,
    sent: Bytes,
) -> Result<Response, Failure> {
    let id = RuleId(door.house.clock.id());
    let told: RuleBody = body::read(&sent)?;
    let made = Change::Add(id, written(&*net(&door, &asker)?, told)?);
    make(&door, &asker, &headers, made, StatusCode::CREATED).await
}

/// Writes a rule anew. What takes other cases than before, or sends them elsewhere, is off until it was tried out again.
#[utoipa::path(
    post,
    path = "/api/v1/routing/rules/{id}",
    tag = "routing",
    params(
        ("id" = String, Path, description = "The rule"),
        ("If-Match" = String, Header, description = "The version of the list that was seen"),
    ),
    request_body = RuleBody,
    responses(
        (status = 200, description = "The rules after it", body = RoutingShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role has no such right"),
        (status = 404, description = "No such rule"),
        (status = 412, description = "The list has changed since"),
        (status = 422, description = "Faulty fields"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn edit(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    sent: Bytes,
) -> Result<Response, Failure> {
    let id: RuleId = id.parse().map_err(|_| Failure::NotFound)?;
    let told: RuleBody = body::read(&sent)?;
    let made = Change::Edit(id, written(&*net(&door, &asker)?, told)?);
    make(&door, &asker, &headers, made, StatusCode::OK).await
}

/// Moves, switches or removes a rule. Where two rules that are on and send elsewhere change places, the one that is asked first
/// now is off until it was tried out again.
#[utoipa::path(
    post,
    path = "/api/v1/routing/rules/{id}/{deed}",
    tag = "routing",
    params(
        ("id" = String, Path, description = "The rule"),
        ("deed" = String, Path, description = "up, down, on, off, remove"),
        ("If-Match" = String, Header, description = "The version of the list that was seen"),
    ),
    request_body(content = SwitchBody, description = "For `on` only"),
    responses(
        (status = 200, description = "The rules after it", body = RoutingShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role has no such right"),
        (status = 404, description = "No such rule, or no such deed"),
        (status = 412, description = "The list has changed since"),
        (status = 422, description = "It cannot be done; the fault says why"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn act(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path((id, word)): Path<(String, String)>,
    headers: HeaderMap,
    sent: Bytes,
) -> Result<Response, Failure> {
    let id: RuleId = id.parse().map_err(|_| Failure::NotFound)?;
    let made = deed(id, &word).ok_or(Failure::NotFound)?;
    let told: SwitchBody = match (&made, sent.is_empty()) {
        (Change::On(_), false) => body::read(&sent)?,
        _ => SwitchBody::default(),
    };
    let tried = told.tried.as_deref();
    switch(&door, (&asker, &headers), made, tried, StatusCode::OK).await
}

async fn make(
    door: &Door,
    asker: &Asker,
    headers: &HeaderMap,
    made: Change,
    status: StatusCode,
) -> Result<Response, Failure> {
    switch(door, (asker, headers), made, None, status).await
}

/// The same with what a trial gave.
async fn switch(
    door: &Door,
    (asker, headers): (&Asker, &HeaderMap),
    made: Change,
    tried: Option<&str>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let version = seen(headers)?;
    let rule = Some(made.rule());
    if let Err(error) = change(&door.house, asker, version, made, tried).await {
        return Err(faster(door, (asker, None), version, rule, error.into()).await);
    }
    show(door, asker, status)
}

fn show(door: &Door, asker: &Asker, status: StatusCode) -> Result<Response, Failure> {
    let net = net(door, asker)?;
    let shape = RoutingShape::of(&net);
    let answer = body::answer(status, &shape)?;
    Ok(body::versioned(answer, net.routing.version))
}

/// The community of somebody signed in.
fn net(door: &Door, asker: &Asker) -> Result<std::sync::Arc<CommunityNet>, Failure> {
    let net = door.house.net();
    let community = asker.community().and_then(|id| net.community_by_id(id));
    community.cloned().ok_or(Failure::Forbidden)
}
