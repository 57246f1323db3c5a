//! Complaints about somebody who works here through the real router: told at the resident's door and at the desk, looked
//! into by those not concerned; and where the worker, their lead and the desk must not find them.

#[path = "complaint/again.rs"]
mod again;
#[path = "complaint/back.rs"]
mod back;
#[path = "complaint/before.rs"]
mod before;
mod colleague;
mod common;
#[path = "complaint/danger.rs"]
mod danger;
#[path = "complaint/joined.rs"]
mod joined;
#[path = "complaint/leads.rs"]
mod leads;
#[path = "complaint/merged.rs"]
mod merged;
#[path = "complaint/pass.rs"]
mod pass;
#[path = "complaint/report.rs"]
mod report;
#[path = "complaint/sight.rs"]
mod sight;

use axum::http::StatusCode;
use colleague::{Colleague, Office, form};
use serde_json::{Value, json};
use testkit::on_both_databases;

const WORDS: &str = "周六上午他没有来，电话里还骂人";

/// Tells a complaint as a visitor does; gives number and code.
async fn told(office: &Office, by: &Colleague<'_>, about: &str) -> (String, String) {
    told_with(office, by, about, ["示例王五", "10012345678"]).await
}

/// The same with this name and number.
async fn told_with(
    office: &Office,
    by: &Colleague<'_>,
    about: &str,
    [name, phone]: [&str; 2],
) -> (String, String) {
    let door = format!("/g/{}/complaint", office.code("G01-M01"));
    let page = by.get(&door).await.body;
    let key = form::value(&page, "key").expect("a one-time key");
    let about = office.post_of(about);
    let fields = [
        ("key", key.as_str()),
        ("text", WORDS),
        ("about", &about),
        ("name", name),
        ("phone", phone),
    ];
    let sent = by.post(&door, &fields).await;
    let again = by.post(&door, &fields).await;
    let slip = if sent.status == StatusCode::SEE_OTHER {
        assert_eq!(again.header("location"), sent.header("location"), "once");
        by.get_keeping(&sent).await.body
    } else {
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
        assert!(!sent.headers.contains_key("set-cookie"), "nothing stays");
        sent.body
    };
    let text = |class: &str| {
        let rest = slip.split(&format!("{class}\">")).nth(1).expect(class);
        rest.split('<').next().unwrap_or_default().to_owned()
    };
    (text("receipt__number number"), text("receipt__code"))
}

on_both_databases! {
    async fn the_workbench_counts_what_waits_for_whoever_sees_it_and_for_nobody_else(database: Database) {
        let office = Office::furnish(database).await;
        assert!(!office.sign_in("supervisor").await.get("/work").await.body.contains("待办投诉"));
        let (number, _) = told(&office, &office.stranger(), "steward-01").await;
        let supervisor = office.sign_in("supervisor").await;
        assert!(supervisor.get("/work").await.body.contains("待办投诉 1"));
        for account in ["lead-01", "desk"] {
            let bench = office.sign_in(account).await.get("/work").await.body;
            assert!(!bench.contains("投诉 1"), "{account}: {bench}");
        }
        let page = format!("/complaints/{number}");
        supervisor.act(&page, "take", &[]).await;
        supervisor.act(&page, "answer", &[("outcome", "upheld"), ("words", "已当面道歉")]).await;
        supervisor.act(&page, "close", &[]).await;
        assert!(!supervisor.get("/work").await.body.contains("待办投诉"), "nothing waits any more");
    }

    async fn a_resident_complains_and_hears_back_on_a_page_of_their_own(database: Database) {
        let office = Office::furnish(database).await;
        let resident = office.stranger();
        let (number, code) = told(&office, &resident, "steward-01").await;
        let wrong = resident.post("/progress", &[("number", &number), ("code", "000000")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let opened = resident.post("/progress", &[("number", &number), ("code", &code)]).await;
        assert_eq!(opened.header("location"), format!("/complaint/{number}"));
        let shown = resident.get_keeping(&opened).await.body;
        assert!(shown.contains("已收到") && shown.contains(WORDS), "{shown}");
        let stranger = office.stranger().get(&format!("/complaint/{number}")).await;
        assert_eq!(stranger.status, StatusCode::SEE_OTHER, "closed without the receipt");
        let supervisor = office.sign_in("supervisor").await;
        let page = format!("/complaints/{number}");
        supervisor.act(&page, "take", &[]).await;
        supervisor.act(&page, "note", &[("words", "值班表上他当天在岗")]).await;
        let masked = supervisor.get(&page).await.body;
        assert!(masked.contains("值班表上他当天在岗") && !masked.contains("10012345678"), "{masked}");
        let clear = supervisor.post(&format!("{page}/contact"), &[]).await.body;
        assert!(clear.contains("10012345678") && clear.contains("示例王五"), "{clear}");
        supervisor.act(&page, "answer", &[("outcome", "upheld"), ("words", "已当面道歉")]).await;
        supervisor.act(&page, "close", &[]).await;
        let shown = resident.get_keeping(&opened).await.body;
        assert!(shown.contains("属实，已纠正") && shown.contains("已当面道歉"), "{shown}");
        assert!(shown.contains("廉情监督员"), "the look at the contact is shown: {shown}");
        for inside in ["示例supervisor", "值班表", "示例steward-01"] {
            assert!(!shown.contains(inside), "{inside}: {shown}");
        }
        let english = resident.get_keeping_in("en", &opened).await.body;
        assert!(english.contains("It was so, and was put right"), "{english}");
        let late = supervisor.post(&format!("{page}/note"), &[("version", "5"), ("words", "x")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
        let closed = supervisor.post(&format!("{page}/contact"), &[]).await;
        assert_eq!(closed.status, StatusCode::FORBIDDEN);
    }

    async fn whoever_left_no_contact_is_not_told_who_read_it(database: Database) {
        let office = Office::furnish(database).await;
        for (contact, is_told) in [(["", ""], false), (["", "10012345678"], true)] {
            let resident = office.stranger();
            let (number, code) = told_with(&office, &resident, "steward-01", contact).await;
            let opened = resident.post("/progress", &[("number", &number), ("code", &code)]).await;
            let shown = resident.get_keeping(&opened).await.body;
            assert!(shown.contains(WORDS), "{shown}");
            assert_eq!(shown.contains("谁看过我的联系方式"), is_told, "{shown}");
        }
    }

    async fn the_worker_their_lead_and_the_desk_find_it_nowhere(database: Database) {
        let office = Office::furnish(database).await;
        let mut readers = Vec::new();
        for account in ["desk", "lead-01", "community-lead", "supervisor", "worker-01"] {
            readers.push((account, office.token(account).await));
        }
        office.follow().await;
        let before = open_data(&office, &readers).await;
        let (number, _) = told(&office, &office.stranger(), "steward-01").await;
        office.follow().await;
        assert_eq!(open_data(&office, &readers).await, before, "no list, count, figure, map or stream has it");
        for account in ["steward-01", "steward-02", "worker-01", "lead-01", "lead-02", "desk", "desk-02"] {
            let somebody = office.sign_in(account).await;
            for path in ["/complaints".to_owned(), format!("/complaints/{number}")] {
                let answer = somebody.get(&path).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{account} {path}");
            }
            let none = format!("/complaints/{}9999", &number[..number.len() - 4]);
            assert_eq!(somebody.get(&none).await.status, StatusCode::FORBIDDEN, "{account}: as for one that is not there");
            let case = somebody.get(&format!("/cases/{number}")).await;
            assert_eq!(case.status, StatusCode::NOT_FOUND, "{account}");
            let progress = somebody.get(&format!("/complaint/{number}")).await;
            assert_eq!(progress.status, StatusCode::SEE_OTHER, "{account}: not without the six digits");
            for path in ["/work", "/tasks", "/map", "/figures", "/cases?state=open"] {
                let body = somebody.get(path).await.body;
                assert!(!body.contains("骂人") && !body.contains(&number), "{account} {path}");
            }
            let search = somebody.get(&format!("/cases?q={number}")).await.body;
            assert!(!search.contains(&format!("/cases/{number}")) && !search.contains("骂人"), "{account}: {search}");
        }
        for account in ["desk", "lead-01", "supervisor"] {
            let somebody = office.sign_in(account).await;
            assert!(!somebody.numbers_of_file("").await.contains(&number), "{account}: the export");
        }
        let bearer = office.token("lead-01").await;
        let answer = office.api("GET", &format!("/api/v1/complaints/{number}"), &bearer, &[], &json!(null)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        for account in ["supervisor", "community-lead"] {
            let somebody = office.sign_in(account).await;
            assert!(somebody.get("/complaints").await.body.contains(&number), "{account}");
            assert_eq!(somebody.get(&format!("/complaints/{number}")).await.status, StatusCode::OK, "{account}");
        }
    }

    async fn whoever_leads_or_supervises_does_not_find_one_about_themselves_or_their_own(database: Database) {
        let office = Office::furnish(database).await;
        let resident = office.stranger();
        let (supervisor, lead) = (office.sign_in("supervisor").await, office.sign_in("community-lead").await);
        let stranger_to = async |somebody: &Colleague<'_>, number: &str| {
            let page = somebody.get(&format!("/complaints/{number}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", page.body);
            assert!(!somebody.get("/complaints?all=1").await.body.contains(number));
            let taken = somebody.post(&format!("/complaints/{number}/take"), &[("version", "1")]).await;
            assert_eq!(taken.status, StatusCode::NOT_FOUND);
            let contact = somebody.post(&format!("/complaints/{number}/contact"), &[]).await;
            assert_eq!(contact.status, StatusCode::NOT_FOUND);
        };
        // about whom the community lead leads directly: supervisors alone
        for about in ["lead-01", "desk", "community-lead"] {
            let (number, _) = told(&office, &resident, about).await;
            stranger_to(&lead, &number).await;
            assert!(supervisor.get("/complaints").await.body.contains(&number), "{about}");
        }
        let (number, _) = told(&office, &resident, "supervisor").await;
        stranger_to(&supervisor, &number).await;
        assert!(lead.get("/complaints").await.body.contains(&number));
    }

    async fn the_api_tells_and_answers_with_the_same_rules(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, supervisor) = (office.token("desk").await, office.token("supervisor").await);
        let body = json!({"grid": office.code("G01"), "words": WORDS, "about": office.post_of("worker-01"), "phone": "10012345678"});
        let keyless = office.api("POST", "/api/v1/complaints", &desk, &[], &body).await;
        assert_eq!(keyless.status, StatusCode::BAD_REQUEST);
        let key = [("idempotency-key", "c1")];
        let made = office.api("POST", "/api/v1/complaints", &desk, &key, &body).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let again = office.api("POST", "/api/v1/complaints", &desk, &key, &body).await;
        assert_eq!(again.body, made.body);
        let made: Value = serde_json::from_str(&made.body).expect("JSON");
        let page = format!("/api/v1/complaints/{}", made["number"].as_str().expect("a number"));
        let empty = json!({"grid": office.code("G01"), "words": " "});
        let faulty = office.api("POST", "/api/v1/complaints", &desk, &[("idempotency-key", "c2")], &empty).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let unreachable = json!({"grid": office.code("G01"), "words": WORDS, "name": "示".repeat(41), "phone": "12"});
        let unreachable = office.api("POST", "/api/v1/complaints", &desk, &[("idempotency-key", "c3")], &unreachable).await;
        for code in ["name-too-long", "phone-malformed"] {
            assert!(unreachable.body.contains(code), "{code}: {}", unreachable.body);
        }
        let early = office.api("POST", &format!("{page}/answer"), &supervisor, &[("if-match", "\"1\"")], &json!({"outcome": "partly", "words": "x"})).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
        assert!(early.body.contains("take"), "it says what can be done: {}", early.body);
        let taken = office.api("POST", &format!("{page}/take"), &supervisor, &[("if-match", "\"1\"")], &json!({})).await;
        assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
        let answered = office.api("POST", &format!("{page}/answer"), &supervisor, &[("if-match", "\"2\"")], &json!({"outcome": "partly", "words": "x"})).await;
        let answered: Value = serde_json::from_str(&answered.body).expect("JSON");
        assert_eq!(answered["may"], json!(["note", "pass", "close"]));
        assert!(!answered.to_string().contains("10012345678"));
        let noted = office.api("POST", &format!("{page}/note"), &supervisor, &[("if-match", "\"3\"")], &json!({"words": "问过邻居"})).await;
        let noted: Value = serde_json::from_str(&noted.body).expect("JSON");
        let name = office.name_of("supervisor");
        assert_eq!(noted["notes"], json!(["问过邻居"]), "programs read the words: {noted}");
        let steps = noted["trail"].as_array().expect("a trail").iter().skip(1);
        let steps: Vec<_> = steps.map(|one| json!([one["deed"], one["actor"], one["outcome"], one["words"]])).collect();
        assert_eq!(json!(steps), json!([["taken", name, null, null], ["answered", name, "partly", null], ["noted", name, null, "问过邻居"]]), "{noted}");
    }

    async fn a_report_about_a_worker_becomes_a_complaint_and_its_words_leave_the_case(database: Database) {
        let office = Office::furnish(database).await;
        let (number, code) = reported(&office, WORDS).await;
        let desk = office.sign_in("desk").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        let steward = office.sign_in("steward-01").await;
        assert!(steward.get(&format!("/cases/{number}")).await.body.contains("骂人"));
        assert!(desk.get(&format!("/cases/{number}")).await.body.contains("转为投诉"));
        for account in ["steward-01", "worker-01"] {
            let refused = office.sign_in(account).await.get(&format!("/cases/{number}/complaint")).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{account}");
        }
        let page = desk.get(&format!("/cases/{number}/complaint")).await.body;
        assert!(page.contains("骂人") && page.contains("内容已转由专人办理。"), "{page}");
        let to = turned(&desk, &number, "steward-01").await;
        assert_eq!(to, "/cases?done=complaint", "the desk does not see what became of it");
        office.follow().await;

        for account in ["steward-01", "lead-01", "desk", "community-lead", "supervisor", "worker-01"] {
            let somebody = office.sign_in(account).await;
            let token = office.token(account).await;
            let shown = somebody.get(&format!("/cases/{number}")).await.body;
            let api = office.api("GET", &format!("/api/v1/cases/{number}"), &token, &[], &json!(null)).await.body;
            let list = somebody.get("/cases").await.body;
            let search = somebody.get(&format!("/cases?q={number}")).await.body;
            let tasks = somebody.get("/tasks").await.body;
            for body in [&shown, &api, &list, &search, &tasks] {
                assert!(!body.contains("骂人") && !body.contains("示例王五") && !body.contains("10012345678"), "{account}: {body}");
            }
            assert_eq!(somebody.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND, "{account}: it is no case any more");
            assert!(api.contains("not-found"), "{account}: {api}");
            assert!(!list.contains(&format!("/cases/{number}")) && !search.contains(&format!("/cases/{number}")), "{account}");
        }
        assert_eq!(desk.get(&format!("/cases/{number}/receipt")).await.status, StatusCode::NOT_FOUND);
        let late = desk.post(&format!("/cases/{number}/complaint"), &[("version", "4")]).await;
        assert_eq!(late.status, StatusCode::NOT_FOUND, "once: {}", late.body);

        // whoever told it goes on with the receipt they have
        let resident = office.stranger();
        let opened = resident.post("/progress", &[("number", &number), ("code", &code)]).await;
        assert_eq!(opened.header("location"), format!("/complaint/{number}"));
        let shown = resident.get_keeping(&opened).await.body;
        assert!(shown.contains("已收到") && shown.contains(WORDS), "{shown}");
        let receipt = [("receipt-code", code.as_str())];
        let api = office.api("GET", &format!("/api/v1/reports/{number}"), "", &receipt, &json!(null)).await;
        let api: Value = serde_json::from_str(&api.body).expect("JSON");
        assert_eq!((&api["state"], &api["text"]), (&json!("received"), &json!(WORDS)));
        let again = office.api("POST", &format!("/api/v1/cases/{number}/reopen"), "", &[receipt[0], ("if-match", "\"4\"")], &json!({"reason": "x"})).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "the case is not opened again: {}", again.body);

        let supervisor = office.sign_in("supervisor").await;
        let complaint = format!("/complaints/{number}");
        let shown = supervisor.get(&complaint).await.body;
        assert!(shown.contains("骂人") && shown.contains(&office.name_of("steward-01")), "{shown}");
        let clear = supervisor.post(&format!("{complaint}/contact"), &[]).await.body;
        assert!(clear.contains("10012345678") && clear.contains("示例王五"), "{clear}");
        assert_eq!(office.sign_in("community-lead").await.get(&complaint).await.status, StatusCode::OK);
        assert_eq!(office.sign_in("lead-01").await.get(&complaint).await.status, StatusCode::FORBIDDEN);
        let sealed = office.sealed_complaint(&number).await;
        assert!(!sealed.windows("骂人".len()).any(|bytes| bytes == "骂人".as_bytes()));
    }

    async fn a_merged_report_becomes_a_complaint_alone_and_the_case_it_went_on_with_stays(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let head = desk.enter("楼下暴露垃圾", "G01-M01").await;
        let (number, code) = reported(&office, WORDS).await;
        desk.step(&number, "merge", &[("from", "case"), ("into", &head), ("words", "同一堆垃圾")]).await;
        assert!(desk.get(&format!("/cases/{number}")).await.body.contains("转为投诉"), "merged ones can be turned");
        turned(&desk, &number, "steward-01").await;
        office.follow().await;
        for account in ["steward-01", "lead-01", "desk", "supervisor"] {
            let somebody = office.sign_in(account).await;
            assert_eq!(somebody.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND, "{account}");
            let shown = somebody.get(&format!("/cases/{head}")).await;
            assert_eq!(shown.status, StatusCode::OK, "{account}: the other case goes on");
            assert!(shown.body.contains("楼下暴露垃圾") && !shown.body.contains("骂人"), "{account}: {}", shown.body);
        }
        let trail = desk.get(&format!("/cases/{head}")).await.body;
        assert!(trail.contains("有一件上报不是同一件事"), "{trail}");
        desk.step(&head, "file", &[("filing", "20110-2011001")]).await;
        let opened = office.stranger().post("/progress", &[("number", &number), ("code", &code)]).await;
        assert_eq!(opened.header("location"), format!("/complaint/{number}"), "the receipt goes on fitting");
        assert_ne!(turned(&desk, &head, "").await, "", "what went its own way stands in nobody's way");
    }

    async fn a_lead_of_what_became_a_complaint_is_found_by_its_officers_and_whoever_referred_it(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (number, _) = reported(&office, WORDS).await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "worker-01")]).await;
        let worker = office.sign_in("worker-01").await;
        let lead = worker.refer(&number).await;
        let shown = worker.get(&lead).await.body;
        let photo = shown.split("/photos/").nth(1).and_then(|rest| rest.split(['?', '"']).next());
        let photo = format!("{lead}/photos/{}", photo.expect("the photo of the lead"));
        assert_eq!(worker.get(&photo).await.status, StatusCode::OK);
        turned(&office.sign_in("supervisor").await, &number, "worker-01").await;
        for (account, finds) in [("desk", false), ("lead-01", false), ("supervisor", false), ("worker-01", true), ("officer-01", true)] {
            let somebody = office.sign_in(account).await;
            for path in [&lead, &photo] {
                assert_eq!(somebody.get(path).await.status.is_success(), finds, "{account} {path}");
            }
            let list = somebody.get("/referrals").await.body;
            assert!(list.contains(&lead) == finds && !list.contains(&number), "{account}: {list}");
        }
        office.later(time::Duration::days(60));
        office.tick().await;
    }

    async fn photos_and_what_was_said_on_the_way_go_along_with_the_complaint(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let page = desk.get("/cases/new").await.body;
        let key = form::value(&page, "key").expect("a one-time key");
        let grid = office.code("G01-M01");
        let fields = [("key", key.as_str()), ("channel", "phone"), ("text", WORDS), ("grid", &grid)];
        let entered = desk.post_photo("/cases/new", &fields).await;
        let number = entered.header("location").split('/').nth(2).expect("a number").to_owned();
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        let steward = office.sign_in("steward-01").await;
        let before = steward.get(&format!("/cases/{number}")).await.body;
        steward.step(&number, "return", &[("reason", "not_mine"), ("words", "说我骂人，不是我的事")]).await;
        let photo = before.split("/attachments/").nth(1).and_then(|rest| rest.split(['?', '"']).next());
        let photo = photo.expect("a photo on the case").to_owned();
        turned(&desk, &number, "").await;
        for account in ["steward-01", "desk", "lead-01"] {
            let somebody = office.sign_in(account).await;
            let shown = somebody.get(&format!("/cases/{number}")).await.body;
            assert!(!shown.contains("骂人") && !shown.contains(&photo), "{account}: {shown}");
            let file = somebody.get(&format!("/cases/{number}/attachments/{photo}")).await;
            assert_eq!(file.status, StatusCode::NOT_FOUND, "{account}");
        }
        let supervisor = office.sign_in("supervisor").await;
        let shown = supervisor.get(&format!("/complaints/{number}")).await.body;
        assert!(shown.contains(&format!("/complaints/{number}/photos/{photo}")), "{shown}");
        let file = supervisor.bytes(&format!("/complaints/{number}/photos/{photo}?small")).await;
        assert!(!file.is_empty());
        let lead = office.sign_in("community-lead").await;
        let closed = lead.get(&format!("/complaints/{number}/photos/{photo}")).await;
        assert_eq!(closed.status, StatusCode::NOT_FOUND, "nobody is named yet");
    }

    async fn whoever_is_concerned_does_not_decide_what_becomes_of_a_report(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = reported(&office, WORDS).await;
        let path = format!("/cases/{number}/complaint");
        for (account, about) in [("lead-01", "steward-01"), ("lead-01", "lead-01"), ("desk", "desk"), ("community-lead", "lead-01")] {
            let own = office.sign_in(account).await.post(&path, &[("version", "1"), ("about", about)]).await;
            assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "{account}: {}", own.body);
            assert!(own.body.contains("请由别的监督员办理"), "{}", own.body);
        }
        let far = office.sign_in("lead-02").await.get(&path).await;
        assert_eq!(far.status, StatusCode::NOT_FOUND, "outside the own grids");
        let supervisor = office.sign_in("supervisor").await;
        assert_eq!(turned(&supervisor, &number, "steward-01").await, format!("/complaints/{number}"));
    }

    async fn a_second_person_hears_who_took_a_complaint(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = told(&office, &office.stranger(), "steward-01").await;
        let (supervisor, lead) = (office.sign_in("supervisor").await, office.sign_in("community-lead").await);
        let page = format!("/complaints/{number}");
        supervisor.act(&page, "take", &[]).await;
        let late = lead.post(&format!("{page}/take"), &[("version", "1")]).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{}", late.body);
        let who = office.name_of("supervisor");
        assert!(late.body.contains(&who) && late.body.contains("已于"), "{}", late.body);
        let token = office.token("community-lead").await;
        let late = office.api("POST", &format!("/api/v1{page}/take"), &token, &[("if-match", "\"1\"")], &json!({})).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        let late: Value = serde_json::from_str(&late.body).expect("JSON");
        assert_eq!((&late["done"]["deed"], &late["done"]["by"]), (&json!("taken"), &json!(who)));
        assert_eq!((&late["version"], &late["code"]), (&json!(2), &json!("stale")));
    }

    async fn the_way_to_complain_stands_where_people_report(database: Database) {
        let office = Office::furnish(database).await;
        let resident = office.stranger();
        let grid = office.code("G01-M01");
        let to = format!("href=\"/g/{grid}/complaint\"");
        for path in [format!("/g/{grid}"), format!("/g/{grid}/report")] {
            let page = resident.get(&path).await.body;
            assert!(page.contains(&to) && page.contains("要投诉网格工作人员？"), "{path}: {page}");
            let english = resident.get_in("en", &path).await.body;
            assert!(english.contains("Is it about somebody who works here?"), "{path}");
        }
    }

    async fn what_was_told_lies_sealed(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = told(&office, &office.stranger(), "steward-01").await;
        let kept = office.sealed_complaint(&number).await;
        assert!(!kept.is_empty());
        for secret in ["骂人", "示例王五", "10012345678"] {
            let found = kept.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
            assert!(!found, "{secret} lies open in the database");
        }
    }
}

/// A report as a resident sends it, with a contact; gives number and code.
async fn reported(office: &Office, words: &str) -> (String, String) {
    let body = json!({"text": words, "grid": office.code("G01-M01"), "contact": {"name": "示例王五", "phone": "10012345678"}});
    let key = [("idempotency-key", "told-once")];
    let told = office.api("POST", "/api/v1/reports", "", &key, &body).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.body);
    let told: Value = serde_json::from_str(&told.body).expect("JSON");
    let text = |field: &str| told[field].as_str().expect(field).to_owned();
    (text("number"), text("code"))
}

/// Turns a case into a complaint; gives where it leads.
async fn turned(by: &Colleague<'_>, number: &str, about: &str) -> String {
    let path = format!("/cases/{number}/complaint");
    let page = by.get(&path).await.body;
    let version = form::value(&page, "version").expect("a form with the version");
    let sent = by
        .post(&path, &[("version", &version), ("about", about)])
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    sent.header("location").to_owned()
}

/// What lists, the map, figures and the event stream say to those who may read most.
async fn open_data(office: &Office, readers: &[(&str, String)]) -> Vec<String> {
    let grid = office.code("G01");
    let mut said = Vec::new();
    for (account, bearer) in readers {
        for path in [
            "/api/v1/cases".to_owned(),
            format!("/api/v1/counts?grid={grid}"),
            format!("/api/v1/figures?from=2026-11-01&to=2026-11-30&grid={grid}"),
            "/api/v1/events".to_owned(),
            "/map/counts".to_owned(),
        ] {
            let answer = office.api("GET", &path, bearer, &[], &json!(null)).await;
            if *account == "desk" || *account == "supervisor" {
                assert_eq!(answer.status, StatusCode::OK, "{account} {path}");
            }
            let mut told: Value = serde_json::from_str(&answer.body).expect("JSON");
            if let Some(fields) = told.as_object_mut() {
                // the place in the journal grows with every step of anything
                fields.remove("next");
                fields.remove("seq");
            }
            said.push(format!("{account} {path} {told}"));
        }
    }
    said
}
