//! Referrals in a list: those still open first asked for, newest first. It counts leads, never people.

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::response::Response;
use rules::referral::StateName;
use store::referral::Kept;

use super::words::{due, state_tag, team};
use crate::Door;
use crate::case::{Tag, place};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::workbench::Office;
use crate::workbench::tabs::{Tab, Wanted, next, tabs};

/// Rows of a page.
const ROWS: u16 = 50;
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

/// `GET /referrals`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(wanted): UrlQuery<Wanted>,
    office: Office,
) -> Result<Response, Failure> {
    let part = wanted.part();
    let states = part.of(StateName::ALL, StateName::is_open);
    let found =
        work::referral::list(&door.house, &office.asker, states, wanted.before()?, ROWS).await?;
    layout::show(&ListTemplate {
        page: office.page.clone(),
        tabs: tabs(office.page.t, "referral", part),
        rows: found.rows.iter().map(|kept| row(&office, kept)).collect(),
        next: found.next.map(|last| next("referral", part, &last)),
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
