//! Messages that nobody decided about a case in time: what is settled hides nothing that is new.

use serde_json::{Value, json};
use testkit::on_both_databases;
use time::Duration;

use super::colleague::Office;

/// Tells somebody the newest messages there are: so many of a kind, all about one case.
async fn flooded(office: &Office, account: &str, number: &str, (kind, n): (&str, usize)) {
    let number = number.parse().expect("a number");
    let net = office.house.net();
    let net = net.community_by_id(office.community);
    let to = net.and_then(|net| net.member_by_code(account));
    let to = to.expect("a member").id;
    let (store, at) = (&office.house.store, office.house.clock.now());
    let noted = async move |unit: &store::Unit| {
        let scope = rules::access::Scope::Community(unit.community());
        let case = unit.case_numbered(&scope, &number).await?.case.id;
        for _ in 0..n {
            unit.note(store::journal::Note {
                at,
                occurred_at: Some(at),
                actor: None,
                role: "clock",
                subject: Some(case.0),
                event: rules::journal::Event::House(rules::journal::HouseEvent::SheetDropped),
            });
        }
        Ok(case)
    };
    let noted = store.unit::<_, store::Error, _>(office.community, noted);
    let case = noted.await.expect("noted");
    let entries = store.reader().journal_of(office.community, case.0).await;
    let entries = entries.expect("entries");
    let told: Vec<_> = entries
        .iter()
        .rev()
        .take(n)
        .map(|entry| entry.seq)
        .collect();
    let kind = kind.to_owned();
    let told = async move |unit: &store::Unit| {
        for seq in told {
            let message = store::message::Message {
                to,
                stands_for: None,
                case,
                seq,
                kind: kind.clone(),
                at,
                read_at: None,
            };
            unit.keep_message(&message).await?;
        }
        Ok(())
    };
    let told = store.unit::<_, store::Error, _>(office.community, told);
    told.await.expect("told");
}

/// How many messages are new to somebody, and whether there are more.
async fn unread(office: &Office, account: &str) -> (Value, Value) {
    let token = office.token(account).await;
    let all = office
        .api("GET", "/api/v1/messages", &token, &[], &json!(null))
        .await;
    let all: Value = serde_json::from_str(&all.body).expect("JSON");
    (all["unread"].clone(), all["more_unread"].clone())
}

/// Two files, of which one was dispatched and the other one was told to the desk as undecided.
async fn one_waits_one_goes(office: &Office) -> [String; 2] {
    let desk = office.sign_in("desk").await;
    let waits = desk.enter("路灯不亮", "G01-M01").await;
    let goes = desk.enter("井盖松动", "G01-M01").await;
    for number in [&waits, &goes] {
        desk.step(number, "file", &[("filing", "20110-2011001")])
            .await;
    }
    let to = [("whom", "other"), ("to", "steward-01")];
    desk.step(&goes, "dispatch", &to).await;
    office.later(Duration::minutes(16));
    office.tick().await;
    [waits, goes]
}

on_both_databases! {
    async fn what_is_decided_hides_no_message_of_what_is_not_however_often_it_was_told(database: Database) {
        let office = Office::furnish(database).await;
        let [_, goes] = one_waits_one_goes(&office).await;
        let before = unread(&office, "desk").await;
        assert_eq!(before, (json!(1), json!(false)));
        flooded(&office, "desk", &goes, ("supervision-undecided", 1_001)).await;
        assert_eq!(unread(&office, "desk").await, before);
    }

    async fn what_is_settled_otherwise_is_looked_through_for_what_is_new_behind_it(database: Database) {
        let office = Office::furnish(database).await;
        let [waits, goes] = one_waits_one_goes(&office).await;
        flooded(&office, "desk", &goes, ("call_missed", 201)).await;
        assert_eq!(unread(&office, "desk").await, (json!(1), json!(false)));
        let page = office.sign_in("desk").await.get("/work").await.body;
        assert!(page.contains("还没有人决定怎么办") && page.contains(&waits), "{page}");
    }

    async fn that_nobody_decided_is_read_for_all_who_were_told_once_somebody_did(database: Database) {
        let office = Office::furnish(database).await;
        let [waits, _] = one_waits_one_goes(&office).await;
        let first = office.sign_in("desk").await;
        first.step(&waits, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        office.follow().await;
        for account in ["desk", "desk-02"] {
            assert_eq!(unread(&office, account).await, (json!(0), json!(false)), "{account}");
            let page = office.sign_in(account).await.get("/work").await.body;
            assert!(page.contains("还没有人决定怎么办"), "it stays among what was read: {page}");
        }
    }
}
