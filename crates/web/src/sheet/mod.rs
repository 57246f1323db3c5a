//! 线下汇总, 线上呼叫派单: sheets of paper notes as the office fills, checks and sends them. Every page works without
//! scripts and by keyboard alone; what is wrong with a row stands in the row, by column.

mod list;
mod receipts;
mod row;
mod rows;
mod send;
mod show;
mod words;

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let keep = Who::May(Action::KeepSheet);
    let send = Who::May(Action::SendSheet);
    routes
        .get("/sheets", keep, list::get)
        .post("/sheets", keep, list::post)
        .get("/sheets/{id}", keep, show::get)
        .post("/sheets/{id}/rows", keep, rows::post)
        .get("/sheets/{id}/rows/{n}", keep, row::get)
        .post("/sheets/{id}/rows/{n}", keep, row::post)
        .post("/sheets/{id}/rows/{n}/drop", keep, row::drop)
        .post("/sheets/{id}/rows/{n}/complaint", keep, row::complain)
        .post("/sheets/{id}/rows/{n}/pass", keep, row::pass)
        .post("/sheets/{id}/place", keep, rows::place)
        .post("/sheets/{id}/drop", keep, send::drop)
        .post("/sheets/{id}/send", send, send::post)
        .get("/sheets/{id}/receipts", send, receipts::get)
}
