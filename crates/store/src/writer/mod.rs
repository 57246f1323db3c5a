//! The writers: threads that own a connection and group waiting units into one durable commit.
//! A unit is acknowledged only after that commit; a refused one is rolled back to its savepoint and leaves nothing.

mod group;
mod postgres;
mod sqlite;

pub(crate) use group::Group;
pub(crate) use postgres::start as start_postgres;
pub(crate) use sqlite::start as start_sqlite;

use futures::future::LocalBoxFuture;
use tokio::sync::{broadcast, mpsc};

use crate::Error;
use crate::codes::Codes;
use crate::journal::{Grown, Names};
use crate::unit::Unit;
use rules::ids::CommunityId;

/// Told after the commit: `Ok` if it happened.
pub(crate) type Finish = Box<dyn FnOnce(Result<(), Error>) + Send>;

/// What a unit did: keep its rows or roll them back, and whom to tell.
pub(crate) struct Done {
    pub keep: bool,
    pub finish: Finish,
}

/// A unit waiting to be written. Dropping it unrun tells the caller that the store is closed.
pub(crate) struct Job {
    pub community: CommunityId,
    pub run: Box<dyn FnOnce(Unit) -> LocalBoxFuture<'static, Done> + Send>,
}

/// Units in one commit at most.
const TOGETHER: usize = 256;
/// Units that may wait for a writer.
const QUEUE: usize = 4_096;

pub(crate) type Jobs = mpsc::Sender<Job>;

/// What every writer shares with the store.
#[derive(Clone)]
pub(crate) struct Shared {
    /// Announces which journals grew.
    pub grown: broadcast::Sender<Grown>,
    /// The public codes of the communities.
    pub codes: Codes,
    /// The short names in the communities' journals.
    pub names: Names,
}

fn tell_all(told: Vec<Finish>, end: &Result<(), Error>) {
    for finish in told {
        finish(end.clone());
    }
}

fn announce(shared: &Shared, moved: Vec<Grown>) {
    for grown in moved {
        // Nobody listening is fine: followers also look by themselves.
        let _ = shared.grown.send(grown);
    }
}
