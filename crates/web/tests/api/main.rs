//! The JSON API through the real router, on both databases: every documented status, and who may come in where.

#[path = "../books/mod.rs"]
mod books;
#[path = "../common/mod.rs"]
mod common;
mod town;

mod absence;
mod access;
mod cases;
mod contact;
mod counts;
mod dates;
mod events;
mod faults;
mod gate;
mod known;
mod late_filing;
mod linear;
mod merges;
mod messages;
mod open;
mod order_files;
mod orders;
mod place_events;
mod referrals;
mod refusals;
mod reports;
mod routing;
mod said_later;
mod schemes;
mod sheets;
mod similar;
mod steps;
mod tasks;
mod trail;
mod unhappy;
mod visits;
