//! Reports in their small table: the first telling repeats nothing of its case, and is read as if it did.

mod house;

use house::{AT, CODE, case, found};
use rules::access::Scope;
use rules::case::{Case, Channel, CommandName, Place};
use rules::ids::{CommunityId, GridId, Number, ReportId};
use sea_orm::{ConnectionTrait, Statement};
use store::case::Remark;
use store::complaint::CaseWords;
use store::report::{Report, SealedContact};
use store::{Error, Store, Unit};
use testkit::on_both_databases;
use uuid::Uuid;

fn number(n: u32) -> Number {
    format!("{CODE}-20261123-{n:04}").parse().expect("a number")
}

fn placed(community: CommunityId) -> Case {
    Case {
        place: Some(Place {
            lon: 103.6,
            lat: 30.6,
        }),
        ..case(community, 1, 0)
    }
}

/// What was said first of a case.
fn first(case: &Case) -> Report {
    Report {
        id: ReportId(case.id.0),
        number: case.number.clone(),
        case: case.id,
        channel: Channel::Resident,
        words: "楼道灯坏（示例）".into(),
        place_note: "三单元".into(),
        grid: case.grid,
        category: None,
        place: case.place,
        answer_by: Some(AT + time::Duration::DAY),
        received_at: AT,
        entered_by: None,
    }
}

/// Somebody else says the same, from next door.
fn second(case: &Case) -> Report {
    Report {
        id: ReportId(Uuid::from_u128(77)),
        number: number(2),
        words: "又黑了（示例）".into(),
        place_note: String::new(),
        grid: GridId(Uuid::from_u128(5)),
        place: None,
        received_at: AT + time::Duration::HOUR,
        ..first(case)
    }
}

async fn keep(store: &Store, case: &Case, reports: &[Report]) {
    let (case, reports) = (case.clone(), reports.to_vec());
    let keep = async move |unit: &Unit| {
        let Some((first, others)) = reports.split_first() else {
            return unit.keep_case(&case, None).await;
        };
        unit.keep_telling(&case, None, first)?;
        for report in others {
            unit.keep_report(report).await?;
        }
        Ok::<(), Error>(())
    };
    store
        .unit(placed_in(store).await, keep)
        .await
        .expect("kept");
}

async fn placed_in(store: &Store) -> CommunityId {
    let communities = store.reader().communities().await.expect("readable");
    communities[0].id
}

/// How many reports stand in their table with a number of their own.
async fn numbered(store: &Store) -> i64 {
    let reader = store.reader();
    let sql = "SELECT count(*) AS n FROM reports WHERE number IS NOT NULL";
    let statement = Statement::from_string(reader.get_database_backend(), sql);
    let row = reader.query_one_raw(statement).await.expect("readable");
    row.expect("a row").try_get("", "n").expect("a count")
}

/// A new case with its first telling.
fn told(community: CommunityId, n: u32) -> Case {
    case(community, n, 0)
}

/// What another unit of the same commit does after a case was told.
#[derive(Clone, Copy)]
enum Neighbour {
    /// Looks at the case, then keeps.
    Keeps,
    /// Looks at the case, then is refused: what it had to write down for others must not go with it.
    IsRefused,
    /// Tells a case of a number that is used, and hears of it.
    TellsATakenNumber,
    /// The same, but believes to have kept it all the same.
    HidesATakenNumber,
}

/// One commit of three units: the first holds the writer until the others wait, the second tells a case. How the second one
/// ends, and its neighbour.
async fn together(
    store: &Store,
    case: Case,
    neighbour: Neighbour,
) -> (Result<(), Error>, Result<(), Error>) {
    let community = case.community;
    let (began, holds) = tokio::sync::oneshot::channel::<()>();
    let (go, gate) = std::sync::mpsc::channel::<()>();
    let holding = tokio::spawn({
        let store = store.clone();
        async move {
            let hold = async move |_: &Unit| {
                began.send(()).map_err(|()| Error::Closed)?;
                gate.recv().map_err(|_| Error::Closed)
            };
            store.unit(community, hold).await
        }
    });
    holds.await.expect("the writer began");
    let new = case.clone();
    let telling = store.unit(community, async move |unit: &Unit| {
        unit.keep_telling(&new, None, &first(&new))
    });
    let beside = store.unit(community, async move |unit: &Unit| match neighbour {
        Neighbour::Keeps => unit.report(ReportId(case.id.0)).await.map(|_| ()),
        Neighbour::IsRefused => {
            unit.report(ReportId(case.id.0)).await?;
            Err(Error::NotFound("something"))
        }
        Neighbour::TellsATakenNumber | Neighbour::HidesATakenNumber => {
            let again = Case {
                id: rules::ids::CaseId(Uuid::from_u128(99)),
                ..case
            };
            unit.keep_telling(&again, None, &first(&again))?;
            let heard = unit.settle().await;
            match neighbour {
                Neighbour::HidesATakenNumber => Ok(()),
                _ => heard,
            }
        }
    });
    let (telling, beside, ()) = tokio::join!(telling, beside, async move {
        // both have been handed over by now: futures are asked in their order, and the queue has room
        go.send(()).expect("the writer waits");
    });
    let _ = holding.await.expect("no panic");
    (telling, beside)
}

on_both_databases! {
    async fn a_case_is_found_by_the_next_unit_of_the_same_commit(db: Database) {
        let community = found(&db.store).await;
        let (kept, beside) = together(&db.store, told(community, 1), Neighbour::Keeps).await;
        beside.and(kept).expect("both kept");
        db.store.reader().report_numbered(community, &number(1)).await.expect("kept");
    }

    async fn a_refused_neighbour_takes_no_case_with_it(db: Database) {
        let community = found(&db.store).await;
        let (kept, refused) = together(&db.store, told(community, 1), Neighbour::IsRefused).await;
        kept.expect("whatever the neighbour does");
        assert!(matches!(refused, Err(Error::NotFound("something"))), "{refused:?}");
        db.store.reader().report_numbered(community, &number(1)).await.expect("kept");
    }

    async fn who_asks_hears_of_a_number_that_is_used_and_harms_nobody(db: Database) {
        let community = found(&db.store).await;
        let (kept, refused) = together(&db.store, told(community, 1), Neighbour::TellsATakenNumber).await;
        kept.expect("whatever the neighbour does");
        assert!(matches!(refused, Err(Error::Taken(_))), "{refused:?}");
        let kept = db.store.reader().report_numbered(community, &number(1)).await.expect("kept");
        assert_eq!(kept.id, ReportId(Uuid::from_u128(1)));
    }

    async fn who_hides_that_a_number_is_used_makes_nobody_believe_that_it_was_kept(db: Database) {
        let community = found(&db.store).await;
        let (telling, beside) = together(&db.store, told(community, 1), Neighbour::HidesATakenNumber).await;
        for end in [telling, beside] {
            assert!(matches!(end, Err(Error::Lost(_))), "{end:?}");
        }
        let nothing = db.store.reader().report_numbered(community, &number(1)).await;
        assert!(matches!(nothing, Err(Error::NotFound(_))), "{nothing:?}");
    }

    async fn what_no_database_keeps_is_refused_before_it_waits_with_others(db: Database) {
        let community = found(&db.store).await;
        let case = told(community, 1);
        let words = Report { words: "灯\u{0}坏了".into(), ..first(&case) };
        let keep = async move |unit: &Unit| unit.keep_telling(&case, None, &words);
        let refused = db.store.unit(community, keep).await;
        assert!(matches!(refused, Err(Error::Database(_))), "{refused:?}");
    }

    async fn both_tellings_of_a_case_are_found_in_every_way(db: Database) {
        let community = found(&db.store).await;
        let case = placed(community);
        let (one, two) = (first(&case), second(&case));
        keep(&db.store, &case, &[one.clone(), two.clone()]).await;
        assert_eq!(numbered(&db.store).await, 1, "the first one has the number of its case");

        let reader = db.store.reader();
        for report in [&one, &two] {
            assert_eq!(&reader.report(community, report.id).await.expect("by its id"), report);
            assert_eq!(&reader.report_numbered(community, &report.number).await.expect("by its number"), report);
            let (id, number, wanted) = (report.id, report.number.clone(), report.clone());
            db.store.unit(community, async move |unit: &Unit| {
                assert_eq!(unit.report(id).await?, wanted);
                assert_eq!(unit.report_numbered(&number).await?, wanted);
                assert_eq!(unit.told_words(wanted.case).await?, "楼道灯坏（示例）");
                Ok::<(), Error>(())
            }).await.expect("found while writing");
        }
        let unknown = reader.report_numbered(community, &number(9)).await;
        assert!(matches!(unknown, Err(Error::NotFound(_))));
        assert_eq!(reader.reports_of(community, case.id).await.expect("by the case"), [one.clone(), two]);
        let told = reader.case_told(&Scope::Community(community), community, &case.number).await.expect("the case");
        assert_eq!(told.report, Some(one));
        let words = reader.first_words(community, &[case.id]).await.expect("readable");
        assert_eq!(words[&case.id], "楼道灯坏（示例）");
        let places = reader.told_places(community, &[case.id]).await.expect("readable");
        let places = &places[&case.id];
        assert_eq!((places.len(), places[0].words.as_str()), (2, "三单元"), "each telling has its own");
        assert_eq!((places[0].grid, places[1].grid.is_some()), (None, true), "the first lies where its case does");
    }

    async fn a_first_telling_that_says_something_else_than_its_case_keeps_it(db: Database) {
        let community = found(&db.store).await;
        let case = placed(community);
        let others = [
            Report { grid: GridId(Uuid::from_u128(6)), ..first(&case) },
            Report { place: None, ..first(&case) },
            Report { number: number(8), ..first(&case) },
            Report { received_at: AT - time::Duration::HOUR, ..first(&case) },
        ];
        for (n, other) in others.into_iter().enumerate() {
            let case = Case { id: rules::ids::CaseId(Uuid::from_u128(100 + n as u128)), number: number(100 + n as u32), ..case.clone() };
            let other = Report { id: ReportId(case.id.0), case: case.id, number: if n == 2 { other.number } else { case.number.clone() }, ..other };
            keep(&db.store, &case, std::slice::from_ref(&other)).await;
            let reader = db.store.reader();
            assert_eq!(reader.report(community, other.id).await.expect("by its id"), other);
            assert_eq!(reader.report_numbered(community, &other.number).await.expect("by its number"), other);
            assert_eq!(reader.reports_of(community, case.id).await.expect("by the case"), [other]);
        }
        assert_eq!(numbered(&db.store).await, 4);
    }

    async fn a_telephone_number_is_known_for_whichever_telling_brought_it(db: Database) {
        let community = found(&db.store).await;
        let cases = [11, 12, 13].map(|n| Case { place: None, ..case(community, n, 0) });
        for case in &cases {
            keep(&db.store, case, &[first(case)]).await;
        }
        keep_more(&db.store, second(&cases[1])).await;
        for report in [first(&cases[0]).id, second(&cases[1]).id] {
            let sealed = SealedContact { name: None, phone: Some(vec![1]), visit_welcome: true, language: None, quiet: false };
            db.store.unit(community, async move |unit: &Unit| unit.keep_contact(report, &sealed).await).await.expect("kept");
        }
        let ids = cases.each_ref().map(|case| case.id);
        let reachable = db.store.reader().with_a_phone(community, &ids).await.expect("readable");
        assert_eq!(ids.map(|id| reachable.contains(&id)), [true, true, false]);
    }

    async fn words_sealed_before_their_case_was_kept_with_them_are_of_the_case_of_their_step(db: Database) {
        let community = found(&db.store).await;
        let (case, step) = (placed(community), Uuid::from_u128(88));
        keep(&db.store, &case, &[first(&case)]).await;
        let said = Remark {
            id: step,
            case: case.id,
            version: 1,
            command: CommandName::Answer,
            words: "三栋（示例）".into(),
            for_reporter: true,
            at: AT,
        };
        let kept = db.store.unit(community, async move |unit: &Unit| unit.keep_remark(&said).await);
        kept.await.expect("kept");
        for (of, row, found) in [("remark", step, Some(case.id)), ("remark", Uuid::nil(), None), ("result", step, None)] {
            let old = serde_json::json!({"said": [{"of": of, "row": row, "words": "三栋（示例）"}]});
            let old: CaseWords = serde_json::from_value(old).expect("the old form");
            let is = db.store.reader().case_of_words(community, &old).await.expect("readable");
            assert_eq!(is, found, "{of} {row}");
        }
    }
}

async fn keep_more(store: &Store, report: Report) {
    let keep = async move |unit: &Unit| unit.keep_report(&report).await;
    store
        .unit(placed_in(store).await, keep)
        .await
        .expect("kept");
}
