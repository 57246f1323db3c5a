//! Opening a mediation, from a case or by itself: what kind, where, the matter, how to reach the parties, who mediates.

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use rules::access::Action;
use rules::ids::{CategoryCode, GridId, Number};
use rules::mediation::{PARTIES_MAX, suggested};
use rules::privacy::free_text::redact;
use rules::privacy::{Pii, mask, needs_contact};
use serde::Deserialize;
use store::report::Report;
use work::case::CasePage;
use work::mediation::{OpenForm, PartyForm, mediates, open, opens};
use work::net::CommunityNet;
use work::report::{RequestKey, masked};

use super::acts::people;
use super::words::{kind, party};
use crate::Door;
use crate::case::{Choice, Group, Notice, Photos, about_worker, complain, one_time_key};
use crate::error::Failure;
use crate::form::{Faults, Fields, Line, lines, obstacle, sent_before};
use crate::layout::{self, Page, SWITCHES};
use crate::workbench::Office;

const FIELDS: [&str; 12] = [
    "key",
    "case",
    "kind",
    "grid",
    "place",
    "matter",
    "people",
    "mediator",
    "name",
    "phone",
    "reporter",
    "about_worker",
];

/// The labels of the fields, for the summary.
const LABELS: [(&str, &str); 8] = [
    ("kind", "mediation-kind"),
    ("grid", "cases-grid"),
    ("place", "mediation-place"),
    ("matter", "mediation-matter"),
    ("parties", "mediation-parties"),
    ("people", "mediation-people"),
    ("mediator", "mediation-mediator"),
    ("about_worker", "about-worker-ask"),
];

#[derive(Template)]
#[template(path = "mediation/new.html")]
struct NewTemplate {
    page: Page,
    office: Office,
    key: String,
    case: String,
    kinds: Vec<Choice>,
    grids: Vec<Choice>,
    mediators: Vec<Group>,
    parties: Vec<Row>,
    /// How the reporter's contact stands under its mask, where it can be taken over.
    reporter: Option<String>,
    fields: Fields,
    faults: Faults,
    notice: Option<Notice>,
}

/// A row for one party.
struct Row {
    n: usize,
    label: String,
    name: String,
    phone: String,
}

impl NewTemplate {
    /// Whether the reporter's contact is taken over: at first, and as long as nobody says otherwise.
    fn takes_reporter(&self) -> bool {
        self.fields.raw("people").is_none() || !self.value("reporter").is_empty()
    }

    /// The lines of the summary.
    fn told(&self) -> Vec<Line> {
        lines(self.page.t, &self.faults, &LABELS)
    }

    fn value(&self, name: &str) -> &str {
        self.fields.raw(name).unwrap_or_default()
    }
}

/// The query of the page.
#[derive(Deserialize)]
pub struct From {
    /// The case it comes from.
    case: Option<String>,
}

/// `GET /mediations/new`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(from): UrlQuery<From>,
    office: Office,
) -> Result<Response, Failure> {
    let (mut grid, mut of_case) = (String::new(), None);
    let mut fields = Fields::default();
    let mut reporter = None;
    if let Some(number) = &from.case {
        let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
        let case = work::case::page(&door.house, &office.asker, &number).await?;
        let at = case.net.grid(case.case.grid);
        grid = at
            .map(|grid| grid.code.as_str().to_owned())
            .unwrap_or_default();
        of_case = Some(case.case.grid);
        fields = told(&case);
        reporter = reporter_of(&door, &office, &case).await?;
    }
    let key = one_time_key(&door);
    let case = (from.case.unwrap_or_default(), of_case);
    let faults = Faults::default();
    let mut page = form(office, key, case, &grid, fields, faults, None);
    page.reporter = reporter;
    layout::show(&page)
}

/// The masked contact of a case's reporter, for whoever might open it: it is taken over under its seal.
async fn reporter_of(
    door: &Door,
    office: &Office,
    case: &CasePage,
) -> Result<Option<String>, Failure> {
    let first = case.reports.first();
    let open = needs_contact(&case.case, &office.asker.actor);
    let Some(report) = first.filter(|_| open) else {
        return Ok(None);
    };
    let community = office.net.id;
    let kept = door.house.store.reader().contact(community, report.id);
    let kept = kept.await.map_err(work::Error::from)?;
    let Some(sealed) = kept.filter(|kept| kept.name.is_some() || kept.phone.is_some()) else {
        return Ok(None);
    };
    let masked = masked(&door.house, community, report.id, sealed).await?;
    Ok(Some(mask::line(
        masked.name.as_deref(),
        masked.phone.as_deref(),
    )))
}

/// The kind that a category and words suggest; empty where they suggest none.
fn kind_of(net: &CommunityNet, category: Option<&CategoryCode>, words: &str) -> String {
    let named = || net.catalogue()?.category(category?);
    let name = named().map_or("", |one| one.name.as_str());
    let settings = &net.settings.mediation;
    suggested(settings, &[name, words])
        .unwrap_or_default()
        .to_owned()
}

/// What a case says of the matter and the place, as the form begins with it; personal numbers starred out.
fn told(case: &CasePage) -> Fields {
    let words = |of: fn(&Report) -> &String| {
        let first = case.reports.first();
        first.map(|one| redact(of(one))).unwrap_or_default()
    };
    let (matter, place) = (words(|one| &one.words), words(|one| &one.place_note));
    let kind = kind_of(&case.net, case.case.category.as_ref(), &matter);
    Fields::of([
        ("matter", matter.as_str()),
        ("place", place.as_str()),
        ("kind", kind.as_str()),
    ])
}

/// Goes on with a mediation where somebody was about to enter a case for a caller: what was typed stands in the form, who
/// called is the first side, and no case was made.
///
/// # Errors
/// `Forbidden` for who may not open one.
pub(crate) fn instead_of_case(office: Office, typed: &Fields) -> Result<Response, Failure> {
    if !office.may(Action::OpenMediation) {
        return Err(Failure::Forbidden);
    }
    let key = typed.text("key").ok_or(Failure::Unreadable)?.to_owned();
    let text = |name| typed.raw(name).unwrap_or_default();
    let category = text("category").parse().ok();
    let kind = kind_of(&office.net, category.as_ref(), text("text"));
    let fields = Fields::of([
        ("kind", kind.as_str()),
        ("matter", text("text")),
        ("place", text("place_note")),
        ("name", text("name")),
        ("phone", text("phone")),
    ]);
    let (grid, faults) = (text("grid").to_owned(), Faults::default());
    layout::show(&form(
        office,
        key,
        (String::new(), None),
        &grid,
        fields,
        faults,
        None,
    ))
}

/// `POST /mediations/new`.
pub async fn post(
    State(door): State<Door>,
    mut office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[&FIELDS[..], &SWITCHES].concat())?;
    let mut key = fields.text("key").ok_or(Failure::Unreadable)?.to_owned();
    if let Some(choice) = office.switched(&door, &fields) {
        let shown = again(&door, office, key, fields, Faults::default(), None).await?;
        return Ok(layout::switched(choice, shown));
    }
    let request = RequestKey::new(key.as_bytes(), &fields.digestible(&FIELDS));
    let code = fields.text("grid").unwrap_or_default();
    if about_worker(&fields) == Some(true) && office.net.grid_by_code(code).is_some() {
        return complaint(&door, &office, code, &fields).await;
    }
    let opened = match read(&fields) {
        Ok(form) => open(&door.house, &office.asker, request, form)
            .await
            .map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    match opened {
        Ok(mediation) => {
            let to = format!("/mediations/{}/receipt", mediation.number);
            Ok(Redirect::to(&to).into_response())
        }
        Err(failure) => {
            let failure = match failure {
                Failure::KeyReused => {
                    let of_form = ("mediation", false);
                    let faults = sent_before(&door, office.net.id, &key, of_form).await?;
                    key = one_time_key(&door);
                    Failure::Invalid(faults)
                }
                other => other,
            };
            let (status, faults, notice) = obstacle(office.page.t, failure)?;
            let mut response = again(&door, office, key, fields, faults, notice).await?;
            *response.status_mut() = status;
            Ok(response)
        }
    }
}

/// The matter is about somebody who works here: the form of complaints goes on with what was typed. How to reach the parties stays
/// out of it: nobody knows which of them would complain.
async fn complaint(
    door: &Door,
    office: &Office,
    grid: &str,
    fields: &Fields,
) -> Result<Response, Failure> {
    let text = |name| fields.text(name).unwrap_or_default();
    let told = Fields::of([
        ("key", text("key")),
        ("text", text("matter")),
        ("place_note", text("place")),
    ]);
    let none = Photos::of(door, office.net.id, &told).await?;
    complain(door, office, grid, &told, &none)
}

/// The form with what was typed into it, and the contact of the reporter where it comes from a case.
async fn again(
    door: &Door,
    office: Office,
    key: String,
    fields: Fields,
    faults: Faults,
    notice: Option<Notice>,
) -> Result<Response, Failure> {
    let text = |name| fields.text(name).unwrap_or_default().to_owned();
    let (case, grid) = (text("case"), text("grid"));
    let (reporter, of_case) = match case.parse() {
        Ok(number) => {
            let from = work::case::page(&door.house, &office.asker, &number).await?;
            let reporter = reporter_of(door, &office, &from).await?;
            (reporter, Some(from.case.grid))
        }
        Err(_) => (None, None),
    };
    let case = (case, of_case);
    let mut page = form(office, key, case, &grid, fields, faults, notice);
    page.reporter = reporter;
    layout::show(&page)
}

fn read(fields: &Fields) -> Result<OpenForm, Failure> {
    let text = |name: &str| fields.text(name).unwrap_or_default().to_owned();
    let case = fields.text("case").map(str::parse).transpose();
    let people = fields.text("people").map(str::parse::<u16>).transpose();
    let people = people.map_err(|_| {
        let fault = crate::form::Fault::new("people", "people-outside");
        Failure::Invalid([fault].into_iter().collect())
    })?;
    let told = |text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| Pii::new(text.to_owned()))
    };
    let reporter = fields.text("reporter") == Some("yes");
    let pairs = fields.all("name").zip(fields.all("phone"));
    let parties = pairs.map(|(name, phone)| PartyForm {
        name: told(name),
        phone: told(phone),
    });
    Ok(OpenForm {
        kind: text("kind"),
        grid: fields.text("grid").map(str::to_owned),
        case: case.map_err(|_| Failure::NotFound)?,
        mediator: fields.text("mediator").map(str::to_owned),
        place: text("place"),
        matter: text("matter"),
        people,
        parties: parties
            .enumerate()
            .filter(|(n, party)| {
                let is_reporter = reporter && *n == 0;
                is_reporter || party.name.is_some() || party.phone.is_some()
            })
            .map(|(_, party)| party)
            .collect(),
        reporter,
        about_worker: about_worker(fields),
    })
}

/// Where the asker may open one: in the grids of their line, and where the case is.
fn grids(office: &Office, of_case: Option<GridId>, chosen: &str) -> Vec<Choice> {
    let fits = |choice: &Choice| {
        let grid = office.net.grid_by_code(&choice.value).map(|grid| grid.id);
        let there = |grid| of_case == Some(grid) || opens(&office.net, &office.asker.actor, grid);
        grid.is_some_and(there)
    };
    let mut grids = crate::case::grids(office, chosen);
    grids.retain(fits);
    grids
}

/// While no grid is chosen, only who may mediate in one that can be; nearly nobody chooses the whole place, which is on every line.
fn keep_near(net: &CommunityNet, grids: &[Choice], mediators: &mut Vec<Group>) {
    let grids = grids.iter().filter_map(|one| net.grid_by_code(&one.value));
    let root = net.root().map(|root| root.id);
    let grids: Vec<GridId> = grids.map(|grid| grid.id).collect();
    let below = grids.iter().filter(|grid| Some(**grid) != root);
    let below: Vec<GridId> = below.copied().collect();
    let grids = if below.is_empty() { grids } else { below };
    let near = |choice: &Choice| {
        let member = net.member_by_code(&choice.value);
        member.is_some_and(|member| grids.iter().any(|grid| mediates(net, member.id, *grid)))
    };
    for group in mediators.iter_mut() {
        group.choices.retain(near);
    }
    mediators.retain(|group| !group.choices.is_empty());
}

fn form(
    mut office: Office,
    key: String,
    (case, of_case): (String, Option<GridId>),
    grid: &str,
    fields: Fields,
    faults: Faults,
    notice: Option<Notice>,
) -> NewTemplate {
    office.page.keeps = Some("mediation");
    let t = office.page.t;
    let chosen = |name: &str| fields.raw(name).unwrap_or_default().to_owned();
    let kinds = office.net.settings.mediation.kinds.iter().map(|one| {
        let label = kind(t, &office.net, &one.code);
        Choice::new(&one.code, label).chosen(one.code == chosen("kind"))
    });
    let grids = grids(&office, of_case, grid);
    let chosen_grid = grids.iter().find(|one| one.chosen);
    let at = chosen_grid.and_then(|one| office.net.grid_by_code(&one.value));
    let at = at.map(|grid| grid.id);
    let mut mediators = people(&office, at);
    if at.is_none() {
        keep_near(&office.net, &grids, &mut mediators);
    }
    for choice in mediators.iter_mut().flat_map(|group| &mut group.choices) {
        choice.chosen = choice.value == chosen("mediator");
    }
    let (names, phones): (Vec<&str>, Vec<&str>) =
        (fields.all("name").collect(), fields.all("phone").collect());
    let typed = |all: &[&str], n: usize| all.get(n).copied().unwrap_or_default().to_owned();
    let rows = (0..PARTIES_MAX).map(|n| Row {
        n: n + 1,
        label: party(t, u8::try_from(n).unwrap_or(u8::MAX)),
        name: typed(&names, n),
        phone: typed(&phones, n),
    });
    NewTemplate {
        page: office.page.clone(),
        kinds: kinds.collect(),
        grids,
        mediators,
        parties: rows.collect(),
        reporter: None,
        key,
        case,
        fields,
        faults,
        notice,
        office,
    }
}
