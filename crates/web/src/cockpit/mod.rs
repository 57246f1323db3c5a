//! 驾驶舱, the wall: one community's counts, live. The page holds the same numbers as tables for whoever has no scripts.
//! Nothing on it is about a person, so that it may hang where everybody looks.

mod data;
mod device;
mod page;
mod walls;
mod words;

pub use data::{GridCount, grids};
pub use walls::Walls;

use std::sync::Arc;

use axum::http::HeaderMap;
use work::account;
use work::net::CommunityNet;

use crate::cookie::Cookie;
use crate::error::Failure;
use crate::routes::Who;
use crate::{Door, Routes, session};

/// The routes of the wall. Who may look is asked behind them: in the demo everybody, else members and walls with a token.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/cockpit", Who::Everyone, page::get)
        .get("/cockpit/data", Who::Everyone, data::get)
        .get("/cockpit/{token}", Who::Everyone, device::get)
}

/// What the address asks for.
#[derive(serde::Deserialize)]
pub struct Wish {
    community: Option<String>,
}

/// The community of the device token in the wall's cookie; a token that was taken back is none.
///
/// # Errors
/// `Unavailable` if the store fails.
pub async fn of_device(
    door: &Door,
    headers: &HeaderMap,
) -> Result<Option<Arc<CommunityNet>>, Failure> {
    match device(door, headers) {
        Some(token) => shown(door, token).await,
        None => Ok(None),
    }
}

/// The device token in the wall's cookie, or behind the word Bearer; still to be asked whether it is one.
pub fn device<'a>(door: &Door, headers: &'a HeaderMap) -> Option<&'a str> {
    let sent = session::bearer(headers).filter(|token| account::is_device(token));
    sent.or_else(|| Cookie::Wall.read(headers, door.settings.tls))
}

/// The community whose counts a device token shows now; none for a token that is void.
///
/// # Errors
/// `Unavailable` if the store fails.
pub async fn shown(door: &Door, token: &str) -> Result<Option<Arc<CommunityNet>>, Failure> {
    match account::by_device(&door.house, token).await {
        Ok(community) => Ok(door.house.net().community_by_id(community).cloned()),
        Err(work::Error::SignIn) => Ok(None),
        Err(other) => Err(other.into()),
    }
}
