//! Keys: the key-encryption key and the receipt key as files that only their owner may read, and the data keys of each
//! community and class, which lie wrapped in the database and open only in memory.

mod file;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rules::ids::CommunityId;
use rules::privacy::classes::Class;
use rules::privacy::envelope::{Dek, EnvelopeError, Kek, Sealed};
use rules::privacy::receipt::ReceiptKey;
use store::Store;
use store::community::INSTALLATION;
use store::keys::WrappedKey;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::task;
use file::Key;

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
    /// The database was used with keys that are not here any more.
    #[error(
        "the database was used with keys that are not in {0}: bring back {1} (no new key was made)"
    )]
    Lost(String, String),
    /// The file holds another key than the one that the database was used with.
    #[error("{0} is not the key that this database was used with: bring back the right one")]
    Another(String),
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

/// The file of the key-encryption key.
const KEK: &str = "kek";
/// The file of the receipt key.
const RECEIPT: &str = "receipt";
/// The setting of the installation by which the receipt key is known again.
const CHECK: &str = "receipt_check";

/// What the key folder holds. It is read before the database opens, so that a key others may read is refused first.
pub struct Found {
    folder: PathBuf,
    kek: Option<Key>,
    receipt: Option<Key>,
}

impl Found {
    /// Reads the key files under `folder`, which need not be there; makes nothing.
    ///
    /// # Errors
    /// `Open` if others may read a file, `Malformed`, `File`.
    pub fn look(folder: &Path) -> Result<Self, KeyError> {
        Ok(Self {
            kek: file::find(&folder.join(KEK))?,
            receipt: file::find(&folder.join(RECEIPT))?,
            folder: folder.to_owned(),
        })
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Refuses to go on without a key that something depends on. All files that are missing are named, so that nobody brings
    /// back one after the other.
    fn refuse_lost(&self, is_sealed: bool, has_history: bool) -> Result<(), KeyError> {
        let missing = [(KEK, &self.kek), (RECEIPT, &self.receipt)];
        let missing = missing.into_iter().filter(|(_, key)| key.is_none());
        let missing: Vec<&str> = missing.map(|(name, _)| name).collect();
        let is_lost = |name: &&str| if *name == KEK { is_sealed } else { has_history };
        if missing.iter().any(is_lost) {
            let folder = self.folder.display().to_string();
            return Err(KeyError::Lost(folder, missing.join(" and ")));
        }
        Ok(())
    }

    /// Both keys; one that is missing is made.
    fn complete(self) -> Result<(Key, Key), KeyError> {
        file::make_folder(&self.folder)?;
        let have = |key: Option<Key>, name: &str| match key {
            Some(key) => Ok(key),
            None => file::make(&self.folder.join(name)),
        };
        Ok((have(self.kek, KEK)?, have(self.receipt, RECEIPT)?))
    }
}

/// Whether the key-encryption key opens a data key that the database holds.
fn opens(kek: &Kek, community: CommunityId, class: &str, key: WrappedKey) -> bool {
    let classes = [Class::C0, Class::C1, Class::C2, Class::C3, Class::C4];
    let class = classes.into_iter().find(|one| one.to_string() == class);
    let sealed = Sealed::parse(key.bytes).ok();
    class
        .zip(sealed)
        .is_some_and(|(class, sealed)| kek.unwrap(&sealed, community, class, key.version).is_ok())
}

/// Whether the receipt key is the one that the database was used with. A database that knows none yet, a new one or one from
/// before this was kept, knows it from now on.
async fn known_again(
    store: &Store,
    check: Option<String>,
    receipts: &ReceiptKey,
) -> Result<bool, store::Error> {
    let own = receipts.check_value();
    if let Some(check) = check {
        return Ok(check == own);
    }
    let keep = own.clone();
    let kept = store.unit(INSTALLATION, async move |unit| {
        unit.keep_instance_setting(CHECK, &keep).await
    });
    kept.await?;
    // another process may have been quicker, with a key of its own
    let check = store.reader().instance_setting(CHECK).await?;
    Ok(check.as_ref() == Some(&own))
}

type Opened = HashMap<(CommunityId, Class, u32), Arc<Dek>>;

/// The keys of the installation.
pub struct Keys {
    kek: Kek,
    receipts: ReceiptKey,
    opened: Mutex<Opened>,
    newest: Mutex<HashMap<(CommunityId, Class), u32>>,
}

impl Keys {
    /// Opens the keys that were found. Missing ones are made for a database that nothing was sealed for yet, and for no other:
    /// a new key in the place of a lost one would make void, without a word, what the old one gave.
    ///
    /// # Errors
    /// `Lost` with the names of the missing files, `Another` for a key of another database, `File`, `Store`.
    #[task]
    pub async fn open(found: Found, store: &Store) -> Result<Self, KeyError> {
        let sealed = store.reader().any_data_key().await?;
        let check = store.reader().instance_setting(CHECK).await?;
        let has_history = check.is_some() || store.reader().has_history().await?;
        found.refuse_lost(sealed.is_some(), has_history)?;
        let (kek_file, receipt_file) = (found.file(KEK), found.file(RECEIPT));
        let (kek, receipt) = found.complete()?;
        let kek = Kek::new(*kek, 1);
        if let Some((community, class, key)) = sealed
            && !opens(&kek, community, &class, key)
        {
            return Err(KeyError::Another(kek_file.display().to_string()));
        }
        let receipts = ReceiptKey::new(*receipt);
        if known_again(store, check, &receipts).await? {
            Ok(Self {
                kek,
                receipts,
                opened: Mutex::default(),
                newest: Mutex::default(),
            })
        } else {
            Err(KeyError::Another(receipt_file.display().to_string()))
        }
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
