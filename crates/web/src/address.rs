//! Addresses: what none of ours holds is refused before anybody reads it.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::Failure;

/// Refuses a zero byte in an address, which no text in a database may hold.
pub async fn check(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query();
    if address.is_some_and(|address| address.as_str().contains("%00")) {
        return Failure::Unreadable.into_response();
    }
    next.run(request).await
}
