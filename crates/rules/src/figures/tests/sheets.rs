//! Columns of many cases against one case at a time.

use super::*;

/// A few hundred cases that differ in everything, made from their numbers.
fn crowd(n: u64) -> Vec<CaseFacts> {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let mut one = || {
        let mut at = |chance: u64| {
            let (is, minutes) = (next() % 10 < chance, (next() % (60 * 24 * 90)) as i64);
            is.then(|| datetime!(2016-11-01 00:00 +8) + Duration::minutes(minutes))
        };
        let moments: Vec<_> = [9, 8, 8, 6, 5, 4, 4, 8, 7, 5, 5, 8, 7].map(&mut at).into();
        let (visited, rated) = (at(3), at(3));
        let reported_at = at(10).unwrap_or(EARLY);
        let dice = next();
        let source = [Source::Proactive, Source::Request, Source::Handed][(dice % 3) as usize];
        let standing = match dice / 3 % 10 {
            0 => Standing::Voided,
            1 => Standing::Merged,
            2 => Standing::Redirected,
            3 => Standing::Withdrawn,
            _ => Standing::Live,
        };
        CaseFacts {
            standing,
            exempt: dice / 30 % 9 == 0,
            filed_at: moments[0],
            dispatch_due: moments[1],
            dispatched_at: moments[2],
            contact_due: moments[3],
            first_contact_at: moments[4],
            verify_due: moments[5],
            verified_at: moments[6],
            handle_due: moments[7],
            handled_at: moments[8],
            check_due: moments[9],
            checked_at: moments[10],
            due_at: moments[11],
            closed_at: moments[12],
            solved: dice & 1 == 0,
            reworks: (dice >> 8) as u16 % 3,
            returns: (dice >> 12) as u16 % 3,
            visit: visited.map(|at| Visit {
                at,
                found: if dice & 2 == 0 {
                    VisitFound::Solved
                } else {
                    VisitFound::NotSolved
                },
            }),
            rating: rated.map(|at| RatingFact {
                at,
                satisfied: dice & 4 == 0,
                solved: dice & 8 == 0,
            }),
            solved_by: [
                None,
                Some(SolvedBy::Micro),
                Some(SolvedBy::General),
                Some(SolvedBy::Above),
            ][(dice >> 20) as usize % 4],
            handling: moments[8].map(|_| Handling {
                calendar: Duration::minutes((dice >> 24) as i64 % 9_000),
                working: Duration::minutes((dice >> 24) as i64 % 3_000),
            }),
            ..CaseFacts::reported(reported_at, source)
        }
    };
    (0..n).map(|_| one()).collect()
}

fn counted(n: usize, case: &CaseFacts) -> Counted {
    Counted {
        id: crate::ids::CaseId(uuid::Uuid::from_u128(n as u128 * 7_919 % 100_003)),
        grid: crate::ids::GridId(uuid::Uuid::from_u128(n as u128 % 7)),
        category: ["", "20110", "10101"][n % 3].to_owned(),
        department: n
            .is_multiple_of(4)
            .then(|| crate::ids::DepartmentId(uuid::Uuid::from_u128(5))),
        channel: crate::case::Channel::ALL[n % 9],
        facts: case.days(CHINA),
    }
}

#[test]
fn columns_count_what_single_cases_count() {
    let cases = crowd(SHEET as u64);
    let mut sheet = Sheet::default();
    for (n, case) in cases.iter().enumerate() {
        assert!(sheet.put(&counted(n, case)));
    }
    for period in december()
        .split(Length::Week)
        .into_iter()
        .chain([december()])
    {
        let window = Window::of(&period);
        for figure in Figure::ALL {
            let (met, unmet) = sum(&sheet.codes(figure, &window, &[1; SHEET]));
            assert_eq!(
                figure.value(met, unmet),
                figure.of(&cases, &period),
                "{figure:?} {period:?}"
            );
        }
    }
    let (met, unmet) = sum(&sheet.codes(Figure::Closing, &Window::of(&december()), &[0; SHEET]));
    assert_eq!((met, unmet), (0, 0), "what is not asked for does not count");
}

#[test]
fn a_sheet_keeps_every_case_in_order_however_they_come_and_however_it_is_halved() {
    let cases = crowd(SHEET as u64);
    let mut sheet = Sheet::default();
    let mut all: Vec<Counted> = cases
        .iter()
        .enumerate()
        .map(|(n, case)| counted(n, case))
        .collect();
    for case in &all {
        assert!(
            sheet.put(case) && sheet.put(case),
            "the same case again takes no place"
        );
    }
    let one_more = counted(SHEET, &cases[0]);
    assert!(!sheet.put(&one_more), "a full sheet takes no more");
    all.sort_by_key(|case| case.id);
    let upper = sheet.halve();
    assert_eq!((sheet.len(), upper.len()), (SHEET / 2, SHEET / 2));
    let kept = |sheet: &Sheet| {
        (0..sheet.len())
            .filter_map(|at| sheet.counted(at))
            .collect::<Vec<_>>()
    };
    assert_eq!([kept(&sheet), kept(&upper)].concat(), all);
}

#[test]
fn a_sheet_outside_every_window_matters_to_none() {
    let mut sheet = Sheet::default();
    sheet.put(&counted(1, &closed(MIDDLE)));
    let stretch = sheet.stretch();
    assert!(Sheet::matters(stretch, &Window::of(&december())));
    let later = Period::month(2019, Month::March, CHINA).expect("a month");
    assert!(!Sheet::matters(stretch, &Window::of(&later)));
    let year_after = Period::month(2017, Month::December, CHINA).expect("a month");
    assert!(
        Sheet::matters(stretch, &Window::of(&year_after)),
        "it is the year before"
    );
    assert!(!Sheet::matters(
        Sheet::default().stretch(),
        &Window::of(&december())
    ));
}
