//! A lead that officers have when its case becomes a complaint: they go on with it, and nothing of it gives the complaint away.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;

use super::colleague::{Colleague, Office};
use super::{reported, turned};

const HOLE: &str = "路口的井盖塌了";

/// A case of which two officers have a lead, with a procedure begun: its number, and the page of the lead.
async fn with_lead(office: &Office) -> (String, String) {
    let (number, _) = reported(office, HOLE).await;
    let desk = office.sign_in("desk").await;
    desk.step(&number, "file", &[("filing", "20110-2011001")])
        .await;
    desk.step(
        &number,
        "dispatch",
        &[("whom", "other"), ("to", "worker-01")],
    )
    .await;
    let lead = office.sign_in("worker-01").await.refer(&number).await;
    let officer = office.sign_in("officer-01").await;
    officer
        .act(&lead, "take", &[("second", "officer-02")])
        .await;
    officer
        .act(&lead, "start", &[("procedure", "general")])
        .await;
    (number, lead)
}

/// What somebody reads of a lead, which they find.
async fn read(by: &Colleague<'_>, lead: &str) -> String {
    let shown = by.get(lead).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    shown.body
}

/// The number of the lead's page.
fn of(lead: &str) -> &str {
    lead.rsplit('/').next().expect("a number")
}

on_both_databases! {
    async fn a_lead_in_procedure_goes_on_with_its_officers_without_the_case_and_its_words(database: Database) {
        let office = Office::furnish(database).await;
        let (number, lead) = with_lead(&office).await;
        turned(&office.sign_in("desk").await, &number, "steward-01").await;
        for account in ["officer-01", "officer-02", "worker-01"] {
            let shown = read(&office.sign_in(account).await, &lead).await;
            assert!(shown.contains("3 号楼东侧消防通道") && shown.contains("占用、堵塞、封闭消防车通道"), "{account}: {shown}");
            assert!(shown.contains("/photos/"), "{account}: the evidence stays: {shown}");
            assert!(!shown.contains("摊点每天 18 时起占用通道") && !shown.contains(&number), "{account}: {shown}");
        }
        let officer = office.sign_in("officer-01").await;
        officer.act(&lead, "end", &[("result", "corrected_on_spot"), ("words", "现场已恢复")]).await;
        let shown = read(&officer, &lead).await;
        assert!(shown.contains("当场改正") && shown.contains("现场已恢复"), "{shown}");
    }

    async fn officers_hear_that_the_lead_goes_on_and_nothing_else(database: Database) {
        let office = Office::furnish(database).await;
        let (number, lead) = with_lead(&office).await;
        turned(&office.sign_in("supervisor").await, &number, "worker-01").await;
        office.follow().await;
        for account in ["officer-01", "officer-02"] {
            let token = office.token(account).await;
            let told = office.api("GET", "/api/v1/messages", &token, &[], &json!(null)).await;
            let told: Value = serde_json::from_str(&told.body).expect("JSON");
            let newest = &told["items"][0];
            assert_eq!((&newest["kind"], &newest["number"]), (&json!("referral-on_its_own"), &json!(of(&lead))), "{account}: {told}");
            let told = office.sign_in(account).await.get("/tasks").await.body;
            assert!(told.contains("一条执法线索的来源事件已转出，线索照常办理"), "{account}: {told}");
        }
    }

    async fn whoever_referred_a_lead_is_not_told_at_the_minute_that_somebody_complains_of_them(database: Database) {
        let office = Office::furnish(database).await;
        let (number, lead) = with_lead(&office).await;
        office.follow().await;
        let token = office.token("worker-01").await;
        let heard = async || office.api("GET", "/api/v1/messages", &token, &[], &json!(null)).await.body;
        let of_lead = |heard: &str| heard.matches("\"referral-").count();
        let before = of_lead(&heard().await);
        turned(&office.sign_in("supervisor").await, &number, "worker-01").await;
        office.follow().await;
        let told = heard().await;
        assert_eq!(of_lead(&told), before, "{told}");
        let worker = office.sign_in("worker-01").await;
        let tasks = worker.get("/tasks").await.body;
        assert!(!tasks.contains("来源事件已转出"), "{tasks}");
        assert_eq!(worker.get(&lead).await.status, StatusCode::OK, "what they referred they find");
    }

    async fn a_lead_on_its_own_that_waits_for_officers_is_found_by_those_who_were_told(database: Database) {
        let office = Office::furnish(database).await;
        let (number, lead) = with_lead(&office).await;
        turned(&office.sign_in("desk").await, &number, "").await;
        for account in ["officer-01", "officer-02"] {
            let away = [("until", "2026-11-30"), ("deputy", "desk")];
            let told = office.sign_in(account).await.post("/absence", &away).await;
            assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
        }
        assert_eq!(office.sign_in("supervisor").await.get(&lead).await.status, StatusCode::NOT_FOUND, "nobody was told");
        office.tick().await;
        office.follow().await;
        for (account, at) in [("supervisor", "/work"), ("desk", "/tasks")] {
            let somebody = office.sign_in(account).await;
            let told = somebody.get(at).await.body;
            assert_eq!(told.matches("没有两名执法人员可办").count(), 1, "{account}: {told}");
            let shown = read(&somebody, &lead).await;
            assert!(shown.contains("已告知综合窗口和监督员") && !shown.contains(&number), "{account}: {shown}");
            assert!(!shown.contains("摊点每天 18 时起占用通道"), "{account}: {shown}");
        }
        for account in ["lead-01", "community-lead"] {
            assert_eq!(office.sign_in(account).await.get(&lead).await.status, StatusCode::NOT_FOUND, "{account}");
        }
        for account in ["officer-02", "officer-01"] {
            let back = office.sign_in(account).await.post("/absence/back", &[]).await;
            assert_eq!(back.status, StatusCode::SEE_OTHER, "{account}: {}", back.body);
        }
        let officer = office.sign_in("officer-01").await;
        officer.act(&lead, "end", &[("result", "corrected_on_spot")]).await;
        assert_eq!(office.sign_in("desk").await.get(&lead).await.status, StatusCode::NOT_FOUND, "it is over");
    }

    async fn nobody_but_its_officers_and_whoever_referred_it_finds_a_lead_whose_case_became_a_complaint(database: Database) {
        let office = Office::furnish(database).await;
        let (number, lead) = with_lead(&office).await;
        turned(&office.sign_in("desk").await, &number, "").await;
        for account in ["desk", "lead-01", "community-lead", "supervisor"] {
            let somebody = office.sign_in(account).await;
            assert_eq!(somebody.get(&lead).await.status, StatusCode::NOT_FOUND, "{account}");
            assert!(!somebody.get("/referrals?state=all").await.body.contains(of(&lead)), "{account}");
            let token = office.token(account).await;
            let heard = office.api("GET", "/api/v1/events", &token, &[], &json!(null)).await;
            assert!(!heard.body.contains("on_its_own"), "{account}: {}", heard.body);
        }
    }

    async fn whoever_makes_a_case_a_complaint_is_told_which_leads_go_on_and_with_whom(database: Database) {
        let office = Office::furnish(database).await;
        let (number, lead) = with_lead(&office).await;
        let (one, other) = (office.name_of("officer-01"), office.name_of("officer-02"));
        let page = office.sign_in("desk").await.get(&format!("/cases/{number}/complaint")).await.body;
        assert!(page.contains(of(&lead)) && page.contains(&format!("{one}、{other}")), "{page}");
        let desk = office.token("desk").await;
        let path = format!("/api/v1/cases/{number}");
        let seen = office.api("GET", &format!("{path}?with=trail"), &desk, &[], &json!(null)).await;
        let case: Value = serde_json::from_str(&seen.body).expect("JSON");
        assert_eq!(case["referrals"][0]["officers"], json!([one, other]), "before");
        let seen = [("if-match", seen.header("etag"))];
        let turned = office.api("POST", &format!("{path}/complaint"), &desk, &seen, &json!({})).await;
        assert_eq!(turned.status, StatusCode::OK, "{}", turned.body);
        let turned: Value = serde_json::from_str(&turned.body).expect("JSON");
        let told = &turned["leads"][0];
        assert_eq!((&told["number"], &told["officers"]), (&json!(of(&lead)), &json!([one, other])), "{turned}");
    }

    async fn whoever_looks_into_a_complaint_sees_its_lead_and_what_came_of_it(database: Database) {
        let office = Office::furnish(database).await;
        let (number, lead) = with_lead(&office).await;
        turned(&office.sign_in("desk").await, &number, "").await;
        let officer = office.sign_in("officer-02").await;
        officer.act(&lead, "end", &[("result", "corrected_on_spot")]).await;
        let page = office.sign_in("supervisor").await.get(&format!("/complaints/{number}")).await.body;
        assert!(page.contains(&format!("{} · 当场改正", of(&lead))) && page.contains(&office.name_of("officer-01")), "{page}");
        let supervisor = office.token("supervisor").await;
        let told = office.api("GET", &format!("/api/v1/complaints/{number}"), &supervisor, &[], &json!(null)).await;
        let told: Value = serde_json::from_str(&told.body).expect("JSON");
        assert_eq!((&told["leads"][0]["number"], &told["leads"][0]["result"]), (&json!(of(&lead)), &json!("corrected_on_spot")), "{told}");
    }
}
