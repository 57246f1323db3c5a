//! Supervision 全程盯办 in the browser: lists that find cases, reminding, asking for an answer by a date, answering, circulars.
//! Everything is about cases and units; no page lists or counts people.

mod ask;
mod circular;
mod list;
mod shown;

pub(crate) use list::{Tab, tabs};
pub(crate) use shown::{Supervised, Waiting, supervised, waiting};

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let (remind, supervise) = (Who::May(Action::Remind), Who::May(Action::Supervise));
    let answer = Who::May(Action::AnswerSupervision);
    let circulate = Who::May(Action::Circulate);
    let read = Who::May(Action::ReadCirculars);
    routes
        .get("/supervision", remind, list::get)
        .get("/cases/{number}/remind", remind, ask::remind_form)
        .post("/cases/{number}/remind", remind, ask::remind)
        .get("/cases/{number}/supervise", supervise, ask::supervise_form)
        .post("/cases/{number}/supervise", supervise, ask::supervise)
        .get("/supervision/{item}/answer", answer, ask::answer_form)
        .post("/supervision/{item}/answer", answer, ask::answer)
        .get("/circulars", read, circular::get)
        .get("/circulars/new", circulate, circular::form)
        .post("/circulars/new", circulate, circular::post)
        .post("/circulars/{id}/withdraw", circulate, circular::withdraw)
}
