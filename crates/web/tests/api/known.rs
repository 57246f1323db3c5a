//! Whoever knows a version is not sent it again; whoever comes again with a report gets its receipt.

use serde_json::json;
use testkit::{Database, on_both_databases};
use web::{Limits, Rate, Settings};

use crate::common::Visit;
use crate::town::{LAT, LON, Town, text};

on_both_databases! {
    async fn whoever_knows_the_version_of_a_case_is_not_sent_it_again(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.tell(0, "路灯坏了").await;
        let path = format!("/api/v1/cases/{number}");
        let bearer = town.bearer("desk");
        let ask = async |known: &str| {
            let headers = [("authorization", bearer.as_str()), ("if-none-match", known)];
            town.get_with(&path, &headers).await
        };
        for known in ["\"1\"", "W/\"1\"", "\"7\", W/\"1\"", "*"] {
            let same = ask(known).await;
            assert_eq!((same.status.as_u16(), same.header("etag"), same.body.as_str()), (304, "\"1\"", ""), "{known}");
        }
        for other in ["\"2\"", "1", "\"*\""] {
            assert_eq!(ask(other).await.status, 200, "{other}");
        }
        town.step("desk", &number, 1, "file", json!({})).await;
        let changed = ask("\"1\"").await;
        assert_eq!((changed.status.as_u16(), changed.header("etag")), (200, "\"2\""));
        let headers = [("authorization", bearer.as_str()), ("if-none-match", "\"1\"")];
        let hidden = town.get_with("/api/v1/cases/nonsense", &headers).await;
        assert_eq!(hidden.status, 404, "what is not there is not known");
    }

    async fn the_same_report_once_more_gets_its_receipt_where_its_address_has_told_too_much(database: Database) {
        let once = Rate { burst: 1, per_hour: 1 };
        let settings = Settings { limits: Limits { address: once, ..Limits::default() }, ..Settings::default() };
        let town = Town::of(Visit::with(database, settings).await).await;
        let body = |words: &str| json!({"text": words, "location": {"lon": LON, "lat": LAT}});
        let send = async |key: &str, words: &str| town.send("/api/v1/reports", &[("idempotency-key", key)], &body(words)).await;
        let first = send("a", "路灯坏了").await;
        assert_eq!(first.status, 201, "{}", first.body);
        assert_eq!(send("b", "井盖松动").await.status, 429, "another one has to wait");
        for _ in 0..3 {
            let again = send("a", "路灯坏了").await;
            assert_eq!((again.status, &again.body), (first.status, &first.body));
        }
        assert_eq!(send("a", "井盖松动").await.status, 429, "the key alone opens nothing");
        let complaint = json!({"text": "网格员上门时骂人", "location": {"lon": LON, "lat": LAT}, "about_worker": true});
        let told = async || town.send("/api/v1/reports", &[("idempotency-key", "c")], &complaint).await;
        town.house.clock.move_to(town.house.clock.now() + time::Duration::hours(2));
        let first = told().await;
        assert_eq!(first.status, 201, "{}", first.body);
        let again = told().await;
        assert_eq!((again.status, &again.body), (first.status, &first.body), "a complaint, too");
    }

    async fn whoever_is_refused_asks_only_so_often_whether_it_was_there_already(database: Database) {
        let once = Rate { burst: 1, per_hour: 1 };
        let settings = Settings { limits: Limits { address: once, looks: once, ..Limits::default() }, ..Settings::default() };
        let town = Town::of(Visit::with(database, settings).await).await;
        let body = json!({"text": "路灯坏了", "location": {"lon": LON, "lat": LAT}});
        let send = async || town.send("/api/v1/reports", &[("idempotency-key", "a")], &body).await.status.as_u16();
        assert_eq!([send().await, send().await, send().await], [201, 201, 429]);
    }
}

#[tokio::test]
async fn a_wrong_code_a_wrong_version_and_a_wrong_key_are_three_problems() {
    let town = Town::on(Database::sqlite().await).await;
    let (number, code) = town.tell(0, "路灯坏了").await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let path = format!("/api/v1/reports/{number}");
    let refused = town.get_with(&path, &[("receipt-code", wrong)]).await;
    assert_eq!(
        (refused.status.as_u16(), text(&refused.json()["code"])),
        (404, "receipt-unknown".into())
    );
    let unknown = format!("{}9999", &path[..path.len() - 4]);
    let other = town.get_with(&unknown, &[("receipt-code", &code)]).await;
    assert_eq!(
        other.body, refused.body,
        "which of both is wrong is not told"
    );
    let bearer = town.bearer("desk");
    for odd in ["\"x\"", "W/\"1\"", "\"1\", \"2\""] {
        let headers = [("authorization", bearer.as_str()), ("if-match", odd)];
        let file = format!("/api/v1/cases/{number}/file");
        let refused = town.send(&file, &headers, &json!({})).await;
        assert_eq!(
            (refused.status.as_u16(), text(&refused.json()["code"])),
            (400, "version-malformed".into()),
            "{odd}"
        );
    }
    let long = "x".repeat(256);
    let body = json!({"text": "x", "location": {"lon": LON, "lat": LAT}});
    let refused = town
        .send("/api/v1/reports", &[("idempotency-key", &long)], &body)
        .await;
    assert_eq!(
        (refused.status.as_u16(), text(&refused.json()["code"])),
        (400, "key-malformed".into())
    );
    for name in ["receipt-unknown", "version-malformed", "key-malformed"] {
        let page = town.get(&format!("/problems/{name}")).await;
        assert_eq!(page.status, 200, "{name}");
    }
}
