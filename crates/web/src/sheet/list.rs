//! The sheets one works on, and beginning a new one.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use rules::case::Channel;

use crate::Door;
use crate::error::Failure;
use crate::form::{Faults, Fields};
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::workbench::Office;

/// How many sheets are shown, the latest first.
const MOST: u32 = 100;

#[derive(Template)]
#[template(path = "sheet/list.html")]
struct ListTemplate {
    page: Page,
    office: Office,
    sheets: Vec<Line>,
    fields: Fields,
    faults: Faults,
}

impl ListTemplate {
    fn title(&self) -> &str {
        self.fields.raw("title").unwrap_or_default()
    }

    fn is_chosen(&self, channel: &str) -> bool {
        self.fields.text("channel").unwrap_or("desk") == channel
    }
}

/// One sheet of the list.
struct Line {
    href: String,
    title: String,
    by: String,
    changed: String,
    drafts: i64,
    sent: i64,
}

/// `GET /sheets`.
pub async fn get(State(door): State<Door>, office: Office) -> Result<Response, Failure> {
    let template = template(&door, office, Fields::default(), Faults::default()).await?;
    layout::show(&template)
}

/// `POST /sheets`: begins one.
pub async fn post(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["title", "channel"])?;
    let channel = match fields.text("channel") {
        Some("phone") => Channel::Phone,
        Some("home_visit") => Channel::HomeVisit,
        _ => Channel::Desk,
    };
    let title = fields.text("title").unwrap_or_default();
    let begun = work::sheet::begin(&door.house, &office.asker, title, channel).await;
    match begun.map_err(Failure::from) {
        Ok(sheet) => Ok(Redirect::to(&format!("/sheets/{}", sheet.id)).into_response()),
        Err(Failure::Invalid(faults)) => {
            layout::show_again(&template(&door, office, fields, faults).await?)
        }
        Err(other) => Err(other),
    }
}

async fn template(
    door: &Door,
    office: Office,
    fields: Fields,
    faults: Faults,
) -> Result<ListTemplate, Failure> {
    let reader = door.house.store.reader();
    let sheets = reader
        .sheets(&office.asker.scope, MOST)
        .await
        .map_err(work::Error::from)?;
    let line = |sheet: &store::sheet::Sheet| Line {
        href: format!("/sheets/{}", sheet.id),
        title: title(&office, sheet),
        by: office.name(sheet.made_by),
        changed: office.page.t.moment(sheet.changed_at),
        drafts: sheet.drafts,
        sent: sheet.sent,
    };
    Ok(ListTemplate {
        sheets: sheets.iter().map(line).collect(),
        page: office.page.clone(),
        office,
        fields,
        faults,
    })
}

/// What a sheet is called: its title, else the day it was begun.
pub(super) fn title(office: &Office, sheet: &store::sheet::Sheet) -> String {
    if sheet.title.is_empty() {
        let day = office.net.calendar.local(sheet.made_at).date();
        let t = office.page.t;
        t.say("sheet-of-day").with("day", t.day(day)).to_string()
    } else {
        sheet.title.clone()
    }
}
