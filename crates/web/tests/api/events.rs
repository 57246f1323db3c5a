//! The journal as a page and as a live stream.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use testkit::{Database, on_both_databases};
use tower::ServiceExt;
use web::{Limits, Settings};
use work::account::{NewToken, create_token, revoke_shown};

use crate::common::Visit;
use crate::town::{HERE, THERE, Town, pair, text};

/// A guard against hanging, not a measure.
const PATIENCE: Duration = Duration::from_secs(30);

on_both_databases! {
    async fn staff_read_the_journal_of_their_community_in_order(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        town.step("desk", &number, 1, "file", json!({})).await;
        let page = town.read("desk", "/api/v1/events").await;
        assert_eq!(page.status, 200, "{}", page.body);
        let page = page.json();
        let cases: Vec<&Value> = page["items"].as_array().expect("items").iter().filter(|one| one["subject"] == *number).collect();
        let deeds: Vec<String> = cases.iter().map(|one| text(&one["event"]["t"])).collect();
        assert_eq!(deeds, ["reported", "filed"]);
        for told in &cases {
            assert_eq!(told["event"]["grid"], format!("{HERE}-G01-M01"), "by the code that everybody knows it by");
        }
        let next = page["next"].as_i64().expect("a place");
        let rest = town.read("desk", &format!("/api/v1/events?after={next}")).await.json();
        assert_eq!(rest, json!({"items": [], "next": next}));
        let one = town.read("desk", "/api/v1/events?limit=1").await.json();
        assert_eq!(one["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(town.read("auditor", &format!("/api/v1/events?community={HERE}")).await.json(), page);
        for (who, status) in [("", 401), ("steward-01", 403), ("stranger", 403), ("admin", 403)] {
            let refused = town.read(who, &format!("/api/v1/events?community={HERE}")).await;
            assert_eq!(refused.status.as_u16(), status, "{who}");
        }
        let wrong = town.read("desk", "/api/v1/events?community=nowhere").await;
        assert_eq!((wrong.status.as_u16(), wrong.fault()), (422, pair("community", "community-unknown")));
        assert_eq!(town.read("desk", "/api/v1/events?after=-1").await.fault(), pair("after", "after-unknown"));
    }

    async fn staff_are_told_every_step_of_a_case_with_the_same_fields(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        town.step("desk", &number, 1, "file", json!({"category": "20110"})).await;
        town.step("desk", &number, 2, "dispatch", json!({"to": "worker-01"})).await;
        let page = town.read("desk", "/api/v1/events").await.json();
        let all = page["items"].as_array().expect("items").iter().filter(|one| one["subject"] == *number);
        let all: Vec<&Value> = all.map(|one| &one["event"]).collect();
        let none = Value::Null;
        let category = json!("20110");
        for (event, (t, from, was, category)) in all.iter().zip([
            ("reported", &none, &none, &none),
            ("filed", &json!("reported"), &none, &category),
            ("dispatched", &json!("filed"), &category, &category),
        ]) {
            assert_eq!(event["t"], t, "{event}");
            for (field, value) in [("from", from), ("was", was), ("category", category)] {
                assert_eq!(event.get(field), Some(value), "{field}: {event}");
            }
        }
        assert_eq!(all.len(), 3, "{page}");
    }

    async fn what_concerns_persons_is_told_to_no_listener_who_sees_counts_alone(database: Database) {
        let town = Town::on(database).await;
        hides_20120(&town).await;
        for category in ["20110", "20120"] {
            let (number, _) = town.tell(0, "路灯坏了").await;
            town.step("desk", &number, 1, "file", json!({"category": category})).await;
        }
        let filed = async |who: &str| {
            let page = town.read(who, "/api/v1/events?limit=1000").await.json();
            let items = page["items"].as_array().expect("items").clone();
            let filed = items.into_iter().filter(|one| one["event"]["t"] == "filed");
            filed.map(|one| text(&one["event"]["category"])).collect::<Vec<_>>()
        };
        assert_eq!(filed("partner").await, ["20110"]);
        assert_eq!(filed("desk").await, ["20110", "20120"], "whoever reads cases reads them all");
    }

    async fn whoever_sees_counts_alone_is_told_under_which_category_a_case_counted_before(database: Database) {
        let town = Town::on(database).await;
        filed_anew(&town, "20110", "20130").await;
        let told = changes(&town, "partner").await;
        assert_eq!(told, [("filed".to_owned(), json!(null), json!("20110")), ("reclassified".to_owned(), json!("20110"), json!("20130"))]);
    }

    async fn that_a_case_comes_under_a_category_about_persons_or_leaves_it_is_told_to_no_listener_who_sees_counts_alone(database: Database) {
        let town = Town::on(database).await;
        hides_20120(&town).await;
        filed_anew(&town, "20110", "20120").await;
        filed_anew(&town, "20120", "20110").await;
        assert_eq!(changes(&town, "partner").await, [("filed".to_owned(), json!(null), json!("20110"))]);
        let staff = changes(&town, "desk").await;
        let anew = staff.iter().filter(|(t, ..)| t == "reclassified").count();
        assert_eq!((staff.len(), anew), (4, 2), "whoever reads cases reads them all: {staff:?}");
    }

    async fn that_a_case_became_a_complaint_is_told_to_nobody(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        let (bearer, path) = (town.bearer("desk"), format!("/api/v1/cases/{number}/complaint"));
        let headers = [("authorization", bearer.as_str()), ("if-match", "\"1\"")];
        let turned = town.send(&path, &headers, &json!({"about": "steward-01"})).await;
        assert_eq!(turned.status, 200, "{}", turned.body);
        let (other, _) = town.tell(0, "井盖塌了").await;
        let away = json!({"redirect": "outside_area", "instead": "请找隔壁社区"});
        assert_eq!(town.step("desk", &other, 1, "redirect", away).await.status, 200);
        for who in ["desk", "chief", "supervisor", "partner", "auditor"] {
            let page = town.read(who, &format!("/api/v1/events?community={HERE}&limit=1000")).await.json();
            let ended = page["items"].as_array().expect("items").iter();
            let ended: Vec<&Value> = ended.filter(|one| one["event"]["t"] == "redirected").collect();
            assert_eq!(ended.len(), 1, "{who}: {ended:?}");
            assert!(!page.to_string().contains(&number), "{who}");
        }
    }

    async fn whoever_leads_above_a_level_that_is_late_is_told_by_their_code(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        for (version, who, command, body) in [
            (1, "desk", "file", json!({"category": "20110"})),
            (2, "desk", "dispatch", json!({"to": "steward-01"})),
            (3, "steward-01", "accept", json!({})),
        ] {
            let done = town.step(who, &number, version, command, body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
        }
        town.house.clock.move_to(town.house.clock.now() + time::Duration::days(4));
        work::supervision::tick(&town.house).await.expect("a round");
        let page = town.read("desk", "/api/v1/events?limit=1000").await.json();
        let mut late = page["items"].as_array().expect("items").iter();
        let late = late.find(|one| one["event"]["t"] == "supervision_tier_over").expect("told");
        assert_eq!((&late["event"]["owner"], &late["event"]["lead"]), (&json!("steward-01"), &json!("lead-01")), "{late}");
    }

    async fn the_stream_tells_a_change_after_its_commit_and_goes_on_where_it_was(database: Database) {
        let town = Town::on(database).await;
        town.tell(0, "路灯坏了").await;
        let head = town.read("desk", "/api/v1/events").await.json()["next"].as_i64().expect("a place");
        let bearer = town.bearer("desk");
        let mut stream = listen(&town, "/api/v1/events", &[("authorization", &bearer), ("last-event-id", &(head - 1).to_string())]).await;
        assert!(heard(&mut stream).await.contains(&format!("id: {head}")));
        let (number, _) = town.tell(1, "水管漏水").await;
        let told = heard(&mut stream).await;
        assert!(told.contains(&format!("id: {}", head + 1)) && told.contains(&number), "{told}");
    }

    async fn a_wall_with_a_device_token_hears_counts_of_its_community_until_the_token_is_taken_back(database: Database) {
        let town = Town::on(database).await;
        let community = town.house.net().community(HERE).expect("here").id;
        let token = create_token(&town.house, NewToken::Device { community }, "lobby", None).await.expect("a token").0;
        let cookie = format!("wall={}", token.expose());
        let mut stream = listen(&town, &format!("/api/v1/events?community={HERE}"), &[("cookie", &cookie)]).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        let told = heard(&mut stream).await;
        assert!(told.contains("\"to\":\"reported\""), "{told}");
        assert!(!told.contains(&number) && !told.contains("owner"), "counts without people: {told}");
        let there = town.get_with(&format!("/api/v1/events?community={THERE}"), &[("cookie", &cookie)]).await;
        assert_eq!(there.status, 404);
        revoke_shown(&town.house, token.expose()).await.expect("taken back");
        let end = tokio::time::timeout(PATIENCE, stream.frame()).await.expect("in time");
        assert!(end.is_none(), "the stream ends with the token");
        let refused = town.get_with("/api/v1/events", &[("cookie", &cookie)]).await;
        assert!(!refused.status.is_success(), "{}", refused.body);
    }
}

/// The settings say that a category concerns persons.
async fn hides_20120(town: &Town) {
    let bearer = town.bearer("desk");
    let headers = [("authorization", bearer.as_str()), ("if-match", "\"0\"")];
    let hidden = json!({"duplicate": {"hidden": ["20120"]}}).to_string();
    let body = Body::from(hidden);
    let put = town.ask("PUT", "/api/v1/settings", &headers, body).await;
    assert_eq!(put.status, 200, "{}", put.body);
}

/// A case that is filed under one category and then under another one.
async fn filed_anew(town: &Town, first: &str, then: &str) {
    let (number, _) = town.tell(0, "路灯坏了").await;
    let why = json!({"category": then, "reason": "其实是另一类"});
    for (version, body) in [(1, json!({"category": first})), (2, why)] {
        let done = town.step("desk", &number, version, "file", body).await;
        assert_eq!(done.status, 200, "{}", done.body);
    }
}

/// Each step by which somebody hears that a case came under a category: its name, from which one, to which one.
async fn changes(town: &Town, who: &str) -> Vec<(String, Value, Value)> {
    let page = town.read(who, "/api/v1/events?limit=1000").await.json();
    let items = page["items"].as_array().expect("items").iter();
    let events = items.map(|one| &one["event"]);
    let changed = events.filter(|one| one["t"] == "filed" || one["t"] == "reclassified");
    changed
        .map(|one| (text(&one["t"]), one["was"].clone(), one["category"].clone()))
        .collect()
}

/// Opens a live stream.
async fn listen(town: &Town, path: &str, headers: &[(&str, &str)]) -> Body {
    let mut request = Request::get(path).header("accept", "text/event-stream");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    let answer = town.door.clone().oneshot(request).await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    answer.into_body()
}

/// The next message of a stream.
async fn heard(stream: &mut Body) -> String {
    let frame = tokio::time::timeout(PATIENCE, stream.frame())
        .await
        .expect("in time");
    let bytes = frame
        .expect("a frame")
        .expect("no error")
        .into_data()
        .expect("data");
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[tokio::test]
async fn in_the_demo_everybody_hears_what_counts_are_made_of_and_nothing_about_people() {
    let limits = Limits {
        anonymous: false,
        ..Limits::default()
    };
    let settings = Settings {
        demo: true,
        limits,
        ..Settings::default()
    };
    let town = Town::of(Visit::with(Database::sqlite().await, settings).await).await;
    town.tell(0, "路灯坏了").await;
    let page = town.get(&format!("/api/v1/events?community={HERE}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let page = page.json();
    let told = &page["items"][0];
    assert_eq!(told["subject"], json!(null));
    let event = json!({"t": "reported", "from": null, "to": "reported", "grid": format!("{HERE}-G01-M01"), "category": null, "was": null});
    assert_eq!(told["event"], event);
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1), "{page}");
    let other = town
        .read("desk", &format!("/api/v1/events?community={THERE}"))
        .await;
    assert_eq!(other.json()["items"], json!([]));
    assert_eq!(
        town.get("/api/v1/events").await.fault(),
        pair("community", "field-missing")
    );
}
