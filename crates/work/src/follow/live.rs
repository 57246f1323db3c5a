//! Who wants to know at once that something changed: open pages, the cockpit, the map. Tells only *that* a community's
//! journal grew and how far; whoever listens reads the journal itself. Another process' writes are seen within a second.

use std::collections::HashMap;
use std::time::Duration;

use rules::ids::CommunityId;
use store::Store;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// A community's journal grew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub community: CommunityId,
    /// Its last entry now.
    pub seq: i64,
}

/// The announcer.
#[derive(Clone)]
pub struct Live {
    changes: broadcast::Sender<Change>,
}

/// How long it waits at most before it looks by itself.
const LOOK: Duration = Duration::from_millis(400);
/// Changes within this time are told as one.
const GATHER: Duration = Duration::from_millis(50);

impl Live {
    /// Starts announcing.
    pub fn start(store: Store) -> Self {
        let (changes, _) = broadcast::channel(1_024);
        tokio::spawn(announce(store, changes.clone()));
        Self { changes }
    }

    /// Listens from now on. A listener who lags only has to look again.
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}

async fn announce(store: Store, changes: broadcast::Sender<Change>) {
    let mut grown = store.grown();
    let mut known: HashMap<CommunityId, i64> = HashMap::new();
    loop {
        match store.reader().heads().await {
            Ok(heads) => tell(&heads, &mut known, &changes),
            Err(error) => tracing::error!(%error, "the journal's heads could not be read"),
        }
        match tokio::time::timeout(LOOK, grown.recv()).await {
            Ok(Err(RecvError::Closed)) => return,
            Ok(_) => {
                tokio::time::sleep(GATHER).await;
                while grown.try_recv().is_ok() {}
            }
            Err(_) => {}
        }
    }
}

fn tell(
    heads: &[(CommunityId, i64)],
    known: &mut HashMap<CommunityId, i64>,
    changes: &broadcast::Sender<Change>,
) {
    for &(community, seq) in heads {
        if known
            .insert(community, seq)
            .is_some_and(|before| before == seq)
        {
            continue;
        }
        // Nobody listening is fine.
        let _ = changes.send(Change { community, seq });
    }
}
