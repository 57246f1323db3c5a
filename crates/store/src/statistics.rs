//! What SQLite's planner is told about the sizes of tables, because it would guess ten rows for any community: with that
//! guess it walks a whole community to save a sort. The sizes are those of a busy installation and never measured, so a
//! plan is the same on the first day as after ten years. PostgreSQL measures for itself.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult};

use crate::unit::Unit;
use crate::{Error, dialect};

/// Rows of every table, in the planner's eyes.
const ROWS: u64 = 1_000_000;
/// Among how many communities they are spread.
const COMMUNITIES: u64 = 10;
/// Columns with a handful of values; every other one is nearly as good as a key.
const FEW_VALUES: [&str; 7] = [
    "class", "kind", "level", "role", "scheme", "state", "version",
];
/// How much a column of either sort narrows a search.
const FEW: u64 = 5;
const MANY: u64 = 10_000;

/// Each index with its columns in order.
const INDEXES: &str = "SELECT t.name AS of_table, l.name AS of_index, l.origin AS origin, l.\"unique\" AS is_unique, c.name AS name \
    FROM sqlite_schema t JOIN pragma_index_list(t.name) l JOIN pragma_index_info(l.name) c \
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY l.name, c.seqno";

struct Index {
    table: String,
    name: String,
    is_unique: bool,
    columns: Vec<String>,
}

/// Tells the planner; after every change of the tables.
pub(crate) async fn tell(unit: &Unit) -> Result<(), Error> {
    if unit.get_database_backend() != DbBackend::Sqlite {
        return Ok(());
    }
    // Makes the table of statistics where there is none; the one it looks at has a row per migration.
    unit.execute_unprepared("ANALYZE migrations; DELETE FROM sqlite_stat1")
        .await?;
    for index in indexes(unit).await? {
        let values = [
            index.table.into(),
            index.name.into(),
            widths(&index.columns, index.is_unique).into(),
        ];
        unit.run(
            "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?,?,?)",
            values,
        )
        .await?;
    }
    // Reads them into this connection; others read them when they open.
    unit.execute_unprepared("ANALYZE sqlite_schema").await?;
    Ok(())
}

async fn indexes(unit: &Unit) -> Result<Vec<Index>, Error> {
    let statement = dialect::statement(DbBackend::Sqlite, INDEXES, []);
    let mut indexes: Vec<(String, Index)> = Vec::new();
    for row in unit.query_all_raw(statement).await? {
        let own: String = row.try_get("", "of_index")?;
        if indexes.last().is_none_or(|(last, _)| *last != own) {
            indexes.push((own.clone(), named(&row, own)?));
        }
        if let Some((_, index)) = indexes.last_mut() {
            index.columns.push(row.try_get("", "name")?);
        }
    }
    Ok(indexes.into_iter().map(|(_, index)| index).collect())
}

/// A table stored in the order of its key has that key under the table's own name.
fn named(row: &QueryResult, own: String) -> Result<Index, Error> {
    let (table, origin): (String, String) =
        (row.try_get("", "of_table")?, row.try_get("", "origin")?);
    let is_unique: i64 = row.try_get("", "is_unique")?;
    let name = if origin == "pk" { table.clone() } else { own };
    Ok(Index {
        table,
        name,
        is_unique: is_unique != 0,
        columns: Vec::new(),
    })
}

/// All rows, then how many are alike in the first column, in the first two, and so on.
fn widths(columns: &[String], is_unique: bool) -> String {
    let mut alike = ROWS;
    let mut text = alike.to_string();
    for (index, column) in columns.iter().enumerate() {
        let by = match column.as_str() {
            "community_id" => COMMUNITIES,
            few if FEW_VALUES.contains(&few) => FEW,
            _ => MANY,
        };
        let is_whole_key = is_unique && index + 1 == columns.len();
        alike = if is_whole_key { 1 } else { (alike / by).max(1) };
        text.push_str(&format!(" {alike}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_community_alone_is_wide_and_a_whole_key_is_one_row() {
        assert_eq!(
            widths(&columns(&["community_id", "seq"]), true),
            "1000000 100000 1"
        );
        assert_eq!(
            widths(&columns(&["community_id", "state", "due_at"]), false),
            "1000000 100000 20000 2"
        );
    }
}
