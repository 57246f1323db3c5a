//! Settings 设置 in the browser: a community's own rules by subject, each with its unit, its default and what it touches, and
//! what was changed by whom, with a way back. What a value can be is decided in `rules::settings`.

mod blanks;
mod form;
mod list;
mod read;
mod words;

use rules::access::Action;

use crate::routes::{Routes, Who};
use crate::workbench::Office;

/// How many fast lanes lead to nobody any more; nothing to whoever cannot see to it.
pub(crate) fn deserted(office: &Office) -> usize {
    if office.may(Action::ChangeSettings) {
        office.net.deserted_lanes().count()
    } else {
        0
    }
}

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let changes = Who::May(Action::ChangeSettings);
    routes
        .get("/settings", changes, list::get)
        .post("/settings/undo", changes, list::undo)
        .get("/settings/{group}", changes, form::get)
        .post("/settings/{group}", changes, form::post)
}
