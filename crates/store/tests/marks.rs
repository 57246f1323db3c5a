//! Marks of cases that lists ask for: kept with every change, and put right on data from before there were any.

use rules::access::Scope;
use rules::case::{Case, Channel, Counts, State, Times};
use rules::ids::{CaseId, CommunityId, GridId, GridVersion, Number};
use sea_orm::ConnectionTrait;
use store::case::{Filter, Sort};
use store::community::Founding;
use store::{Error, Store, Unit};
use testkit::{Database, on_both_databases};
use time::OffsetDateTime;
use time::macros::datetime;
use uuid::Uuid;

const AT: OffsetDateTime = datetime!(2026-11-23 09:00 +8);
const CODE: &str = "510184999001";

async fn found(store: &Store) -> CommunityId {
    let founding = Founding {
        code: CODE.into(),
        name: "示例社区".into(),
        settings: "{}".into(),
        at: AT,
    };
    store.found(founding).await.expect("a free code").id
}

fn case(community: CommunityId, n: u32, reopenings: u16) -> Case {
    let number: Number = format!("{CODE}-20261123-{n:04}").parse().expect("a number");
    Case {
        community,
        id: CaseId(Uuid::from_u128(u128::from(n))),
        number,
        version: 1,
        grid: GridId(Uuid::from_u128(1)),
        grid_version: GridVersion(1),
        place: None,
        channel: Channel::Resident,
        reports: 1,
        category: None,
        catalogue_version: None,
        condition: None,
        limit: None,
        order_due: None,
        state: State::Reported { found: None },
        owner: None,
        first_receiver: None,
        adoption: None,
        tier: None,
        decided: false,
        leader_called: None,
        coordination: None,
        appeal: None,
        counts: Counts {
            reopenings,
            ..Counts::default()
        },
        times: Times {
            received_at: AT,
            filed_at: None,
            dispatched_at: None,
            accepted_at: None,
            handled_at: None,
            checked_at: None,
            closed_at: None,
            first_contact_at: None,
            visited_at: None,
            rated_at: None,
            told_at: None,
            contact_due: None,
            update_due: None,
            tier_due: None,
            answer_by: None,
            visit_due: None,
            handle_due: None,
            due_at: None,
            due_provisional: false,
        },
        rating: None,
    }
}

async fn reopened(store: &Store, community: CommunityId) -> Vec<Number> {
    let filter = Filter {
        reopened: true,
        ..Filter::default()
    };
    let scope = Scope::Community(community);
    let list = store
        .reader()
        .cases(&scope, community, &filter, Sort::Newest, 50, None)
        .await
        .expect("a list");
    assert_eq!(list.total, list.rows.len() as u64);
    list.rows.into_iter().map(|row| row.case.number).collect()
}

on_both_databases! {
    async fn a_case_is_marked_as_reopened_from_its_first_reopening_on(db: Database) {
        let community = found(&db.store).await;
        let before = case(community, 1, 0);
        let after = Case { version: 2, counts: Counts { reopenings: 1, ..Counts::default() }, ..before.clone() };
        let kept = before.clone();
        db.store.unit(community, async move |unit: &Unit| unit.keep_case(&kept, None).await).await.expect("kept");
        assert_eq!(reopened(&db.store, community).await, []);
        let saved = after.clone();
        db.store.unit(community, async move |unit: &Unit| unit.save_case(1, &saved, None).await).await.expect("saved");
        assert_eq!(reopened(&db.store, community).await, [after.number]);
    }

    async fn cases_from_before_the_mark_get_it_from_their_facts(db: Database) {
        let community = found(&db.store).await;
        let cases = [case(community, 1, 0), case(community, 2, 1), case(community, 3, 12)];
        let kept = cases.clone();
        db.store.unit(community, async move |unit: &Unit| {
            for case in &kept {
                unit.keep_case(case, None).await?;
            }
            // as the house stood before
            unit.execute_unprepared(
                "DROP INDEX cases_reopened; DROP INDEX cases_queued; \
                 ALTER TABLE cases DROP COLUMN reopened; ALTER TABLE cases DROP COLUMN queued; \
                 DELETE FROM migrations WHERE version = 3",
            ).await?;
            Ok::<(), Error>(())
        }).await.expect("an old house");
        let Database { store, address, folder } = db;
        drop(store);
        let store = Store::open(&address).await.expect("the old house opens");
        let mut found = reopened(&store, community).await;
        found.sort();
        assert_eq!(found, [cases[1].number.clone(), cases[2].number.clone()]);
        drop(folder);
    }
}
