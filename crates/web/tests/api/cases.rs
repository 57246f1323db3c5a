//! Lists, one case, the map's box, and the contact.

use serde_json::json;
use testkit::{Database, on_both_databases};

use crate::common::stands_since;
use crate::town::{HERE, LAT, LON, Town, pair, text};

on_both_databases! {
    async fn a_list_is_paged_by_keyset_within_the_scope(database: Database) {
        let town = Town::on(database).await;
        let mut numbers = Vec::new();
        for n in [0, 1, 2, 0, 1] {
            numbers.push(town.tell(n, "路灯坏了").await.0);
            town.house.clock.move_to(town.house.clock.now() + time::Duration::MINUTE);
        }
        town.settle().await;
        let first = town.read("desk", "/api/v1/cases?limit=3").await;
        assert_eq!(first.status, 200, "{}", first.body);
        let first = first.json();
        assert_eq!(first["total"], 5);
        let next = text(&first["next"]);
        let second = town.read("desk", &format!("/api/v1/cases?limit=3&after={next}")).await.json();
        assert_eq!(second["next"], json!(null));
        let items = [&first["items"], &second["items"]].into_iter().flat_map(|items| items.as_array().expect("items"));
        let listed: Vec<String> = items.map(|item| text(&item["number"])).collect();
        numbers.reverse();
        assert_eq!(listed, numbers);
        let own = town.read("steward-01", "/api/v1/cases").await.json();
        assert_eq!((&own["total"], own["items"].as_array().map(Vec::len)), (&json!(2), Some(2)));
        let grid = town.read("desk", &format!("/api/v1/cases?grid={HERE}-G01&state=reported&sort=received")).await.json();
        assert_eq!((&grid["total"], &grid["items"][0]["number"]), (&json!(4), &json!(numbers[4])));
        assert_eq!(town.read("desk", "/api/v1/cases?state=closed").await.json()["total"], 0);
        assert_eq!(town.read("stranger", "/api/v1/cases").await.json()["total"], 0);
    }

    async fn a_program_lists_what_is_overdue_a_departments_and_its_own_as_the_page_does(database: Database) {
        let town = Town::on(database).await;
        let [(first, _), (second, _)] = [town.tell(0, "路灯坏了").await, town.tell(2, "水管漏水").await];
        for (number, category, to) in [(&first, "20110", "worker-01"), (&second, "20120", "water")] {
            for (at, command, body) in [(1, "file", json!({"category": category})), (2, "dispatch", json!({"to": to}))] {
                let done = town.step("desk", number, at, command, body).await;
                assert_eq!(done.status, 200, "{command}: {}", done.body);
            }
        }
        let listed = async |who: &str, query: &str| {
            let list = town.read(who, &format!("/api/v1/cases?sort=received&{query}")).await;
            assert_eq!(list.status, 200, "{query}: {}", list.body);
            let items = list.json()["items"].as_array().expect("items").clone();
            items.iter().map(|item| text(&item["number"])).collect::<Vec<_>>()
        };
        let short = first.strip_prefix(&format!("{HERE}-")).expect("the community's code");
        let [one, two] = [vec![first.clone()], vec![second.clone()]];
        for (who, query, wanted) in [
            ("desk", "owner=worker-01".to_owned(), &one),
            ("worker-01", "owner=me".to_owned(), &one),
            ("desk", "department=water".to_owned(), &two),
            ("water", "department=water".to_owned(), &two),
            ("desk", format!("q={first}"), &one),
            ("desk", format!("q={short}"), &one),
            ("desk", format!("q={short}&department=water"), &Vec::new()),
            ("lead-02", format!("q={first}"), &Vec::new()),
            ("lead-02", "owner=worker-01".to_owned(), &Vec::new()),
            ("desk", "due=overdue".to_owned(), &Vec::new()),
            ("desk", "reopened=1".to_owned(), &Vec::new()),
        ] {
            assert_eq!(listed(who, &query).await, *wanted, "{who}: {query}");
        }
        assert_eq!(listed("desk", "reopened=0").await, [first.clone(), second.clone()]);
        town.house.clock.move_to(town.house.clock.now() + time::Duration::days(30));
        assert_eq!(listed("desk", "due=overdue").await, [first.clone(), second.clone()]);
        assert_eq!(listed("lead-01", "due=overdue").await, [first]);
        assert_eq!(listed("desk", "due=today").await, Vec::<String>::new());
    }

    async fn one_case_is_shown_with_masked_contact_within_the_scope(database: Database) {
        let town = Town::on(database).await;
        let body = json!({"text": "路灯坏了", "grid": format!("{HERE}-G01-M01"), "category": "20110",
                          "contact": {"name": "李小明", "phone": "10012345678"}});
        let told = town.send("/api/v1/reports", &[("idempotency-key", "a")], &body).await.json();
        let path = format!("/api/v1/cases/{}", text(&told["number"]));
        let answer = town.read("desk", &path).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(!answer.body.contains("10012345678") && !answer.body.contains("李小明"), "{}", answer.body);
        let case = answer.json();
        assert_eq!(case["contact"], json!({"name": "李**", "phone": "100****5678", "visit_welcome": false}));
        assert_eq!(case["owner"], json!({"name": "示例steward-01", "post": "示例岗位 steward-01"}));
        assert_eq!(case["category"], json!({"code": "20110", "name": "示例小类20110"}));
        assert_eq!(case["received_at"], "2026-11-23T09:00:00+08:00");
        assert_eq!(answer.header("etag"), format!("\"{}\"", case["version"]));
        assert_eq!(town.read("supervisor", &path).await.json()["contact"], json!(null));
        assert_eq!(town.read("", &path).await.status, 401);
        assert_eq!(town.read("admin", &path).await.status, 403);
        for outside in ["steward-02", "lead-02", "water", "stranger"] {
            assert_eq!(town.read(outside, &path).await.status, 404, "{outside}");
        }
        assert_eq!(town.read("desk", &format!("/api/v1/cases/{HERE}-20261123-0009")).await.status, 404);
        assert_eq!(town.read("desk", "/api/v1/cases/nonsense").await.status, 404);
    }

    async fn the_clear_contact_leaves_a_line_in_the_ledger(database: Database) {
        let town = Town::on(database).await;
        let body = json!({"text": "路灯坏了", "grid": format!("{HERE}-G01-M01"), "contact": {"phone": "10012345678"}});
        let told = town.send("/api/v1/reports", &[("idempotency-key", "a")], &body).await.json();
        let number = text(&told["number"]);
        let path = format!("/api/v1/cases/{number}/contact");
        let ask = async |who: &str, path: &str| {
            let bearer = town.bearer(who);
            town.send(path, &[("authorization", bearer.as_str())], &json!({})).await
        };
        let clear = ask("desk", &path).await;
        assert_eq!(clear.status, 200, "{}", clear.body);
        assert_eq!(clear.json()["phone"], "10012345678");
        let reader = town.house.store.reader();
        let net = town.house.net();
        let community = net.community(HERE).expect("a community").id;
        let report = reader.report_numbered(community, &number.parse().expect("a number")).await.expect("a report");
        assert_eq!(reader.accesses(community, report.id).await.expect("the ledger").len(), 1);
        assert_eq!(ask("supervisor", &path).await.status, 403);
        assert_eq!(ask("steward-02", &path).await.status, 404);
        let (silent, _) = town.tell(0, "路灯坏了").await;
        assert_eq!(ask("desk", &format!("/api/v1/cases/{silent}/contact")).await.status, 404);
    }

    async fn a_box_of_the_map_holds_a_case_as_soon_as_it_is_acknowledged(database: Database) {
        let town = Town::on(database).await;
        let around = format!("{},{},{},{}", LON - 0.001, LAT - 0.001, LON + 0.011, LAT + 0.001);
        let look = async |who: &str, more: &str| town.read(who, &format!("/api/v1/cases?bbox={around}{more}")).await.json();
        assert_eq!(look("desk", "").await, json!({"total": 0, "items": [], "next": null}));
        let (number, _) = town.tell(0, "路灯坏了").await;
        town.tell(2, "水管漏水").await;
        let seen = look("desk", "&limit=1000").await;
        assert_eq!(seen["total"], 1);
        assert_eq!((&seen["items"][0]["number"], &seen["items"][0]["overdue"]), (&json!(number), &json!(false)));
        town.house.clock.move_to(town.house.clock.now() + time::Duration::MINUTE);
        town.tell(1, "路灯坏了").await;
        let page = look("desk", "&limit=1").await;
        assert_eq!((&page["total"], page["items"].as_array().map(Vec::len)), (&json!(2), Some(1)));
        let rest = look("desk", &format!("&limit=1&after={}", text(&page["next"]))).await;
        assert_eq!(rest["items"][0]["number"], json!(number));
        assert_eq!(look("steward-01", "").await["total"], 1);
        assert_eq!(look("lead-02", "").await["total"], 0);
        assert_eq!(look("water", "").await["total"], 0);
        assert_eq!(look("lead-02", &format!("&grid={HERE}-G01")).await["total"], 0);
        assert_eq!(look("stranger", "").await["total"], 0);
    }

    async fn a_pin_of_what_was_late_when_it_was_suspended_is_overdue_as_its_row_is(database: Database) {
        let town = Town::on(database).await;
        let [(late, _), (in_time, _)] = [town.tell(0, "路灯坏了").await, town.tell(1, "水管漏水").await];
        let now = town.house.clock.now();
        let net = town.house.net();
        let community = net.community(HERE).expect("a community").id;
        for (number, after) in [(&late, time::Duration::MINUTE), (&in_time, -time::Duration::MINUTE)] {
            stands_since(&town.house, community, number, (Some(now - after), after)).await;
        }
        town.house.clock.move_to(now + time::Duration::DAY);
        let around = format!("{},{},{},{}", LON - 0.001, LAT - 0.001, LON + 0.011, LAT + 0.001);
        for path in [format!("/api/v1/cases?bbox={around}"), "/api/v1/cases".to_owned()] {
            let list = town.read("desk", &path).await.json();
            let items = list["items"].as_array().expect("items");
            let overdue: Vec<_> = items.iter().filter(|item| item["overdue"] == json!(true)).map(|item| text(&item["number"])).collect();
            assert_eq!((items.len(), overdue), (2, vec![late.clone()]), "{path}: {list}");
        }
        let overdue = town.read("desk", "/api/v1/cases?due=overdue").await.json();
        assert_eq!((&overdue["total"], &overdue["items"][0]["number"]), (&json!(1), &json!(late)));
    }
}

#[tokio::test]
async fn a_faulty_question_names_the_parameter() {
    let town = Town::on(Database::sqlite().await).await;
    let cases = [
        ("grid=NOWHERE", pair("grid", "grid-unknown")),
        ("grid=510184999002", pair("grid", "grid-unknown")),
        ("state=lost", pair("state", "state-unknown")),
        ("category=%20%2F", pair("category", "category-unknown")),
        ("category=99999", pair("category", "category-unknown")),
        ("from=yesterday", pair("from", "date-malformed")),
        ("to=2026-13-01", pair("to", "date-malformed")),
        ("bbox=1,2,3", pair("bbox", "bbox-malformed")),
        ("sort=owner", pair("sort", "sort-unknown")),
        ("limit=201", pair("limit", "limit-outside")),
        ("limit=0", pair("limit", "limit-outside")),
        ("bbox=1,1,2,2&limit=1001", pair("limit", "limit-outside")),
        ("after=nonsense", pair("after", "after-unknown")),
        ("handler=me", pair("handler", "field-unknown")),
        ("owner=nobody", pair("owner", "addressee-unknown")),
        ("department=D99", pair("department", "department-unknown")),
        ("due=never", pair("due", "due-unknown")),
        ("q=7", pair("q", "number-malformed")),
        ("reopened=perhaps", pair("reopened", "field-shape")),
    ];
    for (query, fault) in cases {
        let refused = town.read("desk", &format!("/api/v1/cases?{query}")).await;
        assert_eq!(refused.status, 422, "{query}: {}", refused.body);
        assert_eq!(refused.fault(), fault, "{query}");
    }
    assert_eq!(town.read("", "/api/v1/cases").await.status, 401);
    assert_eq!(town.read("admin", "/api/v1/cases").await.status, 403);
    let void = town
        .get_with("/api/v1/cases", &[("authorization", "Bearer wgb_nonsense")])
        .await;
    assert_eq!(
        (void.status.as_u16(), void.header("www-authenticate")),
        (401, "Bearer")
    );
}

#[tokio::test]
async fn a_class_is_asked_for_as_a_category_is() {
    let town = Town::on(Database::sqlite().await).await;
    let body = json!({"text": "路灯坏了", "grid": format!("{HERE}-G01-M01"), "category": "20110"});
    let told = town
        .send("/api/v1/reports", &[("idempotency-key", "a")], &body)
        .await;
    assert_eq!(told.status, 201, "{}", told.body);
    town.settle().await;
    for (category, total) in [("201", 1), ("20110", 1), ("20120", 0)] {
        let path = format!("/api/v1/cases?category={category}");
        let list = town.read("desk", &path).await;
        assert_eq!(list.json()["total"], total, "{category}");
    }
}
