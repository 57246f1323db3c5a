//! What a reporter can do about the own report: answer a question, rate, ask for it to be done again, take it back. The
//! version that was seen goes along, so that nobody decides about something that has changed meanwhile. Words about somebody who
//! works here become a complaint instead, and the step is taken without them.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use rules::case::{Case, CommandName, Rating, Refusal, Satisfaction};
use work::Asker;
use work::case::{
    Expected, StepForm, as_seen, is_first, is_taken, only_apart, progress, reporter_may, step,
    step_apart,
};
use work::complaint::Receipt;
use work::report::Opened;

use super::show::{Typed, timeline};
use super::shown;
use crate::Door;
use crate::case::{Notice, about_worker};
use crate::complaint::lead_apart;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields, obstacle};
use crate::layout::{self, Page};

const FIELDS: [&str; 8] = [
    "version",
    "words",
    "unsolved_words",
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
    let (command, _) = reporters(&name).ok_or(Failure::NotFound)?;
    let opened = shown(&door, &headers, &number)
        .await?
        .ok_or(Failure::NotFound)?;
    fields.only(&FIELDS)?;
    let version = fields.version()?;
    let aim = Aim::of(&door, &opened, name, version).await?;
    if !reporter_may(is_first(&opened.report, &aim.case), command) {
        return Err(Failure::Forbidden);
    }
    match take(&door, &opened, &aim, &fields).await {
        Ok(None) => Ok(Redirect::to(&format!("/progress/{number}")).into_response()),
        Ok(Some(complaint)) => lead_apart(&door, &headers, &complaint, &opened.report.number),
        Err(Failure::Stale { .. } | Failure::Refused(Refusal::WrongState { .. }))
            if was_taken(&door, &aim, &fields).await? =>
        {
            Ok(Redirect::to(&format!("/progress/{number}")).into_response())
        }
        Err(failure) => again(&door, page, &opened, failure, &aim, &fields).await,
    }
}

/// What a form of the page is about.
struct Aim {
    /// The name of the form.
    name: String,
    /// What is done.
    command: CommandName,
    /// The reporter's own case, or the one that goes on where it was merged.
    case: Case,
    /// The version of it that was seen.
    version: i64,
    /// The reporter, for that case.
    asker: Asker,
}

impl Aim {
    /// Of a merged report the end is that of the case that goes on: it is rated, and said not to be solved, as by those who joined it.
    async fn of(door: &Door, opened: &Opened, name: String, version: i64) -> Result<Self, Failure> {
        let found = progress(&door.house, &opened.asker, &opened.report).await?;
        let (command, shared) = reporters(&name).ok_or(Failure::NotFound)?;
        let aim = |case, asker| Self {
            name: name.clone(),
            command,
            case,
            version,
            asker,
        };
        match (found.goes_on, shared) {
            (Some(on), true) => {
                let asker = door.house.reporter_asker(found.net.id, on.case.id);
                Ok(aim(on.case, asker))
            }
            (None, true) if command == CommandName::Reopen => Err(Failure::NotFound),
            _ => Ok(aim(found.case, opened.asker.clone())),
        }
    }
}

/// Takes the step; where its words are about somebody who works here, with the receipt of the complaint that they became.
async fn take(
    door: &Door,
    opened: &Opened,
    aim: &Aim,
    fields: &Fields,
) -> Result<Option<Receipt>, Failure> {
    let form = StepForm {
        telling: Some(opened.report.id),
        ..read(aim, fields).map_err(Failure::Invalid)?
    };
    let (case, version, command) = (&aim.case, aim.version, aim.command);
    let (house, asker) = (&door.house, &aim.asker);
    let (sent, of) = (
        Expected::Version(version),
        (&case.number, Some(opened.report.id)),
    );
    let only = fields.text("about_worker") == Some("only");
    if only && command == CommandName::Reopen {
        let told = only_apart(house, asker, of, sent, command, form).await;
        return Ok(Some(told?));
    }
    if form.about_worker == Some(true) {
        let told = step_apart(house, asker, of, sent, command, form).await;
        return Ok(Some(told?));
    }
    let this = (case.community, case.id);
    let expected = as_seen(house, this, command, version).await?;
    step(house, asker, &case.number, expected, command, form).await?;
    Ok(None)
}

/// Whether a step that is stale, or not to be taken where the case stands by now, is the one that was sent a moment ago: a form that is pressed twice worked the first time.
async fn was_taken(door: &Door, aim: &Aim, fields: &Fields) -> Result<bool, Failure> {
    let form = read(aim, fields).map_err(Failure::Invalid)?;
    let this = (aim.case.community, aim.case.id);
    Ok(is_taken(&door.house, this, aim.command, form, aim.version).await?)
}

/// The field of a form's words: one may rate and open again on the same page.
fn words_field(name: &str) -> &'static str {
    match name {
        "rate" => "rating_words",
        "unsolved" => "unsolved_words",
        _ => "words",
    }
}

/// The commands a reporter has, and whether they are about the case that goes on where theirs was merged; all others are for those who
/// work on it.
fn reporters(name: &str) -> Option<(CommandName, bool)> {
    match name {
        "answer" => Some((CommandName::Answer, false)),
        "rate" => Some((CommandName::Rate, true)),
        "unsolved" => Some((CommandName::Reopen, true)),
        "reopen" => Some((CommandName::Reopen, false)),
        "withdraw" => Some((CommandName::Withdraw, false)),
        _ => None,
    }
}

fn read(aim: &Aim, fields: &Fields) -> Result<StepForm, Faults> {
    let command = aim.command;
    let words = fields.text(words_field(&aim.name)).map(str::to_owned);
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
    opened: &Opened,
    failure: Failure,
    aim: &Aim,
    fields: &Fields,
) -> Result<Response, Failure> {
    let t = page.t;
    let over = aim.command == CommandName::Rate && aim.case.rating.is_some();
    let stale = matches!(failure, Failure::Stale { .. });
    let (status, faults, mut notice) = obstacle(t, failure)?;
    if stale {
        let (title, said) = match over {
            true => ("progress-rated-title", "progress-rated-already"),
            false => ("error-stale-title", "progress-stale"),
        };
        notice = Some(Notice::warn(t.text(title), t.text(said)));
    }
    let field = words_field(&aim.name);
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
        step: aim.name.clone(),
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
