//! Tries of the codes of receipts. A bucket that refills lets nearly twice as many through in an hour that begins with a full one;
//! so the tries themselves are kept, for an hour, and any hour holds so many and no more.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use time::{Duration, OffsetDateTime};

use crate::error::Failure;

/// Tries of one number within any hour.
const MOST: usize = 10;
/// Numbers that are kept; beyond them, those tried longest ago are forgotten.
const KEPT: usize = 50_000;

/// The tries within the last hour by number, the earliest first.
#[derive(Default)]
pub(super) struct Codes(Mutex<HashMap<String, Vec<OffsetDateTime>>>);

impl Codes {
    /// Counts a try, until it is known to be right.
    ///
    /// # Errors
    /// `TooMany` with the seconds until the earliest one is an hour old; such a try is not counted.
    pub fn count(&self, number: &str, now: OffsetDateTime) -> Result<(), Failure> {
        let mut numbers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if numbers.len() >= KEPT && !numbers.contains_key(number) {
            forget(&mut numbers, now);
        }
        let tries = numbers.entry(number.to_owned()).or_default();
        tries.retain(|at| now - *at < Duration::HOUR);
        // where the clock was set back, nobody waits until it comes to where it was
        tries.iter_mut().for_each(|at| *at = (*at).min(now));
        match tries.first() {
            Some(earliest) if tries.len() >= MOST => Err(Failure::TooMany {
                retry_after: seconds(*earliest + Duration::HOUR - now),
            }),
            _ => {
                tries.push(now);
                Ok(())
            }
        }
    }

    /// Takes the last try back.
    pub fn was_right(&self, number: &str) {
        let mut numbers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(tries) = numbers.get_mut(number) else {
            return;
        };
        tries.pop();
        if tries.is_empty() {
            numbers.remove(number);
        }
    }
}

/// Makes room: what is older than an hour goes, and where that is too little, the half that was tried longest ago, of those that may
/// be tried still; whoever tries many numbers opens none by it that is closed.
fn forget(numbers: &mut HashMap<String, Vec<OffsetDateTime>>, now: OffsetDateTime) {
    numbers.retain(|_, tries| tries.last().is_some_and(|at| now - *at < Duration::HOUR));
    if numbers.len() < KEPT {
        return;
    }
    let may_go = |tries: &[OffsetDateTime]| tries.len() < MOST;
    let all_closed = !numbers.values().any(|tries| may_go(tries));
    let mut last: Vec<OffsetDateTime> = numbers
        .values()
        .filter(|tries| all_closed || may_go(tries))
        .filter_map(|tries| tries.last().copied())
        .collect();
    let middle = last.len() / 2;
    let (_, half, _) = last.select_nth_unstable(middle);
    let half = *half;
    numbers.retain(|_, tries| {
        let is_late = tries.last().is_some_and(|at| *at > half);
        is_late || !(all_closed || may_go(tries))
    });
}

/// Whole seconds, rounded up.
fn seconds(wait: Duration) -> u64 {
    wait.as_seconds_f64().ceil().max(1.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-23 09:00 +8);

    fn tries(codes: &Codes, number: &str, at: OffsetDateTime, n: usize) -> usize {
        (0..n).filter(|_| codes.count(number, at).is_ok()).count()
    }

    #[test]
    fn any_hour_holds_ten_tries_of_a_number_and_no_more() {
        let codes = Codes::default();
        let within: usize = (0..60)
            .map(|minute| tries(&codes, "A", NOW + Duration::minutes(minute), 5))
            .sum();
        assert_eq!(within, 10, "however they are spread");
        assert_eq!(
            tries(&codes, "A", NOW + Duration::minutes(60), 20),
            5,
            "the first five are an hour old"
        );
        assert_eq!(tries(&codes, "B", NOW, 20), 10, "each number has its own");
    }

    #[test]
    fn whoever_waits_is_told_until_when() {
        let codes = Codes::default();
        assert_eq!(tries(&codes, "A", NOW, 10), 10);
        let refused = codes.count("A", NOW + Duration::minutes(20));
        assert!(
            matches!(refused, Err(Failure::TooMany { retry_after: 2_400 })),
            "{refused:?}"
        );
        assert!(codes.count("A", NOW + Duration::minutes(60)).is_ok());
    }

    #[test]
    fn a_right_code_leaves_nothing_behind() {
        let codes = Codes::default();
        for _ in 0..100 {
            assert!(codes.count("A", NOW).is_ok());
            codes.was_right("A");
        }
        assert!(codes.0.lock().expect("unlocked").is_empty());
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_waiting_longer_than_an_hour() {
        let codes = Codes::default();
        assert_eq!(tries(&codes, "A", NOW, 10), 10);
        let before = NOW - Duration::DAY;
        let refused = codes.count("A", before);
        assert!(
            matches!(refused, Err(Failure::TooMany { retry_after: 3_600 })),
            "{refused:?}"
        );
        assert!(codes.count("A", before + Duration::HOUR).is_ok());
    }

    #[test]
    fn however_many_others_are_tried_what_is_closed_stays_closed() {
        let codes = Codes::default();
        assert_eq!(tries(&codes, "closed", NOW, 10), 10);
        for n in 0..KEPT + 10 {
            assert!(codes.count(&n.to_string(), NOW + Duration::SECOND).is_ok());
        }
        assert!(codes.count("closed", NOW + Duration::MINUTE).is_err());
    }

    #[test]
    fn however_many_numbers_are_tried_only_so_many_are_kept_the_latest_among_them() {
        let codes = Codes::default();
        for n in 0..KEPT + 10 {
            let at = NOW + Duration::milliseconds(i64::try_from(n).expect("small"));
            assert!(codes.count(&n.to_string(), at).is_ok());
        }
        let numbers = codes.0.lock().expect("unlocked");
        assert!(numbers.len() <= KEPT, "{}", numbers.len());
        assert!(numbers.contains_key(&(KEPT + 9).to_string()) && !numbers.contains_key("0"));
    }
}
