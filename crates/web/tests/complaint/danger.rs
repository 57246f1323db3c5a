//! Complaints and held reports that tell of danger to life: who told them reads whom to call, and who looks into them hears of it
//! at once and finds them before all others.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;

use super::colleague::{Office, form};
use super::{reported, told, turned};

const DANGER: &str = "3栋煤气泄漏，有人晕倒，网格员骂人不管";

/// Tells it through a program that asks nobody; gives the receipt.
async fn held(office: &Office) -> Value {
    let body = json!({"text": DANGER, "grid": office.code("G01-M01")});
    let key = [("idempotency-key", "danger")];
    let told = office.api("POST", "/api/v1/reports", "", &key, &body).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.body);
    let again = office.api("POST", "/api/v1/reports", "", &key, &body).await;
    assert_eq!(again.body, told.body, "once");
    serde_json::from_str(&told.body).expect("JSON")
}

/// The part of a page that says whom to call first; empty without one.
fn alarm(page: &str) -> &str {
    let rest = page.split("class=\"alarm\"").nth(1);
    let alarm = rest.and_then(|rest| rest.split("</section>").next());
    alarm.unwrap_or_default()
}

fn text<'a>(of: &'a Value, field: &str) -> &'a str {
    of[field].as_str().expect(field)
}

on_both_databases! {
    async fn whoever_told_of_danger_reads_whom_to_call(database: Database) {
        let office = Office::furnish(database).await;
        let made = held(&office).await;
        assert_eq!((&made["held"], &made["call"]), (&json!(true), &json!(["120", "119"])), "{made}");
        let (number, code) = (text(&made, "number"), text(&made, "code"));
        let shown = office.api("GET", &format!("/api/v1/reports/{number}"), "", &[("receipt-code", code)], &json!(null)).await;
        let shown: Value = serde_json::from_str(&shown.body).expect("JSON");
        assert_eq!(shown["call"], made["call"], "{shown}");
        let resident = office.stranger();
        let opened = resident.post("/progress", &[("number", number), ("code", code)]).await;
        let goes = resident.get_keeping(&opened).await.body;
        assert!(alarm(&goes).contains("tel:120") && alarm(&goes).contains("tel:119"), "{goes}");
    }

    async fn the_receipt_of_a_complaint_says_whom_to_call_where_there_may_be_danger(database: Database) {
        let office = Office::furnish(database).await;
        let door = format!("/g/{}/complaint", office.code("G01-M01"));
        for (words, is_danger) in [(DANGER, true), ("网格员骂人不管", false)] {
            let resident = office.stranger();
            let key = form::value(&resident.get(&door).await.body, "key").expect("a one-time key");
            let sent = resident.post(&door, &[("key", key.as_str()), ("text", words)]).await;
            let slip = resident.get_keeping(&sent).await.body;
            assert_eq!(alarm(&slip).contains("tel:119"), is_danger, "{slip}");
        }
        let plain = json!({"text": "楼道着火了", "grid": office.code("G01-M01")});
        let plain = office.api("POST", "/api/v1/reports", "", &[("idempotency-key", "plain")], &plain).await;
        let plain: Value = serde_json::from_str(&plain.body).expect("JSON");
        assert_eq!((&plain["kind"], &plain["call"]), (&json!("report"), &json!(["119"])), "as of any report: {plain}");
    }

    async fn what_tells_of_danger_stands_first_and_is_marked_until_it_is_answered(database: Database) {
        let office = Office::furnish(database).await;
        let body = json!({"text": "网格员骂人不管", "grid": office.code("G01-M01")});
        let first = office.api("POST", "/api/v1/reports", "", &[("idempotency-key", "calm")], &body).await;
        let first: Value = serde_json::from_str(&first.body).expect("JSON");
        assert!(first["call"].is_null(), "{first}");
        office.later(time::Duration::hours(1));
        let made = held(&office).await;
        let (supervisor, token) = (office.sign_in("supervisor").await, office.token("supervisor").await);
        let list = office.api("GET", "/api/v1/complaints", &token, &[], &json!(null)).await;
        let list: Value = serde_json::from_str(&list.body).expect("JSON");
        let items = list.as_array().expect("a list").iter();
        let stand: Vec<_> = items.map(|one| (one["number"].clone(), one["urgent"].clone())).collect();
        assert_eq!(stand, [(made["number"].clone(), json!(true)), (first["number"].clone(), json!(false))]);
        let page = format!("/complaints/{}", text(&made, "number"));
        let shown = supervisor.get("/complaints").await.body;
        let at = |number: &str| shown.find(number).expect("a row");
        assert!(shown.contains("可能有危险</span>") && at(text(&made, "number")) < at(text(&first, "number")), "{shown}");
        assert!(alarm(&supervisor.get(&page).await.body).contains("tel:119"));
        supervisor.act(&page, "take", &[]).await;
        supervisor.act(&page, "answer", &[("outcome", "upheld"), ("words", "已当面道歉")]).await;
        let shown = supervisor.get(&page).await.body;
        assert!(alarm(&shown).is_empty() && !shown.contains("可能有危险"), "{shown}");
    }

    async fn who_looks_into_complaints_hears_of_danger_at_once_and_nobody_else(database: Database) {
        let office = Office::furnish(database).await;
        told(&office, &office.stranger(), "steward-01").await;
        office.follow().await;
        let supervisor = office.sign_in("supervisor").await;
        assert!(!supervisor.get("/work").await.body.contains("请马上看"), "any other complaint is told to nobody");
        let made = held(&office).await;
        office.follow().await;
        let number = text(&made, "number");
        let bench = supervisor.get("/work").await.body;
        assert!(bench.contains("可能有危险，请马上看") && bench.contains(&format!("/complaints/{number}\"")), "{bench}");
        assert!(!bench.contains("煤气"), "without its words: {bench}");
        let token = office.token("supervisor").await;
        let came = office.api("GET", "/api/v1/messages", &token, &[], &json!(null)).await;
        let came: Value = serde_json::from_str(&came.body).expect("JSON");
        let item = &came["items"][0];
        assert_eq!((&item["kind"], &item["about"], &item["number"]), (&json!("complaint-urgent"), &json!("complaint"), &made["number"]), "{came}");
        for account in ["desk", "lead-01", "steward-01", "community-lead"] {
            let somebody = office.sign_in(account).await;
            for path in ["/work", "/tasks"] {
                let shown = somebody.get(path).await.body;
                assert!(!shown.contains("请马上看") && !shown.contains(number), "{account}: {shown}");
            }
        }
    }

    async fn a_report_of_danger_that_becomes_a_complaint_is_told_as_well(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = reported(&office, "楼道着火了，喊人没人来").await;
        turned(&office.sign_in("desk").await, &number, "steward-01").await;
        office.follow().await;
        for account in ["supervisor", "community-lead"] {
            let bench = office.sign_in(account).await.get("/work").await.body;
            assert!(bench.contains("请马上看"), "{account}: {bench}");
        }
    }
}
