//! A failure as a page: what happened, what one can do now, and whom to call. Somebody who has to sign in is led there.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::lost::Lost;
use super::{Failure, call, declined, not_now, refused};
use crate::Door;
use crate::form::Faults;
use crate::layout::Page;
use crate::session;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "error/page.html")]
struct ErrorPage<'a> {
    page: Page,
    title: String,
    text: String,
    faults: &'a Faults,
    id: Option<String>,
    /// The page that helps on, and what it is called.
    way: Option<(&'static str, String)>,
    /// Whom to call meanwhile.
    call: Option<String>,
}

/// The page. `session` is the cookie of somebody signed in, if there was one: who it is stands in the head, too.
pub(super) async fn answer(
    door: &Door,
    visitor: &Visitor,
    session: Option<&str>,
    failure: &Failure,
) -> Response {
    if matches!(failure, Failure::SignIn) {
        return sign_in(visitor);
    }
    let mut page = Page::new(door, visitor);
    if let Some(token) = session {
        match session::by_cookie(door, token).await {
            Ok(known) => page.signed_in(door, &known),
            // nobody can say now who it is, so that nobody is told to sign in
            Err(_) => page.may_sign_in = false,
        }
    }
    let number = call::number(door, &visitor.here);
    let lost = match failure {
        Failure::NotFound => Lost::of(&visitor.here),
        _ => None,
    };
    let none = Faults::default();
    let words = ErrorPage {
        title: page.t.text(match lost {
            Some(lost) => format!("error-lost-{}-title", lost.as_str()),
            None => format!("error-{}-title", failure.code()),
        }),
        text: match lost {
            Some(lost) => page.t.text(format!("error-lost-{}-text", lost.as_str())),
            None => text(&page, failure),
        },
        way: lost.map(|lost| {
            let said = page.t.text(format!("error-lost-{}-way", lost.as_str()));
            (lost.way(), said)
        }),
        faults: if let Failure::Invalid(faults) = failure {
            faults
        } else {
            &none
        },
        id: if let Failure::Inside(id) = failure {
            Some(id.to_string())
        } else {
            None
        },
        // whoever is sent away needs somebody to talk to
        call: match failure {
            Failure::TooMany { .. } => number.or_else(|| Some(call::HOTLINE.to_owned())),
            _ => number,
        },
        page,
    };
    match words.render() {
        Ok(html) => Html(html).into_response(),
        Err(cause) => {
            tracing::error!(%cause, "the error page cannot be shown");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// What the rules say, where they said no; else what to do now.
fn text(page: &Page, failure: &Failure) -> String {
    match failure {
        Failure::Refused(refusal) => refused(page.t, refusal),
        Failure::NotNow { refusal, stands } => not_now(page.t, refusal, stands),
        Failure::WentInto { code, .. } => page.t.text(format!("refusal-{code}")),
        Failure::Declined { code, stands } => declined(page.t, code, stands.as_ref()),
        Failure::Overtaken { faster, .. } => faster.said(page.t),
        Failure::TooMany { retry_after } => {
            let minutes = retry_after.div_ceil(60).max(1);
            let said = page.t.say("error-too-many-wait");
            said.with("minutes", minutes).to_string()
        }
        other => page.t.text(format!("error-{}-text", other.code())),
    }
}

/// To the sign-in page and back here afterwards; a form that was sent is not sent again by itself.
fn sign_in(visitor: &Visitor) -> Response {
    let back: String = form_urlencoded(&visitor.here);
    Redirect::to(&format!("/sign-in?back={back}")).into_response()
}

fn form_urlencoded(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, b| {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => {
                out.push(b as char)
            }
            _ => out.push_str(&format!("%{b:02X}")),
        }
        out
    })
}
