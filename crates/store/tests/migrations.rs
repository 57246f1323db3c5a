//! Migrations run on the data of those who came before: nothing is lost, and the chain of the journal still holds.

use rules::access::Scope;
use rules::case::{Channel, Deed, StateName};
use rules::ids::{CaseId, CommunityId, GridId, MemberId, Number};
use rules::journal::Event;
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use store::case::Stir;
use store::message::Marked;
use store::{Address, Error, Store, Unit};
use testkit::on_both_databases;
use uuid::Uuid;

const COMMUNITY: CommunityId = CommunityId(7);
const CASE: Uuid = Uuid::from_u128(0xca5e);
const MEMBER: Uuid = Uuid::from_u128(0x3e3b);
const AT: i64 = 1_763_859_600_000_000;

/// An event as the first version wrote it.
const FILED: &str = r#"{"from":"reported","to":"filed","grid":"00000000-0000-0000-0000-0000000000aa","was":[],"category":"20110","due":1764000000000,"t":"filed","condition":"1"}"#;

/// The hash of the first entry, as the first version made it.
fn hash() -> [u8; 32] {
    let event = FILED.as_bytes().to_vec();
    let (actor, subject) = (Some(MEMBER), Some(CASE));
    chained(
        [0; 32],
        1,
        &Old {
            actor,
            role: "desk",
            subject,
            event,
        },
    )
}

/// Bytes and ids as each database writes them in SQL.
fn bytes(address: &Address, bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    match address {
        Address::Sqlite(_) => format!("x'{hex}'"),
        Address::Postgres(_) => format!("'\\x{hex}'"),
    }
}

fn id(address: &Address, id: Uuid) -> String {
    match address {
        Address::Sqlite(_) => bytes(address, id.as_bytes()),
        Address::Postgres(_) => format!("'{id}'"),
    }
}

/// What an installation of the first version held: one entry and one message.
fn old_rows(address: &Address) -> String {
    let (case, member, hash) = (
        id(address, CASE),
        id(address, MEMBER),
        bytes(address, &hash()),
    );
    let community = COMMUNITY.0;
    format!(
        "INSERT INTO communities (id, code, name, kind, settings, net, created_at) VALUES ({community}, '510184999001', '示例社区', 'community', '{{}}', 1, {AT}); \
         INSERT INTO heads (community_id, seq, hash) VALUES ({community}, 1, {hash}); \
         INSERT INTO journal (community_id, seq, at, actor, role, subject, event, hash) VALUES ({community}, 1, {AT}, {member}, 'desk', {case}, '{FILED}', {hash}); \
         INSERT INTO messages (community_id, id, member_id, case_id, seq, kind, at) VALUES ({community}, {case}, {member}, {case}, 1, 'dispatched', {AT});"
    )
}

on_both_databases! {
    async fn what_happened_before_there_was_an_outbox_is_told_to_nobody_and_contacts_stay(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 14).await.expect("the tables of version fourteen");
        let (community, report) = (COMMUNITY.0, id(&address, REPORT));
        let rows = format!(
            "INSERT INTO communities (id, code, name, kind, settings, net, created_at) VALUES ({community}, '510184999001', '示例社区', 'community', '{{}}', 1, {AT}); \
             INSERT INTO heads (community_id, seq, hash) VALUES ({community}, 41, {}); \
             INSERT INTO contacts (community_id, report_id, name, phone, visit_welcome) VALUES ({community}, {report}, NULL, {}, true);",
            bytes(&address, &hash()),
            bytes(&address, &[1, 2, 3])
        );
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old rows");
        drop(old);
        let store = Store::open(&address).await.expect("brought up to date");
        let reader = store.reader();
        assert_eq!(reader.cursor("outbox", COMMUNITY).await.expect("a cursor"), 41);
        let contact = reader.contact(COMMUNITY, rules::ids::ReportId(REPORT)).await.expect("readable");
        let contact = contact.expect("the contact");
        assert_eq!((contact.phone, contact.language, contact.quiet, contact.visit_welcome), (Some(vec![1, 2, 3]), None, false, true));
        assert!(reader.outbox_targets(COMMUNITY).await.expect("readable").is_empty());
    }

    async fn journal_and_messages_of_the_first_version_are_read_as_before(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 1).await.expect("the first version's tables");
        let rows = old_rows(&address);
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old rows");
        drop(old);

        let store = Store::open(&address).await.expect("brought up to date");
        let reader = store.reader();
        assert_eq!(reader.verify_journal(COMMUNITY).await.expect("readable"), Ok(1));
        let entries = reader.journal_of(COMMUNITY, CASE).await.expect("readable");
        let Ok(Event::Case(event)) = Event::from_bytes(&entries[0].event) else { panic!("an event of a case") };
        assert_eq!((event.from, event.to), (Some(StateName::Reported), StateName::Filed));
        assert!(matches!(event.deed, Deed::Filed { condition: Some(_) }));
        let messages = reader.messages(COMMUNITY, MemberId(MEMBER), Marked::New, (None, 10)).await.expect("readable");
        assert_eq!((messages.len(), messages[0].kind.as_str()), (1, "dispatched"));
        drop(store);
        Store::open(&address).await.expect("nothing is migrated twice");
    }

    async fn a_visit_that_was_due_before_there_were_deadlines_for_it_is_due_with_its_case(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 10).await.expect("the tables before there were visits");
        let case = id(&address, CASE);
        let facts = |needed: bool| format!(
            r#"{{"st":{{"s":"checked","work":{{"handler":"{MEMBER}","result":"{MEMBER}","claim":"solved"}},"checker":"{MEMBER}","visit_needed":{needed}}},"gv":1,"ch":"resident","r":1}}"#
        );
        let row = |key: &str, n: u32, needed: bool| {
            let facts = facts(needed);
            let community = COMMUNITY.0;
            format!("INSERT INTO cases (community_id, id, number, version, state, grid_id, received_at, due_at, facts) \
                VALUES ({community}, {key}, {}, 1, 'checked', {case}, {AT}, {AT}, '{facts}');", 20261123_i64 * 1_000_000 + i64::from(n))
        };
        let other = id(&address, Uuid::from_u128(0xca5f));
        let community = format!("INSERT INTO communities (id, code, name, kind, settings, net, created_at) VALUES ({}, '510184999001', '示例社区', 'community', '{{}}', 1, {AT});", COMMUNITY.0);
        let rows = format!("{community} {} {}", row(&case, 1, true), row(&other, 2, false));
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old rows");
        drop(old);

        let store = Store::open(&address).await.expect("brought up to date");
        let scope = Scope::Community(COMMUNITY);
        let (due, _) = store.reader().visits(&scope, COMMUNITY, None, None, 50).await.expect("readable");
        let found: Vec<_> = due.iter().map(|one| (one.case.id.0, one.case.times.visit_due == one.case.times.due_at)).collect();
        assert_eq!(found, [(CASE, true)], "the one that needs it, and not the other");
    }

    async fn settings_from_before_their_changes_were_kept_hold_at_version_none(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 14).await.expect("the tables before changes were kept");
        let community = COMMUNITY.0;
        let rows = format!("INSERT INTO communities (id, code, name, kind, settings, net, created_at) \
            VALUES ({community}, '510184999001', '示例社区', 'community', '{{\"case\":{{\"reopen_days\":30}}}}', 1, {AT});");
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old rows");
        drop(old);

        let store = Store::open(&address).await.expect("brought up to date");
        let kept = store.reader().settings(COMMUNITY).await.expect("readable");
        assert_eq!((kept.version, kept.text.as_str()), (0, r#"{"case":{"reopen_days":30}}"#));
        assert_eq!(store.reader().settings_changes(COMMUNITY, None, 10).await.expect("readable"), []);
    }

    async fn orders_of_before_that_are_one_number_are_still_found_and_the_first_one_has_it(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 21).await.expect("the tables before a number was held once");
        let community = COMMUNITY.0;
        let order = |number: &str, n: u128, key: &str, at: i64| {
            let one = id(&address, Uuid::from_u128(n));
            format!("INSERT INTO orders (community_id, source, order_no, case_id, report_id, basis, digest, received_at, order_key) \
                VALUES ({community}, 'hotline', '{number}', {one}, {one}, '', {}, {}, {key});", bytes(&address, &[1]), AT + at)
        };
        let rows = [order("sl1", 2, "'SL1'", 1), order("SL-1", 1, "'SL1'", 0), order("SL-2", 3, "NULL", 2)].concat();
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old rows");
        drop(old);

        let store = Store::open(&address).await.expect("brought up to date");
        let found = store.unit(COMMUNITY, async |unit: &Unit| {
            let mut found = Vec::new();
            for number in ["SL-1", "sl1", "ＳＬ 1", "sl 2", "sl 3"] {
                let order = unit.order("hotline", number).await?;
                found.push(order.map(|order| order.number));
            }
            Ok::<_, Error>(found)
        }).await.expect("readable");
        let found: Vec<_> = found.iter().map(Option::as_deref).collect();
        assert_eq!(found, [Some("SL-1"), Some("sl1"), Some("SL-1"), Some("SL-2"), None]);
    }

    async fn orders_that_were_kept_with_the_apostrophe_of_a_workbook_are_found_by_their_number(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 30).await.expect("the tables while the apostrophe was part of the key");
        let community = COMMUNITY.0;
        let order = |number: &str, key: &str, n: u128| {
            let one = id(&address, Uuid::from_u128(n));
            format!("INSERT INTO orders (community_id, source, order_no, case_id, report_id, basis, digest, received_at, order_key) \
                VALUES ({community}, 'hotline', '{number}', {one}, {one}, '', {}, {AT}, '{key}');", bytes(&address, &[1]))
        };
        let rows = [order("''SL-1", "''SL1", 1), order("=\"SL-2\"", "=\"SL2\"", 2), order("SL-3", "SL3", 3)].concat();
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old rows");
        drop(old);

        let store = Store::open(&address).await.expect("brought up to date");
        store.unit(COMMUNITY, async |unit: &Unit| unit.key_orders("hotline").await).await.expect("they have keys");
        for (number, kept) in [("'SL-1", "'SL-1"), ("sl1", "'SL-1"), ("SL-2", "=\"SL-2\""), ("'SL-3", "SL-3")] {
            let found = store.reader().order(COMMUNITY, "hotline", number).await.expect("readable");
            assert_eq!(found.map(|order| order.number).as_deref(), Some(kept), "{number}");
        }
    }

    async fn of_two_mediations_of_before_that_run_on_one_case_the_first_keeps_it_and_both_go_on(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 21).await.expect("the tables before a case had one at a time");
        let (community, case, member) = (COMMUNITY.0, id(&address, CASE), id(&address, MEMBER));
        let mediation = |n: i64, state: &str| {
            let key = id(&address, Uuid::from_u128(n as u128));
            format!("INSERT INTO mediations (community_id, id, number, version, kind, grid_id, case_id, opener_id, mediator_id, parties, people, state, \
                opened_at, runs_from, due_at, extensions, overdue_told, called) VALUES ({community}, {key}, {}, 1, 'neighbours', {member}, {case}, {member}, \
                {member}, 2, 2, '{state}', {AT}, {AT}, {AT}, 0, false, false);", 20261123_i64 * 1_000_000 + n)
        };
        let community = format!("INSERT INTO communities (id, code, name, kind, settings, net, created_at) VALUES ({community}, '510184999001', '示例社区', 'community', '{{}}', 1, {AT});");
        let rows = [community, mediation(1, "withdrawn"), mediation(2, "open"), mediation(3, "drafted")].concat();
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old rows");
        drop(old);

        let store = Store::open(&address).await.expect("brought up to date");
        let (all, reader) = (Scope::Community(COMMUNITY), store.reader());
        let found = reader.mediations(&all, COMMUNITY, &store::mediation::Filter::default(), 10).await.expect("readable");
        let of: Vec<_> = found.rows.iter().map(|one| (one.id.0.as_u128(), one.case.is_some())).collect();
        assert_eq!(of, [(3, false), (2, true), (1, true)], "nothing is lost but the link of the second");
    }

    async fn leads_of_before_that_lay_under_seal_with_their_case_are_over_and_no_others(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 30).await.expect("the tables before leads went on without their case");
        let (community, member) = (COMMUNITY.0, id(&address, MEMBER));
        let case = |n: u128, withheld: bool| format!(
            "INSERT INTO cases (community_id, id, number, version, state, grid_id, received_at, closed_at, facts, withheld) \
             VALUES ({community}, {}, {}, 1, 'redirected', {member}, {AT}, {}, {}, {withheld});",
            id(&address, Uuid::from_u128(n)), 20261123_i64 * 1_000_000 + n as i64, AT + 5, bytes(&address, &[0])
        );
        let lead = |n: u128, case: u128, place: &str, finding: &str| {
            let (key, case) = (id(&address, Uuid::from_u128(n)), id(&address, Uuid::from_u128(case)));
            format!("INSERT INTO referrals (community_id, id, number, version, case_id, grid_id, team_id, referrer_id, state, first_id, second_id, \
                place, finding, item, referred_at, taken_at, due_provisional, wakes_at) VALUES ({community}, {key}, {}, 2, {case}, {member}, {member}, \
                {member}, 'taken', {key}, {case}, '{place}', '{finding}', '{place}', {AT}, {AT}, false, NULL);", 20261123_i64 * 1_000_000 + n as i64)
        };
        let community = format!("INSERT INTO communities (id, code, name, kind, settings, net, created_at) VALUES ({community}, '510184999001', '示例社区', 'community', '{{}}', 1, {AT});");
        let instead = "内容已转由专人办理。";
        let cases = [case(1, true), case(2, true), case(3, false)].concat();
        let leads = [lead(11, 1, instead, instead), lead(12, 2, "东门", instead), lead(13, 3, "东门", "占道")].concat();
        let rows = [community, cases, leads].concat();
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old rows");
        drop(old);

        let store = Store::open(&address).await.expect("brought up to date");
        let open = store.reader().open_referrals(COMMUNITY, 10).await.expect("readable");
        let mut open: Vec<_> = open.iter().map(|one| one.referral.id.0.as_u128()).collect();
        open.sort_unstable();
        assert_eq!(open, [12, 13]);
        let over = store.reader().referrals_of(COMMUNITY, CaseId(Uuid::from_u128(1))).await.expect("readable");
        let over = &over[0].referral;
        let ended = over.times.ended_at.map(|at| at.unix_timestamp_nanos() / 1_000);
        assert_eq!((over.state.name(), ended, over.version), (rules::referral::StateName::Withdrawn, Some(i128::from(AT + 5)), 2), "with its case");
    }

    async fn agreements_of_before_that_wait_for_a_look_wake_once_it_is_late(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 25).await.expect("the tables before a late look was told");
        let (community, member) = (COMMUNITY.0, id(&address, MEMBER));
        let (day, follow_at) = (86_400_000_000_i64, AT + 86_400_000_000);
        let agreed = |n: i64, called: bool, wakes: &str| {
            let key = id(&address, Uuid::from_u128(n as u128));
            format!("INSERT INTO mediations (community_id, id, number, version, kind, grid_id, opener_id, mediator_id, parties, people, state, \
                agreed_on, written, opened_at, runs_from, extensions, overdue_told, ended_at, follow_at, called, wakes_at) VALUES ({community}, {key}, {}, 3, \
                'neighbours', {member}, {member}, {member}, 2, 2, 'agreed', '2025-11-23', true, {AT}, {AT}, 0, true, {AT}, {follow_at}, {called}, {wakes});", 20261123_i64 * 1_000_000 + n)
        };
        let community = format!("INSERT INTO communities (id, code, name, kind, settings, net, created_at) VALUES ({community}, '510184999001', '示例社区', 'community', '{{}}', 1, {AT});");
        let rows = [community, agreed(1, true, "NULL"), agreed(2, false, &follow_at.to_string())].concat();
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old rows");
        drop(old);

        let store = Store::open(&address).await.expect("brought up to date");
        let reader = store.reader();
        let woken = async |days: i64| {
            let at = time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(AT + days * day) * 1_000).expect("a moment");
            let all = reader.mediations_waiting_for_time(COMMUNITY, at, 10).await.expect("readable");
            let mut all: Vec<_> = all.iter().map(|one| (one.id.0.as_u128(), one.times.overdue_told)).collect();
            all.sort();
            all
        };
        assert_eq!(woken(7).await, [(2, false)]);
        assert_eq!(woken(8).await, [(1, false), (2, false)]);
    }

    async fn departments_called_to_a_case_that_lost_its_whistle_are_waited_for_no_more(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 30).await.expect("the tables before they were ended");
        let (community, member) = (COMMUNITY.0, id(&address, MEMBER));
        let given = format!(r#""s":"dispatched","to":{{"post":"{MEMBER}","member":"{MEMBER}"}},"since":1764000000000"#);
        let open = format!(r#""s":"accepted","whistle":{{"id":"{}","by":"{MEMBER}","urgency":"urgent","called_at":1764000000000,"report_by":1764000000000,"parts":[{{"department":"{MEMBER}","seats":[]}}]}}"#, Uuid::from_u128(3));
        let row = |n: u8, state: &str, st: &str| {
            let [key, whistle] = [n + 10, n].map(|n| id(&address, Uuid::from_u128(n.into())));
            let facts = bytes(&address, format!(r#"{{"st":{{{st}}},"gv":1,"ch":"resident","r":1}}"#).as_bytes());
            format!("INSERT INTO cases (community_id, id, number, version, state, grid_id, owner_id, received_at, facts) \
                VALUES ({community}, {key}, {}, 1, '{state}', {key}, {member}, {AT}, {facts}); \
                INSERT INTO whistle_parts (community_id, whistle_id, department_id, case_id, urgency, called_at, report_by) \
                VALUES ({community}, {whistle}, {member}, {key}, 'urgent', {AT}, {AT});", 20261123_i64 * 1_000_000 + i64::from(n))
        };
        let rows = [row(1, "dispatched", &given), row(2, "accepted", r#""s":"accepted""#), row(3, "accepted", &open)].concat();
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old rows");
        drop(old);

        let store = Store::open(&address).await.expect("brought up to date");
        let mut ended = Vec::new();
        for n in [11, 12, 13] {
            let parts = store.reader().whistles_of(COMMUNITY, CaseId(Uuid::from_u128(n))).await.expect("readable");
            ended.push(parts[0].ended_at.is_some());
        }
        assert_eq!(ended, [true, true, false]);
    }

    async fn a_migration_landed_after_one_with_a_higher_number_is_still_applied(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 1).await.expect("the first version's tables");
        let rows = format!("INSERT INTO migrations (version) VALUES (9999); {}", old_rows(&address));
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old rows, and a number from far ahead");
        drop(old);

        let store = Store::open(&address).await.expect("brought up to date");
        assert_eq!(store.reader().verify_journal(COMMUNITY).await.expect("readable as it is written today"), Ok(1));
    }

    async fn a_house_of_version_ten_finds_everything_in_its_smaller_tables(db: Database) {
        let address = db.anew().await;
        let old = Store::open_as_of(&address, 10).await.expect("the tables of version ten");
        let rows = rows_of_ten(&address);
        old.unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(&rows).await.map(|_| ()).map_err(Error::from)
        }).await.expect("old rows");
        drop(old);

        let store = Store::open(&address).await.expect("brought up to date");
        let reader = store.reader();
        assert_eq!(reader.verify_journal(COMMUNITY).await.expect("readable"), Ok(4));
        let trail = reader.journal_of(COMMUNITY, CASE).await.expect("readable");
        let steps: Vec<_> = trail.iter().map(|entry| (entry.seq, entry.actor, entry.role.as_str(), entry.subject)).collect();
        assert_eq!(steps, [(1, None, "reporter", Some(CASE)), (2, Some(MEMBER), "desk", Some(CASE)), (4, Some(MEMBER), "desk", Some(CASE))]);

        let scope = Scope::Community(COMMUNITY);
        let number: Number = "510184999001-20261123-0001".parse().expect("a number");
        let told = reader.case_told(&scope, COMMUNITY, &number).await.expect("the case");
        assert_eq!((told.trail.case.id.0, told.trail.case.version), (CASE, 3));
        let report = told.report.expect("its telling");
        assert_eq!((report.id.0, &report.number, report.case.0, report.words.as_str()), (REPORT, &number, CASE, "楼道灯坏（示例）"));
        assert_eq!(reader.report_numbered(COMMUNITY, &number).await.expect("by its number"), report);
        assert_eq!(reader.report(COMMUNITY, report.id).await.expect("by its id"), report);
        assert_eq!(reader.reports_of(COMMUNITY, CaseId(CASE)).await.expect("by its case"), [report]);

        // life goes on: the case is saved, and what is noted of it joins its trail
        let mut case = told.trail.case;
        case.version = 4;
        store.unit(COMMUNITY, async move |unit: &Unit| {
            let at = time::OffsetDateTime::UNIX_EPOCH;
            unit.save_case(3, &case, None, Stir::Worker(at)).await?;
            let event = Event::House(rules::journal::HouseEvent::Back);
            unit.note(store::journal::Note { at, occurred_at: None, actor: None, role: "clock", subject: Some(CASE), event });
            Ok::<(), Error>(())
        }).await.expect("saved");
        let trail = reader.journal_of(COMMUNITY, CASE).await.expect("readable");
        assert_eq!(trail.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2, 4, 5]);
        assert_eq!(reader.verify_journal(COMMUNITY).await.expect("readable"), Ok(5));
        let again = reader.case_numbered(&scope, COMMUNITY, &number).await.expect("the case");
        assert_eq!(again.case.version, 4);
    }
}

const REPORT: Uuid = Uuid::from_u128(0x4e90);
/// Something else that the journal speaks of.
const RULE: Uuid = Uuid::from_u128(0x401e);

/// An entry of a journal of version ten.
struct Old {
    actor: Option<Uuid>,
    role: &'static str,
    subject: Option<Uuid>,
    event: Vec<u8>,
}

/// A journal of four entries, a case with its telling, as version ten wrote them.
fn rows_of_ten(address: &Address) -> String {
    let (community, case, grid) = (
        COMMUNITY.0,
        id(address, CASE),
        id(address, Uuid::from_u128(1)),
    );
    let entries = [
        Old {
            actor: None,
            role: "reporter",
            subject: Some(CASE),
            event: packed(None),
        },
        Old {
            actor: Some(MEMBER),
            role: "desk",
            subject: Some(CASE),
            event: FILED.as_bytes().to_vec(),
        },
        Old {
            actor: Some(MEMBER),
            role: "desk",
            subject: Some(RULE),
            event: packed(None),
        },
        Old {
            actor: Some(MEMBER),
            role: "desk",
            subject: Some(CASE),
            event: packed(Some(StateName::Filed)),
        },
    ];
    let (mut sql, mut before) = (String::new(), [0; 32]);
    for (index, entry) in entries.iter().enumerate() {
        let seq = index as i64 + 1;
        before = chained(before, seq, entry);
        let maybe =
            |one: Option<Uuid>| one.map_or_else(|| "NULL".to_owned(), |one| id(address, one));
        sql += &format!(
            "INSERT INTO journal (community_id, seq, at, actor, role, subject, event, hash) VALUES ({community}, {seq}, {AT}, {}, '{}', {}, {}, {});",
            maybe(entry.actor),
            entry.role,
            maybe(entry.subject),
            bytes(address, &entry.event),
            bytes(address, &before)
        );
    }
    let facts = r#"{"st":{"s":"reported"},"gv":1,"ch":"phone","r":1,"n":{"returns":1,"transfers":1,"reworks":0,"extensions":0,"suspensions":0,"escalations":0,"reopenings":0}}"#;
    sql + &format!(
        "INSERT INTO communities (id, code, name, kind, settings, net, created_at) VALUES ({community}, '510184999001', '示例社区', 'community', '{{}}', 1, {AT}); \
         INSERT INTO heads (community_id, seq, hash) VALUES ({community}, 4, {}); \
         INSERT INTO cases (community_id, id, number, version, state, grid_id, received_at, facts) \
         VALUES ({community}, {case}, 20261123000001, 3, 'reported', {grid}, {AT}, '{facts}'); \
         INSERT INTO reports (community_id, id, number, case_id, channel, words, place_note, grid_id, received_at) \
         VALUES ({community}, {}, 20261123000001, {case}, 'phone', '楼道灯坏（示例）', '', {grid}, {AT});",
        bytes(address, &before),
        id(address, REPORT)
    )
}

/// A step of a case as version ten packed it.
fn packed(from: Option<StateName>) -> Vec<u8> {
    let grid = GridId(Uuid::from_u128(1));
    let channel = Channel::Phone;
    let deed = from.map_or(Deed::Reported { channel }, |_| Deed::Accepted);
    Event::Case(rules::case::Event {
        from,
        to: StateName::Reported,
        grid,
        was: None,
        category: None,
        owner: None,
        due: None,
        stands_for: None,
        deed,
    })
    .to_bytes()
}

/// The hash of an entry, as it was always made.
fn chained(before: [u8; 32], seq: i64, entry: &Old) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(before);
    for n in [COMMUNITY.0, seq, AT] {
        hash.update(n.to_be_bytes());
    }
    hash.update([0xff; 8]);
    for one in [entry.actor, entry.subject] {
        hash.update(one.unwrap_or_default().as_bytes());
    }
    for text in [entry.role.as_bytes(), &entry.event] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    hash.finalize().into()
}
