//! Turns events into deliveries: to each address that asked for the step, and to the reporters of a case when it is a step that
//! reporters are told. Nothing is told of an imported past, nor of what happened before somebody switched it on.

use rules::case;
use rules::ids::{CaseId, CommunityId};
use rules::journal::Event;
use rules::outbox::{DeliveryKind, Topic, delivery_id};
use rules::wording::WordingStep;
use store::journal::Entry;
use store::outbox::{NewDelivery, Targets};
use store::{Error, Reader, Store, Unit};
use uuid::Uuid;

use crate::case::taken_up;

/// What a page of the journal tells, and to whom.
pub(crate) async fn prepare(
    store: &Store,
    community: CommunityId,
    entries: &[Entry],
) -> Result<Vec<NewDelivery>, Error> {
    let reader = store.reader();
    let targets = reader.outbox_targets(community).await?;
    if targets.is_empty() {
        return Ok(Vec::new());
    }
    let mut deliveries = Vec::new();
    for entry in entries.iter().filter(|entry| entry.occurred_at.is_none()) {
        let event = Event::from_bytes(&entry.event);
        let (Some(case), Ok(Event::Case(event))) = (entry.subject.map(CaseId), event) else {
            continue;
        };
        let Some(topic) = Topic::of(&event.deed) else {
            continue;
        };
        let to = Told {
            community,
            entry,
            case,
            topic,
        };
        deliveries.extend(to.addresses(&targets));
        deliveries.extend(to.reporters(reader, &targets, &event).await?);
    }
    Ok(deliveries)
}

/// Writes what was prepared; in the unit that moves the cursor.
pub(crate) async fn apply(unit: &Unit, deliveries: &[NewDelivery]) -> Result<(), Error> {
    unit.keep_deliveries(deliveries).await?;
    Ok(())
}

/// One step that is told.
struct Told<'a> {
    community: CommunityId,
    entry: &'a Entry,
    case: CaseId,
    topic: Topic,
}

impl Told<'_> {
    fn delivery(&self, kind: DeliveryKind, target: Uuid) -> NewDelivery {
        NewDelivery {
            id: delivery_id(self.community, self.entry.seq, kind, target),
            seq: self.entry.seq,
            case: Some(self.case),
            topic: self.topic,
            kind,
            target,
            at: self.entry.at,
        }
    }

    fn addresses(&self, targets: &Targets) -> Vec<NewDelivery> {
        let asked = targets
            .webhooks
            .iter()
            .filter(|hook| hook.since <= self.entry.at && hook.topics.contains(&self.topic));
        asked
            .map(|hook| self.delivery(DeliveryKind::Webhook, hook.id.0))
            .collect()
    }

    /// Whoever told the case or one that was merged into it before this step, left a number and wants to be told.
    async fn reporters(
        &self,
        reader: &Reader,
        targets: &Targets,
        event: &case::Event,
    ) -> Result<Vec<NewDelivery>, Error> {
        let on = targets.sms.is_some_and(|since| since <= self.entry.at);
        if !on || WordingStep::of(&event.deed).is_none() {
            return Ok(Vec::new());
        }
        let cases = self.with_merged(reader).await?;
        let all = reader.reporters_to_tell(self.community, &cases).await?;
        let then = all
            .iter()
            .filter(|reporter| reporter.received_at <= self.entry.at);
        Ok(then
            .map(|reporter| self.delivery(DeliveryKind::Sms, reporter.report.0))
            .collect())
    }

    /// The case and those that were merged into it before this step, and are merged still.
    async fn with_merged(&self, reader: &Reader) -> Result<Vec<CaseId>, Error> {
        let merged = taken_up(reader, self.community, self.case, Some(self.entry.seq)).await?;
        let merged = merged.into_iter().map(|one| one.id);
        Ok(std::iter::once(self.case).chain(merged).collect())
    }
}
