//! `/api/v1/wordings`: what reporters are told at which step, for machines: read, written, changed, taken out; and what was
//! told, as it stands in trails.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::form::{Fault, Faults};
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::Signed;
use door::wording::{both, draft};
use rules::access::Action;
use rules::ids::{Number, WordingId};
use rules::wording::WordingStep;
use serde::{Deserialize, Serialize};
use store::wording::KeptWording;
use utoipa::ToSchema;
use uuid::Uuid;
use work::case::Happened;
use work::net::CommunityNet;
use work::wording as task;

use super::body;
use super::steps::seen;

/// The routes of wordings.
pub fn declare(routes: Routes) -> Routes {
    let writes = Who::May(Action::ChangeSettings);
    routes
        .get("/api/v1/wordings", writes, list)
        .post("/api/v1/wordings", writes, add)
        .post("/api/v1/wordings/{wording}", writes, edit)
        .post("/api/v1/wordings/{wording}/remove", writes, remove)
}

/// What a reporter was told at a step, with its blanks filled.
#[derive(Serialize, ToSchema)]
pub struct ToldShape {
    /// The wording.
    wording: Uuid,
    /// Which version of it.
    version: i64,
    /// In Chinese.
    zh: String,
    /// In English.
    en: String,
}

impl ToldShape {
    /// With the number that the reader knows.
    pub fn of(net: &CommunityNet, happened: &Happened, number: &Number) -> Option<Self> {
        let told = happened.told.as_ref()?;
        let (zh, en) = both(net, told, &number.to_string(), happened.at);
        Some(Self {
            wording: told.wording.id.0,
            version: told.wording.version,
            zh,
            en,
        })
    }
}

/// A wording to keep.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WordingBody {
    /// `reported`, `filed`, `dispatched`, `accepted`, `suspended`, `handled`, `closed`, `redirected`, `merged`, `reopened`.
    step: String,
    /// A category, or the class whose code begins so; none for all.
    #[serde(default)]
    category: Option<String>,
    /// Up to 500 characters with the blanks `{编号}` `{类别}` `{网格}` `{时间}` `{期限}`.
    zh: String,
    /// The same in English: `{number}` `{category}` `{grid}` `{at}` `{due}`.
    en: String,
}

/// A wording.
#[derive(Serialize, ToSchema)]
pub struct WordingShape<'a> {
    id: Uuid,
    /// The version to name in `If-Match`.
    version: i64,
    step: &'a str,
    category: Option<&'a str>,
    zh: &'a str,
    en: &'a str,
    at: Moment,
}

impl<'a> WordingShape<'a> {
    fn of(kept: &'a KeptWording) -> Self {
        let wording = &kept.wording;
        Self {
            id: wording.id.0,
            version: wording.version,
            step: wording.step.as_str(),
            category: wording.category.as_ref().map(|code| code.as_str()),
            zh: wording.zh.as_str(),
            en: wording.en.as_str(),
            at: Moment(kept.at),
        }
    }
}

/// The wordings that hold.
#[utoipa::path(
    get,
    path = "/api/v1/wordings",
    tag = "wordings",
    responses(
        (status = 200, description = "The wordings", body = Vec<WordingShape<'static>>),
        (status = 403, description = "The role has no such right"),
    ),
    security(("bearer" = []))
)]
pub async fn list(State(door): State<Door>, Signed(asker): Signed) -> Result<Response, Failure> {
    let kept = task::list(&door.house, &asker).await?;
    let shapes: Vec<WordingShape<'_>> = kept.iter().map(WordingShape::of).collect();
    body::answer(StatusCode::OK, &shapes)
}

/// Adds a wording.
#[utoipa::path(
    post,
    path = "/api/v1/wordings",
    tag = "wordings",
    request_body = WordingBody,
    responses(
        (status = 201, description = "The wording; `ETag` is its version", body = WordingShape<'static>),
        (status = 403, description = "The role has no such right"),
        (status = 422, description = "Faulty fields, somebody who works here is named, or there is one for the step and category"),
    ),
    security(("bearer" = []))
)]
pub async fn add(
    State(door): State<Door>,
    Signed(asker): Signed,
    sent: Bytes,
) -> Result<Response, Failure> {
    let draft = read(&sent)?;
    let kept = task::keep(&door.house, &asker, None, draft).await?;
    show(StatusCode::CREATED, &kept)
}

/// Writes a wording anew; what was told with it stays as it was told.
#[utoipa::path(
    post,
    path = "/api/v1/wordings/{wording}",
    tag = "wordings",
    params(
        ("wording" = String, Path, description = "The wording"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotes"),
    ),
    request_body = WordingBody,
    responses(
        (status = 200, description = "The wording; `ETag` is its version", body = WordingShape<'static>),
        (status = 403, description = "The role has no such right"),
        (status = 404, description = "No such wording"),
        (status = 412, description = "It was changed since"),
        (status = 422, description = "Faulty fields"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn edit(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    sent: Bytes,
) -> Result<Response, Failure> {
    let id = find(&door, &asker, &id).await?;
    let seen = (id, seen(&headers)?);
    let kept = task::keep(&door.house, &asker, Some(seen), read(&sent)?).await?;
    show(StatusCode::OK, &kept)
}

/// Takes a wording out.
#[utoipa::path(
    post,
    path = "/api/v1/wordings/{wording}/remove",
    tag = "wordings",
    params(
        ("wording" = String, Path, description = "The wording"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotes"),
    ),
    responses(
        (status = 204, description = "It is told no more"),
        (status = 403, description = "The role has no such right"),
        (status = 404, description = "No such wording"),
        (status = 412, description = "It was changed since"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn remove(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let id = find(&door, &asker, &id).await?;
    task::remove(&door.house, &asker, id, seen(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A wording that holds.
async fn find(door: &Door, asker: &work::Asker, id: &str) -> Result<WordingId, Failure> {
    let id: WordingId = id.parse().map_err(|_| Failure::NotFound)?;
    let all = task::list(&door.house, asker).await?;
    let known = all.iter().any(|one| one.wording.id == id);
    known.then_some(id).ok_or(Failure::NotFound)
}

fn read(sent: &Bytes) -> Result<task::Draft, Failure> {
    let told: WordingBody = body::read(sent)?;
    let category = told.category.as_deref().unwrap_or_default();
    let draft = draft(&told.step, category, &told.zh, &told.en);
    draft.map_err(|faults| Failure::Invalid(naming_steps(&faults, &told.step)))
}

/// The faults, that of the step with all the steps there are.
fn naming_steps(faults: &Faults, step: &str) -> Faults {
    let said = |fault: &Fault| {
        if fault.field != "step" {
            return fault.clone();
        }
        let fault = match step.trim() {
            "" => fault.clone(),
            _ => Fault::new("step", "field-shape"),
        };
        fault.allowing(WordingStep::ALL.iter().map(|step| step.as_str()))
    };
    faults.iter().map(said).collect()
}

fn show(status: StatusCode, kept: &KeptWording) -> Result<Response, Failure> {
    let answer = body::answer(status, &WordingShape::of(kept))?;
    Ok(body::versioned(answer, kept.wording.version))
}
