//! Forms of mediations that come back: with what was chosen, or with another key.

use axum::http::StatusCode;
use serde_json::json;
use testkit::on_both_databases;
use time::Duration;

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

    async fn a_step_of_a_mediation_that_comes_too_late_says_so_before_what_is_missing(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        let seen = form::value(&mediator.get(&page).await.body, "version").expect("a version");
        mediator.act(&page, "talk", &[("on", "2026-11-23"), ("words", "谈过")]).await;
        let late = [("version", seen.as_str()), ("words", "谈不拢")];
        let told = mediator.post(&format!("{page}/fail"), &late).await;
        assert_eq!(told.status, StatusCode::PRECONDITION_FAILED, "where to go instead is missing: {}", told.body);
        assert!(told.body.contains("谈不拢"), "{}", told.body);
        let token = office.token("steward-01").await;
        let (path, seen) = (format!("/api/v1{page}/fail"), format!("\"{seen}\""));
        let api = office.api("POST", &path, &token, &[("if-match", seen.as_str())], &json!({})).await;
        assert_eq!(api.status, StatusCode::PRECONDITION_FAILED, "{}", api.body);
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

    async fn a_mediation_stands_among_one_s_tasks_until_it_is_done_and_among_those_of_no_other(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let card = format!("data-mediation=\"{}\"", page.rsplit('/').next().expect("a number"));
        let tasks = async |who: &str| office.sign_in(who).await.get("/tasks").await.body;
        let mine = tasks("steward-01").await;
        assert!(mine.contains(&card) && mine.contains("由您调解的一件纠纷") && mine.contains("12月23日"), "{mine}");
        assert!(!mine.contains("装修"), "the matter stands on its own page: {mine}");
        for other in ["steward-02", "worker-01", "lead-01", "desk", "community-lead"] {
            assert!(!tasks(other).await.contains(&card), "{other}");
        }
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&page, "draft", &[("words", "白天施工")]).await;
        assert!(tasks("steward-01").await.contains(&card), "paper waits to be signed");
        mediator.act(&page, "agree", &[("on", "2026-11-23"), ("written", "no")]).await;
        assert!(!tasks("steward-01").await.contains(&card), "the look is not due for weeks");
        office.later(Duration::days(24));
        let due = tasks("steward-01").await;
        assert!(due.contains(&card) && due.contains("看看调解协议履行了没有"), "{due}");
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&page, "follow", &[("kept", "yes")]).await;
        assert!(!tasks("steward-01").await.contains(&card), "it is done");
    }

    async fn a_mediation_whose_mediator_is_away_is_a_task_of_the_lead_and_of_no_deputy(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let card = format!("data-mediation=\"{}\"", page.rsplit('/').next().expect("a number"));
        let away = [("until", "2026-11-30"), ("deputy", "")];
        office.sign_in("steward-01").await.post("/absence", &away).await;
        let tasks = async |who: &str| office.sign_in(who).await.get("/tasks").await.body;
        let lead = tasks("lead-01").await;
        assert!(lead.contains(&card) && lead.contains("调解人不在，请换人调解"), "{lead}");
        for other in ["steward-02", "lead-02", "worker-01", "community-lead"] {
            assert!(!tasks(other).await.contains(&card), "{other}");
        }
        office.sign_in("lead-01").await.act(&page, "hand_over", &[("to", "worker-01")]).await;
        assert!(!tasks("lead-01").await.contains(&card));
        assert!(tasks("worker-01").await.contains(&card));
    }

    async fn a_look_that_nobody_takes_is_told_once_to_mediator_and_lead(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&page, "draft", &[("words", "白天施工")]).await;
        mediator.act(&page, "agree", &[("on", "2026-11-23"), ("written", "yes")]).await;
        let late = "一件调解的回访逾期了";
        let told = async |who: &str| office.sign_in(who).await.get("/tasks").await.body.matches(late).count();
        office.later(Duration::days(31));
        office.tick().await;
        assert_eq!(told("lead-01").await, 0, "it has its days");
        office.later(Duration::days(7));
        office.tick().await;
        office.tick().await;
        for who in ["steward-01", "lead-01"] {
            assert_eq!(told(who).await, 1, "{who}");
        }
        let mine = office.sign_in("steward-01").await.get("/tasks").await.body;
        assert!(mine.contains("回访已逾期"), "the card stays: {mine}");
    }

    async fn day_and_form_of_an_agreement_stay_after_the_look(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&page, "draft", &[("words", "白天施工")]).await;
        mediator.act(&page, "agree", &[("on", "2026-11-23"), ("written", "no")]).await;
        office.later(Duration::days(30));
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&page, "follow", &[("kept", "no"), ("instead", "court")]).await;
        let shown = mediator.get(&page).await.body;
        assert!(shown.contains("2026年11月23日 达成口头协议；协议未履行") && shown.contains("达成口头协议"), "{shown}");
        let english = mediator.get_english(&page).await.body;
        assert!(english.contains("Party 1 (甲方)"), "sides as the words call them: {english}");
        let token = office.token("steward-01").await;
        let read = office.api("GET", &format!("/api/v1{page}"), &token, &[], &json!(null)).await;
        let read: serde_json::Value = serde_json::from_str(&read.body).expect("JSON");
        let told = json!([read["agreed_on"], read["written"], read["kept"], read["instead"]]);
        assert_eq!(told, json!(["2026-11-23", false, false, "court"]));
    }

    async fn two_cases_that_are_both_being_mediated_are_merged_only_when_one_mediation_is_over(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (first, second) = (desk.enter(NOISE, "G01-M01").await, desk.enter(NOISE, "G01-M01").await);
        opened(&office, "worker-01", "steward-01", &first).await;
        let other = opened(&office, "worker-01", "steward-01", &second).await;

        let version = desk.version(&second).await;
        let fields = [("version", version.as_str()), ("into", first.as_str()), ("words", "同一件事")];
        let refused = desk.post(&format!("/cases/{second}/merge"), &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("这两件事都正在调解") && refused.body.contains("请先结束其中一场调解"), "{}", refused.body);
        let token = office.token("desk").await;
        let seen = format!("\"{version}\"");
        let merge = async || {
            let into = json!({"into": first, "reason": "同一件事"});
            office.api("POST", &format!("/api/v1/cases/{second}/merge"), &token, &[("if-match", &seen)], &into).await
        };
        let refused = merge().await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("both-mediated") && refused.body.contains("end one of the two mediations first"), "{}", refused.body);

        office.sign_in("steward-01").await.act(&other, "withdraw", &[("words", "双方和好")]).await;
        let merged = merge().await;
        assert_eq!(merged.status, StatusCode::OK, "{}", merged.body);
    }

    async fn a_mediation_of_what_was_merged_before_counts_at_the_next_merge(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let [first, second, third] = [desk.enter(NOISE, "G01-M01").await, desk.enter(NOISE, "G01-M01").await, desk.enter(NOISE, "G01-M01").await];
        opened(&office, "worker-01", "steward-01", &third).await;
        opened(&office, "worker-01", "steward-01", &first).await;
        desk.step(&third, "merge", &[("into", second.as_str()), ("words", "同一件事")]).await;
        let version = desk.version(&second).await;
        let fields = [("version", version.as_str()), ("into", first.as_str()), ("words", "同一件事")];
        let refused = desk.post(&format!("/cases/{second}/merge"), &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("这两件事都正在调解"), "{}", refused.body);
    }

    async fn a_matter_about_a_worker_is_asked_about_and_goes_on_as_a_complaint_without_the_sides(database: Database) {
        let office = Office::furnish(database).await;
        let steward = office.sign_in("steward-01").await;
        let key = form::value(&steward.get("/mediations/new").await.body, "key").expect("a one-time key");
        let (grid, words) = (office.code("G01-M01"), "网格员收了我两百块钱");
        let mut typed = vec![("key", key.as_str()), ("kind", "neighbours"), ("grid", grid.as_str()), ("matter", words),
            ("name", "甲某"), ("phone", "10012345678"), ("name", "乙某"), ("phone", "")];
        let asked = steward.post("/mediations/new", &typed).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        assert!(asked.body.contains("name=\"about_worker\"") && asked.body.contains(words), "{}", asked.body);
        typed.push(("about_worker", "yes"));
        let led = steward.post("/mediations/new", &typed).await;
        assert_eq!(led.status, StatusCode::OK, "{}", led.body);
        assert!(led.body.contains(&format!("action=\"/g/{grid}/complaint\"")) && led.body.contains(words), "{}", led.body);
        assert!(!led.body.contains("10012345678"), "nobody knows which side would complain: {}", led.body);
        assert!(!steward.get("/mediations").await.body.contains("<td"), "nothing was opened");
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

    async fn a_steward_is_offered_the_grids_and_the_mediators_of_their_own_line_alone(database: Database) {
        let office = Office::furnish(database).await;
        let steward = office.sign_in("steward-01").await;
        let form = steward.get("/mediations/new").await.body;
        for (grid, is_offered) in [("G01-M01", true), ("G01-M02", false), ("G02", false)] {
            let choice = format!("value=\"{}\"", office.code(grid));
            assert_eq!(form.contains(&choice), is_offered, "{grid}: {form}");
        }
        for (mediator, is_offered) in [("steward-01", true), ("lead-01", true), ("steward-03", false), ("lead-02", false)] {
            let choice = format!("value=\"{mediator}\"");
            assert_eq!(form.contains(&choice), is_offered, "{mediator}: {form}");
        }
    }

    async fn another_step_of_one_s_own_other_window_is_not_said_to_have_been_this_one(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&page, "draft", &[("words", "白天施工")]).await;
        let talk = [("version", "1"), ("on", "2026-11-23"), ("words", "双方都说开了")];
        let late = mediator.post(&format!("{page}/talk"), &talk).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{}", late.body);
        assert!(late.body.contains("您这一次的操作没有生效") && !late.body.contains("这一次没有再办"), "{}", late.body);
        let other = mediator.post(&format!("{page}/draft"), &[("version", "1"), ("words", "夜里不施工")]).await;
        assert!(other.body.contains("您这一次的操作没有生效"), "other words: {}", other.body);
        let same = mediator.post(&format!("{page}/draft"), &[("version", "1"), ("words", "白天施工")]).await;
        assert!(same.body.contains("这一次没有再办"), "the very same: {}", same.body);
    }

    async fn a_step_that_comes_twice_with_the_name_of_a_party_in_it_is_known_as_the_very_same(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        let words = ("words", "示例张三愿意改到白天");
        for (step, version, more) in [("talk", "1", Some(("on", "2026-11-23"))), ("draft", "2", None)] {
            let with = |words| [("version", version), words].into_iter().chain(more).collect::<Vec<_>>();
            let sent = with(words);
            let first = mediator.post(&format!("{page}/{step}"), &sent).await;
            assert_eq!(first.status, StatusCode::SEE_OTHER, "{step}: {}", first.body);
            let again = mediator.post(&format!("{page}/{step}"), &sent).await;
            assert_eq!(again.status, StatusCode::PRECONDITION_FAILED, "{step}: {}", again.body);
            assert!(again.body.contains("这一次没有再办"), "{step}: {}", again.body);
            let other = with(("words", "示例李四愿意改到白天"));
            let other = mediator.post(&format!("{page}/{step}"), &other).await;
            assert!(other.body.contains("您这一次的操作没有生效"), "{step}, of the other side: {}", other.body);
        }
    }

    async fn words_of_a_step_that_is_offered_no_more_are_shown_again(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&page, "draft", &[("words", "白天施工")]).await;
        mediator.act(&page, "agree", &[("on", "2026-11-23"), ("written", "no")]).await;
        for (version, status) in [("2", StatusCode::PRECONDITION_FAILED), ("3", StatusCode::CONFLICT)] {
            let talk = [("version", version), ("on", "2026-11-23"), ("words", "双方都说开了")];
            let late = mediator.post(&format!("{page}/talk"), &talk).await;
            assert_eq!(late.status, status, "{}", late.body);
            assert!(late.body.contains("id=\"unsent\"") && late.body.contains("双方都说开了"), "{}", late.body);
        }
    }

    async fn whoever_mediates_no_more_hears_so_and_keeps_what_they_wrote(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        office.sign_in("lead-01").await.act(&page, "hand_over", &[("to", "worker-01")]).await;
        let talk = [("version", "1"), ("on", "2026-11-23"), ("words", "双方都说开了")];
        for (account, was_theirs) in [("steward-01", true), ("steward-02", false)] {
            let late = office.sign_in(account).await.post(&format!("{page}/talk"), &talk).await;
            assert_eq!(late.status, StatusCode::NOT_FOUND, "{account}: {}", late.body);
            assert!(late.body.contains("双方都说开了"), "{account}: {}", late.body);
            assert_eq!(late.body.contains("已换了调解人"), was_theirs, "{account}: {}", late.body);
        }
    }

    async fn a_step_out_of_order_says_what_may_be_done_instead(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        let early = [("version", "1"), ("on", "2026-11-23"), ("written", "no")];
        let early = mediator.post(&format!("{page}/agree"), &early).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
        assert!(early.body.contains("现在可以：记一次谈话、写协议"), "{}", early.body);
        let token = office.token("steward-01").await;
        let headers = [("if-match", "\"1\""), ("accept-language", "en")];
        let body = json!({"on": "2026-11-23", "written": false});
        let early = office.api("POST", &format!("/api/v1{page}/agree"), &token, &headers, &body).await;
        let told: serde_json::Value = serde_json::from_str(&early.body).expect("JSON");
        let detail = told["detail"].as_str().expect("words");
        assert!(detail.starts_with("The mediation is") && detail.contains("What can be done: "), "{told}");
    }

    async fn a_slip_says_whom_to_call(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let slip = office.sign_in("steward-01").await.get(&format!("{page}/receipt")).await.body;
        let number = slip.split("<dt>社区电话</dt><dd>").nth(1).and_then(|rest| rest.split('<').next());
        assert!(number.is_some_and(|number| number.len() > 4), "{slip}");
    }
}
