//! Mediations through the API: open one, list those within one's reach, look at one, take a step, open the contacts. Whoever
//! has no part in a mediation gets the same answer as for one that does not exist.

mod shape;

pub use shape::{MediationItem, MediationShape, MediationsShape, PartyShape};

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::faster::mediation as faster;
use door::form::Fault;
use door::locale::Text;
use door::routes::{Routes, Who};
use door::session::Signed;
use door::visitor::Visitor;
use rules::access::Action;
use rules::ids::Number;
use rules::mediation::{CommandName, Instead, StateName, label};
use rules::privacy::Pii;
use serde::Deserialize;
use utoipa::ToSchema;
use work::mediation::{
    Happened, MediationPage, OpenForm, PartyForm, StepForm, list as listed, open, page, receipt,
    reveal, step as take,
};
use work::net::CommunityNet;
use work::report::RequestKey;

use super::asked::{Asked, NewestFirst, day};
use super::body;
use super::contact::{RevealBody, says_nothing};
use super::parts::Parts;
use super::reports::key;
use super::steps::expected;

/// The routes of mediations.
pub fn declare(routes: Routes) -> Routes {
    let (read, mediate) = (Who::May(Action::ReadMediation), Who::May(Action::Mediate));
    routes
        .post("/api/v1/mediations", Who::May(Action::OpenMediation), post)
        .get("/api/v1/mediations", read, list)
        .get("/api/v1/mediations/{number}", read, get)
        .post("/api/v1/mediations/{number}/contacts", mediate, contacts)
        .post("/api/v1/mediations/{number}/{command}", mediate, step)
}

/// A mediation to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationBody {
    /// `neighbours`, `property`, `lease`, `wages`, `family`, `other`, or the community's own.
    kind: String,
    /// The grid's code; may be left out where a case is named.
    #[serde(default)]
    grid: Option<String>,
    /// The number of the case it comes from.
    #[serde(default)]
    case: Option<String>,
    /// The mediator's account; the asker if left out. Whoever serves the grid or one on its line, or the desk.
    #[serde(default)]
    mediator: Option<String>,
    /// Where it is, in words.
    #[serde(default)]
    place: String,
    /// What the matter is.
    matter: String,
    /// How many people it concerns.
    #[serde(default)]
    people: Option<u16>,
    /// The sides, two to six.
    parties: Vec<PartyBody>,
    /// Whether the first side is the reporter of the case: what is left out of its name and phone is taken from the sealed
    /// contact, which is noted as read. Only for whoever may open that contact.
    #[serde(default)]
    reporter: bool,
    /// Whether the matter is about how somebody behaved who works here, which is a complaint and no dispute: `true` is refused.
    /// Where it sounds so and this is missing, the answer is 422 with the code `about-worker-unsaid` for this field.
    #[serde(default)]
    about_worker: Option<bool>,
}

impl MediationStepBody {
    /// What is said and belongs to another command, or to an agreement that is not kept: nobody shall believe that it was heard.
    fn surplus(&self, command: CommandName) -> impl Iterator<Item = &'static str> {
        let kept = self.kept == Some(true);
        let takes: &[&str] = match command {
            CommandName::Talk => &["words", "on"],
            CommandName::Agree => &["words", "on", "written"],
            CommandName::Fail => &["words", "instead"],
            CommandName::Extend => &["words", "consent"],
            CommandName::HandOver => &["words", "to"],
            CommandName::Follow if kept => &["words", "kept"],
            CommandName::Follow => &["words", "kept", "instead"],
            CommandName::Draft | CommandName::Withdraw | CommandName::Resume => &["words"],
        };
        let said = [
            ("words", self.words.is_some()),
            ("on", self.on.is_some()),
            ("written", self.written.is_some()),
            ("consent", self.consent.is_some()),
            ("to", self.to.is_some()),
            ("instead", self.instead.is_some()),
            ("kept", self.kept.is_some()),
        ];
        let surplus = said
            .into_iter()
            .filter(|(field, said)| *said && !takes.contains(field));
        surplus.map(|(field, _)| field)
    }
}

/// A side of the dispute.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyBody {
    /// What they are called.
    #[schema(value_type = String)]
    name: Pii<String>,
    /// How to reach them.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    phone: Option<Pii<String>>,
}

/// What a step says; each command takes its own fields.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MediationStepBody {
    /// `talk`: what was said. `draft`: the agreement. Else a note.
    words: Option<String>,
    /// `talk`, `agree`: the day, `2026-11-23`.
    on: Option<String>,
    /// `agree`: on paper, or by word of mouth.
    written: Option<bool>,
    /// `extend`: whether all parties want it.
    consent: Option<bool>,
    /// `hand_over`: the next mediator's account, who serves the grid or one on its line, or the desk.
    to: Option<String>,
    /// `fail`, `follow` when it is not kept: where to go; refused where it is kept.
    #[schema(value_type = Option<String>)]
    instead: Option<Instead>,
    /// `follow`: whether the agreement is kept.
    kept: Option<bool>,
    /// Of `words`: whether they are about how somebody behaved who works here, which is a complaint: `true` is refused. Where they
    /// sound so and this is missing, the answer is 422 with the code `about-worker-unsaid` for this field.
    about_worker: Option<bool>,
}

/// Opens a mediation.
#[utoipa::path(
    post,
    path = "/api/v1/mediations",
    tag = "mediations",
    params(("Idempotency-Key" = String, Header, description = "Keeps it from being opened twice")),
    request_body = MediationBody,
    responses(
        (status = 201, description = "Number, version and mediator; the contents only for those who reach it; `ETag` is its version", body = MediationItem<'static>),
        (status = 400, description = "The key is missing"),
        (status = 403, description = "The role may not open one"),
        (status = 404, description = "No such case within the scope"),
        (status = 422, description = "Faulty fields, a mediation of the case runs already, or the key was used for something else"),
    ),
    security(("bearer" = []))
)]
pub async fn post(
    State(door): State<Door>,
    Signed(asker): Signed,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    let key = key(&headers)?;
    let parts = Parts::read(request, &door, "mediation").await?;
    let (said, mut reading) = parts.draft::<MediationBody>()?;
    parts.bring_no_files(&mut reading);
    let case = said.case.as_deref();
    let case = reading.one("case", case, "case-unknown", |text| text.parse().ok());
    reading.done()?;
    let form = OpenForm {
        kind: said.kind,
        grid: said.grid,
        case,
        mediator: said.mediator,
        place: said.place,
        matter: said.matter,
        people: said.people,
        parties: said.parties.into_iter().map(party).collect(),
        reporter: said.reporter,
        about_worker: said.about_worker,
    };
    let key = RequestKey::new(key.as_bytes(), parts.same());
    let opened = open(&door.house, &asker, key, form).await?;
    let opened = receipt(&door.house, &asker, &opened.number).await?;
    let net = door.house.net();
    let net = net
        .community_by_id(opened.community)
        .ok_or(Failure::NotFound)?;
    let item = MediationItem::of(net, &opened);
    let answer = body::answer(StatusCode::CREATED, &item)?;
    Ok(body::versioned(answer, opened.version))
}

fn party(said: PartyBody) -> PartyForm {
    let told = |text: Pii<String>| {
        let trimmed = text.map(|text| text.trim().to_owned());
        (!trimmed.reveal().is_empty()).then_some(trimmed)
    };
    PartyForm {
        name: told(said.name),
        phone: said.phone.and_then(told),
    }
}

/// A page of mediations within one's reach.
#[utoipa::path(
    get,
    path = "/api/v1/mediations",
    tag = "mediations",
    params(NewestFirst),
    responses(
        (status = 200, description = "A page, newest first", body = MediationsShape<'static>),
        (status = 403, description = "The role reads no mediations"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []))
)]
pub async fn list(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, reading): Asked<NewestFirst>,
) -> Result<Response, Failure> {
    let all: Vec<_> = StateName::ALL.iter().map(|state| state.as_str()).collect();
    let (states, before, limit) = query.read(reading, &all)?;
    let found = listed(&door.house, &asker, states, before, limit).await?;
    let net = door.house.net();
    let net = net.of(&asker)?;
    let items = found.rows.iter().map(|one| MediationItem::of(net, one));
    let shape = MediationsShape {
        items: items.collect(),
        next: found.next.map(|last| last.to_string()),
    };
    body::answer(StatusCode::OK, &shape)
}

/// One mediation.
#[utoipa::path(
    get,
    path = "/api/v1/mediations/{number}",
    tag = "mediations",
    params(("number" = String, Path, description = "The number of the mediation")),
    responses(
        (status = 200, description = "The mediation, without contacts; `ETag` is its version", body = MediationShape<'static>),
        (status = 304, description = "The version that `If-None-Match` names"),
        (status = 403, description = "The role reads no mediations"),
        (status = 404, description = "No such mediation within one's reach"),
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

/// Opens the contacts; each party leaves a line in the ledger.
#[utoipa::path(
    post,
    path = "/api/v1/mediations/{number}/contacts",
    tag = "mediations",
    request_body(content = RevealBody, description = "Nothing is said here: no body, or an empty one"),
    params(("number" = String, Path, description = "The number of the mediation")),
    responses(
        (status = 200, description = "The parties in clear", body = Vec<PartyShape>),
        (status = 400, description = "The body cannot be read"),
        (status = 403, description = "Only the mediator, while there is work to do"),
        (status = 404, description = "No such mediation within one's reach"),
        (status = 422, description = "A body that says something: nothing is asked here"),
    ),
    security(("bearer" = []))
)]
pub async fn contacts(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(number): Path<String>,
    sent: Bytes,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    if let Err(refused) = says_nothing(&sent) {
        // whoever does not reach it hears of no field
        page(&door.house, &asker, &number).await?;
        return Err(refused);
    }
    let clear = reveal(&door.house, &asker, &number).await?;
    let shape = clear.into_iter().map(|one| PartyShape {
        party: label(usize::from(one.n)),
        name: one.name.map(Pii::into_inner),
        phone: one.phone.map(Pii::into_inner),
    });
    body::answer(StatusCode::OK, &shape.collect::<Vec<_>>())
}

/// Takes a step.
#[utoipa::path(
    post,
    path = "/api/v1/mediations/{number}/{command}",
    tag = "mediations",
    params(
        ("number" = String, Path, description = "The number of the mediation"),
        ("command" = String, Path, description = "talk, draft, agree, fail, extend, hand_over, withdraw, follow, resume"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotes"),
    ),
    request_body(
        content((MediationStepBody = "application/json"), (crate::parts::described::MediationStepParts = "multipart/form-data")),
        description = "JSON, or for `agree` parts: `step` with the JSON, up to three `photo` of the signed paper"
    ),
    responses(
        (status = 200, description = "The mediation after it; its item only, once it has left one's reach; `ETag` is its version", body = MediationShape<'static>),
        (status = 403, description = "The role may not mediate"),
        (status = 404, description = "No such mediation within one's reach, or no such command"),
        (status = 409, description = "The rules refuse it; for a wrong state, `may` says what can be done"),
        (status = 412, description = "It has changed since; `version` is the one it has now, `done` who was faster and with what"),
        (status = 422, description = "Faulty fields"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn step(
    State(door): State<Door>,
    Signed(asker): Signed,
    visitor: Visitor,
    headers: HeaderMap,
    Path((number, command)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let command: CommandName = command.parse().map_err(|_| Failure::NotFound)?;
    let community = asker.community().ok_or(Failure::NotFound)?;
    let expected = expected(&headers)?;
    let net = door.house.net();
    let net = net.community(number.community()).ok_or(Failure::NotFound)?;
    let parts = Parts::read(request, &door, "step").await?;
    let form = match said(net, command, &parts) {
        Ok(form) => form,
        Err(refused) => {
            // whoever does not reach it hears of no field
            page(&door.house, &asker, &number).await?;
            let refused = parts.and_files(&door.house, refused).await;
            let what = |last: &Happened| did(visitor.text(), last);
            let sent = (command, &StepForm::default());
            return Err(faster(&door, &asker, &number, expected, refused, sent, what).await);
        }
    };
    let attached = parts.keep(&door.house, community).await?;
    let form = StepForm { attached, ..form };
    let sent = (command, &form.clone());
    let done = match take(&door.house, &asker, &number, expected, command, form).await {
        Ok(done) => done,
        Err(error) => {
            let what = |last: &Happened| did(visitor.text(), last);
            let error = error.into();
            return Err(faster(&door, &asker, &number, expected, error, sent, what).await);
        }
    };
    match page(&door.house, &asker, &number).await {
        Ok(page) => answer(&page),
        Err(work::Error::NotFound) => {
            let net = door.house.net();
            let net = net.community_by_id(community).ok_or(Failure::NotFound)?;
            let item = body::answer(StatusCode::OK, &MediationItem::of(net, &done))?;
            Ok(body::versioned(item, done.version))
        }
        Err(error) => Err(error.into()),
    }
}

/// The deeds that a person does and that are said without a name.
const PLAIN: [&str; 7] = [
    "talked",
    "extended",
    "drafted",
    "agreed",
    "withdrawn",
    "broken",
    "resumed",
];

/// What somebody did meanwhile, in words.
fn did(t: Text, last: &Happened) -> Option<String> {
    let deed = last.deed.name();
    let is_plain = PLAIN.contains(&deed);
    is_plain.then(|| t.text(format!("mediation-deed-{deed}")))
}

/// What a step says, without its photos.
///
/// # Errors
/// `Invalid` with everything that is wrong with the document, and everything that the command needs and is not there.
fn said(net: &CommunityNet, command: CommandName, parts: &Parts) -> Result<StepForm, Failure> {
    let (said, mut reading) = parts.step::<MediationStepBody>()?;
    if parts.has_sound() {
        reading.fault(Fault::new("sound", "field-unknown"));
    }
    if parts.has_photos() && command != CommandName::Agree {
        reading.fault(Fault::new("photo", "field-unknown"));
    }
    for field in said.surplus(command) {
        reading.fault(Fault::new(field, "field-unknown"));
    }
    let on = reading.one("on", said.on.as_deref(), "date-malformed", day);
    let form = StepForm {
        words: said.words,
        on,
        written: said.written,
        consent: said.consent == Some(true),
        to: said.to,
        instead: said.instead,
        kept: said.kept,
        attached: Vec::new(),
        about_worker: said.about_worker,
    };
    reading.faults(form.faults(net, command));
    reading.done()?;
    Ok(form)
}

/// The mediation as it stands, with its version.
fn answer(page: &MediationPage) -> Result<Response, Failure> {
    let answer = body::answer(StatusCode::OK, &MediationShape::of(page))?;
    Ok(body::versioned(answer, page.mediation.version))
}
