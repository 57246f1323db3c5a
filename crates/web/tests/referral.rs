//! A lead on its way through the real router: from a case by a worker, through two officers, back into the case.

mod colleague;
mod common;
#[path = "referral/named.rs"]
mod named;

use axum::http::StatusCode;
use colleague::matters::LEAD;
use colleague::{Colleague, Office, form};
use serde_json::json;
use testkit::on_both_databases;
use time::Duration;

const STALL: &str = "无照摊点占用消防通道";

/// A worker refers a lead from a case of the desk; gives the case and the referral's page.
async fn referred(office: &Office) -> (String, String) {
    let number = office.sign_in("desk").await.enter(STALL, "G01-M01").await;
    let page = office.sign_in("worker-01").await.refer(&number).await;
    (number, page)
}

async fn taken(officer: &Colleague<'_>, page: &str) {
    officer.act(page, "take", &[("second", "officer-02")]).await;
}

on_both_databases! {
    async fn a_lead_goes_from_the_case_through_two_officers_and_comes_back_into_the_case(database: Database) {
        let office = Office::furnish(database).await;
        let (case, page) = referred(&office).await;
        let officer = office.sign_in("officer-01").await;
        let list = officer.get("/referrals").await.body;
        assert!(list.contains(&page), "{list}");
        let shown = officer.get(&page).await.body;
        assert!(shown.contains("占用、堵塞、封闭消防车通道"), "{shown}");
        assert!(shown.contains("/photos/"), "the evidence is there: {shown}");
        assert!(!shown.contains("13800001234"), "numbers are starred out: {shown}");
        taken(&officer, &page).await;
        officer.act(&page, "start", &[("procedure", "general")]).await;
        let second = office.sign_in("officer-02").await;
        second.act(&page, "end", &[("result", "corrected_on_spot"), ("words", "摊点已当场撤离")]).await;

        let worker = office.sign_in("worker-01").await;
        let shown = worker.get(&format!("/cases/{case}")).await.body;
        assert!(shown.contains("执法线索有了结果：当场改正"), "{shown}");
        assert!(shown.contains("摊点已当场撤离"), "{shown}");
        office.follow().await;
        let owner = office.sign_in("steward-01").await;
        let told = owner.get("/tasks").await.body;
        assert!(told.contains("执法线索的结果回到了您负责的事件"), "{told}");
        let referrer = worker.get("/tasks").await.body;
        assert!(referrer.contains("您移送的线索有了结果"), "{referrer}");
        let english = worker.get_english(&page).await.body;
        assert!(english.contains("Put right on the spot"), "{english}");
        assert!(english.contains("General procedure"), "{english}");
    }

    async fn the_case_goes_on_and_its_clock_runs_while_officers_have_the_lead(database: Database) {
        let office = Office::furnish(database).await;
        let (case, page) = referred(&office).await;
        let desk = office.sign_in("desk").await;
        desk.step(&case, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&case, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        let shown = desk.get(&case_page(&case)).await.body;
        assert!(shown.contains("待受理"), "the lead is shown on the case: {shown}");
        let officer = office.sign_in("officer-01").await;
        officer.act(&page, "refuse", &[("reason", "not_ours"), ("words", "请找市场监管所")]).await;
        let shown = desk.get(&case_page(&case)).await.body;
        assert!(shown.contains("tag--dispatched"), "the case stands where it stood: {shown}");
        assert!(shown.contains("请找市场监管所"), "{shown}");
    }

    async fn a_grid_worker_can_only_refer_and_two_officers_are_two_people(database: Database) {
        let office = Office::furnish(database).await;
        let (_, page) = referred(&office).await;
        for account in ["worker-01", "lead-01", "desk", "community-lead", "supervisor"] {
            let somebody = office.sign_in(account).await;
            let take = [("version", "1"), ("second", "officer-02")];
            let answer = somebody.post(&format!("{page}/take"), &take).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{account}: {}", answer.body);
        }
        let officer = office.sign_in("officer-01").await;
        let same = [("version", "1"), ("second", "officer-01")];
        let answer = officer.post(&format!("{page}/take"), &same).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
        assert!(answer.body.contains("两名不同的执法人员"), "{}", answer.body);
        let nobody = [("version", "1"), ("second", "worker-01")];
        let answer = officer.post(&format!("{page}/take"), &nobody).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
        taken(&officer, &page).await;
        let penalty = [("version", "2"), ("result", "penalty_decided")];
        let answer = officer.post(&format!("{page}/end"), &penalty).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "a procedure comes first: {}", answer.body);
    }

    async fn who_has_no_part_in_a_lead_does_not_find_it(database: Database) {
        let office = Office::furnish(database).await;
        let (case, page) = referred(&office).await;
        let (print, photo) = (format!("{page}/print"), first_photo(&office, &page).await);
        for (account, status) in [
            ("worker-02", StatusCode::NOT_FOUND),
            ("lead-02", StatusCode::NOT_FOUND),
            ("steward-01", StatusCode::FORBIDDEN),
            ("department-water", StatusCode::FORBIDDEN),
        ] {
            let somebody = office.sign_in(account).await;
            for path in [&page, &print, &photo] {
                assert_eq!(somebody.get(path).await.status, status, "{account} {path}");
            }
        }
        let list = office.sign_in("worker-02").await.get("/referrals?state=all").await.body;
        assert!(!list.contains(&page), "{list}");
        let far = office.sign_in("worker-02").await.get(&format!("/cases/{case}/refer")).await;
        assert_eq!(far.status, StatusCode::NOT_FOUND);
        let officer = office.sign_in("officer-01").await;
        for path in [&page, &print, &photo] {
            assert_eq!(officer.get(path).await.status, StatusCode::OK, "{path}");
        }
        // the lead, not the case, is the officers'
        assert_eq!(officer.get(&case_page(&case)).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_second_lead_waits_for_the_first_and_a_faulty_form_is_kept(database: Database) {
        let office = Office::furnish(database).await;
        let (case, page) = referred(&office).await;
        let worker = office.sign_in("worker-01").await;
        let to = format!("/cases/{case}/refer");
        let again = worker.post_photo(&to, &LEAD).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
        assert!(again.body.contains("每天 18 时起占用通道"), "nothing typed is lost: {}", again.body);
        worker.act(&page, "withdraw", &[]).await;
        let faulty = worker.post_photo(&to, &[("place", "东门"), ("finding", ""), ("item", "x")]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(faulty.body.contains("value=\"东门\""), "{}", faulty.body);
        let once_more = worker.post_photo(&to, &LEAD).await;
        assert_eq!(once_more.status, StatusCode::SEE_OTHER, "{}", once_more.body);
    }

    async fn photos_of_a_faulty_lead_are_kept_and_every_fault_is_told_at_once(database: Database) {
        let office = Office::furnish(database).await;
        let number = office.sign_in("desk").await.enter(STALL, "G01-M01").await;
        let worker = office.sign_in("worker-01").await;
        let to = format!("/cases/{number}/refer");
        let faulty = [("place", "东门"), ("finding", ""), ("item", "x")];
        let good = form::photo();
        let photos = [("good.png", good.as_slice()), ("none.png", b"no photo".as_slice())];
        let faulty = worker.post_photos(&to, &faulty, &photos).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", faulty.body);
        for fault in ["id=\"finding-fault\"", "id=\"photo-fault\"", "none.png"] {
            assert!(faulty.body.contains(fault), "{fault}: {}", faulty.body);
        }
        let kept = form::value(&faulty.body, "kept").expect("the photo that can be used");
        let mut again = LEAD.to_vec();
        again.push(("kept", kept.as_str()));
        let sent = worker.post(&to, &again).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let page = sent.header("location").split('?').next().expect("a page");
        let shown = worker.get(page).await.body;
        assert_eq!(shown.matches("/photos/").count() / 2, 1, "the photo chosen first went along: {shown}");
    }

    async fn a_lead_that_two_officers_have_is_not_taken_again_and_a_late_step_hears_who_was_faster(database: Database) {
        let office = Office::furnish(database).await;
        let (_, page) = referred(&office).await;
        let (first, second) = (office.sign_in("officer-01").await, office.sign_in("officer-02").await);
        taken(&first, &page).await;
        let late = second.post(&format!("{page}/refuse"), &[("version", "1"), ("reason", "not_ours"), ("words", "x")]).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{}", late.body);
        let who = office.name_of("officer-01");
        assert!(late.body.contains(&format!("{who} · ")) && late.body.contains("已于"), "{}", late.body);
        let token = office.token("officer-02").await;
        let late = office.api("POST", &format!("/api/v1{page}/refuse"), &token, &[("if-match", "\"1\"")], &json!({"reason": "not_ours", "words": "x"})).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{}", late.body);
        let late: serde_json::Value = serde_json::from_str(&late.body).expect("JSON");
        assert_eq!((&late["done"]["deed"], &late["done"]["by"]), (&json!("taken"), &json!(who)));
    }

    async fn handing_a_lead_on_is_called_so_and_not_taking_it(database: Database) {
        let office = Office::furnish(database).await;
        let case = office.sign_in("desk").await.enter(STALL, "G02-M01").await;
        let page = office.sign_in("worker-02").await.refer(&case).await;
        let officer = office.sign_in("officer-01").await;
        let button = |page: &str| {
            let form = page.split("/take\" class=\"stack\"").nth(1).expect("a form");
            form.split("</button>").next().expect("a button").rsplit('>').next().unwrap_or_default().to_owned()
        };
        assert_eq!(button(&officer.get(&page).await.body), "受理");
        let first = officer.act(&page, "take", &[("second", "officer-02")]).await;
        assert!(first.header("location").ends_with("?done=take"), "{}", first.header("location"));
        let shown = officer.get(&page).await.body;
        assert_eq!(button(&shown), "转办给别的执法人员");
        assert_eq!(button(&officer.get_english(&page).await.body), "Hand it on to another officer");
        let handed = officer.act(&page, "take", &[("second", "officer-03")]).await;
        let told = officer.get(handed.header("location")).await.body;
        assert!(told.contains("已转办，时限不变。") && !told.contains("已受理。"), "{told}");
        let (one, other) = (office.name_of("officer-01"), office.name_of("officer-03"));
        assert!(told.contains(&format!("转由{one}、{other}办理")), "{told}");
    }

    async fn a_message_of_a_lead_that_was_handed_on_names_who_has_it_now_and_the_one_before_says_it_was_taken(database: Database) {
        let office = Office::furnish(database).await;
        let case = office.sign_in("desk").await.enter(STALL, "G02-M01").await;
        let referrer = office.sign_in("worker-02").await;
        let page = referrer.refer(&case).await;
        let officer = office.sign_in("officer-01").await;
        taken(&officer, &page).await;
        office.follow().await;
        let (taken, handed) = ("执法线索已受理", "执法线索已转办给");
        let told = referrer.get("/tasks").await.body;
        assert!(told.contains(taken) && !told.contains(handed), "{told}");
        officer.act(&page, "take", &[("second", "officer-03")]).await;
        office.follow().await;
        let two = format!("{handed}{}、{}", office.name_of("officer-01"), office.name_of("officer-03"));
        let third = office.sign_in("officer-03").await;
        let told = third.get("/tasks").await.body;
        assert!(told.contains(&two) && !told.contains(taken), "{told}");
        let english = third.get_english("/tasks").await.body;
        assert!(english.contains("An enforcement lead was handed on to "), "{english}");
        let told = referrer.get("/tasks").await.body;
        assert!(told.contains(&two) && told.contains(taken), "each by itself: {told}");
    }

    async fn while_an_officer_is_away_the_officer_who_stands_in_finds_the_lead_and_goes_on_until_they_are_back(database: Database) {
        let office = Office::furnish(database).await;
        let (case, page) = referred(&office).await;
        let (officer, deputy) = (office.sign_in("officer-01").await, office.sign_in("officer-03").await);
        taken(&officer, &page).await;
        assert_eq!(deputy.get(&page).await.status, StatusCode::NOT_FOUND, "an officer of another area");
        away(&officer, "officer-03").await;

        let list = deputy.get("/referrals").await.body;
        assert!(list.contains(&page), "{list}");
        let shown = deputy.get(&page).await.body;
        assert!(shown.contains("示例officer-01不在岗，由示例officer-03代办"), "{shown}");
        let take = deputy.post(&format!("{page}/take"), &[("version", "2"), ("second", "officer-02")]).await;
        assert_eq!(take.status, StatusCode::FORBIDDEN, "they go on with it and take none of another area: {}", take.body);
        deputy.act(&page, "start", &[("procedure", "simple")]).await;

        assert_eq!(officer.post("/absence/back", &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(deputy.get(&page).await.status, StatusCode::NOT_FOUND, "it went back");
        let shown = officer.get(&page).await.body;
        assert!(shown.contains("示例officer-03 · ") && shown.contains("（代示例officer-01）"), "the trail says for whom: {shown}");
        assert!(!shown.contains("不在岗，由"), "{shown}");
        officer.act(&page, "end", &[("result", "corrected_on_spot")]).await;
        let shown = office.sign_in("worker-01").await.get(&case_page(&case)).await.body;
        assert!(shown.contains("执法线索有了结果：当场改正"), "{shown}");
    }

    async fn the_list_of_second_officers_says_who_is_away(database: Database) {
        let office = Office::furnish(database).await;
        let case = office.sign_in("desk").await.enter(STALL, "G02-M01").await;
        let page = office.sign_in("worker-02").await.refer(&case).await;
        let officer = office.sign_in("officer-01").await;
        let (there, gone) = (office.name_of("officer-02"), office.name_of("officer-03"));
        let shown = officer.get(&page).await.body;
        assert!(shown.contains(&format!("{gone}</option>")), "{shown}");
        away(&office.sign_in("officer-03").await, "officer-02").await;
        let shown = officer.get(&page).await.body;
        let marked = shown.split("</option>").find(|option| option.contains(&gone));
        assert!(marked.is_some_and(|option| option.ends_with("前不在岗）")), "{shown}");
        assert!(shown.contains(&format!("{there}</option>")), "{shown}");
        let english = officer.get_english(&page).await.body;
        assert!(english.contains(&format!("{gone} (away until ")), "{english}");
    }

    async fn a_lead_goes_to_no_deputy_who_is_no_officer_and_then_the_team_may_take_it_over(database: Database) {
        let office = Office::furnish(database).await;
        let case = office.sign_in("desk").await.enter(STALL, "G02-M01").await;
        let page = office.sign_in("worker-02").await.refer(&case).await;
        let (first, second) = (office.sign_in("officer-01").await, office.sign_in("officer-02").await);
        let third = office.sign_in("officer-03").await;
        taken(&first, &page).await;
        away(&first, "desk").await;
        let desk = office.sign_in("desk").await;
        let end = [("version", "2"), ("result", "no_violation")];
        assert_eq!(desk.post(&format!("{page}/end"), &end).await.status, StatusCode::FORBIDDEN);
        let shown = second.get(&page).await.body;
        assert!(shown.contains("示例officer-01不在岗，没有执法人员代办，请由另一人转交"), "{shown}");
        let over = [("version", "2"), ("second", "officer-02")];
        let early = third.post(&format!("{page}/take"), &over).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "the second one is there: {}", early.body);
        away(&second, "desk").await;
        let over = third.post(&format!("{page}/take"), &over).await;
        assert_eq!(over.status, StatusCode::CONFLICT, "{}", over.body);
        assert!(over.body.contains("所选的人不在岗"), "it may be taken over, with somebody who is there: {}", over.body);
    }

    async fn a_second_officer_who_is_away_is_no_second_and_whoever_stands_in_for_the_other_does_not_go_on_alone(database: Database) {
        let office = Office::furnish(database).await;
        let case = office.sign_in("desk").await.enter(STALL, "G02-M01").await;
        let page = office.sign_in("worker-02").await.refer(&case).await;
        let (first, second) = (office.sign_in("officer-01").await, office.sign_in("officer-02").await);
        away(&second, "officer-01").await;
        let alone = first.post(&format!("{page}/take"), &[("version", "1"), ("second", "officer-02")]).await;
        assert_eq!(alone.status, StatusCode::CONFLICT, "{}", alone.body);
        assert!(alone.body.contains("所选的人不在岗"), "{}", alone.body);
        assert_eq!(second.post("/absence/back", &[]).await.status, StatusCode::SEE_OTHER);
        taken(&first, &page).await;
        away(&second, "officer-01").await;
        for (command, field) in [("start", ("procedure", "simple")), ("end", ("result", "no_violation"))] {
            let alone = first.post(&format!("{page}/{command}"), &[("version", "2"), field]).await;
            assert_eq!(alone.status, StatusCode::CONFLICT, "{command}: {}", alone.body);
            assert!(alone.body.contains("一个人不能顶两个人"), "{command}: {}", alone.body);
        }
        let shown = first.get(&page).await.body;
        assert!(shown.contains("没有执法人员代办，请由另一人转交"), "{shown}");
        first.act(&page, "take", &[("second", "officer-03")]).await;
        first.act(&page, "end", &[("result", "no_violation")]).await;
    }

    async fn where_two_of_a_team_are_not_there_an_officer_who_stands_in_makes_the_second(database: Database) {
        let office = Office::furnish(database).await;
        let (_, page) = referred(&office).await;
        let (second, deputy) = (office.sign_in("officer-02").await, office.sign_in("officer-03").await);
        assert_eq!(deputy.get(&page).await.status, StatusCode::NOT_FOUND, "an officer of another area");
        away(&office.sign_in("officer-01").await, "officer-03").await;
        let shown = second.get(&page).await.body;
        assert!(shown.contains("value=\"officer-03\"") && !shown.contains("正在等待"), "{shown}");
        assert_eq!(deputy.get(&page).await.status, StatusCode::OK, "whoever can take it finds it");
        second.act(&page, "take", &[("second", "officer-03")]).await;
        deputy.act(&page, "end", &[("result", "no_violation")]).await;
    }

    async fn a_lead_that_two_officers_cannot_be_found_for_says_whom_it_waits_for_and_desk_and_supervisor_hear_once(database: Database) {
        let office = Office::furnish(database).await;
        let case = office.sign_in("desk").await.enter(STALL, "G02-M01").await;
        let page = office.sign_in("worker-02").await.refer(&case).await;
        let third = office.sign_in("officer-03").await;
        away(&office.sign_in("officer-01").await, "desk").await;
        office.tick().await;
        office.follow().await;
        let supervisor = office.sign_in("supervisor").await;
        assert!(!supervisor.get("/work").await.body.contains("正在等人"), "two are there");
        away(&office.sign_in("officer-02").await, "desk").await;
        let shown = third.get(&page).await.body;
        assert!(shown.contains("等示例officer-01、示例officer-02返岗"), "{shown}");
        let english = third.get_english(&page).await.body;
        assert!(english.contains("Fewer than two officers are there"), "{english}");
        for _ in 0..2 {
            office.tick().await;
            office.follow().await;
        }
        for (account, at) in [("supervisor", "/work"), ("desk", "/tasks"), ("worker-02", "/tasks")] {
            let told = office.sign_in(account).await.get(at).await.body;
            assert_eq!(told.matches("没有两名执法人员可办").count(), 1, "{account}: {told}");
        }
        assert!(third.get(&page).await.body.contains("已告知综合窗口和监督员"));
        assert_eq!(office.sign_in("officer-02").await.post("/absence/back", &[]).await.status, StatusCode::SEE_OTHER);
        let shown = third.get(&page).await.body;
        assert!(!shown.contains("正在等待"), "{shown}");
        third.act(&page, "take", &[("second", "officer-02")]).await;
    }

    async fn a_case_tells_of_its_leads_and_for_whom_a_result_came(database: Database) {
        let office = Office::furnish(database).await;
        let (case, page) = referred(&office).await;
        let worker = office.token("worker-01").await;
        let read = async |path: String| -> serde_json::Value {
            let answer = office.api("GET", &path, &worker, &[], &json!(null)).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            serde_json::from_str(&answer.body).expect("JSON")
        };
        let whole = format!("/api/v1/cases/{case}?with=trail");
        let lead = &read(whole.clone()).await["referrals"][0];
        assert_eq!((&lead["state"], &lead["result"]), (&json!("referred"), &json!(null)), "{lead}");
        assert!(page.ends_with(lead["number"].as_str().expect("a number")), "{lead}");
        assert!(lead["team"].is_object() && lead.get("finding").is_none(), "{lead}");
        assert!(read(format!("/api/v1/cases/{case}")).await.get("referrals").is_none());
        let officer = office.sign_in("officer-01").await;
        taken(&officer, &page).await;
        away(&officer, "officer-03").await;
        let deputy = office.sign_in("officer-03").await;
        deputy.act(&page, "end", &[("result", "corrected_on_spot")]).await;
        let told = read(whole).await;
        let lead = &told["referrals"][0];
        assert_eq!((&lead["state"], &lead["result"]), (&json!("ended"), &json!("corrected_on_spot")), "{lead}");
        let mut trail = told["trail"].as_array().expect("a trail").iter();
        let answered = trail.find(|one| one["deed"] == "referral_answered").expect("the answer");
        let (by, absent) = (office.name_of("officer-03"), office.name_of("officer-01"));
        assert_eq!((&answered["actor"], &answered["stands_for"]), (&json!(by), &json!(absent)));
        let shown = office.sign_in("worker-01").await.get(&case_page(&case)).await.body;
        assert!(shown.contains(&format!("（代{absent}）")), "{shown}");
    }

    async fn whoever_has_both_sides_of_a_merge_hears_of_an_answer_once(database: Database) {
        let office = Office::furnish(database).await;
        let (first, page) = referred(&office).await;
        let desk = office.sign_in("desk").await;
        let second = desk.enter(STALL, "G01-M01").await;
        desk.step(&first, "merge", &[("into", second.as_str()), ("words", "同一件事")]).await;
        let officer = office.sign_in("officer-01").await;
        officer.act(&page, "refuse", &[("reason", "no_breach"), ("words", "现场没有发现")]).await;
        office.follow().await;
        let told = office.sign_in("steward-01").await.get("/tasks").await.body;
        assert_eq!(told.matches("执法线索的结果回到了您负责的事件").count(), 1, "{told}");
    }

    async fn time_says_once_that_nobody_took_a_lead(database: Database) {
        let office = Office::furnish(database).await;
        referred(&office).await;
        office.tick().await;
        let officer = office.sign_in("officer-01").await;
        assert!(!officer.get("/tasks").await.body.contains("超过了时限"));
        office.later(Duration::days(3));
        office.tick().await;
        office.tick().await;
        for account in ["officer-01", "worker-01"] {
            let told = office.sign_in(account).await.get("/tasks").await.body;
            assert_eq!(told.matches("超过了时限").count(), 1, "{account}: {told}");
        }
    }

    async fn the_api_refers_and_answers_with_the_same_rules(database: Database) {
        let office = Office::furnish(database).await;
        let case = office.sign_in("desk").await.enter(STALL, "G01-M01").await;
        let (worker, officer) = (office.token("worker-01").await, office.token("officer-01").await);
        let lead = json!({"place": "东门", "finding": "占道", "item": "占道经营"});
        let to = format!("/api/v1/cases/{case}/referrals");
        let referred = office.api("POST", &to, &worker, &[], &lead).await;
        assert_eq!(referred.status, StatusCode::CREATED, "{}", referred.body);
        assert_eq!(referred.header("etag"), "\"1\"", "what If-Match names");
        let referred: serde_json::Value = serde_json::from_str(&referred.body).expect("JSON");
        let page = format!("/api/v1/referrals/{}", referred["number"].as_str().expect("a number"));
        let seen = [("if-match", "\"1\"")];
        let early = office.api("POST", &format!("{page}/end"), &officer, &seen, &json!({"result": "no_violation"})).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
        let early: serde_json::Value = serde_json::from_str(&early.body).expect("JSON");
        assert_eq!(early["may"], json!(["take", "refuse"]));
        let unversioned = office.api("POST", &format!("{page}/take"), &officer, &[], &json!({"second": "officer-02"})).await;
        assert_eq!(unversioned.status, StatusCode::PRECONDITION_REQUIRED);
        let person = office.api("POST", &to, &worker, &[], &json!({"place": "x", "finding": "x", "item": "x", "offender": "x"})).await;
        assert_eq!(person.status, StatusCode::UNPROCESSABLE_ENTITY, "there is no field for a person");
        let take = office.api("POST", &format!("{page}/take"), &officer, &seen, &json!({"second": "officer-02"})).await;
        assert_eq!(take.status, StatusCode::OK, "{}", take.body);
        let stale = office.api("POST", &format!("{page}/end"), &officer, &seen, &json!({"result": "no_violation"})).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let seen = [("if-match", "\"2\"")];
        let end = office.api("POST", &format!("{page}/end"), &officer, &seen, &json!({"result": "no_violation"})).await;
        assert_eq!(end.status, StatusCode::OK, "{}", end.body);
        let read = office.api("GET", &page, &officer, &[], &json!(null)).await;
        assert_eq!((end.header("etag"), read.header("etag")), ("\"3\"", "\"3\""));
        let list = office.api("GET", "/api/v1/referrals?state=ended", &officer, &[], &json!(null)).await;
        assert!(list.body.contains(referred["number"].as_str().expect("a number")), "{}", list.body);
    }

    async fn a_task_offers_to_refer_a_lead_and_tells_of_one_that_runs(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = desk.enter(STALL, "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "worker-01")]).await;
        let (task, refer) = (format!("/tasks/{number}"), format!("/cases/{number}/refer"));
        let offered = worker.get(&task).await.body;
        assert!(offered.contains(&format!("href=\"{refer}\"")), "{offered}");
        assert_eq!(worker.get(&refer).await.status, StatusCode::OK);
        let page = worker.refer(&number).await;
        let runs = worker.get(&task).await.body;
        assert!(runs.contains("待受理") && runs.contains(&format!("href=\"{page}\"")), "{runs}");
        assert!(!runs.contains(&format!("href=\"{refer}\"")), "{runs}");
        let late = worker.get(&refer).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "before anything is written: {}", late.body);
        assert!(late.body.contains("这件事已有一条线索在办理"), "{}", late.body);
    }
}

/// Tells that a colleague is away for a week.
async fn away(colleague: &Colleague<'_>, deputy: &str) {
    let told = colleague
        .post("/absence", &[("until", "2026-11-30"), ("deputy", deputy)])
        .await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
}

fn case_page(number: &str) -> String {
    format!("/cases/{number}")
}

async fn first_photo(office: &Office, page: &str) -> String {
    let shown = office.sign_in("officer-01").await.get(page).await.body;
    let id = shown.split(&format!("{page}/photos/")).nth(1);
    let id = id.and_then(|rest| rest.split('"').next()).expect("a photo");
    format!("{page}/photos/{id}")
}
