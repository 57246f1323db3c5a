//! Takes a step of a referral from a sent form. Whatever stands in the way is said on the same page, with everything typed
//! still in it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use rules::ids::Number;
use rules::referral::CommandName;
use work::case::Expected;
use work::referral::{StepForm, page, step};

use super::show::show;
use super::words::what;
use crate::Door;
use crate::case::about_worker;
use crate::error::Failure;
use crate::faster::{is_taking, referral as faster};
use crate::form::{Fields, Gone, Typed, gone, obstacle};
use crate::workbench::Office;

const FIELDS: [&str; 8] = [
    "version",
    "second",
    "reason",
    "procedure",
    "result",
    "words",
    "about_worker",
    "named",
];

/// `POST /referrals/{number}/{command}`.
pub async fn post(
    State(door): State<Door>,
    Path((number, command)): Path<(String, String)>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let command: CommandName = command.parse().map_err(|_| Failure::NotFound)?;
    fields.only(&FIELDS)?;
    let expected = Expected::Version(fields.version()?);
    let (house, asker) = (&door.house, &office.asker);
    let form = form(&fields)?;
    let taken = step(house, asker, &number, expected, command, form.clone()).await;
    match taken.map_err(Failure::from) {
        Ok(_) => {
            let done = done(&door, &office, &number, command).await?;
            let to = format!("/referrals/{number}?done={done}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(failure) => {
            let said = |deed: &_| Some(what(&office, deed));
            let sent = (command, &form);
            let failure = faster(&door, asker, &number, expected, failure, sent, said).await;
            if let Failure::NotFound = failure {
                return gone(office, Gone::of("referral", &fields));
            }
            let (status, faults, notice) = obstacle(office.page.t, failure)?;
            let typed = Typed {
                act: Some(command.as_str()),
                fields,
                faults,
                kept: Vec::new(),
            };
            let html = show(&door, office, &number, &typed, notice).await?;
            Ok((status, html).into_response())
        }
    }
}

/// What was done where somebody took what others had before.
const HANDED: &str = "hand";

/// What is said to have been done: taking what others had before is handing it on.
async fn done(
    door: &Door,
    office: &Office,
    number: &Number,
    command: CommandName,
) -> Result<&'static str, Failure> {
    if command != CommandName::Take {
        return Ok(command.as_str());
    }
    let found = page(&door.house, &office.asker, number).await?;
    let taken = found.trail.iter().filter(|one| is_taking(one)).count();
    Ok(if taken > 1 { HANDED } else { command.as_str() })
}

/// A word that is none of its list was not chosen on our page.
fn form(fields: &Fields) -> Result<StepForm, Failure> {
    fn word<T: std::str::FromStr>(fields: &Fields, name: &str) -> Result<Option<T>, Failure> {
        let read = fields.text(name).map(str::parse).transpose();
        read.map_err(|_| Failure::Unreadable)
    }
    Ok(StepForm {
        second: fields.text("second").map(str::to_owned),
        reason: word(fields, "reason")?,
        procedure: word(fields, "procedure")?,
        result: word(fields, "result")?,
        words: fields.text("words").map(str::to_owned),
        about_worker: about_worker(fields),
        named: fields.text("named") == Some("yes"),
    })
}
