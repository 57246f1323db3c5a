//! Migrations run on the data of those who came before: nothing is lost, and the chain of the journal still holds.

use rules::access::Scope;
use rules::case::{Deed, StateName};
use rules::ids::{CommunityId, MemberId};
use rules::journal::Event;
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
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
    let mut hash = Sha256::new();
    hash.update([0; 32]);
    for n in [COMMUNITY.0, 1, AT] {
        hash.update(n.to_be_bytes());
    }
    hash.update([0xff; 8]);
    hash.update(MEMBER.as_bytes());
    hash.update(CASE.as_bytes());
    for text in ["desk", FILED] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().into()
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
        let messages = reader.messages(COMMUNITY, MemberId(MEMBER), 10).await.expect("readable");
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
}
