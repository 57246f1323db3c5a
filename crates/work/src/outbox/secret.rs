//! What signs for an address: made here, shown once, sealed at rest with the house's keys.

use std::sync::Arc;

use rules::ids::{CommunityId, WebhookId};
use rules::outbox::SigningSecret;
use rules::privacy::classes::Class;
use rules::privacy::envelope::{Dek, Field, Sealed};
use zeroize::Zeroizing;

use crate::{Error, House};

/// Bytes of a secret.
const LENGTH: usize = 32;

/// Draws a new one; gives it with its seal.
pub(super) async fn draw(
    house: &House,
    community: CommunityId,
    id: WebhookId,
) -> Result<(SigningSecret, Vec<u8>), Error> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    getrandom::fill(&mut *bytes).map_err(failed)?;
    let sealed = key(house, community).await?.seal(field(id), &*bytes);
    let secret = SigningSecret::new(bytes.to_vec()).map_err(failed)?;
    Ok((secret, sealed.map_err(failed)?.as_bytes().to_vec()))
}

/// Opens one.
pub(super) async fn open(
    house: &House,
    community: CommunityId,
    id: WebhookId,
    sealed: Vec<u8>,
) -> Result<SigningSecret, Error> {
    let key = key(house, community).await?;
    let opened = Sealed::parse(sealed).and_then(|sealed| key.open(field(id), &sealed));
    SigningSecret::new(opened.map_err(failed)?.to_vec()).map_err(failed)
}

async fn key(house: &House, community: CommunityId) -> Result<Arc<Dek>, Error> {
    let now = house.clock.now();
    Ok(house
        .keys
        .data_key(&house.store, community, Class::C4, now)
        .await?)
}

/// A former secret stays under the seal it was made with.
fn field(id: WebhookId) -> Field {
    Field {
        table: "webhooks",
        column: "secret",
        row: id.0,
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Unavailable(error.to_string())
}
