//! What a reporter writes later, an answer or why they want it done again, on the page of their report: what is about somebody who
//! works here becomes a complaint, and the step is taken without it.

use axum::http::StatusCode;
use testkit::on_both_databases;
use time::Duration;

use super::colleague::{Office, form};
use super::common::Answer;

const THEFT: &str = "三号楼。还有，网格员收了我两百块钱";

/// A report of which its reporter was asked something, opened by them.
struct Opened<'a> {
    office: &'a Office,
    number: String,
    cookie: String,
}

impl Opened<'_> {
    /// Posts a step of the reporter with the version of the page.
    async fn sends(&self, step: &str, version: &str, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/progress/{}/{step}", self.number);
        let mut all = vec![("version", version)];
        all.extend_from_slice(fields);
        self.office
            .post_with_cookie(&path, &self.cookie, &all)
            .await
    }

    /// The case as somebody reads it.
    async fn read_by(&self, account: &str) -> String {
        let path = format!("/cases/{}", self.number);
        self.office.sign_in(account).await.get(&path).await.body
    }
}

/// What stands between two texts.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let rest = page.split(before).nth(1).expect(before);
    rest.split(after).next().expect(after)
}

/// The number of the complaint on a receipt.
fn complaint(slip: &Answer) -> String {
    assert_eq!(slip.status, StatusCode::OK, "{}", slip.body);
    between(&slip.body, "receipt__number number\">", "<").to_owned()
}

/// Entered at the desk, in a steward's hands, and opened by whoever told it.
async fn in_hand<'a>(office: &'a Office, account: &str) -> Opened<'a> {
    let (desk, steward) = (office.sign_in("desk").await, office.sign_in(account).await);
    let number = desk.enter("路灯坏了", "G01-M01").await;
    let receipt = desk.get(&format!("/cases/{number}/receipt")).await.body;
    let code = between(&receipt, "receipt__code\">", "<").to_owned();
    desk.step(&number, "file", &[("filing", "20110-2011001")])
        .await;
    let to = [("whom", "other"), ("to", account)];
    desk.step(&number, "dispatch", &to).await;
    steward.step(&number, "accept", &[]).await;
    let fields = [("number", number.as_str()), ("code", code.as_str())];
    let opened = office.stranger().post("/progress", &fields).await;
    let cookie = opened.header("set-cookie").split(';').next();
    Opened {
        office,
        cookie: cookie.expect("a cookie").to_owned(),
        number,
    }
}

/// The same, asked by the steward.
async fn asked(office: &Office) -> (Opened<'_>, String) {
    asked_by(office, "steward-01").await
}

async fn asked_by<'a>(office: &'a Office, account: &str) -> (Opened<'a>, String) {
    let opened = in_hand(office, account).await;
    let steward = office.sign_in(account).await;
    steward
        .step(&opened.number, "ask", &[("words", "在几号楼？")])
        .await;
    let version = steward.version(&opened.number).await;
    (opened, version)
}

/// The same, done and found done.
async fn closed(office: &Office) -> (Opened<'_>, String) {
    let opened = in_hand(office, "steward-01").await;
    let (desk, steward) = (
        office.sign_in("desk").await,
        office.sign_in("steward-01").await,
    );
    let number = &opened.number;
    let done = [("words", "换了灯泡"), ("claimed", "solved")];
    steward.step_with_photo(number, "handle", &done).await;
    desk.step(number, "check", &[("yes", "yes"), ("answer", "已修好")])
        .await;
    let path = format!("/progress/{number}/reopen");
    let bare = [("version", "0"), ("words", " ")];
    let page = office
        .post_with_cookie(&path, &opened.cookie, &bare)
        .await
        .body;
    let version = form::value(&page, "version").expect("a version");
    (opened, version)
}

on_both_databases! {
    async fn an_answer_about_somebody_who_works_here_is_kept_as_a_complaint_and_the_question_is_answered_without_it(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = asked(&office).await;
        let asked = report.sends("answer", &version, &[("words", THEFT)]).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        assert!(asked.body.contains("说的是网格工作人员的态度或做法吗？") && asked.body.contains(THEFT), "{}", asked.body);
        assert!(!asked.body.contains("value=\"yes\" checked") && !asked.body.contains("value=\"no\" checked"), "{}", asked.body);
        assert!(!report.read_by("steward-01").await.contains(THEFT), "nothing was taken");
        let yes = [("words", THEFT), ("about_worker", "yes")];
        let slip = report.sends("answer", &version, &yes).await;
        let number = complaint(&slip);
        assert!(slip.body.contains(&format!("href=\"/progress/{}\"", report.number)), "{}", slip.body);
        let back = format!("name=\"back\" value=\"/progress/{}\"", report.number);
        assert!(slip.body.contains(&back) && slip.body.contains("这一页只显示一次"), "large text leads to a page there is: {}", slip.body);
        for account in ["steward-01", "lead-01", "desk"] {
            let case = report.read_by(account).await;
            assert!(case.contains("所写内容已另行登记。") && !case.contains(THEFT), "{account}: {case}");
        }
        let supervisor = office.sign_in("supervisor").await;
        assert!(supervisor.get(&format!("/complaints/{number}")).await.body.contains(THEFT));
        let again = report.sends("answer", &version, &yes).await;
        assert_eq!(complaint(&again), number, "sent again it is the same complaint");
        let code = between(&slip.body, "receipt__code\">", "<");
        let opened = office.stranger().post("/progress", &[("number", &number), ("code", code)]).await;
        assert!(office.stranger().get_keeping(&opened).await.body.contains(THEFT), "its own receipt opens it");
    }

    async fn an_answer_that_names_whoever_works_on_it_is_asked_about_and_taken_where_it_is_about_something_else(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = asked(&office).await;
        let words = format!("{}来过的那栋", office.name_of("steward-01"));
        let asked = report.sends("answer", &version, &[("words", &words)]).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        let no = [("words", words.as_str()), ("about_worker", "no")];
        let taken = report.sends("answer", &version, &no).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
        assert!(report.read_by("steward-01").await.contains(&words), "the reporter decides");
    }

    async fn why_it_is_to_be_done_again_is_kept_as_a_complaint_where_it_is_about_somebody_who_works_here(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = closed(&office).await;
        let asked = report.sends("reopen", &version, &[("words", THEFT)]).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        let slip = report.sends("reopen", &version, &[("words", THEFT), ("about_worker", "yes")]).await;
        let number = complaint(&slip);
        let case = report.read_by("desk").await;
        assert!(case.contains("所写内容已另行登记。") && !case.contains(THEFT) && !case.contains("tag--closed"), "{case}");
        let supervisor = office.sign_in("supervisor").await;
        assert!(supervisor.get(&format!("/complaints/{number}")).await.body.contains(THEFT));
    }

    async fn a_step_that_is_refused_makes_no_complaint_of_its_words(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = asked(&office).await;
        let yes = [("words", THEFT), ("about_worker", "yes")];
        let refused = report.sends("reopen", &version, &yes).await;
        assert_ne!(refused.status, StatusCode::OK, "{}", refused.body);
        let listed = office.sign_in("supervisor").await.get("/complaints").await.body;
        assert!(!listed.contains("href=\"/complaints/5"), "both or neither: {listed}");
    }

    async fn a_step_that_is_pressed_twice_leads_to_the_report_as_the_first_press_did(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = asked(&office).await;
        let fields = [("words", "三号楼前面")];
        for _ in 0..2 {
            let sent = report.sends("answer", &version, &fields).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
            assert_eq!(sent.header("location"), format!("/progress/{}", report.number));
        }
        let steward = office.sign_in("steward-01").await;
        let after = steward.version(&report.number).await;
        assert_eq!(after.parse::<i64>().ok(), version.parse::<i64>().ok().map(|seen| seen + 1), "taken once");
    }

    async fn an_answer_that_was_sent_after_staff_told_something_is_the_same_complaint_when_it_comes_again(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = asked(&office).await;
        let steward = office.sign_in("steward-01").await;
        office.later(Duration::minutes(1));
        steward.step(&report.number, "tell", &[("words", "灯泡已经在路上")]).await;
        let yes = [("words", THEFT), ("about_worker", "yes")];
        let number = complaint(&report.sends("answer", &version, &yes).await);
        let again = report.sends("answer", &version, &yes).await;
        assert_eq!(complaint(&again), number, "sent again it is the same complaint");
        let other = [("words", "网格员还骂人"), ("about_worker", "yes")];
        let late = report.sends("answer", &version, &other).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "other words come too late: {}", late.body);
    }

    async fn an_answer_that_names_whoever_stands_in_for_whom_works_on_it_is_asked_about(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = asked_by(&office, "steward-03").await;
        let words = format!("{}来过的那栋", office.name_of("steward-04"));
        let away = [("until", "2026-11-30"), ("deputy", "steward-04")];
        office.sign_in("steward-03").await.post("/absence", &away).await;
        let asked = report.sends("answer", &version, &[("words", &words)]).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
    }
}
