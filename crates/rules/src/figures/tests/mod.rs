//! The published month, and for every figure the cases at its edges.

mod clocks;
mod settled;
mod sheets;

use time::macros::datetime;
use time::{Duration, Month, OffsetDateTime};

use super::*;
use crate::calendar::CHINA;

const EARLY: OffsetDateTime = datetime!(2016-12-05 09:00 +8);
const MIDDLE: OffsetDateTime = datetime!(2016-12-15 09:00 +8);
const AFTER: OffsetDateTime = datetime!(2017-01-10 09:00 +8);

fn december() -> Period {
    Period::month(2016, Month::December, CHINA).expect("a month")
}

fn request() -> CaseFacts {
    CaseFacts::reported(EARLY, Source::Request)
}

/// Filed, due to be handled and closed within the month.
fn filed() -> CaseFacts {
    CaseFacts {
        filed_at: Some(EARLY),
        handle_due: Some(MIDDLE),
        due_at: Some(MIDDLE),
        ..request()
    }
}

fn closed(at: OffsetDateTime) -> CaseFacts {
    CaseFacts {
        handled_at: Some(at),
        closed_at: Some(at),
        solved: true,
        ..filed()
    }
}

fn part(figure: Figure, case: CaseFacts) -> Part {
    figure.part(&case, &december())
}

fn times(n: usize, case: CaseFacts) -> impl Iterator<Item = CaseFacts> {
    std::iter::repeat_n(case, n)
}

/// 996 filed: 972 due, of which 911 closed, of which 737 on time; 24 due later.
fn published_month() -> Vec<CaseFacts> {
    let not_due_yet = CaseFacts {
        due_at: Some(AFTER),
        handle_due: Some(AFTER),
        ..filed()
    };
    times(737, closed(MIDDLE - Duration::DAY))
        .chain(times(174, closed(MIDDLE + Duration::DAY)))
        .chain(times(61, filed()))
        .chain(times(24, not_due_yet))
        .collect()
}

#[test]
fn the_published_month_comes_out_as_published() {
    let month = published_month();
    let figure = |figure: Figure| figure.of(&month, &december());
    assert_eq!(
        month.iter().filter(|case| case.filed_at.is_some()).count(),
        996
    );
    assert_eq!(figure(Figure::Closing), Value::Ratio(Ratio::new(911, 972)));
    assert_eq!(figure(Figure::Closing).to_string(), "93.72 %");
    assert_eq!(
        figure(Figure::OnTimeClosing),
        Value::Ratio(Ratio::new(737, 972))
    );
    assert_eq!(figure(Figure::OnTimeClosing).to_string(), "75.82 %");
}

#[test]
fn the_published_events_come_out_as_published() {
    let events: Vec<_> = times(902, closed(MIDDLE))
        .chain(times(54, filed()))
        .collect();
    assert_eq!(
        Figure::Closing.of(&events, &december()).to_string(),
        "94.35 %"
    );
}

#[test]
fn a_unit_without_cases_shows_no_rate() {
    for figure in Figure::ALL {
        let nothing = if figure == Figure::NeedsSolved {
            "0"
        } else {
            "—"
        };
        assert_eq!(
            figure.of(&[], &december()).to_string(),
            nothing,
            "{figure:?}"
        );
    }
}

#[test]
fn what_is_closed_after_the_period_was_not_closed_in_it() {
    assert_eq!(part(Figure::Closing, closed(AFTER)), Part::Denominator);
    assert_eq!(part(Figure::Handling, closed(AFTER)), Part::Denominator);
}

#[test]
fn what_is_closed_in_the_period_counts_although_it_was_due_later() {
    let early = CaseFacts {
        due_at: Some(AFTER),
        ..closed(MIDDLE)
    };
    assert_eq!(part(Figure::OnTimeClosing, early), Part::Numerator);
}

#[test]
fn a_case_open_and_due_later_does_not_count() {
    let later = CaseFacts {
        due_at: Some(AFTER),
        handle_due: Some(AFTER),
        ..filed()
    };
    assert_eq!(part(Figure::Closing, later), Part::Outside);
    assert_eq!(part(Figure::Handling, later), Part::Outside);
}

#[test]
fn a_legal_deadline_at_the_end_of_the_month_belongs_to_that_month() {
    let last = CaseFacts {
        due_at: Some(datetime!(2016-12-31 23:59:59 +8)),
        ..filed()
    };
    assert_eq!(part(Figure::Closing, last), Part::Denominator);
}

#[test]
fn a_case_closed_in_the_second_of_its_deadline_is_on_time() {
    assert_eq!(part(Figure::OnTimeClosing, closed(MIDDLE)), Part::Numerator);
    let late = closed(MIDDLE + Duration::SECOND);
    assert_eq!(part(Figure::OnTimeClosing, late), Part::Denominator);
}

#[test]
fn voided_merged_redirected_and_withdrawn_cases_leave_both_sides() {
    let rates = [
        Figure::Closing,
        Figure::OnTimeClosing,
        Figure::Handling,
        Figure::OnTimeHandling,
    ];
    for figure in rates.into_iter().chain([Figure::Rework, Figure::Filing]) {
        for standing in [
            Standing::Voided,
            Standing::Merged,
            Standing::Redirected,
            Standing::Withdrawn,
        ] {
            let case = CaseFacts {
                standing,
                ..closed(MIDDLE)
            };
            assert_eq!(part(figure, case), Part::Outside, "{figure:?} {standing:?}");
        }
    }
}

#[test]
fn an_exempt_case_leaves_every_rate() {
    let everything = CaseFacts {
        dispatch_due: Some(MIDDLE),
        contact_due: Some(MIDDLE),
        verify_due: Some(MIDDLE),
        check_due: Some(MIDDLE),
        rating: Some(RatingFact {
            at: MIDDLE,
            satisfied: true,
            solved: true,
        }),
        ..closed(MIDDLE)
    };
    let exempt = CaseFacts {
        exempt: true,
        ..everything
    };
    // An appeal is about being late; it unsays neither a request nor a solution.
    let not_rates = [
        Figure::YearOnYear,
        Figure::PeriodOnPeriod,
        Figure::NeedsSolved,
        Figure::SolvedMicro,
        Figure::SolvedGeneral,
        Figure::SolvedCommunity,
        Figure::SolvedAbove,
    ];
    for figure in Figure::ALL
        .into_iter()
        .filter(|figure| !not_rates.contains(figure))
    {
        assert_ne!(part(figure, everything), Part::Outside, "{figure:?}");
        assert_eq!(part(figure, exempt), Part::Outside, "{figure:?}");
    }
}

#[test]
fn handling_counts_filed_cases_only() {
    let unfiled = CaseFacts {
        filed_at: None,
        ..closed(MIDDLE)
    };
    assert_eq!(part(Figure::Handling, unfiled), Part::Outside);
    assert_eq!(
        part(Figure::OnTimeHandling, closed(MIDDLE)),
        Part::Numerator
    );
    let late = closed(MIDDLE + Duration::DAY);
    assert_eq!(part(Figure::OnTimeHandling, late), Part::Denominator);
    assert_eq!(part(Figure::Handling, late), Part::Numerator);
}

#[test]
fn rework_is_counted_once_per_case() {
    let twice = CaseFacts {
        reworks: 2,
        ..closed(MIDDLE)
    };
    let cases = [twice, closed(MIDDLE)];
    assert_eq!(
        Figure::Rework.of(&cases, &december()),
        Value::Ratio(Ratio::new(1, 2))
    );
}

#[test]
fn a_case_fixed_on_the_spot_leaves_nothing_to_file() {
    let fixed = CaseFacts {
        filed_at: None,
        ..closed(MIDDLE)
    };
    assert_eq!(part(Figure::Filing, fixed), Part::Outside);
    assert_eq!(part(Figure::Filing, request()), Part::Denominator);
    assert_eq!(part(Figure::Filing, filed()), Part::Numerator);
    assert_eq!(
        part(Figure::Closing, fixed),
        Part::Numerator,
        "it is closed all the same"
    );
}

#[test]
fn a_voided_case_was_not_filed_accurately() {
    let voided = CaseFacts {
        standing: Standing::Voided,
        ..filed()
    };
    assert_eq!(part(Figure::AccurateFiling, voided), Part::Denominator);
    assert_eq!(part(Figure::AccurateFiling, filed()), Part::Numerator);
    let elsewhere = CaseFacts {
        standing: Standing::Merged,
        ..filed()
    };
    assert_eq!(part(Figure::AccurateFiling, elsewhere), Part::Outside);
}

#[test]
fn dispatch_is_on_time_by_its_own_clock_and_accurate_when_nobody_returned_it() {
    let due = EARLY + Duration::minutes(15);
    let waiting = CaseFacts {
        dispatch_due: Some(due),
        ..filed()
    };
    let dispatched = CaseFacts {
        dispatched_at: Some(due),
        ..waiting
    };
    let late = CaseFacts {
        dispatched_at: Some(due + Duration::MINUTE),
        ..waiting
    };
    let returned = CaseFacts {
        returns: 1,
        ..dispatched
    };
    assert_eq!(part(Figure::OnTimeDispatch, waiting), Part::Denominator);
    assert_eq!(part(Figure::OnTimeDispatch, dispatched), Part::Numerator);
    assert_eq!(part(Figure::OnTimeDispatch, late), Part::Denominator);
    assert_eq!(part(Figure::AccurateDispatch, late), Part::Numerator);
    assert_eq!(part(Figure::AccurateDispatch, waiting), Part::Denominator);
    assert_eq!(part(Figure::AccurateDispatch, returned), Part::Denominator);
}

#[test]
fn a_response_counts_where_somebody_waits_for_one() {
    let asked = CaseFacts {
        contact_due: Some(MIDDLE),
        ..request()
    };
    let answered = CaseFacts {
        first_contact_at: Some(MIDDLE),
        ..asked
    };
    let late = CaseFacts {
        first_contact_at: Some(MIDDLE + Duration::HOUR),
        ..asked
    };
    assert_eq!(part(Figure::Response, asked), Part::Denominator);
    assert_eq!(part(Figure::Response, answered), Part::Numerator);
    assert_eq!(part(Figure::Response, late), Part::Denominator);
    let anonymous = CaseFacts {
        contact_due: None,
        ..answered
    };
    assert_eq!(part(Figure::Response, anonymous), Part::Outside);
    let own = CaseFacts {
        source: Source::Proactive,
        ..answered
    };
    assert_eq!(part(Figure::Response, own), Part::Outside);
}

#[test]
fn the_reporters_last_word_says_whether_it_is_solved() {
    let visited = |found| Some(Visit { at: MIDDLE, found });
    let solved = CaseFacts {
        visit: visited(VisitFound::Solved),
        ..closed(MIDDLE)
    };
    let missed = CaseFacts {
        visit: visited(VisitFound::NotReached),
        ..closed(MIDDLE)
    };
    let later = Some(RatingFact {
        at: MIDDLE + Duration::DAY,
        satisfied: false,
        solved: false,
    });
    let unsolved = CaseFacts {
        rating: later,
        ..solved
    };
    assert_eq!(part(Figure::Resolution, solved), Part::Numerator);
    assert_eq!(part(Figure::Resolution, missed), Part::Outside);
    assert_eq!(part(Figure::Resolution, unsolved), Part::Denominator);
}

#[test]
fn satisfaction_of_fewer_than_five_is_not_shown() {
    let rated = |satisfied| CaseFacts {
        rating: Some(RatingFact {
            at: MIDDLE,
            satisfied,
            solved: true,
        }),
        ..closed(MIDDLE)
    };
    let mut cases: Vec<_> = times(3, rated(true))
        .chain(times(1, rated(false)))
        .collect();
    assert_eq!(
        Figure::Satisfaction.of(&cases, &december()).to_string(),
        "75.00 %"
    );
    cases.push(rated(true));
    assert_eq!(
        Figure::Satisfaction.of(&cases, &december()).to_string(),
        "80.00 %"
    );
}

#[test]
fn participation_is_over_requests_closed_in_the_period() {
    let rated = CaseFacts {
        rating: Some(RatingFact {
            at: AFTER,
            satisfied: true,
            solved: true,
        }),
        ..closed(MIDDLE)
    };
    let own = CaseFacts {
        source: Source::Proactive,
        ..rated
    };
    let cases = [rated, closed(MIDDLE), own, filed()];
    assert_eq!(
        Figure::Participation.of(&cases, &december()),
        Value::Ratio(Ratio::new(1, 2))
    );
}

#[test]
fn what_others_handed_over_is_neither_found_nor_told() {
    let from = |source| CaseFacts { source, ..filed() };
    let cases = [
        from(Source::Proactive),
        from(Source::Request),
        from(Source::Handed),
    ];
    assert_eq!(
        Figure::ProactiveDiscovery.of(&cases, &december()),
        Value::Ratio(Ratio::new(1, 2))
    );
}

#[test]
fn requests_are_compared_with_the_same_month_of_the_year_before() {
    let before = CaseFacts::reported(datetime!(2015-12-20 09:00 +8), Source::Request);
    let between = CaseFacts::reported(datetime!(2016-06-20 09:00 +8), Source::Request);
    let merged = CaseFacts {
        standing: Standing::Merged,
        ..request()
    };
    let own = CaseFacts {
        source: Source::Proactive,
        ..request()
    };
    let cases: Vec<_> = times(27, request())
        .chain(times(34, before))
        .chain(times(9, between))
        .chain(times(5, merged))
        .chain(times(5, own))
        .collect();
    let change = Figure::YearOnYear.of(&cases, &december());
    assert_eq!(
        change,
        Value::Change(Change {
            this: 27,
            before: 34
        })
    );
    assert_eq!(format!("{change:.1}"), "−20.6 %");
}

#[test]
fn an_appeal_or_a_redirection_does_not_make_a_request_unsaid() {
    let exempt = CaseFacts {
        exempt: true,
        ..request()
    };
    let redirected = CaseFacts {
        standing: Standing::Redirected,
        ..request()
    };
    assert_eq!(part(Figure::YearOnYear, exempt), Part::Numerator);
    assert_eq!(part(Figure::YearOnYear, redirected), Part::Numerator);
}

#[test]
fn a_need_is_solved_when_the_reporter_says_so() {
    let confirmed = CaseFacts {
        visit: Some(Visit {
            at: MIDDLE,
            found: VisitFound::Solved,
        }),
        ..closed(MIDDLE)
    };
    let figure = |case| part(Figure::NeedsSolved, case);
    assert_eq!(figure(confirmed), Part::Numerator);
    assert_eq!(figure(closed(MIDDLE)), Part::Outside, "nobody asked");
    assert_eq!(
        figure(CaseFacts {
            solved: false,
            ..confirmed
        }),
        Part::Outside,
        "will not be"
    );
    assert_eq!(
        figure(CaseFacts {
            source: Source::Proactive,
            ..confirmed
        }),
        Part::Outside
    );
    assert_eq!(
        figure(CaseFacts {
            closed_at: Some(AFTER),
            ..confirmed
        }),
        Part::Outside
    );
    assert_eq!(
        figure(CaseFacts {
            standing: Standing::Merged,
            ..confirmed
        }),
        Part::Outside
    );
}
