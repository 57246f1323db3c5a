//! Whose eyes see what of the figures: rates of one micro-grid, which are those of one person, and rows that are a part only; and that
//! every number which can open its rows does.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_houses;

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
