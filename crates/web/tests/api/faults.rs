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

    async fn an_impossible_point_hides_no_unknown_grid(database: Database) {
        let town = Town::on(database).await;
        let body = json!({"text": "a", "grid": "nope", "location": {"lon": 999, "lat": 30}});
        let refused = town.send("/api/v1/reports", &[("idempotency-key", "a")], &body).await;
        let wanted = [pair("grid", "grid-unknown"), pair("location.lon", "location-impossible")];
        assert_eq!((refused.status.as_u16(), refused.faults()), (422, wanted.to_vec()));
    }

    async fn words_on_a_place_that_are_too_long_are_told_at_their_own_field(database: Database) {
        let town = Town::on(database).await;
        let told = async |key: &str, note: usize| {
            let body = json!({"text": "路灯坏了", "grid": HERE, "place_note": "楼".repeat(note)});
            town.send("/api/v1/reports", &[("idempotency-key", key)], &body).await
        };
        let refused = told("a", 501).await;
        assert_eq!((refused.status.as_u16(), refused.faults()), (422, vec![pair("place_note", "place-note-too-long")]));
        assert_eq!(told("b", 500).await.status, 201);
    }

    async fn signs_that_ring_or_turn_the_letters_are_dropped_from_words_of_the_api_and_of_forms(database: Database) {
        let town = Town::on(database).await;
        let body = json!({"text": "灯\u{7}坏了\u{202e}txt\n二\u{1b}楼", "grid": HERE});
        let receipt = town.send("/api/v1/reports", &[("idempotency-key", "a")], &body).await;
        assert_eq!(receipt.status, 201, "{}", receipt.body);
        let number = text(&receipt.json()["number"]);
        let case = town.read("desk", &format!("/api/v1/cases/{number}")).await;
        assert!(case.body.contains("灯坏了txt\\n二楼"), "{}", case.body);
        let grid = format!("{HERE}-G01-M01");
        let form = [("key", "b"), ("step", "check"), ("go", "what"), ("text", "井\u{2066}盖\u{1b}响"), ("grid", grid.as_str())];
        let page = town.post(&format!("/g/{grid}/report"), &form).await;
        assert!(page.body.contains("井盖响"), "{}", page.body);
    }

    async fn a_faulty_field_of_a_rating_hides_no_other_one(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = town.tell(0, "路灯坏了").await;
        let path = format!("/api/v1/cases/{number}/rate");
        let headers = [("receipt-code", code.as_str()), ("if-match", "\"1\"")];
        let body = json!({"rating": {"satisfaction": "x", "solved": "y", "z": 1}});
        let refused = town.send(&path, &headers, &body).await;
        let wanted = [
            pair("rating.satisfaction", "field-shape"),
            pair("rating.solved", "field-shape"),
            pair("rating.z", "field-unknown"),
        ];
        assert_eq!((refused.status.as_u16(), refused.faults()), (422, wanted.to_vec()));
        let refused = town.send(&path, &headers, &json!({"rating": {}})).await;
        let wanted = [pair("rating.satisfaction", "field-missing"), pair("rating.solved", "field-missing")];
        assert_eq!((refused.status.as_u16(), refused.faults()), (422, wanted.to_vec()));
    }

    async fn an_unknown_grid_hides_no_other_fault_of_a_question_for_figures(database: Database) {
        let town = Town::on(database).await;
        let refused = town.read("desk", "/api/v1/figures?by=worker&category=nope&department=q&channel=zz&grid=zz").await;
        let wanted = [
            pair("by", "by-unknown"),
            pair("category", "category-unknown"),
            pair("channel", "channel-unknown"),
            pair("department", "department-unknown"),
            pair("from", "field-missing"),
            pair("grid", "grid-unknown"),
            pair("to", "field-missing"),
        ];
        assert_eq!((refused.status.as_u16(), refused.faults()), (422, wanted.to_vec()));
        let known = town.read("desk", "/api/v1/figures?from=2026-11-01&to=2026-11-30&category=20110&grid=zz").await;
        assert_eq!(known.faults(), [pair("grid", "grid-unknown")], "a category that some community knows");
    }

    async fn both_days_that_are_none_are_told_of_the_rows_behind_a_figure(database: Database) {
        let town = Town::on(database).await;
        let refused = town.read("desk", "/api/v1/figures/rows?figure=closing&from=q&to=r").await;
        let wanted = [pair("from", "date-malformed"), pair("to", "date-malformed")];
        assert_eq!((refused.status.as_u16(), refused.faults()), (422, wanted.to_vec()));
        let refused = town.read("desk", "/api/v1/figures/rows?figure=closing&length=age&from=q").await;
        let wanted = [pair("from", "date-malformed"), pair("length", "length-unknown")];
        assert_eq!((refused.status.as_u16(), refused.faults()), (422, wanted.to_vec()));
    }

    async fn an_unknown_filing_condition_is_not_told_as_a_category(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        for condition in ["9999999", "?"] {
            let body = json!({"category": "20110", "condition": condition});
            let refused = town.step("desk", &number, 1, "file", body).await;
            let wanted = vec![pair("condition", "condition-unknown")];
            assert_eq!((refused.status.as_u16(), refused.faults()), (422, wanted), "{condition}");
        }
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
        let refused = town.read("desk", "/api/v1/cases?handler=me&limit=0&state=lost&limit=5").await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        let wanted = [pair("handler", "field-unknown"), pair("limit", "field-twice"), pair("state", "state-unknown")];
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
    assert_eq!(
        allowed(&refused, "channel"),
        ["phone", "desk", "home_visit"]
    );
}

#[tokio::test]
async fn the_channels_that_are_told_are_those_that_pass() {
    let town = Town::on(Database::sqlite().await).await;
    let bearer = town.bearer("steward-01");
    let headers = [("idempotency-key", "a"), ("authorization", bearer.as_str())];
    let body = json!({"text": "x", "location": {"lon": LON, "lat": LAT}, "channel": "hotline"});
    let refused = town.send("/api/v1/reports", &headers, &body).await;
    assert_eq!(refused.fault(), pair("channel", "channel-not-yours"));
    let words = allowed(&refused.json(), "channel");
    assert_eq!(words, ["phone", "desk", "grid", "home_visit"]);
    let bearer = town.bearer("partner");
    let headers = [("authorization", bearer.as_str())];
    let body = json!({"id": "SJ-1", "text": "x", "grid": HERE, "channel": "phone"});
    let refused = town.send("/api/v1/orders", &headers, &body).await.json();
    let words = allowed(&refused, "channel");
    assert_eq!(words, ["superior", "department", "hotline"]);
    let path = "/api/v1/figures/rows?figure=filing&channel=drum";
    let refused = town.read("desk", path).await.json();
    assert!(allowed(&refused, "channel").contains(&"hotline".to_owned()));
}

#[tokio::test]
async fn words_that_are_missing_in_a_complaint_are_named_as_its_body_names_them() {
    let town = Town::on(Database::sqlite().await).await;
    let body = json!({"grid": format!("{HERE}-G01-M01"), "words": " "});
    let headers = [("idempotency-key", "a")];
    let refused = town.send("/api/v1/complaints", &headers, &body).await;
    assert_eq!(refused.fault(), pair("words", "text-missing"));
}
