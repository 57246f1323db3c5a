//! The mediations one mediates, leads or supervises: what runs first. No count of it stands anywhere else.

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::response::Response;
use rules::access::Action;
use rules::mediation::{Mediation, StateName};

use super::words::{due, kind, state_tag};
use crate::Door;
use crate::case::{Tag, place};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::workbench::Office;
use crate::workbench::tabs::{Tab, Wanted, next, tabs};

/// Rows of a page.
const ROWS: u16 = 50;
struct Row {
    number: String,
    kind: String,
    grid: String,
    mediator: String,
    state: Tag,
    due: Option<Tag>,
}

#[derive(Template)]
#[template(path = "mediation/list.html")]
struct ListTemplate {
    page: Page,
    office: Office,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    next: Option<String>,
    may_open: bool,
}

/// `GET /mediations`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(wanted): UrlQuery<Wanted>,
    office: Office,
) -> Result<Response, Failure> {
    let part = wanted.part();
    let states = part.of(StateName::ALL, StateName::is_open);
    let found =
        work::mediation::list(&door.house, &office.asker, states, wanted.before()?, ROWS).await?;
    let mut found_rows = found.rows;
    // what is due first stands first on its page
    found_rows.sort_by_key(|one| one.next_due().map_or(i64::MAX, |due| due.unix_timestamp()));
    layout::show(&ListTemplate {
        page: office.page.clone(),
        tabs: tabs(office.page.t, "mediation", part),
        rows: found_rows.iter().map(|one| row(&office, one)).collect(),
        next: found.next.map(|last| next("mediation", part, &last)),
        may_open: office.may(Action::OpenMediation),
        office,
    })
}

fn row(office: &Office, mediation: &Mediation) -> Row {
    let t = office.page.t;
    Row {
        number: mediation.number.to_string(),
        kind: kind(t, &office.net, &mediation.kind),
        grid: place(office, mediation.grid),
        mediator: office.name(mediation.mediator),
        state: state_tag(t, &mediation.state),
        due: due(t, mediation, office.asker.now),
    }
}
