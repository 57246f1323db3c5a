//! Grids of another scheme over the same ground: what lies in them is counted, nobody is served by them, and they stay on the
//! map to the last zoom.

use rules::grid::{Grid, Level};
use rules::ids::{GridId, GridVersion};
use serde_json::json;
use store::Unit;
use testkit::{Database, on_both_databases};
use web::{Limits, Settings};

use crate::common::Visit;
use crate::town::{HERE, LAT, LON, Town, id, pair, square, text};

/// The political-legal grids: code and the columns it covers. The third one lies across the general grids.
const LEGAL: [(&str, f64, f64); 3] = [("ZF01", 0.0, 2.0), ("ZF02", 2.0, 3.0), ("ZF03", 1.0, 3.0)];

/// A town in the demo with grids of another scheme.
async fn town(database: Database) -> Town {
    let limits = Limits {
        anonymous: false,
        ..Limits::default()
    };
    let settings = Settings {
        limits,
        demo: true,
        ..Settings::default()
    };
    let town = Town::of(Visit::with(database, settings).await).await;
    overlay(&town).await;
    town
}

async fn overlay(town: &Town) {
    let house = &town.house;
    let (community, at) = {
        let net = house.net();
        let community = net.community(HERE).expect("the community").id;
        (community, house.clock.now())
    };
    let keep = async move |unit: &Unit| {
        for (code, west, east) in LEGAL {
            let grid = Grid {
                id: GridId(id()),
                scheme: "political_legal".parse().expect("a scheme"),
                level: Level::General,
                code: code.parse().expect("a code"),
                name: format!("示例政法网格{code}"),
                parent: None,
                version: GridVersion(1),
                households: Some(120),
            };
            unit.save_grid(&grid, code, Some(&square((west, east), 0.0)), at)
                .await?;
        }
        unit.net_changed().await
    };
    house
        .store
        .unit::<_, store::Error, _>(community, keep)
        .await
        .expect("grids of another scheme");
    house.refresh_net().await.expect("the net");
}

on_both_databases! {
    async fn a_grid_of_another_scheme_counts_what_lies_in_it(database: Database) {
        let town = town(database).await;
        for n in 0..3 {
            town.tell(n, "路灯坏了").await;
        }
        town.settle().await;
        let read = async |path: &str| {
            let answer = town.read("chief", path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            answer.json()
        };
        for (code, general, n) in [("ZF01", "G01", 2), ("ZF02", "G02", 1)] {
            assert_eq!(read(&format!("/api/v1/counts?grid={code}")).await["total"], n);
            assert_eq!(read(&format!("/api/v1/cases?grid={code}")).await["total"], n);
            let period = "length=day&from=2026-11-23";
            let figures = read(&format!("/api/v1/figures?{period}&grid={code}")).await;
            let of_general = read(&format!("/api/v1/figures?{period}&grid={HERE}-{general}")).await;
            assert_eq!(figures["parts"], of_general["parts"], "it is made of that grid alone");
            let nothing = read(&format!("/api/v1/figures?length=day&from=2026-11-20&grid={code}")).await;
            assert_ne!(figures["parts"], nothing["parts"], "and something happened there");
            let split = read(&format!("/api/v1/figures?{period}&grid={code}&by=grid")).await;
            assert_eq!(split["parts"][1]["part"], format!("{HERE}-{general}"));
            let within = read(&format!("/api/v1/grids?within={code}")).await;
            let first = &within["features"][0]["properties"]["code"];
            assert_eq!(*first, format!("{HERE}-{general}"), "{within}");
        }
        let page = town.read("chief", "/cases?grid=ZF02").await;
        assert!(page.body.contains("示例网格-G02-M03") && page.body.contains("示例政法网格ZF02"), "{}", page.body);
        let legal = read(&format!("/api/v1/grids?scheme=political_legal&within={HERE}-G01")).await;
        let codes: Vec<String> = legal["features"].as_array().expect("grids").iter().map(|one| text(&one["properties"]["code"])).collect();
        assert_eq!(codes, ["ZF01"]);
    }

    async fn a_grid_in_which_one_micro_grid_lies_is_one_person_of_whatever_scheme(database: Database) {
        let town = town(database).await;
        for n in [0, 2] {
            town.tell(n, "路灯坏了").await;
        }
        town.settle().await;
        let period = "length=day&from=2026-11-23";
        for (grid, is_one) in [(format!("{HERE}-G02"), true), ("ZF02".to_owned(), true), (format!("{HERE}-G01"), false), ("ZF01".to_owned(), false)] {
            for (who, within) in [("chief", true), ("lead-02", true), ("lead-01", false)] {
                let figures = town.read(who, &format!("/api/v1/figures?{period}&grid={grid}")).await.json();
                assert_eq!(figures["no_rates"].is_null(), within || !is_one, "{who} {grid}: {figures}");
            }
            let stranger = town.get(&format!("/api/v1/figures?{period}&grid={grid}")).await.json();
            assert_eq!(stranger["no_rates"].is_string(), is_one, "{grid}: {stranger}");
        }
        let split = town.read("chief", &format!("/api/v1/figures?{period}&grid={HERE}&by=grid")).await.json();
        for (grid, why) in [("G01", serde_json::Value::Null), ("G02", json!("one_person"))] {
            let mut parts = split["parts"].as_array().expect("parts").iter();
            let part = parts.find(|part| part["part"] == format!("{HERE}-{grid}")).expect("the part");
            let mut figures = part["figures"].as_array().expect("figures").iter();
            let judged = figures.find(|one| one["figure"] == "on_time_closing").expect("the figure");
            assert_eq!((&judged["withheld"], &part["handling_withheld"]), (&why, &serde_json::Value::Null), "{grid}: {part}");
        }
        let page = town.read("chief", &format!("/figures?{period}&grid={HERE}&by=grid")).await.body;
        assert!(page.contains("data-label=\"返工率\"") && page.contains("并排只列诉求的数"), "several people are not kept back with one: {page}");
    }

    async fn a_grid_that_cuts_through_the_communitys_grids_is_a_fault_and_no_zero(database: Database) {
        let town = town(database).await;
        for path in ["counts?grid=ZF03", "cases?grid=ZF03", "figures?length=day&grid=ZF03", "figures/rows?figure=filing&grid=ZF03"] {
            let refused = town.read("chief", &format!("/api/v1/{path}")).await;
            assert_eq!(refused.status, 422, "{path}: {}", refused.body);
            assert_eq!(refused.faults(), [pair("grid", "grid-across")], "{path}");
        }
        let within = town.read("chief", "/api/v1/grids?within=ZF03").await;
        assert_eq!(within.faults(), [pair("within", "grid-across")]);
        let itself = town.read("chief", "/api/v1/grids?scheme=political_legal&within=ZF03").await;
        assert_eq!(itself.json()["features"][0]["properties"]["code"], "ZF03", "{}", itself.body);
    }
}

#[tokio::test]
async fn outside_the_demo_nobody_learns_what_lies_in_a_grid_of_another_scheme() {
    let town = Town::on(Database::sqlite().await).await;
    overlay(&town).await;
    let refused = town.get("/api/v1/grids?within=ZF01").await;
    assert_eq!(
        (refused.status.as_u16(), refused.fault()),
        (422, pair("within", "grid-unknown"))
    );
}

#[tokio::test]
async fn residents_are_led_from_a_grid_of_another_scheme_to_the_community() {
    let town = town(Database::sqlite().await).await;
    for page in ["", "/report", "/complaint"] {
        let passed = town.get(&format!("/g/ZF01{page}")).await;
        assert_eq!(passed.status, 303, "{page}");
        assert_eq!(passed.header("location"), format!("/g/{HERE}{page}"));
    }
    for (code, has_page) in [("ZF01", false), (HERE, true)] {
        let board = town.get(&format!("/board/{code}")).await;
        assert_eq!(board.status, 200, "{}", board.body);
        let leads = board.body.contains("board__qr") && board.body.contains(&format!("/g/{code}"));
        assert_eq!(leads, has_page, "{code}: {}", board.body);
    }
}

#[tokio::test]
async fn the_deepest_level_of_a_scheme_is_drawn_to_the_last_zoom() {
    let town = town(Database::sqlite().await).await;
    for zoom in [12_u32, 14, 18] {
        let n = f64::from(1 << zoom);
        let x = ((LON + 180.0) / 360.0 * n).floor();
        let y = ((1.0 - LAT.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * n).floor();
        let path = format!("/tiles/grids/{zoom}/{x}/{y}.mvt?scheme=political_legal");
        assert_eq!(town.get(&path).await.status, 200, "{zoom}");
    }
}

on_both_databases! {
    async fn nobody_is_set_to_work_for_a_grid_of_another_scheme(database: Database) {
        let town = town(database).await;
        let routing = json!({"name": "x", "grid": "ZF01", "to": {"department": "water"}});
        let dispute = json!({"kind": "neighbours", "grid": "ZF01", "matter": "楼道堆物", "parties": [{"name": "甲某"}, {"name": "乙某"}]});
        let circular = json!({"title": "通报", "words": "按期答复", "grids": ["ZF01"]});
        for (who, path, body, field) in [
            ("desk", "/api/v1/routing/rules", routing, "grid"),
            ("steward-01", "/api/v1/mediations", dispute, "grid"),
            ("chief", "/api/v1/circulars", circular, "grids"),
        ] {
            let bearer = town.bearer(who);
            let headers = [("authorization", bearer.as_str()), ("idempotency-key", "of-another-scheme"), ("if-match", "\"0\"")];
            let refused = town.send(path, &headers, &body).await;
            assert_eq!((refused.status.as_u16(), refused.faults()), (422, vec![pair(field, "grid-scheme")]), "{path}: {}", refused.body);
            let message = text(&refused.json()["faults"][0]["message"]);
            assert!(message.contains("another scheme"), "{path}: {message}");
        }
        assert_eq!(town.read("desk", "/api/v1/routing").await.json()["rules"], json!([]));
        assert_eq!(town.read("chief", "/api/v1/circulars").await.json()["items"], json!([]));
    }

    async fn the_pages_that_set_somebody_to_work_refuse_a_grid_of_another_scheme_in_both_languages(database: Database) {
        let town = town(database).await;
        let rule = [("version", "0"), ("name", "x"), ("to", "department:water"), ("grid", "ZF01")];
        let dispute = [("key", "scheme"), ("kind", "neighbours"), ("grid", "ZF01"), ("matter", "楼道堆物"), ("name", "甲某"), ("phone", ""), ("name", "乙某"), ("phone", "")];
        let circular = [("title", "通报"), ("words", "按期答复"), ("grids", "ZF01")];
        for (language, said) in [("zh-CN", "这里请填社区网格"), ("en", "belongs to another scheme")] {
            for (who, path, form) in [("desk", "/routing/new", &rule[..]), ("steward-01", "/mediations/new", &dispute), ("chief", "/circulars/new", &circular)] {
                let bearer = town.bearer(who);
                let headers = [("authorization", bearer.as_str()), ("sec-fetch-site", "same-origin"), ("accept-language", language)];
                let refused = town.post_with(path, form, &headers).await;
                assert!(refused.status == 422 && refused.body.contains(said), "{language} {path}: {} {}", refused.status, refused.body);
            }
        }
    }

    async fn a_mediation_in_a_grid_that_is_none_is_refused_and_not_put_elsewhere(database: Database) {
        let town = town(database).await;
        let (number, _) = town.tell(0, "楼上夜里很吵").await;
        let dispute = json!({"kind": "neighbours", "case": number, "grid": "NOWHERE", "matter": "楼道堆物", "parties": [{"name": "甲某"}, {"name": "乙某"}]});
        let bearer = town.bearer("steward-01");
        let headers = [("authorization", bearer.as_str()), ("idempotency-key", "nowhere")];
        let refused = town.send("/api/v1/mediations", &headers, &dispute).await;
        assert_eq!((refused.status.as_u16(), refused.faults()), (422, vec![pair("grid", "grid-unknown")]), "{}", refused.body);
    }

    async fn a_point_far_from_the_grid_beside_it_is_a_fault_and_one_at_its_edge_is_not(database: Database) {
        let town = Town::on(database).await;
        let tell = async |key: &str, lon: f64, lat: f64| {
            let body = json!({"text": "路灯坏了", "grid": format!("{HERE}-G01-M01"), "location": {"lon": lon, "lat": lat}});
            town.send("/api/v1/reports", &[("idempotency-key", key)], &body).await
        };
        for (key, lon, lat) in [("far-from-all", 104.9, 30.6), ("in-the-other-one", LON, LAT + 1.0)] {
            let far = tell(key, lon, lat).await;
            assert_eq!(far.status, 422, "{key}: {}", far.body);
            assert_eq!(far.faults(), [pair("location", "location-elsewhere")], "{key}");
        }
        // some 50 metres south of the border
        let edge = tell("at-the-edge", LON, 30.5995).await;
        assert_eq!(edge.status, 201, "{}", edge.body);
        assert_eq!(edge.json()["grid"]["code"], format!("{HERE}-G01-M01"));
        let next = tell("in-the-next-one", LON + 0.01, LAT).await;
        assert_eq!(next.json()["grid"]["code"], format!("{HERE}-G01-M02"), "the point says it better");
    }
}
