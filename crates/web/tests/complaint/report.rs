//! What was taken for a complaint and speaks of a thing becomes an ordinary report: the same number, the same code, counted
//! from when it was told.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;
use time::Duration;

use super::colleague::{Colleague, Office, form};
use super::joined::told_twice;
use super::{WORDS, reported, told, turned};

const POTHOLE: &str = "路口的井盖塌了";

/// Why it is made a report, on the page.
const SURE: [(&str, &str); 2] = [("words", "说的是井盖，不是人"), ("confirmed", "yes")];

/// The same through the API.
fn sure() -> Value {
    json!({"words": "说的是井盖，不是人", "confirmed": true})
}

/// Somebody says by mistake that a thing is about a worker; gives number and code.
async fn mistaken(office: &Office) -> (String, String) {
    told_of_a_worker(office, POTHOLE).await
}

/// Somebody says that this is about a worker, and not of whom; gives number and code.
async fn told_of_a_worker(office: &Office, words: &str) -> (String, String) {
    let body = json!({
        "text": words, "place_note": "3 号楼", "grid": office.code("G01-M01"), "location": {"lon": 103.605, "lat": 30.605},
        "category": "20110", "about_worker": true,
        "contact": {"name": "示例王五", "phone": "10012345678"},
    });
    let key = format!("of-a-worker-{}", words.len());
    let key = [("idempotency-key", key.as_str())];
    let told = office.api("POST", "/api/v1/reports", "", &key, &body).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.body);
    let told: Value = serde_json::from_str(&told.body).expect("JSON");
    assert_eq!(
        (&told["kind"], &told["held"]),
        (&json!("complaint"), &json!(false))
    );
    let text = |field: &str| told[field].as_str().expect(field).to_owned();
    (text("number"), text("code"))
}

/// How it goes, for whoever holds the receipt.
async fn progress(office: &Office, number: &str, code: &str) -> Value {
    let path = format!("/api/v1/reports/{number}");
    let receipt = [("receipt-code", code)];
    let shown = office.api("GET", &path, "", &receipt, &json!(null)).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    serde_json::from_str(&shown.body).expect("JSON")
}

/// Makes it a report, on its page.
async fn made(by: &Colleague<'_>, number: &str) {
    let page = format!("/complaints/{number}");
    let done = by.act(&page, "report", &SURE).await;
    assert_eq!(done.header("location"), format!("{page}?done=report"));
}

/// How many cases of each state the open counts have.
async fn states(office: &Office) -> Value {
    office.follow().await;
    let path = format!("/api/v1/counts?grid={}", office.code("G01"));
    let desk = office.token("desk").await;
    let counts = office.api("GET", &path, &desk, &[], &json!(null)).await;
    let counts: Value = serde_json::from_str(&counts.body).expect("JSON");
    counts["states"].clone()
}

/// The first photo of a page, by its id.
fn photo(page: &str, under: &str) -> Option<String> {
    let rest = page.split(under).nth(1)?;
    rest.split(['?', '"']).next().map(str::to_owned)
}

on_both_databases! {
    async fn what_was_a_complaint_by_mistake_becomes_a_report_with_its_number_code_and_hour(database: Database) {
        let office = Office::furnish(database).await;
        let (number, code) = mistaken(&office).await;
        let before = progress(&office, &number, &code).await;
        assert_eq!(before["state"], "received");
        office.later(Duration::hours(1));
        let (steward, case) = (office.sign_in("steward-01").await, format!("/cases/{number}"));
        assert_eq!(steward.get(&case).await.status, StatusCode::NOT_FOUND, "the line reads nothing of it");
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{number}"));
        supervisor.act(&page, "take", &[]).await;
        supervisor.act(&page, "note", &[("words", "看过现场，说的是井盖")]).await;
        let asked = supervisor.get(&page).await.body;
        assert!(asked.contains("负责这里的人都看得到") && asked.contains("name=\"confirmed\" value=\"yes\" required"), "it says so and asks: {asked}");
        made(&supervisor, &number).await;

        let shown = steward.get(&case).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
        assert!(shown.body.contains(POTHOLE) && shown.body.contains("3 号楼") && shown.body.contains("暴露垃圾"), "{}", shown.body);
        assert!(!shown.body.contains("说的是井盖"), "what was found out stays with the complaint: {}", shown.body);
        let after = progress(&office, &number, &code).await;
        assert_eq!((&after["state"], &after["text"]), (&json!("reported"), &json!(POTHOLE)));
        assert_eq!(after["received_at"], before["received_at"], "counted from when it was told");
        assert!(after["answer_by"].as_str() <= before["answer_by"].as_str(), "never later than the receipt says: {after}");
        let plain = json!({"text": "路灯坏了", "grid": office.code("G01-M01"), "category": "20110"});
        let key = [("idempotency-key", "plain")];
        let plain = office.api("POST", "/api/v1/reports", "", &key, &plain).await;
        let plain: Value = serde_json::from_str(&plain.body).expect("JSON");
        assert_eq!((&plain["kind"], &plain["held"]), (&json!("report"), &json!(false)));
        let text = |field: &str| plain[field].as_str().expect(field).to_owned();
        let plain = progress(&office, &text("number"), &text("code")).await;
        assert_eq!(after["owner"], plain["owner"], "it lies with whoever is on duty, as any report");
        let opened = office.stranger().post("/progress", &[("number", &number), ("code", &code)]).await;
        assert_eq!(opened.header("location"), format!("/progress/{number}"));
        let goes = office.stranger().get_keeping(&opened).await.body;
        assert!(goes.contains(POTHOLE), "{goes}");
        let lines: Vec<&str> = goes.split("timeline__what\">").skip(1).filter_map(|rest| rest.split("</time>").next()).collect();
        assert!(lines[0].starts_with("已收到上报") && lines[0].contains("09:00"), "when it was told: {lines:?}");
        assert!(lines[1].starts_with("已定为普通报事") && lines[1].contains("10:00"), "when it was decided: {lines:?}");
        assert_eq!(after["trail"][0]["at"], before["received_at"]);
    }

    async fn a_complaint_that_was_made_a_report_keeps_its_trail_and_waits_for_nothing(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = mistaken(&office).await;
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{number}"));
        supervisor.act(&page, "take", &[]).await;
        supervisor.act(&page, "note", &[("words", "看过现场，说的是井盖")]).await;
        made(&supervisor, &number).await;
        let shown = supervisor.get(&page).await.body;
        assert!(shown.contains("已转为上报") && shown.contains(&format!("href=\"/cases/{number}\"")), "{shown}");
        assert!(shown.contains("看过现场，说的是井盖"), "{shown}");
        assert!(!supervisor.get("/complaints").await.body.contains(&number));
        assert!(supervisor.get("/complaints?all=1").await.body.contains(&number));
        assert!(!supervisor.get("/work").await.body.contains("待办投诉"));
        let token = office.token("supervisor").await;
        let api = office.api("GET", &format!("/api/v1{page}"), &token, &[], &json!(null)).await;
        let api: Value = serde_json::from_str(&api.body).expect("JSON");
        assert_eq!((&api["state"], &api["may"]), (&json!("reported"), &json!([])));
        let id = office.complaint(&number).await.id;
        let entries = office.house.store.reader().journal_of(office.community, id.0).await.expect("the journal");
        let said: Vec<String> = entries.iter().map(|entry| format!("{:?}", rules::journal::Event::from_bytes(&entry.event))).collect();
        let last = &said[said.len() - 2..];
        assert!(last[0].contains("Complaint(Reported)") && last[1].contains("Case(") && last[1].contains("Reported"), "{said:?}");
    }

    async fn its_contact_goes_along_and_each_look_stays_noted(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = mistaken(&office).await;
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{number}"));
        supervisor.post(&format!("{page}/contact"), &[]).await;
        made(&supervisor, &number).await;
        let gone = supervisor.post(&format!("{page}/contact"), &[]).await;
        assert_eq!(gone.status, StatusCode::FORBIDDEN, "it lies with the report now");
        assert!(!supervisor.get(&page).await.body.contains("/contact\""));
        assert_eq!(office.looks(&number).await, 1);
        let desk = office.sign_in("desk").await;
        let clear = desk.post(&format!("/cases/{number}/contact"), &[]).await;
        assert!(clear.body.contains("10012345678") && clear.body.contains("示例王五"), "{}", clear.body);
        assert_eq!(office.looks(&number).await, 2);
    }

    async fn its_photos_go_along(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let key = form::value(&desk.get("/cases/new").await.body, "key").expect("a one-time key");
        let grid = office.code("G01-M01");
        let fields = [("key", key.as_str()), ("channel", "phone"), ("text", WORDS), ("grid", &grid), ("about_worker", "yes")];
        let asked = desk.post_photo("/cases/new", &fields).await;
        let kept = form::value(&asked.body, "kept").expect("a ticket of the photo");
        let told = [("key", key.as_str()), ("kept", &kept), ("text", POTHOLE)];
        let slip = desk.post(&format!("/g/{grid}/complaint"), &told).await.body;
        let number = slip.split("receipt__number number\">").nth(1).and_then(|rest| rest.split('<').next());
        let number = number.expect("a number");
        made(&office.sign_in("supervisor").await, number).await;
        let steward = office.sign_in("steward-01").await;
        let shown = steward.get(&format!("/cases/{number}")).await.body;
        let photo = photo(&shown, "/attachments/").expect("the photo on the case");
        assert!(!steward.bytes(&format!("/cases/{number}/attachments/{photo}?small")).await.is_empty());
    }

    async fn pressed_twice_at_once_it_is_one_case_and_counted_once(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = mistaken(&office).await;
        assert_eq!(states(&office).await, json!({}), "a complaint is counted nowhere");
        let token = office.token("supervisor").await;
        let path = format!("/api/v1/complaints/{number}/report");
        let (seen, said) = ([("if-match", "\"1\"")], sure());
        let press = || office.api("POST", &path, &token, &seen, &said);
        let (one, other) = tokio::join!(press(), press());
        let mut came = [one.status, other.status];
        came.sort();
        assert_eq!(came, [StatusCode::OK, StatusCode::PRECONDITION_FAILED], "{} {}", one.body, other.body);
        let again = office.api("POST", &path, &token, &[("if-match", "\"2\"")], &said).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
        assert_eq!(states(&office).await, json!({"reported": 1}));
        assert_eq!(office.sign_in("desk").await.numbers_of_file("").await, [number]);
    }

    async fn once_answered_it_stays_a_complaint_and_the_refusal_says_what_may_be_done(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = mistaken(&office).await;
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{number}"));
        supervisor.act(&page, "take", &[]).await;
        let token = office.token("supervisor").await;
        let api = office.api("GET", &format!("/api/v1{page}"), &token, &[], &json!(null)).await;
        let api: Value = serde_json::from_str(&api.body).expect("JSON");
        assert!(api["may"].as_array().expect("may").contains(&json!("report")), "{api}");
        supervisor.act(&page, "answer", &[("outcome", "not_upheld"), ("words", "当天没有人当班")]).await;
        let late = office.api("POST", &format!("/api/v1{page}/report"), &token, &[("if-match", "\"3\"")], &sure()).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
        let late: Value = serde_json::from_str(&late.body).expect("JSON");
        assert_eq!(late["may"], json!(["note", "pass", "close"]), "{late}");
        assert_eq!(office.sign_in("desk").await.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND);
    }

    async fn what_speaks_of_somebody_is_never_made_a_report(database: Database) {
        let office = Office::furnish(database).await;
        let (by_teller, _) = told(&office, &office.stranger(), "steward-01").await;
        let (by_supervisor, _) = mistaken(&office).await;
        let (supervisor, token) = (office.sign_in("supervisor").await, office.token("supervisor").await);
        supervisor.act(&format!("/complaints/{by_supervisor}"), "name", &[("about", "steward-01")]).await;
        for (number, version) in [(by_teller, "1"), (by_supervisor, "2")] {
            let page = format!("/complaints/{number}");
            let shown = supervisor.get(&page).await.body;
            assert!(!shown.contains(&format!("{page}/report\"")), "not offered: {shown}");
            let seen = format!("\"{version}\"");
            let refused = office.api("POST", &format!("/api/v1{page}/report"), &token, &[("if-match", &seen)], &sure()).await;
            assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
            let refused: Value = serde_json::from_str(&refused.body).expect("JSON");
            assert_eq!((&refused["code"], &refused["may"]), (&json!("speaks-of-somebody"), &json!(["name", "take", "pass"])), "{refused}");
            let sent: Vec<_> = [("version", version)].into_iter().chain(SURE).collect();
            let sent = supervisor.post(&format!("{page}/report"), &sent).await;
            assert_eq!(sent.status, StatusCode::CONFLICT, "{}", sent.body);
            assert!(sent.body.contains("已经认定说的是谁，不能转为上报"), "{}", sent.body);
            let steward = office.sign_in("steward-01").await.get(&format!("/cases/{number}")).await;
            assert_eq!(steward.status, StatusCode::NOT_FOUND, "{}", steward.body);
        }
    }

    async fn words_that_name_whoever_would_read_the_report_stay_a_complaint(database: Database) {
        let office = Office::furnish(database).await;
        let token = office.token("supervisor").await;
        for account in ["steward-01", "lead-01", "community-lead"] {
            let words = format!("网格员{}收钱不办事", office.name_of(account));
            let (number, _) = told_of_a_worker(&office, &words).await;
            let path = format!("/api/v1/complaints/{number}/report");
            let refused = office.api("POST", &path, &token, &[("if-match", "\"1\"")], &sure()).await;
            assert_eq!(refused.status, StatusCode::CONFLICT, "{account}: {}", refused.body);
            let refused: Value = serde_json::from_str(&refused.body).expect("JSON");
            assert_eq!((&refused["code"], &refused["may"]), (&json!("names-a-reader"), &json!(["name", "take", "pass"])), "{refused}");
            assert!(refused["detail"].as_str().is_some_and(|said| said.contains("Say first whom it speaks of")), "{refused}");
            let unread = office.sign_in(account).await.get(&format!("/cases/{number}")).await;
            assert_eq!(unread.status, StatusCode::NOT_FOUND, "{account}");
        }
    }

    async fn whoever_makes_it_a_report_says_why_and_that_they_know_who_reads_it(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = mistaken(&office).await;
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{number}"));
        let token = office.token("supervisor").await;
        for (said, faulty) in [
            (json!({}), vec!["words", "confirmed"]),
            (json!({"words": "说的是井盖"}), vec!["confirmed"]),
            (json!({"words": "说的是井盖", "confirmed": false}), vec!["confirmed"]),
            (json!({"words": " ", "confirmed": true}), vec!["words"]),
        ] {
            let sent = office.api("POST", &format!("/api/v1{page}/report"), &token, &[("if-match", "\"1\"")], &said).await;
            assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}: {}", sent.body);
            let sent: Value = serde_json::from_str(&sent.body).expect("JSON");
            let faults = sent["faults"].as_array().expect("faults").iter();
            let fields: Vec<_> = faults.filter_map(|fault| fault["field"].as_str()).collect();
            assert_eq!(fields, faulty, "{said}");
        }
        let unsure = supervisor.post(&format!("{page}/report"), &[("version", "1"), ("words", "说的是井盖，不是人")]).await;
        assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unsure.body);
        assert!(unsure.body.contains("请勾选确认") && unsure.body.contains("说的是井盖，不是人"), "{}", unsure.body);
        let desk = office.sign_in("desk").await;
        assert_eq!(desk.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND);
        made(&supervisor, &number).await;
        assert!(supervisor.get(&page).await.body.contains("说的是井盖，不是人"), "why stands with the complaint");
        let case = desk.get(&format!("/cases/{number}")).await.body;
        assert!(case.contains(POTHOLE) && !case.contains("不是人"), "{case}");
    }

    async fn its_case_says_nothing_of_who_made_it_a_report(database: Database) {
        let office = Office::furnish(database).await;
        let (never, code) = mistaken(&office).await;
        let (before, other) = reported(&office, POTHOLE).await;
        turned(&office.sign_in("desk").await, &before, "").await;
        let (supervisor, who) = (office.sign_in("supervisor").await, office.name_of("supervisor"));
        let steward = office.sign_in("steward-01").await;
        for (number, code) in [(never, code), (before, other)] {
            made(&supervisor, &number).await;
            let page = format!("/complaints/{number}");
            assert!(supervisor.get(&page).await.body.contains(&format!("{who} · ")), "its own trail says it");
            let id = office.complaint(&number).await.id;
            let entries = office.house.store.reader().journal_of(office.community, id.0).await.expect("the journal");
            let last = entries.last().expect("the report");
            assert_eq!((last.actor, last.role.as_str()), (None, "resident"), "its reporter told it");
            let case = steward.get(&format!("/cases/{number}")).await;
            assert_eq!(case.status, StatusCode::OK, "{}", case.body);
            let trail = case.body.split("class=\"timeline\"").nth(1).and_then(|rest| rest.split("</ol>").next());
            let trail = trail.expect("the trail");
            assert!(trail.contains("收到上报") && !trail.contains(&who) && !trail.contains("监督员"), "{trail}");
            let told = progress(&office, &number, &code).await;
            assert!(!told.to_string().contains("supervisor"), "{told}");
        }
    }

    async fn what_was_said_on_a_case_lies_sealed_and_comes_back_with_it(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = reported(&office, POTHOLE).await;
        let (desk, case) = (office.sign_in("desk").await, format!("/cases/{number}"));
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        let steward = office.sign_in("steward-01").await;
        let said = "井盖归市政管";
        steward.step(&number, "return", &[("reason", "not_mine"), ("words", said)]).await;
        turned(&desk, &number, "").await;
        let sealed = office.sealed_complaint(&number).await;
        assert!(!sealed.windows(said.len()).any(|bytes| bytes == said.as_bytes()), "it lies open in the database");
        let supervisor = office.sign_in("supervisor").await;
        assert!(supervisor.get(&format!("/complaints/{number}")).await.body.contains(said), "whoever looks into it reads what was done");
        made(&supervisor, &number).await;
        let back = desk.get(&case).await.body;
        assert!(back.contains(said), "{back}");
    }

    async fn a_lead_of_a_case_that_comes_back_says_what_it_said_and_its_clock_runs(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = reported(&office, POTHOLE).await;
        let desk = office.sign_in("desk").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "worker-01")]).await;
        let lead = office.sign_in("worker-01").await.refer(&number).await;
        turned(&desk, &number, "").await;
        let officer = office.sign_in("officer-01").await;
        let meanwhile = officer.get(&lead).await.body;
        assert!(!meanwhile.contains("摊点每天 18 时起占用通道") && meanwhile.contains("3 号楼东侧消防通道"), "{meanwhile}");
        made(&office.sign_in("supervisor").await, &number).await;
        let shown = officer.get(&lead).await.body;
        assert!(shown.contains("摊点每天 18 时起占用通道") && shown.contains("3 号楼东侧消防通道"), "{shown}");
        office.later(Duration::days(3));
        office.tick().await;
        let told = office.sign_in("officer-01").await.get("/tasks").await.body;
        assert!(told.contains("超过了时限"), "nobody took it: {told}");
    }

    async fn what_was_said_on_a_case_is_not_read_again_while_a_telling_of_it_stays_a_complaint(database: Database) {
        let office = Office::furnish(database).await;
        let number = told_twice(&office, "路口还塌着").await;
        let desk = office.sign_in("desk").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        let said = "第二个人说的不是我";
        office.sign_in("steward-01").await.step(&number, "return", &[("reason", "not_mine"), ("words", said)]).await;
        turned(&desk, &number, "").await;
        made(&office.sign_in("supervisor").await, &number).await;
        let back = desk.get(&format!("/cases/{number}")).await;
        assert_eq!(back.status, StatusCode::OK, "{}", back.body);
        assert!(!back.body.contains(said), "{}", back.body);
    }

    async fn only_whoever_sees_a_complaint_makes_it_a_report(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = mistaken(&office).await;
        let path = format!("/complaints/{number}/report");
        for account in ["desk", "lead-01", "steward-01"] {
            let refused = office.sign_in(account).await.post(&path, &[("version", "1")]).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{account}");
        }
        let lead = office.sign_in("community-lead").await;
        let unseen = lead.post(&path, &[("version", "1")]).await;
        assert_eq!(unseen.status, StatusCode::NOT_FOUND, "nobody is named yet: {}", unseen.body);
        assert!(office.sign_in("desk").await.numbers_of_file("").await.is_empty());
    }

    async fn a_case_that_was_turned_comes_back_as_it_was_told_and_can_turn_again(database: Database) {
        let office = Office::furnish(database).await;
        let (number, code) = reported(&office, POTHOLE).await;
        let (desk, case) = (office.sign_in("desk").await, format!("/cases/{number}"));
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        turned(&desk, &number, "").await;
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{number}"));
        supervisor.act(&page, "take", &[]).await;
        supervisor.act(&page, "note", &[("words", "看过现场，说的是井盖")]).await;
        made(&supervisor, &number).await;
        assert_eq!(states(&office).await, json!({"reported": 1}));
        let back = desk.get(&case).await;
        assert_eq!(back.status, StatusCode::OK, "{}", back.body);
        assert!(back.body.contains(POTHOLE) && !back.body.contains("说的是井盖"), "{}", back.body);
        assert_eq!(progress(&office, &number, &code).await["state"], "reported");
        let clear = desk.post(&format!("{case}/contact"), &[]).await;
        assert!(clear.body.contains("10012345678"), "{}", clear.body);
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;

        turned(&desk, &number, "steward-01").await;
        assert_eq!(desk.get(&case).await.status, StatusCode::NOT_FOUND, "a complaint again");
        assert_eq!(progress(&office, &number, &code).await["state"], "received");
        let shown = supervisor.get(&page).await.body;
        assert!(shown.contains(POTHOLE) && shown.contains("说的是井盖") && shown.contains("已收到"), "{shown}");
        let clear = supervisor.post(&format!("{page}/contact"), &[]).await.body;
        assert!(clear.contains("10012345678"), "{clear}");
    }

    async fn of_several_tellings_that_were_turned_each_comes_back_for_itself(database: Database) {
        let office = Office::furnish(database).await;
        let number = told_twice(&office, "路口还塌着").await;
        let desk = office.sign_in("desk").await;
        let asked = desk.get(&format!("/cases/{number}/complaint")).await.body;
        // the first choice is all of the case, the second its first telling
        let later = asked.split("name=\"telling\" value=\"").nth(3).and_then(|rest| rest.split('"').next());
        let later = later.expect("the telling that joined").to_owned();
        turned(&desk, &number, "").await;
        let supervisor = office.sign_in("supervisor").await;
        made(&supervisor, &number).await;
        let first = desk.get(&format!("/cases/{number}")).await.body;
        assert!(first.contains("暴露垃圾堆在楼下") && photo(&first, "/attachments/").is_none(), "{first}");
        assert!(photo(&supervisor.get(&format!("/complaints/{later}")).await.body, "/photos/").is_some(), "the other one is a complaint still");
        made(&supervisor, &later).await;
        let second = desk.get(&format!("/cases/{later}")).await.body;
        assert!(second.contains("路口还塌着") && photo(&second, "/attachments/").is_some(), "{second}");
        assert_eq!(states(&office).await, json!({"reported": 2}));
    }
}
