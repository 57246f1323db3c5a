//! The mediations one mediates, leads or supervises: what runs first. No count of it stands anywhere else.

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::response::Response;
use rules::access::Action;
use rules::mediation::{Mediation, StateName};
use serde::Deserialize;

use super::words::{due, kind, state_tag};
use crate::Door;
use crate::case::{Tag, place};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::workbench::Office;

/// Rows of a page.
const ROWS: u16 = 50;
/// The tabs.
const TABS: [&str; 3] = ["open", "over", "all"];

/// The query of the page.
#[derive(Deserialize)]
pub struct Asked {
    state: Option<String>,
    before: Option<String>,
}

struct Tab {
    name: String,
    href: String,
    current: bool,
}

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

/// The states behind a tab.
pub(crate) fn states(tab: &str) -> Vec<StateName> {
    let all = StateName::ALL.iter().copied();
    match tab {
        "open" => all.filter(|state| state.is_open()).collect(),
        "over" => all.filter(|state| !state.is_open()).collect(),
        _ => Vec::new(),
    }
}

/// `GET /mediations`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(asked): UrlQuery<Asked>,
    office: Office,
) -> Result<Response, Failure> {
    let tab = asked.state.as_deref().unwrap_or("open");
    let tab = TABS.into_iter().find(|one| *one == tab).unwrap_or("open");
    let before = asked.before.as_deref().map(str::parse).transpose();
    let before = before.map_err(|_| Failure::NotFound)?;
    let found =
        work::mediation::list(&door.house, &office.asker, states(tab), before, ROWS).await?;
    let mut found_rows = found.rows;
    // what is due first stands first on its page
    found_rows.sort_by_key(|one| one.next_due().map_or(i64::MAX, |due| due.unix_timestamp()));
    let t = office.page.t;
    let tabs = TABS.map(|name| Tab {
        name: t.text(format!("mediation-tab-{name}")),
        href: format!("/mediations?state={name}"),
        current: name == tab,
    });
    layout::show(&ListTemplate {
        page: office.page.clone(),
        tabs: tabs.into(),
        rows: found_rows.iter().map(|one| row(&office, one)).collect(),
        next: found
            .next
            .map(|last| format!("/mediations?state={tab}&before={last}")),
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
