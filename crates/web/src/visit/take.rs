//! Takes the answer of a visit from a sent form. Whatever stands in the way is said on the same page, with everything typed
//! still in it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
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
use crate::layout::Page;
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "visit/overtaken.html")]
struct OvertakenTemplate {
    page: Page,
    office: Office,
    /// Who was faster.
    said: String,
    /// What was typed, and is kept nowhere.
    heard: Vec<String>,
    /// Where a complaint is told for somebody.
    complain: Option<String>,
}

const FIELDS: [&str; 7] = [
    "version",
    "method",
    "yes",
    "satisfaction",
    "words",
    "about_worker",
    "matter",
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
    let expected = Expected::Version(fields.version()?);
    let failure = match take(&door, &office, &number, expected, &fields).await {
        Ok(None) => return Ok(back()),
        Ok(Some(complaint)) => {
            let back = Back {
                href: "/visits".to_owned(),
                label: office.page.t.text("visit-title"),
                said: office.page.t.text("complaint-apart-done"),
            };
            return apart(&door, office.page.clone(), &office.net, &complaint, back).await;
        }
        Err(failure) => failure,
    };
    let failure = made_meanwhile(&door, &office.asker, &number, failure).await;
    if let Failure::Overtaken { faster, .. } = &failure {
        let said = faster.said(office.page.t);
        return overtaken(office, &failure, said, &fields);
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

/// Somebody else made the visit: its page is no more, and what was heard must not be lost with it.
fn overtaken(
    office: Office,
    failure: &Failure,
    said: String,
    fields: &Fields,
) -> Result<Response, Failure> {
    let heard = ["words", "matter"].map(|field| fields.text(field));
    let complain = office.net.root().map(|grid| grid.code.to_string());
    let template = OvertakenTemplate {
        page: office.page.clone(),
        said,
        heard: heard.into_iter().flatten().map(str::to_owned).collect(),
        complain: complain.map(|grid| format!("/g/{grid}/complaint")),
        office,
    };
    Ok((failure.status(), Html(template.render()?)).into_response())
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
        let told = visit_apart(house, asker, number, expected, form).await;
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
        matter: fields.text("matter").map(str::to_owned),
        ..StepForm::default()
    })
}
