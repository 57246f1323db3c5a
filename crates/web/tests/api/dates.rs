//! The dates that a reporter is told: the first answer is one and the same moment wherever it stands.

use serde_json::json;
use testkit::on_both_databases;

use crate::town::{Town, text};

/// The page of a report as its reporter opens it with number and code.
async fn opened(town: &Town, number: &str, code: &str, path: &str) -> String {
    let form = [("number", number), ("code", code)];
    let led = town.post("/progress", &form).await;
    let cookie = led.header("set-cookie").split(';').next();
    let cookie = cookie.expect("a cookie").to_owned();
    let page = town.get_with(path, &[("cookie", &cookie)]).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.body
}

/// The moment that stands on a page behind these words, as machines read it.
fn behind(page: &str, words: &str) -> String {
    let rest = page.split(words).nth(1);
    let rest = rest.unwrap_or_else(|| panic!("{words}: {page}"));
    let stamp = rest.split("datetime=\"").nth(1).expect("a moment");
    stamp.split('"').next().expect("a moment").to_owned()
}

/// A moment of the API as pages write it: without seconds.
fn stamp(moment: &serde_json::Value) -> String {
    text(moment).replacen(":00+08:00", "+08:00", 1)
}

on_both_databases! {
    async fn the_first_answer_is_promised_for_the_same_moment_on_every_paper_and_in_the_api(database: Database) {
        let town = Town::on(database).await;
        let body = json!({"text": "路灯坏了", "location": {"lon": crate::town::LON, "lat": crate::town::LAT}});
        let receipt = town.send("/api/v1/reports", &[("idempotency-key", "a")], &body).await.json();
        let (number, code) = (text(&receipt["number"]), text(&receipt["code"]));
        let case = town.read("desk", &format!("/api/v1/cases/{number}")).await.json();
        let clocks = case["clocks"].as_array().expect("clocks");
        let first_answer = clocks.iter().find(|clock| clock["name"] == "contact").expect("the clock of the first answer");
        assert_eq!(receipt["answer_by"], first_answer["due_at"]);
        let shown = town.get_with(&format!("/api/v1/reports/{number}"), &[("receipt-code", &code)]).await.json();
        assert_eq!(shown["answer_by"], receipt["answer_by"]);
        let slip = opened(&town, &number, &code, &format!("/receipt/{number}")).await;
        let progress = opened(&town, &number, &code, &format!("/progress/{number}")).await;
        for page in [&slip, &progress] {
            assert_eq!(behind(page, "最迟答复时间"), stamp(&receipt["answer_by"]));
        }
    }

    async fn the_next_step_and_the_end_have_words_of_their_own(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = town.tell(0, "路灯坏了").await;
        let api = format!("/api/v1/reports/{number}");
        let before = town.get_with(&api, &[("receipt-code", &code)]).await.json();
        assert_eq!(before["close_by"], json!(null), "it is not filed yet");
        let filed = town.step("desk", &number, 1, "file", json!({"category": "20110"})).await;
        assert_eq!(filed.status, 200, "{}", filed.body);
        let case = filed.json();
        assert!(case.get("answer_by").is_none(), "what the next hand has to do is no promise");
        assert!(case["take_by"].is_string(), "{case}");
        let shown = town.get_with(&api, &[("receipt-code", &code)]).await.json();
        assert_eq!((&shown["close_by"], &shown["next_date"]), (&case["due_at"], &case["take_by"]));
        let page = opened(&town, &number, &code, &format!("/progress/{number}")).await;
        assert_eq!(behind(&page, "下一步最迟时间"), stamp(&shown["next_date"]));
        assert_eq!(behind(&page, "最迟办结时间"), stamp(&shown["close_by"]));
    }

    async fn the_reporter_hears_whether_there_is_more_time_and_until_when(database: Database) {
        let town = Town::on(database).await;
        for (grant, said) in [(true, "同意延期，"), (false, "没有同意延期，期限不变")] {
            let (number, code) = town.tell(0, "路灯坏了").await;
            let mut at = 1;
            for (who, command, body) in [
                ("desk", "file", json!({"category": "20110"})),
                ("desk", "dispatch", json!({"to": "steward-01"})),
                ("steward-01", "accept", json!({})),
                ("steward-01", "extend", json!({"reason": "等配件"})),
                ("lead-01", "extend", json!({"grant": grant, "reason": "看过了"})),
            ] {
                let done = town.step(who, &number, at, command, body).await;
                assert_eq!(done.status, 200, "{command}: {}", done.body);
                at = done.json()["version"].as_i64().expect("a version");
            }
            let page = opened(&town, &number, &code, &format!("/progress/{number}")).await;
            assert!(page.contains(said) && !page.contains("延期申请已答复"), "{page}");
            let shown = town.get_with(&format!("/api/v1/reports/{number}"), &[("receipt-code", &code)]).await.json();
            let trail = shown["trail"].as_array().expect("a trail");
            let decided = trail.iter().find(|one| one["deed"] == "extension_decided").expect("the decision");
            let until = if grant { &shown["close_by"] } else { &json!(null) };
            assert_eq!((&decided["granted"], &decided["until"]), (&json!(grant), until), "{shown}");
        }
    }

    async fn the_reporter_hears_of_which_department_a_liaison_is(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = town.tell(0, "水管漏水").await;
        for (at, command, body) in [(1, "file", json!({"category": "20110"})), (2, "dispatch", json!({"to": "water"}))] {
            let done = town.step("desk", &number, at, command, body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
        }
        let page = opened(&town, &number, &code, &format!("/progress/{number}")).await;
        assert!(page.contains("现在由示例水务站示例岗位 water"), "{page}");
    }

    async fn what_is_filed_waits_to_be_dispatched_and_not_to_be_taken(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        let told = async || town.read("desk", &format!("/cases/{number}")).await.body;
        assert!(told().await.contains("待接手"), "somebody has to take it up");
        let filed = town.step("desk", &number, 1, "file", json!({"category": "20110"})).await;
        assert_eq!(filed.status, 200, "{}", filed.body);
        let page = told().await;
        assert!(page.contains("待派单") && !page.contains("待接手"), "{page}");
    }

    async fn whoever_was_spoken_with_is_not_promised_a_first_answer_any_more(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = town.tell(0, "路灯坏了").await;
        let path = format!("/progress/{number}");
        assert!(opened(&town, &number, &code, &path).await.contains("最迟答复时间"));
        let mut at = 1;
        for (who, command, body) in [
            ("desk", "file", json!({"category": "20110"})),
            ("desk", "dispatch", json!({"to": "steward-01"})),
            ("steward-01", "accept", json!({})),
            ("steward-01", "ask", json!({"question": "在几楼？"})),
        ] {
            let done = town.step(who, &number, at, command, body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
            at = done.json()["version"].as_i64().expect("a version");
        }
        assert!(!opened(&town, &number, &code, &path).await.contains("最迟答复时间"));
    }

    async fn nobody_has_longer_to_take_a_task_than_there_is_for_the_work(database: Database) {
        let town = Town::on(database).await;
        let bearer = town.bearer("partner");
        let soon = "2026-11-23T09:10:00+08:00";
        let order = json!({"id": "SJ-1", "text": "路灯不亮", "grid": format!("{}-G01-M01", crate::town::HERE), "due": soon});
        let receipt = town.send("/api/v1/orders", &[("authorization", &bearer)], &order).await.json();
        let number = text(&receipt["number"]);
        let told = town.read("desk", &format!("/api/v1/cases/{number}")).await.json();
        let version = told["version"].as_i64().expect("a version");
        let filed = town.step("desk", &number, version, "file", json!({"category": "20110"})).await.json();
        assert_eq!((&filed["take_by"], &filed["due_at"]), (&json!(soon), &json!(soon)), "a quarter of an hour would be longer");
        let given = town.step("desk", &number, version + 1, "dispatch", json!({"to": "steward-01"})).await.json();
        assert_eq!((&given["take_by"], &given["due_at"]), (&json!(soon), &json!(soon)), "{given}");
        let whole = town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.json();
        let clocks = whole["clocks"].as_array().expect("clocks");
        let answer = clocks.iter().find(|clock| clock["name"] == "answer").expect("the clock of the next hand");
        assert_eq!(answer["why"]["rule"], "handling", "{answer}");
    }
}
