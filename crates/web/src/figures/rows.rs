//! `/figures/rows`: the cases behind a number, within what the asker may see. Without numbers about persons.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use rules::figures::{Figure, Part};
use serde::Deserialize;
use store::case::Listed;
use work::figures::rows;
use work::net::CommunityNet;

use super::question::Wish;
use crate::Door;
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::{Clockwork, Text};
use crate::session::{Came, Signed};
use crate::view::View;

/// Rows on a page.
const PAGE: usize = 100;

/// Which rows.
#[derive(Deserialize)]
pub struct Asked {
    figure: String,
    #[serde(default)]
    of: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    grid: String,
    page: Option<usize>,
}

/// One case.
struct Row {
    number: String,
    category: String,
    grid: String,
    state: &'static str,
    state_name: String,
    received: String,
    due: String,
    closed: String,
}

#[derive(Template)]
#[template(path = "figures/rows.html")]
struct RowsPage {
    page: Page,
    name: String,
    definition: String,
    period: String,
    denominator: bool,
    total: usize,
    rows: Vec<Row>,
    back: String,
    before: Option<String>,
    next: Option<String>,
}

/// `GET /figures/rows`.
pub async fn get(
    State(door): State<Door>,
    Query(asked): Query<Asked>,
    Signed(asker): Signed,
    Came(known): Came,
    mut page: Page,
) -> Result<Response, Failure> {
    let view = View::of(&door, &known, None)?;
    let figure: Figure = asked.figure.parse().map_err(|_| Failure::Unreadable)?;
    let of = asked.part()?;
    let question = asked
        .wish()
        .question(&view.net, door.house.clock.now())
        .map_err(Failure::Invalid)?;
    let found = rows(&door.house, &asker, &question, figure, of).await?;
    page.community = Some(view.net.name.clone());
    let (t, period) = (page.t, &question.period);
    let days = t
        .say("figures-period")
        .with("first", t.day(period.first()))
        .with("last", t.day(period.last()));
    let at = asked.page.unwrap_or(1).max(1);
    let start = (at - 1).saturating_mul(PAGE);
    let on_page = found.iter().skip(start).take(PAGE);
    layout::show(&RowsPage {
        name: t.text(figure.definition_key().replace("-definition", "-name")),
        definition: t.text(figure.definition_key()),
        period: days.to_string(),
        denominator: of == Part::Denominator,
        total: found.len(),
        rows: on_page.map(|listed| row(&view.net, listed, t)).collect(),
        back: format!(
            "/figures?from={}&to={}&grid={}",
            period.first(),
            period.last(),
            asked.grid
        ),
        before: (at > 1).then(|| asked.address(at - 1)),
        next: (start.saturating_add(PAGE) < found.len()).then(|| asked.address(at + 1)),
        page,
    })
}

impl Asked {
    fn part(&self) -> Result<Part, Failure> {
        match self.of.as_str() {
            "" | "numerator" => Ok(Part::Numerator),
            "denominator" => Ok(Part::Denominator),
            _ => Err(Failure::Unreadable),
        }
    }

    fn wish(&self) -> Wish {
        Wish {
            from: self.from.clone(),
            to: self.to.clone(),
            grid: self.grid.clone(),
            ..Wish::default()
        }
    }

    /// Another page of the same rows. Every part was parsed, so it holds nothing that would need escaping.
    fn address(&self, page: usize) -> String {
        let Self {
            figure,
            of,
            from,
            to,
            grid,
            ..
        } = self;
        format!("/figures/rows?figure={figure}&of={of}&from={from}&to={to}&grid={grid}&page={page}")
    }
}

fn row(net: &CommunityNet, listed: &Listed, t: Text) -> Row {
    let case = &listed.case;
    let category = case.category.as_ref().zip(net.catalogue());
    let category = category.and_then(|(code, catalogue)| catalogue.category(code));
    let moment =
        |at: Option<time::OffsetDateTime>| at.map_or_else(|| "—".to_owned(), |at| t.moment(at));
    Row {
        number: case.number.to_string(),
        category: category.map_or_else(|| t.text("map-no-category"), |one| one.name.clone()),
        grid: net
            .grid(case.grid)
            .map_or_else(String::new, |grid| grid.name.clone()),
        state: case.state.kind().as_str(),
        state_name: t.text(format!("case-state-{}", case.state.kind().as_str())),
        received: t.moment(case.times.received_at),
        due: moment(case.times.due_at),
        closed: moment(case.times.closed_at),
    }
}
