//! The outbox as kept: addresses with their sealed secrets, the switch of text messages, and deliveries with their state. The
//! cellar keeps ids only, and decides nothing: when something is tried again comes from the rules.

mod delivery;
mod find;
mod send;
mod webhook;

pub use delivery::{Delivery, NewDelivery};
pub use find::{Due, Gate, Reporter};
pub use send::{Lease, Mark};
pub use webhook::{KeptWebhook, Targets};
