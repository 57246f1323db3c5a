//! The matter in a complaint is passed on in the words of whoever looks into it: an ordinary case for whoever serves the place,
//! while what was said of somebody stays sealed and the complaint goes on.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;

use super::colleague::{Colleague, Office, form};

/// What whoever passes it on says.
const MATTER: &str = "3号楼前的路灯不亮";

/// Somebody tells of a lamp and of whom they asked in vain; gives number and code.
async fn lamp(office: &Office) -> (String, String) {
    let steward = office.name_of("steward-01");
    let body = json!({
        "text": "路灯坏了", "place_note": format!("找过{steward}，{steward}收钱不办事"), "grid": office.code("G01-M01"),
        "location": {"lon": 103.605, "lat": 30.605}, "category": "20110", "contact": {"name": "示例王五", "phone": "10012345678"},
    });
    let key = [("idempotency-key", "lamp")];
    let told = office.api("POST", "/api/v1/reports", "", &key, &body).await;
    let told: Value = serde_json::from_str(&told.body).expect("JSON");
    assert_eq!(told["held"], true, "{told}");
    let text = |field: &str| told[field].as_str().expect(field).to_owned();
    (text("number"), text("code"))
}

async fn read(office: &Office, account: &str, path: &str) -> Value {
    let bearer = office.token(account).await;
    let answer = office.api("GET", path, &bearer, &[], &json!(null)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

/// The number of the case that it was passed on as.
async fn passed(office: &Office, number: &str) -> String {
    let shown = read(
        office,
        "supervisor",
        &format!("/api/v1/complaints/{number}"),
    )
    .await;
    let cases = shown["passed"].as_array().expect("cases");
    assert_eq!(cases.len(), 1, "{shown}");
    cases[0].as_str().expect("a number").to_owned()
}

/// Whether the reporter of a case can be reached.
async fn has_contact(office: &Office, number: &str) -> bool {
    let reader = office.house.store.reader();
    let number = number.parse().expect("a number");
    let report = reader.report_numbered(office.community, &number).await;
    let report = report.expect("the report").id;
    let contact = reader.contact(office.community, report).await;
    contact.expect("contacts").is_some()
}

/// How it goes, for whoever holds a receipt.
async fn progress(office: &Office, number: &str, code: &str) -> Value {
    let path = format!("/api/v1/reports/{number}");
    let shown = office
        .api("GET", &path, "", &[("receipt-code", code)], &json!(null))
        .await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    serde_json::from_str(&shown.body).expect("JSON")
}

/// Passes it on, on its page.
async fn pass(by: &Colleague<'_>, number: &str, fields: &[(&str, &str)]) {
    let page = format!("/complaints/{number}");
    let done = by.act(&page, "pass", fields).await;
    assert_eq!(done.header("location"), format!("{page}?done=pass"));
}

/// A member is away for a week, as somebody wrote down for them who may, and another one stands in.
async fn is_away(office: &Office, account: &str, deputy: &str) {
    let net = office.house.net();
    let net = net
        .community_by_id(office.community)
        .expect("the community");
    let id = |account| net.member_by_code(account).expect("a member").id;
    let (member, deputy) = (id(account), id(deputy));
    let until = office.house.clock.now() + time::Duration::WEEK;
    let away = async move |unit: &store::Unit| {
        let away = rules::people::Away { until, deputy };
        unit.save_absence(member, Some(away)).await?;
        unit.net_changed().await
    };
    let away = office
        .house
        .store
        .unit::<_, store::Error, _>(office.community, away);
    away.await.expect("they are away");
    office.house.refresh_net().await.expect("the net");
}

on_both_databases! {
    async fn the_matter_becomes_an_ordinary_case_in_the_words_of_whoever_passes_it_on(database: Database) {
        let office = Office::furnish(database).await;
        let (number, code) = lamp(&office).await;
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{number}"));
        supervisor.act(&page, "name", &[("about", "steward-01")]).await;
        let along = [("words", MATTER), ("place_note", "东侧"), ("along", "place"), ("along", "contact")];
        pass(&supervisor, &number, &along).await;

        let new = passed(&office, &number).await;
        let case = read(&office, "steward-01", &format!("/api/v1/cases/{new}")).await;
        assert_eq!((&case["text"], &case["place_note"]), (&json!(MATTER), &json!("东侧")), "{case}");
        assert_eq!(case["location"], json!({"lon": 103.605, "lat": 30.605}), "{case}");
        let shown = office.sign_in("steward-01").await.get(&format!("/cases/{new}")).await.body;
        for hidden in [number.as_str(), "收钱", &office.name_of("supervisor")] {
            assert!(!shown.contains(hidden), "{hidden}: {shown}");
        }
        assert!(has_contact(&office, &new).await, "as the reporter agreed");
        let kept = read(&office, "supervisor", &format!("/api/v1/complaints/{number}")).await;
        assert_eq!(kept["state"], "received", "the complaint goes on: {kept}");
        assert!(supervisor.get(&page).await.body.contains(&format!("/cases/{new}\"")), "its page leads to the case");
        let goes = progress(&office, &number, &code).await;
        assert_eq!(goes["passed"][0]["number"], json!(new), "{goes}");
        assert!(goes["trail"].to_string().contains("passed"), "{goes}");
    }

    async fn whoever_complained_follows_the_case_with_its_own_number_and_code(database: Database) {
        let office = Office::furnish(database).await;
        let (number, code) = lamp(&office).await;
        pass(&office.sign_in("supervisor").await, &number, &[("words", MATTER)]).await;
        let goes = progress(&office, &number, &code).await;
        let new = &goes["passed"][0];
        let (of_case, opens) = (new["number"].as_str().expect("a number"), new["code"].as_str().expect("a code"));
        assert_ne!(opens, code);
        assert_eq!(progress(&office, of_case, opens).await["text"], json!(MATTER));
        let resident = office.stranger();
        let opened = resident.post("/progress", &[("number", &number), ("code", &code)]).await;
        let shown = resident.get_keeping(&opened).await.body;
        assert!(shown.contains(of_case) && shown.contains(opens) && shown.contains("已经转办"), "{shown}");
        let case = resident.post("/progress", &[("number", of_case), ("code", opens)]).await;
        assert_eq!(case.header("location"), format!("/progress/{of_case}"));
        let case = resident.get_keeping(&case).await.body;
        assert!(case.contains(MATTER) && !case.contains(&number), "{case}");
    }

    async fn nothing_goes_along_that_was_not_chosen(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = lamp(&office).await;
        pass(&office.sign_in("supervisor").await, &number, &[("words", MATTER)]).await;
        let new = passed(&office, &number).await;
        let case = read(&office, "steward-01", &format!("/api/v1/cases/{new}")).await;
        assert!(case["location"].is_null() && !case.to_string().contains("收钱"), "{case}");
        assert!(!has_contact(&office, &new).await);
    }

    async fn words_that_name_whoever_would_read_the_case_are_not_passed_on(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = lamp(&office).await;
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{number}"));
        let named = format!("路灯不亮，{}没有来", office.name_of("steward-01"));
        for (words, note, faulty) in [(named.as_str(), "", "words"), (MATTER, named.as_str(), "place_note"), ("", "", "words")] {
            let fields = [("version", "1"), ("words", words), ("place_note", note)];
            let refused = supervisor.post(&format!("{page}/pass"), &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
            let body = json!({"words": words, "place_note": note});
            let bearer = office.token("supervisor").await;
            let api = office.api("POST", &format!("/api/v1{page}/pass"), &bearer, &[("if-match", "\"1\"")], &body).await;
            let api: Value = serde_json::from_str(&api.body).expect("JSON");
            let code = if words.is_empty() { "text-missing" } else { "words-name-a-reader" };
            assert_eq!((&api["faults"][0]["field"], &api["faults"][0]["code"]), (&json!(faulty), &json!(code)), "{api}");
        }
        let shown = read(&office, "supervisor", &format!("/api/v1/complaints/{number}")).await;
        assert_eq!((&shown["passed"], &shown["version"]), (&json!([]), &json!(1)), "nothing was made: {shown}");
    }

    async fn words_that_name_whoever_the_case_would_fall_to_are_not_passed_on_wherever_that_one_serves(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = lamp(&office).await;
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{number}"));
        is_away(&office, "supervisor", "worker-02").await;
        // nobody is left who serves the place: it falls to the first one who is there, the lead of the other grid
        for account in ["community-lead", "desk", "desk-02", "lead-01", "worker-01", "steward-01"] {
            office.leaves(account).await;
        }
        let about = |account: &str| format!("路灯不亮，{}收钱才来", office.name_of(account));
        for (field, other) in [("words", ("place_note", "")), ("place_note", ("words", MATTER))] {
            let named = about("lead-02");
            let fields = [("version", "1"), (field, named.as_str()), other];
            let refused = supervisor.post(&format!("{page}/pass"), &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", refused.body);
        }
        pass(&supervisor, &number, &[("words", &about("steward-04"))]).await;
        let new = passed(&office, &number).await;
        let case = read(&office, "lead-02", &format!("/api/v1/cases/{new}")).await;
        assert_eq!(case["text"], json!(about("steward-04")), "it did fall to them, and names somebody who does not read it: {case}");
    }

    async fn the_matter_is_passed_on_by_nobody_who_names_no_version_or_an_old_one(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = lamp(&office).await;
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{number}"));
        supervisor.act(&page, "take", &[]).await;
        let (bearer, path) = (office.token("supervisor").await, format!("/api/v1{page}/pass"));
        for (seen, status) in [(None, 428), (Some("*"), 428), (Some("\"1\""), 412)] {
            let seen: Vec<_> = seen.map(|seen| ("if-match", seen)).into_iter().collect();
            let refused = office.api("POST", &path, &bearer, &seen, &json!({"words": MATTER})).await;
            assert_eq!(refused.status.as_u16(), status, "{seen:?}: {}", refused.body);
        }
        for (seen, status) in [(None, 400), (Some("1"), 412)] {
            let seen = seen.map(|seen| ("version", seen));
            let fields: Vec<_> = seen.into_iter().chain([("words", MATTER)]).collect();
            let refused = supervisor.post(&format!("{page}/pass"), &fields).await;
            assert_eq!(refused.status.as_u16(), status, "{fields:?}: {}", refused.body);
        }
        let shown = read(&office, "supervisor", &format!("/api/v1/complaints/{number}")).await;
        assert_eq!((&shown["passed"], &shown["version"]), (&json!([]), &json!(2)), "nothing was made: {shown}");
    }

    async fn whoever_does_not_see_the_complaint_passes_nothing_on_and_an_old_version_makes_no_second_case(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = lamp(&office).await;
        let path = format!("/api/v1/complaints/{number}/pass");
        let body = json!({"words": MATTER});
        let seen = [("if-match", "\"1\"")];
        for (account, status) in [("desk", 403), ("lead-01", 403), ("community-lead", 404)] {
            let bearer = office.token(account).await;
            let refused = office.api("POST", &path, &bearer, &seen, &body).await;
            assert_eq!(refused.status.as_u16(), status, "{account}: {}", refused.body);
        }
        let bearer = office.token("supervisor").await;
        let done = office.api("POST", &path, &bearer, &seen, &body).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        let again = office.api("POST", &path, &bearer, &seen, &body).await;
        assert_eq!(again.status, StatusCode::PRECONDITION_FAILED, "{}", again.body);
        passed(&office, &number).await;
    }

    async fn its_photos_go_along_as_chosen(database: Database) {
        let office = Office::furnish(database).await;
        let grid = office.code("G01-M01");
        let desk = office.sign_in("desk").await;
        let key = form::value(&desk.get("/cases/new").await.body, "key").expect("a one-time key");
        let fields = [("key", key.as_str()), ("channel", "phone"), ("text", "路灯坏了，网格员态度恶劣"), ("grid", &grid), ("about_worker", "yes")];
        let asked = desk.post_photo("/cases/new", &fields).await;
        let kept = form::value(&asked.body, "kept").expect("a ticket of the photo");
        let told = [("key", key.as_str()), ("kept", &kept), ("text", "路灯坏了，网格员态度恶劣")];
        let slip = desk.post(&format!("/g/{grid}/complaint"), &told).await.body;
        let number = slip.split("receipt__number number\">").nth(1).and_then(|rest| rest.split('<').next());
        let number = number.expect("a number").to_owned();
        let (supervisor, steward) = (office.sign_in("supervisor").await, office.sign_in("steward-01").await);
        assert!(supervisor.get(&format!("/complaints/{number}")).await.body.contains("value=\"photos\""));
        pass(&supervisor, &number, &[("words", MATTER), ("along", "photos")]).await;
        let case = passed(&office, &number).await;
        let shown = steward.get(&format!("/cases/{case}")).await.body;
        let photo = shown.split("/attachments/").nth(1).and_then(|rest| rest.split(['?', '"']).next());
        let photo = photo.expect("a photo on the case");
        assert!(!steward.bytes(&format!("/cases/{case}/attachments/{photo}?small")).await.is_empty());
        assert!(supervisor.get(&format!("/complaints/{number}")).await.body.contains("/photos/"), "and stay with the complaint");
    }
}
