//! Complaints about somebody who works here through the API: tell one, list those one may see, look at one, take a step.
//! Whoever is concerned gets the same answer as for one that does not exist.

mod before;
mod goes;
mod trail;
pub(super) mod turned;

pub(crate) use goes::ComplaintProgress;
pub(super) use goes::progress;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use door::Door;
use door::danger::calls;
use door::error::Failure;
use door::faster::complaint as faster;
use door::form::Fault;
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::{Came, Signed};
use door::visitor::Visitor;
use rules::access::Action;
use rules::complaint::{Complaint, Outcome, StepName};
use rules::ids::{Number, PostId};
use rules::privacy::Pii;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use work::Visitor as Known;
use work::complaint::{Along, Form, Page, StepForm, list as listed, page, step as take, tell};
use work::net::CommunityNet;
use work::report::RequestKey;

use self::before::{CaseBeforeShape, SaidLaterShape};
use self::trail::ComplaintStepShape;
use super::asked::Asked;
use super::body;
use super::case::CaseLeadShape;
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
            turned::turned,
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
    /// Whom to call before anything else, the most urgent first: the words tell of danger to life, and this is no emergency
    /// line. Left out for nearly every complaint.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    call: Vec<String>,
}

/// What a step says; each takes its own fields.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ComplaintStepBody {
    /// `name`: the account of whom it speaks of.
    about: Option<String>,
    /// `note`, `answer`: the words; `report`: why, kept with the complaint; `pass`: the matter in the words of whoever passes it
    /// on, which name nobody who serves the place.
    words: Option<String>,
    /// `pass`: words on where it is.
    place_note: Option<String>,
    /// `pass`: whether the point that came with the complaint goes along.
    place: bool,
    /// `pass`: whether the photos go along; sound never does.
    photos: bool,
    /// `pass`: whether the reporter's contact goes along, because they agreed to it.
    contact: bool,
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
    /// Whether its words tell of danger to life, and nobody has answered yet. Those stand first.
    urgent: bool,
}

impl<'a> ComplaintItem<'a> {
    fn of(net: &'a CommunityNet, complaint: &Complaint, urgent: bool) -> Self {
        Self {
            urgent,
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
    /// What reporters said later on the case that it was before, in order; on a case that several told nobody knows whose it is.
    later: Vec<SaidLaterShape<'a>>,
    /// What was done on that case, in order; nothing where the complaint is one report of a case that goes on.
    case_trail: Vec<CaseBeforeShape<'a>>,
    about_words: Option<&'a str>,
    /// Whom it speaks of, by name; none until a supervisor has found out.
    about: Option<&'a str>,
    /// What was found out, in order.
    notes: Vec<&'a str>,
    /// What was done, in order, with who wrote which of the notes.
    trail: Vec<ComplaintStepShape<'a>>,
    outcome: Option<&'a str>,
    answer: Option<&'a str>,
    /// `reported`: the number of the case it is part of, its own or the one that it joined.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    /// The numbers of the cases that matters in it were passed on as.
    passed: Vec<String>,
    /// Leads of the case that it was before, with officers who go on with them and know nothing of the complaint.
    leads: Vec<CaseLeadShape<'a>>,
    /// What the asker may do now.
    may: Vec<&'a str>,
}

impl<'a> ComplaintShape<'a> {
    fn of(page: &'a Page) -> Self {
        let complaint = &page.complaint;
        let about = complaint.about.and_then(|about| page.net.member(about));
        Self {
            item: ComplaintItem::of(&page.net, complaint, page.urgent),
            version: complaint.version,
            words: &page.words,
            later: before::later(page),
            case_trail: before::steps(page),
            about_words: page.about_words.as_deref(),
            about: about.map(|member| member.name.as_str()),
            notes: page.notes.iter().map(|note| note.words.as_str()).collect(),
            trail: trail::trail(page),
            outcome: complaint
                .state
                .answer()
                .map(|answer| answer.outcome.as_str()),
            answer: page.answer.as_deref(),
            case: page.case.as_ref().map(ToString::to_string),
            passed: page.passed.iter().map(ToString::to_string).collect(),
            leads: page
                .leads
                .iter()
                .map(|lead| CaseLeadShape::of(&page.net, &lead.referral))
                .collect(),
            may: page.may.iter().map(|name| name.as_str()).collect(),
        }
    }
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
    let net = door.house.net();
    let net = net.community_by_id(receipt.complaint.community);
    let net = net.map(|net| &**net);
    let shape = ComplaintReceipt {
        number: receipt.complaint.number.to_string(),
        code: receipt.code.reveal().to_owned(),
        due_at: Moment(receipt.complaint.due_at),
        call: calls(net, [form.words.reveal().as_str()]),
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
        (status = 200, description = "Open ones, what tells of danger to life first, then the earliest due", body = Vec<ComplaintItem<'static>>),
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
    let net = net.of(&asker)?;
    let items = found
        .iter()
        .map(|one| ComplaintItem::of(net, &one.complaint, one.urgent));
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
        ("step" = String, Path, description = "name, take, note, pass, answer, report, close. `pass` makes an ordinary case of the matter in it, in the words of whoever passes it on; the complaint stays as it is, the case says nothing of it, and the reporter's progress names the case. `report` needs `words` and `confirmed`: it speaks of a thing and not of a worker, and is an ordinary report from then on, with the same number and code, which whoever serves the place reads; its page is `/api/v1/cases/{case}` then. It is refused once it was said whom it speaks of (`speaks-of-somebody`), and while its words name somebody who would read it (`names-a-reader`)"),
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
        place_note: said.place_note,
        place: said.place,
        photos: said.photos,
        contact: said.contact,
        outcome: said.outcome,
        confirmed: said.confirmed,
    };
    if let Err(error) = take(&door.house, &asker, &number, expected, name, form).await {
        let who = (&asker, None);
        return Err(faster(&door, who, &number, expected, error.into(), name).await);
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
