//! Whose eyes see what of the figures: rates of one micro-grid, which are those of one person, and rows that are a part only; and that
//! every number which can open its rows does.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_houses;
use time::Duration;

use super::hall::{Hall, Sheets, file_number, stat};
use super::{TODAY, four};

const MICRO: &str = "grid=510184999001-G01-M01";

on_both_houses! {
    async fn rates_of_a_micro_grid_are_for_its_line_and_counts_for_everybody_else(house: House) {
        let hall = Hall::of(house).await;
        four(&hall).await;
        let query = format!("{TODAY}&{MICRO}&by=category");
        for (who, within) in [("desk", true), ("steward-01", true), ("lead-01", true), ("steward-02", false), ("lead-02", false)] {
            let api = hall.api(who, &query).await;
            assert_eq!(api["no_rates"].is_null(), within, "{who}: {api}");
            for part in api["parts"].as_array().expect("parts") {
                let filing = Hall::in_part(part, "filing");
                assert_eq!((&filing["numerator"], &filing["denominator"]), (&json!(1), &json!(1)), "{who}");
                assert_eq!(filing["percent"].is_null(), !within, "{who}: {filing}");
            }
            let page = hall.read(who, &format!("/figures?{query}")).await.body;
            let shown = if within { "100.0%" } else { "1 / 1" };
            assert_eq!(stat(&page, "立案率").0, shown, "{who}");
            assert_eq!(page.matches("微网格由一个人负责").count(), usize::from(!within), "said once: {who}: {page}");
            assert_eq!(page.contains("100.0%"), within, "{who}: nor in the split: {page}");
            let file = Sheets::of(&hall.file(who, &query).await);
            assert_eq!(file_number(&file.first, "立案率", 2), Some(1.0), "{who}");
            assert_eq!(file_number(&file.first, "立案率", 1).is_some(), within, "{who}");
        }
        let wider = hall.figure("steward-02", &format!("{TODAY}&grid=510184999001-G01"), "filing").await;
        assert_eq!(wider["percent"], json!(100.0), "a general grid is not one person");
    }

    async fn what_judges_work_is_told_of_one_person_to_their_line_only_and_what_was_needed_to_everybody(house: House) {
        let hall = Hall::of(house).await;
        let (number, _) = hall.tell("G01-M01", "20110", "resident").await;
        hall.step("steward-01", &number, "fix", json!({"note": "已清走", "answer": "已清走", "category": "20110"})).await;
        hall.settle().await;
        let query = format!("{TODAY}&{MICRO}");
        let judging = ["on_time_closing", "handling", "on_time_handling", "rework", "accurate_filing", "on_time_dispatch", "solved_micro"];
        for (who, within) in [("desk", true), ("steward-01", true), ("lead-01", true), ("steward-02", false), ("lead-02", false)] {
            let api = hall.api(who, &query).await;
            let figure = |name: &str| Hall::in_part(&api["parts"][0], name);
            for name in judging {
                let one = figure(name);
                let why = if within { Value::Null } else { json!("one_person") };
                assert_eq!((one["numerator"].is_null(), &one["withheld"]), (!within, &why), "{who}: {one}");
                assert_eq!(one["denominator"].is_null(), !within, "{who}: {one}");
            }
            let closing = figure("closing");
            let due = if within { json!(1) } else { Value::Null };
            assert_eq!((&closing["numerator"], &closing["denominator"]), (&json!(1), &due), "{who}: how many were closed, not of how many due");
            let page = hall.read(who, &format!("/figures?{query}")).await.body;
            let cards = |name: &str| page.matches(&format!("<h2 class=\"stat__name\">{name}</h2>")).count();
            assert_eq!((cards("按期结案率"), cards("返工率"), cards("立案率")), (usize::from(within), usize::from(within), 1), "{who}: {page}");
            let closed = if within { "结案率" } else { "结案数" };
            assert_eq!(stat(&page, closed).0, if within { "100.0%" } else { "1" }, "{who}");
            let file = Sheets::of(&hall.file(who, &query).await).first;
            assert_eq!(file.iter().any(|row| row[0] == "按期结案率"), within, "{who}: {file:?}");
            let rows = hall.rows(who, &format!("figure=rework&of=denominator&{query}")).await;
            let rows: Value = serde_json::from_str(&rows.body).expect("JSON");
            assert_eq!((&rows["withheld"], rows["why"].is_null()), (&json!(!within), within), "{who}: {rows}");
            let rows = hall.read(who, &format!("/figures/rows?figure=closing&of=denominator&{query}")).await.body;
            assert_eq!(rows.contains("微网格由一个人负责"), !within, "{who}: {rows}");
        }
    }

    async fn micro_grids_beside_each_other_show_what_was_needed_and_compare_nobody(house: House) {
        let hall = Hall::of(house).await;
        four(&hall).await;
        let query = format!("{TODAY}&grid=510184999001-G01&by=grid");
        for who in ["desk", "lead-01", "steward-02"] {
            let api = hall.api(who, &query).await;
            let parts = api["parts"].as_array().expect("parts");
            assert_eq!(Hall::in_part(&parts[0], "on_time_closing")["withheld"], Value::Null, "{who}: the whole is no one person");
            for part in &parts[1..] {
                assert_eq!(Hall::in_part(part, "on_time_closing")["withheld"], "one_person", "{who}: {part}");
                assert_eq!(Hall::in_part(part, "filing")["denominator"], json!(1), "{who}: {part}");
            }
            let page = hall.read(who, &format!("/figures?{query}")).await.body;
            let table = page.split("id=\"split-title\"").nth(1).expect("the split");
            for (column, shown) in [("立案率", true), ("结案数", true), ("按期结案率", false), ("返工率", false), ("满意率", false)] {
                assert_eq!(table.contains(&format!("data-label=\"{column}\"")), shown, "{who} {column}: {table}");
            }
            assert!(table.contains("并排只列诉求的数"), "{who}: {table}");
            let split = Sheets::of(&hall.file(who, &query).await).second.expect("the split's sheet");
            assert!(split[0].iter().all(|head| !head.contains("按期") && !head.contains("返工")), "{who}: {split:?}");
        }
    }

    async fn grids_beside_each_other_say_what_is_open_and_overdue_now_as_the_lists_count_it(house: House) {
        let hall = Hall::of(house).await;
        four(&hall).await;
        hall.visit.house.clock.move_to(hall.visit.house.clock.now() + Duration::minutes(20));
        let query = format!("{TODAY}&by=grid");
        let api = hall.api("desk", &query).await;
        let parts = api["parts"].as_array().expect("parts");
        assert_eq!(parts[0]["now"], Value::Null, "of all together other pages say it");
        let page = hall.read("desk", &format!("/figures?{query}")).await.body.replace("&#38;", "&");
        let split = Sheets::of(&hall.file("desk", &query).await).second.expect("the split's sheet");
        let column = |name: &str| split[0].iter().position(|head| head == name).expect("a column");
        let columns = [column("此刻在办"), column("此刻超时")];
        for (part, row) in parts[1..].iter().zip(&split[1..]) {
            let grid = part["part"].as_str().expect("a code");
            assert_eq!(part["now"], json!({"open": 2, "overdue": 1, "overdue_withheld": null}), "{grid}");
            assert_eq!(columns.map(|at| row[at].as_str()), ["2", "1"], "{row:?}");
            for (list, n) in [("state=open", 2), ("due=overdue", 1)] {
                let link = format!("/cases?{list}&grid={grid}");
                assert!(page.contains(&format!("<a href=\"{link}\">{n}</a>")), "{link}: {page}");
                let rows = hall.read("desk", &link).await.body;
                assert!(rows.contains(&format!("共 {n} 件")), "{link}: {rows}");
            }
        }
        let other = hall.read("lead-02", &format!("/figures?{query}")).await.body.replace("&#38;", "&");
        assert!(other.contains("/cases?due=overdue&grid=510184999001-G02") && !other.contains("/cases?due=overdue&grid=510184999001-G01"), "{other}");
        let some = hall.api("desk", &format!("{query}&category=201")).await;
        assert!(some["parts"].as_array().expect("parts").iter().all(|part| part["now"].is_null()), "{some}");
    }

    async fn how_many_are_overdue_is_told_of_no_grid_that_one_person_serves(house: House) {
        let hall = Hall::of(house).await;
        four(&hall).await;
        hall.visit.house.clock.move_to(hall.visit.house.clock.now() + Duration::minutes(20));
        let query = format!("{TODAY}&grid=510184999001-G01&by=grid");
        for who in ["desk", "lead-01", "steward-01", "steward-02"] {
            let api = hall.api(who, &query).await;
            let parts = api["parts"].as_array().expect("parts");
            for part in &parts[1..] {
                assert_eq!(part["now"], json!({"open": 1, "overdue": null, "overdue_withheld": "one_person"}), "{who}: {part}");
            }
            let page = hall.read(who, &format!("/figures?{query}")).await.body;
            assert!(page.contains("此刻在办</th>") && !page.contains("此刻超时</th>"), "{who}: {page}");
            let split = Sheets::of(&hall.file(who, &query).await).second.expect("the split's sheet");
            assert!(split[0].iter().any(|head| head == "此刻在办") && !split[0].iter().any(|head| head == "此刻超时"), "{who}: {split:?}");
        }
    }

    async fn how_long_handling_took_opens_its_cases_and_is_kept_with_the_rates_of_one_person(house: House) {
        let hall = Hall::of(house).await;
        let (number, _) = hall.tell("G01-M01", "20110", "resident").await;
        hall.step("steward-01", &number, "fix", json!({"note": "已清走", "answer": "已清走", "category": "20110"})).await;
        hall.settle().await;
        let read = |body: &str| serde_json::from_str::<Value>(body).expect("JSON");
        let took = hall.api("desk", TODAY).await["parts"][0]["handling"]["cases"].clone();
        assert_eq!(took, json!(1));
        let asked = format!("figure=handling_time&{TODAY}");
        let rows = read(&hall.rows("desk", &asked).await.body);
        assert_eq!((&rows["total"], &rows["counted"], &rows["partial"]), (&took, &took, &json!(false)));
        assert_eq!(rows["items"][0]["number"], json!(number));
        let page = hall.read("desk", &format!("/figures?{TODAY}")).await.body.replace("&#38;", "&").replace("&amp;", "&");
        let link = "/figures/rows?figure=handling_time&from=2026-11-23&to=2026-11-23";
        assert!(page.contains(link), "{page}");
        let shown = hall.read("desk", link).await;
        assert!(shown.status == StatusCode::OK && shown.body.contains(&number), "{}", shown.body);
        let refused = hall.rows("desk", &format!("{asked}&of=numerator")).await;
        assert_eq!(read(&refused.body)["faults"][0]["code"], "field-unknown", "it has no parts: {}", refused.body);

        let part = read(&hall.rows("steward-02", &asked).await.body);
        assert_eq!((&part["total"], &part["counted"], &part["partial"]), (&json!(0), &json!(1), &json!(true)));
        let beside = hall.api("steward-02", &format!("{TODAY}&{MICRO}")).await;
        assert!(beside["parts"][0]["handling"].is_null(), "{beside}");
        let own = hall.api("steward-01", &format!("{TODAY}&{MICRO}")).await;
        assert_eq!(own["parts"][0]["handling"]["cases"], json!(1));
    }

    async fn the_period_before_and_the_year_before_open_their_rows(house: House) {
        let hall = Hall::of(house).await;
        let told = four(&hall).await;
        let page = hall.read("desk", "/figures?from=2026-11-24&to=2026-11-24").await.body.replace("&#38;", "&").replace("&amp;", "&");
        for days in ["from=2026-11-23&to=2026-11-23", "from=2025-11-24&to=2025-11-24"] {
            for of in ["numerator", "denominator"] {
                let link = format!("/figures/rows?figure=filing&of={of}&{days}");
                assert!(page.contains(&link), "{link}: {page}");
            }
        }
        let rows = hall.read("desk", "/figures/rows?figure=filing&of=numerator&from=2026-11-23&to=2026-11-23").await.body;
        assert!(told.iter().all(|number| rows.contains(number)), "as many as 上期 counts: {rows}");
        let part = hall.read("steward-01", "/figures/rows?figure=filing&of=numerator&from=2026-11-23&to=2026-11-23").await.body;
        assert!(part.contains("共 1 件") && part.contains("统计共 4 件"), "{part}");
    }
}
