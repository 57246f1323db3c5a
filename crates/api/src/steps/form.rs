//! The body of a step: each command has its own fields, by the names people use for them. A field that belongs to another
//! command is refused, so that nobody believes it was heard.

use door::error::Failure;
use door::form::{Fault, Faults};
use rules::case::{
    Claim, CommandName, Found, Method, Rating, RedirectReason, Satisfaction, WontFixReason,
};
use rules::ids::ItemId;
use rules::whistle::Urgency;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use work::case::{Claimed, CoordinationForm, StepForm, VisitForm, WhistleForm, faults};
use work::net::CommunityNet;

use crate::parts::Parts;

/// What a step can say. Which command takes which fields: see each field.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StepBody {
    /// `merge`, `void`, `return`, `escalate`, `extend`, `suspend`, `check` (when it failed), `reopen`, `release`, `raise`, `lower`, `whistle`,
    /// `call_off`, `coordinate`, `settle` (when it is dropped), `appeal`, `review` (when one refuses), `file` (when it changes the category),
    /// `dispatch` (when it gives a matter of the fast lane to somebody else than its department):
    /// why. Of `void` and `suspend` the reporter reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// `ask`: the question.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// `fix`, `handle`, `finish`: what was done. `hand_over`, `verified`, `visit`, `rate_response`: a note, that of the
    /// last naming nobody. `tell`: what the reporter reads.
    /// `agree`: what is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// `fix`, `check` (when it passed), `close`: what the reporter is told. The `note` or `reason` of these is read by those who work on
    /// the case and never stands in for it; `close` alone may go without, and tells once more what was told at the check. `answer`: the
    /// reporter's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    /// `redirect`: where to go instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<String>,
    /// An account, or a department's code. `verify`, `dispatch`: without it routing decides. `raise`: without it, the level above.
    /// `hand_over`, `lower`: always needed. `agree`: who does it; this, or one of `outside`.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// `file`, `fix`: the category. Until its work is done, `file` once more gives one to a case that was filed without, or puts a case
    /// under another one, with a reason: its limit is then reckoned from the filing, with the pauses and extensions there were. What
    /// has passed or was brought by an order stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// `file`, `fix`: the filing condition; the first one of the category where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<String>,
    /// `merge`: the number of the case that goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    into: Option<String>,
    /// `merge`: that the two are one problem although they lie far apart: in two general grids, or farther from each other than
    /// `duplicate.metres` of the settings. Needed there, else 422, which says how far and in which grid the other one lies. `dispatch`:
    /// that it goes to whom is named although they serve another general grid; needed there, else 422 with that grid.
    #[serde(skip_serializing_if = "Option::is_none")]
    far: Option<bool>,
    /// `suspend`: until when.
    #[serde(
        skip_serializing_if = "Option::is_none",
        with = "time::serde::rfc3339::option"
    )]
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<OffsetDateTime>,
    /// `visit`: whether the reporter was reached; yes, where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    reached: Option<bool>,
    /// `visit`: `phone` or `on_site`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    method: Option<Method>,
    /// `visit`: `satisfied`, `fairly` or `dissatisfied`; not where nobody was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    satisfaction: Option<Satisfaction>,
    /// `visit`: whether the reporter says it is solved; not where nobody was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    solved: Option<bool>,
    /// `answer`, `rate`, `reopen`, `visit`: whether the words are about how somebody behaved who works here. Needed where they sound so or name
    /// somebody who would read them, else 422; where they are, tell them as a complaint (`POST /api/v1/reports` with `about_worker`),
    /// and ask for what is still wrong with the matter: the step is taken with that alone, or without words where it needs none. Put no
    /// sentence of a program in their place: whoever handles the case would know from it that this reporter complained.
    #[serde(skip_serializing_if = "Option::is_none")]
    about_worker: Option<bool>,
    /// `check`: whether it is really fixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pass: Option<bool>,
    /// `extend`: whether more time is granted; whoever refuses it says why.
    #[serde(skip_serializing_if = "Option::is_none")]
    grant: Option<bool>,
    /// `handle`: `solved`, `partly`, or why it will not be fixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<ClaimWord>,
    /// `handle`: what is left, where only part of it is solved; the reporter reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<String>,
    /// `verified`: `exists`, `not` or `unclear`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    found: Option<Found>,
    /// `redirect`: why it is guided elsewhere: `outside_area`, `emergency`, `in_proceedings`, `secrets_or_privacy`, `duplicate` or
    /// `insufficient_information`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    redirect: Option<RedirectReason>,
    /// `whistle`: `ordinary`, `urgent` or `emergency`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    urgency: Option<Urgency>,
    /// `whistle`: codes of the departments that are called.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    departments: Vec<String>,
    /// `whistle`: the code of the one of them that leads 主办; the first one, where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    leads: Option<String>,
    /// `rate_response`: the code of the department whose response it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<String>,
    /// `rate_response`: `satisfied`, `fairly` or `dissatisfied`; of a department that did not come, only the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    response: Option<Satisfaction>,
    /// `coordinate`: accounts and codes of departments that are called together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parties: Vec<String>,
    /// `coordinate`, `agree`: bodies outside the net, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    outside: Vec<String>,
    /// `coordinate`: where they meet.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// `coordinate`: when they meet. `agree`: by when it is to be done.
    #[serde(
        skip_serializing_if = "Option::is_none",
        with = "time::serde::rfc3339::option"
    )]
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<OffsetDateTime>,
    /// `settle`: which of the things agreed upon, by its `item` in the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<uuid::Uuid>,
    /// `settle`: whether it is done; else it is dropped, with a reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<bool>,
    /// `review`: whether one agrees to the appeal.
    #[serde(skip_serializing_if = "Option::is_none")]
    agree: Option<bool>,
    /// `rate`: what the reporter thinks of the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<RatingBody>,
}

/// What the reporter thinks of the end: about the case, never about a person.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RatingBody {
    /// `satisfied`, `fairly` or `dissatisfied`.
    #[schema(value_type = String)]
    satisfaction: Satisfaction,
    /// Whether the problem is gone.
    solved: bool,
    /// In words, at most 2,000 characters; read by those who work on the case. Numbers of persons are starred out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    words: Option<String>,
}

impl From<RatingBody> for Rating {
    fn from(told: RatingBody) -> Self {
        Self {
            satisfaction: told.satisfaction,
            solved: told.solved,
        }
    }
}

/// What handling came to, in one word.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClaimWord {
    Solved,
    Partly,
    NoBasis,
    NoMeans,
    NoAgreement,
    Planned,
    NothingFound,
}

impl From<Claim> for ClaimWord {
    fn from(claim: Claim) -> Self {
        match claim {
            Claim::Solved => Self::Solved,
            Claim::Partly => Self::Partly,
            Claim::WontFix(WontFixReason::NoBasis) => Self::NoBasis,
            Claim::WontFix(WontFixReason::NoMeans) => Self::NoMeans,
            Claim::WontFix(WontFixReason::NoAgreement) => Self::NoAgreement,
            Claim::WontFix(WontFixReason::Planned) => Self::Planned,
            Claim::WontFix(WontFixReason::NothingFound) => Self::NothingFound,
        }
    }
}

impl From<ClaimWord> for Claimed {
    fn from(word: ClaimWord) -> Self {
        match word {
            ClaimWord::Solved => Self::Solved,
            ClaimWord::Partly => Self::Partly,
            ClaimWord::NoBasis => Self::WontFix(WontFixReason::NoBasis),
            ClaimWord::NoMeans => Self::WontFix(WontFixReason::NoMeans),
            ClaimWord::NoAgreement => Self::WontFix(WontFixReason::NoAgreement),
            ClaimWord::Planned => Self::WontFix(WontFixReason::Planned),
            ClaimWord::NothingFound => Self::WontFix(WontFixReason::NothingFound),
        }
    }
}

/// The fields of a command.
const fn fields(command: CommandName) -> &'static [&'static str] {
    match command {
        CommandName::Verify => &["to"],
        CommandName::Dispatch => &["to", "far", "reason"],
        CommandName::HandOver => &["to", "note"],
        CommandName::Verified => &["found", "note"],
        CommandName::File => &["category", "condition", "reason"],
        CommandName::Redirect => &["redirect", "instead"],
        CommandName::Merge => &["into", "far", "reason"],
        CommandName::Fix => &["note", "category", "condition", "answer"],
        CommandName::Void | CommandName::Return | CommandName::Escalate => &["reason"],
        CommandName::Reopen => &["reason", "about_worker"],
        CommandName::Ask => &["question"],
        CommandName::Answer => &["answer", "about_worker"],
        CommandName::Close => &["answer"],
        CommandName::Extend => &["reason", "grant"],
        CommandName::Suspend => &["until", "reason"],
        CommandName::Handle => &["note", "claim", "left"],
        CommandName::Check => &["pass", "reason", "answer"],
        CommandName::Visit => &[
            "method",
            "reached",
            "solved",
            "satisfaction",
            "note",
            "about_worker",
        ],
        CommandName::Rate => &["rating", "about_worker"],
        CommandName::Release | CommandName::CallOff | CommandName::Appeal => &["reason"],
        CommandName::Raise | CommandName::Lower => &["to", "reason"],
        CommandName::Tell | CommandName::Finish => &["note"],
        CommandName::Whistle => &["urgency", "departments", "leads", "reason"],
        CommandName::RateResponse => &["department", "response", "note"],
        CommandName::Coordinate => &["parties", "outside", "at", "place", "reason"],
        CommandName::Agree => &["note", "to", "outside", "at"],
        CommandName::Settle => &["item", "done", "reason"],
        CommandName::Review => &["agree", "reason"],
        CommandName::Adopt
        | CommandName::Acknowledge
        | CommandName::ReportIn
        | CommandName::Climb
        | CommandName::PassVisit
        | CommandName::Accept
        | CommandName::Lapse
        | CommandName::Resume
        | CommandName::Withdraw => &[],
    }
}

/// The form of a step, from the body that was sent.
///
/// # Errors
/// `Unreadable`; `Invalid` with every field of another command, every one that is missing, and everything that nobody knows.
pub fn read(
    net: &CommunityNet,
    command: CommandName,
    parts: &Parts,
    at: OffsetDateTime,
) -> Result<StepForm, Failure> {
    let (body, mut reading): (StepBody, _) = parts.step()?;
    for field in surplus(command, &body) {
        reading.fault(Fault::new(field, "field-unknown"));
    }
    if parts.has_sound() {
        reading.fault(Fault::new("sound", "field-unknown"));
    }
    if parts.has_photos() && !matches!(command, CommandName::Fix | CommandName::Handle) {
        reading.fault(Fault::new("photo", "field-unknown"));
    }
    let category = reading.one(
        "category",
        body.category.as_deref(),
        "category-unknown",
        |code| code.parse().ok(),
    );
    let condition = reading.one(
        "condition",
        body.condition.as_deref(),
        "condition-unknown",
        |code| code.parse().ok(),
    );
    if body.condition.is_some() && body.category.is_none() {
        reading.fault(Fault::new("category", "field-missing"));
    }
    let into = reading.one("into", body.into.as_deref(), "case-unknown", |number| {
        number.parse().ok()
    });
    let mut form = form(command, body);
    (form.category, form.condition, form.into) = (category, condition, into);
    for fault in faults(net, command, &form, at) {
        let field = name(command, fault.field);
        reading.fault(Fault {
            field,
            ..fault.into()
        });
    }
    reading.done()?;
    Ok(form)
}

/// What a body says, but for its codes and numbers.
fn form(command: CommandName, body: StepBody) -> StepForm {
    let answer_is_words = command == CommandName::Answer;
    let told = body.answer.clone().filter(|_| !answer_is_words);
    let rated = body.rating.as_ref().and_then(|one| one.words.clone());
    let said = body.answer.filter(|_| answer_is_words);
    StepForm {
        words: body
            .reason
            .or(body.question)
            .or(body.note)
            .or(body.instead)
            .or(said)
            .or(rated),
        answer: told,
        to: body.to,
        until: body.until.or(body.at),
        yes: body
            .pass
            .or(body.solved)
            .or(body.grant)
            .or(body.done)
            .or(body.agree),
        found: body.found,
        redirect: body.redirect,
        claimed: body.claim.map(Into::into),
        left: body.left,
        about_worker: body.about_worker,
        far: body.far == Some(true),
        visit: VisitForm {
            method: body.method,
            reached: body.reached,
            satisfaction: body.satisfaction,
        },
        rating: body.rating.map(Into::into),
        whistle: WhistleForm {
            urgency: body.urgency,
            departments: body
                .departments
                .into_iter()
                .chain(body.department)
                .collect(),
            leads: body.leads,
            response: body.response,
        },
        coordination: CoordinationForm {
            parties: body.parties,
            outside: body.outside,
            place: body.place,
            item: body.item.map(ItemId),
        },
        ..StepForm::default()
    }
}

/// Fields that were sent and are not the command's.
fn surplus(command: CommandName, body: &StepBody) -> Vec<String> {
    let known = fields(command);
    let sent = serde_json::to_value(body).unwrap_or_default();
    let sent = sent.as_object().into_iter().flat_map(serde_json::Map::keys);
    sent.filter(|field| !known.contains(&field.as_str()))
        .cloned()
        .collect()
}

/// A refusal of the working room with the API's names of the fields.
pub fn named(command: CommandName, error: work::Error) -> Failure {
    match Failure::from(error) {
        Failure::Invalid(faults) => {
            let renamed = faults.iter().map(|fault| Fault {
                field: name(command, &fault.field),
                ..fault.clone()
            });
            Failure::Invalid(renamed.collect::<Faults>())
        }
        other => other,
    }
}

/// The API's name of a form's field.
fn name(command: CommandName, field: &str) -> String {
    let named = match (field, command) {
        ("words", CommandName::Ask) => "question",
        ("words", CommandName::Answer) => "answer",
        ("words", CommandName::Redirect) => "instead",
        ("words", CommandName::Rate) => "rating.words",
        (
            "words",
            CommandName::Fix
            | CommandName::HandOver
            | CommandName::Handle
            | CommandName::Visit
            | CommandName::Verified
            | CommandName::Tell
            | CommandName::Finish
            | CommandName::RateResponse
            | CommandName::Agree,
        ) => "note",
        ("departments", CommandName::RateResponse) => "department",
        ("until", CommandName::Coordinate | CommandName::Agree) => "at",
        ("yes", CommandName::Settle) => "done",
        ("yes", CommandName::Review) => "agree",
        ("words", _) => "reason",
        ("yes", CommandName::Check) => "pass",
        ("yes", CommandName::Visit) => "solved",
        ("yes", _) => "grant",
        (other, _) => other,
    };
    named.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_a_command_is_a_field_of_the_body() {
        for command in CommandName::ALL {
            for field in fields(*command) {
                let example = match *field {
                    "until" | "at" => "\"2026-12-01T00:00:00+08:00\"",
                    "method" => "\"phone\"",
                    "satisfaction" => "\"fairly\"",
                    "reached" | "solved" | "pass" | "grant" | "done" | "agree" | "about_worker"
                    | "far" => "true",
                    "departments" | "parties" | "outside" => "[\"x\"]",
                    "urgency" => "\"urgent\"",
                    "response" => "\"fairly\"",
                    "item" => "\"0190c2b0-0000-7000-8000-000000000000\"",
                    "claim" => "\"no_means\"",
                    "found" => "\"exists\"",
                    "redirect" => "\"emergency\"",
                    "rating" => "{\"satisfaction\":\"fairly\",\"solved\":true}",
                    _ => "\"x\"",
                };
                let body: StepBody =
                    serde_json::from_str(&format!("{{\"{field}\":{example}}}")).expect(field);
                assert!(surplus(*command, &body).is_empty(), "{command} {field}");
            }
        }
    }

    #[test]
    fn a_field_of_another_command_is_surplus() {
        let body: StepBody = serde_json::from_str(r#"{"reason":"x","to":"desk"}"#).expect("a body");
        assert_eq!(surplus(CommandName::Return, &body), ["to"]);
        assert_eq!(surplus(CommandName::Accept, &body).len(), 2);
    }
}
