//! Takes a step from a sent form. Whatever stands in the way — a field, the rules, somebody who was faster — is said on
//! the same page, with everything typed still in it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use rules::case::{CommandName, Found, Method, Rating, RedirectReason, WontFixReason};
use rules::ids::Number;
use time::Duration;
use work::case::{
    Claimed, CoordinationForm, Expected, StepForm, VisitForm, WhistleForm, in_order, step,
};

use super::beside::RESPONSES;
use super::enter::kept_photos;
use super::meanwhile;
use super::query::{date, start_of};
use super::show::{self, Notice};
use super::steps::Typed;
use crate::Door;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
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
    fields.only(&[&FIELDS[..], &["photo"]].concat())?;
    let version = fields
        .text("version")
        .and_then(|version| version.parse().ok())
        .ok_or(Failure::Unreadable)?;
    let (house, asker) = (&door.house, &office.asker);
    let expected = Expected::Version(version);
    let outcome = match read(&door, &office, command, &fields).await {
        Ok(form) => step(house, asker, &number, expected, command, form)
            .await
            .map_err(Failure::from),
        Err(failure) => Err(failure),
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
    let from_task = fields.text("from") == Some("task");
    match outcome {
        Ok(_) => done(&door, &office, &number, command, from_task).await,
        Err(failure) => {
            let failure = meanwhile::told(&door, asker, &number, expected, failure).await;
            again(&door, office, &number, command, fields, failure).await
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
    fields: Fields,
    failure: Failure,
) -> Result<Response, Failure> {
    let t = office.page.t;
    let mut faults = Faults::default();
    let (status, notice) = match failure {
        Failure::Invalid(found) => {
            faults = found;
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
    let from_task = fields.text("from") == Some("task");
    let typed = Typed {
        command: Some(command),
        fields,
        faults,
    };
    let page = if from_task {
        crate::task::again(door, office, number, command, typed, notice).await?
    } else {
        show::page(door, office, number, typed, notice, None).await?
    };
    Ok((status, page).into_response())
}

/// The form as the working room takes it.
async fn read(
    door: &Door,
    office: &Office,
    command: CommandName,
    fields: &Fields,
) -> Result<StepForm, Failure> {
    let (category, condition) = filing(fields)?;
    if fields.text("whom") == Some("other") && fields.text("to").is_none() {
        return Err(fault("to", "field-missing"));
    }
    let chosen = |name: &str| fields.text(name).map(str::to_owned);
    Ok(StepForm {
        words: words(office, command, fields),
        answer: chosen("answer").filter(|_| fields.text("yes") != Some("no")),
        // Whoever was named wins over a choice that was left at the suggestion.
        to: chosen("to"),
        category,
        condition,
        into: fields
            .text("into")
            .map(|text| number(text, office))
            .transpose()?,
        until: until(office, fields)?,
        yes: fields.text("yes").map(|yes| yes == "yes"),
        found: one_of(fields, "found", found)?,
        redirect: one_of(fields, "redirect", redirect)?,
        claimed: one_of(fields, "claimed", claimed)?,
        left: chosen("left"),
        visit: visit_form(fields)?,
        rating: None::<Rating>,
        whistle: whistle(fields)?,
        coordination: coordination(fields)?,
        attached: kept_photos(door, office.net.id, fields).await?,
    })
}

/// A reason chosen from the list stands before the words.
fn words(office: &Office, command: CommandName, fields: &Fields) -> Option<String> {
    let words = fields.text("words");
    let reason = fields.text("reason").filter(|reason| {
        *reason != "other" && reason.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
    });
    let t = office.page.t;
    let reason = reason.map(|reason| t.text(format!("step-{command}-reason-{reason}")));
    match (reason, words) {
        (Some(reason), Some(words)) => {
            let both = t.say("step-reason-words").with("reason", reason);
            Some(both.with("words", words).to_string())
        }
        (reason, words) => reason.or(words.map(str::to_owned)),
    }
}

type Filing = (
    Option<rules::ids::CategoryCode>,
    Option<rules::ids::ConditionCode>,
);

fn filing(fields: &Fields) -> Result<Filing, Failure> {
    // what was picked from the catalogue wins over a choice that was left at the suggestion
    let chosen = match (fields.text("other"), fields.text("filing")) {
        (Some(other), _) => Some(other),
        (None, Some("other")) => return Err(fault("other", "field-missing")),
        (None, Some("none") | None) => None,
        (None, chosen) => chosen,
    };
    let Some(chosen) = chosen else {
        return Ok((None, None));
    };
    let wrong = || fault("filing", "category-unknown");
    let (category, condition) = chosen.split_once('-').ok_or_else(wrong)?;
    Ok((
        Some(category.parse().map_err(|_| wrong())?),
        Some(condition.parse().map_err(|_| wrong())?),
    ))
}

fn number(text: &str, office: &Office) -> Result<Number, Failure> {
    let whole = format!("{}-{text}", office.net.code);
    text.parse()
        .or_else(|_| whole.parse())
        .map_err(|_| fault("into", "number-malformed"))
}

/// A day means its end: the last moment of the suspension. With a time of day, that moment.
fn until(office: &Office, fields: &Fields) -> Result<Option<time::OffsetDateTime>, Failure> {
    let Some(text) = fields.text("until") else {
        return Ok(None);
    };
    if let Some((day, clock)) = text.split_once('T') {
        let day = date(day).ok_or_else(|| fault("until", "date-malformed"))?;
        let clock = time::Time::parse(clock, time::macros::format_description!("[hour]:[minute]"));
        let clock = clock.map_err(|_| fault("until", "date-malformed"))?;
        let midnight = start_of(office, day);
        return Ok(Some(midnight + (clock - time::Time::MIDNIGHT)));
    }
    let day = date(text)
        .and_then(time::Date::next_day)
        .ok_or_else(|| fault("until", "date-malformed"))?;
    Ok(Some(start_of(office, day) - Duration::SECOND))
}

/// What a return visit says; "nobody was reached" is one of its answers.
pub(crate) fn visit_form(fields: &Fields) -> Result<VisitForm, Failure> {
    let method = |text: &str| {
        let mut all = Method::ALL.into_iter();
        all.find(|method| method.as_str() == text)
    };
    let satisfaction = |text: &str| {
        let known = RESPONSES.iter().find(|(_, word)| *word == text);
        known.map(|(satisfaction, _)| *satisfaction)
    };
    Ok(VisitForm {
        method: one_of(fields, "method", method)?,
        reached: fields.text("yes").map(|yes| yes != "not_reached"),
        satisfaction: one_of(fields, "satisfaction", satisfaction)?,
    })
}

fn whistle(fields: &Fields) -> Result<WhistleForm, Failure> {
    let response = |text: &str| {
        let known = RESPONSES.iter().find(|(_, word)| *word == text);
        known.map(|(response, _)| *response)
    };
    Ok(WhistleForm {
        urgency: one_of(fields, "urgency", |text| text.parse().ok())?,
        departments: several(fields, "departments"),
        leads: fields.text("leads").map(str::to_owned),
        response: one_of(fields, "response", response)?,
    })
}

/// Bodies outside the net stand one in a line.
fn coordination(fields: &Fields) -> Result<CoordinationForm, Failure> {
    let lines = fields.text("outside").unwrap_or_default().lines();
    let outside = lines.map(str::trim).filter(|name| !name.is_empty());
    Ok(CoordinationForm {
        parties: several(fields, "parties"),
        outside: outside.map(str::to_owned).collect(),
        place: fields.text("place").map(str::to_owned),
        item: one_of(fields, "item", |text| text.parse().ok())?,
    })
}

/// Everything that was ticked.
fn several(fields: &Fields, name: &str) -> Vec<String> {
    let ticked = fields
        .all(name)
        .map(str::trim)
        .filter(|text| !text.is_empty());
    ticked.map(str::to_owned).collect()
}

fn one_of<T>(
    fields: &Fields,
    name: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Failure> {
    let Some(text) = fields.text(name) else {
        return Ok(None);
    };
    read(text)
        .map(Some)
        .ok_or_else(|| fault(name, "field-missing"))
}

fn found(text: &str) -> Option<Found> {
    Some(match text {
        "exists" => Found::Exists,
        "not" => Found::Not,
        "unclear" => Found::Unclear,
        _ => return None,
    })
}

fn redirect(text: &str) -> Option<RedirectReason> {
    Some(match text {
        "outside_area" => RedirectReason::OutsideArea,
        "emergency" => RedirectReason::Emergency,
        "in_proceedings" => RedirectReason::InProceedings,
        "secrets_or_privacy" => RedirectReason::SecretsOrPrivacy,
        "duplicate" => RedirectReason::Duplicate,
        "insufficient_information" => RedirectReason::InsufficientInformation,
        _ => return None,
    })
}

fn claimed(text: &str) -> Option<Claimed> {
    Some(match text {
        "solved" => Claimed::Solved,
        "partly" => Claimed::Partly,
        "no_basis" => Claimed::WontFix(WontFixReason::NoBasis),
        "no_means" => Claimed::WontFix(WontFixReason::NoMeans),
        "no_agreement" => Claimed::WontFix(WontFixReason::NoAgreement),
        "planned" => Claimed::WontFix(WontFixReason::Planned),
        "nothing_found" => Claimed::WontFix(WontFixReason::NothingFound),
        _ => return None,
    })
}

fn fault(field: &str, code: &str) -> Failure {
    Failure::Invalid([Fault::new(field, code)].into_iter().collect())
}
