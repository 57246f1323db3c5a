//! The envelope: personal fields sealed with a data key (DEK) of their community and class, data keys wrapped with the
//! key-encryption key (KEK) of the installation. Suite 1 is AES-256-GCM-SIV.
//!
//! A seal is bound to its place by `table|column|row|community|key version`: copied to another row, column or
//! community it does not open. The nonce is derived, not drawn: the first twelve bytes of HMAC-SHA-256 over place and
//! plaintext under a key derived from the DEK. So sealing is a pure function, and the same value sealed again in the
//! same field gives the same bytes: whoever holds two copies of the database learns that a field did not change, and
//! nothing else. Equal values in two rows look different. Nothing here stores keys or chooses versions.

use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::Secret;
use super::classes::Class;
use super::receipt::hmac_sha256;
use crate::ids::CommunityId;

/// AES-256-GCM-SIV. Another suite (say, SM4-GCM) gets the next number; old seals keep theirs.
const SUITE: u8 = 1;
const VERSION_END: usize = 5;
const NONCE: usize = 12;
const HEADER: usize = VERSION_END + NONCE;
const TAG: usize = 16;

/// Why a seal does not open, or cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Sealed by a suite this program does not have.
    #[error("sealed with the unknown suite {suite}")]
    UnknownSuite {
        /// The suite number in the header.
        suite: u8,
    },
    /// Fewer bytes than any seal has.
    #[error("too short for a seal")]
    TooShort,
    /// Sealed with another version of the key; fetch that one.
    #[error("sealed with key version {sealed}, opened with {given}")]
    OtherVersion {
        /// The version in the header.
        sealed: u32,
        /// The version of the key that was tried.
        given: u32,
    },
    /// Changed, moved from another place, or sealed with another key; these cannot be told apart.
    #[error("the seal was changed, moved, or made with another key")]
    Forged,
    /// More bytes than the suite can seal.
    #[error("too long to seal")]
    TooLong,
}

/// Sealed bytes as stored: suite (1 byte), key version (4, big-endian), nonce (12), ciphertext with tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Takes bytes from a row; checks suite and length, not the seal.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, EnvelopeError> {
        match bytes.first() {
            Some(&SUITE) if bytes.len() >= HEADER + TAG => Ok(Self(bytes)),
            Some(&SUITE) | None => Err(EnvelopeError::TooShort),
            Some(&suite) => Err(EnvelopeError::UnknownSuite { suite }),
        }
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Which version of the key opens it.
    pub fn key_version(&self) -> u32 {
        let [_, a, b, c, d, ..] = self.0[..] else {
            return 0;
        };
        u32::from_be_bytes([a, b, c, d])
    }
}

/// The place of a sealed value. Table and column are names from the program text, so they hold no `|`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The id of the row within its community.
    pub row: Uuid,
}

/// A data key: one per community, class and version.
pub struct Dek {
    key: Secret<[u8; 32]>,
    community: CommunityId,
    class: Class,
    version: u32,
}

impl Dek {
    /// A data key from 32 random bytes.
    pub fn new(key: [u8; 32], community: CommunityId, class: Class, version: u32) -> Self {
        Self {
            key: Secret::new(key),
            community,
            class,
            version,
        }
    }

    /// The community whose fields it seals.
    pub fn community(&self) -> CommunityId {
        self.community
    }

    /// The class of the fields it seals.
    pub fn class(&self) -> Class {
        self.class
    }

    /// Its version, counted up at each rotation.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Seals a value for its place.
    pub fn seal(&self, field: Field, plain: &[u8]) -> Result<Sealed, EnvelopeError> {
        lock(&self.key, self.version, &self.place(field), plain)
    }

    /// Opens a value from its place; the bytes are wiped when dropped.
    pub fn open(&self, field: Field, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
        unlock(&self.key, self.version, &self.place(field), sealed)
    }

    fn place(&self, Field { table, column, row }: Field) -> String {
        format!("{table}|{column}|{row}|{}|{}", self.community, self.version)
    }
}

/// The key-encryption key of the installation. It seals data keys and nothing else.
pub struct Kek {
    key: Secret<[u8; 32]>,
    version: u32,
}

impl Kek {
    /// A key-encryption key from 32 random bytes, as read from the key file.
    pub fn new(key: [u8; 32], version: u32) -> Self {
        Self {
            key: Secret::new(key),
            version,
        }
    }

    /// Seals a data key so that it may lie in the database.
    pub fn wrap(&self, dek: &Dek) -> Result<Sealed, EnvelopeError> {
        let place = self.place(dek.community, dek.class, dek.version);
        lock(&self.key, self.version, &place, dek.key.expose())
    }

    /// Opens a data key that was wrapped for exactly this community, class and version.
    pub fn unwrap(
        &self,
        wrapped: &Sealed,
        community: CommunityId,
        class: Class,
        version: u32,
    ) -> Result<Dek, EnvelopeError> {
        let plain = unlock(
            &self.key,
            self.version,
            &self.place(community, class, version),
            wrapped,
        )?;
        let key =
            Zeroizing::new(<[u8; 32]>::try_from(&plain[..]).map_err(|_| EnvelopeError::Forged)?);
        Ok(Dek::new(*key, community, class, version))
    }

    fn place(&self, community: CommunityId, class: Class, version: u32) -> String {
        format!("data key|{class}|{version}|{community}|{}", self.version)
    }
}

fn lock(
    key: &Secret<[u8; 32]>,
    version: u32,
    place: &str,
    plain: &[u8],
) -> Result<Sealed, EnvelopeError> {
    let nonce = derive_nonce(key, place, plain);
    let payload = Payload {
        msg: plain,
        aad: place.as_bytes(),
    };
    let locked = cipher(key)
        .encrypt(&Nonce::from(nonce), payload)
        .map_err(|_| EnvelopeError::TooLong)?;
    let mut out = Vec::with_capacity(HEADER + locked.len());
    out.push(SUITE);
    out.extend(version.to_be_bytes());
    out.extend(nonce);
    out.extend(locked);
    Ok(Sealed(out))
}

fn unlock(
    key: &Secret<[u8; 32]>,
    version: u32,
    place: &str,
    sealed: &Sealed,
) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
    if sealed.key_version() != version {
        return Err(EnvelopeError::OtherVersion {
            sealed: sealed.key_version(),
            given: version,
        });
    }
    let (nonce, locked) = sealed.0[VERSION_END..]
        .split_first_chunk::<NONCE>()
        .ok_or(EnvelopeError::TooShort)?;
    let payload = Payload {
        msg: locked,
        aad: place.as_bytes(),
    };
    let plain = cipher(key).decrypt(&Nonce::from(*nonce), payload);
    plain.map(Zeroizing::new).map_err(|_| EnvelopeError::Forged)
}

fn cipher(key: &Secret<[u8; 32]>) -> Aes256GcmSiv {
    Aes256GcmSiv::new(key.expose().into())
}

/// Two HMACs: the first gives the nonce a key of its own, so the AES key serves AES alone.
fn derive_nonce(key: &Secret<[u8; 32]>, place: &str, plain: &[u8]) -> [u8; NONCE] {
    let own = Zeroizing::new(hmac_sha256(key.expose(), &[b"weige nonce 1"]));
    let length = (place.len() as u64).to_be_bytes();
    let full = hmac_sha256(&own, &[&length, place.as_bytes(), plain]);
    let mut nonce = [0; NONCE];
    nonce.copy_from_slice(&full[..NONCE]);
    nonce
}

#[cfg(test)]
mod tests;
