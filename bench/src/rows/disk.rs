//! Disk per case with its journal: the database file after everything is moved into it, divided by the cases.

use std::path::Path;

use anyhow::Result;
use rusqlite::Connection;

use crate::goal;
use crate::table::Outcome;

/// Measures; nobody may have the database open.
///
/// # Errors
/// What SQLite or the file system says.
pub fn measure(database: &Path, cases: u32) -> Result<Outcome> {
    let connection = Connection::open(database)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let bytes = std::fs::metadata(database)?.len() as f64;
    let rows = |table: &str| -> Result<f64> {
        let sql = format!(
            "SELECT CAST(sum(pgsize) AS REAL) FROM dbstat WHERE name = '{table}' OR name LIKE '{table}\\_%' ESCAPE '\\'"
        );
        Ok(connection
            .query_row(&sql, [], |row| row.get(0))
            .unwrap_or_default())
    };
    let mut parts = Vec::new();
    for table in ["journal", "cases", "reports", "request_keys"] {
        parts.push(format!("{table} {:.0}", rows(table)? / f64::from(cases)));
    }
    Ok(Outcome {
        note: parts.join(", "),
        ..Outcome::plain(&goal::DISK, bytes / f64::from(cases))
    })
}
