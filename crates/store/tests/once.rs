//! What may be there once is there once whichever process writes: the database itself refuses the second.

mod house;

use house::{AT, CODE, case, found};
use rules::ids::{CaseId, CommunityId, GridId, MediationId, MemberId, Number, ReportId};
use rules::mediation::{Mediation, State, Times};
use sea_orm::ConnectionTrait;
use store::order::Order;
use store::{Error, Store, Unit};
use testkit::on_both_databases;
use uuid::Uuid;

fn order(number: &str, case: u128) -> Order {
    Order {
        source: "hotline".into(),
        number: number.into(),
        case: CaseId(Uuid::from_u128(case)),
        report: ReportId(Uuid::from_u128(case)),
        due: None,
        basis: String::new(),
        digest: vec![1],
        received_at: AT,
    }
}

async fn keep(store: &Store, community: CommunityId, order: Order) -> Result<(), Error> {
    let kept = store.unit(community, async move |unit: &Unit| {
        unit.keep_order(&order).await
    });
    kept.await
}

fn mediation(community: CommunityId, n: u32, state: State, case: Option<CaseId>) -> Mediation {
    let number: Number = format!("{CODE}-20261123-{n:04}").parse().expect("a number");
    let somebody = MemberId(Uuid::from_u128(5));
    Mediation {
        community,
        id: MediationId(Uuid::from_u128(u128::from(n))),
        number,
        version: 1,
        kind: "neighbours".into(),
        grid: GridId(Uuid::from_u128(1)),
        case,
        opener: somebody,
        mediator: somebody,
        parties: 2,
        people: 2,
        state,
        times: Times {
            opened_at: AT,
            runs_from: AT,
            due_at: Some(AT),
            extensions: 0,
            overdue_told: false,
            ended_at: None,
            follow_at: None,
            called: false,
            finished_at: None,
        },
    }
}

async fn open(store: &Store, mediation: Mediation) -> Result<(), Error> {
    let kept = store.unit(mediation.community, async move |unit: &Unit| {
        unit.keep_mediation(&mediation).await
    });
    kept.await
}

on_both_databases! {
    async fn one_number_of_an_order_is_kept_once_however_another_process_writes_it(db: Database) {
        let community = found(&db.store).await;
        let other = Store::open(&db.address).await.expect("another process");
        keep(&db.store, community, order("SL-1", 1)).await.expect("kept");
        let again = keep(&other, community, order("ｓｌ１", 2)).await;
        assert!(matches!(again, Err(Error::Taken(_))), "{again:?}");
        keep(&other, community, order("SL-2", 3)).await.expect("another number");
        let found = other.reader().order(community, "hotline", "sl 1").await.expect("readable");
        assert_eq!(found.map(|order| order.number).as_deref(), Some("SL-1"));
    }

    async fn an_order_that_was_kept_with_the_apostrophe_of_a_workbook_is_found_by_its_number(db: Database) {
        let (address, community) = (db.anew().await, CommunityId(7));
        let old = Store::open_as_of(&address, 30).await.expect("the tables while the apostrophe was part of the key");
        for (number, n) in [("'SL-1", 1), ("=\"SL-2\"", 2), ("SL-3", 3)] {
            keep(&old, community, order(number, n)).await.expect("kept");
        }
        let keys = "UPDATE orders SET order_key = '''SL1' WHERE order_key = 'SL1'; UPDATE orders SET order_key = '=\"SL2\"' WHERE order_key = 'SL2';";
        let keyed = old.unit(community, async move |unit: &Unit| {
            unit.execute_unprepared(keys).await.map(|_| ()).map_err(Error::from)
        });
        keyed.await.expect("as they were then");
        drop(old);

        let store = Store::open(&address).await.expect("brought up to date");
        let keyed = store.unit(community, async |unit: &Unit| unit.key_orders("hotline").await);
        keyed.await.expect("they have keys");
        for (number, kept) in [("'SL-1", "'SL-1"), ("sl1", "'SL-1"), ("SL-2", "=\"SL-2\""), ("'SL-3", "SL-3")] {
            let found = store.reader().order(community, "hotline", number).await.expect("readable");
            assert_eq!(found.map(|order| order.number).as_deref(), Some(kept), "{number}");
        }
    }

    async fn a_case_has_one_mediation_at_a_time_and_one_that_is_over_stops_no_other(db: Database) {
        let community = found(&db.store).await;
        let other = Store::open(&db.address).await.expect("another process");
        let of = Some(case(community, 1, 0).id);
        open(&db.store, mediation(community, 11, State::Withdrawn, of)).await.expect("one of before");
        open(&db.store, mediation(community, 12, State::Open, of)).await.expect("the first that runs");
        let second = open(&other, mediation(community, 13, State::Drafted, of)).await;
        assert!(matches!(second, Err(Error::Taken(_))), "{second:?}");
        for n in [14, 15] {
            open(&other, mediation(community, n, State::Open, None)).await.expect("of no case there are many");
        }
    }
}
