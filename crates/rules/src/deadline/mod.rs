//! Time limits: read from catalogues, reckoned with a calendar, stopped and started, explained, coloured (`domain.md` §2.6).
//! Two moments and a calendar always give the same deadline. It never guesses what a limit means, and knows no clock but
//! the `now` it is given.

mod basis;
mod clock;
mod colour;
mod explain;
mod reckon;
mod rounds;
mod taking;
#[cfg(test)]
mod tests;
mod visiting;
mod written;

use time::OffsetDateTime;

pub use basis::{Basis, Rule, Story};
pub use clock::{Clock, ClockError, Pause, PauseReason};
pub use colour::{ClockColour, Pace, consumed_share};
pub use explain::{Explanation, PauseShift, Step};
pub use rounds::Past;
pub use taking::Taking;
pub use visiting::Visiting;
pub use written::{LimitError, read_limit};

/// Whether a thing done (or not yet done) at `at` comes after its deadline. Deadlines are exact to the second, so what
/// happens within the last second is in time.
pub fn is_late(at: OffsetDateTime, due: OffsetDateTime) -> bool {
    at.unix_timestamp() > due.unix_timestamp()
}
