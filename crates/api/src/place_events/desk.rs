//! Events at places at the desk: those that wait for a decision, made a case or set aside. Whoever is late hears who was
//! faster and with what.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::faster::place_event as faster;
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::Signed;
use door::visitor::Visitor;
use rules::access::Action;
use rules::privacy::free_text;
use serde::{Deserialize, Serialize};
use store::place_event::PlaceEvent;
use utoipa::ToSchema;
use uuid::Uuid;
use work::Asker;
use work::net::CommunityNet;

use super::super::asked::{Asked, Pages, Reading, cut};
use super::super::reports::category;
use super::super::shape::{GridShape, PointShape};
use super::super::{body, draft};
use super::kinds;

/// The routes of the desk.
pub fn declare(routes: Routes) -> Routes {
    let settle = Who::May(Action::SettlePlaceEvent);
    routes
        .get("/api/v1/place-events", settle, list)
        .get("/api/v1/place-events/kinds", settle, kinds::list)
        .post("/api/v1/place-events/kinds", settle, kinds::map)
        .post("/api/v1/place-events/{id}/case", settle, case)
        .post("/api/v1/place-events/{id}/aside", settle, aside)
}

/// A page of waiting events, the oldest first.
#[derive(Serialize, ToSchema)]
pub struct WaitingShape<'a> {
    items: Vec<WaitingItem<'a>>,
    /// The `after` of the next page; none on the last one.
    next: Option<Uuid>,
}

/// An event that waits for a decision. Personal numbers in words are starred out.
#[derive(Serialize, ToSchema)]
pub struct WaitingItem<'a> {
    /// Its key here.
    id: Uuid,
    /// Which sensor or system told it.
    source: &'a str,
    /// What kind of event.
    kind: &'a str,
    /// When it happened.
    at: Moment,
    /// When it was received.
    received_at: Moment,
    /// The grid it lies in.
    grid: Option<GridShape<'a>>,
    /// The point, if one was told.
    location: Option<PointShape>,
    /// Words on the place.
    place_note: String,
    /// Words of the machine.
    text: String,
}

impl<'a> WaitingItem<'a> {
    fn of(net: &'a CommunityNet, event: &'a PlaceEvent) -> Self {
        Self {
            id: event.id,
            source: &event.source,
            kind: &event.kind,
            at: Moment(event.occurred_at),
            received_at: Moment(event.received_at),
            grid: GridShape::find(net, event.grid),
            location: event.place.map(Into::into),
            place_note: free_text::redact(&event.place_note),
            text: free_text::redact(&event.words),
        }
    }
}

/// Events that wait for a decision.
#[utoipa::path(
    get,
    path = "/api/v1/place-events",
    tag = "place-events",
    params(Pages),
    responses(
        (status = 200, description = "A page", body = WaitingShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role decides on no events"),
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
    let most = u32::from(limit) + 1;
    let reader = door.house.store.reader();
    let found = reader.waiting_place_events(&asker.scope, after, most).await;
    let (found, more) = cut(found.map_err(work::Error::from)?, limit);
    let net = door.house.net();
    let community = asker.community().ok_or(Failure::Forbidden)?;
    let net = net.community_by_id(community).ok_or(Failure::Forbidden)?;
    let items = found.iter().map(|event| WaitingItem::of(net, event));
    let shape = WaitingShape {
        items: items.collect(),
        next: found.last().filter(|_| more).map(|last| last.id),
    };
    body::answer(StatusCode::OK, &shape)
}

/// Under what the case is filed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventCaseBody {
    /// The code of a category, if the desk knows one.
    category: Option<String>,
}

/// The case an event became.
#[derive(Serialize, ToSchema)]
pub struct EventCaseShape {
    /// Its number.
    number: String,
}

/// Makes a waiting event a case.
#[utoipa::path(
    post,
    path = "/api/v1/place-events/{id}/case",
    tag = "place-events",
    params(("id" = String, Path, description = "The event")),
    request_body = EventCaseBody,
    responses(
        (status = 201, description = "The number of the case; `Location` is where it is", body = EventCaseShape),
        (status = 400, description = "The body cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role decides on no events"),
        (status = 404, description = "No such event within reach"),
        (status = 412, description = "Somebody decided before; `done` says who and what"),
        (status = 422, description = "Faulty fields"),
    ),
    security(("bearer" = []))
)]
pub async fn case(
    State(door): State<Door>,
    Signed(asker): Signed,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Bytes,
) -> Result<Response, Failure> {
    let id = key(&id)?;
    let (told, mut reading) = draft::read::<EventCaseBody>(&sent, Reading::default())?;
    let category = category(told.category.as_deref(), &mut reading);
    reading.done()?;
    let opened = work::place_event::open_case(&door.house, &asker, id, category).await;
    let number = match opened {
        Ok(number) => number.to_string(),
        Err(error) => return Err(late(&door, &asker, &visitor, id, error.into()).await),
    };
    let here = format!("/api/v1/cases/{number}");
    let answer = body::answer(StatusCode::CREATED, &EventCaseShape { number })?;
    Ok(body::with(answer, header::LOCATION, &here))
}

/// Sets a waiting event aside: nothing has to be done.
#[utoipa::path(
    post,
    path = "/api/v1/place-events/{id}/aside",
    tag = "place-events",
    params(("id" = String, Path, description = "The event")),
    responses(
        (status = 204, description = "It waits no more"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role decides on no events"),
        (status = 404, description = "No such event within reach"),
        (status = 412, description = "Somebody decided before; `done` says who and what"),
    ),
    security(("bearer" = []))
)]
pub async fn aside(
    State(door): State<Door>,
    Signed(asker): Signed,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = key(&id)?;
    if let Err(error) = work::place_event::set_aside(&door.house, &asker, id).await {
        return Err(late(&door, &asker, &visitor, id, error.into()).await);
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The failure, with who decided before if that is why.
async fn late(
    door: &Door,
    asker: &Asker,
    visitor: &Visitor,
    id: Uuid,
    failure: Failure,
) -> Failure {
    let net = door.house.net();
    let community = asker.community().and_then(|id| net.community_by_id(id));
    match community {
        Some(net) => faster(door, (net, asker, visitor.text()), id, failure).await,
        None => failure,
    }
}

/// The key of an event; one that cannot be a key is that of none.
fn key(text: &str) -> Result<Uuid, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}
