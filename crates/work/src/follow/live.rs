//! Who wants to know at once that something changed: open pages, the cockpit, the map. Tells only *that* a community's
//! journal grew and how far; whoever listens reads the journal itself. Another process' writes are seen within a second.

use std::collections::HashMap;
use std::time::Duration;

use rules::ids::CommunityId;
use store::Store;
use store::journal::Grown;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::Instant;

/// The announcer.
#[derive(Clone)]
pub struct Live {
    changes: broadcast::Sender<Grown>,
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
    pub fn listen(&self) -> broadcast::Receiver<Grown> {
        self.changes.subscribe()
    }
}

async fn announce(store: Store, changes: broadcast::Sender<Grown>) {
    let mut grown = store.grown();
    let mut known: HashMap<CommunityId, i64> = HashMap::new();
    loop {
        match store.reader().heads().await {
            Ok(heads) => tell(heads, &mut known, &changes),
            Err(error) => tracing::error!(%error, "the journal's heads could not be read"),
        }
        let look = Instant::now() + LOOK;
        loop {
            match tokio::time::timeout_at(look, gathered(&mut grown)).await {
                Ok(Ok(heads)) => tell(heads, &mut known, &changes),
                Ok(Err(RecvError::Closed)) => return,
                // time to look, or something was missed
                Ok(Err(RecvError::Lagged(_))) | Err(_) => break,
            }
        }
    }
}

/// What this process writes from now on, gathered for a moment: how far each journal has grown. Whoever stops waiting for it
/// looks at all journals instead.
async fn gathered(
    grown: &mut broadcast::Receiver<Grown>,
) -> Result<HashMap<CommunityId, i64>, RecvError> {
    let first = grown.recv().await?;
    tokio::time::sleep(GATHER).await;
    let mut heads = HashMap::from([(first.community, first.seq)]);
    loop {
        match grown.try_recv() {
            Ok(one) => heads.insert(one.community, one.seq),
            Err(TryRecvError::Empty) => return Ok(heads),
            Err(TryRecvError::Closed) => return Err(RecvError::Closed),
            Err(TryRecvError::Lagged(missed)) => return Err(RecvError::Lagged(missed)),
        };
    }
}

fn tell(
    heads: impl IntoIterator<Item = (CommunityId, i64)>,
    known: &mut HashMap<CommunityId, i64>,
    changes: &broadcast::Sender<Grown>,
) {
    for (community, seq) in heads {
        if known.get(&community).is_some_and(|before| *before >= seq) {
            continue;
        }
        known.insert(community, seq);
        // Nobody listening is fine.
        let _ = changes.send(Grown { community, seq });
    }
}
