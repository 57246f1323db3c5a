//! Complaints about somebody who works here: told on the page of a grid, with a receipt and a progress page of their own; a
//! list and a page for those who may see them; and the steps by which a report becomes one and the other way
//! round. Nothing of it stands on any other page; whoever is concerned does not find it.

mod along;
mod before;
mod list;
mod receipt;
mod show;
mod take;
mod tell;
mod turn;
mod words;

pub(crate) use list::{open, without_reader};
pub(crate) use receipt::{Back, apart, holds, lead_apart, lead_to};
pub(crate) use tell::{Told, instead_of_report};

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let (open, read) = (Who::May(Action::Complain), Who::May(Action::ReadComplaints));
    let turn = Who::May(Action::TurnIntoComplaint);
    routes
        .get("/g/{grid}/complaint", open, tell::get)
        .post("/g/{grid}/complaint", open, tell::post)
        .get("/complaint/{number}", Who::Receipt, receipt::progress)
        .get("/complaint/{number}/receipt", Who::Receipt, receipt::get)
        .get("/complaints", read, list::get)
        .get("/complaints/{number}", read, show::get)
        .get("/complaints/{number}/photos/{id}", read, show::file)
        .post("/complaints/{number}/contact", read, show::contact)
        .post("/complaints/{number}/{step}", read, take::post)
        .get("/cases/{number}/complaint", turn, turn::get)
        .post("/cases/{number}/complaint", turn, turn::post)
}
