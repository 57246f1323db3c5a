//! Tokens: 256 random bits as text, kept only as their SHA-256 hash.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rules::privacy::Secret;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::Error;

/// The longest text that is looked at as a token.
const LONGEST: usize = 128;

/// A new token's text, to be shown once.
pub(super) fn draw(prefix: &str) -> Result<Secret<String>, Error> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    getrandom::fill(&mut *bytes).map_err(|error| Error::Unavailable(error.to_string()))?;
    Ok(Secret::new(format!(
        "{prefix}{}",
        URL_SAFE_NO_PAD.encode(*bytes)
    )))
}

/// What is kept of a token.
pub(super) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The hash of a token that somebody shows, if it can be one at all.
pub(super) fn hash_of_shown(token: &str) -> Result<Vec<u8>, Error> {
    if token.is_empty() || token.len() > LONGEST {
        return Err(Error::SignIn);
    }
    Ok(hash(token))
}
