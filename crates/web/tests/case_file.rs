//! The case file 案卷 through the real router: a page to print, a zip to take away, and the line it leaves in the trail.

mod colleague;
mod common;

use std::io::{Cursor, Read};

use axum::http::StatusCode;
use colleague::{Colleague, Office, form};
use rules::access::Role;
use rules::ids::{MemberId, PostId};
use rules::people::{Member, Post};
use serde_json::json;
use sha2::{Digest, Sha256};
use testkit::{PASSWORD, on_both_databases};
use time::Duration;
use work::account::{NewAccount, make};
use zip::ZipArchive;

const PHONE: &str = "13800001234";
/// Words as they were kept before numbers were starred at the door.
const BEFORE: &str = "身份证510184199001011234的人打13800001234说川A12345压坏井盖";

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

/// Somebody of the command centre: takes case files and reads no leads.
async fn of_the_command(office: &Office) -> Colleague<'_> {
    let house = office.house();
    let (id, at) = (MemberId(house.clock.id()), house.clock.now());
    let net = house.net();
    let net = net.community_by_id(office.community).expect("it");
    let like = net.member_by_code("supervisor").expect("a member");
    let post = net.posts_of(like.id).next().expect("a post").clone();
    let member = Member {
        id,
        code: Some("command".to_owned()),
        ..like.clone()
    };
    let post = Post {
        id: PostId(house.clock.id()),
        member: id,
        role: Role::Command,
        ..post
    };
    let joins = async move |unit: &store::Unit| {
        unit.save_member(&member).await?;
        unit.add_post(&post, at).await?;
        unit.net_changed().await
    };
    let joined = house
        .store
        .unit::<_, store::Error, _>(office.community, joins);
    joined.await.expect("a member more");
    house.refresh_net().await.expect("the net");
    let account = NewAccount {
        name: "command",
        password: PASSWORD,
        member: Some((office.community, "command")),
        role: None,
    };
    make(house, account).await.expect("an account");
    office.sign_in("command").await
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

    async fn what_was_merged_into_a_case_is_in_its_file_with_words_and_photos_and_without_the_contact(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("楼下一堆垃圾", "G01-M01").await;
        let told = json!({"text": "旁边还有死猫", "grid": office.code("G01-M02"), "contact": {"name": "张示例", "phone": PHONE}});
        let told: serde_json::Value = serde_json::from_str(&office.report_with_photo("a", &told).await.body).expect("JSON");
        let merged = told["number"].as_str().expect("a number").to_owned();
        let own = desk.get(&format!("/cases/{merged}")).await.body;
        let photo = own.split("/attachments/").nth(1).and_then(|rest| rest.get(..36)).expect("a photo").to_owned();
        desk.step(&merged, "merge", &[("from", "case"), ("into", &number), ("words", "同一堆垃圾")]).await;
        let supervisor = office.sign_in("supervisor").await;
        let page = format!("/cases/{number}/case-file");
        let parts = parts(supervisor.file_for(&page, &[], None).await);
        let (paper, json) = (text(&parts, "case-file.html"), text(&parts, "case.json"));
        assert!(parts.iter().any(|(name, _)| name == "photos/before-1.jpg"), "{paper}");
        assert!(paper.contains(&format!("处置前照片 1（{merged}）")), "{paper}");
        for part in [&paper, &json] {
            assert!(part.contains("旁边还有死猫") && part.contains(&merged), "{part}");
            assert!(!part.contains(PHONE) && !part.contains("张示例"), "no contact: {part}");
        }
        let other = supervisor.get(&format!("/cases/{merged}/case-file")).await.body;
        assert!(other.contains(&number), "it says where it goes on: {other}");
        let steward = office.sign_in("steward-01").await;
        let shown = steward.get(&format!("/cases/{number}")).await.body;
        assert!(shown.contains(&format!("/cases/{number}/attachments/{photo}")), "{shown}");
        assert!(!steward.bytes(&format!("/cases/{number}/attachments/{photo}")).await.is_empty());
        let under_its_own = steward.get(&format!("/cases/{merged}/attachments/{photo}")).await;
        assert_eq!(under_its_own.status, StatusCode::NOT_FOUND, "out of their sight");
    }

    async fn a_photo_is_found_under_its_case_and_under_no_other_that_did_not_take_it_up(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let other = desk.enter("楼下一堆垃圾", "G01-M01").await;
        let told = json!({"text": "旁边还有死猫", "grid": office.code("G01-M02")});
        let told: serde_json::Value = serde_json::from_str(&office.report_with_photo("a", &told).await.body).expect("JSON");
        let number = told["number"].as_str().expect("a number").to_owned();
        let own = desk.get(&format!("/cases/{number}")).await.body;
        let photo = own.split("/attachments/").nth(1).and_then(|rest| rest.get(..36)).expect("a photo").to_owned();
        assert!(!desk.bytes(&format!("/cases/{number}/attachments/{photo}")).await.is_empty());
        let elsewhere = desk.get(&format!("/cases/{other}/attachments/{photo}")).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
        desk.step(&other, "merge", &[("from", "case"), ("into", &number), ("words", "同一堆垃圾")]).await;
        let taken_up = desk.get(&format!("/cases/{other}/attachments/{photo}")).await;
        assert_eq!(taken_up.status, StatusCode::NOT_FOUND, "whatever was merged has not taken up the one that goes on");
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

    async fn whoever_takes_a_task_after_the_time_for_its_work_took_it_late_on_paper_too(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("井盖不见了", "G01-M01").await;
        // two working hours for the work, and as many to take a task: of those one is left when it is given
        desk.step(&number, "file", &[("filing", "10101-1010101")]).await;
        office.later(Duration::hours(1));
        let desk = office.sign_in("desk").await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "worker-01")]).await;
        office.later(Duration::minutes(75));
        office.sign_in("worker-01").await.step(&number, "accept", &[]).await;
        let paper = office.sign_in("lead-01").await.get(&format!("/cases/{number}/case-file")).await.body;
        let deadlines = paper.split("时限和理由").nth(1).and_then(|rest| rest.split("</h2>").nth(1)).expect("deadlines");
        let taking = deadlines.split("待接手：").nth(1).and_then(|rest| rest.split("</p>").next()).expect("the taking");
        assert!(taking.contains("11:00 前") && taking.contains("超时"), "{taking}");
        assert!(!taking.contains("轮"), "one round has no number: {taking}");
    }

    async fn a_lead_stands_in_the_file_with_both_officers_procedure_and_every_step(database: Database) {
        let office = Office::furnish(database).await;
        let number = office.sign_in("desk").await.enter("摊点占用消防通道", "G01-M01").await;
        let lead = office.sign_in("worker-01").await.refer(&number).await;
        let officer = office.sign_in("officer-01").await;
        officer.act(&lead, "take", &[("second", "officer-02")]).await;
        officer.act(&lead, "start", &[("procedure", "simple")]).await;
        let second = office.sign_in("officer-02").await;
        second.act(&lead, "end", &[("result", "corrected_on_spot"), ("words", "当场撤离")]).await;
        let supervisor = office.sign_in("supervisor").await;
        let page = format!("/cases/{number}/case-file");
        let paper = supervisor.get(&page).await.body;
        let told = paper.rsplit("<h2>执法线索").next().expect("the lead");
        let (first, second) = (office.name_of("officer-01"), office.name_of("officer-02"));
        for said in [first.as_str(), &second, "简易程序", "当场改正", "当场撤离", "日志号"] {
            assert!(told.contains(said), "{said}: {told}");
        }
        let parts = parts(supervisor.file_for(&page, &[], None).await);
        let leads: serde_json::Value = serde_json::from_str(&text(&parts, "leads.json")).expect("JSON");
        assert_eq!((&leads[0]["officers"], &leads[0]["procedure"]), (&json!([first, second]), &json!("simple")));
        let trail = leads[0]["trail"].as_array().expect("a trail").iter();
        let deeds: Vec<_> = trail.map(|step| step["deed"].clone()).collect();
        assert_eq!(json!(deeds), json!(["referred", "taken", "started", "ended"]));
    }

    async fn whoever_reads_no_leads_takes_the_file_without_their_steps_and_officers(database: Database) {
        let office = Office::furnish(database).await;
        let number = office.sign_in("desk").await.enter("摊点占用消防通道", "G01-M01").await;
        let lead = office.sign_in("worker-01").await.refer(&number).await;
        office.sign_in("officer-01").await.act(&lead, "take", &[("second", "officer-02")]).await;
        let command = of_the_command(&office).await;
        let page = format!("/cases/{number}/case-file");
        let paper = command.get(&page).await;
        assert_eq!(paper.status, StatusCode::OK, "{}", paper.body);
        let parts = parts(command.file_for(&page, &[], None).await);
        assert!(parts.iter().all(|(name, _)| name != "leads.json"), "{parts:?}");
        for paper in [paper.body, text(&parts, "case-file.html")] {
            let second = office.name_of("officer-02");
            assert!(paper.contains("摊点占用消防通道") && !paper.contains(&second), "{paper}");
        }
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

    async fn words_kept_before_numbers_were_starred_are_starred_wherever_they_are_shown(database: Database) {
        let office = Office::furnish(database).await;
        let number = office.sign_in("desk").await.enter("井盖压坏了", "G01-M01").await;
        let reader = office.house.store.reader();
        let report = reader.report_numbered(office.community, &number.parse().expect("a number")).await;
        let report = report.expect("the report").id;
        let before = async move |unit: &store::Unit| unit.restore_telling(report, BEFORE, BEFORE).await;
        let kept = office.house.store.unit::<_, store::Error, _>(office.community, before).await;
        kept.expect("kept as before");
        let supervisor = office.sign_in("supervisor").await;
        for page in ["/cases".to_owned(), format!("/cases/{number}"), format!("/cases/{number}/case-file")] {
            let shown = supervisor.get(&page).await.body;
            assert!(shown.contains("川A12345"), "{page}: {shown}");
            for person in ["510184199001011234", PHONE] {
                assert!(!shown.contains(person), "{page}: {shown}");
            }
        }
        let token = office.token("supervisor").await;
        for asked in ["", "?with=trail"] {
            let path = format!("/api/v1/cases/{number}{asked}");
            let case = office.api("GET", &path, &token, &[], &json!(null)).await;
            let case: serde_json::Value = serde_json::from_str(&case.body).expect("JSON");
            let starred = json!("身份证****的人打****说川A12345压坏井盖");
            let telling = &case["tellings"][0];
            for said in [&case["text"], &case["place_note"], &telling["text"], &telling["place_note"]] {
                assert_eq!(said, &starred, "{asked}: {case}");
            }
        }
    }

    async fn photos_say_who_brought_them_when_and_with_which_result_and_those_of_refused_work_are_no_photos_after(database: Database) {
        let office = Office::furnish(database).await;
        let number = handled(&office).await;
        office.sign_in("desk").await.step(&number, "check", &[("yes", "no"), ("words", "楼道里还有")]).await;
        office.later(Duration::minutes(30));
        let words = [("from", "task"), ("words", "楼道也清了")];
        office.sign_in("steward-01").await.step_with_photo(&number, "handle", &words).await;
        office.sign_in("desk").await.step(&number, "check", &[("yes", "yes"), ("answer", "垃圾已清走")]).await;
        let supervisor = office.sign_in("supervisor").await;
        let page = format!("/cases/{number}/case-file");
        let paper = supervisor.get(&page).await.body;
        assert!(paper.contains("处置后照片 1") && !paper.contains("处置后照片 2"), "{paper}");
        let caption = |label: &str| {
            let shown = paper.split(&format!("<figcaption>{label}<br>")).nth(1);
            let shown = shown.and_then(|rest| rest.split("</figcaption>").next());
            shown.unwrap_or_else(|| panic!("no {label}: {paper}")).to_owned()
        };
        let (refused, after) = (caption("未被认可的处置照片 1"), caption("处置后照片 1"));
        let steward = office.name_of("steward-01");
        for (caption, at) in [(&refused, "09:00"), (&after, "09:30")] {
            assert!(caption.contains(at) && caption.contains(&steward) && caption.contains("第 1 轮办理结果，日志号"), "{caption}");
        }
        assert!(refused.contains("核查没有通过") && !after.contains("核查没有通过"), "{refused} {after}");
        assert!(paper.contains("办结：已解决"), "{paper}");
        let parts = parts(supervisor.file_for(&page, &[], None).await);
        for name in ["photos/refused-1.jpg", "photos/after-1.jpg"] {
            assert!(parts.iter().any(|(one, _)| one == name), "{name}");
        }
        let json: serde_json::Value = serde_json::from_str(&text(&parts, "case.json")).expect("JSON");
        let photos = json["attachments"].as_array().expect("photos").iter();
        let photos: Vec<_> = photos.map(|one| json!([one["by"], one["result"], one["round"], one["became"]])).collect();
        let results = [&json["results"][0]["id"], &json["results"][1]["id"]];
        assert_eq!(json!(photos), json!([[steward, results[0], 1, "check_failed"], [steward, results[1], 1, "stands"]]), "{json}");
    }

    async fn what_was_late_by_less_than_a_minute_says_so_for_times_end_at_the_minute(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("井盖不见了", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "10101-1010101")]).await;
        office.later(Duration::hours(1));
        let desk = office.sign_in("desk").await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "worker-01")]).await;
        office.later(Duration::minutes(60) + Duration::seconds(30));
        office.sign_in("worker-01").await.step(&number, "accept", &[]).await;
        let paper = office.sign_in("lead-01").await.get(&format!("/cases/{number}/case-file")).await.body;
        let deadlines = paper.split("时限和理由").nth(1).and_then(|rest| rest.split("</h2>").nth(1)).expect("deadlines");
        let taking = deadlines.split("待接手：").nth(1).and_then(|rest| rest.split("</p>").next()).expect("the taking");
        assert!(taking.contains("11:00 前") && taking.contains("超时不到一分钟"), "{taking}");
    }
}
