//! Figures through the door: filters narrow page, file, API and rows alike; splits stand by code and open their rows; too few
//! opinions are shown nowhere; everything that shows a number shows the same.

mod common;
#[path = "figures/few.rs"]
mod few;
#[path = "figures/file.rs"]
mod file;
mod hall;
#[path = "figures/line.rs"]
mod line;

use axum::http::StatusCode;
use hall::{Hall, Sheets, file_number, stat};
use serde_json::{Value, json};
use testkit::on_both_houses;
use time::macros::datetime;

const TODAY: &str = "from=2026-11-23&to=2026-11-23";
const FEW: (&str, &str) = ("少于 5", "涉及居民太少，不公布");
const BESIDE: (&str, &str) = ("不公布", "公布会推算出相邻的小数");

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
            // one resident told on this channel: the number is shown nowhere, its row is for whoever lists it anyway
            let is_few = query.ends_with("to=2026-11-23&channel=hotline");
            let page = hall.read("desk", &format!("/figures?{query}")).await;
            assert_eq!(page.status, StatusCode::OK, "{query}: {}", page.body);
            let (value, of) = stat(&page.body, "立案率");
            let (rate, counts) = match n {
                _ if is_few => (FEW.0, FEW.1.to_owned()),
                0 => ("—", "0 / 0".to_owned()),
                _ => ("100.0%", format!("{n} / {n}")),
            };
            assert_eq!((value.as_str(), of.as_str()), (rate, counts.as_str()), "{query}");
            let number = Some(n).filter(|_| !is_few);
            let api = hall.figure("desk", query, "filing").await;
            assert_eq!((&api["numerator"], &api["denominator"]), (&json!(number), &json!(number)), "{query}");
            let sheets = Sheets::of(&hall.file("desk", query).await);
            assert_eq!(file_number(&sheets.first, "立案率", 2), number.map(|n| n as f64), "{query}");
            let rows = hall.read("desk", &format!("/figures/rows?figure=filing&of=numerator&{query}")).await;
            for (at, number) in told.iter().enumerate() {
                assert_eq!(rows.body.contains(number), wanted.contains(&at), "{query}: {number}");
            }
            let rows = hall.rows("desk", &format!("figure=filing&{query}")).await;
            assert_eq!(rows.status, StatusCode::OK, "{query}: {}", rows.body);
            let rows: Value = serde_json::from_str(&rows.body).expect("JSON");
            let items = rows["items"].as_array().expect("items");
            let numbers: Vec<_> = items.iter().filter_map(|item| item["number"].as_str()).collect();
            let newest: Vec<_> = wanted.iter().rev().map(|at| told[*at].as_str()).collect();
            assert_eq!((numbers, &rows["total"]), (newest, &json!(n)), "{query}");
            assert_eq!((&rows["withheld"], &rows["next"]), (&json!(false), &Value::Null), "{query}");
        }
    }

    async fn rows_of_the_api_stay_within_the_scope_and_say_what_cannot_be_asked(house: House) {
        let hall = Hall::of(house).await;
        let told = four(&hall).await;
        let json = |answer: &common::Answer| serde_json::from_str::<Value>(&answer.body).expect("JSON");
        let asked = format!("figure=filing&of=denominator&{TODAY}");
        let own = json(&hall.rows("steward-01", &asked).await);
        let numbers: Vec<_> = own["items"].as_array().expect("items").iter().map(|item| &item["number"]).collect();
        assert_eq!((&own["total"], numbers), (&json!(1), vec![&json!(told[0])]));
        let beyond = json(&hall.rows("desk", &format!("{asked}&page=2")).await);
        assert_eq!((&beyond["total"], &beyond["items"], &beyond["next"]), (&json!(4), &json!([]), &Value::Null));
        let month = json(&hall.rows("desk", "figure=filing").await);
        assert_eq!((&month["from"], &month["to"], &month["total"]), (&json!("2026-10-01"), &json!("2026-10-31"), &json!(0)));
        for (query, field, code) in [
            ("", "figure", "field-missing"),
            ("figure=score", "figure", "figure-unknown"),
            ("figure=filing&of=both", "of", "of-unknown"),
            ("figure=filing&page=0", "page", "page-outside"),
            ("figure=filing&grid=nowhere", "grid", "grid-unknown"),
            ("figure=filing&by=grid", "by", "field-unknown"),
            ("figure=filing&from=2026-11-23&to=2026-11-01", "from", "period-backwards"),
        ] {
            let refused = hall.rows("desk", query).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}: {}", refused.body);
            let fault = &json(&refused)["faults"][0];
            assert_eq!((&fault["field"], &fault["code"]), (&json!(field), &json!(code)), "{query}");
        }
        let backwards = json(&hall.rows("desk", "figure=filing&from=2026-11-23&to=2026-11-01").await);
        let fields: Vec<_> = backwards["faults"].as_array().expect("faults").iter().map(|fault| &fault["field"]).collect();
        assert_eq!(fields, [&json!("from"), &json!("to")], "as the figures themselves tell it");
        let stranger = hall.visit.get(&format!("/api/v1/figures/rows?{asked}")).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
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
        hall.step("steward-01", &number, "fix", json!({"note": "已清走", "answer": "已清走", "category": "20110"})).await;
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
            let said = if n == 0 { ("—", "0 / 0") } else { FEW };
            assert_eq!(stat(&before, "满意率"), (said.0.to_owned(), said.1.to_owned()), "with {n} opinions");
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
        for (n, channel) in [(8, "resident"), (9, "hotline"), (2, "phone")] {
            for _ in 0..n {
                hall.rated("G01-M01", channel).await;
            }
        }
        hall.settle().await;
        let answer = hall.api("desk", &format!("{TODAY}&by=channel")).await;
        let parts = answer["parts"].as_array().expect("parts");
        let said = |key: &str| parts.iter().map(|part| Hall::in_part(part, "satisfaction")[key].clone()).collect::<Vec<_>>();
        assert_eq!(said("denominator"), [json!(19), json!(9), Value::Null, Value::Null], "the whole and one part are shown");
        assert_eq!(said("withheld"), [Value::Null, Value::Null, json!("few"), json!("beside")]);
        let page = hall.read("desk", &format!("/figures?{TODAY}&by=channel")).await.body;
        let table = page.split("id=\"split-title\"").nth(1).expect("the split");
        // Closing and closing on time, the share solved, satisfaction and needs solved count the same residents here.
        assert_eq!(table.matches(FEW.0).count(), 5 + 1, "in its cells and in the note: {table}");
        for why in [FEW.1, BESIDE.1] {
            assert_eq!(table.matches(why).count(), 1, "said once, below the table: {table}");
        }
        let sheets = Sheets::of(&hall.file("desk", &format!("{TODAY}&by=channel")).await);
        let split = sheets.second.expect("the split's sheet");
        let numbers = |row: &Vec<String>| row.iter().skip(2).filter(|cell| cell.parse::<f64>().is_ok_and(|n| n == 8.0)).count();
        let resident = split.iter().find(|row| row[0] == "resident").expect("the part");
        assert!(resident.iter().any(|cell| cell == BESIDE.0) && numbers(resident) == 0, "no figure shows its eight: {resident:?}");
    }

    async fn a_part_that_is_asked_for_alone_is_kept_back_as_in_its_split(house: House) {
        let hall = Hall::of(house).await;
        for (n, channel) in [(6, "resident"), (2, "phone")] {
            for _ in 0..n {
                hall.rated("G01-M01", channel).await;
            }
        }
        hall.settle().await;
        assert_eq!(hall.figure("desk", TODAY, "satisfaction").await["denominator"], json!(8));
        for (filter, why) in [("channel=phone", "few"), ("channel=resident", "beside")] {
            let query = format!("{TODAY}&{filter}");
            let alone = hall.figure("desk", &query, "satisfaction").await;
            assert_eq!((&alone["denominator"], &alone["numerator"], &alone["withheld"]), (&Value::Null, &Value::Null, &json!(why)), "{filter}");
            let said = if why == "few" { FEW } else { BESIDE };
            let page = hall.read("desk", &format!("/figures?{query}")).await.body;
            assert_eq!(stat(&page, "满意率"), (said.0.to_owned(), said.1.to_owned()), "{filter}");
            let sheets = Sheets::of(&hall.file("desk", &query).await);
            assert_eq!(file_number(&sheets.first, "满意率", 3), None, "{filter}");
            let rows = hall.read("desk", &format!("/figures/rows?figure=satisfaction&of=denominator&{query}")).await.body;
            assert!(rows.contains("涉及居民太少") && !rows.contains("/cases/5101"), "{rows}");
        }
    }

    async fn a_part_of_a_split_is_held_against_its_neighbours_under_every_filter(house: House) {
        let hall = Hall::of(house).await;
        for (n, category, channel) in [(6, "20110", "resident"), (2, "20110", "phone"), (8, "20401", "phone")] {
            for _ in 0..n {
                hall.rated_in("G01-M01", category, channel).await;
            }
        }
        hall.settle().await;
        let asked = async |query: &str| {
            let answer = hall.api("desk", &format!("{TODAY}&by=category&{query}")).await;
            let parts = answer["parts"].as_array().expect("parts").iter();
            parts.map(|part| Hall::in_part(part, "satisfaction")).map(|one| (one["denominator"].clone(), one["withheld"].clone())).collect::<Vec<_>>()
        };
        let shown = |n: u64| (json!(n), Value::Null);
        let kept = |why: &str| (Value::Null, json!(why));
        assert_eq!(asked("").await, [shown(16), shown(8), shown(8)]);
        assert_eq!(asked("channel=phone").await, [shown(10), kept("few"), kept("beside")]);
        // All of them lie in one class, where the two of the other channel would be what is left of eight.
        assert_eq!(asked("channel=resident").await, [shown(6), kept("beside")]);
    }

    async fn days_are_kept_back_like_other_parts_and_so_is_the_day_after_in_its_change(house: House) {
        let hall = Hall::of(house).await;
        for n in [2, 7, 9] {
            for _ in 0..n {
                hall.rated("G01-M01", "resident").await;
            }
            let next = hall.visit.house.clock.now() + time::Duration::DAY;
            hall.visit.house.clock.move_to(next);
        }
        hall.settle().await;
        let answer = hall.api("desk", "from=2026-11-23&to=2026-11-25&by=day").await;
        let parts = answer["parts"].as_array().expect("parts");
        let said = |figure: &str| parts.iter().map(|part| Hall::in_part(part, figure)["numerator"].clone()).collect::<Vec<_>>();
        assert_eq!(said("satisfaction"), [json!(18), Value::Null, Value::Null, json!(9)]);
        // The change of the third day says how many the second had, and both changes how many the third.
        for figure in ["year_on_year", "period_on_period"] {
            assert_eq!(said(figure), [json!(18), Value::Null, Value::Null, Value::Null], "{figure}");
        }
    }

    async fn the_rows_of_a_change_are_those_of_the_period_that_its_number_counts(house: House) {
        let hall = Hall::of(house).await;
        for n in [6, 9] {
            for _ in 0..n {
                hall.rated("G01-M01", "resident").await;
            }
            let next = hall.visit.house.clock.now() + time::Duration::DAY;
            hall.visit.house.clock.move_to(next);
        }
        hall.settle().await;
        let second = "from=2026-11-24&to=2026-11-24";
        let answer = hall.api("desk", second).await;
        let change = Hall::in_part(&answer["parts"][0], "period_on_period");
        assert_eq!((&change["numerator"], &change["denominator"]), (&json!(9), &json!(6)));
        for (of, n) in [("numerator", 9), ("denominator", 6)] {
            let rows = hall.rows("desk", &format!("figure=period_on_period&of={of}&{second}")).await;
            let rows: Value = serde_json::from_str(&rows.body).expect("JSON");
            assert_eq!(rows["total"], json!(n), "{of}: {rows}");
        }
    }

    async fn what_counts_residents_is_kept_back_and_what_counts_cases_is_not(house: House) {
        let hall = Hall::of(house).await;
        for _ in 0..2 {
            hall.rated("G01-M01", "resident").await;
        }
        four(&hall).await;
        let answer = hall.api("desk", TODAY).await;
        for figure in ["resolution", "satisfaction", "participation", "missed_reports", "proactive_discovery", "needs_solved"] {
            let kept = Hall::in_part(&answer["parts"][0], figure);
            assert_eq!((&kept["numerator"], &kept["denominator"], &kept["withheld"]), (&Value::Null, &Value::Null, &json!("few")), "{figure}");
        }
        for figure in ["closing", "filing", "solved_micro"] {
            let shown = Hall::in_part(&answer["parts"][0], figure);
            assert!(shown["numerator"].as_u64().is_some_and(|n| (1..5).contains(&n)) && shown["withheld"].is_null(), "{shown}");
        }
    }

    async fn a_community_may_ask_for_more_residents_than_five_and_not_for_fewer(house: House) {
        let hall = Hall::of(house).await;
        for _ in 0..6 {
            hall.rated("G01-M01", "resident").await;
        }
        hall.settle().await;
        for (fewest, shown) in [(7, "少于 7"), (1, "100.0%")] {
            let mut settings = rules::settings::Settings::default();
            settings.figures.fewest = fewest;
            let text = serde_json::to_string(&settings).expect("a text");
            let (house, save) = (&hall.visit.house, async move |unit: &store::Unit| unit.save_settings(&text).await);
            let community = house.net().communities().next().expect("a community").id;
            house.store.unit::<_, store::Error, _>(community, save).await.expect("kept");
            house.refresh_net().await.expect("the net is read again");
            let page = hall.read("desk", &format!("/figures?{TODAY}")).await.body;
            assert_eq!(stat(&page, "满意率").0, shown, "{fewest}");
        }
    }

    async fn the_wall_the_page_the_file_and_the_api_say_the_same(house: House) {
        let hall = Hall::of(house).await;
        hall.visit.house.clock.move_to(datetime!(2026-10-12 10:00 +8));
        for n in 0..3 {
            let (number, _) = hall.tell("G01-M01", "20110", "resident").await;
            if n < 2 {
                hall.step("steward-01", &number, "fix", json!({"note": "已清走", "answer": "已清走", "category": "20110"})).await;
            } else {
                hall.step("desk", &number, "file", json!({})).await;
            }
        }
        for _ in 0..2 {
            hall.rated("G01-M01", "resident").await;
        }
        hall.visit.house.clock.move_to(datetime!(2026-11-23 09:00 +8));
        hall.settle().await;
        let october = "from=2026-10-01&to=2026-10-31";
        let page = hall.read("desk", &format!("/figures?{october}")).await.body;
        assert_eq!(stat(&page, "结案率"), ("80.0%".to_owned(), "4 / 5".to_owned()));
        let api = hall.figure("desk", october, "closing").await;
        assert_eq!((&api["numerator"], &api["denominator"]), (&json!(4), &json!(5)));
        let percent = api["percent"].as_f64().expect("a percentage");
        let wall: Value = serde_json::from_str(&hall.read("desk", "/cockpit/data").await.body).expect("JSON");
        let of_wall = |key: &str| wall["figures"].as_array().expect("figures").iter().find(|one| one["key"] == key).expect("the figure");
        let shown = of_wall("closing_rate");
        assert!((shown["value"].as_f64().expect("a value") * 100.0 - percent).abs() < 0.01, "{shown} {percent}");
        for (key, name) in [("satisfaction", "满意率"), ("needs_solved", "解决群众诉求（件次）")] {
            let kept = of_wall(key);
            assert_eq!((&kept["value"], &kept["rows_url"], &kept["withheld"]), (&Value::Null, &Value::Null, &json!(FEW.0)), "{key}");
            assert_eq!(stat(&page, name).0, FEW.0, "{key}");
        }
        let sheets = Sheets::of(&hall.file("desk", october).await);
        assert_eq!((file_number(&sheets.first, "结案率", 2), file_number(&sheets.first, "结案率", 3)), (Some(4.0), Some(5.0)));
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
        assert!(sheets.first[1][0].contains("Drawn up on 23 November 2026"), "{:?}", sheets.first[1]);
        let names: Vec<_> = sheets.first.iter().skip(2).filter_map(|row| row.first()).cloned().collect();
        assert!(names.iter().any(|name| name == "Satisfaction rate" || name == "Satisfaction"), "{names:?}");
        assert!(names.iter().all(|name| name.is_ascii()), "{names:?}");
        for row in sheets.first.iter().skip(3).take(rules::figures::Figure::ALL.len()) {
            assert!(row[10].len() > 20, "every figure has its definition: {row:?}");
        }
    }
}

/// Neither page, API, file nor rows tell what too few said.
async fn hidden(hall: &Hall, query: &str) {
    let api = hall.figure("desk", query, "satisfaction").await;
    for key in ["numerator", "denominator", "percent"] {
        assert_eq!(api[key], Value::Null, "{key}: {api}");
    }
    assert_eq!(api["withheld"], "few");
    let sheets = Sheets::of(&hall.file("desk", query).await);
    for column in [2, 3] {
        assert_eq!(file_number(&sheets.first, "满意率", column), None);
    }
    for of in ["numerator", "denominator"] {
        let path = format!("/figures/rows?figure=satisfaction&of={of}&{query}");
        let rows = hall.read("desk", &path).await.body;
        assert!(
            rows.contains("涉及居民太少") && !rows.contains("/cases/5101"),
            "{rows}"
        );
    }
    let path = format!("/figures/rows.xlsx?figure=satisfaction&of=denominator&{query}");
    let file = hall
        .visit
        .bytes(&path, &[("cookie", hall.cookie("desk"))])
        .await;
    let file = Sheets::of(&file).first;
    assert!(file[2][0].contains("涉及居民太少"), "{file:?}");
    assert_eq!(file.len(), 4, "the names of the columns and no row");
    let rows = hall
        .rows(
            "desk",
            &format!("figure=satisfaction&of=denominator&{query}"),
        )
        .await;
    let rows: Value = serde_json::from_str(&rows.body).expect("JSON");
    assert_eq!(
        (&rows["withheld"], &rows["total"], &rows["items"]),
        (&json!(true), &json!(0), &json!([]))
    );
    let english = [("cookie", hall.cookie("desk")), ("accept-language", "en")];
    let page = hall
        .visit
        .get_with(&format!("/figures?{query}"), &english)
        .await
        .body;
    assert!(
        page.contains("&#60;5") && page.contains("Too few residents, not shown"),
        "{page}"
    );
}
