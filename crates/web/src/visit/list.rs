//! Visits that are due: one's own first, and for staff what else is due around. Counts and names nobody but who was asked.

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::response::Response;
use serde::Deserialize;
use store::case::{Listed, Sort};

use crate::Door;
use crate::case::{Notice, Row, Tag, due_tag, rows};
use crate::error::Failure;
use crate::inbox::{Inbox, home, inbox};
use crate::layout::{self, Page};
use crate::mediation::{OwedCard, owed_cards};
use crate::workbench::Office;

/// Rows of a page.
const ROWS: u16 = 50;

/// A card.
struct Card {
    row: Row,
    due: Option<Tag>,
    /// Who was asked; empty on one's own list.
    asked: String,
}

#[derive(Template)]
#[template(path = "visit/list.html")]
struct ListTemplate {
    page: Page,
    office: Office,
    notice: Option<Notice>,
    /// What came to whoever has no other page for it.
    inbox: Option<Inbox>,
    /// Mediations that wait for whoever has no other page for them.
    mediations: Vec<OwedCard>,
    mine: Vec<Card>,
    around: Vec<Card>,
    next: Option<String>,
}

/// The query of the page.
#[derive(Deserialize)]
pub struct Asked {
    done: Option<String>,
    after: Option<String>,
}

/// `GET /visits`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(asked): UrlQuery<Asked>,
    office: Office,
) -> Result<Response, Failure> {
    let t = office.page.t;
    let after = asked.after.as_deref().filter(|mark| Sort::knows(mark));
    let found = work::visit::list(&door.house, &office.asker, after, ROWS).await?;
    let done = asked.done.as_deref() == Some("visit");
    let notice = done.then(|| Notice::ok(t.text("cases-done"), t.text("step-visit-done")));
    let (inbox, mediations) = match home(office.role()) {
        "/visits" => (
            Some(inbox(&door, &office, "/visits").await?),
            owed_cards(&door, &office).await?,
        ),
        _ => (None, Vec::new()),
    };
    layout::show(&ListTemplate {
        page: office.page.clone(),
        notice,
        inbox,
        mediations,
        mine: cards(&door, &office, &found.mine, false).await?,
        around: cards(&door, &office, &found.around, true).await?,
        next: found.next.map(|mark| format!("/visits?after={mark}")),
        office,
    })
}

async fn cards(
    door: &Door,
    office: &Office,
    listed: &[Listed],
    named: bool,
) -> Result<Vec<Card>, Failure> {
    let rows = rows(door, office, listed).await?;
    let card = |(row, listed): (Row, &Listed)| {
        let due = listed.case.times.visit_due;
        let asked = listed.case.errand().and_then(|errand| errand.asked);
        Card {
            row,
            due: due.map(|at| due_tag(office.page.t, at, office.asker.now)),
            asked: asked
                .filter(|_| named)
                .map(|member| office.name(member))
                .unwrap_or_default(),
        }
    };
    Ok(rows.into_iter().zip(listed).map(card).collect())
}
