//! Forms that come back: what was typed and chosen is still in them, and everything that is wrong is told at once.

use axum::http::StatusCode;
use testkit::on_both_databases;
use time::Duration;

use super::colleague::{Colleague, Office, form, photos};

const LAMP: &str = "路灯不亮";

/// Who sends a form, its page, what was typed, and what has to stand on the page then.
type Form<'a> = (
    &'a Colleague<'a>,
    &'a str,
    &'a [(&'a str, &'a str)],
    &'a str,
);

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

    async fn a_fault_on_the_page_of_a_case_is_told_on_top_with_the_name_of_its_field(database: Database) {
        let office = Office::furnish(database).await;
        let number = in_hand(&office).await;
        let steward = office.sign_in("steward-01").await;
        let version = steward.version(&number).await;
        let bare = [("version", version.as_str()), ("from", "case"), ("to", ""), ("words", "路太远")];
        let again = steward.post(&format!("/cases/{number}/hand_over"), &bare).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
        assert_eq!(told(&again.body), ["hand_over-to"], "{}", again.body);
        assert!(again.body.contains("“交给谁”：请填写这一项。"), "{}", again.body);
        assert!(again.body.contains("<title>错误："), "{}", again.body);
        let at = |words: &str| again.body.find(words).expect("on the page");
        assert!(at("error-summary__title") < at("class=\"five\""), "before everything else: {}", again.body);
        assert_eq!(again.body.matches("error-summary__title").count(), 1, "{}", again.body);
    }

    async fn a_switch_on_a_form_that_came_back_loses_nothing_and_does_nothing(database: Database) {
        let office = Office::furnish(database).await;
        let number = in_hand(&office).await;
        let steward = office.sign_in("steward-01").await;
        let version = steward.version(&number).await;
        let path = format!("/cases/{number}/hand_over");
        for from in ["case", "task"] {
            let bare = [("version", version.as_str()), ("from", from), ("to", ""), ("words", "路太远")];
            let again = steward.post(&path, &bare).await;
            assert!(again.body.contains("id=\"sent\"") && again.body.contains("form=\"sent\" name=\"language\""), "{}", again.body);
            let switched = steward.post(&path, &[&bare[..], &[("language", "en")]].concat()).await;
            assert_eq!(switched.status, StatusCode::OK, "{}", switched.body);
            assert!(switched.header("set-cookie").starts_with("lang=en"), "{}", switched.header("set-cookie"));
            assert!(switched.body.contains("<html lang=\"en\"") && switched.body.contains("路太远</textarea>"), "{}", switched.body);
            assert_eq!(told(&switched.body), ["hand_over-to"], "{}", switched.body);
        }
        let whole = [("version", version.as_str()), ("to", "worker-01"), ("words", "路太远"), ("elder", "on")];
        let switched = steward.post(&path, &whole).await;
        assert_eq!(switched.status, StatusCode::OK, "{}", switched.body);
        assert!(switched.body.contains(" data-elder"), "{}", switched.body);
        assert_eq!(steward.version(&number).await, version, "a switch takes no step");
    }

    async fn a_switch_on_a_form_of_the_office_keeps_what_was_typed_and_sends_nothing(database: Database) {
        let office = Office::furnish(database).await;
        let number = in_hand(&office).await;
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        let supervisor = office.sign_in("supervisor").await;
        let (refer, remind) = (format!("/cases/{number}/refer"), format!("/cases/{number}/remind"));
        let forms: [Form<'_>; 7] = [
            (&desk, "/cases/new", &[("key", "k1"), ("text", "井盖响")], "井盖响</textarea>"),
            (&steward, "/report-here", &[("key", "k2"), ("text", "井盖响")], "井盖响</textarea>"),
            (&steward, "/mediations/new", &[("key", "k3"), ("matter", "楼上太吵")], "楼上太吵</textarea>"),
            (&desk, &refer, &[("place", "东门"), ("finding", "占道")], "占道</textarea>"),
            (&supervisor, &remind, &[("key", "k4"), ("words", "请尽快")], "请尽快</textarea>"),
            (&desk, "/wordings/new", &[("version", "0"), ("zh", "已立案")], "已立案</textarea>"),
            (&steward, "/absence", &[("until", "2026-12-24")], "value=\"2026-12-24\""),
        ];
        for (who, page, fields, typed) in forms {
            let fresh = who.get(page).await.body;
            assert!(fresh.contains("name=\"language\"") && !fresh.contains("action=\"/language\""), "{page}: {fresh}");
            let switched = who.post(page, &[fields, &[("language", "en")]].concat()).await;
            assert_eq!(switched.status, StatusCode::OK, "{page}: {}", switched.body);
            assert!(switched.header("set-cookie").starts_with("lang=en"), "{page}");
            assert!(switched.body.contains("<html lang=\"en\"") && switched.body.contains(typed), "{page}: {}", switched.body);
        }
        let photo = steward.post_photo("/report-here", &[("key", "k5"), ("text", "井盖响"), ("elder", "on")]).await;
        assert!(photo.body.contains(" data-elder") && form::value(&photo.body, "kept").is_some(), "{}", photo.body);
    }

    async fn the_summary_of_a_lead_a_mediation_and_a_wording_names_the_fields(database: Database) {
        let office = Office::furnish(database).await;
        let number = in_hand(&office).await;
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        let refer = format!("/cases/{number}/refer");
        let forms: [Form<'_>; 3] = [
            (&desk, &refer, &[("place", "东门")], "finding"),
            (&steward, "/mediations/new", &[("key", "k1")], "kind"),
            (&desk, "/wordings/new", &[("version", "0"), ("go", "keep")], "step"),
        ];
        for (who, page, fields, field) in forms {
            let again = who.post(page, fields).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}: {}", again.body);
            assert!(again.body.contains(&format!("<a href=\"#{field}\">“")), "{page}: {}", again.body);
        }
    }

    async fn the_address_that_a_form_was_sent_to_leads_back_to_its_case(database: Database) {
        let office = Office::furnish(database).await;
        let number = in_hand(&office).await;
        let desk = office.sign_in("desk").await;
        for sent in ["whistle", "settle", "adopt", "coordinate", "contact"] {
            let back = desk.get(&format!("/cases/{number}/{sent}")).await;
            assert_eq!((back.status, back.header("location")), (StatusCode::SEE_OTHER, format!("/cases/{number}").as_str()), "{sent}");
        }
        assert_eq!(desk.get(&format!("/cases/{number}/fly")).await.status, StatusCode::NOT_FOUND);
        let version = desk.version(&number).await;
        let refused = desk.post(&format!("/cases/{number}/close"), &[("version", &version), ("answer", "好了")]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        assert!(refused.body.contains(&format!("name=\"back\" value=\"/cases/{number}\"")), "{}", refused.body);
    }

    async fn a_task_whose_result_needs_a_photo_says_so_before_it_is_sent(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        for (filing, needed) in [("10101-1010101", true), ("20110-2011001", false)] {
            let number = desk.enter("井盖松动", "G01-M01").await;
            desk.step(&number, "file", &[("filing", filing)]).await;
            desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
            steward.step(&number, "accept", &[("from", "task")]).await;
            let form = steward.get(&format!("/tasks/{number}/handle")).await.body;
            assert_eq!(form.contains("这类事要有照片"), needed, "{filing}: {form}");
        }
    }

    async fn a_deadline_that_no_rule_moved_is_not_said_to_end_elsewhere(database: Database) {
        let office = Office::furnish(database).await;
        // finer than what states at rest keep
        office.later(Duration::microseconds(123_456));
        let desk = office.sign_in("desk").await;
        let number = desk.enter(LAMP, "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        let page = desk.get(&format!("/cases/{number}")).await.body;
        assert!(page.contains("接单") && !page.contains("按现在的规则算不到这个时间"), "{page}");
        let token = office.token("desk").await;
        let case = office.api("GET", &format!("/api/v1/cases/{number}?with=trail"), &token, &[], &serde_json::json!(null)).await.body;
        assert!(case.contains("\"moved\":false") && !case.contains("\"moved\":true"), "{case}");
    }

    async fn words_that_mean_danger_bring_the_emergency_number_to_whoever_writes_them_down_and_goes_there(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("着火了，有人被困", "G01-M01").await;
        let (receipt, case) = (format!("/cases/{number}/receipt"), format!("/cases/{number}"));
        for path in [&receipt, &case] {
            let page = desk.get(path).await.body;
            assert!(page.contains("class=\"alarm\"") && page.contains("href=\"tel:119\""), "{path}: {page}");
        }
        let steward = office.sign_in("steward-01").await;
        let key = new_key(&steward, "/report-here").await;
        let grid = office.code("G01-M01");
        let told = steward.post("/report-here", &[("key", &key), ("text", "煤气泄漏，有人晕倒"), ("grid", &grid)]).await;
        let task = steward.get(told.header("location")).await.body;
        assert!(task.contains("class=\"alarm\"") && task.contains("href=\"tel:"), "{task}");
        let calm = desk.enter(LAMP, "G01-M01").await;
        assert!(!desk.get(&format!("/cases/{calm}")).await.body.contains("class=\"alarm\""), "nothing of danger was told");
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        steward.step(&number, "accept", &[("from", "task")]).await;
        steward.step(&number, "handle", &[("words", "火已扑灭"), ("claimed", "solved"), ("from", "task")]).await;
        assert!(!desk.get(&case).await.body.contains("class=\"alarm\""), "somebody has seen to it");
    }

    async fn a_number_in_the_words_is_offered_to_the_desk_as_the_phone_once(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, grid) = (office.sign_in("desk").await, office.code("G01-M01"));
        for (phone, is_kept) in [("13800001234", true), ("", false)] {
            let key = new_key(&desk, "/cases/new").await;
            let mut fields = vec![("key", key.as_str()), ("channel", "phone"), ("text", "路灯不亮，电话13800001234"), ("grid", grid.as_str())];
            let asked = desk.post("/cases/new", &fields).await;
            assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
            assert_eq!(told(&asked.body), ["phone"]);
            assert!(asked.body.contains("描述里写了这个号码") && asked.body.contains("name=\"phone\" value=\"13800001234\""), "{}", asked.body);
            let said = form::value(&asked.body, "phone_asked").expect("that it was asked");
            fields.extend([("phone_asked", said.as_str()), ("phone", phone)]);
            let taken = desk.post("/cases/new", &fields).await;
            assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
            let number = taken.header("location").split('/').nth(2).expect("a number");
            let reader = office.house.store.reader();
            let report = reader.report_numbered(office.community, &number.parse().expect("a number")).await.expect("the report");
            assert_eq!(report.words, "路灯不亮，电话****");
            let contact = reader.contact(office.community, report.id).await.expect("contacts");
            assert_eq!(contact.is_some_and(|contact| contact.phone.is_some()), is_kept);
        }
    }
}
