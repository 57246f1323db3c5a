//! The throw-away PostgreSQL cluster of `make test`: copies of one migrated database, each dropped with its test.
//!
//! One takes 11 MB: 1,600 tests that left theirs behind filled the disk of a machine.

use std::sync::Mutex;

use sqlx::{Connection, Executor, PgConnection};
use store::{Address, Store};

/// The variable that names the cluster; `make test` sets it.
const CLUSTER: &str = "WEIGE_TEST_POSTGRES";
/// The migrated database that all others are copied from.
const TEMPLATE: &str = "template_migrated";
/// What PostgreSQL must call the lock on making it, so that one test does.
const LOCK: i64 = 0x7765_6967_6500;

/// The databases of one test, by name; dropped with it.
#[derive(Default)]
pub(crate) struct Databases(Mutex<Vec<String>>);

impl Databases {
    /// A new database with all tables.
    ///
    /// # Panics
    /// Without a cluster: a test must not be skipped silently.
    pub(crate) async fn migrated(&self) -> Address {
        let mut connection = connect().await;
        make_template(&mut connection).await;
        self.create(connection, &format!(" TEMPLATE {TEMPLATE}"))
            .await
    }

    /// A new database without tables.
    pub(crate) async fn empty(&self) -> Address {
        self.create(connect().await, "").await
    }

    async fn create(&self, mut connection: PgConnection, template: &str) -> Address {
        let name = format!("t{}", uuid::Uuid::now_v7().simple());
        run(
            &mut connection,
            &format!("CREATE DATABASE {name}{template}"),
        )
        .await;
        connection.close().await.expect("the connection closes");
        let address = address(&name);
        self.0.lock().expect("no test panicked here").push(name);
        address
    }
}

impl Drop for Databases {
    /// In a thread of its own, as a test may end inside of its runtime.
    fn drop(&mut self) {
        let names = std::mem::take(&mut *self.0.lock().expect("no test panicked here"));
        if names.is_empty() {
            return;
        }
        let dropping = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime")
                .block_on(drop_all(names));
        });
        // Whoever is already failing tells of that, not of what could not be tidied up.
        assert!(
            dropping.join().is_ok() || std::thread::panicking(),
            "the test's databases are dropped"
        );
    }
}

async fn drop_all(names: Vec<String>) {
    let mut connection = connect().await;
    for name in names {
        run(
            &mut connection,
            &format!("DROP DATABASE {name} WITH (FORCE)"),
        )
        .await;
    }
}

/// Makes the template if the cluster has none yet; whoever comes meanwhile waits.
async fn make_template(connection: &mut PgConnection) {
    let there = "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)";
    let there = async |connection: &mut PgConnection| -> bool {
        sqlx::query_scalar(there)
            .bind(TEMPLATE)
            .fetch_one(connection)
            .await
            .expect("a list of databases")
    };
    if there(connection).await {
        return;
    }
    run(connection, &format!("SELECT pg_advisory_lock({LOCK})")).await;
    if !there(connection).await {
        // Named only when it is whole and nobody is connected any more.
        let half = format!("{TEMPLATE}_half");
        run(connection, &format!("DROP DATABASE IF EXISTS {half}")).await;
        run(connection, &format!("CREATE DATABASE {half}")).await;
        drop(
            Store::open(&address(&half))
                .await
                .expect("an empty database opens"),
        );
        run(
            connection,
            &format!("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{half}'"),
        )
        .await;
        run(
            connection,
            &format!("ALTER DATABASE {half} RENAME TO {TEMPLATE}"),
        )
        .await;
    }
    run(connection, &format!("SELECT pg_advisory_unlock({LOCK})")).await;
}

async fn run(connection: &mut PgConnection, sql: &str) {
    connection
        .execute(sqlx::AssertSqlSafe(sql.to_owned()))
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

async fn connect() -> PgConnection {
    PgConnection::connect(&url())
        .await
        .expect("the test cluster answers")
}

/// The address of a database of the cluster.
fn address(name: &str) -> Address {
    let url = url();
    let (base, query) = url.split_once('?').unwrap_or((url.as_str(), ""));
    let base = base.rsplit_once('/').map_or(base, |(server, _)| server);
    Address::Postgres(format!("{base}/{name}?{query}"))
}

fn url() -> String {
    std::env::var(CLUSTER)
        .unwrap_or_else(|_| panic!("{CLUSTER} is not set: run the tests with `make test`"))
}
