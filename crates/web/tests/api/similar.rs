//! What may be the same: offered without a word of its reporter, joined with a receipt of its own, followed to the end.

use serde_json::{Value, json};
use store::Unit;
use testkit::on_both_databases;

use crate::common::Answer;
use crate::town::{HERE, LAT, LON, THERE, Town, pair, text};

/// Some 30 m further north.
const NORTH: f64 = 30.0 / 111_320.0;

impl Town {
    async fn told_with(&self, key: &str, body: Value) -> Answer {
        self.send("/api/v1/reports", &[("idempotency-key", key)], &body)
            .await
    }

    /// Tells a problem of a category so far north of the first point: number and code.
    async fn told(&self, key: &str, metres: f64, more: &[(&str, Value)]) -> (String, String) {
        let mut body = json!({"text": "三单元王先生家门口灯坏了", "category": "20110",
                              "location": {"lon": LON, "lat": LAT + NORTH * metres / 30.0}});
        for (field, value) in more {
            body[*field] = value.clone();
        }
        let told = self.told_with(key, body).await;
        assert_eq!(told.status, 201, "{}", told.body);
        (text(&told.json()["number"]), text(&told.json()["code"]))
    }

    async fn similar(&self, query: &str) -> Vec<Value> {
        let found = self.get(&format!("/api/v1/similar?{query}")).await;
        assert_eq!(found.status, 200, "{}", found.body);
        found.json()["items"].as_array().expect("items").clone()
    }

    /// A case, one that two told and that was merged into it, and the telling that had joined that one: number and code of each.
    async fn joined_and_merged(&self) -> [(String, String); 3] {
        let goes_on = self.told("1", 0.0, &[]).await;
        let first = self.told("2", 3.0, &[]).await;
        let same = self.similar(&near(3.0, "20110")).await[0]["same"].clone();
        let more = [("same", same), ("text", json!("我家楼道也黑"))];
        let other = self.told("3", 3.0, &more).await;
        assert_eq!(self.case(&first.0).await["reports"], json!(2));
        let merge = json!({"into": goes_on.0, "reason": "同一盏灯"});
        let merged = self.step("desk", &first.0, 2, "merge", merge).await;
        assert_eq!(merged.status, 200, "{}", merged.body);
        [goes_on, first, other]
    }

    async fn progress(&self, number: &str, code: &str) -> Answer {
        self.get_with(
            &format!("/api/v1/reports/{number}"),
            &[("receipt-code", code)],
        )
        .await
    }

    async fn case(&self, number: &str) -> Value {
        self.read("desk", &format!("/api/v1/cases/{number}"))
            .await
            .json()
    }
}

fn near(metres: f64, category: &str) -> String {
    format!(
        "lon={LON}&lat={}&category={category}",
        LAT + NORTH * metres / 30.0
    )
}

on_both_databases! {
    async fn an_open_case_nearby_is_offered_in_words_that_say_nothing_of_its_reporter(database: Database) {
        let town = Town::on(database).await;
        let (number, _) = town.told("1", 0.0, &[]).await;
        let offered = town.similar(&near(28.0, "20120")).await;
        assert_eq!(offered.len(), 1);
        let mut said = offered[0].clone();
        said["same"].take();
        assert_eq!(said, json!({"same": null, "category": {"code": "20110", "name": "示例小类20110"}, "since": "2026-11-23", "state": "reported",
                                "grid": {"code": format!("{HERE}-G01-M01"), "name": "示例网格-G01-M01", "level": "micro"}, "metres": 30}));
        let ticket = text(&offered[0]["same"]);
        let short = number.rsplit('-').next().expect("a running number");
        assert!(!ticket.contains(&number) && !ticket.contains(&format!("-{short}")), "{ticket}");
        assert!(town.similar(&near(90.0, "20110")).await.is_empty(), "too far");
        town.step("desk", &number, 1, "file", json!({"category": "20110"})).await;
        town.step("desk", &number, 2, "void", json!({"reason": "误报"})).await;
        assert!(town.similar(&near(0.0, "20110")).await.is_empty(), "it is over");
    }

    async fn the_same_building_is_near_where_nobody_gave_a_point(database: Database) {
        let town = Town::on(database).await;
        let grid = format!("{HERE}-G01-M01");
        let body = json!({"text": "灯坏了", "grid": grid, "place_note": "3栋2单元楼下", "category": "20110"});
        assert_eq!(town.told_with("1", body).await.status, 201);
        let query = |grid: &str, note: &str| format!("grid={grid}&place_note={note}&category=20110");
        let offered = town.similar(&query(&grid, "%E4%B8%89%E5%B9%A2")).await;
        assert_eq!((offered.len(), &offered[0]["metres"]), (1, &json!(null)));
        assert!(town.similar(&query(&grid, "4%E6%A0%8B")).await.is_empty());
        assert!(town.similar(&query(&format!("{HERE}-G01-M02"), "3%E6%A0%8B")).await.is_empty());
    }

    async fn what_concerns_persons_is_never_offered_and_the_community_says_what_that_is(database: Database) {
        let town = Town::on(database).await;
        town.told("1", 0.0, &[]).await;
        let community = town.house.net().community(HERE).expect("a community").id;
        let settings = r#"{"duplicate": {"hidden": ["201"]}}"#;
        let kept = town.house.store.unit::<_, store::Error, _>(community, async move |unit: &Unit| unit.save_settings(settings).await);
        kept.await.expect("kept");
        town.house.refresh_net().await.expect("the net");
        assert!(town.similar(&near(0.0, "20110")).await.is_empty());
    }

    async fn me_too_joins_the_running_case_with_a_receipt_of_its_own(database: Database) {
        let town = Town::on(database).await;
        let (first, first_code) = town.told("1", 0.0, &[]).await;
        let same = town.similar(&near(0.0, "20110")).await[0]["same"].clone();
        let more = [("same", same.clone()), ("text", json!("我家也黑")), ("contact", json!({"phone": "10012345678"}))];
        let (second, code) = town.told("2", 10.0, &more).await;
        assert_ne!(first, second);
        assert_eq!(town.told("2", 10.0, &more).await, (second.clone(), code.clone()), "sent twice, told once");
        assert_eq!((town.case(&first).await["reports"].clone(), town.case(&second).await["number"].clone()), (json!(2), json!(first)), "either number leads to it");
        let tellings = town.case(&first).await["tellings"].clone();
        let told: Vec<_> = tellings.as_array().expect("tellings").iter().map(|one| (text(&one["number"]), text(&one["text"]))).collect();
        assert_eq!(told, [(first.clone(), "三单元王先生家门口灯坏了".to_owned()), (second.clone(), "我家也黑".to_owned())]);
        assert_eq!((&tellings[1]["channel"], &tellings[1]["received_at"]), (&json!("resident"), &json!("2026-11-23T09:00:00+08:00")));
        assert!(!tellings.to_string().contains("10012345678"), "{tellings}");
        town.settle().await;
        let list = town.read("desk", "/api/v1/cases").await.json();
        assert_eq!(list["total"], 1, "it counts once");
        // both hear what happens, neither hears of the other
        town.step("desk", &first, 2, "file", json!({"category": "20110"})).await;
        town.step("desk", &first, 3, "dispatch", json!({"to": "steward-01"})).await;
        town.step("steward-01", &first, 4, "accept", json!({})).await;
        town.step("steward-01", &first, 5, "ask", json!({"question": "王先生家是几楼？"})).await;
        let theirs = town.progress(&second, &code).await;
        assert_eq!((&theirs.json()["state"], &theirs.json()["text"]), (&json!("accepted"), &json!("我家也黑")));
        assert!(!theirs.body.contains("王先生"), "{}", theirs.body);
        assert!(!town.progress(&first, &first_code).await.body.contains("我家也黑"));
        assert!(town.progress(&first, &first_code).await.body.contains("几楼"));
        // the receipt says that it goes along, and not what is begun anew
        for (number, code, joined) in [(&first, &first_code, false), (&second, &code, true)] {
            let cookie = town.opens(number, code).await;
            let headers = [("cookie", cookie.as_str()), ("accept-language", "zh-CN")];
            let receipt = town.get_with(&format!("/receipt/{number}"), &headers).await.body;
            assert_eq!(receipt.contains("您报的并到一起"), joined, "{receipt}");
            assert_eq!(receipt.contains("需要时会到现场核实"), !joined, "{receipt}");
        }
        for command in ["answer", "withdraw"] {
            let headers = [("receipt-code", code.as_str()), ("if-match", "\"6\"")];
            let body = if command == "answer" { json!({"answer": "五楼"}) } else { json!({}) };
            let refused = town.send(&format!("/api/v1/cases/{second}/{command}"), &headers, &body).await;
            assert_eq!(refused.status, 403, "{command}");
        }
    }

    async fn one_who_told_the_same_and_meant_a_worker_becomes_a_complaint_alone_and_the_case_goes_on(database: Database) {
        let town = Town::on(database).await;
        let (first, first_code) = town.told("1", 0.0, &[]).await;
        let same = town.similar(&near(0.0, "20110")).await[0]["same"].clone();
        let more = [("same", same), ("text", json!("我家也黑，来的人还摔门")), ("contact", json!({"phone": "10012345678"}))];
        let (second, code) = town.told("2", 10.0, &more).await;
        for (report, status) in [(json!("510184999001-20261123-9999"), 404), (json!("x"), 404), (json!(second), 200)] {
            let turned = town.step("desk", &first, 2, "complaint", json!({"report": report})).await;
            assert_eq!(turned.status, status, "{report}: {}", turned.body);
        }
        let case = town.read("desk", &format!("/api/v1/cases/{first}?with=trail")).await;
        assert_eq!((&case.json()["state"], &case.json()["reports"]), (&json!("reported"), &json!(1)), "{}", case.body);
        assert!(!case.body.contains("摔门") && !case.body.contains(&second), "{}", case.body);
        town.step("desk", &first, 3, "file", json!({"category": "20110"})).await;
        assert_eq!(town.progress(&first, &first_code).await.json()["state"], "filed");
        let theirs = town.progress(&second, &code).await;
        assert_eq!((&theirs.json()["state"], &theirs.json()["text"]), (&json!("received"), &json!("我家也黑，来的人还摔门")));
        let again = town.step("desk", &first, 4, "complaint", json!({"report": second})).await;
        assert_eq!(again.status, 404, "once: {}", again.body);
    }

    async fn a_case_that_ended_meanwhile_takes_nobody_up_and_nothing_is_lost(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = town.told("1", 0.0, &[]).await;
        let same = town.similar(&near(0.0, "20110")).await[0]["same"].clone();
        town.step("desk", &first, 1, "file", json!({"category": "20110"})).await;
        town.step("desk", &first, 2, "void", json!({"reason": "误报"})).await;
        let (second, _) = town.told("2", 0.0, &[("same", same)]).await;
        assert_eq!(town.case(&second).await["state"], "reported");
    }

    async fn me_too_of_a_case_that_was_merged_meanwhile_joins_the_one_that_goes_on(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = town.told("1", 0.0, &[]).await;
        let same = town.similar(&near(0.0, "20110")).await[0]["same"].clone();
        let (head, _) = town.told("2", 10.0, &[]).await;
        let merge = json!({"into": head, "reason": "同一盏灯"});
        assert_eq!(town.step("desk", &first, 1, "merge", merge).await.status, 200);
        let (third, _) = town.told("3", 0.0, &[("same", same)]).await;
        let case = town.case(&third).await;
        assert_eq!((&case["number"], &case["reports"]), (&json!(head), &json!(3)), "{case}");
    }

    async fn me_too_from_another_place_is_no_telling_of_that_case(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = town.told("1", 0.0, &[]).await;
        let same = town.similar(&near(0.0, "20110")).await[0]["same"].clone();
        let elsewhere = json!({"text": "我家也黑", "category": "20110", "grid": format!("{HERE}-G02-M03"), "same": same});
        let refused = town.told_with("2", elsewhere).await;
        assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair("same", "same-unknown")), "{}", refused.body);
        assert_eq!(town.case(&first).await["reports"], json!(1), "nobody there reads words about another place");
        let around = json!({"text": "我家也黑", "category": "20110", "grid": format!("{HERE}-G01"), "same": same});
        assert_eq!(town.told_with("3", around).await.status, 201, "the grid around it is no other place");
        assert_eq!(town.case(&first).await["reports"], json!(2));
    }

    async fn a_case_is_found_by_every_place_that_was_told_of_it_or_of_what_was_merged_into_it(database: Database) {
        let town = Town::on(database).await;
        let grid = format!("{HERE}-G01-M01");
        let tell = async |key: &str, note: &str, same: Option<Value>| {
            let mut body = json!({"text": "灯坏了", "grid": grid, "place_note": note, "category": "20110"});
            body["same"] = same.unwrap_or(Value::Null);
            let told = town.told_with(key, body).await;
            assert_eq!(told.status, 201, "{}", told.body);
            text(&told.json()["number"])
        };
        let seek = async |building: &str| town.similar(&format!("grid={grid}&place_note={building}%E6%A0%8B&category=20110")).await;
        let goes_on = tell("1", "大门口", None).await;
        let merged = tell("2", "9栋", None).await;
        let why = json!({"into": goes_on, "reason": "同一盏灯"});
        assert_eq!(town.step("desk", &merged, 1, "merge", why).await.status, 200);
        let found = seek("9").await;
        assert_eq!(found.len(), 1, "where the merged one was told to be");
        tell("3", "7栋", Some(found[0]["same"].clone())).await;
        assert_eq!(town.case(&goes_on).await["reports"], json!(3));
        assert_eq!(seek("7").await.len(), 1, "where whoever joined it says that it is");
        assert_eq!(seek("5").await.len(), 0);
        let again = tell("4", "9栋", None).await;
        let page = town.read("desk", &format!("/cases/{again}")).await.body;
        assert!(page.contains(&goes_on), "staff are offered it, too: {page}");
    }

    async fn many_cases_that_took_others_up_are_each_found_by_the_places_of_those(database: Database) {
        let town = Town::on(database).await;
        let grid = format!("{HERE}-G01-M01");
        let tell = async |key: String, note: String| {
            let body = json!({"text": "灯坏了", "grid": grid, "place_note": note, "category": "20110"});
            text(&town.told_with(&key, body).await.json()["number"])
        };
        let merge = async |one: &str, into: &str, version: i64| {
            let why = json!({"into": into, "reason": "同一盏灯"});
            assert_eq!(town.step("desk", one, version, "merge", why).await.status, 200);
        };
        for n in 1..=9 {
            let head = tell(format!("h{n}"), "大门口".into()).await;
            let merged = tell(format!("m{n}"), format!("{n}栋")).await;
            if n == 9 {
                let deeper = tell("deeper".into(), "10栋".into()).await;
                merge(&deeper, &merged, 1).await;
            }
            merge(&merged, &head, if n == 9 { 2 } else { 1 }).await;
        }
        for n in 1..=10 {
            let found = town.similar(&format!("grid={grid}&place_note={n}%E6%A0%8B&category=20110")).await;
            assert_eq!(found.len(), 1, "{n}: however deep");
        }
    }

    async fn what_is_offered_by_the_place_of_a_merged_case_in_another_grid_is_joined_from_there(database: Database) {
        let town = Town::on(database).await;
        let tell = async |key: &str, grid: &str, note: &str, same: Value| {
            let grid = format!("{HERE}-{grid}");
            let body = json!({"text": "灯坏了", "grid": grid, "place_note": note, "category": "20110", "same": same});
            town.told_with(key, body).await
        };
        let number = |told: Answer| text(&told.json()["number"]);
        let goes_on = number(tell("1", "G01-M01", "大门口", Value::Null).await);
        let merged = number(tell("2", "G01-M02", "9栋", Value::Null).await);
        let why = json!({"into": goes_on, "reason": "同一条线路"});
        assert_eq!(town.step("desk", &merged, 1, "merge", why).await.status, 200);
        let there = format!("grid={HERE}-G01-M02&place_note=9%E6%A0%8B&category=20110");
        let same = town.similar(&there).await[0]["same"].clone();
        let joined = tell("3", "G01-M02", "9栋", same.clone()).await;
        assert_eq!(joined.status, 201, "what is offered can be chosen: {}", joined.body);
        assert_eq!(town.case(&goes_on).await["reports"], json!(3));
        let refused = tell("4", "G02-M03", "9栋", same).await;
        assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair("same", "same-unknown")), "nobody told it there");
    }

    async fn only_what_was_offered_here_and_lately_can_be_joined(database: Database) {
        let town = Town::on(database).await;
        town.told("1", 0.0, &[]).await;
        let same = text(&town.similar(&near(0.0, "20110")).await[0]["same"]);
        let body = |same: &str, north: f64| json!({"text": "x", "same": same, "location": {"lon": LON, "lat": LAT + north}});
        let wrong = pair("same", "same-unknown");
        for forged in ["", "same~1~x~1~y", &same.replace("same~", "sama~"), &same[1..]] {
            let refused = town.told_with("f", body(forged, 0.0)).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, wrong.clone()), "{forged}");
        }
        assert!(town.house.net().community(THERE).is_some());
        assert_eq!(town.told_with("t", body(&same, 1.0)).await.fault(), wrong, "another community");
        town.house.clock.move_to(town.house.clock.now() + time::Duration::hours(25));
        assert_eq!(town.told_with("l", body(&same, 0.0)).await.fault(), wrong, "too late");
    }

    async fn the_reporter_of_a_merged_case_follows_the_one_that_goes_on(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = town.told("1", 0.0, &[]).await;
        let (second, code) = town.told("2", 0.0, &[]).await;
        town.step("desk", &first, 1, "file", json!({"category": "20110"})).await;
        let why = json!({"into": first, "reason": "同一盏灯，王先生也报过"});
        assert_eq!(town.step("desk", &second, 1, "merge", why).await.status, 200);
        town.step("desk", &first, 3, "dispatch", json!({"to": "steward-01"})).await;
        let theirs = town.progress(&second, &code).await;
        let on = &theirs.json()["goes_on"];
        assert_eq!((&theirs.json()["state"], &on["state"], &on["step"]), (&json!("merged"), &json!("dispatched"), &json!(3)));
        let deeds: Vec<String> = on["trail"].as_array().expect("a trail").iter().map(|step| text(&step["deed"])).collect();
        assert_eq!(deeds, ["dispatched"], "that it was merged is told already");
        assert!(!theirs.body.contains("王先生也报过"), "{}", theirs.body);
    }

    async fn what_is_asked_wrongly_is_said_by_its_field(database: Database) {
        let town = Town::on(database).await;
        for (query, fault) in [
            ("lon=1&lat=1", pair("category", "field-missing")),
            ("category=20110", pair("lon", "field-missing")),
            ("category=99999&grid=NOWHERE", pair("grid", "grid-unknown")),
            ("category=99999&lon=103.605&lat=30.605", pair("category", "category-unknown")),
            ("category=20110&lon=181&lat=0", pair("lon", "location-impossible")),
        ] {
            let refused = town.get(&format!("/api/v1/similar?{query}")).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault), "{query}");
        }
    }

    async fn two_files_of_one_problem_become_one_and_go_apart_again_when_a_reporter_says_so(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = town.told("1", 0.0, &[]).await;
        let (second, code) = town.told("2", 3.0, &[]).await;
        for number in [&first, &second] {
            town.step("desk", number, 1, "file", json!({"category": "20110"})).await;
            town.step("desk", number, 2, "dispatch", json!({"to": "steward-01"})).await;
        }
        let merge = json!({"into": first, "reason": "同一盏灯"});
        let merged = town.step("desk", &second, 3, "merge", merge).await;
        assert_eq!((merged.status.as_u16(), &merged.json()["state"]), (200, &json!("merged")));
        assert_eq!(town.case(&first).await["reports"], json!(2));
        let seen = town.progress(&second, &code).await;
        assert!(seen.body.contains("merged"), "{}", seen.body);

        let version = town.case(&second).await["version"].as_i64().expect("a version");
        let seen = format!("\"{version}\"");
        let headers = [("receipt-code", code.as_str()), ("if-match", &seen)];
        let apart = json!({"reason": "不是同一盏，我这盏在车库"});
        let reopened = town.send(&format!("/api/v1/cases/{second}/reopen"), &headers, &apart).await;
        assert_eq!(reopened.status, 200, "{}", reopened.body);
        assert_eq!(town.case(&second).await["state"], "reported");
        let main = town.read("desk", &format!("/api/v1/cases/{first}?with=trail")).await.json();
        assert_eq!(main["reports"], json!(1), "its telling counts for itself again");
        let trail = main["trail"].as_array().expect("a trail");
        assert_eq!(trail.last().expect("an entry")["deed"], "detached");
    }

    async fn one_of_several_who_says_that_it_is_another_matter_leaves_the_merge_alone(database: Database) {
        let town = Town::on(database).await;
        let [(goes_on, _), (first, own), (other, code)] = town.joined_and_merged().await;
        assert_eq!(town.case(&goes_on).await["reports"], json!(3));
        town.house.clock.move_to(town.house.clock.now() + time::Duration::minutes(13));
        let version = town.progress(&other, &code).await.json()["version"].to_string();
        let headers = [("receipt-code", code.as_str()), ("if-match", &format!("\"{version}\""))];
        let apart = json!({"reason": "不是同一盏，我说的在楼道"});
        let apart = town.send(&format!("/api/v1/cases/{other}/reopen"), &headers, &apart).await;
        assert_eq!((apart.status.as_u16(), &apart.json()["state"]), (200, &json!("reported")), "{}", apart.body);
        let alone = town.case(&other).await;
        assert_eq!((&alone["number"], &alone["state"], &alone["reports"]), (&json!(other), &json!("reported"), &json!(1)));
        assert_eq!(alone["tellings"][0]["text"], json!("我家楼道也黑"));
        assert_eq!((town.case(&first).await["state"].clone(), town.case(&first).await["reports"].clone()), (json!("merged"), json!(1)), "the merge of the others stands");
        assert_eq!(town.case(&goes_on).await["reports"], json!(2));
        assert!(!town.progress(&first, &own).await.body.contains("separated"), "who said nothing reads of nothing");
        let page = town.progress_page(&other, &code).await;
        assert!(!page.contains("已定为普通报事"), "it was taken for no complaint: {page}");
    }

    async fn what_turns_out_to_be_another_matter_days_later_is_not_late_when_it_begins(database: Database) {
        let town = Town::on(database).await;
        let [_, _, (other, code)] = town.joined_and_merged().await;
        town.house.clock.move_to(town.house.clock.now() + time::Duration::days(2));
        let version = town.progress(&other, &code).await.json()["version"].to_string();
        let headers = [("receipt-code", code.as_str()), ("if-match", &format!("\"{version}\""))];
        let apart = town.send(&format!("/api/v1/cases/{other}/reopen"), &headers, &json!({"reason": "在楼道"})).await;
        assert_eq!(apart.status, 200, "{}", apart.body);
        let shown = town.progress(&other, &code).await.json();
        assert_eq!((&shown["state"], &shown["late"]), (&json!("reported"), &json!(false)), "{shown}");
    }

    async fn that_it_is_another_matter_leads_to_the_report_however_often_it_is_pressed(database: Database) {
        let town = Town::on(database).await;
        let [_, _, (other, code)] = town.joined_and_merged().await;
        let cookie = town.opens(&other, &code).await;
        let seen = town.progress(&other, &code).await.json()["version"].to_string();
        let (path, headers) = (format!("/progress/{other}/reopen"), [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")]);
        let press = async |words: &str| town.post_with(&path, &[("version", seen.as_str()), ("words", words)], &headers).await;
        // its version grows, until it is that of the case which it left
        for (version, step, body) in [(1, "file", json!({"category": "20110"})), (2, "dispatch", json!({"to": "steward-01"})), (3, "", json!({}))] {
            let sent = press("不是同一盏，我说的在楼道").await;
            assert_eq!((sent.status.as_u16(), sent.header("location")), (303, format!("/progress/{other}").as_str()), "{version}: {}", sent.body);
            if !step.is_empty() {
                let taken = town.step("desk", &other, version, step, body).await;
                assert_eq!(taken.status, 200, "{}", taken.body);
            }
        }
        let case = town.case(&other).await;
        assert_eq!((&case["version"], &case["reports"]), (&json!(3), &json!(1)), "taken once");
        assert!(press("别的话").await.status.is_client_error(), "other words come too late");
    }

    async fn whoever_joined_a_case_reads_their_own_story_and_no_other(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = town.told("1", 0.0, &[]).await;
        town.step("desk", &first, 1, "file", json!({"category": "20110"})).await;
        let same = town.similar(&near(0.0, "20110")).await[0]["same"].clone();
        town.house.clock.move_to(town.house.clock.now() + time::Duration::minutes(30));
        let (second, code) = town.told("2", 10.0, &[("same", same), ("text", json!("我家也黑"))]).await;
        let deeds = async || {
            let theirs = town.progress(&second, &code).await.json();
            let trail = theirs["trail"].as_array().expect("a trail").iter();
            trail.map(|step| text(&step["deed"])).collect::<Vec<_>>()
        };
        assert_eq!(deeds().await, ["joined"], "what was before is the first one's story");
        let page = async || town.progress_page(&second, &code).await;
        let runs = page().await;
        let lines: Vec<&str> = runs.split("timeline__what\">").skip(1).filter_map(|rest| rest.split("</time>").next()).collect();
        assert!(lines[0].starts_with("已收到上报") && lines[0].contains("09:30"), "{lines:?}");
        assert!(lines[1].starts_with("已加进已有的同一件事"), "{lines:?}");
        assert!(runs.contains("还在等人接手") && !runs.contains("这件事正在办"), "nobody has taken it: {runs}");
        assert!(!runs.contains("又有人报了同一件事"), "{runs}");
        town.step("desk", &first, 3, "void", json!({"reason": "误报"})).await;
        assert_eq!(deeds().await, ["joined", "voided"]);
        let over = page().await;
        assert!(!over.contains("这件事正在办") && over.contains("您的报事加进了已有的同一件事"), "{over}");
    }

    async fn whoever_joins_a_case_is_promised_what_is_due_there_and_not_what_a_new_one_would_be(database: Database) {
        let town = Town::on(database).await;
        let (first, _) = town.told("1", 0.0, &[]).await;
        let clock = async |name: &str| {
            let case = town.case(&first).await;
            let clocks = case["clocks"].as_array().expect("clocks").iter();
            clocks.clone().find(|clock| clock["name"] == name).map(|clock| clock["due_at"].clone())
        };
        let joins = async |key: &str| {
            let same = town.similar(&near(0.0, "20110")).await[0]["same"].clone();
            let body = json!({"text": "我家也黑", "category": "20110", "same": same, "location": {"lon": LON, "lat": LAT}});
            let told = town.told_with(key, body.clone()).await;
            assert_eq!(told.status, 201, "{}", told.body);
            let (told, again) = (told.json(), town.told_with(key, body).await.json());
            assert_eq!(told, again, "sent twice, told once");
            told
        };
        let slip = async |told: &Value| {
            let number = text(&told["number"]);
            let cookie = town.opens(&number, &text(&told["code"])).await;
            town.get_with(&format!("/receipt/{number}"), &[("cookie", cookie.as_str()), ("accept-language", "zh-CN")]).await.body
        };
        let stamp = |at: &Value| text(at).replacen(":00+08:00", "+08:00", 1);
        town.house.clock.move_to(town.house.clock.now() + time::Duration::minutes(10));
        let unheard = joins("2").await;
        assert_eq!(Some(&unheard["answer_by"]), clock("contact").await.as_ref(), "as the first one: {unheard}");
        assert!(slip(&unheard).await.contains("最迟答复时间"));
        for (version, who, command, body) in [
            (2, "desk", "file", json!({"category": "20110"})),
            (3, "desk", "dispatch", json!({"to": "steward-01"})),
            (4, "steward-01", "accept", json!({})),
            (5, "steward-01", "tell", json!({"note": "明早换灯"})),
        ] {
            let done = town.step(who, &first, version, command, body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
        }
        let later = joins("3").await;
        let next = town.progress(&text(&later["number"]), &text(&later["code"])).await.json()["next_date"].clone();
        assert_eq!((&later["answer_by"], Some(&next)), (&next, clock("handle").await.as_ref()), "somebody was spoken with: {later}");
        let shown = slip(&later).await;
        assert!(!shown.contains("最迟答复时间") && shown.contains("最迟办结时间") && shown.contains(&stamp(&next)), "{shown}");
        town.house.clock.move_to(town.house.clock.now() + time::Duration::days(10));
        let late = joins("4").await;
        assert_eq!(late["answer_by"], Value::Null, "nothing is promised that is past: {late}");
        assert!(!slip(&late).await.contains("最迟"), "nor shown");
    }
}
