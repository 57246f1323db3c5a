//! Sheets of paper notes through the API: begun, filled, checked, changed, sent with one key, answered for.

use axum::body::Body;
use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::books;
use crate::common::Answer;
use crate::town::{HERE, Town, pair, text};

const CSV: &str = "text/csv";

/// Sends JSON as somebody.
async fn post(town: &Town, who: &str, path: &str, more: &[(&str, &str)], body: &Value) -> Answer {
    let bearer = town.bearer(who);
    let headers = [&[("authorization", bearer.as_str())][..], more].concat();
    town.send(path, &headers, body).await
}

/// Begins a sheet and gives its address.
async fn begin(town: &Town, who: &str, title: &str) -> String {
    let begun = post(town, who, "/api/v1/sheets", &[], &json!({"title": title})).await;
    assert_eq!(begun.status, 201, "{}", begun.body);
    let here = format!("/api/v1/sheets/{}", text(&begun.json()["id"]));
    assert_eq!(begun.header("location"), here);
    here
}

/// Adds rows under a key.
async fn add(town: &Town, who: &str, sheet: &str, key: &str, body: &Value) -> Answer {
    let key = [("idempotency-key", key)];
    post(town, who, &format!("{sheet}/rows"), &key, body).await
}

/// Adds the rows of a file under a key.
async fn upload(town: &Town, sheet: &str, key: &str, kind: &str, file: &[u8]) -> Answer {
    let bearer = town.bearer("desk");
    let headers = [
        ("authorization", bearer.as_str()),
        ("accept-language", "en"),
        ("idempotency-key", key),
        ("content-type", kind),
    ];
    let path = format!("{sheet}/rows");
    town.ask("POST", &path, &headers, Body::from(file.to_vec()))
        .await
}

/// Writes a row anew as somebody who saw this version.
async fn change(town: &Town, who: &str, row: &str, seen: i64, body: &Value) -> Answer {
    let seen = format!("\"{seen}\"");
    post(town, who, row, &[("if-match", &seen)], body).await
}

async fn look(town: &Town, sheet: &str) -> Value {
    let looked = town.read("desk", sheet).await;
    assert_eq!(looked.status, 200, "{}", looked.body);
    looked.json()
}

/// Field and code of everything that is wrong with a row, sorted.
fn faults(row: &Value) -> Vec<(String, String)> {
    let all = row["faults"].as_array().expect("faults").iter();
    let mut all: Vec<_> = all
        .map(|one| (text(&one["field"]), text(&one["code"])))
        .collect();
    all.sort();
    all
}

/// A form with one part of this name.
fn form(name: &str, file: &[u8]) -> Vec<u8> {
    let head = format!(
        "--x\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"notes.csv\"\r\n\r\n"
    );
    [head.as_bytes(), file, b"\r\n--x--\r\n"].concat()
}

on_both_databases! {
    async fn notes_are_checked_by_their_columns_changed_and_sent_with_one_key_that_does_nothing_twice(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "四月来件").await;
        let pasted = "G01-M01 3 号楼\t楼下暴露垃圾\t李示例\t10012345678\t20110\nG02-M03\t半夜有人唱歌\nG09-M09\t\t\t12\t没有这一类";
        let added = add(&town, "desk", &sheet, "a", &json!({"text": pasted})).await;
        assert_eq!((added.status.as_u16(), added.json()), (201, json!({"added": 3, "warnings": []})));

        let looked = town.read("desk", &sheet).await;
        assert!(!looked.body.contains("10012345678") && !looked.body.contains("李示例"), "{}", looked.body);
        let looked = looked.json();
        assert_eq!(looked["totals"], json!({"good": 2, "faulty": 1, "sent": 0}));
        let (first, third) = (&looked["rows"][0], &looked["rows"][2]);
        assert_eq!((&first["good"], &first["grid"]["code"]), (&json!(true), &json!(format!("{HERE}-G01-M01"))));
        assert_eq!((&first["meant"]["code"], &first["to"]["name"]), (&json!("20110"), &json!("示例steward-01")));
        assert_eq!(first["contact"]["phone"], "100****5678");
        assert_eq!(faults(third), [
            pair("category", "category-unknown"),
            pair("phone", "phone-malformed"),
            pair("place", "grid-unknown"),
            pair("words", "text-missing"),
        ]);
        let bearer = town.bearer("desk");
        for (language, words) in [("zh-CN", "请"), ("en", "Please")] {
            let headers = [("authorization", bearer.as_str()), ("accept-language", language)];
            let told = town.get_with(&sheet, &headers).await.json();
            let fault = told["rows"][2]["faults"].as_array().expect("faults").iter().find(|one| one["field"] == "words");
            let message = text(&fault.expect("the fault")["message"]);
            assert!(message.contains(words), "{language}: {message}");
        }

        let row = format!("{sheet}/rows/3");
        let typed = town.read("desk", &row).await;
        assert_eq!((typed.header("etag"), &typed.json()["place"]), ("\"1\"", &json!("G09-M09")));
        let better = json!({"place": "103.605,30.605", "words": "井盖松动", "category": "", "forget": true});
        let changed = change(&town, "desk", &row, 1, &better).await;
        assert_eq!((changed.status.as_u16(), changed.header("etag")), (200, "\"2\""), "{}", changed.body);
        let changed = changed.json();
        assert_eq!((&changed["good"], &changed["contact"], faults(&changed)), (&json!(true), &json!(null), Vec::new()));

        let send = format!("{sheet}/send");
        let sent = post(&town, "desk", &send, &[], &json!({})).await;
        assert_eq!(sent.status, 200, "{}", sent.body);
        let sent = sent.json();
        assert_eq!((&sent["sent"], &sent["faulty"], &sent["passed_over"]), (&json!(3), &json!(0), &json!(0)));
        assert_eq!(sent["waiting"], 2, "two have no category");
        let again = post(&town, "desk", &send, &[], &json!({})).await.json();
        assert_eq!((&again["sent"], &again["rows"]), (&json!(0), &sent["rows"]));
        town.settle().await;
        assert_eq!(town.read("desk", "/api/v1/cases").await.json()["total"], 3);

        let number = text(&sent["rows"][0]["number"]);
        let case = town.read("desk", &format!("/api/v1/cases/{number}")).await.json();
        assert_eq!((&case["state"], &case["channel"]), (&json!("dispatched"), &json!("desk")), "a known category goes on by itself");
        let looked = look(&town, &sheet).await;
        assert_eq!(looked["rows"][0]["number"], json!(number));
        assert_eq!(looked["totals"], json!({"good": 0, "faulty": 0, "sent": 3}));
    }

    async fn a_sent_row_says_whom_its_case_lies_with_and_the_masked_contact_as_the_page_does(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "").await;
        let rows = json!({"rows": [
            {"place": "G01-M01", "words": "路灯不亮", "name": "李示例", "phone": "10012345678", "category": "20110"},
            {"place": "G01-M02", "words": "井盖响"},
        ]});
        add(&town, "desk", &sheet, "a", &rows).await;
        let sent = post(&town, "desk", &format!("{sheet}/send"), &[], &json!({})).await.json();
        let masked = json!({"name": "李**", "phone": "100****5678"});
        let whole = town.read("desk", &sheet).await;
        assert!(!whole.body.contains("10012345678") && !whole.body.contains("李示例"), "{}", whole.body);
        let row = format!("{sheet}/rows/1");
        for one in [whole.json()["rows"][0].clone(), town.read("desk", &row).await.json()] {
            assert_eq!((&one["to"]["name"], &one["contact"]), (&json!("示例steward-01"), &masked), "{one}");
        }
        assert_eq!(whole.json()["rows"][1]["contact"], Value::Null, "nobody left one");
        let page = town.read("desk", &sheet.replace("/api/v1", "")).await.body;
        assert!(page.contains("示例steward-01") && page.contains("李** 100****5678"), "{page}");
        let seen = town.read("desk", &row).await;
        let number = text(&sent["rows"][0]["number"]);
        for (command, body) in [("accept", json!({})), ("hand_over", json!({"to": "worker-01", "note": "家里有事"}))] {
            let case = town.read("steward-01", &format!("/api/v1/cases/{number}")).await.json();
            let at = case["version"].as_i64().expect("a version");
            let done = town.step("steward-01", &number, at, command, body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
        }
        let bearer = town.bearer("desk");
        let headers = [("authorization", bearer.as_str()), ("if-none-match", seen.header("etag"))];
        let now = town.get_with(&row, &headers).await;
        assert_eq!((now.status.as_u16(), &now.json()["to"]["name"]), (200, &json!("示例worker-01")), "the row is as it was, the case went on");
    }

    async fn whoever_sent_a_note_has_its_receipt_to_hand_out(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "走访记录").await;
        let rows = json!({"rows": [{"place": "G01-M01", "words": "路灯不亮"}, {"place": "G01-M02", "words": "井盖响"}]});
        assert_eq!(add(&town, "desk", &sheet, "a", &rows).await.status, 201);
        post(&town, "desk", &format!("{sheet}/send"), &[], &json!({})).await;
        let own = town.read("desk", &format!("{sheet}/receipts")).await.json();
        assert_eq!((own["receipts"].as_array().map(Vec::len), &own["others"]), (Some(2), &json!(0)));
        let slip = &own["receipts"][0];
        let code = text(&slip["code"]);
        let path = format!("/api/v1/reports/{}", text(&slip["number"]));
        let told = town.get_with(&path, &[("receipt-code", &code)]).await;
        assert_eq!((told.status.as_u16(), &told.json()["text"]), (200, &json!("路灯不亮")));
        let others = town.read("chief", &format!("{sheet}/receipts")).await.json();
        assert_eq!(others, json!({"receipts": [], "others": 2}));
    }

    async fn whoever_is_late_with_a_row_hears_who_was_faster_and_with_what(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "").await;
        let rows = json!({"rows": [{"place": "G01-M01", "words": "路灯不亮", "name": "李示例", "phone": "10012345678"}]});
        add(&town, "desk", &sheet, "a", &rows).await;
        let row = format!("{sheet}/rows/1");
        let by_chief = change(&town, "chief", &row, 1, &json!({"place": "G01-M02", "words": "路灯全灭"})).await;
        assert_eq!(by_chief.status, 200, "{}", by_chief.body);
        assert_eq!(by_chief.json()["contact"]["phone"], "100****5678", "a contact that was not said again stays");
        let late = change(&town, "desk", &row, 1, &json!({"place": "G01-M01", "words": "路灯闪烁"})).await;
        assert_eq!(late.status, 412, "{}", late.body);
        let late = late.json();
        assert_eq!((&late["version"], &late["done"]["deed"], &late["done"]["by"]), (&json!(2), &json!("changed"), &json!("示例chief")));
        assert_eq!(look(&town, &sheet).await["rows"][0]["words"], "路灯全灭");
        let blind = post(&town, "desk", &row, &[], &json!({"words": "x"})).await;
        assert_eq!((blind.status.as_u16(), &blind.json()["code"]), (428, &json!("version-missing")));

        post(&town, "chief", &format!("{sheet}/send"), &[], &json!({})).await;
        let gone = change(&town, "desk", &format!("{row}/drop"), 2, &json!({})).await;
        assert_eq!(gone.status, 412, "{}", gone.body);
        assert_eq!((&gone.json()["done"]["deed"], &gone.json()["done"]["by"]), (&json!("sent"), &json!("示例chief")));
        let dropped = post(&town, "desk", &format!("{sheet}/drop"), &[], &json!({})).await;
        assert_eq!((dropped.status.as_u16(), dropped.fault()), (422, pair("sheet", "sheet-sent")));
    }

    async fn what_is_not_said_of_a_row_stays_and_what_is_said_empty_goes(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "").await;
        let rows = json!({"rows": [{"place": "G01-M01", "words": "路灯不亮", "category": "20110"}]});
        add(&town, "desk", &sheet, "a", &rows).await;
        let row = format!("{sheet}/rows/1");
        let words = change(&town, "desk", &row, 1, &json!({"words": "路灯闪"})).await.json();
        assert_eq!((&words["words"], &words["place"], &words["category"]), (&json!("路灯闪"), &json!("G01-M01"), &json!("20110")), "{words}");
        assert_eq!(words["good"], true);
        let emptied = change(&town, "desk", &row, 2, &json!({"category": "", "place": " "})).await.json();
        assert_eq!((&emptied["words"], &emptied["place"], &emptied["category"]), (&json!("路灯闪"), &json!(""), &json!("")), "{emptied}");
    }

    async fn a_compound_and_a_building_name_the_micro_grid_whose_range_it_is_in(database: Database) {
        let town = Town::on(database).await;
        let grids = format!(
            "网格编码,网格名称,网格层级,上级网格,户数\n{HERE}-G07,芙蓉里网格,一般网格,{HERE},300\n\
             {HERE}-G07-M01,芙蓉里1至6栋微网格,微网格,{HERE}-G07,60\n{HERE}-G07-M02,芙蓉里7至12栋微网格,微网格,{HERE}-G07,60\n"
        );
        let taken = work::import::grids(&town.house, grids.as_bytes(), Some(HERE), false).await.expect("read");
        assert_eq!(taken.added, 3, "{:?}", taken.problems);
        let sheet = begin(&town, "desk", "").await;
        let places = ["芙蓉里7栋", "芙蓉里 3 栋2单元", "芙蓉里18栋", "芙蓉里菜场"];
        let rows: Vec<Value> = places.iter().map(|place| json!({"place": place, "words": "路灯不亮"})).collect();
        add(&town, "desk", &sheet, "a", &json!({"rows": rows})).await;
        let looked = look(&town, &sheet).await;
        for (row, (grid, hinted)) in [("-M02", false), ("-M01", false), ("", true), ("", false)].into_iter().enumerate() {
            let row = &looked["rows"][row];
            assert_eq!(row["grid"]["code"], format!("{HERE}-G07{grid}"), "{row}");
            assert_eq!(row.to_string().contains("place-compound-only"), hinted, "{row}");
        }
    }

    async fn a_row_and_a_sheet_of_which_nothing_was_sent_are_dropped(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "").await;
        add(&town, "desk", &sheet, "a", &json!({"rows": [{"words": "一"}, {"words": "二"}]})).await;
        let dropped = change(&town, "desk", &format!("{sheet}/rows/1/drop"), 1, &json!({})).await;
        assert_eq!(dropped.status, 204, "{}", dropped.body);
        let left = look(&town, &sheet).await;
        assert_eq!((left["rows"].as_array().map(Vec::len), &left["rows"][0]["n"]), (Some(1), &json!(2)));
        assert_eq!(town.read("desk", &format!("{sheet}/rows/1")).await.status, 404);
        assert_eq!(post(&town, "desk", &format!("{sheet}/drop"), &[], &json!({})).await.status, 204);
        assert_eq!(town.read("desk", &sheet).await.status, 404);
    }

    async fn rows_are_added_once_by_their_key(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "").await;
        let rows = json!({"rows": [{"place": "G01-M01", "words": "路灯不亮"}]});
        let first = add(&town, "desk", &sheet, "a", &rows).await;
        let again = add(&town, "desk", &sheet, "a", &rows).await;
        assert_eq!((again.status, again.body), (first.status, first.body));
        assert_eq!(look(&town, &sheet).await["drafts"], 1);
        let other = add(&town, "desk", &sheet, "a", &json!({"rows": [{"words": "另一条"}]})).await;
        assert_eq!((other.status.as_u16(), &other.json()["code"]), (422, &json!("key-reused")));
        let keyless = post(&town, "desk", &format!("{sheet}/rows"), &[], &rows).await;
        assert_eq!((keyless.status.as_u16(), &keyless.json()["code"]), (400, &json!("key-missing")));
    }

    async fn a_file_comes_in_as_the_body_or_as_a_part_and_what_may_not_be_kept_is_told(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "").await;
        let csv = "政治面貌,内容,小区,电话\n示例,垃圾桶满了,示例网格-G02-M03,10012345678\n";
        let added = upload(&town, &sheet, "a", CSV, csv.as_bytes()).await;
        assert_eq!(added.status, 201, "{}", added.body);
        let added = added.json();
        assert_eq!(added["added"], 1);
        let warning = &added["warnings"][0];
        assert_eq!((&warning["field"], &warning["row"], &warning["column"]), (&json!("file"), &json!(1), &json!("政治面貌")));
        assert_eq!((&warning["severity"], &warning["code"]), (&json!("warning"), &json!("column-forbidden")));
        let parts = form("file", "地点,诉求\nG01-M01,路灯不亮\n".as_bytes());
        let added = upload(&town, &sheet, "b", "multipart/form-data; boundary=x", &parts).await;
        assert_eq!((added.status.as_u16(), added.json()), (201, json!({"added": 1, "warnings": []})));
        let looked = look(&town, &sheet).await;
        assert_eq!(looked["totals"]["good"], 2, "{looked}");
        assert_eq!(looked["rows"][0]["grid"]["code"], format!("{HERE}-G02-M03"));
    }

    async fn a_chat_comes_in_as_text_and_every_line_that_is_left_out_is_named(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "").await;
        let text = "2026-11-23 08:12:13 示例张三(12345)\nG01-M01,路灯坏了\n[图片]\n\"示例李四\"加入了群聊\n联系 13812345678：\nG01-M02,井盖响";
        let added = add(&town, "desk", &sheet, "chat", &json!({"text": text})).await;
        assert_eq!(added.status, 201, "{}", added.body);
        let added = added.json();
        assert_eq!(added["added"], 2);
        let lines: Vec<u64> = added["left_out"].as_array().expect("lines").iter().filter_map(|one| one["line"].as_u64()).collect();
        assert_eq!(lines, [1, 3, 4, 5], "{added}");
        assert_eq!(added["left_out"][2]["text"], "\"示例李四\"加入了群聊");
        assert_eq!(added["left_out"][3]["text"], "联系 ****：", "a number is starred");
        let looked = look(&town, &sheet).await;
        assert_eq!(looked["rows"][0]["words"], "路灯坏了 [图片]", "{looked}");
    }

    async fn notes_above_the_column_names_are_kept_and_told_and_the_names_once_more_are_no_note(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "").await;
        let text = "十一月来件\nG01-M01\t路灯不亮\t示例张三\nG01-M02\t井盖响\n地点\t内容\t反映人\nG02-M03\t垃圾没收\t示例李四\n地点\t内容\t反映人\nG01-M01\t水管漏了";
        let added = add(&town, "desk", &sheet, "above", &json!({"text": text})).await;
        assert_eq!(added.status, 201, "{}", added.body);
        let added = added.json();
        assert_eq!(added["added"], 4, "{added}");
        let warnings = added["warnings"].as_array().expect("warnings").iter();
        let told: Vec<Value> = warnings.map(|one| json!([one["row"], one["code"]])).collect();
        assert_eq!(told, [json!([2, "row-above-read"]), json!([3, "row-above-read"]), json!([6, "row-header-again"])]);
        assert_eq!(added["left_out"], json!([{"line": 1, "text": "十一月来件"}]));
        let looked = look(&town, &sheet).await;
        let words: Vec<&Value> = looked["rows"].as_array().expect("rows").iter().map(|row| &row["words"]).collect();
        assert_eq!(words, ["路灯不亮", "井盖响", "垃圾没收", "水管漏了"], "{looked}");
        assert_eq!(looked["rows"][0]["grid"]["code"], format!("{HERE}-G01-M01"), "{looked}");
        let other = "地点\t内容\nG01-M01\t路灯不亮\n内容\t地点\n井盖响\tG01-M02";
        let refused = add(&town, "desk", &sheet, "other", &json!({"text": other})).await;
        let refused = (refused.status.as_u16(), refused.json()["faults"][0].clone());
        assert_eq!((refused.0, &refused.1["code"], &refused.1["row"]), (422, &json!("header-other"), &json!(3)));
    }

    async fn english_column_names_are_known(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "").await;
        let text = "Location\tDescription\tReporter\tTelephone\nG01-M01\tThe lamp is out\tExample Li\t10012345678\nPlace\tWhat was told\tName\tPhone\nG01-M02\tA loose manhole\t\t";
        let added = add(&town, "desk", &sheet, "english", &json!({"text": text})).await;
        assert_eq!(added.status, 201, "{}", added.body);
        assert_eq!(added.json()["added"], 2, "{}", added.body);
        let looked = look(&town, &sheet).await;
        assert_eq!(looked["rows"][0]["words"], "The lamp is out", "{looked}");
        assert_eq!(looked["rows"][0]["grid"]["code"], format!("{HERE}-G01-M01"), "{looked}");
        assert!(looked["rows"][0].to_string().contains("100****5678"), "the number is its contact: {looked}");
    }

    async fn lines_that_one_person_wrote_are_one_note_and_what_others_said_is_none(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "").await;
        let text = "张示例：G01-M01门口路灯坏了\n已经三天了\n\u{1F44D}\n李示例：「张示例：G01-M01门口路灯坏了」\n- - - - - -\nG01-M02井盖响\n[红包]恭喜发财，大吉大利";
        let added = add(&town, "desk", &sheet, "chat", &json!({"text": text})).await;
        assert_eq!(added.status, 201, "{}", added.body);
        let added = added.json();
        assert_eq!(added["added"], 2, "{added}");
        let lines: Vec<u64> = added["left_out"].as_array().expect("lines").iter().filter_map(|one| one["line"].as_u64()).collect();
        assert_eq!(lines, [3, 4, 4, 5, 7], "{added}");
        let looked = look(&town, &sheet).await;
        assert_eq!(looked["rows"][0]["words"], "G01-M01门口路灯坏了\n已经三天了", "{looked}");
        assert_eq!(looked["rows"][1]["words"], "G01-M02井盖响", "{looked}");
    }

    async fn what_cannot_be_read_is_told_by_row_and_column_and_adds_nothing(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "").await;
        let formula = books::linked();
        let files: [(&[u8], Value); 4] = [
            (&formula, json!([2, "B", "cell-formula"])),
            ("电话,地点\n1,2\n".as_bytes(), json!([1, "诉求", "column-missing"])),
            (b"\xff\xff\xff\xff", json!([null, null, "encoding-unknown"])),
            ("地点,诉求\n".as_bytes(), json!([null, null, "file-empty"])),
        ];
        for (n, (file, told)) in files.into_iter().enumerate() {
            let refused = upload(&town, &sheet, &n.to_string(), "application/octet-stream", file).await;
            assert_eq!(refused.status, 422, "{told}: {}", refused.body);
            let refused = refused.json();
            let fault = &refused["faults"][0];
            assert_eq!(json!([fault["row"], fault["column"], fault["code"]]), told, "{refused}");
            assert!(!text(&fault["message"]).is_empty());
        }
        let bodies = [
            (json!({"rows": [{"idcard": "x"}]}), pair("rows[0].idcard", "field-unknown")),
            (json!({"rows": []}), pair("rows", "field-missing")),
            (json!({"text": "[图片]"}), pair("text", "file-empty")),
            (json!({"rows": vec![json!({"words": "x"}); 2_001]}), pair("rows", "sheet-too-long")),
        ];
        for (body, fault) in bodies {
            let refused = add(&town, "desk", &sheet, "body", &body).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault));
        }
        assert_eq!(upload(&town, &sheet, "kind", "text/html", b"<p>").await.status, 415);
        let strange = upload(&town, &sheet, "part", "multipart/form-data; boundary=x", &form("photo", b"x")).await;
        assert_eq!((strange.status.as_u16(), strange.fault()), (422, pair("photo", "field-unknown")));
        assert_eq!(look(&town, &sheet).await["rows"], json!([]));
    }

    async fn without_the_right_nobody_keeps_or_sends_a_sheet_and_others_sheets_are_not_found(database: Database) {
        let town = Town::on(database).await;
        let drafts = begin(&town, "worker-01", "巡查记录").await;
        add(&town, "worker-01", &drafts, "a", &json!({"rows": [{"place": "G01-M01", "words": "路灯不亮"}]})).await;
        let sent = post(&town, "worker-01", &format!("{drafts}/send"), &[], &json!({})).await;
        assert_eq!(sent.status, 403, "a worker keeps drafts and sends none");
        for role in ["steward-01", "supervisor", "water", "officer-01", "partner", "volunteer-01"] {
            assert_eq!(town.read(role, "/api/v1/sheets").await.status, 403, "{role}");
            assert_eq!(post(&town, role, "/api/v1/sheets", &[], &json!({"title": "x"})).await.status, 403, "{role}");
            assert_eq!(add(&town, role, &drafts, role, &json!({"rows": [{"words": "x"}]})).await.status, 403, "{role}");
        }
        assert_eq!(town.get("/api/v1/sheets").await.status, 401);
        for other in ["lead-02", "stranger"] {
            assert_eq!(town.read(other, &drafts).await.status, 404, "{other}");
            assert_eq!(post(&town, other, &format!("{drafts}/send"), &[], &json!({})).await.status, 404, "{other}");
            assert_eq!(change(&town, other, &format!("{drafts}/rows/1"), 1, &json!({"words": "x"})).await.status, 404, "{other}");
        }
        assert_eq!(look(&town, &drafts).await["drafts"], 1);
    }

    async fn what_a_workbook_could_not_reckon_is_a_fault_of_its_row_and_one_cell_too_many_of_the_paste(database: Database) {
        let town = Town::on(database).await;
        let sheet = begin(&town, "desk", "表").await;
        let pasted = add(&town, "desk", &sheet, "one", &json!({"text": "地点\t内容\nG01-M01\t#REF!\n"})).await;
        assert_eq!(pasted.status, 201, "{}", pasted.body);
        let row = look(&town, &sheet).await["rows"][0].clone();
        assert_eq!(faults(&row), [pair("words", "cell-error")], "{row}");
        for (key, text) in [("two", "地点\t内容\nG01-M01\t灯坏了\t多余\n"), ("three", "地点,内容\nG01-M01,灯坏了,还漏水\n")] {
            let refused = add(&town, "desk", &sheet, key, &json!({"text": text})).await;
            assert_eq!(refused.status, 422, "{text}: {}", refused.body);
            let fault = refused.json()["faults"][0].clone();
            assert_eq!((&fault["row"], &fault["code"]), (&json!(2), &json!("row-too-wide")), "{fault}");
        }
        assert_eq!(look(&town, &sheet).await["drafts"], 1);
    }

    async fn sheets_are_listed_newest_first_page_by_page(database: Database) {
        let town = Town::on(database).await;
        for title in ["一", "二", "三"] {
            begin(&town, "desk", title).await;
        }
        let page = async |who: &str, query: &str| town.read(who, &format!("/api/v1/sheets?{query}")).await.json();
        let titles = |page: &Value| page["items"].as_array().expect("sheets").iter().map(|one| text(&one["title"])).collect::<Vec<_>>();
        let first = page("desk", "limit=2").await;
        assert_eq!(titles(&first), ["三", "二"]);
        assert_eq!((&first["items"][0]["drafts"], &first["items"][0]["made_by"]), (&json!(0), &json!("示例desk")));
        let last = page("desk", &format!("limit=2&after={}", text(&first["next"]))).await;
        assert_eq!((titles(&last), &last["next"]), (vec!["一".to_owned()], &json!(null)));
        assert_eq!(titles(&page("lead-01", "").await), Vec::<String>::new(), "a lead sees their own only");
        let refused = town.read("desk", "/api/v1/sheets?after=x&limit=0").await;
        assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair("after", "after-unknown")));
        let faulty = json!({"title": "字".repeat(61), "channel": "sky", "extra": 1});
        let faulty = post(&town, "desk", "/api/v1/sheets", &[], &faulty).await;
        let all = [pair("channel", "field-shape"), pair("extra", "field-unknown"), pair("title", "too-long")];
        assert_eq!(faulty.faults(), all, "all at once");
        let refused = post(&town, "desk", "/api/v1/sheets", &[], &json!({"channel": "resident"})).await;
        assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair("channel", "field-shape")));
    }
}
