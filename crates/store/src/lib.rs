//! The cellar: the only crate with SQL. It keeps rows and the journal and answers page queries.
//! It never decides: what may happen stands in `rules`, what is done stands in `work`.

pub mod account;
mod ask;
pub mod calendar;
pub mod case;
pub mod catalogue;
mod codes;
pub mod community;
pub mod complaint;
mod conn;
pub mod coordination;
pub mod data_classes;
mod dialect;
mod error;
pub mod figures;
mod follow;
pub mod grid;
pub mod journal;
pub mod keys;
pub mod mediation;
pub mod message;
mod migrate;
pub mod order;
pub mod outbox;
pub mod people;
pub mod place_event;
mod reach;
pub mod referral;
pub mod report;
pub mod routing;
pub mod settings;
pub mod sheet;
mod statistics;
mod store;
pub mod supervision;
mod unit;
pub mod whistle;
pub mod wording;
mod writer;

pub use conn::Reader;
pub use error::Error;
pub use store::{Address, Store};
pub use unit::Unit;

use time::OffsetDateTime;

/// A time as it is kept: microseconds since 1970 UTC.
pub(crate) fn micros(at: OffsetDateTime) -> i64 {
    // Years 0–9999 in microseconds fit an i64 many times over.
    (at.unix_timestamp_nanos() / 1_000) as i64
}

/// A kept time as a time.
pub(crate) fn instant(micros: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
