//! Taking in files of the office from a page: sent, checked without changing anything, confirmed. Also the words in which
//! every problem of a file is told, here and on the command line.

mod page;

pub use door::import::Words;

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature. Each kind of file asks for its own right besides.
pub fn routes(routes: Routes) -> Routes {
    let office = Who::May(Action::ImportGrids);
    routes
        .get("/imports", office, page::get)
        .post("/imports", office, page::check)
        .post("/imports/confirm", office, page::confirm)
}
