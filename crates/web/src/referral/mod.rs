//! Leads for enforcement officers in the browser: referring one from a case, the officers' list and page, the paper to print,
//! and what a case page shows of it. It offers what the rules allow and decides nothing.

mod acts;
mod beside;
mod file;
mod list;
mod refer;
mod show;
mod take;
mod words;

pub(crate) use beside::{Lead, Leads, lead, leads};
pub(crate) use file::LeadFile;
pub(crate) use words::state_words;

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let read = Who::May(Action::ReadReferral);
    routes
        .get("/cases/{number}/refer", Who::May(Action::Refer), refer::get)
        .post(
            "/cases/{number}/refer",
            Who::May(Action::Refer),
            refer::post,
        )
        .get("/referrals", read, list::get)
        .get("/referrals/{number}", read, show::get)
        .get("/referrals/{number}/print", read, show::print)
        .get("/referrals/{number}/photos/{id}", read, show::photo)
        .post("/referrals/{number}/{command}", read, take::post)
}
