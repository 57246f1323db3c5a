//! Mediation in the browser: opening one, its page for mediator, leads and supervisor, the slips for the parties and the
//! agreement to print and sign. Nothing of it stands on any other page; whoever has no part in it does not find it.

mod acts;
mod beside;
mod dispute;
mod list;
mod open;
mod owed;
mod paper;
mod show;
mod take;
mod words;

pub(crate) use beside::{Disputes, disputes};
pub(crate) use dispute::is_dispute;
pub(crate) use open::instead_of_case;
pub(crate) use owed::{Card as OwedCard, cards as owed_cards};

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let read = Who::May(Action::ReadMediation);
    let mediate = Who::May(Action::Mediate);
    routes
        .get("/mediations", read, list::get)
        .get(
            "/mediations/new",
            Who::May(Action::OpenMediation),
            open::get,
        )
        .post(
            "/mediations/new",
            Who::May(Action::OpenMediation),
            open::post,
        )
        .get("/mediations/{number}", read, show::get)
        .get("/mediations/{number}/receipt", read, paper::receipt)
        .get("/mediations/{number}/agreement", read, paper::agreement)
        .post("/mediations/{number}/agreement", mediate, paper::named)
        .get("/mediations/{number}/papers/{id}", read, paper::photo)
        .post("/mediations/{number}/contacts", mediate, show::contacts)
        .post("/mediations/{number}/{command}", mediate, take::post)
}
