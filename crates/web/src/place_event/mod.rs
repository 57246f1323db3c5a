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
use crate::form::Fields;
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
    kinds: Vec<(String, String)>,
    categories: Vec<(String, String)>,
}

/// One waiting event.
struct Line {
    id: Uuid,
    kind: String,
    words: String,
    place: String,
    at: String,
    source: String,
}

/// `GET /place-events`.
async fn get(State(door): State<Door>, office: Office) -> Result<Response, Failure> {
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
    layout::show(&ListTemplate {
        events: events.iter().map(|event| line(&office, event)).collect(),
        kinds: kinds
            .into_iter()
            .map(|(kind, code)| {
                (
                    kind,
                    code.map(|code| code.as_str().to_owned())
                        .unwrap_or_default(),
                )
            })
            .collect(),
        categories: categories.unwrap_or_default(),
        page: office.page.clone(),
        office,
    })
}

fn line(office: &Office, event: &PlaceEvent) -> Line {
    let grid = office.net.grid(event.grid);
    let grid = grid.map(|grid| grid.name.clone()).unwrap_or_default();
    Line {
        id: event.id,
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
    let mut mapped = Vec::new();
    for (kind, category) in pairs {
        let category: Option<CategoryCode> = match category.trim() {
            "" => None,
            code => Some(code.parse().map_err(|_| Failure::Unreadable)?),
        };
        mapped.push((kind.to_owned(), category));
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
    let category = fields.text("category").map(str::parse).transpose();
    let category: Option<CategoryCode> = category.map_err(|_| Failure::Unreadable)?;
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
