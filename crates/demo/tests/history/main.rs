//! The history keeps the rules of the life cycle and shows the promised figures on any day.

mod replay;

use demo::calendar::calendar;
use demo::files::COMMITTED_SEED;
use demo::history::{History, Month, figures, history, last_full_month};
use replay::{Told, replay};
use rules::case::{Case, Channel, Outcome, StateName};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use time::macros::{date, offset};
use time::{Date, OffsetDateTime};

type Outcomes = Result<(), Box<dyn std::error::Error>>;

const DAYS: [Date; 6] = [
    date!(2026 - 11 - 23),
    date!(2026 - 11 - 01),
    date!(2027 - 01 - 09),
    date!(2027 - 10 - 08),
    date!(2028 - 03 - 15),
    date!(2028 - 02 - 29),
];

/// One history and every case after its last row.
struct Replayed {
    today: Date,
    told: BTreeMap<String, Told>,
}

/// The histories of all [`DAYS`], made and replayed once for all tests.
static REPLAYED: LazyLock<Vec<Result<Replayed, String>>> = LazyLock::new(|| {
    let replayed = |today: Date| {
        let told = made(today).and_then(|history| replay(&history.rows));
        told.map(|told| Replayed { today, told })
            .map_err(|why| why.to_string())
    };
    std::thread::scope(|scope| {
        let threads = DAYS.map(|today| scope.spawn(move || replayed(today)));
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err("a panic".to_owned())))
            .collect()
    })
});

fn replayed() -> Result<Vec<&'static Replayed>, String> {
    REPLAYED
        .iter()
        .map(|one| one.as_ref().map_err(Clone::clone))
        .collect()
}

fn made(today: Date) -> Result<History, Box<dyn std::error::Error>> {
    Ok(history(COMMITTED_SEED, today, &calendar()?)?)
}

fn month(today: Date) -> Month {
    last_full_month(today).unwrap_or_else(|| panic!("{today} has a month before it"))
}

fn counts(case: &Case) -> bool {
    !matches!(
        case.state.kind(),
        StateName::Voided | StateName::Merged | StateName::Redirected | StateName::Withdrawn
    )
}

fn closed_in(case: &Case, month: Month) -> bool {
    case.times.closed_at.is_some_and(|at| month.holds(at))
}

#[test]
fn every_row_is_accepted_by_the_real_life_cycle() -> Outcomes {
    for Replayed { today, told } in replayed()? {
        let today = *today;
        assert!(
            (7_000..9_000).contains(&told.len()),
            "{today}: {} cases",
            told.len()
        );
    }
    Ok(())
}

#[test]
fn the_last_full_month_shows_four_hundred_fifty_closed_of_five_hundred_fifty_due() -> Outcomes {
    for Replayed { today, told } in replayed()? {
        let today = *today;
        let month = month(today);
        let cases: Vec<&Case> = told
            .values()
            .map(|one| &one.case)
            .filter(|case| counts(case))
            .collect();
        let due_in = |case: &&&Case| case.times.due_at.is_some_and(|at| month.holds(at));
        let closed = cases.iter().filter(|case| closed_in(case, month)).count();
        let due = cases
            .iter()
            .filter(|case| due_in(case) || closed_in(case, month))
            .count();
        assert_eq!((closed, due), (figures::CLOSED, figures::DUE), "{today}");
        let early =
            |case: &&&Case| due_in(case) && case.times.closed_at.is_some_and(|at| at < month.start);
        assert_eq!(
            cases.iter().filter(early).count(),
            0,
            "{today}: due in the month but closed before it"
        );
    }
    Ok(())
}

#[test]
fn residents_requests_are_a_fifth_fewer_than_a_year_before_on_every_way() -> Outcomes {
    for Replayed { today, told } in replayed()? {
        let today = *today;
        let (now, then) = (month(today), year_before(month(today)));
        let received = |month: Month, channel| {
            let within = |one: &&Told| {
                one.case.channel == channel && month.holds(one.case.times.received_at)
            };
            told.values().filter(within).count()
        };
        let ways = [
            Channel::Resident,
            Channel::Hotline,
            Channel::Phone,
            Channel::Desk,
            Channel::Department,
        ];
        for way in ways {
            assert_eq!(
                received(now, way) * 34,
                received(then, way) * 27,
                "{today} {way:?}"
            );
        }
        let requests =
            |month| received(month, Channel::Resident) + received(month, Channel::Hotline);
        let change = requests(now) as f64 / requests(then) as f64 - 1.0;
        assert_eq!(format!("{:.1}", change * 100.0), "-20.6", "{today}");
    }
    Ok(())
}

fn year_before(month: Month) -> Month {
    let back = |at: OffsetDateTime| at.replace_year(at.year() - 1).unwrap_or(at);
    Month {
        start: back(month.start),
        end: back(month.end),
    }
}

#[test]
fn fifty_six_needs_are_solved_in_the_last_full_month() -> Outcomes {
    for Replayed { today, told } in replayed()? {
        let today = *today;
        let month = month(today);
        let within = |at: &Option<OffsetDateTime>| at.is_some_and(|at| month.holds(at));
        let solved = |one: &&Told| {
            let confirmed =
                one.case.rating.is_some_and(|rating| rating.solved) && within(&one.rated);
            let visited = one.case.visitor().is_some() && within(&one.visited);
            one.case.outcome() == Some(Outcome::Solved)
                && closed_in(&one.case, month)
                && one.has_reporter
                && (confirmed || visited)
        };
        assert_eq!(
            told.values().filter(solved).count(),
            figures::NEEDS_SOLVED,
            "{today}"
        );
        let other = |one: &&Told| within(&one.rated) || within(&one.visited);
        assert_eq!(
            told.values().filter(other).count(),
            figures::NEEDS_SOLVED,
            "{today}: heard in the month"
        );
    }
    Ok(())
}

#[test]
fn cases_stand_in_every_state_at_the_end() -> Outcomes {
    for Replayed { today, told } in replayed()? {
        let today = *today;
        let states: BTreeSet<StateName> = told.values().map(|one| one.case.state.kind()).collect();
        assert_eq!(states, StateName::ALL.into_iter().collect(), "{today}");
    }
    Ok(())
}

#[test]
fn every_command_of_the_main_way_happens_but_what_follows_when_somebody_is_late() -> Outcomes {
    let history = made(DAYS[0])?;
    let happened: BTreeSet<&str> = history
        .rows
        .iter()
        .map(|row| row.command.as_str())
        .collect();
    // What goes on beside the way (adoption, whistles, callings together, appeals) begins with `adopt`.
    let main = rules::case::CommandName::ALL
        .iter()
        .take_while(|name| name.as_str() != "adopt");
    // a task that nobody took, a question that nobody answered, a visit that nobody made: in the history everybody is in time
    let late = ["escalate", "lapse", "pass_visit"];
    for name in main.filter(|name| !late.contains(&name.as_str())) {
        assert!(happened.contains(name.as_str()), "{name}");
    }
    Ok(())
}

#[test]
fn whistles_callings_together_adoptions_and_appeals_happen_and_come_to_an_end() -> Outcomes {
    for Replayed { today, told } in replayed()? {
        let cases = || told.values().map(|one| &one.case);
        let adopted = cases().filter(|case| case.adoption.is_some()).count();
        let together = cases().filter(|case| case.coordination.is_some());
        let open = together.clone().filter(|case| {
            let held = case.coordination.as_ref();
            case.state.kind() == StateName::Closed && held.is_some_and(|held| !held.open.is_empty())
        });
        assert_eq!(
            open.count(),
            0,
            "{today}: closed with something agreed open"
        );
        let appeals: Vec<_> = cases().filter_map(|case| case.appeal).collect();
        let granted = cases().filter(|case| case.is_exempt()).count();
        let counts = [adopted, together.count(), granted, appeals.len() - granted];
        assert!(counts.iter().all(|n| *n >= 5), "{today}: {counts:?}");
    }
    let history = made(DAYS[0])?;
    let count = |command: &str| {
        history
            .rows
            .iter()
            .filter(|row| row.command == command)
            .count()
    };
    let (whistles, late) = (count("whistle"), count("climb"));
    assert!(
        late >= 3 && whistles >= 4 * late / 2,
        "{whistles} whistles, {late} late"
    );
    assert!(
        whistles - count("rate_response") <= 2,
        "nearly all are over"
    );
    Ok(())
}

#[test]
fn rows_come_by_time_and_end_the_day_before() -> Outcomes {
    let history = made(DAYS[0])?;
    assert!(
        history
            .rows
            .is_sorted_by(|a, b| a.occurred_at <= b.occurred_at)
    );
    let last = history
        .rows
        .last()
        .map(|row| row.occurred_at.clone())
        .unwrap_or_default();
    assert!(last.starts_with("2026-11-22"), "{last}");
    let first = &history.rows[0].occurred_at;
    assert!(
        first.starts_with("2025-09-23") && first.ends_with("+08:00"),
        "{first}"
    );
    Ok(())
}

#[test]
fn the_same_seed_and_day_give_the_same_bytes() -> Outcomes {
    let bytes = |today| -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let mut all = Vec::new();
        made(today)?.write_csv(&mut all)?;
        Ok(all)
    };
    assert!(bytes(DAYS[0])? == bytes(DAYS[0])?);
    assert!(bytes(DAYS[0])? != bytes(DAYS[1])?);
    Ok(())
}

#[test]
fn other_seeds_show_the_same_figures() -> Outcomes {
    for seed in 1..=2 {
        let told = replay(&history(seed, DAYS[0], &calendar()?)?.rows)?;
        let month = month(DAYS[0]);
        let closed = told
            .values()
            .filter(|one| counts(&one.case) && closed_in(&one.case, month))
            .count();
        assert_eq!(closed, figures::CLOSED, "seed {seed}");
    }
    Ok(())
}

#[test]
fn phones_of_reporters_cannot_ring() -> Outcomes {
    let history = made(DAYS[0])?;
    let mut phones = history
        .rows
        .iter()
        .map(|row| &row.contact_phone)
        .filter(|phone| !phone.is_empty());
    assert!(phones.all(|phone| phone.len() == 11 && phone.starts_with("100")));
    assert_eq!(month(DAYS[0]).start.offset(), offset!(+8));
    Ok(())
}
