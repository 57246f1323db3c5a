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
    let to = [("whom", "other"), ("to", to), ("far", "yes")];
    desk.step(&number, "dispatch", &to).await;
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

/// A case as the desk reads it.
async fn shown(office: &Office, number: &str) -> Value {
    let token = office.token("desk").await;
    let path = format!("/api/v1/cases/{number}");
    let answer = office.api("GET", &path, &token, &[], &Value::Null).await;
    serde_json::from_str(&answer.body).expect("JSON")
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
        for gone in [old, format!("/cases/{number}")] {
            assert_eq!(deputy.get(&gone).await.status, StatusCode::NOT_FOUND, "it went back: {gone}");
        }
        let tasks = office.sign_in("department-water").await.get("/tasks").await.body;
        assert!(tasks.contains(&number) && tasks.contains(&before), "{tasks}");
    }

    async fn what_comes_to_somebody_who_is_away_stays_theirs_on_every_way(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        away(&office.sign_in("steward-01").await, "steward-02").await;
        away(&office.sign_in("community-lead").await, "lead-02").await;
        let fresh = desk.enter(LAMP, "G01-M01").await;
        let over = given(&office, "worker-01").await;
        worker.step(&over, "accept", &[("from", "task")]).await;
        worker.step(&over, "hand_over", &[("to", "steward-01"), ("words", "请接着办")]).await;
        let raised = given(&office, "worker-01").await;
        worker.step(&raised, "accept", &[("from", "task")]).await;
        worker.step(&raised, "raise", &[("to", "community-lead"), ("words", "需要社区出面")]).await;
        let lowered = given(&office, "worker-01").await;
        worker.step(&lowered, "accept", &[("from", "task")]).await;
        worker.step(&lowered, "lower", &[("to", "steward-01"), ("words", "微网格能办")]).await;
        for (number, owner, deputy) in [
            (&fresh, "steward-01", "steward-02"),
            (&over, "steward-01", "steward-02"),
            (&raised, "community-lead", "lead-02"),
            (&lowered, "steward-01", "steward-02"),
        ] {
            let case = shown(&office, number).await;
            let both = (&case["owner"]["name"], &case["stands_in"]["name"]);
            assert_eq!(both, (&json!(format!("示例{owner}")), &json!(format!("示例{deputy}"))), "{case}");
        }
        assert_eq!(told(&office, &raised, "raised").await["absent"], "示例community-lead");
        let trail = desk.get(&format!("/cases/{raised}")).await.body;
        assert!(trail.contains("示例lead-02（代示例community-lead）"), "who had it then: {trail}");
        office.later(Duration::days(2));
        let case = shown(&office, &over).await;
        assert_eq!((&case["owner"]["name"], &case["stands_in"]), (&json!("示例steward-01"), &Value::Null), "it came back");
    }

    async fn what_a_deputy_accepts_stays_whom_it_was_given_to_and_the_trail_says_for_whom(database: Database) {
        let office = Office::furnish(database).await;
        away(&office.sign_in("steward-01").await, "steward-02").await;
        let number = given(&office, "steward-01").await;
        let deputy = office.sign_in("steward-02").await;
        deputy.step(&number, "accept", &[("from", "task")]).await;
        assert_eq!(shown(&office, &number).await["owner"]["name"], "示例steward-01");
        assert_eq!(told(&office, &number, "accepted").await["stands_for"], "示例steward-01");
        office.later(Duration::days(2));
        assert_eq!(office.sign_in("steward-02").await.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND);
        office.sign_in("steward-01").await.step(&number, "handle", &[("words", "已清运"), ("claimed", "solved"), ("from", "task")]).await;
    }

    async fn a_lead_who_stands_in_for_a_department_and_a_lead_answers_the_whistle_for_the_department(database: Database) {
        let office = Office::furnish(database).await;
        let worker = office.sign_in("worker-01").await;
        let number = given(&office, "worker-01").await;
        worker.step(&number, "accept", &[("from", "task")]).await;
        let lead = office.sign_in("lead-02").await;
        let page = format!("/cases/{number}");
        assert_eq!(lead.get(&page).await.status, StatusCode::NOT_FOUND, "another grid");
        away(&office.sign_in("department-water").await, "lead-02").await;
        worker.step(&number, "whistle", &[("urgency", "urgent"), ("departments", "D01"), ("words", "请到现场封堵")]).await;
        office.follow().await;
        let tasks = lead.get("/tasks").await.body;
        assert!(tasks.contains(&format!("/tasks/{number}/acknowledge")) && tasks.contains("请响应"), "{tasks}");
        let messages = office.api("GET", "/api/v1/messages", &office.token("lead-02").await, &[], &Value::Null).await;
        assert!(messages.body.contains(&number) && messages.body.contains("示例department-water"), "{}", messages.body);
        away(&office.sign_in("lead-01").await, "lead-02").await;
        for step in ["acknowledge", "report_in"] {
            lead.step(&number, step, &[]).await;
        }
        for deed in ["acknowledged", "reported_in"] {
            assert_eq!(told(&office, &number, deed).await["stands_for"], "示例department-water", "{deed}");
        }
        for absent in ["department-water", "lead-01"] {
            let back = office.sign_in(absent).await.post("/absence/back", &[]).await;
            assert_eq!(back.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(lead.get(&page).await.status, StatusCode::NOT_FOUND, "it went back");
        office.sign_in("department-water").await.step(&number, "finish", &[("words", "已封堵")]).await;
    }

    async fn what_was_agreed_with_a_department_a_lead_settles_for_it_and_not_for_the_grid(database: Database) {
        let office = Office::furnish(database).await;
        let number = given(&office, "steward-01").await;
        office.sign_in("steward-01").await.step(&number, "accept", &[("from", "task")]).await;
        let lead = office.sign_in("lead-01").await;
        let call = [("parties", "D01"), ("until", "2026-11-24T10:00"), ("place", "社区二楼"), ("words", "井口由谁修")];
        lead.step(&number, "coordinate", &call).await;
        lead.step(&number, "agree", &[("words", "更换井盖"), ("to", "D01"), ("until", "2026-11-26")]).await;
        away(&lead, "lead-02").await;
        away(&office.sign_in("department-water").await, "lead-02").await;
        let deputy = office.sign_in("lead-02").await;
        let tasks = deputy.get("/tasks").await.body;
        let item = tasks.split("/settle?item=").nth(1).and_then(|rest| rest.split('"').next());
        deputy.step(&number, "settle", &[("item", item.expect("its name")), ("yes", "yes")]).await;
        assert_eq!(told(&office, &number, "settled").await["stands_for"], "示例department-water");
    }

    async fn whoever_stands_in_for_the_community_s_lead_finds_what_that_one_adopted_and_decides_it(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-03").await);
        let number = desk.enter(LAMP, "G02-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-03")]).await;
        steward.step(&number, "accept", &[("from", "task")]).await;
        let chief = office.sign_in("community-lead").await;
        chief.step(&number, "adopt", &[]).await;
        steward.step(&number, "extend", &[("words", "等配件")]).await;
        let (lead, page) = (office.sign_in("lead-01").await, format!("/cases/{number}"));
        assert_eq!(lead.get(&page).await.status, StatusCode::NOT_FOUND, "another grid");
        away(&chief, "lead-01").await;
        let list = lead.get("/decisions").await.body;
        assert!(list.contains(&number), "{list}");
        lead.step(&number, "extend", &[("yes", "yes")]).await;
        assert_eq!(told(&office, &number, "extension_decided").await["stands_for"], "示例community-lead");
        assert_eq!(chief.post("/absence/back", &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(lead.get(&page).await.status, StatusCode::NOT_FOUND, "it went back");
    }

    async fn whoever_stands_in_for_the_desk_files_what_was_told_elsewhere_and_takes_in_no_orders(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, lead) = (office.sign_in("desk").await, office.sign_in("lead-01").await);
        let number = desk.enter(LAMP, "G02-M01").await;
        away(&desk, "lead-01").await;
        lead.step(&number, "file", &[("filing", "none")]).await;
        assert_eq!(told(&office, &number, "filed").await["stands_for"], "示例desk");
        for page in ["/orders", "/place-events"] {
            assert_eq!(lead.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
        }
    }

    async fn what_does_not_go_along_with_a_deputy_is_said_before_and_after(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let what = "热线工单和地点事件、线下汇总表、设置、分派规则、导入和发件箱";
        let page = desk.get("/absence").await.body;
        let group = |label: &str| {
            let group = page.split(&format!("<optgroup label=\"{label}\">")).nth(1);
            group.and_then(|rest| rest.split("</optgroup>").next()).unwrap_or_default().to_owned()
        };
        let (part, whole) = (group(&format!("不随交接：{what}")), group("全部随交接"));
        assert!(part.contains("value=\"lead-01\"") && !part.contains("value=\"community-lead\""), "{page}");
        assert!(whole.contains("value=\"community-lead\"") && whole.contains("value=\"desk-02\""), "{page}");
        away(&desk, "desk-02").await;
        assert!(!desk.get("/absence").await.body.contains("没有随交接的"));
        away(&desk, "lead-01").await;
        let page = desk.get("/absence").await.body;
        assert!(page.contains(&format!("没有随交接的：{what}")), "{page}");
        let english = desk.get_english("/absence").await.body;
        assert!(english.contains("Does not go along: orders and events at places, sheets of paper notes"), "{english}");
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

    async fn whoever_stands_in_for_a_department_s_person_settles_what_was_agreed_with_it_and_the_trail_says_for_whom(database: Database) {
        let office = Office::furnish(database).await;
        let number = given(&office, "steward-01").await;
        office.sign_in("steward-01").await.step(&number, "accept", &[("from", "task")]).await;
        let lead = office.sign_in("lead-01").await;
        let call = [("parties", "D01"), ("until", "2026-11-24T10:00"), ("place", "社区二楼"), ("words", "井口由谁修")];
        lead.step(&number, "coordinate", &call).await;
        lead.step(&number, "agree", &[("words", "更换井盖"), ("to", "D01"), ("until", "2026-11-26")]).await;
        let deputy = office.sign_in("officer-01").await;
        assert!(!deputy.get("/tasks").await.body.contains("更换井盖"), "another department");
        away(&office.sign_in("department-water").await, "officer-01").await;
        let tasks = deputy.get("/tasks").await.body;
        assert!(tasks.contains("更换井盖") && tasks.contains(&format!("/tasks/{number}/settle")), "{tasks}");
        let token = office.token("officer-01").await;
        let case = office.api("GET", &format!("/api/v1/cases/{number}?with=trail"), &token, &[], &Value::Null).await;
        let case: Value = serde_json::from_str(&case.body).expect("JSON");
        let item = case["items"][0]["item"].as_str().expect("its name");
        deputy.step(&number, "settle", &[("item", item), ("yes", "yes")]).await;
        assert_eq!(told(&office, &number, "settled").await["stands_for"], "示例department-water");
        let own = told(&office, &number, "agreed").await;
        assert_eq!(own["stands_for"], Value::Null, "{own}");
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
        let call = "<a href=\"tel:10000000001\">10000000001</a>";
        let read = async || {
            let opened = office.stranger().post("/progress", &[("number", number), ("code", code)]).await;
            office.stranger().get_keeping(&opened).await.body
        };
        assert!(read().await.contains(&format!("示例steward-01负责。 {call}")), "{}", read().await);
        let there = owner().await;
        assert_eq!((&there["phone"], there.get("stands_in")), (&json!("10000000001"), None), "{there}");
        away(&office.sign_in("steward-01").await, "worker-01").await;
        let gone = owner().await;
        let deputy = &gone["stands_in"];
        assert_eq!((&gone["phone"], &deputy["name"], &deputy["phone"]), (&Value::Null, &json!("示例worker-01"), &json!("10000000001")), "{gone}");
        let page = read().await;
        assert!(page.contains("示例steward-01（不在岗，由") && page.contains(&format!("示例worker-01代办）负责。 {call}")), "{page}");
        assert_eq!(page.matches(call).count(), 1, "the number of whoever is there: {page}");
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
