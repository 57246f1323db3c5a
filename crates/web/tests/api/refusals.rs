//! What the rules refuse says which rule it was, under one name in code, type and page.

use serde_json::{Value, json};
use testkit::{Database, on_both_databases};

use crate::town::{Town, pair, text};

fn to(whom: &str) -> Value {
    json!({"to": whom, "note": "请接手"})
}

/// Takes a step that has to succeed, and says the version after it.
async fn taken(
    town: &Town,
    who: &str,
    (number, at): (&str, i64),
    command: &str,
    body: Value,
) -> i64 {
    let done = town.step(who, number, at, command, body).await;
    assert_eq!(done.status, 200, "{who} {command}: {}", done.body);
    done.json()["version"].as_i64().expect("a version")
}

/// A case that went from hand to hand as often as it may, and its version.
async fn went_round(town: &Town) -> (String, i64) {
    let (number, _) = town.tell(0, "路灯坏了").await;
    let mut at = 1;
    for (who, command, body) in [
        ("desk", "file", json!({})),
        ("desk", "dispatch", json!({"to": "steward-01"})),
        ("steward-01", "accept", json!({})),
        ("steward-01", "hand_over", to("worker-01")),
        ("worker-01", "hand_over", to("steward-01")),
        ("steward-01", "hand_over", to("worker-01")),
    ] {
        at = taken(town, who, (&number, at), command, body).await;
    }
    (number, at)
}

#[tokio::test]
async fn a_leader_to_whom_it_climbed_decides_by_handing_it_over_and_gives_nothing_back() {
    let town = Town::on(Database::sqlite().await).await;
    let (number, mut at) = went_round(&town).await;
    for (who, command, body) in [
        ("worker-01", "hand_over", to("steward-01")),
        ("lead-01", "accept", json!({})),
    ] {
        at = taken(&town, who, (&number, at), command, body).await;
    }
    let path = format!("/api/v1/cases/{number}");
    let case = town.read("lead-01", &path).await.json();
    let may = case["may"].as_array().expect("commands");
    assert!(may.contains(&json!("hand_over")) && !may.contains(&json!("return")));
    assert_eq!(case["goes_up"], json!(false), "it goes to whom they name");
    let back = json!({"reason": "不是我的"});
    let back = town.step("lead-01", &number, at, "return", back).await;
    assert_eq!(back.status, 409, "{}", back.body);
    assert_eq!(back.json()["code"], "passed-round");
    let over = town
        .step("lead-01", &number, at, "hand_over", to("steward-01"))
        .await;
    assert_eq!(over.json()["owner"]["name"], "示例steward-01");
    at = over.json()["version"].as_i64().expect("a version");
    let again = town
        .step("steward-01", &number, at, "hand_over", to("worker-01"))
        .await;
    assert_eq!(again.json()["code"], "passed-round", "it is decided");
}

#[tokio::test]
async fn what_went_round_too_often_says_that_a_leader_decides_before_and_after() {
    let town = Town::on(Database::sqlite().await).await;
    let (number, mut at) = went_round(&town).await;
    let path = format!("/api/v1/cases/{number}");
    let goes_up = async |who: &str| town.read(who, &path).await.json()["goes_up"].clone();
    assert_eq!(goes_up("worker-01").await, json!(true));
    assert_eq!(
        goes_up("desk").await,
        json!(false),
        "a leader decides where it goes"
    );
    let decided = town
        .step("desk", &number, at, "hand_over", to("steward-01"))
        .await;
    at = decided.json()["version"].as_i64().expect("a version");
    let refused = town
        .step("steward-01", &number, at, "hand_over", to("worker-01"))
        .await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    let case = town.read("steward-01", &path).await.json();
    let may = case["may"].as_array().expect("commands");
    for passing in ["hand_over", "return", "raise", "lower"] {
        assert!(!may.contains(&json!(passing)), "{passing}: {may:?}");
    }
    let problem = refused.json();
    assert_eq!(
        (&problem["code"], &problem["type"]),
        (&json!("passed-round"), &json!("/problems/passed-round"))
    );
    let page = town.get("/problems/passed-round").await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(
        text(&problem["detail"]).contains("a leader decides"),
        "{problem}"
    );
    let may = problem["may"].as_array().expect("commands");
    assert!(
        !may.contains(&json!("hand_over")) && may.contains(&json!("handle")),
        "{problem}"
    );
}

on_both_databases! {
    async fn a_merge_into_what_was_merged_says_where_that_went_to_whoever_finds_it(database: Database) {
        let town = Town::on(database).await;
        let (end, _) = town.tell(0, "路灯坏了").await;
        let (gone, _) = town.tell(2, "路灯又坏了").await;
        let (third, _) = town.tell(2, "路灯还是坏的").await;
        let merge = async |who: &str, number: &str, into: &str| {
            let body = json!({"into": into, "far": true, "reason": "同一件事"});
            town.step(who, number, 1, "merge", body).await
        };
        let merged = merge("desk", &gone, &end).await;
        assert_eq!(merged.status, 200, "{}", merged.body);
        let refused = merge("desk", &third, &gone).await;
        assert_eq!(refused.status, 409, "{}", refused.body);
        let problem = refused.json();
        assert_eq!((&problem["code"], &problem["into"]), (&json!("merged-into-ended"), &json!(end)));
        assert!(text(&problem["detail"]).contains(&end), "{problem}");
        assert!(problem["may"].as_array().is_some_and(|may| may.contains(&json!("merge"))), "{problem}");
        let refused = merge("lead-02", &third, &gone).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["code"]), (409, &json!("merged-into-ended")));
        assert!(!refused.body.contains(&end), "it lies in another grid: {}", refused.body);
    }

    async fn what_was_agreed_is_settled_by_the_name_it_has_in_the_case(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        let mut at = 1;
        for (who, command, body) in [
            ("desk", "file", json!({})),
            ("desk", "dispatch", json!({"to": "steward-01"})),
            ("steward-01", "accept", json!({})),
            ("chief", "coordinate", json!({"parties": ["desk", "water"], "at": "2026-11-24T09:00:00+08:00", "reason": "各方都在场才能定"})),
            ("chief", "agree", json!({"note": "换线路", "to": "desk", "at": "2026-11-25T09:00:00+08:00"})),
        ] {
            let done = town.step(who, &number, at, command, body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
            at = done.json()["version"].as_i64().expect("a version");
        }
        let long_past = json!({"note": "换线路", "to": "desk", "at": "2025-01-01T09:00:00+08:00"});
        let refused = town.step("chief", &number, at, "agree", long_past).await;
        assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair("at", "date-past")), "{}", refused.body);
        let case = town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.json();
        let item = &case["items"][0]["item"];
        let settled = town.step("desk", &number, at, "settle", json!({"item": item, "done": true})).await;
        assert_eq!(settled.status, 200, "{}", settled.body);
    }

    async fn whoever_settles_what_is_settled_hears_who_did_it_where_nothing_else_was_agreed(database: Database) {
        let town = Town::on(database).await;
        for agreed in [1, 2] {
            let (number, _) = town.tell(0, "路灯坏了").await;
            let at = taken(&town, "desk", (&number, 1), "file", json!({})).await;
            let at = taken(&town, "desk", (&number, at), "dispatch", json!({"to": "steward-01"})).await;
            let at = taken(&town, "steward-01", (&number, at), "accept", json!({})).await;
            let call = json!({"parties": ["desk", "water"], "at": "2026-11-24T09:00:00+08:00", "reason": "各方都在场才能定"});
            let mut at = taken(&town, "chief", (&number, at), "coordinate", call).await;
            for _ in 0..agreed {
                let agree = json!({"note": "换线路", "to": "desk", "at": "2026-11-25T09:00:00+08:00"});
                at = taken(&town, "chief", (&number, at), "agree", agree).await;
            }
            let case = town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.json();
            let items = case["items"].as_array().expect("items");
            assert_eq!(items.len(), agreed, "{case}");
            let settle = |n: usize| json!({"item": items[n]["item"], "done": true});
            for n in 0..agreed {
                at = taken(&town, "desk", (&number, at), "settle", settle(n)).await;
            }
            let late = town.step("desk", &number, at, "settle", settle(0)).await;
            assert_eq!(late.status, 409, "{}", late.body);
            let late = late.json();
            let said = if agreed == 1 { json!("settled") } else { json!(null) };
            assert_eq!((&late["code"], &late["done"]["deed"]), (&json!("already-done"), &said), "of {agreed}: {late}");
        }
    }

    async fn a_task_goes_to_somebody_who_serves_another_general_grid_only_when_that_is_said(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(2, "路灯坏了").await;
        town.step("desk", &number, 1, "file", json!({"category": "20110"})).await;
        let refused = town.step("desk", &number, 2, "dispatch", json!({"to": "steward-01"})).await;
        assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair("far", "dispatch-far")), "{}", refused.body);
        let said = town.step("desk", &number, 2, "dispatch", json!({"to": "steward-01", "far": true})).await;
        assert_eq!(said.status, 200, "{}", said.body);
        let (near, _) = town.tell(2, "路灯又坏了").await;
        town.step("desk", &near, 1, "file", json!({"category": "20110"})).await;
        let given = town.step("desk", &near, 2, "dispatch", json!({"to": "lead-02"})).await;
        assert_eq!(given.status, 200, "who serves its grid: {}", given.body);
    }
}

#[tokio::test]
async fn a_merge_into_itself_or_into_what_is_over_says_which_of_both_it_is() {
    let town = Town::on(Database::sqlite().await).await;
    let (number, _) = town.tell(0, "路灯坏了").await;
    let (over, code) = town.tell(0, "路灯又坏了").await;
    let headers = [("receipt-code", code.as_str()), ("if-match", "\"1\"")];
    let withdrawn = format!("/api/v1/cases/{over}/withdraw");
    assert_eq!(
        town.send(&withdrawn, &headers, &json!({})).await.status,
        200
    );
    for (into, code) in [
        (&number, "merged-into-itself"),
        (&over, "merged-into-ended"),
    ] {
        let body = json!({"into": into, "reason": "同一件事"});
        let refused = town.step("desk", &number, 1, "merge", body).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["code"]),
            (409, &json!(code))
        );
    }
}

#[tokio::test]
async fn whoever_adopts_what_another_leader_has_adopted_hears_who_it_was() {
    let town = Town::on(Database::sqlite().await).await;
    let (number, _) = town.tell(0, "路灯坏了").await;
    let at = taken(&town, "desk", (&number, 1), "file", json!({})).await;
    let at = taken(&town, "lead-01", (&number, at), "adopt", json!({})).await;
    let late = town.step("chief", &number, at, "adopt", json!({})).await;
    assert_eq!(late.status, 409, "{}", late.body);
    let late = late.json();
    assert_eq!(late["code"], "already-done", "{late}");
    let done = &late["done"];
    assert_eq!(
        (&done["deed"], &done["by"]),
        (&json!("adopted"), &json!("示例lead-01")),
        "{late}"
    );
}
