//! What is settled against what is looked at day by day.

use super::sheets::{counted, crowd};
use time::macros::date;

use super::*;

fn sheet(cases: &[CaseFacts]) -> Sheet {
    let mut sheet = Sheet::default();
    for (n, case) in cases.iter().enumerate() {
        assert!(sheet.put(&counted(n, case)));
    }
    sheet
}

/// Periods that hold all days of a crowd, some of them, and none.
fn periods() -> Vec<Period> {
    let days = |from, to| Period::days(from, to, CHINA).expect("a period");
    let year = days(date!(2016 - 10 - 01), date!(2017 - 09 - 30));
    let mut periods = year.split(Length::Month);
    periods.extend([
        year,
        december(),
        days(date!(2019 - 01 - 01), date!(2019 - 03 - 31)),
    ]);
    periods
}

#[test]
fn every_case_stands_where_its_days_say_however_it_is_seen() {
    let cases = crowd(SHEET as u64);
    for cases in [&cases[..], &cases[..3], &cases[3..4], &[]] {
        let sheet = sheet(cases);
        let (columns, days) = (&sheet.columns, sheet.columns.stretches());
        let settled = Settled::of(columns);
        let chosen = std::array::from_fn(|at| u8::from(at < columns.n && at % 5 != 2));
        for period in periods() {
            let window = Window::of(&period);
            let sight = Sight::of(&days, &window);
            for (group, figures) in GROUPED.iter().enumerate() {
                let looked = Flags::of(columns, figures, &window).sums(&chosen);
                for (sight, settled) in [(sight, Some(&settled)), (sight.unsettled(), None)] {
                    let seen = Flags::seen(sight, group, (columns, settled), &window);
                    let sums = seen.map_or_else(Default::default, |flags| flags.sums(&chosen));
                    assert_eq!(sums, looked, "{figures:?} in {period:?}");
                }
            }
        }
    }
}

#[test]
fn a_period_that_holds_every_day_wants_no_days_and_one_that_cuts_through_does() {
    let sheet = sheet(&crowd(40));
    let days = sheet.columns.stretches();
    let wants = |period: &Period| {
        let sight = Sight::of(&days, &Window::of(period));
        (sight.is_any(), sight.wants_days())
    };
    let all = periods();
    assert_eq!(wants(&all[12]), (true, false), "the whole year");
    assert_eq!(wants(&december()), (true, true));
    assert_eq!(wants(&all[14]), (false, false), "another year");
}

#[test]
fn lengths_are_those_of_the_cases_that_count_whatever_the_period() {
    let sheet = sheet(&crowd(200));
    let columns = &sheet.columns;
    let chosen = std::array::from_fn(|at| u8::from(at % 3 != 0));
    let (mut looked, mut known) = (Vec::new(), Vec::new());
    columns.lengths(&Window::ALL, &chosen, |at, calendar, working| {
        looked.push((at, calendar, working));
    });
    Settled::of(columns).lengths(columns, &chosen, |at, calendar, working| {
        known.push((at, calendar, working));
    });
    assert!(looked.len() > 20);
    assert_eq!(known, looked);
}
