//! `/figures`: the figures of a period, with those of the same days a year before, and one split as a table by code.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rules::access::Action;
use rules::figures::{Change, Figure, Period, Reading, Value};
use work::figures::{By, Figures, Question, figures};
use work::net::CommunityNet;

use super::question::{SPLITS, Wish, grids};
use crate::Door;
use crate::error::Failure;
use crate::form::Faults;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::session::Came;
use crate::view::View;

/// The figures of a split's columns: what compares classes, departments and channels.
const COLUMNS: [Figure; 6] = [
    Figure::Closing,
    Figure::OnTimeClosing,
    Figure::Rework,
    Figure::Resolution,
    Figure::Satisfaction,
    Figure::NeedsSolved,
];

/// A choice of the form.
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

/// One figure as it is shown.
struct Shown {
    name: String,
    definition: String,
    value: String,
    of: Option<String>,
    before: Option<String>,
    rows: Option<Rows>,
}

/// The ways to a figure's rows.
struct Rows {
    numerator: String,
    denominator: Option<String>,
}

/// One row of the split.
struct Part {
    code: String,
    name: String,
    cells: Vec<Cell>,
}

/// A figure of one part.
struct Cell {
    name: String,
    value: String,
    of: Option<String>,
}

#[derive(Template)]
#[template(path = "figures/figures.html")]
struct FiguresPage {
    page: Page,
    code: String,
    wish: Wish,
    faults: Faults,
    grids: Vec<Choice>,
    splits: Vec<Choice>,
    period: Option<String>,
    shown: Vec<Shown>,
    columns: Vec<String>,
    parts: Vec<Part>,
}

/// `GET /figures`.
pub async fn get(
    State(door): State<Door>,
    Query(wish): Query<Wish>,
    Came(known): Came,
    mut page: Page,
) -> Result<Response, Failure> {
    let view = View::of(&door, &known, wish.community.as_deref())?;
    view.admit(Action::ReadFigures)?;
    page.community = Some(view.net.name.clone());
    let mut shown = FiguresPage::empty(page, &view.net, wish);
    match shown.wish.question(&view.net, door.house.clock.now()) {
        Err(faults) => {
            shown.faults = faults;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, layout::show(&shown)?).into_response())
        }
        Ok(question) => {
            shown.answer(&door, &view, &question).await?;
            layout::show(&shown)
        }
    }
}

impl FiguresPage {
    /// The form alone.
    fn empty(page: Page, net: &CommunityNet, wish: Wish) -> Self {
        let grid = |grid: &rules::grid::Grid| Choice {
            value: grid.code.to_string(),
            name: format!(
                "{} {}",
                page.t.text(format!("map-level-{}", grid.level)),
                grid.name
            ),
            chosen: wish.grid == grid.code.as_str(),
        };
        let split = |(name, _): (&str, By)| Choice {
            value: name.to_owned(),
            name: page.t.text(format!("figures-by-{name}")),
            chosen: wish.by == name,
        };
        Self {
            code: net.code.clone(),
            grids: grids(net).map(grid).collect(),
            splits: SPLITS.into_iter().map(split).collect(),
            faults: Faults::default(),
            period: None,
            shown: Vec::new(),
            columns: Vec::new(),
            parts: Vec::new(),
            wish,
            page,
        }
    }

    async fn answer(
        &mut self,
        door: &Door,
        view: &View,
        question: &Question,
    ) -> Result<(), Failure> {
        let period = &question.period;
        self.wish.from = period.first().to_string();
        self.wish.to = period.last().to_string();
        let t = self.page.t;
        let days = t
            .say("figures-period")
            .with("first", t.day(period.first()))
            .with("last", t.day(period.last()));
        self.period = Some(days.to_string());
        let now = figures(&door.house, view.net.id, question).await?;
        let before = year_before(door, view, question).await?;
        for part in now {
            match &part.part {
                None => self.shown = self.all(view, period, &part, &before),
                Some(code) => {
                    let code = code.clone();
                    self.parts.push(self.part(view, question.by, code, &part));
                }
            }
        }
        if question.by.is_some() {
            self.columns = COLUMNS.iter().map(|figure| self.name(*figure)).collect();
        }
        Ok(())
    }

    fn all(
        &self,
        view: &View,
        period: &Period,
        all: &Figures,
        before: &[(Figure, Value)],
    ) -> Vec<Shown> {
        let shown = |(figure, value): &(Figure, Value)| {
            let was = before
                .iter()
                .find(|(one, _)| one == figure)
                .map(|(_, value)| value);
            // a change against the year before is said once
            let was = was.filter(|_| *figure != Figure::YearOnYear);
            Shown {
                name: self.name(*figure),
                definition: self.page.t.text(figure.definition_key()),
                value: read(value),
                of: self.of(value),
                before: was.map(read),
                rows: view.rows().then(|| self.rows(*figure, value, period)),
            }
        };
        all.values.iter().map(shown).collect()
    }

    fn part(&self, view: &View, by: Option<By>, code: String, part: &Figures) -> Part {
        let cell = |figure: &Figure| {
            let value = part
                .values
                .iter()
                .find(|(one, _)| one == figure)
                .map(|(_, value)| value);
            Cell {
                name: self.name(*figure),
                value: value.map_or_else(|| "—".to_owned(), read),
                of: value.and_then(|value| self.of(value)),
            }
        };
        Part {
            name: self.part_name(&view.net, by, &code),
            cells: COLUMNS.iter().map(cell).collect(),
            code,
        }
    }

    fn part_name(&self, net: &CommunityNet, by: Option<By>, code: &str) -> String {
        let none = || self.page.t.text("figures-part-none");
        match by {
            Some(By::Channel) => self.page.t.text(format!("figures-channel-{code}")),
            Some(By::Department) if code.is_empty() => self.page.t.text("figures-part-grids"),
            Some(By::Department) => {
                let found = net.departments().find(|department| department.code == code);
                found.map_or_else(none, |department| department.name.clone())
            }
            Some(By::Category) => {
                let classes = net
                    .catalogue()
                    .map(|catalogue| catalogue.classes())
                    .unwrap_or_default();
                let found = classes
                    .into_iter()
                    .find(|(class, _)| class.as_str() == code);
                found.map_or_else(none, |(_, name)| name.to_owned())
            }
            None => none(),
        }
    }

    fn name(&self, figure: Figure) -> String {
        self.page
            .t
            .text(figure.definition_key().replace("-definition", "-name"))
    }

    /// Numerator and denominator in words; none where too few answered to show either.
    fn of(&self, value: &Value) -> Option<String> {
        let t = self.page.t;
        match value {
            Value::Ratio(ratio) => match ratio.reading() {
                Reading::TooFew { fewest } => {
                    Some(t.say("figures-too-few").with("fewest", fewest).to_string())
                }
                Reading::Percent(_) | Reading::Empty => Some(format!(
                    "{} / {}",
                    t.number(ratio.numerator as i64),
                    t.number(ratio.denominator as i64)
                )),
            },
            Value::Change(Change { this, before }) => Some(
                t.say("figures-change")
                    .with("this", *this)
                    .with("before", *before)
                    .to_string(),
            ),
            Value::Count(_) => None,
        }
    }

    fn rows(&self, figure: Figure, value: &Value, period: &Period) -> Rows {
        let grid = if self.wish.grid.is_empty() {
            String::new()
        } else {
            format!("&grid={}", self.wish.grid)
        };
        let to = |of: &str| {
            let days = format!("from={}&to={}", period.first(), period.last());
            format!(
                "/figures/rows?figure={}&of={of}&{days}{grid}",
                figure.as_str()
            )
        };
        let counted = !matches!(value, Value::Count(_));
        Rows {
            numerator: to("numerator"),
            denominator: counted.then(|| to("denominator")),
        }
    }
}

/// The same days a year before; none where the calendar has no year before.
async fn year_before(
    door: &Door,
    view: &View,
    question: &Question,
) -> Result<Vec<(Figure, Value)>, Failure> {
    let Ok(period) = question.period.year_before() else {
        return Ok(Vec::new());
    };
    let question = Question {
        period,
        grid: question.grid,
        by: None,
    };
    let all = figures(&door.house, view.net.id, &question).await?;
    Ok(all
        .into_iter()
        .next()
        .map(|all| all.values)
        .unwrap_or_default())
}

/// A percentage as the wall writes it, so that it stays on one line.
fn tight(percentage: &str) -> String {
    percentage.replace(" %", "%")
}

/// A value with one decimal; a change with its sign.
fn read(value: &Value) -> String {
    match value {
        Value::Change(change) if change.this > change.before && change.before > 0 => {
            tight(&format!("+{change:.1}"))
        }
        Value::Ratio(ratio) => tight(&format!("{ratio:.1}")),
        Value::Change(change) => tight(&format!("{change:.1}")),
        Value::Count(count) => count.to_string(),
    }
}
