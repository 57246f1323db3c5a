//! When a delivery is tried again: the schedule of Standard Webhooks 1.0.0 (ten tries over 75 hours and 35 minutes), each wait
//! a little longer by a share that the delivery's own id gives, so that what failed together does not come back together.

use time::Duration;

use crate::ids::DeliveryId;

/// What lies between one try and the next.
const WAITS: [Duration; 9] = [
    Duration::seconds(5),
    Duration::minutes(5),
    Duration::minutes(30),
    Duration::hours(2),
    Duration::hours(5),
    Duration::hours(10),
    Duration::hours(14),
    Duration::hours(20),
    Duration::hours(24),
];

/// How often a delivery is tried.
pub const TRIES: u32 = WAITS.len() as u32 + 1;

/// The longest wait that another side can ask for.
const LONGEST: Duration = Duration::days(1);

/// How long until the next try after so many; none after the last one. `wait` is what the other side asks for, and is
/// never cut short.
pub fn next_try(id: DeliveryId, tries: u32, wait: Option<Duration>) -> Option<Duration> {
    let at = usize::try_from(tries).ok()?.checked_sub(1)?;
    let usual = *WAITS.get(at)?;
    let bytes = id.0.as_bytes();
    let share = f64::from(bytes[at % bytes.len()]) / 255.0 / 10.0;
    let own = usual + usual * share;
    Some(wait.map_or(own, |wait| wait.min(LONGEST).max(own)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_waits_are_those_of_standard_webhooks_for_an_id_without_a_share() {
        let id = DeliveryId(Uuid::nil());
        let waits: Vec<_> = (1..TRIES)
            .filter_map(|tries| next_try(id, tries, None))
            .collect();
        assert_eq!(waits, WAITS);
        let whole: Duration = waits.into_iter().sum();
        assert_eq!(
            whole,
            Duration::hours(75) + Duration::minutes(35) + Duration::seconds(5)
        );
        assert_eq!(next_try(id, TRIES, None), None);
        assert_eq!(next_try(id, 0, None), None);
    }

    #[test]
    fn a_share_of_the_id_makes_a_wait_at_most_a_tenth_longer() {
        let most = DeliveryId(Uuid::max());
        for (tries, wait) in (1..).zip(WAITS) {
            assert_eq!(next_try(most, tries, None), Some(wait * 1.1));
        }
    }
}
