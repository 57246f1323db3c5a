//! Takes the answer of a visit from a sent form. Whatever stands in the way is said on the same page, with everything typed
//! still in it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use rules::ids::Number;
use work::case::{Expected, StepForm};

use super::show::{back, show};
use crate::Door;
use crate::case::visit_form;
use crate::error::Failure;
use crate::faster::visit as made_meanwhile;
use crate::form::{Fields, Typed, obstacle};
use crate::workbench::Office;

const FIELDS: [&str; 5] = ["version", "method", "yes", "satisfaction", "words"];

/// `POST /visits/{number}/record`.
pub async fn post(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    fields.only(&FIELDS)?;
    let version = fields.text("version").and_then(|text| text.parse().ok());
    let expected = Expected::Version(version.ok_or(Failure::Unreadable)?);
    let taken = match form(&fields) {
        Ok(form) => work::visit::visit(&door.house, &office.asker, &number, expected, form)
            .await
            .map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    let Err(failure) = taken else {
        return Ok(back());
    };
    let failure = made_meanwhile(&door, &office.asker, &number, failure).await;
    if matches!(failure, Failure::Overtaken { .. }) {
        return Err(failure); // there is no page to say it on any more
    }
    let (status, faults, notice) = obstacle(office.page.t, failure)?;
    let typed = Typed {
        act: Some("record"),
        fields,
        faults,
        kept: Vec::new(),
    };
    let html = show(&door, office, &number, &typed, notice, None).await?;
    Ok((status, html).into_response())
}

fn form(fields: &Fields) -> Result<StepForm, Failure> {
    Ok(StepForm {
        words: fields.text("words").map(str::to_owned),
        yes: fields.text("yes").map(|yes| yes == "yes"),
        visit: visit_form(fields)?,
        ..StepForm::default()
    })
}
