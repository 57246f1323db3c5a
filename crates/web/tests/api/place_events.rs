//! Events at places, told by sensors and partner systems.

use axum::body::Body;
use serde_json::{Value, json};
use testkit::{Database, on_both_databases};

use crate::common::{Answer, encoded};
use crate::town::{HERE, LAT, LON, Town, pair, text};

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

on_both_databases! {
    async fn a_category_that_there_is_not_is_told_beside_its_box_and_one_may_be_named(database: Database) {
        let town = Town::on(database).await;
        let first = send(&town, &event("1", "fire_lane_blocked")).await.json();
        let case = format!("/place-events/{}/case", text(&first["event"]));
        for (path, fields) in [
            (case.as_str(), &[("category", "没有这一类")][..]),
            ("/place-events/kinds", &[("kind", "fire_lane_blocked"), ("category", "没有这一类")][..]),
        ] {
            let told = press(&town, path, fields).await;
            assert_eq!(told.status, 422, "{path}: {}", told.body);
            assert!(told.body.contains("没有这个类别") && told.body.contains("value=\"没有这一类\""), "{path}: {}", told.body);
        }
        let named = press(&town, "/place-events/kinds", &[("kind", "fire_lane_blocked"), ("category", "示例小类20110")]).await;
        assert_eq!(named.status, 303, "{}", named.body);
        assert_eq!(send(&town, &event("2", "fire_lane_blocked")).await.json()["state"], "case");
        assert_eq!(press(&town, &case, &[("category", "示例小类20110")]).await.status, 303);
    }

    async fn an_event_joins_the_running_case_of_the_same_source_kind_and_place_and_says_so(database: Database) {
        let town = Town::on(database).await;
        send(&town, &event("1", "fire_lane_blocked")).await;
        press(&town, "/place-events/kinds", &[("kind", "fire_lane_blocked"), ("category", "20110")]).await;
        let first = send(&town, &event("2", "fire_lane_blocked")).await.json();
        assert_eq!((&first["state"], &first["joined"]), (&json!("case"), &json!(false)), "{first}");
        let mut again = event("3", "fire_lane_blocked");
        again["text"] = json!("消防通道被占 40 分钟");
        let joined = send(&town, &again).await;
        assert_eq!(joined.status, 201, "{}", joined.body);
        let told = joined.json();
        assert_eq!((&told["number"], &told["joined"], &told["state"]), (&first["number"], &json!(true), &json!("case")), "{told}");
        assert_eq!(send(&town, &again).await.body, joined.body, "the same event once");
        let case = town.read("desk", &format!("/api/v1/cases/{}", text(&first["number"]))).await;
        assert!(case.body.contains("消防通道被占 40 分钟"), "{}", case.body);
        town.settle().await;
        assert_eq!(town.read("desk", "/api/v1/cases").await.json()["total"], 1);
    }

    async fn an_event_of_another_source_kind_or_place_or_after_the_end_is_a_case_of_its_own(database: Database) {
        let town = Town::on(database).await;
        for kind in ["fire_lane_blocked", "lamp_out"] {
            send(&town, &event(kind, kind)).await;
            press(&town, "/place-events/kinds", &[("kind", kind), ("category", "20110")]).await;
        }
        let first = send(&town, &event("1", "fire_lane_blocked")).await.json();
        let number = text(&first["number"]);
        for (id, field, value) in [
            ("2", "source", json!("示例烟感 4")),
            ("3", "kind", json!("lamp_out")),
            ("4", "place_note", json!("4 楼")),
            ("5", "location", json!({"lon": LON + 0.001, "lat": LAT})),
        ] {
            let mut other = event(id, "fire_lane_blocked");
            other[field] = value;
            let told = send(&town, &other).await.json();
            assert_eq!((&told["state"], &told["joined"]), (&json!("case"), &json!(false)), "{field}: {told}");
            assert_ne!(text(&told["number"]), number, "{field}");
        }
        for (command, body) in [("file", json!({"category": "20110"})), ("void", json!({"reason": "误报"}))] {
            let case = town.read("desk", &format!("/api/v1/cases/{number}")).await.json();
            let version = case["version"].as_i64().expect("a version");
            let done = town.step("desk", &number, version, command, body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
        }
        let after = send(&town, &event("6", "fire_lane_blocked")).await.json();
        assert_eq!(after["joined"], false, "{after}");
        assert_ne!(text(&after["number"]), number);
    }

    async fn a_machine_that_says_neither_a_point_nor_words_on_the_place_is_at_one_in_its_grid(database: Database) {
        let town = Town::on(database).await;
        send(&town, &event("1", "lamp_out")).await;
        press(&town, "/place-events/kinds", &[("kind", "lamp_out"), ("category", "20110")]).await;
        let told = async |id: &str, note: &str| {
            let mut bare = event(id, "lamp_out");
            let fields = bare.as_object_mut().expect("fields");
            fields.remove("location");
            fields.insert("grid".to_owned(), json!(format!("{HERE}-G01-M01")));
            fields.insert("place_note".to_owned(), json!(note));
            let told = send(&town, &bare).await;
            assert_eq!(told.status, 201, "{}", told.body);
            told.json()["joined"].clone()
        };
        assert_eq!((told("2", "").await, told("3", "").await), (json!(false), json!(true)));
        assert_eq!((told("4", "3 楼").await, told("5", "3 楼").await), (json!(false), json!(true)));
    }

    async fn a_point_far_from_every_community_and_a_time_of_a_clock_that_nobody_set_are_refused(database: Database) {
        let town = Town::on(database).await;
        let mut lost = event("1", "lamp_out");
        lost["location"] = json!({"lon": 0.0, "lat": 0.0});
        lost["at"] = json!("1990-01-01T00:00:00+08:00");
        let refused = send(&town, &lost).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert_eq!(refused.faults(), [pair("at", "moment-long-ago"), pair("location", "location-far")]);
        lost["grid"] = json!(format!("{HERE}-G01-M01"));
        assert_eq!(send(&town, &lost).await.faults()[1], pair("location", "location-elsewhere"));
    }

    async fn an_event_that_names_somebody_who_would_read_it_is_refused(database: Database) {
        let town = Town::on(database).await;
        let mut named = event("1", "fire_lane_blocked");
        named["text"] = json!("示例steward-01 占了消防通道");
        let refused = send(&town, &named).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert_eq!(refused.faults(), [pair("text", "field-personal")]);
    }

    async fn what_an_event_said_comes_back_with_a_case_that_was_taken_for_a_complaint(database: Database) {
        let town = Town::on(database).await;
        let first = send(&town, &event("1", "fire_lane_blocked")).await.json();
        let id = text(&first["event"]);
        let opened = press(&town, &format!("/place-events/{id}/case"), &[("category", "20110")]).await;
        let number = opened.header("location").trim_start_matches("/cases/").to_owned();
        let said = async || {
            let net = town.house.net();
            let scope = rules::access::Scope::Community(net.community(HERE).expect("here").id);
            let id = id.parse().expect("an id");
            let event = town.house.store.reader().place_event_within(&scope, id).await;
            event.expect("the event").words
        };
        let before = said().await;
        assert_eq!(before, "消防通道被占 20 分钟");

        let case = town.read("desk", &format!("/api/v1/cases/{number}")).await.json();
        let version = case["version"].as_i64().expect("a version");
        let turned = town.step("desk", &number, version, "complaint", json!({})).await;
        assert_eq!(turned.status, 200, "{}", turned.body);
        assert_ne!(said().await, before, "it lies under seal");
        let (bearer, sure) = (town.bearer("supervisor"), json!({"words": "说的是通道，不是人", "confirmed": true}));
        let headers = [("authorization", bearer.as_str()), ("if-match", "\"1\"")];
        let made = town.send(&format!("/api/v1/complaints/{number}/report"), &headers, &sure).await;
        assert_eq!(made.status, 200, "{}", made.body);
        assert_eq!(said().await, before, "and comes back with the case");
    }

    async fn what_an_event_said_comes_back_with_a_first_telling_that_was_taken_for_a_complaint(database: Database) {
        let town = Town::on(database).await;
        let first = send(&town, &event("1", "fire_lane_blocked")).await.json();
        let id = text(&first["event"]);
        let opened = press(&town, &format!("/place-events/{id}/case"), &[("category", "20110")]).await;
        let number = opened.header("location").trim_start_matches("/cases/").to_owned();
        let near = town.get(&format!("/api/v1/similar?lon={LON}&lat={LAT}&category=20110")).await.json();
        let same = json!({"text": "通道还堵着", "category": "20110", "location": {"lon": LON, "lat": LAT}, "same": near["items"][0]["same"]});
        let joined = town.send("/api/v1/reports", &[("idempotency-key", "joined")], &same).await;
        assert_eq!(joined.status, 201, "{}", joined.body);
        let said = async || {
            let net = town.house.net();
            let scope = rules::access::Scope::Community(net.community(HERE).expect("here").id);
            let id = id.parse().expect("an id");
            let event = town.house.store.reader().place_event_within(&scope, id).await;
            event.expect("the event").words
        };
        let before = said().await;
        let case = town.read("desk", &format!("/api/v1/cases/{number}")).await.json();
        let version = case["version"].as_i64().expect("a version");
        let turned = town.step("desk", &number, version, "complaint", json!({"report": number})).await;
        assert_eq!(turned.status, 200, "{}", turned.body);
        assert_ne!(said().await, before, "it lies under seal");
        let listed = town.read("supervisor", "/api/v1/complaints").await.json();
        let complaint = text(&listed[0]["number"]);
        let (bearer, sure) = (town.bearer("supervisor"), json!({"words": "说的是通道，不是人", "confirmed": true}));
        let headers = [("authorization", bearer.as_str()), ("if-match", "\"1\"")];
        let made = town.send(&format!("/api/v1/complaints/{complaint}/report"), &headers, &sure).await;
        assert_eq!(made.status, 200, "{}", made.body);
        assert_eq!(said().await, before, "and comes back with the report");
    }
}

/// Sends JSON as somebody.
async fn post(town: &Town, who: &str, path: &str, body: &Value) -> Answer {
    let bearer = town.bearer(who);
    town.send(path, &[("authorization", &bearer)], body).await
}

/// A waiting event's address.
async fn waiting(town: &Town, id: &str) -> String {
    let told = send(town, &event(id, "lamp_out")).await;
    assert_eq!(told.status, 201, "{}", told.body);
    format!("/api/v1/place-events/{}", text(&told.json()["event"]))
}

on_both_databases! {
    async fn a_machine_reads_the_waiting_events_oldest_first_page_by_page(database: Database) {
        let town = Town::on(database).await;
        for id in ["1", "2", "3"] {
            waiting(&town, id).await;
        }
        let page = async |query: &str| town.read("desk", &format!("/api/v1/place-events?{query}")).await.json();
        let ids = |page: &Value| page["items"].as_array().expect("events").iter().map(|one| text(&one["id"])).collect::<Vec<_>>();
        let all = page("").await;
        assert_eq!((ids(&all).len(), &all["next"]), (3, &Value::Null));
        let first = page("limit=2").await;
        assert_eq!(ids(&first), ids(&all)[..2]);
        let one = &first["items"][0];
        assert_eq!((&one["source"], &one["kind"]), (&json!("partner/示例烟感 3"), &json!("lamp_out")));
        assert_eq!((&one["at"], &one["text"]), (&json!("2026-11-23T08:55:00+08:00"), &json!("消防通道被占 20 分钟")));
        assert_eq!((&one["grid"]["code"], &one["location"]["lon"]), (&json!(format!("{HERE}-G01-M01")), &json!(LON)));
        let next = text(&first["next"]);
        let last = page(&format!("limit=2&after={next}")).await;
        assert_eq!((ids(&last), &last["next"]), (ids(&all)[2..].to_vec(), &Value::Null));
        assert_eq!(post(&town, "desk", &format!("/api/v1/place-events/{next}/aside"), &json!({})).await.status, 204);
        assert_eq!(ids(&page(&format!("after={next}")).await), ids(&all)[2..], "a place in the list stays");
        let refused = town.read("desk", "/api/v1/place-events?after=x&limit=0").await;
        assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair("after", "after-unknown")));
    }

    async fn whoever_decides_late_through_the_api_hears_who_was_faster_and_with_what(database: Database) {
        let town = Town::on(database).await;
        let here = waiting(&town, "1").await;
        for code in ["2-1", "99999"] {
            let unknown = post(&town, "desk", &format!("{here}/case"), &json!({"category": code})).await;
            assert_eq!((unknown.status.as_u16(), unknown.fault()), (422, pair("category", "category-unknown")));
        }
        let opened = post(&town, "chief", &format!("{here}/case"), &json!({"category": "20110"})).await;
        assert_eq!(opened.status, 201, "{}", opened.body);
        let number = text(&opened.json()["number"]);
        assert_eq!(opened.header("location"), format!("/api/v1/cases/{number}"));
        let case = town.read("desk", opened.header("location")).await.json();
        assert_eq!((&case["channel"], &case["category"]["code"]), (&json!("system"), &json!("20110")));
        let late = post(&town, "desk", &format!("{here}/aside"), &json!({})).await;
        assert_eq!(late.status, 412, "{}", late.body);
        assert_eq!((&late.json()["done"]["deed"], &late.json()["done"]["by"]), (&json!("case"), &json!("示例chief")));

        let here = waiting(&town, "2").await;
        assert_eq!(post(&town, "desk", &format!("{here}/aside"), &json!({})).await.status, 204);
        let late = post(&town, "chief", &format!("{here}/case"), &json!({})).await;
        assert_eq!(late.status, 412, "{}", late.body);
        assert_eq!((&late.json()["done"]["deed"], &late.json()["done"]["by"]), (&json!("aside"), &json!("示例desk")));
        assert_eq!(town.read("desk", "/api/v1/place-events").await.json()["items"], json!([]));
        town.settle().await;
        assert_eq!(town.read("desk", "/api/v1/cases").await.json()["total"], 1, "who was late opened none");
    }

    async fn a_kind_is_mapped_through_the_api_and_leaving_the_category_out_forgets_nothing(database: Database) {
        let town = Town::on(database).await;
        let kinds = "/api/v1/place-events/kinds";
        waiting(&town, "1").await;
        let told = town.read("desk", kinds).await.json();
        assert_eq!(told, json!({"kinds": [{"kind": "lamp_out", "category": null}]}));
        let mapped = post(&town, "desk", kinds, &json!({"kind": "lamp_out", "category": "20110"})).await;
        assert_eq!(mapped.status, 200, "{}", mapped.body);
        assert_eq!(mapped.json()["kinds"][0]["category"], json!({"code": "20110", "name": "示例小类20110"}));
        assert_eq!(send(&town, &event("2", "lamp_out")).await.json()["state"], "case");
        for (body, fault) in [
            (json!({"kind": "lamp_out"}), pair("category", "field-missing")),
            (json!({"kind": "lamp_out", "category": "2-1"}), pair("category", "category-unknown")),
            (json!({"kind": "lamp_out", "category": "99999"}), pair("category", "category-unknown")),
        ] {
            let refused = post(&town, "desk", kinds, &body).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault));
        }
        let strange = post(&town, "desk", kinds, &json!({"kind": "never_told", "category": null})).await;
        assert_eq!(strange.status, 404, "{}", strange.body);
        assert_eq!(town.read("desk", kinds).await.json()["kinds"][0]["category"]["code"], "20110");
        assert_eq!(post(&town, "desk", kinds, &json!({"kind": "lamp_out", "category": null})).await.status, 200);
        assert_eq!(send(&town, &event("3", "lamp_out")).await.json()["state"], "waiting");
    }

    async fn without_the_right_nobody_decides_on_an_event_and_others_events_are_not_found(database: Database) {
        let town = Town::on(database).await;
        let here = waiting(&town, "1").await;
        let (case, aside) = (format!("{here}/case"), format!("{here}/aside"));
        let kinds = "/api/v1/place-events/kinds";
        let mapped = json!({"kind": "lamp_out", "category": "20110"});
        for role in ["lead-01", "steward-01", "worker-01", "supervisor", "water", "officer-01", "partner", "volunteer-01"] {
            for path in ["/api/v1/place-events", kinds] {
                assert_eq!(town.read(role, path).await.status, 403, "{role} {path}");
            }
            for (path, body) in [(case.as_str(), &json!({})), (aside.as_str(), &json!({})), (kinds, &mapped)] {
                assert_eq!(post(&town, role, path, body).await.status, 403, "{role} {path}");
            }
        }
        assert_eq!(town.get("/api/v1/place-events").await.status, 401);
        for path in [&case, &aside] {
            assert_eq!(post(&town, "stranger", path, &json!({})).await.status, 404, "{path}");
        }
        assert_eq!(town.read("stranger", "/api/v1/place-events").await.json()["items"], json!([]));
        assert_eq!(town.read("stranger", kinds).await.json()["kinds"], json!([]));
        assert_eq!(town.read("desk", "/api/v1/place-events").await.json()["items"].as_array().map(Vec::len), Some(1));
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

#[tokio::test]
async fn what_stands_in_a_field_is_refused_too_where_it_tells_who_somebody_is() {
    let town = Town::on(Database::sqlite().await).await;
    for (field, value) in [
        ("text", "联系13812345678"),
        ("text", "510184199003070018 进入"),
        ("text", "川A12345占用消防通道"),
        ("text", "人脸识别：陌生人徘徊"),
        ("place_note", "刷身份证的门口"),
        ("source", "示例人脸相机 3"),
        ("text", "护照 E12345678 进入"),
        ("text", "联系一三八一二三四五六七八"),
        ("text", "卡 6222021234567890128"),
        ("text", "川 A 12345 占用消防通道"),
        ("text", "人脸识别门禁：陌生人徘徊"),
        ("place_note", "见 http://camera.example/1.jpg"),
        ("id", "人脸-510184199003070017"),
        ("text", "电话:(028)8765-4321"),
        ("text", "WJ川12345 占道"),
        ("place_note", "QQ 12345678"),
        ("text", "邮箱 a@b.com"),
        ("text", "MAC 00:11:22:33:44:55"),
        ("text", "业主李四堵路"),
        ("place_note", "租户：欧阳娜门口"),
    ] {
        let mut body = event("9", "intrusion");
        body[field] = json!(value);
        let refused = send(&town, &body).await;
        assert_eq!(
            (refused.status.as_u16(), refused.fault()),
            (422, pair(field, "field-personal")),
            "{value}"
        );
        assert!(!refused.body.contains(value), "{}", refused.body);
    }
    let page = town.read("desk", "/place-events").await.body;
    assert!(
        !page.contains("intrusion"),
        "nothing of it was kept: {page}"
    );
    let taken = send(&town, &event("9", "intrusion")).await;
    assert_eq!(taken.status, 201, "{}", taken.body);
}

#[tokio::test]
async fn a_device_that_is_named_after_what_it_reads_may_be_out_of_order() {
    let town = Town::on(Database::sqlite().await).await;
    for (id, words) in [
        ("1", "人脸识别门禁断电"),
        ("2", "1 号门车牌识别道闸损坏"),
        ("3", "Face recognition gate: power lost"),
        ("4", "车牌识别道闸无法抬杆"),
        ("5", "指纹锁电量低"),
    ] {
        let mut body = event(id, "device_down");
        body["text"] = json!(words);
        let taken = send(&town, &body).await;
        assert_eq!(taken.status, 201, "{words}: {}", taken.body);
    }
}

#[tokio::test]
async fn every_fault_of_an_event_is_told_at_once() {
    let town = Town::on(Database::sqlite().await).await;
    let body = json!({"kind": "Fire Lane", "at": "gestern", "faceId": "x", "data": {"plateNo": "x"}, "surplus": 1, "text": 7});
    let refused = send(&town, &body).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let wanted = [
        pair("at", "field-shape"),
        pair("data.plateNo", "field-personal"),
        pair("faceId", "field-personal"),
        pair("id", "field-missing"),
        pair("kind", "kind-malformed"),
        pair("location", "field-missing"),
        pair("surplus", "field-unknown"),
        pair("text", "field-shape"),
    ];
    assert_eq!(refused.faults(), wanted);
}

#[tokio::test]
async fn a_word_for_who_somebody_is_without_a_name_behind_it_is_taken() {
    let town = Town::on(Database::sqlite().await).await;
    for (id, words) in [
        ("1", "业主委员会门前积水"),
        ("2", "住户大门未关"),
        ("3", "司机座位损坏"),
        ("4", "业主高空抛物"),
        ("5", "居民于昨日停水"),
    ] {
        let mut body = event(id, "lamp_out");
        body["text"] = json!(words);
        let taken = send(&town, &body).await;
        assert_eq!(taken.status, 201, "{words}: {}", taken.body);
    }
}
