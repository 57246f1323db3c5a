//! All subjects on one page, and what was changed about them, the newest first, each with a way back.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use rules::settings::{Change, Field, Group};
use serde::Deserialize;
use store::settings::KeptChange;
use work::settings as task;

use super::form::differing;
use super::words::{label, say};
use crate::Door;
use crate::case::Notice;
use crate::error::Failure;
use crate::form::{Fields, obstacle};
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::workbench::Office;

/// Changes on a page.
const CHANGES: u16 = 20;

#[derive(Template)]
#[template(path = "settings/list.html")]
struct ListTemplate {
    page: Page,
    office: Office,
    version: i64,
    groups: Vec<Subject>,
    changed: Vec<Changed>,
    next: Option<String>,
    notice: Option<Notice>,
    /// How many fast lanes lead to nobody.
    deserted: usize,
}

/// A subject with its page.
struct Subject {
    name: &'static str,
    title: String,
    lead: String,
    state: String,
}

/// A change in words.
struct Changed {
    version: i64,
    when: String,
    who: String,
    lines: Vec<String>,
}

/// The query of the page.
#[derive(Deserialize)]
pub struct Asked {
    done: Option<String>,
    before: Option<i64>,
}

/// `GET /settings`.
pub async fn get(
    State(door): State<Door>,
    Query(asked): Query<Asked>,
    office: Office,
) -> Result<Response, Failure> {
    let t = office.page.t;
    let undone = asked.done.as_deref() == Some("undone");
    let notice = undone.then(|| Notice::ok(t.text("cases-done"), t.text("settings-undone")));
    let page = template(&door, office, asked.before, notice).await?;
    layout::show(&page)
}

/// `POST /settings/undo`: what a change changed is again what it was before.
pub async fn undo(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["version", "change"])?;
    let seen = fields.version()?;
    let change = fields.text("change").and_then(|text| text.parse().ok());
    let change = change.ok_or(Failure::Unreadable)?;
    let undone = task::change(&door.house, &office.asker, seen, task::Asked::Undo(change)).await;
    let t = office.page.t;
    let notice = match undone.map_err(Failure::from) {
        Ok(laid) if laid.version == seen => {
            Notice::warn(t.text("settings-same-title"), t.text("settings-same"))
        }
        Ok(_) => return Ok(Redirect::to("/settings?done=undone").into_response()),
        Err(failure) => {
            let (status, faults, notice) = obstacle(t, failure)?;
            let said: Vec<String> = faults.iter().map(|fault| fault.say(&t)).collect();
            let notice = notice
                .unwrap_or_else(|| Notice::warn(t.text("settings-not-undone"), said.join(" ")));
            let page = template(&door, office, None, Some(notice)).await?;
            return Ok((status, layout::show(&page)?).into_response());
        }
    };
    layout::show(&template(&door, office, None, Some(notice)).await?)
}

async fn template(
    door: &Door,
    office: Office,
    before: Option<i64>,
    notice: Option<Notice>,
) -> Result<ListTemplate, Failure> {
    let laid = task::laid(&door.house, &office.asker).await?;
    let kept = task::changes(&door.house, &office.asker, before, CHANGES).await?;
    let more = kept.len() == usize::from(CHANGES);
    let next = kept.last().filter(|last| more && last.version > 1);
    Ok(ListTemplate {
        page: office.page.clone(),
        deserted: super::deserted(&office),
        version: laid.version,
        groups: Group::ALL
            .iter()
            .map(|group| subject(&office, *group, &laid.settings))
            .collect(),
        next: next.map(|last| format!("/settings?before={}#changes", last.version)),
        changed: kept.iter().map(|one| changed(&office, one)).collect(),
        notice,
        office,
    })
}

fn subject(office: &Office, group: Group, settings: &rules::settings::Settings) -> Subject {
    let t = office.page.t;
    let state = match differing(group, settings) {
        0 => t.text("settings-usual"),
        n => t.say("settings-differing").with("n", n).to_string(),
    };
    Subject {
        name: group.as_str(),
        title: t.text(format!("settings-group-{group}")),
        lead: t.text(format!("settings-group-{group}-lead")),
        state,
    }
}

fn changed(office: &Office, kept: &KeptChange) -> Changed {
    let t = office.page.t;
    let line = |change: &Change| match Field::named(&change.field) {
        Some(field) => t
            .say("settings-changed")
            .with("name", label(t, field))
            .with("was", say(office, field, &change.was))
            .with("now", say(office, field, &change.now))
            .to_string(),
        // a setting that this version has no more
        None => change.field.clone(),
    };
    Changed {
        version: kept.version,
        when: t.moment(kept.at),
        who: office.name(kept.by),
        lines: kept.changes.iter().map(line).collect(),
    }
}
