//! The journal in its small table: what was noted reads back whole, in every process, and whoever changes it is found out.

use rules::case::{self, Addressee, Channel, Deed, StateName};
use rules::ids::{CommunityId, GridId, MemberId, PostId};
use rules::journal::{Event, HouseEvent};
use sea_orm::ConnectionTrait;
use store::community::Founding;
use store::journal::{Broken, Note};
use store::{Error, Store, Unit};
use testkit::on_both_databases;
use time::OffsetDateTime;
use time::macros::datetime;
use uuid::Uuid;

const AT: OffsetDateTime = datetime!(2026-11-23 09:00:00.123456 +8);

async fn found(store: &Store) -> CommunityId {
    let founding = Founding {
        code: "510184999001".into(),
        name: "示例社区".into(),
        settings: "{}".into(),
        at: AT,
    };
    store.found(founding).await.expect("a free code").id
}

const fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn of(case: u128, actor: Option<u128>, from: Option<StateName>, deed: Deed) -> Note {
    Note {
        at: AT,
        occurred_at: Some(AT),
        actor: actor.map(|n| MemberId(id(n))),
        role: if actor.is_some() { "desk" } else { "reporter" },
        subject: Some(id(case)),
        event: Event::Case(case::Event {
            from,
            to: StateName::Dispatched,
            grid: GridId(id(1)),
            was: None,
            category: "20110".parse().ok(),
            owner: Some(MemberId(id(2))),
            due: Some(datetime!(2026-11-25 10:30 UTC)),
            stands_for: None,
            deed,
        }),
    }
}

/// Two cases in turn, and a word of the house between.
fn notes() -> Vec<Note> {
    let channel = Channel::Resident;
    let addressee = Addressee {
        post: PostId(id(3)),
        member: MemberId(id(4)),
    };
    let house = Note {
        subject: None,
        event: Event::House(HouseEvent::AccountMade),
        ..of(0, Some(9), None, Deed::Voided)
    };
    vec![
        of(100, None, None, Deed::Reported { channel }),
        of(200, None, None, Deed::Reported { channel }),
        of(
            100,
            Some(9),
            Some(StateName::Filed),
            Deed::Dispatched {
                addressee,
                absent: None,
            },
        ),
        house,
        of(200, Some(8), Some(StateName::Filed), Deed::Withdrawn),
        of(100, Some(4), Some(StateName::Dispatched), Deed::Accepted),
    ]
}

async fn keep(store: &Store, community: CommunityId, notes: Vec<Note>) {
    let keep = async move |unit: &Unit| {
        notes.into_iter().for_each(|note| unit.note(note));
        Ok::<(), Error>(())
    };
    store.unit(community, keep).await.expect("noted");
}

async fn read(
    store: &Store,
    community: CommunityId,
) -> Vec<(Option<Uuid>, String, Option<Uuid>, Event)> {
    let page = store
        .reader()
        .journal_after(community, 0, 100)
        .await
        .expect("readable");
    let entries = page.entries.into_iter();
    entries
        .map(|entry| {
            assert_eq!((entry.at, entry.occurred_at), (AT, Some(AT)));
            let event = Event::from_bytes(&entry.event).expect("known");
            (entry.actor, entry.role, entry.subject, event)
        })
        .collect()
}

fn told(notes: &[Note]) -> Vec<(Option<Uuid>, String, Option<Uuid>, Event)> {
    let told = notes.iter();
    told.map(|note| {
        (
            note.actor.map(|id| id.0),
            note.role.to_owned(),
            note.subject,
            note.event.clone(),
        )
    })
    .collect()
}

async fn trail(store: &Store, community: CommunityId, case: u128) -> Vec<i64> {
    let entries = store
        .reader()
        .journal_of(community, id(case))
        .await
        .expect("readable");
    assert!(entries.iter().all(|entry| entry.subject == Some(id(case))));
    entries.iter().map(|entry| entry.seq).collect()
}

on_both_databases! {
    async fn what_was_noted_reads_back_whole_in_one_unit_or_in_many(db: Database) {
        let community = found(&db.store).await;
        keep(&db.store, community, notes()).await;
        for note in notes() {
            keep(&db.store, community, vec![note]).await;
        }
        assert_eq!(read(&db.store, community).await, told(&[notes(), notes()].concat()));
        // the second round begins both cases again, which no house does: nothing is lost even so
        assert_eq!(trail(&db.store, community, 100).await, [1, 3, 6, 7, 9, 12]);
        assert_eq!(trail(&db.store, community, 200).await, [2, 5, 8, 11]);
        assert_eq!(trail(&db.store, community, 300).await, Vec::<i64>::new());
        assert_eq!(db.store.reader().verify_journal(community).await.expect("readable"), Ok(12));
    }

    async fn two_processes_read_and_write_one_journal(db: Database) {
        let community = found(&db.store).await;
        let other = Store::open(&db.address).await.expect("a second process");
        let all = notes();
        keep(&db.store, community, all[..2].to_vec()).await;
        keep(&other, community, all[2..4].to_vec()).await;
        keep(&db.store, community, all[4..].to_vec()).await;
        for store in [&db.store, &other] {
            assert_eq!(read(store, community).await, told(&all));
            assert_eq!(trail(store, community, 100).await, [1, 3, 6]);
            assert_eq!(store.reader().verify_journal(community).await.expect("readable"), Ok(6));
        }
    }

    async fn a_refused_unit_gives_no_numbers(db: Database) {
        let community = found(&db.store).await;
        let refused = async |unit: &Unit| {
            notes().into_iter().for_each(|note| unit.note(note));
            Err::<(), _>(Error::NotFound("something"))
        };
        db.store.unit(community, refused).await.expect_err("refused");
        keep(&db.store, community, notes()[2..3].to_vec()).await;
        assert_eq!(read(&db.store, community).await, told(&notes()[2..3]));
    }

    async fn whoever_changes_an_entry_is_found_out_there(db: Database) {
        let community = found(&db.store).await;
        keep(&db.store, community, notes()).await;
        let c = community.0;
        let swapped = if db.is_postgres() { "decode('9f', 'hex')" } else { "x'9f'" };
        // each is undone before the next
        for (change, undo, seq) in [
            ("at = at + 1", "at = at - 1", 3),
            ("occurred_at = at + 1", "occurred_at = at", 3),
            ("who = 1", "who = who", 3),
            ("about = 2", "about = 1", 3),
        ] {
            let saved = numbers(&db.store, community).await;
            run(&db.store, format!("UPDATE journal SET {change} WHERE community_id = {c} AND seq = {seq}")).await;
            assert_eq!(db.store.reader().verify_journal(community).await.expect("readable"), Err(Broken { seq }), "{change}");
            let undo = undo.replace("who = who", &format!("who = {}", saved[seq as usize - 1]));
            run(&db.store, format!("UPDATE journal SET {undo} WHERE community_id = {c} AND seq = {seq}")).await;
            assert_eq!(db.store.reader().verify_journal(community).await.expect("readable"), Ok(6));
        }
        // the last hash stands whole with the head: what no longer leads there is found, however the entries agree
        run(&db.store, format!("UPDATE heads SET hash = {swapped} WHERE community_id = {c}")).await;
        assert_eq!(db.store.reader().verify_journal(community).await.expect("readable"), Err(Broken { seq: 6 }));
    }

    async fn an_entry_that_was_taken_away_is_missed(db: Database) {
        let community = found(&db.store).await;
        keep(&db.store, community, notes()).await;
        run(&db.store, format!("DELETE FROM journal WHERE community_id = {} AND seq = 6", community.0)).await;
        assert_eq!(db.store.reader().verify_journal(community).await.expect("readable"), Err(Broken { seq: 6 }));
    }
}

async fn run(store: &Store, sql: String) {
    let run = async move |unit: &Unit| {
        unit.execute_unprepared(&sql)
            .await
            .map(|_| ())
            .map_err(Error::from)
    };
    store.unit(CommunityId(0), run).await.expect("changed");
}

/// The number of whoever acts, entry by entry.
async fn numbers(store: &Store, community: CommunityId) -> Vec<i64> {
    let reader = store.reader();
    let sql = format!(
        "SELECT who FROM journal WHERE community_id = {} ORDER BY seq",
        community.0
    );
    let statement = sea_orm::Statement::from_string(reader.get_database_backend(), sql);
    let rows = reader.query_all_raw(statement).await.expect("readable");
    rows.iter()
        .map(|row| row.try_get("", "who").expect("a number"))
        .collect()
}
