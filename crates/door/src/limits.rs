//! How often strangers may ask: token buckets per device, address and grid, and the tries of codes within an hour, kept in memory
//! for a day at most and in no file. On by default; `limits.anonymous = off` is for benchmarks and tests. Whoever asks too often is told when to come
//! back; a grid that is told too much at once refuses nobody, its reports wait in a queue. Numbers: reliability S10.

mod codes;

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use rules::ids::GridId;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use self::codes::Codes;
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
    /// Reports from one device, as far as its browser keeps the cookie that tells devices apart.
    pub device: Rate,
    /// Reports from one address. Many phones share one address of a carrier, so this is generous.
    pub address: Rate,
    /// Reports of strangers in one grid; what comes beyond waits in the queue.
    pub grid: Rate,
    /// Wrong passwords per address. A whole office sits behind one address, so this is generous; what makes guessing one
    /// account hopeless is counted per account and address, where people sign in.
    pub sign_ins: Rate,
    /// Tries of the link of the first start, per address.
    pub setups: Rate,
    /// Looks for similar cases, per address.
    pub looks: Rate,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            anonymous: true,
            device: Rate {
                burst: 3,
                per_hour: 10,
            },
            address: Rate {
                burst: 60,
                per_hour: 60,
            },
            grid: Rate {
                burst: 200,
                per_hour: 200,
            },
            sign_ins: Rate {
                burst: 60,
                per_hour: 600,
            },
            setups: Rate {
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

/// Where a stranger's report comes from. Neither part is kept anywhere but in the buckets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The address.
    pub address: IpAddr,
    /// The device, where its browser tells.
    pub device: Option<Uuid>,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Counted {
    Device(Uuid),
    Address(IpAddr),
    Grid(GridId),
    SignIns(IpAddr),
    Setups(IpAddr),
    Looks(IpAddr),
    Replays(IpAddr),
}

/// The buckets in use.
pub struct Buckets {
    limits: Limits,
    filled: Mutex<HashMap<Counted, Bucket>>,
    codes: Codes,
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
            codes: Codes::default(),
        }
    }

    /// Takes one for a report: of the address, and of the device where it is known.
    ///
    /// # Errors
    /// `TooMany` with the seconds until the next one; then nothing was taken.
    pub fn report(&self, from: Origin, now: OffsetDateTime) -> Result<(), Failure> {
        let address = Counted::Address(network(from.address));
        self.take(address.clone(), self.limits.address, now)?;
        let Some(device) = from.device.map(Counted::Device) else {
            return Ok(());
        };
        let taken = self.take(device, self.limits.device, now);
        if taken.is_err() {
            self.give(&address, self.limits.address);
        }
        taken
    }

    /// Gives a report back that was none: the same one once more, or one that could not be taken.
    pub fn report_was_none(&self, from: Origin) {
        self.give(
            &Counted::Address(network(from.address)),
            self.limits.address,
        );
        if let Some(device) = from.device {
            self.give(&Counted::Device(device), self.limits.device);
        }
    }

    /// Counts a stranger's report of a grid. Whether it is one too many at once, and waits in the queue.
    pub fn is_rush(&self, grid: GridId, now: OffsetDateTime) -> bool {
        self.take(Counted::Grid(grid), self.limits.grid, now)
            .is_err()
    }

    /// Counts a try of the code of a receipt's number: ten within any hour. Holds always: it is what makes six digits enough.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn code(&self, number: &str, now: OffsetDateTime) -> Result<(), Failure> {
        self.codes.count(number, now)
    }

    /// Gives a try back: only wrong codes count, so that somebody who looks often at their own report stays welcome.
    pub fn code_was_right(&self, number: &str) {
        self.codes.was_right(number);
    }

    fn give(&self, counted: &Counted, rate: Rate) {
        let mut filled = self.filled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = filled.get_mut(counted) {
            bucket.tokens = (bucket.tokens + 1.0).min(f64::from(rate.burst));
        }
    }

    /// Takes one for a try to sign in.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn sign_in(&self, from: IpAddr, now: OffsetDateTime) -> Result<(), Failure> {
        self.take(Counted::SignIns(network(from)), self.limits.sign_ins, now)
    }

    /// Gives a try back: only wrong passwords count, so that an office behind one address can come to work in the morning.
    /// One that was not looked at, because its account has to wait, counts for nobody else either.
    pub fn sign_in_was_none(&self, from: IpAddr) {
        self.give(&Counted::SignIns(network(from)), self.limits.sign_ins);
    }

    /// Takes one for a try of the link of the first start.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn setup(&self, from: IpAddr, now: OffsetDateTime) -> Result<(), Failure> {
        self.take(Counted::Setups(network(from)), self.limits.setups, now)
    }

    /// Takes one for a look at what may be the same as what somebody tells: enough for whoever reports, too little for
    /// whoever wants to know all that is open.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn look(&self, from: IpAddr, now: OffsetDateTime) -> Result<(), Failure> {
        self.take(Counted::Looks(network(from)), self.limits.looks, now)
    }

    /// Takes one for a look at what a key has made before, where a report was refused: as many as looks, so that whoever is
    /// refused cannot keep the database busy.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn replay(&self, from: IpAddr, now: OffsetDateTime) -> Result<(), Failure> {
        self.take(Counted::Replays(network(from)), self.limits.looks, now)
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
mod tests;
