//! The figures of a period, each with what it counts, its two counts and the way to its rows. They measure cases, periods
//! and units, never a person; nothing here can be sorted by a rate.

mod choices;
mod now;
mod page;
mod rows;
mod rows_file;
mod sheet;
mod stat;
mod words;

pub(crate) use words::{is_withheld, read};

use door::figures as question;
use rules::access::Action;

use crate::Routes;
use crate::routes::Who;

/// The routes of the figures. In the demo the numbers are for everybody, else for whom `View::watched` lets in; rows are only for staff who may list
/// cases, a file of them for staff who may take lists along.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/figures", Who::Everyone, page::get)
        .get("/figures.xlsx", Who::Everyone, sheet::get)
        .get("/figures/rows", Who::May(Action::ListCases), rows::get)
        .get(
            "/figures/rows.xlsx",
            Who::May(Action::ExportCases),
            rows_file::get,
        )
}
