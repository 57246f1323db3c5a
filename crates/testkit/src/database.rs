//! A fresh database of either kind for one test, gone with the test.

use sqlx::{Connection, PgConnection};
use store::{Address, Store};
use tempfile::TempDir;

use crate::cluster::Databases;

/// A fresh, migrated database.
pub struct Database {
    /// The open store.
    pub store: Store,
    /// Its address, for a second process on the same data.
    pub address: Address,
    /// A folder for the test's other files (and SQLite's own).
    pub folder: TempDir,
    /// What the test has in the PostgreSQL cluster; goes with it.
    databases: Databases,
}

impl Database {
    /// A new SQLite file.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = Address::Sqlite(folder.path().join("weige.sqlite"));
        Self::open(address, folder, Databases::default()).await
    }

    /// A new PostgreSQL database in the cluster of `make test`.
    ///
    /// # Panics
    /// Without that cluster: a test must not be skipped silently.
    pub async fn postgres() -> Self {
        let databases = Databases::default();
        let address = databases.migrated().await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::open(address, folder, databases).await
    }

    /// The address of another database of the same kind, still empty.
    pub async fn anew(&self) -> Address {
        match &self.address {
            Address::Sqlite(_) => Address::Sqlite(self.folder.path().join("another.sqlite")),
            Address::Postgres(_) => self.databases.empty().await,
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

    async fn open(address: Address, folder: TempDir, databases: Databases) -> Self {
        let store = Store::open(&address)
            .await
            .expect("an empty database opens");
        Self {
            store,
            address,
            folder,
            databases,
        }
    }
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
