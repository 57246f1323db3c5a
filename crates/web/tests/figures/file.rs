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

    async fn rates_of_the_file_are_numbers_that_are_shown_as_percentages(house: House) {
        let hall = Hall::of(house).await;
        hall.visit.house.clock.move_to(datetime!(2026-10-12 10:00 +8));
        for n in 0..4 {
            let (number, _) = hall.tell("G01-M01", "20110", "resident").await;
            let (who, step, body) = match n {
                0 => ("desk", "file", json!({})),
                _ => ("steward-01", "fix", json!({"note": "已清走", "category": "20110"})),
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
