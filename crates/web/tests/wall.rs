//! What everybody can see of the net: the wall and its numbers, the map, the notice boards, the figures with their rows.

mod common;

use axum::http::StatusCode;
use common::Visit;
use rules::case::{Channel, CommandName, Place};
use rules::ids::CommunityId;
use serde_json::Value;
use testkit::{PASSWORD, on_both_houses};
use time::macros::datetime;
use work::House;
use work::account::{NewToken, create_token, sign_in};
use work::case::{Expected, StepForm, step};
use work::follow::catch_up_all;
use work::report::{ReportForm, RequestKey, Where, receive};

const GRID: &str = "510184999001-G01-M01";

/// A resident tells a problem of a category in the first micro-grid.
async fn tell(house: &House, key: &str) {
    tell_in(house, key, GRID).await;
}

/// The same in a grid.
async fn tell_in(house: &House, key: &str, grid: &str) {
    let code = grid.to_owned();
    tell_at(house, key, Where::Grid { code, point: None }).await;
}

/// The same at a place.
async fn tell_at(house: &House, key: &str, place: Where) {
    tell_of(house, key, place, "20110").await;
}

/// The same of a category.
async fn tell_of(house: &House, key: &str, place: Where, category: &str) {
    let form = ReportForm {
        words: "路灯不亮，示例".into(),
        place,
        place_note: String::new(),
        category: Some(category.parse().expect("a code")),
        contact: None,
        channel: Channel::Resident,
        attached: Vec::new(),
        about_worker: None,
    };
    let community = community(house);
    let asker = house.anonymous(community);
    let key = RequestKey::new(key.as_bytes(), b"body");
    receive(house, &asker, key, form).await.expect("a receipt");
    catch_up_all(&house.store).await.expect("tallies");
}

/// The desk files the case, from when on it has a deadline.
async fn file(house: &House, number: &str) {
    let asker = house.asker_of("desk").await.expect("the desk");
    let form = StepForm {
        category: Some("20110".parse().expect("a code")),
        condition: Some("2011001".parse().expect("a code")),
        ..StepForm::default()
    };
    let number = number.parse().expect("a number");
    let filed = step(
        house,
        &asker,
        &number,
        Expected::Any,
        CommandName::File,
        form,
    )
    .await;
    filed.expect("filed");
    catch_up_all(&house.store).await.expect("tallies");
}

fn community(house: &House) -> CommunityId {
    house.net().communities().next().expect("a community").id
}

/// The session's cookie of an account.
async fn session(house: &House, account: &str) -> String {
    let token = sign_in(house, account, PASSWORD, None)
        .await
        .expect("signed in");
    format!("weige={}", token.text.expose())
}

async fn data(visit: &Visit) -> Value {
    let answer = visit.get("/cockpit/data").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

/// A key figure of the wall.
fn figure<'a>(data: &'a Value, key: &str) -> &'a Value {
    let figures = data["figures"].as_array().expect("figures");
    figures
        .iter()
        .find(|figure| figure["key"] == key)
        .expect("the figure")
}

/// A grid's count on the wall.
fn grid<'a>(data: &'a Value, code: &str) -> &'a Value {
    let grids = data["grids"].as_array().expect("grids");
    grids
        .iter()
        .find(|grid| grid["code"] == code)
        .expect("the grid")
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

on_both_houses! {
    async fn the_walls_numbers_change_with_a_report(house: House) {
        let visit = Visit::at_demo(house);
        let before = data(&visit).await;
        assert_eq!(figure(&before, "open")["value"], 0.0);
        tell(&visit.house, "one").await;
        let after = data(&visit).await;
        assert_eq!(figure(&after, "open")["value"], 1.0);
        assert_eq!(figure(&after, "received_today")["value"], 1.0);
        assert!(after["seq"].as_i64() > before["seq"].as_i64());
        assert_eq!(after["latest"].as_array().map(Vec::len), Some(1));
        for code in [GRID, "510184999001-G01", "510184999001"] {
            assert_eq!(grid(&after, code)["open"], 1, "{code}");
        }
        assert_eq!(grid(&after, "510184999001-G02")["open"], 0);
        assert_eq!(after["categories"][0]["open"], 1);
    }

    async fn what_concerns_persons_is_counted_on_the_wall_and_not_among_its_latest_cases(house: House) {
        let visit = Visit::at_demo(house);
        for (key, category) in [("one", "20110"), ("two", "30401")] {
            let place = Where::Grid { code: GRID.to_owned(), point: None };
            tell_of(&visit.house, key, place, category).await;
        }
        let shown = data(&visit).await;
        assert_eq!((&figure(&shown, "open")["value"], &grid(&shown, GRID)["open"]), (&2.0.into(), &2.into()));
        let latest = shown["latest"].as_array().expect("the latest").iter();
        let latest: Vec<&Value> = latest.map(|case| &case["number"]).collect();
        assert_eq!(latest, ["510184999001-20261123-0001"], "{shown}");
    }

    async fn a_case_past_its_deadline_is_overdue_on_the_wall(house: House) {
        let visit = Visit::at_demo(house);
        tell(&visit.house, "one").await;
        file(&visit.house, "510184999001-20261123-0001").await;
        visit.house.clock.move_to(datetime!(2026-12-31 09:00 +8));
        let late = data(&visit).await;
        assert_eq!(figure(&late, "overdue")["value"], 1.0);
        assert_eq!(figure(&late, "received_today")["value"], 0.0);
        assert_eq!(grid(&late, GRID)["overdue"], 1);
    }

    async fn the_figures_are_those_of_the_last_full_month_unless_other_days_are_asked_for(house: House) {
        let visit = Visit::at_demo(house);
        visit.house.clock.move_to(datetime!(2026-10-05 09:00 +8));
        for n in 0..7 {
            tell(&visit.house, &format!("october {n}")).await;
        }
        visit.house.clock.move_to(datetime!(2026-11-23 09:00 +8));
        for n in 0..5 {
            tell(&visit.house, &format!("november {n}")).await;
        }
        let month = visit.get("/figures").await;
        assert!(month.body.contains("2026年10月1日 至 2026年10月31日"), "{}", month.body);
        assert!(month.body.contains("本期 7，上年同期 0"), "{}", month.body);
        let days = visit.get("/figures?from=2026-11-01&to=2026-11-30&grid=510184999001-G01").await;
        assert!(days.body.contains("本期 5，上年同期 0"), "{}", days.body);
        let elsewhere = visit.get("/figures?from=2026-11-01&to=2026-11-30&grid=510184999001-G02").await;
        assert!(elsewhere.body.contains("本期 0，上年同期 0"), "{}", elsewhere.body);
        let split = visit.get("/figures?by=channel").await;
        assert!(split.body.contains("居民上报"), "{}", split.body);
    }

    async fn a_visitor_is_told_what_speaks_of_residents_of_whole_months_only_and_staff_of_any_days(house: House) {
        let visit = Visit::at_demo(house);
        for n in 0..6 {
            tell(&visit.house, &format!("one {n}")).await;
        }
        let asked = async |query: &str, name: &str, headers: &[(&str, &str)]| {
            let answer = visit.get_with(&format!("/api/v1/figures?from=2026-11-01&grid=510184999001&{query}"), headers).await;
            let answer: Value = serde_json::from_str(&answer.body).expect("JSON");
            let figures = answer["parts"][0]["figures"].as_array().expect("figures").clone();
            let one = figures.into_iter().find(|one| one["figure"] == name).expect("the figure");
            (one["denominator"].as_u64(), one["withheld"].as_str().map(str::to_owned), answer["only_months"].is_string())
        };
        let months = || Some("whole_months".to_owned());
        visit.house.clock.move_to(datetime!(2026-11-25 09:00 +8));
        for (query, figure, n, why, said) in [
            ("to=2026-11-30&channel=resident", "filing", Some(6), None, false),
            ("to=2026-11-25&channel=resident", "filing", Some(6), None, true),
            ("to=2026-11-24&channel=resident", "filing", None, months(), true),
            ("to=2026-11-26&channel=resident", "filing", None, months(), true),
            ("to=2026-11-24&category=20110", "filing", None, months(), true),
            ("to=2026-11-24", "filing", Some(6), None, true),
            ("to=2026-11-24", "year_on_year", None, months(), true),
            ("to=2026-11-25", "year_on_year", None, months(), true),
            ("to=2026-11-30", "year_on_year", Some(0), None, false),
        ] {
            assert_eq!(asked(query, figure, &[]).await, (n, why, said), "{query} {figure}");
        }
        let new = NewToken::Bearer { account: "desk" };
        let token = create_token(&visit.house, new, "test", None).await.expect("a token").0;
        let bearer = format!("Bearer {}", token.expose());
        let staff = asked("to=2026-11-24&channel=resident", "filing", &[("authorization", &bearer)]).await;
        assert_eq!(staff, (Some(6), None, false), "whoever may list them all may count them by days");
        let desk = session(&visit.house, "desk").await;
        let days = "/figures?from=2026-11-01&to=2026-11-24&channel=resident&by=week";
        let page = visit.get(days).await.body;
        assert!(page.contains("不登录只按整月公布") && !page.contains("0\u{a0}/\u{a0}6"), "{page}");
        assert!(!visit.get_with(days, &[("cookie", &desk)]).await.body.contains("不登录只按整月公布"));
    }

    async fn the_rows_behind_a_figure_are_within_the_askers_scope(house: House) {
        let visit = Visit::at(house);
        visit.house.clock.move_to(datetime!(2026-10-05 09:00 +8));
        for key in ["one", "two", "three", "four", "five"] {
            tell(&visit.house, key).await;
        }
        visit.house.clock.move_to(datetime!(2026-11-23 09:00 +8));
        let path = "/figures/rows?figure=year_on_year&from=2026-10-01&to=2026-10-31";
        let number = "510184999001-20261005-0001";
        for (account, sees) in [("desk", true), ("lead-01", true), ("lead-02", false)] {
            let cookie = session(&visit.house, account).await;
            let rows = visit.get_with(path, &[("cookie", &cookie)]).await;
            assert_eq!(rows.status, StatusCode::OK, "{}", rows.body);
            assert_eq!(rows.body.contains(number), sees, "{account}");
        }
        let stranger = visit.get(path).await;
        assert!(stranger.header("location").starts_with("/sign-in"));
    }

    async fn a_count_leads_to_a_list_only_where_the_list_holds_every_case_that_was_counted(house: House) {
        let visit = Visit::at(house);
        tell(&visit.house, "one").await;
        let to = |grid: &str| format!("href=\"/cases?state=open&amp;grid=510184999001-{grid}\"");
        for (account, own, other) in [("desk", true, true), ("lead-01", true, false), ("lead-02", false, true)] {
            let cookie = session(&visit.house, account).await;
            let map = visit.get_with("/map", &[("cookie", &cookie)]).await.body;
            assert_eq!((map.contains(&to("G01")), map.contains(&to("G02"))), (own, other), "{account}: {map}");
            assert_eq!(map.contains("件数包括网格里的全部事件"), !(own && other), "{account}");
            let wall = visit.get_with("/cockpit/data", &[("cookie", &cookie)]).await.body;
            let wall: Value = serde_json::from_str(&wall).expect("JSON");
            let whole = figure(&wall, "open")["rows_url"] == "/cases?state=open";
            assert_eq!(whole, own && other, "{account}: {wall}");
            let first = wall["grids"].as_array().expect("grids").iter().find(|grid| grid["code"] == "510184999001-G01");
            assert_eq!(first.expect("G01")["reads"] == true, own, "{account}: {wall}");
        }
    }

    async fn the_board_of_a_community_names_every_grid_on_its_plan(house: House) {
        let visit = Visit::at(house);
        let board = visit.get("/board/510184999001").await.body;
        for grid in ["G01", "G02"] {
            let named = format!("<li><a href=\"/board/510184999001-{grid}\">示例网格{grid}</a></li>");
            assert!(board.contains(&named), "{board}");
        }
        let micro = visit.get(&format!("/board/{GRID}")).await.body;
        assert!(micro.contains("board__here") && !micro.contains("board__key"), "{micro}");
    }

    async fn a_board_hides_a_phone_without_consent(house: House) {
        let visit = Visit::at(house);
        let phone = "href=\"tel:10000000001\"";
        let with = visit.get(&format!("/board/{GRID}")).await;
        let without = visit.get("/board/510184999001-G01-M02").await;
        let count = |body: &str| body.matches(phone).count();
        assert!(with.body.contains("示例steward-01"), "{}", with.body);
        assert!(without.body.contains("示例steward-02"));
        assert_eq!(count(&without.body) + 1, count(&with.body));
    }
}

on_both_houses! {
    async fn outside_the_demo_the_wall_needs_a_right_or_a_token(house: House) {
        let visit = Visit::at(house);
        assert!(visit.get("/cockpit").await.header("location").starts_with("/sign-in"));
        assert_eq!(visit.get("/cockpit/data").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(visit.get("/map/counts").await.status, StatusCode::UNAUTHORIZED);
        assert!(visit.get("/figures").await.header("location").starts_with("/sign-in"));
        let lead = session(&visit.house, "lead-01").await;
        assert_eq!(visit.get_with("/cockpit/data", &[("cookie", &lead)]).await.status, StatusCode::OK);
        let steward = session(&visit.house, "steward-01").await;
        let refused = visit.get_with("/cockpit/data", &[("cookie", &steward)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert_eq!(visit.get_with("/map/counts", &[("cookie", &steward)]).await.status, StatusCode::OK);
    }

    async fn a_walls_token_becomes_a_cookie_that_shows_counts_of_this_community_and_nothing_else(house: House) {
        let visit = Visit::at(house);
        let new = NewToken::Device { community: community(&visit.house) };
        let token = create_token(&visit.house, new, "大厅", None).await.expect("a token");
        let opened = visit.get(&format!("/cockpit/{}", token.0.expose())).await;
        assert_eq!(opened.header("location"), "/cockpit");
        let set = opened.header("set-cookie");
        assert!(set.contains("HttpOnly"), "{set}");
        let cookie = set.split(';').next().expect("a cookie").to_owned();
        let wall = visit.get_with("/cockpit", &[("cookie", &cookie)]).await;
        assert_eq!(wall.status, StatusCode::OK, "{}", wall.body);
        assert!(!wall.body.contains("data-rows"), "a wall has no way to rows");
        assert_eq!(visit.get_with("/cockpit/data", &[("cookie", &cookie)]).await.status, StatusCode::OK);
        let other = visit.get_with("/cockpit/data?community=OTHER", &[("cookie", &cookie)]).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);
        for counts in ["/figures", "/map", "/map/counts"] {
            assert_eq!(visit.get_with(counts, &[("cookie", &cookie)]).await.status, StatusCode::OK, "{counts}");
        }
        assert!(visit.get_with("/cases", &[("cookie", &cookie)]).await.header("location").starts_with("/sign-in"));
        assert_eq!(visit.get("/cockpit/wgd_wrong").await.status, StatusCode::NOT_FOUND);
    }

    async fn the_drawing_of_the_map_has_a_legend_and_marks_what_is_overdue_by_more_than_colour(house: House) {
        let visit = Visit::at_demo(house);
        let late = |map: &str| map.matches("class=\"map__late\"").count();
        tell(&visit.house, "one").await;
        file(&visit.house, "510184999001-20261123-0001").await;
        let before = visit.get("/map?level=micro").await.body;
        assert_eq!(late(&before), 0, "{before}");
        visit.house.clock.move_to(datetime!(2026-12-31 09:00 +8));
        for (language, said) in [("zh-CN", "有超时（红色虚线边）"), ("en", "something overdue (dashed red edge)")] {
            let map = visit.get_with("/map?level=micro", &[("accept-language", language)]).await.body;
            assert!(map.contains("class=\"map__key\"") && map.contains(said), "{map}");
            assert_eq!(late(&map), 1, "{map}");
            assert!(map.contains("stroke-dasharray"), "{map}");
        }
    }

    async fn outside_the_demo_the_map_shows_strangers_grids_and_neither_counts_nor_their_heading(house: House) {
        let visit = Visit::at(house);
        tell(&visit.house, "one").await;
        let stranger = visit.get("/map").await;
        assert_eq!(stranger.status, StatusCode::OK, "{}", stranger.body);
        assert!(stranger.body.contains("示例网格G01"), "{}", stranger.body);
        for counted in ["各网格在办与超时", "在办 1", "/map/counts"] {
            assert!(!stranger.body.contains(counted), "{counted}: {}", stranger.body);
        }
        let steward = session(&visit.house, "steward-01").await;
        let staff = visit.get_with("/map", &[("cookie", &steward)]).await;
        assert!(staff.body.contains("各网格在办与超时"), "{}", staff.body);
    }

    async fn beside_the_map_strangers_find_every_grid_of_its_level_with_the_way_to_its_board(house: House) {
        let visit = Visit::at(house);
        for (level, codes) in [("general", ["-G01", "-G02"]), ("micro", ["-G01-M02", "-G02-M01"])] {
            let map = visit.get(&format!("/map?level={level}")).await;
            let list = map.body.split("id=\"beside\"").nth(1).expect("a list");
            for code in codes {
                assert!(list.contains(&format!("href=\"/board/510184999001{code}\"")), "{code}: {list}");
            }
            let levels = if level == "general" { "general,dedicated" } else { "dedicated,micro" };
            let asked = format!("within=510184999001\" data-levels=\"{levels}\"");
            assert!(map.body.contains(&asked), "{}", map.body);
        }
    }

    async fn the_map_keeps_the_menu_for_those_who_work_here(house: House) {
        let visit = Visit::at(house);
        assert!(!visit.get("/map").await.body.contains("class=\"sidenav\""));
        let desk = session(&visit.house, "desk").await;
        let map = visit.get_with("/map", &[("cookie", &desk)]).await.body;
        assert!(map.contains("class=\"sidenav\"") && map.contains("<span class=\"sidenav__here\">网格地图"), "{map}");
    }

    async fn beside_the_map_stands_how_many_cases_have_no_location_and_where_they_are_listed(house: House) {
        let (lon, lat) = house.inside("G01-M01");
        let visit = Visit::at(house);
        let off = |n: u64| format!("其中 {n} 件没有定位，图上看不到。");
        tell_at(&visit.house, "placed", Where::Point(Place { lon, lat })).await;
        let desk = session(&visit.house, "desk").await;
        let map = visit.get_with("/map", &[("cookie", &desk)]).await.body;
        assert!(map.contains("最新 1 件，共 1 件") && !map.contains("没有定位"), "{map}");
        tell(&visit.house, "one").await;
        tell_in(&visit.house, "two", "510184999001-G02-M01").await;
        for (account, told) in [("desk", Some(2)), ("lead-01", Some(1)), ("lead-02", Some(1)), ("steward-02", None)] {
            let cookie = session(&visit.house, account).await;
            let map = visit.get_with("/map?category=201", &[("cookie", &cookie)]).await.body;
            assert!(told.map_or(!map.contains("没有定位"), |n| map.contains(&off(n))), "{account}: {map}");
            let list = "href=\"/cases?state=open&#38;category=201\"";
            assert_eq!(map.contains(list), told.is_some(), "{account}: {map}");
        }
        let closed = visit.get_with("/map?state=closed", &[("cookie", &desk)]).await.body;
        assert!(!closed.contains("没有定位"), "{closed}");
        let list = visit.get_with("/cases?state=open&category=201", &[("cookie", &desk)]).await;
        assert_eq!((list.status, list.body.matches("/cases/510184999001-20261123-").count() >= 3), (StatusCode::OK, true), "{}", list.body);
    }

    async fn what_lies_in_no_grid_of_a_level_is_counted_below_its_table(house: House) {
        let visit = Visit::at(house);
        let rest = "不在以上网格，由上一级负责";
        tell(&visit.house, "micro").await;
        let desk = session(&visit.house, "desk").await;
        let plain = visit.get_with("/map", &[("cookie", &desk)]).await.body;
        assert!(!plain.contains(rest), "{plain}");
        tell_in(&visit.house, "general", "510184999001-G01").await;
        tell_in(&visit.house, "community", "510184999001").await;
        for (level, beyond) in [("community", None), ("general", Some(1)), ("micro", Some(2))] {
            let map = visit.get_with(&format!("/map?level={level}"), &[("cookie", &desk)]).await.body;
            let row = map.split(&format!("<th scope=\"row\">{rest}</th>")).nth(1);
            let row = row.map(|row| row.split("</tr>").next().unwrap_or_default());
            assert_eq!(row.is_some(), beyond.is_some(), "{level}: {map}");
            if let (Some(row), Some(n)) = (row, beyond) {
                assert!(row.contains(&format!("data-label=\"在办\">{n}</td>")), "{level}: {row}");
            }
        }
    }

    async fn the_data_have_the_shape_the_walls_script_reads(house: House) {
        let visit = Visit::at_demo(house);
        tell(&visit.house, "one").await;
        let data = data(&visit).await;
        assert_eq!(keys(&data), ["at", "categories", "community", "figures", "grids", "latest", "seq", "trend"]);
        assert_eq!(keys(&data["community"]), ["code", "name"]);
        let order = data["figures"].as_array().expect("figures").iter().map(|figure| figure["key"].as_str());
        let order: Vec<_> = order.flatten().collect();
        assert_eq!(order, ["received_today", "open", "overdue", "closing_rate", "satisfaction", "needs_solved"]);
        assert_eq!(keys(&data["figures"][0]), ["definition_key", "key", "rows_url", "value"]);
        assert!(figure(&data, "satisfaction")["value"].is_null(), "nobody rated");
        assert!(data["figures"].as_array().expect("figures").iter().all(|figure| figure["rows_url"].is_null()));
        assert_eq!(keys(&data["grids"][0]), ["code", "level", "name", "open", "overdue"]);
        assert_eq!(keys(&data["categories"][0]), ["code", "name", "open", "overdue"]);
        assert_eq!(data["trend"].as_array().map(Vec::len), Some(30));
        assert_eq!(data["trend"][29], serde_json::json!({"day": "2026-11-23", "received": 1, "closed": 0}));
        assert_eq!(keys(&data["latest"][0]), ["at", "category", "grid", "number", "state"]);
        assert_eq!(data["latest"][0]["category"], "暴露垃圾");
    }

    async fn the_wall_and_the_map_say_their_numbers_without_scripts(house: House) {
        let visit = Visit::at_demo(house);
        tell(&visit.house, "one").await;
        let wall = visit.get_with("/cockpit", &[("accept-language", "en")]).await;
        assert!(wall.body.contains("<html lang=\"en\" data-theme=\"wall\""), "{}", wall.body);
        assert!(wall.body.contains("示例网格G01</th><td>1</td>"), "{}", wall.body);
        let map = visit.get("/map").await;
        assert!(map.body.contains("<svg viewBox"), "{}", map.body);
        assert!(map.body.contains("在办 1"), "{}", map.body);
        assert!(!map.body.contains("data-cases"), "strangers see no cases");
        let desk = session(&visit.house, "desk").await;
        let staff = visit.get_with("/map?category=201", &[("cookie", &desk)]).await;
        assert!(staff.body.contains("data-cases=\"/api/v1/cases?state="), "{}", staff.body);
        assert!(staff.body.contains("/cases/510184999001-20261123-0001"), "{}", staff.body);
    }
}

#[tokio::test]
async fn tables_by_grid_cannot_be_sorted() {
    let house = testkit::House::furnish(testkit::Database::sqlite().await).await;
    let visit = Visit::at_demo(house);
    for path in ["/map", "/boards", "/figures?by=department", "/cockpit"] {
        let page = visit.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
        assert!(!page.body.contains("sort="), "{path}");
        assert!(!page.body.contains("aria-sort"), "{path}");
    }
}

#[tokio::test]
async fn a_period_that_is_none_is_said_beside_its_field_and_the_form_is_kept() {
    let house = testkit::House::furnish(testkit::Database::sqlite().await).await;
    let visit = Visit::at_demo(house);
    for (query, words) in [
        ("from=2026-10-31&to=2026-10-01", "结束日期在开始日期之前"),
        ("from=yesterday&to=2026-10-01", "日期请写成"),
        ("from=2024-01-01&to=2026-10-01", "时段太长"),
        ("grid=nowhere", "没有这个网格"),
        ("by=worker", "没有这种分组"),
    ] {
        let page = visit.get(&format!("/figures?{query}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(page.body.contains(words), "{query}: {}", page.body);
        assert!(page.body.contains("<title>错误："), "{query}");
    }
}
