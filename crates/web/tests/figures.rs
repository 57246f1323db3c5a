//! Figures through the door: filters narrow page, file, API and rows alike; splits stand by code and open their rows; too few
//! opinions are shown nowhere; everything that shows a number shows the same.

mod common;
mod hall;

use axum::http::StatusCode;
use hall::{Hall, Sheets, file_number, stat};
use serde_json::{Value, json};
use testkit::on_both_houses;
use time::macros::datetime;

const TODAY: &str = "from=2026-11-23&to=2026-11-23";
const TOO_FEW: &str = "本组或邻组参评不足 5 件，不公布";

/// Four filed cases, each in another grid: two in the grids' hands, two with a department.
async fn four(hall: &Hall) -> [String; 4] {
    let told = [
        hall.tell("G01-M01", "20110", "resident").await.0,
        hall.tell("G01-M02", "20401", "phone").await.0,
        hall.tell("G02-M01", "20110", "grid").await.0,
        hall.tell("G02-M02", "10101", "hotline").await.0,
    ];
    for number in &told {
        hall.step("desk", number, "file", json!({})).await;
    }
    hall.step("desk", &told[1], "dispatch", json!({"to": "D02"}))
        .await;
    hall.step("desk", &told[3], "dispatch", json!({"to": "D01"}))
        .await;
    hall.settle().await;
    told
}

on_both_houses! {
    async fn every_filter_narrows_page_file_api_and_rows_alike(house: House) {
        let hall = Hall::of(house).await;
        let told = four(&hall).await;
        let filters: [(&str, &[usize]); 12] = [
            (TODAY, &[0, 1, 2, 3]),
            ("from=2026-11-22&to=2026-11-22", &[]),
            ("from=2026-11-01&to=2026-11-30&grid=510184999001-G01", &[0, 1]),
            ("from=2026-11-01&to=2026-11-30&grid=510184999001-G02-M01", &[2]),
            ("from=2026-11-23&to=2026-11-29&category=201", &[0, 2]),
            ("from=2026-11-23&to=2026-11-29&category=20401", &[1]),
            ("from=2026-11-23&to=2026-11-23&department=D01", &[3]),
            ("from=2026-11-23&to=2026-11-23&department=grids", &[0, 2]),
            ("from=2026-11-23&to=2026-11-23&channel=hotline", &[3]),
            ("from=2026-11-23&to=2026-11-23&channel=system", &[]),
            ("from=2026-11-23&to=2026-11-23&category=201&grid=510184999001-G02&channel=grid&department=grids", &[2]),
            ("from=2026-11-23&to=2026-11-23&category=201&channel=hotline", &[]),
        ];
        for (query, wanted) in filters {
            let n = wanted.len();
            let page = hall.read("desk", &format!("/figures?{query}")).await;
            assert_eq!(page.status, StatusCode::OK, "{query}: {}", page.body);
            let (value, of) = stat(&page.body, "立案率");
            let (rate, counts) = if n == 0 { ("—", "0 / 0".to_owned()) } else { ("100.0%", format!("{n} / {n}")) };
            assert_eq!((value.as_str(), of.as_str()), (rate, counts.as_str()), "{query}");
            let api = hall.figure("desk", query, "filing").await;
            assert_eq!((&api["numerator"], &api["denominator"]), (&json!(n), &json!(n)), "{query}");
            let sheets = Sheets::of(&hall.file("desk", query).await);
            assert_eq!(file_number(&sheets.first, "立案率", 2), Some(n as f64), "{query}");
            let rows = hall.read("desk", &format!("/figures/rows?figure=filing&of=numerator&{query}")).await;
            for (at, number) in told.iter().enumerate() {
                assert_eq!(rows.body.contains(number), wanted.contains(&at), "{query}: {number}");
            }
        }
    }

    async fn a_period_is_a_day_a_week_a_month_a_quarter_a_year_or_free_days(house: House) {
        let hall = Hall::of(house).await;
        four(&hall).await;
        for (query, days) in [
            ("length=day&from=2026-11-23", "2026年11月23日 至 2026年11月23日"),
            ("length=week&from=2026-11-25", "2026年11月23日 至 2026年11月29日"),
            ("length=month", "2026年11月1日 至 2026年11月30日"),
            ("length=quarter", "2026年10月1日 至 2026年12月31日"),
            ("length=year", "2026年1月1日 至 2026年12月31日"),
            ("from=2026-11-20&to=2026-11-24", "2026年11月20日 至 2026年11月24日"),
        ] {
            let page = hall.read("desk", &format!("/figures?{query}")).await.body;
            assert!(page.contains(days), "{query}: {page}");
            assert_eq!(stat(&page, "立案率").1, "4 / 4", "{query}");
        }
    }

    async fn a_split_stands_in_the_order_of_its_codes_and_each_part_opens_its_own_rows(house: House) {
        let hall = Hall::of(house).await;
        let told = four(&hall).await;
        for (by, parts) in [
            ("category", vec!["101", "201", "204"]),
            ("department", vec!["", "D01", "D02"]),
            ("channel", vec!["grid", "hotline", "phone", "resident"]),
            ("grid", vec!["510184999001-G01", "510184999001-G02"]),
        ] {
            let answer = hall.api("desk", &format!("{TODAY}&by={by}")).await;
            let kept: Vec<_> = answer["parts"].as_array().expect("parts")[1..].iter().map(|part| part["part"].as_str().unwrap_or_default().to_owned()).collect();
            assert_eq!(kept, parts, "{by}");
            let page = hall.read("desk", &format!("/figures?{TODAY}&by={by}")).await.body;
            let table = page.split("id=\"split-title\"").nth(1).expect("the split");
            assert_eq!(table.matches("<tr><th scope=\"row\">").count(), parts.len(), "{by}");
        }
        let page = hall.read("desk", &format!("/figures?{TODAY}&by=grid")).await.body;
        let table = page.split("id=\"split-title\"").nth(1).expect("the split");
        let (first, second) = (table.find("G01").expect("the first"), table.find("G02").expect("the second"));
        assert!(first < second);
        let link = "/figures/rows?figure=closing&#38;of=denominator";
        let hrefs = table.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let hrefs: Vec<_> = hrefs.filter(|href| href.starts_with(link)).map(|href| href.replace("&#38;", "&")).collect();
        assert_eq!(hrefs.len(), 2, "{table}");
        for (href, own, other) in [(&hrefs[0], &told[1], &told[3]), (&hrefs[1], &told[3], &told[1])] {
            let rows = hall.read("desk", href).await.body;
            assert!(!rows.contains(other), "{href}: {rows}");
            assert!(href.contains("grid=510184999001-G0"), "{href} {own}");
        }
    }

    async fn grids_show_counts_and_no_rate_on_the_page_in_the_file_and_in_the_api(house: House) {
        let hall = Hall::of(house).await;
        let (number, _) = hall.tell("G01-M01", "20110", "resident").await;
        hall.step("steward-01", &number, "fix", json!({"note": "已清走", "category": "20110"})).await;
        hall.settle().await;
        let by_category = hall.read("desk", &format!("/figures?{TODAY}&by=category")).await.body;
        let table = |body: &str| body.split("id=\"split-title\"").nth(1).expect("the split").to_owned();
        assert!(table(&by_category).contains("100.0%"), "a rate stands beside a category");
        let by_grid = hall.read("desk", &format!("/figures?{TODAY}&by=grid")).await.body;
        assert!(table(&by_grid).contains("1 / 1") && !table(&by_grid).contains('%'), "{by_grid}");
        let answer = hall.api("desk", &format!("{TODAY}&by=grid")).await;
        let part = &answer["parts"][1];
        let closing = Hall::in_part(part, "closing");
        assert_eq!((&closing["numerator"], &closing["denominator"], &closing["percent"]), (&json!(1), &json!(1), &Value::Null));
        assert_eq!(part["handling"], Value::Null, "nor how long somebody took");
        let sheets = Sheets::of(&hall.file("desk", &format!("{TODAY}&by=grid")).await);
        let split = sheets.second.expect("the split's sheet");
        let cells: Vec<String> = split.iter().flatten().cloned().collect();
        assert!(cells.iter().any(|cell| cell == "510184999001-G01"), "{cells:?}");
        assert!(cells.iter().all(|cell| !cell.contains('%')), "{cells:?}");
    }

    async fn fewer_than_five_opinions_are_shown_nowhere_and_five_everywhere(house: House) {
        let hall = Hall::of(house).await;
        for n in 0..5 {
            let before = hall.read("desk", &format!("/figures?{TODAY}")).await.body;
            let said = if n == 0 { "0 / 0" } else { TOO_FEW };
            assert_eq!(stat(&before, "满意率").1, said, "with {n} opinions");
            if n > 0 {
                hidden(&hall, TODAY).await;
            }
            hall.rated("G01-M01", "resident").await;
            hall.settle().await;
        }
        let page = hall.read("desk", &format!("/figures?{TODAY}")).await.body;
        assert_eq!(stat(&page, "满意率"), ("100.0%".to_owned(), "5 / 5".to_owned()));
        let rows = hall.read("desk", &format!("/figures/rows?figure=satisfaction&of=denominator&{TODAY}")).await.body;
        assert!(rows.contains("共 5 件"), "{rows}");
        let sheets = Sheets::of(&hall.file("desk", TODAY).await);
        assert_eq!(file_number(&sheets.first, "满意率", 3), Some(5.0));
    }

    async fn a_small_part_takes_its_neighbour_with_it_so_that_nobody_can_subtract(house: House) {
        let hall = Hall::of(house).await;
        for _ in 0..6 {
            hall.rated("G01-M01", "resident").await;
        }
        for _ in 0..2 {
            hall.rated("G01-M01", "phone").await;
        }
        hall.settle().await;
        let answer = hall.api("desk", &format!("{TODAY}&by=channel")).await;
        let parts = answer["parts"].as_array().expect("parts");
        let said: Vec<_> = parts.iter().map(|part| Hall::in_part(part, "satisfaction")["denominator"].clone()).collect();
        assert_eq!(said, [json!(8), Value::Null, Value::Null], "the whole is shown, neither part is");
        let page = hall.read("desk", &format!("/figures?{TODAY}&by=channel")).await.body;
        let table = page.split("id=\"split-title\"").nth(1).expect("the split");
        assert_eq!(table.matches(TOO_FEW).count(), 2, "{table}");
    }

    async fn the_wall_the_page_the_file_and_the_api_say_the_same(house: House) {
        let hall = Hall::of(house).await;
        hall.visit.house.clock.move_to(datetime!(2026-10-12 10:00 +8));
        for n in 0..3 {
            let (number, _) = hall.tell("G01-M01", "20110", "resident").await;
            if n < 2 {
                hall.step("steward-01", &number, "fix", json!({"note": "已清走", "category": "20110"})).await;
            } else {
                hall.step("desk", &number, "file", json!({})).await;
            }
        }
        hall.visit.house.clock.move_to(datetime!(2026-11-23 09:00 +8));
        hall.settle().await;
        let october = "from=2026-10-01&to=2026-10-31";
        let page = hall.read("desk", &format!("/figures?{october}")).await.body;
        assert_eq!(stat(&page, "结案率"), ("66.7%".to_owned(), "2 / 3".to_owned()));
        let api = hall.figure("desk", october, "closing").await;
        assert_eq!((&api["numerator"], &api["denominator"]), (&json!(2), &json!(3)));
        let percent = api["percent"].as_f64().expect("a percentage");
        let wall: Value = serde_json::from_str(&hall.read("desk", "/cockpit/data").await.body).expect("JSON");
        let shown = wall["figures"].as_array().expect("figures").iter().find(|one| one["key"] == "closing_rate").expect("the rate");
        assert!((shown["value"].as_f64().expect("a value") * 100.0 - percent).abs() < 0.01, "{shown} {percent}");
        let sheets = Sheets::of(&hall.file("desk", october).await);
        assert_eq!((file_number(&sheets.first, "结案率", 2), file_number(&sheets.first, "结案率", 3)), (Some(2.0), Some(3.0)));
    }

    async fn page_and_file_are_complete_in_english_too(house: House) {
        let hall = Hall::of(house).await;
        four(&hall).await;
        let page = hall.visit.get_with(&format!("/figures?{TODAY}&by=category"), &[("cookie", hall.cookie("desk")), ("accept-language", "en")]).await;
        assert_eq!(stat(&page.body, "Filing rate"), ("100.0%".to_owned(), "4 / 4".to_owned()));
        assert_eq!(page.body.matches("class=\"definition\"").count(), rules::figures::Figure::ALL.len());
        assert!(page.body.contains("data-print"), "{}", page.body);
        let bytes = hall.visit.bytes(&format!("/figures.xlsx?{TODAY}&by=category"), &[("cookie", hall.cookie("desk")), ("accept-language", "en")]).await;
        let sheets = Sheets::of(&bytes);
        let names: Vec<_> = sheets.first.iter().filter_map(|row| row.first()).cloned().collect();
        assert!(names.iter().any(|name| name == "Satisfaction rate" || name == "Satisfaction"), "{names:?}");
        assert!(names.iter().all(|name| name.is_ascii()), "{names:?}");
        for row in sheets.first.iter().skip(2).take(rules::figures::Figure::ALL.len()) {
            assert!(row[6].len() > 20, "every figure has its definition: {row:?}");
        }
    }
}

/// Neither page, API, file nor rows tell what too few said.
async fn hidden(hall: &Hall, query: &str) {
    let api = hall.figure("desk", query, "satisfaction").await;
    for key in ["numerator", "denominator", "percent"] {
        assert_eq!(api[key], Value::Null, "{key}: {api}");
    }
    let sheets = Sheets::of(&hall.file("desk", query).await);
    for column in [2, 3] {
        assert_eq!(file_number(&sheets.first, "满意率", column), None);
    }
    for of in ["numerator", "denominator"] {
        let path = format!("/figures/rows?figure=satisfaction&of={of}&{query}");
        let rows = hall.read("desk", &path).await.body;
        assert!(
            rows.contains("参评太少") && !rows.contains("/cases/5101"),
            "{rows}"
        );
    }
    let english = [("cookie", hall.cookie("desk")), ("accept-language", "en")];
    let page = hall
        .visit
        .get_with(&format!("/figures?{query}"), &english)
        .await
        .body;
    assert!(
        page.contains("Fewer than 5 here or in a part beside it, not shown"),
        "{page}"
    );
}
