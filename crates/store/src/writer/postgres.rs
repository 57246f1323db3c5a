//! The writers of PostgreSQL: a few threads, each with one connection; a community always goes to the same one, so its
//! units are grouped and its head row is no convoy.

use std::sync::Arc;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    TransactionTrait,
};
use tokio::sync::mpsc;

use super::{Finish, GROUP, Job, Jobs, QUEUE, Shared, announce, tell_all};
use crate::Error;
use crate::conn::Link;
use crate::journal::{Heads, flush_heads, new_heads};
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
    let heads = new_heads();
    let mut told: Vec<Finish> = Vec::new();
    let mut end = Ok(());
    let mut next = Some(first);
    while let Some(job) = next.take() {
        end = one(&tx, job, shared, &heads, &mut told).await;
        if end.is_ok() && told.len() < GROUP {
            next = waiting.try_recv().ok();
        }
    }
    match finish(tx, end, &heads).await {
        Ok(moved) => {
            tell_all(told, &Ok(()));
            announce(shared, moved);
        }
        Err(error) => tell_all(told, &Err(Error::Lost(error.to_string()))),
    }
}

async fn one(
    tx: &Arc<DatabaseTransaction>,
    job: Job,
    shared: &Shared,
    heads: &Heads,
    told: &mut Vec<Finish>,
) -> Result<(), Error> {
    tx.execute_unprepared("SAVEPOINT u").await?;
    let unit = Unit::new(
        Link::Postgres(Arc::clone(tx)),
        job.community,
        Arc::clone(heads),
        shared.codes.clone(),
    );
    let done = (job.run)(unit).await;
    told.push(done.finish);
    let end = if done.keep {
        "RELEASE SAVEPOINT u"
    } else {
        "ROLLBACK TO SAVEPOINT u; RELEASE SAVEPOINT u"
    };
    tx.execute_unprepared(end).await?;
    Ok(())
}

async fn finish(
    tx: Arc<DatabaseTransaction>,
    end: Result<(), Error>,
    heads: &Heads,
) -> Result<Vec<rules::ids::CommunityId>, Error> {
    end?;
    let moved = flush_heads(&Link::Postgres(Arc::clone(&tx)), heads).await?;
    let tx = Arc::try_unwrap(tx).map_err(|_| Error::Waited)?;
    tx.commit().await?;
    Ok(moved)
}
