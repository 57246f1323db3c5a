//! Followers of the journal: whatever reacts to what happened. Each reads in order, writes in its own unit together with
//! its cursor, and so can crash anywhere, resume, or be rebuilt from the start. Nothing reacts inside the write itself.

mod live;
mod matters;
mod messages;
mod rated;
mod tallies;

pub use live::Live;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rules::ids::CommunityId;
use store::figures::KeptSheet;
use store::journal::{Grown, Page};
use store::outbox::NewDelivery;
use store::{Store, Unit};

use tokio::sync::broadcast::error::RecvError;

use crate::figures::follow as figures;
use crate::outbox;
use crate::task;

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
#[task]
pub async fn catch_up(
    store: &Store,
    follower: Follower,
    community: CommunityId,
) -> Result<(), store::Error> {
    loop {
        let from = store.reader().cursor(follower.name(), community).await?;
        if step(store, &[follower], community, from).await? == Step::End {
            return Ok(());
        }
    }
}

/// Brings every follower everywhere to where the journals stand now: what comes meanwhile can wait for the next look.
///
/// # Errors
/// What the store says, once every community had its turn.
#[task]
pub async fn catch_up_all(store: &Store) -> Result<(), store::Error> {
    let mut late: BTreeMap<CommunityId, Vec<Late>> = BTreeMap::new();
    for follower in Follower::ALL {
        for (community, at, head) in store.reader().behind(follower.name()).await? {
            let one = Late { follower, at, head };
            late.entry(community).or_default().push(one);
        }
    }
    let mut end = Ok(());
    for (community, late) in late {
        end = end.and(advance(store, community, late).await);
    }
    end
}

/// A follower with something to read.
#[derive(Clone, Copy)]
struct Late {
    follower: Follower,
    /// The last entry it has read.
    at: i64,
    /// The entry it is to reach.
    head: i64,
}

/// Those who stand at the same entry go on together: one look at the journal, one unit. Where that fails each goes alone,
/// so that none waits for another's trouble.
async fn advance(
    store: &Store,
    community: CommunityId,
    mut late: Vec<Late>,
) -> Result<(), store::Error> {
    while let Some(at) = late.iter().map(|one| one.at).min() {
        let here = late.iter().filter(|one| one.at == at);
        let together: Vec<Follower> = here.map(|one| one.follower).collect();
        let end = match step(store, &together, community, at).await {
            Ok(Step::To(last)) => last,
            Ok(Step::End) => return Ok(()),
            Ok(Step::Stale) | Err(_) => return alone(store, community, &late).await,
        };
        for one in late.iter_mut().filter(|one| one.at == at) {
            one.at = end;
        }
        late.retain(|one| one.at < one.head);
    }
    Ok(())
}

async fn alone(store: &Store, community: CommunityId, late: &[Late]) -> Result<(), store::Error> {
    let mut end = Ok(());
    for one in late {
        end = end.and(catch_up(store, one.follower, community).await);
    }
    end
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// At this entry.
    To(i64),
    /// There was nothing to read.
    End,
    /// Another process was faster.
    Stale,
}

/// One page of the journal for followers who stand at the same entry, in one unit with their cursors.
async fn step(
    store: &Store,
    followers: &[Follower],
    community: CommunityId,
    from: i64,
) -> Result<Step, store::Error> {
    let limit = followers.iter().map(|one| one.page()).min().unwrap_or(0);
    let page = store.reader().journal_after(community, from, limit).await?;
    if page.entries.is_empty() {
        return Ok(Step::End);
    }
    let last = page.last;
    // Read after the cursor: whoever else moves it makes this step stale, and what was prepared is thrown away.
    let mut work = Vec::with_capacity(followers.len());
    for follower in followers {
        work.push((*follower, follower.prepare(store, community, &page).await?));
    }
    let unit = async move |unit: &Unit| {
        let names: Vec<&str> = work.iter().map(|(follower, _)| follower.name()).collect();
        unit.move_cursors(&names, from, page.last).await?;
        for (follower, prepared) in &work {
            follower.apply(unit, &page, prepared).await?;
        }
        Ok::<_, store::Error>(())
    };
    match store.unit(community, unit).await {
        Ok(()) => Ok(Step::To(last)),
        Err(store::Error::Stale { .. }) => Ok(Step::Stale),
        Err(error) => Err(error),
    }
}

/// Counts anew from the journal's start, for a community whose tallies are in doubt.
///
/// # Errors
/// What the store says.
#[task]
pub async fn rebuild_tallies(store: &Store, community: CommunityId) -> Result<(), store::Error> {
    rebuild(store, community, Follower::Tallies).await
}

/// Makes the sheets of figures anew from the journal's start, by the limits and the calendar that hold now.
///
/// # Errors
/// What the store says.
#[task]
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
#[task]
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
fn drain(grown: &mut tokio::sync::broadcast::Receiver<Grown>) {
    while grown.try_recv().is_ok() {}
}

/// Starts following in the background.
pub fn start(store: Store) -> Arc<tokio::task::JoinHandle<()>> {
    Arc::new(tokio::spawn(follow(store)))
}
