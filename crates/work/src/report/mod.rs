//! Telling a problem: from the words of a resident (or of staff on somebody's behalf) to a receipt, a case, and a named
//! person who is responsible from this moment.

mod check;
mod contact;
mod draft;
mod forget;
mod kinds;
mod open;
mod place;
mod receipt;
mod receive;

pub use check::{Said, faults};
pub use contact::{Contact, MaskedContact, masked, reveal};
pub(crate) use contact::{opened, phone};
pub(crate) use draft::Draft;
pub use forget::tick;
pub use kinds::kinds;
pub use open::{Opened, Proof, open};
pub use place::{Site, Where};
pub use receipt::Receipt;
pub use receive::{Attached, ReportForm, RequestKey, receive, receive_same, receive_stranger};
