//! The walls that were looked at a moment ago. Many screens show the same wall and ask after every change: the first one
//! has it reckoned, the others get what it got. A wall is kept while its journal stands still, and a few seconds at most.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rules::ids::CommunityId;
use time::Duration;
use work::figures::{Wall, wall};
use work::{Error, House};

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
