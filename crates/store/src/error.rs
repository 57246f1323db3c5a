//! What can go wrong in the cellar, as one closed enum. Nothing here knows status codes or languages.

use sea_orm::DbErr;

/// An error of the store. Use cases turn it into their own; only `web` turns that into a status.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// Nothing of that name within the asker's scope (or nothing at all: the two look the same on purpose).
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// The row was changed since it was read.
    #[error("stale: the row is at version {is}")]
    Stale {
        /// The version it has now.
        is: i64,
    },
    /// A unique key is taken.
    #[error("taken: {0}")]
    Taken(String),
    /// A row contradicts the model: table and id, for the operator.
    #[error("row of {table} {id} contradicts the model: {why}")]
    Contradiction {
        /// The table.
        table: &'static str,
        /// The row's key as text.
        id: String,
        /// What does not fit.
        why: String,
    },
    /// The group of units was not committed; nothing of it happened. Safe to try again with the same key.
    #[error("lost: the commit did not happen ({0})")]
    Lost(String),
    /// A unit awaited something other than its `Unit`.
    #[error("a unit awaited something foreign")]
    Waited,
    /// A unit panicked and was rolled back.
    #[error("a unit panicked")]
    Panicked,
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
    /// The database said no.
    #[error("database: {0}")]
    Database(String),
    /// The server of the database does not answer, or lets nobody in: where it was looked for, and why.
    #[error("cannot reach PostgreSQL at {0}")]
    Unreachable(String),
    /// The address or the settings of the database cannot serve.
    #[error("database settings: {0}")]
    Settings(String),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        let text = error.to_string();
        if crate::dialect::is_taken(&text) {
            Self::Taken(text)
        } else {
            Self::Database(text)
        }
    }
}
