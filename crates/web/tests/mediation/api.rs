//! Mediation through the API: the same rules as on the pages.

use axum::http::StatusCode;
use serde_json::json;
use testkit::on_both_databases;

use super::colleague::Office;
use super::opened;

on_both_databases! {
    async fn the_api_mediates_with_the_same_rules(database: Database) {
        let office = Office::furnish(database).await;
        let (steward, stranger) = (office.token("steward-01").await, office.token("worker-02").await);
        let body = json!({"kind": "lease", "grid": office.code("G01-M01"), "matter": "押金退还",
            "parties": [{"name": "房东", "phone": "10012345678"}, {"name": "租客"}]});
        let keyless = office.api("POST", "/api/v1/mediations", &steward, &[], &body).await;
        assert_eq!(keyless.status, StatusCode::BAD_REQUEST);
        let key = [("idempotency-key", "m1")];
        let made = office.api("POST", "/api/v1/mediations", &steward, &key, &body).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let again = office.api("POST", "/api/v1/mediations", &steward, &key, &body).await;
        assert_eq!(again.body, made.body);
        assert_eq!(made.header("etag"), "\"1\"", "what If-Match names");
        let made: serde_json::Value = serde_json::from_str(&made.body).expect("JSON");
        assert_eq!(made["version"], json!(1));
        let page = format!("/api/v1/mediations/{}", made["number"].as_str().expect("a number"));
        let other = office.api("GET", &page, &stranger, &[], &json!(null)).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);
        let seen = [("if-match", "\"1\"")];
        let early = office.api("POST", &format!("{page}/agree"), &steward, &seen, &json!({"on": "2026-11-23", "written": true})).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
        let alone = json!({"kind": "lease", "grid": office.code("G01-M01"), "matter": "押金退还", "parties": [{"name": "房东", "phone": "1"}]});
        let alone = office.api("POST", "/api/v1/mediations", &steward, &[("idempotency-key", "m2")], &alone).await;
        assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", alone.body);
        let alone: serde_json::Value = serde_json::from_str(&alone.body).expect("JSON");
        let fields = alone["faults"].as_array().expect("faults").iter();
        assert!(fields.map(|fault| &fault["field"]).all(|field| field == "parties"), "the body's own name: {alone}");
        let draft = office.api("POST", &format!("{page}/draft"), &steward, &seen, &json!({"words": "房东退还押金。"})).await;
        assert_eq!(draft.status, StatusCode::OK, "{}", draft.body);
        let seen = [("if-match", "\"2\"")];
        let agreed = office.api("POST", &format!("{page}/agree"), &steward, &seen, &json!({"on": "2026-11-23", "written": false})).await;
        assert_eq!(agreed.status, StatusCode::OK, "{}", agreed.body);
        let read = office.api("GET", &page, &steward, &[], &json!(null)).await;
        assert_eq!((agreed.header("etag"), read.header("etag")), ("\"3\"", "\"3\""));
        let agreed: serde_json::Value = serde_json::from_str(&agreed.body).expect("JSON");
        assert_eq!(agreed["may"], json!(["hand_over", "resume"]), "the look a month later has its day");
        let talk = json!({"on": "2026-11-23", "words": "再谈一次"});
        let late = office.api("POST", &format!("{page}/talk"), &steward, &[("if-match", "\"3\"")], &talk).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
        let late: serde_json::Value = serde_json::from_str(&late.body).expect("JSON");
        assert_eq!(late["may"], agreed["may"], "a refusal offers nothing that would be refused next");
        assert_eq!(agreed["agreement"], json!("甲方退还押金。"), "names become sides");
        assert!(agreed.get("phone").is_none());
        let clear = office.api("POST", &format!("{page}/contacts"), &steward, &[], &json!({})).await;
        assert!(clear.body.contains("10012345678"), "{}", clear.body);
        let said = json!({"reason": "回电"});
        let more = office.api("POST", &format!("{page}/contacts"), &steward, &[], &said).await;
        assert!(more.status == StatusCode::UNPROCESSABLE_ENTITY && !more.body.contains("10012345678"), "nothing is heard unread: {}", more.body);
        let afar = office.api("POST", &format!("{page}/contacts"), &stranger, &[], &said).await;
        assert_eq!(afar.status, StatusCode::NOT_FOUND, "who does not reach it hears of no field");
        let lead = office.token("lead-01").await;
        let clear = office.api("POST", &format!("{page}/contacts"), &lead, &[], &json!({})).await;
        assert_eq!(clear.status, StatusCode::FORBIDDEN);
    }

    async fn a_look_that_comes_too_early_hears_from_when_on_and_none_is_heard_half(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&page, "draft", &[("words", "白天施工")]).await;
        mediator.act(&page, "agree", &[("on", "2026-11-23"), ("written", "yes")]).await;
        let follow = format!("/api/v1{page}/follow");
        let token = office.token("steward-01").await;
        let seen = [("if-match", "\"3\"")];
        let early = office.api("POST", &follow, &token, &seen, &json!({"kept": true})).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
        let early: serde_json::Value = serde_json::from_str(&early.body).expect("JSON");
        assert_eq!(early["code"], "too-early");
        let from = early["from"].as_str().expect("from when on");
        assert!(from.starts_with("2026-12-16T") || from.starts_with("2026-12-17T"), "{from}");
        assert!(early["detail"].as_str().expect("words").contains("Dec"), "{early}");
        let half = office.api("POST", &follow, &token, &seen, &json!({"kept": true, "instead": "court"})).await;
        assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", half.body);
        let half: serde_json::Value = serde_json::from_str(&half.body).expect("JSON");
        assert_eq!((&half["faults"][0]["field"], &half["faults"][0]["code"]), (&json!("instead"), &json!("field-unknown")));
        let strange = office.api("POST", &follow, &token, &seen, &json!({"kept": true, "to": "worker-01"})).await;
        assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", strange.body);
    }

    async fn the_list_of_tasks_holds_mediations_apart_from_cases(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let waiting = async |who: &str| {
            let read = office.api("GET", "/api/v1/tasks", &office.token(who).await, &[], &json!(null)).await;
            let read: serde_json::Value = serde_json::from_str(&read.body).expect("JSON");
            assert!(read["items"].as_array().expect("items").is_empty(), "it is no case: {read}");
            read["mediations"].clone()
        };
        let mine = waiting("steward-01").await;
        assert!(page.ends_with(mine[0]["number"].as_str().expect("a number")), "{mine}");
        assert_eq!((&mine[0]["waits_for"], &mine[0]["clock"]["name"]), (&json!("mediate"), &json!("mediation")));
        assert_eq!((waiting("steward-02").await, waiting("lead-01").await), (json!([]), json!([])));
        let away = [("until", "2026-11-30"), ("deputy", "")];
        office.sign_in("steward-01").await.post("/absence", &away).await;
        assert_eq!(waiting("lead-01").await[0]["waits_for"], "hand_over");
        assert_eq!(waiting("steward-02").await, json!([]), "it goes to no deputy");
    }

    async fn the_api_says_who_took_each_step_and_in_which_role_to_those_who_read_the_mediation(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "desk", "steward-01", "").await;
        let (steward, lead) = (office.token("steward-01").await, office.token("lead-01").await);
        let talk = json!({"on": "2026-11-23", "words": "说开了"});
        let talked = office.api("POST", &format!("/api/v1{page}/talk"), &steward, &[("if-match", "\"1\"")], &talk).await;
        assert_eq!(talked.status, StatusCode::OK, "{}", talked.body);
        let read = office.api("GET", &format!("/api/v1{page}"), &lead, &[], &json!(null)).await;
        let read: serde_json::Value = serde_json::from_str(&read.body).expect("JSON");
        let trail = read["trail"].as_array().expect("a trail").iter();
        let told: Vec<_> = trail.map(|step| json!([step["deed"], step["actor"], step["role"]])).collect();
        let (desk, mediator) = (office.name_of("desk"), office.name_of("steward-01"));
        assert_eq!(told, [json!(["opened", desk, "desk"]), json!(["talked", mediator, "steward"])]);
        let days: Vec<_> = read["trail"].as_array().expect("a trail").iter().map(|step| &step["on"]).collect();
        assert_eq!(days, [&json!(null), &json!("2026-11-23")], "the day of the talk, not of writing it down");
    }

    async fn more_time_is_offered_once_and_its_refusal_says_that_it_was_had(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let steward = office.token("steward-01").await;
        let extend = format!("/api/v1{page}/extend");
        let wish = json!({"consent": true});
        let longer = office.api("POST", &extend, &steward, &[("if-match", "\"1\"")], &wish).await;
        assert_eq!(longer.status, StatusCode::OK, "{}", longer.body);
        let longer: serde_json::Value = serde_json::from_str(&longer.body).expect("JSON");
        let may = longer["may"].as_array().expect("may");
        assert!(may.contains(&json!("talk")) && !may.contains(&json!("extend")), "{longer}");
        let again = office.api("POST", &extend, &steward, &[("if-match", "\"2\"")], &wish).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
        let again: serde_json::Value = serde_json::from_str(&again.body).expect("JSON");
        assert_eq!(again["code"], "limit-reached");
        assert!(again["detail"].as_str().expect("words").contains("once"), "how often: {again}");
    }

    async fn a_mediation_of_a_strange_grid_is_opened_by_nobody_and_for_nobody_from_elsewhere(database: Database) {
        let office = Office::furnish(database).await;
        let sent = async |who: &str, key: &str, grid: &str, mediator: Option<&str>| {
            let body = json!({"kind": "lease", "grid": office.code(grid), "matter": "押金退还", "mediator": mediator,
                "parties": [{"name": "房东"}, {"name": "租客"}]});
            let answer = office.api("POST", "/api/v1/mediations", &office.token(who).await, &[("idempotency-key", key)], &body).await;
            let said: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
            let faults = said["faults"].as_array().cloned().unwrap_or_default();
            let told = faults.iter().map(|fault| format!("{} {}", fault["field"], fault["code"]).replace('"', "")).collect::<Vec<_>>();
            (answer.status, told)
        };
        let refused = |told: &[&str]| (StatusCode::UNPROCESSABLE_ENTITY, told.iter().map(|one| (*one).to_owned()).collect());
        let own = sent("steward-01", "1", "G01-M02", None).await;
        assert_eq!(own, refused(&["grid grid-not-served", "mediator mediator-elsewhere"]));
        let strange = sent("desk", "2", "G01-M02", Some("steward-01")).await;
        assert_eq!(strange, refused(&["mediator mediator-elsewhere"]));
        for (key, mediator) in [("3", "steward-02"), ("4", "lead-01"), ("5", "desk")] {
            assert_eq!(sent("desk", key, "G01-M02", Some(mediator)).await.0, StatusCode::CREATED, "{mediator}");
        }
        let page = opened(&office, "desk", "steward-01", "").await;
        let to = json!({"to": "steward-02"});
        let over = office.api("POST", &format!("/api/v1{page}/hand_over"), &office.token("lead-01").await, &[("if-match", "\"1\"")], &to).await;
        assert!(over.status == StatusCode::UNPROCESSABLE_ENTITY && over.body.contains("mediator-elsewhere"), "{}", over.body);
    }

    async fn a_matter_that_speaks_of_a_worker_is_asked_about_before_it_is_mediated(database: Database) {
        let office = Office::furnish(database).await;
        let steward = office.token("steward-01").await;
        let mut body = json!({"kind": "other", "grid": office.code("G01-M01"), "matter": "网格员收了我两百块钱", "parties": [{"name": "甲某"}, {"name": "乙某"}]});
        let sent = async |key: &str, body: &serde_json::Value| office.api("POST", "/api/v1/mediations", &steward, &[("idempotency-key", key)], body).await;
        for (key, said, code) in [("1", json!(null), "about-worker-unsaid"), ("2", json!(true), "about-worker-complaint")] {
            body["about_worker"] = said;
            let asked = sent(key, &body).await;
            assert!(asked.status == StatusCode::UNPROCESSABLE_ENTITY && asked.body.contains(code), "{}", asked.body);
        }
        body["about_worker"] = json!(false);
        let none = sent("3", &body).await;
        assert_eq!(none.status, StatusCode::CREATED, "{}", none.body);
    }

    async fn a_step_of_the_api_tells_what_is_missing_beside_what_has_no_shape_and_nothing_to_strangers(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let agree = format!("/api/v1{page}/agree");
        let (steward, stranger) = (office.token("steward-01").await, office.token("worker-02").await);
        let seen = [("if-match", "\"1\"")];
        let faulty = json!({"on": "gestern", "surplus": 1});
        let refused = office.api("POST", &agree, &steward, &seen, &faulty).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        let told: serde_json::Value = serde_json::from_str(&refused.body).expect("JSON");
        let faults = told["faults"].as_array().expect("faults").iter();
        let mut codes: Vec<_> = faults.map(|fault| format!("{} {}", fault["field"], fault["code"]).replace('"', "")).collect();
        codes.sort();
        assert_eq!(codes, ["on date-malformed", "surplus field-unknown", "written field-missing"]);
        let elsewhere = office.api("POST", &agree, &stranger, &seen, &faulty).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND, "{}", elsewhere.body);
    }

    async fn words_of_a_step_that_speak_of_a_worker_are_asked_about_before_they_are_kept(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let (steward, seen) = (office.token("steward-01").await, [("if-match", "\"1\"")]);
        let mut talk = json!({"on": "2026-11-23", "words": "网格员收了我两百块钱"});
        for (said, code) in [(json!(null), "about-worker-unsaid"), (json!(true), "about-worker-complaint")] {
            talk["about_worker"] = said;
            let asked = office.api("POST", &format!("/api/v1{page}/talk"), &steward, &seen, &talk).await;
            assert!(asked.status == StatusCode::UNPROCESSABLE_ENTITY && asked.body.contains(code), "{}", asked.body);
        }
        let form = [("version", "1"), ("on", "2026-11-23"), ("words", "网格员收了我两百块钱")];
        let asked = office.sign_in("steward-01").await.post(&format!("{page}/talk"), &form).await;
        assert!(asked.body.contains("name=\"about_worker\""), "the page asks: {}", asked.body);
        talk["about_worker"] = json!(false);
        let kept = office.api("POST", &format!("/api/v1{page}/talk"), &steward, &seen, &talk).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    }

    async fn sides_that_words_could_not_tell_apart_are_asked_for_more_of_their_names(database: Database) {
        let office = Office::furnish(database).await;
        let steward = office.token("steward-01").await;
        for (key, one, other, code) in [("1", "张", "李某", "name-one-sign"), ("2", "王某", "王某", "names-same")] {
            let body = json!({"kind": "other", "grid": office.code("G01-M01"), "matter": "漏水", "parties": [{"name": one}, {"name": other}]});
            let asked = office.api("POST", "/api/v1/mediations", &steward, &[("idempotency-key", key)], &body).await;
            assert!(asked.status == StatusCode::UNPROCESSABLE_ENTITY && asked.body.contains(code), "{}", asked.body);
        }
    }
}
