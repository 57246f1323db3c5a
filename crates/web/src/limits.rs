//! How often strangers may ask: token buckets per address, kept in memory for a day at most and in no file. On by
//! default; `limits.anonymous = off` is for benchmarks and tests. Numbers: anchors of reliability, S10.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use time::{Duration, OffsetDateTime};

use crate::error::Failure;

/// A bucket: so many at once, refilled at so many an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// How many at once.
    pub burst: u32,
    /// How many an hour.
    pub per_hour: u32,
}

/// The limits on anonymous requests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Whether they hold at all.
    pub anonymous: bool,
    /// Reports from one address. Many phones share one address of a carrier, so this is generous.
    pub reports: Rate,
    /// Tries of a receipt's code, per number.
    pub codes: Rate,
    /// Tries to sign in, per address.
    pub sign_ins: Rate,
    /// Looks for similar cases, per address.
    pub looks: Rate,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            anonymous: true,
            reports: Rate {
                burst: 20,
                per_hour: 60,
            },
            codes: Rate {
                burst: 10,
                per_hour: 10,
            },
            sign_ins: Rate {
                burst: 10,
                per_hour: 180,
            },
            looks: Rate {
                burst: 60,
                per_hour: 600,
            },
        }
    }
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Counted {
    Reports(IpAddr),
    Codes(String),
    SignIns(IpAddr),
    Looks(IpAddr),
}

/// The buckets in use.
pub struct Buckets {
    limits: Limits,
    filled: Mutex<HashMap<Counted, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: OffsetDateTime,
}

/// Buckets kept before full ones are thrown away.
const KEPT: usize = 50_000;

impl Buckets {
    /// All full.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            filled: Mutex::new(HashMap::new()),
        }
    }

    /// Takes one for a report from an address.
    ///
    /// # Errors
    /// `TooMany` with the seconds until the next one.
    pub fn report(&self, from: IpAddr, now: OffsetDateTime) -> Result<(), Failure> {
        self.take(Counted::Reports(network(from)), self.limits.reports, now)
    }

    /// Takes one for a try of the code of a receipt's number. Holds always: it is what makes six digits enough.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn code(&self, number: &str, now: OffsetDateTime) -> Result<(), Failure> {
        self.spend(Counted::Codes(number.to_owned()), self.limits.codes, now)
    }

    /// Gives a try back: only wrong codes count, so that somebody who looks often at their own report stays welcome.
    pub fn code_was_right(&self, number: &str) {
        let mut filled = self.filled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = filled.get_mut(&Counted::Codes(number.to_owned())) {
            bucket.tokens = (bucket.tokens + 1.0).min(f64::from(self.limits.codes.burst));
        }
    }

    /// Takes one for a try to sign in.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn sign_in(&self, from: IpAddr, now: OffsetDateTime) -> Result<(), Failure> {
        self.take(Counted::SignIns(network(from)), self.limits.sign_ins, now)
    }

    /// Takes one for a look at what may be the same as what somebody tells: enough for whoever reports, too little for
    /// whoever wants to know all that is open.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn look(&self, from: IpAddr, now: OffsetDateTime) -> Result<(), Failure> {
        self.take(Counted::Looks(network(from)), self.limits.looks, now)
    }

    fn take(&self, counted: Counted, rate: Rate, now: OffsetDateTime) -> Result<(), Failure> {
        if self.limits.anonymous {
            self.spend(counted, rate, now)
        } else {
            Ok(())
        }
    }

    fn spend(&self, counted: Counted, rate: Rate, now: OffsetDateTime) -> Result<(), Failure> {
        let mut filled = self.filled.lock().unwrap_or_else(PoisonError::into_inner);
        if filled.len() >= KEPT {
            filled.retain(|_, bucket| now - bucket.at < Duration::HOUR);
        }
        let full = Bucket {
            tokens: f64::from(rate.burst),
            at: now,
        };
        filled.entry(counted).or_insert(full).take(rate, now)
    }
}

impl Bucket {
    fn take(&mut self, rate: Rate, now: OffsetDateTime) -> Result<(), Failure> {
        let per_second = f64::from(rate.per_hour) / 3_600.0;
        let passed = (now - self.at).as_seconds_f64().max(0.0);
        self.tokens = (self.tokens + passed * per_second).min(f64::from(rate.burst));
        self.at = now;
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return Ok(());
        }
        let wait = (1.0 - self.tokens) / per_second.max(f64::EPSILON);
        Err(Failure::TooMany {
            retry_after: wait.ceil().min(86_400.0) as u64,
        })
    }
}

/// One household has one IPv6 network; its single addresses mean nothing.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-23 09:00 +8);

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn ten_codes_an_hour_are_tried_per_number_and_no_more() {
        let buckets = Buckets::new(Limits::default());
        for _ in 0..10 {
            assert!(buckets.code("MH-20261123-0001", NOW).is_ok());
        }
        let refused = buckets.code("MH-20261123-0001", NOW);
        assert!(
            matches!(refused, Err(Failure::TooMany { retry_after: 360 })),
            "{refused:?}"
        );
        assert!(buckets.code("MH-20261123-0002", NOW).is_ok());
        assert!(
            buckets
                .code("MH-20261123-0001", NOW + Duration::minutes(6))
                .is_ok()
        );
    }

    #[test]
    fn codes_are_limited_even_where_anonymous_limits_are_off() {
        let buckets = Buckets::new(Limits {
            anonymous: false,
            ..Limits::default()
        });
        let tries: Vec<bool> = (0..11)
            .map(|_| buckets.code("MH-20261123-0001", NOW).is_ok())
            .collect();
        assert_eq!(tries.iter().filter(|ok| **ok).count(), 10);
        assert!((0..1_000).all(|_| buckets.report(address("10.0.0.1"), NOW).is_ok()));
    }

    #[test]
    fn a_right_code_is_no_try() {
        let buckets = Buckets::new(Limits::default());
        for _ in 0..100 {
            assert!(buckets.code("MH-20261123-0001", NOW).is_ok());
            buckets.code_was_right("MH-20261123-0001");
        }
        let wrong = (0..11).map(|_| buckets.code("MH-20261123-0001", NOW).is_ok());
        assert_eq!(wrong.filter(|ok| *ok).count(), 10);
    }

    #[test]
    fn one_address_cannot_use_up_what_another_may() {
        let buckets = Buckets::new(Limits::default());
        assert!((0..21).any(|_| buckets.report(address("10.0.0.1"), NOW).is_err()));
        assert!(buckets.report(address("10.0.0.2"), NOW).is_ok());
    }

    #[test]
    fn addresses_of_one_household_count_together() {
        let buckets = Buckets::new(Limits::default());
        for n in 0..20 {
            assert!(
                buckets
                    .report(address(&format!("2001:db8::{n:x}")), NOW)
                    .is_ok()
            );
        }
        assert!(buckets.report(address("2001:db8::ffff"), NOW).is_err());
        assert!(buckets.report(address("2001:db8:0:1::1"), NOW).is_ok());
    }

    #[test]
    fn a_clock_that_jumps_back_gives_and_takes_nothing() {
        let buckets = Buckets::new(Limits::default());
        assert!(buckets.code("MH-20261123-0001", NOW).is_ok());
        for _ in 0..9 {
            assert!(
                buckets
                    .code("MH-20261123-0001", NOW - Duration::DAY)
                    .is_ok()
            );
        }
        assert!(
            buckets
                .code("MH-20261123-0001", NOW - Duration::DAY)
                .is_err()
        );
    }
}
