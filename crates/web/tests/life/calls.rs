//! Whoever called departments to the spot hears what becomes of it, and finds what is theirs to do; nobody is called later than the
//! work is due, and no department to its own case.

use axum::http::StatusCode;
use testkit::on_both_databases;
use time::Duration;

use super::colleague::{Colleague, Office};
use super::waits::owed;
use super::{LEAK, at_work, page, refused};

/// Whoever leads the grid calls the water station to a case of its worker.
async fn called(lead: &Colleague<'_>, number: &str, urgency: &str) {
    let call = [
        ("urgency", urgency),
        ("departments", "D01"),
        ("words", "请到现场封堵"),
    ];
    lead.step(number, "whistle", &call).await;
}

/// A case of a worker to which the lead of the grid called the water station.
struct Whistle<'a> {
    worker: Colleague<'a>,
    lead: Colleague<'a>,
    water: Colleague<'a>,
    number: String,
}

async fn whistled(office: &Office) -> Whistle<'_> {
    let (desk, worker) = (
        office.sign_in("desk").await,
        office.sign_in("worker-01").await,
    );
    let (lead, water) = (
        office.sign_in("lead-01").await,
        office.sign_in("department-water").await,
    );
    let number = at_work(&desk, &worker).await;
    called(&lead, &number, "urgent").await;
    Whistle {
        worker,
        lead,
        water,
        number,
    }
}

on_both_databases! {
    async fn whoever_whistled_hears_each_step_and_has_a_card_until_the_response_is_rated(database: Database) {
        let office = Office::furnish(database).await;
        let Whistle { worker, lead, water, number } = whistled(&office).await;
        for (step, said) in [
            ("acknowledge", "部门响应了吹哨"),
            ("report_in", "部门已到现场"),
            ("finish", "部门完成了任务，请您评价响应"),
        ] {
            let words: &[(&str, &str)] = if step == "finish" { &[("words", "已封堵")] } else { &[] };
            assert_eq!(owed(&lead, &number).await, None, "nothing to rate before {step}");
            water.step(&number, step, words).await;
            office.follow().await;
            let tasks = lead.get("/tasks").await.body;
            assert!(tasks.contains(said), "{step}: {tasks}");
        }
        let owner = worker.get("/tasks").await.body;
        assert!(owner.contains("部门完成了任务") && !owner.contains("请您评价"), "the owner rates nobody: {owner}");
        assert_eq!(owed(&worker, &number).await, None);
        let rates = owed(&lead, &number).await.expect("a card");
        let at = format!("/tasks/{number}/rate_response");
        assert!(rates.contains("请评价响应") && rates.contains(&format!("href=\"{at}\"")), "{rates}");
        assert_eq!(lead.get(&at).await.status, StatusCode::OK);
        lead.step(&number, "rate_response", &[("departments", "D01"), ("response", "satisfied")]).await;
        office.follow().await;
        assert_eq!(owed(&lead, &number).await, None, "it is done");
        let free = worker.get("/tasks").await.body;
        assert!(free.contains("吹哨已结束，可以接着办理"), "{free}");
    }

    async fn a_whistle_that_somebody_else_calls_off_leaves_the_rating_to_who_whistled(database: Database) {
        let office = Office::furnish(database).await;
        let Whistle { worker, lead, water, number } = whistled(&office).await;
        water.step(&number, "report_in", &[]).await;
        office.sign_in("desk").await.step(&number, "call_off", &[("words", "不用了")]).await;
        office.follow().await;
        let told = lead.get("/tasks").await.body;
        assert!(told.contains("您吹的哨已由他人取消"), "{told}");
        assert!(owed(&lead, &number).await.is_some(), "it is theirs to rate");
        let waits = worker.get("/tasks").await.body;
        assert!(!waits.contains("吹哨已结束"), "{waits}");
        let there = water.get("/tasks").await.body;
        assert!(!there.contains("不必再到现场"), "they are on the spot: {there}");
        assert!(page(&lead, &number).await.contains("吹哨已取消，待评价响应"));
        let task = worker.get(&format!("/tasks/{number}")).await.body;
        assert!(task.contains("吹哨已取消，等") && !task.contains("部门的事已经办完"), "{task}");
        refused(&worker, &number, "handle", &[("words", "已盖好"), ("claimed", "solved")]).await;
        lead.step(&number, "rate_response", &[("departments", "D01"), ("response", "fairly")]).await;
        worker.step(&number, "handle", &[("words", "已盖好"), ("claimed", "solved")]).await;
        assert_eq!(owed(&lead, &number).await, None);
    }

    async fn whoever_whistled_hears_of_nobody_to_rate_where_nobody_is_left(database: Database) {
        let office = Office::furnish(database).await;
        let Whistle { worker, lead, number, .. } = whistled(&office).await;
        office.sign_in("desk").await.step(&number, "call_off", &[("words", "不用了")]).await;
        office.follow().await;
        let told = lead.get("/tasks").await.body;
        assert!(told.contains("您吹的哨已由他人取消") && !told.contains("仍请您评价响应"), "{told}");
        assert!(worker.get("/tasks").await.body.contains("吹哨已结束，可以接着办理"));
    }

    async fn a_deputy_who_whistled_and_finds_the_case_no_more_leaves_the_rating_to_the_lead(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let lead = office.sign_in("lead-01").await;
        let away = lead.post("/absence", &[("until", "2026-11-24"), ("deputy", "lead-02")]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        let deputy = office.sign_in("lead-02").await;
        called(&deputy, &number, "urgent").await;
        let water = office.sign_in("department-water").await;
        water.step(&number, "report_in", &[]).await;
        water.step(&number, "finish", &[("words", "已封堵")]).await;
        assert!(owed(&deputy, &number).await.is_some(), "it is theirs as long as they find it");
        assert_eq!(lead.post("/absence/back", &[]).await.status, StatusCode::SEE_OTHER);
        let (lead, deputy) = (office.sign_in("lead-01").await, office.sign_in("lead-02").await);
        assert_eq!(deputy.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND, "another grid");
        assert!(owed(&lead, &number).await.is_some(), "somebody has to rate it");
        assert!(worker.get(&format!("/tasks/{number}")).await.body.contains("等网格长评价部门的响应"));
        lead.step(&number, "rate_response", &[("departments", "D01"), ("response", "fairly")]).await;
        worker.step(&number, "handle", &[("words", "已盖好"), ("claimed", "solved")]).await;
    }

    async fn while_a_whistle_is_open_the_work_is_not_handed_over(database: Database) {
        let office = Office::furnish(database).await;
        let Whistle { worker, lead, number, .. } = whistled(&office).await;
        assert!(!page(&worker, &number).await.contains(&format!("action=\"/cases/{number}/hand_over\"")));
        refused(&worker, &number, "hand_over", &[("to", "steward-01"), ("words", "请接着办")]).await;
        lead.step(&number, "call_off", &[("words", "不用了")]).await;
        worker.step(&number, "hand_over", &[("to", "steward-01"), ("words", "请接着办")]).await;
    }

    async fn what_asks_for_a_rating_is_new_no_more_once_it_was_given(database: Database) {
        let office = Office::furnish(database).await;
        let Whistle { lead, water, number, .. } = whistled(&office).await;
        water.step(&number, "report_in", &[]).await;
        water.step(&number, "finish", &[("words", "已封堵")]).await;
        office.follow().await;
        let token = office.token("lead-01").await;
        let is_new = async || {
            let all = office.api("GET", "/api/v1/messages", &token, &[], &serde_json::json!(null)).await.body;
            let all: serde_json::Value = serde_json::from_str(&all).expect("JSON");
            let mut all = all["items"].as_array().expect("items").iter();
            all.find(|one| one["kind"] == "rate_response").expect("it was asked")["new"] == true
        };
        assert!(is_new().await);
        assert!(lead.get("/work").await.body.contains("待评价部门响应"), "a count of its own");
        lead.step(&number, "rate_response", &[("departments", "D01"), ("response", "fairly")]).await;
        for followed in [false, true] {
            assert!(!is_new().await, "it was rated: {followed}");
            office.follow().await;
        }
        assert!(!lead.get("/work").await.body.contains("待评价部门响应"));
    }

    async fn whoever_rates_pages_through_all_that_waits_for_it_and_the_count_says_how_many(database: Database) {
        let office = Office::furnish(database).await;
        let mut numbers = Vec::new();
        for _ in 0..2 {
            let Whistle { water, number, .. } = whistled(&office).await;
            water.step(&number, "report_in", &[]).await;
            water.step(&number, "finish", &[("words", "已封堵")]).await;
            numbers.push(number);
            office.later(Duration::minutes(1));
        }
        let listed = async |account: &str, query: &str| {
            let token = office.token(account).await;
            let path = format!("/api/v1/ratings?{query}");
            let page = office.api("GET", &path, &token, &[], &serde_json::json!(null)).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.body);
            let page: serde_json::Value = serde_json::from_str(&page.body).expect("JSON");
            let items = page["items"].as_array().expect("items").iter();
            let items: Vec<_> = items.map(|one| one["number"].as_str().expect("a number").to_owned()).collect();
            (items, page["next"].as_str().map(str::to_owned))
        };
        let (first, next) = listed("lead-01", "limit=1").await;
        let next = next.expect("a second page");
        let (second, end) = listed("lead-01", &format!("limit=1&after={next}")).await;
        assert_eq!((first, second, end), (vec![numbers[0].clone()], vec![numbers[1].clone()], None));
        assert_eq!(listed("desk", "").await, (Vec::new(), None), "others rate them");
        let lead = office.sign_in("lead-01").await;
        let bench = lead.get("/work").await.body;
        assert!(bench.contains("href=\"/ratings\"") && bench.contains("待评价部门响应 2"), "{bench}");
        let page = lead.get("/ratings").await.body;
        for number in &numbers {
            assert!(page.contains(&format!("href=\"/tasks/{number}/rate_response\"")), "{page}");
        }
        let rest = lead.get(&format!("/ratings?after={next}")).await.body;
        assert!(!rest.contains(&numbers[0]) && rest.contains(&numbers[1]), "{rest}");
    }

    async fn what_says_that_nobody_came_stays_new_until_all_who_did_not_are_rated(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let call = [("urgency", "emergency"), ("departments", "D01"), ("departments", "D02"), ("leads", "D01"), ("words", "请到现场")];
        office.sign_in("lead-01").await.step(&number, "whistle", &call).await;
        office.later(Duration::minutes(31));
        office.tick().await;
        office.follow().await;
        let (lead, token) = (office.sign_in("lead-01").await, office.token("lead-01").await);
        for (department, is_new) in [("D01", true), ("D02", false)] {
            lead.step(&number, "rate_response", &[("departments", department), ("response", "dissatisfied"), ("words", "没有来")]).await;
            office.follow().await;
            let all = office.api("GET", "/api/v1/messages", &token, &[], &serde_json::json!(null)).await.body;
            let all: serde_json::Value = serde_json::from_str(&all).expect("JSON");
            let mut all = all["items"].as_array().expect("items").iter();
            let missed = all.find(|one| one["kind"] == "call_missed").expect("it was told");
            assert_eq!(missed["new"], is_new, "{department}: {missed}");
        }
    }

    async fn nobody_rates_for_who_whistled_while_that_one_is_there(database: Database) {
        let office = Office::furnish(database).await;
        let Whistle { lead, water, number, .. } = whistled(&office).await;
        water.step(&number, "report_in", &[]).await;
        water.step(&number, "finish", &[("words", "已封堵")]).await;
        let offered = format!("action=\"/cases/{number}/rate_response\"");
        let rating = [("departments", "D01"), ("response", "satisfied")];
        for other in ["desk", "community-lead"] {
            let other = office.sign_in(other).await;
            assert!(!page(&other, &number).await.contains(&offered));
            refused(&other, &number, "rate_response", &rating).await;
        }
        assert!(page(&lead, &number).await.contains(&offered));
        lead.step(&number, "rate_response", &rating).await;
    }

    async fn that_nobody_came_is_new_to_who_whistled_no_more_once_somebody_rated_in_their_place(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        called(&worker, &number, "emergency").await;
        office.later(Duration::minutes(31));
        office.tick().await;
        office.follow().await;
        let is_new = async || {
            let token = office.token("worker-01").await;
            let all = office.api("GET", "/api/v1/messages", &token, &[], &serde_json::json!(null)).await.body;
            let all: serde_json::Value = serde_json::from_str(&all).expect("JSON");
            let mut all = all["items"].as_array().expect("items").iter();
            all.find(|one| one["kind"] == "call_missed").expect("it was told")["new"] == true
        };
        assert!(is_new().await);
        work::account::disable(&office.house, "worker-01", true).await.expect("closed");
        let rating = [("departments", "D01"), ("response", "dissatisfied"), ("words", "没有来")];
        office.sign_in("lead-01").await.step(&number, "rate_response", &rating).await;
        work::account::disable(&office.house, "worker-01", false).await.expect("open");
        office.follow().await;
        assert!(!is_new().await, "the whistle is over");
    }

    async fn the_owner_reads_whom_the_case_waits_for_while_a_whistle_runs(database: Database) {
        let office = Office::furnish(database).await;
        let Whistle { worker, lead, water, number } = whistled(&office).await;
        let task = format!("/tasks/{number}");
        let called = worker.get(&task).await.body;
        assert!(called.contains("已吹哨：等部门到场办完") && !called.contains("去办理，办好后填结果"), "{called}");
        water.step(&number, "report_in", &[]).await;
        water.step(&number, "finish", &[("words", "已封堵")]).await;
        let waits = format!("等 {} 评价响应", office.name_of("lead-01"));
        for who in [&worker, &water] {
            let shown = who.get(&task).await.body;
            assert!(shown.contains(&waits) && !shown.contains("去办理，办好后填结果"), "{shown}");
        }
        let rates = lead.get(&task).await.body;
        assert!(rates.contains("接下来：评价部门的响应"), "{rates}");
        lead.step(&number, "rate_response", &[("departments", "D01"), ("response", "satisfied")]).await;
        assert!(worker.get(&task).await.body.contains("去办理，办好后填结果"));
    }

    async fn whoever_stands_in_for_who_whistled_has_the_card(database: Database) {
        let office = Office::furnish(database).await;
        let Whistle { lead, water, number, .. } = whistled(&office).await;
        water.step(&number, "report_in", &[]).await;
        water.step(&number, "finish", &[("words", "已封堵")]).await;
        let away = lead.post("/absence", &[("until", "2026-11-24"), ("deputy", "lead-02")]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        assert!(owed(&office.sign_in("lead-02").await, &number).await.is_some());
        assert_eq!(owed(&office.sign_in("community-lead").await, &number).await, None, "it is not theirs");
    }

    async fn whoever_whistled_hears_that_nobody_answered_and_may_rate_who_did_not_come(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        called(&office.sign_in("lead-01").await, &number, "emergency").await;
        for (minutes, said, rates) in [(11, "您吹哨叫的部门未按时响应", false), (20, "您吹哨叫的部门未按时报到", true)] {
            office.later(Duration::minutes(minutes));
            office.tick().await;
            let lead = office.sign_in("lead-01").await;
            let tasks = lead.get("/tasks").await.body;
            assert!(tasks.contains(said) && !tasks.contains("请您督促"), "{minutes}: {tasks}");
            assert_eq!(owed(&lead, &number).await.is_some(), rates, "{minutes}");
        }
        let chief = office.sign_in("community-lead").await.get("/tasks").await.body;
        assert!(chief.contains("未按时报到，请您督促") && !chief.contains("您吹哨叫的"), "its leader sees to it: {chief}");
    }

    async fn the_owner_hears_that_the_whistle_was_called_off_and_the_work_may_go_on(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let lead = office.sign_in("lead-01").await;
        let number = at_work(&desk, &worker).await;
        called(&lead, &number, "urgent").await;
        lead.step(&number, "call_off", &[("words", "自己修好了")]).await;
        office.follow().await;
        let owner = worker.get("/tasks").await.body;
        assert!(owner.contains("吹哨已结束") && !owner.contains("不必再到现场"), "{owner}");
        let water = office.sign_in("department-water").await;
        assert_eq!(owed(&water, &number).await, None);
    }

    async fn the_form_says_where_the_work_is_due_before_those_who_are_called_would_have_to_come(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let slow = at_work(&desk, &worker).await;
        assert!(!page(&worker, &slow).await.contains("处置时限到那时为止"));
        let number = desk.enter(LEAK, "G01-M01").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("to", "worker-01")]).await;
        worker.step(&number, "accept", &[]).await;
        let shown = page(&worker, &number).await;
        assert_eq!(shown.matches("处置时限到那时为止").count(), 1, "an ordinary one alone: {shown}");
        let english = worker.get_english(&format!("/cases/{number}")).await.body;
        assert!(english.contains("the result is due then"), "{english}");
    }

    async fn the_department_that_has_a_case_is_neither_offered_nor_called(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, water) = (office.sign_in("desk").await, office.sign_in("department-water").await);
        let number = desk.enter(LEAK, "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "D01")]).await;
        water.step(&number, "accept", &[]).await;
        let lead = office.sign_in("lead-01").await;
        let form = lead.get(&format!("/tasks/{number}/whistle")).await.body;
        assert!(form.contains("value=\"D02\"") && !form.contains("value=\"D01\""), "{form}");
        let call = [("urgency", "urgent"), ("departments", "D01"), ("words", "请到现场")];
        let own = refused(&lead, &number, "whistle", &call).await;
        assert!(own.contains("这件事就由这个部门负责办理"), "{own}");
    }

    async fn the_note_of_a_rating_speaks_of_the_department_and_names_nobody(database: Database) {
        let office = Office::furnish(database).await;
        let Whistle { lead, water, number, .. } = whistled(&office).await;
        water.step(&number, "acknowledge", &[]).await;
        water.step(&number, "report_in", &[]).await;
        water.step(&number, "finish", &[("words", "已封堵")]).await;
        let version = lead.version(&number).await;
        let named = format!("{}态度不好", office.name_of("department-water"));
        for words in [named.as_str(), "供水排水服务站联络员态度不好"] {
            let rating = [("version", version.as_str()), ("departments", "D01"), ("response", "dissatisfied"), ("words", words)];
            let answer = lead.post(&format!("/cases/{number}/rate_response"), &rating).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}: {}", answer.body);
            assert!(answer.body.contains("不说个人") && answer.body.contains(words), "{words}: {}", answer.body);
            assert!(!page(&water, &number).await.contains(words), "nothing was taken: {words}");
        }
        let rating = [("departments", "D01"), ("response", "dissatisfied"), ("words", "来得晚，封堵得不牢")];
        lead.step(&number, "rate_response", &rating).await;
    }
}
