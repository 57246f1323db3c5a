//! `/problems/{problem}`: what the `type` of a problem document points at: what it means and what to do, in the visitor's
//! language. There is one for each kind of failure, and for each rule that says no.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::{Failure, Kind};
use crate::layout::{self, Page};
use crate::locale::Text;

#[derive(Template)]
#[template(path = "error/about.html")]
struct About {
    page: Page,
    name: String,
    kind: Kind,
}

/// `GET /problems/{problem}`.
pub async fn get(Path(name): Path<String>, page: Page) -> Result<Response, Failure> {
    let kind = kind(page.t, &name).ok_or(Failure::NotFound)?;
    layout::show(&About { page, name, kind })
}

/// Where the page of a problem stands: the `type` of its document.
pub(super) fn page(name: &str) -> String {
    format!("/problems/{name}")
}

/// The kind of a problem's name: its own, or that of every refusal.
pub(super) fn kind(t: Text, name: &str) -> Option<Kind> {
    let refused = || is_refusal(t, name).then_some(Kind::Refused);
    Kind::named(name).or_else(refused)
}

/// A rule that says no has words for it.
fn is_refusal(t: Text, name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b == b'-';
    name.bytes().all(plain) && t.has(&format!("refusal-{name}"))
}

/// What a problem of a kind is called.
pub(super) fn title(t: Text, kind: Kind) -> String {
    t.text(format!("api-problem-{}-title", kind.as_str()))
}

impl About {
    fn title(&self) -> String {
        title(self.page.t, self.kind)
    }

    fn means(&self) -> String {
        if self.name == self.kind.as_str() {
            self.says("means")
        } else {
            self.page.t.text(format!("refusal-{}", self.name))
        }
    }

    /// One of the texts of its kind.
    fn says(&self, part: &str) -> String {
        let kind = self.kind.as_str();
        self.page.t.text(format!("api-problem-{kind}-{part}"))
    }
}
