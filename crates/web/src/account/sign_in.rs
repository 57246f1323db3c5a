//! Sign in, sign out. The session's token is new at each sign-in and goes into a cookie that only this host can set.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use work::account::{self, SessionToken};

use crate::Door;
use crate::cookie::Cookie;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
use crate::layout::{self, Page, own_path};
use crate::visitor::Visitor;

/// Where staff begin.
const DESK: &str = "/work";

#[derive(Template)]
#[template(path = "account/sign_in.html")]
struct SignIn {
    page: Page,
    /// What was done before, if anything.
    notice: Option<String>,
    name: String,
    back: String,
    faults: Faults,
}

/// Where to go afterwards, and what was done before.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    back: String,
    done: Option<String>,
}

/// `GET /sign-in`.
pub async fn ask(page: Page, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let is_set_up = asked.done.as_deref() == Some("setup");
    layout::show(&SignIn {
        notice: is_set_up.then(|| page.t.text("account-setup-done")),
        page,
        name: String::new(),
        back: asked.back,
        faults: Faults::default(),
    })
}

/// `POST /sign-in`.
pub async fn sign_in(
    State(door): State<Door>,
    page: Page,
    visitor: Visitor,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["name", "password", "back"])?;
    let name = fields.text("name").unwrap_or_default().to_owned();
    let password = fields.raw("password").unwrap_or_default();
    let back = fields.text("back").unwrap_or(DESK).to_owned();
    let missing = [("name", name.is_empty()), ("password", password.is_empty())];
    let faults: Faults = missing
        .iter()
        .filter(|(_, missing)| *missing)
        .map(|(field, _)| Fault::new(*field, format!("{field}-missing")))
        .collect();
    let form = SignIn {
        page,
        notice: None,
        name,
        back,
        faults,
    };
    if form.faults.any() {
        return layout::show_again(&form);
    }
    let from = visitor.origin.address;
    if let Err(refused) = door.buckets.sign_in(from, door.house.clock.now()) {
        return again(form, refused);
    }
    match account::sign_in(&door.house, &form.name, password, Some(from)).await {
        Ok(session) => {
            door.buckets.sign_in_was_none(from);
            let set = [(header::SET_COOKIE, cookie(&door, &session)?)];
            Ok((set, Redirect::to(own_path(&form.back))).into_response())
        }
        Err(refused) => {
            let refused = Failure::from(refused);
            if matches!(refused, Failure::TooMany { .. }) {
                door.buckets.sign_in_was_none(from);
            }
            again(form, refused)
        }
    }
}

/// The form once more with what was typed, should name and password be wrong or have been tried too often.
fn again(form: SignIn, refused: Failure) -> Result<Response, Failure> {
    let fault = match refused {
        Failure::SignIn => Fault::new("password", "sign-in-wrong"),
        Failure::TooMany { retry_after } => waits(retry_after),
        other => return Err(other),
    };
    let faults = std::iter::once(fault).collect();
    let mut shown = layout::show_again(&SignIn { faults, ..form })?;
    if let Failure::TooMany { retry_after } = refused {
        *shown.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        let headers = shown.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    }
    Ok(shown)
}

/// How long to wait: the first waits are seconds, and a minute would be a lie.
fn waits(retry_after: u64) -> Fault {
    if retry_after < 60 {
        return Fault::new("password", "sign-in-seconds").with("seconds", retry_after);
    }
    Fault::new("password", "sign-in-minutes").with("minutes", retry_after.div_ceil(60))
}

fn cookie(door: &Door, session: &SessionToken) -> Result<HeaderValue, Failure> {
    let lasts = (session.expires_at - door.house.clock.now()).whole_seconds();
    let seconds = u32::try_from(lasts).unwrap_or(0);
    let set = Cookie::Session.set(session.text.expose(), seconds, door.settings.tls);
    set.ok_or_else(|| Failure::inside("a session's token does not fit into a cookie"))
}

/// `POST /sign-out`: the session ends here and now, and the browser is told to keep nothing of it.
pub async fn sign_out(State(door): State<Door>, headers: HeaderMap) -> Result<Response, Failure> {
    if let Some(token) = Cookie::Session.read(&headers, door.settings.tls) {
        account::sign_out(&door.house, token).await?;
    }
    let gone = Cookie::Session
        .set("", 0, door.settings.tls)
        .ok_or(Failure::Unreadable)?;
    Ok(([(header::SET_COOKIE, gone)], Redirect::to("/")).into_response())
}
