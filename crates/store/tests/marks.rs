//! Marks of cases that lists ask for: kept with every change, and put right on data from before there were any.

mod house;

use house::{AT, CODE, case, found};
use rules::access::Scope;
use rules::case::{Appeal, Case, Counts, Ruling, State, Times};
use rules::ids::{CommunityId, MemberId, Number};
use rules::journal::{Event, HouseEvent};
use sea_orm::ConnectionTrait;
use store::case::{Filter, Sort, Stir, Watch};
use store::journal::Note;
use store::{Address, Error, Store, Unit};
use testkit::{Database, on_both_databases};
use time::Duration;
use uuid::Uuid;

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
        db.store.unit(community, async move |unit: &Unit| unit.save_case(1, &saved, None, Stir::Worker(AT)).await).await.expect("saved");
        assert_eq!(reopened(&db.store, community).await, [after.number]);
    }

    async fn cases_from_before_the_mark_get_it_from_their_facts(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 2).await.expect("an old house");
        let rows = old_cases(&address, &[0, 1, 12]);
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old cases");
        drop(old);
        let store = Store::open(&address).await.expect("the old house opens");
        let mut found = reopened(&store, CommunityId(7)).await;
        found.sort();
        let number = |n: u32| case(CommunityId(7), n, 0).number;
        assert_eq!(found, [number(2), number(3)]);
    }

    async fn cases_from_before_the_watch_are_silent_since_their_last_step_with_a_column(db: Database) {
        let community = found(&db.store).await;
        let filed = Times { filed_at: Some(AT + Duration::HOUR), ..case(community, 2, 0).times };
        let cases = [
            case(community, 1, 0),
            Case { times: filed, ..case(community, 2, 0) },
            Case { state: State::Voided, ..case(community, 3, 0) },
        ];
        let kept = cases.clone();
        db.store.unit(community, async move |unit: &Unit| {
            for case in &kept {
                unit.keep_case(case, None).await?;
            }
            // as the house stood before
            unit.execute_unprepared(
                "DROP INDEX cases_stirred; ALTER TABLE cases DROP COLUMN stirred_at; DELETE FROM migrations WHERE version = 13",
            ).await?;
            Ok::<(), Error>(())
        }).await.expect("an old house");
        let Database {
            store,
            address,
            folder,
            ..
        } = db;
        drop(store);
        let store = Store::open(&address).await.expect("the old house opens");
        let watch = Watch::Silent(AT + Duration::DAY);
        let page = store.reader().watched(&Scope::Community(community), community, watch, None, 50).await.expect("a list");
        let found: Vec<_> = page.rows.into_iter().map(|(listed, at)| (listed.case.number, at)).collect();
        assert_eq!(found, [(cases[0].number.clone(), AT), (cases[1].number.clone(), AT + Duration::HOUR)]);
        drop(folder);
    }

    async fn what_waits_for_a_decision_is_read_from_the_facts_of_before(db: Database) {
        let community = found(&db.store).await;
        let asked = AT + Duration::HOUR;
        let accepted = |extension_asked| State::Accepted { waiting: None, extension_asked, whistle: None };
        let appeal = Appeal { by: MemberId(Uuid::from_u128(1)), at: AT + Duration::DAY, round: 0, ruling: Ruling::Waiting };
        let late = Times { due_at: Some(AT), ..case(community, 2, 0).times };
        let cases = [
            Case { state: accepted(Some(asked)), ..case(community, 1, 0) },
            Case { appeal: Some(appeal), times: late, ..case(community, 2, 0) },
            Case { state: accepted(None), ..case(community, 3, 0) },
            Case { appeal: Some(Appeal { ruling: Ruling::Refused { by: appeal.by }, ..appeal }), times: late, ..case(community, 4, 0) },
        ];
        let kept = cases.clone();
        db.store.unit(community, async move |unit: &Unit| {
            for case in &kept {
                unit.keep_case(case, None).await?;
            }
            // as the house stood before
            unit.execute_unprepared(
                "DROP INDEX cases_decision; DROP INDEX messages_new; \
                 ALTER TABLE cases DROP COLUMN decision_at; DELETE FROM migrations WHERE version = 23",
            ).await?;
            Ok::<(), Error>(())
        }).await.expect("an old house");
        let Database {
            store,
            address,
            folder,
            ..
        } = db;
        drop(store);
        let store = Store::open(&address).await.expect("the old house opens");
        let page = store.reader().watched(&Scope::Community(community), community, Watch::Decision, None, 50).await.expect("a list");
        let found: Vec<_> = page.rows.into_iter().map(|(listed, at)| (listed.case.number, at)).collect();
        assert_eq!(found, [(cases[0].number.clone(), asked), (cases[1].number.clone(), appeal.at)]);
        drop(folder);
    }

    async fn from_when_a_case_is_overdue_is_read_from_the_facts_of_before(db: Database) {
        let community = found(&db.store).await;
        let due = AT + Duration::HOUR;
        let suspended = |n, since| {
            let state = State::Suspended { since, until: AT + Duration::WEEK, waiting: None };
            let times = Times { due_at: Some(due), ..case(community, n, 0).times };
            Case { state, times, ..case(community, n, 0) }
        };
        let undecided = |n, state, (answer_by, due_at)| {
            let times = Times { answer_by, due_at, ..case(community, n, 0).times };
            Case { state, times, ..case(community, n, 0) }
        };
        let (soon, far) = (AT + Duration::MINUTE, AT + Duration::WEEK);
        let at_work = State::Accepted { waiting: None, extension_asked: None, whistle: None };
        let cases = [
            suspended(1, due + Duration::HOUR),
            suspended(2, due - Duration::MINUTE),
            suspended(3, due),
            undecided(4, State::Reported { found: None }, (Some(soon), None)),
            undecided(5, State::Filed, (Some(soon + Duration::MINUTE), Some(far))),
            undecided(6, at_work, (None, Some(far))),
        ];
        let kept = cases.clone();
        db.store.unit(community, async move |unit: &Unit| {
            for case in &kept {
                unit.keep_case(case, None).await?;
            }
            // the last that was done here
            unit.note(Note {
                at: soon + Duration::SECOND,
                occurred_at: None,
                actor: None,
                role: "clock",
                subject: None,
                event: Event::House(HouseEvent::AccountMade),
            });
            // as the house stood before
            unit.execute_unprepared(
                "DROP INDEX cases_late; DROP INDEX cases_undecided; ALTER TABLE cases DROP COLUMN late_at; \
                 ALTER TABLE cases DROP COLUMN decide_by_at; ALTER TABLE cases DROP COLUMN undecided_told_at; \
                 ALTER TABLE cases DROP COLUMN undecided_told_up_at; \
                 DELETE FROM migrations WHERE version = 27",
            ).await?;
            Ok::<(), Error>(())
        }).await.expect("an old house");
        let Database {
            store,
            address,
            folder,
            ..
        } = db;
        drop(store);
        let store = Store::open(&address).await.expect("the old house opens");
        let (reader, scope) = (store.reader(), Scope::Community(community));
        let now = AT + Duration::DAY;
        let page = reader.watched(&scope, community, Watch::Overdue(now), None, 50).await.expect("a list");
        let watched: Vec<_> = page.rows.into_iter().map(|(listed, at)| (listed.case.number, at)).collect();
        let number = |n: usize| cases[n].number.clone();
        assert_eq!(watched, [(number(3), soon), (number(4), soon + Duration::MINUTE), (number(0), due)]);
        let filter = Filter { due_before: Some(now), ..Filter::default() };
        let list = reader.cases(&scope, community, &filter, Sort::Due, 50, None).await.expect("a list");
        assert_eq!(list.total, 3);
        let mut sorted: Vec<_> = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..3 {
            let part = reader.cases(&scope, community, &filter, Sort::Due, 1, after.as_deref()).await.expect("a part");
            assert_eq!(part.next, part.rows.first().filter(|_| sorted.len() < 2).map(|row| Sort::Due.mark(&row.case)));
            sorted.extend(part.rows.into_iter().map(|row| row.case.number));
            after = part.next;
        }
        assert_eq!(sorted, [number(3), number(4), number(0)], "the longest late first, nobody having decided or not");
        assert_eq!(reader.overdue(community, now).await.expect("a count"), [(cases[0].grid, String::new(), 3)]);
        let [told, again] = [false, true].map(|again| reader.undecided_untold(community, (now, again), 50));
        let (told, again) = (told.await.expect("a list"), again.await.expect("a list"));
        let told: Vec<_> = told.into_iter().map(|one| one.case.number).collect();
        assert_eq!(told, [number(4)], "nothing is told that had passed when something was last done here");
        assert!(again.is_empty(), "{again:?}");
        for (n, case) in cases.iter().enumerate() {
            assert_eq!(case.is_open_and_late(now), [0, 3, 4].contains(&n), "the rules say the same of {n}");
        }
        drop(folder);
    }

    async fn what_is_withheld_or_was_decided_meanwhile_is_not_told_and_what_waits_is_told_once_to_each(db: Database) {
        let community = found(&db.store).await;
        let by = AT + Duration::MINUTE;
        let times = Times { answer_by: Some(by), ..case(community, 1, 0).times };
        let [withheld, waits, decided] = [1, 2, 3].map(|n| Case { times, ..case(community, n, 0) });
        let ids = [withheld.id, waits.id, decided.id];
        let (number, also) = (waits.number.clone(), decided.number.clone());
        db.store.unit(community, async move |unit: &Unit| {
            unit.keep_case(&withheld, None).await?;
            unit.execute_unprepared("UPDATE cases SET withheld = TRUE").await?;
            unit.keep_case(&waits, None).await?;
            unit.keep_case(&decided, None).await?;
            Ok::<(), Error>(())
        }).await.expect("kept");
        let reader = db.store.reader();
        let (now, later) = (by + Duration::MINUTE, by + Duration::HOUR);
        let untold = async |now, again| {
            let all = reader.undecided_untold(community, (now, again), 50).await.expect("a list");
            all.into_iter().map(|one| (one.case.number, one.told_at)).collect::<Vec<_>>()
        };
        assert_eq!(untold(by, false).await, [], "there is time");
        assert_eq!(untold(now, false).await, [(number.clone(), None), (also, None)]);
        let at_work = State::Accepted { waiting: None, extension_asked: None, whistle: None };
        let decided = Case { version: 2, state: at_work, times, ..case(community, 3, 0) };
        let tell = async |at, again| {
            db.store.unit(community, async move |unit: &Unit| {
                let mut told = Vec::new();
                for id in ids {
                    told.push(unit.undecided_is_told(id, (by, again), at).await?);
                }
                Ok::<_, Error>(told)
            }).await.expect("told")
        };
        db.store.unit(community, async move |unit: &Unit| unit.save_case(1, &decided, None, Stir::Worker(AT)).await).await.expect("saved");
        assert_eq!(tell(now, true).await, [false; 3], "those who decide hear of it first");
        assert_eq!(tell(now, false).await, [false, true, false]);
        assert_eq!(tell(later, false).await, [false; 3], "once");
        assert_eq!((untold(later, false).await, untold(now, true).await), (vec![], vec![]));
        assert_eq!(untold(later, true).await, [(number, Some(now))]);
        assert_eq!(tell(later, true).await, [false, true, false]);
        assert_eq!(untold(later + Duration::DAY, true).await, []);
    }

    async fn until_when_a_level_has_a_case_is_read_from_the_facts_of_before_and_nobody_is_told_of_it(db: Database) {
        let community = found(&db.store).await;
        let due = AT + Duration::HOUR;
        // no level has longer than there is for the work
        let times = Times { tier_due: Some(due + Duration::HOUR), handle_due: Some(due), ..case(community, 1, 0).times };
        let state = State::Accepted { waiting: None, extension_asked: None, whistle: None };
        let cases = [
            Case { state, times, ..case(community, 1, 0) },
            Case { times, ..case(community, 2, 0) },
        ];
        let kept = cases.clone();
        db.store.unit(community, async move |unit: &Unit| {
            for case in &kept {
                unit.keep_case(case, None).await?;
            }
            // as the house stood before
            unit.execute_unprepared(
                "DROP INDEX cases_tier; ALTER TABLE cases DROP COLUMN tier_due_at; ALTER TABLE cases DROP COLUMN tier_told_at; \
                 DELETE FROM migrations WHERE version = 24",
            ).await?;
            Ok::<(), Error>(())
        }).await.expect("an old house");
        let Database {
            store,
            address,
            folder,
            ..
        } = db;
        drop(store);
        let store = Store::open(&address).await.expect("the old house opens");
        let reader = store.reader();
        let watch = Watch::Tier(AT + Duration::DAY);
        let page = reader.watched(&Scope::Community(community), community, watch, None, 50).await.expect("a list");
        let found: Vec<_> = page.rows.into_iter().map(|(listed, at)| (listed.case.number, at)).collect();
        assert_eq!(found, [(cases[0].number.clone(), due)], "only while that clock runs");
        assert_eq!(reader.untold_tiers(community, AT + Duration::DAY, 50).await.expect("a list"), []);
        drop(folder);
    }

    async fn a_level_that_had_longer_than_there_is_for_the_work_keeps_that_in_rows_from_before_and_is_not_told_early(db: Database) {
        let community = found(&db.store).await;
        let (end, own) = (AT + Duration::HOUR, AT + Duration::hours(9));
        let times = Times { tier_due: Some(own), handle_due: Some(end), ..case(community, 1, 0).times };
        let state = State::Accepted { waiting: None, extension_asked: None, whistle: None };
        let old = Case { state, times, ..case(community, 1, 0) };
        let (now, scope) = (AT + Duration::hours(5), Scope::Community(community));
        let after = db.store.unit(community, async move |unit: &Unit| {
            unit.keep_case(&old, None).await?;
            // as the row was kept before: its column with the level's own time, and nothing more among its facts
            unit.execute_unprepared(&format!("UPDATE cases SET tier_due_at = {}", own.unix_timestamp() * 1_000_000)).await?;
            let read = unit.case_numbered(&scope, &old.number).await?.case;
            assert_eq!(read.tier_runs_until(), Some(own));
            let next = Case { version: read.version + 1, ..read };
            unit.save_case(next.version - 1, &next, None, Stir::Worker(now)).await?;
            unit.case_numbered(&scope, &old.number).await
        }).await.expect("saved").case;
        assert_eq!(after.tier_runs_until(), Some(own), "the next step does not take it back");
        let reader = db.store.reader();
        assert_eq!(reader.untold_tiers(community, now, 50).await.expect("a list"), []);
        assert_eq!(reader.untold_tiers(community, own + Duration::HOUR, 50).await.expect("a list"), [(after, own)]);
    }
}

/// A community with cases as the second version wrote them, reopened so often each.
fn old_cases(address: &Address, reopenings: &[u16]) -> String {
    let id = |n: usize| {
        let hex = Uuid::from_u128(n as u128).simple().to_string();
        match address {
            Address::Sqlite(_) => format!("x'{hex}'"),
            Address::Postgres(_) => format!("'{hex}'"),
        }
    };
    let at = AT.unix_timestamp() * 1_000_000;
    let mut sql = format!(
        "INSERT INTO communities (id, code, name, kind, settings, net, created_at) VALUES (7, '{CODE}', '示例社区', 'community', '{{}}', 1, {at});"
    );
    for (index, times) in reopenings.iter().enumerate() {
        let n = index + 1;
        let counts = format!(
            r#"{{"returns":0,"transfers":0,"reworks":0,"extensions":0,"suspensions":0,"escalations":0,"reopenings":{times}}}"#
        );
        let facts =
            format!(r#"{{"st":{{"s":"reported"}},"gv":1,"ch":"resident","r":1,"n":{counts}}}"#);
        sql += &format!(
            "INSERT INTO cases (community_id, id, number, version, state, grid_id, received_at, facts) \
             VALUES (7, {}, {}, 1, 'reported', {}, {at}, '{facts}');",
            id(n),
            20_261_123_000_000 + n,
            id(1)
        );
    }
    sql
}
