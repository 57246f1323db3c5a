//! The demo community 明湖 (示例): a pure generator of boundaries, people, catalogue, calendars and fourteen months of cases.
//!
//! Seed and day are arguments: the same seed and day give the same bytes. It asks no clock, opens no database and knows
//! nothing of importers; the files it writes are read through the same importers as those of a real community.

pub mod calendar;
pub mod catalogue;
pub mod dice;
pub mod files;
pub mod ground;
pub mod history;
pub mod hotline;
pub mod people;
mod sheet;
