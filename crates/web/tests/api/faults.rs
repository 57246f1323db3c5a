//! Whoever sends something faulty hears of all of it at once, and which words would do.

use axum::body::Body;
use serde_json::{Value, json};
use testkit::{Database, on_both_databases};

use crate::reports::parts;
use crate::town::{HERE, LAT, LON, Town, pair, text};

on_both_databases! {
    async fn a_bad_photo_is_told_beside_a_bad_document(database: Database) {
        let town = Town::on(database).await;
        let document = json!({"text": 7, "grid": "NOWHERE"}).to_string();
        let body = parts(&[("report", None, document.as_bytes()), ("photo", Some("a.jpg"), b"no photo"), ("sound", Some("a.mp3"), b"no sound")]);
        let headers = [("idempotency-key", "a"), ("content-type", "multipart/form-data; boundary=x")];
        let refused = town.ask("POST", "/api/v1/reports", &headers, Body::from(body)).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert_eq!(refused.header("content-type"), "application/problem+json");
        let wanted = [
            pair("grid", "grid-unknown"),
            pair("photo", "photo-unreadable"),
            pair("sound", "sound-unreadable"),
            pair("text", "field-shape"),
        ];
        assert_eq!(refused.faults(), wanted);
    }

    async fn every_bad_file_of_a_good_document_is_told(database: Database) {
        let town = Town::on(database).await;
        let document = json!({"text": "路灯坏了", "grid": HERE}).to_string();
        let body = parts(&[("report", None, document.as_bytes()), ("photo", Some("a.jpg"), b"no photo"), ("sound", Some("a.mp3"), b"no sound")]);
        let headers = [("idempotency-key", "a"), ("content-type", "multipart/form-data; boundary=x")];
        let refused = town.ask("POST", "/api/v1/reports", &headers, Body::from(body)).await;
        assert_eq!(refused.faults(), [pair("photo", "photo-unreadable"), pair("sound", "sound-unreadable")]);
    }

    async fn each_half_of_an_impossible_place_is_told(database: Database) {
        let town = Town::on(database).await;
        let body = json!({"text": "路灯坏了", "location": {"lon": 999.0, "lat": -91.0}});
        let refused = town.send("/api/v1/reports", &[("idempotency-key", "a")], &body).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        let wanted = [pair("location.lat", "location-impossible"), pair("location.lon", "location-impossible")];
        assert_eq!(refused.faults(), wanted);
    }

    async fn every_faulty_field_of_a_step_is_told_with_its_photo(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        let body = json!({"to": 7, "note": "请接手", "extra": 1, "category": "20110"});
        let faulty = town.step("desk", &number, 1, "verify", body).await;
        let wanted = [
            pair("category", "field-unknown"),
            pair("extra", "field-unknown"),
            pair("note", "field-unknown"),
            pair("to", "field-shape"),
        ];
        assert_eq!((faulty.status.as_u16(), faulty.faults()), (422, wanted.to_vec()));
        let body = json!({"redirect": "elsewhere", "grant": true});
        let faulty = town.step("desk", &number, 1, "redirect", body).await;
        let wanted = [pair("grant", "field-unknown"), pair("instead", "field-missing"), pair("redirect", "field-shape")];
        assert_eq!((faulty.status.as_u16(), faulty.faults()), (422, wanted.to_vec()));
        let document = json!({"category": "99999", "answer": "已修好"}).to_string();
        let body = parts(&[("step", None, document.as_bytes()), ("photo", Some("a.jpg"), b"no photo")]);
        let bearer = town.bearer("steward-01");
        let headers = [("authorization", bearer.as_str()), ("if-match", "\"1\""), ("content-type", "multipart/form-data; boundary=x")];
        let faulty = town.ask("POST", &format!("/api/v1/cases/{number}/fix"), &headers, Body::from(body)).await;
        let wanted = [pair("category", "category-unknown"), pair("note", "field-missing"), pair("photo", "photo-unreadable")];
        assert_eq!((faulty.status.as_u16(), faulty.faults()), (422, wanted.to_vec()), "{}", faulty.body);
    }

    async fn an_unknown_parameter_hides_no_fault_of_another_one(database: Database) {
        let town = Town::on(database).await;
        let refused = town.read("desk", "/api/v1/cases?owner=me&limit=0&state=lost&limit=5").await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        let wanted = [pair("limit", "field-twice"), pair("owner", "field-unknown"), pair("state", "state-unknown")];
        assert_eq!(refused.faults(), wanted);
        let refused = town.read("desk", "/api/v1/figures?grid=NOWHERE&from=x&colour=red").await;
        let wanted = [
            pair("colour", "field-unknown"),
            pair("from", "date-malformed"),
            pair("grid", "grid-unknown"),
            pair("to", "field-missing"),
        ];
        assert_eq!((refused.status.as_u16(), refused.faults()), (422, wanted.to_vec()));
        let refused = town.get("/api/v1/similar?grid=NOWHERE&lon=181&lat=1&size=2").await;
        let wanted = [
            pair("category", "field-missing"),
            pair("grid", "grid-unknown"),
            pair("lon", "location-impossible"),
            pair("size", "field-unknown"),
        ];
        assert_eq!((refused.status.as_u16(), refused.faults()), (422, wanted.to_vec()));
    }

    async fn a_period_that_ends_before_it_begins_is_a_fault_of_both_its_ends(database: Database) {
        let town = Town::on(database).await;
        let both = vec![pair("from", "period-backwards"), pair("to", "period-backwards")];
        for path in [
            "/api/v1/cases?from=2026-11-30&to=2026-11-01",
            "/api/v1/cases?from=2026-11-23T10:00:00Z&to=2026-11-23T09:00:00Z",
            "/api/v1/figures?from=2026-11-30&to=2026-11-01",
            "/api/v1/orders?from=2026-11-30&to=2026-11-01",
            "/api/v1/orders/results?from=2026-11-30&to=2026-11-01",
        ] {
            let path = if path.contains("figures") { format!("{path}&grid={HERE}") } else { path.to_owned() };
            let refused = town.read("desk", &path).await;
            assert_eq!(refused.status, 422, "{path}: {}", refused.body);
            assert_eq!(refused.faults(), both, "{path}");
        }
        let day = town.read("desk", "/api/v1/cases?from=2026-11-23&to=2026-11-23").await;
        assert_eq!(day.status, 200, "one day is a period: {}", day.body);
    }
}

/// What would do in a field, as the fault says.
fn allowed(refused: &Value, field: &str) -> Vec<String> {
    let faults = refused["faults"].as_array().expect("faults");
    let fault = faults.iter().find(|fault| fault["field"] == field);
    let fault = fault.expect("the fault");
    let words = fault["allowed"].as_array().expect("a list of words");
    let words: Vec<String> = words.iter().map(text).collect();
    for word in &words {
        assert!(text(&fault["message"]).contains(word), "{word}: {fault}");
    }
    words
}

#[tokio::test]
async fn a_word_that_is_none_is_told_with_those_that_would_do() {
    let town = Town::on(Database::sqlite().await).await;
    let states: Vec<&str> = rules::referral::StateName::ALL
        .iter()
        .map(|state| state.as_str())
        .collect();
    for (path, field, words) in [
        ("/api/v1/referrals?state=open", "state", states),
        (
            "/api/v1/cases?sort=owner",
            "sort",
            vec!["-received", "received", "due"],
        ),
        (
            "/api/v1/grids?level=huge",
            "level",
            vec!["community", "general", "dedicated", "micro"],
        ),
    ] {
        let refused = town.read("desk", path).await;
        assert_eq!(refused.status, 422, "{path}: {}", refused.body);
        assert_eq!(allowed(&refused.json(), field), words, "{path}");
    }
    let refused = town.read("desk", "/api/v1/cases?state=lost").await;
    let words = allowed(&refused.json(), "state");
    assert!(words.contains(&"open".to_owned()) && words.contains(&"merged".to_owned()));
    let (number, _) = town.tell(0, "路灯坏了").await;
    let path = format!("/api/v1/cases/{number}?with=everything");
    let refused = town.read("desk", &path).await.json();
    assert_eq!(allowed(&refused, "with"), ["trail"]);
    let body = json!({"text": "x", "location": {"lon": LON, "lat": LAT}, "channel": "drum"});
    let bearer = town.bearer("desk");
    let headers = [("idempotency-key", "a"), ("authorization", bearer.as_str())];
    let refused = town.send("/api/v1/reports", &headers, &body).await.json();
    assert!(allowed(&refused, "channel").contains(&"home_visit".to_owned()));
}
