//! Who may see a reporter's contact in clear: whoever has work on the case now, one state after the other.

use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::town::{HERE, LAT, LON, Town, text};

/// Everybody of the community whose scope reaches the case, in this order.
const ASKERS: [&str; 8] = [
    "desk",
    "chief",
    "lead-01",
    "steward-01",
    "steward-02",
    "worker-01",
    "water",
    "supervisor",
];

/// Who of them is shown the contact now; a refusal leaves no line in the ledger, a look leaves one.
async fn shown(town: &Town, number: &str) -> Vec<&'static str> {
    let mut shown = Vec::new();
    for who in ASKERS {
        let before = lines(town, number).await;
        let bearer = town.bearer(who);
        let path = format!("/api/v1/cases/{number}/contact");
        let headers = [("authorization", bearer.as_str())];
        let answer = town.send(&path, &headers, &json!({})).await;
        let seen = answer.status == 200;
        assert_eq!(answer.body.contains("10012345678"), seen, "{who}");
        if seen {
            shown.push(who);
        } else {
            assert!(
                [403, 404].contains(&answer.status.as_u16()),
                "{who}: {}",
                answer.status
            );
        }
        assert_eq!(
            lines(town, number).await - before,
            usize::from(seen),
            "{who}"
        );
    }
    shown
}

pub async fn lines(town: &Town, number: &str) -> usize {
    let (reader, net) = (town.house.store.reader(), town.house.net());
    let community = net.community(HERE).expect("a community").id;
    let number = number.parse().expect("a number");
    let report = reader
        .report_numbered(community, &number)
        .await
        .expect("a report");
    reader
        .accesses(community, report.id)
        .await
        .expect("the ledger")
        .len()
}

async fn told(town: &Town) -> String {
    let body = json!({"text": "路灯坏了", "grid": format!("{HERE}-G01-M01"), "contact": {"phone": "10012345678"}});
    let told = town
        .send("/api/v1/reports", &[("idempotency-key", "a")], &body)
        .await;
    text(&told.json()["number"])
}

on_both_databases! {
    async fn a_contact_is_shown_to_whoever_has_work_on_the_case_and_to_nobody_else(database: Database) {
        let town = Town::on(database).await;
        let number = told(&town).await;
        let mut at = 1;
        let deciders = ["desk", "chief", "lead-01", "steward-01"];
        assert_eq!(shown(&town, &number).await, deciders, "reported: who decides, and who is responsible");
        let way: [(&str, &str, Value, &[&str]); 7] = [
            ("desk", "verify", json!({"to": "steward-01"}), &["chief", "lead-01", "steward-01"]),
            ("steward-01", "verified", json!({"found": "exists"}), &deciders),
            ("desk", "file", json!({"category": "20110"}), &["desk", "chief", "lead-01"]),
            ("desk", "dispatch", json!({"to": "worker-01"}), &["worker-01"]),
            ("worker-01", "accept", json!({}), &["worker-01"]),
            ("worker-01", "handle", json!({"note": "换了灯泡", "claim": "solved"}), &["desk", "chief", "lead-01"]),
            ("lead-01", "check", json!({"pass": true, "answer": "已修好"}), &[]),
        ];
        for (who, command, body, wanted) in way {
            let done = town.step(who, &number, at, command, body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
            at = done.json()["version"].as_i64().expect("a version");
            let state = text(&done.json()["state"]);
            assert_eq!(shown(&town, &number).await, wanted, "after {command}: {state}");
        }
    }

    async fn whoever_told_the_same_later_is_reached_by_the_number_of_their_own_telling(database: Database) {
        let town = Town::on(database).await;
        let tell = async |key: &str, phone: &str, same: Value| {
            let body = json!({"text": "楼下垃圾", "location": {"lon": LON, "lat": LAT}, "category": "20110", "contact": {"phone": phone}, "same": same});
            let told = town.send("/api/v1/reports", &[("idempotency-key", key)], &body).await;
            assert_eq!(told.status, 201, "{}", told.body);
            text(&told.json()["number"])
        };
        let first = tell("a", "10012345678", Value::Null).await;
        let near = town.get(&format!("/api/v1/similar?lon={LON}&lat={LAT}&category=20110")).await.json();
        let second = tell("b", "10087654321", near["items"][0]["same"].clone()).await;
        let case = town.read("desk", &format!("/api/v1/cases/{second}")).await.json();
        assert_eq!((&case["number"], &case["reports"]), (&json!(first), &json!(2)), "{case}");
        let masked = [0, 1].map(|n| case["tellings"][n]["contact"]["phone"].clone());
        assert_eq!(masked, [json!("100****5678"), json!("100****4321")], "{case}");
        let unknown = format!("{HERE}-20991231-0001");
        assert_eq!(town.read("desk", &format!("/api/v1/cases/{unknown}")).await.status, 404);

        let bearer = town.bearer("steward-01");
        let headers = [("authorization", bearer.as_str())];
        let more = town.send(&format!("/api/v1/cases/{second}/contact"), &headers, &json!({"reason": "回电"})).await;
        assert_eq!((more.status.as_u16(), lines(&town, &second).await), (422, 0), "nothing is heard unread: {}", more.body);
        let clear = town.send(&format!("/api/v1/cases/{second}/contact"), &headers, &json!({})).await;
        assert_eq!(clear.json()["phone"], "10087654321", "{}", clear.body);
        assert_eq!((lines(&town, &first).await, lines(&town, &second).await), (0, 1), "each look with its own reporter");
        let page = town.read("steward-01", &format!("/cases/{first}")).await.body;
        assert!(page.contains(&format!("/cases/{second}/contact")) && page.contains("100****4321"), "{page}");
        let task = town.read("steward-01", &format!("/tasks/{second}")).await;
        assert_eq!((task.status.as_u16(), task.header("location")), (303, format!("/tasks/{first}").as_str()), "a task leads on as a case does");
        let own = [headers[0], ("sec-fetch-site", "same-origin")];
        let shown = town.post_with(&format!("/cases/{second}/contact"), &[], &own).await.body;
        assert!(shown.contains("10087654321") && !shown.contains("10012345678"), "{shown}");
        assert_eq!(lines(&town, &second).await, 2);
    }
}
