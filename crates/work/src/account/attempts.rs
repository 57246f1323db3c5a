//! How often somebody tried to sign in. Every try counts until one succeeds; names that do not exist count like those
//! that do. Kept in memory only: it ends with the process, and holds no more than a bounded number of names.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use time::{Duration, OffsetDateTime};

use crate::Error;

/// The longest account name, in bytes.
pub(super) const LONGEST_NAME: usize = 64;
/// Tries of one name from one origin before one has to wait.
const FREE: u32 = 5;
/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::minutes(5);
/// Tries of one name from anywhere: so many at once, …
const ALL_AT_ONCE: f64 = 1_800.0;
/// … then so many a second. Enough that strangers cannot lock an owner out, too few to guess.
const ALL_A_SECOND: f64 = 0.5;
/// Names that are remembered at most.
const REMEMBERED: usize = 20_000;

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    From(String, Option<IpAddr>),
    Anywhere(String),
}

#[derive(Clone, Copy)]
struct Tries {
    n: f64,
    last: OffsetDateTime,
}

/// The tries of this process.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<HashMap<Key, Tries>>);

impl Attempts {
    /// Counts a try, or says how long to wait.
    pub(super) fn admit(
        &self,
        name: &str,
        origin: Option<IpAddr>,
        now: OffsetDateTime,
    ) -> Result<(), Error> {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= REMEMBERED {
            tries.retain(|_, one| now - one.last < LONGEST_WAIT);
        }
        let own = Key::From(name.to_owned(), origin);
        let (all, none) = (Key::Anywhere(name.to_owned()), Tries { n: 0.0, last: now });
        let before = *tries.get(&own).unwrap_or(&none);
        let everyones = drained(*tries.get(&all).unwrap_or(&none), now);
        let free_at = (before.last + wait_after(before.n)).max(when_room(everyones, now));
        if free_at > now {
            return Err(Error::TooMany {
                retry_after: free_at - now,
            });
        }
        tries.insert(
            own,
            Tries {
                n: before.n + 1.0,
                last: now,
            },
        );
        tries.insert(
            all,
            Tries {
                n: everyones.n + 1.0,
                last: now,
            },
        );
        Ok(())
    }

    /// Forgets the tries of a name from an origin: one of them succeeded.
    pub(super) fn forget(&self, name: &str, origin: Option<IpAddr>) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tries.remove(&Key::From(name.to_owned(), origin));
    }
}

/// One second after the free tries, twice as long after each further one, never longer than the longest.
fn wait_after(n: f64) -> Duration {
    let beyond = n - f64::from(FREE);
    if beyond < 0.0 {
        return Duration::ZERO;
    }
    Duration::seconds_f64(beyond.min(20.0).exp2()).min(LONGEST_WAIT)
}

fn drained(tries: Tries, now: OffsetDateTime) -> Tries {
    let gone = (now - tries.last).as_seconds_f64() * ALL_A_SECOND;
    Tries {
        n: (tries.n - gone).max(0.0),
        last: now,
    }
}

fn when_room(tries: Tries, now: OffsetDateTime) -> OffsetDateTime {
    let over = (tries.n + 1.0 - ALL_AT_ONCE).max(0.0);
    now + Duration::seconds_f64(over / ALL_A_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-23 09:00 +8);
    const HERE: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1)));
    const THERE: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2)));

    fn wait(attempts: &Attempts, origin: Option<IpAddr>, now: OffsetDateTime) -> Duration {
        match attempts.admit("desk", origin, now) {
            Err(Error::TooMany { retry_after }) => retry_after,
            _ => Duration::ZERO,
        }
    }

    fn tired() -> Attempts {
        let attempts = Attempts::default();
        for _ in 0..FREE {
            assert_eq!(wait(&attempts, HERE, NOW), Duration::ZERO);
        }
        attempts
    }

    #[test]
    fn after_the_free_tries_each_further_one_waits_twice_as_long() {
        let attempts = tired();
        assert_eq!(wait(&attempts, HERE, NOW), Duration::seconds(1));
        assert_eq!(
            wait(&attempts, HERE, NOW + Duration::seconds(1)),
            Duration::ZERO
        );
        assert_eq!(
            wait(&attempts, HERE, NOW + Duration::seconds(1)),
            Duration::seconds(2)
        );
    }

    #[test]
    fn nobody_waits_longer_than_five_minutes() {
        let attempts = tired();
        let mut now = NOW;
        for _ in 0..40 {
            now += LONGEST_WAIT;
            assert_eq!(wait(&attempts, HERE, now), Duration::ZERO);
        }
        assert_eq!(wait(&attempts, HERE, now), LONGEST_WAIT);
    }

    #[test]
    fn a_stranger_elsewhere_does_not_make_the_owner_wait() {
        let attempts = tired();
        assert!(wait(&attempts, HERE, NOW) > Duration::ZERO);
        assert_eq!(wait(&attempts, THERE, NOW), Duration::ZERO);
    }

    #[test]
    fn guessing_from_many_places_at_once_ends_too() {
        let attempts = Attempts::default();
        let place = |n: u32| Some(IpAddr::V4(std::net::Ipv4Addr::from_bits(n)));
        let admitted = (0..3_000).filter(|n| wait(&attempts, place(*n), NOW) == Duration::ZERO);
        assert_eq!(admitted.count(), 1_800);
    }

    #[test]
    fn success_forgets_the_tries() {
        let attempts = tired();
        attempts.forget("desk", HERE);
        assert_eq!(wait(&attempts, HERE, NOW), Duration::ZERO);
    }
}
