//! The house clock: the only place that reads the wall clock. Tests set it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use time::OffsetDateTime;
use uuid::Uuid;

/// What time it is.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Stands where it was set, in microseconds since 1970 UTC.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at` until it is moved.
    pub fn set(at: OffsetDateTime) -> Self {
        Self::Set(Arc::new(AtomicI64::new(micros(at))))
    }

    /// Now, in whole microseconds as they are kept.
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(&self) -> OffsetDateTime {
        match self {
            Self::System => instant(micros(OffsetDateTime::now_utc())),
            Self::Set(at) => instant(at.load(Ordering::SeqCst)),
        }
    }

    /// A new id whose order is that of making, as far as one process goes.
    #[expect(clippy::disallowed_methods, reason = "this is where ids are made")]
    pub fn id(&self) -> Uuid {
        Uuid::now_v7()
    }

    /// Moves a set clock; the machine's clock is not ours to move.
    pub fn move_to(&self, at: OffsetDateTime) {
        if let Self::Set(now) = self {
            now.store(micros(at), Ordering::SeqCst);
        }
    }
}

fn micros(at: OffsetDateTime) -> i64 {
    // Years 0–9999 in microseconds fit an i64 many times over.
    (at.unix_timestamp_nanos() / 1_000) as i64
}

fn instant(micros: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_set_clock_stands_until_it_is_moved() {
        let clock = Clock::set(datetime!(2026-11-23 09:00 +8));
        let copy = clock.clone();
        assert_eq!(clock.now(), clock.now());
        clock.move_to(datetime!(2026-11-24 09:00 +8));
        assert_eq!(copy.now(), datetime!(2026-11-24 01:00 UTC));
    }
}
