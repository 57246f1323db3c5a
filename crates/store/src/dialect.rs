//! All that differs between SQLite and PostgreSQL. Whoever adds a third database starts reading here.

use std::borrow::Cow;

use sea_orm::sea_query::Expr;
use sea_orm::{DbBackend, Statement, Value};

/// A migration's text for this database: `{keyed}` is the suffix of tables stored in the order of their key,
/// `{no_hash}` thirty-two zero bytes, `{bytes:column}` the bytes of a column of text, `{postgres:…}` what PostgreSQL alone is told.
pub fn migration(backend: DbBackend, sql: &str) -> String {
    let zeros = "0".repeat(64);
    let (keyed, no_hash) = match backend {
        DbBackend::Sqlite => ("WITHOUT ROWID", format!("x'{zeros}'")),
        _ => ("", format!("'\\x{zeros}'")),
    };
    let sql = sql.replace("{keyed}", keyed).replace("{no_hash}", &no_hash);
    told_alone(backend, &bytes_of_text(backend, &sql))
}

fn told_alone(backend: DbBackend, sql: &str) -> String {
    let mut parts = sql.split("{postgres:");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (told, rest) = part.split_once('}').unwrap_or((part, ""));
        if backend == DbBackend::Postgres {
            text += told;
        }
        text += rest;
    }
    text
}

fn bytes_of_text(backend: DbBackend, sql: &str) -> String {
    let mut parts = sql.split("{bytes:");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (column, rest) = part.split_once('}').unwrap_or((part, ""));
        text += &match backend {
            DbBackend::Sqlite => format!("CAST({column} AS blob)"),
            _ => format!("convert_to({column}, 'UTF8')"),
        };
        text += rest;
    }
    text
}

/// Locks the rows a `SELECT` returns until the commit; SQLite's one writer needs no lock.
pub fn for_update(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Sqlite => "",
        _ => " FOR UPDATE",
    }
}

/// Asks for every column of our tables: `in_table`, `name`, `kind` as declared, `optional` as yes or no.
pub fn columns(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Sqlite => {
            "SELECT t.name AS in_table, c.name AS name, lower(c.type) AS kind, CASE c.\"notnull\" WHEN 0 THEN 'yes' ELSE 'no' END AS optional \
             FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        }
        _ => {
            "SELECT CAST(table_name AS text) AS in_table, CAST(column_name AS text) AS name, CAST(data_type AS text) AS kind, \
             lower(CAST(is_nullable AS text)) AS optional FROM information_schema.columns WHERE table_schema = current_schema()"
        }
    }
}

/// Whether the database's message says that a unique key is taken.
pub fn is_taken(message: &str) -> bool {
    message.contains("UNIQUE constraint failed") || message.contains("duplicate key value")
}

/// A condition written once with `?` for its parameters, for use inside a built query.
pub fn condition(
    backend: DbBackend,
    sql: impl Into<Cow<'static, str>>,
    values: impl IntoIterator<Item = Value>,
) -> Expr {
    let sql = sql.into();
    match backend {
        DbBackend::Sqlite => Expr::cust_with_values(sql, values),
        _ => Expr::cust_with_values(numbered(&sql), values),
    }
}

/// A statement written once with `?` for its parameters; numbered `$1 …` where the database wants it.
pub fn statement(
    backend: DbBackend,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    let text = match backend {
        DbBackend::Sqlite => sql.to_owned(),
        _ => numbered(sql),
    };
    Statement::from_sql_and_values(backend, text, values)
}

fn numbered(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len() + 16);
    let mut n = 0;
    for part in sql.chars() {
        if part == '?' {
            n += 1;
            text.push('$');
            text.push_str(&n.to_string());
        } else {
            text.push(part);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_marks_become_numbers_for_postgresql() {
        assert_eq!(numbered("a = ? AND b = ?"), "a = $1 AND b = $2");
    }

    #[test]
    fn what_postgresql_alone_is_told_is_told_to_it_alone() {
        let sql = "UPDATE a SET b = 1;{postgres: ALTER TABLE a;} DROP TABLE c";
        let told = |backend| migration(backend, sql);
        assert_eq!(
            told(DbBackend::Postgres),
            "UPDATE a SET b = 1; ALTER TABLE a; DROP TABLE c"
        );
        assert_eq!(told(DbBackend::Sqlite), "UPDATE a SET b = 1; DROP TABLE c");
    }

    #[test]
    fn both_databases_messages_of_a_taken_key_are_known() {
        assert!(is_taken("UNIQUE constraint failed: grids.code"));
        assert!(is_taken(
            "duplicate key value violates unique constraint \"grids_code\""
        ));
        assert!(!is_taken("no such table: grids"));
    }
}
