//! What is asked about the words of a lead, on its pages: whether they are about somebody who works here, and whether a name has to
//! stand there.

use axum::http::StatusCode;
use testkit::on_both_databases;

use super::colleague::{Colleague, Office};
use super::{STALL, taken};

/// Who told the case; nobody else knows the name.
const REPORTER: &str = "示例报事人";

/// A case that somebody told who gave this name.
async fn told_by(office: &Office, name: &str) -> String {
    let contact = [("name", name), ("phone", "10012345678")];
    let desk = office.sign_in("desk").await;
    desk.enter_with(STALL, "G01-M01", &contact).await
}

/// The input of an id.
fn input<'p>(page: &'p str, id: &str) -> &'p str {
    let (before, behind) = page
        .split_once(&format!("id=\"{id}\""))
        .unwrap_or_else(|| panic!("no {id}: {page}"));
    let from = before.rfind('<').expect("a tag");
    let end = behind.find('>').expect("its end");
    &page[from..before.len() + id.len() + 5 + end]
}

fn lead<'a>(
    finding: &'a str,
    item: &'a str,
    more: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let lead = [("place", "东门"), ("finding", finding), ("item", item)];
    lead.iter().chain(more).copied().collect()
}

/// What a worker is answered who refers a lead with this finding.
async fn referring(worker: &Colleague<'_>, case: &str, finding: &str) -> StatusCode {
    let to = format!("/cases/{case}/refer");
    worker
        .post(&to, &lead(finding, "占道经营", &[]))
        .await
        .status
}

on_both_databases! {
    async fn whoever_writes_the_party_for_a_name_sends_the_step_without_a_tick(database: Database) {
        let office = Office::furnish(database).await;
        let case = told_by(&office, REPORTER).await;
        let page = office.sign_in("worker-01").await.refer(&case).await;
        let officer = office.sign_in("officer-01").await;
        taken(&officer, &page).await;
        let end = format!("{page}/end");
        let named = [("version", "2"), ("result", "corrected_on_spot"), ("words", "已告知示例报事人")];
        let asked = officer.post(&end, &named).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        let tick = input(&asked.body, "end-named");
        assert!(!tick.contains("required") && !tick.contains("checked"), "{tick}");
        // another field is at fault, and the tick stays
        let faulty = officer.post(&end, &[("version", "2"), ("words", "已告知示例报事人"), ("named", "yes")]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", faulty.body);
        assert!(input(&faulty.body, "end-named").contains(" checked"), "{}", faulty.body);
        let party = [("version", "2"), ("result", "corrected_on_spot"), ("words", "已告知当事人")];
        assert_eq!(officer.post(&end, &party).await.status, StatusCode::SEE_OTHER);
    }

    async fn a_lead_asks_on_its_form_about_a_worker_and_about_the_name_of_the_reporter(database: Database) {
        let office = Office::furnish(database).await;
        let case = told_by(&office, REPORTER).await;
        let worker = office.sign_in("worker-01").await;
        let to = format!("/cases/{case}/refer");
        let words = "网格员收了好处。示例报事人看见的";
        let asked = worker.post(&to, &lead(words, "占道经营", &[])).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        assert!(asked.body.contains("id=\"about_worker-fault\"") && asked.body.contains("id=\"named-fault\""), "{}", asked.body);
        let tick = input(&asked.body, "named");
        assert!(!tick.contains("required") && !tick.contains(" checked"), "{tick}");
        let no = [("about_worker", "no"), ("named", "yes")];
        let faulty = worker.post(&to, &lead(words, "", &no)).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", faulty.body);
        assert!(input(&faulty.body, "named").contains(" checked"), "another field is at fault: {}", faulty.body);
        assert!(!faulty.body.contains("id=\"named-fault\""), "{}", faulty.body);
        let yes = [("about_worker", "yes"), ("named", "yes")];
        let complaint = worker.post(&to, &lead(words, "占道经营", &yes)).await;
        assert_eq!(complaint.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", complaint.body);
        assert!(complaint.body.contains("请按投诉登记"), "{}", complaint.body);
        let sent = worker.post(&to, &lead(words, "占道经营", &no)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }

    async fn the_name_of_whoever_told_a_case_that_was_merged_is_asked_about_as_well(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let first = desk.enter(STALL, "G01-M01").await;
        let second = told_by(&office, REPORTER).await;
        let worker = office.sign_in("worker-01").await;
        desk.step(&second, "merge", &[("into", first.as_str()), ("words", "同一件事")]).await;
        let words = "示例报事人说摊点每晚都在";
        assert_eq!(referring(&worker, &first, words).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(referring(&worker, &first, "住户说摊点每晚都在").await, StatusCode::SEE_OTHER);
    }

    async fn a_short_name_inside_another_word_names_nobody(database: Database) {
        let office = Office::furnish(database).await;
        let case = told_by(&office, "高明").await;
        let worker = office.sign_in("worker-01").await;
        let named = "摊点挡住了门，高明说每晚都在";
        assert_eq!(referring(&worker, &case, named).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(referring(&worker, &case, "秩序没有提高明显").await, StatusCode::SEE_OTHER);
    }

    async fn a_step_of_a_lead_that_comes_too_late_says_so_before_what_is_missing(database: Database) {
        let office = Office::furnish(database).await;
        let case = told_by(&office, REPORTER).await;
        let page = office.sign_in("worker-01").await.refer(&case).await;
        office.sign_in("officer-02").await.act(&page, "take", &[("second", "officer-01")]).await;
        let late = [("version", "1"), ("words", "现场没有发现")];
        let told = office.sign_in("officer-01").await.post(&format!("{page}/refuse"), &late).await;
        assert_eq!(told.status, StatusCode::PRECONDITION_FAILED, "the reason is missing: {}", told.body);
        assert!(told.body.contains("示例officer-02") && told.body.contains("现场没有发现"), "{}", told.body);
        let (token, empty) = (office.token("officer-01").await, serde_json::json!({}));
        let api = office.api("POST", &format!("/api/v1{page}/refuse"), &token, &[("if-match", "\"1\"")], &empty).await;
        assert_eq!(api.status, StatusCode::PRECONDITION_FAILED, "{}", api.body);
    }
}
