//! Supervision 全程盯办: what somebody who decides nothing may do about a case — remind 催办, ask for an answer by a date
//! 督办, circulate 通报 — and which cases need looking at. Speaks of cases, deadlines and units; never of how a person does.

mod circular;
mod concern;
mod event;
mod item;
mod numbered;
mod pointed;
mod refusal;
mod settings;
mod staff;

pub use circular::{Circular, CircularFault, Spoken, faults, names_person};
pub use concern::{Concern, near_until, silent_since, stirs};
pub use event::Deed;
pub use item::{Item, Kind, SAME_FOR, answer, is_new, remind, supervise};
pub use refusal::Refusal;
pub use settings::SupervisionSettings;
pub use staff::{Held, Staff};
