//! Whoever stands in for somebody who is away sees that one's work and may do it, whatever their own post; whoever cannot is
//! no deputy.

mod colleague;
mod common;

use axum::http::StatusCode;
use colleague::{Colleague, Office};
use serde_json::{Value, json};
use testkit::on_both_databases;
use time::Duration;

const LAMP: &str = "暴露垃圾堆在 3 号楼下";

/// Tells that a colleague is away for two days.
async fn away(colleague: &Colleague<'_>, deputy: &str) {
    let told = colleague
        .post("/absence", &[("until", "2026-11-24"), ("deputy", deputy)])
        .await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
}

/// A case of the first micro-grid that the desk gives to somebody by name.
async fn given(office: &Office, to: &str) -> String {
    let desk = office.sign_in("desk").await;
    let number = desk.enter(LAMP, "G01-M01").await;
    desk.step(&number, "file", &[("filing", "none")]).await;
    desk.step(&number, "dispatch", &[("whom", "other"), ("to", to)])
        .await;
    number
}

/// An absence as it was told before deputies were judged.
async fn away_since_before(office: &Office, account: &str, deputy: &str) {
    let net = office.house.net();
    let net = net
        .community_by_id(office.community)
        .expect("the community");
    let id = |account: &str| net.member_by_code(account).expect("a member").id;
    let (member, deputy) = (id(account), id(deputy));
    let until = office.house.clock.now() + Duration::days(2);
    let kept = async move |unit: &store::Unit| {
        let away = rules::people::Away { until, deputy };
        unit.save_absence(member, Some(away)).await?;
        unit.net_changed().await
    };
    let kept = office
        .house
        .store
        .unit::<_, store::Error, _>(office.community, kept);
    kept.await.expect("told");
    office.house.refresh_net().await.expect("the net");
}

/// A step of the trail as the API tells it.
async fn told(office: &Office, number: &str, deed: &str) -> Value {
    let token = office.token("desk").await;
    let path = format!("/api/v1/cases/{number}?with=trail");
    let answer = office.api("GET", &path, &token, &[], &Value::Null).await;
    let case: Value = serde_json::from_str(&answer.body).expect("JSON");
    let mut steps = case["trail"].as_array().expect("a trail").iter();
    let step = steps.find(|step| step["deed"] == deed);
    step.unwrap_or_else(|| panic!("{deed}: {case}")).clone()
}

on_both_databases! {
    async fn an_officer_who_stands_in_for_a_department_finds_its_tasks_and_does_them(database: Database) {
        let office = Office::furnish(database).await;
        let before = given(&office, "D01").await;
        let deputy = office.sign_in("officer-01").await;
        let old = format!("/cases/{before}");
        assert_eq!(deputy.get(&old).await.status, StatusCode::NOT_FOUND);
        away(&office.sign_in("department-water").await, "officer-01").await;
        let number = given(&office, "D01").await;
        let tasks = deputy.get("/tasks").await.body;
        assert!(tasks.contains(&number) && tasks.contains(&before), "{tasks}");
        deputy.step(&number, "accept", &[("from", "task")]).await;
        let shown = office.api("GET", &format!("/api/v1/cases/{number}"), &office.token("officer-01").await, &[], &Value::Null).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
        office.later(Duration::days(2));
        let deputy = office.sign_in("officer-01").await;
        assert_eq!(deputy.get(&old).await.status, StatusCode::NOT_FOUND, "it went back");
        assert_eq!(deputy.get(&format!("/cases/{number}")).await.status, StatusCode::OK, "whoever is responsible sees it");
    }

    async fn a_department_that_stands_in_for_a_steward_finds_the_tasks_and_does_them(database: Database) {
        let office = Office::furnish(database).await;
        away(&office.sign_in("steward-01").await, "department-water").await;
        let number = given(&office, "steward-01").await;
        let deputy = office.sign_in("department-water").await;
        assert!(deputy.get("/tasks").await.body.contains(&number));
        deputy.step(&number, "accept", &[("from", "task")]).await;
        assert_eq!(deputy.get(&format!("/cases/{number}")).await.status, StatusCode::OK);
        let other = given(&office, "worker-01").await;
        assert_eq!(deputy.get(&format!("/cases/{other}")).await.status, StatusCode::NOT_FOUND, "the work alone, not the grid");
    }

    async fn a_deputy_whose_post_cannot_do_the_work_is_refused_and_not_offered(database: Database) {
        let office = Office::furnish(database).await;
        let water = office.sign_in("department-water").await;
        let page = water.get("/absence").await.body;
        assert!(page.contains("value=\"officer-01\"") && !page.contains("value=\"steward-01\""), "{page}");
        let refused = water.post("/absence", &[("until", "2026-11-24"), ("deputy", "steward-01")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("这位同事的岗位办不了您的工作"), "{}", refused.body);
        let token = office.token("steward-01").await;
        let body = json!({"until": "2026-11-24", "deputy": "supervisor"});
        let refused = office.api("POST", "/api/v1/absence", &token, &[], &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("deputy-does-other-work"), "{}", refused.body);
        let water = office.token("department-water").await;
        let offered = office.api("GET", "/api/v1/absence", &water, &[], &Value::Null).await.body;
        assert!(offered.contains("\"officer-01\"") && !offered.contains("\"steward-01\""), "{offered}");
    }

    async fn a_deputy_of_before_who_cannot_do_the_work_is_passed_over(database: Database) {
        let office = Office::furnish(database).await;
        away_since_before(&office, "steward-01", "supervisor").await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter(LAMP, "G01-M01").await;
        let page = desk.get(&format!("/cases/{number}")).await.body;
        assert!(page.contains("<dd>示例worker-01</dd>"), "{page}");
    }

    async fn a_lead_who_stands_in_for_another_checks_in_that_grid_and_the_trail_says_for_whom(database: Database) {
        let office = Office::furnish(database).await;
        let number = given(&office, "steward-01").await;
        let steward = office.sign_in("steward-01").await;
        steward.step(&number, "accept", &[("from", "task")]).await;
        steward.step(&number, "handle", &[("words", "已清运并冲洗"), ("claimed", "solved"), ("from", "task")]).await;
        let (lead, deputy) = (office.sign_in("lead-01").await, office.sign_in("lead-02").await);
        let page = format!("/cases/{number}");
        assert_eq!(deputy.get(&page).await.status, StatusCode::NOT_FOUND, "another grid");
        away(&lead, "lead-02").await;
        let list = deputy.get("/cases").await.body;
        assert!(list.contains(&number), "{list}");
        deputy.step(&number, "check", &[("yes", "yes"), ("answer", "垃圾已清走，谢谢您。")]).await;
        let shown = deputy.get(&page).await.body;
        assert!(shown.contains("示例lead-02 · ") && shown.contains("（代示例lead-01）"), "{shown}");
        assert_eq!(told(&office, &number, "checked").await["stands_for"], "示例lead-01");
        assert_eq!(lead.post("/absence/back", &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(deputy.get(&page).await.status, StatusCode::NOT_FOUND, "it went back");
    }

    async fn what_a_lead_does_in_the_own_grid_is_for_nobody(database: Database) {
        let office = Office::furnish(database).await;
        away(&office.sign_in("lead-02").await, "lead-01").await;
        let lead = office.sign_in("lead-01").await;
        let number = office.sign_in("desk").await.enter(LAMP, "G01-M01").await;
        lead.step(&number, "file", &[("filing", "none")]).await;
        let filed = told(&office, &number, "filed").await;
        assert_eq!(filed["stands_for"], Value::Null, "{filed}");
    }

    async fn whoever_cannot_check_is_no_deputy_of_a_lead_nor_of_the_desk(database: Database) {
        let office = Office::furnish(database).await;
        for (absent, refused, fits) in [("lead-01", ["worker-01", "steward-01"], "desk"), ("desk-02", ["worker-01", "department-water"], "lead-01")] {
            let somebody = office.sign_in(absent).await;
            let page = somebody.get("/absence").await.body;
            assert!(page.contains(&format!("value=\"{fits}\"")), "{absent}: {page}");
            for deputy in refused {
                assert!(!page.contains(&format!("value=\"{deputy}\"")), "{absent}: {page}");
                let told = somebody.post("/absence", &[("until", "2026-11-24"), ("deputy", deputy)]).await;
                assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{deputy}: {}", told.body);
                assert!(told.body.contains("这位同事的岗位办不了您的工作"), "{}", told.body);
            }
            away(&somebody, fits).await;
        }
    }

    async fn a_lead_s_deputy_of_before_who_cannot_check_is_passed_over(database: Database) {
        let office = Office::furnish(database).await;
        away_since_before(&office, "lead-01", "worker-01").await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        let number = given(&office, "steward-01").await;
        worker.step(&number, "accept", &[("from", "task")]).await;
        worker.step(&number, "raise", &[("to", ""), ("words", "需要网格出面")]).await;
        let raised = desk.get(&format!("/cases/{number}")).await.body;
        let to = raised.split("上提，交给").nth(1).expect("whom it was raised to").trim_start();
        assert!(to.starts_with(&office.name_of("community-lead")), "{raised}");
    }

    async fn whoever_stands_in_for_a_lead_finds_the_checks_and_does_them_but_not_of_their_own_work(database: Database) {
        let office = Office::furnish(database).await;
        let lead = office.sign_in("lead-02").await;
        let theirs = given(&office, "steward-01").await;
        let steward = office.sign_in("steward-01").await;
        steward.step(&theirs, "accept", &[("from", "task")]).await;
        let handled = [("words", "已清运并冲洗"), ("claimed", "solved"), ("from", "task")];
        steward.step(&theirs, "handle", &handled).await;
        away(&office.sign_in("lead-01").await, "lead-02").await;
        let own = given(&office, "lead-02").await;
        lead.step(&own, "accept", &[("from", "task")]).await;
        lead.step(&own, "handle", &handled).await;
        let waiting = lead.get("/cases?state=handled").await.body;
        assert!(waiting.contains(&theirs) && waiting.contains(&own), "{waiting}");
        let token = office.token("lead-02").await;
        let may_check = async |number: &str| {
            let case = office.api("GET", &format!("/api/v1/cases/{number}"), &token, &[], &Value::Null).await;
            let case: Value = serde_json::from_str(&case.body).expect("JSON");
            case["may"].as_array().expect("commands").contains(&json!("check"))
        };
        assert!(may_check(&theirs).await && !may_check(&own).await, "nobody checks their own work");
        lead.step(&theirs, "check", &[("yes", "yes"), ("answer", "垃圾已清走，谢谢您。")]).await;
    }

    async fn figures_open_the_rows_of_both_departments_for_whoever_stands_in(database: Database) {
        let office = Office::furnish(database).await;
        let (water, own) = (given(&office, "D01").await, given(&office, "D02").await);
        office.follow().await;
        let token = office.token("officer-01").await;
        let rows = async || {
            let path = "/api/v1/figures/rows?figure=filing&of=denominator&from=2026-11-23&to=2026-11-23";
            let answer = office.api("GET", path, &token, &[], &Value::Null).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            serde_json::from_str::<Value>(&answer.body).expect("JSON")
        };
        let before = rows().await;
        assert_eq!(before["total"], 1, "{before}");
        away(&office.sign_in("department-water").await, "officer-01").await;
        let both = rows().await;
        assert_eq!(both["total"], 2, "{both}");
        let items = both["items"].as_array().expect("rows").iter();
        let mut numbers: Vec<&str> = items.filter_map(|item| item["number"].as_str()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [water.as_str(), own.as_str()]);
    }

    async fn a_task_given_to_somebody_who_is_away_says_who_stands_in_for_whom(database: Database) {
        let office = Office::furnish(database).await;
        away(&office.sign_in("steward-01").await, "").await;
        let number = given(&office, "steward-01").await;
        let words = "派单给 示例steward-02（代示例steward-01）";
        let page = office.sign_in("desk").await.get(&format!("/cases/{number}")).await.body;
        assert!(page.contains(words), "{page}");
        let file = office.sign_in("supervisor").await.get(&format!("/cases/{number}/case-file")).await.body;
        assert!(file.contains(words), "{file}");
        assert_eq!(told(&office, &number, "dispatched").await["absent"], "示例steward-01");
        let there = given(&office, "worker-01").await;
        assert_eq!(told(&office, &there, "dispatched").await["absent"], Value::Null);
    }

    async fn an_open_case_names_who_stands_in_and_is_found_in_that_one_s_hands(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, number) = (office.sign_in("desk").await, given(&office, "steward-01").await);
        let list = "/cases?owner=worker-01&state=open";
        assert!(!desk.get(list).await.body.contains(&number), "it is not theirs yet");
        let steward = office.sign_in("steward-01").await;
        away(&steward, "worker-01").await;
        let both = "示例steward-01（不在岗，由示例worker-01代办）";
        let page = desk.get(&format!("/cases/{number}")).await.body;
        assert!(page.contains(both), "{page}");
        let found = desk.get(list).await.body;
        assert!(found.contains(&format!("data-case=\"{number}\"")) && found.contains(both), "{found}");
        assert!(desk.get("/cases?owner=steward-01&state=open").await.body.contains(&number), "it is the absent one's still");
        let token = office.token("desk").await;
        let case = office.api("GET", &format!("/api/v1/cases/{number}"), &token, &[], &Value::Null).await;
        let case: Value = serde_json::from_str(&case.body).expect("JSON");
        assert_eq!((&case["owner"]["name"], &case["stands_in"]["name"]), (&json!("示例steward-01"), &json!("示例worker-01")));
        assert_eq!(steward.post("/absence/back", &[]).await.status, StatusCode::SEE_OTHER);
        assert!(!desk.get(list).await.body.contains(&number), "it went back");
        assert!(!desk.get(&format!("/cases/{number}")).await.body.contains("不在岗"));
    }

    async fn a_reporter_reads_who_stands_in_and_that_one_s_number(database: Database) {
        let office = Office::furnish(database).await;
        let body = json!({"text": LAMP, "grid": office.code("G01-M01"), "category": "20110"});
        let told = office.api("POST", "/api/v1/reports", "", &[("idempotency-key", "one")], &body).await;
        let told: Value = serde_json::from_str(&told.body).expect("JSON");
        let (number, code) = (told["number"].as_str().expect("a number"), told["code"].as_str().expect("a code"));
        let desk = office.sign_in("desk").await;
        desk.step(number, "file", &[("filing", "none")]).await;
        desk.step(number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        let owner = async || {
            let path = format!("/api/v1/reports/{number}");
            let shown = office.api("GET", &path, "", &[("receipt-code", code)], &Value::Null).await;
            let shown: Value = serde_json::from_str(&shown.body).expect("JSON");
            shown["owner"].clone()
        };
        let there = owner().await;
        assert_eq!((&there["phone"], there.get("stands_in")), (&json!("10000000001"), None), "{there}");
        away(&office.sign_in("steward-01").await, "worker-01").await;
        let gone = owner().await;
        let deputy = &gone["stands_in"];
        assert_eq!((&gone["phone"], &deputy["name"], &deputy["phone"]), (&Value::Null, &json!("示例worker-01"), &json!("10000000001")), "{gone}");
        let opened = office.stranger().post("/progress", &[("number", number), ("code", code)]).await;
        let page = office.stranger().get_keeping(&opened).await.body;
        assert!(page.contains("示例steward-01（不在岗，由") && page.contains("示例worker-01代办）"), "{page}");
    }

    async fn whoever_is_away_reads_who_really_stands_in_where_the_deputy_went_away_too(database: Database) {
        let office = Office::furnish(database).await;
        let steward = office.sign_in("steward-01").await;
        away(&steward, "steward-02").await;
        away(&office.sign_in("steward-02").await, "worker-01").await;
        for path in ["/absence", "/tasks"] {
            let page = steward.get(path).await.body;
            assert!(page.contains("由示例worker-01代办") && !page.contains("由示例steward-02代办"), "{path}: {page}");
        }
        let token = office.token("steward-01").await;
        let told = office.api("GET", "/api/v1/absence", &token, &[], &Value::Null).await;
        let told: Value = serde_json::from_str(&told.body).expect("JSON");
        assert_eq!(told["away"]["deputy"]["code"], "worker-01", "{told}");
    }
}
