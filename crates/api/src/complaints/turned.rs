//! A report that turns out to be about somebody who works here becomes a complaint.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use door::Door;
use door::complaint::instead;
use door::error::Failure;
use door::faster::case as meanwhile;
use door::session::Signed;
use door::visitor::Visitor;
use rules::ids::Number;
use rules::privacy::Pii;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use work::complaint::{TurnForm, turn};

use crate::body;
use crate::case::CaseLeadShape;
use crate::parts::Parts;
use crate::steps::expected;

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
    /// The number of one report of a case that was told more than once: it alone becomes a complaint, and the case goes on for
    /// the others. The case keeps the number of the first one; that complaint has another one, which its reporter finds where
    /// the report's progress is. Left out, all of the case becomes one.
    #[serde(default)]
    report: Option<String>,
    /// Whether everything that was merged into the case becomes a complaint with it. Where something was, say so, or name the
    /// `report` that leaves the case, which goes on for the others.
    #[serde(default)]
    with_merged: bool,
}

/// What goes on without the case.
#[derive(Serialize, ToSchema)]
pub struct TurnedShape<'a> {
    /// Leads that officers have: they go on with them, with place, item and evidence, and hear only that the case was passed on.
    /// Before, they are those of the case's `referrals` that are `referred`, `taken` or `started`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    leads: Vec<CaseLeadShape<'a>>,
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
        (status = 200, description = "It is a complaint now; nothing more is said of it here than which leads go on", body = TurnedShape<'static>),
        (status = 403, description = "The role may not do that"),
        (status = 404, description = "No such case within scope, or no such report of it any more"),
        (status = 409, description = "It cannot end now; for a wrong state, `may` says what can be done"),
        (status = 412, description = "It has changed since"),
        (status = 422, description = "Faulty fields, nothing said of what was merged into it, or it speaks of the asker or of somebody in their line"),
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
        with_merged: said.with_merged,
        instead: instead(visitor.text()),
    };
    let leads = match turn(&door.house, &asker, &number, expected, form).await {
        Ok(leads) => leads,
        Err(error) => {
            return Err(meanwhile::told(&door, &asker, &number, expected, error.into()).await);
        }
    };
    let net = door.house.net();
    let net = net.community(number.community()).ok_or(Failure::NotFound)?;
    let leads = leads.iter();
    let leads = leads.map(|lead| CaseLeadShape::of(net, &lead.referral));
    let leads = leads.collect();
    body::answer(StatusCode::OK, &TurnedShape { leads })
}
