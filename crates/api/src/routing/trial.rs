//! `POST /api/v1/routing/trial`: what a change of the rules would have done with the last cases. Writes nothing.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::form::Fault;
use door::session::Signed;
use rules::ids::RuleId;
use rules::routing::Change;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use work::net::CommunityNet;
use work::routing::{Goes, TRIAL_MAX};

use super::shape::{RuleBody, written};
use super::{body, net};
use crate::shape::{DepartmentShape, GridShape};

/// What is tried out. A rule that is off is tried as if it were on; without any rule those in force are shown.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrialBody {
    /// A rule that is kept already.
    #[serde(default)]
    id: Option<String>,
    /// Other words for it, or a rule that is not kept yet.
    #[serde(default)]
    rule: Option<RuleBody>,
    /// How many past cases, 1 to 1,000; 1,000 if not said.
    #[serde(default)]
    cases: Option<u16>,
}

/// What came out.
#[derive(Serialize, ToSchema)]
pub struct TrialShape<'a> {
    /// How many cases were looked at.
    cases: usize,
    /// How many would go elsewhere than by the rules in force.
    elsewhere: usize,
    /// Where a kept rule was tried as it stands: what switching it on asks for as `tried`.
    proof: Option<&'a str>,
    /// By what decided, in the order in which it is asked; the last one without a rule are the grids’ own people.
    rows: Vec<TrialRow<'a>>,
}

/// What one rule takes.
#[derive(Serialize, ToSchema)]
pub struct TrialRow<'a> {
    /// The name of the rule.
    rule: Option<&'a str>,
    takes: usize,
    elsewhere: usize,
    /// Some of the cases that go elsewhere.
    moved: Vec<MovedShape<'a>>,
}

/// A case that would go elsewhere.
#[derive(Serialize, ToSchema)]
pub struct MovedShape<'a> {
    number: String,
    /// The seat it goes to by the rules in force.
    now: Option<SeatShape<'a>>,
    /// The seat it would go to.
    then: Option<SeatShape<'a>>,
}

/// A seat: what it is called, and the department or grid it belongs to. Never who holds it.
#[derive(Serialize, ToSchema)]
pub struct SeatShape<'a> {
    /// Its title.
    post: &'a str,
    department: Option<DepartmentShape<'a>>,
    grid: Option<GridShape<'a>>,
}

/// Tries a change out on past cases.
#[utoipa::path(
    post,
    path = "/api/v1/routing/trial",
    tag = "routing",
    request_body = TrialBody,
    responses(
        (status = 200, description = "What it would have done", body = TrialShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role has no such right"),
        (status = 404, description = "No such rule"),
        (status = 422, description = "Faulty fields"),
    ),
    security(("bearer" = []))
)]
pub async fn trial(
    State(door): State<Door>,
    Signed(asker): Signed,
    sent: Bytes,
) -> Result<Response, Failure> {
    let net = net(&door, &asker)?;
    let told: TrialBody = body::read(&sent)?;
    let cases = told.cases.unwrap_or(TRIAL_MAX);
    if !(1..=TRIAL_MAX).contains(&cases) {
        return Err(body::invalid(Fault::new("cases", "limit-outside")));
    }
    let change = change(&door, &net, told)?;
    let tried = work::routing::trial(&door.house, &asker, change, cases).await?;
    let rows = tried.rows.iter().map(|row| TrialRow {
        rule: row
            .rule
            .and_then(|id| tried.set.rule(id))
            .map(|rule| rule.name.as_str()),
        takes: row.takes,
        elsewhere: row.elsewhere,
        moved: row
            .moved
            .iter()
            .map(|moved| MovedShape {
                number: moved.case.number.to_string(),
                now: seat(&net, moved.now),
                then: seat(&net, moved.then),
            })
            .collect(),
    });
    body::answer(
        StatusCode::OK,
        &TrialShape {
            cases: tried.cases,
            elsewhere: tried.elsewhere,
            proof: tried.proof.as_deref(),
            rows: rows.collect(),
        },
    )
}

fn change(door: &Door, net: &CommunityNet, told: TrialBody) -> Result<Option<Change>, Failure> {
    let id = told.id.map(|id| id.parse::<RuleId>());
    let id = id.transpose().map_err(|_| Failure::NotFound)?;
    let rule = told.rule.map(|rule| written(net, rule)).transpose()?;
    Ok(match (id, rule) {
        (Some(id), Some(draft)) => Some(Change::Edit(id, draft)),
        (Some(id), None) => Some(Change::On(id)),
        (None, Some(draft)) => Some(Change::Add(RuleId(door.house.clock.id()), draft)),
        (None, None) => None,
    })
}

fn seat(net: &CommunityNet, goes: Goes) -> Option<SeatShape<'_>> {
    let post = net.post(goes?.duty.post)?;
    let department = post.department;
    Some(SeatShape {
        post: &post.title,
        department: department.and_then(|id| DepartmentShape::find(net, id)),
        grid: post.grid.and_then(|id| GridShape::find(net, id)),
    })
}
