//! Rows of a sheet that speak of somebody who works here: read by whoever wrote them alone, since whoever they speak of may look at
//! the same sheet, and made a complaint with one key. And rows of a file of orders, whose cells are read one behind the other.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;

use super::CONDUCT;
use super::colleague::{Colleague, Office, form};
use super::common::Answer;

/// Where a row is and what it tells.
type Row<'a> = (&'a str, &'a str);

/// A sheet of the desk with these rows; its address.
async fn sheet(desk: &Colleague<'_>, rows: &[Row<'_>]) -> String {
    let begun = desk
        .post("/sheets", &[("title", "来件"), ("channel", "desk")])
        .await;
    let sheet = begun.header("location").to_owned();
    let key = form::value(&desk.get(&sheet).await.body, "key").expect("a one-time key");
    let mut fields = vec![("key", key.as_str())];
    for (place, words) in rows {
        let cells = [
            ("place", *place),
            ("words", *words),
            ("name", "示例王五"),
            ("phone", "10012345678"),
            ("category", ""),
        ];
        fields.extend(cells);
    }
    desk.post(&format!("{sheet}/rows"), &fields).await;
    sheet
}

/// A row through the API as somebody reads it.
async fn row(office: &Office, who: &str, sheet: &str, n: usize) -> Value {
    let (bearer, path) = (office.token(who).await, format!("/api/v1{sheet}"));
    let read = office.api("GET", &path, &bearer, &[], &json!(null)).await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.body);
    let read: Value = serde_json::from_str(&read.body).expect("JSON");
    read["rows"][n - 1].clone()
}

/// Passes a row on unread through the API, on its first version.
async fn passed(office: &Office, who: &str, sheet: &str, n: usize) -> Answer {
    let (bearer, path) = (
        office.token(who).await,
        format!("/api/v1{sheet}/rows/{n}/pass"),
    );
    let seen = [("if-match", "\"1\"")];
    office
        .api("POST", &path, &bearer, &seen, &json!(null))
        .await
}

/// The only complaint that a supervisor has before them.
async fn only_complaint(office: &Office) -> String {
    let bearer = office.token("supervisor").await;
    let listed = office
        .api("GET", "/api/v1/complaints", &bearer, &[], &json!(null))
        .await;
    let listed: Value = serde_json::from_str(&listed.body).expect("JSON");
    let items = listed.as_array().expect("a list");
    assert_eq!(items.len(), 1, "{listed}");
    assert_eq!(items[0]["held"], true, "nobody said that it is one");
    items[0]["number"].as_str().expect("a number").to_owned()
}

on_both_databases! {
    async fn a_row_about_somebody_who_works_here_is_read_by_whoever_wrote_it_alone(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, chief) = (office.sign_in("desk").await, office.sign_in("community-lead").await);
        let words = format!("{}吃拿卡要", office.name_of("community-lead"));
        let sheet = sheet(&desk, &[("G01-M01", "路灯坏了"), ("河边", &words)]).await;
        assert!(desk.get(&sheet).await.body.contains(&words), "whoever wrote it goes on with it");
        let seen = chief.get(&sheet).await.body;
        assert!(seen.contains("路灯坏了") && seen.contains("这一行说到工作人员，只有登记的人能看。"), "{seen}");
        assert!(!seen.contains(&words) && !seen.contains("河边") && !seen.contains("/rows/2/complaint"), "{seen}");
        let own = chief.get(&format!("{sheet}/rows/2")).await;
        assert_eq!(own.header("location"), sheet, "nothing to change: {}", own.body);
        let sealed = row(&office, "community-lead", &sheet, 2).await;
        assert_eq!((&sealed["sealed"], &sealed["words"], &sealed["place"]), (&json!(true), &json!(""), &json!("")), "{sealed}");
        assert_eq!((&sealed["contact"], &sealed["faults"][0]["code"]), (&json!(null), &json!("about-worker-sealed")), "{sealed}");
        let clear = row(&office, "desk", &sheet, 2).await;
        assert_eq!((&clear["sealed"], &clear["words"]), (&json!(false), &json!(words)), "{clear}");
        let bearer = office.token("community-lead").await;
        let alone = office.api("GET", &format!("/api/v1{sheet}/rows/2"), &bearer, &[], &json!(null)).await;
        assert!(!alone.body.contains(&words), "{}", alone.body);
    }

    async fn nobody_but_whoever_wrote_it_changes_or_drops_a_row_about_somebody_who_works_here(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = sheet(&desk, &[("G01-M01", CONDUCT)]).await;
        let chief = office.token("community-lead").await;
        let seen = [("if-match", "\"1\"")];
        let over = json!({"place": "G01-M01", "words": "没事"});
        for (path, body) in [("rows/1", &over), ("rows/1/drop", &json!(null)), ("rows/1/complaint", &json!(null))] {
            let tried = office.api("POST", &format!("/api/v1{sheet}/{path}"), &chief, &seen, body).await;
            assert_eq!(tried.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", tried.body);
            assert!(tried.body.contains("about-worker-sealed") && !tried.body.contains(CONDUCT), "{path}: {}", tried.body);
        }
        let whole = office.api("POST", &format!("/api/v1{sheet}/drop"), &chief, &[], &json!(null)).await;
        assert!(whole.body.contains("sheet-sealed"), "{}", whole.body);
        assert!(desk.get(&sheet).await.body.contains(CONDUCT), "it is there still");
        let own = office.token("desk").await;
        let dropped = office.api("POST", &format!("/api/v1{sheet}/rows/1/drop"), &own, &seen, &json!(null)).await;
        assert_eq!(dropped.status, StatusCode::NO_CONTENT, "{}", dropped.body);
    }

    async fn a_row_about_somebody_who_works_here_becomes_a_complaint_with_one_key_and_leaves_the_sheet(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = sheet(&desk, &[("G01-M01", "路灯坏了"), ("G01-M01", CONDUCT)]).await;
        assert!(desk.get(&sheet).await.body.contains("/rows/2/complaint"), "the key stands in the row");
        for page in [sheet.clone(), format!("{sheet}/rows/2")] {
            let page = desk.get(&page).await.body;
            let key = page.split("/rows/2/complaint\"").nth(1).and_then(|rest| rest.split('>').next());
            assert!(key.is_some_and(|key| key.contains("data-confirm=") && key.contains("还没保存的不会带上")), "{page}");
        }
        let slip = desk.post(&format!("{sheet}/rows/2/complaint"), &[("version", "1")]).await;
        assert_eq!(slip.status, StatusCode::OK, "{}", slip.body);
        let number = slip.body.split("receipt__number number\">").nth(1).and_then(|rest| rest.split('<').next());
        let number = number.expect("a number");
        let left = desk.get(&sheet).await.body;
        assert!(left.contains("路灯坏了") && !left.contains(CONDUCT), "{left}");
        let supervisor = office.sign_in("supervisor").await;
        let page = format!("/complaints/{number}");
        assert!(supervisor.get(&page).await.body.contains(CONDUCT));
        let shown = supervisor.post(&format!("{page}/contact"), &[]).await.body;
        assert!(shown.contains("10012345678"), "with the contact: {shown}");
        let again = desk.post(&format!("{sheet}/rows/2/complaint"), &[("version", "1")]).await;
        assert!(again.body.contains(number), "an answer that was lost is given again: {}", again.body);
        let stranger = office.sign_in("community-lead").await.post(&format!("{sheet}/rows/2/complaint"), &[("version", "1")]).await;
        assert_eq!(stranger.status, StatusCode::NOT_FOUND, "the receipt is not theirs: {}", stranger.body);
    }

    async fn a_row_becomes_a_complaint_through_the_api_whatever_the_house_found_in_it(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = sheet(&desk, &[("G01-M01", "示例：他又来过了"), ("G01-M01", CONDUCT)]).await;
        let (seen, none) = ([("if-match", "\"1\"")], json!(null));
        let send = async |who: &str, n: u8| {
            let (bearer, path) = (office.token(who).await, format!("/api/v1{sheet}/rows/{n}/complaint"));
            office.api("POST", &path, &bearer, &seen, &none).await
        };
        let other = send("community-lead", 1).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", other.body);
        assert!(other.body.contains("row-of-another"), "whoever wrote it has the receipt: {}", other.body);
        let page = format!("{sheet}/rows/1");
        assert!(desk.get(&page).await.body.contains("/rows/1/complaint"));
        assert!(!office.sign_in("community-lead").await.get(&page).await.body.contains("/rows/1/complaint"));
        for n in [1, 2] {
            let made = send("desk", n).await;
            assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
            let made: Value = serde_json::from_str(&made.body).expect("JSON");
            assert_eq!((&made["kind"], &made["held"]), (&json!("complaint"), &json!(false)), "{made}");
        }
        assert_eq!(row(&office, "desk", &sheet, 1).await, json!(null), "they left the sheet");
    }

    async fn a_row_whose_writer_has_left_is_passed_on_unread_so_that_the_sheet_is_finished_and_a_supervisor_decides(database: Database) {
        let office = Office::furnish(database).await;
        let sheet = sheet(&office.sign_in("desk").await, &[("G01-M01", "路灯坏了"), ("G01-M01", CONDUCT)]).await;
        office.leaves("desk").await;
        let chief = office.sign_in("community-lead").await;
        let before = chief.get(&sheet).await.body;
        let key = before.split("/rows/2/pass\"").nth(1).and_then(|rest| rest.split("</form>").next()).expect("a key in the row");
        assert!(key.contains("可以不看内容转给监督员") && key.contains("您看不到内容，也没有回执"), "{key}");
        assert!(!before.contains("/rows/1/pass\""), "what may be read is not passed on: {before}");
        let path = format!("{sheet}/rows/2/pass");
        let sent = chief.post(&path, &[("version", "1")]).await;
        assert_eq!(sent.header("location"), format!("{sheet}?unread=2"), "{}", sent.body);
        let left = chief.get(sent.header("location")).await.body;
        assert!(left.contains("第 2 行已从表里取出") && !left.contains(CONDUCT) && !left.contains("/rows/2/"), "{left}");
        let again = chief.post(&path, &[("version", "1")]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "pressed twice it is one: {}", again.body);
        let receipt = chief.post(&format!("{sheet}/rows/2/complaint"), &[("version", "1")]).await;
        assert_eq!(receipt.status, StatusCode::NOT_FOUND, "whoever passed it on holds no receipt: {}", receipt.body);
        let number = only_complaint(&office).await;
        let supervisor = office.sign_in("supervisor").await;
        let page = format!("/complaints/{number}");
        let shown = supervisor.get(&page).await.body;
        assert!(shown.contains(CONDUCT) && shown.contains("反映的人手里没有回执") && shown.contains(&office.name_of("community-lead")), "{shown}");
        assert!(supervisor.post(&format!("{page}/contact"), &[]).await.body.contains("10012345678"), "with the contact");
        assert_eq!(chief.get(&page).await.status, StatusCode::NOT_FOUND);
        let dropped = chief.post(&format!("{sheet}/drop"), &[]).await;
        assert_eq!(dropped.header("location"), "/sheets", "nothing stands in the way any more: {}", dropped.body);
    }

    async fn a_row_is_passed_on_unread_however_faulty_it_is_and_nothing_of_it_is_answered(database: Database) {
        let office = Office::furnish(database).await;
        let sheet = sheet(&office.sign_in("desk").await, &[]).await;
        let rows = json!({"rows": [{"place": "河边", "words": CONDUCT, "name": "示例王五", "phone": "没有电话"}]});
        let (desk, key) = (office.token("desk").await, [("idempotency-key", "one")]);
        let added = office.api("POST", &format!("/api/v1{sheet}/rows"), &desk, &key, &rows).await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
        office.leaves("desk").await;
        let gone = passed(&office, "community-lead", &sheet, 1).await;
        assert_eq!((gone.status, gone.body.as_str()), (StatusCode::NO_CONTENT, ""));
        assert_eq!(passed(&office, "community-lead", &sheet, 1).await.status, StatusCode::NO_CONTENT, "an answer that was lost is given again");
        let page = format!("/complaints/{}", only_complaint(&office).await);
        let supervisor = office.sign_in("supervisor").await;
        let shown = supervisor.get(&page).await.body;
        assert!(shown.contains(CONDUCT) && shown.contains("河边"), "{shown}");
        assert!(supervisor.post(&format!("{page}/contact"), &[]).await.body.contains("没有电话"));
    }

    async fn whoever_a_sealed_row_names_passes_it_on_and_never_comes_to_read_it(database: Database) {
        let office = Office::furnish(database).await;
        let words = format!("{}吃拿卡要", office.name_of("community-lead"));
        let sheet = sheet(&office.sign_in("desk").await, &[("G01-M01", &words)]).await;
        office.leaves("desk").await;
        assert_eq!(passed(&office, "community-lead", &sheet, 1).await.status, StatusCode::NO_CONTENT);
        let page = format!("/complaints/{}", only_complaint(&office).await);
        assert!(office.sign_in("supervisor").await.get(&page).await.body.contains(&words));
        office.leaves("supervisor").await;
        let chief = office.sign_in("community-lead").await;
        assert_eq!(chief.get(&page).await.status, StatusCode::NOT_FOUND, "not even where nobody else is left");
        assert!(!chief.get("/complaints").await.body.contains(&page));
    }

    async fn where_no_supervisor_is_a_lead_passes_no_row_on_to_themselves(database: Database) {
        let office = Office::furnish(database).await;
        let sheet = sheet(&office.sign_in("desk").await, &[("G01-M01", CONDUCT)]).await;
        office.leaves("desk").await;
        office.leaves("supervisor").await;
        let refused = passed(&office, "community-lead", &sheet, 1).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("row-comes-back") && !refused.body.contains(CONDUCT), "{}", refused.body);
        assert_eq!(row(&office, "community-lead", &sheet, 1).await["sealed"], json!(true), "it is there still");
    }

    async fn a_sealed_row_is_left_to_whoever_wrote_it_while_they_are_there_and_passed_on_while_they_are_away(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = sheet(&desk, &[("G01-M01", CONDUCT)]).await;
        let chief = office.sign_in("community-lead").await;
        let page = chief.get(&sheet).await.body;
        assert!(!page.contains("/rows/1/") && page.contains(&format!("请登记的人{}处理", office.name_of("desk"))), "{page}");
        let refused = passed(&office, "community-lead", &sheet, 1).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("row-of-another") && !refused.body.contains(CONDUCT), "{}", refused.body);
        assert!(desk.get(&sheet).await.body.contains(CONDUCT), "it is theirs still");
        let away = desk.post("/absence", &[("until", "2026-11-30"), ("deputy", "community-lead")]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        assert!(chief.get(&sheet).await.body.contains("/rows/1/pass\""));
        assert_eq!(passed(&office, "community-lead", &sheet, 1).await.status, StatusCode::NO_CONTENT);
    }

    async fn a_row_that_one_may_read_is_not_passed_on_unread(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = sheet(&desk, &[("G01-M01", "路灯坏了"), ("G01-M01", CONDUCT)]).await;
        for (who, n) in [("community-lead", 1), ("desk", 1), ("desk", 2)] {
            let refused = passed(&office, who, &sheet, n).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{who} {n}: {}", refused.body);
            assert!(refused.body.contains("row-unsealed"), "{who} {n}: {}", refused.body);
        }
        let over = [("version", "1"), ("place", "G01-M01"), ("words", "路灯又坏了"), ("category", ""), ("name", ""), ("phone", "")];
        desk.post(&format!("{sheet}/rows/2"), &over).await;
        let late = passed(&office, "community-lead", &sheet, 2).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "it says something else by now: {}", late.body);
        let far = passed(&office, "worker-01", &sheet, 2).await;
        assert_eq!(far.status, StatusCode::NOT_FOUND, "out of reach: {}", far.body);
    }

    async fn a_note_that_was_sent_and_became_a_complaint_says_on_its_sheet_only_that_it_is_looked_into_elsewhere(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = sheet(&desk, &[("G01-M01", "示例：他又来过了"), ("G01-M01", "路灯坏了")]).await;
        desk.post(&format!("{sheet}/send"), &[]).await;
        let number = row(&office, "desk", &sheet, 1).await["number"].as_str().expect("a number").to_owned();
        let supervisor = office.sign_in("supervisor").await;
        let page = supervisor.get(&format!("/cases/{number}/complaint")).await.body;
        let version = form::value(&page, "version").expect("a version");
        let turned = supervisor.post(&format!("/cases/{number}/complaint"), &[("version", &version), ("about", "steward-01")]).await;
        assert_eq!(turned.status, StatusCode::SEE_OTHER, "{}", turned.body);
        let chief = office.sign_in("community-lead").await;
        let seen = chief.get(&sheet).await.body;
        assert!(seen.contains("</svg>已转由专人办理") && seen.contains("内容已转由专人办理。"), "{seen}");
        assert!(!seen.contains(&number) && !seen.contains("looked into elsewhere"), "{seen}");
        assert!(chief.get_english(&sheet).await.body.contains("What was told is looked into elsewhere."));
        let gone = row(&office, "community-lead", &sheet, 1).await;
        assert_eq!((&gone["number"], &gone["to"], &gone["elsewhere"]), (&json!(null), &json!(null), &json!(true)), "{gone}");
        let other = row(&office, "community-lead", &sheet, 2).await;
        assert_eq!((&other["number"].is_string(), &other["elsewhere"]), (&true, &json!(false)), "{other}");
        let slips = desk.get(&format!("{sheet}/receipts")).await.body;
        assert!(slips.contains(&number) && slips.contains("内容已转由专人办理。") && !slips.contains("示例：他又来过了"), "whoever typed it hands the code over: {slips}");
    }

    async fn the_receipt_of_a_first_note_that_left_its_case_is_no_more_with_whoever_the_complaint_is_about(database: Database) {
        let office = Office::furnish(database).await;
        let chief = office.sign_in("community-lead").await;
        let sheet = sheet(&chief, &[("G01-M01", "示例：他又来过了"), ("G01-M01", "路灯坏了")]).await;
        chief.post(&format!("{sheet}/send"), &[]).await;
        let number = async |n: usize| row(&office, "community-lead", &sheet, n).await["number"].as_str().expect("a number").to_owned();
        let (first, other) = (number(1).await, number(2).await);
        let desk = office.sign_in("desk").await;
        let step = async |who: &str, number: &str, step: &str, body: Value| {
            let bearer = office.token(who).await;
            let (path, seen) = (format!("/api/v1/cases/{number}/{step}"), format!("\"{}\"", desk.version(number).await));
            let done = office.api("POST", &path, &bearer, &[("if-match", seen.as_str())], &body).await;
            assert_eq!(done.status, StatusCode::OK, "{step}: {}", done.body);
        };
        step("desk", &other, "merge", json!({"into": first, "reason": "同一件事"})).await;
        let slips = format!("{sheet}/receipts");
        assert!(chief.get(&slips).await.body.contains(&first));
        let about = json!({"report": first, "about": "community-lead"});
        step("supervisor", &first, "complaint", about).await;
        let left = chief.get(&slips).await.body;
        assert!(!left.contains(&first) && left.contains(&other), "{left}");
    }

    async fn a_name_of_two_signs_is_found_where_a_cell_of_an_order_begins_with_it(database: Database) {
        let office = Office::furnish(database).await;
        office.is_called("steward-01", "陆宁").await;
        let desk = office.sign_in("desk").await;
        for (title, words) in [("服务态度", "陆宁收钱不办事"), ("陆宁收钱不办事", "服务态度")] {
            let file = format!("工单编号,工单标题,诉求内容,事发地址\nSL-9,{title},{words},G01-M01\n");
            let refused = desk.post_file("/orders/hotline", &[], ("file", file.as_bytes())).await.body;
            assert!(refused.contains("看来是对网格工作人员的投诉"), "{title}: {refused}");
        }
        assert!(desk.numbers_of_file("").await.is_empty());
    }
}
