//! Of several who told the same one meant somebody who works here: that telling alone becomes a complaint, on the page. And what
//! is said to be the same as a case joins none that somebody reads whom it names.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;

use super::colleague::{Office, form};

/// A case told once: its number, and the ticket of whoever says that theirs is the same.
async fn told_once(office: &Office) -> (String, String) {
    let first = json!({"text": "示例：暴露垃圾堆在楼下", "location": {"lon": 103.605, "lat": 30.605}, "category": "20110"});
    let key = [("idempotency-key", "one")];
    let told = office
        .api("POST", "/api/v1/reports", "", &key, &first)
        .await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.body);
    let near = "/api/v1/similar?lon=103.605&lat=30.605&category=20110";
    let similar = office.api("GET", near, "", &[], &json!(null)).await;
    let similar: Value = serde_json::from_str(&similar.body).expect("JSON");
    let told: Value = serde_json::from_str(&told.body).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    (text(&told["number"]), text(&similar["items"][0]["same"]))
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
    let to = [("whom", "other"), ("to", "steward-03")];
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
        // the first choice is all of the case
        let telling = page.split("name=\"telling\" value=\"").nth(2).and_then(|rest| rest.split('"').next());
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
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-03")]).await;
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
