//! The journal: ordered, append-only, gapless per community, each entry chained to the one before by SHA-256.
//! Entries hold ids, states and field names, never personal data. Writing happens at the end of a unit only.
//!
//! In the table an entry is short: numbers of names instead of ids (`names`), the number of its subject's first entry
//! instead of the subject, and the beginning of its hash. The whole hash of the last entry stands with the head, and is
//! made of whole entries: the chain is as strong as if every hash stood there.

mod append;
mod names;
mod pages;

pub use append::Grown;
pub(crate) use append::{Pending, append, flush};
pub(crate) use names::Names;
pub use pages::{Broken, Entry, Page};

use rules::ids::MemberId;
use time::OffsetDateTime;
use uuid::Uuid;

/// What a unit wants remembered.
#[derive(Debug, Clone)]
pub struct Note {
    /// When it was recorded here.
    pub at: OffsetDateTime,
    /// When it happened, where that differs (a file, a phone).
    pub occurred_at: Option<OffsetDateTime>,
    /// Who did it; none for the clock, a reporter, the system.
    pub actor: Option<MemberId>,
    /// In which role.
    pub role: &'static str,
    /// The case (or grid, member …) it is about.
    pub subject: Option<Uuid>,
    /// The event.
    pub event: rules::journal::Event,
}

/// How many bytes of an entry's hash are kept: enough to say where a chain breaks.
const KEPT: usize = 4;
