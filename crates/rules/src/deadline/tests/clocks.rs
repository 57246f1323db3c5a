//! Clocks that stop, go on, take a colour and explain themselves.

use time::macros::{date, datetime};
use time::{Duration, OffsetDateTime};

use super::limit;
use crate::calendar::sample::{calendar, notice_2025, notice_2026};
use crate::calendar::{Calendar, DayKind};
use crate::case::Due;
use crate::deadline::{
    Clock, ClockColour, ClockError, Pace, PauseReason, PauseShift, Step, consumed_share, is_late,
};

const MONDAY: OffsetDateTime = datetime!(2026-09-14 08:00 +8);

/// One working day, from Monday 08:00 to 18:00.
fn clock() -> Clock {
    Clock::start(MONDAY, limit("1工作日"))
}

#[test]
fn a_clock_cannot_stop_twice_or_go_on_while_it_runs() {
    let stopped = clock().pause(MONDAY, PauseReason::Suspended).expect("runs");
    assert_eq!(
        stopped.pause(MONDAY, PauseReason::WaitingForAnswer),
        Err(ClockError::Paused)
    );
    assert_eq!(clock().resume(MONDAY), Err(ClockError::Running));
}

#[test]
fn a_clock_never_goes_backwards() {
    let before = MONDAY - Duration::SECOND;
    assert_eq!(
        clock().pause(before, PauseReason::Suspended),
        Err(ClockError::Backwards)
    );
    let stopped = clock().pause(MONDAY, PauseReason::Suspended).expect("runs");
    assert_eq!(stopped.clone().resume(before), Err(ClockError::Backwards));
    let again = stopped
        .resume(MONDAY + Duration::HOUR)
        .expect("stands still");
    assert_eq!(
        again.pause(MONDAY, PauseReason::Suspended),
        Err(ClockError::Backwards)
    );
}

#[test]
fn a_pause_after_the_deadline_does_not_heal_lateness() {
    let late = clock()
        .pause(datetime!(2026-09-14 19:00 +8), PauseReason::Suspended)
        .and_then(|clock| clock.resume(datetime!(2026-09-15 09:00 +8)))
        .expect("in order");
    assert_eq!(late.due(&calendar()).at, datetime!(2026-09-14 18:00 +8));
    assert_eq!(late.explain(&calendar()).pauses[0].1, PauseShift::TooLate);
}

#[test]
fn a_standing_clock_keeps_its_deadline_and_is_blue_even_after_it() {
    let stopped = clock()
        .pause(MONDAY + Duration::HOUR, PauseReason::WaitingForAnswer)
        .expect("runs");
    assert_eq!(stopped.due(&calendar()).at, datetime!(2026-09-14 18:00 +8));
    assert_eq!(
        stopped.colour(datetime!(2026-10-14 18:00 +8), &calendar()),
        ClockColour::Blue
    );
    assert_eq!(
        stopped.consumed_share(datetime!(2026-10-14 18:00 +8), &calendar()),
        0.125
    );
    assert_eq!(stopped.paused(), Some(PauseReason::WaitingForAnswer));
}

#[test]
fn an_extension_adds_one_original_limit() {
    let extended = clock().extend();
    assert_eq!(extended.due(&calendar()).at, datetime!(2026-09-15 18:00 +8));
    let legal = Clock::start(MONDAY, limit("2工作日(法定)")).extend();
    assert_eq!(legal.due(&calendar()).at, datetime!(2026-09-18 23:59:59 +8));
}

#[test]
fn an_extension_that_leaves_the_published_years_is_provisional() {
    let clock = Clock::start(datetime!(2026-12-18 08:00 +8), limit("3工作日"));
    assert!(!clock.due(&calendar()).provisional);
    assert!(
        clock
            .extend()
            .extend()
            .extend()
            .due(&calendar())
            .provisional
    );
}

#[test]
fn a_pause_that_moves_the_deadline_out_of_the_published_years_makes_it_provisional() {
    let paused = |till| {
        Clock::start(datetime!(2026-12-18 08:00 +8), limit("1工作日"))
            .pause(datetime!(2026-12-18 09:00 +8), PauseReason::Suspended)
            .and_then(|clock| clock.resume(till))
            .expect("in order")
    };
    assert!(
        !paused(datetime!(2026-12-21 09:00 +8))
            .due(&calendar())
            .provisional
    );
    assert!(
        paused(datetime!(2027-01-05 09:00 +8))
            .due(&calendar())
            .provisional
    );
}

#[test]
fn a_clock_turns_yellow_at_four_fifths_and_red_after_the_deadline() {
    let colour = |at| clock().colour(at, &calendar());
    assert_eq!(colour(datetime!(2026-09-14 16:23 +8)), ClockColour::Green);
    assert_eq!(colour(datetime!(2026-09-14 16:24 +8)), ClockColour::Yellow);
    assert_eq!(colour(datetime!(2026-09-14 18:00 +8)), ClockColour::Yellow);
    assert_eq!(colour(datetime!(2026-09-14 18:00:01 +8)), ClockColour::Red);
}

#[test]
fn a_resumed_clock_does_not_count_its_pause_as_used() {
    let resumed = clock()
        .pause(datetime!(2026-09-14 10:00 +8), PauseReason::Suspended)
        .and_then(|clock| clock.resume(datetime!(2026-09-16 10:00 +8)))
        .expect("in order");
    assert_eq!(
        resumed.consumed_share(datetime!(2026-09-16 10:00 +8), &calendar()),
        0.25
    );
    assert_eq!(
        resumed.consumed_share(datetime!(2026-09-16 18:00 +8), &calendar()),
        1.0
    );
    assert_eq!(
        resumed.colour(datetime!(2026-09-16 12:00 +8), &calendar()),
        ClockColour::Green
    );
}

#[test]
fn a_legal_clock_stays_yellow_until_midnight_of_its_last_day() {
    let clock = Clock::start(MONDAY, limit("1工作日(法定)"));
    let colour = |at| clock.colour(at, &calendar());
    assert_eq!(
        colour(datetime!(2026-09-15 23:59:59 +8)),
        ClockColour::Yellow
    );
    assert_eq!(colour(datetime!(2026-09-16 00:00 +8)), ClockColour::Red);
}

#[test]
fn the_share_of_two_columns_follows_the_pace_of_the_unit() {
    let (due, now) = (
        datetime!(2026-09-14 18:00 +8),
        datetime!(2026-09-14 13:00 +8),
    );
    let share = |pace| consumed_share(MONDAY, due, now, pace, &calendar());
    assert_eq!(
        share(Pace::of(limit("1工作日").unit)),
        0.5,
        "half of the office hours"
    );
    assert_eq!(
        share(Pace::of(limit("10紧急工作时").unit)),
        0.5,
        "five of ten hours"
    );
    let colour = ClockColour::running(
        MONDAY,
        due,
        due + Duration::SECOND,
        Pace::Working,
        &calendar(),
    );
    assert_eq!(colour, ClockColour::Red);
}

#[test]
fn the_last_second_is_in_time() {
    let due = datetime!(2026-09-30 23:59:59 +8);
    assert!(!is_late(due + Duration::milliseconds(999), due));
    assert!(is_late(due + Duration::SECOND, due));
}

#[test]
fn a_late_notice_gives_another_deadline_and_the_same_calendar_none() {
    let clock = Clock::start(datetime!(2026-09-24 17:00 +8), limit("2工作日"));
    let without = Calendar::new([notice_2025()]);
    let before = clock.due(&without);
    assert_eq!(
        before,
        Due {
            at: datetime!(2026-09-28 17:00 +8),
            provisional: true
        }
    );
    assert_eq!(clock.recomputed(before, &without), None);
    let with = Calendar::new([notice_2025(), notice_2026()]);
    let firm = Due {
        at: datetime!(2026-09-29 17:00 +8),
        provisional: false,
    };
    assert_eq!(clock.recomputed(before, &with), Some(firm));
}

#[test]
fn an_explanation_names_the_days_off_as_one_step() {
    let calendar = calendar();
    let clock = Clock::start(datetime!(2026-09-24 17:00 +8), limit("2工作时"));
    let off = Step::Skipped {
        first: date!(2026 - 09 - 25),
        last: date!(2026 - 09 - 27),
        kind: DayKind::Holiday { name: "中秋节" },
    };
    let worked = |from, until| Step::Worked {
        from,
        until,
        kind: DayKind::Weekday,
    };
    assert_eq!(
        clock.explain(&calendar).steps,
        [
            worked(
                datetime!(2026-09-24 17:00 +8),
                datetime!(2026-09-24 18:00 +8)
            ),
            off,
            worked(
                datetime!(2026-09-28 08:00 +8),
                datetime!(2026-09-28 09:00 +8)
            ),
        ]
    );
}

#[test]
fn an_explanation_of_legal_days_starts_with_the_day_not_counted() {
    let calendar = calendar();
    let explained =
        Clock::start(datetime!(2026-05-08 23:50 +8), limit("1工作日(法定)")).explain(&calendar);
    assert_eq!(
        explained.steps,
        [
            Step::StartDay {
                date: date!(2026 - 05 - 08)
            },
            Step::DayCounted {
                nth: 1,
                date: date!(2026 - 05 - 09),
                kind: DayKind::MakeUp { name: "劳动节" }
            },
        ]
    );
}

#[test]
fn an_explanation_says_what_each_pause_added() {
    let paused = clock()
        .pause(
            datetime!(2026-09-14 11:00 +8),
            PauseReason::WaitingForAnswer,
        )
        .and_then(|clock| clock.resume(datetime!(2026-09-14 15:00 +8)))
        .expect("in order");
    let calendar = calendar();
    let explained = paused.explain(&calendar);
    assert_eq!(
        explained.pauses[0].1,
        PauseShift::Working(Duration::hours(2))
    );
    assert_eq!(explained.due.at, datetime!(2026-09-15 10:00 +8));
}

#[test]
fn a_clock_survives_being_written_and_read() {
    let stopped = clock()
        .pause(MONDAY, PauseReason::Suspended)
        .and_then(|clock| clock.resume(MONDAY + Duration::HOUR))
        .and_then(|clock| clock.pause(MONDAY + Duration::DAY, PauseReason::WaitingForAnswer))
        .expect("in order");
    let text = serde_json::to_string(&stopped).expect("json");
    assert_eq!(serde_json::from_str::<Clock>(&text).expect("json"), stopped);
}
