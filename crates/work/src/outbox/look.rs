//! The outbox to look at: addresses without their secrets, counts, and dead letters.

use std::collections::HashMap;

use rules::access::Action;
use rules::ids::{CaseId, MemberId, Number, WebhookId};
use rules::outbox::{DeliveryKind, DeliveryState, Topic};
use store::outbox::{Delivery, KeptWebhook};
use time::OffsetDateTime;

use super::change::allowed;
use crate::{Asker, Error, House, task};

/// How many dead letters are shown at once, the latest first.
const SHOWN: u32 = 50;

/// Everything a page of the outbox shows.
pub struct OutboxPage {
    /// The addresses, the oldest first.
    pub webhooks: Vec<WebhookLine>,
    /// Since when reporters are sent text messages, if they are.
    pub sms: Option<OffsetDateTime>,
    /// Whether the operator has set a gateway.
    pub gateway: bool,
    /// How many deliveries of each kind stand in each state.
    pub counts: Vec<(DeliveryKind, DeliveryState, i64)>,
    /// The latest dead letters.
    pub dead: Vec<DeadLetter>,
}

/// An address.
#[derive(Debug, Clone)]
pub struct WebhookLine {
    /// Its key.
    pub id: WebhookId,
    /// Its version.
    pub version: i64,
    /// Where.
    pub address: String,
    /// Of which steps.
    pub topics: Vec<Topic>,
    /// Steps from then on are told.
    pub since: OffsetDateTime,
    /// Until when a former secret signs beside the new one.
    pub beside: Option<OffsetDateTime>,
    /// Since when it is off, and whether the other side said so.
    pub off: Option<(OffsetDateTime, bool)>,
    /// Who changed it last.
    pub by: MemberId,
}

/// A dead letter.
#[derive(Debug, Clone)]
pub struct DeadLetter {
    /// The delivery.
    pub delivery: Delivery,
    /// The number of its case.
    pub number: Option<Number>,
    /// The address it was for.
    pub address: Option<String>,
}

/// The outbox of the asker's community.
///
/// # Errors
/// `Forbidden`, `Store`.
#[task]
pub async fn look(house: &House, asker: &Asker) -> Result<OutboxPage, Error> {
    let community = allowed(asker, Action::ReadOutbox)?;
    let reader = house.store.reader();
    let webhooks = reader.webhooks(community).await?;
    let dead = reader.dead_deliveries(community, SHOWN).await?;
    let ids: Vec<CaseId> = dead.iter().filter_map(|one| one.what.case).collect();
    let cases = reader.cases_listed(&asker.scope, community, &ids).await?;
    let numbers: HashMap<CaseId, Number> = cases
        .into_iter()
        .map(|listed| (listed.case.id, listed.case.number))
        .collect();
    let address = |delivery: &Delivery| {
        let hook = webhooks
            .iter()
            .find(|hook| hook.id.0 == delivery.what.target);
        hook.map(|hook| hook.address.clone())
    };
    let dead = dead.into_iter().map(|delivery| DeadLetter {
        number: delivery.what.case.and_then(|id| numbers.get(&id).cloned()),
        address: address(&delivery),
        delivery,
    });
    let now = house.clock.now();
    Ok(OutboxPage {
        dead: dead.collect(),
        counts: reader.delivery_counts(community).await?,
        sms: reader.outbox_targets(community).await?.sms,
        gateway: house.outbox.has_gateway(),
        webhooks: webhooks.iter().map(|hook| line(hook, now)).collect(),
    })
}

/// How many dead letters there are, and how many addresses said that they are gone: what somebody has to see to.
///
/// # Errors
/// `Forbidden`, `Store`.
#[task]
pub async fn alerts(house: &House, asker: &Asker) -> Result<(i64, usize), Error> {
    let community = allowed(asker, Action::ReadOutbox)?;
    let reader = house.store.reader();
    let counts = reader.delivery_counts(community).await?;
    let dead = counts
        .iter()
        .filter(|(_, state, _)| *state == DeliveryState::Dead)
        .map(|(_, _, n)| n)
        .sum();
    let webhooks = reader.webhooks(community).await?;
    let gone = webhooks
        .iter()
        .filter(|hook| hook.off.is_some_and(|(_, gone)| gone));
    Ok((dead, gone.count()))
}

fn line(hook: &KeptWebhook, now: OffsetDateTime) -> WebhookLine {
    let beside = hook.former.as_ref().map(|(_, until)| *until);
    WebhookLine {
        id: hook.id,
        version: hook.version,
        address: hook.address.clone(),
        topics: hook.topics.clone(),
        since: hook.since,
        beside: beside.filter(|until| *until > now),
        off: hook.off,
        by: hook.by,
    }
}
