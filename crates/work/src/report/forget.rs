//! What time itself does: keys of requests that came long ago are forgotten, as the catalogue of data classes says.

use rules::ids::CommunityId;
use store::Unit;
use time::Duration;

use crate::{Error, House, task};

/// How long a request that comes again finds what it made the first time.
const KEPT: Duration = Duration::days(30);
/// Keys forgotten in one unit, so that nobody waits for long.
const AT_ONCE: u32 = 1_000;

/// Forgets old keys in every community; gives their number.
///
/// # Errors
/// What the store says.
#[task]
pub async fn tick(house: &House) -> Result<u64, Error> {
    let communities: Vec<CommunityId> = house.net().communities().map(|net| net.id).collect();
    let before = house.clock.now() - KEPT;
    let mut forgotten = 0;
    for community in communities {
        while house
            .store
            .reader()
            .has_keys_before(community, before)
            .await?
        {
            let some = async move |unit: &Unit| unit.forget_keys(before, AT_ONCE).await;
            forgotten += house
                .store
                .unit::<_, store::Error, _>(community, some)
                .await?;
        }
    }
    Ok(forgotten)
}
