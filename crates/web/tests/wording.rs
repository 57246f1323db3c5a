//! Wordings 告知用语 through the real router: a community writes what reporters are told at a step, and they read it.

mod colleague;
mod common;

use axum::http::StatusCode;
use colleague::{Colleague, Office, form};
use serde_json::{Value, json};
use testkit::on_both_databases;

/// Keeps a new wording on the page; `go` looks at it or keeps it.
async fn write(
    who: &Colleague<'_>,
    (step, category): (&str, &str),
    (zh, en): (&str, &str),
    go: &str,
) -> common::Answer {
    let fields = [
        ("version", "0"),
        ("step", step),
        ("category", category),
        ("zh", zh),
        ("en", en),
        ("go", go),
    ];
    who.post("/wordings/new", &fields).await
}

/// Tells a problem as a resident of the first micro-grid and has it filed; gives number and code.
async fn filed(office: &Office) -> (String, String) {
    let body = json!({"text": "暴露垃圾堆在 3 号楼下", "grid": office.code("G01-M01")});
    let key = [("idempotency-key", "wording-0001")];
    let told = office.api("POST", "/api/v1/reports", "", &key, &body).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.body);
    let told: Value = serde_json::from_str(&told.body).expect("JSON");
    let text = |name: &str| told[name].as_str().expect("a text").to_owned();
    let number = text("number");
    let desk = office.sign_in("desk").await;
    desk.step(&number, "file", &[("filing", "20110-2011001")])
        .await;
    (number, text("code"))
}

/// The progress page behind a receipt, in a language.
async fn progress(office: &Office, language: &str, (number, code): &(String, String)) -> String {
    let resident = office.stranger();
    let opened = resident
        .post("/progress", &[("number", number), ("code", code)])
        .await;
    resident.get_keeping_in(language, &opened).await.body
}

on_both_databases! {
    async fn what_a_community_writes_for_a_step_is_what_the_reporter_reads_in_either_language(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let phrases = ("{类别}（{编号}）已立案，{期限}前办结", "{category} ({number}) is filed and due by {due}");
        let looked = write(&desk, ("filed", "20110"), phrases, "look").await;
        assert_eq!(looked.status, StatusCode::OK, "{}", looked.body);
        assert!(looked.body.contains("暴露垃圾（") && looked.body.contains("已立案，"), "{}", looked.body);
        assert!(!desk.get("/wordings").await.body.contains("已立案"), "looking keeps nothing");
        let kept = write(&desk, ("filed", "20110"), phrases, "keep").await;
        assert_eq!(kept.header("location"), "/wordings?done=kept", "{}", kept.body);
        let receipt = filed(&office).await;
        let said = format!("暴露垃圾（{}）已立案，", receipt.0);
        assert!(progress(&office, "zh-CN", &receipt).await.contains(&said));
        let english = format!("暴露垃圾 ({}) is filed and due by", receipt.0);
        assert!(progress(&office, "en", &receipt).await.contains(&english));
        // the trail of the case says what was told, page and API
        let trail = desk.get(&format!("/cases/{}", receipt.0)).await.body;
        assert!(trail.contains(&format!("告知报事人：{said}")), "{trail}");
        let token = office.token("desk").await;
        let path = format!("/api/v1/cases/{}?with=trail", receipt.0);
        let case = office.api("GET", &path, &token, &[], &json!(null)).await.body;
        assert!(case.contains(&said) && case.contains(&english), "{case}");
        let code = [("receipt-code", receipt.1.as_str())];
        let path = format!("/api/v1/reports/{}", receipt.0);
        let report = office.api("GET", &path, "", &code, &json!(null)).await.body;
        assert!(report.contains(&said), "{report}");
    }

    async fn a_changed_wording_does_not_change_what_was_told(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        write(&desk, ("filed", ""), ("旧的说法", "The old words"), "keep").await;
        let receipt = filed(&office).await;
        let list = desk.get("/wordings").await.body;
        let page = list.split("href=\"/wordings/").skip(1).find(|rest| !rest.starts_with("new"));
        let page = format!("/wordings/{}", page.and_then(|rest| rest.split('"').next()).expect("a link"));
        let version = form::value(&desk.get(&page).await.body, "version").expect("a version");
        let new = |version: &str| {
            let fields = [("step", "filed"), ("category", ""), ("zh", "新的说法"), ("en", "The new words"), ("go", "keep")];
            let version = ("version", version.to_owned());
            std::iter::once(version).chain(fields.map(|(name, value)| (name, value.to_owned()))).collect::<Vec<_>>()
        };
        let send = async |version: &str| {
            let fields = new(version);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            desk.post(&page, &fields).await
        };
        assert_eq!(send(&version).await.status, StatusCode::SEE_OTHER);
        let stale = send(&version).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
        assert!(stale.body.contains("别人刚改过") && stale.body.contains("新的说法"), "{}", stale.body);
        assert!(progress(&office, "zh-CN", &receipt).await.contains("旧的说法"));
        let removed = desk.post(&format!("{page}/remove"), &[("version", "2")]).await;
        assert_eq!(removed.header("location"), "/wordings?done=removed", "{}", removed.body);
        assert!(progress(&office, "zh-CN", &receipt).await.contains("旧的说法"));
        assert!(!desk.get("/wordings").await.body.contains("新的说法"));
    }

    async fn faults_are_said_at_their_field_with_everything_typed_still_there(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        for (phrases, said) in [
            (("请打{电话}", "Call"), "没有“电话”这个填空"),
            (("已立案{编号", "Filed"), "花括号没有成对"),
            (("", "Filed"), "fault"),
            (("示例steward-01已处置 {编号}", "Handled"), "不能写同事的姓名"),
        ] {
            let answer = write(&desk, ("filed", ""), phrases, "keep").await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
            assert!(answer.body.contains(said) && answer.body.contains(phrases.1), "{}", answer.body);
        }
        write(&desk, ("filed", ""), ("已立案", "Filed"), "keep").await;
        let twice = write(&desk, ("filed", ""), ("又一条", "Another"), "keep").await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.body.contains("已经有一条用语") && twice.body.contains("又一条"), "{}", twice.body);
        assert_eq!(office.sign_in("lead-01").await.get("/wordings").await.status, StatusCode::FORBIDDEN);
    }

    async fn the_api_writes_changes_and_takes_out_wordings_by_their_version(database: Database) {
        let office = Office::furnish(database).await;
        let token = office.token("desk").await;
        let read = |answer: &common::Answer| -> Value { serde_json::from_str(&answer.body).expect("JSON") };
        let body = json!({"step": "closed", "zh": "已办结", "en": "Closed"});
        let made = office.api("POST", "/api/v1/wordings", &token, &[], &body).await;
        assert_eq!((made.status, made.header("etag")), (StatusCode::CREATED, "\"1\""), "{}", made.body);
        let page = format!("/api/v1/wordings/{}", read(&made)["id"].as_str().expect("an id"));
        let nowhere = json!({"step": "filed", "category": "99999", "zh": "已立案", "en": "Filed"});
        let nowhere = office.api("POST", "/api/v1/wordings", &token, &[], &nowhere).await;
        assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nowhere.body);
        assert!(nowhere.body.contains("category-unknown"), "{}", nowhere.body);
        let strange = json!({"step": "visited", "zh": "示例steward-01已回访", "en": "Visited"});
        let strange = read(&office.api("POST", "/api/v1/wordings", &token, &[], &strange).await);
        assert_eq!(strange["faults"][0]["allowed"][0], "reported", "a closed list says what fits: {strange}");
        let named = json!({"step": "filed", "zh": "已立案", "en": "Filed by 示例steward-01"});
        let named = office.api("POST", "/api/v1/wordings", &token, &[], &named).await;
        assert!(named.body.contains("wording-person"), "{}", named.body);
        let unseen = office.api("POST", &page, &token, &[], &body).await;
        assert_eq!(unseen.status, StatusCode::PRECONDITION_REQUIRED, "{}", unseen.body);
        let first = [("if-match", "\"1\"")];
        let changed = office.api("POST", &page, &token, &first, &json!({"step": "closed", "zh": "办好了", "en": "Done"})).await;
        assert_eq!(changed.header("etag"), "\"2\"", "{}", changed.body);
        assert_eq!(office.api("POST", &page, &token, &first, &body).await.status, StatusCode::PRECONDITION_FAILED);
        let list = read(&office.api("GET", "/api/v1/wordings", &token, &[], &json!(null)).await);
        assert_eq!((list[0]["zh"].as_str(), list.as_array().map(Vec::len)), (Some("办好了"), Some(1)), "{list}");
        let refused = office.token("steward-01").await;
        assert_eq!(office.api("GET", "/api/v1/wordings", &refused, &[], &json!(null)).await.status, StatusCode::FORBIDDEN);
        let gone = office.api("POST", &format!("{page}/remove"), &token, &[("if-match", "\"2\"")], &json!(null)).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.body);
        let list = read(&office.api("GET", "/api/v1/wordings", &token, &[], &json!(null)).await);
        assert_eq!(list, json!([]));
    }

    async fn a_wording_may_say_what_only_sounds_like_a_surname(database: Database) {
        let office = Office::furnish(database).await;
        office.is_called("steward-01", "邓春明").await;
        let token = office.token("desk").await;
        let body = |zh: &str| json!({"step": "filed", "zh": zh, "en": "Filed"});
        let named = office.api("POST", "/api/v1/wordings", &token, &[], &body("邓春明收了我两百块钱，已转办")).await;
        assert!(named.body.contains("wording-person"), "{}", named.body);
        let kept = office.api("POST", "/api/v1/wordings", &token, &[], &body("小邓收了我两百块钱，已转办")).await;
        assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.body);
    }
}
