//! Walls: whose counts a device token shows, and those that were looked at a moment ago. Many screens show the same wall
//! and ask after every change: the first one has it reckoned, the others get what it got. A wall is kept while its journal
//! stands still, and a few seconds at most.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::HeaderMap;
use rules::ids::CommunityId;
use time::Duration;
use work::figures::{Wall, wall};
use work::net::CommunityNet;
use work::{Error, House, account};

use crate::cookie::Cookie;
use crate::error::Failure;
use crate::{Door, session};

/// Limits pass without an entry in the journal; overdue counts are at most this old.
const KEPT: Duration = Duration::seconds(5);

/// One community's wall; whoever holds the lock has it reckoned.
type Kept = Arc<tokio::sync::Mutex<Option<Arc<Wall>>>>;

/// The walls of all communities.
#[derive(Default)]
pub struct Walls(Mutex<HashMap<CommunityId, Kept>>);

impl Walls {
    /// The wall of a community as it is now.
    ///
    /// # Errors
    /// `NotFound` if there is no such community.
    pub async fn wall(&self, house: &House, community: CommunityId) -> Result<Arc<Wall>, Error> {
        let kept = self.kept(community);
        let mut kept = kept.lock().await;
        let seq = work::figures::seq(house, community).await?;
        let now = house.clock.now();
        let fresh = |wall: &&Arc<Wall>| wall.seq == seq && (now - wall.at).abs() < KEPT;
        if let Some(wall) = kept.as_ref().filter(fresh) {
            return Ok(Arc::clone(wall));
        }
        let wall = Arc::new(wall(house, community).await?);
        *kept = Some(Arc::clone(&wall));
        Ok(wall)
    }

    fn kept(&self, community: CommunityId) -> Kept {
        let mut walls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(walls.entry(community).or_default())
    }
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
        Err(Error::SignIn) => Ok(None),
        Err(other) => Err(other.into()),
    }
}
