//! Takes a step of a complaint from a sent form. Whatever stands in the way is said on the same page, with everything typed
//! still in it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use rules::complaint::StepName;
use rules::ids::Number;
use work::case::Expected;
use work::complaint::{StepForm, step};

use super::show::show;
use crate::Door;
use crate::error::Failure;
use crate::faster::complaint as faster;
use crate::form::{Fields, Typed, obstacle};
use crate::workbench::Office;

const FIELDS: [&str; 7] = [
    "version",
    "about",
    "words",
    "outcome",
    "confirmed",
    "place_note",
    "along",
];

/// `POST /complaints/{number}/{step}`.
pub async fn post(
    State(door): State<Door>,
    Path((number, name)): Path<(String, String)>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let name: StepName = name.parse().map_err(|_| Failure::NotFound)?;
    fields.only(&FIELDS)?;
    let expected = Expected::Version(fields.version()?);
    let outcome = fields.text("outcome").map(str::parse).transpose();
    let along = |name: &str| fields.all("along").any(|one| one == name);
    let form = StepForm {
        about: fields.text("about").map(str::to_owned),
        words: fields.text("words").map(str::to_owned),
        place_note: fields.text("place_note").map(str::to_owned),
        place: along("place"),
        photos: along("photos"),
        contact: along("contact"),
        outcome: outcome.map_err(|_| Failure::Unreadable)?,
        confirmed: fields.text("confirmed") == Some("yes"),
    };
    let taken = step(&door.house, &office.asker, &number, expected, name, form).await;
    match taken.map_err(Failure::from) {
        Ok(()) => {
            // naming somebody may take it out of one's own sight
            let seen = work::complaint::page(&door.house, &office.asker, &number).await;
            let to = if seen.is_ok() {
                format!("/complaints/{number}?done={name}")
            } else {
                "/complaints".to_owned()
            };
            Ok(Redirect::to(&to).into_response())
        }
        Err(failure) => {
            let who = (&office.asker, Some(office.page.t));
            let failure = faster(&door, who, &number, expected, failure, name).await;
            let (status, faults, notice) = obstacle(office.page.t, failure)?;
            let typed = Typed {
                act: Some(name.as_str()),
                fields,
                faults,
                kept: Vec::new(),
            };
            let html = show(&door, office, &number, &typed, notice, None).await?;
            Ok((status, html).into_response())
        }
    }
}
