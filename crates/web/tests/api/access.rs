//! Who may come in where: every route of the API asked by every role, against the golden file
//! `tests/golden/api-access.csv`. `WEIGE_GOLDEN=write` writes it anew; read the difference before committing.

use serde_json::json;
use testkit::Database;

use crate::town::{HERE, Town};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/api-access.csv");

/// Nobody, everybody of the community, somebody of another one, and two of the three administrators.
const ROLES: [&str; 15] = [
    "",
    "desk",
    "chief",
    "lead-01",
    "lead-02",
    "steward-01",
    "steward-02",
    "worker-01",
    "supervisor",
    "water",
    "partner",
    "officer-01",
    "stranger",
    "admin",
    "auditor",
];

/// Steps that a case just told has a name for; bodies are complete, so that only the right decides.
const STEPS: [(&str, &str); 4] = [
    ("file", "{}"),
    ("void", r#"{"reason":"误报"}"#),
    ("fix", r#"{"note":"换了灯泡","answer":"已修好"}"#),
    ("withdraw", "{}"),
];

/// Routing rules and the outbox; a rule, an address or a delivery of this id there is not.
const LAID_DOWN: [(&str, &str); 7] = [
    ("/api/v1/outbox/sms", r#"{"on":false}"#),
    (
        "/api/v1/outbox/webhooks/00000000-0000-0000-0000-000000000001/off",
        "{}",
    ),
    (
        "/api/v1/outbox/deliveries/00000000-0000-0000-0000-000000000001/again",
        "{}",
    ),
    (
        "/api/v1/routing/rules",
        r#"{"name":"x","words":["x"],"to":{"skill":"水电"}}"#,
    ),
    (
        "/api/v1/routing/rules/00000000-0000-0000-0000-000000000001",
        r#"{"name":"x","words":["x"],"to":{"skill":"水电"}}"#,
    ),
    (
        "/api/v1/routing/rules/00000000-0000-0000-0000-000000000001/off",
        "{}",
    ),
    ("/api/v1/routing/trial", "{}"),
];

#[tokio::test]
async fn the_golden_file_holds_the_status_of_every_role_on_every_route() {
    let town = Town::on(Database::sqlite().await).await;
    let body = json!({"text": "路灯坏了", "grid": format!("{HERE}-G01-M01"), "contact": {"phone": "10012345678"}});
    let mut lines = vec!["method,path,role,status".to_owned()];
    let reads = [
        "/api/v1/cases",
        "/api/v1/cases/{number}",
        "/api/v1/counts?grid={grid}",
        "/api/v1/grids",
        "/api/v1/locate?lon=103.605&lat=30.605",
        "/api/v1/similar?lon=103.605&lat=30.605&category=20110",
        "/api/v1/routing",
        "/api/v1/outbox",
        "/api/v1/figures?from=2026-11-01&to=2026-11-30&grid={grid}",
        "/api/v1/events?community={community}",
        "/api/v1/cases/{number}/supervision",
        "/api/v1/supervision?list=asked",
        "/api/v1/circulars",
        "/api/v1/tasks",
        "/api/v1/decisions",
        "/api/v1/ratings",
        "/api/v1/messages",
        "/api/v1/reports/{number}",
        "/tiles/grids/14/0/0.mvt",
        "/openapi.json",
    ];
    for role in ROLES {
        let headers = [("idempotency-key", role)];
        let key = if role.is_empty() {
            [("idempotency-key", "nobody")]
        } else {
            headers
        };
        let number =
            crate::town::text(&town.send("/api/v1/reports", &key, &body).await.json()["number"]);
        let real = |path: &str| {
            let path = path
                .replace("{number}", &number)
                .replace("{community}", HERE);
            path.replace("{grid}", &format!("{HERE}-G01-M01"))
        };
        let name = if role.is_empty() { "anonymous" } else { role };
        for path in reads {
            let status = town.read(role, &real(path)).await.status.as_u16();
            lines.push(format!("GET,{path},{name},{status}"));
        }
        let bearer = bearer(&town, role);
        let mut headers = vec![("if-match", "\"1\"")];
        if !role.is_empty() {
            headers.push(("authorization", bearer.as_str()));
        }
        let contact = real("/api/v1/cases/{number}/contact");
        let status = town
            .send(&contact, &headers, &json!({}))
            .await
            .status
            .as_u16();
        lines.push(format!(
            "POST,/api/v1/cases/{{number}}/contact,{name},{status}"
        ));
        for (path, body) in LAID_DOWN {
            let body = serde_json::from_str(body).expect("JSON");
            // a version that is none: whoever may change the list is told that it has moved on
            let headers = [&headers[1..], &[("if-match", "\"-1\"")]].concat();
            let status = town.send(path, &headers, &body).await.status.as_u16();
            lines.push(format!("POST,{path},{name},{status}"));
        }
        let order = json!({"id": name, "text": "路灯坏了", "grid": format!("{HERE}-G01-M01")});
        let event = json!({"id": name, "kind": "lamp_out", "at": "2026-11-23T08:00:00+08:00", "grid": format!("{HERE}-G01-M01")});
        for (path, body) in [("/api/v1/orders", &order), ("/api/v1/place-events", &event)] {
            let status = town.send(path, &headers, body).await.status.as_u16();
            lines.push(format!("POST,{path},{name},{status}"));
        }
        for (step, body) in STEPS {
            // a case of its own, because a step that is done changes it
            let (number, _) = town.tell(0, "路灯坏了").await;
            let body = serde_json::from_str(body).expect("JSON");
            let status = town
                .send(&format!("/api/v1/cases/{number}/{step}"), &headers, &body)
                .await
                .status
                .as_u16();
            lines.push(format!(
                "POST,/api/v1/cases/{{number}}/{step},{name},{status}"
            ));
        }
        lines.extend(matters(&town, role, name).await);
    }
    lines[1..].sort();
    let now = format!("{}\n", lines.join("\n"));
    if std::env::var("WEIGE_GOLDEN").is_ok_and(|wish| wish == "write") {
        std::fs::write(GOLDEN, &now).expect("the golden file is written");
    }
    let golden = std::fs::read_to_string(GOLDEN).expect("the golden file");
    assert_eq!(golden, now);
}

/// What a role may do with leads, disputes and complaints of the first general grid; the mediation was opened for steward-01.
async fn matters(town: &Town, role: &str, name: &str) -> Vec<String> {
    let lead = json!({"place": "东门", "finding": "占道", "item": "占道经营"});
    let dispute = json!({"kind": "lease", "grid": format!("{HERE}-G01-M01"), "matter": "押金退还",
        "mediator": "steward-01", "parties": [{"name": "房东"}, {"name": "租客"}]});
    let (worker, own) = (town.bearer("worker-01"), bearer(town, role));
    let (case, _) = town.tell(0, "路灯坏了").await;
    let (untouched, _) = town.tell(0, "路灯坏了").await;
    let by_worker = [("authorization", worker.as_str())];
    let path = format!("/api/v1/cases/{case}/referrals");
    let referral = town.send(&path, &by_worker, &lead).await.json();
    let referral = format!(
        "/api/v1/referrals/{}",
        crate::town::text(&referral["number"])
    );
    // keys of their own: a key used for a report is not free for a mediation
    let key = format!("for-{name}");
    let keyed = [by_worker[0], ("idempotency-key", key.as_str())];
    let mediation = town.send("/api/v1/mediations", &keyed, &dispute).await;
    let mediation = crate::town::text(&mediation.json()["number"]);
    let mediation = format!("/api/v1/mediations/{mediation}");
    let told = json!({"grid": format!("{HERE}-G01-M01"), "words": "他没有来"});
    let key = format!("complaint-for-{name}");
    let keyed = [by_worker[0], ("idempotency-key", key.as_str())];
    let complaint = town.send("/api/v1/complaints", &keyed, &told).await;
    let complaint = crate::town::text(&complaint.json()["number"]);
    let complaint = format!("/api/v1/complaints/{complaint}");
    let taken = format!("{complaint}/take");

    let mut lines = Vec::new();
    let mut note = |method: &str, path: &str, status: axum::http::StatusCode| {
        lines.push(format!("{method},{path},{name},{}", status.as_u16()));
    };
    for (named, path) in [
        ("/api/v1/referrals", "/api/v1/referrals"),
        ("/api/v1/referrals/{number}", referral.as_str()),
        ("/api/v1/mediations", "/api/v1/mediations"),
        ("/api/v1/mediations/{number}", mediation.as_str()),
        ("/api/v1/complaints", "/api/v1/complaints"),
        ("/api/v1/complaints/{number}", complaint.as_str()),
    ] {
        note("GET", named, town.read(role, path).await.status);
    }
    let talk = json!({"on": "2026-11-23", "words": "说开了"});
    let refer = format!("/api/v1/cases/{untouched}/referrals");
    let (take, contacts) = (format!("{referral}/take"), format!("{mediation}/contacts"));
    let talked = format!("{mediation}/talk");
    for (named, path, body) in [
        ("/api/v1/cases/{number}/referrals", &refer, &lead),
        (
            "/api/v1/referrals/{number}/take",
            &take,
            &json!({"second": "officer-02"}),
        ),
        (
            "/api/v1/mediations",
            &"/api/v1/mediations".to_owned(),
            &dispute,
        ),
        (
            "/api/v1/mediations/{number}/contacts",
            &contacts,
            &json!({}),
        ),
        (
            "/api/v1/cases/{number}/supervision",
            &format!("/api/v1/cases/{untouched}/supervision"),
            &json!({"kind": "remind", "words": "请尽快"}),
        ),
        (
            "/api/v1/circulars",
            &"/api/v1/circulars".to_owned(),
            &json!({"title": "通报", "words": "按期答复", "grids": [format!("{HERE}-G01")]}),
        ),
        ("/api/v1/mediations/{number}/talk", &talked, &talk),
        ("/api/v1/complaints/{number}/take", &taken, &json!({})),
        (
            "/api/v1/cases/{number}/complaint",
            &format!("/api/v1/cases/{untouched}/complaint"),
            &json!({}),
        ),
    ] {
        let key = format!("by-{name}{named}");
        let mut headers = vec![("if-match", "\"1\""), ("idempotency-key", key.as_str())];
        if !role.is_empty() {
            headers.push(("authorization", own.as_str()));
        }
        note("POST", named, town.send(path, &headers, body).await.status);
    }
    lines
}

fn bearer(town: &Town, role: &str) -> String {
    if role.is_empty() {
        String::new()
    } else {
        town.bearer(role)
    }
}

#[tokio::test]
async fn a_method_that_an_address_does_not_know_is_told_before_somebody_is_asked_who_they_are() {
    let town = Town::on(Database::sqlite().await).await;
    for (method, path) in [
        ("DELETE", "/api/v1/cases"),
        ("PUT", "/api/v1/routing"),
        ("DELETE", "/api/v1/settings"),
    ] {
        let refused = town.ask(method, path, &[], axum::body::Body::empty()).await;
        assert_eq!(refused.status, 405, "{method} {path}: {}", refused.body);
        assert!(refused.header("allow").contains("GET"), "{method} {path}");
    }
    assert_eq!(town.get("/api/v1/cases").await.status, 401);
}
