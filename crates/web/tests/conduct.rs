//! Words that sound like a complaint about somebody who works here, on every way by which reports come in: nothing is received
//! as a report before somebody said that it is none. Where nobody can be asked, nothing is lost: a supervisor decides.

mod colleague;
mod common;
#[path = "conduct/hands.rs"]
mod hands;
#[path = "conduct/later.rs"]
mod later;
#[path = "conduct/rows.rs"]
mod rows;

use axum::http::StatusCode;
use colleague::{Colleague, Office, form};
use common::Answer;
use serde_json::{Value, json};
use testkit::on_both_databases;

/// What is told.
const CONDUCT: &str = "上午来的网格员态度恶劣";

/// Why a supervisor makes it a report.
const SURE: [(&str, &str); 2] = [("words", "说的是事，不是人"), ("confirmed", "yes")];

/// What is told of a place.
const NOTE: &str = "3 号楼";
/// What a report says beside its words, as the forms of reports name it.
const BESIDE: [(&str, &str); 5] = [
    ("lon", "103.605"),
    ("lat", "30.605"),
    ("category", "20110"),
    ("place_note", NOTE),
    ("phone", "10012345678"),
];

/// Sends the form of complaints as it came, with what was typed into it.
async fn go_on(by: &Colleague<'_>, page: &str, typed: &[(&str, &str)]) -> Answer {
    let form = page.split("<form id=\"complaint\"").nth(1);
    let form = form.and_then(|rest| rest.split("</form>").next());
    let form = form.expect("the form of complaints");
    let door = form
        .split("action=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
    let hidden = inputs.filter_map(|input| {
        let (name, rest) = input.split_once("\" value=\"")?;
        Some((name, rest.split('"').next()?))
    });
    let fields: Vec<_> = hidden.chain(typed.iter().copied()).collect();
    by.post(door.expect("where it goes"), &fields).await
}

/// A supervisor makes a report of a complaint; the case as the desk reads it.
async fn reported(office: &Office, number: &str) -> Value {
    let supervisor = office.sign_in("supervisor").await;
    supervisor
        .act(&format!("/complaints/{number}"), "report", &SURE)
        .await;
    let path = format!("/api/v1/cases/{number}");
    let desk = office.token("desk").await;
    let case = office.api("GET", &path, &desk, &[], &json!(null)).await;
    assert_eq!(case.status, StatusCode::OK, "{}", case.body);
    serde_json::from_str(&case.body).expect("JSON")
}

/// That a case has everything that was told beside the words.
fn has_all_beside(case: &Value) {
    assert_eq!(
        (&case["text"], &case["place_note"]),
        (&json!(CONDUCT), &json!(NOTE)),
        "{case}"
    );
    assert_eq!(case["category"]["code"], "20110", "{case}");
    assert_eq!(
        case["location"],
        json!({"lon": 103.605, "lat": 30.605}),
        "{case}"
    );
}

/// How whoever told a report wants to be reached: a visit, no messages, the language.
async fn wishes(office: &Office, number: &str) -> (bool, bool, Option<String>) {
    let reader = office.house.store.reader();
    let number = number.parse().expect("a number");
    let report = reader.report_numbered(office.community, &number).await;
    let id = report.expect("the report").id;
    let contact = reader.contact(office.community, id).await;
    let contact = contact.expect("contacts").expect("a contact");
    (contact.visit_welcome, contact.quiet, contact.language)
}

on_both_databases! {
    async fn what_sounds_like_a_complaint_is_not_received_through_the_api_before_somebody_said_whether_it_is_one(database: Database) {
        let office = Office::furnish(database).await;
        let body = |said: Value| {
            let mut body = json!({"text": CONDUCT, "place_note": "3 号楼", "grid": office.code("G01-M01"), "contact": {"name": "示例王五", "phone": "10012345678"}});
            if !said.is_null() {
                body["about_worker"] = said;
            }
            body
        };
        let send = async |key: &str, said: Value| {
            let key = [("idempotency-key", key)];
            office.api("POST", "/api/v1/reports", "", &key, &body(said)).await
        };
        let staff = office.token("desk").await;
        let asked = office.api("POST", "/api/v1/reports", &staff, &[("idempotency-key", "k0")], &body(json!(null))).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        assert!(asked.body.contains("about-worker-unsaid") && asked.body.contains("about_worker"), "{}", asked.body);
        let desk = office.sign_in("desk").await;
        assert!(!desk.get("/cases").await.body.contains("/cases/5"), "nothing was made");

        let made = send("k1", json!(true)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        assert_eq!(send("k1", json!(true)).await.body, made.body, "once");
        let made: Value = serde_json::from_str(&made.body).expect("JSON");
        assert_eq!(made["state"], "received");
        let number = made["number"].as_str().expect("a number").to_owned();
        for account in ["steward-01", "lead-01", "desk", "worker-01", "community-lead"] {
            let somebody = office.sign_in(account).await;
            for path in ["/cases", "/tasks", "/work", format!("/cases?q={number}").as_str()] {
                let shown = somebody.get(path).await.body;
                assert!(!shown.contains(CONDUCT) && !shown.contains(&format!("/cases/{number}")), "{account} {path}: {shown}");
            }
            assert_eq!(somebody.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND, "{account}");
        }
        let shown = office.sign_in("supervisor").await.get(&format!("/complaints/{number}")).await.body;
        assert!(shown.contains(CONDUCT) && shown.contains("3 号楼"), "{shown}");
        let code = [("receipt-code", made["code"].as_str().expect("a code"))];
        let progress = office.api("GET", &format!("/api/v1/reports/{number}"), "", &code, &json!(null)).await;
        assert!(progress.body.contains(CONDUCT), "{}", progress.body);

        let plain = send("k2", json!(false)).await;
        assert_eq!(plain.status, StatusCode::CREATED, "{}", plain.body);
        let plain: Value = serde_json::from_str(&plain.body).expect("JSON");
        assert_eq!(plain["state"], "reported");
        let number = plain["number"].as_str().expect("a number");
        assert!(desk.get(&format!("/cases/{number}")).await.body.contains(CONDUCT), "the reporter decides");
    }

    async fn what_a_program_tells_that_asks_nobody_is_held_as_a_complaint_until_a_supervisor_decides(database: Database) {
        let office = Office::furnish(database).await;
        let body = json!({"text": CONDUCT, "place_note": "3 号楼", "grid": office.code("G01-M01"), "contact": {"phone": "10012345678"}});
        let key = [("idempotency-key", "held")];
        let send = || office.api("POST", "/api/v1/reports", "", &key, &body);
        let held = send().await;
        assert_eq!(held.status, StatusCode::CREATED, "nothing is lost: {}", held.body);
        let receipt: Value = serde_json::from_str(&held.body).expect("JSON");
        assert_eq!((&receipt["kind"], &receipt["held"], &receipt["state"]), (&json!("complaint"), &json!(true), &json!("received")));
        assert!(receipt["answer_by"].is_string() && receipt["grid"]["code"].is_string(), "the shape of any receipt: {receipt}");
        let plain = json!({"text": "路灯坏了", "grid": office.code("G01-M01")});
        let plain = office.api("POST", "/api/v1/reports", "", &[("idempotency-key", "plain")], &plain).await;
        let plain: Value = serde_json::from_str(&plain.body).expect("JSON");
        assert_eq!(receipt["answer_by"], plain["answer_by"], "answered no later than a report");
        let number = receipt["number"].as_str().expect("a number");
        for account in ["steward-01", "lead-01", "desk", "worker-01", "community-lead"] {
            let somebody = office.sign_in(account).await;
            assert_eq!(somebody.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND, "{account}");
            assert!(!somebody.get("/tasks").await.body.contains(CONDUCT), "{account}");
        }
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{number}"));
        let mark = "系统按措辞暂存，待认定";
        for path in ["/complaints", page.as_str()] {
            let shown = supervisor.get(path).await.body;
            assert!(shown.contains(mark), "{path}: {shown}");
        }
        let token = office.token("supervisor").await;
        let is_held = async || {
            let shown = office.api("GET", &format!("/api/v1{page}"), &token, &[], &json!(null)).await;
            let shown: Value = serde_json::from_str(&shown.body).expect("JSON");
            shown["held"].clone()
        };
        assert_eq!(is_held().await, json!(true));
        let code = receipt["code"].as_str().expect("a code");
        let opened = office.stranger().post("/progress", &[("number", number), ("code", code)]).await;
        let told = office.stranger().get_keeping(&opened).await.body;
        assert!(told.contains("先由监督员认定"), "whoever told it learns that: {told}");
        supervisor.act(&page, "report", &SURE).await;
        assert_eq!(is_held().await, json!(false));
        assert!(!supervisor.get(&page).await.body.contains(mark));
        let case = office.sign_in("steward-01").await.get(&format!("/cases/{number}")).await.body;
        assert!(case.contains(CONDUCT) && case.contains("3 号楼"), "{case}");
        assert_eq!(send().await.body, held.body, "sent again it is the same receipt, byte for byte");
    }

    async fn what_was_held_and_is_the_same_as_a_case_that_runs_joins_it_once_it_is_a_report(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let at = json!({"lon": 103.605, "lat": 30.605});
        let first = json!({"text": "示例：暴露垃圾堆在楼下", "location": at, "category": "20110"});
        let told = office.api("POST", "/api/v1/reports", "", &[("idempotency-key", "one")], &first).await;
        let told: Value = serde_json::from_str(&told.body).expect("JSON");
        let case = told["number"].as_str().expect("a number");
        let near = "/api/v1/similar?lon=103.605&lat=30.605&category=20110";
        let similar = office.api("GET", near, "", &[], &json!(null)).await;
        let similar: Value = serde_json::from_str(&similar.body).expect("JSON");
        let same = similar["items"][0]["same"].as_str().expect("a ticket");
        let mut held = Vec::new();
        for key in ["two", "three"] {
            let body = json!({"text": CONDUCT, "location": at, "category": "20110", "same": same});
            let receipt = office.api("POST", "/api/v1/reports", "", &[("idempotency-key", key)], &body).await;
            let receipt: Value = serde_json::from_str(&receipt.body).expect("JSON");
            assert_eq!((&receipt["kind"], &receipt["held"]), (&json!("complaint"), &json!(true)), "{receipt}");
            held.push(receipt);
        }
        let supervisor = office.sign_in("supervisor").await;
        let text = |receipt: &Value, field: &str| receipt[field].as_str().expect(field).to_owned();
        let (number, code) = (text(&held[0], "number"), text(&held[0], "code"));
        supervisor.act(&format!("/complaints/{number}"), "report", &SURE).await;
        let shown = supervisor.get(&format!("/complaints/{number}")).await.body;
        assert!(shown.contains(&format!("href=\"/cases/{case}\"")), "it leads to the case that it joined: {shown}");
        let joined = desk.get(&format!("/cases/{case}")).await.body;
        assert!(joined.contains(CONDUCT), "{joined}");
        assert_eq!(desk.numbers_of_file("").await, [case], "counted once");
        let opened = office.stranger().post("/progress", &[("number", &number), ("code", &code)]).await;
        assert_eq!(office.stranger().get_keeping(&opened).await.status, StatusCode::OK, "its receipt goes on fitting");

        desk.step(case, "file", &[("filing", "none")]).await;
        desk.step(case, "void", &[("words", "误报")]).await;
        let number = text(&held[1], "number");
        supervisor.act(&format!("/complaints/{number}"), "report", &SURE).await;
        let own = desk.get(&format!("/cases/{number}")).await;
        assert_eq!(own.status, StatusCode::OK, "what is over takes nothing up: {}", own.body);
    }

    async fn what_was_held_and_speaks_of_somebody_is_kept_and_marked_no_more(database: Database) {
        let office = Office::furnish(database).await;
        let body = json!({"text": CONDUCT, "grid": office.code("G01-M01")});
        let held = office.api("POST", "/api/v1/reports", "", &[("idempotency-key", "held")], &body).await;
        let held: Value = serde_json::from_str(&held.body).expect("JSON");
        let page = format!("/complaints/{}", held["number"].as_str().expect("a number"));
        let (supervisor, mark) = (office.sign_in("supervisor").await, "系统按措辞暂存，待认定");
        supervisor.act(&page, "take", &[]).await;
        assert!(supervisor.get("/complaints").await.body.contains(mark), "looking into it decides nothing");
        supervisor.act(&page, "name", &[("about", "steward-01")]).await;
        for path in ["/complaints", page.as_str()] {
            assert!(!supervisor.get(path).await.body.contains(mark), "{path}");
        }
    }

    async fn the_desk_is_asked_too_and_a_complaint_takes_words_contact_and_photos_along(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let key = form::value(&desk.get("/cases/new").await.body, "key").expect("a one-time key");
        let grid = office.code("G01-M01");
        let mut fields = vec![("key", key.as_str()), ("channel", "phone"), ("text", CONDUCT), ("grid", &grid), ("place_note", "3 号楼"), ("phone", "10012345678")];
        let asked = desk.post("/cases/new", &fields).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        assert!(asked.body.contains("说的是网格工作人员的态度或做法吗？") && !asked.body.contains("value=\"yes\" checked"), "{}", asked.body);
        fields.push(("about_worker", "yes"));
        let form = desk.post_photo("/cases/new", &fields).await;
        assert_eq!(form.status, StatusCode::OK, "{}", form.body);
        assert!(form.body.contains(&format!("action=\"/g/{grid}/complaint\"")) && form.body.contains(CONDUCT) && form.body.contains("3 号楼"), "{}", form.body);
        let kept = form::value(&form.body, "kept").expect("a ticket of the photo");
        let told = [("key", key.as_str()), ("kept", &kept), ("text", CONDUCT), ("phone", "10012345678")];
        let slip = desk.post(&format!("/g/{grid}/complaint"), &told).await;
        assert_eq!(slip.status, StatusCode::OK, "{}", slip.body);
        let number = slip.body.split("receipt__number number\">").nth(1).and_then(|rest| rest.split('<').next());
        let number = number.expect("a number");
        assert!(!desk.get("/cases").await.body.contains(number), "it never was a case");
        let supervisor = office.sign_in("supervisor").await;
        let shown = supervisor.get(&format!("/complaints/{number}")).await.body;
        let photo = shown.split("/photos/").nth(1).and_then(|rest| rest.split(['?', '"']).next());
        let photo = format!("/complaints/{number}/photos/{}", photo.expect("the photo"));
        assert!(!supervisor.bytes(&format!("{photo}?small")).await.is_empty());
        assert_ne!(desk.get(&photo).await.status, StatusCode::OK, "nobody else sees it");
    }

    async fn what_a_resident_told_of_a_place_a_kind_and_their_wishes_goes_along_with_a_complaint(database: Database) {
        let office = Office::furnish(database).await;
        let (resident, grid) = (office.stranger(), office.code("G01-M01"));
        let mut told = vec![("key", "k1"), ("step", "check"), ("go", "send"), ("text", CONDUCT), ("grid", &grid), ("about_worker", "yes"), ("visit_welcome", "on"), ("quiet", "on")];
        told.extend(BESIDE);
        let form = resident.post(&format!("/g/{grid}/report"), &told).await.body;
        assert!(form.contains("前面选好的地点、类别会一并提交。"), "{form}");
        let words = format!("{CONDUCT}\r\n{NOTE}");
        let typed = [("text", words.as_str()), ("phone", "10012345678")];
        let english = go_on(&resident, &form, &[typed[0], typed[1], ("language", "en")]).await;
        assert!(english.body.contains("The place and the kind of matter chosen before go along."), "a switch loses nothing: {}", english.body);
        let sent = go_on(&resident, &english.body, &typed).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let again = go_on(&resident, &english.body, &typed).await;
        assert_eq!(again.header("location"), sent.header("location"), "once");
        let number = sent.header("location").split('/').nth(2).expect("a number");
        has_all_beside(&reported(&office, number).await);
        assert_eq!(wishes(&office, number).await, (true, true, Some("zh-CN".to_owned())));
    }

    async fn what_the_desk_wrote_of_a_place_a_kind_and_a_callers_wishes_goes_along_with_a_complaint(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, grid) = (office.sign_in("desk").await, office.code("G01-M01"));
        let key = form::value(&desk.get("/cases/new").await.body, "key").expect("a one-time key");
        let mut told = vec![("key", key.as_str()), ("channel", "phone"), ("text", CONDUCT), ("grid", &grid), ("about_worker", "yes"), ("visit", "on"), ("quiet", "on")];
        told.extend(BESIDE);
        let form = desk.post("/cases/new", &told).await.body;
        let words = format!("{CONDUCT}\n{NOTE}");
        let slip = go_on(&desk, &form, &[("text", &words), ("phone", "10012345678")]).await.body;
        let number = slip.split("receipt__number number\">").nth(1).and_then(|rest| rest.split('<').next());
        let number = number.expect("a number");
        has_all_beside(&reported(&office, number).await);
        assert_eq!(wishes(&office, number).await, (true, true, None), "whose language it is was not asked");
    }

    async fn a_point_or_a_kind_that_cannot_be_is_left_out_and_the_complaint_is_received(database: Database) {
        let office = Office::furnish(database).await;
        let (resident, door) = (office.stranger(), format!("/g/{}/complaint", office.code("G01-M01")));
        for (key, hostile) in [
            ("k1", [("lon", "999"), ("lat", "30.6")]),
            ("k2", [("lon", "NaN"), ("lat", "inf")]),
            ("k3", [("lon", "103.605"), ("category", "20999")]),
            ("k4", [("category", "<script>"), ("place_note", "5 号楼")]),
        ] {
            let sent = resident.post(&door, &[("key", key), ("text", CONDUCT), hostile[0], hostile[1]]).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{hostile:?}: {}", sent.body);
            let number = sent.header("location").split('/').nth(2).expect("a number");
            let case = reported(&office, number).await;
            assert_eq!(case["text"], CONDUCT, "{hostile:?}: {case}");
            for left_out in ["location", "category", "place_note"] {
                assert_eq!(case[left_out], json!(null), "{hostile:?}: {left_out}: {case}");
            }
        }
    }

    async fn who_writes_a_complaint_down_is_spoken_to_of_whoever_complains_and_finds_back_to_work(database: Database) {
        let office = Office::furnish(database).await;
        let door = format!("/g/{}/complaint", office.code("G01-M01"));
        let (desk, resident) = (office.sign_in("desk").await, office.stranger());
        let theirs = desk.get(&door).await.body;
        assert!(theirs.contains("怎么称呼投诉人") && theirs.contains("投诉人的电话") && !theirs.contains("怎么称呼您"), "{theirs}");
        assert!(theirs.contains("class=\"back\" href=\"/work\""), "{theirs}");
        let own = resident.get(&door).await.body;
        assert!(own.contains("怎么称呼您") && !own.contains("怎么称呼投诉人"), "{own}");
        let english = desk.get_english(&door).await.body;
        assert!(english.contains("Their phone number") && !english.contains("complaint-"), "{english}");

        let slip = desk.post(&door, &[("key", "k1"), ("text", CONDUCT)]).await;
        assert_eq!(slip.status, StatusCode::OK, "{}", slip.body);
        assert!(slip.body.contains("请把编号和查询码念给投诉人") && slip.body.contains("答复投诉人"), "{}", slip.body);
        assert!(slip.body.contains("data-print") && slip.body.contains("button--big\" href=\"/work\""), "{}", slip.body);
        let told = resident.post(&door, &[("key", "k2"), ("text", CONDUCT)]).await;
        let slip = resident.get_keeping(&told).await.body;
        assert!(slip.contains("之前答复您") && !slip.contains("投诉人"), "{slip}");
        let back = format!("href=\"/g/{}\"", office.code("G01-M01"));
        assert!(slip.contains("data-print") && slip.contains(&back), "{slip}");
    }

    async fn an_order_that_sounds_like_a_complaint_is_none_before_its_source_says_so(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let file = |mark: &str| format!("工单编号,诉求内容,事发地址,是否投诉工作人员\nSL-9,{CONDUCT},G01-M01,{mark}\nSL-10,路灯不亮,G01-M01,\n");
        let take = async |mark: &str| {
            let file = file(mark);
            desk.post_file("/orders/hotline", &[], ("file", file.as_bytes())).await.body
        };
        for mark in ["", "是"] {
            let refused = take(mark).await;
            assert!(refused.contains("看来是对网格工作人员的投诉") && refused.contains("第 2 行，“诉求内容”栏"), "{mark}: {refused}");
            assert!(!refused.contains(CONDUCT), "what it says is not told on: {refused}");
            assert!(desk.numbers_of_file("").await.is_empty(), "all or nothing");
        }
        let taken = take("否").await;
        assert!(taken.contains("新录入 2 件"), "{taken}");
        assert!(take("").await.contains("2 件以前录过"), "what was taken in once is not asked about again");
    }

    async fn a_note_that_sounds_like_a_complaint_stays_a_draft_until_it_is_entered_on_its_own(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let begun = desk.post("/sheets", &[("title", "来件"), ("channel", "desk")]).await;
        let sheet = begun.header("location").to_owned();
        let key = form::value(&desk.get(&sheet).await.body, "key").expect("a one-time key");
        let rows = [("key", key.as_str()), ("place", "G01-M01"), ("words", CONDUCT), ("name", ""), ("phone", ""), ("category", "")];
        desk.post(&format!("{sheet}/rows"), &rows).await;
        assert!(desk.get(&sheet).await.body.contains("看来是对网格工作人员的投诉"));
        let sent = desk.post(&format!("{sheet}/send"), &[]).await;
        assert!(sent.header("location").contains("sent=0"), "{}", sent.header("location"));
        assert!(desk.numbers_of_file("").await.is_empty());
    }

    async fn words_that_name_somebody_who_would_read_them_are_held_where_a_program_tells_them(database: Database) {
        let office = Office::furnish(database).await;
        let send = async |account: &str| {
            let body = json!({"text": format!("{}把垃圾堆在楼下", office.name_of(account)), "grid": office.code("G01-M01")});
            let key = [("idempotency-key", account)];
            let told = office.api("POST", "/api/v1/reports", "", &key, &body).await;
            assert_eq!(told.status, StatusCode::CREATED, "{account}: {}", told.body);
            serde_json::from_str::<Value>(&told.body).expect("JSON")
        };
        for account in ["steward-01", "lead-01", "desk"] {
            let held = send(account).await;
            assert_eq!((&held["kind"], &held["held"]), (&json!("complaint"), &json!(true)), "{account}: {held}");
            let page = format!("/cases/{}", held["number"].as_str().expect("a number"));
            let own = office.sign_in(account).await.get(&page).await;
            assert_eq!(own.status, StatusCode::NOT_FOUND, "{account} reads nothing of it");
        }
        let elsewhere = send("steward-03").await;
        assert_eq!(elsewhere["kind"], "report", "they read no report of this grid: {elsewhere}");
    }

    async fn whoever_tells_words_with_the_name_of_somebody_who_would_read_them_is_asked(database: Database) {
        let office = Office::furnish(database).await;
        let (grid, words) = (office.code("G01-M01"), format!("{}把垃圾堆在楼下", office.name_of("steward-01")));
        let wizard = [("key", "k1"), ("step", "contact"), ("go", "check"), ("text", words.as_str()), ("grid", grid.as_str())];
        let asked = office.stranger().post(&format!("/g/{grid}/report"), &wizard).await.body;
        assert!(asked.contains("说的是网格工作人员的态度或做法吗？"), "{asked}");
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        for (who, path) in [(&desk, "/cases/new"), (&steward, "/report-here")] {
            let key = form::value(&who.get(path).await.body, "key").expect("a one-time key");
            let mut told = vec![("key", key.as_str()), ("text", words.as_str()), ("grid", grid.as_str())];
            let asked = who.post(path, &told).await;
            assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", asked.body);
            assert!(asked.body.contains("name=\"about_worker\" value=\"no\""), "{path}: {}", asked.body);
            told.push(("about_worker", "no"));
            let taken = who.post(path, &told).await;
            assert_eq!(taken.status, StatusCode::SEE_OTHER, "{path}: whoever tells it decides: {}", taken.body);
        }
    }

    async fn a_row_that_names_somebody_who_would_read_it_is_none_of_a_sheet_and_of_no_file_of_orders(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, words) = (office.sign_in("desk").await, format!("{}把垃圾堆在楼下", office.name_of("steward-01")));
        let begun = desk.post("/sheets", &[("title", "来件"), ("channel", "desk")]).await;
        let sheet = begun.header("location").to_owned();
        let key = form::value(&desk.get(&sheet).await.body, "key").expect("a one-time key");
        let row = [("key", key.as_str()), ("place", "G01-M01"), ("words", &words), ("name", ""), ("phone", ""), ("category", "")];
        desk.post(&format!("{sheet}/rows"), &row).await;
        let sent = desk.post(&format!("{sheet}/send"), &[]).await;
        assert!(sent.header("location").contains("sent=0"), "{}", sent.header("location"));
        // of a place that nobody knows the desk reads first, and gives it to anybody
        for place in ["G01-M01", "河边"] {
            let file = format!("工单编号,诉求内容,事发地址\nSL-9,{words},{place}\n");
            let refused = desk.post_file("/orders/hotline", &[], ("file", file.as_bytes())).await.body;
            assert!(refused.contains("第 2 行，“诉求内容”栏") && !refused.contains("新录入 1 件"), "{place}: {refused}");
        }
        assert!(desk.numbers_of_file("").await.is_empty());
    }

    async fn numbers_of_persons_among_the_words_are_stars_on_every_way_and_a_plate_stays(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, words) = (office.sign_in("desk").await, "身份证510184199001011234的人打13800001234说川A12345压坏井盖");
        let begun = desk.post("/sheets", &[("title", "来件"), ("channel", "desk")]).await;
        let sheet = begun.header("location").to_owned();
        let key = form::value(&desk.get(&sheet).await.body, "key").expect("a one-time key");
        let row = [("key", key.as_str()), ("place", "G01-M01"), ("words", words), ("name", ""), ("phone", ""), ("category", "")];
        desk.post(&format!("{sheet}/rows"), &row).await;
        desk.post(&format!("{sheet}/send"), &[]).await;
        let file = format!("工单编号,诉求内容,事发地址\nSL-9,{words},G01-M01\n");
        desk.post_file("/orders/hotline", &[], ("file", file.as_bytes())).await;
        let body = json!({"text": words, "place_note": words, "grid": office.code("G01-M01")});
        office.api("POST", "/api/v1/reports", "", &[("idempotency-key", "one")], &body).await;
        let numbers = desk.numbers_of_file("").await;
        assert_eq!(numbers.len(), 3);
        let token = office.token("desk").await;
        for number in numbers {
            let case = office.api("GET", &format!("/api/v1/cases/{number}"), &token, &[], &json!(null)).await;
            let case: Value = serde_json::from_str(&case.body).expect("JSON");
            assert_eq!(case["text"], "身份证****的人打****说川A12345压坏井盖", "{case}");
            let page = desk.get(&format!("/cases/{number}")).await.body;
            assert!(page.contains("川A12345"), "{page}");
            for number in ["510184199001011234", "13800001234"] {
                assert!(!page.contains(number) && !case.to_string().contains(number), "{page} {case}");
            }
            let reader = office.house.store.reader();
            let report = reader.report_numbered(office.community, &number.parse().expect("a number")).await.expect("the report");
            assert!(!report.words.contains("13800001234") && !report.place_note.contains("13800001234"), "kept without them");
        }
    }

    async fn money_that_a_worker_took_of_somebody_else_is_asked_about_and_what_they_collect_is_not(database: Database) {
        let office = Office::furnish(database).await;
        let staff = office.token("desk").await;
        for (key, text, status) in [("a", "网格员收了摊主两百块钱", 422), ("b", "网格员吃了老板的请", 422), ("c", "网格员帮我收了快递", 201)] {
            let body = json!({"text": text, "grid": office.code("G01-M01")});
            let told = office.api("POST", "/api/v1/reports", &staff, &[("idempotency-key", key)], &body).await;
            assert_eq!((told.status.as_u16(), told.body.contains("about-worker-unsaid")), (status, status == 422), "{text}: {}", told.body);
        }
    }

    async fn how_somebody_behaved_who_came_is_asked_about_without_a_name_or_a_post(database: Database) {
        let office = Office::furnish(database).await;
        let staff = office.token("desk").await;
        let tell = async |key: &str, text: &str| {
            let body = json!({"text": text, "grid": office.code("G01-M01")});
            office.api("POST", "/api/v1/reports", &staff, &[("idempotency-key", key)], &body).await
        };
        for (key, words) in [("k1", "来的人骂我"), ("k2", "来修的师傅收了我两百块"), ("k3", "他威胁我不许再投诉")] {
            let asked = tell(key, words).await;
            assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}: {}", asked.body);
            assert!(asked.body.contains("about-worker-unsaid"), "{words}: {}", asked.body);
        }
        for (key, words) in [("k4", "楼上的人骂我"), ("k5", "师傅来修了三次没修好")] {
            let told = tell(key, words).await;
            assert_eq!(told.status, StatusCode::CREATED, "{words}: {}", told.body);
        }
    }
}
