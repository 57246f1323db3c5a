//! One's own absence through the API: told, seen, ended before its time.

use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::common::Answer;
use crate::town::{Town, pair, text};

const ABSENCE: &str = "/api/v1/absence";

/// Sends JSON as somebody.
async fn post(town: &Town, who: &str, path: &str, body: &Value) -> Answer {
    let bearer = town.bearer(who);
    town.send(path, &[("authorization", &bearer)], body).await
}

/// The absence of somebody as they read it.
async fn own(town: &Town, who: &str) -> Value {
    let read = town.read(who, ABSENCE).await;
    assert_eq!(read.status, 200, "{}", read.body);
    read.json()
}

on_both_databases! {
    async fn one_says_until_when_one_is_away_and_who_stands_in_and_ends_it_before_its_time(database: Database) {
        let town = Town::on(database).await;
        let before = own(&town, "steward-01").await;
        assert_eq!((&before["away"], &before["usual"]), (&Value::Null, &Value::Null));
        let codes: Vec<_> = before["deputies"].as_array().expect("deputies").iter().map(|one| text(&one["code"])).collect();
        assert!(codes.contains(&"steward-02".to_owned()), "{codes:?}");
        assert!(!codes.contains(&"steward-01".to_owned()), "nobody stands in for oneself: {codes:?}");

        let told = post(&town, "steward-01", ABSENCE, &json!({"until": "2026-11-24", "deputy": "steward-02"})).await;
        assert_eq!(told.status, 200, "{}", told.body);
        let away = json!({
            "until": "2026-11-24",
            "back_at": "2026-11-25T00:00:00+08:00",
            "deputy": {"code": "steward-02", "name": "示例steward-02", "post": "示例岗位 steward-02"},
        });
        assert_eq!(told.json()["away"], away);
        assert_eq!(own(&town, "steward-01").await["away"], away);
        assert_eq!(own(&town, "steward-02").await["away"], Value::Null, "another one is there");

        let back = post(&town, "steward-01", &format!("{ABSENCE}/back"), &json!({})).await;
        assert_eq!((back.status.as_u16(), &back.json()["away"]), (200, &Value::Null));
        assert_eq!(own(&town, "steward-01").await["away"], Value::Null);
    }

    async fn each_deputy_is_named_with_what_does_not_go_along(database: Database) {
        let town = Town::on(database).await;
        let before = own(&town, "desk").await;
        let stays = |code: &str| {
            let mut deputies = before["deputies"].as_array().expect("deputies").iter();
            deputies.find(|one| one["code"] == code).expect("a deputy")["stays"].clone()
        };
        assert_eq!((stays("chief"), stays("lead-01")), (Value::Null, json!(["orders", "sheets", "settings"])));
        let told = post(&town, "desk", ABSENCE, &json!({"until": "2026-11-24", "deputy": "lead-02"})).await;
        assert_eq!(told.json()["away"]["deputy"]["stays"], json!(["orders", "sheets", "settings"]));
    }

    async fn an_absence_that_cannot_be_is_refused_by_its_field_and_changes_nothing(database: Database) {
        let town = Town::on(database).await;
        for (body, fault) in [
            (json!({}), pair("until", "field-missing")),
            (json!({"until": " "}), pair("until", "field-missing")),
            (json!({"until": "morgen"}), pair("until", "date-malformed")),
            (json!({"until": "2026-11-22", "deputy": "steward-02"}), pair("until", "not-in-the-future")),
            (json!({"until": "2028-01-01", "deputy": "steward-02"}), pair("until", "too-far")),
            (json!({"until": "2026-11-24"}), pair("deputy", "missing")),
            (json!({"until": "2026-11-24", "deputy": "nobody"}), pair("deputy", "deputy-does-not-fit")),
            (json!({"until": "2026-11-24", "deputy": "steward-01"}), pair("deputy", "deputy-does-not-fit")),
            (json!({"until": "2026-11-24", "member": "steward-02"}), pair("member", "field-unknown")),
        ] {
            let refused = post(&town, "steward-01", ABSENCE, &body).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault), "{body}");
        }
        assert_eq!(own(&town, "steward-01").await["away"], Value::Null);
    }

    async fn every_fault_of_an_absence_is_told_at_once(database: Database) {
        let town = Town::on(database).await;
        let unfit = pair("deputy", "deputy-does-not-fit");
        for (body, faults) in [
            (json!({"until": "x", "deputy": "zz"}), vec![unfit.clone(), pair("until", "date-malformed")]),
            (json!({"until": "2026-11-01", "deputy": "zz"}), vec![unfit.clone(), pair("until", "not-in-the-future")]),
            (json!({"until": 7, "deputy": "zz"}), vec![unfit, pair("until", "field-shape")]),
            (json!({"until": "2026-11-01"}), vec![pair("deputy", "missing"), pair("until", "not-in-the-future")]),
        ] {
            let refused = post(&town, "steward-01", ABSENCE, &body).await;
            assert_eq!((refused.status.as_u16(), refused.faults()), (422, faults), "{body}");
        }
    }

    async fn whoever_has_no_work_to_hand_on_tells_no_absence(database: Database) {
        let town = Town::on(database).await;
        let body = json!({"until": "2026-11-24", "deputy": "steward-02"});
        for role in ["partner", "supervisor", "admin"] {
            assert_eq!(town.read(role, ABSENCE).await.status, 403, "{role}");
            assert_eq!(post(&town, role, ABSENCE, &body).await.status, 403, "{role}");
            assert_eq!(post(&town, role, &format!("{ABSENCE}/back"), &json!({})).await.status, 403, "{role}");
        }
        assert_eq!(town.get(ABSENCE).await.status, 401);
    }
}
