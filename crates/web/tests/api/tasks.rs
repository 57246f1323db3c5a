//! What waits for somebody, through the API: cases in their hands, parts of whistles, what was agreed, answers to supervision, and
//! what others ask them to decide; for the right person and for nobody else.

use serde_json::{Value, json};
use testkit::on_both_databases;
use time::Duration;

use crate::common::Answer;
use crate::town::{HERE, Town, pair, text};

/// The version after a step that has to succeed.
fn version(done: &Answer) -> i64 {
    assert_eq!(done.status, 200, "{}", done.body);
    done.json()["version"].as_i64().expect("a version")
}

/// A case of the first micro-grid that worker-01 works on, with its version.
async fn at_work(town: &Town) -> (String, i64) {
    let (number, _) = town.tell(0, "路灯坏了").await;
    let (mut at, file) = (1, json!({"category": "20110"}));
    for (who, command, body) in [
        ("desk", "file", file),
        ("desk", "dispatch", json!({"to": "worker-01"})),
        ("worker-01", "accept", json!({})),
    ] {
        at = version(&town.step(who, &number, at, command, body).await);
    }
    (number, at)
}

/// What somebody has to do.
async fn tasks(town: &Town, who: &str) -> Vec<Value> {
    let list = town.read(who, "/api/v1/tasks").await;
    assert_eq!(list.status, 200, "{who}: {}", list.body);
    let list = list.json();
    assert_eq!(list["more"], false, "{list}");
    list["items"].as_array().expect("items").clone()
}

/// Those of one sort.
async fn of_kind(town: &Town, who: &str, kind: &str) -> Vec<Value> {
    let all = tasks(town, who).await.into_iter();
    all.filter(|one| one["kind"] == kind).collect()
}

/// The numbers that wait for a decision of somebody, in order.
async fn decisions(town: &Town, who: &str, query: &str) -> Value {
    let list = town.read(who, &format!("/api/v1/decisions{query}")).await;
    assert_eq!(list.status, 200, "{who}: {}", list.body);
    list.json()
}

on_both_databases! {
    async fn a_case_is_a_task_of_whoever_has_it_in_hand_until_the_work_is_done(database: Database) {
        let town = Town::on(database).await;
        let (number, at) = at_work(&town).await;
        let own = tasks(&town, "worker-01").await;
        assert_eq!(own.len(), 1, "{own:?}");
        let task = &own[0];
        assert_eq!((&task["kind"], &task["number"], &task["version"]), (&json!("case"), &json!(number), &json!(at)));
        let case = town.read("worker-01", &format!("/api/v1/cases/{number}")).await.json();
        assert_eq!((&task["may"], &task["due_at"]), (&case["may"], &case["due_at"]), "{task}");
        let clock = (&task["clock"]["name"], &task["clock"]["due_at"], &task["clock"]["overdue"]);
        let first = &case["clocks"][0];
        assert_eq!(clock, (&first["name"], &first["due_at"], &json!(false)), "what is due next");
        for other in ["steward-01", "lead-01", "desk", "water", "officer-01"] {
            assert_eq!(tasks(&town, other).await, Vec::<Value>::new(), "{other}");
        }
        version(&town.step("worker-01", &number, at, "handle", json!({"note": "换了灯泡", "claim": "solved"})).await);
        assert_eq!(tasks(&town, "worker-01").await, Vec::<Value>::new(), "somebody else checks");
    }

    async fn whoever_stands_in_has_the_tasks_of_the_absent_one(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = at_work(&town).await;
        let bearer = town.bearer("worker-01");
        let away = json!({"until": "2026-11-24", "deputy": "steward-01"});
        let told = town.send("/api/v1/absence", &[("authorization", &bearer)], &away).await;
        assert_eq!(told.status, 200, "{}", told.body);
        let theirs = tasks(&town, "steward-01").await;
        assert_eq!((theirs.len(), &theirs[0]["number"], &theirs[0]["stands_in"]["name"]), (1, &json!(number), &json!("示例steward-01")));
        assert_eq!(tasks(&town, "steward-02").await, Vec::<Value>::new());
    }

    async fn a_called_department_finds_the_next_step_of_its_part_with_its_clock(database: Database) {
        let town = Town::on(database).await;
        let (number, at) = at_work(&town).await;
        let call = json!({"urgency": "urgent", "departments": ["water"], "reason": "请到现场"});
        let mut at = version(&town.step("worker-01", &number, at, "whistle", call).await);
        for (step, body) in [("acknowledge", json!({})), ("report_in", json!({})), ("finish", json!({"note": "已封堵"}))] {
            let parts = tasks(&town, "water").await;
            assert_eq!(parts.len(), 1, "{step}: {parts:?}");
            let part = &parts[0];
            assert_eq!((&part["kind"], &part["number"], &part["may"]), (&json!("whistle"), &json!(number), &json!([step])), "{part}");
            let clock = if step == "finish" { Value::Null } else { json!(step) };
            assert_eq!(part["clock"]["name"], clock, "{part}");
            assert_eq!(of_kind(&town, "officer-01", "whistle").await, Vec::<Value>::new(), "another department");
            at = version(&town.step("water", &number, at, step, body).await);
        }
        assert_eq!(tasks(&town, "water").await, Vec::<Value>::new(), "it is done");
    }

    async fn each_party_is_called_once_and_one_of_those_called_does_what_is_agreed(database: Database) {
        let town = Town::on(database).await;
        let (number, at) = at_work(&town).await;
        let call = |parties: Value, outside: Value| json!({"parties": parties, "outside": outside, "at": "2026-11-24T09:00:00+08:00", "reason": "各方都在场才能定"});
        for (parties, outside, fault) in [
            (json!(["water", "water"]), json!([]), pair("parties", "party-twice")),
            (json!(["water"]), json!(["业委会", " 业委会"]), pair("outside", "party-twice")),
            (json!(["water"]), json!(["业委会", " "]), pair("outside", "field-missing")),
        ] {
            let refused = town.step("chief", &number, at, "coordinate", call(parties, outside)).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault), "{}", refused.body);
        }
        let at = version(&town.step("chief", &number, at, "coordinate", call(json!(["water"]), json!(["业委会"]))).await);
        let agree = |to: Value, outside: Value| json!({"note": "换线路", "to": to, "outside": outside, "at": "2026-11-25T09:00:00+08:00"});
        for (to, outside, fault) in [
            (json!("water"), json!(["业委会"]), pair("outside", "one-doer")),
            (json!(null), json!(["业委会", "物业"]), pair("outside", "one-doer")),
            (json!("steward-01"), json!([]), pair("to", "party-not-called")),
            (json!("enforcement"), json!([]), pair("to", "party-not-called")),
        ] {
            let refused = town.step("chief", &number, at, "agree", agree(to, outside)).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault), "{}", refused.body);
        }
        let mut at = at;
        for (to, outside) in [(json!("water"), json!([])), (json!("worker-01"), json!([])), (json!("chief"), json!([])), (json!(null), json!(["物业"]))] {
            at = version(&town.step("chief", &number, at, "agree", agree(to, outside)).await);
        }
    }

    async fn what_was_agreed_is_a_task_of_whoever_does_it_and_is_settled_by_its_name(database: Database) {
        let town = Town::on(database).await;
        let (number, mut at) = at_work(&town).await;
        let call = json!({"parties": ["steward-01", "water"], "at": "2026-11-24T09:00:00+08:00", "reason": "各方都在场才能定"});
        let agree = json!({"note": "换线路", "to": "steward-01", "at": "2026-11-25T09:00:00+08:00"});
        for (command, body) in [("coordinate", call), ("agree", agree)] {
            at = version(&town.step("chief", &number, at, command, body).await);
        }
        let agreed = of_kind(&town, "steward-01", "agreed").await;
        assert_eq!(agreed.len(), 1, "{agreed:?}");
        let (one, clock) = (&agreed[0], json!({"name": "agreed", "due_at": "2026-11-25T09:00:00+08:00", "overdue": false}));
        assert_eq!((&one["number"], &one["agreed"]["what"], &one["clock"]), (&json!(number), &json!("换线路"), &clock), "{one}");
        assert_eq!(one["may"], json!(["settle"]));
        assert_eq!(of_kind(&town, "water", "agreed").await, Vec::<Value>::new(), "it was there, and has nothing to do");
        let settled = json!({"item": one["agreed"]["item"], "done": true});
        version(&town.step("steward-01", &number, at, "settle", settled).await);
        assert_eq!(of_kind(&town, "steward-01", "agreed").await, Vec::<Value>::new());
    }

    async fn an_answer_that_supervision_waits_for_is_a_task_until_it_is_given(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = at_work(&town).await;
        let bearer = town.bearer("supervisor");
        let ask = json!({"kind": "supervise", "words": "为什么还没修好", "answer_by": "2026-11-24T10:00:00+08:00"});
        let asked = town.send(&format!("/api/v1/cases/{number}/supervision"), &[("authorization", &bearer)], &ask).await;
        assert_eq!(asked.status, 201, "{}", asked.body);
        let owed = of_kind(&town, "worker-01", "answer").await;
        assert_eq!(owed.len(), 1, "{owed:?}");
        let one = &owed[0];
        assert_eq!((&one["number"], &one["clock"]["name"], &one["may"]), (&json!(number), &json!("reply"), &json!(["answer"])));
        assert_eq!((&one["question"]["id"], &one["question"]["words"]), (&asked.json()["id"], &json!("为什么还没修好")), "{one}");
        assert_eq!(of_kind(&town, "steward-01", "answer").await, Vec::<Value>::new(), "somebody else");
        let (path, own) = (format!("/api/v1/supervision/{}/answer", text(&one["question"]["id"])), town.bearer("worker-01"));
        let answered = town.send(&path, &[("authorization", &own)], &json!({"words": "明天换线路"})).await;
        assert_eq!(answered.status, 200, "{}", answered.body);
        assert_eq!(of_kind(&town, "worker-01", "answer").await, Vec::<Value>::new());
    }

    async fn who_decides_finds_what_is_asked_page_by_page_until_it_is_decided(database: Database) {
        let town = Town::on(database).await;
        let (mut numbers, mut at) = (Vec::new(), 0);
        for _ in 0..2 {
            let (number, seen) = at_work(&town).await;
            at = version(&town.step("worker-01", &number, seen, "extend", json!({"reason": "等配件"})).await);
            town.house.clock.move_to(town.house.clock.now() + Duration::minutes(1));
            numbers.push(number);
        }
        let first = decisions(&town, "lead-01", "?limit=1").await;
        let item = &first["items"][0];
        assert_eq!((&item["number"], &item["may"], item.get("appeal")), (&json!(numbers[0]), &json!(["extend"]), None), "{first}");
        assert_eq!(item["since"], "2026-11-23T09:00:00+08:00");
        let next = format!("?limit=1&after={}", text(&first["next"]));
        let second = decisions(&town, "lead-01", &next).await;
        assert_eq!((second["items"].as_array().map(Vec::len), &second["items"][0]["number"]), (Some(1), &json!(numbers[1])));
        let elsewhere = decisions(&town, "lead-02", "").await;
        assert_eq!(elsewhere, json!({"items": [], "next": null}), "another grid");
        version(&town.step("lead-01", &numbers[1], at, "extend", json!({"grant": true})).await);
        let left = decisions(&town, "lead-01", "").await;
        assert_eq!((left["items"].as_array().map(Vec::len), &left["items"][0]["number"]), (Some(1), &json!(numbers[0])));
    }

    async fn an_appeal_says_whether_the_first_or_the_second_of_two_is_asked(database: Database) {
        let town = Town::on(database).await;
        let (number, at) = at_work(&town).await;
        town.house.clock.move_to(town.house.clock.now() + Duration::days(20));
        let at = version(&town.step("worker-01", &number, at, "appeal", json!({"reason": "下大雨，施工队进不来"})).await);
        let seen = async |who: &str| {
            let list = decisions(&town, who, "").await;
            list["items"].as_array().expect("items").iter().map(|one| (one["may"].clone(), one["appeal"].clone())).collect::<Vec<_>>()
        };
        let waits = |how: &str| vec![(json!(["review"]), json!(how))];
        for who in ["chief", "lead-01"] {
            assert_eq!(seen(who).await, waits("waiting"), "{who}");
        }
        version(&town.step("chief", &number, at, "review", json!({"agree": true})).await);
        assert_eq!((seen("chief").await, seen("lead-01").await), (Vec::new(), waits("agreed")), "a second one is asked");
    }

    async fn a_volunteer_finds_the_mediations_that_wait_for_them_and_no_cases(database: Database) {
        let town = Town::on(database).await;
        let body = json!({"kind": "lease", "grid": format!("{HERE}-G01-M01"), "matter": "押金退还", "parties": [{"name": "房东"}, {"name": "租客"}]});
        let bearer = town.bearer("volunteer-01");
        let keyed = [("authorization", bearer.as_str()), ("idempotency-key", "m1")];
        let made = town.send("/api/v1/mediations", &keyed, &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let waiting = async |who: &str| town.read(who, "/api/v1/tasks").await.json();
        let own = waiting("volunteer-01").await;
        assert_eq!((&own["items"], &own["more"]), (&json!([]), &json!(false)), "{own}");
        assert_eq!(own["mediations"][0]["number"], made.json()["number"], "{own}");
        assert_eq!(waiting("volunteer-02").await["mediations"], json!([]), "another one's");
    }

    async fn what_waits_is_told_to_those_who_do_such_work_and_faulty_questions_are_refused(database: Database) {
        let town = Town::on(database).await;
        for (path, who, status) in [
            ("tasks", "", 401), ("tasks", "supervisor", 403), ("tasks", "partner", 403), ("tasks", "admin", 403),
            ("decisions", "", 401), ("decisions", "worker-01", 403), ("decisions", "supervisor", 403), ("decisions", "water", 403),
        ] {
            assert_eq!(town.read(who, &format!("/api/v1/{path}")).await.status, status, "{path} {who}");
        }
        for (query, fault) in [
            ("tasks?limit=5", pair("limit", "field-unknown")),
            ("decisions?after=yesterday", pair("after", "after-unknown")),
            ("decisions?limit=0", pair("limit", "limit-outside")),
            ("decisions?who=me", pair("who", "field-unknown")),
        ] {
            let refused = town.read("desk", &format!("/api/v1/{query}")).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault), "{query}");
        }
    }

    async fn whoever_whistled_finds_that_they_are_to_rate_the_response_by_when_the_work_is_due(database: Database) {
        let town = Town::on(database).await;
        let (number, at) = at_work(&town).await;
        let call = json!({"urgency": "urgent", "departments": ["water"], "reason": "请到现场"});
        let mut at = version(&town.step("lead-01", &number, at, "whistle", call).await);
        for (step, body) in [("report_in", json!({})), ("finish", json!({"note": "已封堵"}))] {
            assert_eq!(of_kind(&town, "lead-01", "rate").await, Vec::<Value>::new(), "before {step}");
            at = version(&town.step("water", &number, at, step, body).await);
        }
        let rates = of_kind(&town, "lead-01", "rate").await;
        assert_eq!(rates.len(), 1, "{rates:?}");
        let (number_of, may, clock) = (&rates[0]["number"], &rates[0]["may"], &rates[0]["clock"]["name"]);
        assert_eq!((number_of, may, clock), (&json!(number), &json!(["rate_response"]), &json!("handle")));
        for other in ["worker-01", "desk", "water"] {
            assert_eq!(of_kind(&town, other, "rate").await, Vec::<Value>::new(), "{other}");
        }
        let rating = json!({"department": "water", "response": "satisfied"});
        version(&town.step("lead-01", &number, at, "rate_response", rating).await);
        assert_eq!(of_kind(&town, "lead-01", "rate").await, Vec::<Value>::new(), "it is done");
    }

    async fn a_whistle_that_the_deadline_of_the_work_cut_tells_that(database: Database) {
        let town = Town::on(database).await;
        let (number, at) = at_work(&town).await;
        // the work is due before the same hour of the next day
        town.house.clock.move_to(town.house.clock.now() + Duration::hours(25));
        let call = json!({"urgency": "ordinary", "departments": ["water"], "reason": "请到现场"});
        let at = version(&town.step("lead-01", &number, at, "whistle", call).await);
        version(&town.step("water", &number, at, "acknowledge", json!({})).await);
        let case = town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.json();
        let clocks = case["clocks"].as_array().expect("clocks");
        let of = |name: &str| clocks.iter().find(|clock| clock["name"] == name).expect("a clock").clone();
        let there = of("report_in");
        assert_eq!(there["due_at"], of("handle")["due_at"], "{there}");
        assert_eq!((&there["why"]["rule"], &there["why"]["moved"]), (&json!("handling"), &json!(false)), "{there}");
    }

    async fn the_trail_says_why_nobody_decides_on_more_time_any_more(database: Database) {
        let town = Town::on(database).await;
        let (number, at) = at_work(&town).await;
        let at = version(&town.step("worker-01", &number, at, "extend", json!({"reason": "等配件"})).await);
        let wait = json!({"until": "2026-11-25T18:00:00+08:00", "reason": "等材料到货"});
        version(&town.step("lead-01", &number, at, "suspend", wait).await);
        let case = town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.json();
        let trail = case["trail"].as_array().expect("a trail");
        let [fell, suspended] = &trail[trail.len() - 2..] else { panic!("{trail:?}") };
        assert_eq!((&fell["deed"], &fell["cause"]), (&json!("extension_fell"), &json!("suspended")), "{fell}");
        assert_eq!((&suspended["deed"], &suspended["words"]), (&json!("suspended"), &json!(["等材料到货"])), "{suspended}");
        town.settle().await;
        let came = town.read("worker-01", "/api/v1/messages").await;
        assert!(came.body.contains("extension_fell"), "who asked hears of it: {}", came.body);
    }

    async fn whoever_called_the_parties_keeps_the_case_until_what_was_agreed_is_settled_and_then_is_offered_nothing(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(2, "路灯坏了").await;
        let call = json!({"parties": ["water"], "at": "2026-11-24T09:00:00+08:00", "reason": "各方都在场才能定"});
        let agree = json!({"note": "换线路", "to": "water", "at": "2026-11-25T09:00:00+08:00"});
        let over = json!({"to": "lead-02", "note": "请接手"});
        let (mut at, mut last) = (1, json!(null));
        for (who, command, body) in [
            ("desk", "file", json!({"category": "20110"})),
            ("desk", "dispatch", json!({"to": "lead-01", "far": true})),
            ("lead-01", "accept", json!({})),
            ("lead-01", "coordinate", call),
            ("lead-01", "agree", agree),
            ("lead-01", "hand_over", over),
        ] {
            let done = town.step(who, &number, at, command, body).await;
            at = version(&done);
            last = done.json();
        }
        assert!(last["may"].as_array().expect("steps").contains(&json!("settle")), "{last}");
        let path = format!("/api/v1/cases/{number}");
        let case = town.read("lead-01", &format!("{path}?with=trail")).await;
        assert_eq!(case.status, 200, "it is in another's grid and hands: {}", case.body);
        let settled = json!({"item": case.json()["items"][0]["item"], "done": true});
        let done = town.step("lead-01", &number, at, "settle", settled).await;
        assert_eq!((done.status.as_u16(), &done.json()["may"]), (200, &json!([])), "{}", done.body);
        assert_eq!(town.read("lead-01", &path).await.status, 404);
    }
}
