//! Who works in the net: members, the posts they hold, the departments they belong to, and who is on duty for a grid.
//! Never about residents, and nothing here weighs one person against another.

mod duty;
mod types;

pub use duty::{Reason, Seat, Step, on_duty, present};
pub use types::{Away, Department, Member, Post};
