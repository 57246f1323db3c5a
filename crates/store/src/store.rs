//! The door of the cellar: opening it, `Store::unit` (the only way to write) and `Store::reader` (a window).

use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;

use futures::FutureExt;
use rules::ids::CommunityId;
use sea_orm::{ConnectOptions, Database};
use tokio::sync::{broadcast, oneshot};

use crate::codes::Codes;
use crate::conn::Reader;
use crate::journal::{Grown, Names};
use crate::unit::Unit;
use crate::writer::{self, Done, Job, Jobs};
use crate::{Error, conn, migrate};

/// Writers (and their connections) for PostgreSQL.
const POSTGRES_WRITERS: usize = 4;
/// Connections for reading from PostgreSQL.
const POSTGRES_READERS: u32 = 8;

/// The open store. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    writers: Arc<[Jobs]>,
    reader: Reader,
    shared: writer::Shared,
}

/// Where the data are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A file: `sqlite:path/to/file`.
    Sqlite(PathBuf),
    /// A server: `postgres://…`.
    Postgres(String),
}

impl std::str::FromStr for Address {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path == ":memory:" {
                return Err(Error::Settings("sqlite: needs the path of a file".into()));
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(Error::Settings(
            "a database address begins with sqlite: or postgres://".into(),
        ))
    }
}

impl Store {
    /// Opens the store and brings its tables up to date.
    ///
    /// # Errors
    /// `Unreachable` for a server that does not answer, `Settings` if the address cannot serve (PostgreSQL with `fsync` off, for
    /// one), `Database` for what the database says.
    pub async fn open(address: &Address) -> Result<Self, Error> {
        Self::open_as_of(address, i64::MAX).await
    }

    /// The same with tables as an earlier version left them: only migrations up to `newest` have run. For tests of the
    /// later ones.
    ///
    /// # Errors
    /// As `open`.
    #[doc(hidden)]
    pub async fn open_as_of(address: &Address, newest: i64) -> Result<Self, Error> {
        let (grown, _) = broadcast::channel(1_024);
        let shared = writer::Shared {
            grown,
            codes: Codes::default(),
            names: Names::default(),
        };
        let store = match address {
            Address::Sqlite(file) => {
                let jobs = writer::start_sqlite(file.clone(), shared.clone())?;
                Self {
                    writers: Arc::new([jobs]),
                    reader: Reader::sqlite(
                        file.clone(),
                        shared.codes.clone(),
                        shared.names.clone(),
                    ),
                    shared,
                }
            }
            Address::Postgres(url) => Self::open_postgres(url, shared).await?,
        };
        migrate::run(&store, newest).await?;
        Ok(store)
    }

    async fn open_postgres(url: &str, shared: writer::Shared) -> Result<Self, Error> {
        conn::postgres::answers(url).await?;
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(POSTGRES_READERS)
            .test_before_acquire(false)
            .sqlx_logging(false);
        let pool = Database::connect(options).await?;
        migrate::refuse_unsafe_settings(&pool).await?;
        let writers = (0..POSTGRES_WRITERS)
            .map(|n| {
                writer::start_postgres(url.to_owned(), format!("store-writer-{n}"), shared.clone())
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            writers: writers.into(),
            reader: Reader::postgres(pool, shared.codes.clone(), shared.names.clone()),
            shared,
        })
    }

    /// Runs `work` as one transaction for one community: its rows and its notes in the journal happen together or not at
    /// all, durably, and survive the caller's leaving. `work` awaits only the unit.
    ///
    /// # Errors
    /// Whatever `work` refuses with; `Lost` (nothing happened, try again), `Waited`, `Panicked`, `Closed`.
    pub async fn unit<T, E, F>(&self, community: CommunityId, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&Unit) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (tell, told) = oneshot::channel::<Result<T, E>>();
        let run = Box::new(move |unit: Unit| {
            async move {
                let attempt = async {
                    let answer = work(&unit).await?;
                    unit.hand_in().await?;
                    Ok(answer)
                };
                let result = AssertUnwindSafe(attempt)
                    .catch_unwind()
                    .await
                    .unwrap_or_else(|_| Err(Error::Panicked.into()));
                Done {
                    keep: result.is_ok(),
                    finish: Box::new(move |end| {
                        // A caller who has left hears nothing; what happened stays happened.
                        let _ = tell.send(end.map_err(E::from).and(result));
                    }),
                }
            }
            .boxed_local()
        });
        let writer = &self.writers[self.writer_of(community)];
        writer
            .send(Job { community, run })
            .await
            .map_err(|_| Error::Closed)?;
        told.await
            .map_err(|_| Error::Lost("the unit was not run".into()))?
    }

    fn writer_of(&self, community: CommunityId) -> usize {
        let mut hasher = DefaultHasher::new();
        community.hash(&mut hasher);
        (hasher.finish() % self.writers.len() as u64) as usize
    }

    /// A window onto the data.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Announces journals that grew through this process. Others' writes show in the journal itself.
    pub fn grown(&self) -> broadcast::Receiver<Grown> {
        self.shared.grown.subscribe()
    }
}
