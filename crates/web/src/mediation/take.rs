//! Takes a step of a mediation from a sent form. Whatever stands in the way is said on the same page, with everything typed
//! still in it; one that has left one's reach leads back to the list.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use rules::ids::Number;
use rules::mediation::CommandName;
use work::case::Expected;
use work::mediation::{StepForm, step, was_mediator};

use super::show::show;
use super::words::what;
use crate::Door;
use crate::case::{Photos, about_worker, date};
use crate::error::Failure;
use crate::faster::mediation as faster;
use crate::form::{Fault, Fields, Gone, Typed, gone, obstacle};
use crate::workbench::Office;

const FIELDS: [&str; 10] = [
    "version",
    "on",
    "words",
    "written",
    "instead",
    "consent",
    "to",
    "kept",
    "photo",
    "about_worker",
];

/// `POST /mediations/{number}/{command}`.
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
    let photos = Photos::of(&door, office.net.id, &fields).await?;
    let form = read(&office, command, &fields, &photos);
    let sent = form.as_ref().ok().cloned().unwrap_or_default();
    let taken = match form {
        Ok(form) => step(&door.house, &office.asker, &number, expected, command, form)
            .await
            .map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    match taken {
        Ok(_) => {
            let seen = work::mediation::page(&door.house, &office.asker, &number).await;
            let to = if seen.is_ok() {
                format!("/mediations/{number}?done={command}")
            } else {
                "/mediations".to_owned()
            };
            Ok(Redirect::to(&to).into_response())
        }
        Err(failure) => {
            let asker = &office.asker;
            let said = |last: &_| Some(what(&office, last));
            let sent = (command, &sent);
            let failure = faster(&door, asker, &number, expected, failure, sent, said).await;
            if let Failure::NotFound = failure {
                let mut left = Gone::of("mediation", &fields);
                left.handed_on = was_mediator(&door.house, asker, &number).await?;
                return gone(office, left);
            }
            let (status, faults, notice) = obstacle(office.page.t, failure)?;
            let typed = Typed {
                act: Some(command.as_str()),
                fields,
                faults,
                kept: photos.tickets(&door.house),
            };
            let html = show(&door, office, &number, &typed, notice, None).await?;
            Ok((status, html).into_response())
        }
    }
}

/// The form as the working room takes it.
///
/// # Errors
/// `Invalid` with everything that is wrong with it at once, `Unreadable` for what was not chosen on our page.
fn read(
    office: &Office,
    command: CommandName,
    fields: &Fields,
    photos: &Photos,
) -> Result<StepForm, Failure> {
    let yes = |name: &str| fields.text(name).map(|text| text == "yes");
    let mut faults = photos.faults.clone();
    let on = fields.text("on").and_then(|text| {
        let day = date(text);
        if day.is_none() {
            faults.push(Fault::new("on", "date-malformed"));
        }
        day
    });
    let instead = fields.text("instead").map(str::parse).transpose();
    let form = StepForm {
        words: fields.text("words").map(str::to_owned),
        on,
        written: yes("written"),
        consent: yes("consent") == Some(true),
        to: fields.text("to").map(str::to_owned),
        instead: instead.map_err(|_| Failure::Unreadable)?,
        kept: yes("kept"),
        attached: photos.attached.clone(),
        about_worker: about_worker(fields),
    };
    for fault in form
        .faults(&office.net, command)
        .into_iter()
        .map(Fault::from)
    {
        // what could not be read is not missing besides
        if faults.of(&fault.field).is_none() {
            faults.push(fault);
        }
    }
    faults.check().map_err(Failure::Invalid)?;
    Ok(form)
}
