//! The JSON API: the same tasks as the pages, for machines. Reads query and body into types or says every fault by its
//! field; answers JSON or a problem document. Decides nothing; knows no words but those of refusals.

mod asked;
mod body;
mod case;
mod cases;
mod contact;
mod counts;
mod kept;
mod moment;
mod parts;
mod progress;
mod receipt;
mod reports;
mod shape;
mod steps;

pub(crate) use kept::Kept;

use rules::access::Action;

use crate::routes::{Routes, Who};

/// Declares the routes of the API.
pub(crate) fn declare(routes: Routes) -> Routes {
    routes
        .post("/api/v1/reports", Who::Everyone, reports::post)
        .get("/api/v1/reports/{number}", Who::Receipt, progress::get)
        .get("/api/v1/cases", Who::May(Action::ListCases), cases::get)
        .get("/api/v1/cases/{number}", Who::May(Action::ReadCase), case::get)
        .post("/api/v1/cases/{number}/contact", Who::May(Action::ReadContact), contact::post)
        .post("/api/v1/cases/{number}/{command}", Who::Receipt, steps::post)
        .get("/api/v1/counts", Who::Everyone, counts::get)
}
