//! Messages through the API: each finds what came to them, page by page, and marks their own as read and nobody else's.

use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::common::Answer;
use crate::town::{Town, pair, text};

const MESSAGES: &str = "/api/v1/messages";

/// Sends JSON as somebody.
async fn post(town: &Town, who: &str, path: &str, body: Value) -> Answer {
    let bearer = town.bearer(who);
    town.send(path, &[("authorization", &bearer)], &body).await
}

/// A page of what came to somebody.
async fn came(town: &Town, who: &str, query: &str) -> Value {
    let page = town.read(who, &format!("{MESSAGES}{query}")).await;
    assert_eq!(page.status, 200, "{who}: {}", page.body);
    page.json()
}

/// The ids of a page.
fn ids(page: &Value) -> Vec<i64> {
    let items = page["items"].as_array().expect("items").iter();
    items
        .map(|one| one["id"].as_i64().expect("an id"))
        .collect()
}

/// How many messages are new to somebody.
async fn unread(town: &Town, who: &str) -> Value {
    came(town, who, "?limit=1").await["unread"].clone()
}

/// A case that was given to worker-01.
async fn given(town: &Town) -> String {
    let (number, _) = town.tell(0, "路灯坏了").await;
    for (at, command, body) in [
        (1, "file", json!({"category": "20110"})),
        (2, "dispatch", json!({"to": "worker-01"})),
    ] {
        let done = town.step("desk", &number, at, command, body).await;
        assert_eq!(done.status, 200, "{command}: {}", done.body);
    }
    number
}

/// Reminds whoever is responsible so many times.
async fn remind(town: &Town, number: &str, times: usize) {
    for n in 0..times {
        let said = json!({"kind": "remind", "words": format!("请尽快，第 {n} 次")});
        let path = format!("/api/v1/cases/{number}/supervision");
        let told = post(town, "supervisor", &path, said).await;
        assert_eq!(told.status, 201, "{}", told.body);
    }
    town.settle().await;
}

on_both_databases! {
    async fn a_message_comes_to_whom_it_concerns_and_says_what_it_is_about(database: Database) {
        let town = Town::on(database).await;
        let number = given(&town).await;
        town.settle().await;
        let page = came(&town, "worker-01", "").await;
        assert_eq!((&page["unread"], &page["more_unread"], &page["next"]), (&json!(1), &json!(false), &Value::Null), "{page}");
        let one = &page["items"][0];
        assert_eq!((&one["kind"], &one["about"], &one["number"], &one["new"]), (&json!("dispatched"), &json!("case"), &json!(number), &json!(true)));
        assert_eq!((one.get("stands_for"), one.get("handed_to")), (None, None), "{one}");
        for other in ["steward-02", "officer-01", "volunteer-01", "partner", "supervisor", "stranger"] {
            let nothing = json!({"unread": 0, "more_unread": false, "items": [], "next": null});
            assert_eq!(came(&town, other, "").await, nothing, "{other}");
        }
        assert_eq!((town.get(MESSAGES).await.status.as_u16(), town.read("admin", MESSAGES).await.status.as_u16()), (401, 403));
    }

    async fn messages_are_read_page_by_page_and_marked_by_what_was_shown(database: Database) {
        let town = Town::on(database).await;
        let number = given(&town).await;
        remind(&town, &number, 6).await;
        let (mut all, mut query) = (Vec::new(), "?limit=3".to_owned());
        let first = ids(&came(&town, "worker-01", &query).await);
        loop {
            let page = came(&town, "worker-01", &query).await;
            assert_eq!(page["unread"], 7, "it counts all of them: {page}");
            all.extend(ids(&page));
            let Some(next) = page["next"].as_str() else { break };
            query = format!("?limit=3&after={next}");
        }
        let mut sorted = all.clone();
        sorted.sort_by_key(|id| std::cmp::Reverse(*id));
        sorted.dedup();
        assert_eq!((all.len(), &all), (7, &sorted), "each once, the newest first");

        let read = post(&town, "worker-01", "/api/v1/messages/read", json!({"ids": first})).await;
        assert_eq!((read.status.as_u16(), read.json()), (200, json!({"read": 3, "unread": 4, "more_unread": false})));
        let page = came(&town, "worker-01", "").await;
        let new: Vec<i64> = page["items"].as_array().expect("items").iter().filter(|one| one["new"] == true).filter_map(|one| one["id"].as_i64()).collect();
        assert_eq!((ids(&page), new), (all.clone(), all[3..].to_vec()), "those that were read stay where they are");
        let again = post(&town, "worker-01", "/api/v1/messages/read", json!({"ids": first})).await.json();
        assert_eq!(again["read"], 0);
        let rest = post(&town, "worker-01", "/api/v1/messages/read", json!({"up_to": all[4]})).await.json();
        assert_eq!((&rest["read"], &rest["unread"]), (&json!(3), &json!(1)), "that one and what came before it");
    }

    async fn nobody_marks_the_messages_of_somebody_else(database: Database) {
        let town = Town::on(database).await;
        given(&town).await;
        town.settle().await;
        let own = ids(&came(&town, "worker-01", "").await);
        for body in [json!({"ids": own}), json!({"up_to": own[0]})] {
            for other in ["steward-02", "chief", "stranger"] {
                post(&town, other, "/api/v1/messages/read", body.clone()).await;
            }
        }
        assert_eq!(unread(&town, "worker-01").await, 1);
    }

    async fn whoever_stands_in_reads_what_came_to_the_absent_one_and_marks_it_for_themselves_alone(database: Database) {
        let town = Town::on(database).await;
        let number = given(&town).await;
        let away = post(&town, "worker-01", "/api/v1/absence", json!({"until": "2026-11-24", "deputy": "steward-02"})).await;
        assert_eq!(away.status, 200, "{}", away.body);
        remind(&town, &number, 2).await;
        let page = came(&town, "steward-02", "").await;
        let items = page["items"].as_array().expect("items");
        let theirs: Vec<_> = items.iter().filter(|one| one["stands_for"] == "示例worker-01").collect();
        assert_eq!((theirs.len(), items.len(), &page["unread"]), (2, 2, &json!(2)), "not what came before: {page}");
        let read = post(&town, "steward-02", "/api/v1/messages/read", json!({"ids": ids(&page)})).await.json();
        assert_eq!((&read["read"], &read["unread"]), (&json!(2), &json!(0)), "{read}");
        let after = came(&town, "steward-02", "").await;
        assert_eq!((ids(&after), &after["items"][0]["stands_for"]), (ids(&page), &json!("示例worker-01")), "read, and found still");
        assert_eq!(unread(&town, "worker-01").await, 3, "the absent one has not read them");
    }

    async fn a_message_about_what_left_ones_sight_is_neither_listed_nor_counted(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        town.step("desk", &number, 1, "file", json!({"category": "20120"})).await;
        town.step("desk", &number, 2, "dispatch", json!({})).await;
        town.settle().await;
        let there = came(&town, "water", "").await;
        assert_eq!((&there["unread"], &there["items"][0]["number"]), (&json!(1), &json!(number)), "{there}");
        let back = town.step("water", &number, 3, "return", json!({"reason": "不是我们的管线"})).await;
        assert_eq!(back.status, 200, "{}", back.body);
        let gone = came(&town, "water", "").await;
        assert_eq!((&gone["unread"], &gone["items"]), (&json!(0), &json!([])), "{gone}");
    }

    async fn a_faulty_question_and_a_faulty_mark_are_refused_by_their_fields(database: Database) {
        let town = Town::on(database).await;
        for (query, fault) in [("after=x", pair("after", "after-unknown")), ("limit=201", pair("limit", "limit-outside")), ("new=1", pair("new", "field-unknown"))] {
            let refused = town.read("desk", &format!("{MESSAGES}?{query}")).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault), "{query}");
        }
        let many: Vec<i64> = (1..=201).collect();
        for (body, fault) in [
            (json!({}), pair("ids", "field-missing")),
            (json!({"ids": [1], "up_to": 2}), pair("up_to", "messages-either")),
            (json!({"ids": many}), pair("ids", "messages-many")),
            (json!({"up_to": "now"}), pair("up_to", "field-shape")),
            (json!({"up_to": 1, "member": "worker-01"}), pair("member", "field-unknown")),
        ] {
            let refused = post(&town, "desk", "/api/v1/messages/read", body.clone()).await;
            assert_eq!((refused.status.as_u16(), refused.faults()), (422, vec![fault]), "{body}");
            assert!(!text(&refused.json()["faults"][0]["message"]).is_empty(), "{}", refused.body);
        }
    }
}
