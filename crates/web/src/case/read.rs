//! Reads the form of a step as the working room takes it. Everything that is wrong with it is told at once: nobody sends a
//! form again to hear of the next fault.

use rules::case::{
    CommandName, Found, Method, Rating, RedirectReason, Satisfaction, WontFixReason,
};
use rules::ids::Number;
use time::Duration;
use work::case::{Claimed, CoordinationForm, StepForm, VisitForm, WhistleForm};

use super::beside::RESPONSES;
use super::enter::about_worker;
use super::photo::Photos;
use super::query::start_of;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields, date};
use crate::workbench::Office;

/// The form as the working room takes it.
///
/// # Errors
/// Everything that is wrong with it at once: what cannot be read, what is missing or nobody knows, and the photos.
pub(super) fn read(
    office: &Office,
    command: CommandName,
    fields: &Fields,
    photos: &Photos,
) -> Result<StepForm, Faults> {
    let mut reading = Reading {
        fields,
        faults: photos.faults.clone(),
    };
    let form = reading.form(office, command, photos);
    let missing = work::case::faults(&office.net, command, &form, office.asker.now);
    for fault in missing.into_iter().map(Fault::from) {
        // what could not be read is not missing besides
        let asked = command != CommandName::Fix || fault.field != "answer";
        if asked && reading.faults.of(&fault.field).is_none() {
            reading.faults.push(fault);
        }
    }
    reading.faults.check()?;
    Ok(form)
}

/// A form in reading: what is wrong with a field is noted, and the next one is read.
struct Reading<'a> {
    fields: &'a Fields,
    faults: Faults,
}

impl Reading<'_> {
    fn form(&mut self, office: &Office, command: CommandName, photos: &Photos) -> StepForm {
        let fields = self.fields;
        let (category, condition) = self.noted(filing(fields)).unwrap_or_default();
        if fields.text("whom") == Some("other") && fields.text("to").is_none() {
            self.faults.push(Fault::new("to", "field-missing"));
        }
        let chosen = |name: &str| fields.text(name).map(str::to_owned);
        let into = fields.text("into").map(|text| number(text, office));
        let said = fields.text("yes").filter(|yes| *yes != "not_reached");
        StepForm {
            words: words(office, command, fields),
            answer: told(command, fields),
            // Whoever was named wins over a choice that was left at the suggestion.
            to: chosen("to"),
            category,
            condition,
            into: self.noted(into.transpose()).flatten(),
            far: fields.text("far") == Some("yes"),
            until: self.noted(until(office, fields)).flatten(),
            yes: said.map(|yes| yes == "yes"),
            found: self.one_of("found", found),
            redirect: self.one_of("redirect", redirect),
            claimed: self.one_of("claimed", claimed),
            left: chosen("left"),
            about_worker: about_worker(fields),
            matter: chosen("matter"),
            telling: None,
            visit: self.visit(),
            rating: None::<Rating>,
            whistle: self.whistle(),
            coordination: self.coordination(),
            attached: photos.attached.clone(),
        }
    }

    /// What was read, if it could be.
    fn noted<T>(&mut self, read: Result<T, Fault>) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    fn one_of<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.fields.text(name)?;
        let found = read(text).ok_or_else(|| Fault::new(name, "field-missing"));
        self.noted(found)
    }

    fn visit(&mut self) -> VisitForm {
        let method = |text: &str| {
            let mut all = Method::ALL.into_iter();
            all.find(|method| method.as_str() == text)
        };
        let reached = self.fields.text("yes").map(|yes| yes != "not_reached");
        VisitForm {
            method: self.one_of("method", method),
            reached,
            satisfaction: self.one_of("satisfaction", response),
        }
    }

    fn whistle(&mut self) -> WhistleForm {
        WhistleForm {
            urgency: self.one_of("urgency", |text| text.parse().ok()),
            departments: several(self.fields, "departments"),
            leads: self.fields.text("leads").map(str::to_owned),
            response: self.one_of("response", response),
        }
    }

    /// Bodies outside the net stand one in a line.
    fn coordination(&mut self) -> CoordinationForm {
        let lines = self.fields.text("outside").unwrap_or_default().lines();
        let outside = lines.map(str::trim).filter(|name| !name.is_empty());
        CoordinationForm {
            parties: several(self.fields, "parties"),
            outside: outside.map(str::to_owned).collect(),
            place: self.fields.text("place").map(str::to_owned),
            item: self.one_of("item", |text| text.parse().ok()),
        }
    }
}

/// What a return visit says; "nobody was reached" is one of its answers.
///
/// # Errors
/// `Invalid` with every answer that is none.
pub(crate) fn visit_form(fields: &Fields) -> Result<VisitForm, Failure> {
    let faults = Faults::default();
    let mut reading = Reading { fields, faults };
    let form = reading.visit();
    reading.faults.check().map_err(Failure::Invalid)?;
    Ok(form)
}

fn response(text: &str) -> Option<Satisfaction> {
    let known = RESPONSES.iter().find(|(_, word)| *word == text);
    known.map(|(response, _)| *response)
}

/// What the reporter is told. Whoever fixes it on the spot writes one sentence and knows from its hint that the reporter reads it.
fn told(command: CommandName, fields: &Fields) -> Option<String> {
    let name = match command {
        CommandName::Fix => "words",
        _ => "answer",
    };
    let told = fields
        .text(name)
        .filter(|_| fields.text("yes") != Some("no"));
    told.map(str::to_owned)
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

fn filing(fields: &Fields) -> Result<Filing, Fault> {
    // what was picked from the catalogue wins over a choice that was left at the suggestion
    let chosen = match (fields.text("other"), fields.text("filing")) {
        (Some(other), _) => Some(other),
        (None, Some("other")) => return Err(Fault::new("other", "field-missing")),
        (None, Some("none") | None) => None,
        (None, chosen) => chosen,
    };
    let Some(chosen) = chosen else {
        return Ok((None, None));
    };
    let wrong = || Fault::new("filing", "category-unknown");
    let (category, condition) = chosen.split_once('-').ok_or_else(wrong)?;
    Ok((
        Some(category.parse().map_err(|_| wrong())?),
        Some(condition.parse().map_err(|_| wrong())?),
    ))
}

fn number(text: &str, office: &Office) -> Result<Number, Fault> {
    let whole = format!("{}-{text}", office.net.code);
    text.parse()
        .or_else(|_| whole.parse())
        .map_err(|_| Fault::new("into", "number-malformed"))
}

/// A day means its end: the last moment of the suspension. With a time of day, that moment.
fn until(office: &Office, fields: &Fields) -> Result<Option<time::OffsetDateTime>, Fault> {
    let Some(text) = fields.text("until") else {
        return Ok(None);
    };
    if let Some((day, clock)) = text.split_once('T') {
        let day = date(day).ok_or_else(|| Fault::new("until", "date-malformed"))?;
        let clock = time::Time::parse(clock, time::macros::format_description!("[hour]:[minute]"));
        let clock = clock.map_err(|_| Fault::new("until", "date-malformed"))?;
        let midnight = start_of(office, day);
        return Ok(Some(midnight + (clock - time::Time::MIDNIGHT)));
    }
    let day = date(text)
        .and_then(time::Date::next_day)
        .ok_or_else(|| Fault::new("until", "date-malformed"))?;
    Ok(Some(start_of(office, day) - Duration::SECOND))
}

/// Everything that was ticked.
fn several(fields: &Fields, name: &str) -> Vec<String> {
    let ticked = fields
        .all(name)
        .map(str::trim)
        .filter(|text| !text.is_empty());
    ticked.map(str::to_owned).collect()
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
