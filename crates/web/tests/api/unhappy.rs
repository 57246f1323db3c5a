//! What its reporter is not content with: words of a rating, who hears of it, visits in vain, and the leader who is called in the end;
//! and that no answer of a reporter is lost because somebody else took a step meanwhile.

use serde_json::{Value, json};
use testkit::on_both_databases;
use time::Duration;

use crate::common::Answer;
use crate::town::{Town, VISITED, pair, text};
use crate::visits::{Way, solved};

/// Filed, handled by the steward and closed by the lead.
async fn closed(way: &mut Way<'_>) {
    way.step("desk", "file", json!({"category": "20110"})).await;
    way.handled(solved()).await;
    let passed = json!({"pass": true, "answer": "已修好"});
    way.step("lead-01", "check", passed).await;
}

/// Of what kinds somebody's messages are.
async fn kinds(town: &Town, who: &str) -> Vec<String> {
    town.settle().await;
    let list = town.read(who, "/api/v1/messages").await.json();
    let items = list["items"].as_array().expect("messages");
    items.iter().map(|one| text(&one["kind"])).collect()
}

fn rating(satisfaction: &str, solved: bool) -> Value {
    json!({"rating": {"satisfaction": satisfaction, "solved": solved}})
}

/// Sends a form of the progress page that was seen at a version.
async fn sends(
    way: &Way<'_>,
    cookie: &str,
    step: &str,
    seen: i64,
    typed: &[(&str, &str)],
) -> Answer {
    let version = seen.to_string();
    let mut form = vec![("version", version.as_str())];
    form.extend_from_slice(typed);
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("accept-language", "zh-CN"),
        ("cookie", cookie),
    ];
    let path = format!("/progress/{}/{step}", way.number);
    way.town.post_with(&path, &form, &headers).await
}

/// The number as lists show it.
fn short(way: &Way<'_>) -> String {
    way.number.split_once('-').expect("a number").1.to_owned()
}

on_both_databases! {
    async fn the_words_of_a_rating_are_read_by_those_who_work_on_the_case_with_numbers_starred(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        closed(&mut way).await;
        let words = "晚上还是不亮，打13800138000";
        let rated = json!({"rating": {"satisfaction": "dissatisfied", "solved": false, "words": words}});
        let own = way.by_reporter("rate", rated).await;
        assert!(own.body.contains("晚上还是不亮"), "{}", own.body);
        let case = format!("/api/v1/cases/{}", way.number);
        let pages = [("lead-01", format!("/cases/{}", way.number)), ("supervisor", format!("/cases/{}/case-file", way.number))];
        let mut seen = vec![town.read("lead-01", &format!("{case}?with=trail")).await.body];
        for (who, page) in pages {
            let page = way.page(who, &page).await.body;
            assert!(page.contains("报事人评价：没有解决 · 不满意"), "{page}");
            seen.push(page);
        }
        for body in seen {
            assert!(body.contains("晚上还是不亮") && !body.contains("13800138000"), "{body}");
        }
        assert_eq!(town.read("volunteer-01", &case).await.status, 403);
    }

    async fn words_of_a_rating_that_are_too_long_are_a_fault_of_their_own_field(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        closed(&mut way).await;
        let seen = format!("\"{}\"", way.at);
        let headers = [("receipt-code", way.code.as_str()), ("if-match", &seen)];
        let long = json!({"rating": {"satisfaction": "fairly", "solved": true, "words": "长".repeat(2_001)}});
        let refused = town.send(&format!("/api/v1/cases/{}/rate", way.number), &headers, &long).await;
        assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair("rating.words", "text-too-long")), "{}", refused.body);
    }

    async fn words_of_a_rating_about_somebody_who_works_here_are_asked_about(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        closed(&mut way).await;
        let words = "网格员收了我两百块钱";
        let mut rated = json!({"rating": {"satisfaction": "dissatisfied", "solved": true, "words": words}});
        let seen = format!("\"{}\"", way.at);
        let headers = [("receipt-code", way.code.as_str()), ("if-match", &seen)];
        let path = format!("/api/v1/cases/{}/rate", way.number);
        let asked = town.send(&path, &headers, &rated).await;
        assert_eq!((asked.status.as_u16(), asked.fault()), (422, pair("about_worker", "about-worker-unsaid")), "{}", asked.body);
        let cookie = town.opens(&way.number, &way.code).await;
        let typed = [("rating", "dissatisfied"), ("solved", "yes"), ("rating_words", words)];
        let page = sends(&way, &cookie, "rate", way.at, &typed).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("name=\"about_worker\"") && page.body.contains(words), "{}", page.body);
        rated["about_worker"] = json!(false);
        way.by_reporter("rate", rated).await;
    }

    async fn a_reporter_rates_with_words_on_the_page(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        closed(&mut way).await;
        let cookie = town.opens(&way.number, &way.code).await;
        let typed = [("solved", "no"), ("rating_words", "三楼的还没换")];
        let again = sends(&way, &cookie, "rate", way.at, &typed).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains("三楼的还没换</textarea>"), "{}", again.body);
        let typed = [("rating", "fairly"), ("solved", "no"), ("rating_words", "三楼的还没换")];
        let rated = sends(&way, &cookie, "rate", way.at, &typed).await;
        assert_eq!(rated.status, 303, "{}", rated.body);
        let page = town.get_with(&format!("/progress/{}", way.number), &[("cookie", &cookie)]).await.body;
        assert!(page.contains("三楼的还没换"), "{page}");
        let strangers = town.get(&format!("/progress/{}", way.number)).await;
        assert!(!strangers.body.contains("三楼的还没换"));
    }

    async fn an_unhappy_rating_is_told_to_who_did_the_work_who_checked_it_and_the_leader(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.step("desk", "file", json!({"category": "20110"})).await;
        way.handled(solved()).await;
        way.step("desk", "check", json!({"pass": true, "answer": "已修好"})).await;
        way.by_reporter("rate", rating("satisfied", false)).await;
        for who in ["steward-01", "desk", "lead-01"] {
            assert!(kinds(&town, who).await.contains(&"rated_unhappy".to_owned()), "{who}");
        }
        assert!(!kinds(&town, "chief").await.contains(&"rated_unhappy".to_owned()));
        let page = way.page("lead-01", "/work").await.body;
        assert!(page.contains("报事人评价：没有解决或不满意"), "{page}");
    }

    async fn a_happy_rating_is_told_to_who_did_the_work_alone(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        closed(&mut way).await;
        way.by_reporter("rate", rating("satisfied", true)).await;
        assert!(kinds(&town, "steward-01").await.contains(&"rated".to_owned()));
        let others = kinds(&town, "lead-01").await;
        assert!(others.iter().all(|kind| !kind.starts_with("rated")), "{others:?}");
    }

    async fn visits_in_vain_are_told_to_who_checked_and_the_case_waits_to_be_closed(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        let lists = ["/cases?state=checked&visit=1", "/cases?state=checked&visit=0"];
        let number = short(&way);
        let waits = async |way: &Way<'_>| {
            let desk = way.page("desk", "/work").await.body;
            let mut shown = Vec::new();
            for list in lists {
                shown.push(way.page("desk", list).await.body.contains(&number));
            }
            (["待回访 1", "待结案 1"].map(|tile| desk.contains(&format!("aria-label=\"{tile}\""))), shown)
        };
        assert_eq!(waits(&way).await, ([true, false], vec![true, false]));
        for _ in 0..3 {
            let now = town.house.clock.now();
            town.house.clock.move_to(now + Duration::hours(3));
            assert!(!kinds(&town, "lead-01").await.contains(&"visit_over".to_owned()), "not before the last");
            way.step("volunteer-01", "visit", json!({"method": "phone", "reached": false})).await;
        }
        assert!(kinds(&town, "lead-01").await.contains(&"visit_over".to_owned()));
        assert!(!kinds(&town, "steward-01").await.contains(&"visit_over".to_owned()));
        assert_eq!(waits(&way).await, ([false, true], vec![false, true]));
    }

    async fn the_case_file_has_each_return_visit_with_its_deadline_and_how_it_was_tried(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        way.step("volunteer-01", "visit", json!({"method": "phone", "reached": false})).await;
        let now = town.house.clock.now();
        town.house.clock.move_to(now + Duration::hours(3));
        let said = json!({"method": "on_site", "solved": true, "satisfaction": "satisfied"});
        way.step("volunteer-01", "visit", said).await;
        let paper = way.page("supervisor", &format!("/cases/{}/case-file", way.number)).await.body;
        assert!(paper.contains("回访没有联系上 · 电话"), "{paper}");
        let due = paper.matches("回访：2026年11月").count();
        assert_eq!(due, 2, "one after the check, one after the try: {paper}");
        assert!(paper.contains("回访时限不另外记录"), "{paper}");
    }

    async fn the_third_visit_that_hears_not_solved_calls_the_next_leader_who_did_not_check_it(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        for round in 1..=3 {
            let said = json!({"method": "phone", "solved": false, "satisfaction": "dissatisfied", "note": "还是不亮"});
            let back = way.step("volunteer-01", "visit", said).await;
            assert_eq!(back["state"], if round < 3 { "accepted" } else { "filed" }, "round {round}");
            if round < 3 {
                way.step("steward-01", "handle", solved()).await;
                way.step("lead-01", "check", json!({"pass": true, "answer": "已修好"})).await;
            }
        }
        let case = town.read("desk", &format!("/api/v1/cases/{}", way.number)).await.json();
        assert_eq!(case["leader_called"]["name"], "示例chief", "{case}");
        let desk = way.refused("desk", "dispatch", json!({"to": "steward-01"})).await;
        assert_eq!(text(&desk.json()["code"]), "leader-decides");
        let (other, _) = town.tell(0, "灯还是坏的").await;
        let merge = way.refused("desk", "merge", json!({"into": other, "far": true, "reason": "同一件事"})).await;
        assert_eq!(text(&merge.json()["code"]), "leader-decides", "nor does it go away by a merge");
        assert!(kinds(&town, "chief").await.contains(&"leader_called".to_owned()));
        let told = kinds(&town, "lead-01").await;
        assert!(told.contains(&"visited".to_owned()) && !told.contains(&"leader_called".to_owned()), "{told:?}");
        let page = way.page("desk", &format!("/cases/{}", way.number)).await.body;
        assert!(page.contains("多次没有解决，请领导 示例chief 过问"), "{page}");
        let judge = way.refused("lead-01", "dispatch", json!({"to": "steward-01"})).await;
        assert_eq!(text(&judge.json()["code"]), "leader-decides", "who checked it is out");
        let may = town.read("lead-01", &format!("/api/v1/cases/{}", way.number)).await.json()["may"].clone();
        let may = may.as_array().expect("steps");
        for step in ["dispatch", "void", "merge"] {
            assert!(!may.contains(&json!(step)), "{step}: {may:?}");
        }
        let page = way.page("lead-01", &format!("/cases/{}", way.number)).await.body;
        assert!(!page.contains(&format!("action=\"/cases/{}/dispatch\"", way.number)), "{page}");
        way.step("chief", "dispatch", json!({"to": "worker-01"})).await;
    }

    async fn what_staff_told_meanwhile_refuses_no_answer(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.step("desk", "file", json!({"category": "20110"})).await;
        way.accepted().await;
        way.step("steward-01", "ask", json!({"question": "在几楼？"})).await;
        let (cookie, seen) = (town.opens(&way.number, &way.code).await, way.at);
        town.house.clock.move_to(town.house.clock.now() + Duration::minutes(1));
        way.step("lead-01", "tell", json!({"note": "灯泡已经在路上"})).await;
        let answered = sends(&way, &cookie, "answer", seen, &[("words", "在三楼")]).await;
        assert_eq!(answered.status, 303, "{}", answered.body);
        let case = town.read("desk", &format!("/api/v1/cases/{}?with=trail", way.number)).await;
        assert!(case.body.contains("在三楼"), "{}", case.body);
    }

    async fn an_answer_that_comes_too_late_for_its_question_is_shown_again_with_its_words(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.step("desk", "file", json!({"category": "20110"})).await;
        way.accepted().await;
        way.step("steward-01", "ask", json!({"question": "在几楼？"})).await;
        let (cookie, seen) = (town.opens(&way.number, &way.code).await, way.at);
        way.by_reporter("answer", json!({"answer": "在三楼"})).await;
        let words = [("words", "靠东边的楼道")];
        let over = sends(&way, &cookie, "answer", seen, &words).await;
        assert_eq!(over.status, 412);
        assert!(over.body.contains("您刚才写的，没有提交") && over.body.contains("靠东边的楼道"), "{}", over.body);
        way.step("steward-01", "ask", json!({"question": "哪一边？"})).await;
        let other = sends(&way, &cookie, "answer", seen, &words).await;
        assert_eq!(other.status, 412);
        assert!(other.body.contains("哪一边？") && other.body.contains("靠东边的楼道</textarea>"), "{}", other.body);
        assert!(other.body.contains("您的操作还没有生效"), "{}", other.body);
        let sent = sends(&way, &cookie, "answer", way.at, &words).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
    }

    async fn a_reporter_reads_nothing_of_a_request_for_more_time_that_fell_away(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.step("desk", "file", json!({"category": "20110"})).await;
        way.accepted().await;
        way.step("steward-01", "extend", json!({"reason": "等配件"})).await;
        way.step("lead-01", "suspend", json!({"until": "2026-11-25T18:00:00+08:00", "reason": "等材料"})).await;
        let inside = way.page("lead-01", &format!("/cases/{}", way.number)).await.body;
        assert!(inside.contains("延期申请已失效"), "{inside}");
        let page = town.progress_page(&way.number, &way.code).await;
        assert!(page.contains("挂账") && !page.contains("延期申请已失效"), "how it is settled stays inside: {page}");
    }

    async fn whoever_rates_again_from_an_old_page_reads_that_it_was_rated_already(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        closed(&mut way).await;
        let (cookie, seen) = (town.opens(&way.number, &way.code).await, way.at);
        way.by_reporter("rate", rating("satisfied", true)).await;
        let typed = [("rating", "dissatisfied"), ("solved", "no"), ("rating_words", "晚上又不亮了")];
        let again = sends(&way, &cookie, "rate", seen, &typed).await;
        assert_eq!(again.status, 412, "{}", again.body);
        assert!(again.body.contains("已经评价过了") && again.body.contains("晚上又不亮了"), "{}", again.body);
        assert!(!again.body.contains("需要的话再提交一次"), "there is no form to do it with: {}", again.body);
    }

    async fn a_check_and_a_visit_name_what_whoever_did_the_work_says_where_it_is_not_solved(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.step("desk", "file", json!({"category": VISITED})).await;
        way.handled(json!({"note": "没有经费", "claim": "no_means"})).await;
        let case = format!("/cases/{}", way.number);
        let form = way.page("lead-01", &case).await.body;
        assert!(form.contains("经办人说：暂不能解决（目前没有经费或条件）"), "{form}");
        assert!(form.contains("不属实，退回重办") && !form.contains("已经办好"), "{form}");
        way.step("lead-01", "check", json!({"pass": true, "answer": "今年没有经费，明年再修"})).await;
        let trail = way.page("desk", &case).await.body;
        assert!(trail.contains("核查属实：暂不能解决（目前没有经费或条件），请"), "{trail}");
        let visit = town.read("volunteer-01", &format!("/api/v1/visits/{}", way.number)).await.json();
        assert_eq!((&visit["claim"], &visit["answer"]), (&json!("no_means"), &json!("今年没有经费，明年再修")), "{visit}");
        let page = way.page("volunteer-01", &format!("/visits/{}", way.number)).await.body;
        for said in ["暂不能解决（目前没有经费或条件）", "已告诉报事人", "今年没有经费，明年再修", "不退回重办"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains("没有解决的会退回重办"), "it does not go back: {page}");
    }

    async fn what_is_wrong_with_an_answer_of_a_visit_stands_on_top_with_the_names_of_its_fields(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        let (bearer, version) = (town.bearer("volunteer-01"), way.at.to_string());
        let headers = [("authorization", bearer.as_str()), ("sec-fetch-site", "same-origin"), ("accept-language", "zh-CN")];
        let sent = [("version", version.as_str()), ("method", "phone")];
        let page = town.post_with(&format!("/visits/{}/record", way.number), &sent, &headers).await;
        assert_eq!(page.status, 422);
        let (before, after) = page.body.split_once("联系报事人").expect("how to reach them");
        assert!(!after.contains("error-summary"), "{after}");
        let (_, summary) = before.split_once("error-summary").expect("a summary");
        for field in ["报事人怎么说", "是否满意"] {
            assert!(summary.contains(field), "{field}: {summary}");
        }
    }

    async fn a_department_that_came_when_it_was_called_hears_how_it_was_rated_and_nobody_else_does(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        for (who, command, body) in [
            ("desk", "file", json!({"category": "20110"})),
            ("desk", "dispatch", json!({"to": "worker-01"})),
            ("worker-01", "accept", json!({})),
            ("worker-01", "whistle", json!({"urgency": "urgent", "departments": ["water"], "reason": "请到现场"})),
            ("water", "report_in", json!({})),
            ("water", "finish", json!({"note": "已封堵"})),
            ("worker-01", "rate_response", json!({"department": "water", "response": "fairly"})),
            ("worker-01", "handle", solved()),
            ("lead-01", "check", json!({"pass": true, "answer": "已修好"})),
        ] {
            way.step(who, command, body).await;
        }
        let heard = kinds(&town, "water").await;
        assert_eq!(heard, ["response_rated_fairly", "whistled"], "once, and no rating of the end before there is one");
        way.by_reporter("rate", rating("satisfied", true)).await;
        assert_eq!(kinds(&town, "water").await[0], "department_rated_satisfied");
        let page = way.page("water", "/tasks").await.body;
        assert!(page.contains("您单位参与办理的一件事，报事人评价：满意") && page.contains("得到的评价：基本满意"), "{page}");
        assert_eq!(kinds(&town, "worker-01").await[0], "rated", "who did the work is of no department");
        for other in ["lead-01", "lead-02", "officer-01", "steward-01", "desk", "chief"] {
            let others = kinds(&town, other).await;
            assert!(others.iter().all(|kind| !kind.contains("_rated_")), "{other}: {others:?}");
        }
    }

    async fn a_department_that_was_called_and_did_not_come_has_no_part_in_the_end(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        for (who, command, body) in [
            ("desk", "file", json!({"category": "20110"})),
            ("desk", "dispatch", json!({"to": "worker-01"})),
            ("worker-01", "accept", json!({})),
            ("worker-01", "whistle", json!({"urgency": "urgent", "departments": ["water"], "reason": "请到现场"})),
            ("worker-01", "call_off", json!({"reason": "自己修好了"})),
            ("worker-01", "handle", solved()),
            ("lead-01", "check", json!({"pass": true, "answer": "已修好"})),
        ] {
            way.step(who, command, body).await;
        }
        way.by_reporter("rate", rating("satisfied", true)).await;
        let heard = kinds(&town, "water").await;
        assert!(heard.iter().all(|kind| !kind.contains("rated")), "{heard:?}");
    }

    async fn a_department_that_did_the_work_hears_the_grade_and_as_before_what_has_to_be_seen_to(database: Database) {
        let town = Town::on(database).await;
        for (rated, kind) in [(rating("satisfied", true), "department_rated_satisfied"), (rating("fairly", false), "rated_unhappy")] {
            let mut way = Way::told(&town).await;
            for (who, command, body) in [
                ("desk", "file", json!({"category": "20110"})),
                ("desk", "dispatch", json!({"to": "water"})),
                ("water", "accept", json!({})),
                ("water", "handle", solved()),
                ("lead-01", "check", json!({"pass": true, "answer": "已修好"})),
            ] {
                way.step(who, command, body).await;
            }
            way.by_reporter("rate", rated).await;
            assert_eq!(kinds(&town, "water").await[0], kind);
        }
    }

    async fn the_deadlines_of_a_round_that_is_over_stand_beside_those_of_the_present_one(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        closed(&mut way).await;
        way.by_reporter("reopen", json!({"reason": "又不亮了"})).await;
        let case = town.read("desk", &format!("/api/v1/cases/{}?with=trail", way.number)).await.json();
        let all = case["deadlines"].as_array().expect("deadlines").iter();
        let rounds = all.filter(|one| one["name"] == "handle" || one["name"] == "whole");
        let rounds: Vec<_> = rounds.map(|one| json!([one["name"], one["round"], one["met_at"].is_null(), one["late"]])).collect();
        let told = json!([["handle", 2, true, false], ["whole", 2, true, false], ["handle", 1, false, false], ["whole", 1, false, false]]);
        assert_eq!(json!(rounds), told, "{case}");
        let paper = way.page("lead-01", &format!("/cases/{}/case-file", way.number)).await.body;
        for said in ["处置（第 1 轮）：", "结案（第 1 轮）：", "处置（第 2 轮）：", "待派单："] {
            assert!(paper.contains(said), "{said}: {paper}");
        }
        let first = paper.split("结案（第 1 轮）：").nth(1).and_then(|rest| rest.split("</div>").next()).expect("the first round");
        assert!(first.contains("按时"), "{first}");
    }

    async fn a_round_that_was_due_when_the_one_before_was_has_its_deadlines_too(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        closed(&mut way).await;
        way.by_reporter("reopen", json!({"reason": "又不亮了"})).await;
        way.handled(solved()).await;
        way.step("lead-01", "check", json!({"pass": true, "answer": "已修好"})).await;
        way.by_reporter("reopen", json!({"reason": "还是不亮"})).await;
        let case = town.read("desk", &format!("/api/v1/cases/{}?with=trail", way.number)).await.json();
        let all = case["deadlines"].as_array().expect("deadlines").iter();
        let wholes = all.filter(|one| one["name"] == "whole");
        let mut rounds: Vec<u64> = wholes.filter_map(|one| one["round"].as_u64()).collect();
        rounds.sort_unstable();
        assert_eq!(rounds, [1, 2, 3], "{case}");
    }

    async fn a_reporter_reads_that_a_check_failed(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.step("desk", "file", json!({"category": "20110"})).await;
        way.handled(solved()).await;
        way.step("lead-01", "check", json!({"pass": false, "reason": "还是不亮"})).await;
        let path = format!("/api/v1/reports/{}", way.number);
        let told = town.get_with(&path, &[("receipt-code", &way.code)]).await.json();
        let trail = told["trail"].as_array().expect("a trail");
        assert_eq!(trail.last().expect("a step")["passed"], false, "{told}");
        let page = town.progress_page(&way.number, &way.code).await;
        assert!(page.contains("核查没有通过，退回重办") && !page.contains("已由他人核查"), "{page}");
    }

    async fn whoever_reached_nobody_on_a_visit_says_nothing_of_how_content_they_are(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        for (field, said) in [("satisfaction", json!("satisfied")), ("solved", json!(false))] {
            let mut body = json!({"method": "phone", "reached": false});
            body[field] = said;
            let refused = way.refused("volunteer-01", "visit", body).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair(field, "visit-nobody")), "{}", refused.body);
        }
        way.step("volunteer-01", "visit", json!({"method": "phone", "reached": false})).await;
    }
}
