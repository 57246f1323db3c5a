//! Of several who told the same one meant somebody who works here: that telling alone becomes a complaint, on the page.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;

use super::colleague::{Office, form};

/// A case told once, and a second time with a photo; its number.
pub(super) async fn told_twice(office: &Office, words: &str) -> String {
    let first = json!({"text": "示例：暴露垃圾堆在楼下", "location": {"lon": 103.605, "lat": 30.605}, "category": "20110"});
    let key = [("idempotency-key", "one")];
    let told = office
        .api("POST", "/api/v1/reports", "", &key, &first)
        .await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.body);
    let near = "/api/v1/similar?lon=103.605&lat=30.605&category=20110";
    let similar = office.api("GET", near, "", &[], &json!(null)).await;
    let similar: Value = serde_json::from_str(&similar.body).expect("JSON");
    let (same, grid) = (&similar["items"][0]["same"], office.code("G01-M01"));
    let again = [
        ("key", "two"),
        ("step", "check"),
        ("go", "send"),
        ("text", words),
        ("grid", &grid),
        ("category", "20110"),
        ("same", same.as_str().expect("a ticket")),
    ];
    let door = format!("/g/{grid}/report");
    let sent = office.stranger().post_photo(&door, &again).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let told: Value = serde_json::from_str(&told.body).expect("JSON");
    told["number"].as_str().expect("a number").to_owned()
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
}
