//! What is open to everybody: grids, a point's people, tiles, figures, the description of the API.

use std::collections::BTreeSet;

use serde_json::json;
use testkit::{Database, on_both_databases};

use crate::town::{HERE, LAT, LON, Town, pair, text};

on_both_databases! {
    async fn grids_are_geojson_by_level_and_within(database: Database) {
        let town = Town::on(database).await;
        let ask = async |query: &str| town.get(&format!("/api/v1/grids?{query}")).await.json();
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
        let far = town.get("/api/v1/locate?lon=100&lat=30").await.json();
        assert_eq!(far["grids"], json!([]));
        assert_eq!(far["people"][0]["grid"], HERE);
        let wrong = town.get("/api/v1/locate?lon=181&lat=0").await;
        assert_eq!((wrong.status.as_u16(), wrong.fault()), (422, pair("lon", "location-impossible")));
        assert_eq!(town.get("/api/v1/locate?lon=1").await.fault(), pair("lat", "field-missing"));
    }

    async fn figures_count_what_happened_in_the_period(database: Database) {
        let town = Town::on(database).await;
        town.tell(0, "路灯坏了").await;
        town.settle().await;
        let ask = async |query: &str| town.get(&format!("/api/v1/figures?{query}")).await;
        let month = ask(&format!("from=2026-11-01&to=2026-11-30&grid={HERE}&by=channel")).await;
        assert_eq!(month.status, 200, "{}", month.body);
        let month = month.json();
        assert_eq!((&month["from"], &month["to"]), (&json!("2026-11-01"), &json!("2026-11-30")));
        assert_eq!((&month["parts"][0]["part"], &month["parts"][1]["part"]), (&json!(null), &json!("resident")));
        let figures = month["parts"][0]["figures"].as_array().expect("figures");
        let named = |name: &str| figures.iter().find(|one| one["figure"] == name).expect("the figure");
        let filing = named("filing");
        assert_eq!((&filing["numerator"], &filing["denominator"], &filing["withheld"]), (&json!(0), &json!(1), &json!(null)));
        let change = named("year_on_year");
        assert_eq!((&change["numerator"], &change["denominator"], &change["withheld"]), (&json!(null), &json!(null), &json!("few")));
        for (query, fault) in [
            (format!("to=2026-11-30&grid={HERE}"), pair("from", "field-missing")),
            (format!("from=x&to=2026-11-30&grid={HERE}"), pair("from", "date-malformed")),
            (format!("from=2026-11-30&to=2026-11-01&grid={HERE}"), pair("to", "period-outside")),
            (format!("from=2025-11-01&to=2026-11-30&grid={HERE}"), pair("to", "period-outside")),
            (format!("from=2026-11-01&to=2026-11-30&grid={HERE}&by=person"), pair("by", "by-unknown")),
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
    let is_api = |path: &str| path.starts_with("/api/") || path.starts_with("/tiles/");
    let routes = web::routes();
    let declared = routes.list().iter().filter(|route| is_api(route.path));
    let declared: BTreeSet<_> = declared
        .map(|route| (route.path.to_owned(), route.method.as_str().to_owned()))
        .collect();
    assert_eq!(told, declared);
}
