//! A failure as a problem document (RFC 9457) for machines: a stable `code`, words in the asked language, and what the
//! machine needs to do better — faulty fields, the commands that are possible, the version now.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use rules::case::Refusal;
use serde_json::{Map, Value, json};

use super::{Failure, call};
use crate::Door;
use crate::api::{Moment, ProblemShape};
use crate::case::meanwhile::Meanwhile;
use crate::locale::Clockwork;
use crate::visitor::Visitor;

pub(super) fn answer(door: &Door, visitor: &Visitor, failure: &Failure) -> Response {
    let t = visitor.text();
    let code = match failure {
        Failure::Refused(refusal) => refusal.code(),
        Failure::Declined { code, .. } | Failure::Overtaken { code, .. } => code,
        other => other.code(),
    };
    let mut problem = Map::new();
    problem.insert("type".into(), json!(failure.kind().page()));
    problem.insert("status".into(), json!(failure.status().as_u16()));
    problem.insert("code".into(), json!(code));
    problem.insert(
        "title".into(),
        json!(t.text(format!("api-problem-{}-title", failure.code()))),
    );
    problem.insert("detail".into(), json!(detail(visitor, failure)));
    problem.extend(more(visitor, failure));
    if matches!(failure, Failure::TooMany { .. }) {
        let number = call::number(door, &visitor.here);
        let number = number.as_deref().unwrap_or(call::HOTLINE);
        problem.insert("call".into(), json!(number));
    }
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (kind, Value::Object(problem).to_string()).into_response()
}

fn detail(visitor: &Visitor, failure: &Failure) -> String {
    let t = visitor.text();
    match failure {
        Failure::Refused(refusal) => t.text(format!("refusal-{}", refusal.code())),
        Failure::Declined { code, .. } => t.text(format!("refusal-{code}")),
        Failure::Stale {
            done: Some(done), ..
        } => {
            let role = t.text(format!("role-{}", done.happened.role));
            let said = t.say("error-stale-by");
            let said = said.with("who", done.by.as_ref().unwrap_or(&role));
            said.with("when", t.moment(done.happened.at)).to_string()
        }
        Failure::Overtaken { faster, .. } => faster.said(t),
        other => t.text(format!("api-problem-{}-do", other.code())),
    }
}

/// Who was faster, and with what.
fn faster(done: &Meanwhile) -> Value {
    let happened = &done.happened;
    json!({
        "deed": happened.event.deed.name(),
        "by": done.by,
        "role": happened.role,
        "at": Moment(happened.at),
    })
}

/// What belongs to one kind of failure only.
fn more(visitor: &Visitor, failure: &Failure) -> Map<String, Value> {
    let mut more = Map::new();
    match failure {
        Failure::Invalid(faults) => {
            let t = visitor.text();
            let said = faults.iter().map(
                |fault| json!({"field": fault.field, "code": fault.code, "message": fault.say(&t)}),
            );
            more.insert("faults".into(), said.collect());
        }
        Failure::File { field, problems } => {
            let t = visitor.text();
            let said = problems
                .iter()
                .map(|problem| json!(ProblemShape::of(field, problem, t)));
            more.insert("faults".into(), said.collect());
        }
        Failure::Refused(Refusal::WrongState { is, may }) => {
            more.insert("state".into(), json!(is.as_str()));
            more.insert(
                "may".into(),
                may.iter().map(|command| command.as_str()).collect(),
            );
        }
        Failure::Declined {
            stands: Some((state, may)),
            ..
        } => {
            more.insert("state".into(), json!(state));
            more.insert("may".into(), json!(may));
        }
        Failure::Stale { is, done } => {
            more.insert("version".into(), json!(is));
            more.extend(done.iter().map(|done| ("done".into(), faster(done))));
        }
        Failure::Overtaken { is, faster, .. } => {
            more.extend(is.map(|is| ("version".into(), json!(is))));
            let done = json!({
                "deed": faster.deed,
                "by": faster.by,
                "role": faster.role,
                "at": Moment(faster.at),
            });
            more.insert("done".into(), done);
        }
        Failure::Inside(id) => {
            more.insert("id".into(), json!(id.to_string()));
        }
        Failure::TooMany { retry_after } => {
            more.insert("retry_after".into(), json!(retry_after));
        }
        _ => {}
    }
    more
}
