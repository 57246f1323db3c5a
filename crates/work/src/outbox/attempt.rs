//! One try: what is said to whom, signed, and taken there. Everything is read anew on each try: who has been switched off, or
//! does not want to be told any more, is not told.

use bridge::outbox::{Parcel, Reply};
use rules::ids::CommunityId;
use rules::outbox::{DeliveryAnswer, DeliveryKind, SigningSecret, signature};
use store::outbox::Delivery;

use super::sms::{self, Voice};
use super::webhook;
use crate::{Error, House};

/// What is taken to whom.
pub(super) struct Letter {
    pub to: bridge::outbox::Address,
    pub secrets: Vec<SigningSecret>,
    pub body: Vec<u8>,
}

/// Tries a delivery once.
pub(super) async fn attempt(
    house: &House,
    voice: &dyn Voice,
    community: CommunityId,
    delivery: &Delivery,
) -> Result<Reply, Error> {
    let letter = match delivery.what.kind {
        DeliveryKind::Webhook => webhook::letter(house, community, delivery).await?,
        DeliveryKind::Sms => sms::letter(house, voice, community, delivery).await?,
    };
    let letter = match letter {
        Ok(letter) => letter,
        Err(answer) => return Ok(Reply { answer, wait: None }),
    };
    let Some(courier) = house.outbox.courier() else {
        return Ok(Reply {
            answer: DeliveryAnswer::Unreachable,
            wait: None,
        });
    };
    let (id, timestamp) = (
        delivery.what.id.to_string(),
        house.clock.now().unix_timestamp(),
    );
    let signed = letter
        .secrets
        .iter()
        .map(|secret| signature(secret, &id, timestamp, &letter.body));
    let signature = signed.collect::<Vec<_>>().join(" ");
    Ok(courier
        .send(Parcel {
            to: letter.to,
            id,
            timestamp,
            signature,
            body: letter.body.into(),
        })
        .await)
}
