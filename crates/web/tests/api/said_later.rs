//! What is said of somebody who works here after the report: in an answer, as a reason to do it again, in the note of a return
//! visit. Nothing of it lands on the case before whoever writes it said that it is about something else.

use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::common::Answer;
use crate::town::{LAT, LON, Town, VISITED, pair, text};

const CONDUCT: &str = "网格员收了我两百块钱";
/// What is still wrong with the matter.
const MATTER: &str = "三楼的灯还不亮";

/// A case on its way.
struct Said<'a> {
    town: &'a Town,
    number: String,
    code: String,
    at: i64,
}

impl<'a> Said<'a> {
    /// In the hands of the steward.
    async fn in_hand(town: &'a Town, category: &str) -> Self {
        let told = town.tell(0, "路灯坏了").await;
        Self::handed_on(town, told, category).await
    }

    async fn handed_on(town: &'a Town, (number, code): (String, String), category: &str) -> Self {
        let at = 1;
        let mut said = Self {
            town,
            number,
            code,
            at,
        };
        said.step("desk", "file", json!({"category": category}))
            .await;
        said.step("desk", "dispatch", json!({"to": "steward-01"}))
            .await;
        said.step("steward-01", "accept", json!({})).await;
        said
    }

    /// Done by the steward and found done.
    async fn checked(town: &'a Town, category: &str) -> Self {
        let mut said = Self::in_hand(town, category).await;
        said.is_done().await;
        said
    }

    async fn is_done(&mut self) {
        let done = json!({"note": "换了灯泡", "claim": "solved"});
        self.step("steward-01", "handle", done).await;
        let sound = json!({"pass": true, "answer": "已修好"});
        self.step("lead-01", "check", sound).await;
    }

    async fn step(&mut self, who: &str, command: &str, body: Value) {
        let done = self
            .town
            .step(who, &self.number, self.at, command, body)
            .await;
        assert_eq!(done.status, 200, "{command}: {}", done.body);
        self.at = done.json()["version"].as_i64().expect("a version");
    }

    /// A step of whoever told it.
    async fn by_reporter(&self, command: &str, body: &Value) -> Answer {
        let seen = format!("\"{}\"", self.at);
        let headers = [("receipt-code", self.code.as_str()), ("if-match", &seen)];
        let path = format!("/api/v1/cases/{}/{command}", self.number);
        self.town.send(&path, &headers, body).await
    }

    /// The page of a visit's answer, sent with these words by a volunteer.
    async fn records(&self, more: &[(&str, &str)]) -> Answer {
        let path = format!("/visits/{}/record", self.number);
        self.heard_by("volunteer-01", &path, more).await
    }

    /// The same on the page of the case, by somebody who leads.
    async fn records_on_the_case(&self, more: &[(&str, &str)]) -> Answer {
        let path = format!("/cases/{}/visit", self.number);
        self.heard_by("chief", &path, more).await
    }

    async fn heard_by(&self, who: &str, path: &str, more: &[(&str, &str)]) -> Answer {
        let bearer = self.town.bearer(who);
        let headers = [
            ("authorization", bearer.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("accept-language", "zh-CN"),
        ];
        let version = self.at.to_string();
        let mut form = vec![
            ("version", version.as_str()),
            ("method", "phone"),
            ("yes", "no"),
            ("satisfaction", "dissatisfied"),
            ("words", CONDUCT),
        ];
        form.extend_from_slice(more);
        self.town.post_with(path, &form, &headers).await
    }

    /// The case as the steward reads it.
    async fn read(&self) -> String {
        let path = format!("/api/v1/cases/{}?with=trail", self.number);
        self.town.read("steward-01", &path).await.body
    }
}

/// That it was refused because nobody said whether it is about a worker, or because it is.
fn refused_for(answer: &Answer, code: &str) {
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert_eq!(answer.fault(), pair("about_worker", code));
}

/// The number on a receipt that is handed over.
fn receipt(slip: &Answer) -> &str {
    let rest = slip.body.split("receipt__number number\">").nth(1);
    let number = rest.and_then(|rest| rest.split('<').next());
    number.expect("a receipt to hand over")
}

on_both_databases! {
    async fn whoever_the_reporter_spoke_of_is_passed_over_for_the_return_visit(database: Database) {
        let town = Town::on(database).await;
        let words = "示例volunteer-01收了钱不办事，路灯坏了";
        let body = json!({"text": words, "location": {"lon": LON, "lat": LAT}, "about_worker": false});
        let told = town.send("/api/v1/reports", &[("idempotency-key", "spoken-of")], &body).await;
        assert_eq!(told.status, 201, "{}", told.body);
        let told = told.json();
        let told = (text(&told["number"]), text(&told["code"]));
        Said::handed_on(&town, told, VISITED).await.is_done().await;
        let asked = async |who: &str| {
            let visits = town.read(who, "/api/v1/visits").await.json();
            visits["mine"].as_array().expect("a list").len()
        };
        assert_eq!(asked("volunteer-01").await, 0, "the words are shown to whoever visits");
        assert_eq!(asked("worker-01").await, 1, "the next one near is asked, and the time runs on");
    }

    async fn an_answer_and_a_reason_that_sound_like_a_complaint_are_taken_only_once_it_is_said_whether_they_are(database: Database) {
        let town = Town::on(database).await;
        let mut asked = Said::in_hand(&town, "20110").await;
        asked.step("steward-01", "ask", json!({"question": "在几号楼？"})).await;
        let closed = Said::checked(&town, "20110").await;
        for (said, command, field) in [(&asked, "answer", "answer"), (&closed, "reopen", "reason")] {
            let with = |about: Value| {
                let mut body = json!({field: CONDUCT});
                if !about.is_null() {
                    body["about_worker"] = about;
                }
                body
            };
            refused_for(&said.by_reporter(command, &with(json!(null))).await, "about-worker-unsaid");
            refused_for(&said.by_reporter(command, &with(json!(true))).await, "about-worker-complaint");
            assert!(!said.read().await.contains(CONDUCT), "{command}: nothing was taken");
            let taken = said.by_reporter(command, &with(json!(false))).await;
            assert_eq!(taken.status, 200, "{command}: whoever writes it decides: {}", taken.body);
            assert!(said.read().await.contains(CONDUCT), "{command}");
        }
    }

    async fn the_note_of_a_visit_that_sounds_like_a_complaint_is_taken_only_once_it_is_said_whether_it_is(database: Database) {
        let town = Town::on(database).await;
        let mut said = Said::checked(&town, VISITED).await;
        let mut heard = json!({"method": "phone", "solved": false, "satisfaction": "dissatisfied", "note": CONDUCT});
        let unsaid = town.step("volunteer-01", &said.number, said.at, "visit", heard.clone()).await;
        refused_for(&unsaid, "about-worker-unsaid");
        assert!(!said.read().await.contains(CONDUCT), "nothing was taken");
        heard["about_worker"] = json!(false);
        said.step("volunteer-01", "visit", heard).await;
        assert!(said.read().await.contains(CONDUCT));
    }

    async fn what_a_visit_hears_of_somebody_who_works_here_becomes_a_complaint_and_the_visit_counts(database: Database) {
        let town = Town::on(database).await;
        let said = Said::checked(&town, VISITED).await;
        let asked = said.records(&[]).await;
        assert_eq!(asked.status, 422, "{}", asked.body);
        assert!(asked.body.contains("说的是网格工作人员的态度或做法吗？") && asked.body.contains(CONDUCT), "{}", asked.body);
        assert!(asked.body.contains("办理的人看得到这里写的话"), "whoever answers reads why they are asked: {}", asked.body);
        let slip = said.records(&[("about_worker", "yes"), ("matter", MATTER)]).await;
        assert_eq!(slip.status, 200, "{}", slip.body);
        let number = receipt(&slip);
        assert!(slip.body.contains("href=\"/visits\""), "{}", slip.body);
        let case = said.read().await;
        assert!(case.contains(MATTER) && !case.contains("另行登记") && !case.contains(CONDUCT), "{case}");
        let case: Value = serde_json::from_str(&case).expect("JSON");
        assert_eq!(text(&case["state"]), "accepted", "what is not solved goes back");
        let complaint = town.read("supervisor", &format!("/api/v1/complaints/{number}")).await;
        assert!(complaint.body.contains(CONDUCT), "{}", complaint.body);
    }

    async fn a_visit_that_becomes_a_complaint_and_is_sent_twice_gives_the_same_receipt(database: Database) {
        let town = Town::on(database).await;
        let said = Said::checked(&town, VISITED).await;
        let number = |slip: &Answer| {
            assert_eq!(slip.status, 200, "{}", slip.body);
            receipt(slip).to_owned()
        };
        let first = number(&said.records(&[("about_worker", "yes"), ("matter", MATTER)]).await);
        let again = said.records(&[("about_worker", "yes"), ("matter", MATTER)]).await;
        assert_eq!(number(&again), first, "though the visit is theirs no more");
        let listed = town.read("supervisor", "/api/v1/complaints").await.json();
        assert_eq!(listed.as_array().map(Vec::len), Some(1), "{listed}");
    }

    async fn what_a_visit_heard_is_shown_again_to_whoever_sends_it_after_somebody_else_made_the_visit(database: Database) {
        let town = Town::on(database).await;
        let said = Said::checked(&town, VISITED).await;
        let heard = json!({"method": "phone", "solved": true, "satisfaction": "satisfied"});
        assert_eq!(town.step("chief", &said.number, said.at, "visit", heard).await.status, 200);
        let late = said.records(&[("about_worker", "yes"), ("matter", MATTER)]).await;
        assert_eq!(late.status, 409, "{}", late.body);
        for shown in ["示例chief", CONDUCT, MATTER, "/complaint\""] {
            assert!(late.body.contains(shown), "{shown}: {}", late.body);
        }
    }

    async fn whoever_notes_a_visit_on_the_page_of_its_case_is_asked_whether_it_is_about_somebody_who_works_here(database: Database) {
        let town = Town::on(database).await;
        let said = Said::checked(&town, VISITED).await;
        let asked = said.records_on_the_case(&[]).await;
        assert_eq!(asked.status, 422, "{}", asked.body);
        for shown in ["说的是网格工作人员的态度或做法吗？", "name=\"about_worker\" value=\"yes\"", CONDUCT] {
            assert!(asked.body.contains(shown), "{shown}: {}", asked.body);
        }
        for chosen in ["value=\"yes\" checked", "value=\"no\" checked"] {
            assert!(!asked.body.contains(&format!("name=\"about_worker\" {chosen}")), "nothing stands chosen: {}", asked.body);
        }
        assert!(!said.read().await.contains(CONDUCT), "nothing was taken");
        let taken = said.records_on_the_case(&[("about_worker", "no")]).await;
        assert_eq!(taken.status, 303, "{}", taken.body);
        assert!(said.read().await.contains(CONDUCT), "whoever writes it decides");
    }

    async fn what_a_visit_noted_on_the_page_of_its_case_heard_of_somebody_who_works_here_becomes_a_complaint(database: Database) {
        let town = Town::on(database).await;
        let said = Said::checked(&town, VISITED).await;
        let slip = said.records_on_the_case(&[("about_worker", "yes"), ("matter", MATTER)]).await;
        assert_eq!(slip.status, 200, "{}", slip.body);
        let number = receipt(&slip);
        assert!(slip.body.contains(&format!("href=\"/cases/{}\"", said.number)), "{}", slip.body);
        let case = said.read().await;
        assert!(case.contains(MATTER) && !case.contains("另行登记") && !case.contains(CONDUCT), "{case}");
        let complaint = town.read("supervisor", &format!("/api/v1/complaints/{number}")).await;
        assert!(complaint.body.contains(CONDUCT), "{}", complaint.body);
    }
}
