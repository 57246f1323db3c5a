//! Small numbers of residents, asked for one filter further: figures of cases keep them back as well where the channel is one of
//! residents or the category concerns persons, with as many of the parts beside them as subtracting would need.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_houses;
use time::macros::datetime;
use work::account::{NewToken, create_token};

use super::hall::{Hall, Sheets, file_number, stat};
use super::{BESIDE, FEW, TODAY};

const MICRO: &str = "from=2026-11-23&to=2026-11-23&grid=510184999001-G01-M01";

/// So many are told in one micro-grid on each channel.
async fn told(hall: &Hall, category: &str, channels: &[(u8, &str)]) {
    for (n, channel) in channels {
        for _ in 0..*n {
            hall.tell("G01-M01", category, channel).await;
        }
    }
    hall.settle().await;
}

/// What a figure counts, and why that is not told.
fn said(figure: &Value) -> (Value, Value) {
    (figure["denominator"].clone(), figure["withheld"].clone())
}

fn shown(n: u64) -> (Value, Value) {
    (json!(n), Value::Null)
}

fn kept(why: &str) -> (Value, Value) {
    (Value::Null, json!(why))
}

/// How much was filed of each part of a split, by its code.
async fn split(hall: &Hall, query: &str) -> Vec<(String, (Value, Value))> {
    let answer = hall.api("desk", query).await;
    let parts = answer["parts"].as_array().expect("parts").iter().skip(1);
    parts
        .map(|part| {
            let code = part["part"].as_str().expect("a code").to_owned();
            (code, said(&Hall::in_part(part, "filing")))
        })
        .collect()
}

/// The cookie of a wall: it knows the community, and nobody who looks at it.
async fn wall(hall: &Hall) -> String {
    let net = hall.visit.house.net();
    let community = net.communities().next().expect("a community").id;
    let new = NewToken::Device { community };
    let token = create_token(&hall.visit.house, new, "大厅", None).await;
    let token = token.expect("a token").0;
    let opened = hall
        .visit
        .get(&format!("/cockpit/{}", token.expose()))
        .await;
    let cookie = opened.header("set-cookie").split(';').next();
    cookie.expect("a cookie").to_owned()
}

on_both_houses! {
    async fn how_many_residents_told_something_is_not_told_by_the_filter_of_their_channel(house: House) {
        let hall = Hall::of(house).await;
        told(&hall, "20110", &[(2, "grid"), (1, "department"), (1, "resident")]).await;
        assert_eq!(said(&hall.figure("desk", MICRO, "filing").await), shown(4));
        for (channel, why, words) in [("resident", "few", FEW), ("grid", "beside", BESIDE), ("department", "beside", BESIDE)] {
            let query = format!("{MICRO}&channel={channel}");
            let filing = hall.figure("desk", &query, "filing").await;
            assert_eq!((said(&filing), &filing["numerator"], &filing["percent"]), (kept(why), &Value::Null, &Value::Null), "{channel}");
            let page = hall.read("desk", &format!("/figures?{query}")).await.body;
            assert_eq!(stat(&page, "立案率"), (words.0.to_owned(), words.1.to_owned()), "{channel}");
            let sheets = Sheets::of(&hall.file("desk", &query).await);
            assert_eq!((file_number(&sheets.first, "立案率", 2), file_number(&sheets.first, "立案率", 3)), (None, None), "{channel}");
        }
        for (_, part) in split(&hall, &format!("{MICRO}&by=channel")).await {
            assert_eq!(part, kept("beside"), "four less all the others would be one");
        }
        assert_eq!(split(&hall, &format!("{TODAY}&channel=resident&by=grid")).await, [("510184999001-G01".to_owned(), kept("few"))]);
    }

    async fn a_channel_of_the_net_is_kept_back_only_as_far_as_it_covers_a_few_residents(house: House) {
        let hall = Hall::of(house).await;
        told(&hall, "20110", &[(9, "grid"), (3, "department"), (2, "resident")]).await;
        let parts = split(&hall, &format!("{MICRO}&by=channel")).await;
        let wanted = [("department", kept("beside")), ("grid", shown(9)), ("resident", kept("few"))];
        assert_eq!(parts, wanted.map(|(code, said)| (code.to_owned(), said)));
        for (channel, wanted) in [("grid", shown(9)), ("department", kept("beside"))] {
            assert_eq!(said(&hall.figure("desk", &format!("{MICRO}&channel={channel}"), "filing").await), wanted, "{channel}");
        }
        told(&hall, "20110", &[(3, "resident")]).await;
        let parts = split(&hall, &format!("{MICRO}&by=channel")).await;
        let wanted = [("department", shown(3)), ("grid", shown(9)), ("resident", shown(5))];
        assert_eq!(parts, wanted.map(|(code, said)| (code.to_owned(), said)), "five are enough, and few of the net's own always were");
    }

    async fn few_cases_of_a_category_that_concerns_persons_are_not_told_nor_is_what_is_left_of_all(house: House) {
        let hall = Hall::of(house).await;
        told(&hall, "30401", &[(2, "grid")]).await;
        told(&hall, "20110", &[(9, "grid")]).await;
        assert_eq!(said(&hall.figure("desk", MICRO, "filing").await), shown(11));
        for (code, why) in [("304", "few"), ("30401", "few"), ("201", "beside")] {
            assert_eq!(said(&hall.figure("desk", &format!("{MICRO}&category={code}"), "filing").await), kept(why), "{code}");
        }
        let parts = split(&hall, &format!("{MICRO}&by=category")).await;
        assert_eq!(parts, [("201", "beside"), ("304", "few")].map(|(code, why)| (code.to_owned(), kept(why))));
        let within = split(&hall, &format!("{TODAY}&category=304&by=grid")).await;
        assert_eq!(within, [("510184999001-G01".to_owned(), kept("few"))]);
    }

    async fn rows_of_a_few_residents_open_only_for_whoever_lists_all_of_them_anyway(house: House) {
        let hall = Hall::of(house).await;
        told(&hall, "20110", &[(1, "resident")]).await;
        let asked = async |who: &str, figure: &str| {
            let rows = hall.rows(who, &format!("figure={figure}&of=denominator&{MICRO}&channel=resident")).await;
            assert_eq!(rows.status, StatusCode::OK, "{who}: {}", rows.body);
            let rows: Value = serde_json::from_str(&rows.body).expect("JSON");
            (rows["total"].clone(), rows["counted"].clone(), rows["withheld"].clone())
        };
        for who in ["desk", "lead-01", "steward-01"] {
            assert_eq!(asked(who, "filing").await, (json!(1), json!(1), json!(false)), "{who}");
        }
        for who in ["lead-02", "steward-02"] {
            assert_eq!(asked(who, "filing").await, (json!(0), Value::Null, json!(true)), "{who}");
        }
        for (who, links) in [("desk", true), ("steward-01", true), ("lead-02", false)] {
            let page = hall.read(who, &format!("/figures?{MICRO}&channel=resident")).await.body;
            let link = "href=\"/figures/rows?figure=filing&#38;of=denominator&#38;from=2026-11-23";
            assert_eq!((page.contains(link), page.contains(&link.replace("filing", "year_on_year"))), (links, false), "{who}: {page}");
        }
        assert_eq!(asked("desk", "year_on_year").await, (json!(0), Value::Null, json!(true)), "a number of residents opens for nobody");
        let path = format!("/figures/rows?figure=filing&of=denominator&{MICRO}&channel=resident");
        let page = hall.read("lead-02", &path).await.body;
        assert!(page.contains("涉及居民太少") && !page.contains("/cases/5101"), "{page}");
    }

    async fn how_long_handling_took_is_not_told_of_what_a_few_residents_told(house: House) {
        let hall = Hall::of(house).await;
        for n in 1..=5 {
            let (number, _) = hall.tell("G01-M01", "20110", "resident").await;
            hall.step("steward-01", &number, "fix", json!({"note": "已清走", "answer": "已清走", "category": "20110"})).await;
            if n == 2 {
                hall.settle().await;
                let query = format!("{MICRO}&channel=resident");
                let all = hall.api("desk", &query).await["parts"][0].clone();
                assert_eq!((&all["handling"], &all["handling_withheld"]), (&Value::Null, &json!("few")));
                let page = hall.read("desk", &format!("/figures?{query}")).await.body;
                assert!(page.contains("<p class=\"empty\">少于 5：涉及居民太少，不公布。</p>") && !page.contains("本期没有处置完的事项"), "{page}");
                let file = Sheets::of(&hall.file("desk", &query).await).first;
                assert!(file.iter().any(|row| row[0] == "处置时长" && row[1].starts_with("少于 5")), "{file:?}");
                for (who, total, withheld) in [("steward-01", 2, false), ("lead-02", 0, true)] {
                    let rows = hall.rows(who, &format!("figure=handling_time&{query}")).await;
                    let rows: Value = serde_json::from_str(&rows.body).expect("JSON");
                    assert_eq!((&rows["total"], &rows["withheld"]), (&json!(total), &json!(withheld)), "{who}");
                }
                let whole = hall.api("desk", MICRO).await["parts"][0].clone();
                assert_eq!((&whole["handling"]["cases"], &whole["handling_withheld"]), (&json!(2), &Value::Null));
            }
        }
        hall.settle().await;
        let all = hall.api("desk", &format!("{MICRO}&channel=resident")).await["parts"][0].clone();
        assert_eq!((&all["handling"]["cases"], &all["handling_withheld"]), (&json!(5), &Value::Null));
    }

    async fn a_wall_is_told_cards_file_and_lengths_of_residents_of_whole_months_only(house: House) {
        let hall = Hall::of(house).await;
        for _ in 0..6 {
            let (number, _) = hall.tell("G01-M01", "20110", "resident").await;
            hall.step("steward-01", &number, "fix", json!({"note": "已清走", "answer": "已清走", "category": "20110"})).await;
        }
        hall.settle().await;
        let wall = wall(&hall).await;
        let headers = [("cookie", wall.as_str())];
        for (days, shown) in [("from=2026-11-01&to=2026-11-30", true), ("from=2026-11-23&to=2026-11-23", false)] {
            let query = format!("{days}&channel=resident");
            let api = hall.visit.get_with(&format!("/api/v1/figures?{query}"), &headers).await;
            let api: Value = serde_json::from_str(&api.body).expect("JSON");
            let all = &api["parts"][0];
            let why = if shown { Value::Null } else { json!("whole_months") };
            assert_eq!((all["handling"].is_null(), &all["handling_withheld"]), (!shown, &why), "{days}: {all}");
            assert_eq!(api["only_months"].is_null(), shown, "{days}: {api}");
            let page = hall.visit.get_with(&format!("/figures?{query}"), &headers).await.body;
            assert_eq!(stat(&page, "结案率").0 == "100.0%", shown, "{days}: {page}");
            assert_eq!(page.contains("不登录只按整月公布"), !shown, "{days}: {page}");
            let file = Sheets::of(&hall.visit.bytes(&format!("/figures.xlsx?{query}"), &headers).await).first;
            assert_eq!(file_number(&file, "结案率", 2), shown.then_some(6.0), "{days}: {file:?}");
            let length = file.iter().any(|row| row[0] == "处置时长" && row[1].contains("不登录只按整月公布"));
            assert_eq!(length, !shown, "{days}: {file:?}");
        }
    }

    async fn a_stranger_reads_no_small_month_out_of_the_sum_of_several(house: House) {
        let hall = Hall::of(house).await;
        for (month, n) in [(datetime!(2026-10-05 09:00 +8), 6), (datetime!(2026-11-23 09:00 +8), 2)] {
            hall.visit.house.clock.move_to(month);
            for _ in 0..n {
                hall.tell("G01-M01", "20110", "resident").await;
            }
        }
        hall.settle().await;
        let wall = wall(&hall).await;
        let headers = [("cookie", wall.as_str())];
        let few = || Some("few".to_owned());
        let months = || Some("whole_months".to_owned());
        for (days, n, why) in [
            ("from=2026-10-01&to=2026-10-31", Some(6), None),
            ("from=2026-11-01&to=2026-11-30", None, few()),
            ("from=2026-09-01&to=2026-10-31", Some(6), None),
            ("from=2026-09-01&to=2026-11-30", None, months()),
            ("from=2026-10-01&to=2026-11-30", None, months()),
        ] {
            let query = format!("{days}&channel=resident");
            let api = hall.visit.get_with(&format!("/api/v1/figures?{query}"), &headers).await.body;
            let api: Value = serde_json::from_str(&api).expect("JSON");
            let filing = Hall::in_part(&api["parts"][0], "filing");
            let told = (filing["denominator"].as_u64(), filing["withheld"].as_str().map(str::to_owned));
            assert_eq!(told, (n, why.clone()), "{days}: {filing}");
            let page = hall.visit.get_with(&format!("/figures?{query}"), &headers).await.body;
            assert_eq!(stat(&page, "立案率").1.contains("要其中每个月都能单独公布"), why == months(), "{days}: {page}");
            let file = Sheets::of(&hall.visit.bytes(&format!("/figures.xlsx?{query}"), &headers).await).first;
            assert_eq!(file_number(&file, "立案率", 3), n.map(|n| n as f64), "{days}: {file:?}");
        }
        let both = hall.figure("desk", "from=2026-10-01&to=2026-11-30&channel=resident", "filing").await;
        assert_eq!(both["denominator"], json!(8), "whoever is signed in is bound otherwise");
    }
}
