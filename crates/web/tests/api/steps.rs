//! Steps of a case, by staff and by the reporter.

use serde_json::{Value, json};
use testkit::{Database, on_both_databases};

use crate::common::Answer;
use crate::town::{Town, pair, text};

fn version(answer: &Answer) -> i64 {
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["version"].as_i64().expect("a version")
}

on_both_databases! {
    async fn a_case_goes_the_whole_way_from_report_to_rating_and_back(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = town.tell(0, "路灯坏了").await;
        let mut at = 1;
        let bare = town.step("desk", &number, at, "file", json!({"condition": "2011001"})).await;
        assert_eq!((bare.status.as_u16(), bare.fault()), (422, pair("category", "field-missing")));
        let way: [(&str, &str, Value, &str); 7] = [
            ("desk", "file", json!({"category": "20110"}), "filed"),
            ("desk", "dispatch", json!({"to": "steward-01"}), "dispatched"),
            ("steward-01", "accept", json!({}), "accepted"),
            ("steward-01", "ask", json!({"question": "在几楼？"}), "accepted"),
            ("steward-01", "handle", json!({"note": "换了灯泡", "claim": "solved"}), "handled"),
            ("lead-01", "check", json!({"pass": false, "reason": "还不亮"}), "accepted"),
            ("steward-01", "handle", json!({"note": "换了线路"}), "handled"),
        ];
        for (who, command, body, state) in way {
            let done = town.step(who, &number, at, command, body).await;
            at = version(&done);
            assert_eq!(done.json()["state"], state, "{command}");
            assert_eq!(done.header("etag"), format!("\"{at}\""));
        }
        let closed = town.step("lead-01", &number, at, "check", json!({"pass": true, "answer": "已修好"})).await;
        at = version(&closed);
        assert_eq!(closed.json()["state"], "closed");
        let reporter = async |at: i64, command: &str, body: Value| {
            let seen = format!("\"{at}\"");
            let headers = [("receipt-code", code.as_str()), ("if-match", &seen)];
            town.send(&format!("/api/v1/cases/{number}/{command}"), &headers, &body).await
        };
        let rated = reporter(at, "rate", json!({"rating": {"satisfaction": "fairly", "solved": false}})).await;
        at = version(&rated);
        assert!(rated.body.contains("已修好") && !rated.body.contains("还不亮"), "{}", rated.body);
        let reopened = reporter(at, "reopen", json!({"reason": "又不亮了"})).await;
        assert_eq!(version(&reopened), at + 1);
        assert_eq!(reopened.json()["state"], "filed");
        let trail = town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.json();
        assert_eq!(trail["trail"].as_array().map(Vec::len), Some(12));
        assert_eq!(trail["results"].as_array().map(Vec::len), Some(2));
    }

    async fn a_case_goes_to_nobody_whose_role_works_on_none(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        town.step("desk", &number, 1, "file", json!({})).await;
        for nobody in ["volunteer-01", "supervisor"] {
            let refused = town.step("desk", &number, 2, "dispatch", json!({"to": nobody})).await;
            assert_eq!(refused.status, 422, "{nobody}");
            assert_eq!(refused.json()["faults"][0]["code"], "addressee-unknown", "{nobody}");
        }
        town.step("desk", &number, 2, "dispatch", json!({"to": "steward-01"})).await;
        let at = version(&town.step("steward-01", &number, 3, "accept", json!({})).await);
        let over = json!({"to": "worker-01", "note": "需要登高，请专职队员接手"});
        let over = town.step("steward-01", &number, at, "hand_over", over).await;
        assert_eq!(version(&over), at + 1);
        let trail = town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await;
        assert!(trail.body.contains("需要登高，请专职队员接手"), "{}", trail.body);
        let refused = town.step("worker-01", &number, at + 1, "hand_over", json!({"to": "volunteer-01"})).await;
        assert_eq!(refused.status, 422);
    }

    async fn what_is_raised_without_a_name_goes_to_the_next_higher_level(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        let mut at = 1;
        for (who, command, body) in [
            ("desk", "file", json!({})),
            ("desk", "dispatch", json!({"to": "worker-01"})),
            ("worker-01", "accept", json!({})),
            ("worker-01", "raise", json!({"reason": "网格办不了"})),
        ] {
            let done = town.step(who, &number, at, command, body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
            at = version(&done);
        }
        let raised = town.read("desk", &format!("/api/v1/cases/{number}")).await.json();
        assert_eq!((&raised["tier"], &raised["owner"]["name"]), (&json!("community"), &json!("示例chief")), "{raised}");
        at = version(&town.step("chief", &number, at, "accept", json!({})).await);
        let again = town.step("chief", &number, at, "raise", json!({"reason": "社区办不了"})).await;
        assert_eq!((again.status.as_u16(), &again.json()["code"]), (409, &json!("nobody-above")), "{}", again.body);
    }

    async fn a_department_that_is_named_twice_in_a_whistle_is_a_fault_of_that_field(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        let mut at = 1;
        for (command, body) in [("file", json!({})), ("dispatch", json!({"to": "worker-01"}))] {
            at = version(&town.step("desk", &number, at, command, body).await);
        }
        at = version(&town.step("worker-01", &number, at, "accept", json!({})).await);
        let call = json!({"urgency": "urgent", "departments": ["water", "water"], "reason": "请到现场"});
        let refused = town.step("worker-01", &number, at, "whistle", call).await;
        assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair("departments", "department-twice")), "{}", refused.body);
    }

    async fn what_is_void_says_why_to_its_reporter(database: Database) {
        let town = Town::on(database).await;
        let (number, code) = town.tell(0, "路灯坏了").await;
        town.step("desk", &number, 1, "file", json!({})).await;
        version(&town.step("desk", &number, 2, "void", json!({"reason": "与昨天报的是同一盏灯"})).await);
        let headers = [("receipt-code", code.as_str())];
        let seen = town.get_with(&format!("/api/v1/reports/{number}"), &headers).await;
        assert!(seen.body.contains("与昨天报的是同一盏灯"), "{}", seen.body);
    }

    async fn what_lies_outside_every_grid_goes_to_the_desk(database: Database) {
        let town = Town::on(database).await;
        let root = town.read("desk", "/api/v1/grids?level=community").await.json();
        let root = root["features"][0]["properties"]["code"].clone();
        let body = json!({"text": "河对岸有人焚烧秸秆", "grid": root});
        let told = town.send("/api/v1/reports", &[("idempotency-key", "over-the-river")], &body).await;
        let number = told.json()["number"].as_str().expect("a number").to_owned();
        let case = town.read("desk", &format!("/api/v1/cases/{number}")).await.json();
        assert!(case["owner"].to_string().contains("desk"), "{case}");
    }

    async fn a_step_on_an_old_version_is_stale_and_changes_nothing(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        let filed = town.step("desk", &number, 1, "file", json!({})).await;
        assert_eq!(version(&filed), 2);
        let stale = town.step("desk", &number, 1, "void", json!({"reason": "误报"})).await;
        assert_eq!((stale.status.as_u16(), stale.json()["version"].clone()), (412, json!(2)));
        let done = &stale.json()["done"];
        assert_eq!((&done["deed"], &done["role"]), (&json!("filed"), &json!("desk")));
        assert!(done["by"].is_string() && done["at"].is_string(), "{done}");
        let detail = text(&stale.json()["detail"]);
        assert!(detail.contains("A file was opened"), "and what it was, in words: {detail}");
        let faulty = town.step("desk", &number, 1, "void", json!({})).await;
        assert_eq!(faulty.status, 412, "who was too slow hears that first");
        assert_eq!(town.read("desk", &format!("/api/v1/cases/{number}")).await.json()["state"], "filed");
    }

    async fn a_step_in_the_wrong_state_says_what_may_be_done(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        let refused = town.step("desk", &number, 1, "dispatch", json!({})).await;
        assert_eq!(refused.status, 409);
        let problem = refused.json();
        assert_eq!((&problem["code"], &problem["state"]), (&json!("wrong-state"), &json!("reported")));
        let faulty = town.step("desk", &number, 1, "check", json!({})).await;
        assert_eq!(faulty.status, 409, "that it is out of order comes before what is wrong with its fields");
        assert!(problem["may"].as_array().expect("commands").contains(&json!("file")));
    }
}

#[tokio::test]
async fn every_step_that_the_rules_refuse_says_what_may_be_done_instead() {
    let town = Town::on(Database::sqlite().await).await;
    let (number, code) = town.tell(0, "路灯坏了").await;
    town.step("desk", &number, 1, "file", json!({})).await;
    town.step("desk", &number, 2, "dispatch", json!({"to": "worker-01"}))
        .await;
    // it lies in the scope of the steward, and in somebody else's hands
    let refused = town
        .step("steward-01", &number, 3, "accept", json!({}))
        .await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    let problem = refused.json();
    assert_eq!(problem["code"], "not-yours");
    assert_eq!(problem["state"], "dispatched");
    let may = problem["may"].as_array().expect("a list, perhaps empty");
    assert!(!may.contains(&json!("accept")), "{may:?}");
    // the reporter cannot rate what is not over
    let headers = [("receipt-code", code.as_str()), ("if-match", "\"3\"")];
    let path = format!("/api/v1/cases/{number}/rate");
    let body = json!({"rating": {"satisfaction": "fairly", "solved": false}});
    let refused = town.send(&path, &headers, &body).await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    assert!(refused.json()["may"].is_array(), "{}", refused.body);
}

#[tokio::test]
async fn who_may_not_or_cannot_see_is_refused() {
    let town = Town::on(Database::sqlite().await).await;
    let (number, code) = town.tell(0, "路灯坏了").await;
    let status = async |who: &str, command: &str, body: Value| {
        town.step(who, &number, 1, command, body)
            .await
            .status
            .as_u16()
    };
    assert_eq!(status("steward-01", "file", json!({})).await, 403);
    assert_eq!(status("supervisor", "file", json!({})).await, 403);
    assert_eq!(status("desk", "withdraw", json!({})).await, 403);
    assert_eq!(status("admin", "file", json!({})).await, 403);
    assert_eq!(status("lead-02", "file", json!({})).await, 404);
    assert_eq!(status("stranger", "file", json!({})).await, 404);
    assert_eq!(status("desk", "escape", json!({})).await, 404);
    let path = format!("/api/v1/cases/{number}/file");
    assert_eq!(
        town.send(&path, &[("if-match", "\"1\"")], &json!({}))
            .await
            .status,
        401
    );
    let by_receipt = [("receipt-code", code.as_str()), ("if-match", "\"1\"")];
    assert_eq!(town.send(&path, &by_receipt, &json!({})).await.status, 403);
    let wrong = [("receipt-code", "no code"), ("if-match", "\"1\"")];
    let withdraw = format!("/api/v1/cases/{number}/withdraw");
    assert_eq!(town.send(&withdraw, &wrong, &json!({})).await.status, 404);
    assert_eq!(
        town.send(&withdraw, &by_receipt, &json!({})).await.status,
        200
    );
}

#[tokio::test]
async fn a_step_without_a_version_or_with_faulty_fields_says_so() {
    let town = Town::on(Database::sqlite().await).await;
    let (number, _) = town.tell(0, "路灯坏了").await;
    let bearer = town.bearer("desk");
    let path = format!("/api/v1/cases/{number}/file");
    let blind = town
        .send(&path, &[("authorization", bearer.as_str())], &json!({}))
        .await;
    assert_eq!(blind.status, 428);
    let any = [("authorization", bearer.as_str()), ("if-match", "*")];
    let any = town.send(&path, &any, &json!({})).await;
    assert_eq!(
        (any.status.as_u16(), &any.json()["code"]),
        (428, &json!("version-missing")),
        "a star names no version"
    );
    let odd = [("authorization", bearer.as_str()), ("if-match", "W/\"1\"")];
    assert_eq!(town.send(&path, &odd, &json!({})).await.status, 400);
    let cases = [
        (
            "file",
            json!({"category": "99999"}),
            pair("category", "category-unknown"),
        ),
        ("file", json!({"note": "x"}), pair("note", "field-unknown")),
        ("file", json!({"extra": 1}), pair("extra", "field-unknown")),
        (
            "redirect",
            json!({"redirect": "emergency"}),
            pair("instead", "field-missing"),
        ),
        (
            "redirect",
            json!({"redirect": "elsewhere", "instead": "x"}),
            pair("redirect", "field-shape"),
        ),
        (
            "verify",
            json!({"to": "nobody"}),
            pair("to", "addressee-unknown"),
        ),
        (
            "merge",
            json!({"into": "nonsense", "reason": "x"}),
            pair("into", "case-unknown"),
        ),
        (
            "merge",
            json!({"into": "510184999001-20261123-0001"}),
            pair("reason", "field-missing"),
        ),
    ];
    for (command, body, fault) in cases {
        let refused = town.step("desk", &number, 1, command, body.clone()).await;
        assert_eq!(refused.status, 422, "{command} {body}: {}", refused.body);
        assert_eq!(refused.fault(), fault, "{command} {body}");
    }
}

#[tokio::test]
async fn faulty_fields_of_a_step_in_its_time_are_named() {
    let town = Town::on(Database::sqlite().await).await;
    let (number, _) = town.tell(0, "路灯坏了").await;
    let mut at = 1;
    for (who, command, body) in [
        ("desk", "file", json!({})),
        ("desk", "dispatch", json!({"to": "steward-01"})),
        ("steward-01", "accept", json!({})),
    ] {
        at = version(&town.step(who, &number, at, command, body).await);
    }
    let faulty = async |who: &str, at: i64, command: &str, body: Value, fault| {
        let refused = town.step(who, &number, at, command, body).await;
        assert_eq!(refused.status, 422, "{command}: {}", refused.body);
        assert_eq!(refused.fault(), fault, "{command}");
    };
    let missing = |field| pair(field, "field-missing");
    faulty("steward-01", at, "ask", json!({}), missing("question")).await;
    let until = json!({"reason": "x", "until": "tomorrow"});
    let shape = pair("until", "field-shape");
    faulty("desk", at, "suspend", until, shape).await;
    let far = json!({"reason": "x", "until": "2099-01-01T00:00:00+08:00"});
    let outside = pair("until", "outside-window");
    faulty("desk", at, "suspend", far.clone(), outside).await;
    let told = town.step("desk", &number, at, "suspend", far).await.json();
    let (said, now) = (text(&told["faults"][0]["message"]), town.house.clock.now());
    assert!(
        said.matches("+08:00").count() == 2 && said.contains(&now.year().to_string()),
        "{said}"
    );
    let handled = json!({"note": "换了灯泡", "claim": "solved"});
    at = version(
        &town
            .step("steward-01", &number, at, "handle", handled)
            .await,
    );
    let failed = json!({"pass": false});
    faulty("lead-01", at, "check", failed, missing("reason")).await;
}

on_both_databases! {
    async fn whoever_lifts_a_task_up_says_why(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        town.step("desk", &number, 1, "file", json!({})).await;
        town.step("desk", &number, 2, "dispatch", json!({"to": "steward-01"}))
            .await;
        let bare = town.step("desk", &number, 3, "escalate", json!({})).await;
        assert_eq!(
            (bare.status.as_u16(), bare.fault()),
            (422, pair("reason", "field-missing"))
        );
        version(
            &town
                .step(
                    "desk",
                    &number,
                    3,
                    "escalate",
                    json!({"reason": "联系不上本人"}),
                )
                .await,
        );
        let trail = town
            .read("desk", &format!("/api/v1/cases/{number}?with=trail"))
            .await;
        assert!(trail.body.contains("联系不上本人"), "{}", trail.body);
    }

    async fn at_the_top_nothing_is_lifted_and_that_is_not_offered(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        town.step("desk", &number, 1, "file", json!({})).await;
        town.step("desk", &number, 2, "dispatch", json!({"to": "chief"})).await;
        let case = town.read("desk", &format!("/api/v1/cases/{number}")).await.json();
        assert_eq!(case["state"], "dispatched", "{case}");
        let may = case["may"].as_array().expect("commands");
        assert!(!may.contains(&json!("escalate")), "{case}");
        let lifted = town.step("desk", &number, 3, "escalate", json!({"reason": "没有人接"})).await;
        assert_eq!((lifted.status.as_u16(), &lifted.json()["code"]), (409, &json!("nobody-above")), "{}", lifted.body);
    }

    async fn every_clock_that_runs_says_by_which_rule_since_when_and_by_which_calendar(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        let expect = |case: &Value, rules: &[(&str, &str)]| {
            let clocks = case["clocks"].as_array().expect("clocks");
            let mut found: Vec<(String, String)> = Vec::new();
            for clock in clocks {
                let why = &clock["why"];
                assert_eq!(why["moved"], json!(false), "{clock}");
                assert!(
                    why["from"].is_string() && (why["limit"].is_object() || why["rule"] == "handling"),
                    "{clock}"
                );
                found.push((text(&clock["name"]), text(&why["rule"])));
            }
            found.sort();
            let mut rules: Vec<_> = rules.iter().map(|(name, rule)| pair(name, rule)).collect();
            rules.sort();
            assert_eq!(found, rules);
        };
        let seen = async || {
            town.read("desk", &format!("/api/v1/cases/{number}?with=trail"))
                .await
                .json()
        };
        let first = ("contact", "case.first_answer_within");
        expect(&seen().await, &[("answer", "case.decide_within"), first]);
        town.step("desk", &number, 1, "file", json!({"category": "20110"}))
            .await;
        let whole = [("handle", "condition"), ("whole", "condition")];
        let update = ("update", "handling");
        expect(
            &seen().await,
            &[
                &[("answer", "case.dispatch_within"), first, update][..],
                &whole,
            ]
            .concat(),
        );
        town.step("desk", &number, 2, "dispatch", json!({"to": "worker-01"}))
            .await;
        let tier = ("tier", "handling");
        expect(
            &seen().await,
            &[
                &[("answer", "case.accept_within"), first, update, tier][..],
                &whole,
            ]
            .concat(),
        );
        town.step("worker-01", &number, 3, "accept", json!({}))
            .await;
        town.step(
            "worker-01",
            &number,
            4,
            "ask",
            json!({"question": "在几楼？"}),
        )
        .await;
        let call = json!({"urgency": "urgent", "departments": ["water"], "reason": "请到现场"});
        version(&town.step("worker-01", &number, 5, "whistle", call).await);
        let now = [
            ("question", "handling"),
            ("report_in", "case.whistle.hear.urgent"),
            update,
            tier,
        ];
        expect(&seen().await, &[&now[..], &whole].concat());
        let plain = town
            .read("desk", &format!("/api/v1/cases/{number}"))
            .await
            .json();
        assert!(
            plain["clocks"][0].get("why").is_none(),
            "with the trail only"
        );
    }

    async fn a_clock_that_stood_still_tells_of_it(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        town.step("desk", &number, 1, "file", json!({"category": "20110"}))
            .await;
        town.step("desk", &number, 2, "dispatch", json!({"to": "worker-01"}))
            .await;
        town.step("worker-01", &number, 3, "accept", json!({}))
            .await;
        let wait = json!({"until": "2026-11-25T18:00:00+08:00", "reason": "等配件"});
        version(&town.step("desk", &number, 4, "suspend", wait).await);
        let seen = async || {
            town.read("desk", &format!("/api/v1/cases/{number}?with=trail"))
                .await
                .json()
        };
        let resume = seen().await["clocks"][0].clone();
        assert_eq!(
            (&resume["name"], &resume["why"]["rule"]),
            (&json!("resume"), &json!("chosen"))
        );
        town.house
            .clock
            .move_to(town.house.clock.now() + time::Duration::days(1));
        version(
            &town
                .step("worker-01", &number, 5, "resume", json!({}))
                .await,
        );
        let case = seen().await;
        let clocks = case["clocks"].as_array().expect("clocks");
        let whole = clocks
            .iter()
            .find(|clock| clock["name"] == "whole")
            .expect("the whole");
        assert_eq!(
            whole["why"]["pauses"].as_array().map(Vec::len),
            Some(1),
            "{whole}"
        );
        assert_eq!(whole["why"]["moved"], json!(false), "{whole}");
    }
}
