//! The case file 案卷: everything that proves who did what and when, as a page to print and as a zip to take away. Looking at
//! it shows no more than the page of the case does; taking it away leaves a line in the trail.

mod paper;
mod take;

pub(crate) use take::{__path_sent, sent};

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let takes = Who::May(Action::TakeCaseFile);
    routes
        .get("/cases/{number}/case-file", takes, paper::get)
        .post("/cases/{number}/case-file", takes, take::post)
        .post("/api/v1/cases/{number}/case-file", takes, sent)
}
