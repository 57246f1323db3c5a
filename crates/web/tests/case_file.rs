//! The case file 案卷 through the real router: a page to print, a zip to take away, and the line it leaves in the trail.

mod colleague;
mod common;

use std::io::{Cursor, Read};

use axum::http::StatusCode;
use colleague::Office;
use serde_json::json;
use sha2::{Digest, Sha256};
use testkit::on_both_databases;
use zip::ZipArchive;

const PHONE: &str = "13800001234";

/// A case with a contact, handled with a photo and closed.
async fn handled(office: &Office) -> String {
    let desk = office.sign_in("desk").await;
    let contact = [("name", "张示例"), ("phone", PHONE)];
    let number = desk
        .enter_with("暴露垃圾堆在 3 号楼下", "G01-M01", &contact)
        .await;
    desk.step(&number, "file", &[("filing", "20110-2011001")])
        .await;
    let to = [("whom", "other"), ("to", "steward-01")];
    desk.step(&number, "dispatch", &to).await;
    let steward = office.sign_in("steward-01").await;
    steward.step(&number, "accept", &[("from", "task")]).await;
    let words = [("from", "task"), ("words", "已清运")];
    steward.step_with_photo(&number, "handle", &words).await;
    number
}

/// The parts of a zip by name.
fn parts(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    (0..archive.len())
        .map(|n| {
            let mut part = archive.by_index(n).expect("a part");
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("readable");
            (part.name().expect("UTF-8").into_owned(), bytes)
        })
        .collect()
}

fn text(parts: &[(String, Vec<u8>)], name: &str) -> String {
    let part = parts.iter().find(|(one, _)| one == name);
    let (_, bytes) = part.unwrap_or_else(|| panic!("no {name}"));
    String::from_utf8(bytes.clone()).expect("text")
}

on_both_databases! {
    async fn the_page_shows_every_step_with_person_time_photos_and_the_reason_of_the_deadline(database: Database) {
        let office = Office::furnish(database).await;
        let number = handled(&office).await;
        let supervisor = office.sign_in("supervisor").await;
        let case = supervisor.get(&format!("/cases/{number}")).await.body;
        assert!(case.contains(&format!("href=\"/cases/{number}/case-file\"")), "{case}");
        let page = supervisor.get(&format!("/cases/{number}/case-file")).await.body;
        for said in ["暴露垃圾堆在 3 号楼下", "已清运", "处置后照片 1", "时限和理由", &office.name_of("steward-01")] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains(PHONE) && !page.contains("张示例"), "no contact: {page}");
        let english = supervisor.get_english(&format!("/cases/{number}/case-file")).await.body;
        assert!(english.contains("Photo after 1") && english.contains("Case file"), "{english}");
    }

    async fn the_zip_holds_paper_photos_and_sums_without_the_contact_and_leaves_a_line(database: Database) {
        let office = Office::furnish(database).await;
        let number = handled(&office).await;
        let supervisor = office.sign_in("supervisor").await;
        let page = format!("/cases/{number}/case-file");
        assert!(!supervisor.get(&page).await.body.contains("下载了案卷"), "looking leaves no line");
        let parts = parts(supervisor.file_for(&page, &[], None).await);
        let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["case-file.html", "case.json", "photos/after-1.jpg", "SHA256SUMS"]);
        let sums = text(&parts, "SHA256SUMS");
        for (name, bytes) in &parts[..3] {
            assert!(sums.contains(&format!("{}  {name}\n", hex::encode(Sha256::digest(bytes)))), "{name}");
        }
        let (paper, json) = (text(&parts, "case-file.html"), text(&parts, "case.json"));
        assert!(paper.contains("src=\"photos/after-1.jpg\"") && paper.contains("下载了案卷"), "{paper}");
        assert!(json.contains("\"deed\": \"handled\""), "{json}");
        for part in [&paper, &json] {
            assert!(!part.contains(PHONE) && !part.contains("张示例"), "no contact: {part}");
        }
        let trail = office.sign_in("desk").await.get(&format!("/cases/{number}")).await.body;
        assert_eq!(trail.matches("下载了案卷").count(), 1, "{trail}");
        assert!(trail.contains(&office.name_of("supervisor")), "{trail}");
    }

    async fn who_may_not_take_it_or_does_not_see_the_case_gets_none(database: Database) {
        let office = Office::furnish(database).await;
        let number = handled(&office).await;
        let page = format!("/cases/{number}/case-file");
        for (account, status) in [
            ("steward-01", StatusCode::FORBIDDEN),
            ("lead-02", StatusCode::NOT_FOUND),
            ("lead-01", StatusCode::OK),
        ] {
            let somebody = office.sign_in(account).await;
            assert_eq!(somebody.get(&page).await.status, status, "{account}");
            assert_eq!(somebody.post(&page, &[]).await.status, status, "{account}");
        }
        let case = office.sign_in("steward-01").await.get(&format!("/tasks/{number}")).await.body;
        assert!(!case.contains("case-file"), "no door that does not open: {case}");
    }

    async fn the_api_gives_the_same_zip_in_the_language_asked_for(database: Database) {
        let office = Office::furnish(database).await;
        let number = handled(&office).await;
        let path = format!("/api/v1/cases/{number}/case-file");
        let owner = office.token("steward-01").await;
        assert_eq!(office.api("POST", &path, &owner, &[], &json!(null)).await.status, StatusCode::FORBIDDEN);
        let token = office.token("supervisor").await;
        let parts = parts(office.api_bytes(&path, &token).await);
        assert!(text(&parts, "case-file.html").contains("Photo after 1"));
    }
}
