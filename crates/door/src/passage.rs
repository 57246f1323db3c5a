//! What every request passes on its way in, and every answer on its way out. It is one layer: each layer of axum clones all
//! that lie below it for every request.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::{self, Failure};
use crate::known::Known;
use crate::measure::Begun;
use crate::{Door, address, headers, origin};

/// Lets a request in, and turns what comes of it into an answer with words and headers.
pub async fn pass(State(door): State<Door>, request: Request, next: Next) -> Response {
    let begun = Begun::now(&request);
    let mut answer = error::show(&door, request, |request| enter(request, next)).await;
    headers::add(&door, answer.headers_mut());
    begun.answered(&door, answer.status());
    answer
}

async fn enter(request: Request, next: Next) -> Response {
    if let Err(failure) = check(&request) {
        return failure.into_response();
    }
    let known = Known::of(&request);
    known.spare(next.run(request).await)
}

fn check(request: &Request) -> Result<(), Failure> {
    address::check(request.uri())?;
    origin::check(request.method(), request.headers())
}
