//! People of the net: absences with their deputies, and what a grid's board says about who serves.

mod away;
mod card;

pub use away::{Absence, away, back};
pub use card::{DutyCard, Level, StandsIn, board};
