//! The sender: takes what is due in hand, tries it, and writes down what came of it. A crash between trying and writing down
//! means that the same delivery, with the same id, is tried again when its lease is over: at least once, never lost.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use bridge::outbox::{Reply, Wait};
use rules::ids::{CommunityId, DeliveryId};
use rules::outbox::{DeliveryAnswer, DeliveryKind, Outcome, outcome};
use store::Unit;
use store::outbox::{Lease, Mark};
use time::{Duration, OffsetDateTime};
use tokio::task::JoinHandle;

use super::attempt::attempt;
use super::gates::Place;
use super::sms::Voice;
use super::webhook;
use crate::{Error, House, task};

/// How long a delivery is in hand: longer than a try can take.
const LEASE: Duration = Duration::seconds(60);
/// How many are looked at in one look.
const AT_ONCE: u32 = 64;
/// How long the sender waits when nothing is due.
const LOOK: std::time::Duration = std::time::Duration::from_millis(500);
/// How long it waits between two looks while there is something to do.
const REST: std::time::Duration = std::time::Duration::from_millis(20);

/// Sends for ever.
#[task]
pub async fn run(house: Arc<House>, voice: Arc<dyn Voice>) {
    loop {
        let wait = match begin(&house, &voice).await {
            Ok(begun) if begun.is_empty() => LOOK,
            Ok(_) => REST,
            Err(error) => {
                tracing::error!(%error, "the outbox could not be looked at");
                LOOK
            }
        };
        tokio::time::sleep(wait).await;
    }
}

/// Tries everything that is due now, and what becomes due by that; gives how many tries it were.
///
/// # Errors
/// What the store says.
#[task]
pub async fn send_due(house: &Arc<House>, voice: &Arc<dyn Voice>) -> Result<usize, Error> {
    let mut tried = 0;
    loop {
        let begun = begin(house, voice).await?;
        if begun.is_empty() {
            return Ok(tried);
        }
        for one in begun {
            if let Err(error) = one.await {
                return Err(Error::Unavailable(error.to_string()));
            }
            tried += 1;
        }
    }
}

/// Takes in hand what is due and begins to try it.
async fn begin(house: &Arc<House>, voice: &Arc<dyn Voice>) -> Result<Vec<JoinHandle<()>>, Error> {
    let Some(full) = house.outbox.full() else {
        return Ok(Vec::new());
    };
    let now = house.clock.now();
    let reader = house.store.reader();
    let due = reader.due_deliveries(now, &full, AT_ONCE).await?;
    let mut places: HashMap<DeliveryId, Place> = HashMap::new();
    let mut wanted: BTreeMap<CommunityId, Vec<(DeliveryId, OffsetDateTime)>> = BTreeMap::new();
    for one in due {
        if let Some(place) = house.outbox.enter(one.gate) {
            places.insert(one.id, place);
            let of = wanted.entry(one.community).or_default();
            of.push((one.id, one.since));
        }
    }
    let mut begun = Vec::new();
    for (community, seen) in wanted {
        for lease in lease(house, community, seen, now + LEASE).await? {
            let place = places.remove(&lease.delivery.what.id);
            let (house, voice) = (Arc::clone(house), Arc::clone(voice));
            begun.push(tokio::spawn(async move {
                let _here = place;
                if let Err(error) = once(&house, &*voice, community, lease).await {
                    tracing::error!(%error, "a try could not be written down; it is made again");
                }
            }));
        }
    }
    Ok(begun)
}

async fn lease(
    house: &House,
    community: CommunityId,
    seen: Vec<(DeliveryId, OffsetDateTime)>,
    until: OffsetDateTime,
) -> Result<Vec<Lease>, Error> {
    let leased = house.store.unit(community, async move |unit: &Unit| {
        unit.lease_deliveries(&seen, until).await
    });
    leased.await.map_err(Error::from)
}

/// One try, and what came of it.
async fn once(
    house: &House,
    voice: &dyn Voice,
    community: CommunityId,
    lease: Lease,
) -> Result<(), Error> {
    let reply = match attempt(house, voice, community, &lease.delivery).await {
        // what it speaks of is not there any more
        Err(Error::NotFound) => Reply {
            answer: DeliveryAnswer::Unreadable,
            wait: None,
        },
        other => other?,
    };
    mark(house, community, lease, reply).await
}

async fn mark(
    house: &House,
    community: CommunityId,
    lease: Lease,
    reply: Reply,
) -> Result<(), Error> {
    let (now, answer) = (house.clock.now(), reply.answer);
    let wait = reply.wait.map(|wait| match wait {
        Wait::Seconds(seconds) => Duration::seconds(seconds.into()),
        Wait::Until(until) => (until - now).max(Duration::ZERO),
    });
    let (id, tries) = (lease.delivery.what.id, lease.delivery.tries);
    let end = match outcome(id, tries, answer, wait) {
        Outcome::Over(state) => Ok(state),
        Outcome::Again(after) => Err(now + after),
    };
    let mark = Mark { now, answer, end };
    house
        .store
        .unit(community, async move |unit: &Unit| {
            let ours = unit.mark_delivery(&lease, &mark).await?;
            let what = &lease.delivery.what;
            if ours && answer == DeliveryAnswer::Gone && what.kind == DeliveryKind::Webhook {
                webhook::gone(unit, rules::ids::WebhookId(what.target), now).await?;
            }
            Ok::<(), store::Error>(())
        })
        .await
        .map_err(Error::from)
}
