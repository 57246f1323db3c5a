//! `/figures/rows`: the cases behind a number, within what the asker may see. Without numbers about persons.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use rules::figures::{Figure, Part};
use serde::Deserialize;
use store::case::Listed;
use work::figures::{PAGE, rows};
use work::net::CommunityNet;

use super::question::Wish;
use super::words;
use crate::Door;
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::{Clockwork, Text};
use crate::session::Came;
use crate::view::View;
use crate::workbench::Office;

/// Which number's rows.
#[derive(Deserialize)]
pub struct Asked {
    figure: String,
    #[serde(default)]
    of: String,
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
    office: Office,
    name: String,
    definition: String,
    period: String,
    denominator: bool,
    total: usize,
    withheld: bool,
    rows: Vec<Row>,
    back: String,
    before: Option<String>,
    next: Option<String>,
}

/// `GET /figures/rows`.
pub async fn get(
    State(door): State<Door>,
    Query(asked): Query<Asked>,
    Query(wish): Query<Wish>,
    Came(known): Came,
    office: Office,
) -> Result<Response, Failure> {
    let view = View::of(&door, &known, None)?;
    let figure: Figure = asked.figure.parse().map_err(|_| Failure::Unreadable)?;
    let of = asked.part()?;
    let question = wish
        .question(&view.net, door.house.clock.now())
        .map_err(Failure::Invalid)?;
    let at = asked.page.unwrap_or(1).max(1);
    let found = rows(&door.house, &office.asker, &question, figure, of, at).await?;
    let page = office.page.clone();
    let (t, period) = (page.t, &question.period);
    let days = t
        .say("figures-period")
        .with("first", t.day(period.first()))
        .with("last", t.day(period.last()));
    // Every part was parsed, so it holds nothing that would need escaping.
    let days_asked = wish.about(period);
    let there = |at: usize| {
        let (figure, of) = (figure.as_str(), asked.of.as_str());
        format!("/figures/rows?figure={figure}&of={of}&{days_asked}&page={at}")
    };
    layout::show(&RowsPage {
        name: words::name(t, figure),
        definition: t.text(figure.definition_key()),
        period: days.to_string(),
        denominator: of == Part::Denominator,
        total: found.total,
        withheld: found.withheld,
        rows: found
            .cases
            .iter()
            .map(|listed| row(&view.net, listed, t))
            .collect(),
        back: format!("/figures?{days_asked}"),
        before: (at > 1).then(|| there(at - 1)),
        next: (at.saturating_mul(PAGE) < found.total).then(|| there(at + 1)),
        page,
        office,
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
