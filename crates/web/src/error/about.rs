//! `/problems/{problem}`: what the `type` of a problem document points at: what it means and what to do, in the visitor's
//! language. There is one for each kind of failure.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::{Failure, Kind};
use crate::layout::{self, Page};

#[derive(Template)]
#[template(path = "error/about.html")]
struct About {
    page: Page,
    kind: Kind,
}

/// `GET /problems/{problem}`.
pub async fn get(Path(name): Path<String>, page: Page) -> Result<Response, Failure> {
    let kind = Kind::named(&name).ok_or(Failure::NotFound)?;
    layout::show(&About { page, kind })
}

impl About {
    /// One of its texts: `title`, `means` or `do`.
    fn says(&self, part: &str) -> String {
        let name = self.kind.as_str();
        self.page.t.text(format!("api-problem-{name}-{part}"))
    }
}
