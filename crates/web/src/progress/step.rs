//! What a reporter can do about the own report: answer a question, rate, ask for it to be done again, take it back. The
//! version that was seen goes along, so that nobody decides about something that has changed meanwhile. Words about somebody who
//! works here become a complaint instead, and the step is taken without them.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use rules::case::{Case, CommandName, Rating, Satisfaction};
use work::case::{
    Expected, StepForm, as_seen, is_first, is_taken, progress, reporter_may, step, step_apart,
};
use work::complaint::Receipt;

use super::show::{Typed, timeline};
use super::shown;
use crate::Door;
use crate::case::{Notice, about_worker};
use crate::complaint::lead_apart;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields, obstacle};
use crate::layout::{self, Page};

const FIELDS: [&str; 7] = [
    "version",
    "words",
    "rating",
    "solved",
    "rating_words",
    "about_worker",
    "matter",
];

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
    fields.only(&FIELDS)?;
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
    let at = (&case, version, command);
    match take(&door, &opened, at, &fields).await {
        Ok(None) => Ok(Redirect::to(&format!("/progress/{number}")).into_response()),
        Ok(Some(complaint)) => lead_apart(&door, &headers, &complaint, &opened.report.number),
        Err(Failure::Stale { .. }) if was_taken(&door, at, &fields).await? => {
            Ok(Redirect::to(&format!("/progress/{number}")).into_response())
        }
        Err(failure) => {
            let over = command == CommandName::Rate && case.rating.is_some();
            again(&door, page, &opened, failure, (command, over), &fields).await
        }
    }
}

/// Takes the step; where its words are about somebody who works here, with the receipt of the complaint that they became.
async fn take(
    door: &Door,
    opened: &work::report::Opened,
    (case, version, command): (&Case, i64, CommandName),
    fields: &Fields,
) -> Result<Option<Receipt>, Failure> {
    let form = read(command, fields).map_err(Failure::Invalid)?;
    let (house, asker) = (&door.house, &opened.asker);
    if form.about_worker == Some(true) {
        let sent = Expected::Version(version);
        let of = (&case.number, Some(opened.report.id));
        let told = step_apart(house, asker, of, sent, command, form).await;
        return Ok(Some(told?));
    }
    let this = (case.community, case.id);
    let expected = as_seen(house, this, command, version).await?;
    step(house, asker, &case.number, expected, command, form).await?;
    Ok(None)
}

/// Whether a step that is stale is the one that was sent a moment ago: a form that is pressed twice worked the first time.
async fn was_taken(
    door: &Door,
    (case, version, command): (&Case, i64, CommandName),
    fields: &Fields,
) -> Result<bool, Failure> {
    let form = read(command, fields).map_err(Failure::Invalid)?;
    let this = (case.community, case.id);
    Ok(is_taken(&door.house, this, command, form, version).await?)
}

/// The field of a step's words: one may rate and open again on the same page.
const fn words_field(command: CommandName) -> &'static str {
    match command {
        CommandName::Rate => "rating_words",
        _ => "words",
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
    let words = fields.text(words_field(command)).map(str::to_owned);
    let about_worker = about_worker(fields);
    let matter = fields.text("matter").map(str::to_owned);
    if command != CommandName::Rate {
        return Ok(StepForm {
            words,
            about_worker,
            matter,
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
            about_worker,
            matter,
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

/// The page again, with how it stands now, what stood in the way and everything that was typed. A rating is given once: where that was
/// done it is no use to send it again.
async fn again(
    door: &Door,
    page: Page,
    opened: &work::report::Opened,
    failure: Failure,
    (command, over): (CommandName, bool),
    fields: &Fields,
) -> Result<Response, Failure> {
    let t = page.t;
    let stale = matches!(failure, Failure::Stale { .. });
    let (status, faults, mut notice) = obstacle(t, failure)?;
    if stale {
        let (title, said) = match over {
            true => ("progress-rated-title", "progress-rated-already"),
            false => ("error-stale-title", "progress-stale"),
        };
        notice = Some(Notice::warn(t.text(title), t.text(said)));
    }
    let field = words_field(command);
    let on_page = |fault: &Fault| match fault.field.as_str() {
        "words" => Fault {
            field: field.to_owned(),
            ..fault.clone()
        },
        _ => fault.clone(),
    };
    let faults: Faults = faults.iter().map(on_page).collect();
    let text = |field: &str| fields.raw(field).unwrap_or_default().to_owned();
    let typed = Typed {
        step: command.as_str().to_owned(),
        words: text(field),
        rating: text("rating"),
        solved: text("solved"),
        about_worker: text("about_worker"),
        matter: text("matter"),
        notice,
    };
    let shown = layout::show(&timeline(door, page, opened, faults, typed).await?)?;
    Ok((status, shown).into_response())
}
