//! Takes the answer of a visit from a sent form. Whatever stands in the way is said on the same page, with everything typed
//! still in it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use door::complaint::apart as instead;
use rules::ids::Number;
use work::case::{Expected, StepForm};
use work::complaint::Receipt;
use work::visit::visit_apart;

use super::show::{back, show};
use crate::Door;
use crate::case::{about_worker, visit_form};
use crate::complaint::{Back, apart};
use crate::error::Failure;
use crate::faster::visit as made_meanwhile;
use crate::form::{Fields, Typed, obstacle};
use crate::workbench::Office;

const FIELDS: [&str; 6] = [
    "version",
    "method",
    "yes",
    "satisfaction",
    "words",
    "about_worker",
];

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
    let failure = match take(&door, &office, &number, expected, &fields).await {
        Ok(None) => return Ok(back()),
        Ok(Some(complaint)) => {
            let back = Back {
                href: "/visits".to_owned(),
                label: office.page.t.text("visit-title"),
                said: office.page.t.text("complaint-apart-done"),
            };
            return apart(
                &door,
                office.page.clone(),
                &office.net,
                &complaint,
                true,
                back,
            )
            .await;
        }
        Err(failure) => failure,
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

/// Takes the answer; where it is about somebody who works here, with the receipt of the complaint that it became.
async fn take(
    door: &Door,
    office: &Office,
    number: &Number,
    expected: Expected,
    fields: &Fields,
) -> Result<Option<Receipt>, Failure> {
    let form = form(fields)?;
    let (house, asker) = (&door.house, &office.asker);
    if form.about_worker == Some(true) {
        let instead = instead(office.page.t);
        let told = visit_apart(house, asker, number, expected, form, instead).await;
        return Ok(Some(told?));
    }
    work::visit::visit(house, asker, number, expected, form).await?;
    Ok(None)
}

fn form(fields: &Fields) -> Result<StepForm, Failure> {
    Ok(StepForm {
        words: fields.text("words").map(str::to_owned),
        yes: fields.text("yes").map(|yes| yes == "yes"),
        visit: visit_form(fields)?,
        about_worker: about_worker(fields),
        ..StepForm::default()
    })
}
