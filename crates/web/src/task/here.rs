//! A quick report by the steward for his own grid: one sentence, a photo, and "fixed it myself" in the same breath.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use rules::case::{Channel, CommandName, Refusal};
use rules::ids::Number;
use work::case::{Expected, StepForm, step};
use work::report::{ReportForm, RequestKey, Said, Where, receive};

use crate::Door;
use crate::case::{Again, Choice, Earlier, Photos, SENT, about_worker, complain, grids};
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
use crate::layout::{self, Page, SWITCHES};
use crate::workbench::Office;

/// The fields, in the order in which they stand on the page.
const FIELDS: [&str; 7] = [
    "key",
    "photo",
    "text",
    "about_worker",
    "grid",
    "fixed",
    "note",
];

#[derive(Template)]
#[template(path = "task/here.html")]
struct HereTemplate {
    page: Page,
    office: Office,
    key: String,
    fields: Fields,
    faults: Faults,
    grids: Vec<Choice>,
    /// Tickets of photos that came with this form before and were kept meanwhile.
    kept: Vec<String>,
    /// What was received with this form before, where it says something else now.
    earlier: Option<Earlier>,
}

impl HereTemplate {
    fn value(&self, name: &str) -> &str {
        self.fields.raw(name).unwrap_or_default()
    }
}

/// `GET /report-here`.
pub async fn get(State(door): State<Door>, office: Office) -> Result<Response, Failure> {
    let (fields, again) = (Fields::default(), Again::default());
    layout::show(&form(&door, office, fields, again))
}

fn form(door: &Door, mut office: Office, fields: Fields, again: Again) -> HereTemplate {
    office.page.keeps = Some(SENT);
    HereTemplate {
        page: office.page.clone(),
        key: again.key(door, &fields),
        grids: grids(&office, fields.raw("grid").unwrap_or_default()),
        fields,
        faults: again.faults,
        kept: again.kept,
        earlier: again.earlier,
        office,
    }
}

/// `POST /report-here`.
pub async fn post(
    State(door): State<Door>,
    mut office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[&FIELDS[..], &["kept"], &SWITCHES].concat())?;
    let photos = Photos::of(&door, office.net.id, &fields).await?;
    if let Some(choice) = office.switched(&door, &fields) {
        let again = Again::switched(&door, &photos);
        let shown = layout::show(&form(&door, office, fields, again))?;
        return Ok(layout::switched(choice, shown));
    }
    let sent = if about_worker(&fields) == Some(true) {
        complained(&door, &office, &fields, &photos)
    } else {
        told(&door, &office, &fields, &photos)
            .await
            .map(|(number, done)| {
                Redirect::to(&format!("/tasks/{number}?done={done}")).into_response()
            })
    };
    match sent {
        Err(failure) => {
            let again = Again::after(&door, &office, &fields, &photos, failure).await?;
            layout::show_again(&form(&door, office, fields, again))
        }
        sent => sent,
    }
}

/// It is about somebody who works here: the form of complaints goes on under the grid's door.
fn complained(
    door: &Door,
    office: &Office,
    fields: &Fields,
    photos: &Photos,
) -> Result<Response, Failure> {
    let mut faults = photos.faults.clone();
    faults.extend(grid_fault(office, fields));
    faults.check().map_err(Failure::Invalid)?;
    let grid = fields.text("grid").unwrap_or_default();
    complain(door, office, grid, fields, photos)
}

/// What is wrong with the grid.
fn grid_fault(office: &Office, fields: &Fields) -> Option<Fault> {
    let Some(grid) = fields.text("grid") else {
        return Some(Fault::new("grid", "grid-missing"));
    };
    let ours = grids(office, grid).iter().any(|choice| choice.chosen);
    (!ours).then(|| Fault::new("grid", "grid-unknown"))
}

async fn told(
    door: &Door,
    office: &Office,
    fields: &Fields,
    photos: &Photos,
) -> Result<(Number, &'static str), Failure> {
    let words = fields.text("text").unwrap_or_default().to_owned();
    let unknown = grid_fault(office, fields);
    let place = Where::Grid {
        code: fields.text("grid").unwrap_or_default().to_owned(),
        point: None,
    };
    let said = Said {
        words: &words,
        place_note: "",
        has_sound: false,
        about_worker: about_worker(fields),
        // a grid that is wrong is told once
        place: Some(&place).filter(|_| unknown.is_none()),
        category: None,
    };
    let mut faults = photos.faults.clone();
    let found = work::report::faults(&door.house.net(), &said);
    faults.extend(found.into_iter().map(Fault::from));
    faults.extend(unknown);
    faults.in_order_of(&FIELDS);
    faults.check().map_err(Failure::Invalid)?;
    let fixed = fields.text("fixed").is_some();
    let key = fields.text("key").ok_or(Failure::Unreadable)?;
    let key = RequestKey::new(key.as_bytes(), &photos.digestible(fields, &FIELDS));
    let attached = photos.attached.clone();
    let form = ReportForm {
        words: words.clone(),
        place,
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
        // nobody else told it: whoever reads the answer wrote it
        answer: Some(note.clone()),
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
