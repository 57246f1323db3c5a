//! SeaORM's `ConnectionTrait` over one rusqlite connection: binds values, reads rows back by their declared column
//! type, translates errors. Statements run in place, without a thread hop each. It never opens a transaction by itself.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Row};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, ExecResult, ProxyExecResult, ProxyRow, QueryResult,
    RuntimeErr, Statement, Value,
};

use super::line::Line;

/// How a connection is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The one that writes: durable commits (`synchronous=FULL`).
    Writer,
    /// Reads only.
    Reader,
}

/// One SQLite connection that speaks SeaORM's language.
pub struct Lite {
    inner: Mutex<Connection>,
    /// Names and kinds of the columns of each query's answer; they never change while the tables stand.
    columns: Mutex<HashMap<String, Arc<[Column]>>>,
}

/// A column of an answer.
type Column = (String, Kind);

/// Pages of the write-ahead log after which the writer moves it into the database (4 KiB each).
const CHECKPOINT_PAGES: i64 = 4_000;
/// What a reader keeps of pages beyond those that are mapped, in KiB. There is one reader for each thread; what is not here
/// the system has in its own cache.
const CACHE_KIB: i64 = 4_000;
/// The part of the database that readers map, in bytes.
const MAPPED: i64 = 16 << 20;
/// Prepared statements kept per connection; SeaORM's SQL text is stable, so each is prepared once.
const STATEMENTS_KEPT: usize = 256;

impl Lite {
    /// Opens the file (a writer creates it) with the settings that make a commit durable.
    ///
    /// # Errors
    /// Whatever SQLite says of the file, with its name.
    pub fn open(file: &Path, mode: Mode) -> Result<Self, DbErr> {
        let flags = match mode {
            Mode::Writer => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            Mode::Reader => OpenFlags::SQLITE_OPEN_READ_ONLY,
        } | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if mode == Mode::Writer {
            make(file).map_err(|error| of_file(file, &error))?;
        }
        let connection = Connection::open_with_flags(file, flags);
        let connection = connection.map_err(|error| of_file(file, &error))?;
        set_up(&connection, mode).map_err(|error| of_file(file, &error))?;
        Ok(Self {
            inner: Mutex::new(connection),
            columns: Mutex::default(),
        })
    }

    /// A panic inside a unit may have poisoned the lock; the connection itself is sound (its savepoint is rolled back).
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs SQL text without parameters.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn batch(&self, sql: &str) -> Result<(), DbErr> {
        self.forget_columns();
        self.connection().execute_batch(sql).map_err(exec_error)
    }

    /// Runs one statement whose text recurs (`SAVEPOINT …`), prepared once.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn cached(&self, sql: &str) -> Result<(), DbErr> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(sql).map_err(exec_error)?;
        statement.execute([]).map(|_| ()).map_err(exec_error)
    }

    /// True when no transaction is open: SQLite has rolled everything back by itself (disk full, I/O error).
    pub fn outside_transaction(&self) -> bool {
        self.connection().is_autocommit()
    }

    /// Executes a statement in place.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn run(&self, statement: &Statement) -> Result<ExecResult, DbErr> {
        let connection = self.connection();
        let mut prepared = connection
            .prepare_cached(&statement.sql)
            .map_err(exec_error)?;
        bind(&mut prepared, statement)?;
        // A statement with RETURNING counts as a query for rusqlite; stepping it to the end executes it.
        let changed = if prepared.column_count() > 0 {
            let mut rows = prepared.raw_query();
            let mut n = 0;
            while rows.next().map_err(exec_error)?.is_some() {
                n += 1;
            }
            n
        } else {
            prepared.raw_execute().map_err(exec_error)? as u64
        };
        Ok(ProxyExecResult {
            last_insert_id: 0,
            rows_affected: changed,
        }
        .into())
    }

    /// Queries in place; at most `limit` rows are read.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn rows(&self, statement: &Statement, limit: usize) -> Result<Vec<QueryResult>, DbErr> {
        let connection = self.connection();
        let mut prepared = connection
            .prepare_cached(&statement.sql)
            .map_err(query_error)?;
        let columns = self.columns(&statement.sql, &prepared);
        bind(&mut prepared, statement)?;
        let mut rows = prepared.raw_query();
        let mut found = Vec::new();
        while found.len() < limit {
            let Some(row) = rows.next().map_err(query_error)? else {
                break;
            };
            found.push(read(row, &columns)?.into());
        }
        Ok(found)
    }

    /// Queries in place and reads each row as it comes.
    ///
    /// # Errors
    /// Whatever SQLite or the one who reads says.
    pub fn lines<T, E: From<DbErr>>(
        &self,
        statement: &Statement,
        mut read: impl FnMut(&Line<'_>) -> Result<T, E>,
    ) -> Result<Vec<T>, E> {
        let connection = self.connection();
        let mut prepared = connection
            .prepare_cached(&statement.sql)
            .map_err(query_error)?;
        bind(&mut prepared, statement)?;
        let mut rows = prepared.raw_query();
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(query_error)? {
            found.push(read(&Line::Lite(row))?);
        }
        Ok(found)
    }

    fn columns(&self, sql: &str, prepared: &rusqlite::Statement<'_>) -> Arc<[Column]> {
        let mut known = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(columns) = known.get(sql) {
            return Arc::clone(columns);
        }
        let read = |column: &rusqlite::Column<'_>| {
            (column.name().to_owned(), Kind::declared(column.decl_type()))
        };
        let columns: Arc<[Column]> = prepared.columns().iter().map(read).collect();
        if known.len() >= STATEMENTS_KEPT {
            known.clear();
        }
        known.insert(sql.to_owned(), Arc::clone(&columns));
        columns
    }

    /// Forgets what columns there are; after a change of the tables.
    fn forget_columns(&self) {
        self.columns
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

/// The settings of a new connection.
fn set_up(connection: &Connection, mode: Mode) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    let pragmas = match mode {
        Mode::Writer => format!(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; \
             PRAGMA cache_size=-8000; PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES};"
        ),
        Mode::Reader => format!(
            "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-{CACHE_KIB}; PRAGMA mmap_size={MAPPED};"
        ),
    };
    connection.execute_batch(&pragmas)
}

/// An error of opening: without its name nobody knows which file is meant.
fn of_file(file: &Path, error: &dyn std::error::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::Internal(format!("{}: {error}", file.display())))
}

/// Makes the file, readable by nobody else, where there is none yet. SQLite gives the same mode to what it keeps beside it
/// (`-wal`, `-shm`). A file that is there stays as its owner has set it.
fn make(file: &Path) -> std::io::Result<()> {
    let mut new = std::fs::OpenOptions::new();
    new.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut new, 0o600);
    match new.open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// What a column was declared as in the migrations.
#[derive(Clone, Copy)]
enum Kind {
    Bigint,
    Text,
    Uuid,
    Bytes,
    Double,
    Boolean,
    /// An expression (`count(*)`): read as it comes.
    Computed,
}

impl Kind {
    fn declared(declaration: Option<&str>) -> Self {
        match declaration {
            Some("bigint") => Self::Bigint,
            Some("text") => Self::Text,
            Some("uuid") => Self::Uuid,
            Some("bytea") => Self::Bytes,
            Some("double precision") => Self::Double,
            Some("boolean") => Self::Boolean,
            _ => Self::Computed,
        }
    }

    fn null(self) -> Value {
        match self {
            Self::Bigint | Self::Computed => Value::BigInt(None),
            Self::Text => Value::String(None),
            Self::Uuid => Value::Uuid(None),
            Self::Bytes => Value::Bytes(None),
            Self::Double => Value::Double(None),
            Self::Boolean => Value::Bool(None),
        }
    }
}

fn read(row: &Row<'_>, columns: &[Column]) -> Result<ProxyRow, DbErr> {
    let mut values = BTreeMap::new();
    for (index, (name, kind)) in columns.iter().enumerate() {
        let raw = row.get_ref(index).map_err(query_error)?;
        values.insert(name.clone(), value(raw, *kind, name)?);
    }
    Ok(ProxyRow::new(values))
}

fn value(raw: ValueRef<'_>, kind: Kind, name: &str) -> Result<Value, DbErr> {
    let wrong = |what: &str| DbErr::Type(format!("column {name}: {what}"));
    Ok(match (kind, raw) {
        (_, ValueRef::Null) => kind.null(),
        (Kind::Boolean, ValueRef::Integer(n)) => Value::Bool(Some(n != 0)),
        (Kind::Double, ValueRef::Integer(n)) => Value::Double(Some(n as f64)),
        (Kind::Uuid, ValueRef::Blob(bytes)) => Value::Uuid(Some(
            uuid::Uuid::from_slice(bytes).map_err(|_| wrong("not sixteen bytes"))?,
        )),
        (_, ValueRef::Integer(n)) => Value::BigInt(Some(n)),
        (_, ValueRef::Real(x)) => Value::Double(Some(x)),
        (_, ValueRef::Text(bytes)) => Value::String(Some(
            std::str::from_utf8(bytes)
                .map_err(|_| wrong("not UTF-8"))?
                .to_owned(),
        )),
        (_, ValueRef::Blob(bytes)) => Value::Bytes(Some(bytes.to_vec())),
    })
}

fn bind(prepared: &mut rusqlite::CachedStatement<'_>, statement: &Statement) -> Result<(), DbErr> {
    let Some(values) = &statement.values else {
        return Ok(());
    };
    for (index, value) in values.0.iter().enumerate() {
        prepared
            .raw_bind_parameter(index + 1, Bound(value))
            .map_err(exec_error)?;
    }
    Ok(())
}

struct Bound<'a>(&'a Value);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let raw = match self.0 {
            Value::Bool(Some(yes)) => ValueRef::Integer(i64::from(*yes)),
            Value::Int(Some(n)) => ValueRef::Integer(i64::from(*n)),
            Value::BigInt(Some(n)) => ValueRef::Integer(*n),
            Value::BigUnsigned(Some(n)) => ValueRef::Integer(
                i64::try_from(*n).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?,
            ),
            Value::Unsigned(Some(n)) => ValueRef::Integer(i64::from(*n)),
            Value::Double(Some(x)) => ValueRef::Real(*x),
            Value::String(Some(text)) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(Some(bytes)) => ValueRef::Blob(bytes),
            Value::Uuid(Some(id)) => ValueRef::Blob(id.as_bytes()),
            Value::Bool(None)
            | Value::Int(None)
            | Value::BigInt(None)
            | Value::Double(None)
            | Value::String(None)
            | Value::Bytes(None)
            | Value::Uuid(None) => ValueRef::Null,
            other => {
                return Err(rusqlite::Error::ToSqlConversionFailure(
                    format!("no column holds {other:?}").into(),
                ));
            }
        };
        Ok(ToSqlOutput::Borrowed(raw))
    }
}

fn exec_error(error: rusqlite::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::Internal(error.to_string()))
}

fn query_error(error: rusqlite::Error) -> DbErr {
    DbErr::Query(RuntimeErr::Internal(error.to_string()))
}

#[sea_orm::prelude::async_trait::async_trait]
impl ConnectionTrait for Lite {
    fn get_database_backend(&self) -> DbBackend {
        DbBackend::Sqlite
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.run(&statement)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.batch(sql)?;
        Ok(ProxyExecResult {
            last_insert_id: 0,
            rows_affected: 0,
        }
        .into())
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Ok(self.rows(&statement, 1)?.pop())
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.rows(&statement, usize::MAX)
    }
}
