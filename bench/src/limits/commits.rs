//! Raw durable commits of the very rows that the server wrote: its newest rows are taken out of a copy of its database and
//! put back with bare rusqlite, prepared statements, in groups or one by one. Indexes and table sizes are the same.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// The tables that a report writes one row of, each with the order its newest rows come in.
const TABLES: [(&str, &str); 4] = [
    ("journal", "community_id DESC, seq DESC"),
    ("cases", "community_id DESC, number DESC"),
    ("reports", "community_id DESC, id DESC"),
    ("request_keys", "community_id DESC, at DESC"),
];

/// Rows of one table, oldest first.
struct Rows {
    insert: String,
    rows: Vec<Vec<Value>>,
}

/// Durable commits a second, counted in reports.
pub struct Commits {
    /// Sixty-four reports in one commit.
    pub grouped: f64,
    /// One report in one commit.
    pub alone: f64,
}

/// Measures with the newest `n` reports of a copy of the database; the copy is made at `copy`.
///
/// # Errors
/// What SQLite says.
pub fn measure(database: &Path, copy: &Path, n: usize) -> Result<Commits> {
    std::fs::copy(database, copy)?;
    let connection = Connection::open(copy)?;
    connection.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000; PRAGMA wal_autocheckpoint=4000;",
    )?;
    connection.set_prepared_statement_cache_capacity(32);
    let taken = TABLES.map(|(table, order)| take(&connection, table, order, n));
    let tables = taken.into_iter().collect::<Result<Vec<_>>>()?;
    let (ours, few) = (n, n / 10);
    let alone = put(&connection, &tables, 0..few, 1)?;
    let grouped = put(&connection, &tables, few..ours, 64)?;
    Ok(Commits { grouped, alone })
}

fn take(connection: &Connection, table: &str, order: &str, n: usize) -> Result<Rows> {
    let mut select =
        connection.prepare(&format!("SELECT * FROM {table} ORDER BY {order} LIMIT {n}"))?;
    let columns = select.column_count();
    let read = |row: &rusqlite::Row<'_>| (0..columns).map(|column| row.get(column)).collect();
    let mut rows: Vec<Vec<Value>> = select.query_map([], read)?.collect::<Result<_, _>>()?;
    rows.reverse();
    let key = if table == "journal" {
        "seq"
    } else if table == "request_keys" {
        "key_hash"
    } else {
        "id"
    };
    let index = select.column_index(key)?;
    let mut delete = connection.prepare(&format!(
        "DELETE FROM {table} WHERE community_id = ? AND {key} = ?"
    ))?;
    connection.execute_batch("BEGIN")?;
    for row in &rows {
        delete.execute([&row[0], &row[index]])?;
    }
    connection.execute_batch("COMMIT")?;
    let marks = vec!["?"; columns].join(",");
    Ok(Rows {
        insert: format!("INSERT INTO {table} VALUES ({marks})"),
        rows,
    })
}

fn put(
    connection: &Connection,
    tables: &[Rows],
    range: std::ops::Range<usize>,
    group: usize,
) -> Result<f64> {
    let n = range.len();
    let began = Instant::now();
    for first in range.clone().step_by(group) {
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        for index in first..(first + group).min(range.end) {
            report(connection, tables, index)?;
        }
        connection
            .prepare_cached("UPDATE heads SET seq = seq + 1")?
            .execute([])?;
        connection.prepare_cached("COMMIT")?.execute([])?;
    }
    Ok(n as f64 / began.elapsed().as_secs_f64())
}

fn report(connection: &Connection, tables: &[Rows], index: usize) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE numbers SET last = last + 1 WHERE day = (SELECT max(day) FROM numbers)",
        )?
        .execute([])?;
    for table in tables {
        if let Some(row) = table.rows.get(index) {
            connection
                .prepare_cached(&table.insert)?
                .execute(params_from_iter(row))?;
        }
    }
    Ok(())
}
