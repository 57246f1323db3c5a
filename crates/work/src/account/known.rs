//! Machines come back with the same bearer token thousands of times a second: what it stands for is remembered for a
//! second. What this process takes back is forgotten at once; what another one takes back ends within that second.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use store::account::{Account, Token};
use time::{Duration, OffsetDateTime};

/// How long it is believed.
const TRUST: Duration = Duration::SECOND;
/// Tokens remembered at most.
const MOST: usize = 1_024;

/// What bearer tokens stand for, by their hash.
#[derive(Default)]
pub(crate) struct Known(RwLock<HashMap<Vec<u8>, Seen>>);

/// A token and its account, as they were read.
#[derive(Clone)]
pub(super) struct Seen {
    pub token: Arc<Token>,
    pub account: Arc<Account>,
    pub at: OffsetDateTime,
}

impl Known {
    /// What was read within the last second.
    pub(super) fn get(&self, hash: &[u8], now: OffsetDateTime) -> Option<Seen> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let seen = known.get(hash)?;
        (seen.at <= now && now < seen.at + TRUST).then(|| seen.clone())
    }

    /// Remembers what was read.
    pub(super) fn put(&self, hash: Vec<u8>, seen: Seen) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(hash, seen);
    }

    /// Forgets everything: an account or a token has changed.
    pub(super) fn forget(&self) {
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}
