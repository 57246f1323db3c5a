//! The dates that a reporter is told: the first answer is one and the same moment wherever it stands.

use serde_json::json;
use testkit::on_both_databases;

use crate::town::{Town, text};

/// The page of a report as its reporter opens it with number and code.
async fn opened(town: &Town, number: &str, code: &str, path: &str) -> String {
    let cookie = town.opens(number, code).await;
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

    async fn a_next_step_that_was_not_taken_in_time_is_told_as_late(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = town.tell(0, "路灯坏了").await;
        let api = format!("/api/v1/reports/{number}");
        for (late, days) in [(false, 0), (true, 9)] {
            let now = town.house.clock.now();
            town.house.clock.move_to(now + time::Duration::days(days));
            let shown = town.get_with(&api, &[("receipt-code", &code)]).await.json();
            assert_eq!(shown["late"], json!(late));
            let page = opened(&town, &number, &code, &format!("/progress/{number}")).await;
            assert_eq!(page.contains("已超时</span>"), late, "{page}");
        }
    }

    async fn a_date_that_is_past_is_marked_in_the_trail_as_well(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = town.tell(0, "路灯坏了").await;
        for (late, days) in [(false, 0), (true, 9)] {
            let now = town.house.clock.now();
            town.house.clock.move_to(now + time::Duration::days(days));
            let page = opened(&town, &number, &code, &format!("/progress/{number}")).await;
            let next = page.split("class=\"timeline__next\"").nth(1).and_then(|rest| rest.split("</li>").next());
            assert_eq!(next.expect("what is next").contains("已超时</span>"), late, "{page}");
        }
    }

    async fn danger_is_still_called_danger_on_the_receipt_and_the_progress(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = town.tell(0, "楼下煤气味很浓，有人晕倒").await;
        let calm = town.tell(0, "路灯坏了").await;
        for path in ["receipt", "progress"] {
            let page = opened(&town, &number, &code, &format!("/{path}/{number}")).await;
            assert!(page.contains("href=\"tel:120\"") && page.contains("class=\"alarm\""), "{page}");
            let page = opened(&town, &calm.0, &calm.1, &format!("/{path}/{}", calm.0)).await;
            assert!(!page.contains("class=\"alarm\""));
        }
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

    async fn the_level_and_the_next_word_to_the_reporter_end_with_the_case_where_their_own_limits_are_longer(database: Database) {
        let town = Town::on(database).await;
        let clock = |case: &serde_json::Value, name: &str| {
            let clocks = case["clocks"].as_array().expect("clocks");
            clocks.iter().find(|clock| clock["name"] == name).unwrap_or_else(|| panic!("{name}: {case}")).clone()
        };
        let (short, _) = town.tell(0, "路灯坏了").await;
        let (long, _) = town.tell(0, "围墙裂了").await;
        let mut seen = Vec::new();
        for (number, filing) in [(&short, json!({"category": "20110"})), (&long, json!({}))] {
            town.step("desk", number, 1, "file", filing).await;
            town.step("desk", number, 2, "dispatch", json!({"to": "steward-01"})).await;
            let taken = town.step("steward-01", number, 3, "accept", json!({})).await;
            assert_eq!(taken.status, 200, "{}", taken.body);
            seen.push(town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.json());
        }
        let next_word = clock(&seen[0], "update");
        assert_eq!(next_word["why"]["rule"], "handling", "{next_word}");
        for name in ["update", "tier"] {
            assert_eq!(clock(&seen[0], name)["due_at"], seen[0]["due_at"]);
        }
        for (name, rule) in [("update", "case.update_every"), ("tier", "case.tiers.micro")] {
            let ends = clock(&seen[1], name);
            assert_eq!((&ends["why"]["rule"], &ends["why"]["moved"]), (&json!(rule), &json!(false)), "{ends}");
            assert!(ends["due_at"].as_str() < seen[1]["due_at"].as_str(), "{ends}");
        }
        let names = seen[0]["clocks"].as_array().expect("clocks").iter();
        let names: Vec<&str> = names.filter_map(|clock| clock["name"].as_str()).collect();
        let at = |name: &str| names.iter().position(|one| *one == name).expect("a clock");
        assert!(at("handle") < at("update") && at("handle") < at("tier"), "what is due is the work: {names:?}");
        town.step("steward-01", &short, 4, "extend", json!({"reason": "等配件"})).await;
        town.step("desk", &short, 5, "extend", json!({"grant": true})).await;
        let later = town.read("desk", &format!("/api/v1/cases/{short}?with=trail")).await.json();
        assert!(later["due_at"].as_str() > seen[0]["due_at"].as_str(), "{later}");
        let next_word = clock(&later, "update");
        assert!(next_word["due_at"].as_str() > seen[0]["due_at"].as_str(), "more time moves it along: {next_word}");
    }
}
