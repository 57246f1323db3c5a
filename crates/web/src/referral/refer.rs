//! Referring a lead from a case: place, finding, penalty item in words, which photos go along.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use rules::ids::Number;
use store::case::AttachmentKind;
use store::referral::Kept;
use uuid::Uuid;
use work::case::CasePage;
use work::referral::{LeadForm, refer, referable, teams};

use crate::Door;
use crate::case::{Choice, Notice, Photos, SENT, about_worker, place};
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields, Line, lines, obstacle};
use crate::layout::{self, Page, SWITCHES};
use crate::workbench::Office;

const FIELDS: [&str; 9] = [
    "place",
    "finding",
    "item",
    "team",
    "evidence",
    "photo",
    "kept",
    "about_worker",
    "named",
];

/// The labels of the fields, for the summary.
const LABELS: [(&str, &str); 8] = [
    ("place", "referral-place"),
    ("finding", "referral-finding"),
    ("item", "referral-item"),
    ("team", "referral-team"),
    ("evidence", "referral-evidence"),
    ("photo", "referral-new-photo"),
    ("about_worker", "about-worker-ask"),
    ("named", "referral-named"),
];

#[derive(Template)]
#[template(path = "referral/refer.html")]
struct ReferTemplate {
    page: Page,
    office: Office,
    number: String,
    words: Vec<String>,
    teams: Vec<Choice>,
    photos: Vec<(Uuid, bool)>,
    /// Tickets of new photos that came with this form before and were kept meanwhile.
    kept: Vec<String>,
    fields: Fields,
    place: String,
    faults: Faults,
    notice: Option<Notice>,
}

impl ReferTemplate {
    /// The lines of the summary.
    fn told(&self) -> Vec<Line> {
        lines(self.page.t, &self.faults, &LABELS)
    }

    fn value(&self, name: &str) -> &str {
        self.fields.raw(name).unwrap_or_default()
    }
}

/// `GET /cases/{number}/refer`.
pub async fn get(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    referable(&door.house, &office.asker, &number).await?;
    let html = form(&door, office, &number, Before::default(), None).await?;
    Ok(html.into_response())
}

/// `POST /cases/{number}/refer`.
pub async fn post(
    State(door): State<Door>,
    Path(number): Path<String>,
    mut office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    fields.only(&[&FIELDS[..], &SWITCHES].concat())?;
    let photos = Photos::of(&door, office.net.id, &fields).await?;
    if let Some(choice) = office.switched(&door, &fields) {
        let before = Before {
            kept: photos.tickets(&door.house),
            faults: photos.faults.clone(),
            fields,
        };
        let html = form(&door, office, &number, before, None).await?;
        return Ok(layout::switched(choice, html.into_response()));
    }
    let lead = read(&fields, &photos)?;
    match sent(&door, &office, &number, lead, &photos).await {
        Ok(kept) => {
            let to = format!("/referrals/{}?done=refer", kept.referral.number);
            Ok(Redirect::to(&to).into_response())
        }
        Err(failure) => {
            let (status, faults, notice): (StatusCode, _, _) = obstacle(office.page.t, failure)?;
            let before = Before {
                kept: photos.tickets(&door.house),
                fields,
                faults,
            };
            let html = form(&door, office, &number, before, notice).await?;
            Ok((status, html).into_response())
        }
    }
}

/// What came with the form before, when it is shown again.
#[derive(Default)]
struct Before {
    fields: Fields,
    faults: Faults,
    kept: Vec<String>,
}

/// Refers the lead, if there is nothing wrong with its photos; all that is wrong is told together.
async fn sent(
    door: &Door,
    office: &Office,
    number: &Number,
    lead: LeadForm,
    photos: &Photos,
) -> Result<Kept, Failure> {
    let (house, asker) = (&door.house, &office.asker);
    if photos.faults.any() {
        let mut faults: Faults = photos.faults.clone();
        let more = work::referral::faults(house, asker, number, &lead).await?;
        faults.extend(more.into_iter().map(Fault::from));
        return Err(Failure::Invalid(faults));
    }
    Ok(refer(house, asker, number, lead).await?)
}

fn read(fields: &Fields, photos: &Photos) -> Result<LeadForm, Failure> {
    let text = |name: &str| fields.text(name).unwrap_or_default().to_owned();
    let evidence = fields.all("evidence").map(Uuid::try_parse);
    let evidence: Result<Vec<Uuid>, _> = evidence.collect();
    Ok(LeadForm {
        place: text("place"),
        finding: text("finding"),
        item: text("item"),
        team: fields.text("team").map(str::to_owned),
        evidence: evidence.map_err(|_| Failure::Unreadable)?,
        attached: photos.attached.clone(),
        about_worker: about_worker(fields),
        named: fields.text("named") == Some("yes"),
    })
}

async fn form(
    door: &Door,
    mut office: Office,
    number: &Number,
    before: Before,
    notice: Option<Notice>,
) -> Result<Html<String>, Failure> {
    let case = work::case::page(&door.house, &office.asker, number).await?;
    office.page.keeps = Some(SENT);
    let Before {
        fields,
        faults,
        kept,
    } = before;
    let chosen: Vec<String> = fields.all("evidence").map(str::to_owned).collect();
    let fresh = fields.raw("place").is_none();
    let photos = case
        .attachments
        .iter()
        .filter(|one| one.kind == AttachmentKind::Photo);
    let photo =
        |one: &store::case::Attachment| (one.id, fresh || chosen.contains(&one.id.to_string()));
    let template = ReferTemplate {
        page: office.page.clone(),
        number: number.to_string(),
        words: case.reports.iter().map(|one| one.words.clone()).collect(),
        teams: choices(&office, &case, fields.raw("team").unwrap_or_default()),
        photos: photos.map(photo).collect(),
        kept,
        place: fields
            .raw("place")
            .map_or_else(|| proposed(&office, &case), str::to_owned),
        fields,
        faults,
        notice,
        office,
    };
    Ok(Html(template.render()?))
}

/// Where the case lies, as the reporter told it.
fn proposed(office: &Office, case: &CasePage) -> String {
    let told = case.reports.first().map(|one| one.place_note.as_str());
    let grid = place(office, case.case.grid);
    [grid.as_str(), told.unwrap_or_default()]
        .join(" ")
        .trim()
        .to_owned()
}

fn choices(office: &Office, case: &CasePage, chosen: &str) -> Vec<Choice> {
    teams(&office.net, case.case.grid)
        .into_iter()
        .map(|team| Choice::new(&team.code, &team.name).chosen(team.code == chosen))
        .collect()
}
