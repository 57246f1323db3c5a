//! Cases as the office sees them: lists, one case with what may be done now, entering one for somebody. The pages offer
//! what the rules allow and show what the rules refuse; they decide nothing themselves.

mod again;
mod ask;
mod attachment;
mod beside;
mod clock;
mod deed;
mod enter;
mod facts;
mod field;
mod list;
pub(crate) mod meanwhile;
mod merged;
mod notice;
mod panels;
mod people;
mod photo;
mod query;
mod read;
mod saved;
pub(crate) mod sheet;
mod show;
mod similar;
mod steps;
mod take;
pub(crate) mod twin;
mod why;
mod window;
mod words;

pub use clock::Tag;
pub use field::{Choice, Field, Group};
pub use query::{Query, start_of};
pub use show::{Contact, Other, Shown};
pub use steps::{Step, Typed, step_of, steps};
pub use words::{Row, rows};

pub(crate) use again::{Again, Earlier};
pub(crate) use clock::{clock_name, due_tag, limit_words, shown_due};
pub(crate) use deed::{Line, claim_words, signed, what as deed_words};
pub(crate) use enter::{about_worker, complain, one_time_key, point};
pub(crate) use field::asks_apart;
pub(crate) use list::{categories, grids};
pub(crate) use notice::{After, Notice, done_notice};
pub(crate) use panels::{Call, ClockLine, Panels, call, clock_line, panels};
pub(crate) use photo::Photos;
pub(crate) use read::visit_form;
pub(crate) use show::{Revealed, SENT, clear, joined, load, trail};
pub(crate) use similar::{name as similar_name, place as similar_place};
pub(crate) use why::{explained, reckoned, visit_explained};

pub use door::form::date;
pub(crate) use words::place;

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/cases", Who::May(Action::ListCases), list::get)
        .get("/cases.xlsx", Who::May(Action::ExportCases), sheet::get)
        .post("/cases/filters", Who::May(Action::ListCases), saved::post)
        .post(
            "/cases/filters/{id}/delete",
            Who::May(Action::ListCases),
            saved::delete,
        )
        .get("/cases/new", Who::May(Action::ReportFor), enter::get)
        .post("/cases/new", Who::May(Action::ReportFor), enter::post)
        .get("/cases/{number}", Who::May(Action::ReadCase), show::get)
        .get(
            "/cases/{number}/receipt",
            Who::May(Action::ReportFor),
            enter::receipt,
        )
        .get(
            "/cases/{number}/contact",
            Who::May(Action::ReadContact),
            take::back,
        )
        .post(
            "/cases/{number}/contact",
            Who::May(Action::ReadContact),
            show::contact,
        )
        .get(
            "/cases/{number}/attachments/{id}",
            Who::May(Action::ReadCase),
            attachment::get,
        )
        .get(
            "/cases/{number}/{command}",
            Who::May(Action::ReadCase),
            take::back_from,
        )
        .post(
            "/cases/{number}/{command}",
            Who::May(Action::ReadCase),
            take::post,
        )
}
