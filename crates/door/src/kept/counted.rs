//! Answers of counts as last written: written once per change of the tallies, not per question.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use rules::ids::{CommunityId, GridId};
use work::net::CommunityNet;

/// Answers as last written, by community and grid; they hold as long as tallies and net stay the same.
#[derive(Default)]
pub struct Counted(Mutex<HashMap<CommunityId, Written>>);

struct Written {
    net: Arc<CommunityNet>,
    seq: i64,
    answers: HashMap<GridId, Bytes>,
}

impl Counted {
    /// The answer of a grid at this entry of the journal, if it was written.
    pub fn get(&self, net: &Arc<CommunityNet>, grid: GridId, seq: i64) -> Option<Bytes> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let written = kept
            .get(&net.id)
            .filter(|written| written.seq == seq && Arc::ptr_eq(&written.net, net))?;
        written.answers.get(&grid).cloned()
    }

    /// What an older tally says never replaces what a newer one said.
    pub fn put(&self, net: &Arc<CommunityNet>, grid: GridId, seq: i64, answer: Bytes) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Written {
            net: Arc::clone(net),
            seq,
            answers: HashMap::new(),
        };
        let written = kept.entry(net.id).or_insert_with(fresh);
        if written.seq < seq || !Arc::ptr_eq(&written.net, net) {
            *written = fresh();
        }
        if written.seq == seq {
            written.answers.insert(grid, answer);
        }
    }
}
