//! What every answer of the door has, whatever is asked: headers, languages, refusals.

mod common;

use axum::http::StatusCode;
use common::Visit;
use testkit::{Database, on_both_databases, on_both_houses};

on_both_databases! {
    async fn the_first_page_answers_in_the_visitors_language(database: Database) {
        let visit = Visit::to(database).await;
        let chinese = visit.get("/").await;
        assert_eq!(chinese.status, StatusCode::OK);
        assert!(chinese.body.contains("<html lang=\"zh-CN\""), "{}", chinese.body);
        let english = visit.get_with("/", &[("accept-language", "en-GB")]).await;
        assert!(english.body.contains("<html lang=\"en\""), "{}", english.body);
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_policy_also_when_it_is_a_refusal() {
    let visit = Visit::to(Database::sqlite().await).await;
    for path in [
        "/",
        "/nowhere",
        "/healthz",
        "/api/v1/nowhere",
        "/assets/nothing.css",
    ] {
        let answer = visit.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("server"), "", "{path}");
    }
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so_in_words_and_a_machine_gets_a_problem() {
    let visit = Visit::to(Database::sqlite().await).await;
    let page = visit.get("/nowhere").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.body.contains("没有找到这一页"));
    let problem = visit
        .get_with("/api/v1/nowhere", &[("accept-language", "en")])
        .await;
    assert_eq!(problem.status, StatusCode::NOT_FOUND);
    assert_eq!(problem.header("content-type"), "application/problem+json");
    let told: serde_json::Value = serde_json::from_str(&problem.body).expect("JSON");
    assert_eq!(told["code"], "not-found");
    assert_eq!(told["status"], 404);
    assert_eq!(told["title"], "Not found");
    let detail = told["detail"].as_str().expect("a detail");
    assert!(!detail.contains("page"), "{detail}");
    let kind = told["type"].as_str().expect("a type");
    assert_eq!(visit.get(kind).await.status, StatusCode::OK, "{kind}");
}

on_both_houses! {
    async fn whoever_is_signed_in_is_known_on_the_page_of_a_failure_too(house: House) {
        let visit = Visit::at(house);
        let signed = work::account::sign_in(&visit.house, "desk", testkit::PASSWORD, None).await;
        let token = signed.expect("signed in").text;
        let cookie = format!("weige={}", token.expose());
        let page = visit.get_with("/nowhere", &[("cookie", &cookie)]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.body.contains("action=\"/sign-out\""), "{}", page.body);
        assert!(!page.body.contains("href=\"/sign-in\""), "{}", page.body);
        let stranger = visit.get_with("/nowhere", &[("cookie", "weige=ended")]).await;
        assert!(stranger.body.contains("href=\"/sign-in\""), "{}", stranger.body);
    }
}

on_both_houses! {
    async fn an_address_of_no_grid_or_a_link_cut_off_says_what_helps_on(house: House) {
        let visit = Visit::at(house);
        for (path, chinese, english, way) in [
            ("/g/MH9999", "没有找到这个网格", "There is no such grid", "class=\"button button--primary\" href=\"/\""),
            ("/g/MH9999/report", "没有找到这个网格", "There is no such grid", "class=\"button button--primary\" href=\"/\""),
            ("/p/510184999001-20261123-0001/cut-off", "这个链接打不开了", "This link does not open anything", "class=\"button button--primary\" href=\"/progress\""),
        ] {
            let page = visit.get(path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(page.body.contains(chinese) && page.body.contains(way), "{path}: {}", page.body);
            let page = visit.get_with(path, &[("accept-language", "en")]).await;
            assert!(page.body.contains(english), "{path}: {}", page.body);
        }
    }

    async fn whoever_tried_too_often_hears_how_long_to_wait(house: House) {
        let visit = Visit::at(house);
        let form = [("number", "510184999001-20261123-0001"), ("code", "000000")];
        for _ in 0..10 {
            let wrong = visit.post("/progress", &form).await;
            assert!(wrong.body.contains("请打页面下方的电话"), "{}", wrong.body);
        }
        let refused = visit.post("/progress", &form).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(refused.body.contains(" 分钟再试"), "{}", refused.body);
    }

    async fn no_gap_stands_between_chinese_words_and_the_link_after_them(house: House) {
        let visit = Visit::at(house);
        let chinese = visit.get("/").await.body;
        assert!(chinese.contains("：<a href=\"tel:"), "{chinese}");
        let english = visit.get_with("/", &[("accept-language", "en")]).await.body;
        assert!(english.contains("service line <a href=\"tel:"), "{english}");
    }
}

#[tokio::test]
async fn a_page_asked_in_the_wrong_way_says_which_way_is_right() {
    let visit = Visit::to(Database::sqlite().await).await;
    let answer = visit.post("/", &[]).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.header("allow").contains("GET"));
}

#[tokio::test]
async fn what_another_site_sends_is_not_done() {
    let visit = Visit::to(Database::sqlite().await).await;
    let form = [("language", "en"), ("back", "/")];
    let stopped = visit
        .post_with("/language", &form, &[("sec-fetch-site", "cross-site")])
        .await;
    assert_eq!(stopped.status, StatusCode::FORBIDDEN);
    assert_eq!(stopped.header("set-cookie"), "");
    let done = visit.post("/language", &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert!(done.header("set-cookie").starts_with("lang=en;"));
}

#[tokio::test]
async fn the_switches_need_no_script_and_lead_back_to_the_page() {
    let visit = Visit::to(Database::sqlite().await).await;
    let on = visit
        .post("/elder", &[("elder", "on"), ("back", "/g/MH01")])
        .await;
    assert_eq!(on.header("location"), "/g/MH01");
    let elder = visit
        .get_with("/", &[("cookie", "elder=on; lang=en")])
        .await;
    assert!(
        elder.body.contains("<html lang=\"en\" data-elder>"),
        "{}",
        elder.body
    );
    let elsewhere = visit
        .post("/elder", &[("elder", "on"), ("back", "//evil.example")])
        .await;
    assert_eq!(elsewhere.header("location"), "/");
}

#[tokio::test]
async fn the_house_is_ready_and_counts_requests_by_their_pattern() {
    let visit = Visit::to(Database::sqlite().await).await;
    assert_eq!(visit.get("/readyz").await.body, "ready");
    visit.get("/assets/secret-7719.css").await;
    let told = visit.get("/metrics").await.body;
    assert!(
        told.contains("weige_requests_total{route=\"/readyz\",status=\"200\"} 1"),
        "{told}"
    );
    assert!(!told.contains("7719"), "{told}");
}

#[tokio::test]
async fn the_page_of_every_kind_of_problem_says_in_both_languages_what_it_means_and_what_to_do() {
    let visit = Visit::to(Database::sqlite().await).await;
    for problem in web::problems() {
        let path = format!("/problems/{problem}");
        for (language, means) in [("zh-CN", "什么意思"), ("en", "What it means")] {
            let page = visit
                .get_with(&path, &[("accept-language", language)])
                .await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.body.contains(means), "{path}: {}", page.body);
            assert!(
                !page.body.contains("api-problem-"),
                "{path}: a text is missing"
            );
        }
    }
    assert_eq!(
        visit.get("/problems/nonsense").await.status,
        StatusCode::NOT_FOUND
    );
}
