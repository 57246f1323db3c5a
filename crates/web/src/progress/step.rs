//! What a reporter can do about the own report: answer a question, rate, ask for it to be done again, take it back. The
//! version that was seen goes along, so that nobody decides about something that has changed meanwhile.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use rules::case::{CommandName, Rating, Satisfaction};
use work::case::{Expected, StepForm, is_first, progress, reporter_may, step};

use super::show::{Typed, timeline};
use super::shown;
use crate::Door;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
use crate::layout::{self, Page};

/// `POST /progress/{number}/{step}`.
pub async fn post(
    State(door): State<Door>,
    page: Page,
    headers: HeaderMap,
    Path((number, name)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let command = reporters(&name).ok_or(Failure::NotFound)?;
    let opened = shown(&door, &headers, &number)
        .await?
        .ok_or(Failure::NotFound)?;
    fields.only(&["version", "words", "rating", "solved"])?;
    let version = fields
        .text("version")
        .and_then(|text| text.parse().ok())
        .ok_or(Failure::Unreadable)?;
    let case = progress(&door.house, &opened.asker, &opened.report)
        .await?
        .case;
    if !reporter_may(is_first(&opened.report, &case), command) {
        return Err(Failure::Forbidden);
    }
    let case = case.number;
    let form = match read(command, &fields) {
        Ok(form) => form,
        Err(faults) => return again(&door, page, &opened, faults, &name, &fields).await,
    };
    match step(
        &door.house,
        &opened.asker,
        &case,
        Expected::Version(version),
        command,
        form,
    )
    .await
    .map_err(Failure::from)
    {
        Ok(_) => Ok(Redirect::to(&format!("/progress/{number}")).into_response()),
        Err(Failure::Invalid(faults)) => again(&door, page, &opened, faults, &name, &fields).await,
        Err(other) => Err(other),
    }
}

/// The commands a reporter has; all others are for those who work on it.
fn reporters(name: &str) -> Option<CommandName> {
    match name {
        "answer" => Some(CommandName::Answer),
        "rate" => Some(CommandName::Rate),
        "reopen" => Some(CommandName::Reopen),
        "withdraw" => Some(CommandName::Withdraw),
        _ => None,
    }
}

fn read(command: CommandName, fields: &Fields) -> Result<StepForm, Faults> {
    let words = fields.text("words").map(str::to_owned);
    if command != CommandName::Rate {
        return Ok(StepForm {
            words,
            ..StepForm::default()
        });
    }
    let satisfaction = match fields.text("rating") {
        Some("satisfied") => Ok(Satisfaction::Satisfied),
        Some("fairly") => Ok(Satisfaction::Fairly),
        Some("dissatisfied") => Ok(Satisfaction::Dissatisfied),
        _ => Err(Fault::new("rating", "rating-missing")),
    };
    let solved = match fields.text("solved") {
        Some("yes") => Ok(true),
        Some("no") => Ok(false),
        _ => Err(Fault::new("solved", "solved-missing")),
    };
    match (satisfaction, solved) {
        (Ok(satisfaction), Ok(solved)) => Ok(StepForm {
            words,
            rating: Some(Rating {
                satisfaction,
                solved,
            }),
            ..StepForm::default()
        }),
        (satisfaction, solved) => Err([satisfaction.err(), solved.err()]
            .into_iter()
            .flatten()
            .collect()),
    }
}

async fn again(
    door: &Door,
    page: Page,
    opened: &work::report::Opened,
    faults: Faults,
    name: &str,
    fields: &Fields,
) -> Result<Response, Failure> {
    let text = |field: &str| fields.raw(field).unwrap_or_default().to_owned();
    let typed = Typed {
        step: name.to_owned(),
        words: text("words"),
        rating: text("rating"),
        solved: text("solved"),
    };
    layout::show_again(&timeline(door, page, opened, faults, typed).await?)
}
