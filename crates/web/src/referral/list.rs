//! Referrals in a list: those still open first asked for, newest first. It counts leads, never people.

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::response::Response;
use rules::referral::StateName;
use serde::Deserialize;
use store::referral::Kept;

use super::words::{due, state_tag, team};
use crate::Door;
use crate::case::{Tag, place};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
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
    item: String,
    place: String,
    team: String,
    state: Tag,
    due: Option<Tag>,
    referred: String,
}

#[derive(Template)]
#[template(path = "referral/list.html")]
struct ListTemplate {
    page: Page,
    office: Office,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    next: Option<String>,
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

/// `GET /referrals`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(asked): UrlQuery<Asked>,
    office: Office,
) -> Result<Response, Failure> {
    let tab = asked.state.as_deref().unwrap_or("open");
    let tab = TABS.into_iter().find(|one| *one == tab).unwrap_or("open");
    let before = asked.before.as_deref().map(str::parse).transpose();
    let before = before.map_err(|_| Failure::NotFound)?;
    let found = work::referral::list(&door.house, &office.asker, states(tab), before, ROWS).await?;
    let t = office.page.t;
    let tabs = TABS.map(|name| Tab {
        name: t.text(format!("referral-tab-{name}")),
        href: format!("/referrals?state={name}"),
        current: name == tab,
    });
    layout::show(&ListTemplate {
        page: office.page.clone(),
        tabs: tabs.into(),
        rows: found.rows.iter().map(|kept| row(&office, kept)).collect(),
        next: found
            .next
            .map(|last| format!("/referrals?state={tab}&before={last}")),
        office,
    })
}

fn row(office: &Office, kept: &Kept) -> Row {
    let (t, referral) = (office.page.t, &kept.referral);
    Row {
        number: referral.number.to_string(),
        item: kept.lead.item.clone(),
        place: format!("{} {}", place(office, referral.grid), kept.lead.place),
        team: team(office, referral.team),
        state: state_tag(t, &referral.state),
        due: due(office, referral),
        referred: t.by(referral.times.referred_at),
    }
}
