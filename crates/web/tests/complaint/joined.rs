//! Of several who told the same one meant somebody who works here: that telling alone becomes a complaint, on the page. And what
//! is said to be the same as a case joins none that somebody reads whom it names.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;

use super::colleague::{Colleague, Office, form};
use super::common::Answer;

/// A text of an answer.
pub(super) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// What is told of a place.
pub(super) fn of_the_place(words: &str) -> Value {
    json!({"text": words, "location": {"lon": 103.605, "lat": 30.605}, "category": "20110"})
}

/// A case told once: its number, and the ticket of whoever says that theirs is the same.
async fn told_once(office: &Office) -> (String, String) {
    let first = of_the_place("示例：暴露垃圾堆在楼下");
    let key = [("idempotency-key", "one")];
    let told = office
        .api("POST", "/api/v1/reports", "", &key, &first)
        .await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.body);
    let told: Value = serde_json::from_str(&told.body).expect("JSON");
    (text(&told["number"]), ticket(office).await)
}

/// The ticket of whoever says that theirs is the same as the case there.
pub(super) async fn ticket(office: &Office) -> String {
    let near = "/api/v1/similar?lon=103.605&lat=30.605&category=20110";
    let similar = office.api("GET", near, "", &[], &json!(null)).await;
    let similar: Value = serde_json::from_str(&similar.body).expect("JSON");
    text(&similar["items"][0]["same"])
}

/// A case of which the first telling, with a photo, is about a worker and the second is not: number and code of the first, and those
/// of the second.
pub(super) async fn first_about_a_worker(office: &Office) -> [(String, String); 2] {
    let receipt = |told: &str| {
        let told: Value = serde_json::from_str(told).expect("JSON");
        (text(&told["number"]), text(&told["code"]))
    };
    let first = office
        .report_with_photo("one", &of_the_place(ABOUT_A_WORKER))
        .await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    let mut second = of_the_place("楼下的垃圾还在");
    second["same"] = json!(ticket(office).await);
    let key = [("idempotency-key", "two")];
    let second = office
        .api("POST", "/api/v1/reports", "", &key, &second)
        .await;
    assert_eq!(second.status, StatusCode::CREATED, "{}", second.body);
    [receipt(&first.body), receipt(&second.body)]
}

/// Nothing in it sounds like a complaint, so that nobody is asked.
const ABOUT_A_WORKER: &str = "垃圾还在，来收的人冲我们嚷";

/// How it goes, for whoever holds the receipt.
pub(super) async fn progress(office: &Office, (number, code): &(String, String)) -> Value {
    let path = format!("/api/v1/reports/{number}");
    let receipt = [("receipt-code", code.as_str())];
    let shown = office.api("GET", &path, "", &receipt, &json!(null)).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    serde_json::from_str(&shown.body).expect("JSON")
}

/// A case told once, and a second time with a photo; its number.
pub(super) async fn told_twice(office: &Office, words: &str) -> String {
    let (number, same) = told_once(office).await;
    let grid = office.code("G01-M01");
    let again = [
        ("key", "two"),
        ("step", "check"),
        ("go", "send"),
        ("text", words),
        ("grid", &grid),
        ("category", "20110"),
        ("same", &same),
    ];
    let door = format!("/g/{grid}/report");
    let sent = office.stranger().post_photo(&door, &again).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    number
}

/// Gives a case to a steward of other grids who is away, with their deputy there; nobody else of that grid reads it.
async fn to_one_who_is_away(office: &Office, number: &str) {
    let desk = office.sign_in("desk").await;
    desk.step(number, "file", &[("filing", "none")]).await;
    let to = [("whom", "other"), ("to", "steward-03"), ("far", "yes")];
    desk.step(number, "dispatch", &to).await;
    let away = [("until", "2026-11-30"), ("deputy", "steward-04")];
    let steward = office.sign_in("steward-03").await;
    let away = steward.post("/absence", &away).await;
    assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
}

/// Tells through a program that asks nobody something that is said to be the same; it is held, gives its number.
async fn held(office: &Office, text: &str, grid: &str, same: &str) -> String {
    let body = json!({"text": text, "grid": office.code(grid), "category": "20110", "same": same});
    let key = [("idempotency-key", "held")];
    let held = office.api("POST", "/api/v1/reports", "", &key, &body).await;
    let held: Value = serde_json::from_str(&held.body).expect("JSON");
    assert_eq!(held["held"], true, "{held}");
    held["number"].as_str().expect("a number").to_owned()
}

/// Puts a case into a steward's hands; gives the desk and the steward.
async fn taken_up<'a>(office: &'a Office, number: &str) -> (Colleague<'a>, Colleague<'a>) {
    let (desk, steward) = (
        office.sign_in("desk").await,
        office.sign_in("steward-01").await,
    );
    desk.step(number, "file", &[("filing", "20110-2011001")])
        .await;
    let to = [("whom", "other"), ("to", "steward-01")];
    desk.step(number, "dispatch", &to).await;
    steward.step(number, "accept", &[]).await;
    (desk, steward)
}

/// Puts a case into a steward's hands, who asks its reporter something.
pub(super) async fn asked(office: &Office, number: &str) {
    let (_, steward) = taken_up(office, number).await;
    steward
        .step(number, "ask", &[("words", "在几号楼？")])
        .await;
}

/// Works on a case until it is closed.
pub(super) async fn closed(office: &Office, number: &str) {
    let (desk, steward) = taken_up(office, number).await;
    let done = [("words", "清走了"), ("claimed", "solved")];
    steward.step_with_photo(number, "handle", &done).await;
    let sound = [("yes", "yes"), ("answer", "已清走")];
    desk.step(number, "check", &sound).await;
}

/// A step of whoever holds a receipt, which they say is about nobody who works here.
pub(super) async fn says(
    office: &Office,
    receipt: &(String, String),
    command: &str,
    mut body: Value,
) {
    body["about_worker"] = json!(false);
    let seen = format!("\"{}\"", progress(office, receipt).await["version"]);
    let path = format!("/api/v1/cases/{}/{command}", receipt.0);
    let headers = [
        ("receipt-code", receipt.1.as_str()),
        ("if-match", seen.as_str()),
    ];
    let said = office.api("POST", &path, "", &headers, &body).await;
    assert_eq!(said.status, StatusCode::OK, "{}", said.body);
}

/// Makes one telling of a case a complaint, or all of it.
pub(super) async fn turns(
    office: &Office,
    first: &(String, String),
    telling: Option<&str>,
) -> Answer {
    let seen = format!("\"{}\"", progress(office, first).await["version"]);
    let (bearer, path) = (
        office.token("desk").await,
        format!("/api/v1/cases/{}/complaint", first.0),
    );
    let mut body = json!({"about_words": "收垃圾的"});
    if let Some(telling) = telling {
        body["report"] = json!(telling);
    }
    office
        .api(
            "POST",
            &path,
            &bearer,
            &[("if-match", seen.as_str())],
            &body,
        )
        .await
}

on_both_databases! {
    async fn one_of_several_tellings_becomes_a_complaint_alone_with_its_photo(database: Database) {
        let office = Office::furnish(database).await;
        let number = told_twice(&office, "垃圾还在，来收的人冲我们嚷").await;
        let (desk, case) = (office.sign_in("desk").await, format!("/cases/{number}"));
        let before = desk.get(&case).await.body;
        let photo = before.split("/attachments/").nth(1).and_then(|rest| rest.split(['?', '"']).next());
        let photo = photo.expect("a photo on the case").to_owned();
        let page = desk.get(&format!("{case}/complaint")).await.body;
        let version = form::value(&page, "version").expect("a form with the version");
        // the first choice is all of the case, the second its first telling
        let telling = page.split("name=\"telling\" value=\"").nth(3).and_then(|rest| rest.split('"').next());
        let telling = telling.expect("the telling that joined").to_owned();
        let said = [("version", version.as_str()), ("about", "steward-01"), ("telling", &telling)];
        let sent = desk.post(&format!("{case}/complaint"), &said).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);

        let after = desk.get(&case).await;
        assert_eq!(after.status, StatusCode::OK, "the case goes on");
        assert!(after.body.contains("暴露垃圾堆在楼下"), "{}", after.body);
        assert!(!after.body.contains("冲我们嚷") && !after.body.contains(&photo), "{}", after.body);
        let file = desk.get(&format!("{case}/attachments/{photo}")).await;
        assert_eq!(file.status, StatusCode::NOT_FOUND);
        let supervisor = office.sign_in("supervisor").await;
        let complaint = format!("/complaints/{telling}");
        let shown = supervisor.get(&complaint).await.body;
        assert!(shown.contains("冲我们嚷"), "{shown}");
        let file = supervisor.bytes(&format!("{complaint}/photos/{photo}?small")).await;
        assert!(!file.is_empty());
        let rest = desk.get(&format!("{case}/complaint")).await.body;
        assert!(!rest.contains("name=\"telling\""), "only the first telling is left: {rest}");
    }

    async fn the_first_of_several_tellings_becomes_a_complaint_of_its_own_number_that_its_reporter_finds_on_their_page(database: Database) {
        let office = Office::furnish(database).await;
        let [first, _] = first_about_a_worker(&office).await;
        let (desk, case) = (office.sign_in("desk").await, format!("/cases/{}", first.0));
        let before = desk.get(&case).await.body;
        let photo = before.split("/attachments/").nth(1).and_then(|rest| rest.split(['?', '"']).next());
        let photo = photo.expect("a photo on the case").to_owned();
        let page = desk.get(&format!("{case}/complaint")).await.body;
        assert!(page.contains("投诉另给编号"), "{page}");
        let version = form::value(&page, "version").expect("a form with the version");
        let said = [("version", version.as_str()), ("about", "steward-01"), ("telling", &first.0)];
        let sent = desk.post(&format!("{case}/complaint"), &said).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);

        let after = desk.get(&case).await;
        assert_eq!(after.status, StatusCode::OK, "the case goes on");
        assert!(after.body.contains("内容已转由专人办理。") && after.body.contains("楼下的垃圾还在"), "{}", after.body);
        assert!(!after.body.contains(ABOUT_A_WORKER) && !after.body.contains(&photo), "{}", after.body);
        let opened = office.stranger().post("/progress", &[("number", &first.0), ("code", &first.1)]).await;
        let theirs = office.stranger().get_keeping(&opened).await.body;
        let complaint = theirs.split("id=\"apart\"").nth(1).expect("the complaint on their page");
        let after = |mark: &str| complaint.split(mark).nth(1).and_then(|rest| rest.split('<').next()).expect("it stands there").to_owned();
        let (number, code) = (after("class=\"number\">"), after("class=\"code\">"));
        assert_ne!(number, first.0);
        let opened = office.stranger().post("/progress", &[("number", &number), ("code", &code)]).await;
        assert!(office.stranger().get_keeping(&opened).await.body.contains(ABOUT_A_WORKER), "its own receipt opens it");
        let supervisor = office.sign_in("supervisor").await;
        let page = format!("/complaints/{number}");
        assert!(supervisor.get(&page).await.body.contains(ABOUT_A_WORKER));
        assert!(!supervisor.bytes(&format!("{page}/photos/{photo}?small")).await.is_empty());
        let rest = desk.get(&format!("{case}/complaint")).await.body;
        assert!(!rest.contains("name=\"telling\""), "somebody has to tell what goes on: {rest}");
    }

    async fn a_program_makes_the_first_telling_a_complaint_once_and_only_its_reporter_hears_of_it(database: Database) {
        let office = Office::furnish(database).await;
        let receipts = first_about_a_worker(&office).await;
        let [first, second] = &receipts;
        let (bearer, path) = (office.token("desk").await, format!("/api/v1/cases/{}/complaint", first.0));
        let body = json!({"report": first.0, "about_words": "收垃圾的"});
        let turned = async |version: i64| {
            let seen = format!("\"{version}\"");
            office.api("POST", &path, &bearer, &[("if-match", seen.as_str())], &body).await
        };
        let version = progress(&office, first).await["version"].as_i64().expect("a version");
        assert_eq!(turned(version - 1).await.status, StatusCode::PRECONDITION_FAILED);
        let done = turned(version).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        assert_eq!(turned(version + 1).await.status, StatusCode::NOT_FOUND, "it is one already");
        let [theirs, others] = [progress(&office, first).await, progress(&office, second).await];
        assert_eq!((&others["complaint"], &others["state"]), (&Value::Null, &json!("reported")));
        assert!(!theirs["text"].to_string().contains("冲我们嚷"), "{theirs}");
        let complaint = (text(&theirs["complaint"]["number"]), text(&theirs["complaint"]["code"]));
        assert!(receipts.iter().all(|receipt| receipt.0 != complaint.0));
        assert!(progress(&office, &complaint).await["text"].to_string().contains("冲我们嚷"));
        let steward = office.sign_in("steward-01").await.get(&format!("/cases/{}", first.0)).await.body;
        assert!(!steward.contains("冲我们嚷") && !steward.contains(&complaint.0), "{steward}");
    }

    async fn after_the_first_telling_the_last_one_becomes_a_complaint_with_the_whole_case_and_either_receipt_opens_its_own(database: Database) {
        let office = Office::furnish(database).await;
        let [first, second] = first_about_a_worker(&office).await;
        assert_eq!(turns(&office, &first, Some(&first.0)).await.status, StatusCode::OK);
        let apart = progress(&office, &first).await["complaint"]["number"].clone();
        let alone = turns(&office, &first, Some(&second.0)).await;
        assert_eq!(alone.status, StatusCode::CONFLICT, "nobody would tell it: {}", alone.body);
        assert_eq!(turns(&office, &first, None).await.status, StatusCode::OK);
        let listed = office.sign_in("supervisor").await.get("/complaints").await.body;
        let listed = |number: &str| listed.contains(&format!("href=\"/complaints/{number}\""));
        assert!(listed(&text(&apart)) && listed(&second.0) && !listed(&first.0), "no empty one beside them");
        let [theirs, others] = [progress(&office, &first).await, progress(&office, &second).await];
        assert!(theirs["text"].to_string().contains("冲我们嚷"), "{theirs}");
        assert!(others["text"].to_string().contains("楼下的垃圾还在"), "{others}");
        let opened = office.stranger().post("/progress", &[("number", &first.0), ("code", &first.1)]).await;
        assert!(office.stranger().get_keeping(&opened).await.body.contains(ABOUT_A_WORKER));
    }

    async fn what_the_reporter_of_a_first_telling_said_later_leaves_the_case_with_it(database: Database) {
        let office = Office::furnish(database).await;
        let [first, _] = first_about_a_worker(&office).await;
        asked(&office, &first.0).await;
        says(&office, &first, "answer", json!({"answer": "三号楼，上回整栋楼都听见了"})).await;
        let (steward, case) = (office.sign_in("steward-01").await, format!("/cases/{}", first.0));
        assert!(steward.get(&case).await.body.contains("整栋楼都听见"));
        assert_eq!(turns(&office, &first, Some(&first.0)).await.status, StatusCode::OK);
        let after = steward.get(&case).await.body;
        assert!(after.contains("在几号楼") && !after.contains("整栋楼都听见"), "{after}");
    }

    async fn what_only_the_first_reporter_can_have_said_stays_when_a_later_telling_leaves(database: Database) {
        let office = Office::furnish(database).await;
        let [first, second] = first_about_a_worker(&office).await;
        asked(&office, &first.0).await;
        says(&office, &first, "answer", json!({"answer": "三号楼东头"})).await;
        assert_eq!(turns(&office, &first, Some(&second.0)).await.status, StatusCode::OK);
        let after = office.sign_in("steward-01").await.get(&format!("/cases/{}", first.0)).await.body;
        assert!(after.contains("三号楼东头"), "{after}");
    }

    async fn two_who_told_the_same_and_complain_with_the_same_words_have_each_a_receipt_of_their_own(database: Database) {
        let office = Office::furnish(database).await;
        let receipts = first_about_a_worker(&office).await;
        let number = &receipts[0].0;
        closed(&office, number).await;
        let version = progress(&office, &receipts[0]).await["version"].to_string();
        let words = "网格员收了我两百块钱";
        let form = [("version", version.as_str()), ("words", words), ("about_worker", "yes"), ("matter", "垃圾还在")];
        let mut sent = Vec::new();
        for (number, code) in &receipts {
            let opened = office.stranger().post("/progress", &[("number", number), ("code", code)]).await;
            let cookie = opened.header("set-cookie").split(';').next().expect("a cookie").to_owned();
            sent.push(office.post_with_cookie(&format!("/progress/{number}/reopen"), &cookie, &form).await);
        }
        assert_eq!(sent[0].status, StatusCode::SEE_OTHER, "{}", sent[0].body);
        assert_eq!(sent[1].status, StatusCode::PRECONDITION_FAILED, "the receipt of another is not theirs: {}", sent[1].body);
        assert!(sent[1].body.contains(words) && sent[1].body.contains("垃圾还在"), "nothing is lost: {}", sent[1].body);
    }

    async fn whoever_leaves_a_merge_and_complains_in_the_same_words_has_one_receipt_however_often_they_press(database: Database) {
        let office = Office::furnish(database).await;
        let (first, same) = told_once(&office).await;
        let mut second = of_the_place("楼下的垃圾还在");
        second["same"] = json!(same);
        let second = office.api("POST", "/api/v1/reports", "", &[("idempotency-key", "two")], &second).await;
        let second: Value = serde_json::from_str(&second.body).expect("JSON");
        let second = (text(&second["number"]), text(&second["code"]));
        let desk = office.sign_in("desk").await;
        let other = desk.enter("路边一堆垃圾", "G01-M01").await;
        desk.step(&first, "merge", &[("from", "case"), ("into", &other), ("words", "同一处垃圾")]).await;
        let version = progress(&office, &second).await["version"].to_string();
        let form = [("version", version.as_str()), ("words", "网格员收了我两百块钱"), ("about_worker", "yes"), ("matter", "我说的在车库")];
        let opened = office.stranger().post("/progress", &[("number", &second.0), ("code", &second.1)]).await;
        let cookie = opened.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        let mut slips = Vec::new();
        for _ in 0..2 {
            let sent = office.post_with_cookie(&format!("/progress/{}/reopen", second.0), &cookie, &form).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
            slips.push(sent.header("location").to_owned());
        }
        assert!(slips[0].starts_with("/complaint/"), "{slips:?}");
        assert_eq!(slips[0], slips[1], "the number and code of the complaint are not lost");
    }

    async fn a_case_that_was_told_once_becomes_a_complaint_as_a_whole_alone(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = told_once(&office).await;
        let (bearer, path) = (office.token("desk").await, format!("/api/v1/cases/{number}/complaint"));
        let refused = office.api("POST", &path, &bearer, &[("if-match", "\"1\"")], &json!({"report": number})).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        assert!(refused.body.contains("nobody-else-tells"), "{}", refused.body);
        let desk = office.sign_in("desk").await;
        assert!(!desk.get(&format!("/cases/{number}/complaint")).await.body.contains("name=\"telling\""));
        assert!(desk.get(&format!("/cases/{number}")).await.body.contains("暴露垃圾堆在楼下"), "it stays");
    }

    async fn what_names_whoever_reads_the_case_it_is_said_to_be_the_same_as_is_not_taken_into_it_from_elsewhere(database: Database) {
        let office = Office::furnish(database).await;
        let (number, same) = told_once(&office).await;
        // in a grid of others they would read nothing of it
        let words = format!("{}把垃圾堆在楼下", office.name_of("steward-01"));
        let grid = office.code("G02-M01");
        let again = [("key", "two"), ("step", "check"), ("go", "send"), ("text", words.as_str()), ("grid", &grid), ("category", "20110"), ("same", &same)];
        let sent = office.stranger().post(&format!("/g/{grid}/report"), &again).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(sent.body.contains("id=\"same-fault\"") && sent.body.contains(&words), "nothing is lost: {}", sent.body);
        let steward = office.sign_in("steward-01").await;
        assert!(!steward.get(&format!("/cases/{number}")).await.body.contains(&words));
    }

    async fn what_names_whoever_has_the_case_in_hand_is_a_case_of_its_own(database: Database) {
        let office = Office::furnish(database).await;
        let (number, same) = told_once(&office).await;
        let desk = office.sign_in("desk").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-03"), ("far", "yes")]).await;
        let words = format!("{}把垃圾堆在楼下", office.name_of("steward-03"));
        let grid = office.code("G01-M01");
        let again = [("key", "two"), ("step", "check"), ("go", "send"), ("text", words.as_str()), ("grid", &grid), ("category", "20110"), ("same", &same)];
        let sent = office.stranger().post(&format!("/g/{grid}/report"), &again).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let theirs = office.sign_in("steward-03").await.get(&format!("/cases/{number}")).await;
        assert_eq!(theirs.status, StatusCode::OK, "{}", theirs.body);
        assert!(!theirs.body.contains(&words), "{}", theirs.body);
        assert_eq!(desk.numbers_of_file("").await.len(), 2, "nothing is lost");
    }

    async fn the_photos_of_what_was_held_come_along_into_the_case_it_joins(database: Database) {
        let office = Office::furnish(database).await;
        let (number, same) = told_once(&office).await;
        let body = json!({"text": "上午来的网格员态度恶劣", "location": {"lon": 103.605, "lat": 30.605}, "category": "20110", "same": same});
        let held = office.report_with_photo("two", &body).await;
        assert_eq!(held.status, StatusCode::CREATED, "{}", held.body);
        let held: Value = serde_json::from_str(&held.body).expect("JSON");
        assert_eq!((&held["kind"], &held["held"]), (&json!("complaint"), &json!(true)), "{held}");
        let page = format!("/complaints/{}", held["number"].as_str().expect("a number"));
        let sure = [("words", "说的是事，不是人"), ("confirmed", "yes")];
        office.sign_in("supervisor").await.act(&page, "report", &sure).await;
        let (steward, case) = (office.sign_in("steward-01").await, format!("/cases/{number}"));
        let shown = steward.get(&case).await.body;
        assert!(shown.contains("态度恶劣"), "it joined: {shown}");
        let photo = shown.split("/attachments/").nth(1).and_then(|rest| rest.split(['?', '"']).next());
        let photo = photo.expect("its photo on the case");
        assert!(!steward.bytes(&format!("{case}/attachments/{photo}?small")).await.is_empty());
    }

    async fn what_names_whoever_stands_in_for_whom_has_the_case_is_a_case_of_its_own(database: Database) {
        let office = Office::furnish(database).await;
        let (number, same) = told_once(&office).await;
        to_one_who_is_away(&office, &number).await;
        let words = format!("{}把垃圾堆在楼下", office.name_of("steward-04"));
        let grid = office.code("G01-M01");
        let again = [("key", "two"), ("step", "check"), ("go", "send"), ("text", words.as_str()), ("grid", &grid), ("category", "20110"), ("same", &same)];
        let sent = office.stranger().post(&format!("/g/{grid}/report"), &again).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let theirs = office.sign_in("steward-04").await.get(&format!("/cases/{number}")).await;
        assert_eq!(theirs.status, StatusCode::OK, "they do the work meanwhile: {}", theirs.body);
        assert!(!theirs.body.contains(&words), "{}", theirs.body);
        assert_eq!(office.sign_in("desk").await.numbers_of_file("").await.len(), 2, "nothing is lost");
    }

    async fn what_was_held_and_names_whoever_stands_in_for_whom_has_the_case_stays_a_complaint(database: Database) {
        let office = Office::furnish(database).await;
        let (number, same) = told_once(&office).await;
        to_one_who_is_away(&office, &number).await;
        let words = format!("网格员态度恶劣，说的是{}", office.name_of("steward-04"));
        let held = held(&office, &words, "G01-M01", &same).await;
        let sure = json!({"words": "说的是事，不是人", "confirmed": true});
        let bearer = office.token("supervisor").await;
        let path = format!("/api/v1/complaints/{held}/report");
        let refused = office.api("POST", &path, &bearer, &[("if-match", "\"1\"")], &sure).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        assert!(refused.body.contains("names-a-reader"), "{}", refused.body);
    }

    async fn what_was_held_elsewhere_joins_no_case_but_is_one_of_its_own(database: Database) {
        let office = Office::furnish(database).await;
        let (number, same) = told_once(&office).await;
        let words = "上午来的网格员态度恶劣";
        let held = held(&office, words, "G02-M01", &same).await;
        let sure = [("words", "说的是事，不是人"), ("confirmed", "yes")];
        office.sign_in("supervisor").await.act(&format!("/complaints/{held}"), "report", &sure).await;
        let steward = office.sign_in("steward-01").await;
        let other = steward.get(&format!("/cases/{number}")).await.body;
        assert!(!other.contains("态度恶劣"), "whoever serves another place reads nothing of it: {other}");
        let own = office.sign_in("steward-03").await.get(&format!("/cases/{held}")).await;
        assert_eq!(own.status, StatusCode::OK, "{}", own.body);
        assert!(own.body.contains("态度恶劣"), "{}", own.body);
    }
}
