//! Counts by category and state.

use serde_json::json;
use testkit::{Database, on_both_databases};

use crate::town::{HERE, THERE, Town, pair};

on_both_databases! {
    async fn counts_of_a_grid_hold_what_lies_below_it_and_follow_each_change(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        town.tell(1, "路灯坏了").await;
        town.tell(2, "路灯坏了").await;
        town.settle().await;
        let counts = async |code: &str| {
            let answer = town.read("desk", &format!("/api/v1/counts?grid={code}")).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            answer.json()
        };
        let general = counts(&format!("{HERE}-G01")).await;
        assert_eq!((&general["total"], &general["open"]), (&json!(2), &json!(2)));
        assert_eq!(general["states"], json!({"reported": 2}));
        assert_eq!(counts(HERE).await["total"], 3);
        let there = town.read("stranger", &format!("/api/v1/counts?grid={THERE}")).await;
        assert_eq!(there.json()["total"], 0);
        let filed = town.step("desk", &number, 1, "file", json!({"category": "20110"})).await;
        assert_eq!(filed.status, 200, "{}", filed.body);
        town.settle().await;
        let whole = counts(HERE).await;
        assert_eq!(whole["states"], json!({"filed": 1, "reported": 2}));
        let filed = &whole["categories"][1];
        assert_eq!(*filed, json!({"code": "20110", "name": "示例小类20110", "total": 1, "states": {"filed": 1}}));
    }
}

#[tokio::test]
async fn counts_of_an_unknown_grid_or_of_no_grid_among_several_communities_are_a_fault() {
    let town = Town::on(Database::sqlite().await).await;
    let unknown = town.get("/api/v1/counts?grid=NOWHERE").await;
    assert_eq!(
        (unknown.status.as_u16(), unknown.fault()),
        (422, pair("grid", "grid-unknown"))
    );
    assert_eq!(
        town.get("/api/v1/counts").await.fault(),
        pair("grid", "grid-missing")
    );
}
