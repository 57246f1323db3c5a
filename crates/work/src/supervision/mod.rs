//! Supervision 全程盯办: reminding, asking for an answer by a date, answering, circulars about units, and the lists that find
//! what needs looking at. Nothing here changes a case; it stands beside it in the same journal.

mod answer;
mod ask;
mod circulate;
mod list;
mod tick;

pub use answer::answer;
pub use ask::{Asked, remind, said_with, supervise};
pub(crate) use circulate::staff;
pub use circulate::{CircularForm, circulars, circulate, withdraw};
pub use list::{Concerns, Found, OfCase, concerns, counts, of_case, one, stood_in};
pub use tick::tick;

use rules::journal::Event;
use rules::supervision::Deed;
use store::journal::Note;
use uuid::Uuid;

use crate::Asker;

/// The journal's entry of something that supervision did about a case, or with a circular.
pub(crate) fn note(asker: &Asker, subject: Uuid, deed: Deed) -> Note {
    Note {
        at: asker.now,
        occurred_at: None,
        actor: asker.member(),
        role: asker.role().map_or("clock", |role| role.as_str()),
        subject: Some(subject),
        event: Event::Supervision(deed),
    }
}
