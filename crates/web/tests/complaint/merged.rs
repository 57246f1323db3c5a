//! A case into which reports of others were merged turns out to be a complaint: what the others told goes on, unless somebody says
//! that it is one, too.

use axum::http::StatusCode;
use serde_json::json;
use testkit::on_both_databases;

use super::colleague::{Colleague, Office, form};

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
}
