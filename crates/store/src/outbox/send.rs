//! Sending, as far as the cellar goes: who tries a delivery now, and what came of it. A lease is nothing but the next moment of
//! trying, moved on: whoever crashes with it in hand loses it by time alone, and the same delivery is tried again.

use rules::ids::DeliveryId;
use rules::outbox::{DeliveryAnswer, DeliveryState};
use sea_orm::Value;
use time::OffsetDateTime;

use super::delivery::Delivery;
use crate::unit::Unit;
use crate::{Error, micros};

/// A delivery in the hand of one process.
#[derive(Debug, Clone)]
pub struct Lease {
    /// The delivery, this try counted.
    pub delivery: Delivery,
    /// Until when it is in hand.
    pub until: OffsetDateTime,
}

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub now: OffsetDateTime,
    /// The answer.
    pub answer: DeliveryAnswer,
    /// The state it ends in, or when it is tried again.
    pub end: Result<DeliveryState, OffsetDateTime>,
}

impl Unit {
    /// Takes deliveries in hand that are still due as they were seen; others are somebody else's.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lease_deliveries(
        &self,
        seen: &[(DeliveryId, OffsetDateTime)],
        until: OffsetDateTime,
    ) -> Result<Vec<Lease>, Error> {
        let mut taken = Vec::new();
        for (id, next_at) in seen {
            let sql = "UPDATE deliveries SET next_at = ?, tries = tries + 1 \
                       WHERE community_id = ? AND id = ? AND state = 'waiting' AND next_at = ?";
            let values: [Value; 4] = [
                micros(until).into(),
                self.community().0.into(),
                id.0.into(),
                micros(*next_at).into(),
            ];
            if self.run(sql, values).await? == 1 {
                let delivery = self.delivery(*id).await?;
                taken.push(Lease { delivery, until });
            }
        }
        Ok(taken)
    }

    /// Writes down what came of a try, as long as it is still in our hand, and makes the next one of its target and case due.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mark_delivery(&self, lease: &Lease, mark: &Mark) -> Result<bool, Error> {
        let what = &lease.delivery.what;
        let (state, next, done) = match mark.end {
            Ok(state) => (state, None, Some(mark.now)),
            Err(next) => (DeliveryState::Waiting, Some(next), None),
        };
        let sql = "UPDATE deliveries SET state = ?, next_at = ?, done_at = ?, answer = ? \
                   WHERE community_id = ? AND id = ? AND state = 'waiting' AND next_at = ?";
        let values: [Value; 7] = [
            state.as_str().into(),
            next.map(micros).into(),
            done.map(micros).into(),
            mark.answer.as_str().into(),
            self.community().0.into(),
            what.id.0.into(),
            micros(lease.until).into(),
        ];
        if self.run(sql, values).await? != 1 {
            return Ok(false);
        }
        if state != DeliveryState::Waiting {
            self.moved(what.kind, DeliveryState::Waiting, state, 1)
                .await?;
            self.next_of_lane(what, mark.now).await?;
        }
        Ok(true)
    }
}
