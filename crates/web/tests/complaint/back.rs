//! What was said on a case later and went under seal with a complaint comes back to where it stood, once nothing is a complaint any
//! more that it may speak of.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;

use super::colleague::Office;
use super::joined::{
    asked, closed, first_about_a_worker, of_the_place, progress, says, text, ticket, told_twice,
    turns,
};
use super::turned;

/// What a reporter says later.
const LATER: &str = "三号楼背后也有一堆";

/// A supervisor makes a complaint a report.
async fn made(office: &Office, number: &str) {
    let sure = [("words", "说的是事，不是人"), ("confirmed", "yes")];
    let supervisor = office.sign_in("supervisor").await;
    let page = format!("/complaints/{number}");
    supervisor.act(&page, "report", &sure).await;
}

/// One more telling of the case that runs there: its number and code.
async fn told_too(office: &Office) -> (String, String) {
    let mut body = of_the_place("楼下的垃圾又多了");
    body["same"] = json!(ticket(office).await);
    let key = [("idempotency-key", "three")];
    let told = office.api("POST", "/api/v1/reports", "", &key, &body).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.body);
    let told: Value = serde_json::from_str(&told.body).expect("JSON");
    (text(&told["number"]), text(&told["code"]))
}

/// Takes one telling out of its case.
async fn leaves(office: &Office, first: &(String, String), telling: &str) {
    let turned = turns(office, first, Some(telling)).await;
    assert_eq!(turned.status, StatusCode::OK, "{}", turned.body);
}

/// Whether somebody reads these words on a case.
async fn reads(office: &Office, account: &str, case: &str, words: &str) -> bool {
    let somebody = office.sign_in(account).await;
    let page = somebody.get(&format!("/cases/{case}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page.body.contains(words)
}

/// Whether a supervisor reads these words under a complaint, or under what became a report.
async fn looked_into(office: &Office, complaint: &str, words: &str) -> bool {
    let supervisor = office.sign_in("supervisor").await;
    let page = supervisor.get(&format!("/complaints/{complaint}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page.body.contains(words)
}

on_both_databases! {
    async fn what_a_reporter_said_later_comes_back_where_it_stood_once_their_complaint_is_a_report(database: Database) {
        let office = Office::furnish(database).await;
        let [first, _] = first_about_a_worker(&office).await;
        asked(&office, &first.0).await;
        says(&office, &first, "answer", json!({"answer": LATER})).await;
        leaves(&office, &first, &first.0).await;
        assert!(!reads(&office, "steward-01", &first.0, LATER).await);
        let complaint = text(&progress(&office, &first).await["complaint"]["number"]);
        made(&office, &complaint).await;
        assert!(reads(&office, "steward-01", &first.0, LATER).await, "as before");
        assert!(!reads(&office, "desk", &complaint, LATER).await, "it was said on the other case");
    }

    async fn what_was_said_later_waits_for_every_complaint_that_it_may_speak_of(database: Database) {
        let office = Office::furnish(database).await;
        let [first, second] = first_about_a_worker(&office).await;
        let third = told_too(&office).await;
        closed(&office, &first.0).await;
        says(&office, &second, "reopen", json!({"reason": LATER})).await;
        assert!(reads(&office, "desk", &first.0, LATER).await);
        leaves(&office, &first, &second.0).await;
        leaves(&office, &first, &third.0).await;
        assert!(!reads(&office, "desk", &first.0, LATER).await);
        made(&office, &second.0).await;
        assert!(!reads(&office, "desk", &first.0, LATER).await, "the third may have said it");
        made(&office, &third.0).await;
        assert!(reads(&office, "desk", &first.0, LATER).await, "nothing is lost");
    }

    async fn what_was_said_on_a_case_comes_back_once_the_last_of_its_tellings_is_a_report(database: Database) {
        let office = Office::furnish(database).await;
        let number = told_twice(&office, "路口还塌着").await;
        let desk = office.sign_in("desk").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        let said = "第二个人说的不是我";
        office.sign_in("steward-01").await.step(&number, "return", &[("reason", "not_mine"), ("words", said)]).await;
        let page = desk.get(&format!("/cases/{number}/complaint")).await.body;
        // the first choice is all of the case, the second its first telling
        let later = page.split("name=\"telling\" value=\"").nth(3).and_then(|rest| rest.split('"').next());
        let later = later.expect("the telling that joined").to_owned();
        turned(&desk, &number, "").await;
        made(&office, &number).await;
        assert!(!reads(&office, "desk", &number, said).await, "the other one is a complaint still");
        made(&office, &later).await;
        assert!(reads(&office, "desk", &number, said).await);
        assert!(!reads(&office, "desk", &later, said).await, "it was said on the other case");
    }

    async fn what_tells_how_somebody_behaved_who_reads_the_case_by_now_does_not_come_back(database: Database) {
        let office = Office::furnish(database).await;
        let [first, _] = first_about_a_worker(&office).await;
        asked(&office, &first.0).await;
        let said = "陆宁收了钱不办事";
        says(&office, &first, "answer", json!({"answer": said})).await;
        leaves(&office, &first, &first.0).await;
        let complaint = text(&progress(&office, &first).await["complaint"]["number"]);
        office.is_called("steward-01", "陆宁").await;
        made(&office, &complaint).await;
        assert!(!reads(&office, "steward-01", &first.0, said).await);
        assert!(looked_into(&office, &complaint, said).await, "whoever looks into it reads it still");
        turned(&office.sign_in("desk").await, &complaint, "").await;
        assert!(looked_into(&office, &complaint, said).await, "and once it is a complaint after all");
    }

    async fn what_has_no_case_to_come_back_to_is_read_by_whoever_looks_into_the_complaint(database: Database) {
        let office = Office::furnish(database).await;
        let [first, second] = first_about_a_worker(&office).await;
        asked(&office, &first.0).await;
        says(&office, &first, "answer", json!({"answer": LATER})).await;
        leaves(&office, &first, &first.0).await;
        let complaint = text(&progress(&office, &first).await["complaint"]["number"]);
        turned(&office.sign_in("desk").await, &first.0, "").await;
        made(&office, &complaint).await;
        made(&office, &second.0).await;
        let desk = office.sign_in("desk").await;
        assert_ne!(desk.get(&format!("/cases/{}", first.0)).await.status, StatusCode::OK, "nobody reads the case");
        assert!(looked_into(&office, &second.0, LATER).await);
    }
}
