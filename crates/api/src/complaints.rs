//! Complaints about somebody who works here through the API: tell one, list those one may see, look at one, take a step.
//! Whoever is concerned gets the same answer as for one that does not exist.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use door::Door;
use door::complaint::instead;
use door::error::Failure;
use door::faster::case as meanwhile;
use door::faster::complaint as faster;
use door::form::Fault;
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::{Came, Signed};
use door::visitor::Visitor;
use rules::access::Action;
use rules::complaint::{Complaint, Deed, Outcome, StepName};
use rules::ids::{Number, PostId};
use rules::privacy::Pii;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use work::Visitor as Known;
use work::complaint::{
    Along, Form, Happened, Page, StepForm, TurnForm, list as listed, page, step as take, tell, turn,
};
use work::net::CommunityNet;
use work::report::RequestKey;

use super::asked::Asked;
use super::body;
use super::parts::Parts;
use super::reports::key;
use super::shape::GridShape;
use super::steps::expected;

/// The routes of complaints.
pub fn declare(routes: Routes) -> Routes {
    let read = Who::May(Action::ReadComplaints);
    routes
        .post("/api/v1/complaints", Who::May(Action::Complain), post)
        .get("/api/v1/complaints", read, list)
        .get("/api/v1/complaints/{number}", read, get)
        .post("/api/v1/complaints/{number}/{step}", read, step)
        .post(
            "/api/v1/cases/{number}/complaint",
            Who::May(Action::TurnIntoComplaint),
            turned,
        )
}

/// What somebody tells.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComplaintBody {
    /// The grid's code.
    grid: String,
    /// What happened.
    #[schema(value_type = String)]
    words: Pii<String>,
    /// The id of the post of whom it speaks of, if known.
    #[serde(default)]
    about: Option<String>,
    /// Whom it speaks of, in words.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    about_words: Option<Pii<String>>,
    /// What the reporter is called.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    name: Option<Pii<String>>,
    /// How to reach them.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    phone: Option<Pii<String>>,
}

/// What the reporter holds.
#[derive(Serialize, ToSchema)]
pub struct ComplaintReceipt {
    number: String,
    /// Six digits; with the number they open the progress page.
    code: String,
    /// By when there is an answer.
    due_at: Moment,
}

/// What a step says; each takes its own fields.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ComplaintStepBody {
    /// `name`: the account of whom it speaks of.
    about: Option<String>,
    /// `note`, `answer`: the words; `report`: why, kept with the complaint.
    words: Option<String>,
    /// `answer`: what it came to.
    #[schema(value_type = Option<String>)]
    outcome: Option<Outcome>,
    /// `report`: has to be `true`: whoever serves the place reads it then, and that cannot be taken back.
    confirmed: bool,
}

/// A complaint in a list.
#[derive(Serialize, ToSchema)]
pub struct ComplaintItem<'a> {
    number: String,
    /// `received`, `taken`, `answered`, `closed`; `reported` once it is an ordinary report.
    state: &'a str,
    grid: Option<GridShape<'a>>,
    received_at: Moment,
    due_at: Moment,
    /// Whether it was held because its words sound like a complaint, nobody said whether they are, and nobody has decided yet:
    /// `report` makes it an ordinary report, `name` or `answer` keep it.
    held: bool,
}

impl<'a> ComplaintItem<'a> {
    fn of(net: &'a CommunityNet, complaint: &Complaint) -> Self {
        Self {
            number: complaint.number.to_string(),
            state: complaint.state.name().as_str(),
            grid: GridShape::find(net, complaint.grid),
            received_at: Moment(complaint.received_at),
            due_at: Moment(complaint.due_at),
            held: complaint.is_undecided(),
        }
    }
}

/// A complaint, without the reporter's contact.
#[derive(Serialize, ToSchema)]
pub struct ComplaintShape<'a> {
    #[serde(flatten)]
    item: ComplaintItem<'a>,
    /// What `If-Match` names.
    version: i64,
    words: &'a str,
    about_words: Option<&'a str>,
    /// Whom it speaks of, by name; none until a supervisor has found out.
    about: Option<&'a str>,
    notes: Vec<&'a str>,
    outcome: Option<&'a str>,
    answer: Option<&'a str>,
    /// `reported`: the number of the case it is part of, its own or the one that it joined.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    /// What the asker may do now.
    may: Vec<&'a str>,
}

impl<'a> ComplaintShape<'a> {
    fn of(page: &'a Page) -> Self {
        let complaint = &page.complaint;
        let about = complaint.about.and_then(|about| page.net.member(about));
        Self {
            item: ComplaintItem::of(&page.net, complaint),
            version: complaint.version,
            words: &page.words,
            about_words: page.about_words.as_deref(),
            about: about.map(|member| member.name.as_str()),
            notes: page.notes.iter().map(|note| note.words.as_str()).collect(),
            outcome: complaint
                .state
                .answer()
                .map(|answer| answer.outcome.as_str()),
            answer: page.answer.as_deref(),
            case: page.case.as_ref().map(ToString::to_string),
            may: page.may.iter().map(|name| name.as_str()).collect(),
        }
    }
}

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
}

/// Something that was done.
#[derive(Serialize, ToSchema)]
pub struct ComplaintStep {
    at: Moment,
    /// What was done.
    deed: &'static str,
}

/// The answer to whoever shows the receipt.
pub(super) async fn progress(door: &Door, complaint: Complaint) -> Result<Response, Failure> {
    let seen = work::complaint::progress(&door.house, complaint).await?;
    let complaint = &seen.complaint;
    let news = |one: &&Happened| !matches!(one.deed, Deed::Noted | Deed::Named);
    let trail = seen.trail.iter().filter(news).map(|one| ComplaintStep {
        at: Moment(one.at),
        deed: one.deed.name(),
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
    };
    body::answer(StatusCode::OK, &shape)
}

/// What turns a report into a complaint.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TurnBody {
    /// The account of whom it speaks of; left out, a supervisor finds out.
    #[serde(default)]
    about: Option<String>,
    /// Whom it speaks of, in words.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    about_words: Option<Pii<String>>,
    /// The number of a report that joined the case: it alone becomes a complaint, and the case goes on for the others.
    /// Left out, all of the case does.
    #[serde(default)]
    report: Option<String>,
}

/// Turns a report into a complaint: its words and contact are sealed and leave the case, which ends, or goes on if
/// it was only one of those who told it; the receipt goes on telling how it goes.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/complaint",
    tag = "complaints",
    params(
        ("number" = String, Path, description = "The number of the case"),
        ("If-Match" = String, Header, description = "The version of the case that was seen, in quotes"),
    ),
    request_body = TurnBody,
    responses(
        (status = 200, description = "It is a complaint now; nothing more is said of it here"),
        (status = 403, description = "The role may not do that"),
        (status = 404, description = "No such case within scope, or no such report that joined it"),
        (status = 409, description = "It cannot end now; for a wrong state, `may` says what can be done"),
        (status = 412, description = "It has changed since"),
        (status = 422, description = "Faulty fields, or it speaks of the asker or of somebody in their line"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn turned(
    State(door): State<Door>,
    visitor: Visitor,
    Signed(asker): Signed,
    headers: HeaderMap,
    Path(number): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let expected = expected(&headers)?;
    let parts = Parts::read(request, &door, "step").await?;
    let (said, mut reading) = parts.step::<TurnBody>()?;
    parts.bring_no_files(&mut reading);
    reading.done()?;
    let telling = said.report.as_deref().map(str::parse).transpose();
    let telling = telling.map_err(|_| Failure::NotFound)?;
    let form = TurnForm {
        about: said.about,
        about_words: said.about_words,
        telling,
        instead: instead(visitor.text()),
    };
    if let Err(error) = turn(&door.house, &asker, &number, expected, form).await {
        return Err(meanwhile::told(&door, &asker, &number, expected, error.into()).await);
    }
    body::answer(StatusCode::OK, &serde_json::json!({}))
}

/// Which complaints.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ComplaintsQuery {
    /// `1`: the latest ones, closed ones included.
    all: Option<String>,
}

/// Tells a complaint.
#[utoipa::path(
    post,
    path = "/api/v1/complaints",
    tag = "complaints",
    params(("Idempotency-Key" = String, Header, description = "Keeps it from being told twice")),
    request_body = ComplaintBody,
    responses(
        (status = 201, description = "The receipt", body = ComplaintReceipt),
        (status = 400, description = "The key is missing"),
        (status = 422, description = "Faulty fields, or the key was used for something else"),
        (status = 429, description = "Too many"),
    )
)]
pub async fn post(
    State(door): State<Door>,
    Came(known): Came,
    visitor: Visitor,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    let key = key(&headers)?;
    let parts = Parts::read(request, &door, "complaint").await?;
    let (said, mut reading) = parts.draft::<ComplaintBody>()?;
    parts.bring_no_files(&mut reading);
    let about = said.about.as_deref();
    let about: Option<PostId> = reading.one("about", about, "addressee-unknown", |text| {
        text.parse().ok()
    });
    reading.done()?;
    let asker = match known {
        Known::Member(asker) => Some(asker),
        Known::Anonymous | Known::Administrator { .. } => None,
    };
    if asker.is_none() {
        door.buckets
            .report(visitor.origin, door.house.clock.now())?;
    }
    let form = Form {
        grid: said.grid,
        words: said.words,
        about,
        about_words: said.about_words,
        name: said.name,
        phone: said.phone,
        attached: Vec::new(),
        along: Along::default(),
        held: false,
    };
    let key = RequestKey::new(key.as_bytes(), parts.same());
    let receipt = tell(&door.house, asker.as_ref(), key, &form).await;
    let receipt = receipt.map_err(named)?;
    let shape = ComplaintReceipt {
        number: receipt.complaint.number.to_string(),
        code: receipt.code.reveal().to_owned(),
        due_at: Moment(receipt.complaint.due_at),
    };
    body::answer(StatusCode::CREATED, &shape)
}

/// A fault of the words has the name that they have in this body.
fn named(error: work::Error) -> Failure {
    let name = |fault: &Fault| match fault.field.as_str() {
        "text" => "words".to_owned(),
        other => other.to_owned(),
    };
    match Failure::from(error) {
        Failure::Invalid(faults) => {
            let named = faults.iter().map(|fault| Fault {
                field: name(fault),
                ..fault.clone()
            });
            Failure::Invalid(named.collect())
        }
        other => other,
    }
}

/// The complaints one may see.
#[utoipa::path(
    get,
    path = "/api/v1/complaints",
    tag = "complaints",
    params(ComplaintsQuery),
    responses(
        (status = 200, description = "Open ones, the earliest due first", body = Vec<ComplaintItem<'static>>),
        (status = 403, description = "The role sees no complaints"),
    ),
    security(("bearer" = []))
)]
pub async fn list(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, reading): Asked<ComplaintsQuery>,
) -> Result<Response, Failure> {
    reading.done()?;
    let found = listed(&door.house, &asker, query.all.is_some()).await?;
    let net = door.house.net();
    let community = asker.community().ok_or(Failure::NotFound)?;
    let net = net.community_by_id(community).ok_or(Failure::NotFound)?;
    let items = found.iter().map(|one| ComplaintItem::of(net, one));
    body::answer(StatusCode::OK, &items.collect::<Vec<_>>())
}

/// One complaint.
#[utoipa::path(
    get,
    path = "/api/v1/complaints/{number}",
    tag = "complaints",
    params(("number" = String, Path, description = "The number of the complaint")),
    responses(
        (status = 200, description = "The complaint, without the contact; `ETag` is its version", body = ComplaintShape<'static>),
        (status = 304, description = "The version that `If-None-Match` names"),
        (status = 403, description = "The role sees no complaints"),
        (status = 404, description = "No such complaint that one may see"),
    ),
    security(("bearer" = []))
)]
pub async fn get(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let page = page(&door.house, &asker, &number).await?;
    answer(&page)
}

/// Takes a step.
#[utoipa::path(
    post,
    path = "/api/v1/complaints/{number}/{step}",
    tag = "complaints",
    params(
        ("number" = String, Path, description = "The number of the complaint"),
        ("step" = String, Path, description = "name, take, note, answer, report, close. `report` needs `words` and `confirmed`: it speaks of a thing and not of a worker, and is an ordinary report from then on, with the same number and code, which whoever serves the place reads; its page is `/api/v1/cases/{case}` then. It is refused once it was said whom it speaks of (`speaks-of-somebody`), and while its words name somebody who would read it (`names-a-reader`)"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotes"),
    ),
    request_body = ComplaintStepBody,
    responses(
        (status = 200, description = "The complaint after it, `ETag` is its version; empty once it has left one's sight", body = ComplaintShape<'static>),
        (status = 403, description = "The role sees no complaints"),
        (status = 404, description = "No such complaint that one may see, or no such step"),
        (status = 409, description = "The rules refuse it; `may` says what can be done"),
        (status = 412, description = "It has changed since"),
        (status = 422, description = "Faulty fields"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn step(
    State(door): State<Door>,
    Signed(asker): Signed,
    headers: HeaderMap,
    Path((number, name)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let name: StepName = name.parse().map_err(|_| Failure::NotFound)?;
    let expected = expected(&headers)?;
    let parts = Parts::read(request, &door, "step").await?;
    let (said, mut reading) = parts.step::<ComplaintStepBody>()?;
    parts.bring_no_files(&mut reading);
    reading.done()?;
    let form = StepForm {
        about: said.about,
        words: said.words,
        outcome: said.outcome,
        confirmed: said.confirmed,
    };
    if let Err(error) = take(&door.house, &asker, &number, expected, name, form).await {
        let who = (&asker, None);
        return Err(faster(&door, who, &number, expected, error.into()).await);
    }
    match page(&door.house, &asker, &number).await {
        Ok(page) => answer(&page),
        Err(work::Error::NotFound) => body::answer(StatusCode::OK, &serde_json::json!({})),
        Err(error) => Err(error.into()),
    }
}

/// The complaint as it stands, with its version.
fn answer(page: &Page) -> Result<Response, Failure> {
    let answer = body::answer(StatusCode::OK, &ComplaintShape::of(page))?;
    Ok(body::versioned(answer, page.complaint.version))
}
