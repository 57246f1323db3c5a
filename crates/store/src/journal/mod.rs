//! The journal: ordered, append-only, gapless per community, each entry chained to the one before by SHA-256.
//! Entries hold ids, states and field names, never personal data. Writing happens at the end of a unit only.

mod append;
mod pages;

pub(crate) use append::{Pending, append, flush};
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
