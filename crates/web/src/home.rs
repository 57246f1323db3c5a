//! `/`, the installation's own page: whom to ask, tell a problem, see how it goes.

use askama::Template;
use axum::response::Response;

use crate::error::Failure;
use crate::layout::{self, Page};

#[derive(Template)]
#[template(path = "home/home.html")]
struct Home {
    page: Page,
}

/// `GET /`.
pub async fn get(page: Page) -> Result<Response, Failure> {
    layout::show(&Home { page })
}
