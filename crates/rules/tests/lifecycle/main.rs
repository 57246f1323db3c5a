//! The life cycle of a case, held against the twelve invariants of reliability.md §5 and guard by guard.
//! `WEIGE_SEQUENCES` sets how many random sequences are tried (2,000 unless told).

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has to stop")]

mod calendar;
mod called;
mod drive;
mod ending;
mod guards;
mod invariants;
mod parting;
mod withheld;
mod world;
