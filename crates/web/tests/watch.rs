//! The lists that find cases by themselves: due soon, overdue, silent. Through the real router, page and API.

mod colleague;
mod common;

use axum::http::StatusCode;
use colleague::Office;
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
