//! Signatures as Standard Webhooks 1.0.0 lays them down: `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. The
//! key is what the secret `whsec_…` holds in base64, 24 to 64 bytes.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::privacy::Secret;

const PREFIX: &str = "whsec_";

/// A text that is no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret is whsec_ and the base64 of 24 to 64 bytes")]
pub struct BadSecret;

/// What both sides know.
#[derive(Clone)]
pub struct SigningSecret(Secret<Vec<u8>>);

impl SigningSecret {
    /// From random bytes.
    ///
    /// # Errors
    /// For fewer than 24 bytes or more than 64.
    pub fn new(bytes: Vec<u8>) -> Result<Self, BadSecret> {
        if (24..=64).contains(&bytes.len()) {
            Ok(Self(Secret::new(bytes)))
        } else {
            Err(BadSecret)
        }
    }

    /// The text that is shown once and given to the other side.
    pub fn text(&self) -> Secret<String> {
        Secret::new(format!("{PREFIX}{}", STANDARD.encode(self.0.expose())))
    }
}

impl FromStr for SigningSecret {
    type Err = BadSecret;

    fn from_str(text: &str) -> Result<Self, BadSecret> {
        let encoded = text.trim().strip_prefix(PREFIX).ok_or(BadSecret)?;
        Self::new(STANDARD.decode(encoded).map_err(|_| BadSecret)?)
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret")
    }
}

/// The signature of a body under one secret; `timestamp` in seconds since 1970.
pub fn signature(secret: &SigningSecret, id: &str, timestamp: i64, body: &[u8]) -> String {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.0.expose()) else {
        return String::new();
    };
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the reference libraries of Standard Webhooks.
    #[test]
    fn the_example_of_the_standard_has_its_signature() {
        let secret: SigningSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            .parse()
            .expect("a secret");
        let body = br#"{"test": 2432232314}"#;
        let signed = signature(&secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_reads_back_from_its_text_and_others_are_refused() {
        let secret = SigningSecret::new(vec![7; 32]).expect("long enough");
        let again: SigningSecret = secret.text().expose().parse().expect("a secret");
        assert_eq!(again.0.expose(), secret.0.expose());
        for text in [
            "",
            "whsec_",
            "whsec_AAAA",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_*",
        ] {
            assert!(text.parse::<SigningSecret>().is_err(), "{text}");
        }
    }
}
