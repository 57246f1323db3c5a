//! What holds for every start, every limit and every pause.

use proptest::prelude::*;
use proptest::sample::select;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

use super::{CONTINUOUS, WORKING};
use crate::calendar::Calendar;
use crate::calendar::sample::calendar;
use crate::case::{Limit, Reckoning, Unit};
use crate::deadline::{Clock, PauseReason};

/// Any second of 2025 to 2027, so also before, within and after what is published.
fn moment() -> impl Strategy<Value = OffsetDateTime> {
    (0..3 * 365 * 86_400_i64).prop_map(|s| datetime!(2025-01-01 00:00 UTC) + Duration::seconds(s))
}

fn any_unit() -> impl Strategy<Value = Unit> {
    let mut units = vec![Unit::LegalDay];
    units.extend(WORKING);
    units.extend(CONTINUOUS);
    select(units)
}

fn is_in_a_slot(at: OffsetDateTime, calendar: &Calendar) -> bool {
    let at = calendar.local(at);
    calendar
        .spans(at.date())
        .any(|span| span.opens < at && at <= span.closes)
}

/// A clock that stood still for `length` from a moment before its deadline on.
fn paused_clock(
    limit: Limit,
    start: OffsetDateTime,
    at: f64,
    length: i64,
) -> (Clock, OffsetDateTime, OffsetDateTime) {
    let due = calendar().due(limit, start).at;
    let seconds = (due - start).as_seconds_f64() * at;
    let since = start + Duration::seconds(Duration::seconds_f64(seconds).whole_seconds());
    let till = since + Duration::seconds(length);
    let clock = Clock::start(start, limit)
        .pause(since, PauseReason::Suspended)
        .and_then(|clock| clock.resume(till))
        .expect("paused after the start, resumed after the pause");
    (clock, since, till)
}

proptest! {
    #[test]
    fn more_time_never_ends_earlier(start in moment(), unit in any_unit(), n in 1..60_u16) {
        let calendar = calendar();
        let less = calendar.due(Limit { unit, n }, start).at;
        let more = calendar.due(Limit { unit, n: n + 1 }, start).at;
        prop_assert!(start < less && less < more);
    }

    #[test]
    fn a_deadline_of_working_time_lies_within_a_slot(start in moment(), unit in select(&WORKING), n in 1..60_u16) {
        let calendar = calendar();
        let due = calendar.due(Limit { unit, n }, start).at;
        prop_assert!(is_in_a_slot(due, &calendar));
    }

    #[test]
    fn exactly_the_limit_is_worked_before_the_deadline(start in moment(), n in 1..200_u16) {
        let calendar = calendar();
        let due = calendar.due(Limit { unit: Unit::WorkHour, n }, start).at;
        prop_assert_eq!(calendar.working_time(start, due), Duration::hours(i64::from(n)));
    }

    #[test]
    fn a_start_outside_the_slots_counts_from_the_next_opening(start in moment(), unit in select(&WORKING), n in 1..60_u16) {
        let calendar = calendar();
        let opening = (0..20)
            .map(|day| calendar.local(start).date() + Duration::days(day))
            .flat_map(|date| calendar.spans(date).collect::<Vec<_>>())
            .find(|span| span.closes > start)
            .map(|span| span.opens.max(start));
        let aligned = opening.expect("no holiday lasts twenty days");
        let limit = Limit { unit, n };
        prop_assert_eq!(calendar.due(limit, start).at, calendar.due(limit, aligned).at);
    }

    #[test]
    fn a_legal_limit_ends_on_a_working_day_with_n_days_counted(start in moment(), n in 1..60_u16) {
        let calendar = calendar();
        let due = calendar.due(Limit { unit: Unit::LegalDay, n }, start).at;
        prop_assert!(calendar.is_working_day(due.date()));
        let counted = calendar.working_days(calendar.local(start).date(), due.date());
        prop_assert_eq!(counted, u32::from(n));
    }

    #[test]
    fn the_offset_a_start_is_written_in_changes_nothing(start in moment(), unit in any_unit(), n in 1..60_u16) {
        let calendar = calendar();
        let limit = Limit { unit, n };
        prop_assert_eq!(calendar.due(limit, start), calendar.due(limit, calendar.local(start)));
    }

    #[test]
    fn a_pause_moves_working_time_by_exactly_the_working_time_paused(
        start in moment(), unit in select(&WORKING), n in 1..30_u16, at in 0.0..1.0, length in 0..4_000_000_i64,
    ) {
        let calendar = calendar();
        let limit = Limit { unit, n };
        let (clock, since, till) = paused_clock(limit, start, at, length);
        let (before, after) = (calendar.due(limit, start).at, clock.due(&calendar).at);
        prop_assert!(before <= after);
        prop_assert_eq!(calendar.working_time(before, after), calendar.working_time(since, till));
        prop_assert!(is_in_a_slot(after, &calendar));
    }

    #[test]
    fn a_pause_moves_continuous_time_by_exactly_its_length(
        start in moment(), unit in select(&CONTINUOUS), n in 1..60_u16, at in 0.0..1.0, length in 0..4_000_000_i64,
    ) {
        let limit = Limit { unit, n };
        let (clock, ..) = paused_clock(limit, start, at, length);
        let before = calendar().due(limit, start).at;
        prop_assert_eq!(clock.due(&calendar()).at - before, Duration::seconds(length));
    }

    #[test]
    fn a_pause_moves_legal_days_by_the_working_days_paused(
        start in moment(), n in 1..30_u16, at in 0.0..1.0, length in 0..4_000_000_i64,
    ) {
        let calendar = calendar();
        let limit = Limit { unit: Unit::LegalDay, n };
        let (clock, since, till) = paused_clock(limit, start, at, length);
        let date = |at| calendar.local(at).date();
        let (before, after) = (calendar.due(limit, start).at, clock.due(&calendar).at);
        prop_assert_eq!(
            calendar.working_days(date(before), date(after)),
            calendar.working_days(date(since), date(till))
        );
    }

    #[test]
    fn the_last_step_of_an_explanation_ends_at_the_deadline(
        start in moment(), unit in any_unit(), n in 1..30_u16, at in 0.0..1.0, length in 0..4_000_000_i64, extensions in 0..3,
    ) {
        use crate::deadline::Step;
        let calendar = calendar();
        let (clock, ..) = paused_clock(Limit { unit, n }, start, at, length);
        let clock = (0..extensions).fold(clock, |clock, _| clock.extend());
        let explained = clock.explain(&calendar);
        let end = match explained.steps.last() {
            Some(Step::Worked { until, .. } | Step::Continuous { until, .. }) => Some(*until),
            Some(Step::DayCounted { date, .. }) => Some(calendar.end_of(*date)),
            _ => None,
        };
        prop_assert_eq!(end, Some(explained.due.at));
        prop_assert_eq!(explained.due, clock.due(&calendar));
    }
}
