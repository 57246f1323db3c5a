//! What a reporter writes later, an answer or why they want it done again, on the page of their report: what is about somebody who
//! works here becomes a complaint, and the step is taken without it.

use axum::http::StatusCode;
use testkit::on_both_databases;
use time::Duration;

use super::colleague::{Office, form};
use super::common::Answer;

const THEFT: &str = "三号楼。还有，网格员收了我两百块钱";
/// What the same reporter writes of the matter alone.
const MATTER: &str = "三号楼那一盏";

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

    /// Reads the slip that a sent step led to, with the cookies of a browser.
    async fn slip(&self, sent: &Answer) -> Answer {
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let apart = sent.header("set-cookie").split(';').next();
        let cookies = format!("{}; {}", self.cookie, apart.expect("a cookie"));
        let slip = sent.header("location");
        self.office.get_with_cookie(slip, &cookies).await
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
    let to = [("whom", "other"), ("to", account), ("far", "yes")];
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
    async fn the_answer_to_a_question_leads_to_a_complaint_whatever_is_written(database: Database) {
        let office = Office::furnish(database).await;
        let link = format!("/g/{}/complaint\">去投诉", office.code("G01-M01"));
        let (report, _) = asked(&office).await;
        let page = office.get_with_cookie(&format!("/progress/{}", report.number), &report.cookie).await.body;
        assert_eq!(page.matches(&link).count(), 1, "at the answer: {page}");
    }

    async fn rating_and_reopening_lead_to_a_complaint_whatever_is_written(database: Database) {
        let office = Office::furnish(database).await;
        let link = format!("/g/{}/complaint\">去投诉", office.code("G01-M01"));
        let (report, _) = closed(&office).await;
        let page = office.get_with_cookie(&format!("/progress/{}", report.number), &report.cookie).await.body;
        assert_eq!(page.matches(&link).count(), 2, "{page}");
    }

    async fn an_answer_about_somebody_who_works_here_is_kept_as_a_complaint_and_the_question_is_answered_without_it(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = asked(&office).await;
        let asked = report.sends("answer", &version, &[("words", THEFT)]).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        assert!(asked.body.contains("说的是网格工作人员的态度或做法吗？") && asked.body.contains(THEFT), "{}", asked.body);
        assert!(!asked.body.contains("value=\"yes\" checked") && !asked.body.contains("value=\"no\" checked"), "{}", asked.body);
        assert!(!report.read_by("steward-01").await.contains(THEFT), "nothing was taken");
        let yes = [("words", THEFT), ("about_worker", "yes"), ("matter", MATTER)];
        let slip = report.slip(&report.sends("answer", &version, &yes).await).await;
        let number = complaint(&slip);
        assert!(slip.body.contains(&format!("href=\"/progress/{}\"", report.number)), "{}", slip.body);
        assert!(slip.body.contains("保留半小时"), "{}", slip.body);
        for account in ["steward-01", "lead-01", "desk"] {
            let case = report.read_by(account).await;
            assert!(case.contains(MATTER) && !case.contains("另行登记") && !case.contains(THEFT), "{account}: {case}");
        }
        let supervisor = office.sign_in("supervisor").await;
        assert!(supervisor.get(&format!("/complaints/{number}")).await.body.contains(THEFT));
        let again = report.slip(&report.sends("answer", &version, &yes).await).await;
        assert_eq!(complaint(&again), number, "sent again it is the same complaint");
        let code = between(&slip.body, "receipt__code\">", "<");
        let opened = office.stranger().post("/progress", &[("number", &number), ("code", code)]).await;
        assert!(office.stranger().get_keeping(&opened).await.body.contains(THEFT), "its own receipt opens it");
    }

    async fn the_slip_of_what_an_answer_became_outlives_a_switch_and_its_code_stands_in_no_address(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = asked(&office).await;
        let sent = report.sends("answer", &version, &[("words", THEFT), ("about_worker", "yes"), ("matter", MATTER)]).await;
        let slip = report.slip(&sent).await;
        let number = complaint(&slip);
        let code = between(&slip.body, "receipt__code\">", "<");
        assert_eq!(sent.header("location"), format!("/complaint/{number}/receipt"));
        assert!(!sent.header("set-cookie").contains(code), "{}", sent.header("set-cookie"));
        let here = format!("name=\"back\" value=\"/complaint/{number}/receipt\"");
        assert!(slip.body.contains(&here), "a switch comes back to it: {}", slip.body);
        let english = office.stranger().get_keeping_in("en", &sent).await;
        assert_eq!((complaint(&english).as_str(), between(&english.body, "receipt__code\">", "<")), (number.as_str(), code));
        assert!(english.body.contains("stays on this phone for half an hour"), "{}", english.body);
        let apart = sent.header("set-cookie").split(';').next().expect("a cookie");
        let progress = office.get_with_cookie(&format!("/complaint/{number}"), apart).await;
        assert_eq!(progress.status, StatusCode::SEE_OTHER, "it opens the slip alone: {}", progress.body);
        let shut = office.get_with_cookie(sent.header("location"), apart).await;
        assert_eq!(shut.status, StatusCode::SEE_OTHER, "not once the report is shut: {}", shut.body);
        let mut set = sent.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
        assert!(set.any(|line| line.starts_with(&report.cookie)), "the report stays open for as long");
        let (other, _) = asked(&office).await;
        let theirs = other.slip(&sent).await;
        assert_eq!((theirs.status, theirs.header("location")), (StatusCode::SEE_OTHER, format!("/progress?number={number}").as_str()), "whoever opens another report on that phone does not find it");
        let left = office.post_with_cookie("/progress-leave", &report.cookie, &[]).await;
        let gone: Vec<_> = left.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok()).collect();
        assert!(gone.iter().any(|line| line.starts_with("apart=; ") && line.contains("Max-Age=0")), "{gone:?}");
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
        let sent = report.sends("reopen", &version, &[("words", THEFT), ("about_worker", "yes"), ("matter", MATTER)]).await;
        let number = complaint(&report.slip(&sent).await);
        let case = report.read_by("desk").await;
        assert!(case.contains(MATTER) && !case.contains("另行登记") && !case.contains(THEFT) && !case.contains("tag--closed"), "{case}");
        let supervisor = office.sign_in("supervisor").await;
        assert!(supervisor.get(&format!("/complaints/{number}")).await.body.contains(THEFT));
    }

    async fn a_step_that_is_refused_makes_no_complaint_of_its_words(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = asked(&office).await;
        let yes = [("words", THEFT), ("about_worker", "yes"), ("matter", MATTER)];
        let refused = report.sends("reopen", &version, &yes).await;
        assert_ne!(refused.status, StatusCode::OK, "{}", refused.body);
        let listed = office.sign_in("supervisor").await.get("/complaints").await.body;
        assert!(!listed.contains("href=\"/complaints/5"), "both or neither: {listed}");
    }

    async fn a_question_names_until_when_it_waits_for_an_answer_while_the_case_does_not_stand_still(database: Database) {
        let office = Office::furnish(database).await;
        let (report, _) = asked(&office).await;
        let path = format!("/progress/{}", report.number);
        let page = async || office.get_with_cookie(&path, &report.cookie).await.body;
        let runs = page().await;
        assert!(runs.contains("在几号楼？") && runs.contains("前回答。"), "{runs}");
        let lead = office.sign_in("lead-01").await;
        lead.step(&report.number, "suspend", &[("until", "2026-11-30"), ("words", "等材料")]).await;
        let stands = page().await;
        assert!(stands.contains("在几号楼？") && !stands.contains("前回答。"), "its date goes by: {stands}");
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
        let yes = [("words", THEFT), ("about_worker", "yes"), ("matter", MATTER)];
        let number = complaint(&report.slip(&report.sends("answer", &version, &yes).await).await);
        let again = report.slip(&report.sends("answer", &version, &yes).await).await;
        assert_eq!(complaint(&again), number, "sent again it is the same complaint");
        let other = [("words", "网格员还骂人"), ("about_worker", "yes"), ("matter", MATTER)];
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

    async fn whoever_complains_in_an_answer_writes_of_the_matter_what_is_to_stand_on_the_case(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = asked(&office).await;
        let asked = report.sends("answer", &version, &[("words", THEFT)]).await;
        assert!(asked.body.contains("name=\"matter\""), "it is asked at once: {}", asked.body);
        let bare = report.sends("answer", &version, &[("words", THEFT), ("about_worker", "yes")]).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", bare.body);
        assert!(bare.body.contains("id=\"matter-fault\"") && bare.body.contains("value=\"yes\" checked"), "{}", bare.body);
        let both = [("words", THEFT), ("about_worker", "yes"), ("matter", "三号楼，来的人还骂我")];
        let told = report.sends("answer", &version, &both).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", told.body);
        assert!(told.body.contains("请只写事情本身") && told.body.contains("三号楼，来的人还骂我"), "{}", told.body);
        let case = report.read_by("steward-01").await;
        assert!(!case.contains("骂我") && !case.contains(MATTER), "nothing was taken: {case}");
        let listed = office.sign_in("supervisor").await.get("/complaints").await.body;
        assert!(!listed.contains("href=\"/complaints/5"), "both or neither: {listed}");
    }

    async fn a_rating_whose_words_become_a_complaint_stands_without_words_as_others_do(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = closed(&office).await;
        let rated = [("rating", "dissatisfied"), ("solved", "yes"), ("rating_words", "态度很差，骂人")];
        let asked = report.sends("rate", &version, &rated).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        assert!(asked.body.contains("事情本身（没有可不填）") && !asked.body.contains("还有什么没办好"), "{}", asked.body);
        let yes = [&rated[..], &[("about_worker", "yes")]].concat();
        let number = complaint(&report.slip(&report.sends("rate", &version, &yes).await).await);
        let case = report.read_by("steward-01").await;
        assert!(case.contains("不满意") && !case.contains("骂人") && !case.contains("登记为"), "{case}");
        let supervisor = office.sign_in("supervisor").await;
        assert!(supervisor.get(&format!("/complaints/{number}")).await.body.contains("态度很差，骂人"));
    }

    async fn what_was_typed_of_the_matter_is_not_lost_where_the_step_is_over(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = closed(&office).await;
        let rated = [("rating", "satisfied"), ("solved", "yes")];
        let once = report.sends("rate", &version, &rated).await;
        assert_eq!(once.status, StatusCode::SEE_OTHER, "{}", once.body);
        let more = [("rating", "dissatisfied"), ("solved", "yes"), ("rating_words", "态度很差，骂人"), ("about_worker", "yes"), ("matter", MATTER)];
        let late = report.sends("rate", &version, &more).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{}", late.body);
        assert!(late.body.contains("态度很差，骂人") && late.body.contains(MATTER), "{}", late.body);
    }

    async fn what_was_done_is_asked_about_in_an_answer_without_a_name_or_a_post_and_the_matter_is_not(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = asked(&office).await;
        for words in ["三楼。你们来的人骂我，还收了我200块，我要投诉他", "他态度很差，收了我200块", "态度很差，骂人"] {
            let asked = report.sends("answer", &version, &[("words", words)]).await;
            assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}: {}", asked.body);
            assert!(asked.body.contains("说的是网格工作人员的态度或做法吗？"), "{words}: {}", asked.body);
        }
        let taken = report.sends("answer", &version, &[("words", "垃圾还在三楼门口，楼上的人骂我")]).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    }

    async fn whoever_has_nothing_but_a_complaint_to_tell_opens_no_case_again_for_it(database: Database) {
        let office = Office::furnish(database).await;
        let (report, version) = closed(&office).await;
        let yes = [("words", THEFT), ("about_worker", "yes")];
        let bare = report.sends("reopen", &version, &yes).await;
        assert!(bare.body.contains("“事情本身还有什么没办好”：请填写这一项"), "the fault names its field: {}", bare.body);
        assert!(bare.body.contains("是，只投诉，不要求重办"), "{}", bare.body);
        let only = [("words", THEFT), ("about_worker", "only")];
        let number = complaint(&report.slip(&report.sends("reopen", &version, &only).await).await);
        let case = report.read_by("desk").await;
        assert!(case.contains("tag--closed") && !case.contains(THEFT), "{case}");
        let supervisor = office.sign_in("supervisor").await;
        assert!(supervisor.get(&format!("/complaints/{number}")).await.body.contains(THEFT));
        let again = complaint(&report.slip(&report.sends("reopen", &version, &only).await).await);
        assert_eq!(again, number, "sent twice, it is one");
    }
}
