//! A failure as a problem document (RFC 9457) for machines: a stable `code`, words in the asked language, and what the
//! machine needs to do better — faulty fields, the commands that are possible, the version now.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use rules::case::Refusal;
use serde_json::{Map, Value, json};

use super::{Failure, Stands, about, call, declined, not_now, refused};
use crate::Door;
use crate::faster::Faster;
use crate::faster::case::Meanwhile;
use crate::form::Fault;
use crate::import::ProblemShape;
use crate::locale::{Clockwork, Text};
use crate::moment::Moment;
use crate::visitor::Visitor;

pub(super) fn answer(door: &Door, visitor: &Visitor, failure: &Failure) -> Response {
    let mut problem = document(visitor.text(), failure);
    if matches!(failure, Failure::TooMany { .. }) {
        let number = call::number(door, &visitor.here);
        let number = number.as_deref().unwrap_or(call::HOTLINE);
        problem.insert("call".into(), json!(number));
    }
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (kind, Value::Object(problem).to_string()).into_response()
}

fn document(t: Text, failure: &Failure) -> Map<String, Value> {
    let (name, title) = (failure.problem(), about::title(t, failure.kind()));
    let mut problem = Map::new();
    problem.insert("type".into(), json!(about::page(name)));
    problem.insert("status".into(), json!(failure.status().as_u16()));
    problem.insert("code".into(), json!(name));
    problem.insert("title".into(), json!(title));
    problem.insert("detail".into(), json!(detail(t, failure)));
    problem.extend(more(t, failure));
    problem
}

fn detail(t: Text, failure: &Failure) -> String {
    match failure {
        Failure::Refused(refusal) => refused(t, refusal),
        Failure::NotNow { refusal, stands } => not_now(t, refusal, stands),
        Failure::WentInto { into, .. } => {
            let said = t.say("api-problem-went-into");
            said.with("number", into.to_string()).to_string()
        }
        Failure::Declined { code, stands } => declined(t, code, stands.as_ref()),
        Failure::Stale {
            done: Some(done), ..
        } => {
            let role = t.text(format!("role-{}", done.happened.role));
            let what = format!("case-deed-{}", done.happened.event.deed.name());
            let said = if t.has(&what) {
                t.say("error-stale-did").with("what", t.text(what))
            } else {
                t.say("error-stale-by")
            };
            let said = said.with("who", done.by.as_ref().unwrap_or(&role));
            said.with("when", t.moment(done.happened.at)).to_string()
        }
        Failure::Overtaken { faster, .. } => faster.said(t),
        other => t.text(format!("api-problem-{}-do", other.code())),
    }
}

/// A faulty field: what is wrong with it, and the words that are taken, where there is a list of them.
fn faulty(t: Text, fault: &Fault) -> Value {
    let mut told = json!({"field": fault.field, "code": fault.code, "message": fault.say(&t)});
    if let Some(allowed) = fault.allowed() {
        told["allowed"] = json!(allowed);
    }
    told
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

/// Who did what, where it is no case.
fn did(faster: &Faster) -> Value {
    json!({
        "deed": faster.deed,
        "by": faster.by,
        "role": faster.role,
        "at": Moment(faster.at),
    })
}

/// Where something stands, what may be done, and who brought it there, where that is told.
fn stand(stands: &Stands) -> Map<String, Value> {
    let mut told = Map::new();
    told.insert("state".into(), json!(stands.is));
    told.insert("may".into(), json!(stands.may));
    let last = stands.last.as_deref();
    told.extend(last.map(|last| ("done".into(), did(last))));
    told
}

/// What belongs to one kind of failure only.
fn more(t: Text, failure: &Failure) -> Map<String, Value> {
    let mut more = Map::new();
    match failure {
        Failure::Invalid(faults) => {
            let said = faults.iter().map(|fault| faulty(t, fault));
            more.insert("faults".into(), said.collect());
        }
        Failure::File { field, problems } => {
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
        Failure::Refused(Refusal::TooEarly { from }) => {
            more.insert("from".into(), json!(Moment(*from)));
        }
        Failure::NotNow { refusal, stands } => {
            more.extend(stand(stands));
            if let Refusal::TooEarly { from } = refusal {
                more.insert("from".into(), json!(Moment(*from)));
            }
        }
        Failure::WentInto { into, stands, .. } => {
            more.insert("into".into(), json!(into.to_string()));
            more.extend(stands.iter().flat_map(stand));
        }
        Failure::Declined {
            stands: Some(stands),
            ..
        } => {
            more.extend(stand(stands));
        }
        Failure::Stale { is, done } => {
            more.insert("version".into(), json!(is));
            more.extend(done.iter().map(|done| ("done".into(), faster(done))));
        }
        Failure::Overtaken { is, faster, .. } => {
            more.extend(is.map(|is| ("version".into(), json!(is))));
            more.insert("done".into(), did(faster));
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

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::*;
    use crate::locale::{CHINA, Language};
    use rules::case::StateName;
    use time::macros::datetime;
    use uuid::Uuid;

    fn sample(kind: Kind) -> Failure {
        match kind {
            Kind::NotFound => Failure::NotFound,
            Kind::Method => Failure::Method,
            Kind::SignIn => Failure::SignIn,
            Kind::ReceiptMissing => Failure::ReceiptMissing,
            Kind::ReceiptUnknown => Failure::ReceiptUnknown,
            Kind::Forbidden => Failure::Forbidden,
            Kind::CrossSite => Failure::CrossSite,
            Kind::TooMany => Failure::TooMany { retry_after: 60 },
            Kind::TooLarge => Failure::TooLarge,
            Kind::Unreadable => Failure::Unreadable,
            Kind::MediaType => Failure::MediaType,
            Kind::KeyMissing => Failure::KeyMissing,
            Kind::KeyMalformed => Failure::KeyMalformed,
            Kind::KeyReused => Failure::KeyReused,
            Kind::Invalid => {
                Failure::Invalid([Fault::new("text", "text-missing")].into_iter().collect())
            }
            Kind::Refused => Failure::Refused(Refusal::NotAllowed),
            Kind::Stale => Failure::Stale { is: 2, done: None },
            Kind::VersionMissing => Failure::VersionMissing,
            Kind::VersionMalformed => Failure::VersionMalformed,
            Kind::NotSetUp => Failure::NotSetUp,
            Kind::Unavailable => Failure::Unavailable,
            Kind::Inside => Failure::Inside(Uuid::nil()),
        }
    }

    /// What the rules refuse, in each of the ways in which it comes to the door.
    fn refusals() -> Vec<Failure> {
        let faster = Faster {
            by: None,
            own: false,
            again: false,
            role: None,
            deed: "taken".to_owned(),
            what: None,
            at: datetime!(2026-11-23 09:00 +8),
        };
        let wrong_state = Refusal::WrongState {
            is: StateName::Closed,
            may: Vec::new(),
        };
        let declined = Failure::Declined {
            code: "merged-into-itself",
            stands: None,
        };
        let overtaken = |is, code| Failure::Overtaken {
            is,
            code,
            faster: Box::new(faster.clone()),
        };
        vec![
            Failure::Refused(wrong_state),
            Failure::Refused(Refusal::PassedRound { max: 3 }),
            Failure::WentInto {
                code: "merged-into-ended",
                into: "510184999001-20261123-0001".parse().expect("a number"),
                stands: None,
            },
            declined,
            overtaken(None, "already-taken"),
            overtaken(Some(2), "stale"),
        ]
    }

    #[test]
    fn type_code_and_page_of_every_problem_are_one_name() {
        let t = Text::new(Language::English, CHINA);
        let kinds = Kind::ALL.iter().map(|kind| sample(*kind));
        for failure in kinds.chain(refusals()) {
            let told = document(t, &failure);
            let name = told["code"].as_str().expect("a code");
            assert_eq!(told["type"], format!("/problems/{name}"), "{failure}");
            let page = about::kind(t, name).expect("a page of that name");
            assert_eq!(told["title"], about::title(t, page), "{failure}");
            assert_eq!(page, failure.kind(), "{failure}");
        }
    }

    #[test]
    fn every_name_of_a_problem_is_written_with_hyphens() {
        let kinds = Kind::ALL.iter().map(|kind| sample(*kind));
        for failure in kinds.chain(refusals()) {
            let name = failure.problem();
            let fits = |b: u8| b.is_ascii_lowercase() || b == b'-';
            assert!(name.bytes().all(fits), "{name}");
        }
    }

    #[test]
    fn a_page_of_a_name_that_no_problem_has_is_not_found() {
        let t = Text::new(Language::English, CHINA);
        for strange in ["nonsense", "wrong_state", "Wrong-state", "", "../x"] {
            assert_eq!(about::kind(t, strange), None, "{strange}");
        }
    }
}
