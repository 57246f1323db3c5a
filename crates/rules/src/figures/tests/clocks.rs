//! Verifying, checking, what was missed, on which level it was solved, against the month before.

use super::*;

#[test]
fn verifying_and_checking_are_on_time_by_their_own_clocks() {
    let asked = CaseFacts {
        verify_due: Some(MIDDLE),
        ..request()
    };
    let looked = CaseFacts {
        verified_at: Some(MIDDLE),
        ..asked
    };
    let late = CaseFacts {
        verified_at: Some(MIDDLE + Duration::HOUR),
        ..asked
    };
    assert_eq!(
        part(Figure::OnTimeVerify, request()),
        Part::Outside,
        "nobody was asked to look"
    );
    assert_eq!(part(Figure::OnTimeVerify, asked), Part::Denominator);
    assert_eq!(part(Figure::OnTimeVerify, looked), Part::Numerator);
    assert_eq!(part(Figure::OnTimeVerify, late), Part::Denominator);
    let handled = CaseFacts {
        check_due: Some(MIDDLE),
        ..filed()
    };
    let checked = CaseFacts {
        checked_at: Some(MIDDLE),
        ..handled
    };
    assert_eq!(part(Figure::OnTimeCheck, filed()), Part::Outside);
    assert_eq!(part(Figure::OnTimeCheck, handled), Part::Denominator);
    assert_eq!(part(Figure::OnTimeCheck, checked), Part::Numerator);
}

#[test]
fn what_residents_had_to_tell_the_net_missed() {
    let from = |source| CaseFacts { source, ..filed() };
    let cases = [
        Source::Proactive,
        Source::Request,
        Source::Handed,
        Source::Request,
    ]
    .map(from);
    let missed = Figure::MissedReports.of(&cases, &december());
    assert_eq!(missed, Value::Ratio(Ratio::new(2, 4)));
}

#[test]
fn the_shares_of_the_levels_are_over_what_was_solved() {
    let by = |level| CaseFacts {
        solved_by: Some(level),
        ..closed(MIDDLE)
    };
    let refused = CaseFacts {
        solved: false,
        ..by(SolvedBy::Micro)
    };
    let cases = [
        by(SolvedBy::Micro),
        by(SolvedBy::Micro),
        by(SolvedBy::Above),
        closed(MIDDLE),
        refused,
    ];
    let share = |figure: Figure| figure.of(&cases, &december());
    assert_eq!(share(Figure::SolvedMicro), Value::Ratio(Ratio::new(2, 4)));
    assert_eq!(share(Figure::SolvedGeneral), Value::Ratio(Ratio::new(0, 4)));
    assert_eq!(share(Figure::SolvedAbove), Value::Ratio(Ratio::new(1, 4)));
}

#[test]
fn requests_are_compared_with_the_month_before() {
    let before = CaseFacts::reported(datetime!(2016-11-20 09:00 +8), Source::Request);
    let cases: Vec<_> = times(3, request()).chain(times(2, before)).collect();
    let change = Figure::PeriodOnPeriod.of(&cases, &december());
    assert_eq!(change, Value::Change(Change { this: 3, before: 2 }));
}
