//! A wall without a keyboard: its address holds a device token once, which becomes a cookie; the address that stays on
//! the screen and in logs holds none.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use work::account;

use crate::Door;
use crate::cookie::Cookie;
use crate::error::Failure;

/// A year; the token may end sooner, or be taken back.
const YEAR: u32 = 365 * 24 * 60 * 60;

/// `GET /cockpit/{token}`. A token that is void is an address that is not there.
pub async fn get(State(door): State<Door>, Path(token): Path<String>) -> Result<Response, Failure> {
    match account::by_device(&door.house, &token).await {
        // to sign in would carry this address along, and with it the token
        Err(work::Error::SignIn) => return Err(Failure::NotFound),
        other => other?,
    };
    let set = Cookie::Wall.set(&token, YEAR, door.settings.tls);
    let set = set.ok_or(Failure::NotFound)?;
    Ok(([(header::SET_COOKIE, set)], Redirect::to("/cockpit")).into_response())
}
