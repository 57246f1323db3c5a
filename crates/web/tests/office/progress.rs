//! What whoever told it finds on the page of its progress, once the office has worked on it.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;

use super::colleague::Office;

/// The addresses of the pictures in the card of this name.
fn pictures(page: &str, card: &str) -> Vec<String> {
    let card = page.split(&format!("aria-labelledby=\"{card}\"")).nth(1);
    let card = card.and_then(|rest| rest.split("</section>").next());
    let images = card.unwrap_or_default().split("<img src=\"").skip(1);
    images
        .filter_map(|image| Some(image.split('"').next()?.to_owned()))
        .collect()
}

on_both_databases! {
    async fn photos_stand_under_what_they_show_and_each_stands_there_once(database: Database) {
        let office = Office::furnish(database).await;
        let told = office.report_with_photo("told-once", &json!({"text": "楼道堆物", "grid": office.code("G01-M01")})).await;
        let told: Value = serde_json::from_str(&told.body).expect("JSON");
        let [number, code] = ["number", "code"].map(|field| told[field].as_str().expect(field).to_owned());
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        steward.step(&number, "accept", &[]).await;
        let opened = office.stranger().post("/progress", &[("number", &number), ("code", &code)]).await;
        let before = office.stranger().get_keeping(&opened).await.body;
        assert_eq!((pictures(&before, "told").len(), pictures(&before, "result").len()), (1, 0), "{before}");
        steward.step_with_photo(&number, "handle", &[("words", "已清运"), ("claimed", "solved")]).await;
        let after = office.stranger().get_keeping(&opened).await.body;
        let (report, result) = (pictures(&after, "told"), pictures(&after, "result"));
        assert_eq!((&report, result.len()), (&pictures(&before, "told"), 1), "{after}");
        assert_ne!(report, result);
        assert_eq!(after.matches("<img src=\"/progress/").count(), 2, "{after}");
        let cookie = opened.header("set-cookie").split(';').next().expect("a cookie");
        for picture in report.iter().chain(&result) {
            assert_eq!(office.get_with_cookie(picture, cookie).await.status, StatusCode::OK, "{picture}");
        }
    }
}
