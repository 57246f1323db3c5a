//! The outbox's way out: one signed request to an address outside, and what came of it as a word of a closed list. It follows
//! nobody, waits for nobody long, reads no more than it has to, and goes to no address that is not anybody's.

mod courier;
mod guard;

pub use courier::{Courier, CourierError, Parcel, Reply, Wait, choose_tls};
pub use guard::{Address, AddressFault};
