//! Files that somebody sends: those that wait to be confirmed, and what is wrong with one, for people and for machines.

mod held;
mod problem;
mod words;

pub use held::{Held, Waiting};
pub use problem::ProblemShape;
pub use words::Words;
