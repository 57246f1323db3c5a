//! What is open to everybody: grids, a point's people, tiles, the description of the API; and what figures are made of.

use std::collections::BTreeSet;

use serde_json::json;
use testkit::{Database, on_both_databases};

use crate::town::{HERE, LAT, LON, Town, pair, text};

on_both_databases! {
    async fn grids_are_geojson_by_level_and_within(database: Database) {
        let town = Town::on(database).await;
        let ask = async |query: &str| town.get(&format!("/api/v1/grids?{query}")).await.json();
        let page = town.get("/api/v1/grids").await;
        assert_eq!(page.header("content-type"), "application/geo+json");
        let within = ask(&format!("within={HERE}-G01&level=micro")).await;
        assert_eq!((&within["type"], &within["next"]), (&json!("FeatureCollection"), &json!(null)));
        let first = &within["features"][0];
        let told = json!({"code": format!("{HERE}-G01-M01"), "name": "示例网格-G01-M01", "level": "micro",
                          "scheme": "governance", "parent": format!("{HERE}-G01"), "version": 1});
        assert_eq!(first["properties"], told);
        assert_eq!(first["geometry"]["type"], "Polygon");
        assert_eq!(within["features"].as_array().map(Vec::len), Some(2));
        let all = ask("").await;
        assert_eq!(all["features"].as_array().map(Vec::len), Some(12));
        let after = ask(&format!("after={HERE}-G02-M03")).await;
        assert_eq!(after["features"].as_array().map(Vec::len), Some(6));
        for (query, fault) in [
            ("scheme=secret", pair("scheme", "scheme-unknown")),
            ("level=huge", pair("level", "level-unknown")),
            ("within=NOWHERE", pair("within", "grid-unknown")),
            ("after=q", pair("after", "after-unknown")),
            ("limit=5", pair("limit", "field-unknown")),
        ] {
            let refused = town.get(&format!("/api/v1/grids?{query}")).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault), "{query}");
        }
    }

    async fn a_point_has_grids_and_people_whose_names_stay_theirs(database: Database) {
        let town = Town::on(database).await;
        let answer = town.get(&format!("/api/v1/locate?lon={LON}&lat={LAT}")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let at = answer.json();
        assert_eq!(at["grids"][0]["code"], format!("{HERE}-G01-M01"));
        assert_eq!(at["grids"].as_array().map(Vec::len), Some(3));
        assert_eq!((&at["people"][0]["name"], &at["people"][0]["role"]), (&json!("示例steward-01"), &json!("steward")));
        assert!(!answer.body.contains("示例lead-01"), "{}", answer.body);
        let near = town.get(&format!("/api/v1/locate?lon={}&lat={LAT}", LON + 0.1)).await.json();
        assert_eq!(near["grids"], json!([]));
        assert_eq!(near["people"][0]["grid"], HERE);
        let far = town.get("/api/v1/locate?lon=100&lat=30").await.json();
        assert_eq!((&far["grids"], &far["people"]), (&json!([]), &json!([])));
        let wrong = town.get("/api/v1/locate?lon=181&lat=0").await;
        assert_eq!((wrong.status.as_u16(), wrong.fault()), (422, pair("lon", "location-impossible")));
        assert_eq!(town.get("/api/v1/locate?lon=1").await.fault(), pair("lat", "field-missing"));
    }

    async fn figures_count_what_happened_in_the_period(database: Database) {
        let town = Town::on(database).await;
        town.tell(0, "路灯坏了").await;
        town.settle().await;
        let ask = async |query: &str| town.read("desk", &format!("/api/v1/figures?{query}")).await;
        let month = ask(&format!("from=2026-11-01&to=2026-11-30&grid={HERE}&by=channel")).await;
        assert_eq!(month.status, 200, "{}", month.body);
        let month = month.json();
        assert_eq!((&month["from"], &month["to"]), (&json!("2026-11-01"), &json!("2026-11-30")));
        assert_eq!((&month["parts"][0]["part"], &month["parts"][1]["part"]), (&json!(null), &json!("resident")));
        let figures = month["parts"][0]["figures"].as_array().expect("figures");
        let named = |name: &str| figures.iter().find(|one| one["figure"] == name).expect("the figure");
        let filing = named("filing");
        assert_eq!((&filing["numerator"], &filing["denominator"], &filing["withheld"]), (&json!(0), &json!(1), &json!(null)));
        let resident = month["parts"][1]["figures"].as_array().expect("figures").iter().find(|one| one["figure"] == "filing").expect("the figure");
        assert_eq!((&resident["denominator"], &resident["withheld"]), (&json!(null), &json!("beside")), "how many residents told something");
        let change = named("year_on_year");
        assert_eq!((&change["numerator"], &change["denominator"], &change["withheld"]), (&json!(null), &json!(null), &json!("few")));
        for (query, fault) in [
            (format!("to=2026-11-30&grid={HERE}"), pair("from", "field-missing")),
            (format!("from=x&to=2026-11-30&grid={HERE}"), pair("from", "date-malformed")),
            (format!("from=2026-11-30&to=2026-11-01&grid={HERE}"), pair("from", "period-backwards")),
            (format!("from=2025-11-01&to=2026-11-30&grid={HERE}"), pair("to", "period-long")),
            (format!("from=2026-11-01&to=2026-11-30&grid={HERE}&by=person"), pair("by", "by-unknown")),
            (format!("from=2026-11-01&to=2026-11-30&grid={HERE}&category=999"), pair("category", "category-unknown")),
            (format!("from=2026-11-01&to=2026-11-30&grid={HERE}&department=x"), pair("department", "department-unknown")),
            ("from=2026-11-01&to=2026-11-30&grid=NOWHERE".to_owned(), pair("grid", "grid-unknown")),
        ] {
            let refused = ask(&query).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault), "{query}");
        }
    }
}

#[tokio::test]
async fn tiles_are_told_by_tag_and_empty_ones_are_no_content() {
    let town = Town::on(Database::sqlite().await).await;
    // the tile of zoom 14 that holds the first micro-grid
    let n = f64::from(1 << 14);
    let x = ((LON + 180.0) / 360.0 * n).floor();
    let y = ((1.0 - LAT.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * n).floor();
    let path = format!("/tiles/grids/14/{x}/{y}.mvt");
    let tile = town.get(&path).await;
    assert_eq!(tile.status, 200, "{}", tile.body);
    assert_eq!(
        tile.header("content-type"),
        "application/vnd.mapbox-vector-tile"
    );
    assert_eq!(tile.header("cache-control"), "public, max-age=60");
    let tag = tile.header("etag");
    assert_eq!(
        town.get_with(&path, &[("if-none-match", tag)]).await.status,
        304
    );
    assert_eq!(
        town.get_with(&path, &[("if-none-match", "\"other\"")])
            .await
            .status,
        200
    );
    assert_eq!(town.get("/tiles/grids/14/0/0.mvt").await.status, 204);
    for missing in [
        "14/0/0",
        "19/0/0.mvt",
        "2/4/0.mvt",
        "2/a/0.mvt",
        "14/0/0.mvt?scheme=political_legal",
    ] {
        assert_eq!(
            town.get(&format!("/tiles/grids/{missing}")).await.status,
            404,
            "{missing}"
        );
    }
}

#[tokio::test]
async fn every_route_of_the_api_is_described_and_nothing_else() {
    let town = Town::on(Database::sqlite().await).await;
    let described = town.get("/openapi.json").await.json();
    assert!(text(&described["openapi"]).starts_with("3.1"));
    let mut told = BTreeSet::new();
    for (path, methods) in described["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            assert!(
                operation["responses"]
                    .as_object()
                    .is_some_and(|all| !all.is_empty()),
                "{method} {path}"
            );
            told.insert((path.clone(), method.to_uppercase()));
        }
    }
    let is_api = |path: &str| {
        let of_operation = ["/healthz", "/readyz", "/metrics"].contains(&path);
        path.starts_with("/api/") || path.starts_with("/tiles/") || of_operation
    };
    let routes = web::routes();
    let declared = routes.list().iter().filter(|route| is_api(route.path));
    let declared: BTreeSet<_> = declared
        .map(|route| (route.path.to_owned(), route.method.as_str().to_owned()))
        .collect();
    assert_eq!(told, declared);
}

#[tokio::test]
async fn the_description_names_every_command_every_list_and_the_media_type_of_grids() {
    let town = Town::on(Database::sqlite().await).await;
    let described = town.get("/openapi.json").await.json();
    let words = |path: &str, method: &str, name: &str| -> Vec<String> {
        let parameters = &described["paths"][path][method]["parameters"];
        let parameters = parameters.as_array().expect("parameters");
        let found = parameters.iter().find(|one| one["name"] == name);
        let words = &found.expect("the parameter")["schema"]["enum"];
        words
            .as_array()
            .expect("a list of words")
            .iter()
            .map(text)
            .collect()
    };
    let commands = rules::case::CommandName::ALL.iter();
    let commands: Vec<_> = commands.map(|one| one.as_str()).collect();
    let told = words("/api/v1/cases/{number}/{command}", "post", "command");
    assert_eq!(told, commands);
    let lists = rules::supervision::Concern::ALL.iter();
    let lists: Vec<_> = lists.map(|one| one.as_str()).collect();
    assert_eq!(words("/api/v1/supervision", "get", "list"), lists);
    let grids = &described["paths"]["/api/v1/grids"]["get"]["responses"]["200"]["content"];
    assert!(grids["application/geo+json"].is_object(), "{grids}");
}

#[tokio::test]
async fn numbers_of_a_query_are_described_as_numbers_and_need_not_be_said() {
    let town = Town::on(Database::sqlite().await).await;
    let described = town.get("/openapi.json").await.json();
    let mut seen = 0;
    for (path, item) in described["paths"].as_object().expect("paths") {
        let parameters = item["get"]["parameters"].as_array();
        for one in parameters.into_iter().flatten() {
            let name = text(&one["name"]);
            let is_number = name == "limit" || (name == "after" && path == "/api/v1/events");
            if is_number && one["in"] == "query" {
                let kind = one["schema"]["type"].to_string();
                assert!(kind.contains("integer"), "{path} {name}: {one}");
                assert_ne!(one["required"], true, "{path} {name}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 8, "{seen}");
    let refused = town.read("desk", "/api/v1/events?limit=many").await;
    assert_eq!(refused.fault(), pair("limit", "limit-outside"));
}

#[tokio::test]
async fn an_unknown_list_of_supervision_is_told_which_lists_there_are() {
    let town = Town::on(Database::sqlite().await).await;
    for query in ["", "?list=nonsense"] {
        let path = format!("/api/v1/supervision{query}");
        let refused = town.read("supervisor", &path).await;
        assert_eq!(refused.status, 422, "{query}: {}", refused.body);
        assert_eq!(refused.fault(), pair("list", "list-unknown"), "{query}");
        let message = text(&refused.json()["faults"][0]["message"]);
        for list in rules::supervision::Concern::ALL {
            assert!(message.contains(list.as_str()), "{list}: {message}");
        }
    }
}

#[tokio::test]
async fn a_scheme_that_no_grid_has_is_a_fault_also_in_the_demo() {
    let settings = web::Settings {
        demo: true,
        ..web::Settings::default()
    };
    let visit = crate::common::Visit::with(Database::sqlite().await, settings).await;
    let town = Town::of(visit).await;
    let known = town.get("/api/v1/grids?scheme=governance").await;
    assert_eq!(known.status, 200, "{}", known.body);
    let unknown = town.get("/api/v1/grids?scheme=fire_brigade").await;
    assert_eq!(
        (unknown.status.as_u16(), unknown.fault()),
        (422, pair("scheme", "scheme-unknown"))
    );
}

/// A schema that a reference leads to.
fn behind<'d>(
    described: &'d serde_json::Value,
    schema: &serde_json::Value,
) -> &'d serde_json::Value {
    let name = text(&schema["$ref"]);
    let name = name.rsplit('/').next().expect("a name");
    let found = &described["components"]["schemas"][name];
    assert!(found.is_object(), "{schema}");
    found
}

#[tokio::test]
async fn every_refusal_of_the_api_is_described_as_a_problem_document() {
    let town = Town::on(Database::sqlite().await).await;
    let described = town.get("/openapi.json").await.json();
    for (path, methods) in described["paths"].as_object().expect("paths") {
        let operations = methods.as_object().expect("methods");
        for (method, operation) in operations.iter().filter(|_| path.starts_with("/api/")) {
            let told = operation["responses"].as_object().expect("responses");
            assert!(told.contains_key("default"), "{method} {path}");
            for (status, answer) in told {
                let content = answer["content"].as_object();
                if status.starts_with(['4', '5', 'd']) {
                    let content = content.unwrap_or_else(|| panic!("{method} {path} {status}"));
                    assert!(
                        content.contains_key("application/problem+json"),
                        "{method} {path} {status}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn whatever_a_refusal_says_stands_in_the_description() {
    let town = Town::on(Database::sqlite().await).await;
    let described = town.get("/openapi.json").await.json();
    let schemas = &described["components"]["schemas"];
    let (number, code) = town.tell(0, "路灯坏了").await;
    let report = format!("/api/v1/reports/{number}");
    let mut refused = vec![
        town.get(&report).await,
        town.read("desk", "/api/v1/cases?sort=nonsense").await,
        town.step("desk", &number, 7, "file", json!({})).await,
        town.step("desk", &number, 1, "close", json!({})).await,
    ];
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..11 {
        refused.push(town.get_with(&report, &[("receipt-code", wrong)]).await);
    }
    let mut seen = BTreeSet::new();
    for answer in refused {
        let problem = answer.json();
        seen.insert(answer.status.as_u16());
        for (name, value) in problem.as_object().expect("a problem") {
            let known = &schemas["ProblemDocument"]["properties"][name];
            assert!(!known.is_null(), "{name}: {}", answer.body);
            for fault in value
                .as_array()
                .into_iter()
                .flatten()
                .filter(|_| name == "faults")
            {
                for name in fault.as_object().expect("a fault").keys() {
                    let known = &schemas["ProblemFault"]["properties"][name];
                    assert!(!known.is_null(), "{name}: {}", answer.body);
                }
            }
        }
    }
    assert_eq!(seen, BTreeSet::from([401, 404, 409, 412, 422, 429]));
}

#[tokio::test]
async fn pins_values_of_settings_and_bodies_in_parts_are_described_as_they_are() {
    let town = Town::on(Database::sqlite().await).await;
    let described = town.get("/openapi.json").await.json();
    let cases = &described["paths"]["/api/v1/cases"]["get"]["responses"]["200"];
    let either = behind(&described, &cases["content"]["application/json"]["schema"]);
    let kinds = either["oneOf"].as_array().expect("one of two");
    let names: Vec<_> = kinds.iter().map(|kind| text(&kind["$ref"])).collect();
    assert_eq!(
        names,
        [
            "#/components/schemas/CaseList",
            "#/components/schemas/PinList"
        ]
    );
    let change = &described["components"]["schemas"]["ChangeShape"]["properties"];
    assert!(
        change["was"]["type"].is_null() && change["now"]["type"].is_null(),
        "{change}"
    );
    for (path, document) in [
        ("/api/v1/reports", "report"),
        ("/api/v1/cases/{number}/{command}", "step"),
        ("/api/v1/mediations/{number}/{command}", "step"),
        ("/api/v1/cases/{number}/referrals", "referral"),
    ] {
        let content = &described["paths"][path]["post"]["requestBody"]["content"];
        let parts = behind(&described, &content["multipart/form-data"]["schema"]);
        assert!(parts["properties"][document].is_object(), "{path}: {parts}");
        assert!(parts["properties"]["photo"].is_object(), "{path}: {parts}");
    }
}
