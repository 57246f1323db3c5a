//! Cases that were merged 并案: what whoever works on the one that goes on sees of the other, and how its reporter is reached.

use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::contact::lines;
use crate::town::{HERE, LAT, LON, Town, VISITED, text};
use crate::visits::{Way, solved};

const PHONE: &str = "10012345678";

/// Tells of rubbish in the n-th micro-grid and how to be reached: number and code.
async fn told(town: &Town, key: &str, n: u8, words: &str) -> (String, String) {
    let lon = LON + 0.01 * f64::from(n);
    let body = json!({"text": words, "category": "20110", "location": {"lon": lon, "lat": LAT}, "contact": {"phone": PHONE}});
    let told = town
        .send("/api/v1/reports", &[("idempotency-key", key)], &body)
        .await;
    assert_eq!(told.status, 201, "{}", told.body);
    let told = told.json();
    (text(&told["number"]), text(&told["code"]))
}

async fn merged(town: &Town, number: &str, into: &str) {
    let version = case(town, "desk", number).await["version"].as_i64();
    let body = json!({"into": into, "far": true, "reason": "同一堆垃圾"});
    let done = town
        .step("desk", number, version.expect("a version"), "merge", body)
        .await;
    assert_eq!(done.status, 200, "{}", done.body);
}

async fn case(town: &Town, who: &str, number: &str) -> Value {
    let shown = town
        .read(who, &format!("/api/v1/cases/{number}?with=trail"))
        .await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    shown.json()
}

/// Filed, given to somebody and taken.
async fn taken(town: &Town, number: &str, who: &str) {
    for (at, by, command, body) in [
        (1, "desk", "file", json!({"category": "20110"})),
        (2, "desk", "dispatch", json!({"to": who})),
        (3, who, "accept", json!({})),
    ] {
        let done = town.step(by, number, at, command, body).await;
        assert_eq!(done.status, 200, "{command}: {}", done.body);
    }
}

async fn progress(town: &Town, number: &str, code: &str) -> Value {
    let path = format!("/api/v1/reports/{number}");
    town.get_with(&path, &[("receipt-code", code)]).await.json()
}

on_both_databases! {
    async fn the_case_that_goes_on_shows_what_was_told_of_the_merged_one_and_that_one_leads_there(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = told(&town, "a", 0, "楼下一堆垃圾").await;
        let (second, _) = told(&town, "b", 1, "旁边还有死猫").await;
        merged(&town, &second, &first).await;
        for asked in ["", "?with=trail"] {
            let shown = town.read("steward-01", &format!("/api/v1/cases/{first}{asked}")).await.json();
            let other = &shown["merged"][0];
            assert_eq!((&other["number"], &other["opens"]), (&json!(second), &json!(false)), "{asked}: {shown}");
            assert_eq!(other["grid"]["code"], json!(format!("{HERE}-G01-M02")), "{asked}");
            assert_eq!(other["tellings"][0]["text"], "旁边还有死猫", "{asked}: {other}");
            assert_eq!(other["tellings"][0]["contact"]["phone"], "100****5678", "{asked}: {other}");
        }
        let goes_on = town.read("desk", &format!("/api/v1/cases/{second}")).await.json();
        assert_eq!(goes_on["merged_into"], json!(first), "{goes_on}");
        let elsewhere = town.read("steward-02", &format!("/api/v1/cases/{second}")).await.json();
        assert!(elsewhere["merged_into"].is_null(), "out of their sight: {elsewhere}");
        let alone = town.read("supervisor", &format!("/api/v1/cases/{first}")).await;
        assert!(!alone.body.contains(PHONE) && !alone.body.contains("100****"), "{}", alone.body);

        for path in [format!("/cases/{first}"), format!("/tasks/{first}")] {
            let shown = town.read("steward-01", &path).await.body;
            assert!(shown.contains("旁边还有死猫") && shown.contains(&second), "{path}: {shown}");
            assert!(shown.contains(&format!("/cases/{second}/contact")), "{path}: {shown}");
            assert!(!shown.contains(&format!("href=\"/cases/{second}\"")), "what does not open is no link: {path}");
        }
        for path in [format!("/cases/{second}"), format!("/tasks/{second}")] {
            let shown = town.read("desk", &path).await.body;
            assert!(shown.contains(&format!("href=\"/cases/{first}\"")), "{path}: {shown}");
        }
        let trail = case(&town, "desk", &first).await["trail"].clone();
        assert_eq!((&trail[1]["deed"], &trail[1]["case"]), (&json!("attached"), &json!(second)), "{trail}");
        assert_eq!(trail[1]["words"], json!(["同一堆垃圾"]), "why, for whoever does not find the merged one");
        let page = town.read("steward-01", &format!("/cases/{first}")).await.body;
        assert!(page.contains("同一堆垃圾"), "{page}");
    }

    async fn what_was_merged_into_a_merged_case_goes_along_and_comes_out_with_its_own_reporter(database: Database) {
        let town = Town::on(database).await;
        let (end, _) = told(&town, "a", 0, "一堆垃圾").await;
        let (middle, _) = told(&town, "b", 0, "还是那堆垃圾").await;
        let (last, code) = told(&town, "c", 0, "垃圾发臭了").await;
        merged(&town, &last, &middle).await;
        merged(&town, &middle, &end).await;
        let numbers = async || {
            let shown = case(&town, "desk", &end).await;
            let merged = shown["merged"].as_array().cloned().unwrap_or_default();
            merged.iter().map(|one| text(&one["number"])).collect::<Vec<_>>()
        };
        assert_eq!(numbers().await, [middle.clone(), last.clone()]);
        assert_eq!(case(&town, "desk", &last).await["merged_into"], json!(end));
        let version = case(&town, "desk", &last).await["version"].to_string();
        let headers = [("receipt-code", code.as_str()), ("if-match", &format!("\"{version}\""))];
        let apart = json!({"reason": "我说的是另一堆"});
        let apart = town.send(&format!("/api/v1/cases/{last}/reopen"), &headers, &apart).await;
        assert_eq!(apart.status, 200, "{}", apart.body);
        assert_eq!(numbers().await, [middle]);
        assert!(case(&town, "desk", &last).await["merged_into"].is_null());
    }

    async fn what_is_another_matter_than_the_case_it_was_merged_into_is_no_reopening(database: Database) {
        let town = Town::on(database).await;
        let (end, _) = told(&town, "a", 0, "一堆垃圾").await;
        let (other, code) = told(&town, "b", 0, "一只死猫").await;
        merged(&town, &other, &end).await;
        let version = case(&town, "desk", &other).await["version"].to_string();
        let headers = [("receipt-code", code.as_str()), ("if-match", &format!("\"{version}\""))];
        let apart = json!({"reason": "不是一回事，我说的是猫"});
        let apart = town.send(&format!("/api/v1/cases/{other}/reopen"), &headers, &apart).await;
        assert_eq!(apart.status, 200, "{}", apart.body);
        let shown = case(&town, "desk", &other).await;
        assert_eq!(shown["counts"]["reopenings"], 0, "{shown}");
        let last = shown["trail"].as_array().and_then(|trail| trail.last()).expect("an entry");
        assert_eq!(last["deed"], "separated", "{shown}");
        let list = town.read("desk", "/api/v1/cases?reopened=1").await.json();
        assert_eq!(list["items"], json!([]), "{list}");
        let page = town.get_with(&format!("/cases/{other}"), &[("authorization", &town.bearer("desk")), ("accept-language", "zh-CN")]).await.body;
        assert!(page.contains("报事人说是另一件事") && !page.contains("报事人要求重办"), "{page}");
    }

    async fn whoever_works_on_the_case_that_goes_on_reaches_the_merged_ones_reporter_and_each_look_is_noted(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = told(&town, "a", 0, "楼下一堆垃圾").await;
        let (second, _) = told(&town, "b", 1, "旁边还有死猫").await;
        let asks = async |who: &str| {
            let bearer = town.bearer(who);
            let path = format!("/api/v1/cases/{second}/contact");
            town.send(&path, &[("authorization", &bearer)], &json!({})).await
        };
        assert_eq!(asks("steward-01").await.status, 404, "theirs is another grid");
        merged(&town, &second, &first).await;
        let clear = asks("steward-01").await;
        assert_eq!((clear.status.as_u16(), clear.json()["phone"].clone()), (200, json!(PHONE)), "{}", clear.body);
        assert_eq!((lines(&town, &first).await, lines(&town, &second).await), (0, 1), "each look with its own reporter");
        for (who, status) in [("steward-02", 404), ("supervisor", 403), ("water", 404)] {
            let refused = asks(who).await;
            assert_eq!(refused.status, status, "{who}: {}", refused.body);
        }
        let bearer = town.bearer("steward-01");
        let own = [("authorization", bearer.as_str()), ("sec-fetch-site", "same-origin")];
        let shown = town.post_with(&format!("/cases/{second}/contact"), &[], &own).await.body;
        assert!(shown.contains(PHONE) && shown.contains("楼下一堆垃圾"), "on the page of the case they work on: {shown}");
        assert_eq!(lines(&town, &second).await, 2);
    }

    async fn whoever_makes_the_return_visit_reaches_each_reporter_of_what_was_merged_by_their_own_telling(database: Database) {
        let town = Town::on(database).await;
        let (way, [middle, last]) = to_visit(&town).await;
        let visit = town.read("volunteer-01", &format!("/api/v1/visits/{}", way.number)).await.json();
        let others = json!([{"number": middle, "phone": "100****4321"}, {"number": last, "phone": "100****0000"}]);
        assert_eq!(visit["others"], others, "masked, however deep: {visit}");
        let page = way.page("volunteer-01", &format!("/visits/{}", way.number)).await.body;
        for (number, phone) in [(&middle, "10087654321"), (&last, "10087650000")] {
            let path = format!("/visits/{number}/contact");
            assert!(page.contains(&path) && !page.contains(phone), "{page}");
            let clear = way.sends("volunteer-01", &path, &[]).await;
            assert_eq!(clear.status, 200, "{}", clear.body);
            assert!(clear.body.contains(phone) && !clear.body.contains(PHONE), "{}", clear.body);
            let (bearer, path) = (town.bearer("volunteer-01"), format!("/api/v1{path}"));
            let clear = town.send(&path, &[("authorization", &bearer)], &json!({})).await;
            assert_eq!(clear.json()["phone"], phone, "{}", clear.body);
            assert_eq!(lines(&town, number).await, 2, "each look with its own reporter");
        }
        assert_eq!(lines(&town, &way.number).await, 0);
    }

    async fn nobody_else_and_nobody_later_reaches_the_reporters_of_what_was_merged_through_the_visit(database: Database) {
        let town = Town::on(database).await;
        let (mut way, [_, last]) = to_visit(&town).await;
        let asks = async |who: &str| {
            let (bearer, path) = (town.bearer(who), format!("/api/v1/visits/{last}/contact"));
            town.send(&path, &[("authorization", &bearer)], &json!({})).await.status.as_u16()
        };
        assert_eq!((asks("volunteer-02").await, asks("supervisor").await), (404, 403));
        way.step("volunteer-01", "visit", json!({"method": "phone", "solved": true, "satisfaction": "satisfied"})).await;
        assert_eq!(asks("volunteer-01").await, 404, "it is made");
        assert_eq!(lines(&town, &last).await, 0);
    }

    async fn a_lead_and_a_question_that_run_on_a_merged_case_are_seen_from_the_one_that_goes_on(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = told(&town, "a", 0, "摊点占道").await;
        let (second, _) = told(&town, "b", 0, "占用消防通道").await;
        taken(&town, &first, "worker-01").await;
        let of = format!("/api/v1/cases/{second}");
        let lead = json!({"place": "东门", "finding": "占道", "item": "占道经营"});
        let lead = town.send_as("desk", &format!("{of}/referrals"), None, lead).await;
        assert_eq!(lead.status, 201, "{}", lead.body);
        let lead = text(&lead.json()["number"]);
        let question = json!({"kind": "supervise", "words": "通道清了没有", "answer_by": "2026-11-25T12:00:00+08:00"});
        let question = town.send_as("supervisor", &format!("{of}/supervision"), None, question).await;
        assert_eq!(question.status, 201, "{}", question.body);
        merged(&town, &second, &first).await;
        let shown = case(&town, "worker-01", &first).await;
        let other = &shown["merged"][0];
        assert_eq!((&other["referrals"][0]["number"], &other["referrals"][0]["state"]), (&json!(lead), &json!("referred")), "{other}");
        assert_eq!(other["supervision"][0]["words"], "通道清了没有", "{other}");
        let page = town.read("worker-01", &format!("/cases/{first}")).await.body;
        assert!(page.contains(&lead) && page.contains("通道清了没有"), "{page}");

        let refused = town.send_as("officer-01", &format!("/api/v1/referrals/{lead}/refuse"), Some(1), json!({"reason": "not_ours", "words": "不归我们管"})).await;
        assert_eq!(refused.status, 200, "{}", refused.body);
        town.settle().await;
        let came = town.read("worker-01", "/api/v1/messages").await;
        assert!(came.body.contains("referral_answered"), "who needs the answer hears of it: {}", came.body);
    }

    async fn a_question_that_waited_at_the_merge_needs_no_answer_and_its_reporter_reads_that(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = told(&town, "a", 0, "楼下一堆垃圾").await;
        let (second, code) = told(&town, "b", 0, "又一堆垃圾").await;
        taken(&town, &second, "steward-01").await;
        let asked = town.step("steward-01", &second, 4, "ask", json!({"question": "在几栋？"})).await;
        assert_eq!(asked.status, 200, "{}", asked.body);
        let waits = town.progress_page(&second, &code).await;
        assert!(waits.contains("提交回答") && !waits.contains("不用再回答"), "{waits}");
        assert!(progress(&town, &second, &code).await["question_over"].is_null());
        merged(&town, &second, &first).await;
        let over = town.progress_page(&second, &code).await;
        assert!(over.contains("这个问题不用再回答了") && !over.contains("提交回答"), "{over}");
        assert_eq!(progress(&town, &second, &code).await["question_over"], "在几栋？");
    }

    async fn a_question_is_over_once_the_work_is_done_without_its_answer(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = told(&town, "a", 0, "楼下一堆垃圾").await;
        taken(&town, &number, "steward-01").await;
        for (at, command, body) in [(4, "ask", json!({"question": "在几栋？"})), (5, "handle", json!({"note": "已清运", "claim": "solved"}))] {
            let done = town.step("steward-01", &number, at, command, body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
        }
        assert_eq!(progress(&town, &number, &code).await["question_over"], "在几栋？");
        assert!(town.progress_page(&number, &code).await.contains("这个问题不用再回答了"));
    }

    async fn the_merge_is_told_once_and_asking_for_it_again_says_that_it_is_another_matter(database: Database) {
        let town = Town::on(database).await;
        let (first, own) = told(&town, "a", 0, "楼下一堆垃圾").await;
        let (second, code) = told(&town, "b", 0, "又一堆垃圾").await;
        merged(&town, &second, &first).await;
        let shown = town.progress_page(&second, &code).await;
        assert!(shown.contains("已并入已有的同一件事") && !shown.contains("并入了另一件相同的上报"), "{shown}");
        assert!(shown.contains("这不是同一件事，单独办") && !shown.contains("没有解决，要求重办"), "{shown}");
        closed(&town, &first).await;
        let over = town.progress_page(&first, &own).await;
        assert!(over.contains("没有解决，要求重办") && !over.contains("这不是同一件事"), "{over}");
    }

    async fn an_orders_earlier_deadline_goes_along_with_a_merge_and_a_later_one_does_not(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = told(&town, "a", 0, "河边路灯不亮").await;
        taken(&town, &first, "steward-01").await;
        let own = case(&town, "desk", &first).await["due_at"].clone();
        let order = async |id: &str, due: &str| {
            let bearer = town.bearer("partner");
            let body = json!({"id": id, "text": "河边路灯不亮", "grid": format!("{HERE}-G01-M01"), "category": "20110", "due": due});
            let sent = town.send("/api/v1/orders", &[("authorization", &bearer)], &body).await;
            assert_eq!(sent.status, 201, "{}", sent.body);
            text(&sent.json()["number"])
        };
        let later = order("SJ-1", "2026-12-20T18:00:00+08:00").await;
        merged(&town, &later, &first).await;
        assert_eq!(case(&town, "desk", &first).await["due_at"], own, "a merge lengthens nothing");
        let sooner = "2026-11-23T15:00:00+08:00";
        let earlier = order("SJ-2", sooner).await;
        merged(&town, &earlier, &first).await;
        let shown = case(&town, "desk", &first).await;
        assert_eq!(shown["due_at"], sooner, "{shown}");
        let whole = shown["deadlines"].as_array().expect("deadlines").iter().find(|one| one["name"] == "whole");
        assert_eq!(whole.expect("the whole")["why"]["rule"], "order", "{shown}");
        let last = shown["trail"].as_array().and_then(|trail| trail.last()).expect("an entry");
        assert_eq!((&last["deed"], &last["case"], &last["due_at"]), (&json!("attached"), &json!(earlier), &json!(sooner)));
        let page = town.get_with(&format!("/cases/{first}"), &[("authorization", &town.bearer("desk")), ("accept-language", "zh-CN")]).await.body;
        assert!(page.contains("按那张工单的时限提前到"), "{page}");
    }

    async fn an_order_that_is_another_matter_after_all_takes_its_deadline_along(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = told(&town, "a", 0, "河边路灯不亮").await;
        taken(&town, &first, "steward-01").await;
        let own = case(&town, "desk", &first).await["due_at"].clone();
        let sooner = "2026-11-23T15:00:00+08:00";
        let bearer = town.bearer("partner");
        let body = json!({"id": "SJ-1", "text": "河边路灯不亮", "grid": format!("{HERE}-G01-M01"), "category": "20110", "due": sooner});
        let order = town.send("/api/v1/orders", &[("authorization", &bearer)], &body).await.json();
        let (number, code) = (text(&order["number"]), text(&order["code"]));
        merged(&town, &number, &first).await;
        assert_eq!(case(&town, "desk", &first).await["due_at"], sooner);
        let seen = format!("\"{}\"", case(&town, "desk", &number).await["version"]);
        let headers = [("receipt-code", code.as_str()), ("if-match", seen.as_str())];
        let apart = town.send(&format!("/api/v1/cases/{number}/reopen"), &headers, &json!({"reason": "不是同一盏灯"})).await;
        assert_eq!(apart.status, 200, "{}", apart.body);
        let shown = case(&town, "desk", &first).await;
        assert_eq!(shown["due_at"], own, "{shown}");
        let whole = shown["deadlines"].as_array().expect("deadlines").iter().find(|one| one["name"] == "whole");
        assert_ne!(whole.expect("the whole")["why"]["rule"], "order", "{shown}");
        let page = town.get_with(&format!("/cases/{first}"), &[("authorization", &town.bearer("desk")), ("accept-language", "zh-CN")]).await.body;
        assert!(page.contains("那张工单的时限不再适用"), "{page}");
    }

    async fn what_lies_far_apart_is_merged_only_by_whoever_says_that_it_is_one_problem(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = told(&town, "a", 0, "楼下一堆垃圾").await;
        let (second, _) = told(&town, "b", 2, "楼下一堆垃圾").await;
        let merge = async |far: Option<bool>| {
            let mut body = json!({"into": first, "reason": "同一堆垃圾"});
            if let Some(far) = far {
                body["far"] = json!(far);
            }
            town.step("desk", &second, 1, "merge", body).await
        };
        for far in [None, Some(false)] {
            let refused = merge(far).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, ("far".to_owned(), "merge-far".to_owned())), "{}", refused.body);
            assert!(refused.body.contains("1920 m apart") && refused.body.contains("示例网格-G01-M01"), "{}", refused.body);
        }
        assert_eq!(merge(Some(true)).await.status, 200);
    }

    async fn an_orders_deadline_that_came_along_before_the_filing_shortens_the_time_and_never_lengthens_it(database: Database) {
        let town = Town::on(database).await;
        let order = async |id: &str, due: &str| {
            let bearer = town.bearer("partner");
            let body = json!({"id": id, "text": "河边路灯不亮", "grid": format!("{HERE}-G01-M01"), "due": due});
            let sent = town.send("/api/v1/orders", &[("authorization", &bearer)], &body).await;
            assert_eq!(sent.status, 201, "{}", sent.body);
            text(&sent.json()["number"])
        };
        let (plain, _) = told(&town, "p", 0, "路灯不亮").await;
        let plain = town.step("desk", &plain, 1, "file", json!({"category": "20110"})).await.json()["due_at"].clone();
        for (id, due, wanted) in [
            ("SJ-1", "2026-12-20T18:00:00+08:00", plain),
            ("SJ-2", "2026-11-23T15:00:00+08:00", json!("2026-11-23T15:00:00+08:00")),
        ] {
            let (number, _) = told(&town, id, 0, "路灯不亮").await;
            let ordered = order(id, due).await;
            merged(&town, &ordered, &number).await;
            let filed = town.step("desk", &number, 2, "file", json!({"category": "20110"})).await;
            assert_eq!((filed.status.as_u16(), &filed.json()["due_at"]), (200, &wanted), "{id}: {}", filed.body);
        }
    }

    async fn whoever_told_what_was_merged_rates_the_end_and_says_that_it_is_not_solved(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = told(&town, "a", 0, "楼道都是水").await;
        let (second, code) = told(&town, "b", 0, "地下室进水").await;
        merged(&town, &second, &first).await;
        closed(&town, &first).await;
        let shown = town.progress_page(&second, &code).await;
        for form in ["rate", "unsolved", "reopen"] {
            assert!(shown.contains(&format!("action=\"/progress/{second}/{form}\"")), "{form}: {shown}");
        }
        let follows = async |command: &str, body: Value| {
            let on = progress(&town, &second, &code).await["goes_on"].clone();
            let seen = format!("\"{}\"", on["version"]);
            let headers = [("receipt-code", code.as_str()), ("if-match", seen.as_str())];
            let path = format!("/api/v1/cases/{second}/{command}?goes_on=true");
            (on["may"].clone(), town.send(&path, &headers, &body).await)
        };
        let rating = json!({"rating": {"satisfaction": "dissatisfied", "solved": false}});
        let (may, rated) = follows("rate", rating).await;
        assert_eq!((may, rated.status.as_u16()), (json!(["rate", "reopen"]), 200), "{}", rated.body);
        let (may, reopened) = follows("reopen", json!({"reason": "地下室还是湿的"})).await;
        assert_eq!((may, reopened.status.as_u16()), (json!(["reopen"]), 200), "{}", reopened.body);
        let shared = case(&town, "desk", &first).await;
        assert_eq!((&shared["state"], &shared["counts"]["reopenings"], &shared["reports"]), (&json!("filed"), &json!(1), &json!(2)));
        assert_eq!(case(&town, "desk", &second).await["state"], "merged", "it is the same matter still");
        let (may, late) = follows("withdraw", json!({})).await;
        assert_eq!((may, late.status.as_u16()), (json!([]), 403), "what is not theirs is not: {}", late.body);
    }

    async fn whoever_told_what_was_merged_says_that_it_was_redirected_wrongly_as_those_may_who_joined(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = told(&town, "a", 0, "楼道都是水").await;
        let (second, code) = told(&town, "b", 0, "地下室进水").await;
        merged(&town, &second, &first).await;
        let at = case(&town, "desk", &first).await["version"].as_i64().expect("a version");
        let away = json!({"redirect": "outside_area", "instead": "请找隔壁社区"});
        assert_eq!(town.step("desk", &first, at, "redirect", away).await.status, 200);
        let on = progress(&town, &second, &code).await["goes_on"].clone();
        assert_eq!(on["may"], json!(["reopen"]), "{on}");
        let seen = format!("\"{}\"", on["version"]);
        let headers = [("receipt-code", code.as_str()), ("if-match", seen.as_str())];
        let path = format!("/api/v1/cases/{second}/reopen?goes_on=true");
        let reopened = town.send(&path, &headers, &json!({"reason": "就在本社区"})).await;
        assert_eq!(reopened.status, 200, "{}", reopened.body);
        assert_eq!(case(&town, "desk", &first).await["state"], "reported");
    }

    async fn nobody_follows_a_case_that_their_own_was_not_merged_into(database: Database) {
        let town = Town::on(database).await;
        let (own, code) = told(&town, "a", 0, "楼道都是水").await;
        let headers = [("receipt-code", code.as_str()), ("if-match", "\"1\"")];
        let refused = town.send(&format!("/api/v1/cases/{own}/reopen?goes_on=true"), &headers, &json!({"reason": "还是湿的"})).await;
        assert_eq!((refused.status.as_u16(), refused.fault()), (422, ("goes_on".to_owned(), "field-unknown".to_owned())));
    }
}

/// A case that waits for its return visit, with two that were merged into it one behind the other: their numbers.
async fn to_visit(town: &Town) -> (Way<'_>, [String; 2]) {
    let mut way = Way::told(town).await;
    let mut numbers = [String::new(), String::new()];
    for (number, phone) in numbers.iter_mut().zip(["10087654321", "10087650000"]) {
        let body = json!({"text": "灯不亮", "location": {"lon": LON, "lat": LAT}, "contact": {"phone": phone}});
        let told = town
            .send("/api/v1/reports", &[("idempotency-key", phone)], &body)
            .await;
        assert_eq!(told.status, 201, "{}", told.body);
        *number = text(&told.json()["number"]);
    }
    merged(town, &numbers[1], &numbers[0]).await;
    merged(town, &numbers[0], &way.number).await;
    let version = case(town, "desk", &way.number).await["version"].as_i64();
    way.at = version.expect("a version");
    way.checked(VISITED, solved()).await;
    (way, numbers)
}

/// Filed, handled and closed.
async fn closed(town: &Town, number: &str) {
    let version = case(town, "desk", number).await["version"].as_i64();
    let mut at = version.expect("a version");
    for (who, command, body) in [
        ("desk", "file", json!({"category": "20110"})),
        ("desk", "dispatch", json!({"to": "steward-01"})),
        ("steward-01", "accept", json!({})),
        (
            "steward-01",
            "handle",
            json!({"note": "已清运", "claim": "solved"}),
        ),
        (
            "lead-01",
            "check",
            json!({"pass": true, "answer": "已清走"}),
        ),
    ] {
        let done = town.step(who, number, at, command, body).await;
        assert_eq!(done.status, 200, "{command}: {}", done.body);
        at = done.json()["version"].as_i64().expect("a version");
    }
}
