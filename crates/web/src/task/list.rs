//! My tasks: overdue first, then by deadline; above them what I have to do for others' cases, and what came to me since I last
//! looked.

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::response::Response;
use rules::access::Action;
use rules::case::{Case, ClockName, CommandName, commands};
use serde::Deserialize;
use time::OffsetDateTime;
use work::case::{due_clocks, mine, next_clock};

use super::owed::{Card, cards};
use crate::Door;
use crate::case::{Notice, Row, Tag, clock_name, done_notice, due_tag, rows, shown_due};
use crate::error::Failure;
use crate::inbox::{Inbox, inbox};
use crate::layout::{self, Page};
use crate::mediation::{OwedCard, owed_cards};
use crate::workbench::Office;

/// The most tasks of one person on the page.
const TASKS: u16 = 100;

#[derive(Template)]
#[template(path = "task/list.html")]
struct TasksTemplate {
    page: Page,
    office: Office,
    notice: Option<Notice>,
    inbox: Inbox,
    /// What is to be done beside them.
    owed: Vec<Card>,
    /// Mediations that wait.
    mediations: Vec<OwedCard>,
    tasks: Vec<Task>,
    /// Whether there is more to do than the page shows.
    more: bool,
    may_report: bool,
}

/// A card.
struct Task {
    row: Row,
    /// By when, each under the name of what is due.
    due: Vec<Tag>,
    accept: bool,
    version: i64,
}

/// The query of the page.
#[derive(Deserialize)]
pub struct After {
    done: Option<String>,
}

/// `GET /tasks`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(after): UrlQuery<After>,
    office: Office,
) -> Result<Response, Failure> {
    let mine = mine(&door.house, &office.asker, TASKS).await?;
    let listed = mine.rows;
    let (owed, more) = cards(&door, &office).await?;
    let rows = rows(&door, &office, &listed).await?;
    let tasks = rows.into_iter().zip(&listed).map(|(row, listed)| {
        let may = commands(&listed.case, &office.asker.actor);
        Task {
            due: due(&office, &row, &listed.case, &may),
            accept: may.contains(&CommandName::Accept),
            version: listed.case.version,
            row,
        }
    });
    layout::show(&TasksTemplate {
        page: office.page.clone(),
        notice: after.done.and_then(|done| done_notice(&office, &done)),
        inbox: inbox(&door, &office, "/tasks").await?,
        more: more || mine.more,
        owed,
        mediations: owed_cards(&door, &office).await?,
        tasks: tasks.collect(),
        may_report: office.may(Action::Fix),
        office,
    })
}

/// What is due next, and the work where that is due at another time, each under its own name, as the task's own page says them. What
/// stands still says only until when, and what somebody else has to decide about nothing.
fn due(office: &Office, row: &Row, case: &Case, may: &[CommandName]) -> Vec<Tag> {
    if next_clock(case, may).is_none() {
        let undecided = case.state.kind().waits_for_decision();
        return row.due.iter().filter(|_| !undecided).cloned().collect();
    }
    let clocks = due_clocks(case, may).into_iter();
    clocks
        .map(|(name, at)| clock_tag(office, row, case, (name, at)))
        .collect()
}

fn clock_tag(
    office: &Office,
    row: &Row,
    case: &Case,
    (name, at): (ClockName, OffsetDateTime),
) -> Tag {
    let t = office.page.t;
    // the row's own date has the colours of its own pace
    let is_of_row = shown_due(case) == Some(at);
    let own = row.due.clone().filter(|_| is_of_row);
    let tag = own.unwrap_or_else(|| due_tag(t, at, office.asker.now));
    let clock = clock_name(t, case, name);
    let said = t.say("task-due").with("clock", clock);
    let words = said.with("due", tag.words.as_str()).to_string();
    Tag { words, ..tag }
}
