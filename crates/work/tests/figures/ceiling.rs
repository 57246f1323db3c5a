//! Sheets there is no room for in memory: whatever the ceiling, every question gets the same answer and opens as many rows.

use std::sync::Arc;

use rules::calendar::CHINA;
use rules::case::Channel;
use rules::figures::{CaseFacts, Counted, Figure, Period, SHEET, Sheet, Source, Value};
use rules::ids::CaseId;
use store::figures::KeptSheet;
use testkit::House;
use time::macros::date;
use time::{Duration, OffsetDateTime, Time};
use uuid::Uuid;
use work::figures::{Question, figures};

/// Sheets of the history; more than are read at once.
const SHEETS: usize = 35;

/// A case a quarter of an hour after the other, every third closed two days later.
fn case(n: usize) -> CaseFacts {
    let first = OffsetDateTime::new_in_offset(date!(2026 - 01 - 01), Time::MIDNIGHT, CHINA);
    let at = first + Duration::minutes(15 * n as i64);
    let closed = n.is_multiple_of(3).then(|| at + Duration::days(2));
    CaseFacts {
        filed_at: Some(at),
        handled_at: closed,
        due_at: Some(at + Duration::days(3)),
        closed_at: closed,
        solved: true,
        ..CaseFacts::reported(at, Source::Request)
    }
}

fn id(n: usize) -> CaseId {
    CaseId(Uuid::from_u128(n as u128 + 1))
}

/// Keeps the history's sheets, as a follower that has read all.
pub async fn keep(house: &House) -> Vec<CaseFacts> {
    let cases: Vec<CaseFacts> = (0..SHEETS * SHEET).map(case).collect();
    let grids = ["G01-M01", "G02-M02"].map(|code| house.grid(code));
    let mut sheets = Vec::new();
    for (at, some) in cases.chunks(SHEET).enumerate() {
        let mut sheet = Box::<Sheet>::default();
        for (n, facts) in (at * SHEET..).zip(some) {
            sheet.put(&Counted {
                id: id(n),
                grid: grids[n % 2],
                category: ["20110", "10101"][n / 700 % 2].to_owned(),
                department: None,
                channel: Channel::ALL[n / 900 % 2],
                facts: facts.days(CHINA),
            });
        }
        let first = if at == 0 {
            CaseId(Uuid::nil())
        } else {
            id(at * SHEET)
        };
        sheets.push(KeptSheet { first, sheet });
    }
    let keep = async move |unit: &store::Unit| {
        for sheet in &sheets {
            unit.keep_figure_sheet(sheet, 1).await?;
        }
        unit.move_cursor("figures", 0, 1).await
    };
    house
        .store
        .unit::<_, store::Error, _>(house.community, keep)
        .await
        .expect("kept");
    cases
}

/// The house over the same database, with so many bytes for what figures count.
pub async fn with_room(house: &House, bytes: usize) -> Arc<work::House> {
    let folder = house.database.folder.path().join("data");
    let mut config = work::Config::new(house.database.address.clone(), folder);
    config.figures = bytes;
    let opened = work::House::open(config, house.clock.clone()).await;
    opened.expect("a house opens")
}

/// A quarter, and what is closed of it by a plain count.
pub async fn agrees(house: &work::House, community: rules::ids::CommunityId, cases: &[CaseFacts]) {
    let period = Period::days(date!(2026 - 03 - 05), date!(2026 - 06 - 04), CHINA).expect("days");
    let answer = figures(house, community, &Question::of(period))
        .await
        .expect("figures");
    for figure in [
        Figure::Closing,
        Figure::OnTimeClosing,
        Figure::Filing,
        Figure::YearOnYear,
        Figure::NeedsSolved,
    ] {
        assert_eq!(
            answer.all.value(figure),
            Some(figure.of(cases, &period)),
            "{figure:?}"
        );
    }
    assert!(
        matches!(answer.all.value(Figure::Closing), Some(Value::Ratio(ratio)) if ratio.numerator > 2_000)
    );
}
