//! Events at places in the office: those that wait for a decision, and which kinds become cases by themselves.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use rules::access::Action;
use rules::ids::CategoryCode;
use rules::privacy::free_text;
use store::place_event::PlaceEvent;
use uuid::Uuid;
use work::Asker;
use work::net::CommunityNet;

use crate::Door;
use crate::error::Failure;
use crate::faster::place_event as faster;
use crate::form::{Fault, Faults, Fields};
use crate::layout::{self, Page};
use crate::locale::{Clockwork, Text};
use crate::routes::{Routes, Who};
use crate::workbench::Office;

/// The most events of a page; the oldest come first, so that the rest moves up.
const MOST: u32 = 100;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let settle = Who::May(Action::SettlePlaceEvent);
    routes
        .get("/place-events", settle, get)
        .post("/place-events/kinds", settle, kinds)
        .post("/place-events/{id}/case", settle, case)
        .post("/place-events/{id}/aside", settle, aside)
}

#[derive(Template)]
#[template(path = "place_event/list.html")]
struct ListTemplate {
    page: Page,
    office: Office,
    events: Vec<Line>,
    kinds: Vec<Kind>,
    categories: Vec<(String, String)>,
    faults: Faults,
}

/// One waiting event.
struct Line {
    id: Uuid,
    /// The box of its category.
    field: String,
    /// What was typed into it.
    typed: String,
    kind: String,
    words: String,
    place: String,
    at: String,
    source: String,
}

/// A kind of events, with the category under which it becomes cases.
struct Kind {
    /// The box of its category.
    field: String,
    name: String,
    chosen: String,
}

/// What was typed and cannot be taken as it is.
#[derive(Default)]
struct Typed {
    faults: Faults,
    /// Box and text.
    texts: Vec<(String, String)>,
}

impl Typed {
    fn text(&self, field: &str) -> Option<String> {
        let mut texts = self.texts.iter();
        texts.find_map(|(of, text)| (of == field).then(|| text.clone()))
    }

    /// The category that a box means; none for an empty one. What means none is a fault of the box.
    fn category(&mut self, net: &CommunityNet, field: String, text: &str) -> Option<CategoryCode> {
        let found = net.category_named(text).cloned();
        if found.is_none() && !text.trim().is_empty() {
            self.faults.push(Fault::new(&field, "category-unknown"));
        }
        self.texts.push((field, text.to_owned()));
        found
    }
}

/// `GET /place-events`.
async fn get(State(door): State<Door>, office: Office) -> Result<Response, Failure> {
    show(&door, office, Typed::default()).await
}

async fn show(door: &Door, office: Office, typed: Typed) -> Result<Response, Failure> {
    let reader = door.house.store.reader();
    let events = reader
        .waiting_place_events(&office.asker.scope, None, MOST)
        .await;
    let events = events.map_err(work::Error::from)?;
    let kinds = reader.event_kinds(office.net.id).await;
    let kinds = kinds.map_err(work::Error::from)?;
    let catalogue = office.net.catalogue();
    let categories = catalogue.map(|all| {
        let all = all.categories.values();
        all.map(|one| (one.code.as_str().to_owned(), one.name.clone()))
            .collect()
    });
    let kind = |(name, code): (String, Option<CategoryCode>)| {
        let field = box_of_kind(&name);
        let kept = || code.map(|code| code.as_str().to_owned());
        Kind {
            chosen: typed.text(&field).or_else(kept).unwrap_or_default(),
            field,
            name,
        }
    };
    let template = ListTemplate {
        events: events
            .iter()
            .map(|event| line(&office, &typed, event))
            .collect(),
        kinds: kinds.into_iter().map(kind).collect(),
        categories: categories.unwrap_or_default(),
        faults: typed.faults,
        page: office.page.clone(),
        office,
    };
    if template.faults.any() {
        layout::show_again(&template)
    } else {
        layout::show(&template)
    }
}

fn box_of_kind(kind: &str) -> String {
    format!("kind-{kind}")
}

fn box_of_event(id: Uuid) -> String {
    format!("event-{id}")
}

fn line(office: &Office, typed: &Typed, event: &PlaceEvent) -> Line {
    let grid = office.net.grid(event.grid);
    let grid = grid.map(|grid| grid.name.clone()).unwrap_or_default();
    let field = box_of_event(event.id);
    Line {
        id: event.id,
        typed: typed.text(&field).unwrap_or_default(),
        field,
        kind: event.kind.clone(),
        words: free_text::redact(&event.words),
        place: format!("{grid} {}", free_text::redact(&event.place_note)),
        at: office.page.t.moment(event.occurred_at),
        source: event.source.clone(),
    }
}

/// `POST /place-events/kinds`.
async fn kinds(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["kind", "category"])?;
    let pairs = fields.all("kind").zip(fields.all("category"));
    let (mut mapped, mut typed) = (Vec::new(), Typed::default());
    for (kind, text) in pairs {
        let category = typed.category(&office.net, box_of_kind(kind), text);
        mapped.push((kind.to_owned(), category));
    }
    if typed.faults.any() {
        return show(&door, office, typed).await;
    }
    work::place_event::map_kinds(&door.house, &office.asker, mapped).await?;
    Ok(Redirect::to("/place-events").into_response())
}

/// `POST /place-events/{id}/case`.
async fn case(
    State(door): State<Door>,
    Path(id): Path<Uuid>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["category"])?;
    let mut typed = Typed::default();
    let text = fields.text("category").unwrap_or_default();
    let category = typed.category(&office.net, box_of_event(id), text);
    if typed.faults.any() {
        return show(&door, office, typed).await;
    }
    let opened = work::place_event::open_case(&door.house, &office.asker, id, category).await;
    let number = match opened {
        Ok(number) => number,
        Err(error) => return Err(faster(&door, whose(&office), id, error.into()).await),
    };
    Ok(Redirect::to(&format!("/cases/{number}")).into_response())
}

/// `POST /place-events/{id}/aside`.
async fn aside(
    State(door): State<Door>,
    Path(id): Path<Uuid>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[])?;
    let settled = work::place_event::set_aside(&door.house, &office.asker, id).await;
    if let Err(error) = settled {
        return Err(faster(&door, whose(&office), id, error.into()).await);
    }
    Ok(Redirect::to("/place-events").into_response())
}

fn whose(office: &Office) -> (&CommunityNet, &Asker, Text) {
    (&office.net, &office.asker, office.page.t)
}
