//! The case file 案卷 through the real router: a page to print, a zip to take away, and the line it leaves in the trail.

mod colleague;
mod common;

use std::io::{Cursor, Read};

use axum::http::StatusCode;
use colleague::{Office, form};
use serde_json::json;
use sha2::{Digest, Sha256};
use testkit::on_both_databases;
use time::Duration;
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

    async fn what_supervision_did_stands_with_its_entry_and_the_post_of_whoever_did_it(database: Database) {
        let office = Office::furnish(database).await;
        let number = handled(&office).await;
        let lead = office.sign_in("lead-01").await;
        let remind = format!("/cases/{number}/remind");
        let key = form::value(&lead.get(&remind).await.body, "key").expect("a key");
        let sent = lead.post(&remind, &[("key", &key), ("words", "请早点核查")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let page = format!("/cases/{number}/case-file");
        let supervisor = office.sign_in("supervisor").await;
        supervisor.file_for(&page, &[], None).await;
        let paper = supervisor.get(&page).await.body;
        let trail = paper.split("<tbody>").nth(1).and_then(|rest| rest.split("</tbody>").next()).expect("a trail");
        assert!(!trail.contains("—"), "every line has its entry in the journal: {trail}");
        for (account, role) in [("lead-01", "一般网格长"), ("supervisor", "廉情监督员")] {
            let signed = format!("{} · {role}", office.name_of(account));
            assert!(trail.contains(&signed), "{signed}: {trail}");
        }
    }

    async fn what_was_called_together_agreed_and_settled_is_told_in_the_trail(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("井盖松动", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("to", "worker-01")]).await;
        office.sign_in("worker-01").await.step(&number, "accept", &[]).await;
        let lead = office.sign_in("lead-01").await;
        let call = [("parties", "steward-01"), ("until", "2026-11-24T10:00"), ("place", "社区二楼"), ("words", "井口由谁修")];
        lead.step(&number, "coordinate", &call).await;
        lead.step(&number, "agree", &[("words", "更换井盖"), ("outside", "示例物业公司"), ("until", "2026-11-26")]).await;
        let paper = lead.get(&format!("/cases/{number}/case-file")).await.body;
        let trail = paper.split("<tbody>").nth(1).and_then(|rest| rest.split("</tbody>").next()).expect("a trail");
        for said in ["井口由谁修", "社区二楼", "更换井盖 · 示例物业公司 · "] {
            assert!(trail.contains(said), "{said}: {trail}");
        }
    }

    async fn the_deadlines_hold_the_taking_of_the_task_and_what_called_departments_had(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("污水从井口冒出来", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("to", "worker-01")]).await;
        let worker = office.sign_in("worker-01").await;
        worker.step(&number, "accept", &[]).await;
        let call = [("urgency", "emergency"), ("departments", "D01"), ("words", "井盖没了")];
        worker.step(&number, "whistle", &call).await;
        let water = office.sign_in("department-water").await;
        water.step(&number, "acknowledge", &[]).await;
        office.later(Duration::minutes(31));
        let paper = office.sign_in("lead-01").await.get(&format!("/cases/{number}/case-file")).await.body;
        let deadlines = paper.split("时限和理由").nth(1).and_then(|rest| rest.split("</h2>").nth(1)).expect("deadlines");
        for (what, how) in [("待接手：", "按时"), ("供水排水服务站响应吹哨：", "按时"), ("供水排水服务站报到：", "已超时")] {
            let line = deadlines.split(what).nth(1).and_then(|rest| rest.split("</p>").next());
            let line = line.unwrap_or_else(|| panic!("{what}: {deadlines}"));
            assert!(line.contains(how), "{what}: {line}");
        }
        assert!(deadlines.contains("按现行设置推算"), "what is kept nowhere is said to be reckoned: {deadlines}");
    }

    async fn a_single_day_off_is_named_once(database: Database) {
        let office = Office::furnish(database).await;
        // a Sunday: of the weekend no more than that day is left, and the level has working days
        office.later(Duration::days(6));
        let desk = office.sign_in("desk").await;
        let number = desk.enter("污水从井口冒出来", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("to", "worker-01")]).await;
        office.sign_in("worker-01").await.step(&number, "accept", &[]).await;
        let paper = desk.get(&format!("/cases/{number}/case-file")).await;
        assert_eq!(paper.status, StatusCode::OK);
        assert!(paper.body.contains("周末不计：2026年11月29日。"), "{}", paper.body);
        assert!(!paper.body.contains("2026年11月29日 至 2026年11月29日"), "{}", paper.body);
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
