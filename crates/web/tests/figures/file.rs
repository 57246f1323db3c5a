//! What page, API and files of the figures are asked for alike, and what the files hold.

use std::io::{Cursor, Read};

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::{PASSWORD, on_both_houses};
use time::macros::datetime;
use work::account::sign_in;
use zip::ZipArchive;

use super::hall::{Hall, Sheets, file_number};
use super::{TODAY, four};

on_both_houses! {
    async fn page_and_api_take_the_same_periods_and_call_what_is_wrong_with_one_the_same(house: House) {
        let hall = Hall::of(house).await;
        for (query, from, to) in [
            ("length=day", "2026-11-23", "2026-11-23"),
            ("length=week&from=2026-11-25", "2026-11-23", "2026-11-29"),
            ("length=month&to=2026-01-01", "2026-11-01", "2026-11-30"),
            ("length=year&from=2024-05-01", "2024-01-01", "2024-12-31"),
            ("from=2024-01-01&to=2024-12-31", "2024-01-01", "2024-12-31"),
        ] {
            let figures = hall.api("desk", query).await;
            let rows = hall.rows("desk", &format!("figure=closing&{query}")).await;
            let rows: Value = serde_json::from_str(&rows.body).expect("JSON");
            for answer in [figures, rows] {
                assert_eq!((&answer["from"], &answer["to"]), (&json!(from), &json!(to)), "{query}");
            }
        }
        for (query, field, code) in [
            ("from=2025-11-30&to=2026-12-01", "to", "period-long"),
            ("from=2025-12-01&to=2026-12-02", "to", "period-long"),
            ("from=2026-12-31&to=9999-12-31", "to", "period-long"),
            ("from=9999-12-30&to=9999-12-31", "from", "period-outside"),
            ("length=age", "length", "length-unknown"),
            ("length=day&from=x", "from", "date-malformed"),
        ] {
            let page = hall.read("desk", &format!("/figures?{query}")).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            for answer in [hall.asked("desk", query).await, hall.rows("desk", &format!("figure=closing&{query}")).await] {
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}: {}", answer.body);
                let told: Value = serde_json::from_str(&answer.body).expect("JSON");
                assert_eq!((&told["faults"][0]["field"], &told["faults"][0]["code"]), (&json!(field), &json!(code)), "{query}");
            }
        }
        let unknown = hall.asked("desk", "length=age").await;
        let unknown: Value = serde_json::from_str(&unknown.body).expect("JSON");
        assert!(unknown["faults"][0].to_string().contains("quarter"), "the words it takes are told: {unknown}");
    }

    async fn the_rows_behind_a_figure_are_a_file_too_for_those_who_may_take_lists_along(house: House) {
        let hall = Hall::of(house).await;
        let told = four(&hall).await;
        let query = format!("figure=filing&of=denominator&{TODAY}");
        let page = hall.read("desk", &format!("/figures/rows?{query}")).await.body;
        assert!(page.contains("href=\"/figures/rows.xlsx?figure=filing&#38;of=denominator&#38;from=2026-11-23"), "{page}");
        let lead = sign_in(&hall.visit.house, "lead-01", PASSWORD, None).await.expect("signed in");
        let lead = format!("weige={}", lead.text.expose());
        for (cookie, sees) in [(hall.cookie("desk"), vec![3, 2, 1, 0]), (&lead, vec![1, 0])] {
            let bytes = hall.visit.bytes(&format!("/figures/rows.xlsx?{query}"), &[("cookie", cookie)]).await;
            let sheet = Sheets::of(&bytes).first;
            assert_eq!(sheet[0][0], "立案率 · 分母明细 · 2026年11月23日 至 2026年11月23日");
            assert!(sheet[2][0].starts_with(&format!("共 {} 件", sees.len())), "{:?}", sheet[2]);
            assert_eq!(sheet[3][..5], ["编号", "状态", "类别", "网格", "编码"]);
            let numbers: Vec<&str> = sheet[4..].iter().map(|row| row[0].as_str()).collect();
            let wanted: Vec<&str> = sees.iter().map(|at: &usize| told[*at].as_str()).collect();
            assert_eq!(numbers, wanted);
            let cells: Vec<&String> = sheet.iter().flatten().collect();
            assert!(cells.iter().all(|cell| !cell.contains("示例事项") && !cell.contains("示例steward")), "{cells:?}");
        }
        let refused = hall.read("steward-01", &format!("/figures/rows.xlsx?{query}")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "who takes no list along takes no rows along");
        let rows = hall.read("steward-01", &format!("/figures/rows?{query}")).await;
        assert_eq!((rows.status, rows.body.contains("rows.xlsx")), (StatusCode::OK, false), "{}", rows.body);
        let stranger = hall.visit.get(&format!("/figures/rows.xlsx?{query}")).await;
        assert!(stranger.header("location").starts_with("/sign-in"));
        let backwards = hall.read("desk", "/figures/rows.xlsx?figure=filing&from=2026-11-23&to=2026-11-01").await;
        assert_eq!(backwards.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", backwards.body);
    }

    async fn page_and_files_say_which_cases_they_count_and_the_files_are_called_after_them(house: House) {
        let hall = Hall::of(house).await;
        let net = hall.visit.house.net();
        let community = net.communities().next().expect("a community");
        let grid = &community.grid_by_code("510184999001-G01").expect("a grid").name;
        let query = format!("{TODAY}&grid=510184999001-G01&category=201&department=grids&channel=home_visit");
        let class = community.catalogue().expect("a catalogue").classes().into_iter().find(|(code, _)| code.as_str() == "201");
        let (_, class) = class.expect("the class");
        let asked = format!("网格 {grid} · 类别 {class} · 处置部门 网格自行办理 · 来源渠道 入户走访");
        let page = hall.read("desk", &format!("/figures?{query}")).await.body;
        let lead = format!("<p class=\"lead\">2026年11月23日 至 2026年11月23日 · {} · {asked}</p>", community.name);
        assert!(page.contains(&lead), "{page}");
        assert!(page.contains("<p class=\"small print-only\">制表日期 2026年11月23日</p>"), "{page}");
        let file = Sheets::of(&hall.file("desk", &query).await).first;
        assert_eq!(file[1][0], format!("{} · {asked} · 制表日期 2026年11月23日", community.name));
        let rows = hall.read("desk", &format!("/figures/rows?figure=filing&{query}")).await.body;
        assert!(rows.contains(&format!("2026年11月23日 · {asked}</p>")), "{rows}");
        for (path, name) in [("/figures.xlsx?", "figures"), ("/figures/rows.xlsx?figure=filing&", "filing-numerator")] {
            let file = hall.read("desk", &format!("{path}{query}")).await;
            let name = format!("attachment; filename=\"{name}-510184999001-G01-201-grids-home-visit-2026-11-23-2026-11-23.xlsx\"");
            assert_eq!(file.header("content-disposition"), name);
        }
        let whole = hall.read("desk", &format!("/figures?{TODAY}")).await.body;
        assert!(whole.contains(&format!("2026年11月23日 · {}</p>", community.name)), "{whole}");
    }

    async fn the_form_shows_the_days_of_the_period_and_one_that_is_not_over_says_so(house: House) {
        let hall = Hall::of(house).await;
        for (query, from, to, open) in [
            ("", "2026-10-01", "2026-10-31", None),
            ("length=week&from=2026-11-25&to=2026-11-26", "2026-11-23", "2026-11-29", Some("这一时段还没有结束，数字到今天（2026年11月23日）为止。")),
            ("from=2026-11-01&to=2026-11-22", "2026-11-01", "2026-11-22", None),
            ("from=2026-12-01&to=2026-12-02", "2026-12-01", "2026-12-02", Some("这一时段还没有开始")),
        ] {
            let page = hall.read("desk", &format!("/figures?{query}")).await.body;
            for (field, day) in [("from", from), ("to", to)] {
                assert!(page.contains(&format!("name=\"{field}\" value=\"{day}\"")), "{query}: {page}");
            }
            let said = ["这一时段还没有结束", "这一时段还没有开始"].iter().any(|said| page.contains(said));
            assert_eq!(said, open.is_some(), "{query}");
            assert!(open.is_none_or(|open| page.contains(open)), "{query}: {page}");
        }
    }

    async fn a_count_of_the_page_is_the_way_to_its_rows_also_of_the_periods_compared(house: House) {
        let hall = Hall::of(house).await;
        four(&hall).await;
        for _ in 0..3 {
            hall.tell("G01-M01", "20110", "resident").await;
        }
        hall.settle().await;
        let card = async |query: &str, name: &str| {
            let page = hall.read("desk", &format!("/figures?{query}")).await.body.replace("&#38;", "&");
            let card = page.split(&format!("<h2 class=\"stat__name\">{name}</h2>")).nth(1);
            card.and_then(|rest| rest.split("</article>").next()).expect("the card").to_owned()
        };
        let link = |of: &str, told: &str, n: u8| format!("<a href=\"/figures/rows?figure=filing&of={of}&{TODAY}\"><span class=\"sr-only\">{told} 立案率 上期 </span>{n}</a>");
        let was = format!("上期 57.1% {}\u{a0}/\u{a0}{}", link("numerator", "分子明细", 4), link("denominator", "分母明细", 7));
        let filing = card("from=2026-11-24&to=2026-11-24", "立案率").await;
        assert!(filing.contains(&was), "{filing}");
        let change = card(TODAY, "群众诉求环比").await;
        for of in ["numerator", "denominator"] {
            assert!(change.contains(&format!("figure=period_on_period&of={of}&{TODAY}")), "both sides of a change open: {change}");
        }
    }

    async fn rates_of_the_file_are_numbers_that_are_shown_as_percentages(house: House) {
        let hall = Hall::of(house).await;
        hall.visit.house.clock.move_to(datetime!(2026-10-12 10:00 +8));
        for n in 0..4 {
            let (number, _) = hall.tell("G01-M01", "20110", "resident").await;
            let (who, step, body) = match n {
                0 => ("desk", "file", json!({})),
                _ => ("steward-01", "fix", json!({"note": "已清走", "answer": "已清走", "category": "20110"})),
            };
            hall.step(who, &number, step, body).await;
        }
        hall.visit.house.clock.move_to(datetime!(2026-11-23 09:00 +8));
        hall.settle().await;
        let bytes = hall.file("desk", "from=2026-10-01&to=2026-10-31&by=category").await;
        let sheets = Sheets::of(&bytes);
        assert_eq!(file_number(&sheets.first, "结案率", 1), Some(0.75));
        let split = sheets.second.expect("the split's sheet");
        let part = split.iter().find(|row| row[0] == "201").expect("the class");
        assert_eq!((part[2].as_str(), part[3].as_str(), part[4].as_str()), ("0.75", "3", "4"));
        let mut book = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let mut styles = String::new();
        book.by_name("xl/styles.xml").expect("the styles").read_to_string(&mut styles).expect("UTF-8");
        assert!(styles.contains("formatCode=\"0.0%\""), "{styles}");
    }
}
