//! The lists that find cases by themselves: due soon, overdue, silent. Through the real router, page and API.

mod colleague;
mod common;
#[path = "watch/told.rs"]
mod told;

use axum::http::StatusCode;
use colleague::Office;
use common::stands_since;
use rules::case::{Case, State};
use serde_json::{Value, json};
use testkit::on_both_databases;
use time::Duration;

/// A case in the first micro-grid that its steward has accepted; due within hours.
async fn accepted(office: &Office) -> String {
    let desk = office.sign_in("desk").await;
    let number = desk.enter("暴露垃圾堆在 3 号楼下", "G01-M01").await;
    desk.step(&number, "file", &[("filing", "20110-2011001")])
        .await;
    let to = [("whom", "other"), ("to", "steward-01")];
    desk.step(&number, "dispatch", &to).await;
    let steward = office.sign_in("steward-01").await;
    steward.step(&number, "accept", &[("from", "task")]).await;
    number
}

/// The numbers on a list, for somebody who signs in anew: sessions end while days go by.
async fn listed(office: &Office, account: &str, list: &str) -> Vec<String> {
    let who = office.sign_in(account).await;
    let page = who.get(&format!("/supervision?list={list}")).await;
    assert_eq!(page.status, StatusCode::OK, "{list}: {}", page.body);
    let rows = page.body.split("data-case=\"").skip(1);
    rows.filter_map(|row| row.split('"').next().map(str::to_owned))
        .collect()
}

/// Makes a case what no step makes it.
async fn made(office: &Office, number: &str, change: impl FnOnce(&mut Case) + Send + 'static) {
    let number = number.parse().expect("a number");
    let store = &office.house.store;
    let now = office.house.clock.now();
    let made = async move |unit: &store::Unit| {
        let scope = rules::access::Scope::Community(unit.community());
        let trail = unit.case_numbered(&scope, &number).await?;
        let (before, mut case) = (trail.case.version, trail.case);
        case.version += 1;
        change(&mut case);
        let stir = store::case::Stir::Other(now);
        unit.save_case(before, &case, trail.department, stir).await
    };
    let made = store.unit::<_, store::Error, _>(office.community, made);
    made.await.expect("made");
}

/// How often somebody was told so.
async fn told(office: &Office, account: &str, kind: &str) -> usize {
    let token = office.token(account).await;
    let all = office
        .api("GET", "/api/v1/messages", &token, &[], &json!(null))
        .await;
    all.body.matches(&format!("\"{kind}\"")).count()
}

on_both_databases! {
    async fn a_case_is_found_when_it_is_due_soon_and_when_it_is_overdue(database: Database) {
        let office = Office::furnish(database).await;
        let number = accepted(&office).await;
        let supervisor = office.sign_in("supervisor").await;
        assert_eq!(listed(&office, "supervisor", "near").await, [number.as_str()]);
        assert!(listed(&office, "supervisor", "overdue").await.is_empty());
        let bench = supervisor.get("/work").await.body;
        assert!(bench.contains("临近时限 1"), "{bench}");
        office.later(Duration::days(1));
        assert_eq!(listed(&office, "supervisor", "overdue").await, [number.as_str()]);
        assert!(listed(&office, "supervisor", "near").await.is_empty());
        let supervisor = office.sign_in("supervisor").await;
        let english = supervisor.get_english("/supervision?list=overdue").await.body;
        assert!(english.contains("and is not closed"), "{english}");
        // other grids' leads do not find it
        assert_eq!(listed(&office, "lead-01", "overdue").await, [number]);
        assert!(listed(&office, "lead-02", "overdue").await.is_empty());
    }

    async fn what_nobody_decides_about_is_told_to_whoever_may_and_then_to_whoever_leads_and_stands_on_every_list(database: Database) {
        let office = Office::furnish(database).await;
        let number = office.sign_in("desk").await.enter("路灯不亮", "G01-M01").await;
        let told = async |account: &str, kind: &str| told(&office, account, kind).await;
        office.later(Duration::minutes(14));
        office.tick().await;
        assert_eq!(told("desk", "supervision-undecided").await, 0, "there is time");
        office.later(Duration::minutes(2));
        for _ in 0..2 {
            office.tick().await;
            assert_eq!(told("desk", "supervision-undecided").await, 1, "once");
        }
        for account in ["steward-01", "lead-01", "community-lead"] {
            assert_eq!(told(account, "supervision-undecided").await, 0, "{account} does not decide first");
        }
        assert_eq!(listed(&office, "supervisor", "overdue").await, [number.as_str()]);
        let list = office.sign_in("desk").await.get("/cases?due=overdue").await.body;
        assert!(list.contains(&number), "{list}");
        let token = office.token("steward-01").await;
        let path = format!("/api/v1/cases/{number}");
        let case = office.api("GET", &path, &token, &[], &json!(null)).await.body;
        assert!(case.contains("\"overdue\":true"), "{case}");
        office.later(Duration::hours(2));
        for _ in 0..2 {
            office.tick().await;
            for account in ["lead-01", "community-lead"] {
                assert_eq!(told(account, "supervision-undecided_again").await, 1, "{account} hears of it once");
            }
        }
        assert_eq!(told("lead-02", "supervision-undecided_again").await, 0, "it is not in this one's grid");
        assert_eq!(told("desk", "supervision-undecided").await, 1);
    }

    async fn what_comes_back_late_is_told_when_nobody_decides_about_it_again_and_each_time_it_does(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("路灯不亮", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        let told = async |account: &str, kind: &str| told(&office, account, kind).await;
        office.later(Duration::days(3));
        for _ in 0..2 {
            office.tick().await;
        }
        let before = told("desk", "supervision-undecided").await;
        let leads = told("lead-01", "supervision-undecided_again").await;
        for round in 1..=2 {
            let desk = office.sign_in("desk").await;
            desk.step(&number, "dispatch", &[("whom", "other"), ("to", "worker-01")]).await;
            let worker = office.sign_in("worker-01").await;
            worker.step(&number, "return", &[("reason", "not_mine"), ("words", "不是我的")]).await;
            office.tick().await;
            assert_eq!(told("desk", "supervision-undecided").await, before + round - 1, "{round}: there is time again");
            assert_eq!(listed(&office, "supervisor", "overdue").await, [number.as_str()], "{round}: late it is");
            office.later(Duration::minutes(16));
            office.tick().await;
            assert_eq!(told("desk", "supervision-undecided").await, before + round, "{round}: it waits again");
            assert_eq!(told("lead-01", "supervision-undecided_again").await, leads, "{round}: they were told just now");
        }
    }

    async fn what_a_leader_who_was_called_has_to_decide_is_told_to_that_leader_alone(database: Database) {
        let office = Office::furnish(database).await;
        let number = office.sign_in("desk").await.enter("路灯不亮", "G01-M01").await;
        let net = office.house.net();
        let leader = net.community_by_id(office.community).expect("the community").member_by_code("lead-01").expect("a leader").id;
        made(&office, &number, move |case| {
            case.state = State::Filed;
            case.leader_called = Some(leader);
        }).await;
        office.later(Duration::minutes(16));
        office.tick().await;
        assert_eq!(told(&office, "lead-01", "supervision-undecided").await, 1);
        for account in ["desk", "desk-02", "community-lead"] {
            assert_eq!(told(&office, account, "supervision-undecided").await, 0, "{account} does not decide");
        }
    }

    async fn where_nobody_is_at_the_desk_those_who_lead_are_told_once_that_nobody_decides(database: Database) {
        let office = Office::furnish(database).await;
        office.sign_in("desk").await.enter("路灯不亮", "G01-M01").await;
        for account in ["desk", "desk-02"] {
            office.leaves(account).await;
        }
        for wait in [Duration::minutes(16), Duration::hours(3), Duration::hours(3)] {
            office.later(wait);
            office.tick().await;
            for account in ["lead-01", "community-lead"] {
                assert_eq!(told(&office, account, "supervision-undecided").await, 1, "{account}");
                assert_eq!(told(&office, account, "supervision-undecided_again").await, 0, "{account} knows");
            }
        }
    }

    async fn a_fresh_report_is_not_near_its_deadline_because_somebody_has_to_decide_about_it(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("路灯不亮", "G01-M01").await;
        assert!(listed(&office, "supervisor", "near").await.is_empty());
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        assert!(listed(&office, "supervisor", "near").await.is_empty());
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "worker-01")]).await;
        assert_eq!(listed(&office, "supervisor", "near").await, [number]);
    }

    async fn the_clock_of_a_decision_is_not_that_of_the_steward_who_cannot_decide(database: Database) {
        let office = Office::furnish(database).await;
        office.sign_in("desk").await.enter("路灯不亮", "G01-M01").await;
        let token = office.token("steward-01").await;
        let tasks = office.api("GET", "/api/v1/tasks", &token, &[], &json!(null)).await.body;
        let tasks: Value = serde_json::from_str(&tasks).expect("JSON");
        assert_eq!((&tasks["items"][0]["state"], &tasks["items"][0]["clock"]), (&json!("reported"), &json!(null)), "{tasks}");
        office.later(Duration::hours(1));
        let page = office.sign_in("steward-01").await.get("/tasks").await.body;
        assert!(page.contains("路灯不亮") && !page.contains("已超时"), "{page}");
    }

    async fn a_file_that_nobody_dispatches_is_told_too_and_nobody_hears_of_what_was_decided(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let [waits, goes] = [desk.enter("路灯不亮", "G01-M01").await, desk.enter("井盖松动", "G01-M01").await];
        for number in [&waits, &goes] {
            desk.step(number, "file", &[("filing", "20110-2011001")]).await;
        }
        let to = [("whom", "other"), ("to", "steward-01")];
        desk.step(&goes, "dispatch", &to).await;
        office.later(Duration::minutes(16));
        office.tick().await;
        let token = office.token("desk").await;
        let all = office.api("GET", "/api/v1/messages", &token, &[], &json!(null)).await.body;
        let all: Value = serde_json::from_str(&all).expect("JSON");
        let all = all["items"].as_array().expect("items");
        let told: Vec<_> = all.iter().filter(|one| one["kind"] == "supervision-undecided").collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].to_string().contains(&waits), "{told:?}");
        assert_eq!(listed(&office, "supervisor", "overdue").await, [waits]);
    }

    async fn a_case_is_silent_after_three_days_until_somebody_who_works_here_takes_a_step(database: Database) {
        let office = Office::furnish(database).await;
        let number = accepted(&office).await;
        office.later(Duration::days(2));
        assert!(listed(&office, "supervisor", "silent").await.is_empty());
        office.later(Duration::days(2));
        assert_eq!(listed(&office, "supervisor", "silent").await, [number.as_str()]);
        let supervisor = office.sign_in("supervisor").await;
        assert!(supervisor.get("/work").await.body.contains("多日未动 1"));
        // being reminded is no step
        let page = format!("/cases/{number}/remind");
        let key = colleague::form::value(&supervisor.get(&page).await.body, "key").expect("a key");
        supervisor.post(&page, &[("key", &key), ("words", "请尽快")]).await;
        assert_eq!(listed(&office, "supervisor", "silent").await, [number.as_str()]);
        let steward = office.sign_in("steward-01").await;
        steward.step(&number, "tell", &[("from", "task"), ("words", "明早清运")]).await;
        assert!(listed(&office, "supervisor", "silent").await.is_empty());
    }

    async fn a_suspended_case_is_not_silent_and_counts_anew_when_time_goes_on(database: Database) {
        let office = Office::furnish(database).await;
        let number = accepted(&office).await;
        let lead = office.sign_in("lead-01").await;
        let until = [("until", "2026-11-30"), ("words", "等待材料")];
        lead.step(&number, "suspend", &until).await;
        office.later(Duration::days(5));
        assert!(listed(&office, "supervisor", "silent").await.is_empty());
        // its clocks stand still: nothing calls it overdue
        assert!(listed(&office, "supervisor", "overdue").await.is_empty());
        let list = office.sign_in("desk").await.get("/cases?due=overdue").await.body;
        assert!(!list.contains(&number), "{list}");
        let token = office.token("desk").await;
        let path = format!("/api/v1/cases/{number}");
        let case = office.api("GET", &path, &token, &[], &json!(null)).await.body;
        assert!(case.contains("\"overdue\":false"), "{case}");
        office.later(Duration::days(4));
        assert_eq!(office.tick().await, 1, "it goes on");
        assert!(listed(&office, "supervisor", "silent").await.is_empty());
        office.later(Duration::days(4));
        assert_eq!(listed(&office, "supervisor", "silent").await, [number]);
    }

    async fn what_is_late_is_not_suspended_and_stays_on_the_lists(database: Database) {
        let office = Office::furnish(database).await;
        let number = accepted(&office).await;
        let lead = office.sign_in("lead-01").await;
        assert!(lead.get(&format!("/cases/{number}")).await.body.contains("/suspend\""));
        office.later(Duration::days(1));
        let lead = office.sign_in("lead-01").await;
        let page = lead.get(&format!("/cases/{number}")).await.body;
        assert!(!page.contains("/suspend\""), "{page}");
        let version = colleague::form::value(&page, "version").expect("a version");
        let late = [("version", version.as_str()), ("until", "2026-12-20"), ("words", "等")];
        let refused = lead.post(&format!("/cases/{number}/suspend"), &late).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        assert_eq!(listed(&office, "supervisor", "overdue").await, [number.as_str()]);
        let list = office.sign_in("desk").await.get("/cases?due=overdue").await.body;
        assert!(list.contains(&number), "{list}");
    }

    async fn what_is_filed_stands_on_the_list_of_today_with_the_hour_by_which_it_is_to_be_dispatched(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("暴露垃圾堆在 3 号楼下", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        let token = office.token("desk").await;
        let case = office.api("GET", &format!("/api/v1/cases/{number}"), &token, &[], &json!(null)).await.body;
        let case: Value = serde_json::from_str(&case).expect("JSON");
        let clocks = case["clocks"].as_array().expect("clocks");
        let dispatch = clocks.iter().find(|clock| clock["name"] == "answer").expect("a clock");
        let hour = dispatch["due_at"].as_str().and_then(|at| at.get(11..16)).expect("an hour");
        assert!(case["due_at"].as_str() > dispatch["due_at"].as_str(), "the work has longer: {case}");
        for list in ["/cases?due=today&sort=due", "/cases?due=soon"] {
            let page = desk.get(list).await.body;
            let row = page.split(&format!("href=\"/cases/{number}\"")).nth(1).and_then(|rest| rest.split("</tr>").next());
            let row = row.expect("its row");
            assert!(row.contains(&format!("11月23日（周一）{hour}")), "{hour}: {row}");
        }
    }

    async fn what_was_late_when_it_was_suspended_is_overdue_on_its_page_and_on_every_list(database: Database) {
        let office = Office::furnish(database).await;
        let (in_time, late) = (accepted(&office).await, accepted(&office).await);
        office.later(Duration::days(1));
        stands_since(&office.house, office.community, &in_time, (None, -Duration::minutes(1))).await;
        stands_since(&office.house, office.community, &late, (None, Duration::minutes(1))).await;
        office.later(Duration::days(1));
        let desk = office.sign_in("desk").await;
        for (number, is_late) in [(&in_time, false), (&late, true)] {
            let page = desk.get(&format!("/cases/{number}")).await.body;
            assert_eq!(page.contains("tag--overdue"), is_late, "{number}: {page}");
        }
        assert_eq!(listed(&office, "supervisor", "overdue").await, [late.as_str()]);
        let list = desk.get("/cases?due=overdue").await.body;
        assert!(list.contains(&late) && !list.contains(&in_time), "{list}");
        let bench = desk.get("/work").await.body;
        assert!(bench.contains("aria-label=\"已超时 1\""), "{bench}");
        let token = office.token("desk").await;
        let list = office.api("GET", "/api/v1/cases?sort=due", &token, &[], &json!(null)).await.body;
        let list: Value = serde_json::from_str(&list).expect("JSON");
        for item in list["items"].as_array().expect("items") {
            assert_eq!(item["overdue"], json!(item["number"] == json!(late)), "{item}");
        }
    }

    async fn whoever_leads_lets_a_suspended_case_go_on_when_its_reason_is_gone(database: Database) {
        let office = Office::furnish(database).await;
        for who in ["lead-01", "desk"] {
            let number = accepted(&office).await;
            let lead = office.sign_in("lead-01").await;
            lead.step(&number, "suspend", &[("until", "2026-11-30"), ("words", "等待材料")]).await;
            let worker = office.sign_in("worker-01").await;
            let path = format!("/cases/{number}");
            assert!(!worker.get(&path).await.body.contains("/resume\""), "neither has it nor leads");
            let colleague = office.sign_in(who).await;
            assert!(colleague.get(&path).await.body.contains("/resume\""), "{who}");
            colleague.step(&number, "resume", &[]).await;
            assert!(colleague.get(&path).await.body.contains("tag--accepted"), "{who}");
        }
    }

    async fn a_date_that_is_too_far_is_told_beside_its_box_with_the_days_that_fit(database: Database) {
        let office = Office::furnish(database).await;
        let number = accepted(&office).await;
        let lead = office.sign_in("lead-01").await;
        let page = lead.get(&format!("/cases/{number}")).await.body;
        let version = colleague::form::value(&page, "version").expect("a version");
        let far = [("version", version.as_str()), ("until", "2027-12-31"), ("words", "等待材料")];
        let again = lead.post(&format!("/cases/{number}/suspend"), &far).await;
        assert_eq!(again.status.as_u16(), 422, "{}", again.body);
        assert!(again.body.contains("日期应在 2026年11月23日 至 2027年2月"), "{}", again.body);
        assert!(again.body.contains("value=\"2027-12-31\""), "{}", again.body);
    }

    async fn a_case_that_ended_stands_on_no_list(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("误报一件", "G01-M01").await;
        let elsewhere = [("redirect", "outside_area"), ("words", "请找隔壁社区")];
        desk.step(&number, "redirect", &elsewhere).await;
        office.later(Duration::days(9));
        for list in ["near", "overdue", "silent"] {
            assert!(listed(&office, "supervisor", list).await.is_empty(), "{list}");
        }
    }

    async fn the_api_pages_through_silent_cases_those_that_wait_longest_first(database: Database) {
        let office = Office::furnish(database).await;
        let mut numbers = Vec::new();
        for _ in 0..3 {
            numbers.push(accepted(&office).await);
            office.later(Duration::minutes(1));
        }
        office.later(Duration::days(4));
        let token = office.token("supervisor").await;
        let (mut found, mut after) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/supervision?list=silent&limit=2{after}");
            let page = office.api("GET", &path, &token, &[], &json!(null)).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.body);
            let page: Value = serde_json::from_str(&page.body).expect("JSON");
            for item in page["items"].as_array().expect("items") {
                assert_eq!((&item["reason"], &item["asked"]), (&json!("silent"), &Value::Null));
                found.push(item["number"].as_str().expect("a number").to_owned());
            }
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(found, numbers);
    }
}
