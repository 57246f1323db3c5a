//! Which kinds of events at places become cases by themselves, and under what category.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::session::Signed;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use work::Asker;

use super::super::asked::Reading;
use super::super::reports::category;
use super::super::shape::CategoryShape;
use super::super::{body, draft};

/// The kinds that were told so far, by their names.
#[derive(Serialize, ToSchema)]
pub struct EventKindsShape<'a> {
    kinds: Vec<EventKindShape<'a>>,
}

/// A kind of event.
#[derive(Serialize, ToSchema)]
pub struct EventKindShape<'a> {
    kind: &'a str,
    /// Under what its events become cases by themselves; none where they wait for the desk.
    category: Option<CategoryShape<'a>>,
}

/// The kinds of events that were told so far.
#[utoipa::path(
    get,
    path = "/api/v1/place-events/kinds",
    tag = "place-events",
    responses(
        (status = 200, description = "All of them", body = EventKindsShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role decides on no events"),
    ),
    security(("bearer" = []))
)]
pub async fn list(State(door): State<Door>, Signed(asker): Signed) -> Result<Response, Failure> {
    show(&door, &asker).await
}

/// A kind and what becomes of it from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventKindBody {
    /// A kind that was told before.
    kind: String,
    /// The code of a category; `null`: its events wait for the desk. It has to be said, so that leaving it out forgets nothing.
    #[serde(deserialize_with = "said")]
    #[schema(required)]
    category: Option<String>,
}

/// A field that may be null and has to be there.
fn said<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(from)
}

/// Maps a kind to a category, or to none.
#[utoipa::path(
    post,
    path = "/api/v1/place-events/kinds",
    tag = "place-events",
    request_body = EventKindBody,
    responses(
        (status = 200, description = "All kinds as they are now", body = EventKindsShape<'static>),
        (status = 400, description = "The body cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role decides on no events"),
        (status = 404, description = "Nobody told of this kind"),
        (status = 422, description = "Faulty fields"),
    ),
    security(("bearer" = []))
)]
pub async fn map(
    State(door): State<Door>,
    Signed(asker): Signed,
    sent: Bytes,
) -> Result<Response, Failure> {
    let (told, mut reading) = draft::read::<EventKindBody>(&sent, Reading::default())?;
    let code = category(told.category.as_deref(), &mut reading);
    reading.done()?;
    let kinds = vec![(told.kind, code)];
    work::place_event::map_kinds(&door.house, &asker, kinds).await?;
    show(&door, &asker).await
}

async fn show(door: &Door, asker: &Asker) -> Result<Response, Failure> {
    let community = asker.community().ok_or(Failure::Forbidden)?;
    let kinds = door.house.store.reader().event_kinds(community).await;
    let kinds = kinds.map_err(work::Error::from)?;
    let net = door.house.net();
    let net = net.community_by_id(community).ok_or(Failure::Forbidden)?;
    let kinds = kinds.iter().map(|(kind, code)| EventKindShape {
        kind,
        category: code
            .as_ref()
            .map(|code| CategoryShape::named(net, code, None)),
    });
    let shape = EventKindsShape {
        kinds: kinds.collect(),
    };
    body::answer(StatusCode::OK, &shape)
}
