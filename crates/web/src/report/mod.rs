//! Telling a problem as a resident: four short pages without scripts, and the receipt. What was typed travels in the
//! pages themselves; nothing is received before the last one is sent, and sending it twice is sending it once.

mod draft;
mod kind;
mod receipt;
mod same;
mod step;
mod wizard;

pub(crate) use door::danger::calls;
pub(crate) use receipt::{HELD, hold as receipt_cookie, promised};
pub(crate) use same::{Alike, alike, offer};

use crate::routes::{Routes, Who};
use rules::access::Action;

/// The routes of telling.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/report", Who::May(Action::Report), wizard::begin)
        .post("/report", Who::May(Action::Report), wizard::go)
        .get(
            "/g/{grid}/report",
            Who::May(Action::Report),
            wizard::begin_at,
        )
        .post("/g/{grid}/report", Who::May(Action::Report), wizard::go_at)
        .get("/receipt/{number}", Who::Receipt, receipt::get)
}
