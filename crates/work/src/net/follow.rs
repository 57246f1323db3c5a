//! Keeping the net fresh: what this process changes is loaded at once by the task that changed it; what another process
//! changed is seen within half a second. It reads one small row per community, never the journal.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::House;

/// How often other processes' changes are looked for.
const EVERY: Duration = Duration::from_millis(500);

impl House {
    /// Follows the net until the house is dropped.
    pub fn follow_net(self: &Arc<Self>) -> JoinHandle<()> {
        let house = Arc::downgrade(self);
        tokio::spawn(follow(house))
    }
}

async fn follow(house: Weak<House>) {
    loop {
        tokio::time::sleep(EVERY).await;
        let Some(house) = house.upgrade() else { return };
        if let Err(error) = refresh_if_changed(&house).await {
            tracing::warn!(%error, "the net could not be refreshed; the old one serves on");
        }
    }
}

async fn refresh_if_changed(house: &House) -> Result<(), crate::Error> {
    let net = house.net();
    let kept = house.store.reader().communities().await?;
    let same = kept.len() == net.communities().count()
        && kept.iter().all(|one| {
            net.community_by_id(one.id)
                .is_some_and(|net| net.version == one.net)
        });
    if same {
        Ok(())
    } else {
        house.refresh_net().await
    }
}
