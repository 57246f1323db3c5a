//! Telling a problem: from the words of a resident (or of staff on somebody's behalf) to a receipt, a case, and a named
//! person who is responsible from this moment.

mod check;
mod contact;
mod draft;
mod forget;
mod kinds;
mod open;
mod own_case;
mod place;
mod receipt;
mod receive;
mod replay;
mod told;

pub use check::{Said, faults, speaks_of_a_worker};
pub use contact::{Contact, MaskedContact, masked, reveal};
pub(crate) use contact::{all_masked, opened, phone};
pub(crate) use draft::{Draft, promise};
pub use forget::tick;
pub use kinds::kinds;
pub use open::{Opened, Proof, open};
pub(crate) use own_case::OwnCase;
pub use place::{Site, Where};
pub use receipt::Receipt;
pub use receive::{
    Attached, Heard, PLACE_NOTE_MAX, ReportForm, RequestKey, hear, receive, receive_same,
    receive_stranger,
};
pub use replay::{Made, entered_with, made_with, made_with_same, number_made_with};
pub(crate) use told::for_others;
