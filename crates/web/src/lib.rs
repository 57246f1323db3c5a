//! The front door: pages, forms, sessions and refusals over the working rooms. It knows status codes, cookies and words,
//! and decides nothing about cases. Every route is declared in `routes`; every write passes a working room.

mod absence;
mod account;
mod address;
mod api;
mod assets;
mod board;
mod case;
mod case_file;
mod cockpit;
mod complaint;
mod cookie;
mod error;
mod figures;
mod form;
mod grid;
mod headers;
mod home;
mod import;
mod inbox;
mod kept_file;
mod layout;
mod limits;
mod locale;
mod map;
mod measure;
mod mediation;
mod order;
mod origin;
mod outbox;
mod place_event;
mod progress;
mod referral;
mod report;
mod routes;
mod routing;
mod session;
mod settings;
mod sheet;
mod state;
mod supervision;
mod task;
mod view;
mod visit;
mod visitor;
mod wording;
mod workbench;

pub use import::Words;
pub use limits::{Limits, Rate};
pub use outbox::Speaker;
pub use routes::{Method, Route, Routes, Who};
pub use state::{Door, Settings};

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
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
        .with(api::declare)
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
        .layer(from_fn(api::unless_known))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(from_fn(origin::check))
        .layer(from_fn(address::check))
        .layer(from_fn_with_state(door.clone(), error::show))
        .layer(from_fn_with_state(door.clone(), headers::add))
        .layer(from_fn_with_state(door.clone(), measure::count))
        .layer(CompressionLayer::new())
        .with_state(door)
}
