//! Orders 工单 in the office: those of the last month with their own limit, taking in the hotline's file, and giving the
//! results back.

mod list;
mod results;
mod take;

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let take = Who::May(Action::TakeOrders);
    routes
        .get("/orders", take, list::get)
        .post("/orders/hotline", take, take::post)
        .post("/orders/results", take, results::post)
}
