//! How a report goes: opened by number and code or by the link of a message, shown as a timeline with the next date;
//! answering, rating, reopening, taking back. Never shows what those who work on it say to each other.

mod apart;
mod danger;
mod dates;
mod files;
mod messages;
mod open;
mod owner;
mod shared;
mod show;
mod step;
mod words;

pub(crate) use dates::{Dated, ahead, is_joined};
pub(crate) use open::shown;
pub(crate) use show::who;
pub(crate) use words::step_words;

use crate::routes::{Routes, Who};

/// The routes of progress.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/progress", Who::Everyone, open::ask)
        .post("/progress", Who::Everyone, open::open)
        .get("/p/{number}/{token}", Who::Receipt, open::by_link)
        .get("/progress/{number}", Who::Receipt, show::get)
        .get("/progress/{number}/files/{id}", Who::Receipt, files::file)
        .post("/progress/{number}/messages", Who::Receipt, messages::post)
        .post("/progress/{number}/{step}", Who::Receipt, step::post)
        .post("/progress-leave", Who::Everyone, open::leave)
}
