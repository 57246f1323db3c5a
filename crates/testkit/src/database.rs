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
