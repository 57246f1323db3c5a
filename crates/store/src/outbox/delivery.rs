//! Deliveries: kept once, in the order of the journal for each target and case; settled by hand.

use std::collections::BTreeMap;

use rules::ids::{CaseId, DeliveryId, WebhookId};
use rules::outbox::{DeliveryAnswer, DeliveryKind, DeliveryState, Topic};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::unit::Unit;
use crate::{Error, ask, dialect, instant, micros};

/// A delivery to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// Its key, the same for the same entry and target.
    pub id: DeliveryId,
    /// The entry of the journal it tells of; 0 for a test.
    pub seq: i64,
    /// The case; none for a test.
    pub case: Option<CaseId>,
    /// Which step.
    pub topic: Topic,
    /// On which way.
    pub kind: DeliveryKind,
    /// The webhook or the report.
    pub target: Uuid,
    /// When it was made.
    pub at: OffsetDateTime,
}

/// A delivery as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// What it is.
    pub what: NewDelivery,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next.
    pub next_at: Option<OffsetDateTime>,
    /// When it came to its end.
    pub done_at: Option<OffsetDateTime>,
    /// What came of the last try.
    pub answer: Option<DeliveryAnswer>,
}

pub(super) const COLUMNS: &str =
    "id, seq, case_id, topic, kind, target, state, tries, made_at, next_at, done_at, answer";

/// How the tallies of a unit move. Sorted, so that two processes never wait for each other in a circle.
pub(super) type Moves = BTreeMap<(&'static str, &'static str), i64>;

impl Unit {
    /// Keeps deliveries that are not there yet, each behind those before it; gives how many are new.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_deliveries(&self, deliveries: &[NewDelivery]) -> Result<usize, Error> {
        let (mut new, mut moves) = (0, Moves::new());
        for delivery in deliveries {
            let next = (!self.is_behind(delivery).await?).then_some(delivery.at);
            let values: [Value; 11] = [
                self.community().0.into(),
                delivery.id.0.into(),
                delivery.seq.into(),
                delivery.case.map(|id| id.0).into(),
                delivery.topic.as_str().into(),
                delivery.kind.as_str().into(),
                delivery.target.into(),
                DeliveryState::Waiting.as_str().into(),
                0_i64.into(),
                micros(delivery.at).into(),
                next.map(micros).into(),
            ];
            let sql = "INSERT INTO deliveries (community_id, id, seq, case_id, topic, kind, target, state, tries, made_at, next_at) \
                       VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (community_id, id) DO NOTHING";
            if self.run(sql, values).await? == 1 {
                new += 1;
                *moves
                    .entry((delivery.kind.as_str(), DeliveryState::Waiting.as_str()))
                    .or_default() += 1;
            }
        }
        self.move_deliveries(moves).await?;
        Ok(new)
    }

    /// Whether another one of the same target and case waits. Whichever it stands behind is locked: whoever ends that one looks
    /// for the next only after this unit's commit, and finds it.
    async fn is_behind(&self, delivery: &NewDelivery) -> Result<bool, Error> {
        Ok(self
            .last_of_lane(delivery.kind, delivery.target, delivery.case, delivery.id)
            .await?
            .is_some())
    }

    async fn last_of_lane(
        &self,
        kind: DeliveryKind,
        target: Uuid,
        case: Option<CaseId>,
        but: DeliveryId,
    ) -> Result<Option<Uuid>, Error> {
        let lock = dialect::for_update(self.get_database_backend());
        let lane = lane(kind);
        let sql = format!(
            "SELECT id FROM deliveries WHERE community_id = ? AND target = ? AND {lane} AND id <> ? AND state = 'waiting' \
             ORDER BY seq DESC LIMIT 1{lock}"
        );
        let values: [Value; 4] = [
            self.community().0.into(),
            target.into(),
            case.map(|id| id.0).into(),
            but.0.into(),
        ];
        let row = self.row(&sql, values).await?;
        Ok(row.map(|row| row.try_get("", "id")).transpose()?)
    }

    /// The next one of a lane is due now: the one before it came to its end.
    pub(super) async fn next_of_lane(
        &self,
        delivery: &NewDelivery,
        now: OffsetDateTime,
    ) -> Result<(), Error> {
        let lane = lane(delivery.kind);
        let sql = format!(
            "UPDATE deliveries SET next_at = ? WHERE community_id = ? AND next_at IS NULL AND state = 'waiting' AND id = \
             (SELECT id FROM deliveries WHERE community_id = ? AND target = ? AND {lane} AND state = 'waiting' ORDER BY seq LIMIT 1)"
        );
        let community = Value::from(self.community().0);
        let values: [Value; 5] = [
            micros(now).into(),
            community.clone(),
            community,
            delivery.target.into(),
            delivery.case.map(|id| id.0).into(),
        ];
        self.run(&sql, values).await?;
        Ok(())
    }

    /// The delivery of that id.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delivery(&self, id: DeliveryId) -> Result<Delivery, Error> {
        let sql = format!("SELECT {COLUMNS} FROM deliveries WHERE community_id = ? AND id = ?");
        let row = ask::row(self, &sql, [self.community().0.into(), id.0.into()]).await?;
        row.as_ref()
            .map(read)
            .transpose()?
            .ok_or(Error::NotFound("delivery"))
    }

    /// A dead letter waits again, behind whatever of its target and case waits already; its tries begin anew.
    ///
    /// # Errors
    /// `Stale` if it is none any more.
    pub async fn revive_delivery(&self, dead: &Delivery, now: OffsetDateTime) -> Result<(), Error> {
        let what = &dead.what;
        let behind = self
            .last_of_lane(what.kind, what.target, what.case, what.id)
            .await?;
        let next = behind.is_none().then_some(micros(now));
        let sql = "UPDATE deliveries SET state = 'waiting', tries = 0, next_at = ?, done_at = NULL \
                   WHERE community_id = ? AND id = ? AND state = 'dead'";
        let values: [Value; 3] = [next.into(), self.community().0.into(), what.id.0.into()];
        if self.run(sql, values).await? != 1 {
            return Err(Error::Stale { is: 0 });
        }
        self.moved(what.kind, DeliveryState::Dead, DeliveryState::Waiting, 1)
            .await
    }

    /// A dead letter is given up.
    ///
    /// # Errors
    /// `Stale` if it is none any more.
    pub async fn drop_delivery(&self, dead: &Delivery, now: OffsetDateTime) -> Result<(), Error> {
        let sql = "UPDATE deliveries SET state = 'dropped', done_at = ? WHERE community_id = ? AND id = ? AND state = 'dead'";
        let values: [Value; 3] = [
            micros(now).into(),
            self.community().0.into(),
            dead.what.id.0.into(),
        ];
        if self.run(sql, values).await? != 1 {
            return Err(Error::Stale { is: 0 });
        }
        let (dead, kind) = (DeliveryState::Dead, dead.what.kind);
        self.moved(kind, dead, DeliveryState::Dropped, 1).await
    }

    /// Whatever waits for a webhook, or for reporters, is withheld: it was switched off.
    ///
    /// # Errors
    /// What the database says.
    pub async fn withhold_deliveries(
        &self,
        of: Option<WebhookId>,
        now: OffsetDateTime,
    ) -> Result<u64, Error> {
        let kind = of.map_or(DeliveryKind::Sms, |_| DeliveryKind::Webhook);
        let which = if of.is_some() {
            "target = ?"
        } else {
            "kind = ?"
        };
        let value = of.map_or_else(|| Value::from(kind.as_str()), |id| Value::from(id.0));
        let sql = format!(
            "UPDATE deliveries SET state = 'withheld', next_at = NULL, done_at = ?, answer = ? \
             WHERE community_id = ? AND {which} AND state = 'waiting'"
        );
        let values: [Value; 4] = [
            micros(now).into(),
            DeliveryAnswer::SwitchedOff.as_str().into(),
            self.community().0.into(),
            value,
        ];
        let n = self.run(&sql, values).await?;
        let moved = i64::try_from(n).unwrap_or(i64::MAX);
        self.moved(kind, DeliveryState::Waiting, DeliveryState::Withheld, moved)
            .await?;
        Ok(n)
    }

    pub(super) async fn moved(
        &self,
        kind: DeliveryKind,
        from: DeliveryState,
        to: DeliveryState,
        n: i64,
    ) -> Result<(), Error> {
        let moves = [
            ((kind.as_str(), from.as_str()), -n),
            ((kind.as_str(), to.as_str()), n),
        ];
        self.move_deliveries(moves.into()).await
    }

    async fn move_deliveries(&self, moves: Moves) -> Result<(), Error> {
        for ((kind, state), by) in moves.into_iter().filter(|(_, by)| *by != 0) {
            let sql = "INSERT INTO delivery_tallies (community_id, kind, state, n) VALUES (?,?,?,?) \
                       ON CONFLICT (community_id, kind, state) DO UPDATE SET n = delivery_tallies.n + excluded.n";
            let values: [Value; 4] = [
                self.community().0.into(),
                kind.into(),
                state.into(),
                by.into(),
            ];
            self.run(sql, values).await?;
        }
        Ok(())
    }
}

/// What goes in order: everything to one reporter, or everything of one case to one address. A test has no case and goes
/// beside the others.
const fn lane(kind: DeliveryKind) -> &'static str {
    match kind {
        DeliveryKind::Sms => "(case_id = ? OR case_id IS NOT NULL)",
        DeliveryKind::Webhook => "case_id = ?",
    }
}

pub(super) fn read(row: &QueryResult) -> Result<Delivery, Error> {
    let case: Option<Uuid> = row.try_get("", "case_id")?;
    let tries: i64 = row.try_get("", "tries")?;
    let (next, done): (Option<i64>, Option<i64>) =
        (row.try_get("", "next_at")?, row.try_get("", "done_at")?);
    let answer: Option<String> = row.try_get("", "answer")?;
    let id: Uuid = row.try_get("", "id")?;
    Ok(Delivery {
        what: NewDelivery {
            id: DeliveryId(id),
            seq: row.try_get("", "seq")?,
            case: case.map(CaseId),
            topic: ask::typed(row, "deliveries", "topic")?,
            kind: ask::typed(row, "deliveries", "kind")?,
            target: row.try_get("", "target")?,
            at: instant(row.try_get("", "made_at")?),
        },
        state: ask::typed(row, "deliveries", "state")?,
        tries: u32::try_from(tries).unwrap_or(u32::MAX),
        next_at: next.map(instant),
        done_at: done.map(instant),
        answer: answer
            .map(|text| text.parse())
            .transpose()
            .map_err(|_| Error::Contradiction {
                table: "deliveries",
                id: id.to_string(),
                why: "answer".into(),
            })?,
    })
}
