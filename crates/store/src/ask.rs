//! Asking: a query written once with `?`, on a reader or within a unit.

use sea_orm::{ConnectionTrait, QueryResult, Value};

use crate::{Error, dialect};

/// All rows of a query.
pub(crate) async fn rows(
    on: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<QueryResult>, Error> {
    let statement = dialect::statement(on.get_database_backend(), sql, values);
    Ok(on.query_all_raw(statement).await?)
}

/// The first row of a query.
pub(crate) async fn row(
    on: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<QueryResult>, Error> {
    let statement = dialect::statement(on.get_database_backend(), sql, values);
    Ok(on.query_one_raw(statement).await?)
}

/// Reads a text column into a typed value; a text that does not fit contradicts the model.
pub(crate) fn typed<T: std::str::FromStr>(
    row: &QueryResult,
    table: &'static str,
    column: &str,
) -> Result<T, Error> {
    let text: String = row.try_get("", column)?;
    text.parse().map_err(|_| Error::Contradiction {
        table,
        why: format!("{column} {text:?}"),
        id: text,
    })
}

/// Rows in one statement at most.
const AT_ONCE: usize = 64;

/// Rows in pages for one statement each: their lengths are powers of two, so that few statements have to be prepared.
pub(crate) fn pages<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let length = 1 << rest.len().min(AT_ONCE).checked_ilog2()?;
        let (page, later) = rest.split_at(length);
        rest = later;
        Some(page)
    })
}
