//! The JSON API: the same tasks as the pages, for machines. Reads query and body into types or says every fault by its
//! field; answers JSON or a problem document. Decides nothing; knows no words but those of refusals.

mod absence;
mod asked;
mod body;
mod case;
mod cases;
mod complaints;
mod contact;
mod counts;
mod draft;
mod events;
mod figure_rows;
mod figures;
mod file;
mod grids;
mod locate;
mod mediations;
mod messages;
mod openapi;
mod order_files;
mod orders;
mod outbox;
mod parts;
mod place_events;
mod problem;
mod progress;
mod receipt;
mod referrals;
mod replay;
mod reports;
mod routing;
mod settings;
mod shape;
mod sheets;
mod similar;
mod steps;
mod supervision;
mod tasks;
mod tiles;
mod visits;
mod wordings;
mod words;

pub use case::document as case_document;
pub use case::lead_documents;
pub use openapi::described;

use door::routes::{Routes, Who};
use rules::access::Action;

/// Declares the routes of the API.
pub fn routes(routes: Routes) -> Routes {
    routes
        .post("/api/v1/reports", Who::Everyone, reports::post)
        .get("/api/v1/reports/{number}", Who::Receipt, progress::get)
        .post("/api/v1/orders", Who::May(Action::SendOrder), orders::post)
        .post(
            "/api/v1/place-events",
            Who::May(Action::SendPlaceEvent),
            place_events::post,
        )
        .with(place_events::desk::declare)
        .get("/api/v1/cases", Who::May(Action::ListCases), cases::get)
        .get(
            "/api/v1/cases/{number}",
            Who::May(Action::ReadCase),
            case::get,
        )
        .post(
            "/api/v1/cases/{number}/contact",
            Who::May(Action::ReadContact),
            contact::post,
        )
        .post(
            "/api/v1/cases/{number}/{command}",
            Who::Receipt,
            steps::post,
        )
        .with(sheets::declare)
        .with(order_files::declare)
        .with(referrals::declare)
        .with(mediations::declare)
        .with(supervision::declare)
        .with(complaints::declare)
        .with(wordings::declare)
        .with(settings::declare)
        .with(outbox::declare)
        .with(visits::declare)
        .with(absence::declare)
        .with(tasks::declare)
        .with(messages::declare)
        .get("/api/v1/counts", Who::Everyone, counts::get)
        .get("/api/v1/figures", Who::Everyone, figures::get)
        .get(
            "/api/v1/figures/rows",
            Who::May(Action::ListCases),
            figure_rows::get,
        )
        .get("/api/v1/grids", Who::Everyone, grids::get)
        .get("/api/v1/locate", Who::Everyone, locate::get)
        .get("/api/v1/similar", Who::Everyone, similar::get)
        .get("/api/v1/events", Who::Everyone, events::get)
        .get(
            "/api/v1/routing",
            Who::May(Action::ReadRouting),
            routing::get,
        )
        .get(
            "/api/v1/routing/targets",
            Who::May(Action::ReadRouting),
            routing::targets,
        )
        .post(
            "/api/v1/routing/rules",
            Who::May(Action::ChangeRouting),
            routing::add,
        )
        .post(
            "/api/v1/routing/rules/{id}",
            Who::May(Action::ChangeRouting),
            routing::edit,
        )
        .post(
            "/api/v1/routing/rules/{id}/{deed}",
            Who::May(Action::ChangeRouting),
            routing::act,
        )
        .post(
            "/api/v1/routing/trial",
            Who::May(Action::ReadRouting),
            routing::trial,
        )
        .get("/tiles/grids/{z}/{x}/{y}", Who::Everyone, tiles::get)
}
