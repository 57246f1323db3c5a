//! `/figures`: the figures of a period beside those of the period before and of the same days a year before, and one split
//! as a table by code. Grids show counts and no rate: a grid is often one person. So does a micro-grid to everybody outside its line.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rules::access::Action;
use rules::figures::{Figure, HandlingTime, Length, Period, Value};
use work::figures::{Answer, By, Figures, Question, figures};

use super::choices::Choices;
use super::question::Wish;
use super::rows::TOOK;
use super::words::{self, hours, is_withheld, name, of, read};
use crate::Door;
use crate::error::Failure;
use crate::form::Faults;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::session::Came;
use crate::view::View;
use crate::workbench::Office;

/// The figures of a split's columns.
pub const COLUMNS: [Figure; 7] = [
    Figure::Closing,
    Figure::OnTimeClosing,
    Figure::Rework,
    Figure::Response,
    Figure::Resolution,
    Figure::Satisfaction,
    Figure::NeedsSolved,
];

/// One figure as it is shown.
struct Shown {
    name: String,
    definition: String,
    value: String,
    of: Option<String>,
    before: Option<Was>,
    year_before: Option<Was>,
    rows: Option<Rows>,
}

/// A figure of a period that it is compared to.
struct Was {
    value: String,
    rows: Option<Rows>,
}

/// The ways to a figure's rows.
struct Rows {
    numerator: String,
    denominator: Option<String>,
}

/// How long handling took, by one of the two clocks.
struct Took {
    name: String,
    median: String,
    mean: String,
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
    rows: Option<String>,
}

#[derive(Template)]
#[template(path = "figures/figures.html")]
struct FiguresPage {
    page: Page,
    /// The menu beside it, for whoever works here.
    office: Option<Office>,
    wish: Wish,
    faults: Faults,
    choices: Choices,
    period: Option<String>,
    before: Option<String>,
    after: Option<String>,
    file: String,
    behind: i64,
    shown: Vec<Shown>,
    took: Vec<Took>,
    handled: u64,
    /// The cases of how long handling took.
    handled_rows: Option<String>,
    /// Whether counts stand alone, because a micro-grid is one person.
    bare: bool,
    columns: Vec<String>,
    parts: Vec<Part>,
}

/// `GET /figures`.
pub async fn get(
    State(door): State<Door>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    Came(known): Came,
    office: Result<Office, Failure>,
    mut page: Page,
) -> Result<Response, Failure> {
    let code = wish.community.as_deref();
    let view = View::watched(&door, &headers, &known, code, Action::ReadFigures).await?;
    page.community = Some(view.net.name.clone());
    let mut shown = FiguresPage {
        choices: Choices::of(page.t, &view.net, &wish),
        wish,
        faults: Faults::default(),
        period: None,
        before: None,
        after: None,
        file: String::new(),
        behind: 0,
        shown: Vec::new(),
        took: Vec::new(),
        handled: 0,
        handled_rows: None,
        bare: false,
        columns: Vec::new(),
        parts: Vec::new(),
        office: office.ok(),
        page,
    };
    match shown.wish.question(&view.net, door.house.clock.now()) {
        Err(faults) => {
            shown.faults = faults;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, layout::show(&shown)?).into_response())
        }
        Ok(question) => {
            let answer = figures(&door.house, view.net.id, &question).await?;
            shown.answer(&view, &question, answer);
            layout::show(&shown)
        }
    }
}

impl FiguresPage {
    fn answer(&mut self, view: &View, question: &Question, answer: Answer) {
        let period = &question.period;
        self.file = format!("/figures.xlsx?{}", self.wish.about(period));
        let there = |period: Period| format!("/figures?{}", self.wish.about(&period));
        self.before = period.before().ok().map(there);
        self.after = after(period).map(there);
        let t = self.page.t;
        self.period = Some(words::days(t, period));
        self.behind = answer.behind;
        self.bare = !view.rates(question.grid);
        self.shown = Figure::ALL
            .into_iter()
            .map(|figure| self.figure(view, figure, &answer))
            .collect();
        let time = answer.all.time.filter(|_| !self.bare);
        self.took = time.iter().flat_map(|time| self.took(time)).collect();
        self.handled = time.map_or(0, |time| time.n);
        self.handled_rows = view.rows().then(|| {
            let query = self.unsplit().about(period);
            format!("/figures/rows?figure={TOOK}&{query}")
        });
        if let Some(by) = question.by {
            self.columns = COLUMNS.iter().map(|figure| name(t, *figure)).collect();
            let parts = answer.parts.iter();
            self.parts = parts.map(|part| self.part(view, by, part)).collect();
        }
    }

    fn figure(&self, view: &View, figure: Figure, answer: &Answer) -> Shown {
        let t = self.page.t;
        let value = answer.all.value(figure).unwrap_or(Value::Count(0));
        // A change against another period says by itself what was before.
        let compared = !matches!(value, Value::Change(_));
        let rows = |value: &Value, period: &Period| {
            let opens = view.rows() && !is_withheld(value);
            opens.then(|| Rows {
                numerator: rows_of(&self.wish, figure, "numerator", period),
                denominator: (!matches!(value, Value::Count(_)))
                    .then(|| rows_of(&self.wish, figure, "denominator", period)),
            })
        };
        let was = |figures: &Option<Figures>| {
            let figures = figures.as_ref().filter(|_| compared)?;
            let value = figures.value(figure)?;
            Some(Was {
                value: self.said(figure, &value).0,
                rows: rows(&value, &figures.period),
            })
        };
        let (said, said_of) = self.said(figure, &value);
        Shown {
            name: name(t, figure),
            definition: t.text(figure.definition_key()),
            before: was(&answer.before),
            year_before: was(&answer.year_before),
            rows: rows(&value, &answer.all.period),
            of: said_of,
            value: said,
        }
    }

    /// A value and what it is of; where counts stand alone, the counts.
    fn said(&self, figure: Figure, value: &Value) -> (String, Option<String>) {
        let t = self.page.t;
        let counts = of(t, figure, value);
        match value {
            Value::Ratio(_) if self.bare => (counts.unwrap_or_default(), None),
            Value::Change(change) if self.bare => (t.number(change.this as i64), counts),
            _ => (read(t, value), counts),
        }
    }

    /// The question without a split: rows are of all together.
    fn unsplit(&self) -> Wish {
        Wish {
            by: String::new(),
            ..self.wish.clone()
        }
    }

    fn took(&self, time: &HandlingTime) -> impl Iterator<Item = Took> + use<> {
        let t = self.page.t;
        words::times(time)
            .into_iter()
            .map(move |(key, middle)| Took {
                name: t.text(key),
                median: hours(middle.median),
                mean: hours(middle.mean),
            })
    }

    fn part(&self, view: &View, by: By, part: &Figures) -> Part {
        let t = self.page.t;
        let code = part.part.clone().unwrap_or_default();
        let wish = self.wish.of_part(by, &code, &part.period);
        let wish = wish.filter(|_| view.rows());
        let cell = |figure: &Figure| {
            let value = part.value(*figure).unwrap_or(Value::Count(0));
            let said = of(t, *figure, &value);
            let bare = self.bare || by == By::Grid;
            let (value_said, said) = match value {
                Value::Ratio(_) if bare => (said.unwrap_or_default(), None),
                _ => (read(t, &value), said),
            };
            let rows = wish.as_ref().filter(|_| !is_withheld(&value));
            Cell {
                name: name(t, *figure),
                value: value_said,
                // The two counts stay on one line.
                of: said.map(|said| said.replace(" / ", "\u{a0}/\u{a0}")),
                rows: rows.map(|wish| rows_of(wish, *figure, "denominator", &part.period)),
            }
        };
        Part {
            name: words::part(t, &view.net, by, &code),
            cells: COLUMNS.iter().map(cell).collect(),
            code: if matches!(by, By::Time(_)) {
                String::new()
            } else {
                code
            },
        }
    }
}

/// The way to the rows behind a number; a bare count has only a numerator.
fn rows_of(wish: &Wish, figure: Figure, of: &str, period: &Period) -> String {
    let of = if figure == Figure::NeedsSolved {
        "numerator"
    } else {
        of
    };
    let query = Wish {
        by: String::new(),
        ..wish.clone()
    };
    format!(
        "/figures/rows?figure={}&of={of}&{}",
        figure.as_str(),
        query.about(period)
    )
}

/// The period directly after, of the same length: as many whole months, else as many days.
fn after(period: &Period) -> Option<Period> {
    let first = period.last().next_day()?;
    let whole = [Length::Month, Length::Quarter, Length::Year, Length::Week];
    let offset = period.offset();
    let is =
        |length: &Length| Period::around(period.first(), *length, offset).as_ref() == Ok(period);
    match whole.into_iter().find(is) {
        Some(length) => Period::around(first, length, offset).ok(),
        None => {
            let last = first.checked_add(time::Duration::days(period.len() - 1))?;
            Period::days(first, last, offset).ok()
        }
    }
}
