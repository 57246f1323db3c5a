//! `/cockpit/data`: what the wall shows, in the shape of `ui/cockpit/types.ts`. Names instead of ids, shares from 0 to 1.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use rules::access::Action;
use rules::case::Case;
use rules::figures::{Figure, Value};
use rules::grid::Grid;
use serde::Serialize;
use time::OffsetDateTime;
use work::figures::Wall;
use work::net::CommunityNet;

use super::Wish;
use crate::Door;
use crate::error::Failure;
use crate::figures::{is_withheld, read};
use crate::locale::Text;
use crate::session::Came;
use crate::view::View;
use crate::visitor::Visitor;

/// Everything on the wall.
#[derive(Serialize)]
pub struct Data {
    pub community: Community,
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    pub seq: i64,
    pub figures: Vec<Shown>,
    pub grids: Vec<GridCount>,
    pub categories: Vec<CategoryCount>,
    pub trend: Vec<Day>,
    pub latest: Vec<Latest>,
}

/// Whose wall it is.
#[derive(Serialize)]
pub struct Community {
    pub code: String,
    pub name: String,
}

/// A key figure; with a denominator it is a share.
#[derive(Serialize)]
pub struct Shown {
    pub key: &'static str,
    pub value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numerator: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<u64>,
    /// What stands in place of a number that counts too few residents to be shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld: Option<String>,
    pub definition_key: &'static str,
    pub rows_url: Option<String>,
}

/// Open and overdue in a grid with everything below it.
#[derive(Clone, Serialize)]
pub struct GridCount {
    pub code: String,
    pub name: String,
    pub level: &'static str,
    pub open: u64,
    pub overdue: u64,
    /// Whether the visitor's lists hold every one of them, so that the count may lead there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub reads: bool,
}

impl GridCount {
    /// A grid of which nothing was counted.
    pub fn none(grid: &Grid) -> Self {
        Self {
            code: grid.code.to_string(),
            name: grid.name.clone(),
            level: grid.level.as_str(),
            open: 0,
            overdue: 0,
            reads: false,
        }
    }
}

/// Open and overdue in a class of categories.
#[derive(Serialize)]
pub struct CategoryCount {
    pub code: String,
    pub name: String,
    pub open: u64,
    pub overdue: u64,
}

/// A day of the trend.
#[derive(Serialize)]
pub struct Day {
    pub day: String,
    pub received: u64,
    pub closed: u64,
}

/// One of the newest cases.
#[derive(Serialize)]
pub struct Latest {
    pub number: String,
    pub category: String,
    pub grid: String,
    pub state: &'static str,
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// `GET /cockpit/data`.
pub async fn get(
    State(door): State<Door>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    Came(known): Came,
    visitor: Visitor,
) -> Result<Json<Data>, Failure> {
    let code = wish.community.as_deref();
    let view = View::watched(&door, &headers, &known, code, Action::ReadCockpit).await?;
    let wall = door.walls.wall(&door.house, view.net.id).await?;
    Ok(Json(Data::of(&view, &wall, visitor.text())))
}

impl Data {
    /// The wall for one visitor.
    pub fn of(view: &View, wall: &Wall, t: Text) -> Self {
        let net = &view.net;
        let trend = wall.trend.iter().map(|day| Day {
            day: day.day.to_string(),
            received: day.received,
            closed: day.closed,
        });
        Self {
            community: Community {
                code: net.code.clone(),
                name: net.name.clone(),
            },
            at: wall.at,
            seq: wall.seq,
            figures: figures(view, wall, t),
            grids: grids(view, wall),
            categories: categories(net, wall, t),
            trend: trend.collect(),
            latest: wall
                .latest
                .iter()
                .map(|case| latest(net, case, t))
                .collect(),
        }
    }
}

/// The six key figures, in their order on the wall.
fn figures(view: &View, wall: &Wall, t: Text) -> Vec<Shown> {
    let of_month = |figure: Figure| {
        let found = wall.figures.iter().find(|(one, _)| *one == figure);
        found.map(|(_, value)| *value)
    };
    let today = wall
        .trend
        .last()
        .map_or_else(String::new, |day| day.day.to_string());
    // a list of cases holds what the visitor may see: it stands behind a count of all only where that is the same
    let lists = view.reads().is_all();
    let list = |query: String| lists.then(|| format!("/cases?{query}"));
    let mut shown = vec![
        count(
            "received_today",
            wall.received_today,
            list(format!("from={today}")),
        ),
        count("open", wall.open, list("state=open".to_owned())),
        count("overdue", wall.overdue, list("due=overdue".to_owned())),
        share("closing_rate", Figure::Closing, of_month, t),
        share("satisfaction", Figure::Satisfaction, of_month, t),
        share("needs_solved", Figure::NeedsSolved, of_month, t),
    ];
    for figure in &mut shown {
        figure.rows_url = figure
            .rows_url
            .take()
            .filter(|_| view.rows())
            .map(|url| within(&url, wall));
    }
    shown
}

fn count(key: &'static str, n: u64, rows: Option<String>) -> Shown {
    Shown {
        key,
        value: Some(n as f64),
        numerator: None,
        denominator: None,
        withheld: None,
        definition_key: key,
        rows_url: rows,
    }
}

/// A figure of the last full month. Where it counts too few residents, neither number nor rows are shown.
fn share(
    key: &'static str,
    figure: Figure,
    of_month: impl Fn(Figure) -> Option<Value>,
    t: Text,
) -> Shown {
    let found = of_month(figure);
    let withheld = found.filter(is_withheld).map(|value| read(t, &value));
    let (value, counts) = match found {
        Some(Value::Ratio(ratio)) => {
            let shown = ratio.percentage().map(|percent| percent / 100.0);
            (shown, shown.map(|_| (ratio.numerator, ratio.denominator)))
        }
        Some(Value::Count(n)) => (Some(n as f64), None),
        Some(Value::Change(_) | Value::Withheld(_)) | None => (None, None),
    };
    let rows = format!("/figures/rows?figure={}", figure.as_str());
    Shown {
        key,
        value,
        numerator: counts.map(|(numerator, _)| numerator),
        denominator: counts.map(|(_, denominator)| denominator),
        rows_url: withheld.is_none().then_some(rows),
        withheld,
        definition_key: key,
    }
}

/// Rows of a figure are those of the wall's month.
fn within(url: &str, wall: &Wall) -> String {
    if url.starts_with("/figures/") {
        format!("{url}&from={}&to={}", wall.month.first(), wall.month.last())
    } else {
        url.to_owned()
    }
}

/// The grids with their counts, in the order of the net.
pub fn grids(view: &View, wall: &Wall) -> Vec<GridCount> {
    let reads = view.reads();
    let counted = |count: &work::figures::GridCount| {
        let grid = view.net.grid(count.grid)?;
        Some(GridCount {
            open: count.open,
            overdue: count.overdue,
            reads: reads.has(count.grid),
            ..GridCount::none(grid)
        })
    };
    wall.grids.iter().filter_map(counted).collect()
}

/// Counts by class 大类; what has no category yet stands under an empty code.
fn categories(net: &CommunityNet, wall: &Wall, t: Text) -> Vec<CategoryCount> {
    let mut classes: BTreeMap<String, CategoryCount> = BTreeMap::new();
    for (code, open, overdue) in wall
        .categories
        .iter()
        .filter(|(_, open, overdue)| open + overdue > 0)
    {
        let (code, name) =
            class(net, code).unwrap_or_else(|| (String::new(), t.text("cockpit-no-category")));
        let class = classes.entry(code.clone()).or_insert(CategoryCount {
            code,
            name,
            open: 0,
            overdue: 0,
        });
        class.open += open;
        class.overdue += overdue;
    }
    classes.into_values().collect()
}

fn class(net: &CommunityNet, code: &str) -> Option<(String, String)> {
    let code = code.parse().ok()?;
    let category = net.catalogue()?.category(&code)?;
    Some((
        category.class_code.as_str().to_owned(),
        category.class_name.clone(),
    ))
}

fn latest(net: &CommunityNet, case: &Case, t: Text) -> Latest {
    let category = case.category.as_ref().zip(net.catalogue());
    let category = category.and_then(|(code, catalogue)| catalogue.category(code));
    Latest {
        number: case.number.to_string(),
        category: category.map_or_else(|| t.text("cockpit-no-category"), |one| one.name.clone()),
        grid: net
            .grid(case.grid)
            .map_or_else(String::new, |grid| grid.name.clone()),
        state: case.state.kind().as_str(),
        at: case.times.received_at,
    }
}
