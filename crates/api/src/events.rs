//! `GET /api/v1/events`: what happened, in order: a page of the journal, or a live stream with
//! `Accept: text/event-stream`. Whoever may read the journal and cases gets every event, with the numbers of what their scope
//! finds; a partner's system what counts are made of, with the numbers of what it brought itself; a wall with a device token,
//! and in the demo everybody, what counts are made of alone.

mod names;
mod stream;
mod told;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::form::Fault;
use door::session;
use door::wall as walls;
use rules::access::{Action, Role, Scope, may};
use rules::ids::CommunityId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use work::Visitor as Known;

use super::asked::{self, Asked, Reading};
use super::body;

pub use told::EntryShape;
use told::{Eyes, View};

const PAGE_USUAL: u16 = 200;
const PAGE_MAX: u16 = 1_000;

/// Which events.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventsQuery {
    /// The code of the community; may be left out where there is one only.
    community: Option<String>,
    /// Events after this place in the journal. A page begins at the start without it, a stream with what comes next.
    #[param(value_type = Option<i64>, minimum = 0)]
    after: Option<String>,
    /// At most so many a page; 200 if not said.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 1000)]
    limit: Option<String>,
}

/// A page of events.
#[derive(Serialize, ToSchema)]
pub struct EventsShape {
    items: Vec<EntryShape>,
    /// The `after` of the next page; also on the last one, to ask again later.
    next: i64,
}

/// Events of a community.
#[utoipa::path(
    get,
    path = "/api/v1/events",
    tag = "events",
    params(EventsQuery),
    responses(
        (status = 200, description = "A page, or with `Accept: text/event-stream` a stream", body = EventsShape),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role does not read the journal of this community"),
        (status = 422, description = "Faulty parameters"),
        (status = 503, description = "Too many listen already"),
    ),
    security(("bearer" = []), ())
)]
pub async fn get(
    State(door): State<Door>,
    headers: HeaderMap,
    Asked(query, mut reading): Asked<EventsQuery>,
) -> Result<Response, Failure> {
    let known = session::who(&door, &headers).await?;
    let whole = |text: &str| text.parse().ok().filter(|seq: &i64| *seq >= 0);
    let after = reading.one("after", query.after.as_deref(), "after-unknown", whole);
    let limit = reading.one(
        "limit",
        query.limit.as_deref(),
        "limit-outside",
        asked::limit(PAGE_MAX),
    );
    let wished = query.community.as_deref();
    let (view, wall) = match wall(&door, &headers, wished).await? {
        Some((view, token)) => {
            reading.done()?;
            (view, Some(token))
        }
        None => {
            let community = community(&door, &known, wished, &mut reading)?;
            reading.done()?;
            let community = community.ok_or(Failure::NotFound)?;
            (view(&door, &known, community)?, None)
        }
    };
    let wished = headers
        .get(header::ACCEPT)
        .and_then(|wished| wished.to_str().ok());
    if wished.is_some_and(|wished| wished.contains("text/event-stream")) {
        let last = headers
            .get("last-event-id")
            .and_then(|id| id.to_str().ok())
            .and_then(whole);
        return stream::open(door, view, wall, last.or(after)).await;
    }
    let limit = limit.unwrap_or(PAGE_USUAL);
    let (items, next) = view
        .page(&door, after.unwrap_or(0), u32::from(limit))
        .await?;
    body::answer(StatusCode::OK, &EventsShape { items, next })
}

/// What a wall hears of the community of its own token, with the token; of another one nothing at all.
async fn wall(
    door: &Door,
    headers: &HeaderMap,
    code: Option<&str>,
) -> Result<Option<(View, String)>, Failure> {
    let Some(token) = walls::device(door, headers) else {
        return Ok(None);
    };
    let Some(net) = walls::shown(door, token).await? else {
        return Ok(None);
    };
    if code.is_some_and(|code| code != net.code) {
        return Err(Failure::NotFound);
    }
    Ok(Some((View::new(net.id, Eyes::Counts), token.to_owned())))
}

/// The community that is named; else the asker's own, else the only one. None is a fault.
fn community(
    door: &Door,
    known: &Known,
    code: Option<&str>,
    reading: &mut Reading,
) -> Result<Option<CommunityId>, Failure> {
    let net = door.house.net();
    if let Some(code) = code {
        let found = net.community(code).map(|community| community.id);
        if found.is_none() {
            reading.fault(Fault::new("community", "community-unknown"));
        }
        return Ok(found);
    }
    if let Known::Member(asker) = known {
        return asker.community().map(Some).ok_or(Failure::Forbidden);
    }
    let mut all = net.communities();
    match (all.next(), all.next()) {
        (Some(only), None) => Ok(Some(only.id)),
        _ => {
            reading.fault(Fault::new("community", "field-missing"));
            Ok(None)
        }
    }
}

/// What somebody may hear of a community.
fn view(door: &Door, known: &Known, community: CommunityId) -> Result<View, Failure> {
    let eyes = match (eyes(known, community), known) {
        (Some(eyes), _) => eyes,
        (None, _) if door.settings.demo => Eyes::Counts,
        (None, Known::Anonymous) => return Err(Failure::SignIn),
        (None, _) => return Err(Failure::Forbidden),
    };
    Ok(View::new(community, eyes))
}

/// With whose eyes somebody reads a journal, if they may: whoever finds no cases is told of none by its number but their own.
fn eyes(known: &Known, community: CommunityId) -> Option<Eyes> {
    let reads = |role: &Role| may(*role, Action::ReadJournal);
    match known {
        Known::Anonymous => None,
        Known::Member(asker) if asker.community() == Some(community) => {
            let role = asker.role().filter(reads)?;
            if may(role, Action::ReadCase) {
                return Some(Eyes::Scope(asker.scope.clone(), role));
            }
            Some(asker.member().map_or(Eyes::Counts, Eyes::Own))
        }
        Known::Member(_) => None,
        Known::Administrator { role, .. } => {
            let scope = Scope::Community(community);
            reads(role).then_some(Eyes::Scope(scope, *role))
        }
    }
}
