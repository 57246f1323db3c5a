//! Files between the check and the confirmation: in memory only, a few of them, for a quarter of an hour. A file of people
//! is personal data; it lies on no disk of ours before somebody has decided to take it in.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use rules::ids::MemberId;
use time::{Duration, OffsetDateTime};
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;
use work::import::Kind;

/// How long a file waits.
const KEPT: Duration = Duration::minutes(15);
/// How many wait at once; the oldest goes.
const MOST: usize = 4;

/// A file that was checked.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its name in the form.
    pub id: Uuid,
    /// Who sent it; nobody else confirms it.
    pub by: MemberId,
    /// What it is.
    pub kind: Kind,
    /// Its name as sent.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
    /// When it was checked.
    pub at: OffsetDateTime,
}

/// The files that wait.
pub struct Held {
    files: Mutex<Vec<Waiting>>,
    one: Semaphore,
}

impl Default for Held {
    fn default() -> Self {
        Self {
            files: Mutex::new(Vec::new()),
            one: Semaphore::new(1),
        }
    }
}

impl Held {
    /// The turn to read a file: one at a time, so that large ones do not add up. None while another one is read.
    pub fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.one.try_acquire().ok()
    }

    /// Keeps a file until it is confirmed.
    pub fn keep(&self, file: Waiting) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|one| file.at - one.at < KEPT && one.by != file.by);
        if files.len() >= MOST {
            files.remove(0);
        }
        files.push(file);
    }

    /// The file, once, for whoever sent it.
    pub fn take(&self, id: Uuid, by: MemberId, now: OffsetDateTime) -> Option<Waiting> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|one| now - one.at < KEPT);
        let at = files.iter().position(|one| one.id == id && one.by == by)?;
        Some(files.remove(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-23 09:00 +8);

    fn file(id: u128, by: u128) -> Waiting {
        Waiting {
            id: Uuid::from_u128(id),
            by: MemberId(Uuid::from_u128(by)),
            kind: Kind::Grids,
            name: "grids.geojson".into(),
            bytes: Bytes::from_static(b"{}"),
            at: NOW,
        }
    }

    #[test]
    fn a_file_is_given_once_and_only_to_whoever_sent_it() {
        let held = Held::default();
        held.keep(file(1, 7));
        let (id, me, other) = (
            Uuid::from_u128(1),
            MemberId(Uuid::from_u128(7)),
            MemberId(Uuid::from_u128(8)),
        );
        assert!(held.take(id, other, NOW).is_none());
        assert!(held.take(id, me, NOW).is_some());
        assert!(held.take(id, me, NOW).is_none());
    }

    #[test]
    fn a_file_waits_a_quarter_of_an_hour_and_few_wait_at_once() {
        let held = Held::default();
        held.keep(file(1, 1));
        let later = NOW + KEPT;
        assert!(
            held.take(Uuid::from_u128(1), MemberId(Uuid::from_u128(1)), later)
                .is_none()
        );
        for n in 1..=6 {
            held.keep(file(n, n));
        }
        let there = (1..=6)
            .filter(|n| {
                held.take(Uuid::from_u128(*n), MemberId(Uuid::from_u128(*n)), NOW)
                    .is_some()
            })
            .count();
        assert_eq!(there, MOST);
    }
}
