//! Takes a step from a sent form. Whatever stands in the way — a field, the rules, somebody who was faster — is said on
//! the same page, with everything typed still in it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use rules::case::CommandName;
use rules::ids::Number;
use work::case::{Expected, in_order, step};

use super::meanwhile;
use super::photo::Photos;
use super::read::read;
use super::show::{self, Notice};
use super::steps::Typed;
use super::window;
use crate::Door;
use crate::error::Failure;
use crate::form::{Faults, Fields};
use crate::workbench::Office;

/// Every field a step's form may have.
const FIELDS: [&str; 26] = [
    "version",
    "from",
    "words",
    "answer",
    "to",
    "whom",
    "filing",
    "other",
    "into",
    "until",
    "yes",
    "found",
    "redirect",
    "claimed",
    "left",
    "method",
    "satisfaction",
    "reason",
    "urgency",
    "departments",
    "leads",
    "response",
    "parties",
    "outside",
    "place",
    "item",
];

/// `POST /cases/{number}/{command}`.
pub async fn post(
    State(door): State<Door>,
    Path((number, command)): Path<(String, String)>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let command: CommandName = command.parse().map_err(|_| Failure::NotFound)?;
    fields.only(&[&FIELDS[..], &["photo", "kept"]].concat())?;
    let version = fields
        .text("version")
        .and_then(|version| version.parse().ok())
        .ok_or(Failure::Unreadable)?;
    let (house, asker) = (&door.house, &office.asker);
    let expected = Expected::Version(version);
    let photos = Photos::of(&door, office.net.id, &fields).await?;
    let outcome = match read(&office, command, &fields, &photos) {
        Ok(form) => step(house, asker, &number, expected, command, form)
            .await
            .map_err(Failure::from),
        Err(faults) => Err(Failure::Invalid(faults)),
    };
    // whoever was too slow, or out of order, hears that before what is wrong with the fields
    let outcome = match outcome {
        Err(Failure::Invalid(faults)) => {
            match in_order(house, asker, &number, expected, command).await {
                Ok(()) => Err(Failure::Invalid(faults)),
                Err(error) => Err(Failure::from(error)),
            }
        }
        outcome => outcome,
    };
    let outcome = outcome.map_err(|failure| window::named(&office, failure));
    let from_task = fields.text("from") == Some("task");
    match outcome {
        Ok(_) => done(&door, &office, &number, command, from_task).await,
        Err(failure) => {
            let failure = meanwhile::told(&door, asker, &number, expected, failure).await;
            let typed = Typed {
                command: Some(command),
                kept: photos.tickets(house),
                faults: Faults::default(),
                fields,
            };
            again(&door, office, &number, command, typed, failure).await
        }
    }
}

/// To the page that says what happened; a case that has left one's sight is told of on one's own page.
async fn done(
    door: &Door,
    office: &Office,
    number: &Number,
    command: CommandName,
    from_task: bool,
) -> Result<Response, Failure> {
    let page = if from_task { "/tasks" } else { "/cases" };
    let seen = work::case::page(&door.house, &office.asker, number)
        .await
        .is_ok();
    let to = if seen {
        format!("{page}/{number}?done={command}")
    } else {
        format!("{page}?done={command}")
    };
    Ok(Redirect::to(&to).into_response())
}

async fn again(
    door: &Door,
    office: Office,
    number: &Number,
    command: CommandName,
    mut typed: Typed,
    failure: Failure,
) -> Result<Response, Failure> {
    let t = office.page.t;
    let (status, notice) = match failure {
        Failure::Invalid(found) => {
            typed.faults = found;
            (StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        Failure::Refused(refusal) => {
            let said = t.text(format!("refusal-{}", refusal.code()));
            (
                StatusCode::CONFLICT,
                Some(Notice::warn(t.text("error-refused-title"), said)),
            )
        }
        Failure::Stale { done, .. } => {
            let said = meanwhile::said(&office, done.as_deref());
            (
                StatusCode::PRECONDITION_FAILED,
                Some(Notice::warn(t.text("error-stale-title"), said)),
            )
        }
        other => return Err(other),
    };
    let from_task = typed.fields.text("from") == Some("task");
    let page = if from_task {
        crate::task::again(door, office, number, command, typed, notice).await?
    } else {
        show::page(door, office, number, typed, notice, None).await?
    };
    Ok((status, page).into_response())
}
