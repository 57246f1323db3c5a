//! Return visits in the browser: the list of whoever makes them, one visit on a page that fits a telephone, and its answer.
//! It shows what is needed to ask the reporter and no more; the contact is shown on asking, which the reporter can see.

mod list;
mod show;
mod take;

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let visit = Who::May(Action::Visit);
    routes
        .get("/visits", visit, list::get)
        .get("/visits/{number}", visit, show::get)
        .post("/visits/{number}/contact", visit, show::contact)
        .post("/visits/{number}/record", visit, take::post)
}
