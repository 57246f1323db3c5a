//! The pages, and the one router of the house: every route, of pages and API alike, is declared here with who may come in.
//! What pages and API share stands at the `door`. Nothing here decides about cases; every write passes a working room.

mod absence;
mod account;
mod board;
mod case;
mod case_file;
mod cockpit;
mod complaint;
mod decision;
mod figures;
mod form;
mod grid;
mod home;
mod import;
mod inbox;
mod map;
mod mediation;
mod openapi;
mod order;
mod outbox;
mod place_event;
mod progress;
mod referral;
mod report;
mod routing;
mod settings;
mod sheet;
mod supervision;
mod task;
mod visit;
mod wording;
mod workbench;

pub use door::import::Words;
pub use door::limits::{Limits, Rate};
pub use door::routes::{Method, Route, Routes, Who};
pub use door::{Door, Settings};
pub use outbox::Speaker;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use door::{
    address, assets, cookie, error, faster, kept_file, layout, locale, measure, passage, routes,
    session, view, visitor,
};
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use work::House;

/// The largest body: three photos of a phone and a sound note.
const BODY_MAX: usize = 64 * 1024 * 1024;

/// Every route of the house, to be listed.
pub fn routes() -> Routes {
    declare(Routes::new(None))
}

/// The name of every kind of problem, to be listed; each has a page at `/problems/{name}`.
pub fn problems() -> impl Iterator<Item = &'static str> {
    error::Kind::ALL.iter().map(|kind| kind.as_str())
}

/// Declares every route; each feature adds its own.
fn declare(routes: Routes) -> Routes {
    routes
        .get("/", Who::Everyone, home::get)
        .get("/g/{grid}", Who::Everyone, grid::get)
        .with(report::routes)
        .with(progress::routes)
        .with(account::routes)
        .post("/language", Who::Everyone, layout::language)
        .post("/elder", Who::Everyone, layout::elder)
        .get("/assets/{*name}", Who::Everyone, assets::get)
        .get("/healthz", Who::Everyone, measure::healthz)
        .get("/readyz", Who::Everyone, measure::readyz)
        .get("/metrics", Who::Everyone, measure::metrics)
        .with(error::routes)
        .with(api::routes)
        .get("/openapi.json", Who::Everyone, openapi::get)
        .with(cockpit::routes)
        .with(map::routes)
        .with(board::routes)
        .with(figures::routes)
        .with(workbench::routes)
        .with(case::routes)
        .with(case_file::routes)
        .with(wording::routes)
        .with(settings::routes)
        .with(outbox::routes)
        .with(inbox::routes)
        .with(decision::routes)
        .with(sheet::routes)
        .with(order::routes)
        .with(place_event::routes)
        .with(task::routes)
        .with(visit::routes)
        .with(absence::routes)
        .with(routing::routes)
        .with(referral::routes)
        .with(mediation::routes)
        .with(supervision::routes)
        .with(complaint::routes)
        .with(import::routes)
}

/// The door, ready to serve. Serve it with `into_make_service_with_connect_info::<SocketAddr>()`, so that the limits know
/// addresses.
pub fn router(house: Arc<House>, settings: Settings) -> Router {
    let door = Door::new(house, settings);
    declare(Routes::new(Some(door.clone())))
        .into_router()
        .layer(
            ServiceBuilder::new()
                .layer(CompressionLayer::new())
                .layer(from_fn_with_state(door.clone(), passage::pass))
                .layer(DefaultBodyLimit::max(BODY_MAX)),
        )
        .with_state(door)
}
