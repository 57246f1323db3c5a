//! Events at places, told by sensors and partner systems.

use axum::body::Body;
use serde_json::{Value, json};
use testkit::{Database, on_both_databases};

use crate::common::{Answer, encoded};
use crate::town::{LAT, LON, Town, pair, text};

async fn send(town: &Town, body: &Value) -> Answer {
    let bearer = town.bearer("partner");
    town.send("/api/v1/place-events", &[("authorization", &bearer)], body)
        .await
}

fn event(id: &str, kind: &str) -> Value {
    json!({"id": id, "source": "示例烟感 3", "kind": kind, "at": "2026-11-23T08:55:00+08:00",
        "location": {"lon": LON, "lat": LAT}, "text": "消防通道被占 20 分钟"})
}

/// A form of the office, sent with the desk's token.
async fn press(town: &Town, path: &str, fields: &[(&str, &str)]) -> Answer {
    let bearer = town.bearer("desk");
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
    ];
    town.ask("POST", path, &headers, Body::from(encoded(fields)))
        .await
}

on_both_databases! {
    async fn an_event_waits_for_the_desk_until_its_kind_is_mapped_and_then_becomes_a_case_by_itself(database: Database) {
        let town = Town::on(database).await;
        let first = send(&town, &event("1", "fire_lane_blocked")).await;
        assert_eq!(first.status, 201, "{}", first.body);
        assert_eq!((&first.json()["state"], &first.json()["number"]), (&json!("waiting"), &Value::Null));
        let again = send(&town, &event("1", "fire_lane_blocked")).await;
        assert_eq!((again.status, &again.body), (first.status, &first.body), "the same event once");
        let mut other = event("1", "fire_lane_blocked");
        other["text"] = json!("别的事");
        assert_eq!(send(&town, &other).await.json()["code"], "key-reused");

        let page = town.read("desk", "/place-events").await.body;
        assert!(page.contains("fire_lane_blocked") && page.contains("消防通道被占 20 分钟"), "{page}");
        let id = text(&first.json()["event"]);
        let opened = press(&town, &format!("/place-events/{id}/case"), &[("category", "20110")]).await;
        assert_eq!(opened.status, 303, "{}", opened.body);
        let number = opened.header("location").trim_start_matches("/cases/").to_owned();
        let case = town.read("desk", &format!("/api/v1/cases/{number}")).await.json();
        assert_eq!((&case["channel"], &case["state"]), (&json!("system"), &json!("dispatched")));
        let late = press(&town, &format!("/place-events/{id}/aside"), &[]).await;
        assert_eq!(late.status, 412, "somebody has decided already");
        assert!(late.body.contains("您自己已于"), "and it is said who: {}", late.body);

        let mapped = press(&town, "/place-events/kinds", &[("kind", "fire_lane_blocked"), ("category", "20110")]).await;
        assert_eq!(mapped.status, 303, "{}", mapped.body);
        let second = send(&town, &event("2", "fire_lane_blocked")).await.json();
        assert_eq!(second["state"], "case", "{second}");
        let case = town.read("desk", &format!("/api/v1/cases/{}", text(&second["number"]))).await.json();
        assert_eq!((&case["channel"], &case["category"]["code"]), (&json!("system"), &json!("20110")));

        let third = send(&town, &event("3", "lamp_out")).await.json();
        let aside = press(&town, &format!("/place-events/{}/aside", text(&third["event"])), &[]).await;
        assert_eq!(aside.status, 303);
        assert_eq!(send(&town, &event("3", "lamp_out")).await.json()["state"], "settled");
        let page = town.get_with("/place-events", &[("authorization", &town.bearer("desk")), ("accept-language", "en")]).await.body;
        assert!(page.contains("No event waits for a decision."), "{page}");
    }
}

#[tokio::test]
async fn payloads_about_persons_are_refused_and_every_such_field_is_named() {
    let town = Town::on(Database::sqlite().await).await;
    let mut body = event("9", "intrusion");
    body["faceId"] = json!("x");
    body["data"] = json!({"plateNo": "x", "people": [{"姓名": "示例"}]});
    body["snapshotUrl"] = json!("http://camera.example/1.jpg");
    let refused = send(&town, &body).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let problem = refused.json();
    let faults = problem["faults"].as_array().expect("faults");
    let mut named: Vec<_> = faults
        .iter()
        .map(|fault| (text(&fault["field"]), text(&fault["code"])))
        .collect();
    named.sort();
    let wanted = ["data.people", "data.plateNo", "faceId", "snapshotUrl"];
    assert_eq!(named, wanted.map(|field| pair(field, "field-personal")));

    let mut words = event("9", "intrusion");
    words["text"] = json!("联系13812345678");
    let refused = send(&town, &words).await;
    assert_eq!(
        (refused.status.as_u16(), refused.fault()),
        (422, pair("text", "field-personal"))
    );
    assert!(!refused.body.contains("13812345678"), "{}", refused.body);
    for (field, value, fault) in [
        ("kind", json!("Fire Lane"), pair("kind", "kind-malformed")),
        ("at", json!("gestern"), pair("at", "field-shape")),
        (
            "at",
            json!("2030-01-01T00:00:00+08:00"),
            pair("at", "moment-ahead"),
        ),
        ("name", json!("示例"), pair("name", "field-personal")),
        ("sfzh", json!("x"), pair("sfzh", "field-personal")),
        ("surplus", json!(1), pair("surplus", "field-unknown")),
    ] {
        let mut body = event("9", "intrusion");
        body[field] = value;
        let refused = send(&town, &body).await;
        assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault));
    }
    let page = town.read("desk", "/place-events").await.body;
    assert!(
        !page.contains("intrusion"),
        "nothing of it was kept: {page}"
    );
}
