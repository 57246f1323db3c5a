//! Keys: the key-encryption key and the receipt key as files that only their owner may read, and the data keys of each
//! community and class, which lie wrapped in the database and open only in memory.

mod file;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rules::ids::CommunityId;
use rules::privacy::classes::Class;
use rules::privacy::envelope::{Dek, EnvelopeError, Kek, Sealed};
use rules::privacy::receipt::ReceiptKey;
use store::Store;
use store::keys::WrappedKey;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::task;

/// Why a key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Others than the owner may read the file.
    #[error("{0} may be read by others: set its mode to 600")]
    Open(String),
    /// The file does not hold 64 hex digits.
    #[error("{0} holds no key")]
    Malformed(String),
    /// The file system said no.
    #[error("{0}: {1}")]
    File(String, #[source] std::io::Error),
    /// The database holds keys that were wrapped with a key-encryption key which is not here any more.
    #[error(
        "the database is sealed with a key that is not in the key folder; bring back its file `kek`"
    )]
    KekLost,
    /// A wrapped key does not open.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// The machine gives no random bytes.
    #[error("no randomness: {0}")]
    Randomness(#[from] getrandom::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

type Opened = HashMap<(CommunityId, Class, u32), Arc<Dek>>;

/// The keys of the installation.
pub struct Keys {
    kek: Kek,
    receipts: ReceiptKey,
    fresh: bool,
    opened: Mutex<Opened>,
    newest: Mutex<HashMap<(CommunityId, Class), u32>>,
}

impl Keys {
    /// Reads the key files under `folder`; makes them on the first start.
    ///
    /// # Errors
    /// `Open` if others may read a file, `Malformed`, `File`.
    pub fn open(folder: &Path) -> Result<Self, KeyError> {
        file::make_folder(folder)?;
        let (kek, fresh) = file::read_or_make(&folder.join("kek"))?;
        let (receipt, _) = file::read_or_make(&folder.join("receipt"))?;
        Ok(Self {
            kek: Kek::new(*kek, 1),
            receipts: ReceiptKey::new(*receipt),
            fresh,
            opened: Mutex::default(),
            newest: Mutex::default(),
        })
    }

    /// Refuses to go on with a new key-encryption key over a database that an older one sealed.
    ///
    /// # Errors
    /// `KekLost`, `Store`.
    #[task]
    pub async fn check(&self, store: &Store) -> Result<(), KeyError> {
        if self.fresh && store.reader().has_data_keys().await? {
            return Err(KeyError::KekLost);
        }
        Ok(())
    }

    /// The key that receipt codes and link tokens are derived from.
    pub fn receipts(&self) -> &ReceiptKey {
        &self.receipts
    }

    /// The newest data key of a community and class, to seal with; made when there is none.
    ///
    /// # Errors
    /// `Envelope` if it does not open, `Randomness`, `Store`.
    #[task]
    pub async fn data_key(
        &self,
        store: &Store,
        community: CommunityId,
        class: Class,
        now: OffsetDateTime,
    ) -> Result<Arc<Dek>, KeyError> {
        let known = lock(&self.newest).get(&(community, class)).copied();
        if let Some(version) = known {
            return self
                .data_key_version(store, community, class, version)
                .await;
        }
        let kept = store
            .reader()
            .data_keys(community, &class.to_string())
            .await?;
        let version = match kept.last() {
            Some(newest) => newest.version,
            None => self.make(store, community, class, now).await?,
        };
        lock(&self.newest).insert((community, class), version);
        self.data_key_version(store, community, class, version)
            .await
    }

    /// One version of a data key, to open what was sealed with it.
    ///
    /// # Errors
    /// `Store` with `NotFound` if there is no such version, `Envelope` if it does not open.
    #[task]
    pub async fn data_key_version(
        &self,
        store: &Store,
        community: CommunityId,
        class: Class,
        version: u32,
    ) -> Result<Arc<Dek>, KeyError> {
        let place = (community, class, version);
        if let Some(key) = lock(&self.opened).get(&place) {
            return Ok(Arc::clone(key));
        }
        let kept = store
            .reader()
            .data_keys(community, &class.to_string())
            .await?;
        let wrapped = kept.into_iter().find(|key| key.version == version);
        let wrapped = wrapped.ok_or(store::Error::NotFound("data key"))?;
        let sealed = Sealed::parse(wrapped.bytes)?;
        let key = Arc::new(self.kek.unwrap(&sealed, community, class, version)?);
        lock(&self.opened).insert(place, Arc::clone(&key));
        Ok(key)
    }

    /// Makes version 1. If another process was quicker, its key stays and ours is forgotten.
    async fn make(
        &self,
        store: &Store,
        community: CommunityId,
        class: Class,
        now: OffsetDateTime,
    ) -> Result<u32, KeyError> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *bytes)?;
        let sealed = self.kek.wrap(&Dek::new(*bytes, community, class, 1))?;
        let key = WrappedKey {
            version: 1,
            bytes: sealed.as_bytes().to_vec(),
        };
        let name = class.to_string();
        let kept = store.unit(community, async move |unit| {
            unit.add_data_key(&name, &key, now).await
        });
        kept.await.map_err(KeyError::Store)?;
        Ok(1)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
