//! Forms that come back: what was typed and chosen is still in them, and everything that is wrong is told at once.

use axum::http::StatusCode;
use testkit::on_both_databases;

use super::colleague::{Colleague, Office, form, photos};

const LAMP: &str = "路灯不亮";

/// What the summary on top links to, in its order.
fn told(page: &str) -> Vec<&str> {
    let summary = page.split("error-summary__title").nth(1);
    let summary = summary.and_then(|rest| rest.split("</ul>").next());
    let links = summary.unwrap_or_default().split("href=\"#").skip(1);
    links.filter_map(|rest| rest.split('"').next()).collect()
}

/// A case in the hands of steward-01.
async fn in_hand(office: &Office) -> String {
    let desk = office.sign_in("desk").await;
    let number = desk.enter(LAMP, "G01-M01").await;
    desk.step(&number, "file", &[("filing", "none")]).await;
    let to = [("whom", "other"), ("to", "steward-01")];
    desk.step(&number, "dispatch", &to).await;
    let steward = office.sign_in("steward-01").await;
    steward.step(&number, "accept", &[("from", "task")]).await;
    number
}

/// The one-time key of a new form.
async fn new_key(somebody: &Colleague<'_>, page: &str) -> String {
    let page = somebody.get(page).await.body;
    form::value(&page, "key").expect("a one-time key")
}

/// Whether a form that came back leads to a case.
fn leads_to(page: &str, number: &str) -> bool {
    page.contains(&format!("href=\"/cases/{number}\">{number}"))
}

on_both_databases! {
    async fn forms_of_the_office_ask_for_no_recording_which_they_cannot_take(database: Database) {
        let office = Office::furnish(database).await;
        for (account, form) in [("desk", "/cases/new"), ("steward-01", "/report-here")] {
            let somebody = office.sign_in(account).await;
            let empty = somebody.post(form, &[("key", "k1"), ("text", "")]).await;
            assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}: {}", empty.body);
            assert!(empty.body.contains("请写几句话。") && !empty.body.contains("录一段话"), "{form}: {}", empty.body);
        }
        let path = format!("/g/{}/report", office.code("G01-M01"));
        let resident = office.stranger().post(&path, &[("key", "k1"), ("step", "what"), ("go", "where"), ("text", "")]).await;
        assert!(resident.body.contains("请写几句话，或者录一段话。"), "{}", resident.body);
    }

    async fn a_step_with_a_fault_keeps_its_photo_and_takes_it_along_once_mended(database: Database) {
        let office = Office::furnish(database).await;
        let number = in_hand(&office).await;
        let steward = office.sign_in("steward-01").await;
        let version = steward.version(&number).await;
        let path = format!("/cases/{number}/handle");
        let empty = [("version", version.as_str()), ("from", "task"), ("words", ""), ("claimed", "solved")];
        let again = steward.post_photo(&path, &empty).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
        assert_eq!(told(&again.body), ["handle-words"], "{}", again.body);
        let kept = form::value(&again.body, "kept").expect("the photo needs no choosing again");
        let mended = [("version", version.as_str()), ("from", "task"), ("words", "已换灯泡"), ("claimed", "solved"), ("kept", &kept)];
        let done = steward.post(&path, &mended).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let case = office.sign_in("desk").await.get(&format!("/cases/{number}")).await.body;
        assert!(case.contains("/attachments/"), "the photo went along: {case}");
    }

    async fn a_step_tells_its_bad_photo_and_its_missing_words_together_and_keeps_the_good_photo(database: Database) {
        let office = Office::furnish(database).await;
        let number = in_hand(&office).await;
        let steward = office.sign_in("steward-01").await;
        let version = steward.version(&number).await;
        let fields = [("version", version.as_str()), ("from", "task"), ("words", ""), ("claimed", "gone"), ("left", "")];
        let good = form::photo();
        let chosen = [("好的.png", good.as_slice()), ("坏的.png", b"no photo".as_slice())];
        let again = steward.post_photos(&format!("/cases/{number}/handle"), &fields, &chosen).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
        assert_eq!(told(&again.body), ["handle-words", "handle-photo", "handle-claimed"], "{}", again.body);
        assert!(again.body.contains("坏的.png") && !again.body.contains("好的.png"), "{}", again.body);
        assert!(form::value(&again.body, "kept").is_some(), "{}", again.body);
    }

    async fn somebody_who_was_slower_keeps_the_photo_of_a_step_that_is_still_theirs(database: Database) {
        let office = Office::furnish(database).await;
        let number = in_hand(&office).await;
        let steward = office.sign_in("steward-01").await;
        let seen = steward.version(&number).await;
        steward.step(&number, "extend", &[("words", "等材料")]).await;
        let late = [("version", seen.as_str()), ("from", "task"), ("words", "已换灯泡"), ("claimed", "solved")];
        let late = steward.post_photo(&format!("/cases/{number}/handle"), &late).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{}", late.body);
        assert!(late.body.contains("已换灯泡"), "{}", late.body);
        assert!(form::value(&late.body, "kept").is_some(), "{}", late.body);
    }

    async fn a_form_sent_again_with_a_photo_more_is_shown_again_with_the_first_case_and_a_new_key(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (key, grid) = (new_key(&desk, "/cases/new").await, office.code("G01-M01"));
        let fields = [("key", key.as_str()), ("channel", "phone"), ("text", LAMP), ("grid", &grid)];
        let first = desk.post("/cases/new", &fields).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let number = first.header("location").split('/').nth(2).expect("a number");

        let more = desk.post_photo("/cases/new", &fields).await;
        assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", more.body);
        assert!(leads_to(&more.body, number), "{}", more.body);
        let fresh = form::value(&more.body, "key").expect("a new key");
        assert_ne!(fresh, key);
        let kept = form::value(&more.body, "kept").expect("the photo was kept");
        let other = [("key", fresh.as_str()), ("channel", "phone"), ("text", LAMP), ("grid", &grid), ("kept", &kept)];
        let second = desk.post("/cases/new", &other).await;
        assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.body);
        assert_ne!(second.header("location"), first.header("location"));
    }

    async fn a_form_sent_again_with_other_words_keeps_them_and_names_the_first_case(database: Database) {
        let office = Office::furnish(database).await;
        for (account, page, head) in [("desk", "/cases/new", "/cases/"), ("steward-01", "/report-here", "/tasks/")] {
            let somebody = office.sign_in(account).await;
            let (key, grid) = (new_key(&somebody, page).await, office.code("G01-M01"));
            let first = somebody.post(page, &[("key", &key), ("text", LAMP), ("grid", &grid)]).await;
            let number = first.header("location").strip_prefix(head).expect("a number");
            let number = number.split(['/', '?']).next().expect("a number");
            let again = somebody.post(page, &[("key", &key), ("text", "井盖松动"), ("grid", &grid)]).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
            assert!(again.body.contains(">井盖松动</textarea>"), "{}", again.body);
            assert!(leads_to(&again.body, number), "{page}: {}", again.body);
            assert_ne!(form::value(&again.body, "key"), Some(key), "{page}");
        }
    }

    async fn the_same_form_with_the_same_photo_is_one_case_however_often_it_comes(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (key, grid) = (new_key(&desk, "/cases/new").await, office.code("G01-M01"));
        let fields = [("key", key.as_str()), ("text", LAMP), ("grid", &grid)];
        let once = desk.post_photo("/cases/new", &fields).await;
        let twice = desk.post_photo("/cases/new", &fields).await;
        assert_eq!(once.status, StatusCode::SEE_OTHER, "{}", once.body);
        assert_eq!(once.header("location"), twice.header("location"));
    }

    async fn a_key_of_somebody_else_names_no_case(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, other) = (office.sign_in("desk").await, office.sign_in("desk-02").await);
        let (key, grid) = (new_key(&desk, "/cases/new").await, office.code("G01-M01"));
        let first = desk.post("/cases/new", &[("key", &key), ("text", LAMP), ("grid", &grid)]).await;
        let number = first.header("location").split('/').nth(2).expect("a number");
        let again = other.post("/cases/new", &[("key", &key), ("text", "井盖松动"), ("grid", &grid)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
        assert!(again.body.contains("这张表已经提交过") && !again.body.contains(number), "{}", again.body);
    }

    async fn each_photo_that_cannot_be_taken_is_told_with_its_place_and_name(database: Database) {
        let office = Office::furnish(database).await;
        let grid = office.code("G01-M01");
        let huge = photos::huge();
        let chosen = [("大图.png", huge.as_slice()), ("说明.png", b"no photo".as_slice())];
        for (account, page) in [("desk", "/cases/new"), ("steward-01", "/report-here")] {
            let somebody = office.sign_in(account).await;
            let again = somebody.post_photos(page, &[("key", "k1"), ("text", LAMP), ("grid", &grid)], &chosen).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
            assert_eq!(told(&again.body), ["photo", "photo"], "{}", again.body);
            let beside = again.body.split("id=\"photo-fault\"").nth(1).and_then(|rest| rest.split("</div>").next());
            let beside = beside.expect("what is wrong");
            for (name, said) in [("大图.png", "像素太多"), ("说明.png", "打不开")] {
                assert!(beside.contains(name) && beside.contains(said), "{name}: {beside}");
            }
        }
    }

    async fn each_number_of_a_point_that_cannot_be_is_told(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let grid = office.code("G01-M01");
        for (lon, lat, wanted) in [
            ("abc", "99", &["lon", "lat"][..]),
            ("181", "-91", &["lon", "lat"]),
            ("NaN", "30", &["lon"]),
            ("104", "", &["lat"]),
        ] {
            let point = [("key", "k1"), ("text", LAMP), ("grid", grid.as_str()), ("lon", lon), ("lat", lat)];
            let again = desk.post("/cases/new", &point).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
            assert_eq!(told(&again.body), wanted, "{lon} {lat}: {}", again.body);
        }
    }

    async fn a_quick_report_takes_several_photos(database: Database) {
        let office = Office::furnish(database).await;
        let steward = office.sign_in("steward-01").await;
        let page = steward.get("/report-here").await.body;
        let input = page.split("type=\"file\"").nth(1).and_then(|rest| rest.split('>').next());
        let input = input.expect("an input for photos");
        assert!(input.contains(" multiple") && !input.contains("capture"), "{input}");
    }

    async fn a_task_is_not_offered_to_be_handed_over_to_whoever_has_it(database: Database) {
        let office = Office::furnish(database).await;
        let number = in_hand(&office).await;
        let steward = office.sign_in("steward-01").await;
        let page = steward.get(&format!("/tasks/{number}/hand_over")).await.body;
        let picker = page.split("id=\"hand_over-to\"").nth(1).and_then(|rest| rest.split("</select>").next());
        let picker = picker.expect("a picker");
        assert!(!picker.contains("value=\"steward-01\""), "{picker}");
        assert!(picker.contains("value=\"worker-01\""), "{picker}");
    }
}
