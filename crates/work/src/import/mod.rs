//! Files from outside: grids, people, catalogues, calendars, cases. Each importer lists every problem by row and column,
//! changes nothing on a dry run, keeps the whole file or nothing, and is safe to run twice.

mod cases;
mod problem;

pub use cases::cases;
pub use problem::{Problem, Severity, Summary};
