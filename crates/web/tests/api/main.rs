//! The JSON API through the real router, on both databases: every documented status, and who may come in where.

#[path = "../common/mod.rs"]
mod common;
mod town;

mod access;
mod cases;
mod contact;
mod counts;
mod events;
mod open;
mod reports;
mod steps;
