//! Leads for enforcement officers through the API: refer one from a case, list them, look at one, take a step. The same
//! tasks as the pages; each is found within the asker's scope, an officer's within the area of the post.

mod trail;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::faster::referral as faster;
use door::form::Fault;
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::Signed;
use rules::access::{Action, may};
use rules::ids::Number;
use rules::referral::{CommandName, Outcome, Procedure, RefusedReason, StateName};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use work::net::CommunityNet;
use work::referral::{LeadForm, ReferralPage, StepForm, list as listed, page, refer, step as take};

use super::asked::{Asked, NewestFirst};
use super::body;
use super::parts::Parts;
use super::shape::{DepartmentShape, GridShape};
use super::steps::expected;
use trail::{ReferralAwayShape, ReferralHappenedShape};

/// The routes of referrals.
pub fn declare(routes: Routes) -> Routes {
    let read = Who::May(Action::ReadReferral);
    routes
        .post(
            "/api/v1/cases/{number}/referrals",
            Who::May(Action::Refer),
            post,
        )
        .get("/api/v1/referrals", read, list)
        .get("/api/v1/referrals/{number}", read, get)
        .post("/api/v1/referrals/{number}/{command}", read, step)
}

/// A lead, as it is referred.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadBody {
    /// Where it is; up to 200 characters. A unit or shop may be named, a person may not.
    place: String,
    /// What was found; up to 2,000 characters. Personal numbers are starred out.
    finding: String,
    /// The penalty item it may fall under, in words; up to 200 characters.
    item: String,
    /// The team's code; may be left out where only one serves the grid.
    #[serde(default)]
    team: Option<String>,
    /// Photos of the case that go along, by their ids.
    #[serde(default)]
    evidence: Vec<Uuid>,
    /// Whether it is about how somebody behaved who works here, which is a complaint and no lead: `true` is refused. Where it sounds so
    /// and this is missing, the answer is 422 with the code `about-worker-unsaid` for this field.
    #[serde(default)]
    about_worker: Option<bool>,
    /// Whether a name of somebody who works here, or of whoever told the case, has to stand in it, as that of a shop may. Where one
    /// stands there and this is missing, the answer is 422 with the code `lead-named` for this field.
    #[serde(default)]
    named: bool,
}

/// What a step says; each command takes its own fields.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReferralStepBody {
    /// `take`: the second officer's account.
    second: Option<String>,
    /// `refuse`: `not_ours`, `no_breach`, `too_little`, `already`.
    #[schema(value_type = Option<String>)]
    reason: Option<RefusedReason>,
    /// `start`: `simple` or `general`.
    #[schema(value_type = Option<String>)]
    procedure: Option<Procedure>,
    /// `end`: `no_violation`, `corrected_on_spot`, `penalty_decided`, `transferred`, `closed`.
    #[schema(value_type = Option<String>)]
    result: Option<Outcome>,
    /// `refuse`: whom to turn to. `end`: a note on the matter.
    words: Option<String>,
    /// Of `words`, as of a lead that is referred.
    about_worker: Option<bool>,
    /// Of `words`, as of a lead that is referred.
    named: bool,
}

/// A referral.
#[derive(Serialize, ToSchema)]
pub struct ReferralShape<'a> {
    number: String,
    /// What `If-Match` names.
    version: i64,
    state: &'a str,
    /// The number of the case it came from; none where the lead goes on without it (`on_its_own`).
    case: Option<String>,
    grid: Option<GridShape<'a>>,
    team: Option<DepartmentShape<'a>>,
    place: &'a str,
    finding: &'a str,
    item: &'a str,
    /// Who referred it.
    referrer: Option<&'a str>,
    /// The two officers' names, once they have taken it.
    officers: Vec<&'a str>,
    /// Which of the two are away now, and who goes on for them.
    away: Vec<ReferralAwayShape<'a>>,
    /// Where nobody can go on with it because two officers cannot be found: who of the team is away; left out otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<Vec<&'a str>>,
    procedure: Option<&'a str>,
    result: Option<&'a str>,
    reason: Option<&'a str>,
    referred_at: Moment,
    /// By when it has to be taken, begun or answered.
    due_at: Option<Moment>,
    due_provisional: bool,
    ended_at: Option<Moment>,
    /// Ids of its photos.
    photos: Vec<Uuid>,
    /// The words of its steps, in order.
    words: Vec<&'a str>,
    /// What happened, in order.
    trail: Vec<ReferralHappenedShape<'a>>,
    /// What the asker may do now.
    may: Vec<&'a str>,
}

impl<'a> ReferralShape<'a> {
    fn of(page: &'a ReferralPage) -> Self {
        let (net, referral): (&CommunityNet, _) = (&page.net, &page.kept.referral);
        let name = |id| net.member(id).map(|member| member.name.as_str());
        let two = referral.state.officers();
        let officers = two.map(|two| [name(two.first()), name(two.second())]);
        let (result, reason) = match referral.state {
            rules::referral::State::Ended { result, .. } => (Some(result.as_str()), None),
            rules::referral::State::Refused { reason } => (None, Some(reason.as_str())),
            _ => (None, None),
        };
        let words = page.trail.iter().flat_map(|happened| &happened.words);
        Self {
            number: referral.number.to_string(),
            version: referral.version,
            state: referral.state.name().as_str(),
            case: page.case.as_ref().map(ToString::to_string),
            grid: GridShape::find(net, referral.grid),
            team: DepartmentShape::find(net, referral.team),
            place: &page.kept.lead.place,
            finding: &page.kept.lead.finding,
            item: &page.kept.lead.item,
            referrer: name(referral.referrer),
            officers: officers.into_iter().flatten().flatten().collect(),
            away: page
                .absent
                .iter()
                .map(|absent| ReferralAwayShape::of(net, absent))
                .collect(),
            waits_for: page
                .waits_for
                .as_ref()
                .map(|officers| officers.iter().filter_map(|one| name(*one)).collect()),
            procedure: referral.state.procedure().map(Procedure::as_str),
            result,
            reason,
            referred_at: Moment(referral.times.referred_at),
            due_at: referral.times.due_at.map(Moment),
            due_provisional: referral.times.due_provisional,
            ended_at: referral.times.ended_at.map(Moment),
            photos: page.photos.iter().map(|photo| photo.id).collect(),
            words: words.map(String::as_str).collect(),
            trail: page
                .trail
                .iter()
                .map(|happened| ReferralHappenedShape::of(net, happened))
                .collect(),
            may: page.may.iter().map(|name| name.as_str()).collect(),
        }
    }
}

/// A referral in a list.
#[derive(Serialize, ToSchema)]
pub struct ReferralItem<'a> {
    number: String,
    state: &'a str,
    grid: Option<GridShape<'a>>,
    team: Option<DepartmentShape<'a>>,
    item: &'a str,
    referred_at: Moment,
    due_at: Option<Moment>,
}

/// A page of referrals, newest first.
#[derive(Serialize, ToSchema)]
pub struct ReferralsShape<'a> {
    items: Vec<ReferralItem<'a>>,
    /// The `before` of the next page.
    next: Option<String>,
}

/// Refers a lead from a case.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/referrals",
    tag = "referrals",
    params(("number" = String, Path, description = "The number of the case")),
    request_body(
        content((LeadBody = "application/json"), (crate::parts::described::ReferralParts = "multipart/form-data")),
        description = "JSON, or parts: `referral` with the JSON, up to three `photo`"
    ),
    responses(
        (status = 201, description = "The referral; `ETag` is its version", body = ReferralShape<'static>),
        (status = 403, description = "The role may not refer"),
        (status = 404, description = "No such case within the scope"),
        (status = 409, description = "The case is over, or a lead of it is with officers already"),
        (status = 422, description = "Faulty fields"),
    ),
    security(("bearer" = []))
)]
pub async fn post(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(number): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let community = asker.community().ok_or(Failure::NotFound)?;
    let parts = Parts::read(request, &door, "referral").await?;
    let form = match lead(&parts) {
        Ok(form) => form,
        Err(refused) => return Err(parts.and_files(&door.house, refused).await),
    };
    let attached = parts.keep(&door.house, community).await?;
    let form = LeadForm { attached, ..form };
    let kept = refer(&door.house, &asker, &number, form).await?;
    let page = page(&door.house, &asker, &kept.referral.number).await?;
    answer(StatusCode::CREATED, &page)
}

/// The lead that a body tells, without its photos.
///
/// # Errors
/// `Invalid` with everything that is wrong with the document.
fn lead(parts: &Parts) -> Result<LeadForm, Failure> {
    let (lead, mut reading) = parts.draft::<LeadBody>()?;
    if parts.has_sound() {
        reading.fault(Fault::new("sound", "field-unknown"));
    }
    let form = LeadForm {
        place: lead.place,
        finding: lead.finding,
        item: lead.item,
        team: lead.team,
        evidence: lead.evidence,
        attached: Vec::new(),
        about_worker: lead.about_worker,
        named: lead.named,
    };
    reading.faults(form.faults());
    reading.done()?;
    Ok(form)
}

/// A page of referrals.
#[utoipa::path(
    get,
    path = "/api/v1/referrals",
    tag = "referrals",
    params(NewestFirst),
    responses(
        (status = 200, description = "A page, newest first", body = ReferralsShape<'static>),
        (status = 403, description = "The role reads no referrals"),
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
    let items = found.rows.iter().map(|kept| {
        let referral = &kept.referral;
        ReferralItem {
            number: referral.number.to_string(),
            state: referral.state.name().as_str(),
            grid: GridShape::find(net, referral.grid),
            team: DepartmentShape::find(net, referral.team),
            item: &kept.lead.item,
            referred_at: Moment(referral.times.referred_at),
            due_at: referral.times.due_at.map(Moment),
        }
    });
    let shape = ReferralsShape {
        items: items.collect(),
        next: found.next.map(|last| last.to_string()),
    };
    body::answer(StatusCode::OK, &shape)
}

/// One referral.
#[utoipa::path(
    get,
    path = "/api/v1/referrals/{number}",
    tag = "referrals",
    params(("number" = String, Path, description = "The number of the referral")),
    responses(
        (status = 200, description = "The referral; `ETag` is its version", body = ReferralShape<'static>),
        (status = 304, description = "The version that `If-None-Match` names"),
        (status = 403, description = "The role reads no referrals"),
        (status = 404, description = "No such referral within scope and area"),
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
    answer(StatusCode::OK, &page)
}

/// Takes a step.
#[utoipa::path(
    post,
    path = "/api/v1/referrals/{number}/{command}",
    tag = "referrals",
    params(
        ("number" = String, Path, description = "The number of the referral"),
        ("command" = String, Path, description = "take, refuse, start, end by an officer; withdraw by who referred it"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotes"),
    ),
    request_body = ReferralStepBody,
    responses(
        (status = 200, description = "The referral after it; `ETag` is its version", body = ReferralShape<'static>),
        (status = 403, description = "The role, team or area may not do that"),
        (status = 404, description = "No such referral within scope and area, or no such command"),
        (status = 409, description = "The rules refuse it; for a wrong state, `may` says what can be done; `done` who took it before"),
        (status = 412, description = "It has changed since; `version` is the one it has now, `done` who was faster and with what"),
        (status = 422, description = "Faulty fields"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn step(
    State(door): State<Door>,
    Signed(asker): Signed,
    headers: HeaderMap,
    Path((number, command)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let command: CommandName = command.parse().map_err(|_| Failure::NotFound)?;
    let allowed = [Action::Enforce, Action::Refer];
    if !asker
        .role()
        .is_some_and(|role| allowed.iter().any(|action| may(role, *action)))
    {
        return Err(Failure::Forbidden);
    }
    let expected = expected(&headers)?;
    let net = door.house.net();
    let net = net.community(number.community()).ok_or(Failure::NotFound)?;
    let parts = Parts::read(request, &door, "step").await?;
    let form = match said(net, command, &parts) {
        Ok(form) => form,
        Err(refused) => {
            let (unsaid, nothing) = (|_: &_| None, StepForm::default());
            let sent = (command, &nothing);
            return Err(faster(&door, &asker, &number, expected, refused, sent, unsaid).await);
        }
    };
    let sent = (command, &form.clone());
    if let Err(error) = take(&door.house, &asker, &number, expected, command, form).await {
        let (error, unsaid) = (error.into(), |_: &_| None);
        return Err(faster(&door, &asker, &number, expected, error, sent, unsaid).await);
    }
    let page = page(&door.house, &asker, &number).await?;
    answer(StatusCode::OK, &page)
}

/// What a step says.
///
/// # Errors
/// `Invalid` with everything that is wrong with the document, and everything that the command needs and is not there.
fn said(net: &CommunityNet, command: CommandName, parts: &Parts) -> Result<StepForm, Failure> {
    let (said, mut reading) = parts.step::<ReferralStepBody>()?;
    parts.bring_no_files(&mut reading);
    let form = StepForm {
        second: said.second,
        reason: said.reason,
        procedure: said.procedure,
        result: said.result,
        words: said.words,
        about_worker: said.about_worker,
        named: said.named,
    };
    reading.faults(form.faults(net, command));
    reading.done()?;
    Ok(form)
}

/// The referral as it stands, with its version.
fn answer(status: StatusCode, page: &ReferralPage) -> Result<Response, Failure> {
    let answer = body::answer(status, &ReferralShape::of(page))?;
    Ok(body::versioned(answer, page.kept.referral.version))
}
