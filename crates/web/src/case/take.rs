//! Takes a step from a sent form. Whatever stands in the way — a field, the rules, somebody who was faster — is said on
//! the same page, with everything typed still in it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use rules::case::{CommandName, Deed};
use rules::ids::Number;
use work::case::{Expected, StepForm, in_order, step, step_apart};
use work::complaint::Receipt;

use super::meanwhile;
use super::notice::Notice;
use super::photo::Photos;
use super::read::read;
use super::show;
use super::steps::Typed;
use super::window;
use crate::Door;
use crate::complaint::{Back, apart};
use crate::error::{Failure, refused};
use crate::form::{Faults, Fields};
use crate::layout::{self, SWITCHES};
use crate::workbench::Office;

/// Every field a step's form may have.
const FIELDS: [&str; 29] = [
    "version",
    "from",
    "words",
    "answer",
    "to",
    "whom",
    "filing",
    "other",
    "into",
    "far",
    "until",
    "yes",
    "found",
    "redirect",
    "claimed",
    "left",
    "about_worker",
    "matter",
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

/// `GET` of an address to which only something is sent, as a page that came back from there has it in its bar: the case.
pub async fn back(Path(number): Path<String>) -> Result<Redirect, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    Ok(Redirect::to(&format!("/cases/{number}")))
}

/// `GET /cases/{number}/{command}`: the same for a step.
pub async fn back_from(
    Path((number, command)): Path<(String, String)>,
) -> Result<Redirect, Failure> {
    let _: CommandName = command.parse().map_err(|_| Failure::NotFound)?;
    back(Path(number)).await
}

/// `POST /cases/{number}/{command}`.
pub async fn post(
    State(door): State<Door>,
    Path((number, command)): Path<(String, String)>,
    mut office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let command: CommandName = command.parse().map_err(|_| Failure::NotFound)?;
    fields.only(&[&FIELDS[..], &["photo", "kept"], &SWITCHES].concat())?;
    if let Some(choice) = office.switched(&door, &fields) {
        let shown = switched(&door, office, &number, command, fields).await?;
        return Ok(layout::switched(choice, shown.into_response()));
    }
    let version = fields.version()?;
    let (house, asker) = (&door.house, &office.asker);
    let expected = Expected::Version(version);
    let photos = Photos::of(&door, office.net.id, &fields).await?;
    let outcome = match read(&office, command, &fields, &photos) {
        Ok(form) => take(&door, &office, (&number, expected), command, form).await,
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
        Ok(None) => done(&door, &office, &number, command, from_task).await,
        Ok(Some(complaint)) => {
            let back = Back {
                href: format!("/cases/{number}"),
                label: number.to_string(),
                said: office.page.t.text("complaint-apart-done"),
            };
            apart(&door, office.page.clone(), &office.net, &complaint, back).await
        }
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

/// Takes the step; where its words are about somebody who works here, with the receipt of the complaint that they became.
async fn take(
    door: &Door,
    office: &Office,
    (number, expected): (&Number, Expected),
    command: CommandName,
    form: StepForm,
) -> Result<Option<Receipt>, Failure> {
    let (house, asker) = (&door.house, &office.asker);
    if form.about_worker == Some(true) {
        let told = step_apart(house, asker, (number, None), expected, command, form).await;
        return Ok(Some(told?));
    }
    step(house, asker, number, expected, command, form).await?;
    Ok(None)
}

/// The form again in another language or size, with everything that is in it; nothing is done.
async fn switched(
    door: &Door,
    office: Office,
    number: &Number,
    command: CommandName,
    fields: Fields,
) -> Result<Html<String>, Failure> {
    let photos = Photos::of(door, office.net.id, &fields).await?;
    let faults = read(&office, command, &fields, &photos).err();
    let typed = Typed {
        command: Some(command),
        kept: photos.tickets(&door.house),
        faults: faults.unwrap_or_default(),
        fields,
    };
    shown_again(door, office, number, command, typed, None).await
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
    let seen = work::case::page(&door.house, &office.asker, number).await;
    let last = seen.as_ref().ok().and_then(|seen| seen.trail.last());
    let done = match last.map(|last| &last.event.deed) {
        // a file that got its category later is dispatched perhaps already
        Some(deed @ (Deed::Classified { .. } | Deed::Reclassified { .. })) => deed.name(),
        _ => command.as_str(),
    };
    let to = if seen.is_ok() {
        format!("{page}/{number}?done={done}")
    } else {
        format!("{page}?done={done}")
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
            let said = refused(t, &refusal);
            (
                StatusCode::CONFLICT,
                Some(Notice::warn(t.text("error-refused-title"), said)),
            )
        }
        Failure::Overtaken { faster, .. } => {
            let said = faster.said(t);
            (
                StatusCode::CONFLICT,
                Some(Notice::warn(t.text("error-refused-title"), said)),
            )
        }
        Failure::Stale { done, .. } => {
            let said = meanwhile::said(&office, done.as_deref(), &typed.fields);
            (
                StatusCode::PRECONDITION_FAILED,
                Some(Notice::warn(t.text("error-stale-title"), said)),
            )
        }
        other => return Err(other),
    };
    let page = shown_again(door, office, number, command, typed, notice).await?;
    Ok((status, page).into_response())
}

/// The page that the form came from, with what was typed into it.
async fn shown_again(
    door: &Door,
    office: Office,
    number: &Number,
    command: CommandName,
    typed: Typed,
    notice: Option<Notice>,
) -> Result<Html<String>, Failure> {
    if typed.fields.text("from") == Some("task") {
        crate::task::again(door, office, number, command, typed, notice).await
    } else {
        show::page(door, office, number, typed, notice, None).await
    }
}
