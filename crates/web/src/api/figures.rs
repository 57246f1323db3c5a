//! `GET /api/v1/figures`: the key figures of a period with numerator and denominator, each defined in words. Counts
//! without people, for everybody.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use rules::figures::{Figure, Period, Reading as Shown, Value};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::{IntoParams, ToSchema};
use work::figures::{By, Figures, Question, figures};

use super::asked::{self, Asked, Reading};
use super::{body, counts};
use crate::Door;
use crate::error::Failure;
use crate::form::Fault;
use crate::locale::{CHINA, Text};
use crate::visitor::Visitor;

/// The longest period, in days: a leap year.
const DAYS_MAX: i64 = 366;

/// Which figures.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FiguresQuery {
    /// The first day.
    from: Option<String>,
    /// The last day, included; at most 366 days later.
    to: Option<String>,
    /// The code of a grid: there and below.
    grid: Option<String>,
    /// `category`, `department` or `channel`: split by it, too.
    by: Option<String>,
}

/// Figures of a period.
#[derive(Serialize, ToSchema)]
pub struct FiguresShape {
    from: String,
    to: String,
    /// All together first, then each part.
    parts: Vec<PartShape>,
}

/// Figures of one part of the cases.
#[derive(Serialize, ToSchema)]
pub struct PartShape {
    /// A code; none for all together, empty for what has none.
    part: Option<String>,
    figures: Vec<FigureShape>,
}

/// One figure.
#[derive(Serialize, ToSchema)]
pub struct FigureShape {
    figure: &'static str,
    /// What it counts, in words.
    definition: Option<String>,
    /// Of a rate: those that did; of a change: this period; of a count: how many. None where too few would tell who.
    numerator: Option<u64>,
    /// Of a rate: those that should; of a change: the period before.
    denominator: Option<u64>,
    /// None with an empty denominator, or where too few would tell who.
    percent: Option<f64>,
}

/// The figures.
#[utoipa::path(
    get,
    path = "/api/v1/figures",
    tag = "figures",
    params(FiguresQuery),
    responses(
        (status = 200, description = "The figures", body = FiguresShape),
        (status = 422, description = "Faulty parameters"),
    )
)]
pub async fn get(
    State(door): State<Door>,
    visitor: Visitor,
    Asked(query): Asked<FiguresQuery>,
) -> Result<Response, Failure> {
    let mut reading = Reading::default();
    let from = reading.needed("from", query.from.as_deref(), "date-malformed", asked::day);
    let to = reading.needed("to", query.to.as_deref(), "date-malformed", asked::day);
    let by = reading.one("by", query.by.as_deref(), "by-unknown", by);
    reading.done()?;
    let period = from.zip(to).and_then(|(from, to)| period(from, to));
    let period = period.ok_or_else(|| body::invalid(Fault::new("to", "period-outside")))?;
    let net = door.house.net();
    let (community, grid) = counts::whose(&net, query.grid.as_deref())?;
    let whole = community.root().is_some_and(|root| root.id == grid);
    let question = Question {
        period,
        grid: Some(grid).filter(|_| !whole),
        by,
    };
    let parts = figures(&door.house, community.id, &question).await?;
    let text = visitor.text();
    let shape = FiguresShape {
        from: period.first().to_string(),
        to: period.last().to_string(),
        parts: parts
            .into_iter()
            .map(|part| part_shape(part, text))
            .collect(),
    };
    body::answer(StatusCode::OK, &shape)
}

fn by(text: &str) -> Option<By> {
    match text {
        "category" => Some(By::Category),
        "department" => Some(By::Department),
        "channel" => Some(By::Channel),
        _ => None,
    }
}

fn period(from: Date, to: Date) -> Option<Period> {
    let fits = (0..DAYS_MAX).contains(&(to - from).whole_days());
    Period::days(from, to, CHINA).ok().filter(|_| fits)
}

fn part_shape(part: Figures, text: Text) -> PartShape {
    let figures = part
        .values
        .into_iter()
        .map(|(figure, value)| figure_shape(figure, value, text));
    PartShape {
        part: part.part,
        figures: figures.collect(),
    }
}

fn figure_shape(figure: Figure, value: Value, text: Text) -> FigureShape {
    let key = figure.definition_key();
    let (numerator, denominator, percent) = match value {
        Value::Ratio(ratio) => match ratio.reading() {
            Shown::TooFew { .. } => (None, None, None),
            Shown::Empty | Shown::Percent(_) => (
                Some(ratio.numerator),
                Some(ratio.denominator),
                ratio.percentage(),
            ),
        },
        Value::Change(change) => (Some(change.this), Some(change.before), change.percentage()),
        Value::Count(count) => (Some(count), None, None),
    };
    FigureShape {
        figure: figure.as_str(),
        definition: text.has(key).then(|| text.text(key)),
        numerator,
        denominator,
        percent,
    }
}
