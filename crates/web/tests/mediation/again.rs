//! Forms of mediations that come back: with what was chosen, or with another key.

use axum::http::StatusCode;
use testkit::on_both_databases;

use super::colleague::{Office, form};
use super::{NOISE, opened};

on_both_databases! {
    async fn a_photo_of_the_signed_paper_is_kept_when_the_form_comes_back(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&page, "talk", &[("on", "2026-11-23"), ("words", "谈过")]).await;
        mediator.act(&page, "draft", &[("words", "白天施工")]).await;
        let version = form::value(&mediator.get(&page).await.body, "version").expect("a version");
        let faulty = [("version", version.as_str()), ("on", "gestern")];
        let faulty = mediator.post_photo(&format!("{page}/agree"), &faulty).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", faulty.body);
        for fault in ["id=\"agree-on-fault\"", "id=\"agree-written-fault\""] {
            assert!(faulty.body.contains(fault), "all at once: {}", faulty.body);
        }
        let kept = form::value(&faulty.body, "kept").expect("the photo that came");
        mediator.act(&page, "agree", &[("on", "2026-11-23"), ("written", "yes"), ("kept", &kept)]).await;
        let shown = mediator.get(&page).await.body;
        assert!(shown.contains(&format!("{page}/papers/")), "{shown}");
    }

    async fn a_mediation_that_comes_again_with_other_words_is_shown_again_and_opens_no_second_one(database: Database) {
        let office = Office::furnish(database).await;
        let steward = office.sign_in("steward-01").await;
        let key = form::value(&steward.get("/mediations/new").await.body, "key").expect("a one-time key");
        let grid = office.code("G01-M01");
        let with = |matter: &'static str| {
            [("key", key.as_str()), ("kind", "neighbours"), ("grid", grid.as_str()), ("matter", matter), ("name", "示例甲"), ("phone", ""), ("name", "示例乙"), ("phone", "")]
        };
        let first = steward.post("/mediations/new", &with(NOISE)).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let other = steward.post("/mediations/new", &with("另一件事")).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", other.body);
        assert!(other.body.contains("另一件事") && other.body.contains("这张表已经提交过"), "{}", other.body);
        assert_ne!(form::value(&other.body, "key"), Some(key.clone()), "a new key, so that it can be sent");
    }

    async fn a_talk_before_the_mediation_was_opened_is_refused(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        let version = form::value(&mediator.get(&page).await.body, "version").expect("a version");
        for day in ["1970-01-01", "2026-11-22", "2026-11-24"] {
            let talk = [("version", version.as_str()), ("on", day), ("words", "谈过")];
            let refused = mediator.post(&format!("{page}/talk"), &talk).await;
            assert_eq!(refused.status, StatusCode::CONFLICT, "{day}: {}", refused.body);
        }
    }
}
