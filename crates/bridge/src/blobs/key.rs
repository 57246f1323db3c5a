//! The key of a blob: `COMMUNITY/AB/HASH.ENDING`, all made by the server. A key that parses cannot leave the folder.

use std::fmt;
use std::str::FromStr;

use rules::ids::CommunityId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The ending of a blob's name; it decides the media type when the blob is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// A cleaned photo or thumbnail.
    Jpeg,
    /// A sound note of this kind.
    Sound(crate::sound::SoundKind),
}

impl Ending {
    const ALL: [Self; 8] = {
        use crate::sound::SoundKind::*;
        [
            Self::Jpeg,
            Self::Sound(M4a),
            Self::Sound(ThreeGp),
            Self::Sound(Amr),
            Self::Sound(Ogg),
            Self::Sound(WebM),
            Self::Sound(Mp3),
            Self::Sound(Wav),
        ]
    };

    /// As written after the dot.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Sound(kind) => kind.ending(),
        }
    }

    /// The media type to answer with.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Sound(kind) => kind.media_type(),
        }
    }
}

/// The server-made name of a blob: the number of the community, two of the hash as a folder, 64 of SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BlobKey(String);

/// A text that is not the key of a blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not the key of a blob")]
pub struct BadKey;

impl BlobKey {
    /// The key of these bytes in this community.
    pub fn of(community: CommunityId, ending: Ending, bytes: &[u8]) -> Self {
        let hash = hex::encode(Sha256::digest(bytes));
        Self(format!(
            "{}/{}/{hash}.{}",
            community,
            &hash[..2],
            ending.as_str()
        ))
    }

    /// The key as stored in a row.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Does the key belong to this community? Ask before answering a request for it.
    pub fn belongs_to(&self, community: CommunityId) -> bool {
        self.0.starts_with(&format!("{}/", community))
    }

    /// The kind of blob, from the ending.
    pub fn ending(&self) -> Ending {
        let ending = self.0.rsplit('.').next();
        Ending::ALL
            .into_iter()
            .find(|known| Some(known.as_str()) == ending)
            .unwrap_or(Ending::Jpeg)
    }

    pub(super) fn names(&self, bytes: &[u8]) -> bool {
        self.0.contains(&hex::encode(Sha256::digest(bytes)))
    }
}

impl fmt::Display for BlobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<BlobKey> for String {
    fn from(key: BlobKey) -> Self {
        key.0
    }
}

impl TryFrom<String> for BlobKey {
    type Error = BadKey;

    fn try_from(text: String) -> Result<Self, BadKey> {
        text.parse()
    }
}

impl FromStr for BlobKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let (name, ending) = text.split_once('.').ok_or(BadKey)?;
        let mut parts = name.split('/');
        let (community, folder, hash) = (parts.next(), parts.next(), parts.next().ok_or(BadKey)?);
        let right = community.is_some_and(is_community)
            && is_hex(hash, 64)
            && folder == Some(&hash[..2])
            && parts.next().is_none()
            && Ending::ALL.iter().any(|known| known.as_str() == ending);
        if right {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadKey)
        }
    }
}

/// Written as a number is written: no sign, no leading zero.
fn is_community(text: &str) -> bool {
    text.parse::<i64>()
        .is_ok_and(|number| number >= 0 && number.to_string() == text)
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
