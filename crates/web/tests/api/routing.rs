//! Routing rules through the API: written, ordered, switched, tried out, followed, and let go when their people leave.

use serde_json::{Value, json};
use store::Unit;
use testkit::on_both_databases;

use crate::common::Answer;
use crate::town::{HERE, Town, pair, text};

impl Town {
    async fn change(&self, who: &str, seen: i64, path: &str, body: Value) -> Answer {
        let (bearer, seen) = (self.bearer(who), format!("\"{seen}\""));
        let headers = [("authorization", bearer.as_str()), ("if-match", &seen)];
        self.send(&format!("/api/v1/routing/{path}"), &headers, &body)
            .await
    }

    /// Adds a rule and switches it on; gives its id and the version of the list.
    async fn rule(&self, seen: i64, body: Value) -> (String, i64) {
        let added = self.change("desk", seen, "rules", body).await;
        assert_eq!(added.status, 201, "{}", added.body);
        let list = added.json();
        let last = list["rules"]
            .as_array()
            .and_then(|all| all.last())
            .expect("a rule");
        assert_eq!(last["state"], "off");
        let id = text(&last["id"]);
        let on = self.switch_on(seen + 1, &id).await;
        assert_eq!(on.status, 200, "{}", on.body);
        assert_eq!(on.header("etag"), format!("\"{}\"", seen + 2));
        (id, seen + 2)
    }

    /// Tries a rule out and switches it on with what that gave.
    async fn switch_on(&self, seen: i64, id: &str) -> Answer {
        let tried = self.change("desk", seen, "trial", json!({"id": id})).await;
        let proof = json!({"tried": tried.json()["proof"]});
        self.change("desk", seen, &format!("rules/{id}/on"), proof)
            .await
    }

    /// Tells, files and dispatches without naming anybody: the number and who owns it.
    async fn dispatched(&self, n: u8, words: &str) -> (String, String) {
        let (number, _) = self.tell(n, words).await;
        let filed = self
            .step("desk", &number, 1, "file", json!({"category": "20110"}))
            .await;
        assert_eq!(filed.status, 200, "{}", filed.body);
        let given = self.step("desk", &number, 2, "dispatch", json!({})).await;
        assert_eq!(given.status, 200, "{}", given.body);
        (number, text(&given.json()["owner"]["name"]))
    }

    async fn why(&self, number: &str) -> Value {
        let case = self
            .read("desk", &format!("/api/v1/cases/{number}?with=trail"))
            .await
            .json();
        let trail = case["trail"].as_array().expect("a trail");
        let given = trail.iter().find(|entry| entry["deed"] == "dispatched");
        given.expect("a dispatch")["why"].clone()
    }
}

fn manhole() -> Value {
    json!({"name": "井盖直派水务站", "words": ["井盖", "窨井"], "to": {"department": "water"}})
}

on_both_databases! {
    async fn the_first_rule_that_fits_gives_the_task_and_the_case_keeps_why(database: Database) {
        let town = Town::on(database).await;
        let (before, owner) = town.dispatched(0, "楼下井盖松动").await;
        assert_eq!(owner, "示例steward-01");
        assert_eq!(town.why(&before).await, json!({"rule": null, "rules": 0, "reason": "serves", "grid": format!("{HERE}-G01-M01")}));
        let (id, version) = town.rule(0, manhole()).await;
        let (number, owner) = town.dispatched(0, "楼下井盖松动").await;
        assert_eq!(owner, "示例water");
        assert_eq!(town.dispatched(0, "路灯坏了").await.1, "示例steward-01");
        let renamed = json!({"name": "换了名字", "words": ["井盖"], "to": {"department": "water"}});
        assert_eq!(town.change("desk", version, &format!("rules/{id}"), renamed).await.status, 200);
        let why = town.why(&number).await;
        assert_eq!((&why["rule"], &why["rules"]), (&json!("井盖直派水务站"), &json!(2)));
        assert_eq!(town.why(&before).await["rule"], json!(null));
    }

    async fn whoever_is_named_gets_the_task_whatever_the_rules_say(database: Database) {
        let town = Town::on(database).await;
        town.rule(0, manhole()).await;
        let (number, _) = town.tell(0, "井盖松动").await;
        town.step("desk", &number, 1, "file", json!({"category": "20110"})).await;
        let given = town.step("desk", &number, 2, "dispatch", json!({"to": "steward-02"})).await;
        assert_eq!(given.json()["owner"]["name"], "示例steward-02");
        assert_eq!(town.why(&number).await, json!(null));
    }

    async fn grids_days_hours_and_skills_are_asked_too(database: Database) {
        let town = Town::on(database).await;
        // it is Monday, nine o'clock
        let night = json!({"name": "夜间", "days": [1], "hours": "22:00-06:00", "to": {"department": "water"}});
        let (_, version) = town.rule(0, night).await;
        let east = json!({"name": "东片水电", "grid": format!("{HERE}-G01"), "categories": ["201"], "days": [1], "hours": "09:00-10:00",
                          "channels": ["resident"], "to": {"skill": "水电"}});
        town.rule(version, east).await;
        assert_eq!(town.dispatched(1, "灯不亮").await.1, "示例worker-01");
        assert_ne!(town.dispatched(2, "灯不亮").await.1, "示例worker-01", "another general grid");
    }

    async fn the_order_decides_between_two_rules_that_fit(database: Database) {
        let town = Town::on(database).await;
        let (_, version) = town.rule(0, manhole()).await;
        let other = json!({"name": "水电", "words": ["井盖"], "to": {"skill": "水电"}});
        let (second, version) = town.rule(version, other).await;
        assert_eq!(town.dispatched(0, "井盖坏了").await.1, "示例water");
        let moved = town.change("desk", version, &format!("rules/{second}/up"), json!({})).await;
        assert_eq!(moved.json()["rules"][0]["name"], "水电");
        assert_eq!(town.switch_on(version + 1, &second).await.status, 200);
        let version = version + 1;
        assert_eq!(town.dispatched(0, "井盖坏了").await.1, "示例worker-01");
        let end = town.change("desk", version + 1, &format!("rules/{second}/up"), json!({})).await;
        assert_eq!((end.status.as_u16(), end.fault()), (422, pair("rule", "rule-at-the-end")));
        let off = town.change("desk", version + 1, &format!("rules/{second}/off"), json!({})).await;
        assert_eq!(off.json()["rules"][0]["state"], "off");
        assert_eq!(town.dispatched(0, "井盖坏了").await.1, "示例water");
        let gone = town.change("desk", version + 2, &format!("rules/{second}/remove"), json!({})).await;
        assert_eq!(gone.json()["rules"].as_array().map(Vec::len), Some(1));
    }

    async fn a_rule_that_is_asked_before_another_one_now_is_off_until_it_was_tried_out(database: Database) {
        let town = Town::on(database).await;
        let (first, version) = town.rule(0, manhole()).await;
        let other = json!({"name": "水电", "words": ["井盖"], "to": {"skill": "水电"}});
        let (second, version) = town.rule(version, other).await;
        let states = |list: &Value| -> Vec<(String, String)> {
            let rules = list["rules"].as_array().expect("rules").iter();
            rules.map(|rule| (text(&rule["id"]), text(&rule["state"]))).collect()
        };
        let moved = town.change("desk", version, &format!("rules/{first}/down"), json!({})).await;
        let wanted = [(second.clone(), "off".to_owned()), (first, "on".to_owned())];
        assert_eq!(states(&moved.json()), wanted, "{}", moved.body);
        assert_eq!(town.dispatched(0, "井盖坏了").await.1, "示例water", "the tasks go where they went");
        let untried = town.change("desk", version + 1, &format!("rules/{second}/on"), json!({})).await;
        assert_eq!(untried.fault(), pair("tried", "rule-untried"));
    }

    async fn where_a_rule_may_send_is_told_and_a_post_is_named_by_its_id(database: Database) {
        let town = Town::on(database).await;
        let told = town.read("lead-01", "/api/v1/routing/targets").await;
        assert_eq!(told.status, 200, "{}", told.body);
        let told = told.json();
        let posts = told["posts"].as_array().expect("posts");
        let post = posts.iter().find(|one| one["post"] == "示例岗位 steward-02").expect("a post");
        assert_eq!(post["grid"]["code"], format!("{HERE}-G01-M02"), "{post}");
        assert!(posts.iter().all(|one| one["post"] != "示例岗位 water"), "a department goes by its own name: {told}");
        assert!(told["departments"].as_array().expect("departments").iter().any(|one| one["code"] == "water"), "{told}");
        assert!(told["skills"].as_array().expect("skills").contains(&json!("水电")), "{told}");
        assert!(!told.to_string().contains("示例steward-02"), "never who holds it: {told}");
        town.rule(0, json!({"name": "二号", "words": ["井盖"], "to": {"post": post["id"]}})).await;
        assert_eq!(town.dispatched(0, "井盖坏了").await.1, "示例steward-02");
        assert_eq!(town.read("steward-01", "/api/v1/routing/targets").await.status, 403);
    }

    async fn a_list_that_somebody_changed_meanwhile_is_not_changed_again_unseen(database: Database) {
        let town = Town::on(database).await;
        let (id, version) = town.rule(0, manhole()).await;
        let stale = town.change("chief", version - 1, &format!("rules/{id}/off"), json!({})).await;
        assert_eq!((stale.status.as_u16(), stale.json()["version"].clone()), (412, json!(version)));
        assert_eq!(stale.json()["done"]["deed"], "on", "who was faster is told: {}", stale.body);
        let bearer = town.bearer("desk");
        let unseen = town.send(&format!("/api/v1/routing/rules/{id}/off"), &[("authorization", &bearer)], &json!({})).await;
        assert_eq!(unseen.status, 428);
        assert_eq!(town.read("desk", "/api/v1/routing").await.json()["rules"][0]["state"], "on");
        let unknown = town.change("desk", version, "rules/00000000-0000-0000-0000-000000000001/off", json!({})).await;
        assert_eq!(unknown.status, 404);
    }

    async fn a_faulty_rule_is_refused_field_by_field(database: Database) {
        let town = Town::on(database).await;
        let fits = json!({"name": "x", "words": ["井盖"], "to": {"department": "water"}});
        let with = |field: &str, value: Value| {
            let mut body = fits.clone();
            body[field] = value;
            body
        };
        for (body, fault) in [
            (with("name", json!(" ")), pair("name", "rule-name")),
            (with("words", json!([])), pair("categories", "rule-empty")),
            (with("categories", json!(["999"])), pair("categories", "rule-category")),
            (with("grid", json!("NOWHERE")), pair("grid", "grid-unknown")),
            (with("days", json!([8])), pair("days", "rule-days")),
            (with("hours", json!("25:00-26:00")), pair("hours", "rule-hours")),
            (with("channels", json!(["telepathy"])), pair("channels", "rule-channels")),
            (with("to", json!({"department": "gas"})), pair("to", "department-unknown")),
            (with("to", json!({"post": "gas"})), pair("to", "rule-post")),
            (with("to", json!({"skill": "飞行"})), pair("to", "rule-left")),
            (with("colour", json!("red")), pair("colour", "field-unknown")),
        ] {
            let refused = town.change("desk", 0, "rules", body).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault), "{}", refused.body);
        }
        assert_eq!(town.read("desk", "/api/v1/routing").await.json(), json!({"version": 0, "rules": []}));
    }

    async fn a_condition_that_is_wrong_is_not_said_to_be_missing_besides(database: Database) {
        let town = Town::on(database).await;
        let body = json!({"name": "x", "grid": "NOWHERE", "to": {"department": "water"}});
        let refused = town.change("desk", 0, "rules", body).await;
        assert_eq!(refused.faults(), [pair("grid", "grid-unknown")], "{}", refused.body);
    }

    async fn a_trial_counts_past_cases_that_would_go_elsewhere_and_changes_nothing(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "井盖松动").await;
        town.tell(0, "路灯坏了").await;
        town.tell(1, "路灯坏了").await;
        let tried = async |who: &str, body: Value| town.change(who, 0, "trial", body).await.json();
        let trial = tried("lead-01", json!({"rule": manhole()})).await;
        assert_eq!((&trial["cases"], &trial["elsewhere"]), (&json!(3), &json!(1)));
        let moved = &trial["rows"][0]["moved"][0];
        let (now, then) = (&moved["now"], &moved["then"]);
        let micro = json!(format!("{HERE}-G01-M01"));
        assert_eq!((&now["post"], &now["grid"]["code"], &now["department"]), (&json!("示例岗位 steward-01"), &micro, &json!(null)), "{trial}");
        assert_eq!((&then["post"], &then["department"]["code"], &moved["number"]), (&json!("示例岗位 water"), &json!("water"), &json!(number)), "{trial}");
        let row = json!({"rule": "井盖直派水务站", "takes": 1, "elsewhere": 1, "moved": [moved]});
        assert_eq!(trial["rows"][0], row);
        assert_eq!(trial["rows"][1], json!({"rule": null, "takes": 2, "elsewhere": 0, "moved": []}));
        assert_eq!(tried("lead-02", json!({"rule": manhole()})).await["cases"], 0, "out of sight");
        assert_eq!(town.read("desk", "/api/v1/routing").await.json()["version"], 0);
        let added = town.change("desk", 0, "rules", manhole()).await.json();
        let id = text(&added["rules"][0]["id"]);
        assert_eq!(tried("desk", json!({"id": id, "cases": 2})).await["elsewhere"], 0, "only the last two");
        assert_eq!(tried("desk", json!({"id": id})).await["elsewhere"], 1, "as if it were on");
        assert_eq!(town.dispatched(0, "井盖松动").await.1, "示例steward-01", "it is off");
        let refused = town.change("desk", 0, "trial", json!({"cases": 0})).await;
        assert_eq!(refused.fault(), pair("cases", "limit-outside"));
    }

    async fn a_rule_whose_people_left_is_passed_over_and_then_switched_off(database: Database) {
        let town = Town::on(database).await;
        let (id, version) = town.rule(0, manhole()).await;
        let net = town.house.net();
        let net = net.community(HERE).expect("a community");
        let water = net.member_by_code("water").expect("a member").id;
        let post = net.posts_of(water).next().expect("a post").id;
        let at = town.house.clock.now();
        let left = town.house.store.unit(net.id, async move |unit: &Unit| {
            unit.end_post(post, at).await?;
            unit.net_changed().await
        });
        left.await.expect("the liaison leaves");
        town.house.refresh_net().await.expect("the net");
        assert_eq!(town.dispatched(0, "井盖坏了").await.1, "示例steward-01");
        assert_eq!(work::routing::tend(&town.house).await.expect("looked after"), 1);
        assert_eq!(work::routing::tend(&town.house).await.expect("looked after"), 0);
        let list = town.read("desk", "/api/v1/routing").await.json();
        assert_eq!((&list["rules"][0]["state"], &list["version"]), (&json!("left"), &json!(version + 1)));
        let again = town.switch_on(version + 1, &id).await;
        assert_eq!(again.fault(), pair("to", "rule-left"));
        let mended = json!({"name": "改派", "words": ["井盖"], "to": {"skill": "水电"}});
        assert_eq!(town.change("desk", version + 1, &format!("rules/{id}"), mended).await.json()["rules"][0]["state"], "off");
    }

    async fn a_rule_is_switched_on_only_as_it_was_tried_out(database: Database) {
        let town = Town::on(database).await;
        let added = town.change("desk", 0, "rules", manhole()).await.json();
        let id = text(&added["rules"][0]["id"]);
        let on = format!("rules/{id}/on");
        let untried = town.change("desk", 1, &on, json!({})).await;
        assert_eq!((untried.status.as_u16(), untried.fault()), (422, pair("tried", "rule-untried")));
        let tried = town.change("desk", 1, "trial", json!({"id": id})).await.json();
        let proof = json!({"tried": tried["proof"]});
        let other = json!({"name": "水电", "words": ["灯"], "to": {"skill": "水电"}});
        town.change("desk", 1, "rules", other).await;
        let changed_since = town.change("desk", 2, &on, proof).await;
        assert_eq!(changed_since.fault(), pair("tried", "rule-untried"));
        assert_eq!(town.switch_on(2, &id).await.status, 200);
        let wider = json!({"name": "井盖直派水务站", "words": ["盖"], "to": {"department": "water"}});
        let edited = town.change("desk", 3, &format!("rules/{id}"), wider).await.json();
        assert_eq!(edited["rules"][0]["state"], "off", "it takes other cases now");
    }
}
