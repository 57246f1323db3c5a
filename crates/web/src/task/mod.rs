//! A day's work on a phone: my tasks, what came to me, one question per page, and after each step what happens next.

mod here;
mod list;
mod one;
mod owed;

pub use one::again;

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/tasks", Who::May(Action::Handle), list::get)
        .get("/tasks/{number}", Who::May(Action::Handle), one::get)
        .get(
            "/tasks/{number}/{command}",
            Who::May(Action::Handle),
            one::form,
        )
        .get("/report-here", Who::May(Action::Fix), here::get)
        .post("/report-here", Who::May(Action::Fix), here::post)
}
