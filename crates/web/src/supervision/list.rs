//! What needs looking at: lists of cases, each row with the reason why it stands there, and how many stand on each.

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::response::Response;
use rules::supervision::Concern;
use serde::Deserialize;
use work::supervision::{Found, concerns, counts};

use crate::Door;
use crate::case::{Row, rows};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::{Clockwork, Text};
use crate::workbench::Office;

/// Rows of a page.
const ROWS: u16 = 50;
/// Counts go no further than this.
const MOST: i64 = 1_000;

#[derive(Template)]
#[template(path = "supervision/list.html")]
struct List {
    page: Page,
    office: Office,
    tabs: Vec<Tab>,
    rows: Vec<Why>,
    next: Option<String>,
}

/// A row with the reason why it stands there.
struct Why {
    row: Row,
    reason: String,
    /// The question and its answer, where one is the reason.
    words: Vec<String>,
}

/// A list with how many stand on it.
pub(crate) struct Tab {
    pub concern: Concern,
    pub label: String,
    pub href: String,
    pub n: String,
    pub current: bool,
}

/// The query of the page.
#[derive(Deserialize)]
pub struct Asked {
    list: Option<String>,
    after: Option<String>,
}

/// The lists that the asker has, with their counts.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(crate) async fn tabs(
    door: &Door,
    office: &Office,
    current: Option<Concern>,
) -> Result<Vec<Tab>, Failure> {
    let t = office.page.t;
    let tab = |(concern, n): (Concern, i64)| Tab {
        concern,
        label: t.text(format!("supervision-list-{concern}")),
        href: format!("/supervision?list={concern}"),
        n: if n >= MOST {
            format!("{}+", MOST - 1)
        } else {
            n.to_string()
        },
        current: Some(concern) == current,
    };
    let counts = counts(&door.house, &office.asker).await?;
    Ok(counts.into_iter().map(tab).collect())
}

/// `GET /supervision`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(asked): UrlQuery<Asked>,
    office: Office,
) -> Result<Response, Failure> {
    let concern = asked.list.as_deref().map(str::parse).transpose();
    let concern = concern.map_err(|_| Failure::NotFound)?;
    let concern = concern.unwrap_or(Concern::ALL[0]);
    let after = asked.after.as_deref().map(str::parse).transpose();
    let after = after.map_err(|_| Failure::NotFound)?;
    let found = concerns(&door.house, &office.asker, concern, after, ROWS).await?;
    let listed: Vec<_> = found.rows.iter().map(|one| one.listed.clone()).collect();
    let shown = rows(&door, &office, &listed).await?;
    let why = |(row, one): (Row, &Found)| Why {
        row,
        reason: reason(office.page.t, concern, one),
        words: words(one),
    };
    layout::show(&List {
        page: office.page.clone(),
        tabs: tabs(&door, &office, Some(concern)).await?,
        rows: shown.into_iter().zip(&found.rows).map(why).collect(),
        next: found
            .next
            .map(|next| format!("/supervision?list={concern}&after={next}")),
        office,
    })
}

/// Why a case stands on the list.
fn reason(t: Text, concern: Concern, found: &Found) -> String {
    let said = t.say(format!("supervision-why-{concern}"));
    match concern {
        Concern::Asked | Concern::Late | Concern::Near => {
            said.with("at", t.by(found.at)).to_string()
        }
        Concern::Answered
        | Concern::Overdue
        | Concern::Silent
        | Concern::Tier
        | Concern::Agreed => said.with("at", t.moment(found.at)).to_string(),
    }
}

fn words(found: &Found) -> Vec<String> {
    let asked = found.asked.as_ref();
    let said = asked.map(|one| one.words.clone());
    let answer = asked.and_then(|one| one.answer.clone());
    said.into_iter().chain(answer).collect()
}
