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
/// Up to here every number of rows has a statement of its own.
const EXACT: usize = 16;

/// Rows in pages for one statement each. Few rows make one page, of many the lengths are powers of two, so that not many
/// statements have to be prepared.
pub(crate) fn pages<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let length = match rest.len() {
            0 => return None,
            few @ ..=EXACT => few,
            many => 1 << many.min(AT_ONCE).ilog2(),
        };
        let (page, later) = rest.split_at(length);
        rest = later;
        Some(page)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(rows: usize) -> Vec<usize> {
        pages(&vec![(); rows]).map(<[()]>::len).collect()
    }

    #[test]
    fn few_rows_are_one_page_and_many_are_pages_of_few_lengths() {
        assert!(lengths(0).is_empty());
        assert_eq!(lengths(13), [13]);
        assert_eq!(lengths(16), [16]);
        assert_eq!(lengths(23), [16, 7]);
        assert_eq!(lengths(179), [64, 64, 32, 16, 3]);
    }
}
