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
    let note = parts(&connection, cases)?.join(", ");
    Ok(Outcome {
        note,
        ..Outcome::plain(&goal::DISK, bytes / f64::from(cases))
    })
}

/// Bytes a case of each table and index, the largest first; what takes less than a byte is left out.
fn parts(connection: &Connection, cases: u32) -> Result<Vec<String>> {
    let mut sizes = connection.prepare(
        "SELECT name, CAST(sum(pgsize) AS REAL) AS size FROM dbstat GROUP BY name ORDER BY size DESC",
    )?;
    let sizes = sizes.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, f64>(1)?))
    })?;
    let mut parts = Vec::new();
    for size in sizes {
        let (name, bytes) = size?;
        let each = bytes / f64::from(cases);
        if each >= 1.0 {
            parts.push(format!("{name} {each:.0}"));
        }
    }
    Ok(parts)
}
