//! Orders of an upper level's system.

use axum::body::Body;
use serde_json::{Value, json};
use testkit::{Database, on_both_databases};

use crate::common::Answer;
use crate::town::{HERE, THERE, Town, VISITED, pair, text};

async fn send(town: &Town, body: &Value) -> Answer {
    let bearer = town.bearer("partner");
    town.send("/api/v1/orders", &[("authorization", &bearer)], body)
        .await
}

fn order(id: &str) -> Value {
    json!({"id": id, "text": "河边路灯不亮", "grid": format!("{HERE}-G01-M01"), "category": "20110", "due": "2026-12-01T18:00:00+08:00"})
}

on_both_databases! {
    async fn an_order_comes_once_by_its_own_number_and_its_limit_wins(database: Database) {
        let town = Town::on(database).await;
        let first = send(&town, &order("SJ-7")).await;
        assert_eq!(first.status, 201, "{}", first.body);
        let receipt = first.json();
        assert_eq!(receipt["due"], "2026-12-01T18:00:00+08:00");
        assert_eq!(text(&receipt["code"]).len(), 6);
        let again = send(&town, &order("SJ-7")).await;
        assert_eq!((again.status, &again.body), (first.status, &first.body));
        let mut other = order("SJ-7");
        other["text"] = json!("另一件事");
        let refused = send(&town, &other).await;
        assert_eq!((refused.status.as_u16(), refused.json()["code"].clone()), (422, json!("key-reused")));

        let number = text(&receipt["number"]);
        let told = town.read("desk", &format!("/api/v1/cases/{number}")).await.json();
        assert_eq!(told["channel"], "superior");
        let version = told["version"].as_i64().expect("a version");
        let filed = town.step("desk", &number, version, "file", json!({})).await;
        assert_eq!(filed.status, 200, "{}", filed.body);
        assert_eq!(filed.json()["due_at"], "2026-12-01T18:00:00+08:00", "{}", filed.body);

        let progress = town.get_with(&format!("/api/v1/reports/{number}"), &[("receipt-code", &text(&receipt["code"]))]).await;
        assert_eq!(progress.status, 200, "the same receipt as any report: {}", progress.body);
    }
}

on_both_databases! {
    async fn one_number_written_in_another_way_is_the_same_order_and_is_given_back_as_it_came_first(database: Database) {
        let town = Town::on(database).await;
        let first = send(&town, &order("SJ-20261130-0007")).await;
        assert_eq!(first.status, 201, "{}", first.body);
        for number in ["sj-20261130-0007", "ＳＪ２０２６１１３０００07", "SJ 20261130—0007"] {
            let again = send(&town, &order(number)).await;
            assert_eq!((again.status, &again.body), (first.status, &first.body), "{number}");
            let mut other = order(number);
            other["text"] = json!("另一件事");
            assert_eq!(send(&town, &other).await.json()["code"], "key-reused", "{number}");
        }
        let other = send(&town, &order("SJ-2026113-7")).await;
        assert_ne!(other.json()["number"], first.json()["number"], "other groups of digits are another number");
        town.settle().await;
        assert_eq!(town.read("desk", "/api/v1/cases").await.json()["total"], 2);
    }
}

on_both_databases! {
    async fn what_an_order_leaves_out_says_the_same_as_its_default(database: Database) {
        let town = Town::on(database).await;
        let mut whole = order("SJ-8");
        whole["channel"] = json!("superior");
        whole["place_note"] = json!("");
        let first = send(&town, &whole).await;
        assert_eq!(first.status, 201, "{}", first.body);
        let bare = send(&town, &order("SJ-8")).await;
        assert_eq!((bare.status, &bare.body), (first.status, &first.body));
        whole["channel"] = json!("hotline");
        assert_eq!(send(&town, &whole).await.json()["code"], "key-reused", "another way is another order");
    }

    async fn the_same_order_is_known_however_its_letters_its_fields_and_its_parts_are_sent(database: Database) {
        let town = Town::on(database).await;
        let first = send(&town, &order("SJ-20261130-0008")).await;
        assert_eq!(first.status, 201, "{}", first.body);
        let grid = format!("{HERE}-G01-M01");
        // letters as another program escapes them, fields in another order
        let escaped = format!(
            r#"{{"due": "2026-12-01T18:00:00+08:00", "category": "20110", "grid": "{grid}", "text": "\u6cb3\u8fb9\u8def\u706f\u4e0d\u4eae", "id": "\uff33\uff2a2026113000\u24ea8"}}"#
        );
        let parts = format!("--between\r\ncontent-disposition: form-data; name=\"order\"\r\n\r\n{escaped}\r\n--between--\r\n");
        for (kind, body) in [("application/json", &escaped), ("multipart/form-data; boundary=between", &parts)] {
            let bearer = town.bearer("partner");
            let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
            let again = town.ask("POST", "/api/v1/orders", &headers, Body::from(body.clone())).await;
            assert_eq!((again.status, &again.body), (first.status, &first.body), "{kind}");
            let other = body.replace("20110", VISITED);
            let other = town.ask("POST", "/api/v1/orders", &headers, Body::from(other)).await;
            assert_eq!(other.json()["code"], "key-reused", "{kind}: {}", other.body);
        }
    }
}

#[tokio::test]
async fn an_order_that_comes_again_after_its_limit_finds_its_receipt() {
    let town = Town::on(Database::sqlite().await).await;
    let first = send(&town, &order("SJ-6")).await;
    let clock = &town.house.clock;
    clock.move_to(clock.now() + time::Duration::days(10));
    let again = send(&town, &order("SJ-6")).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
}

#[tokio::test]
async fn contact_data_need_a_basis_and_are_sealed_with_it() {
    let town = Town::on(Database::sqlite().await).await;
    let mut with = order("SJ-8");
    with["contact"] = json!({"name": "李示例", "phone": "10012345678"});
    let refused = send(&town, &with).await;
    assert_eq!(
        (refused.status.as_u16(), refused.fault()),
        (422, pair("contact.basis", "basis-missing"))
    );
    with["contact"]["basis"] = json!("转办工单回访（示例）");
    let taken = send(&town, &with).await;
    assert_eq!(taken.status, 201, "{}", taken.body);
    let number = text(&taken.json()["number"]);
    let shown = town
        .read("desk", &format!("/api/v1/cases/{number}"))
        .await
        .body;
    assert!(!shown.contains("10012345678"), "{shown}");
}

#[tokio::test]
async fn a_faulty_order_says_which_field_and_changes_nothing() {
    let town = Town::on(Database::sqlite().await).await;
    let faulty = |field: &str, value: Value| {
        let mut body = order("SJ-9");
        body[field] = value;
        body
    };
    let cases = [
        (
            faulty("id", json!("a\nb")),
            pair("id", "order-number-malformed"),
        ),
        (
            faulty("id", json!("x".repeat(65))),
            pair("id", "order-number-malformed"),
        ),
        (
            faulty("text", json!("网格员态度恶劣")),
            pair("about_worker", "about-worker-unsaid"),
        ),
        (faulty("due", json!("尽快")), pair("due", "field-shape")),
        (
            faulty("due", json!("2020-01-01T18:00:00+08:00")),
            pair("due", "order-due-past"),
        ),
        (
            faulty("due", json!("2099-01-01T18:00:00+08:00")),
            pair("due", "order-due-far"),
        ),
        (
            faulty("channel", json!("resident")),
            pair("channel", "field-shape"),
        ),
        (
            faulty("category", json!("99999")),
            pair("category", "category-unknown"),
        ),
        (
            faulty("grid", json!("nowhere")),
            pair("grid", "grid-unknown"),
        ),
        (
            faulty("idcard", json!("x")),
            pair("idcard", "field-unknown"),
        ),
        (faulty("text", json!(" ")), pair("text", "text-missing")),
    ];
    for (body, fault) in cases {
        let refused = send(&town, &body).await;
        assert_eq!(
            (refused.status.as_u16(), refused.fault()),
            (422, fault),
            "{body}"
        );
    }
    let mut there = order("SJ-9");
    there["grid"] = json!(format!("{THERE}-G01-M01"));
    assert_eq!(
        send(&town, &there).await.status,
        403,
        "an integration serves its own community"
    );
    let list = town.read("desk", "/api/v1/cases").await.json();
    assert_eq!(list["total"], 0);
}

#[tokio::test]
async fn every_fault_of_an_order_is_told_at_once() {
    let town = Town::on(Database::sqlite().await).await;
    let body = json!({"text": 7, "grid": "nowhere", "category": "99999", "due": "尽快", "channel": "resident",
        "contact": {"phone": "ring"}, "idcard": "x"});
    let refused = send(&town, &body).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let wanted = [
        pair("category", "category-unknown"),
        pair("channel", "field-shape"),
        pair("contact.basis", "basis-missing"),
        pair("contact.phone", "phone-malformed"),
        pair("due", "field-shape"),
        pair("grid", "grid-unknown"),
        pair("id", "field-missing"),
        pair("idcard", "field-unknown"),
        pair("text", "field-shape"),
    ];
    assert_eq!(refused.faults(), wanted);
}
