//! Whistles that go on for nothing but the asker's word on how departments responded, in pages: as cards they stand among the tasks, but
//! no more of them than a day has room for.

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::response::Response;
use store::case::Listed;
use work::case::{Owed, ratings};

use super::{Behind, COUNTED, ROWS};
use crate::Door;
use crate::case::{Row, Tag, due_tag, rows};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "decision/ratings.html")]
struct RatingsTemplate {
    page: Page,
    office: Office,
    rows: Vec<Line>,
    next: Option<String>,
}

/// A row, and by when the work that waits for the rating is due.
struct Line {
    row: Row,
    due: Option<Tag>,
}

/// `GET /ratings`.
pub(super) async fn get(
    State(door): State<Door>,
    UrlQuery(behind): UrlQuery<Behind>,
    office: Office,
) -> Result<Response, Failure> {
    let after = behind.after.as_deref().map(str::parse).transpose();
    let after = after.map_err(|_| Failure::NotFound)?;
    let found = ratings(&door.house, &office.asker, after, ROWS).await?;
    let listed: Vec<Listed> = found.rows.iter().map(|one| one.listed.clone()).collect();
    let shown = rows(&door, &office, &listed).await?;
    let (t, now) = (office.page.t, office.asker.now);
    let line = |(row, one): (Row, &Owed)| Line {
        row,
        due: one.due.map(|at| due_tag(t, at, now)),
    };
    layout::show(&RatingsTemplate {
        page: office.page.clone(),
        rows: shown.into_iter().zip(&found.rows).map(line).collect(),
        next: found.next.map(|next| format!("/ratings?after={next}")),
        office,
    })
}

/// How many wait for a rating of the asker, in figures; "more" beyond a hundred, and where not all were looked at. None where there is
/// none.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(crate) async fn count(door: &Door, office: &Office) -> Result<Option<String>, Failure> {
    let found = ratings(&door.house, &office.asker, None, COUNTED).await?;
    Ok(match (found.rows.len(), found.next) {
        (0, None) => None,
        // behind those that others rate there may be some: the page looks further
        (0, Some(_)) => Some("…".to_owned()),
        (n, Some(_)) => Some(format!("{n}+")),
        (n, None) => Some(n.to_string()),
    })
}
