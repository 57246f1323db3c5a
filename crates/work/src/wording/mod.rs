//! Wordings 告知用语: a community writes what reporters are told at a step; each step then keeps what it told, in the same
//! unit. Which wording is told is decided in `rules::wording`.

mod change;
mod tell;

pub use change::{Draft, keep, list, remove};

pub(crate) use tell::tell;
