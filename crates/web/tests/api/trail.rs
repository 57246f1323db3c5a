//! What the trail of a case proves to a program: who did what, to whom it went, which department and what it was about.

use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::town::{HERE, Town, VISITED, pair, text};
use crate::visits::{Way, solved};

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

    async fn what_was_written_for_staff_is_never_told_to_the_reporter_in_place_of_an_answer(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = town.tell(0, "邻居装喇叭").await;
        let internal = "内部：老王家的喇叭";
        let fix = town.step("steward-01", &number, 1, "fix", json!({"note": internal})).await;
        assert_eq!((fix.status.as_u16(), fix.fault()), (422, pair("answer", "field-missing")), "{}", fix.body);
        let way = [
            ("desk", "file", json!({"category": "20110"})),
            ("desk", "dispatch", json!({"to": "steward-01"})),
            ("steward-01", "accept", json!({})),
            ("steward-01", "handle", json!({"note": internal, "claim": "no_agreement"})),
        ];
        taken(&town, &number, way).await;
        for body in [json!({"pass": true}), json!({"pass": true, "answer": " "}), json!({"pass": true, "reason": internal})] {
            let bare = town.step("lead-01", &number, 5, "check", body).await;
            assert_eq!((bare.status.as_u16(), bare.fault()), (422, pair("answer", "field-missing")), "{}", bare.body);
        }
        let seen = [("authorization", town.bearer("lead-01")), ("sec-fetch-site", "same-origin".to_owned())];
        let seen: Vec<_> = seen.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let emptied = [("version", "5"), ("yes", "yes"), ("answer", ""), ("words", internal)];
        let page = town.post_with(&format!("/cases/{number}/check"), &emptied, &seen).await;
        assert_eq!(page.status.as_u16(), 422, "{}", page.body);
        let passed = json!({"pass": true, "answer": "双方没有谈拢，可以申请调解", "reason": "内部：再劝一次"});
        let closed = town.step("lead-01", &number, 5, "check", passed).await;
        assert_eq!(closed.json()["state"], "closed", "{}", closed.body);
        let headers = [("receipt-code", code.as_str())];
        let told = town.get_with(&format!("/api/v1/reports/{number}"), &headers).await.body;
        assert!(told.contains("双方没有谈拢，可以申请调解") && !told.contains("内部"), "{told}");
        let case = town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.body;
        assert!(case.contains("内部：再劝一次"), "those who work on it read it: {case}");
    }

    async fn each_step_of_the_trail_says_what_was_found_and_so_do_results_and_photos_of_every_round(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = town.tell(0, "路灯坏了").await;
        let way = [
            ("desk", "file", json!({"category": "20110"})),
            ("desk", "dispatch", json!({"to": "steward-01"})),
            ("steward-01", "accept", json!({})),
            ("steward-01", "handle", json!({"note": "换了一盏", "claim": "partly", "left": "还有一盏"})),
            ("lead-01", "check", json!({"pass": false, "reason": "两盏都不亮"})),
            ("steward-01", "handle", json!({"note": "没有经费", "claim": "no_means"})),
            ("lead-01", "check", json!({"pass": true, "answer": "今年没有经费，明年再修"})),
        ];
        taken(&town, &number, way).await;
        let case = format!("/api/v1/cases/{number}?with=trail");
        let by_reporter = async |command: &str, body: Value| {
            let at = town.read("desk", &case).await.json()["version"].clone();
            let seen = format!("\"{at}\"");
            let headers = [("receipt-code", code.as_str()), ("if-match", &seen)];
            let done = town.send(&format!("/api/v1/cases/{number}/{command}"), &headers, &body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
            done.json()
        };
        let rated = by_reporter("rate", json!({"rating": {"satisfaction": "dissatisfied", "solved": false}})).await;
        let closed = rated["trail"].as_array().and_then(|all| all.iter().find(|one| one["deed"] == "closed").cloned());
        assert_eq!(closed.expect("an end")["outcome"], json!({"wont_fix": "no_means"}), "{rated}");
        by_reporter("reopen", json!({"reason": "灯还是不亮"})).await;
        let case = town.read("desk", &case).await.json();
        let trail = case["trail"].as_array().expect("a trail");
        let of = |deed: &str, field: &str| -> Value {
            let all = trail.iter().filter(|one| one["deed"] == deed);
            all.map(|one| one[field].clone()).collect()
        };
        assert!(case["outcome"].is_null() && case["rating"].is_null(), "the row knows the present round alone: {case}");
        assert_eq!(of("handled", "claim"), json!(["partly", "no_means"]));
        assert_eq!(of("checked", "passed"), json!([false, true]));
        assert_eq!(of("closed", "outcome"), json!([{"wont_fix": "no_means"}]));
        assert_eq!((of("rated", "satisfaction"), of("rated", "solved")), (json!(["dissatisfied"]), json!([false])));
        let results = case["results"].as_array().expect("results").iter();
        let results: Vec<_> = results.map(|one| json!([one["id"], one["claim"], one["round"], one["became"]])).collect();
        let ids = of("handled", "result");
        assert_eq!(json!(results), json!([[ids[0], "partly", 1, "check_failed"], [ids[1], "no_means", 1, "reopened"]]), "{case}");
    }

    async fn a_return_visit_and_its_tries_say_what_was_heard_and_how(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        way.step("volunteer-01", "visit", json!({"method": "phone", "reached": false})).await;
        town.house.clock.move_to(town.house.clock.now() + time::Duration::hours(3));
        let said = json!({"method": "on_site", "solved": false, "satisfaction": "dissatisfied", "note": "还是不亮"});
        way.step("volunteer-01", "visit", said).await;
        let case = town.read("desk", &format!("/api/v1/cases/{}?with=trail", way.number)).await.json();
        let trail = case["trail"].as_array().expect("a trail");
        let of = |deed: &str| trail.iter().find(|one| one["deed"] == deed).unwrap_or_else(|| panic!("no {deed}: {case}"));
        assert_eq!(of("not_reached")["method"], "phone");
        let visited = of("visited");
        assert_eq!(json!([visited["method"], visited["solved"], visited["satisfaction"]]), json!(["on_site", false, "dissatisfied"]));
        assert_eq!(case["results"][0]["became"], "visited_unsolved", "{case}");
    }
}
