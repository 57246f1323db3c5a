//! The live stream: what is there already, then each change within a second of its commit. A listener who lost the
//! connection goes on where `Last-Event-ID` says.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use door::Door;
use door::error::Failure;
use door::wall as walls;
use futures::stream::{Stream, unfold};
use store::journal::Grown;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::told::{EntryShape, View};

/// Listeners at once; more are asked to come back.
const LISTENERS: usize = 1_024;
/// Entries read at once.
const PAGE: u32 = 500;
/// How often a quiet line is shown to be open.
const ALIVE: Duration = Duration::from_secs(15);

static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(LISTENERS)));

/// Opens a stream after a place in the journal, or at its end; for a `wall` as long as its token holds.
///
/// # Errors
/// `Unavailable` when too many listen.
pub async fn open(
    door: Door,
    view: View,
    wall: Option<String>,
    after: Option<i64>,
) -> Result<Response, Failure> {
    let place = Arc::clone(&PLACES)
        .try_acquire_owned()
        .map_err(|_| Failure::Unavailable)?;
    // Listen first, then look: nothing that happens in between is missed.
    let changes = door.kept.live(&door.house).listen();
    let after = match after {
        Some(after) => after,
        None => door
            .house
            .store
            .reader()
            .journal_head(view.community)
            .await
            .map_err(work::Error::from)?,
    };
    let listener = Listener {
        door,
        view,
        wall,
        after,
        changes,
        waiting: VecDeque::new(),
        _place: place,
    };
    let alive = KeepAlive::new().interval(ALIVE);
    Ok(Sse::new(events(listener)).keep_alive(alive).into_response())
}

struct Listener {
    door: Door,
    view: View,
    /// The device token of a wall; the stream ends when it is taken back.
    wall: Option<String>,
    after: i64,
    changes: Receiver<Grown>,
    waiting: VecDeque<EntryShape>,
    _place: OwnedSemaphorePermit,
}

fn events(listener: Listener) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(listener, |mut listener| async move {
        let told = listener.next().await?;
        let text = serde_json::to_string(&told).ok()?;
        Some((
            Ok(Event::default().id(told.seq.to_string()).data(text)),
            listener,
        ))
    })
}

impl Listener {
    /// The next entry, waited for if need be; none ends the stream, and the listener comes back.
    async fn next(&mut self) -> Option<EntryShape> {
        loop {
            if let Some(told) = self.waiting.pop_front() {
                return Some(told);
            }
            self.may_listen().await?;
            let (told, last) = self.view.page(&self.door, self.after, PAGE).await.ok()?;
            let moved = last > self.after;
            self.after = last;
            self.waiting = told.into();
            if !moved {
                self.changed().await?;
            }
        }
    }

    /// Nothing once the wall's token is void; whoever listens otherwise was asked when the stream was opened.
    async fn may_listen(&self) -> Option<()> {
        let Some(token) = &self.wall else {
            return Some(());
        };
        walls::shown(&self.door, token).await.ok()?.map(|_| ())
    }

    /// Waits until this community's journal has grown.
    async fn changed(&mut self) -> Option<()> {
        loop {
            match self.changes.recv().await {
                Ok(change)
                    if change.community == self.view.community && change.seq > self.after =>
                {
                    return Some(());
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return Some(()),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
