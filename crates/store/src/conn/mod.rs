//! Connections: rusqlite in place for SQLite, sqlx for PostgreSQL, one face (`ConnectionTrait`) for the queries.

mod reader;
pub(crate) mod sqlite;

pub use reader::Reader;

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

/// The connection a unit writes through.
pub(crate) enum Link {
    /// The writer thread's own connection.
    Lite(Arc<sqlite::Lite>),
    /// The open transaction of the group.
    Postgres(Arc<DatabaseTransaction>),
}

#[sea_orm::prelude::async_trait::async_trait]
impl ConnectionTrait for Link {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Lite(_) => DbBackend::Sqlite,
            Self::Postgres(_) => DbBackend::Postgres,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Lite(lite) => lite.run(&statement),
            Self::Postgres(tx) => tx.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Lite(lite) => lite.execute_unprepared(sql).await,
            Self::Postgres(tx) => tx.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Lite(lite) => lite.query_one_raw(statement).await,
            Self::Postgres(tx) => tx.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Lite(lite) => lite.query_all_raw(statement).await,
            Self::Postgres(tx) => tx.query_all_raw(statement).await,
        }
    }
}
