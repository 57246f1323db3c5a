//! The one writer of SQLite: a thread that owns the connection. Units run in place, each in its savepoint; one commit a group.

use std::path::PathBuf;
use std::sync::Arc;

use futures::FutureExt;
use tokio::sync::mpsc;

use super::{Finish, Group, Job, Jobs, QUEUE, Shared, TOGETHER, announce, tell_all};
use crate::Error;
use crate::conn::Link;
use crate::conn::sqlite::{Lite, Mode};
use crate::journal::Grown;
use crate::unit::Unit;

/// Starts the writer's thread; it ends when the last sender is gone.
pub(crate) fn start(file: PathBuf, shared: Shared) -> Result<Jobs, Error> {
    let lite = Arc::new(Lite::open(&file, Mode::Writer)?);
    let (jobs, mut waiting) = mpsc::channel(QUEUE);
    std::thread::Builder::new()
        .name("store-writer".into())
        .spawn(move || {
            while let Some(first) = waiting.blocking_recv() {
                group(&lite, first, &mut waiting, &shared);
            }
        })
        .map_err(|error| Error::Settings(error.to_string()))?;
    Ok(jobs)
}

fn group(lite: &Arc<Lite>, first: Job, waiting: &mut mpsc::Receiver<Job>, shared: &Shared) {
    if let Err(error) = lite.cached("BEGIN IMMEDIATE") {
        // Dropping the job would say "closed"; the caller should hear why.
        tracing::error!(%error, "a group of units could not begin");
        return;
    }
    let together = Arc::new(Group::default());
    let mut told: Vec<Finish> = Vec::new();
    let mut end = Ok(());
    let mut next = Some(first);
    while let Some(job) = next.take() {
        end = one(lite, job, shared, &together, &mut told);
        // Take what waits, never wait for more.
        if end.is_ok() && told.len() < TOGETHER {
            next = waiting.try_recv().ok();
        }
    }
    let end = end.and_then(|()| commit(lite, &together, shared));
    match end {
        Ok(moved) => {
            tell_all(told, &Ok(()));
            announce(shared, moved);
        }
        Err(error) => {
            if !lite.outside_transaction() && lite.batch("ROLLBACK").is_err() {
                tracing::error!("a lost group could not be rolled back");
            }
            tell_all(told, &Err(Error::Lost(error.to_string())));
        }
    }
}

fn one(
    lite: &Arc<Lite>,
    job: Job,
    shared: &Shared,
    together: &Arc<Group>,
    told: &mut Vec<Finish>,
) -> Result<(), Error> {
    lite.cached("SAVEPOINT u")?;
    let unit = Unit::new(
        Link::Lite(Arc::clone(lite)),
        job.community,
        Arc::clone(together),
        shared.codes.clone(),
    );
    // SQLite never waits, so one poll runs the unit; a unit that is still pending awaited something foreign.
    let ran = (job.run)(unit).now_or_never();
    if lite.outside_transaction() {
        if let Some(done) = ran {
            told.push(done.finish);
        }
        return Err(Error::Lost("the database rolled the group back".into()));
    }
    if !ran.as_ref().is_some_and(|done| done.keep) {
        lite.cached("ROLLBACK TO u")?;
        together.tellings().undo();
    }
    if let Some(done) = ran {
        told.push(done.finish);
    }
    lite.cached("RELEASE u")?;
    Ok(())
}

fn commit(lite: &Arc<Lite>, together: &Group, shared: &Shared) -> Result<Vec<Grown>, Error> {
    let moved = together
        .flush(&Link::Lite(Arc::clone(lite)), &shared.names)
        .now_or_never()
        .ok_or(Error::Waited)??;
    lite.cached("COMMIT")?;
    Ok(moved)
}
