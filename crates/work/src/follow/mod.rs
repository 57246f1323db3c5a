//! Followers of the journal: whatever reacts to what happened. Each reads in order, writes in its own unit together with
//! its cursor, and so can crash anywhere, resume, or be rebuilt from the start. Nothing reacts inside the write itself.

mod live;
mod matters;
mod messages;
mod tallies;

pub use live::{Change, Live};

use std::sync::Arc;
use std::time::Duration;

use rules::ids::CommunityId;
use store::figures::KeptSheet;
use store::journal::Page;
use store::outbox::NewDelivery;
use store::{Store, Unit};

use tokio::sync::broadcast::error::RecvError;

use crate::figures::follow as figures;
use crate::outbox;

/// A follower that writes rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follower {
    /// Keeps counts by grid, category and state.
    Tallies,
    /// Tells members what came to them.
    Messages,
    /// Keeps what figures count of each case.
    Figures,
    /// Makes what is told outside the house.
    Outbox,
}

/// What a follower has read and reckoned before its unit.
enum Prepared {
    Nothing,
    Sheets(Vec<KeptSheet>),
    Deliveries(Vec<NewDelivery>),
}

impl Follower {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Tallies, Self::Messages, Self::Figures, Self::Outbox];

    /// The name of its cursor.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tallies => "tallies",
            Self::Messages => "messages",
            Self::Figures => "figures",
            Self::Outbox => "outbox",
        }
    }

    /// Entries it takes at once: fewer where it looks at rows, too.
    const fn page(self) -> u32 {
        match self {
            Self::Tallies | Self::Messages => 2_000,
            Self::Figures | Self::Outbox => 500,
        }
    }

    /// What can be read and reckoned before the unit, so that nobody waits for it.
    async fn prepare(
        self,
        store: &Store,
        community: CommunityId,
        page: &Page,
    ) -> Result<Prepared, store::Error> {
        let entries = &page.entries;
        Ok(match self {
            Self::Figures => Prepared::Sheets(figures::prepare(store, community, entries).await?),
            Self::Outbox => Prepared::Deliveries(outbox::prepare(store, community, entries).await?),
            Self::Tallies | Self::Messages => Prepared::Nothing,
        })
    }

    async fn apply(
        self,
        unit: &Unit,
        page: &Page,
        prepared: &Prepared,
    ) -> Result<(), store::Error> {
        match (self, prepared) {
            (Self::Tallies, _) => tallies::apply(unit, &page.entries).await,
            (Self::Messages, _) => messages::apply(unit, &page.entries).await,
            (_, Prepared::Sheets(sheets)) => figures::apply(unit, sheets, page.last).await,
            (_, Prepared::Deliveries(deliveries)) => outbox::apply(unit, deliveries).await,
            (Self::Figures | Self::Outbox, Prepared::Nothing) => Ok(()),
        }
    }
}

/// Counts how often the sheets of figures were begun anew, beside the cursors: whoever holds sheets in memory learns from it
/// that they are of another time, even where the follower has come as far again as it was.
pub(crate) const SHEETS_ANEW: &str = "figures.anew";

/// How long a follower waits at most before it looks by itself (another process may have written).
const LOOK: Duration = Duration::from_millis(500);
/// How long it leaves the writer to others between two looks: in a rush one look takes many entries, not one at a time.
const REST: Duration = Duration::from_millis(100);

/// Brings one follower up to the end of one community's journal.
///
/// # Errors
/// What the store says. A cursor moved by another process is no error: that one did the work.
pub async fn catch_up(
    store: &Store,
    follower: Follower,
    community: CommunityId,
) -> Result<(), store::Error> {
    advance(store, follower, community, i64::MAX).await
}

/// The same up to an entry at least: what comes meanwhile can wait for the next look.
async fn advance(
    store: &Store,
    follower: Follower,
    community: CommunityId,
    until: i64,
) -> Result<(), store::Error> {
    loop {
        let from = store.reader().cursor(follower.name(), community).await?;
        if from >= until {
            return Ok(());
        }
        let page = store
            .reader()
            .journal_after(community, from, follower.page())
            .await?;
        if page.entries.is_empty() {
            return Ok(());
        }
        // Read after the cursor: whoever else moves it makes this step stale, and what was prepared is thrown away.
        let prepared = follower.prepare(store, community, &page).await?;
        let step = store.unit(community, async move |unit: &Unit| {
            unit.move_cursor(follower.name(), from, page.last).await?;
            follower.apply(unit, &page, &prepared).await
        });
        match step.await {
            Ok(()) | Err(store::Error::Stale { .. }) => {}
            Err(error) => return Err(error),
        }
    }
}

/// Brings every follower everywhere to where the journals stand now.
///
/// # Errors
/// What the store says.
pub async fn catch_up_all(store: &Store) -> Result<(), store::Error> {
    for (community, head) in store.reader().heads().await? {
        for follower in Follower::ALL {
            advance(store, follower, community, head).await?;
        }
    }
    Ok(())
}

/// Counts anew from the journal's start, for a community whose tallies are in doubt.
///
/// # Errors
/// What the store says.
pub async fn rebuild_tallies(store: &Store, community: CommunityId) -> Result<(), store::Error> {
    rebuild(store, community, Follower::Tallies).await
}

/// Makes the sheets of figures anew from the journal's start, by the limits and the calendar that hold now.
///
/// # Errors
/// What the store says.
pub async fn rebuild_figures(store: &Store, community: CommunityId) -> Result<(), store::Error> {
    rebuild(store, community, Follower::Figures).await
}

async fn rebuild(
    store: &Store,
    community: CommunityId,
    follower: Follower,
) -> Result<(), store::Error> {
    let from = store.reader().cursor(follower.name(), community).await?;
    let anew = store.reader().cursor(SHEETS_ANEW, community).await?;
    if from > 0 {
        let restart = async move |unit: &Unit| {
            unit.move_cursor(follower.name(), from, 0).await?;
            match follower {
                Follower::Tallies => unit.clear_tallies().await,
                Follower::Figures => {
                    unit.move_cursor(SHEETS_ANEW, anew, anew + 1).await?;
                    unit.clear_figure_sheets().await
                }
                // What was told stays told; telling it again changes nothing.
                Follower::Messages | Follower::Outbox => Ok(()),
            }
        };
        store.unit::<_, store::Error, _>(community, restart).await?;
    }
    catch_up(store, follower, community).await
}

/// Follows for ever; ends when the store is closed.
pub async fn follow(store: Store) {
    let mut grown = store.grown();
    loop {
        if let Err(error) = catch_up_all(&store).await {
            tracing::error!(%error, "a follower could not go on");
        }
        tokio::time::sleep(REST).await;
        match tokio::time::timeout(LOOK, grown.recv()).await {
            Ok(Err(RecvError::Closed)) => return,
            Ok(Ok(_) | Err(RecvError::Lagged(_))) => drain(&mut grown),
            Err(_) => {}
        }
    }
}

/// One look serves all that was announced meanwhile.
fn drain(grown: &mut tokio::sync::broadcast::Receiver<CommunityId>) {
    while grown.try_recv().is_ok() {}
}

/// Starts following in the background.
pub fn start(store: Store) -> Arc<tokio::task::JoinHandle<()>> {
    Arc::new(tokio::spawn(follow(store)))
}
