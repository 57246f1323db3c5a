//! What the trail of a case proves to a program: who did what, to whom it went, which department and what it was about.

use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::town::{HERE, Town, text};

/// Takes the steps of a case that was just told, one after the other.
async fn taken<const N: usize>(town: &Town, number: &str, way: [(&str, &str, Value); N]) {
    let mut at = 1;
    for (who, command, body) in way {
        let done = town.step(who, number, at, command, body).await;
        assert_eq!(done.status, 200, "{command}: {}", done.body);
        at = done.json()["version"].as_i64().expect("a version");
    }
}

on_both_databases! {
    async fn each_step_of_the_trail_says_to_whom_and_about_what_it_was(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "井盖没了").await;
        let meet = json!({"parties": ["steward-01", "water"], "at": "2026-11-24T09:00:00+08:00", "reason": "各方都在场才能定"});
        let way = [
            ("desk", "file", json!({"category": "20110"})),
            ("desk", "dispatch", json!({"to": "worker-01"})),
            ("worker-01", "accept", json!({})),
            ("worker-01", "whistle", json!({"urgency": "urgent", "departments": ["water"], "reason": "请到现场"})),
            ("water", "report_in", json!({})),
            ("water", "finish", json!({"note": "已封堵"})),
            ("worker-01", "rate_response", json!({"department": "water", "response": "satisfied"})),
            ("chief", "coordinate", meet),
            ("chief", "agree", json!({"note": "换井盖", "to": "steward-01", "at": "2026-11-25T09:00:00+08:00"})),
            ("worker-01", "hand_over", json!({"to": "steward-01", "note": "请接手"})),
        ];
        taken(&town, &number, way).await;
        let case = town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.json();
        let trail = case["trail"].as_array().expect("a trail");
        let of = |deed: &str| trail.iter().find(|one| one["deed"] == deed).unwrap_or_else(|| panic!("no {deed}: {case}"));
        let water = json!([{"code": "water", "name": "示例水务站"}]);
        let told = [
            ("dispatched", "to", json!("示例worker-01")),
            ("handed_over", "to", json!("示例steward-01")),
            ("whistled", "departments", water.clone()),
            ("reported_in", "departments", water.clone()),
            ("finished", "departments", water.clone()),
            ("response_rated", "departments", water),
            ("response_rated", "response", json!("satisfied")),
            ("coordinated", "coordination", case["coordinations"][0]["id"].clone()),
            ("agreed", "item", case["items"][0]["item"].clone()),
            ("agreed", "to", json!("示例steward-01")),
        ];
        for (deed, field, wanted) in told {
            assert_eq!((&of(deed)[field], wanted != Value::Null), (&wanted, true), "{deed}: {}", of(deed));
        }
        assert!(!of("filed")["due_at"].is_null(), "since then it is due: {}", of("filed"));
        assert!(of("accepted").get("to").is_none() && of("accepted").get("due_at").is_none(), "what is not there is left out");
    }

    async fn a_task_that_went_to_a_department_names_it_and_a_suspension_its_end(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "水管漏水").await;
        let way = [
            ("desk", "file", json!({"category": "20110"})),
            ("desk", "dispatch", json!({"to": "water"})),
            ("water", "accept", json!({})),
            ("desk", "suspend", json!({"until": "2026-11-24T12:00:00+08:00", "reason": "等配件"})),
        ];
        taken(&town, &number, way).await;
        let case = town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.json();
        let trail = case["trail"].as_array().expect("a trail");
        let given = &trail[2];
        assert_eq!((&given["deed"], &given["to"], &given["departments"][0]["code"]), (&json!("dispatched"), &json!("示例water"), &json!("water")));
        assert_eq!((&trail[4]["deed"], &trail[4]["until"]), (&json!("suspended"), &json!("2026-11-24T12:00:00+08:00")));
    }

    async fn a_merge_names_the_other_case_on_both_sides(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = town.tell(0, "路灯坏了").await;
        let (second, _) = town.tell(0, "路灯又坏了").await;
        let merge = json!({"into": first, "reason": "同一盏灯"});
        assert_eq!(town.step("desk", &second, 1, "merge", merge).await.status, 200);
        assert!(first.starts_with(HERE));
        for (number, deed, other) in [(&first, "attached", &second), (&second, "merged", &first)] {
            let case = town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.json();
            let last = case["trail"].as_array().and_then(|trail| trail.last()).expect("an entry");
            assert_eq!((text(&last["deed"]).as_str(), text(&last["case"])), (deed, (*other).clone()), "{case}");
        }
    }
}
