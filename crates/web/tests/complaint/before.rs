//! What stood on the case that a complaint was before: whoever looks into it reads what the reporter said later, with step and time,
//! what was done, and sees the photos of it. Whoever that speaks of reads nothing.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;

use super::colleague::Office;
use super::joined::{asked, closed, says};
use super::{reported, turned};

/// What the reporter answers.
const ACCUSED: &str = "三栋。那个人推了我一把";

/// A case of which its reporter answered this, and that was turned into a complaint about the steward who asked; its number.
async fn answered(office: &Office, said: &str) -> String {
    let first = reported(office, "水管又漏了，楼道都是水").await;
    asked(office, &first.0).await;
    says(office, &first, "answer", json!({"answer": said})).await;
    turned(&office.sign_in("desk").await, &first.0, "steward-01").await;
    first.0
}

on_both_databases! {
    async fn what_the_reporter_said_later_is_read_under_the_complaint_with_what_was_done(database: Database) {
        let office = Office::furnish(database).await;
        let number = answered(&office, ACCUSED).await;
        let page = office.sign_in("supervisor").await.get(&format!("/complaints/{number}")).await.body;
        let later = page.split("id=\"later\"").nth(1).expect("what was said later");
        let (later, trail) = later.split_once("id=\"case-trail\"").expect("what was done");
        assert!(later.contains("报事人后来说的") && later.contains("回答") && later.contains(ACCUSED), "{later}");
        assert!(later.contains("<time datetime=") && !later.contains("在几号楼"), "{later}");
        assert!(trail.contains("在几号楼？") && trail.contains(&office.name_of("steward-01")), "{trail}");

        let bearer = office.token("supervisor").await;
        let shape = office.api("GET", &format!("/api/v1/complaints/{number}"), &bearer, &[], &json!(null)).await;
        let shape: Value = serde_json::from_str(&shape.body).expect("JSON");
        assert_eq!(shape["words"], "水管又漏了，楼道都是水");
        assert_eq!((&shape["later"][0]["step"], &shape["later"][0]["words"]), (&json!("answer"), &json!(ACCUSED)), "{shape}");
        assert!(shape["later"][0]["at"].is_string() && shape["later"].as_array().map(Vec::len) == Some(1), "{shape}");
        let asked = shape["case_trail"].as_array().and_then(|steps| steps.iter().find(|step| step["deed"] == "asked"));
        assert_eq!(asked.expect("the question")["words"][0], "在几号楼？", "{shape}");
    }

    async fn whoever_the_later_words_speak_of_reads_nothing_of_the_complaint(database: Database) {
        let office = Office::furnish(database).await;
        let supervisor = office.name_of("supervisor");
        let number = answered(&office, &format!("三栋。{supervisor}收了钱不管")).await;
        let page = format!("/complaints/{number}");
        let theirs = office.sign_in("supervisor").await;
        assert_eq!(theirs.get(&page).await.status, StatusCode::NOT_FOUND);
        assert!(!theirs.get("/complaints?all=1").await.body.contains(&number));
        let lead = office.sign_in("community-lead").await.get(&page).await;
        assert!(lead.status == StatusCode::OK && lead.body.contains("收了钱不管"), "{}", lead.body);
        let bearer = office.token("lead-01").await;
        let line = office.api("GET", &format!("/api/v1{page}"), &bearer, &[], &json!(null)).await;
        assert_ne!(line.status, StatusCode::OK, "{}", line.body);
    }

    async fn photos_of_what_was_done_are_seen_with_the_complaint_and_by_nobody_else(database: Database) {
        let office = Office::furnish(database).await;
        let first = reported(&office, "水管又漏了，楼道都是水").await;
        closed(&office, &first.0).await;
        says(&office, &first, "reopen", json!({"reason": "来的人冲我嚷，没修"})).await;
        turned(&office.sign_in("desk").await, &first.0, "steward-01").await;
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{}", first.0));
        let shown = supervisor.get(&page).await.body;
        assert!(shown.contains("办理时拍的照片") && shown.contains("来的人冲我嚷，没修"), "{shown}");
        let photo = shown.split(&format!("{page}/photos/")).nth(1).and_then(|rest| rest.split(['?', '"']).next());
        let photo = format!("{page}/photos/{}", photo.expect("a photo"));
        assert_eq!(supervisor.get(&photo).await.status, StatusCode::OK);
        assert_ne!(office.sign_in("steward-01").await.get(&photo).await.status, StatusCode::OK);
    }
}
