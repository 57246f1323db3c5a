//! A case that was filed without a category gets one later.

use serde_json::{Value, json};
use testkit::on_both_databases;
use time::Duration;

use crate::town::{Town, pair, text};

on_both_databases! {
    async fn a_case_filed_without_a_category_gets_one_later_with_the_limit_it_would_have_had(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        let (twin, _) = town.tell(0, "路灯坏了").await;
        town.step("desk", &number, 1, "file", json!({})).await;
        town.step("desk", &twin, 1, "file", json!({"category": "20110"})).await;
        town.step("desk", &number, 2, "dispatch", json!({"to": "steward-01"})).await;
        town.step("steward-01", &number, 3, "accept", json!({})).await;
        town.house.clock.move_to(town.house.clock.now() + Duration::hours(1));
        let read = async |number: &str| town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.json();
        let (before, filed_at_once) = (read(&number).await, read(&twin).await);
        assert_ne!(before["due_at"], filed_at_once["due_at"]);
        assert!(before["may"].as_array().expect("commands").contains(&json!("file")), "{before}");
        assert!(!filed_at_once["may"].as_array().expect("commands").contains(&json!("file")), "{filed_at_once}");

        let none = town.step("desk", &number, 4, "file", json!({})).await;
        assert_eq!((none.status.as_u16(), none.faults()), (422, vec![pair("category", "field-missing")]));
        let named = town.step("desk", &number, 4, "file", json!({"category": "20110"})).await;
        assert_eq!(named.status, 200, "{}", named.body);
        let after = read(&number).await;
        assert_eq!((&after["state"], &after["category"]["code"]), (&json!("accepted"), &json!("20110")));
        assert_eq!(after["due_at"], filed_at_once["due_at"]);
        let trail = after["trail"].as_array().expect("a trail");
        assert_eq!(trail.last().map(|last| text(&last["deed"])), Some("classified".to_owned()));
        let again = town.step("desk", &number, 5, "file", json!({"category": "20120"})).await;
        assert_eq!((again.status.as_u16(), &again.json()["code"]), (409, &json!("wrong-state")));

        town.settle().await;
        let counts = town.read("desk", "/api/v1/counts?grid=510184999001").await.json();
        let categories: Vec<&Value> = counts["categories"].as_array().expect("categories").iter().filter(|one| one["total"] != 0).collect();
        assert_eq!(categories.len(), 1, "{counts}");
        assert_eq!((&categories[0]["code"], &categories[0]["total"]), (&json!("20110"), &json!(2)));
    }

    async fn the_page_of_a_case_without_a_category_asks_for_it_and_says_that_it_was_set(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        town.step("desk", &number, 1, "file", json!({})).await;
        let page = town.read("desk", &format!("/cases/{number}")).await.body;
        assert!(page.contains("补定类别") && !page.contains("暂不分类"), "{page}");
        let bearer = town.bearer("desk");
        let headers = [("authorization", bearer.as_str()), ("sec-fetch-site", "same-origin")];
        let fields = [("version", "2"), ("filing", "20110-2011001")];
        let sent = town.post_with(&format!("/cases/{number}/file"), &fields, &headers).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert_eq!(sent.header("location"), format!("/cases/{number}?done=classified"));
        let page = town.read("desk", sent.header("location")).await.body;
        assert!(page.contains("补定了类别") && !page.contains("补定类别"), "{page}");
    }
}
