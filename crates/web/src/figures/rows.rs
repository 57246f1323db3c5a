//! `/figures/rows`: the cases behind a number, within what the asker may see. Without numbers about persons.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use door::figures::Discretion;
use rules::access::Action;
use rules::figures::{Figure, Part};
use serde::Deserialize;
use store::case::Listed;
use work::figures::{Counted, PAGE, Question, Rows, rows};
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
    /// A file has no pages.
    page: Option<usize>,
}

/// The name of how long handling took, which is no figure but has its cases.
pub const TOOK: &str = "handling_time";

/// What is asked, as the rules know it: the page and the file of it ask the same.
#[derive(Clone, Copy)]
pub struct Which(pub Counted);

impl Which {
    /// The name of the part, in addresses and locale keys; none of what has no parts.
    pub const fn part(&self) -> Option<&'static str> {
        match self.0 {
            Counted::Handled => None,
            Counted::In(_, Part::Denominator) => Some("denominator"),
            Counted::In(..) => Some("numerator"),
        }
    }

    /// The name in addresses.
    pub const fn code(&self) -> &'static str {
        match self.0 {
            Counted::In(figure, _) => figure.as_str(),
            Counted::Handled => TOOK,
        }
    }

    /// Its heading: the figure, and which of its parts.
    pub fn title(&self, t: Text) -> String {
        let name = match self.0 {
            Counted::In(figure, _) => words::name(t, figure),
            Counted::Handled => t.text("figures-time"),
        };
        let part = self.part().map(|part| t.text(format!("figures-{part}")));
        part.map_or(name.clone(), |part| format!("{name} · {part}"))
    }

    /// What it counts, in words.
    pub fn definition(&self, t: Text) -> String {
        match self.0 {
            Counted::In(figure, _) => t.text(figure.definition_key()),
            Counted::Handled => t.text("figures-time-rows"),
        }
    }
}

/// How many rows there are within what the asker may see, and of how many where that is a part only.
pub fn total(t: Text, found: &Rows) -> String {
    let total = t.say("figures-rows-total").with("n", found.total);
    let total = total.to_string();
    match found.counted.filter(|_| found.is_partial()) {
        Some(counted) => {
            let of = t.say("figures-rows-part").with("n", counted);
            format!("{total} {of}")
        }
        None => total,
    }
}

/// Whether the number is shown to whoever asks, as far as one person's work goes.
pub fn opens(door: &Door, view: &View, question: &Question, which: Which) -> bool {
    let today = view.net.calendar.local(door.house.clock.now()).date();
    Discretion::of(view, question, today).opens(which.0)
}

/// Why neither a number nor its rows are shown.
pub fn kept(t: Text, found: &Rows, opens: bool) -> Option<String> {
    if !opens {
        return Some(t.text("figures-one-person"));
    }
    found.withheld.then(|| t.text("figures-rows-withheld"))
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
    title: String,
    definition: String,
    period: String,
    /// Which cases are counted, where not all are.
    about: Option<String>,
    total: String,
    /// Why neither the number nor its rows are shown.
    kept: Option<String>,
    rows: Vec<Row>,
    back: String,
    before: Option<String>,
    next: Option<String>,
    /// The same rows as a file, for whoever may take lists along.
    file: Option<String>,
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
    let which = asked.which()?;
    let question = wish
        .question(&view.net, door.house.clock.now())
        .map_err(Failure::Invalid)?;
    let at = asked.page.unwrap_or(1).max(1);
    let opens = opens(&door, &view, &question, which);
    let found = if opens {
        rows(&door.house, &office.asker, &question, which.0, at).await?
    } else {
        Rows::none()
    };
    let page = office.page.clone();
    let (t, period) = (page.t, &question.period);
    // Every part was parsed, so it holds nothing that would need escaping.
    let days_asked = wish.about(period);
    let of = which.part().map(|part| format!("&of={part}"));
    let query = format!(
        "figure={}{}&{days_asked}",
        which.code(),
        of.unwrap_or_default()
    );
    let there = |at: usize| format!("/figures/rows?{query}&page={at}");
    let takes = office.may(Action::ExportCases) && !found.cases.is_empty();
    layout::show(&RowsPage {
        title: which.title(t),
        definition: which.definition(t),
        period: words::days(t, period),
        about: words::about(t, &view.net, &wish),
        total: total(t, &found),
        kept: kept(t, &found, opens),
        rows: found
            .cases
            .iter()
            .map(|listed| row(&view.net, listed, t))
            .collect(),
        back: format!("/figures?{days_asked}"),
        before: (at > 1).then(|| there(at - 1)),
        next: (at.saturating_mul(PAGE) < found.total).then(|| there(at + 1)),
        file: takes.then(|| format!("/figures/rows.xlsx?{query}")),
        page,
        office,
    })
}

impl Asked {
    /// Which rows they are.
    pub fn which(&self) -> Result<Which, Failure> {
        if self.figure == TOOK && self.of.is_empty() {
            return Ok(Which(Counted::Handled));
        }
        let figure: Figure = self.figure.parse().map_err(|_| Failure::Unreadable)?;
        let of = match self.of.as_str() {
            "" | "numerator" => Part::Numerator,
            "denominator" => Part::Denominator,
            _ => return Err(Failure::Unreadable),
        };
        Ok(Which(Counted::In(figure, of)))
    }
}

fn row(net: &CommunityNet, listed: &Listed, t: Text) -> Row {
    let case = &listed.case;
    let moment =
        |at: Option<time::OffsetDateTime>| at.map_or_else(|| "—".to_owned(), |at| t.moment(at));
    Row {
        number: case.number.to_string(),
        category: words::category_of(t, net, case),
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
