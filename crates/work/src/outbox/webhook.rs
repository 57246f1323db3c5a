//! What an address is told: ids, the number, the step and times. No words, no names, no place: whoever may know more asks the API.

use rules::access::Scope;
use rules::ids::{CaseId, CommunityId, WebhookId};
use rules::journal::{Event, HouseEvent};
use rules::outbox::{DeliveryAnswer, SigningSecret, Topic};
use serde::Serialize;
use store::Unit;
use store::journal::{Entry, Note};
use store::outbox::{Delivery, KeptWebhook};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::attempt::Letter;
use super::secret;
use crate::{Error, House};

/// What is sent.
#[derive(Serialize)]
struct Payload {
    /// `case.filed` …, or `test`.
    r#type: String,
    /// When it happened.
    timestamp: String,
    data: Data,
}

#[derive(Serialize)]
struct Data {
    community: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<Step>,
}

#[derive(Serialize)]
struct Step {
    id: Uuid,
    number: String,
    step: &'static str,
    state: &'static str,
    /// Its place in the community's journal: whoever gets two out of order can tell.
    seq: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
}

/// What goes to an address, or why nothing does.
pub(super) async fn letter(
    house: &House,
    community: CommunityId,
    delivery: &Delivery,
) -> Result<Result<Letter, DeliveryAnswer>, Error> {
    let id = WebhookId(delivery.what.target);
    let hook = house.store.reader().webhook(community, id).await?;
    if hook.off.is_some() {
        return Ok(Err(DeliveryAnswer::SwitchedOff));
    }
    let Ok(to) = house.outbox.address(&hook.address) else {
        return Ok(Err(DeliveryAnswer::Forbidden));
    };
    let payload = match delivery.what.case {
        Some(case) => of_case(house, community, case, delivery).await?,
        None => of_test(house, community, delivery)?,
    };
    let body = serde_json::to_vec(&payload).map_err(|_| Error::NotFound)?;
    let secrets = secrets(house, community, hook).await?;
    Ok(Ok(Letter { to, secrets, body }))
}

/// The secrets that sign now: two while one is being changed.
async fn secrets(
    house: &House,
    community: CommunityId,
    hook: KeptWebhook,
) -> Result<Vec<SigningSecret>, Error> {
    let mut secrets = vec![secret::open(house, community, hook.id, hook.secret).await?];
    if let Some((former, until)) = hook.former
        && house.clock.now() < until
    {
        secrets.push(secret::open(house, community, hook.id, former).await?);
    }
    Ok(secrets)
}

async fn of_case(
    house: &House,
    community: CommunityId,
    id: CaseId,
    delivery: &Delivery,
) -> Result<Payload, Error> {
    let reader = house.store.reader();
    let entry = entry(house, community, delivery.what.seq).await?;
    let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
        return Err(Error::NotFound);
    };
    let scope = Scope::Community(community);
    let found = reader.case_within(&scope, community, id).await?;
    let topic = delivery.what.topic;
    Ok(Payload {
        r#type: format!("case.{topic}"),
        timestamp: moment(entry.at)?,
        data: Data {
            community: code(house, community)?,
            case: Some(Step {
                id: id.0,
                number: found.case.number.to_string(),
                step: topic.as_str(),
                state: event.to.as_str(),
                seq: entry.seq,
                due: event.due.map(moment).transpose()?,
            }),
        },
    })
}

fn of_test(house: &House, community: CommunityId, delivery: &Delivery) -> Result<Payload, Error> {
    Ok(Payload {
        r#type: Topic::Test.to_string(),
        timestamp: moment(delivery.what.at)?,
        data: Data {
            community: code(house, community)?,
            case: None,
        },
    })
}

/// One entry of the journal.
pub(super) async fn entry(house: &House, community: CommunityId, seq: i64) -> Result<Entry, Error> {
    let page = house.store.reader().journal_after(community, seq - 1, 1);
    let found = page.await?.entries.pop();
    found
        .filter(|entry| entry.seq == seq)
        .ok_or(Error::NotFound)
}

fn code(house: &House, community: CommunityId) -> Result<String, Error> {
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    Ok(net.code.clone())
}

fn moment(at: OffsetDateTime) -> Result<String, Error> {
    at.format(&Rfc3339).map_err(|_| Error::NotFound)
}

/// The other side said that it is gone: nothing is sent there any more until somebody switches it on again.
pub(super) async fn gone(
    unit: &Unit,
    id: WebhookId,
    now: OffsetDateTime,
) -> Result<(), store::Error> {
    let hook = unit.webhook(id).await?;
    if hook.off.is_some() {
        return Ok(());
    }
    let off = KeptWebhook {
        version: hook.version + 1,
        off: Some((now, true)),
        ..hook
    };
    unit.save_webhook(&off).await?;
    unit.withhold_deliveries(Some(id), now).await?;
    unit.note(Note {
        at: now,
        occurred_at: None,
        actor: None,
        role: "clock",
        subject: Some(id.0),
        event: Event::House(HouseEvent::OutboxChanged {
            done: "gone".to_owned(),
        }),
    });
    Ok(())
}
