//! Complaints about somebody who works here through the real router: told at the resident's door and at the desk, looked
//! into by those not concerned; and where the worker, their lead and the desk must not find them.

mod colleague;
mod common;

use axum::http::StatusCode;
use colleague::{Colleague, Office, form};
use serde_json::{Value, json};
use testkit::on_both_databases;

const WORDS: &str = "周六上午他没有来，电话里还骂人";

/// Tells a complaint as a visitor does; gives number and code.
async fn told(office: &Office, by: &Colleague<'_>, about: &str) -> (String, String) {
    let door = format!("/g/{}/complaint", office.code("G01-M01"));
    let page = by.get(&door).await.body;
    let key = form::value(&page, "key").expect("a one-time key");
    let about = office.post_of(about);
    let fields = [
        ("key", key.as_str()),
        ("text", WORDS),
        ("about", &about),
        ("about_words", ""),
        ("name", "示例王五"),
        ("phone", "10012345678"),
    ];
    let sent = by.post(&door, &fields).await;
    let again = by.post(&door, &fields).await;
    let slip = if sent.status == StatusCode::SEE_OTHER {
        assert_eq!(again.header("location"), sent.header("location"), "once");
        by.get_keeping(&sent).await.body
    } else {
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
        assert!(
            !sent.headers.contains_key("set-cookie"),
            "nothing stays behind"
        );
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

    async fn the_desk_enters_one_for_a_caller_and_keeps_nothing(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        assert!(desk.get("/cases/new").await.body.contains("/complaint\">代为登记对工作人员的投诉"));
        let (number, code) = told(&office, &desk, "").await;
        assert_eq!(code.len(), 6, "{code}");
        assert_eq!(desk.get(&format!("/complaint/{number}")).await.status, StatusCode::SEE_OTHER);
        let lead = office.sign_in("community-lead").await;
        let page = format!("/complaints/{number}");
        assert_eq!(lead.get(&page).await.status, StatusCode::NOT_FOUND, "nobody is named yet");
        let supervisor = office.sign_in("supervisor").await;
        let own = supervisor.post(&format!("{page}/name"), &[("version", "1"), ("about", "supervisor")]).await;
        assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", own.body);
        supervisor.act(&page, "name", &[("about", "worker-01")]).await;
        assert_eq!(lead.get(&page).await.status, StatusCode::OK, "the next lead not concerned");
        let stale = lead.post(&format!("{page}/take"), &[("version", "1")]).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
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
        let early = office.api("POST", &format!("{page}/answer"), &supervisor, &[("if-match", "\"1\"")], &json!({"outcome": "partly", "words": "x"})).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
        assert!(early.body.contains("take"), "it says what can be done: {}", early.body);
        let taken = office.api("POST", &format!("{page}/take"), &supervisor, &[("if-match", "\"1\"")], &json!({})).await;
        assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
        let answered = office.api("POST", &format!("{page}/answer"), &supervisor, &[("if-match", "\"2\"")], &json!({"outcome": "partly", "words": "x"})).await;
        let answered: Value = serde_json::from_str(&answered.body).expect("JSON");
        assert_eq!(answered["may"], json!(["note", "close"]));
        assert!(!answered.to_string().contains("10012345678"));
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
