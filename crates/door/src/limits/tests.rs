//! The buckets with a clock that the test holds.

use super::*;
use time::macros::datetime;

const NOW: OffsetDateTime = datetime!(2026-11-23 09:00 +8);

fn from(address: &str) -> Origin {
    Origin {
        address: address.parse().expect("an address"),
        device: None,
    }
}

fn with_device(address: &str, device: u128) -> Origin {
    Origin {
        device: Some(Uuid::from_u128(device)),
        ..from(address)
    }
}

#[test]
fn ten_codes_an_hour_are_tried_per_number_and_no_more() {
    let buckets = Buckets::new(Limits::default());
    for _ in 0..10 {
        assert!(buckets.code("MH-20261123-0001", NOW).is_ok());
    }
    let refused = buckets.code("MH-20261123-0001", NOW);
    assert!(
        matches!(refused, Err(Failure::TooMany { retry_after: 3_600 })),
        "{refused:?}"
    );
    assert!(buckets.code("MH-20261123-0002", NOW).is_ok());
    let later = |minutes| buckets.code("MH-20261123-0001", NOW + Duration::minutes(minutes));
    assert!(later(59).is_err(), "ten within any hour");
    assert!(later(60).is_ok());
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
    assert!((0..1_000).all(|_| buckets.report(from("10.0.0.1"), NOW).is_ok()));
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
    assert!((0..61).any(|_| buckets.report(from("10.0.0.1"), NOW).is_err()));
    assert!(buckets.report(from("10.0.0.2"), NOW).is_ok());
}

#[test]
fn addresses_of_one_household_count_together() {
    let buckets = Buckets::new(Limits::default());
    for n in 0..60 {
        assert!(
            buckets
                .report(from(&format!("2001:db8::{n:x}")), NOW)
                .is_ok()
        );
    }
    assert!(buckets.report(from("2001:db8::ffff"), NOW).is_err());
    assert!(buckets.report(from("2001:db8:0:1::1"), NOW).is_ok());
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

#[test]
fn a_device_tells_three_at_once_and_ten_an_hour() {
    let buckets = Buckets::new(Limits::default());
    let one = with_device("10.0.0.1", 1);
    for _ in 0..3 {
        assert!(buckets.report(one, NOW).is_ok());
    }
    let refused = buckets.report(one, NOW);
    assert!(
        matches!(refused, Err(Failure::TooMany { retry_after: 360 })),
        "{refused:?}"
    );
    assert!(buckets.report(with_device("10.0.0.1", 2), NOW).is_ok());
    assert!(buckets.report(one, NOW + Duration::minutes(6)).is_ok());
}

#[test]
fn a_device_that_is_refused_uses_up_nothing_of_its_address() {
    let buckets = Buckets::new(Limits::default());
    let greedy = with_device("10.0.0.1", 1);
    let taken = (0..1_000).filter(|_| buckets.report(greedy, NOW).is_ok());
    assert_eq!(taken.count(), 3);
    let others = (2..1_000).filter(|n| buckets.report(with_device("10.0.0.1", *n), NOW).is_ok());
    assert_eq!(others.count(), 57);
}

#[test]
fn the_same_report_once_more_is_not_counted() {
    let buckets = Buckets::new(Limits::default());
    let one = with_device("10.0.0.1", 1);
    for _ in 0..100 {
        assert!(buckets.report(one, NOW).is_ok());
        buckets.report_was_none(one);
    }
}

#[test]
fn a_grid_is_told_two_hundred_an_hour_before_its_reports_queue() {
    let buckets = Buckets::new(Limits::default());
    let (busy, quiet) = (GridId(Uuid::from_u128(1)), GridId(Uuid::from_u128(2)));
    let rush: Vec<bool> = (0..201).map(|_| buckets.is_rush(busy, NOW)).collect();
    assert_eq!(rush.iter().filter(|rush| !**rush).count(), 200);
    assert!(rush[200]);
    assert!(!buckets.is_rush(quiet, NOW));
    assert!(!buckets.is_rush(busy, NOW + Duration::minutes(1)));
}

#[test]
fn only_wrong_passwords_count_so_an_office_behind_one_address_comes_to_work() {
    let buckets = Buckets::new(Limits::default());
    let office = from("10.0.0.1").address;
    for _ in 0..100 {
        assert!(buckets.sign_in(office, NOW).is_ok());
        buckets.sign_in_was_none(office);
    }
    let tries = (0..61).map(|_| buckets.sign_in(office, NOW).is_ok());
    assert_eq!(tries.filter(|ok| *ok).count(), 60);
}

#[test]
fn wrong_passwords_of_an_address_use_up_no_try_of_the_first_start() {
    let buckets = Buckets::new(Limits::default());
    let office = from("10.0.0.1").address;
    assert!((0..61).any(|_| buckets.sign_in(office, NOW).is_err()));
    let tries = (0..11).map(|_| buckets.setup(office, NOW).is_ok());
    assert_eq!(tries.filter(|ok| *ok).count(), 10);
}
