//! `GET /api/v1/locate`: the grids of a point and who is on duty there. Names and numbers only by consent.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::form::Fault;
use door::moment::Moment;
use rules::ids::GridId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use work::net::CommunityNet;
use work::people::{DutyCard, Level, board};

use super::asked::{self, Asked, Reading};
use super::body;
use super::shape::GridShape;

/// Which point.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LocateQuery {
    /// Degrees east, WGS-84.
    #[param(value_type = Option<f64>)]
    lon: Option<String>,
    /// Degrees north.
    #[param(value_type = Option<f64>)]
    lat: Option<String>,
}

/// Where a point lies.
#[derive(Serialize, ToSchema)]
pub struct LocateShape<'a> {
    /// The grids that contain it, of every scheme, the smallest first; empty outside all of them.
    grids: Vec<LocatedShape<'a>>,
    /// Who is on duty, the nearest first; outside all grids those of the nearest community.
    people: Vec<DutyShape<'a>>,
}

/// A grid that contains the point.
#[derive(Serialize, ToSchema)]
pub struct LocatedShape<'a> {
    #[serde(flatten)]
    grid: GridShape<'a>,
    scheme: &'a str,
}

/// Somebody on duty.
#[derive(Serialize, ToSchema)]
pub struct DutyShape<'a> {
    /// The code of the grid they serve.
    grid: &'a str,
    role: &'a str,
    post: &'a str,
    name: Option<&'a str>,
    phone: Option<&'a str>,
    service_hours: &'a str,
    /// While they are away: who stands in.
    stands_in: Option<StandInShape<'a>>,
}

/// Who stands in.
#[derive(Serialize, ToSchema)]
pub struct StandInShape<'a> {
    name: Option<&'a str>,
    phone: Option<&'a str>,
    until: Moment,
}

/// Where a point lies.
#[utoipa::path(
    get,
    path = "/api/v1/locate",
    tag = "grids",
    params(LocateQuery),
    responses(
        (status = 200, description = "Grids and people", body = LocateShape<'static>),
        (status = 422, description = "No point on this earth"),
    )
)]
pub async fn get(
    State(door): State<Door>,
    Asked(query, reading): Asked<LocateQuery>,
) -> Result<Response, Failure> {
    let (lon, lat) = point(&query, reading)?;
    let net = door.house.net();
    let found = net.locate(lon, lat);
    let located = found
        .iter()
        .filter_map(|at| Some((net.community_by_id(at.community)?, at.grid)));
    let grids = located
        .clone()
        .filter_map(|(community, id)| located_shape(community, id));
    let home = net
        .locate_governance(lon, lat)
        .and_then(|at| Some((net.community_by_id(at.community)?, at.grid)));
    let nearest = || {
        net.nearest_community(lon, lat)
            .and_then(|community| Some((community, community.root()?.id)))
    };
    let levels = home
        .or_else(nearest)
        .map(|(community, grid)| board(community, grid, door.house.clock.now()));
    let people = levels.iter().flatten().flat_map(on_duty).collect();
    body::answer(
        StatusCode::OK,
        &LocateShape {
            grids: grids.collect(),
            people,
        },
    )
}

fn point(query: &LocateQuery, mut reading: Reading) -> Result<(f64, f64), Failure> {
    let lon = reading.needed(
        "lon",
        query.lon.as_deref(),
        "location-impossible",
        asked::angle(180.0),
    );
    let lat = reading.needed(
        "lat",
        query.lat.as_deref(),
        "location-impossible",
        asked::angle(90.0),
    );
    reading.done()?;
    lon.zip(lat)
        .ok_or_else(|| body::invalid(Fault::new("lon", "location-impossible")))
}

fn located_shape(net: &CommunityNet, id: GridId) -> Option<LocatedShape<'_>> {
    let grid = net.grid(id)?;
    Some(LocatedShape {
        grid: GridShape::of(grid),
        scheme: grid.scheme.as_str(),
    })
}

fn on_duty(level: &Level) -> impl Iterator<Item = DutyShape<'_>> {
    level.cards.iter().map(|card: &DutyCard| DutyShape {
        grid: level.grid.code.as_str(),
        role: card.role.as_str(),
        post: &card.title,
        name: card.name.as_deref(),
        phone: card.phone.as_deref(),
        service_hours: &card.service_hours,
        stands_in: card.stands_in.as_ref().map(|other| StandInShape {
            name: other.name.as_deref(),
            phone: other.phone.as_deref(),
            until: Moment(other.until),
        }),
    })
}
