//! Columns of many cases against one case at a time.

use super::*;

/// A few hundred cases that differ in everything, made from their numbers.
pub(super) fn crowd(n: u64) -> Vec<CaseFacts> {
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

pub(super) fn counted(n: usize, case: &CaseFacts) -> Counted {
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
        for figures in &GROUPED {
            let flags = Flags::of(&sheet.columns, figures, &window);
            for (figure, (met, unmet)) in figures.iter().zip(flags.sums(&[1; SHEET])) {
                assert_eq!(
                    figure.value(met, unmet),
                    figure.of(&cases, &period),
                    "{figure:?} {period:?}"
                );
            }
        }
    }
    let window = Window::of(&december());
    let flags = Flags::of(&sheet.columns, &[Figure::Closing], &window);
    let none = [(0, 0); TOGETHER];
    let sums = flags.sums(&[0; SHEET]);
    assert_eq!(sums, none, "what is not asked for does not count");
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
fn a_figure_touches_the_days_of_every_case_that_counts_in_it() {
    let later = Period::month(2017, Month::January, CHINA).expect("a month");
    let year_after = Period::month(2017, Month::December, CHINA).expect("a month");
    for (n, case) in crowd(400).iter().enumerate() {
        let mut sheet = Sheet::default();
        sheet.put(&counted(n, case));
        let days = sheet.columns.stretches();
        for period in [december(), later, year_after] {
            let window = Window::of(&period);
            for figure in Figure::ALL {
                let counts = figure.part(case, &period) != Part::Outside;
                assert!(
                    !counts || figure.touches(&days, &window),
                    "{figure:?} passes over {case:?} in {period:?}"
                );
            }
        }
    }
}

#[test]
fn a_sheet_outside_a_window_is_passed_over_but_for_the_year_after() {
    let mut sheet = Sheet::default();
    sheet.put(&counted(1, &closed(MIDDLE)));
    let touching = |year, month| {
        let period = Period::month(year, month, CHINA).expect("a month");
        let (days, window) = (sheet.columns.stretches(), Window::of(&period));
        let touches = |figure: &Figure| figure.touches(&days, &window);
        Figure::ALL.into_iter().filter(touches).collect::<Vec<_>>()
    };
    assert!(touching(2016, Month::December).contains(&Figure::Closing));
    assert_eq!(touching(2017, Month::December), [Figure::YearOnYear]);
    assert_eq!(touching(2019, Month::March), []);
    let (none, window) = (Columns::default().stretches(), Window::of(&december()));
    assert!(
        Figure::ALL
            .iter()
            .all(|figure| !figure.touches(&none, &window))
    );
}

#[test]
fn packed_columns_open_as_they_were_in_a_third_of_the_bytes() {
    let cases = crowd(SHEET as u64);
    for n in [0, 1, 2, 77, SHEET] {
        let mut sheet = Sheet::default();
        for (n, case) in cases.iter().enumerate().take(n) {
            sheet.put(&counted(n, case));
        }
        let packed = Packed::of(&sheet.columns);
        let mut opened = Columns::default();
        opened.marks[0].fill(7);
        assert!(packed.open(&mut opened, Wanted::ALL), "{n} cases");
        assert_eq!(opened, sheet.columns, "{n} cases");
        let (head, each) = (600, 33);
        assert!(
            packed.bytes() < head + n * each,
            "{n} cases take {} bytes",
            packed.bytes()
        );
    }
}

#[test]
fn columns_that_are_not_wanted_stay_as_they_were() {
    let mut sheet = Sheet::default();
    for (n, case) in crowd(9).iter().enumerate() {
        sheet.put(&counted(n, case));
    }
    let packed = Packed::of(&sheet.columns);
    let open = |wanted| {
        let mut opened = Columns::default();
        assert!(packed.open(&mut opened, wanted));
        opened
    };
    let (fresh, all) = (Columns::default(), open(Wanted::ALL));
    let bare = open(Wanted::default());
    assert_eq!((bare.grid, bare.channel), (all.grid, all.channel));
    assert_eq!((bare.days, bare.calendar), (fresh.days, fresh.calendar));
    let days = open(Wanted {
        days: true,
        lengths: false,
    });
    assert_eq!((days.days, days.marks), (all.days, all.marks));
    assert_eq!(days.working, fresh.working);
}

#[test]
fn numbers_of_every_width_open_as_they_were_packed() {
    let mut columns = Columns {
        n: SHEET,
        ..Columns::default()
    };
    let widths = [
        0_u32,
        1,
        15,
        16,
        255,
        256,
        65_535,
        65_536,
        0xff_ffff,
        0x100_0000,
        u32::MAX - 1,
    ];
    for width in widths {
        for none in [false, true] {
            let number = |at: usize| match at % 3 {
                _ if none && at.is_multiple_of(5) => u32::MAX,
                0 => 0,
                1 => width,
                _ => width / 2,
            };
            columns.calendar = std::array::from_fn(number);
            columns.working = std::array::from_fn(|at| number(at).saturating_add(u32::from(none)));
            (0..SHEET).for_each(|at| columns.mark(at, width.wrapping_mul(at as u32) & 0x1f_ffff));
            let day = |at: usize| u16::try_from(number(at)).unwrap_or(NEVER);
            columns.days[0] = std::array::from_fn(day);
            let mut opened = Columns::default();
            assert!(Packed::of(&columns).open(&mut opened, Wanted::ALL));
            assert_eq!(opened, columns, "{width} {none}");
        }
    }
}

#[test]
fn bytes_that_are_cut_or_of_no_kind_are_no_columns() {
    let mut sheet = Sheet::default();
    for (n, case) in crowd(40).iter().enumerate() {
        sheet.put(&counted(n, case));
    }
    let mut bytes = Vec::new();
    sheet.columns.pack(&mut bytes);
    let mut into = Columns::default();
    let mut reads = |bytes: &[u8], n: usize| {
        let mut left = bytes;
        into.unpack(n, &mut left).map(|()| left.len())
    };
    assert_eq!(reads(&bytes, 40), Some(0));
    for end in 0..bytes.len() {
        assert_eq!(reads(&bytes[..end], 40), None, "cut at {end}");
    }
    assert_eq!(reads(&bytes, SHEET + 1), None);
    bytes[0] = 9;
    assert_eq!(reads(&bytes, 40), None);
}
