//! People of the net: absences with their deputies, messages that came to them, and what a grid's board says
//! about who serves.

mod away;
mod card;
mod inbox;

pub use away::{Absence, away, back, deputy, fitting, stands_in, stays, until_fault};
pub use card::{DutyCard, Level, StandsIn, board, nearest};
pub use inbox::{About, Came, Inbox, Messages, inbox, messages, read_messages, unread};
