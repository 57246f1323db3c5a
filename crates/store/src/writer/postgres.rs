//! The writers of PostgreSQL: a few threads, each with one connection; a community always goes to the same one, so its
//! units are grouped and its head row is no convoy.

use std::sync::Arc;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    TransactionTrait,
};
use tokio::sync::mpsc;

use super::{Finish, Group, Job, Jobs, QUEUE, Shared, TOGETHER, announce, tell_all};
use crate::Error;
use crate::conn::Link;
use crate::journal::Grown;
use crate::unit::Unit;

/// Starts one writer thread with its own connection and runtime.
pub(crate) fn start(url: String, name: String, shared: Shared) -> Result<Jobs, Error> {
    let (jobs, mut waiting) = mpsc::channel(QUEUE);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| Error::Settings(e.to_string()))?;
    std::thread::Builder::new()
        .name(name)
        .spawn(move || runtime.block_on(write(url, &mut waiting, &shared)))
        .map_err(|error| Error::Settings(error.to_string()))?;
    Ok(jobs)
}

async fn write(url: String, waiting: &mut mpsc::Receiver<Job>, shared: &Shared) {
    let mut options = ConnectOptions::new(url);
    options
        .min_connections(0)
        .max_connections(1)
        .test_before_acquire(true)
        .map_sqlx_postgres_opts(|options| options.statement_cache_capacity(STATEMENTS_KEPT))
        .sqlx_logging(false);
    let connection = match Database::connect(options).await {
        Ok(connection) => connection,
        Err(error) => {
            tracing::error!(%error, "a writer could not connect");
            return;
        }
    };
    while let Some(first) = waiting.recv().await {
        group(&connection, first, waiting, shared).await;
    }
}

async fn group(
    connection: &DatabaseConnection,
    first: Job,
    waiting: &mut mpsc::Receiver<Job>,
    shared: &Shared,
) {
    let tx = match connection.begin().await {
        Ok(tx) => Arc::new(tx),
        Err(error) => {
            tracing::error!(%error, "a group of units could not begin");
            return;
        }
    };
    let together = Arc::new(Group::default());
    let mut told: Vec<Finish> = Vec::new();
    let mut end = tx
        .execute_unprepared(SAVE)
        .await
        .map(|_| ())
        .map_err(Error::from);
    let mut next = Some(first);
    while let Some(job) = next.take() {
        end = match end {
            Ok(()) => one(&tx, job, shared, &together, &mut told).await,
            lost => lost,
        };
        if end.is_ok() && told.len() < TOGETHER {
            next = waiting.try_recv().ok();
        }
    }
    match finish(tx, end, &together, shared).await {
        Ok(moved) => {
            tell_all(told, &Ok(()));
            announce(shared, moved);
        }
        Err(error) => tell_all(told, &Err(Error::Lost(error.to_string()))),
    }
}

/// Prepared statements kept: those of a group have as many texts as it can have rows ([`crate::ask::pages`]).
const STATEMENTS_KEPT: usize = 256;
const SAVE: &str = "SAVEPOINT u";
/// A kept unit's end and the next one's beginning in one round trip.
const KEEP: &str = "RELEASE SAVEPOINT u; SAVEPOINT u";
/// The savepoint itself outlives this.
const UNDO: &str = "ROLLBACK TO SAVEPOINT u";

async fn one(
    tx: &Arc<DatabaseTransaction>,
    job: Job,
    shared: &Shared,
    together: &Arc<Group>,
    told: &mut Vec<Finish>,
) -> Result<(), Error> {
    let unit = Unit::new(
        Link::Postgres(Arc::clone(tx)),
        job.community,
        Arc::clone(together),
        shared.codes.clone(),
    );
    let done = (job.run)(unit).await;
    told.push(done.finish);
    let end = if done.keep { KEEP } else { UNDO };
    tx.execute_unprepared(end).await?;
    if !done.keep {
        together.tellings().undo();
    }
    Ok(())
}

async fn finish(
    tx: Arc<DatabaseTransaction>,
    end: Result<(), Error>,
    together: &Group,
    shared: &Shared,
) -> Result<Vec<Grown>, Error> {
    end?;
    let link = Link::Postgres(Arc::clone(&tx));
    let moved = together.flush(&link, &shared.names).await?;
    drop(link);
    let tx = Arc::try_unwrap(tx).map_err(|_| Error::Waited)?;
    tx.commit().await?;
    Ok(moved)
}
