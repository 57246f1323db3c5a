//! A furnished test house: both databases, a clock that tests set, people and grids, an HTTP client.
//! Only tests use it; nothing of it ships.

#![allow(clippy::disallowed_methods, reason = "tests make their own ids")]

mod cluster;
mod database;
mod furniture;
mod house;
mod receiver;

pub use database::Database;
pub use house::{House, PASSWORD, START};
pub use receiver::{Manner, Received, Receiver};

/// Writes each test once and runs it on SQLite and on PostgreSQL: `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($database:ident: Database) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "a test may use only some of its file's imports")]
            use super::*;

            $(#[$meta])*
            async fn test($database: $crate::Database) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                test($crate::Database::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                test($crate::Database::postgres().await).await;
            }
        }
    )*};
}

/// Writes each test once and runs it in a furnished house on SQLite and on PostgreSQL: `name::sqlite`, `name::postgres`.
#[macro_export]
macro_rules! on_both_houses {
    ($($(#[$meta:meta])* async fn $name:ident($house:ident: House) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "a test may use only some of its file's imports")]
            use super::*;

            $(#[$meta])*
            async fn test($house: $crate::House) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                test($crate::House::furnish($crate::Database::sqlite().await).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                test($crate::House::furnish($crate::Database::postgres().await).await).await;
            }
        }
    )*};
}
