//! Files of the 12345 hotline through the API: exports in, results out, and the orders between.

use axum::body::Body;
use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::books::{self, Order, export, faulty, orders as notes, texts};
use crate::common::Answer;
use crate::town::{Town, pair, text};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PARTS: &str = "multipart/form-data; boundary=x";
const RESULTS: &str = "/api/v1/orders/results?from=2026-11-01&to=2026-11-30";

/// A known category, one phone.
const ROWS: [Order; 2] = notes("示例小类20110", "10012345678");

/// A form with one part of this name.
fn form(name: &str, file: &[u8]) -> Vec<u8> {
    let head = format!(
        "--x\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"a.xlsx\"\r\n\r\n"
    );
    [head.as_bytes(), file, b"\r\n--x--\r\n"].concat()
}

/// Sends a file as somebody.
async fn send(town: &Town, who: &str, path: &str, kind: &str, file: &[u8]) -> Answer {
    let bearer = town.bearer(who);
    let headers = [
        ("authorization", bearer.as_str()),
        ("accept-language", "en"),
        ("content-type", kind),
    ];
    town.ask("POST", path, &headers, Body::from(file.to_vec()))
        .await
}

/// Takes in an export as the desk.
async fn take(town: &Town, file: &[u8]) -> Value {
    let taken = send(town, "desk", "/api/v1/orders/hotline", XLSX, file).await;
    assert_eq!(taken.status, 200, "{}", taken.body);
    taken.json()
}

/// Row, column and code of each thing that was said of a file.
fn told(said: &Value) -> Vec<(u64, String, String)> {
    let said = said.as_array().expect("a list").iter();
    said.map(|one| {
        let column = one["column"].as_str().unwrap_or_default().to_owned();
        let row = one["row"].as_u64().unwrap_or_default();
        (row, column, text(&one["code"]))
    })
    .collect()
}

/// Such a thing, to look for.
fn place(row: u64, column: &str, code: &str) -> (u64, String, String) {
    (row, column.to_owned(), code.to_owned())
}

async fn orders(town: &Town, query: &str) -> Value {
    let listed = town.read("desk", &format!("/api/v1/orders?{query}")).await;
    assert_eq!(listed.status, 200, "{}", listed.body);
    listed.json()
}

/// The order of a number as the list has it.
async fn order(town: &Town, id: &str) -> Value {
    let all = orders(town, "").await;
    let mut all = all["items"].as_array().expect("orders").iter();
    all.find(|one| one["id"] == id).expect("the order").clone()
}

async fn cases(town: &Town) -> Value {
    town.settle().await;
    town.read("desk", "/api/v1/cases").await.json()["total"].clone()
}

/// Brings a case to its end by the hands of those who work here.
async fn close(town: &Town, number: &str) {
    for (who, command, body) in [
        ("steward-01", "accept", json!({})),
        (
            "steward-01",
            "handle",
            json!({"note": "已清运", "claim": "solved"}),
        ),
        (
            "lead-01",
            "check",
            json!({"pass": true, "answer": "=1+1 垃圾已清走"}),
        ),
    ] {
        let case = town
            .read("desk", &format!("/api/v1/cases/{number}"))
            .await
            .json();
        let version = case["version"].as_i64().expect("a version");
        let done = town.step(who, number, version, command, body).await;
        assert_eq!(done.status, 200, "{command}: {}", done.body);
    }
}

on_both_databases! {
    async fn an_export_comes_in_once_by_its_order_numbers_and_a_dry_run_takes_nothing_in(database: Database) {
        let town = Town::on(database).await;
        let file = export(&ROWS);
        let looked = send(&town, "desk", "/api/v1/orders/hotline?dry_run=true", XLSX, &file).await;
        assert_eq!(looked.status, 200, "{}", looked.body);
        let looked = looked.json();
        assert_eq!((&looked["dry_run"], &looked["added"], &looked["known"]), (&json!(true), &json!(2), &json!(0)));
        assert_eq!(cases(&town).await, 0);

        let taken = take(&town, &file).await;
        assert_eq!((&taken["dry_run"], &taken["added"], &taken["known"]), (&json!(false), &json!(2), &json!(0)));
        let warnings = told(&taken["warnings"]);
        for one in [
            place(3, "身份证号", "column-forbidden"),
            place(5, "事发地址", "place-words-only"),
            place(5, "诉求类别", "category-unknown"),
            place(5, "是否保密", "contact-secret"),
        ] {
            assert!(warnings.contains(&one), "{one:?}: {taken}");
        }
        assert!(!taken.to_string().contains("10012345679"), "{taken}");
        let known = order(&town, "SL-1").await;
        assert_eq!((&known["source"], &known["state"]), (&json!("hotline"), &json!("dispatched")));
        assert_eq!(known["due"], "2026-12-01T18:00:00+08:00");
        let case = town.read("desk", &format!("/api/v1/cases/{}", text(&known["number"]))).await.json();
        assert_eq!((&case["channel"], &case["due_at"]), (&json!("hotline"), &known["due"]), "its own limit wins");

        let mut changed = ROWS;
        changed[1][1] = "河边异味更重了";
        let again = send(&town, "desk", "/api/v1/orders/hotline", PARTS, &form("file", &export(&changed))).await;
        assert_eq!(again.status, 200, "{}", again.body);
        let again = again.json();
        assert_eq!((&again["added"], &again["known"]), (&json!(0), &json!(2)));
        assert!(told(&again["warnings"]).contains(&place(5, "工单编号", "order-differs")), "{again}");
        assert_eq!(cases(&town).await, 2);
    }

    async fn orders_are_listed_with_their_cases_page_by_page(database: Database) {
        let town = Town::on(database).await;
        take(&town, &export(&ROWS)).await;
        let first = orders(&town, "limit=1").await;
        let second = orders(&town, &format!("limit=1&after={}", text(&first["next"]))).await;
        assert_eq!(second["next"], json!(null));
        let mut ids = [text(&first["items"][0]["id"]), text(&second["items"][0]["id"])];
        ids.sort();
        assert_eq!(ids, ["SL-1", "SL-2"]);
        assert_eq!(orders(&town, "from=2026-11-23&to=2026-11-23").await["items"].as_array().map(Vec::len), Some(2));
        assert_eq!(orders(&town, "to=2026-11-22").await["items"], json!([]));
        assert_eq!(orders(&town, "from=2026-11-24").await["items"], json!([]));
        let refused = town.read("desk", "/api/v1/orders?from=x").await;
        assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair("from", "date-malformed")));
        let there = town.read("stranger", "/api/v1/orders").await.json();
        assert_eq!(there["items"], json!([]), "another community has its own");
    }

    async fn results_tell_what_each_order_came_to_in_the_houses_layout_or_in_the_hotlines_own(database: Database) {
        let town = Town::on(database).await;
        take(&town, &export(&ROWS)).await;
        let number = text(&order(&town, "SL-1").await["number"]);
        close(&town, &number).await;
        let bearer = town.bearer("desk");
        let own = texts(town.bytes(RESULTS, &[("authorization", &bearer)]).await);
        assert_eq!(own.len(), 3, "only what has ended: {own:?}");
        assert_eq!((own[2][0].as_str(), own[2][1].as_str(), own[2][4].as_str()), ("SL-1", number.as_str(), "已解决"));
        let head = town.read("desk", RESULTS).await;
        assert_eq!(head.header("content-type"), XLSX);
        assert_eq!(head.header("content-disposition"), "attachment; filename=\"12345-2026-11-01-2026-11-30.xlsx\"");

        let template = books::form();
        let headers = [("authorization", bearer.as_str()), ("content-type", PARTS)];
        let filled = texts(town.bytes_for(RESULTS, &headers, form("template", &template)).await);
        assert_eq!(filled[0][0], "请如实填写（示例）");
        assert_eq!(filled[3], ["", "=1+1 垃圾已清走", "SL-1", ""]);
        let headers = [("authorization", bearer.as_str()), ("content-type", XLSX)];
        assert_eq!(texts(town.bytes_for(RESULTS, &headers, template).await), filled, "the body alone does, too");

        let unfit = send(&town, "desk", RESULTS, "text/csv", "甲,乙\n".as_bytes()).await;
        assert_eq!((unfit.status.as_u16(), unfit.fault()), (422, pair("template", "header-missing")));
        for (query, fault) in [
            ("to=2026-11-30", pair("from", "field-missing")),
            ("from=2026-11-30&to=2026-11-01", pair("from", "period-backwards")),
        ] {
            let refused = town.read("desk", &format!("/api/v1/orders/results?{query}")).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, fault), "{query}");
        }
    }

    async fn an_export_with_faults_is_told_by_row_and_column_and_takes_nothing_in(database: Database) {
        let town = Town::on(database).await;
        let bad = export(&faulty(ROWS[0]));
        let refused = send(&town, "desk", "/api/v1/orders/hotline", XLSX, &bad).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        let refused = refused.json();
        let faults = told(&refused["faults"]);
        for one in [
            place(5, "工单编号", "number-twice"),
            place(6, "工单编号", "missing"),
            place(7, "诉求内容", "missing"),
            place(7, "办结时限", "due-malformed"),
            place(8, "事发地址", "place-outside"),
            place(9, "工单编号", "number-twice"),
        ] {
            assert!(faults.contains(&one), "{one:?}: {refused}");
        }
        assert_eq!(refused["code"], "invalid");
        for (file, code) in [
            (b"PK nothing more".as_slice(), "file-unreadable"),
            (b"\xff\xff".as_slice(), "encoding-unknown"),
        ] {
            let refused = send(&town, "desk", "/api/v1/orders/hotline", XLSX, file).await;
            assert_eq!((refused.status.as_u16(), refused.fault()), (422, pair("file", code)));
        }
        let empty = send(&town, "desk", "/api/v1/orders/hotline", XLSX, b"").await;
        assert_eq!((empty.status.as_u16(), empty.fault()), (422, pair("file", "field-missing")));
        let unasked = send(&town, "desk", "/api/v1/orders/hotline?dry_run=maybe", XLSX, &export(&ROWS)).await;
        assert_eq!((unasked.status.as_u16(), unasked.fault()), (422, pair("dry_run", "field-shape")));
        assert_eq!(send(&town, "desk", "/api/v1/orders/hotline", "application/json", b"{}").await.status, 415);
        assert_eq!(cases(&town).await, 0);
        assert_eq!(orders(&town, "").await["items"], json!([]));
    }

    async fn cells_and_rows_that_say_something_else_than_they_seem_to_are_refused_by_their_row(database: Database) {
        let town = Town::on(database).await;
        let head = "工单编号,诉求内容,事发地址\n";
        let file = |rows: &[u8]| [head.as_bytes(), rows].concat();
        let long = format!("SL-1,{},G01-M01\n", "字".repeat(3_000));
        for (rows, row, column, code) in [
            ("SL-1,#REF!,G01-M01\n".as_bytes(), 2, "诉求内容", "cell-error"),
            ("SL-1,灯坏了,G01-M01\nSL-2,垃圾没人清,还臭,G01-M01\n".as_bytes(), 3, "", "row-too-wide"),
            ("SL-1,灯坏了,G01-M01\nSL-2,井\0盖响,G01-M01\n".as_bytes(), 3, "", "text-zero"),
            (&[b"SL-1,".as_slice(), "灯坏了".as_bytes(), b"\xff,G01-M01\n"].concat(), 2, "", "row-encoding"),
            (long.as_bytes(), 2, "诉求内容", "text-too-long"),
        ] {
            let refused = send(&town, "desk", "/api/v1/orders/hotline", "text/csv", &file(rows)).await;
            assert_eq!(refused.status, 422, "{code}: {}", refused.body);
            let refused = refused.json();
            assert_eq!(told(&refused["faults"]), [place(row, column, code)], "{refused}");
            let message = text(&refused["faults"][0]["message"]);
            assert!(message.chars().count() < 200, "a cell is quoted in part: {message}");
        }
        assert_eq!(cases(&town).await, 0);
    }

    async fn what_is_written_around_a_number_to_keep_its_digits_is_no_part_of_it(database: Database) {
        let town = Town::on(database).await;
        for (number, added) in [("SL-1", 1), ("'SL-1", 0), ("=\"SL-1\"", 0), ("'SL-2", 1), ("SL-2", 0)] {
            let file = format!("工单编号,诉求内容,事发地址\n{number},灯坏了,G01-M01\n");
            let taken = take(&town, file.as_bytes()).await;
            assert_eq!((&taken["added"], &taken["known"]), (&json!(added), &json!(1 - added)), "{number}: {taken}");
            assert!(told(&taken["warnings"]).iter().all(|(_, _, code)| code != "order-differs"), "{number}: {taken}");
        }
        order(&town, "SL-2").await;
    }

    async fn a_form_for_results_that_is_filled_lacks_a_column_or_has_one_twice_is_refused_and_its_foot_stays(database: Database) {
        let town = Town::on(database).await;
        for (form, faults) in [
            ("工单编号\n", vec![place(1, "答复内容", "column-missing")]),
            ("工单编号,答复内容\nSL-OLD,旧内容\n", vec![place(2, "", "template-filled")]),
            ("工单编号,工单编号,答复内容\n", vec![place(1, "工单编号", "column-twice")]),
        ] {
            let refused = send(&town, "desk", RESULTS, "text/csv", form.as_bytes()).await;
            assert_eq!(refused.status, 422, "{form}: {}", refused.body);
            assert_eq!(told(&refused.json()["faults"]), faults, "{form}");
        }
        let bearer = town.bearer("desk");
        let headers = [("authorization", bearer.as_str()), ("content-type", "text/csv")];
        let form = "序号,工单编号,答复内容\n1,,\n填表人：示例,,\n";
        let filled = texts(town.bytes_for(RESULTS, &headers, form.as_bytes().to_vec()).await);
        assert_eq!(filled.len(), 2, "{filled:?}");
        assert_eq!(filled[1][0], "填表人：示例");
    }

    async fn lines_to_sign_under_an_empty_form_are_no_results_and_what_stretches_over_it_comes_back_once(database: Database) {
        let town = Town::on(database).await;
        let bearer = town.bearer("desk");
        let headers = [("authorization", bearer.as_str()), ("content-type", XLSX)];
        let filled = texts(town.bytes_for(RESULTS, &headers, books::signed_form()).await);
        let feet = [["办结后三日内送回", "", ""], ["单位（盖章）：", "", "日期："]];
        assert_eq!(filled[1..], feet, "{filled:?}");
    }

    async fn whoever_takes_in_no_orders_neither_sends_nor_reads_their_files(database: Database) {
        let town = Town::on(database).await;
        let file = export(&ROWS);
        for role in ["steward-01", "lead-01", "worker-01", "supervisor", "water", "partner", "officer-01"] {
            for path in ["/api/v1/orders", RESULTS] {
                assert_eq!(town.read(role, path).await.status, 403, "{role} {path}");
            }
            for path in ["/api/v1/orders/hotline", RESULTS] {
                assert_eq!(send(&town, role, path, XLSX, &file).await.status, 403, "{role} {path}");
            }
        }
        assert_eq!(town.get("/api/v1/orders").await.status, 401);
        assert_eq!(cases(&town).await, 0);
    }
}
