//! `GET /api/v1/similar`: open cases near a place that may be the same as what somebody is about to tell. In few words, which
//! say nothing of a reporter; a ticket, not a number, joins them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::form::Fault;
use door::visitor::Visitor;
use rules::case::Place;
use rules::duplicate::Near;
use rules::ids::CategoryCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use work::duplicate::{Seek, Similar, similar, ticket};
use work::net::CommunityNet;
use work::report::{Said, Where, faults};

use super::asked::{self, Asked, Reading};
use super::body;
use super::shape::{CategoryShape, GridShape};

/// What somebody is about to tell. Either a point or a grid, or both.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SimilarQuery {
    /// Degrees east, WGS-84.
    #[param(value_type = Option<f64>)]
    lon: Option<String>,
    /// Degrees north.
    #[param(value_type = Option<f64>)]
    lat: Option<String>,
    /// The code of a grid.
    grid: Option<String>,
    /// Words on where it is; the building they name is compared.
    place_note: Option<String>,
    /// What it is about.
    category: Option<String>,
}

/// What may be the same.
#[derive(Serialize, ToSchema)]
pub struct SimilarList<'a> {
    items: Vec<SimilarShape<'a>>,
}

/// An open case.
#[derive(Serialize, ToSchema)]
pub struct SimilarShape<'a> {
    /// Send it as `same` with a report to join this case; good for a day.
    same: String,
    category: CategoryShape<'a>,
    grid: Option<GridShape<'a>>,
    /// The day it was first told.
    since: String,
    /// Where it stands.
    state: &'a str,
    /// How many metres away, to the next ten; none where the building is the same.
    metres: Option<u16>,
}

/// Open cases that may be the same.
#[utoipa::path(
    get,
    path = "/api/v1/similar",
    tag = "reports",
    params(SimilarQuery),
    responses(
        (status = 200, description = "At most five, the nearest first", body = SimilarList<'static>),
        (status = 422, description = "Faulty parameters"),
        (status = 429, description = "Too many from this address"),
    )
)]
pub async fn get(
    State(door): State<Door>,
    visitor: Visitor,
    Asked(query, mut reading): Asked<SimilarQuery>,
) -> Result<Response, Failure> {
    door.buckets
        .look(visitor.origin.address, door.house.clock.now())?;
    let lon = reading.one(
        "lon",
        query.lon.as_deref(),
        "location-impossible",
        asked::angle(180.0),
    );
    let lat = reading.one(
        "lat",
        query.lat.as_deref(),
        "location-impossible",
        asked::angle(90.0),
    );
    let category = reading.needed(
        "category",
        query.category.as_deref(),
        "category-unknown",
        |code| code.parse::<CategoryCode>().ok(),
    );
    let net = door.house.net();
    let place = place((lon, lat), query.grid, &mut reading);
    let said = Said {
        words: "",
        place_note: "",
        has_sound: true,
        about_worker: None,
        place: place.as_ref(),
        category: category.as_ref(),
    };
    reading.faults(faults(&net, &said));
    reading.done()?;
    let category = category.ok_or(Failure::Unreadable)?;
    let found = place.ok_or(Failure::NotFound)?.find(&net)?;
    let net = &found.community;
    let seek = Seek {
        category: &category,
        place: found.point,
        grid: found.grid.id,
        words: query.place_note.as_deref().unwrap_or_default(),
        at: door.house.clock.now(),
    };
    let items = similar(&door.house, net, &seek).await?;
    let items = items.iter().map(|one| shape(&door, net, one)).collect();
    body::answer(StatusCode::OK, &SimilarList { items })
}

/// Where it is; of a point that was said by half, the other half is missing.
fn place(
    (lon, lat): (Option<f64>, Option<f64>),
    grid: Option<String>,
    reading: &mut Reading,
) -> Option<Where> {
    let point = lon.zip(lat).map(|(lon, lat)| Place { lon, lat });
    match (point, grid) {
        (point, Some(code)) => Some(Where::Grid { code, point }),
        (Some(point), None) => Some(Where::Point(point)),
        (None, None) => {
            if ["lon", "lat"].iter().all(|half| reading.is_sound(half)) {
                let half = if lon.is_some() { "lat" } else { "lon" };
                reading.fault(Fault::new(half, "field-missing"));
            }
            None
        }
    }
}

fn shape<'a>(door: &Door, net: &'a CommunityNet, one: &'a Similar) -> SimilarShape<'a> {
    SimilarShape {
        same: ticket(&door.house, net.id, one.case),
        category: CategoryShape::now(net, one.category.as_str()),
        grid: GridShape::find(net, one.grid),
        since: net.calendar.local(one.since).date().to_string(),
        state: one.state.as_str(),
        metres: match one.near {
            Near::Metres(metres) => Some(metres.div_ceil(10) * 10),
            Near::Building(_) => None,
        },
    }
}
