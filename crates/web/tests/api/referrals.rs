//! Leads through the API: what happened to one, and who goes on while an officer is away.

use axum::body::Body;
use serde_json::json;
use testkit::on_both_databases;

use crate::town::{HERE, Town, pair, text};

on_both_databases! {
    async fn a_lead_shows_its_trail_and_that_neither_of_the_two_goes_on_for_the_other(database: Database) {
        let town = Town::on(database).await;
        let (case, _) = town.tell(0, "摊点占用消防通道").await;
        let lead = json!({"place": "东门", "finding": "占道", "item": "占道经营"});
        let referred = town.send_as("worker-01", &format!("/api/v1/cases/{case}/referrals"), None, lead).await;
        assert_eq!(referred.status, 201, "{}", referred.body);
        let referred = referred.json();
        assert_eq!((&referred["referrer"], &referred["away"]), (&json!("示例worker-01"), &json!([])));
        let page = format!("/api/v1/referrals/{}", text(&referred["number"]));
        let taken = town.send_as("officer-01", &format!("{page}/take"), Some(1), json!({"second": "officer-02"})).await;
        assert_eq!(taken.status, 200, "{}", taken.body);
        let away = json!({"until": "2026-11-24", "deputy": "officer-02"});
        let away = town.send_as("officer-01", "/api/v1/absence", None, away).await;
        assert_eq!(away.status, 200, "{}", away.body);
        let shown = town.read("supervisor", &page).await.json();
        // the other of the two goes on for nobody: two officers are two people
        assert_eq!(shown["away"], json!([{"officer": "示例officer-01", "stand_in": null}]));
        let trail = shown["trail"].as_array().expect("a trail");
        let deeds: Vec<String> = trail.iter().map(|one| text(&one["deed"])).collect();
        assert_eq!(deeds, ["referred", "taken"]);
        assert_eq!((&trail[0]["actor"], &trail[0]["role"]), (&json!("示例worker-01"), &json!("worker")));
        assert_eq!(trail[1]["officers"], json!(["示例officer-01", "示例officer-02"]));
    }

    async fn a_step_of_a_lead_tells_what_is_missing_beside_what_has_no_shape(database: Database) {
        let town = Town::on(database).await;
        let (case, _) = town.tell(0, "摊点占用消防通道").await;
        let lead = json!({"place": "东门", "finding": "占道", "item": "占道经营"});
        let referred = town.send_as("worker-01", &format!("/api/v1/cases/{case}/referrals"), Some(1), lead).await.json();
        let page = format!("/api/v1/referrals/{}", text(&referred["number"]));
        let refused = town.send_as("officer-01", &format!("{page}/refuse"), Some(1), json!({"reason": 7, "surplus": 1})).await;
        let wanted = [pair("reason", "field-shape"), pair("surplus", "field-unknown"), pair("words", "field-missing")];
        assert_eq!((refused.status.as_u16(), refused.faults()), (422, wanted.to_vec()), "{}", refused.body);
        let taken = town.send_as("officer-01", &format!("{page}/take"), Some(1), json!({"second": "nobody", "surplus": 1})).await;
        let wanted = [pair("second", "officer-unknown"), pair("surplus", "field-unknown")];
        assert_eq!((taken.status.as_u16(), taken.faults()), (422, wanted.to_vec()), "{}", taken.body);
    }

    async fn events_of_leads_have_a_type_and_no_ids_of_people_or_cases(database: Database) {
        let town = Town::on(database).await;
        let (case, _) = town.tell(0, "摊点占用消防通道").await;
        let bearer = town.bearer("worker-01");
        let lead = json!({"place": "东门", "finding": "占道", "item": "占道经营"});
        let path = format!("/api/v1/cases/{case}/referrals");
        let referred = town.send(&path, &[("authorization", &bearer)], &lead).await.json();
        let number = text(&referred["number"]);
        town.step("desk", &case, 2, "file", json!({"category": "20110"})).await;
        town.step("desk", &case, 3, "dispatch", json!({"to": "steward-01"})).await;
        let events = town.read("desk", "/api/v1/events").await.json();
        let events = events["items"].as_array().expect("items");
        let named = |t: &str| {
            let found = events.iter().find(|one| one["event"]["t"] == t);
            found.unwrap_or_else(|| panic!("{t}: {events:?}"))
        };
        let of_lead = named("referral_referred");
        assert_eq!(of_lead["subject"], json!(number));
        assert_eq!(of_lead["event"], json!({"t": "referral_referred", "case": case, "team": "enforcement"}));
        assert_eq!(named("referred")["event"]["referral"], json!(number));
        let dispatched = named("dispatched");
        assert_eq!(dispatched["event"]["addressee"], "steward-01");
        assert!(text(&named("filed")["event"]["due"]).ends_with("+08:00"), "{}", named("filed"));
        let told = serde_json::to_string(events).expect("text");
        assert!(events.iter().all(|one| one["event"]["t"].is_string()), "{told}");
        assert!(!told.contains("-0000-"), "no id of ours: {told}");
    }

    async fn a_partner_hears_of_states_and_of_its_own_numbers_alone(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        town.step("desk", &number, 1, "file", json!({"category": "20110"})).await;
        let bearer = town.bearer("partner");
        let order = json!({"id": "A-1", "text": "井盖松动", "grid": format!("{HERE}-G01-M01")});
        let own = town.send("/api/v1/orders", &[("authorization", &bearer)], &order).await;
        assert_eq!(own.status, 201, "{}", own.body);
        let own = text(&own.json()["number"]);
        let desk = town.bearer("desk");
        let seen = town.read("desk", "/api/v1/settings").await;
        let headers = [("authorization", desk.as_str()), ("if-match", seen.header("etag")), ("content-type", "application/json")];
        let changed = json!({"case": {"reopen_days": 9}}).to_string();
        let changed = town.ask("PUT", "/api/v1/settings", &headers, Body::from(changed)).await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        let heard = town.read("desk", "/api/v1/events").await.body;
        assert!(heard.contains("settings_changed"), "whoever reads cases hears it: {heard}");
        let heard = town.read("partner", "/api/v1/events").await;
        assert_eq!(heard.status, 200, "{}", heard.body);
        assert!(!heard.body.contains(&number) && !heard.body.contains("settings_changed"), "{}", heard.body);
        assert!(!heard.body.contains("owner") && !heard.body.contains("order_received"), "{}", heard.body);
        assert!(heard.body.contains(&own), "its own it finds: {}", heard.body);
        assert!(heard.body.contains("\"t\":\"filed\""), "{}", heard.body);
    }

    async fn a_lead_that_two_officers_took_waits_for_nobody_else_of_the_team(database: Database) {
        let town = Town::on(database).await;
        let new = async |who: &str| {
            town.settle().await;
            let all = town.read(who, "/api/v1/messages").await.json();
            let new = all["items"].as_array().expect("items").iter().filter(|one| one["new"] == true);
            new.map(|one| text(&one["kind"])).collect::<Vec<_>>()
        };
        let lead = json!({"place": "东门", "finding": "占道", "item": "占道经营"});
        for (step, body, left) in [
            ("take", json!({"second": "officer-02"}), vec!["referral-taken".to_owned()]),
            ("refuse", json!({"reason": "no_breach", "words": "现场没有发现"}), vec!["referral-taken".to_owned()]),
        ] {
            let (case, _) = town.tell(0, "摊点占用消防通道").await;
            let referred = town.send_as("worker-01", &format!("/api/v1/cases/{case}/referrals"), Some(1), lead.clone()).await.json();
            assert!(new("officer-02").await.contains(&"referral-referred".to_owned()), "the whole team is asked");
            let page = format!("/api/v1/referrals/{}", text(&referred["number"]));
            let done = town.send_as("officer-01", &format!("{page}/{step}"), Some(1), body).await;
            assert_eq!(done.status, 200, "{step}: {}", done.body);
            assert_eq!(new("officer-02").await, left, "{step}");
        }
    }

    async fn words_of_a_lead_that_speak_of_a_worker_or_name_somebody_are_asked_about(database: Database) {
        let town = Town::on(database).await;
        let (case, _) = town.tell(0, "摊点占用消防通道").await;
        let path = format!("/api/v1/cases/{case}/referrals");
        let lead = |finding: &str| json!({"place": "东门", "finding": finding, "item": "占道经营"});
        let bad = town.send_as("worker-01", &path, Some(1), lead("网格员收了好处")).await;
        assert_eq!((bad.status.as_u16(), bad.faults()), (422, vec![pair("about_worker", "about-worker-unsaid")]), "{}", bad.body);
        let mut named = lead("摊点在示例steward-01家门口");
        named["about_worker"] = json!(false);
        let bad = town.send_as("worker-01", &path, Some(1), named.clone()).await;
        assert_eq!((bad.status.as_u16(), bad.faults()), (422, vec![pair("named", "lead-named")]), "{}", bad.body);
        named["named"] = json!(true);
        let referred = town.send_as("worker-01", &path, Some(1), named).await;
        assert_eq!(referred.status, 201, "{}", referred.body);
        let page = format!("/api/v1/referrals/{}", text(&referred.json()["number"]));
        town.send_as("officer-01", &format!("{page}/take"), Some(1), json!({"second": "officer-02"})).await;
        let end = json!({"result": "corrected_on_spot", "words": "网格员收了好处"});
        let bad = town.send_as("officer-01", &format!("{page}/end"), Some(2), end).await;
        assert_eq!((bad.status.as_u16(), bad.faults()), (422, vec![pair("about_worker", "about-worker-unsaid")]), "{}", bad.body);
    }

    async fn what_came_of_a_lead_of_a_merged_case_stands_on_the_case_that_goes_on(database: Database) {
        let town = Town::on(database).await;
        let (first, code) = town.tell(0, "摊点占用消防通道").await;
        let (second, _) = town.tell(0, "消防通道被摊点堵住").await;
        let lead = json!({"place": "东门", "finding": "占道", "item": "占道经营"});
        let referred = town.send_as("worker-01", &format!("/api/v1/cases/{first}/referrals"), Some(1), lead).await.json();
        let number = text(&referred["number"]);
        let merged = town.step("desk", &first, 2, "merge", json!({"into": second, "reason": "同一件事"})).await;
        assert_eq!(merged.status, 200, "{}", merged.body);
        let refuse = json!({"reason": "no_breach", "words": "现场没有发现"});
        let refused = town.send_as("officer-01", &format!("/api/v1/referrals/{number}/refuse"), Some(1), refuse).await;
        assert_eq!(refused.status, 200, "{}", refused.body);
        let shown = town.read("desk", &format!("/api/v1/cases/{second}?with=trail")).await.json();
        let told = &shown["referrals"][0];
        assert_eq!((&told["number"], &told["case"], &told["state"]), (&json!(number), &json!(first), &json!("refused")), "{shown}");
        let trail = shown["trail"].as_array().expect("a trail");
        let came = trail.iter().find(|one| one["deed"] == "referral_answered").expect("it comes back into the case");
        assert_eq!((&came["answer"], &came["referral"]), (&json!("refused"), &json!(number)));
        let path = format!("/api/v1/reports/{first}");
        let told = town.get_with(&path, &[("receipt-code", &code)]).await.json();
        let all = [&told["trail"], &told["goes_on"]["trail"]].into_iter().filter_map(|trail| trail.as_array());
        let came: Vec<_> = all.flatten().filter(|one| one["deed"] == "referral_answered").collect();
        assert_eq!(came.len(), 1, "once: {told}");
        assert_eq!(came[0]["answer"], json!("refused"));
    }

    async fn a_lead_that_is_over_says_who_ended_it(database: Database) {
        let town = Town::on(database).await;
        let (case, _) = town.tell(0, "摊点占用消防通道").await;
        let lead = json!({"place": "东门", "finding": "占道", "item": "占道经营"});
        let referred = town.send_as("worker-01", &format!("/api/v1/cases/{case}/referrals"), None, lead).await.json();
        let page = format!("/api/v1/referrals/{}", text(&referred["number"]));
        let early = town.send_as("officer-01", &format!("{page}/end"), Some(1), json!({"result": "no_violation"})).await;
        assert_ne!(early.status, 200, "nobody has it: {}", early.body);
        town.send_as("officer-01", &format!("{page}/take"), Some(1), json!({"second": "officer-02"})).await;
        town.send_as("officer-01", &format!("{page}/end"), Some(2), json!({"result": "no_violation"})).await;
        let late = town.send_as("officer-02", &format!("{page}/start"), Some(3), json!({"procedure": "simple"})).await;
        assert_eq!(late.status, 409, "{}", late.body);
        let late = late.json();
        assert_eq!((&late["state"], &late["may"]), (&json!("ended"), &json!([])), "{late}");
        assert_eq!((&late["done"]["deed"], &late["done"]["by"]), (&json!("ended"), &json!("示例officer-01")), "{late}");
        assert!(text(&late["detail"]).contains("示例officer-01"), "{late}");
    }
}
