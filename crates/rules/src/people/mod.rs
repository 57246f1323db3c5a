//! Who works in the net: members, the posts they hold, the departments they belong to, and who is on duty for a grid.
//! Never about residents, and nothing here weighs one person against another.

mod along;
mod duty;
mod types;

pub use along::{StaysBehind, stays_behind, takes_over};
pub use duty::{Reason, Seat, Step, can_stand_in, on_duty, present, sits};
pub use types::{Away, Department, Member, Post};
