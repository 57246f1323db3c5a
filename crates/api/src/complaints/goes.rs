//! How a complaint goes, for whoever holds its receipt: what was done and when, by nobody named.

use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::danger::calls;
use door::error::Failure;
use door::moment::Moment;
use rules::complaint::Complaint;
use serde::Serialize;
use utoipa::ToSchema;
use work::complaint::Happened;

use crate::body;

/// How a complaint goes, for whoever holds its receipt.
#[derive(Serialize, ToSchema)]
pub struct ComplaintProgress<'a> {
    number: String,
    /// `received`, `taken`, `answered`, `closed`.
    state: &'a str,
    /// Whether it is held because its words sound like a complaint, and a supervisor has still to decide whether it is one.
    held: bool,
    /// What was told.
    text: &'a str,
    received_at: Moment,
    /// By when an answer was promised.
    answer_by: Moment,
    outcome: Option<&'a str>,
    answer: Option<&'a str>,
    /// What was done, in order; by nobody named.
    trail: Vec<ComplaintStep>,
    /// The cases that matters in it were passed on as: number and code open each of them like any report.
    passed: Vec<PassedOn>,
    /// Whom to call before anything else, the most urgent first: the words tell of danger to life, and nobody has answered yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    call: Vec<String>,
}

/// A case that the matter in a complaint was passed on as.
#[derive(Serialize, ToSchema)]
pub struct PassedOn {
    number: String,
    /// Its six digits.
    code: String,
}

/// Something that was done.
#[derive(Serialize, ToSchema)]
pub struct ComplaintStep {
    at: Moment,
    /// What was done.
    deed: &'static str,
}

/// The answer to whoever shows the receipt.
pub async fn progress(door: &Door, complaint: Complaint) -> Result<Response, Failure> {
    let seen = work::complaint::progress(&door.house, complaint).await?;
    let complaint = &seen.complaint;
    let news = |one: &&Happened| one.deed.is_news();
    let trail = seen.trail.iter().filter(news).map(|one| ComplaintStep {
        at: Moment(one.at),
        deed: one.deed.name(),
    });
    let passed = seen.passed.iter().map(|case| PassedOn {
        number: case.number.to_string(),
        code: case.code.reveal().to_owned(),
    });
    let shape = ComplaintProgress {
        number: complaint.number.to_string(),
        state: complaint.state.name().as_str(),
        held: complaint.is_undecided(),
        text: &seen.words,
        received_at: Moment(complaint.received_at),
        answer_by: Moment(complaint.due_at),
        outcome: complaint
            .state
            .answer()
            .map(|answer| answer.outcome.as_str()),
        answer: seen.answer.as_deref(),
        trail: trail.collect(),
        passed: passed.collect(),
        call: if complaint.is_urgent(&seen.words) {
            calls(Some(&*seen.net), [seen.words.as_str()])
        } else {
            Vec::new()
        },
    };
    body::answer(StatusCode::OK, &shape)
}
