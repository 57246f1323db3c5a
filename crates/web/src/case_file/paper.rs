//! The case file as paper: facts, what was told, why the deadline is when it is, photos before and after, every step with
//! the person and the time, and whoever else was called.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use rules::case::Deadline;
use rules::ids::Number;
use work::case::CasePage;
use work::case_file::{Exhibit, exhibits};

use crate::Door;
use crate::case::{Line, Panels, Shown, explained, load, panels, trail};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::workbench::Office;

/// What the paper says, on the page and in the zip.
pub(super) struct Paper {
    pub shown: Shown,
    pub panels: Panels,
    pub deadlines: Vec<DeadlineLine>,
    pub trail: Vec<Line>,
    pub before: Vec<Picture>,
    pub after: Vec<Picture>,
    pub sounds: Vec<Picture>,
    /// Who made it, and when.
    pub made: String,
}

/// A deadline on paper.
pub(super) struct DeadlineLine {
    /// Which, and when it is or was due.
    pub what: String,
    /// Whether it was met, and when.
    pub how: String,
    /// Why it is when it is.
    pub why: Vec<String>,
}

/// A photo or sound note on paper.
pub(super) struct Picture {
    pub href: String,
    pub label: String,
}

#[derive(Template)]
#[template(path = "case_file/case_file.html")]
struct CaseFileTemplate {
    page: Page,
    office: Office,
    paper: Paper,
}

/// `GET /cases/{number}/case-file`.
pub async fn get(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let case = work::case_file::open(&door.house, &office.asker, &number).await?;
    let href = |one: &Exhibit| format!("/cases/{number}/attachments/{}", one.attachment.id);
    layout::show(&CaseFileTemplate {
        paper: paper(&door, &office, &case, href).await?,
        page: office.page.clone(),
        office,
    })
}

/// Writes it; `href` says where an exhibit lies.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(super) async fn paper(
    door: &Door,
    office: &Office,
    case: &CasePage,
    href: impl Fn(&Exhibit) -> String,
) -> Result<Paper, Failure> {
    let t = office.page.t;
    let supervised = crate::supervision::supervised(door, office, case).await?;
    let exhibits = exhibits(&case.attachments);
    let named = |key: &str, wanted: fn(&Exhibit) -> bool| -> Vec<Picture> {
        let picture = |one: &Exhibit| Picture {
            href: href(one),
            label: t.say(key).with("n", one.n).to_string(),
        };
        exhibits
            .iter()
            .filter(|one| wanted(one))
            .map(picture)
            .collect()
    };
    let by = office.asker.member().map(|member| office.name(member));
    Ok(Paper {
        shown: load(door, office, case, None).await?,
        panels: panels(office, case),
        deadlines: deadlines(office, case),
        trail: trail(office, case, &supervised),
        before: named("case-file-before", |one| !one.sound && !one.after),
        after: named("case-file-after", |one| !one.sound && one.after),
        sounds: named("case-file-sound", |one| one.sound),
        made: t
            .say("case-file-made")
            .with("at", t.moment(office.asker.now))
            .with("name", by.unwrap_or_default())
            .to_string(),
    })
}

/// Every deadline of the case with whether it was met, and its reasons.
fn deadlines(office: &Office, case: &CasePage) -> Vec<DeadlineLine> {
    let (t, now) = (office.page.t, office.asker.now);
    let line = |one: Deadline| {
        let key = match (one.met, one.is_late(now)) {
            (Some(_), false) => "case-file-met",
            (Some(_), true) => "case-file-met-late",
            (None, true) => "case-file-missed",
            (None, false) => "case-file-runs",
        };
        let what = t.text(format!("cases-clock-{}", one.name.as_str()));
        let how = t.say(key).with("at", t.moment(one.met.unwrap_or(one.due)));
        DeadlineLine {
            what: t
                .say("case-file-deadline")
                .with("what", what)
                .with("at", t.moment(one.due))
                .to_string(),
            how: how.to_string(),
            why: explained(t, case, one.name, one.due),
        }
    };
    case.case.deadlines().into_iter().map(line).collect()
}
