//! The open house: store, blobs, keys, clock and the net in memory. Every task takes it; it decides nothing itself.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use bridge::blobs::Blobs;
use bridge::photo::Darkroom;
use rules::ids::CommunityId;
use store::{Address, Store, Unit};

use crate::account::{Attempts, Known};
use crate::duplicate::Nearby;
use crate::figures::Books;
use crate::keys::Found;
use crate::net::Net;
use crate::outbox::Outbox;
use crate::{Clock, Error, Keys, task};

/// Where a house stands.
#[derive(Clone, Debug)]
pub struct Config {
    /// The database.
    pub database: Address,
    /// The folder of blobs and keys.
    pub data: PathBuf,
    /// What checking a password costs.
    pub passwords: PasswordCost,
    /// Where photos are made anew.
    pub darkroom: Darkroom,
    /// Bytes that what figures count may take in memory.
    pub figures: usize,
    /// What may leave the house, and where to.
    pub outbox: crate::outbox::Settings,
}

impl Config {
    /// The usual house over a database and a folder.
    pub fn new(database: Address, data: PathBuf) -> Self {
        Self {
            database,
            data,
            passwords: PasswordCost::default(),
            darkroom: Darkroom::default(),
            figures: crate::figures::MEMORY,
            outbox: crate::outbox::Settings::default(),
        }
    }
}

/// What Argon2id takes for one password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for PasswordCost {
    /// 19 MiB and two passes: the least that OWASP's cheat sheet recommends.
    fn default() -> Self {
        Self {
            memory: 19 * 1024,
            passes: 2,
        }
    }
}

impl PasswordCost {
    /// The least that Argon2 can do, for tests that sign in a lot.
    pub const fn least() -> Self {
        Self {
            memory: 8,
            passes: 1,
        }
    }
}

/// The open house.
pub struct House {
    /// The cellar.
    pub store: Store,
    /// Photos and sound notes.
    pub blobs: Blobs,
    /// Where photos are made anew, a few at a time.
    pub darkroom: Darkroom,
    /// What seals and opens.
    pub keys: Keys,
    /// What time it is.
    pub clock: Clock,
    /// The way out.
    pub outbox: Outbox,
    pub(crate) passwords: PasswordCost,
    pub(crate) attempts: Attempts,
    pub(crate) known: Known,
    pub(crate) nearby: Nearby,
    pub(crate) figures: Books,
    net: RwLock<Arc<Net>>,
}

impl House {
    /// Opens the house: brings tables up to date, makes the keys of a first start, loads the net.
    ///
    /// # Errors
    /// `Store` for the database, `Unavailable` for keys that are readable by others, lost or of another database, or a folder that fails.
    #[task]
    pub async fn open(config: Config, clock: Clock) -> Result<Arc<Self>, Error> {
        let found = Found::look(&config.data.join("keys"))?;
        let store = Store::open(&config.database).await?;
        let keys = Keys::open(found, &store).await?;
        let blobs = Blobs::open(&config.data.join("blobs"))?;
        let net = Net::load(&store, &Net::default()).await?;
        Ok(Arc::new(Self {
            store,
            blobs,
            darkroom: config.darkroom,
            keys,
            clock,
            outbox: Outbox::new(config.outbox),
            passwords: config.passwords,
            attempts: Attempts::default(),
            known: Known::default(),
            nearby: Nearby::default(),
            figures: Books::new(config.figures),
            net: RwLock::new(Arc::new(net)),
        }))
    }

    /// Runs a unit that keeps what may be there once. Where another process kept the same at that moment, the database refuses;
    /// the second attempt finds it and answers as to anybody who comes later.
    ///
    /// # Errors
    /// What the unit refuses with.
    pub(crate) async fn unit_once<T, F>(
        &self,
        community: CommunityId,
        attempt: impl Fn() -> F + Send + Sync,
    ) -> Result<T, Error>
    where
        F: AsyncFnOnce(&Unit) -> Result<T, Error> + Send + 'static,
        T: Send + 'static,
    {
        match self.store.unit(community, attempt()).await {
            Err(Error::Store(store::Error::Taken(_))) => {
                self.store.unit(community, attempt()).await
            }
            done => done,
        }
    }

    /// The net as it is now; a copy stays as it was.
    pub fn net(&self) -> Arc<Net> {
        Arc::clone(&self.net.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Loads what changed of the net since it was last loaded. Tasks that change it call this before they answer.
    ///
    /// # Errors
    /// `Store`.
    #[task]
    pub async fn refresh_net(&self) -> Result<(), Error> {
        let fresh = Net::load(&self.store, &self.net()).await?;
        let mut net = self.net.write().unwrap_or_else(PoisonError::into_inner);
        // Two loads may end in either order; the older one must not win.
        if fresh.is_no_older_than(&net) {
            *net = Arc::new(fresh);
        }
        Ok(())
    }
}
