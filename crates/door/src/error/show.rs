//! The one place where a failure becomes an answer: a page in the visitor's language, or a problem document for
//! machines. Catches panics, too: their text goes to the log, an id to the visitor.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use futures::FutureExt;

use super::{Failure, Shown, page, problem};
use crate::Door;
use crate::cookie::Cookie;
use crate::visitor::Visitor;

/// Runs the rest and turns whatever failed into words.
pub async fn show<F>(door: &Door, mut request: Request, rest: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let visitor = Visitor::of(door, &request);
    let session = session(door, &visitor, &request);
    let looks = request.method().is_safe();
    request.extensions_mut().insert(visitor.clone());
    let caught = AssertUnwindSafe(rest(request)).catch_unwind().await;
    let response = caught.unwrap_or_else(|panic| {
        let failure = Failure::inside(format_args!("panic: {}", words(&*panic)));
        axum::response::IntoResponse::into_response(failure)
    });
    match failure_of(&response).map(|failure| of_address(failure, looks && !visitor.is_machine)) {
        Some(failure) => answer(door, &visitor, session.as_deref(), &failure, response).await,
        None => response,
    }
}

/// The session's cookie, should a page have to say who is signed in.
fn session(door: &Door, visitor: &Visitor, request: &Request) -> Option<String> {
    let token = Cookie::Session.read(request.headers(), door.settings.tls);
    token.filter(|_| !visitor.is_machine).map(str::to_owned)
}

fn words(panic: &(dyn std::any::Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without words")
}

/// Ours, or one that axum gave without a page of ours.
fn failure_of(response: &Response) -> Option<Arc<Failure>> {
    if let Some(Shown(failure)) = response.extensions().get() {
        return Some(Arc::clone(failure));
    }
    let ready = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind != "text/plain; charset=utf-8");
    if ready {
        None
    } else {
        Failure::of_status(response.status()).map(Arc::new)
    }
}

/// Whoever only looks at a page has sent nothing in: an address that cannot be read leads nowhere.
fn of_address(failure: Arc<Failure>, looks: bool) -> Arc<Failure> {
    match *failure {
        Failure::Unreadable if looks => Arc::new(Failure::NotFound),
        _ => failure,
    }
}

async fn answer(
    door: &Door,
    visitor: &Visitor,
    session: Option<&str>,
    failure: &Failure,
    before: Response,
) -> Response {
    let shown = if visitor.is_machine {
        problem::answer(door, visitor, failure)
    } else {
        page::answer(door, visitor, session, failure).await
    };
    let mut response = shown;
    // whoever has to sign in is led there
    if !response.status().is_redirection() {
        *response.status_mut() = failure.status();
    }
    // what axum said with it stays: `Allow` of a 405
    if let Some(allow) = before.headers().get(header::ALLOW) {
        response.headers_mut().insert(header::ALLOW, allow.clone());
    }
    if let Failure::TooMany { retry_after } = failure {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
    }
    if matches!(failure, Failure::Unavailable) {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    if let Some(way) = way_in(failure).filter(|_| visitor.is_machine) {
        let way = HeaderValue::from_static(way);
        response.headers_mut().insert(header::WWW_AUTHENTICATE, way);
    }
    response
}

/// What a machine has to bring along to be let in.
const fn way_in(failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::SignIn => Some("Bearer"),
        Failure::ReceiptMissing => Some("Receipt-Code"),
        _ => None,
    }
}
