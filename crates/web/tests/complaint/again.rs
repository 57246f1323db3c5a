//! A form of complaints that comes again with something else in it.

use axum::http::StatusCode;
use testkit::on_both_databases;

use super::WORDS;
use super::colleague::{Office, form};

on_both_databases! {
    async fn a_complaint_that_comes_again_with_other_words_is_shown_again_with_the_number_of_the_first(database: Database) {
        let office = Office::furnish(database).await;
        let resident = office.stranger();
        let door = format!("/g/{}/complaint", office.code("G01-M01"));
        let key = form::value(&resident.get(&door).await.body, "key").expect("a one-time key");
        let first = resident.post(&door, &[("key", key.as_str()), ("text", WORDS)]).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let number = first.header("location").split('/').nth(2).expect("a number").to_owned();
        let other = resident.post(&door, &[("key", key.as_str()), ("text", "另一件事")]).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", other.body);
        assert!(other.body.contains("另一件事</textarea>") && other.body.contains(&number), "{}", other.body);
        let fresh = form::value(&other.body, "key").expect("a one-time key");
        assert_ne!(fresh, key);
        let second = resident.post(&door, &[("key", fresh.as_str()), ("text", "另一件事")]).await;
        assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.body);
        assert!(!second.header("location").contains(&number), "another complaint");
    }

    async fn whoever_wrote_a_complaint_down_for_somebody_is_not_told_its_number_again(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let door = format!("/g/{}/complaint", office.code("G01-M01"));
        let key = form::value(&desk.get(&door).await.body, "key").expect("a one-time key");
        let first = desk.post(&door, &[("key", key.as_str()), ("text", WORDS)]).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.body);
        let other = desk.post(&door, &[("key", key.as_str()), ("text", "另一件事")]).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", other.body);
        assert!(other.body.contains("这张表已经提交过") && !other.body.contains("这张表已登记为"), "{}", other.body);
    }

    async fn a_step_of_a_complaint_that_comes_too_late_says_so_before_what_is_missing(database: Database) {
        let office = Office::furnish(database).await;
        let page = office.stranger().complain("steward-01").await;
        let supervisor = office.sign_in("supervisor").await;
        let seen = form::value(&supervisor.get(&page).await.body, "version").expect("a version");
        supervisor.act(&page, "take", &[]).await;
        let late = [("version", seen.as_str()), ("words", "已当面道歉")];
        let told = supervisor.post(&format!("{page}/answer"), &late).await;
        assert_eq!(told.status, StatusCode::PRECONDITION_FAILED, "what it came to is missing: {}", told.body);
        assert!(told.body.contains("已当面道歉"), "{}", told.body);
    }
}
