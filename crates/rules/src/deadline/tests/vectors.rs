//! The test vectors of `domain.md` §2.6.

use time::OffsetDateTime;
use time::macros::datetime;

use super::limit;
use crate::calendar::sample::{calendar, notice_2026};
use crate::calendar::{Calendar, YearNotice};
use crate::case::{Due, Reckoning};

fn due(start: OffsetDateTime, text: &str) -> Due {
    calendar().due(limit(text), start)
}

fn firm(at: OffsetDateTime) -> Due {
    Due {
        at,
        provisional: false,
    }
}

#[test]
fn a_make_up_sunday_is_worked_before_the_deadline() {
    assert_eq!(
        due(datetime!(2026-09-18 16:30 +8), "4工作时"),
        firm(datetime!(2026-09-20 10:30 +8))
    );
}

#[test]
fn a_start_at_lunch_waits_for_the_afternoon() {
    assert_eq!(
        due(datetime!(2026-09-18 13:10 +8), "2工作时"),
        firm(datetime!(2026-09-18 16:00 +8))
    );
}

#[test]
fn time_that_ends_with_the_slot_ends_there_and_not_after_lunch() {
    assert_eq!(
        due(datetime!(2026-09-20 07:00 +8), "4工作时"),
        firm(datetime!(2026-09-20 12:00 +8))
    );
}

#[test]
fn mid_autumn_is_left_out() {
    assert_eq!(
        due(datetime!(2026-09-24 17:00 +8), "2工作日"),
        firm(datetime!(2026-09-29 17:00 +8))
    );
}

#[test]
fn a_make_up_saturday_is_worked() {
    assert_eq!(
        due(datetime!(2026-02-13 17:30 +8), "1工作日"),
        firm(datetime!(2026-02-14 17:30 +8))
    );
}

#[test]
fn a_deadline_in_a_year_without_notice_keeps_new_year_free_and_is_provisional() {
    let found = due(datetime!(2026-12-31 17:00 +8), "2工作时");
    assert_eq!(
        found,
        Due {
            at: datetime!(2027-01-04 09:00 +8),
            provisional: true
        }
    );
}

#[test]
fn a_late_notice_makes_the_deadline_firm() {
    let notice = YearNotice::parse(
        r#"{"year":2027,"papers":["示例"],"days":[
            {"name":"元旦","date":"2027-01-01","isOffDay":true},
            {"name":"元旦","date":"2027-01-03","isOffDay":false}]}"#,
    )
    .expect("valid");
    let calendar = Calendar::new([notice_2026(), notice]);
    let found = calendar.due(limit("2工作时"), datetime!(2026-12-31 17:00 +8));
    assert_eq!(found, firm(datetime!(2027-01-03 09:00 +8)));
}

#[test]
fn legal_days_do_not_count_the_start_day() {
    assert_eq!(
        due(datetime!(2026-09-24 10:00 +8), "3工作日(法定)"),
        firm(datetime!(2026-09-30 23:59:59 +8))
    );
}

#[test]
fn legal_days_leave_out_golden_week_and_count_its_make_up_saturday() {
    assert_eq!(
        due(datetime!(2026-09-28 09:00 +8), "7工作日(法定)"),
        firm(datetime!(2026-10-13 23:59:59 +8))
    );
}

#[test]
fn legal_days_leave_out_spring_festival_and_count_both_saturdays() {
    assert_eq!(
        due(datetime!(2026-02-10 15:00 +8), "15工作日(法定)"),
        firm(datetime!(2026-03-09 23:59:59 +8))
    );
}

#[test]
fn a_legal_day_told_late_at_night_ends_with_the_make_up_saturday() {
    assert_eq!(
        due(datetime!(2026-05-08 23:50 +8), "1工作日(法定)"),
        firm(datetime!(2026-05-09 23:59:59 +8))
    );
}

#[test]
fn urgent_time_runs_through_nights_and_holidays_and_is_never_provisional() {
    let start = datetime!(2026-12-31 23:00 +8);
    assert_eq!(
        due(start, "2紧急工作时"),
        firm(datetime!(2027-01-01 01:00 +8))
    );
    assert_eq!(
        due(start, "1紧急工作日"),
        firm(datetime!(2027-01-01 23:00 +8))
    );
    assert_eq!(due(start, "30自然日"), firm(datetime!(2027-01-30 23:00 +8)));
    assert_eq!(due(start, "15分钟"), firm(datetime!(2026-12-31 23:15 +8)));
}

#[test]
fn a_start_in_utc_is_read_in_local_time() {
    let found = due(datetime!(2026-09-18 08:30 UTC), "4工作时");
    assert_eq!(found, firm(datetime!(2026-09-20 10:30 +8)));
    assert_eq!(
        due(datetime!(2026-05-08 15:50 UTC), "1工作日(法定)").at,
        datetime!(2026-05-09 23:59:59 +8)
    );
}

#[test]
fn the_end_of_time_ends_the_walk() {
    let start = datetime!(9999-12-30 12:00 +8);
    assert!(due(start, "3650工作日").at >= start);
    assert!(due(start, "3650工作日(法定)").at >= start);
    assert!(due(start, "3650自然日").at >= start);
}
