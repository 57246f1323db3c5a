//! The settings of one subject on one page. What is wrong is said at its field, with everything typed still there.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use rules::settings::{Field, Group, Settings, Wish};
use serde::Deserialize;
use work::settings as task;

use super::blanks::{Asked, Blank, Filled, What, ask, names};
use super::read::value;
use crate::Door;
use crate::case::Notice;
use crate::error::Failure;
use crate::form::{Faults, Fields};
use crate::layout::{self, Page};
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "settings/group.html")]
struct GroupTemplate {
    page: Page,
    office: Office,
    title: String,
    lead: String,
    when: String,
    version: i64,
    asked: Vec<Asked>,
    faults: Faults,
    notice: Option<Notice>,
    stale: bool,
}

/// What was just done.
#[derive(Deserialize)]
pub struct After {
    done: Option<String>,
}

/// `GET /settings/{group}`.
pub async fn get(
    State(door): State<Door>,
    Path(group): Path<String>,
    Query(after): Query<After>,
    office: Office,
) -> Result<Response, Failure> {
    let group: Group = group.parse().map_err(|_| Failure::NotFound)?;
    let laid = task::laid(&door.house, &office.asker).await?;
    let filled = Filled::kept(Field::of(group), &laid.settings);
    let mut page = template(office, group, laid.version, &filled);
    if after.done.as_deref() == Some("kept") {
        let t = page.page.t;
        page.notice = Some(Notice::ok(t.text("cases-done"), t.text("settings-kept")));
    }
    layout::show(&page)
}

/// `POST /settings/{group}`.
pub async fn post(
    State(door): State<Door>,
    Path(group): Path<String>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    let group: Group = group.parse().map_err(|_| Failure::NotFound)?;
    let known: Vec<String> = Field::of(group).flat_map(names).collect();
    let known = known.iter().map(String::as_str).chain(["version"]);
    fields.only(&known.collect::<Vec<_>>())?;
    let seen = fields.version()?;
    let kept = match wish(group, &fields) {
        Ok(wish) => task::change(&door.house, &office.asker, seen, task::Asked::Wish(wish))
            .await
            .map_err(Failure::from),
        Err(faults) => Err(Failure::Invalid(faults)),
    };
    let page = || template(office, group, seen, &Filled::Typed(&fields));
    match kept {
        Ok(_) => Ok(Redirect::to(&format!("/settings/{group}?done=kept")).into_response()),
        Err(Failure::Invalid(faults)) => layout::show_again(&GroupTemplate { faults, ..page() }),
        Err(Failure::Stale { is, .. }) => {
            let again = GroupTemplate {
                stale: true,
                version: is,
                ..page()
            };
            let mut shown = layout::show(&again)?;
            *shown.status_mut() = StatusCode::PRECONDITION_FAILED;
            Ok(shown)
        }
        Err(other) => Err(other),
    }
}

/// Reads every setting of the page; says every fault.
fn wish(group: Group, fields: &Fields) -> Result<Wish, Faults> {
    let (mut values, mut faults) = (Vec::new(), Faults::default());
    for field in Field::of(group) {
        match value(field, fields) {
            Ok(value) => values.push((field, value)),
            Err(fault) => faults.push(fault),
        }
    }
    faults.check().map(|()| Wish::Values(values))
}

fn template(office: Office, group: Group, version: i64, filled: &Filled<'_>) -> GroupTemplate {
    let t = office.page.t;
    GroupTemplate {
        title: t.text(format!("settings-group-{group}")),
        lead: t.text(format!("settings-group-{group}-lead")),
        when: t.text(format!("settings-group-{group}-when")),
        version,
        asked: Field::of(group)
            .map(|field| ask(&office, field, filled))
            .collect(),
        faults: Faults::default(),
        notice: None,
        stale: false,
        page: office.page.clone(),
        office,
    }
}

/// How many settings of a group differ from the defaults.
pub(super) fn differing(group: Group, settings: &Settings) -> usize {
    let usual = Settings::default();
    Field::of(group)
        .filter(|field| field.value(settings) != field.value(&usual))
        .count()
}
