//! Forms of pages: what the door reads of one, and an act that may be done now as a form of its own.

mod act;
mod gone;
mod summary;
mod twice;

pub use act::{Act, Asking, Typed, obstacle, unfolded, unfolded_asking};
pub use gone::{Gone, gone};
pub(crate) use summary::{Line, lines, told};
pub(crate) use twice::sent_before;

pub use door::form::{Fault, Faults, Fields, date};
