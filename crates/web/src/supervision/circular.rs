//! Circulars 通报: the published ones for everybody who works here, and writing one. The form offers departments and grids
//! with several people; micro-grids are not on it, because each is one person.

use askama::Template;
use axum::extract::{Path, Query as UrlQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use rules::access::Action;
use rules::grid::Level;
use rules::ids::CircularId;
use rules::supervision::Spoken;
use serde::Deserialize;
use store::supervision::PublishedCircular;
use work::report::RequestKey;
use work::supervision::{CircularForm, circulars, circulate};

use crate::Door;
use crate::case::{Choice, one_time_key};
use crate::error::Failure;
use crate::form::{Faults, Fields, sent_before};
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::workbench::Office;

/// Every field of the form.
const FIELDS: [&str; 5] = ["key", "title", "words", "grids", "departments"];
/// Circulars on a page.
const SHOWN: u16 = 20;

#[derive(Template)]
#[template(path = "supervision/circulars.html")]
struct List {
    page: Page,
    office: Office,
    shown: Vec<Shown>,
    next: Option<String>,
    may_write: bool,
}

struct Shown {
    id: String,
    title: String,
    words: String,
    when: String,
    units: Vec<String>,
}

#[derive(Template)]
#[template(path = "supervision/circular.html")]
struct Write {
    page: Page,
    office: Office,
    key: String,
    grids: Vec<Choice>,
    departments: Vec<Choice>,
    title: String,
    words: String,
    faults: Faults,
}

/// The query of the page.
#[derive(Deserialize)]
pub struct Asked {
    after: Option<String>,
}

/// `GET /circulars`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(asked): UrlQuery<Asked>,
    office: Office,
) -> Result<Response, Failure> {
    let after = asked.after.as_deref().map(str::parse).transpose();
    let after = after.map_err(|_| Failure::NotFound)?;
    let found = circulars(&door.house, &office.asker, after, SHOWN).await?;
    layout::show(&List {
        page: office.page.clone(),
        shown: found
            .rows
            .into_iter()
            .map(|one| shown(&office, one))
            .collect(),
        next: found.next.map(|next| format!("/circulars?after={next}")),
        may_write: office.may(Action::Circulate),
        office,
    })
}

fn shown(office: &Office, one: PublishedCircular) -> Shown {
    let name = |unit: &Spoken| match unit {
        Spoken::Grid(id) => office.net.grid(*id).map(|grid| grid.name.clone()),
        Spoken::Department(id) => office.net.department(*id).map(|one| one.name.clone()),
    };
    Shown {
        id: one.id.to_string(),
        title: one.title,
        words: one.words,
        when: office.page.t.moment(one.at),
        units: one.units.iter().filter_map(name).collect(),
    }
}

/// `GET /circulars/new`.
pub async fn form(State(door): State<Door>, office: Office) -> Result<Response, Failure> {
    let (fields, faults) = (Fields::default(), Faults::default());
    layout::show(&write(&door, office, &fields, faults))
}

/// `POST /circulars/new`.
pub async fn post(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&FIELDS)?;
    let form = read(&fields);
    match circulate(&door.house, &office.asker, &form)
        .await
        .map_err(Failure::from)
    {
        Ok(_) => Ok(Redirect::to("/circulars").into_response()),
        Err(Failure::Invalid(faults)) => layout::show_again(&write(&door, office, &fields, faults)),
        Err(Failure::KeyReused) => {
            let key = fields.text("key").unwrap_or_default();
            let faults = sent_before(&door, office.net.id, key, ("circular", false));
            let faults = faults.await?;
            let page = write(&door, office, &fields, faults);
            layout::show_again(&Write {
                key: one_time_key(&door),
                ..page
            })
        }
        Err(other) => Err(other),
    }
}

/// `POST /circulars/{id}/withdraw`.
pub async fn withdraw(
    State(door): State<Door>,
    Path(id): Path<String>,
    office: Office,
) -> Result<Redirect, Failure> {
    let id: CircularId = id.parse().map_err(|_| Failure::NotFound)?;
    work::supervision::withdraw(&door.house, &office.asker, id).await?;
    Ok(Redirect::to("/circulars"))
}

fn read(fields: &Fields) -> CircularForm {
    let all = |name: &'static str| fields.all(name).map(str::to_owned).collect::<Vec<_>>();
    let same = fields.digestible(&FIELDS);
    CircularForm {
        key: fields
            .text("key")
            .map(|key| RequestKey::new(key.as_bytes(), &same)),
        title: fields.raw("title").unwrap_or_default().to_owned(),
        words: fields.raw("words").unwrap_or_default().to_owned(),
        grids: all("grids"),
        departments: all("departments"),
    }
}

fn write(door: &Door, office: Office, fields: &Fields, faults: Faults) -> Write {
    let chosen = |name: &'static str, code: &str| fields.all(name).any(|one| one == code);
    let net = &office.net;
    let grids = net
        .grids()
        .filter(|grid| grid.scheme.is_governance() && grid.level != Level::Micro)
        .map(|grid| {
            let code = grid.code.as_str();
            Choice::new(code, grid.name.as_str()).chosen(chosen("grids", code))
        });
    let departments = net.departments().map(|one| {
        Choice::new(one.code.as_str(), one.name.as_str()).chosen(chosen("departments", &one.code))
    });
    let text = |name: &str| fields.raw(name).unwrap_or_default().to_owned();
    Write {
        page: office.page.clone(),
        key: fields
            .text("key")
            .map_or_else(|| one_time_key(door), str::to_owned),
        grids: grids.collect(),
        departments: departments.collect(),
        title: text("title"),
        words: text("words"),
        faults,
        office,
    }
}
