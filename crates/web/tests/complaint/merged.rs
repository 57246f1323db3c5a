//! A case into which reports of others were merged turns out to be a complaint: what the others told goes on, unless somebody says
//! that it is one, too.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;

use super::colleague::{Colleague, Office, form};
use super::common::Answer;

const OTHER: &str = "水管爆了，楼下也淹了";

/// A case about somebody who works here, as only a human sees, and what was merged into it: the numbers of both.
async fn merged(desk: &Colleague<'_>) -> (String, String) {
    let head = desk.enter("示例：他又来过了", "G01-M01").await;
    let other = desk.enter(OTHER, "G01-M01").await;
    let into = [
        ("from", "case"),
        ("into", head.as_str()),
        ("words", "同一处"),
    ];
    desk.step(&other, "merge", &into).await;
    (head, other)
}

/// The number of a case with the code that opens it.
async fn receipt(desk: &Colleague<'_>, number: &str) -> (String, String) {
    let slip = desk.get(&format!("/cases/{number}/receipt")).await.body;
    let code = slip.split("receipt__code\">").nth(1);
    let code = code.and_then(|rest| rest.split('<').next());
    (number.to_owned(), code.expect("a code").to_owned())
}

/// Makes a case a complaint, or one telling of it.
async fn turns(desk: &Colleague<'_>, number: &str, telling: &str) {
    let path = format!("/cases/{number}/complaint");
    let version = form::value(&desk.get(&path).await.body, "version");
    let version = version.expect("a version");
    let said = [("version", version.as_str()), ("telling", telling)];
    let sent = desk.post(&path, &said).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
}

/// The same through the API.
async fn turns_in_one(office: &Office, number: &str, body: &Value) -> Answer {
    let bearer = office.token("desk").await;
    let seen = office.sign_in("desk").await.version(number).await;
    let (seen, path) = (
        format!("\"{seen}\""),
        format!("/api/v1/cases/{number}/complaint"),
    );
    let seen = [("if-match", seen.as_str())];
    office.api("POST", &path, &bearer, &seen, body).await
}

/// Whoever holds a receipt says that theirs is another matter than the case it was merged into.
async fn goes_its_own_way(office: &Office, (number, code): &(String, String)) {
    let headers = [("receipt-code", code.as_str())];
    let shown = format!("/api/v1/reports/{number}");
    let shown = office.api("GET", &shown, "", &headers, &json!(null)).await;
    let shown: Value = serde_json::from_str(&shown.body).expect("JSON");
    let seen = format!("\"{}\"", shown["version"]);
    let headers = [headers[0], ("if-match", seen.as_str())];
    let (path, why) = (
        format!("/api/v1/cases/{number}/reopen"),
        json!({"reason": "不是一回事"}),
    );
    let apart = office.api("POST", &path, "", &headers, &why).await;
    assert_eq!(apart.status, StatusCode::OK, "{}", apart.body);
}

/// A case of which the first telling left, and then the one that was merged into it: its number with its code.
async fn told_by_nobody(office: &Office, desk: &Colleague<'_>) -> (String, String) {
    let (head, other) = merged(desk).await;
    let (head, other) = (receipt(desk, &head).await, receipt(desk, &other).await);
    turns(desk, &head.0, &head.0).await;
    goes_its_own_way(office, &other).await;
    head
}

/// What its page says then.
const BY_NOBODY: &str = "现在没有人反映这件事";

on_both_databases! {
    async fn what_was_merged_into_a_case_goes_on_where_its_own_words_become_a_complaint(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (head, other) = merged(&desk).await;
        let path = format!("/cases/{head}/complaint");
        let page = desk.get(&path).await.body;
        assert!(page.contains(&other) && page.contains(OTHER), "nothing goes along unseen: {page}");
        assert!(page.contains(&format!("value=\"{head}\" checked")), "what others told goes on by default: {page}");
        let version = form::value(&page, "version").expect("a version");
        let unsaid = desk.post(&path, &[("version", &version)]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unsaid.body);
        assert!(unsaid.body.contains("请选择转哪一部分"), "{}", unsaid.body);
        let sent = desk.post(&path, &[("version", &version), ("telling", &head)]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let case = desk.get(&format!("/cases/{head}")).await;
        assert_eq!(case.status, StatusCode::OK, "{}", case.body);
        assert!(case.body.contains(OTHER) && !case.body.contains("他又来过了"), "{}", case.body);
    }

    async fn what_was_merged_into_a_case_becomes_a_complaint_with_it_where_somebody_says_so(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, bearer) = (office.sign_in("desk").await, office.token("desk").await);
        let (head, other) = merged(&desk).await;
        let seen = format!("\"{}\"", desk.version(&head).await);
        let path = format!("/api/v1/cases/{head}/complaint");
        let turn = async |body: serde_json::Value| office.api("POST", &path, &bearer, &[("if-match", &seen)], &body).await;
        let unsaid = turn(json!({})).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unsaid.body);
        assert!(unsaid.body.contains("merged-unchosen"), "{}", unsaid.body);
        let done = turn(json!({"with_merged": true})).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        for number in [head, other] {
            assert_eq!(desk.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND);
        }
    }

    async fn what_becomes_a_complaint_with_all_that_was_merged_and_not_otherwise_is_said_and_chosen_so(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (head, other) = merged(&desk).await;
        let path = format!("/cases/{head}/complaint");
        let version = desk.version(&head).await;
        let left = desk.post(&path, &[("version", &version), ("telling", &head)]).await;
        assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
        let page = desk.get(&path).await.body;
        assert!(page.contains(&other) && page.contains("会一起转为投诉"), "{page}");
        assert!(page.contains("value=\"all\" checked") && !page.contains("不选就继续"), "there is nothing else to choose: {page}");
    }

    async fn what_stands_on_the_case_then_is_marked_as_chinese_on_a_page_in_another_language(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (head, first) = merged(&desk).await;
        let second = desk.enter(OTHER, "G01-M01").await;
        desk.step(&second, "merge", &[("from", "case"), ("into", &head), ("words", "同一处")]).await;
        let page = desk.get_english(&format!("/cases/{head}/complaint")).await.body;
        assert!(page.contains("<p class=\"quote\" lang=\"zh-CN\">"), "{page}");
        assert!(page.contains(&format!("({first}, {second})")) || page.contains(&format!("({second}, {first})")), "{page}");
    }

    async fn a_case_stays_and_says_that_nobody_tells_it_once_the_last_one_who_told_it_went_their_own_way(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (head, code) = told_by_nobody(&office, &desk).await;
        let (bearer, case) = (office.token("desk").await, format!("/cases/{head}"));
        let page = desk.get(&case).await.body;
        assert!(page.contains(BY_NOBODY) && !page.contains(&format!("{case}/complaint\"")), "{page}");
        assert!(desk.get("/cases").await.body.contains(&head), "lists have it as before");
        let api = office.api("GET", &format!("/api/v1{case}"), &bearer, &[], &json!(null)).await;
        assert_eq!(api.status, StatusCode::OK, "{}", api.body);
        let opened = office.stranger().post("/progress", &[("number", &head), ("code", &code)]).await;
        let theirs = office.stranger().get_keeping(&opened).await;
        assert!(theirs.status == StatusCode::OK && theirs.body.contains("id=\"apart\""), "{}", theirs.body);
        let turn = desk.get(&format!("{case}/complaint")).await.body;
        assert!(turn.contains("没有可以再转为投诉的内容") && !turn.contains("name=\"about\""), "{turn}");
        let refused = turns_in_one(&office, &head, &json!({})).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("nobody-tells"), "{}", refused.body);
        desk.step(&head, "file", &[("filing", "20110-2011001")]).await;
        let seen = format!("\"{}\"", desk.version(&head).await);
        let void = office.api("POST", &format!("/api/v1{case}/void"), &bearer, &[("if-match", seen.as_str())], &json!({"reason": "没有要办的"})).await;
        assert_eq!(void.status, StatusCode::OK, "whoever has it ends it: {}", void.body);
        assert!(!desk.get(&case).await.body.contains(BY_NOBODY), "it is over");
    }

    async fn the_receipt_of_a_first_telling_that_left_is_its_reporter_s_alone(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (head, other) = merged(&desk).await;
        turns(&desk, &head, &head).await;
        let slip = desk.get(&format!("/cases/{head}/receipt")).await;
        assert_eq!(slip.status, StatusCode::NOT_FOUND, "its page shows what opens the complaint: {}", slip.body);
        assert_eq!(desk.get(&format!("/cases/{other}/receipt")).await.status, StatusCode::OK);
    }

    async fn a_case_stays_where_the_last_telling_of_it_that_was_merged_becomes_a_complaint(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (head, other) = merged(&desk).await;
        turns(&desk, &head, &head).await;
        assert!(!desk.get(&format!("/cases/{head}")).await.body.contains(BY_NOBODY), "the other one tells it");
        turns(&desk, &other, "").await;
        let page = desk.get(&format!("/cases/{head}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains(BY_NOBODY) && !page.body.contains(OTHER), "{}", page.body);
    }

    async fn what_nobody_tells_any_more_and_was_merged_does_not_stand_in_for_the_last_telling(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (empty, _) = told_by_nobody(&office, &desk).await;
        let head = desk.enter("示例：她也来过", "G01-M01").await;
        let into = [("from", "case"), ("into", head.as_str()), ("words", "同一处")];
        desk.step(&empty, "merge", &into).await;
        let page = desk.get(&format!("/cases/{head}/complaint")).await.body;
        assert!(page.contains("会一起转为投诉") && !page.contains(&format!("value=\"{head}\"")), "{page}");
        let alone = turns_in_one(&office, &head, &json!({"report": head})).await;
        assert_eq!(alone.status, StatusCode::CONFLICT, "{}", alone.body);
        assert!(alone.body.contains("nobody-else-tells"), "{}", alone.body);
        let whole = turns_in_one(&office, &head, &json!({"with_merged": true})).await;
        assert_eq!(whole.status, StatusCode::OK, "{}", whole.body);
        for number in [head, empty] {
            assert_eq!(desk.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND);
        }
    }
}
