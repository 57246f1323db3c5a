//! Wordings 告知用语: the page on which a community writes what reporters are told at which step, with a look at how it reads,
//! and what was told, in words, on the pages of report and case.

mod form;
mod list;

pub(crate) use door::wording::said;
pub(crate) use list::category;

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let writes = Who::May(Action::ChangeSettings);
    routes
        .get("/wordings", writes, list::get)
        .get("/wordings/new", writes, form::new)
        .post("/wordings/new", writes, form::add)
        .get("/wordings/{wording}", writes, form::get)
        .post("/wordings/{wording}", writes, form::edit)
        .post("/wordings/{wording}/remove", writes, form::remove)
}
