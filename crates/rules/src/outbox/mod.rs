//! The outbox 发件箱: what is told to somebody outside the house, as deliveries 投递 with a state, and when each is tried
//! again. Ids and words of closed lists only; never a phone number, an address or what was said.

mod address;
mod schedule;
mod sign;

pub use address::is_public;
pub use schedule::{TRIES, next_try};
pub use sign::{BadSecret, SigningSecret, signature};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::case::Deed;
use crate::ids::{CommunityId, DeliveryId};

crate::word::words! {
    /// On which way it goes.
    DeliveryKind {
        /// A text message to a reporter.
        Sms = "sms",
        /// A signed request to an address that the community has switched on.
        Webhook = "webhook",
    }

    /// Where a delivery stands.
    DeliveryState {
        /// It is tried when its time comes.
        Waiting = "waiting",
        /// The other side has taken it.
        Sent = "sent",
        /// Dead letter 死信: the last try failed, and somebody has to look.
        Dead = "dead",
        /// It was not sent, on purpose.
        Withheld = "withheld",
        /// Somebody gave it up.
        Dropped = "dropped",
    }

    /// What came of the last try. A closed list: what the other side wrote is never kept.
    DeliveryAnswer {
        /// Taken.
        Taken = "taken",
        /// It wants us elsewhere; nobody follows.
        Elsewhere = "elsewhere",
        /// It says that the request is wrong (4xx).
        Refused = "refused",
        /// It says that it is gone for good (410).
        Gone = "gone",
        /// It says that this is too much (429).
        TooMany = "too_many",
        /// It went wrong there (5xx).
        Broken = "broken",
        /// It did not answer in time.
        Late = "late",
        /// Nobody is there, or the line breaks.
        Unreachable = "unreachable",
        /// Its address leads to where nothing may be sent.
        Forbidden = "forbidden",
        /// No gateway is set, or its settings cannot serve.
        NoGateway = "no_gateway",
        /// The reporter's contact is not there any more.
        NoContact = "no_contact",
        /// The reporter does not want to be told.
        Unwanted = "unwanted",
        /// It was switched off before it was sent.
        SwitchedOff = "switched_off",
        /// What it speaks of cannot be read.
        Unreadable = "unreadable",
    }

    /// What an address can be told of, in the order of a case's life.
    Topic {
        /// It was told.
        Reported = "reported",
        /// Its file was opened.
        Filed = "filed",
        /// Somebody was given the task.
        Dispatched = "dispatched",
        /// They took it.
        Accepted = "accepted",
        /// They gave it back.
        Returned = "returned",
        /// It went one level up.
        Escalated = "escalated",
        /// It waits until a date.
        Suspended = "suspended",
        /// Its clock goes on.
        Resumed = "resumed",
        /// A result was reported.
        Handled = "handled",
        /// The result was checked.
        Checked = "checked",
        /// It is closed, or was fixed on the spot.
        Closed = "closed",
        /// The reporter said how it was.
        Rated = "rated",
        /// It was reopened.
        Reopened = "reopened",
        /// Somebody else is the right place.
        Redirected = "redirected",
        /// It goes on with another case.
        Merged = "merged",
        /// The reporter said that it is another matter than that case: it goes on for itself, and is not reopened.
        Separated = "separated",
        /// It was opened by mistake.
        Voided = "voided",
        /// The reporter took it back.
        Withdrawn = "withdrawn",
        /// Nothing happened: somebody wants to see whether it arrives.
        Test = "test",
    }
}

impl Topic {
    /// Those that an address can ask for.
    pub fn choices() -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(|topic| *topic != Self::Test)
    }

    /// What a deed is to those outside; none for what stays inside.
    pub const fn of(deed: &Deed) -> Option<Self> {
        Some(match deed {
            Deed::Reported { .. } => Self::Reported,
            Deed::Filed { .. } => Self::Filed,
            Deed::Dispatched { .. } => Self::Dispatched,
            Deed::Accepted => Self::Accepted,
            Deed::Returned => Self::Returned,
            Deed::Escalated { .. } => Self::Escalated,
            Deed::Suspended { .. } => Self::Suspended,
            Deed::Resumed => Self::Resumed,
            Deed::Handled { .. } => Self::Handled,
            Deed::Checked { .. } => Self::Checked,
            Deed::Closed { .. } | Deed::Fixed { .. } => Self::Closed,
            Deed::Rated { .. } => Self::Rated,
            Deed::Reopened { .. } => Self::Reopened,
            Deed::Separated => Self::Separated,
            Deed::Redirected { .. } => Self::Redirected,
            Deed::Merged { .. } => Self::Merged,
            Deed::Voided => Self::Voided,
            Deed::Withdrawn => Self::Withdrawn,
            _ => return None,
        })
    }
}

/// What a try comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is over, in this state.
    Over(DeliveryState),
    /// It is tried again after so long.
    Again(time::Duration),
}

/// What follows from an answer after so many tries. `wait` is what the other side asks for.
pub fn outcome(
    id: DeliveryId,
    tries: u32,
    answer: DeliveryAnswer,
    wait: Option<time::Duration>,
) -> Outcome {
    match answer {
        DeliveryAnswer::Taken => Outcome::Over(DeliveryState::Sent),
        DeliveryAnswer::NoContact | DeliveryAnswer::Unwanted | DeliveryAnswer::SwitchedOff => {
            Outcome::Over(DeliveryState::Withheld)
        }
        // nothing about it changes by waiting
        DeliveryAnswer::Gone | DeliveryAnswer::Unreadable => Outcome::Over(DeliveryState::Dead),
        _ => match next_try(id, tries, wait) {
            Some(after) => Outcome::Again(after),
            None => Outcome::Over(DeliveryState::Dead),
        },
    }
}

/// The id of a delivery: the same for the same entry of the journal and the same target, so that a follower that reads an
/// entry again makes none twice, and a receiver knows what it has seen.
pub fn delivery_id(
    community: CommunityId,
    seq: i64,
    kind: DeliveryKind,
    target: Uuid,
) -> DeliveryId {
    let mut hash = Sha256::new();
    hash.update(b"weige delivery\0");
    hash.update(community.0.to_be_bytes());
    hash.update(seq.to_be_bytes());
    hash.update(kind.as_str().as_bytes());
    hash.update(target.as_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    DeliveryId(uuid::Builder::from_custom_bytes(half).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    const ID: DeliveryId = DeliveryId(Uuid::from_u128(7));

    #[test]
    fn an_id_is_the_same_for_the_same_entry_and_target_and_for_nothing_else() {
        let of = |community, seq, kind, target| {
            delivery_id(CommunityId(community), seq, kind, Uuid::from_u128(target))
        };
        let one = of(1, 2, DeliveryKind::Sms, 3);
        assert_eq!(one, of(1, 2, DeliveryKind::Sms, 3));
        for other in [
            of(2, 2, DeliveryKind::Sms, 3),
            of(1, 3, DeliveryKind::Sms, 3),
            of(1, 2, DeliveryKind::Webhook, 3),
            of(1, 2, DeliveryKind::Sms, 4),
        ] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn what_is_taken_is_sent_and_what_nobody_wants_is_withheld_without_a_second_try() {
        let over = |answer| outcome(ID, 1, answer, None);
        assert_eq!(
            over(DeliveryAnswer::Taken),
            Outcome::Over(DeliveryState::Sent)
        );
        assert_eq!(
            over(DeliveryAnswer::Unwanted),
            Outcome::Over(DeliveryState::Withheld)
        );
        assert_eq!(
            over(DeliveryAnswer::NoContact),
            Outcome::Over(DeliveryState::Withheld)
        );
        assert_eq!(
            over(DeliveryAnswer::Gone),
            Outcome::Over(DeliveryState::Dead)
        );
    }

    #[test]
    fn whoever_wants_us_elsewhere_has_not_taken_it() {
        assert!(matches!(
            outcome(ID, 1, DeliveryAnswer::Elsewhere, None),
            Outcome::Again(_)
        ));
    }

    #[test]
    fn the_last_try_makes_a_dead_letter() {
        let broken = |tries| outcome(ID, tries, DeliveryAnswer::Broken, None);
        assert!(matches!(broken(TRIES - 1), Outcome::Again(_)));
        assert_eq!(broken(TRIES), Outcome::Over(DeliveryState::Dead));
    }

    #[test]
    fn whoever_asks_for_time_gets_it_and_no_more_than_a_day() {
        let wait = |minutes| {
            outcome(
                ID,
                1,
                DeliveryAnswer::TooMany,
                Some(Duration::minutes(minutes)),
            )
        };
        assert_eq!(wait(7), Outcome::Again(Duration::minutes(7)));
        assert_eq!(wait(60 * 24 * 30), Outcome::Again(Duration::days(1)));
    }

    #[test]
    fn what_leaves_a_merge_is_no_reopening_outside_either_and_its_reporter_is_told_of_it() {
        let apart = Deed::Separated;
        assert_eq!(Topic::of(&apart), Some(Topic::Separated));
        assert!(crate::wording::WordingStep::of(&apart).is_some());
        let reopened = Deed::Reopened { leader: None };
        assert_eq!(Topic::of(&reopened), Some(Topic::Reopened));
    }

    #[test]
    fn every_step_that_reporters_are_told_is_a_topic_of_the_same_name() {
        for step in crate::wording::WordingStep::ALL {
            assert!(step.as_str().parse::<Topic>().is_ok(), "{step}");
        }
    }
}
