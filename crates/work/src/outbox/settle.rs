//! Dead letters 死信: somebody who may has one tried again, or gives it up; the journal says who did.

use rules::access::Action;
use rules::ids::{DeliveryId, WebhookId};
use rules::outbox::{DeliveryKind, DeliveryState};
use store::Unit;

use super::change::{allowed, note};
use crate::{Asker, Error, House, task};

/// What becomes of a dead letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settling {
    /// It is tried again, its tries counted anew.
    Again,
    /// It is given up.
    GiveUp,
}

impl Settling {
    /// The name in the journal, in addresses and of the texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::GiveUp => "given_up",
        }
    }

    /// What a word of an address means.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = [Self::Again, Self::GiveUp].into_iter();
        all.find(|one| one.as_str() == name)
    }
}

/// Settles a dead letter.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Invalid` if somebody has settled it, or where what it goes through is off.
#[task]
pub async fn settle(
    house: &House,
    asker: &Asker,
    id: DeliveryId,
    how: Settling,
) -> Result<(), Error> {
    let community = allowed(asker, Action::SettleDelivery)?;
    let (note, now) = (note(asker, id.0, how.as_str()), asker.now);
    let sms = house.store.reader().outbox_targets(community).await?.sms;
    house
        .store
        .unit(community, async move |unit: &Unit| {
            let dead = unit.delivery(id).await?;
            if dead.state != DeliveryState::Dead {
                return Err(Error::invalid("delivery", "outbox-settled"));
            }
            match how {
                Settling::GiveUp => unit.drop_delivery(&dead, now).await?,
                Settling::Again => {
                    let off = match dead.what.kind {
                        DeliveryKind::Sms => sms.is_none(),
                        DeliveryKind::Webhook => unit
                            .webhook(WebhookId(dead.what.target))
                            .await?
                            .off
                            .is_some(),
                    };
                    if off {
                        return Err(Error::invalid("delivery", "outbox-off"));
                    }
                    unit.revive_delivery(&dead, now).await?;
                }
            }
            unit.note(note);
            Ok(())
        })
        .await
}
