//! A quick report by the steward for his own grid: one sentence, a photo, and "fixed it myself" in the same breath.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use rules::case::{Channel, CommandName, Refusal};
use rules::ids::Number;
use work::case::{Expected, StepForm, step};
use work::report::{ReportForm, RequestKey, Where, receive};

use crate::Door;
use crate::case::{Choice, about_worker, complain, grids, kept_photos, one_time_key};
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
use crate::layout::{self, Page};
use crate::workbench::Office;

const FIELDS: [&str; 6] = ["key", "text", "grid", "fixed", "note", "about_worker"];

#[derive(Template)]
#[template(path = "task/here.html")]
struct HereTemplate {
    page: Page,
    office: Office,
    key: String,
    fields: Fields,
    faults: Faults,
    grids: Vec<Choice>,
}

impl HereTemplate {
    fn value(&self, name: &str) -> &str {
        self.fields.raw(name).unwrap_or_default()
    }
}

/// `GET /report-here`.
pub async fn get(State(door): State<Door>, office: Office) -> Result<Response, Failure> {
    layout::show(&form(&door, office, Fields::default(), Faults::default()))
}

fn form(door: &Door, office: Office, fields: Fields, faults: Faults) -> HereTemplate {
    HereTemplate {
        page: office.page.clone(),
        key: fields
            .text("key")
            .map_or_else(|| one_time_key(door), str::to_owned),
        grids: own_grids(&office, fields.raw("grid").unwrap_or_default()),
        fields,
        faults,
        office,
    }
}

fn own_grids(office: &Office, chosen: &str) -> Vec<Choice> {
    grids(office, chosen)
}

/// `POST /report-here`.
pub async fn post(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[&FIELDS[..], &["photo"]].concat())?;
    if about_worker(&fields) == Some(true)
        && let Some(grid) = fields.text("grid")
    {
        return complain(&door, &office, grid, &fields).await;
    }
    match told(&door, &office, &fields).await {
        Ok((number, done)) => {
            Ok(Redirect::to(&format!("/tasks/{number}?done={done}")).into_response())
        }
        Err(Failure::Invalid(faults)) => layout::show_again(&form(&door, office, fields, faults)),
        Err(other) => Err(other),
    }
}

async fn told(
    door: &Door,
    office: &Office,
    fields: &Fields,
) -> Result<(Number, &'static str), Failure> {
    let wrong = |field, code| Failure::Invalid([Fault::new(field, code)].into_iter().collect());
    let grid = fields
        .text("grid")
        .ok_or_else(|| wrong("grid", "grid-missing"))?;
    if !own_grids(office, grid).iter().any(|choice| choice.chosen) {
        return Err(wrong("grid", "grid-unknown"));
    }
    let fixed = fields.text("fixed").is_some();
    let key = fields.text("key").ok_or(Failure::Unreadable)?;
    let key = RequestKey::new(key.as_bytes(), &fields.digestible(&FIELDS));
    let attached = kept_photos(door, office.net.id, fields).await?;
    let words = fields.text("text").unwrap_or_default().to_owned();
    let form = ReportForm {
        words: words.clone(),
        place: Where::Grid {
            code: grid.to_owned(),
            point: None,
        },
        place_note: String::new(),
        category: None,
        contact: None,
        channel: Channel::Grid,
        attached: attached.clone(),
        about_worker: about_worker(fields),
    };
    let number = receive(&door.house, &office.asker, key, form)
        .await?
        .report
        .number;
    if !fixed {
        return Ok((number, "report"));
    }
    let note = fields.text("note").map_or(words, str::to_owned);
    let form = StepForm {
        words: Some(note),
        attached,
        ..StepForm::default()
    };
    match step(
        &door.house,
        &office.asker,
        &number,
        Expected::Any,
        CommandName::Fix,
        form,
    )
    .await
    {
        // sent twice: the first one did it
        Ok(_) | Err(work::Error::Refused(Refusal::WrongState { .. })) => Ok((number, "fix")),
        Err(other) => Err(other.into()),
    }
}
