//! Words about how somebody behaved who works elsewhere in the community: asked about wherever they are told, and kept from that one
//! as the case goes from hand to hand.

use axum::http::StatusCode;
use serde_json::json;
use testkit::on_both_databases;

use super::colleague::{Colleague, Office};
use super::common::Answer;

/// What is told of the steward of another micro-grid.
const WORDS: &str = "陆宁收了钱不办事，路灯不亮";

/// An office in which the steward of G01-M02 has that name.
async fn office(database: testkit::Database) -> Office {
    let office = Office::furnish(database).await;
    office.is_called("steward-02", "陆宁").await;
    office
}

/// Entered at the desk, where its teller said that it is no complaint, and filed.
async fn filed(desk: &Colleague<'_>, words: &str, grid: &str) -> String {
    let number = desk
        .enter_with(words, grid, &[("about_worker", "no")])
        .await;
    desk.step(&number, "file", &[("filing", "none")]).await;
    number
}

/// The same in the hands of the worker of the first micro-grid.
async fn at_work(desk: &Colleague<'_>, worker: &Colleague<'_>, words: &str) -> String {
    let number = filed(desk, words, "G01-M01").await;
    let to = [("whom", "other"), ("to", "worker-01")];
    desk.step(&number, "dispatch", &to).await;
    worker.step(&number, "accept", &[]).await;
    number
}

/// A step that is not taken.
async fn refused(by: &Colleague<'_>, step: (&str, &str), fields: &[(&str, &str)]) -> Answer {
    let (number, command) = step;
    let version = by.version(number).await;
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    let answer = by.post(&format!("/cases/{number}/{command}"), &all).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.body
    );
    answer
}

on_both_databases! {
    async fn how_a_worker_behaved_is_asked_about_wherever_in_the_community_it_is_told(database: Database) {
        let office = office(database).await;
        let bearer = office.token("desk").await;
        let tell = async |key: &str, text: &str| {
            let body = json!({"text": text, "grid": office.code("G02-M01")});
            office.api("POST", "/api/v1/reports", &bearer, &[("idempotency-key", key)], &body).await
        };
        let asked = tell("k1", WORDS).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        assert!(asked.body.contains("about-worker-unsaid"), "{}", asked.body);
        let named = tell("k2", "陆宁来过，路灯还是不亮").await;
        assert_eq!(named.status, StatusCode::CREATED, "who is only named elsewhere reads nothing of it: {}", named.body);
    }

    async fn what_tells_of_a_worker_is_dispatched_to_nobody_but_others(database: Database) {
        let office = office(database).await;
        let desk = office.sign_in("desk").await;
        let number = filed(&desk, WORDS, "G01-M01").await;
        let answer = refused(&desk, (&number, "dispatch"), &[("whom", "other"), ("to", "steward-02")]).await;
        assert!(answer.body.contains("请另选一个人"), "{}", answer.body);
        let own = office.sign_in("steward-02").await.get(&format!("/cases/{number}")).await;
        assert_eq!(own.status, StatusCode::NOT_FOUND, "{}", own.body);
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-04"), ("far", "yes")]).await;
        let plain = filed(&desk, "路灯不亮", "G01-M01").await;
        desk.step(&plain, "dispatch", &[("whom", "other"), ("to", "steward-02")]).await;
    }

    async fn what_tells_of_somebody_of_a_department_does_not_go_there(database: Database) {
        let office = Office::furnish(database).await;
        office.is_called("department-water", "何文").await;
        let desk = office.sign_in("desk").await;
        let to = [("whom", "other"), ("to", "department-water")];
        let number = filed(&desk, "何文收了钱不办事，水管还在漏", "G01-M01").await;
        let answer = refused(&desk, (&number, "dispatch"), &to).await;
        assert!(answer.body.contains("请另选一个人"), "{}", answer.body);
        let plain = filed(&desk, "水管还在漏", "G01-M01").await;
        desk.step(&plain, "dispatch", &to).await;
    }

    async fn what_tells_of_a_worker_is_merged_into_none_of_their_cases(database: Database) {
        let office = office(database).await;
        let desk = office.sign_in("desk").await;
        let theirs = filed(&desk, "路灯不亮", "G01-M02").await;
        let other = filed(&desk, "路灯坏了", "G01-M01").await;
        let number = desk.enter_with(WORDS, "G01-M01", &[("about_worker", "no")]).await;
        let answer = refused(&desk, (&number, "merge"), &[("from", "case"), ("into", &theirs), ("words", "同一盏灯")]).await;
        assert!(answer.body.contains("请另选一个人，或另一件事"), "{}", answer.body);
        desk.step(&number, "merge", &[("from", "case"), ("into", &other), ("words", "同一盏灯")]).await;
    }

    async fn whoever_has_a_case_that_tells_of_a_colleague_chooses_another_deputy(database: Database) {
        let office = office(database).await;
        let desk = office.sign_in("desk").await;
        let number = filed(&desk, WORDS, "G01-M01").await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        let steward = office.sign_in("steward-01").await;
        let away = async |deputy: &str| steward.post("/absence", &[("until", "2026-11-30"), ("deputy", deputy)]).await;
        let answer = away("steward-02").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(answer.body.contains("请另选一位代办人"), "{}", answer.body);
        let answer = away("steward-04").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }

    async fn a_department_whose_colleague_a_case_tells_of_is_not_called_to_the_spot(database: Database) {
        let office = Office::furnish(database).await;
        office.is_called("department-water", "何文").await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let call = [("urgency", "urgent"), ("departments", "D01"), ("words", "请到现场封堵")];
        let number = at_work(&desk, &worker, "何文收了钱不办事，水管还在漏").await;
        let answer = refused(&worker, (&number, "whistle"), &call).await;
        assert!(answer.body.contains("请另选一个人"), "{}", answer.body);
        let water = office.sign_in("department-water").await;
        assert_eq!(water.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND);
        let plain = at_work(&desk, &worker, "水管还在漏").await;
        worker.step(&plain, "whistle", &call).await;
    }

    async fn what_is_written_at_a_whistle_says_of_no_colleague_how_they_behaved(database: Database) {
        let office = office(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker, "水管还在漏").await;
        let call = |words: &'static str| [("urgency", "urgent"), ("departments", "D01"), ("words", words)];
        for words in ["陆宁态度不好，叫他来", "网格员不管，请到现场"] {
            let answer = refused(&worker, (&number, "whistle"), &call(words)).await;
            assert!(answer.body.contains("请只写事情"), "{words}: {}", answer.body);
        }
        worker.step(&number, "whistle", &call("请到现场封堵，陆宁在路口等")).await;
        let water = office.sign_in("department-water").await;
        water.step(&number, "acknowledge", &[]).await;
        water.step(&number, "report_in", &[]).await;
        let answer = refused(&water, (&number, "finish"), &[("words", "陆宁态度不好，不配合")]).await;
        assert!(answer.body.contains("请只写事情"), "{}", answer.body);
        water.step(&number, "finish", &[("words", "已封堵")]).await;
    }

    async fn a_colleague_a_case_tells_of_is_not_called_together_with_others(database: Database) {
        let office = office(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let lead = office.sign_in("lead-01").await;
        let call = |party| [("parties", party), ("until", "2026-11-24T10:00"), ("place", "社区二楼"), ("words", "由谁修")];
        let number = at_work(&desk, &worker, WORDS).await;
        let answer = refused(&lead, (&number, "coordinate"), &call("steward-02")).await;
        assert!(answer.body.contains("请另选一个人"), "{}", answer.body);
        let own = office.sign_in("steward-02").await.get(&format!("/cases/{number}")).await;
        assert_eq!(own.status, StatusCode::NOT_FOUND, "{}", own.body);
        lead.step(&number, "coordinate", &call("steward-01")).await;
    }

    async fn a_deputy_who_serves_the_grid_meanwhile_reads_none_of_its_cases_that_tell_of_them(database: Database) {
        let office = office(database).await;
        let desk = office.sign_in("desk").await;
        let number = filed(&desk, WORDS, "G01-M01").await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-04"), ("far", "yes")]).await;
        let steward = office.sign_in("steward-01").await;
        let answer = steward.post("/absence", &[("until", "2026-11-30"), ("deputy", "steward-02")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "in whose hands it lies counts for nothing: {}", answer.body);
        assert!(answer.body.contains("请另选一位代办人"), "{}", answer.body);
        let own = office.sign_in("steward-02").await.get(&format!("/cases/{number}")).await;
        assert_eq!(own.status, StatusCode::NOT_FOUND, "{}", own.body);
    }

    async fn whoever_stands_in_for_a_deputy_is_asked_about_at_intake(database: Database) {
        let office = Office::furnish(database).await;
        office.is_called("steward-03", "何文").await;
        for (absent, deputy) in [("steward-04", "steward-03"), ("steward-01", "steward-04")] {
            let somebody = office.sign_in(absent).await;
            let away = somebody.post("/absence", &[("until", "2026-11-30"), ("deputy", deputy)]).await;
            assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        }
        let body = json!({"text": "何文来过，路灯还是不亮", "grid": office.code("G01-M01")});
        let bearer = office.token("desk").await;
        let asked = office.api("POST", "/api/v1/reports", &bearer, &[("idempotency-key", "k1")], &body).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
    }
}
