//! The page of imports: choose a file, see what it would do and everything that is wrong with it, confirm.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use bytes::Bytes;
use door::import::{Waiting, Words};
use rules::access::may;
use work::import::{Kind, Problem, Severity, Summary, take_in};

use crate::Door;
use crate::case::Choice;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
use crate::layout::{self, Page};
use crate::workbench::Office;

/// Problems shown on the page; the rest is counted.
const SHOWN: usize = 500;

#[derive(Template)]
#[template(path = "import/import.html")]
struct ImportTemplate {
    page: Page,
    office: Office,
    kinds: Vec<Choice>,
    faults: Faults,
    found: Option<Found>,
}

/// What a file says or did.
struct Found {
    /// `checked`, `refused`, `nothing`, `done`: what stands on top.
    came: &'static str,
    name: String,
    kind: String,
    counts: [(String, usize); 3],
    lines: Vec<Line>,
    more: usize,
    /// The file's name in the form that confirms; none where there is nothing to confirm.
    confirm: Option<String>,
}

impl Found {
    /// How what is not listed is told: there is something to put right only where the file was refused.
    fn more_key(&self) -> &'static str {
        match self.came {
            "refused" => "import-more",
            _ => "import-more-notes",
        }
    }
}

/// A problem in words.
struct Line {
    is_error: bool,
    severity: String,
    place: String,
    what: String,
}

/// `GET /imports`.
pub async fn get(office: Office) -> Result<Response, Failure> {
    layout::show(&template(office, "", Faults::default(), None))
}

/// `POST /imports`: checks a file and keeps it until it is confirmed.
pub async fn check(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["kind", "file"])?;
    let typed = fields.text("kind").unwrap_or_default().to_owned();
    let kind = Kind::of(&typed);
    let file = fields.files("file").next().cloned();
    let mut faults = Faults::default();
    if kind.is_none() {
        faults.push(Fault::new("kind", "import-kind-missing"));
    }
    if file.is_none() {
        faults.push(Fault::new("file", "import-file-missing"));
    }
    let (Some(kind), Some(file)) = (kind, file) else {
        return layout::show_again(&template(office, &typed, faults, None));
    };
    let Some(summary) = read(&door, &office, kind, &file.name, file.bytes.clone(), true).await?
    else {
        return busy(office, &typed);
    };
    let changes = summary.added + summary.changed > 0;
    let mut waiting = None;
    if !summary.is_refused() && changes {
        let id = door.house.clock.id();
        door.held.keep(Waiting {
            id,
            by: office.asker.member().ok_or(Failure::Forbidden)?,
            kind,
            name: file.name.clone(),
            bytes: file.bytes,
            at: door.house.clock.now(),
        });
        waiting = Some(id.simple().to_string());
    }
    let came = match (summary.is_refused(), changes) {
        (true, _) => "refused",
        (false, true) => "checked",
        (false, false) => "nothing",
    };
    let found = found(&office, came, kind, file.name, &summary, waiting);
    answer(office, &typed, found, summary.is_refused())
}

/// `POST /imports/confirm`: takes in the file that was checked.
pub async fn confirm(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["held"])?;
    let (by, now) = (office.asker.member(), door.house.clock.now());
    let id = fields.text("held").and_then(|id| id.parse().ok());
    let waiting = by.zip(id).and_then(|(by, id)| door.held.take(id, by, now));
    let Some(file) = waiting else {
        let faults = [Fault::new("file", "import-gone")].into_iter().collect();
        return layout::show_again(&template(office, "", faults, None));
    };
    let typed = file.kind.as_str();
    let bytes = file.bytes.clone();
    let Some(summary) = read(&door, &office, file.kind, &file.name, bytes, false).await? else {
        door.held.keep(file);
        return busy(office, typed);
    };
    let refused = summary.is_refused();
    let came = if refused { "refused" } else { "done" };
    let found = found(&office, came, file.kind, file.name, &summary, None);
    answer(office, typed, found, refused)
}

/// Reads a file off the threads that answer requests; none while another one is read.
async fn read(
    door: &Door,
    office: &Office,
    kind: Kind,
    name: &str,
    bytes: Bytes,
    dry_run: bool,
) -> Result<Option<Summary>, Failure> {
    let Some(_turn) = door.held.turn() else {
        return Ok(None);
    };
    let (house, asker, name) = (
        Arc::clone(&door.house),
        office.asker.clone(),
        name.to_owned(),
    );
    let here = tokio::runtime::Handle::current();
    let read = tokio::task::spawn_blocking(move || {
        here.block_on(take_in(&house, &asker, kind, &name, &bytes, dry_run))
    });
    let summary = read.await.map_err(Failure::inside)?;
    Ok(Some(summary?))
}

fn busy(office: Office, kind: &str) -> Result<Response, Failure> {
    let faults = [Fault::new("file", "import-busy")].into_iter().collect();
    layout::show_again(&template(office, kind, faults, None))
}

fn answer(office: Office, kind: &str, found: Found, refused: bool) -> Result<Response, Failure> {
    let page = template(office, kind, Faults::default(), Some(found)).render()?;
    let status = if refused {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, Html(page)).into_response())
}

fn found(
    office: &Office,
    came: &'static str,
    kind: Kind,
    name: String,
    summary: &Summary,
    confirm: Option<String>,
) -> Found {
    let t = office.page.t;
    let words = Words::of(t);
    let line = |problem: &Problem| Line {
        is_error: problem.severity == Severity::Error,
        severity: words.severity(problem),
        place: words.place(problem),
        what: words.what(problem),
    };
    Found {
        came,
        name,
        kind: t.text(format!("import-kind-{}", kind.as_str())),
        counts: [
            (t.text("import-added"), summary.added),
            (t.text("import-changed"), summary.changed),
            (t.text("import-same"), summary.same),
        ],
        lines: summary.problems.iter().take(SHOWN).map(line).collect(),
        more: summary.problems.len().saturating_sub(SHOWN),
        confirm,
    }
}

fn template(office: Office, chosen: &str, faults: Faults, found: Option<Found>) -> ImportTemplate {
    let kinds = Kind::ALL
        .into_iter()
        .filter(|kind| may(office.role(), kind.action()))
        .map(|kind| {
            let label = office.page.t.text(format!("import-kind-{}", kind.as_str()));
            Choice::new(kind.as_str(), label).chosen(kind.as_str() == chosen)
        })
        .collect();
    ImportTemplate {
        page: office.page.clone(),
        office,
        kinds,
        faults,
        found,
    }
}
