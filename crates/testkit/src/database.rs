//! An empty database of either kind for one test, gone with the test.

use sqlx::{Connection, Executor, PgConnection};
use store::{Address, Store};
use tempfile::TempDir;

/// The variable that names the throw-away PostgreSQL cluster; `make test` sets it.
const POSTGRES: &str = "WEIGE_TEST_POSTGRES";

/// A fresh, migrated database.
pub struct Database {
    /// The open store.
    pub store: Store,
    /// Its address, for a second process on the same data.
    pub address: Address,
    /// A folder for the test's other files (and SQLite's own).
    pub folder: TempDir,
}

impl Database {
    /// A new SQLite file.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = Address::Sqlite(folder.path().join("weige.sqlite"));
        Self::open(address, folder).await
    }

    /// A new PostgreSQL database in the cluster of `make test`.
    ///
    /// # Panics
    /// Without that cluster: a test must not be skipped silently.
    pub async fn postgres() -> Self {
        let address = new_postgres().await;
        Self::open(address, tempfile::tempdir().expect("a temporary folder")).await
    }

    /// The address of another database of the same kind, still empty.
    pub async fn anew(&self) -> Address {
        match &self.address {
            Address::Sqlite(_) => Address::Sqlite(self.folder.path().join("another.sqlite")),
            Address::Postgres(_) => new_postgres().await,
        }
    }

    /// Whether these bytes stand anywhere in the rows of the database of an address: what must never be kept is looked for with it.
    pub async fn holds(address: &Address, text: &str) -> bool {
        match address {
            Address::Sqlite(file) => {
                let wal = file.with_extension("sqlite-wal");
                [file.clone(), wal].iter().any(|file| {
                    let bytes = std::fs::read(file).unwrap_or_default();
                    bytes
                        .windows(text.len())
                        .any(|part| part == text.as_bytes())
                })
            }
            Address::Postgres(url) => rows_hold(url, text).await,
        }
    }

    /// Which kind it is.
    pub fn is_postgres(&self) -> bool {
        matches!(self.address, Address::Postgres(_))
    }

    async fn open(address: Address, folder: TempDir) -> Self {
        let store = Store::open(&address)
            .await
            .expect("an empty database opens");
        Self {
            store,
            address,
            folder,
        }
    }
}

async fn new_postgres() -> Address {
    let cluster = std::env::var(POSTGRES)
        .unwrap_or_else(|_| panic!("{POSTGRES} is not set: run the tests with `make test`"));
    let name = format!("t{}", uuid::Uuid::now_v7().simple());
    let mut connection = PgConnection::connect(&cluster)
        .await
        .expect("the test cluster answers");
    connection
        .execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .await
        .expect("a new database");
    connection.close().await.expect("the connection closes");
    let (base, query) = cluster.split_once('?').unwrap_or((cluster.as_str(), ""));
    let base = base.rsplit_once('/').map_or(base, |(server, _)| server);
    Address::Postgres(format!("{base}/{name}?{query}"))
}

async fn rows_hold(url: &str, text: &str) -> bool {
    let mut connection = PgConnection::connect(url)
        .await
        .expect("the database answers");
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT CAST(table_name AS text) FROM information_schema.tables WHERE table_schema = current_schema()",
    )
    .fetch_all(&mut connection)
    .await
    .expect("a list of tables");
    assert!(tables.len() > 20, "the tables were found");
    let mut found = false;
    for table in tables {
        let sql =
            format!("SELECT count(*) FROM {table} AS t WHERE position($1 IN CAST(t AS text)) > 0");
        let n: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(text)
            .fetch_one(&mut connection)
            .await
            .expect("the table is read");
        found |= n > 0;
    }
    connection.close().await.expect("the connection closes");
    found
}
