//! Settings 设置 through the real router: a community changes its own rules, and the next step goes by them.

mod colleague;
mod common;

use axum::http::StatusCode;
use colleague::{Colleague, Office, form};
use rules::journal::{Event, HouseEvent};
use serde_json::{Value, json};
use testkit::on_both_databases;

/// The blanks of the page of whistles, with the defaults in them.
const WHISTLE: [(&str, &str); 13] = [
    ("case.whistle.ordinary", "24"),
    ("case.whistle.ordinary.unit", "urgent_hour"),
    ("case.whistle.urgent", "2"),
    ("case.whistle.urgent.unit", "urgent_hour"),
    ("case.whistle.emergency", "30"),
    ("case.whistle.emergency.unit", "minute"),
    ("case.whistle.hear.ordinary", "4"),
    ("case.whistle.hear.ordinary.unit", "urgent_hour"),
    ("case.whistle.hear.urgent", "30"),
    ("case.whistle.hear.urgent.unit", "minute"),
    ("case.whistle.hear.emergency", "10"),
    ("case.whistle.hear.emergency.unit", "minute"),
    ("case.whistle.leader_titles", "负责人\n站长\n队长\n主任"),
];

/// Sends the page of whistles with some blanks filled otherwise.
async fn whistles(who: &Colleague<'_>, version: &str, other: &[(&str, &str)]) -> common::Answer {
    let mut fields = vec![("version", version)];
    for (name, usual) in WHISTLE {
        let changed = other.iter().find(|(of, _)| *of == name);
        fields.push((name, changed.map_or(usual, |(_, text)| text)));
    }
    who.post("/settings/whistle", &fields).await
}

/// A case in the hands of the grid's worker, who whistles for the water station at once; gives the case's page.
async fn whistled(office: &Office) -> String {
    let (desk, worker) = (
        office.sign_in("desk").await,
        office.sign_in("worker-01").await,
    );
    let number = desk.enter("污水从井口冒出来", "G01-M01").await;
    desk.step(&number, "file", &[("filing", "none")]).await;
    desk.step(&number, "dispatch", &[("to", "worker-01")]).await;
    worker.step(&number, "accept", &[]).await;
    let call = [
        ("urgency", "urgent"),
        ("departments", "D01"),
        ("words", "请到现场"),
    ];
    worker.step(&number, "whistle", &call).await;
    number
}

/// The version that the page of a subject carries.
async fn version(who: &Colleague<'_>) -> String {
    let page = who.get("/settings/whistle").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    form::value(&page.body, "version").expect("a version")
}

on_both_databases! {
    async fn a_changed_limit_is_that_of_the_next_whistle_and_not_of_the_one_before(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let before = whistled(&office).await;
        let kept = whistles(&desk, "0", &[("case.whistle.urgent", "４５"), ("case.whistle.urgent.unit", "minute")]).await;
        assert_eq!(kept.header("location"), "/settings/whistle?done=kept", "{}", kept.body);
        let after = whistled(&office).await;
        let page = async |number: &str| desk.get(&format!("/cases/{number}")).await.body;
        let (before, after) = (page(&before).await, page(&after).await);
        assert!(before.contains("11:00") && !before.contains("09:45"), "{before}");
        assert!(after.contains("09:45") && !after.contains("11:00"), "{after}");
        // the list says what was changed by whom, in either language
        let list = desk.get("/settings").await.body;
        assert!(list.contains("紧急：原为 2 个紧急工作时，改为 45 分钟"), "{list}");
        assert!(list.contains(&office.name_of("desk")) && list.contains("1 项与默认值不同"), "{list}");
        let list = desk.get_english("/settings").await.body;
        assert!(list.contains("Urgent: was 2 urgent hours, is 45 minutes"), "{list}");
        // and so does the journal
        let kept = office.house.store.reader().journal_after(office.community, 0, 1000).await.expect("the journal");
        let change = kept.entries.iter().find_map(|entry| match Event::from_bytes(&entry.event) {
            Ok(Event::House(HouseEvent::SettingsChanged { changes, .. })) => Some(changes),
            _ => None,
        });
        let change = serde_json::to_value(change).expect("JSON");
        let limit = |unit: &str, n: u16| json!({"unit": unit, "n": n});
        assert_eq!(change, json!([{"field": "case.whistle.urgent", "was": limit("urgent_hour", 2), "now": limit("minute", 45)}]));
    }

    async fn an_earlier_value_is_set_again_as_a_change_of_its_own(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        whistles(&desk, "0", &[("case.whistle.urgent", "1")]).await;
        let undo = async |version: &str| desk.post("/settings/undo", &[("version", version), ("change", "1")]).await;
        let stale = undo("0").await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
        let undone = undo("1").await;
        assert_eq!(undone.header("location"), "/settings?done=undone", "{}", undone.body);
        assert!(desk.get("/settings/whistle").await.body.contains(r#"name="case.whistle.urgent" value="2""#));
        assert_eq!(version(&desk).await, "2");
        // once more there is nothing to set back, and nothing is noted
        let again = undo("2").await;
        assert!(again.body.contains("现在就是原来的值"), "{}", again.body);
        assert_eq!(version(&desk).await, "2");
        let never = desk.post("/settings/undo", &[("version", "2"), ("change", "9")]).await;
        assert_eq!(never.status, StatusCode::NOT_FOUND, "{}", never.body);
    }

    async fn what_no_rule_can_bear_is_said_at_its_field_and_nothing_typed_is_lost(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        for (name, text, said) in [
            ("case.whistle.urgent", "0", "请填 1 到 720 之间的数"),
            ("case.whistle.urgent", "很快", "请填一个整数"),
            ("case.whistle.urgent", "25", "越急的哨"),
            ("case.whistle.hear.urgent", "121", "响应不能比到场慢"),
            ("case.whistle.leader_titles", "", "至少要有一行"),
            ("case.whistle.leader_titles", "队长\n队长", "“队长”写了两次"),
        ] {
            let other = [("case.whistle.ordinary", "23"), (name, text)];
            let answer = whistles(&desk, "0", &other).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {text}");
            assert!(answer.body.contains(said) && answer.body.contains(&format!("id=\"{name}-fault\"")), "{}", answer.body);
            assert!(answer.body.contains(r#"name="case.whistle.ordinary" value="23""#), "{}", answer.body);
            assert!(answer.body.contains(text), "{}", answer.body);
        }
        let never = whistles(&desk, "0", &[("case.whistle.urgent.unit", "fortnight")]).await;
        assert!(never.body.contains("case.whistle.urgent-fault"), "a unit that there is not: {}", never.body);
        assert_eq!(version(&desk).await, "0", "nothing was kept");
        let unknown = desk.post("/settings/whistle", &[("version", "0"), ("case.reopen_days", "3")]).await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST, "{}", unknown.body);
        assert_eq!(desk.get("/settings/weather").await.status, StatusCode::NOT_FOUND);
    }

    async fn whoever_saw_an_older_version_is_told_and_keeps_what_was_typed(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, chief) = (office.sign_in("desk").await, office.sign_in("desk").await);
        whistles(&desk, "0", &[("case.whistle.urgent", "1")]).await;
        let stale = whistles(&chief, "0", &[("case.whistle.urgent", "3")]).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
        assert!(stale.body.contains("别人刚改过设置"), "{}", stale.body);
        assert!(stale.body.contains(r#"name="case.whistle.urgent" value="3""#), "{}", stale.body);
        let seen = form::value(&stale.body, "version").expect("a version");
        assert_eq!(whistles(&chief, &seen, &[("case.whistle.urgent", "3")]).await.status, StatusCode::SEE_OTHER);
    }

    async fn only_those_who_may_see_and_change_the_settings(database: Database) {
        let office = Office::furnish(database).await;
        for account in ["lead-01", "steward-01", "worker-01", "supervisor", "department-water"] {
            let who = office.sign_in(account).await;
            assert_eq!(who.get("/settings").await.status, StatusCode::FORBIDDEN, "{account}");
            assert_eq!(whistles(&who, "0", &[]).await.status, StatusCode::FORBIDDEN, "{account}");
            let token = office.token(account).await;
            let read = office.api("GET", "/api/v1/settings", &token, &[], &json!(null)).await;
            assert_eq!(read.status, StatusCode::FORBIDDEN, "{account}");
            let put = office.api("PUT", "/api/v1/settings", &token, &[("if-match", "\"0\"")], &json!({})).await;
            assert_eq!(put.status, StatusCode::FORBIDDEN, "{account}");
        }
        assert!(office.stranger().get("/settings").await.header("location").starts_with("/sign-in"));
        let lead = office.sign_in("lead-01").await.get("/work").await.body;
        assert!(!lead.contains("href=\"/settings\""), "no door where there is none to go through");
        assert!(office.sign_in("desk").await.get("/work").await.body.contains("href=\"/settings\""));
    }

    async fn a_matter_on_the_fast_lane_goes_straight_to_its_department(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let row = |category: &'static str, department: &'static str| {
            [("version", "0"), ("case.fast_lane.0.category", category), ("case.fast_lane.0.department", department)]
        };
        let half = desk.post("/settings/lane", &row("20110", "")).await;
        assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(half.body.contains("第 1 行没有填完") && half.body.contains("value=\"20110\" selected"), "{}", half.body);
        let nobody = desk.post("/settings/lane", &row("20110", "D99")).await;
        assert!(nobody.body.contains("没有代码是“D99”的部门"), "{}", nobody.body);
        let kept = desk.post("/settings/lane", &row("20110", "D01")).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        assert!(desk.get("/settings").await.body.contains("暴露垃圾 → 供水排水服务站"));
        let number = desk.enter("暴露垃圾堆在楼下", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        let page = desk.get(&format!("/cases/{number}")).await.body;
        assert!(page.contains("直通车"), "{page}");
    }

    async fn a_lane_that_leads_to_nobody_goes_to_the_desk_and_is_told_on_workbench_and_settings(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let row = [("version", "0"), ("case.fast_lane.0.category", "20110"), ("case.fast_lane.0.department", "D01")];
        desk.post("/settings/lane", &row).await;
        for page in ["/work", "/settings"] {
            assert!(!desk.get(page).await.body.contains("部门已经没有人"), "{page}");
        }
        office.leaves("department-water").await;
        let number = desk.enter("暴露垃圾堆在楼下", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        let page = desk.get(&format!("/cases/{number}")).await.body;
        assert!(page.contains("直通车名单上的部门现在没有人接"), "{page}");
        desk.step(&number, "dispatch", &[("whom", "suggested")]).await;
        let token = office.token("desk").await;
        let case = office.api("GET", &format!("/api/v1/cases/{number}"), &token, &[], &json!(null)).await;
        let case: Value = serde_json::from_str(&case.body).expect("JSON");
        assert_eq!(case["owner"]["name"], office.name_of("desk"), "{case}");
        for page in ["/work", "/settings"] {
            let told = desk.get(page).await.body;
            assert!(told.contains("直通车名单上有 1 行的部门已经没有人") && told.contains("href=\"/settings/lane\""), "{told}");
        }
        let lead = office.sign_in("lead-01").await.get("/work").await.body;
        assert!(!lead.contains("部门已经没有人"), "only whoever can see to it is told: {lead}");
    }

    async fn the_api_replaces_the_settings_by_their_version(database: Database) {
        let office = Office::furnish(database).await;
        let token = office.token("desk").await;
        let read = |answer: &common::Answer| -> Value { serde_json::from_str(&answer.body).expect("JSON") };
        let put = async |seen: &str, body: &Value| office.api("PUT", "/api/v1/settings", &token, &[("if-match", seen)], body).await;
        let got = office.api("GET", "/api/v1/settings", &token, &[], &json!(null)).await;
        assert_eq!((got.status, got.header("etag")), (StatusCode::OK, "\"0\""), "{}", got.body);
        let mut settings = read(&got)["settings"].clone();
        assert_eq!(settings["case"]["reopen_days"], 15);
        settings["case"]["reopen_days"] = json!(30);
        settings["phones"]["desk"] = json!("028-8888 0000");
        let unseen = office.api("PUT", "/api/v1/settings", &token, &[], &settings).await;
        assert_eq!(unseen.status, StatusCode::PRECONDITION_REQUIRED, "{}", unseen.body);
        let kept = put("\"0\"", &settings).await;
        assert_eq!((kept.status, kept.header("etag")), (StatusCode::OK, "\"1\""), "{}", kept.body);
        assert!(office.stranger().get("/").await.body.contains("028-8888 0000"), "pages follow at once");
        assert_eq!(put("\"0\"", &settings).await.status, StatusCode::PRECONDITION_FAILED);
        for (body, field, code) in [
            (json!({"case": {"reopen_day": 3}}), "case.reopen_day", "field-unknown"),
            (json!({"weather": {}}), "weather", "field-unknown"),
            (json!({"case": {"reopen_days": "many"}}), "case.reopen_days", "field-shape"),
            (json!({"case": {"reopen_days": 0}}), "case.reopen_days", "setting-range"),
            (json!({"figures": {"fewest": 4}}), "figures.fewest", "setting-range"),
        ] {
            let refused = put("\"1\"", &body).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
            let fault = &read(&refused)["faults"][0];
            assert_eq!((fault["field"].as_str(), fault["code"].as_str()), (Some(field), Some(code)), "{fault}");
        }
        // what a body does not name is the default again
        assert_eq!(read(&put("\"1\"", &json!({})).await)["settings"]["case"]["reopen_days"], 15);
        let changes = read(&office.api("GET", "/api/v1/settings/changes", &token, &[], &json!(null)).await);
        let names: Vec<_> = changes[0]["changes"].as_array().expect("changes").iter().map(|one| one["field"].clone()).collect();
        assert_eq!(names, ["case.reopen_days", "phones.desk"]);
        assert_eq!((&changes[1]["version"], changes.as_array().map(Vec::len)), (&json!(1), Some(2)));
    }

    async fn whoever_leaves_the_fast_lane_says_why_and_it_stands_in_the_trail(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let row = [("version", "0"), ("case.fast_lane.0.category", "20110"), ("case.fast_lane.0.department", "D01")];
        desk.post("/settings/lane", &row).await;
        let number = desk.enter("暴露垃圾堆在楼下", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        let page = format!("/cases/{number}");
        assert!(desk.get(&page).await.body.contains("不走直通车的原因"));
        let version = desk.version(&number).await;
        let bare = [("version", version.as_str()), ("whom", "other"), ("to", "steward-01")];
        let refused = desk.post(&format!("{page}/dispatch"), &bare).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("派给别人，请写原因"), "{}", refused.body);
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01"), ("words", "供水站今天停电")]).await;
        assert!(desk.get(&page).await.body.contains("供水站今天停电"), "it is kept");
        let other = desk.enter("暴露垃圾堆在楼上", "G01-M01").await;
        desk.step(&other, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&other, "dispatch", &[("whom", "suggested")]).await;
    }

    async fn a_case_that_was_suspended_once_says_so_where_it_is_to_be_suspended_again(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        let number = desk.enter("路灯坏了", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        steward.step(&number, "accept", &[]).await;
        let stop = [("until", "2026-11-25"), ("words", "等材料")];
        desk.step(&number, "suspend", &stop).await;
        desk.step(&number, "resume", &[]).await;
        let token = office.token("desk").await;
        let seen = format!("\"{}\"", desk.version(&number).await);
        let body = json!({"until": "2026-11-25T18:00:00+08:00", "reason": "还是等材料"});
        let headers = [("if-match", seen.as_str())];
        let again = office.api("POST", &format!("/api/v1/cases/{number}/suspend"), &token, &headers, &body).await;
        assert!(again.body.contains("a case is suspended only once"), "{}", again.body);
    }
}
