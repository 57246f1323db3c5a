//! A quick report by the steward for his own grid: one sentence, a photo, and "fixed it myself" in the same breath. What may be told
//! already is asked about as at the desk; what is the same joins the case that runs.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use rules::case::{Channel, CommandName, Refusal};
use rules::ids::Number;
use work::case::{Expected, StepForm, step};
use work::report::{Attached, ReportForm, RequestKey, Said, Where, receive, receive_same};

use crate::Door;
use crate::case::twin::{self, Twins};
use crate::case::{
    Again, Choice, Earlier, Photos, SENT, about_worker, complain, grids, joined, point,
};
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
use crate::layout::{self, Page, SWITCHES};
use crate::workbench::Office;

/// The fields, in the order in which they stand on the page.
const FIELDS: [&str; 11] = [
    "key",
    "photo",
    "text",
    "about_worker",
    "grid",
    "lon",
    "lat",
    "place_note",
    "same",
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
    /// Open cases like it, where it is asked whether it is one of them.
    twins: Twins,
    /// Tickets of photos that came with this form before and were kept meanwhile.
    kept: Vec<String>,
    /// What was received with this form before, where it says something else now.
    earlier: Option<Earlier>,
    /// Whether a point was sent that is not used.
    elsewhere: bool,
}

impl HereTemplate {
    fn value(&self, name: &str) -> &str {
        self.fields.raw(name).unwrap_or_default()
    }
}

/// `GET /report-here`.
pub async fn get(State(door): State<Door>, office: Office) -> Result<Response, Failure> {
    let (fields, again) = (Fields::default(), Again::default());
    layout::show(&form(&door, office, (fields, false), again).await?)
}

async fn form(
    door: &Door,
    mut office: Office,
    (fields, elsewhere): (Fields, bool),
    again: Again,
) -> Result<HereTemplate, Failure> {
    office.page.keeps = Some(SENT);
    Ok(HereTemplate {
        twins: twin::twins(door, &office, &fields, &again.faults).await?,
        page: office.page.clone(),
        key: again.key(door, &fields),
        grids: grids(&office, fields.raw("grid").unwrap_or_default()),
        fields,
        faults: again.faults,
        kept: again.kept,
        earlier: again.earlier,
        elsewhere,
        office,
    })
}

/// `POST /report-here`.
pub async fn post(
    State(door): State<Door>,
    mut office: Office,
    mut fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[&FIELDS[..], &["kept", twin::ASKED], &SWITCHES].concat())?;
    let elsewhere = lies_elsewhere(&door, &office, &fields);
    if elsewhere {
        fields.forget(&["lon", "lat"]);
    }
    let photos = Photos::of(&door, office.net.id, &fields).await?;
    if let Some(choice) = office.switched(&door, &fields) {
        let again = Again::switched(&door, &photos);
        let shown = layout::show(&form(&door, office, (fields, elsewhere), again).await?)?;
        return Ok(layout::switched(choice, shown));
    }
    let sent = if about_worker(&fields) == Some(true) {
        complained(&door, &office, &fields, &photos)
    } else {
        told(&door, &office, (&fields, elsewhere), &photos)
            .await
            .map(|to| Redirect::to(&to).into_response())
    };
    match sent {
        Err(failure) => {
            let again = Again::after(&door, &office, &fields, &photos, failure).await?;
            layout::show_again(&form(&door, office, (fields, elsewhere), again).await?)
        }
        sent => sent,
    }
}

/// Whether the point lies in none of the steward's own grids: a device at their border, or somebody who writes it up at home. The grid
/// that was chosen holds then: what they tell and put right here must not go to a neighbour who knows nothing of it.
fn lies_elsewhere(door: &Door, office: &Office, fields: &Fields) -> bool {
    let Some(point) = point(fields, &mut Faults::default()) else {
        return false;
    };
    let at = door.house.net().locate_governance(point.lon, point.lat);
    let own = at
        .filter(|at| at.community == office.net.id)
        .and_then(|at| office.net.grid(at.grid));
    own.is_none_or(|grid| {
        !grids(office, grid.code.as_str())
            .iter()
            .any(|one| one.chosen)
    })
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

/// Keeps it; where that leads to.
async fn told(
    door: &Door,
    office: &Office,
    (fields, elsewhere): (&Fields, bool),
    photos: &Photos,
) -> Result<String, Failure> {
    let form = read(door, office, fields, photos)?;
    let key = fields.text("key").ok_or(Failure::Unreadable)?;
    let key = RequestKey::new(key.as_bytes(), &photos.digestible(fields, &FIELDS));
    let (house, asker) = (&door.house, &office.asker);
    let fixed = fields.text("fixed").is_some();
    let done = |what: &str| format!("done={}{what}", if elsewhere { "here-" } else { "" });
    if let Some(same) = twin::chosen(door, office, fields).await? {
        if fixed {
            // whoever has that case says there what was done
            let fault = Fault::new("fixed", "fixed-joined");
            return Err(Failure::Invalid(std::iter::once(fault).collect()));
        }
        let report = receive_same(house, asker, key, form, same).await?.report;
        let is_own = report.case.0 == report.id.0;
        return match joined(door, office, &report.number).await? {
            Some(case) => Ok(format!("/tasks/{case}?done=joined")),
            None if is_own => Ok(format!("/tasks/{}?{}", report.number, done("report"))),
            // whoever has that one works where this one does not
            None => Ok("/tasks?done=joined".to_owned()),
        };
    }
    let (words, attached) = (form.words.clone(), form.attached.clone());
    let number = receive(house, asker, key, form).await?.report.number;
    if !fixed {
        return Ok(format!("/tasks/{number}?{}", done("report")));
    }
    let note = fields.text("note").map_or(words, str::to_owned);
    fix(door, office, &number, note, attached).await?;
    Ok(format!("/tasks/{number}?{}", done("fix")))
}

/// What is told.
///
/// # Errors
/// `Invalid` with everything that is wrong with it.
fn read(
    door: &Door,
    office: &Office,
    fields: &Fields,
    photos: &Photos,
) -> Result<ReportForm, Failure> {
    let mut misplaced = Faults::default();
    let text = |name| fields.text(name).unwrap_or_default();
    let place = Where::Grid {
        code: text("grid").to_owned(),
        point: point(fields, &mut misplaced),
    };
    misplaced.extend(grid_fault(office, fields));
    if fields.text("note").is_some() && fields.text("fixed").is_none() {
        // it would be kept nowhere: where they join a case, or leave it open, it belongs into what they tell
        misplaced.push(Fault::new("note", "note-unfixed"));
    }
    let said = Said {
        words: text("text"),
        place_note: text("place_note"),
        has_sound: false,
        about_worker: about_worker(fields),
        // a place that is wrong already is told once
        place: Some(&place).filter(|_| !misplaced.any()),
        category: None,
    };
    let mut faults = photos.faults.clone();
    let found = work::report::faults(&door.house.net(), &said);
    faults.extend(found.into_iter().map(Fault::from));
    faults.extend(misplaced.iter().cloned());
    faults.in_order_of(&FIELDS);
    faults.check().map_err(Failure::Invalid)?;
    Ok(ReportForm {
        words: text("text").to_owned(),
        place,
        place_note: text("place_note").to_owned(),
        category: None,
        contact: None,
        channel: Channel::Grid,
        attached: photos.attached.clone(),
        about_worker: about_worker(fields),
    })
}

/// Closes what was put right on the spot.
async fn fix(
    door: &Door,
    office: &Office,
    number: &Number,
    note: String,
    attached: Vec<Attached>,
) -> Result<(), Failure> {
    let form = StepForm {
        // nobody else told it: whoever reads the answer wrote it
        answer: Some(note.clone()),
        words: Some(note),
        attached,
        ..StepForm::default()
    };
    let (house, asker) = (&door.house, &office.asker);
    match step(house, asker, number, Expected::Any, CommandName::Fix, form).await {
        // sent twice: the first one did it
        Ok(_) | Err(work::Error::Refused(Refusal::WrongState { .. })) => Ok(()),
        Err(other) => Err(other.into()),
    }
}
