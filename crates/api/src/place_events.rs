//! `POST /api/v1/place-events`: "the fire lane is blocked", told by a sensor or a partner system. Payloads with fields of
//! persons, bodies or recordings are refused, every one of them by name; nothing of them is kept.

pub mod desk;
pub mod kinds;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::form::{Fault, Faults};
use door::moment::{self, Moment};
use door::session::Signed;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;
use work::net::Net;
use work::place_event::{EventForm, faults, receive};

use super::asked::Reading;
use super::body;
use super::parts::Parts;
use super::reports::place;
use super::shape::PointShape;

/// An event at a place. Either `location` or `grid`, or both; nothing about persons.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceEventBody {
    /// Its number at its source: the same number twice is the same event.
    id: String,
    /// Which sensor or part of the system told it.
    #[serde(default)]
    source: String,
    /// What kind of event: small letters, digits, underscores.
    kind: String,
    /// When it happened (RFC 3339).
    at: String,
    /// Where.
    location: Option<PointShape>,
    /// The code of the grid where it is.
    grid: Option<String>,
    /// Words on the place.
    #[serde(default)]
    place_note: String,
    /// Words of the machine, at most 500 characters.
    #[serde(default)]
    text: String,
}

/// What came of an event.
#[derive(Serialize, ToSchema)]
pub struct PlaceEventShape {
    /// Its key here.
    event: Uuid,
    /// `case` where its kind leads on by itself, else `waiting` for the desk, `settled` once the desk has decided.
    state: &'static str,
    /// The number of the case it became or joined.
    number: Option<String>,
    /// Whether that case ran already: an earlier event of the same source, kind and place had made it, and this one is a
    /// further telling of it.
    joined: bool,
    /// When it was received.
    received_at: Moment,
}

/// Receives an event. The same source and number with the same body find the same event.
#[utoipa::path(
    post,
    path = "/api/v1/place-events",
    tag = "place-events",
    security(("bearer" = [])),
    request_body(content = PlaceEventBody, content_type = "application/json"),
    responses(
        (status = 201, description = "Received, now or before", body = PlaceEventShape),
        (status = 400, description = "The body cannot be read"),
        (status = 401, description = "No token"),
        (status = 403, description = "No partner system, or a place outside its community"),
        (status = 415, description = "No JSON"),
        (status = 422, description = "Faulty fields, fields about persons (each named), or the number came with another body"),
    )
)]
pub async fn post(
    State(door): State<Door>,
    Signed(asker): Signed,
    request: Request,
) -> Result<Response, Failure> {
    let parts = Parts::read(request, &door, "event").await?;
    let persons = about_persons(parts.document())?;
    let (told, mut reading) = parts.draft_after(persons)?;
    parts.bring_no_files(&mut reading);
    let form = understand(&door.house.net(), asker.now, told, reading)?;
    let told = receive(&door.house, &asker, form, parts.same()).await?;
    let number = told.number.map(|number| number.to_string());
    let state = match (&number, told.event.settled_at) {
        (Some(_), _) => "case",
        (None, Some(_)) => "settled",
        (None, None) => "waiting",
    };
    let shape = PlaceEventShape {
        event: told.event.id,
        state,
        number,
        joined: told.joined,
        received_at: Moment(told.event.received_at),
    };
    body::answer(StatusCode::CREATED, &shape)
}

/// The fields that are about persons, by the names of all fields; looked for before anything is read out of them.
fn about_persons(document: &[u8]) -> Result<Faults, Failure> {
    let payload = serde_json::from_slice(document).map_err(|_| Failure::Unreadable)?;
    let refused = rules::place_event::refused_fields(&payload);
    let faults = refused.into_iter();
    Ok(faults
        .map(|field| Fault::new(field, "field-personal"))
        .collect())
}

/// Understands an event that was read as far as it can be read.
///
/// # Errors
/// `Invalid` with everything that is wrong with it.
fn understand(
    net: &Net,
    now: OffsetDateTime,
    told: PlaceEventBody,
    mut reading: Reading,
) -> Result<EventForm, Failure> {
    let form = EventForm {
        at: reading.one("at", Some(told.at.as_str()), "field-shape", moment::parse),
        place: place(told.location, told.grid, &mut reading),
        number: told.id,
        source: told.source,
        kind: told.kind,
        place_note: told.place_note,
        words: told.text,
    };
    reading.faults(faults(net, &form, now));
    reading.done()?;
    Ok(form)
}
