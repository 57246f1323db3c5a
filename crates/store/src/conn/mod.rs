//! Connections: rusqlite in place for SQLite, sqlx for PostgreSQL, one face (`ConnectionTrait`) for the queries.

mod line;
pub(crate) mod postgres;
mod reader;
pub(crate) mod sqlite;

pub(crate) use line::{Cells, Line};
pub use reader::Reader;

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use crate::Error;

/// Something that can be asked for rows, which are read as they come.
pub(crate) trait Lines: ConnectionTrait {
    /// All rows of a query, each as `read` makes it.
    fn lines<T: Send>(
        &self,
        statement: Statement,
        read: impl FnMut(&Line<'_>) -> Result<T, Error> + Send,
    ) -> impl Future<Output = Result<Vec<T>, Error>> + Send;
}

/// Reads the rows that PostgreSQL has sent.
fn sent<T>(
    rows: &[QueryResult],
    mut read: impl FnMut(&Line<'_>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    rows.iter().map(|row| read(&Line::Postgres(row))).collect()
}

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

impl Lines for Link {
    async fn lines<T: Send>(
        &self,
        statement: Statement,
        read: impl FnMut(&Line<'_>) -> Result<T, Error> + Send,
    ) -> Result<Vec<T>, Error> {
        match self {
            Self::Lite(lite) => lite.lines(&statement, read),
            Self::Postgres(tx) => sent(&tx.query_all_raw(statement).await?, read),
        }
    }
}
