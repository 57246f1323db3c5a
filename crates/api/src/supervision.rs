//! Supervision through the API: remind or ask for an answer by a date, what was said about a case, answer, the lists that
//! find cases; circulars beside it. The same tasks as the pages; cases are found within the asker's scope.

pub(crate) mod circulars;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::form::Fault;
use door::moment::{Moment, parse};
use door::routes::{Routes, Who};
use door::session::Signed;
use rules::access::Action;
use rules::ids::{MemberId, Number, SupervisionId};
use rules::supervision::{Concern, Kind, Refusal};
use serde::{Deserialize, Serialize};
use store::supervision::Worded;
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use work::net::CommunityNet;
use work::report::RequestKey;
use work::supervision::{self as task, Asked as Said};

use super::asked::Asked;
use super::body;
use super::parts::Parts;
use super::reports::key as named_key;
use super::shape::GridShape;
use super::words::ListWord;

/// The routes of supervision.
pub fn declare(routes: Routes) -> Routes {
    let (remind, trail) = (Who::May(Action::Remind), Who::May(Action::ReadTrail));
    let answers = Who::May(Action::AnswerSupervision);
    let routes = routes
        .post("/api/v1/cases/{number}/supervision", remind, post)
        .get("/api/v1/cases/{number}/supervision", trail, of_case)
        .post("/api/v1/supervision/{item}/answer", answers, answer)
        .get("/api/v1/supervision", remind, list);
    circulars::declare(routes)
}

/// A reminder or a question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaidBody {
    /// `remind` or `supervise`.
    #[schema(value_type = String)]
    kind: Kind,
    /// Up to 2,000 characters. Personal numbers are starred out.
    words: String,
    /// `supervise`: by when the answer is due, with its offset.
    #[serde(default)]
    answer_by: Option<String>,
}

/// An answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerBody {
    /// Up to 2,000 characters.
    words: String,
}

/// A reminder, or a question with its answer.
#[derive(Serialize, ToSchema)]
pub struct SaidShape<'a> {
    id: Uuid,
    /// `remind` or `supervise`.
    kind: &'a str,
    at: Moment,
    /// Who said it.
    by: Option<&'a str>,
    /// Who was responsible then.
    whom: Option<&'a str>,
    words: &'a str,
    answer_by: Option<Moment>,
    /// Whether the answer is owed and late.
    overdue: bool,
    answered_at: Option<Moment>,
    /// Who answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_by: Option<&'a str>,
    /// Whom they stood in for, where only that let them answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_for: Option<&'a str>,
    answer: Option<&'a str>,
}

impl<'a> SaidShape<'a> {
    /// Of an item; with whom its answer was given for, where only that let somebody answer.
    pub(super) fn of(
        net: &'a CommunityNet,
        (one, absent): (&'a Worded, Option<MemberId>),
        now: OffsetDateTime,
    ) -> Self {
        let item = &one.item;
        let name = |id| net.member(id).map(|member| member.name.as_str());
        Self {
            id: item.id.0,
            kind: item.kind().as_str(),
            at: Moment(item.made_at),
            by: name(item.by),
            whom: name(item.whom),
            words: &one.words,
            answer_by: item.answer_by.map(Moment),
            overdue: item.is_overdue(now),
            answered_at: item.answered.map(|(at, _)| Moment(at)),
            answered_by: item.answered.and_then(|(_, by)| name(by)),
            stands_for: absent.and_then(name),
            answer: one.answer.as_deref(),
        }
    }
}

/// A case on a list, and why.
#[derive(Serialize, ToSchema)]
pub struct ConcernShape<'a> {
    number: String,
    state: &'a str,
    grid: Option<GridShape<'a>>,
    /// The list: the reason why it stands there.
    reason: &'a str,
    /// The moment behind it.
    at: Moment,
    /// The question, where one is the reason.
    asked: Option<SaidShape<'a>>,
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub struct ConcernsShape<'a> {
    items: Vec<ConcernShape<'a>>,
    /// The `after` of the next page.
    next: Option<String>,
}

/// Which list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConcernsQuery {
    /// The list's name.
    #[param(inline, value_type = ListWord)]
    list: Option<String>,
    /// A `next`.
    after: Option<String>,
    /// At most so many; 50 if not said.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

/// Reminds whoever is responsible, or asks them for an answer by a date.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/supervision",
    tag = "supervision",
    params(
        ("number" = String, Path, description = "The number of the case"),
        ("Idempotency-Key" = Option<String>, Header, description = "Keeps it from being said twice; the same key and body answer with what was said"),
    ),
    request_body = SaidBody,
    responses(
        (status = 201, description = "What was said", body = SaidShape<'static>),
        (status = 400, description = "The key is none"),
        (status = 403, description = "The role may not"),
        (status = 404, description = "No such case within the scope"),
        (status = 409, description = "The case is over, nobody is responsible, or the same was said by the asker within a day"),
        (status = 422, description = "Faulty fields, a date outside what is allowed, or the key was used for something else"),
    ),
    security(("bearer" = []))
)]
pub async fn post(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(number): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let parts = Parts::read(request, &door, "supervision").await?;
    let key = key(&headers, &number.to_string(), &parts)?;
    let (said, mut reading) = parts.draft::<SaidBody>()?;
    parts.bring_no_files(&mut reading);
    let by = said.answer_by.as_deref();
    let by = match said.kind {
        Kind::Supervise => reading.needed("answer_by", by, "date-malformed", parse),
        Kind::Remind => {
            if by.is_some() && reading.is_sound("kind") {
                reading.fault(Fault::new("answer_by", "field-unknown"));
            }
            None
        }
    };
    reading.done()?;
    let asked = Said {
        key,
        number: &number,
        words: &said.words,
    };
    let item = match by {
        Some(by) => task::supervise(&door.house, &asker, asked, by).await,
        None => task::remind(&door.house, &asker, asked).await,
    };
    let item = item.map_err(|error| named(error, asker.now))?;
    let (worded, trail) = task::one(&door.house, &asker, item.id).await?;
    let net = door.house.net();
    let net = net
        .community_by_id(trail.case.community)
        .ok_or(Failure::NotFound)?;
    let said = SaidShape::of(net, (&worded, None), asker.now);
    body::answer(StatusCode::CREATED, &said)
}

/// A date outside what is allowed is a fault of its field, with the first and the last moment that fit.
fn named(error: work::Error, now: OffsetDateTime) -> Failure {
    match error {
        work::Error::Supervision(Refusal::OutsideWindow { latest }) => {
            let fault = Fault::new("answer_by", "outside-window")
                .with("first", Moment(now))
                .with("last", Moment(latest));
            body::invalid(fault)
        }
        other => other.into(),
    }
}

/// The key that keeps it from happening twice, where one was sent: with what it is about and all that was sent.
fn key(headers: &HeaderMap, about: &str, parts: &Parts) -> Result<Option<RequestKey>, Failure> {
    if !headers.contains_key("idempotency-key") {
        return Ok(None);
    }
    let key = named_key(headers)?;
    let same = [about.as_bytes(), b"\n", parts.same()].concat();
    Ok(Some(RequestKey::new(key.as_bytes(), &same)))
}

/// What supervision said about a case, in order.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{number}/supervision",
    tag = "supervision",
    params(("number" = String, Path, description = "The number of the case")),
    responses(
        (status = 200, description = "Everything", body = Vec<SaidShape<'static>>),
        (status = 403, description = "The role reads no trail"),
        (status = 404, description = "No such case within the scope"),
    ),
    security(("bearer" = []))
)]
pub async fn of_case(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let page = work::case::page(&door.house, &asker, &number).await?;
    let of = task::of_case(&door.house, &asker, page.net.id, &page.case).await?;
    let absent = |one: &Worded| of.stood_in.get(&one.item.id).copied();
    let shape = |one| SaidShape::of(&page.net, (one, absent(one)), asker.now);
    let all: Vec<SaidShape<'_>> = of.items.iter().map(shape).collect();
    body::answer(StatusCode::OK, &all)
}

/// Answers a question with a date.
#[utoipa::path(
    post,
    path = "/api/v1/supervision/{item}/answer",
    tag = "supervision",
    params(("item" = String, Path, description = "The id of the question")),
    request_body = AnswerBody,
    responses(
        (status = 200, description = "The question with its answer", body = SaidShape<'static>),
        (status = 403, description = "The role may not"),
        (status = 404, description = "No such question within the scope"),
        (status = 409, description = "Somebody else was asked, or it was answered"),
        (status = 422, description = "Faulty fields"),
    ),
    security(("bearer" = []))
)]
pub async fn answer(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(item): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let id: SupervisionId = item.parse().map_err(|_| Failure::NotFound)?;
    let said: AnswerBody = document(request, &door).await?;
    task::answer(&door.house, &asker, id, &said.words).await?;
    let (worded, trail) = task::one(&door.house, &asker, id).await?;
    let net = door.house.net();
    let net = net
        .community_by_id(trail.case.community)
        .ok_or(Failure::NotFound)?;
    let absent = task::stood_in(&door.house, net.id, trail.case.id).await?;
    let said = (&worded, absent.get(&id).copied());
    body::answer(StatusCode::OK, &SaidShape::of(net, said, asker.now))
}

/// A page of the cases that need looking at, those that need it most first.
#[utoipa::path(
    get,
    path = "/api/v1/supervision",
    tag = "supervision",
    params(ConcernsQuery),
    responses(
        (status = 200, description = "A page", body = ConcernsShape<'static>),
        (status = 403, description = "The role does not supervise"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []))
)]
pub async fn list(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, mut reading): Asked<ConcernsQuery>,
) -> Result<Response, Failure> {
    let words: Vec<_> = Concern::ALL
        .iter()
        .map(|one| (one.as_str(), *one))
        .collect();
    let concern = reading.word("list", query.list.as_deref(), "list-unknown", &words);
    let (after, limit) = reading.page(query.after.as_deref(), query.limit.as_deref());
    reading.done()?;
    let concern = concern.unwrap_or(Concern::ALL[0]);
    let found = task::concerns(&door.house, &asker, concern, after, limit).await?;
    let net = door.house.net();
    let net = net.of(&asker)?;
    let items = found.rows.iter().map(|one| ConcernShape {
        number: one.listed.case.number.to_string(),
        state: one.listed.case.state.name(),
        grid: GridShape::find(net, one.listed.case.grid),
        reason: concern.as_str(),
        at: Moment(one.at),
        asked: one
            .asked
            .as_ref()
            .map(|said| SaidShape::of(net, (said, one.stood_in_for), asker.now)),
    });
    let shape = ConcernsShape {
        items: items.collect(),
        next: found.next.map(|next| next.to_string()),
    };
    body::answer(StatusCode::OK, &shape)
}

async fn document<T: serde::de::DeserializeOwned>(
    request: Request,
    door: &Door,
) -> Result<T, Failure> {
    let parts = Parts::read(request, door, "supervision").await?;
    whole(&parts)
}

fn whole<T: serde::de::DeserializeOwned>(parts: &Parts) -> Result<T, Failure> {
    let (said, mut reading) = parts.draft()?;
    parts.bring_no_files(&mut reading);
    reading.done()?;
    Ok(said)
}
