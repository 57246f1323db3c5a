//! Forms: what was sent, what is wrong with it, and the one-time key that makes sending twice the same as once.
//! Parsing into the rules' types is each page's own work.

mod date;
mod fault;
mod fields;

pub use date::date;
pub use fault::{Fault, Faults};
pub use fields::Fields;
