//! `GET /api/v1/cases/{number}`: one case for somebody who works in the net, within their scope.

mod beside;
mod detail;
mod happened;
mod item;
mod lead;
mod merged;
mod telling;
mod visit;

pub use beside::{CaseLeadShape, ruling};
pub use detail::{CaseShape, Question, answer, document, taken, told};
pub use item::{CaseItem, PinShape};
pub use lead::lead_documents;
pub use visit::ErrandShape;

use axum::extract::{Path, State};
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::session::Signed;
use rules::ids::Number;
use serde::Deserialize;
use utoipa::IntoParams;
use work::Asker;
use work::net::CommunityNet;

use super::asked::Asked;

/// What to tell beside the case itself.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CaseQuery {
    /// `trail` adds what happened, results, attachments, and what goes on beside the case.
    #[param(inline)]
    with: Option<With>,
}

/// Parts of a case that are told when they are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum With {
    /// What happened, results and attachments.
    Trail,
}

/// One case.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{number}",
    tag = "cases",
    params(("number" = String, Path, description = "The number of the case, or of a later telling of it: the answer names its own"), CaseQuery),
    responses(
        (status = 200, description = "The case; `ETag` is its version", body = CaseShape<'static>),
        (status = 304, description = "The version that `If-None-Match` names"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role reads no cases"),
        (status = 404, description = "No such case within the scope"),
    ),
    security(("bearer" = []))
)]
pub async fn get(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path(number): Path<String>,
    Asked(query, reading): Asked<CaseQuery>,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    reading.done()?;
    let net = door.house.net();
    let net = net.community(number.community()).ok_or(Failure::NotFound)?;
    let reader = door.house.store.reader();
    let told = match reader.case_told(&asker.scope, net.id, &number).await {
        Err(store::Error::NotFound(_)) => {
            let joined = joined(&door, &asker, net, &number).await?;
            reader.case_told(&asker.scope, net.id, &joined).await
        }
        found => found,
    };
    let told = told.map_err(work::Error::from)?;
    let question = match query.with {
        Some(With::Trail) => Question::CaseWithTrail,
        None => Question::Case,
    };
    answer(&door, &asker, net, told, question).await
}

/// The number of the case that a telling of this number joined.
async fn joined(
    door: &Door,
    asker: &Asker,
    net: &CommunityNet,
    number: &Number,
) -> Result<Number, Failure> {
    let reader = door.house.store.reader();
    let report = reader.report_numbered(net.id, number).await;
    let case = report.map_err(work::Error::from)?.case;
    let found = reader.case_within(&asker.scope, net.id, case).await;
    Ok(found.map_err(work::Error::from)?.case.number)
}
