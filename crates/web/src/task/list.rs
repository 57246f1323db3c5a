//! My tasks: overdue first, then by deadline; above them what came to me since I last looked.

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::response::{Redirect, Response};
use rules::access::Action;
use rules::case::StateName;
use rules::ids::CaseId;
use serde::Deserialize;
use store::case::{Filter, Listed, Sort};

use crate::Door;
use crate::case::Notice;
use crate::case::{Row, done_notice, rows};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::workbench::Office;

/// The most tasks of one person on the page.
const TASKS: u16 = 100;
/// Messages shown.
const MESSAGES: u32 = 10;

#[derive(Template)]
#[template(path = "task/list.html")]
struct TasksTemplate {
    page: Page,
    office: Office,
    notice: Option<Notice>,
    unread: i64,
    messages: Vec<Came>,
    tasks: Vec<Task>,
    may_report: bool,
}

/// A message in words.
struct Came {
    href: String,
    number: String,
    words: String,
    when: String,
    new: bool,
}

/// A card.
struct Task {
    row: Row,
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
    let member = office.asker.member().ok_or(Failure::Forbidden)?;
    let reader = door.house.store.reader();
    let listed = mine(&door, &office).await?;
    let rows = rows(&door, &office, &listed).await?;
    let tasks = rows.into_iter().zip(&listed).map(|(row, listed)| Task {
        accept: rules::case::commands(&listed.case, &office.asker.actor)
            .contains(&rules::case::CommandName::Accept),
        version: listed.case.version,
        row,
    });
    layout::show(&TasksTemplate {
        page: office.page.clone(),
        notice: after.done.and_then(|done| done_notice(&office, &done)),
        unread: reader
            .unread(office.net.id, member)
            .await
            .map_err(work::Error::from)?,
        messages: messages(&door, &office).await?,
        tasks: tasks.collect(),
        may_report: office.may(Action::Fix),
        office,
    })
}

/// Open cases in the hands of the asker and of those they stand in for.
async fn mine(door: &Door, office: &Office) -> Result<Vec<Listed>, Failure> {
    let reader = door.house.store.reader();
    let states: Vec<StateName> = StateName::ALL
        .into_iter()
        .filter(|state| mine_to_do(*state))
        .collect();
    let mut listed: Vec<Listed> = Vec::new();
    for owner in office.hands() {
        let filter = Filter {
            owner: Some(owner),
            states: states.clone(),
            ..Filter::default()
        };
        let list = reader.cases(
            &office.asker.scope,
            office.net.id,
            &filter,
            Sort::Due,
            TASKS,
            None,
        );
        listed.extend(list.await.map_err(work::Error::from)?.rows);
    }
    let due = |listed: &Listed| {
        listed
            .case
            .next_due()
            .map(|due| due.unix_timestamp())
            .unwrap_or(i64::MAX)
    };
    listed.sort_by_key(due);
    Ok(listed)
}

/// Somebody else checks and closes; the owner waits.
const fn mine_to_do(state: StateName) -> bool {
    state.is_open() && !matches!(state, StateName::Handled | StateName::Checked)
}

async fn messages(door: &Door, office: &Office) -> Result<Vec<Came>, Failure> {
    let (t, reader) = (office.page.t, door.house.store.reader());
    let member = office.asker.member().ok_or(Failure::Forbidden)?;
    let kept = reader
        .messages(office.net.id, member, MESSAGES)
        .await
        .map_err(work::Error::from)?;
    let mut came = Vec::new();
    for message in kept {
        if let Some(matter) = matter(door, office, &message).await? {
            came.extend(matter.map(|(href, number)| Came {
                href,
                number,
                words: t.text(format!("message-{}", message.kind)),
                when: t.by(message.at),
                new: message.read_at.is_none(),
            }));
            continue;
        }
        let case: CaseId = message.case;
        // a case that has left one's sight is told of no more
        let Ok(found) = reader
            .case_within(&office.asker.scope, office.net.id, case)
            .await
        else {
            continue;
        };
        came.push(Came {
            href: match message.kind.as_str() {
                "visit" => format!("/visits/{}", found.case.number),
                _ => format!("/tasks/{}", found.case.number),
            },
            number: found.case.number.to_string(),
            words: t.text(format!("message-{}", message.kind)),
            when: t.by(message.at),
            new: message.read_at.is_none(),
        });
    }
    Ok(came)
}

/// Where a message leads that is about no case, and its number; an inner none for a matter that has left one's sight.
async fn matter(
    door: &Door,
    office: &Office,
    message: &store::message::Message,
) -> Result<Option<Option<(String, String)>>, Failure> {
    if message.kind.starts_with("referral-") {
        return Ok(Some(
            crate::referral::of_message(door, office, message.case.0).await?,
        ));
    }
    if message.kind.starts_with("mediation-") {
        return Ok(Some(
            crate::mediation::of_message(door, office, message.case.0).await?,
        ));
    }
    if message.kind == "supervision-circulated" {
        let title = office.page.t.text("circular-title");
        return Ok(Some(Some(("/circulars".to_owned(), title))));
    }
    Ok(None)
}

/// `POST /tasks/read`: all messages are read.
pub async fn read(State(door): State<Door>, office: Office) -> Result<Redirect, Failure> {
    work::people::read_messages(&door.house, &office.asker).await?;
    Ok(Redirect::to("/tasks"))
}
