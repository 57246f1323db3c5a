//! Forms: what was sent, what is wrong with it, and the one-time key that makes sending twice the same as once.
//! Parsing into the rules' types is each page's own work.

mod act;
mod faster;
mod fault;
mod fields;

pub use act::{Act, Asking, Typed, obstacle};
pub use faster::{Faster, Step as FasterStep, since};
pub use fault::{Fault, Faults};
pub use fields::Fields;
