//! Says to which addresses steps are told, and whether reporters are sent text messages: one unit with its journal entry each.

use bridge::outbox::AddressFault;
use rules::access::Action;
use rules::ids::{CommunityId, DeliveryId, WebhookId};
use rules::journal::{Event, HouseEvent};
use rules::outbox::{DeliveryKind, SigningSecret, Topic};
use store::Unit;
use store::journal::Note;
use store::outbox::{KeptWebhook, NewDelivery};
use time::Duration;
use uuid::Uuid;

use super::secret;
use crate::{Asker, Error, Fault, House, task};

/// How many addresses a community can have, on or off.
const MOST: usize = 20;
/// How long a former secret signs beside the new one.
const BESIDE: Duration = Duration::days(1);

/// Adds an address; gives its id and what signs, which is shown this once.
///
/// # Errors
/// `Forbidden`; `Invalid` for an address to which nothing may be sent, without a step, or where there are too many.
#[task]
pub async fn add(
    house: &House,
    asker: &Asker,
    address: &str,
    topics: Vec<Topic>,
) -> Result<(WebhookId, SigningSecret), Error> {
    let community = allowed(asker, Action::ChangeOutbox)?;
    let read = house.outbox.address(address);
    let mut faults = Vec::new();
    if let Err(fault) = &read {
        faults.push(Fault::new("address", code(*fault)));
    }
    if topics.is_empty() || topics.contains(&Topic::Test) {
        faults.push(Fault::new("topics", "outbox-topics"));
    }
    let (true, Ok(read)) = (faults.is_empty(), read) else {
        return Err(Error::Invalid(faults));
    };
    let id = WebhookId(house.clock.id());
    let (secret, sealed) = secret::draw(house, community, id).await?;
    let hook = KeptWebhook {
        id,
        version: 1,
        address: read.to_string(),
        topics,
        secret: sealed,
        former: None,
        since: asker.now,
        off: None,
        by: asker.member().ok_or(Error::Forbidden)?,
    };
    let note = note(asker, id.0, "added");
    house
        .store
        .unit(community, async move |unit: &Unit| {
            if unit.count_webhooks().await? >= MOST {
                return Err(Error::invalid("address", "outbox-many"));
            }
            unit.keep_webhook(&hook).await?;
            unit.note(note);
            Ok(())
        })
        .await?;
    Ok((id, secret))
}

/// A new secret; the one before signs beside it for a day.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Stale`.
#[task]
pub async fn rotate(
    house: &House,
    asker: &Asker,
    id: WebhookId,
    seen: i64,
) -> Result<SigningSecret, Error> {
    let community = allowed(asker, Action::ChangeOutbox)?;
    let (secret, sealed) = secret::draw(house, community, id).await?;
    let until = asker.now + BESIDE;
    write(house, asker, (id, seen), "rotated", move |hook| {
        KeptWebhook {
            former: Some((hook.secret, until)),
            secret: sealed,
            ..hook
        }
    })
    .await?;
    Ok(secret)
}

/// Switches an address off, which withholds what waits for it, or on again: it is told of steps from now on.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Stale`.
#[task]
pub async fn switch(
    house: &House,
    asker: &Asker,
    id: WebhookId,
    seen: i64,
    on: bool,
) -> Result<(), Error> {
    let now = asker.now;
    let done = if on { "on" } else { "off" };
    write(house, asker, (id, seen), done, move |hook| {
        match (on, hook.off) {
            (true, Some(_)) => KeptWebhook {
                off: None,
                since: now,
                ..hook
            },
            (false, None) => KeptWebhook {
                off: Some((now, false)),
                ..hook
            },
            _ => hook,
        }
    })
    .await
}

/// Sends a test to an address that is on.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Invalid` for one that is off.
#[task]
pub async fn test(house: &House, asker: &Asker, id: WebhookId) -> Result<DeliveryId, Error> {
    let community = allowed(asker, Action::ChangeOutbox)?;
    let delivery = NewDelivery {
        id: DeliveryId(house.clock.id()),
        seq: 0,
        case: None,
        topic: Topic::Test,
        kind: DeliveryKind::Webhook,
        target: id.0,
        at: asker.now,
    };
    let made = delivery.id;
    house
        .store
        .unit(community, async move |unit: &Unit| {
            if unit.webhook(id).await?.off.is_some() {
                return Err(Error::invalid("webhook", "outbox-off"));
            }
            unit.keep_deliveries(&[delivery]).await?;
            Ok(())
        })
        .await?;
    Ok(made)
}

/// Switches text messages to reporters on, of steps from now on, or off, which withholds what waits.
///
/// # Errors
/// `Forbidden`.
#[task]
pub async fn switch_sms(house: &House, asker: &Asker, on: bool) -> Result<(), Error> {
    let community = allowed(asker, Action::ChangeOutbox)?;
    let by = asker.member().ok_or(Error::Forbidden)?;
    let now = asker.now;
    let mut note = note(asker, Uuid::nil(), if on { "sms_on" } else { "sms_off" });
    note.subject = None;
    house
        .store
        .unit(community, async move |unit: &Unit| {
            let changed = unit.switch_sms(on.then_some((now, by))).await?;
            if changed == 0 {
                return Ok(());
            }
            if !on {
                unit.withhold_deliveries(None, now).await?;
            }
            unit.note(note);
            Ok::<(), Error>(())
        })
        .await
}

/// Changes one address in one unit, if its version is the one that was seen. An address that comes out as it was is left alone.
async fn write(
    house: &House,
    asker: &Asker,
    (id, seen): (WebhookId, i64),
    done: &'static str,
    change: impl FnOnce(KeptWebhook) -> KeptWebhook + Send + 'static,
) -> Result<(), Error> {
    let community = allowed(asker, Action::ChangeOutbox)?;
    let by = asker.member().ok_or(Error::Forbidden)?;
    let (note, now) = (note(asker, id.0, done), asker.now);
    house
        .store
        .unit(community, async move |unit: &Unit| {
            let before = unit.webhook(id).await?;
            if before.version != seen {
                return Err(Error::Stale { is: before.version });
            }
            let after = change(before.clone());
            if after == before {
                return Ok(());
            }
            let after = KeptWebhook {
                version: before.version + 1,
                by,
                ..after
            };
            unit.save_webhook(&after).await?;
            if after.off.is_some() {
                unit.withhold_deliveries(Some(id), now).await?;
            }
            unit.note(note);
            Ok(())
        })
        .await
}

pub(super) fn allowed(asker: &Asker, action: Action) -> Result<CommunityId, Error> {
    asker.allow(action)?;
    asker.community().ok_or(Error::NotFound)
}

pub(super) fn note(asker: &Asker, subject: Uuid, done: &str) -> Note {
    Note {
        at: asker.now,
        occurred_at: None,
        actor: asker.member(),
        role: asker.role().map_or("clock", |role| role.as_str()),
        subject: Some(subject),
        event: Event::House(HouseEvent::OutboxChanged {
            done: done.to_owned(),
        }),
    }
}

const fn code(fault: AddressFault) -> &'static str {
    match fault {
        AddressFault::Malformed => "outbox-malformed",
        AddressFault::TooLong => "outbox-long",
        AddressFault::Scheme => "outbox-scheme",
        AddressFault::User => "outbox-user",
        AddressFault::Port => "outbox-port",
        AddressFault::Private => "outbox-private",
    }
}
