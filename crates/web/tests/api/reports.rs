//! Telling a problem and seeing how it goes.

use axum::body::Body;
use serde_json::{Value, json};
use testkit::{Database, on_both_databases};
use web::{Limits, Settings};

use crate::common::{Answer, Visit};
use crate::town::{HERE, LAT, LON, Town, pair, text};

fn told(words: &str) -> Value {
    json!({"text": words, "location": {"lon": LON, "lat": LAT}})
}

on_both_databases! {
    async fn a_report_gets_a_receipt_and_the_same_key_gets_the_same_bytes(database: Database) {
        let town = Town::on(database).await;
        let body = told("路灯坏了");
        let key = [("idempotency-key", "a")];
        let first = town.send("/api/v1/reports", &key, &body).await;
        assert_eq!(first.status, 201, "{}", first.body);
        let receipt = first.json();
        assert_eq!(receipt["state"], "reported");
        assert_eq!(receipt["grid"], json!({"code": format!("{HERE}-G01-M01"), "name": "示例网格-G01-M01", "level": "micro"}));
        assert_eq!(text(&receipt["code"]).len(), 6);
        assert!(text(&receipt["answer_by"]).ends_with("+08:00"));
        assert_eq!(first.header("location"), format!("/api/v1/reports/{}", text(&receipt["number"])));
        let again = town.send("/api/v1/reports", &key, &body).await;
        assert_eq!((again.status, &again.body), (first.status, &first.body));
        let other = town.send("/api/v1/reports", &key, &told("水管漏水")).await;
        assert_eq!(other.status, 422);
        assert_eq!(other.json()["code"], "key-reused");
        assert_eq!(other.header("content-type"), "application/problem+json");
    }

    async fn a_key_is_remembered_for_thirty_days_and_then_forgotten(database: Database) {
        let town = Town::on(database).await;
        let (body, key) = (told("路灯坏了"), [("idempotency-key", "a")]);
        let first = town.send("/api/v1/reports", &key, &body).await;
        town.house.clock.move_to(town.house.clock.now() + time::Duration::days(29));
        assert_eq!(work::report::tick(&town.house).await.expect("looked through"), 0);
        let again = town.send("/api/v1/reports", &key, &body).await;
        assert_eq!((again.status, &again.body), (first.status, &first.body));
        town.house.clock.move_to(town.house.clock.now() + time::Duration::days(2));
        assert_eq!(work::report::tick(&town.house).await.expect("looked through"), 1);
        let new = town.send("/api/v1/reports", &key, &body).await;
        assert_eq!(new.status, 201);
        assert_ne!(new.json()["number"], first.json()["number"]);
    }

    async fn a_point_outside_every_grid_comes_to_the_desk_of_the_nearest_community(database: Database) {
        let town = Town::on(database).await;
        let far = json!({"text": "路灯坏了", "location": {"lon": 103.75, "lat": 30.6}});
        let receipt = town.send("/api/v1/reports", &[("idempotency-key", "a")], &far).await;
        assert_eq!(receipt.status, 201, "{}", receipt.body);
        assert_eq!(receipt.json()["grid"]["code"], HERE);
    }

    async fn a_point_far_from_every_community_is_refused_and_serves_nobodys_board(database: Database) {
        let town = Town::on(database).await;
        for (lon, lat) in [(0.0, 0.0), (104.9, 30.6)] {
            let lost = json!({"text": "路灯坏了", "location": {"lon": lon, "lat": lat}});
            let refused = town.send("/api/v1/reports", &[("idempotency-key", "a")], &lost).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair("location", "location-far")), "{}", refused.body);
            let board = town.get(&format!("/api/v1/locate?lon={lon}&lat={lat}")).await.json();
            assert_eq!(board["people"], json!([]), "{board}");
        }
    }

    async fn the_receipt_shows_how_it_goes_without_words_between_staff(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = town.tell(0, "路灯坏了").await;
        let path = format!("/api/v1/reports/{number}");
        let progress = town.get_with(&path, &[("receipt-code", &code)]).await;
        assert_eq!(progress.status, 200, "{}", progress.body);
        let shown = progress.json();
        assert_eq!((&shown["state"], &shown["text"]), (&json!("reported"), &json!("路灯坏了")));
        assert_eq!(shown["owner"]["name"], "示例steward-01");
        assert_eq!(shown["may"], json!(["withdraw"]));
        assert_eq!(progress.header("etag"), format!("\"{}\"", shown["version"]));
        let codeless = town.get_with(&path, &[("accept-language", "en")]).await;
        assert_eq!(codeless.status, 401);
        assert_eq!((&codeless.json()["code"], codeless.header("www-authenticate")), (&json!("receipt-missing"), "Receipt-Code"));
        assert!(text(&codeless.json()["detail"]).contains("Receipt-Code"), "{}", codeless.body);
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert_eq!(town.get_with(&path, &[("receipt-code", wrong)]).await.status, 404);
        let unknown = format!("/api/v1/reports/{HERE}-20261123-9999");
        assert_eq!(town.get_with(&unknown, &[("receipt-code", &code)]).await.status, 404);
    }
}

#[tokio::test]
async fn ten_wrong_codes_an_hour_close_a_number_also_to_the_right_one() {
    let town = Town::on(Database::sqlite().await).await;
    let (number, code) = town.tell(0, "路灯坏了").await;
    let path = format!("/api/v1/reports/{number}");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..12 {
        assert_eq!(
            town.get_with(&path, &[("receipt-code", &code)])
                .await
                .status,
            200
        );
    }
    for _ in 0..10 {
        assert_eq!(
            town.get_with(&path, &[("receipt-code", wrong)])
                .await
                .status,
            404
        );
    }
    let closed = town.get_with(&path, &[("receipt-code", &code)]).await;
    assert_eq!(closed.status, 429);
    assert_eq!(closed.header("retry-after"), "3600");
}

#[tokio::test]
async fn a_report_without_a_key_or_with_faulty_fields_says_what_is_wrong() {
    let town = Town::on(Database::sqlite().await).await;
    let keyless = town.send("/api/v1/reports", &[], &told("路灯坏了")).await;
    assert_eq!(
        (keyless.status.as_u16(), keyless.json()["code"].clone()),
        (400, json!("key-missing"))
    );
    let place = json!({"lon": LON, "lat": LAT});
    let cases = [
        (
            json!({"text": "x", "location": place, "role": "admin"}),
            pair("role", "field-unknown"),
        ),
        (
            json!({"text": "x", "location": {"lon": LON, "lat": LAT, "alt": 1}}),
            pair("location.alt", "field-unknown"),
        ),
        (
            json!({"text": 7, "location": place}),
            pair("text", "field-shape"),
        ),
        (json!({"text": "x"}), pair("location", "field-missing")),
        (
            json!({"text": " ", "location": place}),
            pair("text", "text-missing"),
        ),
        (
            json!({"text": "字".repeat(2_001), "location": place}),
            pair("text", "text-too-long"),
        ),
        (
            json!({"text": "x", "location": {"lon": 181.0, "lat": 0}}),
            pair("location.lon", "location-impossible"),
        ),
        (
            json!({"text": "x", "grid": "NOWHERE"}),
            pair("grid", "grid-unknown"),
        ),
        (
            json!({"text": "x", "location": place, "category": "99999"}),
            pair("category", "category-unknown"),
        ),
        (
            json!({"text": "x", "location": place, "contact": {"phone": "ring"}}),
            pair("contact.phone", "phone-malformed"),
        ),
        (
            json!({"text": "x", "location": place, "channel": "hotline"}),
            pair("channel", "field-unknown"),
        ),
    ];
    for (body, fault) in cases {
        let refused = town
            .send("/api/v1/reports", &[("idempotency-key", "a")], &body)
            .await;
        assert_eq!(refused.status, 422, "{body}: {}", refused.body);
        assert_eq!(refused.fault(), fault, "{body}");
    }
    let headers = [
        ("idempotency-key", "a"),
        ("content-type", "application/json"),
    ];
    let torn = town
        .ask("POST", "/api/v1/reports", &headers, Body::from("{"))
        .await;
    assert_eq!(torn.status, 400);
    let headers = [("idempotency-key", "a"), ("content-type", "text/plain")];
    assert_eq!(
        town.ask("POST", "/api/v1/reports", &headers, Body::from("x"))
            .await
            .status,
        415
    );
}

on_both_databases! {
    async fn a_zero_byte_is_told_and_harms_no_other_report(database: Database) {
        let town = Town::on(database).await;
        let key = [("idempotency-key", "a")];
        let zero = json!({"text": "灯\u{0}坏了", "place_note": "三\u{0}楼", "grid": HERE});
        let refused = town.send("/api/v1/reports", &key, &zero).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert_eq!(refused.faults(), [pair("place_note", "text-zero"), pair("text", "text-zero")]);
        let good = json!({"text": "灯坏了", "grid": HERE});
        assert_eq!(town.send("/api/v1/reports", &key, &good).await.status, 201);
        let address = town.read("desk", "/api/v1/cases?category=2%0001").await;
        assert_eq!(address.status, 400, "{}", address.body);
    }
}

#[tokio::test]
async fn every_fault_of_a_report_is_told_at_once() {
    let town = Town::on(Database::sqlite().await).await;
    let key = [("idempotency-key", "a")];
    let shapes = json!({"text": 7, "location": {"lon": "x"}, "category": "99999", "role": "admin",
        "contact": {"phone": "ring", "language": "tlh", "quiet": "ja"}, "same": "made up", "channel": "drum"});
    let refused = town.send("/api/v1/reports", &key, &shapes).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let wanted = [
        pair("category", "category-unknown"),
        pair("channel", "field-unknown"),
        pair("contact.language", "language-unknown"),
        pair("contact.phone", "phone-malformed"),
        pair("contact.quiet", "field-shape"),
        pair("location.lat", "field-missing"),
        pair("location.lon", "field-shape"),
        pair("role", "field-unknown"),
        pair("same", "same-unknown"),
        pair("text", "field-shape"),
    ];
    assert_eq!(refused.faults(), wanted);
    let contents =
        json!({"text": " ", "grid": "NOWHERE", "category": "99999", "contact": {"phone": "ring"}});
    let refused = town.send("/api/v1/reports", &key, &contents).await;
    let wanted = [
        pair("category", "category-unknown"),
        pair("contact.phone", "phone-malformed"),
        pair("grid", "grid-unknown"),
        pair("text", "text-missing"),
    ];
    assert_eq!(refused.faults(), wanted);
    let placeless = json!({"grid": 7, "category": "99999", "text": "x"});
    let refused = town.send("/api/v1/reports", &key, &placeless).await;
    let wanted = [
        pair("category", "category-unknown"),
        pair("grid", "field-shape"),
    ];
    assert_eq!(
        refused.faults(),
        wanted,
        "a place that cannot be read is not missing, too"
    );
}

#[tokio::test]
async fn nobody_tells_a_problem_on_a_channel_that_cannot_be_theirs() {
    let town = Town::on(Database::sqlite().await).await;
    let tell = async |who: &str, channel: &str| {
        let bearer = town.bearer(who);
        let key = format!("{who}-{channel}");
        let headers = [
            ("idempotency-key", key.as_str()),
            ("authorization", bearer.as_str()),
        ];
        let body =
            json!({"text": "路灯坏了", "location": {"lon": LON, "lat": LAT}, "channel": channel});
        town.send("/api/v1/reports", &headers, &body).await
    };
    for channel in [
        "patrol",
        "hotline",
        "department",
        "superior",
        "system",
        "resident",
        "grid",
    ] {
        let refused = tell("desk", channel).await;
        assert_eq!(refused.status, 422, "{channel}: {}", refused.body);
        assert_eq!(
            refused.fault(),
            pair("channel", "channel-not-yours"),
            "{channel}"
        );
    }
    for (who, channel) in [
        ("desk", "phone"),
        ("desk", "desk"),
        ("steward-01", "home_visit"),
        ("steward-01", "grid"),
        ("worker-01", "grid"),
    ] {
        let told = tell(who, channel).await;
        assert_eq!(told.status, 201, "{who} {channel}: {}", told.body);
    }
}

#[tokio::test]
async fn strangers_are_limited_and_staff_are_not() {
    let settings = Settings {
        limits: Limits::default(),
        call: Some("028-82300000".into()),
        ..Settings::default()
    };
    let town = Town::of(Visit::with(Database::sqlite().await, settings).await).await;
    for n in 0..60 {
        let key = n.to_string();
        assert_eq!(
            town.send(
                "/api/v1/reports",
                &[("idempotency-key", &key)],
                &told("路灯坏了")
            )
            .await
            .status,
            201
        );
    }
    let flood = town
        .send(
            "/api/v1/reports",
            &[("idempotency-key", "60")],
            &told("路灯坏了"),
        )
        .await;
    assert_eq!(flood.status, 429);
    assert_eq!(flood.header("retry-after"), "60");
    assert_eq!(flood.json()["call"], "028-82300000");
    let bearer = town.bearer("desk");
    let headers = [
        ("idempotency-key", "61"),
        ("authorization", bearer.as_str()),
    ];
    assert_eq!(
        town.send("/api/v1/reports", &headers, &told("来电：路灯坏了"))
            .await
            .status,
        201
    );
}

#[tokio::test]
async fn staff_tell_a_problem_for_somebody_in_their_own_community_only() {
    let town = Town::on(Database::sqlite().await).await;
    let status = async |who: &str| {
        let bearer = town.bearer(who);
        let headers = [("idempotency-key", who), ("authorization", bearer.as_str())];
        let body = json!({"text": "来电：路灯坏了", "location": {"lon": LON, "lat": LAT}, "channel": "phone"});
        town.send("/api/v1/reports", &headers, &body).await
    };
    let told = status("desk").await;
    assert_eq!(told.status, 201, "{}", told.body);
    let case = town
        .read(
            "desk",
            &format!("/api/v1/cases/{}", text(&told.json()["number"])),
        )
        .await;
    assert_eq!(case.json()["channel"], "phone");
    assert_eq!(status("stranger").await.status, 403);
    assert_eq!(status("supervisor").await.status, 403);
}

/// The body of a request in parts.
pub fn parts(parts: &[(&str, Option<&str>, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, file, bytes) in parts {
        let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
        out.extend(
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes(),
        );
        out.extend_from_slice(bytes);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"--x--\r\n");
    out
}

/// One grey pixel as PNG.
pub fn pixel() -> Vec<u8> {
    let hex = "89504e470d0a1a0a0000000d4948445200000001000000010800000000\
               3a7e9b550000000a49444154789c63680000008200817 7cd72b60000000049454e44ae426082";
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte =
        |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).expect("hex"), 16).expect("hex");
    digits.chunks(2).map(byte).collect()
}

/// A report whose body comes in parts.
async fn in_parts(town: &Town, key: &str, body: Vec<u8>) -> Answer {
    let headers = [
        ("idempotency-key", key),
        ("content-type", "multipart/form-data; boundary=x"),
    ];
    town.ask("POST", "/api/v1/reports", &headers, Body::from(body))
        .await
}

#[tokio::test]
async fn photos_come_in_parts_three_at_most_and_only_real_ones() {
    let town = Town::on(Database::sqlite().await).await;
    let document = told("路灯坏了").to_string();
    let send = async |key: &str, body: Vec<u8>| in_parts(&town, key, body).await;
    let (report, photo) = (("report", None, document.as_bytes()), pixel());
    let good = ("photo", Some("a.png"), photo.as_slice());
    let told = send("a", parts(&[report, good, good, good])).await;
    assert_eq!(told.status, 201, "{}", told.body);
    let number = text(&told.json()["number"]);
    let case = town
        .read("desk", &format!("/api/v1/cases/{number}?with=trail"))
        .await
        .json();
    assert_eq!(case["attachments"].as_array().map(Vec::len), Some(3));
    assert_eq!(case["attachments"][0]["media_type"], "image/jpeg");
    let replay = send("a", parts(&[report, good, good, good])).await;
    assert_eq!((replay.status, replay.body), (told.status, told.body));
    assert_eq!(
        send("b", parts(&[report, good, good, good, good]))
            .await
            .fault(),
        pair("photo", "photo-many")
    );
    let bad = send("c", parts(&[report, ("photo", Some("a.jpg"), b"no photo")])).await;
    assert_eq!(
        (bad.status.as_u16(), bad.fault()),
        (422, pair("photo", "photo-unreadable"))
    );
    assert_eq!(
        send("d", parts(&[report, ("virus", Some("a"), b"x")]))
            .await
            .fault(),
        pair("virus", "field-unknown")
    );
    assert_eq!(
        send("e", parts(&[good])).await.fault(),
        pair("report", "field-missing")
    );
}

#[tokio::test]
async fn what_is_wrong_with_parts_is_told_with_what_is_wrong_in_the_document() {
    let town = Town::on(Database::sqlite().await).await;
    let send = async |key: &str, body: Vec<u8>| in_parts(&town, key, body).await;
    let sound = ("sound", Some("a.mp3"), b"x".as_slice());
    let good = told("路灯坏了").to_string();
    let good = ("report", None, good.as_bytes());
    assert_eq!(
        send("a", parts(&[good, sound, sound])).await.faults(),
        [
            pair("sound", "sound-many"),
            pair("sound", "sound-unreadable")
        ]
    );
    let bad = json!({"text": 7, "grid": "NOWHERE"}).to_string();
    let bad = ("report", None, bad.as_bytes());
    let refused = send(
        "b",
        parts(&[bad, sound, sound, ("virus", Some("a"), b"x"), bad]),
    )
    .await;
    let wanted = [
        pair("grid", "grid-unknown"),
        pair("report", "field-twice"),
        pair("sound", "sound-many"),
        pair("sound", "sound-unreadable"),
        pair("text", "field-shape"),
        pair("virus", "field-unknown"),
    ];
    assert_eq!(refused.faults(), wanted);
}

#[tokio::test]
async fn a_photo_of_too_many_pixels_says_which_limit_it_breaks() {
    let town = Town::on(Database::sqlite().await).await;
    let document = told("路灯坏了").to_string();
    // the size stands in the head, between the name of its chunk and its checksum
    let mut huge = pixel();
    huge[16..20].copy_from_slice(&50_000_u32.to_be_bytes());
    huge[20..24].copy_from_slice(&50_000_u32.to_be_bytes());
    huge[29..33].copy_from_slice(&0x6EC4_6216_u32.to_be_bytes());
    let body = parts(&[
        ("report", None, document.as_bytes()),
        ("photo", Some("a.png"), &huge),
    ]);
    let headers = [
        ("idempotency-key", "a"),
        ("accept-language", "en"),
        ("content-type", "multipart/form-data; boundary=x"),
    ];
    let refused = town
        .ask("POST", "/api/v1/reports", &headers, Body::from(body))
        .await;
    assert_eq!(refused.fault(), pair("photo", "photo-too-many-pixels"));
    let message = text(&refused.json()["faults"][0]["message"]);
    assert!(message.contains("12000 pixels a side"), "{message}");
    assert!(message.contains("50 million"), "{message}");
}
