//! A case that was filed without a category gets one later, and one under the wrong category comes under another one.

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

        let none = town.step("desk", &number, 4, "file", json!({})).await;
        assert_eq!((none.status.as_u16(), none.faults()), (422, vec![pair("category", "field-missing")]));
        let named = town.step("desk", &number, 4, "file", json!({"category": "20110"})).await;
        assert_eq!(named.status, 200, "{}", named.body);
        let after = read(&number).await;
        assert_eq!((&after["state"], &after["category"]["code"]), (&json!("accepted"), &json!("20110")));
        assert_eq!(after["due_at"], filed_at_once["due_at"]);
        let trail = after["trail"].as_array().expect("a trail");
        assert_eq!(trail.last().map(|last| text(&last["deed"])), Some("classified".to_owned()));
        let again = town.step("desk", &number, 5, "file", json!({"category": "20110"})).await;
        assert_eq!((again.status.as_u16(), again.faults()), (422, vec![pair("reason", "field-missing")]));

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

    async fn a_case_under_the_wrong_category_comes_under_another_one_and_the_trail_names_both(database: Database) {
        let town = Town::on(database).await;
        let (number, twin) = (at_work(&town, "20110").await, at_work(&town, "20120").await);
        let read = async |number: &str| town.read("desk", &format!("/api/v1/cases/{number}?with=trail")).await.json();
        let (wrong, right) = (read(&number).await, read(&twin).await);
        assert_ne!(wrong["due_at"], right["due_at"]);
        assert!(wrong["may"].as_array().expect("commands").contains(&json!("file")), "{wrong}");
        let stewards = town.read("steward-01", &format!("/api/v1/cases/{number}")).await.json();
        assert!(!stewards["may"].as_array().expect("commands").contains(&json!("file")), "{stewards}");

        let bare = town.step("desk", &number, 4, "file", json!({})).await;
        assert_eq!((bare.status.as_u16(), bare.faults()), (422, vec![pair("category", "field-missing"), pair("reason", "field-missing")]));
        let why = |category: &str| json!({"category": category, "reason": "其实是水管的事"});
        let same = town.step("desk", &number, 4, "file", why("20110")).await;
        assert_eq!((same.status.as_u16(), &same.json()["code"]), (409, &json!("already-done")));
        let theirs = town.step("steward-01", &number, 4, "file", why("20120")).await;
        assert_eq!(theirs.status, 403, "{}", theirs.body);
        let done = town.step("lead-01", &number, 4, "file", why("20120")).await;
        assert_eq!(done.status, 200, "{}", done.body);

        let after = read(&number).await;
        assert_eq!((&after["state"], &after["category"]["code"]), (&json!("accepted"), &json!("20120")));
        assert_eq!((&after["due_at"], &after["owner"]), (&right["due_at"], &wrong["owner"]));
        let last = after["trail"].as_array().and_then(|trail| trail.last()).expect("a step").clone();
        assert_eq!((&last["deed"], &last["words"]), (&json!("reclassified"), &json!(["其实是水管的事"])));
        let codes = json!({"former_category": "20110", "former_condition": "2011001", "category": "20120", "condition": "2012001"});
        assert_eq!(last["filed_anew"], codes);
        let handled = town.step("steward-01", &number, 5, "handle", json!({"note": "修好了"})).await;
        assert_eq!(handled.status, 200, "{}", handled.body);
        let late = town.step("desk", &number, 6, "file", why("20110")).await;
        assert_eq!((late.status.as_u16(), &late.json()["code"]), (409, &json!("wrong-state")));
    }

    async fn counts_and_figures_follow_a_case_to_its_other_category(database: Database) {
        let town = Town::on(database).await;
        let number = at_work(&town, "20110").await;
        let counted = async || {
            town.settle().await;
            let counts = town.read("desk", "/api/v1/counts?grid=510184999001").await.json();
            let all = counts["categories"].as_array().expect("categories").clone();
            let some = all.into_iter().filter(|one| one["total"] != 0);
            some.map(|one| (text(&one["code"]), one["total"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(counted().await, [("20110".to_owned(), json!(1))]);
        let filed = async |category: &str| {
            let today = town.house.clock.now().date();
            let path = format!("/api/v1/figures/rows?figure=filing&of=denominator&from={today}&to={today}&category={category}");
            let rows = town.read("desk", &path).await;
            assert_eq!(rows.status, 200, "{}", rows.body);
            rows.json()["total"].clone()
        };
        assert_eq!((filed("20110").await, filed("20120").await), (json!(1), json!(0)));
        let body = json!({"category": "20120", "reason": "其实是水管的事"});
        let done = town.step("desk", &number, 4, "file", body).await;
        assert_eq!(done.status, 200, "{}", done.body);
        assert_eq!(counted().await, [("20120".to_owned(), json!(1))]);
        assert_eq!((filed("20110").await, filed("20120").await), (json!(0), json!(1)));
    }

    async fn an_extension_is_kept_where_the_category_changes(database: Database) {
        let town = Town::on(database).await;
        let due = async |number: &str| town.read("desk", &format!("/api/v1/cases/{number}")).await.json()["due_at"].clone();
        let (number, twin) = (at_work(&town, "20110").await, at_work(&town, "20120").await);
        for number in [&number, &twin] {
            town.step("steward-01", number, 4, "extend", json!({"reason": "等材料"})).await;
            let granted = town.step("desk", number, 5, "extend", json!({"grant": true})).await;
            assert_eq!(granted.status, 200, "{}", granted.body);
        }
        assert_ne!(due(&number).await, due(&twin).await);
        let body = json!({"category": "20120", "reason": "其实是水管的事"});
        let done = town.step("desk", &number, 6, "file", body).await;
        assert_eq!(done.status, 200, "{}", done.body);
        assert_eq!(due(&number).await, due(&twin).await, "one more limit of its own");
    }

    async fn an_extension_is_kept_where_the_category_is_named_late_and_the_limit_is_its_own(database: Database) {
        let town = Town::on(database).await;
        let due = async |number: &str| town.read("desk", &format!("/api/v1/cases/{number}")).await.json()["due_at"].clone();
        let twin = at_work(&town, "20110").await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        for (who, version, command, body) in [
            ("desk", 1, "file", json!({})),
            ("desk", 2, "dispatch", json!({"to": "steward-01"})),
            ("steward-01", 3, "accept", json!({})),
        ] {
            let done = town.step(who, &number, version, command, body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
        }
        for number in [&number, &twin] {
            town.step("steward-01", number, 4, "extend", json!({"reason": "等材料"})).await;
            let granted = town.step("desk", number, 5, "extend", json!({"grant": true})).await;
            assert_eq!(granted.status, 200, "{}", granted.body);
        }
        assert_ne!(due(&number).await, due(&twin).await);
        let named = town.step("desk", &number, 6, "file", json!({"category": "20110"})).await;
        assert_eq!(named.status, 200, "{}", named.body);
        assert_eq!(due(&number).await, due(&twin).await, "one more limit of its own");
    }

    async fn another_category_wipes_no_deadline_that_has_passed(database: Database) {
        let town = Town::on(database).await;
        let number = at_work(&town, "20110").await;
        let read = async || town.read("desk", &format!("/api/v1/cases/{number}")).await.json();
        let before = read().await;
        town.house.clock.move_to(town.house.clock.now() + Duration::days(5));
        let body = json!({"category": "20120", "reason": "其实是水管的事"});
        let done = town.step("desk", &number, 4, "file", body).await;
        assert_eq!(done.status, 200, "{}", done.body);
        let after = read().await;
        assert_eq!((&after["category"]["code"], &after["due_at"]), (&json!("20120"), &before["due_at"]));
    }

    async fn the_page_changes_a_category_with_a_reason_that_the_reporter_does_not_read(database: Database) {
        let town = Town::on(database).await;
        let number = at_work(&town, "20110").await;
        let page = town.read("desk", &format!("/cases/{number}")).await.body;
        assert!(page.contains("改定类别") && page.contains("为什么改类别"), "{page}");
        assert!(!page.contains("value=\"20110-2011001\""), "what it has is not offered: {page}");
        let bearer = town.bearer("desk");
        let headers = [("authorization", bearer.as_str()), ("sec-fetch-site", "same-origin")];
        let path = format!("/cases/{number}/file");
        let silent = town.post_with(&path, &[("version", "4"), ("filing", "20120-2012001")], &headers).await;
        assert_eq!(silent.status, 422, "{}", silent.body);
        assert!(silent.body.contains("id=\"file-words-fault\""), "{}", silent.body);
        let fields = [("version", "4"), ("filing", "20120-2012001"), ("words", "其实是水管的事")];
        let sent = town.post_with(&path, &fields, &headers).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert_eq!(sent.header("location"), format!("/cases/{number}?done=reclassified"));
        let page = town.read("desk", sent.header("location")).await.body;
        for said in ["改定了类别", "示例小类20110（2011001）", "示例小类20120（2012001）", "其实是水管的事"] {
            assert!(page.contains(said), "{said}: {page}");
        }
    }
}

/// A case filed under a category that a steward works on.
async fn at_work(town: &Town, category: &str) -> String {
    let (number, _) = town.tell(0, "路灯坏了").await;
    for (at, who, command, body) in [
        (1, "desk", "file", json!({"category": category})),
        (2, "desk", "dispatch", json!({"to": "steward-01"})),
        (3, "steward-01", "accept", json!({})),
    ] {
        let done = town.step(who, &number, at, command, body).await;
        assert_eq!(done.status, 200, "{command}: {}", done.body);
    }
    number
}
