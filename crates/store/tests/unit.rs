//! `Store::unit`: whole or not at all, durable, journalled; a refused or panicking neighbour does no harm.

use rules::ids::CommunityId;
use rules::journal::{Event, HouseEvent};
use store::community::Founding;
use store::journal::Note;
use store::{Error, Store, Unit};
use testkit::on_both_databases;
use time::macros::datetime;

const AT: time::OffsetDateTime = datetime!(2026-11-23 09:00 +8);

fn note() -> Note {
    Note {
        at: AT,
        occurred_at: None,
        actor: None,
        role: "clock",
        subject: None,
        event: Event::House(HouseEvent::CommunityFounded),
    }
}

async fn found(store: &Store, code: &str) -> CommunityId {
    let founding = Founding {
        code: code.into(),
        name: "示例社区".into(),
        settings: "{}".into(),
        at: AT,
    };
    store.found(founding).await.expect("a free code").id
}

/// What a unit of the mixed group does after it has written.
#[derive(Clone, Copy)]
enum Fate {
    Keep,
    Refuse,
    Panic,
    BreakAKey,
}

async fn settle(store: Store, community: CommunityId, n: i64, fate: Fate) -> Result<(), Error> {
    store
        .unit(community, async move |unit: &Unit| {
            unit.save_settings(&n.to_string()).await?;
            unit.note(note());
            match fate {
                Fate::Keep => Ok(()),
                Fate::Refuse => Err(Error::NotFound("something")),
                Fate::Panic => panic!("a bug in a use case"),
                Fate::BreakAKey => Err(Error::Taken("a key".into())),
            }
        })
        .await
}

on_both_databases! {
    async fn followers_who_stand_together_go_on_together_or_not_at_all(db: Database) {
        let community = found(&db.store, "510184001001").await;
        let go = async |followers: &'static [&'static str], from: i64, to: i64| {
            let moved = async move |unit: &Unit| unit.move_cursors(followers, from, to).await;
            db.store.unit::<_, Error, _>(community, moved).await
        };
        go(&["tallies", "figures"], 0, 3).await.expect("both stood at the beginning");
        go(&["tallies"], 3, 5).await.expect("another process was faster with one");
        let stale = go(&["tallies", "figures"], 3, 5).await;
        assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
        for (follower, at) in [("tallies", 5), ("figures", 3)] {
            assert_eq!(db.store.reader().cursor(follower, community).await.expect("a cursor"), at, "{follower}");
        }
    }

    async fn refused_and_panicking_units_leave_nothing_and_harm_nobody(db: Database) {
        let community = found(&db.store, "510184999001").await;
        let fates = [Fate::Keep, Fate::Refuse, Fate::Panic, Fate::BreakAKey];
        let all: Vec<_> = (0..80).map(|n| tokio::spawn(settle(db.store.clone(), community, n, fates[n as usize % 4]))).collect();
        let mut kept = 0;
        for task in all {
            kept += i64::from(task.await.expect("the caller lives").is_ok());
        }
        assert_eq!(kept, 20);
        assert_eq!(db.store.reader().journal_head(community).await.expect("a head"), 20);
        assert_eq!(db.store.reader().verify_journal(community).await.expect("readable"), Ok(20));
    }

    async fn a_unit_that_awaits_something_foreign_is_lost_and_said_so(db: Database) {
        let community = found(&db.store, "510184999001").await;
        let (keep_open, never) = tokio::sync::oneshot::channel::<()>();
        if db.is_postgres() {
            // PostgreSQL's writer would wait for ever; the rule is proven where it is enforced.
            drop(keep_open);
        }
        let outcome = db.store.unit(community, async move |unit: &Unit| {
            unit.save_settings("half done").await?;
            never.await.map_err(|_| Error::Waited)
        }).await;
        assert!(matches!(outcome, Err(Error::Waited | Error::Lost(_))));
        let kept = db.store.reader().communities().await.expect("readable");
        assert_eq!(kept[0].settings, "{}");
    }

    async fn units_happen_whole_even_when_the_caller_leaves(db: Database) {
        let community = found(&db.store, "510184999001").await;
        for n in 0..40 {
            let call = settle(db.store.clone(), community, n, Fate::Keep);
            let _ = tokio::time::timeout(std::time::Duration::from_micros(200), call).await;
        }
        settle(db.store.clone(), community, 99, Fate::Keep).await.expect("the writer lives");
        let head = db.store.reader().journal_head(community).await.expect("a head");
        assert_eq!(db.store.reader().verify_journal(community).await.expect("readable"), Ok(head));
    }

    async fn a_taken_code_is_told_as_taken(db: Database) {
        found(&db.store, "510184999001").await;
        let again = Founding { code: "510184999001".into(), name: "x".into(), settings: "{}".into(), at: AT };
        assert!(matches!(db.store.found(again).await, Err(Error::Taken(_))));
    }

    async fn opening_again_finds_everything_and_migrates_nothing_twice(db: Database) {
        let community = found(&db.store, "510184999001").await;
        settle(db.store.clone(), community, 7, Fate::Keep).await.expect("kept");
        let second = Store::open(&db.address).await.expect("opens beside the first");
        assert_eq!(second.reader().communities().await.expect("readable")[0].settings, "7");
    }

    async fn every_column_type_survives_the_round_trip_null_included(db: Database) {
        let community = found(&db.store, "510184999001").await;
        db.store.unit(community, async |unit: &Unit| {
            unit.note(Note { occurred_at: Some(AT - time::Duration::days(3)), subject: Some(uuid::Uuid::from_u128(7)), ..note() });
            unit.note(note());
            Ok::<(), Error>(())
        }).await.expect("kept");
        let page = db.store.reader().journal_after(community, 0, 10).await.expect("readable");
        assert_eq!(page.entries[0].occurred_at, Some(AT - time::Duration::days(3)));
        assert_eq!(page.entries[0].subject, Some(uuid::Uuid::from_u128(7)));
        assert_eq!((page.entries[1].occurred_at, page.entries[1].subject), (None, None));
        assert_eq!(page.last, 2);
    }
}
