//! `GET /api/v1/grids`: the grids as GeoJSON, a thousand a page.

use axum::extract::State;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::form::Fault;
use door::kept::Ground;
use rules::grid::{Grid, GridCode, Level, Scheme};
use rules::ids::GridId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use work::net::{CommunityNet, Net};

use super::asked::{Asked, Reading};
use super::body;

/// Grids a page.
const PAGE: usize = 1_000;

/// Which grids.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GridsQuery {
    /// The scheme; `governance` if not said. Others are public in the demo only.
    scheme: Option<String>,
    /// `community`, `general`, `dedicated` or `micro`; all if not said.
    level: Option<String>,
    /// The code of a grid: itself and what lies below it; between two schemes what lies in it.
    within: Option<String>,
    /// The last code of the page before.
    after: Option<String>,
}

/// GeoJSON; `next` is the `after` of the next page.
#[derive(Serialize, ToSchema)]
pub struct GridsShape<'a> {
    r#type: &'a str,
    features: Vec<FeatureShape<'a>>,
    next: Option<&'a str>,
}

/// One grid.
#[derive(Serialize, ToSchema)]
pub struct FeatureShape<'a> {
    r#type: &'a str,
    /// The border in WGS-84; none where only a list was loaded.
    #[schema(value_type = Option<Object>)]
    geometry: Option<serde_json::Value>,
    properties: GridProperties<'a>,
}

/// What a grid is.
#[derive(Serialize, ToSchema)]
pub struct GridProperties<'a> {
    code: &'a str,
    name: &'a str,
    level: &'a str,
    scheme: &'a str,
    /// The code of the grid above.
    parent: Option<&'a str>,
    version: i32,
}

/// The grids.
#[utoipa::path(
    get,
    path = "/api/v1/grids",
    tag = "grids",
    params(GridsQuery),
    responses(
        (status = 200, description = "A page", body = GridsShape<'static>, content_type = "application/geo+json"),
        (status = 422, description = "Faulty parameters"),
    )
)]
pub async fn get(
    State(door): State<Door>,
    Asked(query, reading): Asked<GridsQuery>,
) -> Result<Response, Failure> {
    let net = door.house.net();
    let wanted = Wanted::read(&query, reading, &net, door.settings.demo)?;
    let all = net
        .communities()
        .flat_map(|community| community.grids().map(move |grid| (community, grid)));
    let mut found: Vec<(_, &Grid)> = all.filter(|(_, grid)| wanted.has(grid)).collect();
    found.sort_unstable_by_key(|(_, grid)| &grid.code);
    let next = if found.len() > PAGE {
        found.get(PAGE - 1).map(|(_, grid)| grid.code.as_str())
    } else {
        None
    };
    let ground = door.kept.grounds.now(&door.house).await?;
    let page = found
        .iter()
        .take(PAGE)
        .map(|(community, grid)| feature(community, grid, &ground));
    body::geojson(&GridsShape {
        r#type: "FeatureCollection",
        features: page.collect(),
        next,
    })
}

/// Which grids are wanted, out of what was asked.
struct Wanted<'n> {
    scheme: Scheme,
    level: Option<Level>,
    within: Option<Vec<GridId>>,
    after: Option<&'n GridCode>,
}

impl<'n> Wanted<'n> {
    fn read(
        query: &GridsQuery,
        mut reading: Reading,
        net: &'n Net,
        demo: bool,
    ) -> Result<Self, Failure> {
        let public = |scheme: &Scheme| scheme.is_governance() || (demo && has_scheme(net, scheme));
        let scheme = reading.one(
            "scheme",
            query.scheme.as_deref(),
            "scheme-unknown",
            |text| text.parse().ok().filter(public),
        );
        let levels: Vec<_> = Level::ALL.iter().map(|level| level.as_str()).collect();
        let level = reading.one_of(
            "level",
            query.level.as_deref(),
            "level-unknown",
            &levels,
            |text| text.parse().ok(),
        );
        let scheme = scheme.unwrap_or_else(Scheme::governance);
        let within = reading.one("within", query.within.as_deref(), "grid-unknown", |code| {
            let found = net.grid_by_code(code);
            found.filter(|(_, grid)| public(&grid.scheme))
        });
        let within = within.map(|(community, grid)| below(community, grid, &scheme));
        if matches!(within, Some(None)) {
            reading.fault(Fault::new("within", "grid-across"));
        }
        let after = reading.one("after", query.after.as_deref(), "after-unknown", |code| {
            let (_, grid) = net.grid_by_code(code)?;
            public(&grid.scheme).then_some(&grid.code)
        });
        reading.done()?;
        Ok(Self {
            scheme,
            level,
            within: within.flatten(),
            after,
        })
    }

    fn has(&self, grid: &Grid) -> bool {
        grid.scheme == self.scheme
            && self.level.is_none_or(|level| grid.level == level)
            && self
                .within
                .as_ref()
                .is_none_or(|within| within.contains(&grid.id))
            && self.after.is_none_or(|after| grid.code > *after)
    }
}

/// Whether there is a grid of this scheme.
fn has_scheme(net: &Net, scheme: &Scheme) -> bool {
    let mut grids = net.communities().flat_map(|community| community.grids());
    grids.any(|grid| grid.scheme == *scheme)
}

/// The grids of a scheme that lie in a grid; none where that cannot be told.
fn below(net: &CommunityNet, grid: &Grid, scheme: &Scheme) -> Option<Vec<GridId>> {
    if grid.scheme == *scheme {
        return Some(net.subtree(grid.id));
    }
    let ground = net.counted_in(grid.id)?;
    if scheme.is_governance() {
        return Some(ground);
    }
    let lies_there = |one: &Grid| {
        let counted = net.counted_in(one.id);
        counted.is_some_and(|counted| counted.iter().all(|id| ground.contains(id)))
    };
    let found = net.grids().filter(|one| one.scheme == *scheme);
    Some(
        found
            .filter(|one| lies_there(one))
            .map(|one| one.id)
            .collect(),
    )
}

fn feature<'a>(net: &'a CommunityNet, grid: &'a Grid, ground: &Ground) -> FeatureShape<'a> {
    FeatureShape {
        r#type: "Feature",
        geometry: ground
            .geometry(grid.id)
            .and_then(|text| serde_json::from_str(text).ok()),
        properties: GridProperties {
            code: grid.code.as_str(),
            name: &grid.name,
            level: grid.level.as_str(),
            scheme: grid.scheme.as_str(),
            parent: grid
                .parent
                .and_then(|id| net.grid(id))
                .map(|parent| parent.code.as_str()),
            version: grid.version.0,
        },
    }
}
