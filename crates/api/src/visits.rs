//! Return visits through the API: what is due for whoever makes them, one of them with just what is needed, and the contact
//! while it is due. The answer goes to `POST /api/v1/cases/{number}/visit`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::form::Fault;
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::Signed;
use rules::access::Action;
use rules::ids::Number;
use serde::{Deserialize, Serialize};
use store::case::{Listed, Sort};
use utoipa::{IntoParams, ToSchema};
use work::net::CommunityNet;

use super::asked::Asked;
use super::body;
use super::case::ErrandShape;
use super::contact::{ContactShape, RevealBody, says_nothing};
use super::shape::GridShape;
use super::steps::ClaimWord;

/// The most visits of one page.
const LIMIT: u16 = 100;

/// The routes of visits.
pub fn declare(routes: Routes) -> Routes {
    let visit = Who::May(Action::Visit);
    routes
        .get("/api/v1/visits", visit, list)
        .get("/api/v1/visits/{number}", visit, get)
        .post("/api/v1/visits/{number}/contact", visit, contact)
}

/// Which page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VisitsQuery {
    /// The `next` of the page before.
    after: Option<String>,
}

/// A visit in a list.
#[derive(Serialize, ToSchema)]
pub struct VisitItem<'a> {
    number: String,
    grid: Option<GridShape<'a>>,
    #[serde(flatten)]
    errand: Option<ErrandShape<'a>>,
}

impl<'a> VisitItem<'a> {
    fn of(net: &'a CommunityNet, listed: &Listed) -> Self {
        Self {
            number: listed.case.number.to_string(),
            grid: GridShape::find(net, listed.case.grid),
            errand: ErrandShape::of(net, &listed.case),
        }
    }
}

/// What is due.
#[derive(Serialize, ToSchema)]
pub struct VisitsShape<'a> {
    /// What the asker was asked to do, the nearest deadline first.
    mine: Vec<VisitItem<'a>>,
    /// What is due besides within their sight; a page of it.
    around: Vec<VisitItem<'a>>,
    /// What the next page of `around` begins after.
    next: Option<String>,
}

/// A try that reached nobody.
#[derive(Serialize, ToSchema)]
pub struct TriedShape<'a> {
    at: Moment,
    /// `phone` or `on_site`.
    method: &'static str,
    words: &'a [String],
}

/// Somebody else who told it, or a case that was merged into it, and can be asked as well.
#[derive(Serialize, ToSchema)]
pub struct ReachedShape<'a> {
    /// The number of their own telling; their contact is revealed under it.
    number: String,
    /// The masked telephone number.
    phone: Option<&'a str>,
}

/// A visit, with what is needed to make it.
#[derive(Serialize, ToSchema)]
pub struct VisitShape<'a> {
    number: String,
    /// What `If-Match` names.
    version: i64,
    grid: Option<GridShape<'a>>,
    /// What was told.
    text: &'a str,
    place_note: &'a str,
    /// What was done about it, as whoever did it wrote it down.
    done: Option<&'a str>,
    /// What it came to, by the words of `handle`. What is not `solved` does not go back when the reporter says so: whoever closes the
    /// case knows.
    claim: Option<ClaimWord>,
    /// What the reporter was told by whoever checked it.
    answer: Option<&'a str>,
    /// What is left, where only part of it is solved.
    left: Option<&'a str>,
    /// The masked telephone number.
    phone: Option<&'a str>,
    /// Who else told it, or a case that was merged into it, and left a contact.
    others: Vec<ReachedShape<'a>>,
    tried: Vec<TriedShape<'a>>,
    /// Whether the asker may make it now.
    may_visit: bool,
    #[serde(flatten)]
    errand: Option<ErrandShape<'a>>,
}

/// Visits that are due.
#[utoipa::path(
    get,
    path = "/api/v1/visits",
    tag = "visits",
    params(VisitsQuery),
    responses(
        (status = 200, description = "What is due", body = VisitsShape<'static>),
        (status = 403, description = "The role visits nobody"),
        (status = 422, description = "`after` is the mark of no page"),
    ),
    security(("bearer" = []))
)]
pub async fn list(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, mut reading): Asked<VisitsQuery>,
) -> Result<Response, Failure> {
    let after = query.after.as_deref();
    if after.is_some_and(|mark| !Sort::knows(mark)) {
        reading.fault(Fault::new("after", "after-unknown"));
    }
    reading.done()?;
    let found = work::visit::list(&door.house, &asker, after, LIMIT).await?;
    let net = door.house.net();
    let net = net.of(&asker)?;
    let items = |listed: &[Listed]| listed.iter().map(|one| VisitItem::of(net, one)).collect();
    let shape = VisitsShape {
        mine: items(&found.mine),
        around: items(&found.around),
        next: found.next,
    };
    body::answer(StatusCode::OK, &shape)
}

/// One visit that is due.
#[utoipa::path(
    get,
    path = "/api/v1/visits/{number}",
    tag = "visits",
    params(("number" = String, Path, description = "The number of the case")),
    responses(
        (status = 200, description = "The visit; `ETag` is the version of its case", body = VisitShape<'static>),
        (status = 304, description = "The version that `If-None-Match` names"),
        (status = 403, description = "The role visits nobody"),
        (status = 404, description = "No visit is due there, or it is not within sight"),
    ),
    security(("bearer" = []))
)]
pub async fn get(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let page = work::visit::page(&door.house, &asker, &number).await?;
    let tried = page.tried.iter().map(|one| TriedShape {
        at: Moment(one.at),
        method: one.method.as_str(),
        words: &one.words,
    });
    let others = page.others.iter().map(|one| ReachedShape {
        number: one.number.to_string(),
        phone: one.contact.phone.as_deref(),
    });
    let shape = VisitShape {
        number: page.case.number.to_string(),
        version: page.case.version,
        grid: GridShape::find(&page.net, page.case.grid),
        text: &page.report.words,
        place_note: &page.report.place_note,
        done: page.done.as_deref(),
        claim: page.case.work().map(|work| work.claim.into()),
        answer: page.answer.as_deref(),
        left: page.left.as_deref(),
        phone: page
            .contact
            .as_ref()
            .and_then(|contact| contact.phone.as_deref()),
        others: others.collect(),
        tried: tried.collect(),
        may_visit: page.may,
        errand: ErrandShape::of(&page.net, &page.case),
    };
    let answer = body::answer(StatusCode::OK, &shape)?;
    Ok(body::versioned(answer, page.case.version))
}

/// Reveals the contact of whoever has to be visited: with the number of a later telling, or of one of a case that was merged into
/// it, that of whoever told it.
#[utoipa::path(
    post,
    path = "/api/v1/visits/{number}/contact",
    tag = "visits",
    request_body(content = RevealBody, description = "Nothing is said here: no body, or an empty one"),
    params(("number" = String, Path, description = "The number of the case, of a later telling of it, or of a telling of a case that was merged into it")),
    responses(
        (status = 200, description = "The contact; a line was written to the ledger", body = ContactShape<'static>),
        (status = 400, description = "The body cannot be read"),
        (status = 403, description = "The asker has no visit to make there"),
        (status = 404, description = "No visit is due there, it is not within sight, or no contact was given"),
        (status = 422, description = "A body that says something: nothing is asked here"),
    ),
    security(("bearer" = []))
)]
pub async fn contact(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(number): Path<String>,
    sent: Bytes,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    work::visit::page(&door.house, &asker, &number).await?;
    says_nothing(&sent)?;
    super::contact::answer(&door, &asker, &number).await
}
