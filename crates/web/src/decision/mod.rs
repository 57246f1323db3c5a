//! What waits for a decision of whoever looks: more time that somebody asked for, appeals against being overdue. A list of cases,
//! each with what is asked and since when; it is decided on the page of the case, with everything before one's eyes. Beside it
//! the whistles that wait for their rating.

mod ratings;

pub(crate) use ratings::count as ratings_count;

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::response::Response;
use rules::access::Action;
use rules::case::{CommandName, Ruling};
use serde::Deserialize;
use work::case::{Asked, asked};

use crate::Door;
use crate::case::{Row, rows};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::{Clockwork, Text};
use crate::routes::{Routes, Who};
use crate::workbench::Office;

/// Rows of a page.
const ROWS: usize = 50;
/// A count goes no further than this.
const COUNTED: usize = 99;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/decisions", Who::May(Action::DecideExtension), get)
        .get("/ratings", Who::May(Action::RateResponse), ratings::get)
}

#[derive(Template)]
#[template(path = "decision/list.html")]
struct ListTemplate {
    page: Page,
    office: Office,
    rows: Vec<Line>,
    next: Option<String>,
}

/// A row with what is asked.
struct Line {
    row: Row,
    asked: Vec<String>,
    since: String,
}

/// The query of the page.
#[derive(Deserialize)]
pub struct Behind {
    after: Option<String>,
}

/// `GET /decisions`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(behind): UrlQuery<Behind>,
    office: Office,
) -> Result<Response, Failure> {
    let after = behind.after.as_deref().map(str::parse).transpose();
    let after = after.map_err(|_| Failure::NotFound)?;
    let found = asked(&door.house, &office.asker, after, ROWS).await?;
    let listed: Vec<_> = found.rows.iter().map(|one| one.listed.clone()).collect();
    let shown = rows(&door, &office, &listed).await?;
    let t = office.page.t;
    let line = |(row, one): (Row, &Asked)| Line {
        row,
        asked: words(t, one),
        since: t.moment(one.since),
    };
    layout::show(&ListTemplate {
        page: office.page.clone(),
        rows: shown.into_iter().zip(&found.rows).map(line).collect(),
        next: found.next.map(|next| format!("/decisions?after={next}")),
        office,
    })
}

/// What is asked: more time, and of an appeal whether the first or the second of the two who agree is wanted.
fn words(t: Text, one: &Asked) -> Vec<String> {
    let appeal = one.listed.case.appeal.map(|appeal| appeal.ruling);
    let key = |name: &CommandName| match (name, appeal) {
        (CommandName::Review, Some(Ruling::Agreed { .. })) => "decision-appeal-second",
        (CommandName::Review, _) => "decision-appeal",
        _ => "decision-extension",
    };
    one.decisions.iter().map(|name| t.text(key(name))).collect()
}

/// How many cases wait for a decision of the asker, in figures; "more" beyond a hundred.
///
/// # Errors
/// `Forbidden` for roles that decide nothing, `Unavailable` if the store fails.
pub(crate) async fn count(door: &Door, office: &Office) -> Result<String, Failure> {
    let found = asked(&door.house, &office.asker, None, COUNTED).await?;
    let n = found.rows.len();
    Ok(match found.next {
        Some(_) => format!("{n}+"),
        None => n.to_string(),
    })
}
