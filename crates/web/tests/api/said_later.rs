//! What is said of somebody who works here after the report: in an answer, as a reason to do it again, in the note of a return
//! visit. Nothing of it lands on the case before whoever writes it said that it is about something else.

use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::common::Answer;
use crate::town::{Town, VISITED, pair, text};

const CONDUCT: &str = "网格员收了我两百块钱";

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
        let (number, code) = town.tell(0, "路灯坏了").await;
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
        let done = json!({"note": "换了灯泡", "claim": "solved"});
        said.step("steward-01", "handle", done).await;
        let sound = json!({"pass": true, "answer": "已修好"});
        said.step("lead-01", "check", sound).await;
        said
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
        let bearer = self.town.bearer("volunteer-01");
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
        let path = format!("/visits/{}/record", self.number);
        self.town.post_with(&path, &form, &headers).await
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

on_both_databases! {
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
        let slip = said.records(&[("about_worker", "yes")]).await;
        assert_eq!(slip.status, 200, "{}", slip.body);
        let number = slip.body.split("receipt__number number\">").nth(1).and_then(|rest| rest.split('<').next());
        let number = number.expect("a receipt to hand over");
        assert!(slip.body.contains("href=\"/visits\""), "{}", slip.body);
        let case = said.read().await;
        assert!(case.contains("所写内容已另行登记。") && !case.contains(CONDUCT), "{case}");
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
            let rest = slip.body.split("receipt__number number\">").nth(1).expect("a receipt");
            rest.split('<').next().unwrap_or_default().to_owned()
        };
        let first = number(&said.records(&[("about_worker", "yes")]).await);
        let again = said.records(&[("about_worker", "yes")]).await;
        assert_eq!(number(&again), first, "though the visit is theirs no more");
        let listed = town.read("supervisor", "/api/v1/complaints").await.json();
        assert_eq!(listed.as_array().map(Vec::len), Some(1), "{listed}");
    }
}
