//! `GET /api/v1/figures/rows`: the cases behind a figure, within what the asker may see, a page at a time. Where the figure is
//! withheld because it would tell of too few people, so are its rows.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::figures::{Discretion, Kept, Wish};
use door::form::Fault;
use door::session::Signed;
use door::view::View;
use door::visitor::Visitor;
use rules::case::Channel;
use rules::figures::{Figure, Length, Part};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use work::Visitor as Known;
use work::figures::{Counted, PAGE, Rows, rows};

use super::asked::{Asked, Reading};
use super::body;
use super::case::CaseItem;

/// Which figure's rows. Without days they are those of the last full month.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FigureRowsQuery {
    /// The name of a figure, or `handling_time` for the cases of how long handling took, which has no `of`.
    #[param(required)]
    figure: Option<String>,
    /// `numerator` (the default) or `denominator`.
    of: Option<String>,
    /// Which page of a hundred, from 1 on.
    #[param(value_type = Option<u32>, minimum = 1)]
    page: Option<String>,
    /// `day`, `week`, `month`, `quarter` or `year`: the one around `from`, or around today.
    length: Option<String>,
    /// The first day.
    from: Option<String>,
    /// The last day, included. A period has at most 366 days.
    to: Option<String>,
    /// The code of a grid: there and below; of another scheme what lies in it.
    grid: Option<String>,
    /// The code of a class or category.
    category: Option<String>,
    /// A department's code, or `grids` for what lies with none.
    department: Option<String>,
    /// On which way it came.
    channel: Option<String>,
}

/// A page of the rows behind a figure, the newest first.
#[derive(Serialize, ToSchema)]
pub struct FigureRowsShape<'a> {
    /// The first day that counts.
    from: String,
    /// The last day that counts.
    to: String,
    /// How many the asker may see altogether.
    total: usize,
    /// How many the figure counts, also those that the asker may not see; none where it is withheld.
    counted: Option<u64>,
    /// Whether that is more than the asker may see: the rows are their part only.
    partial: bool,
    /// Whether nothing is told because it would tell of too few people, or judge the one person who serves the grid.
    withheld: bool,
    /// That it would judge one person, in words; none where it would not.
    why: Option<String>,
    items: Vec<CaseItem<'a>>,
    /// The `page` that comes next; none on the last one.
    next: Option<usize>,
}

/// The rows behind a figure.
#[utoipa::path(
    get,
    path = "/api/v1/figures/rows",
    tag = "figures",
    params(FigureRowsQuery),
    responses(
        (status = 200, description = "A page", body = FigureRowsShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role lists no cases"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []))
)]
pub async fn get(
    State(door): State<Door>,
    Signed(asker): Signed,
    visitor: Visitor,
    Asked(query, reading): Asked<FigureRowsQuery>,
) -> Result<Response, Failure> {
    let community = asker.community().ok_or(Failure::Forbidden)?;
    let net = door.house.net();
    let net = net.community_by_id(community).ok_or(Failure::Forbidden)?;
    let mut reading = reading;
    let which = which(&query, &mut reading);
    let question = wish(query).question(net, asker.now);
    if let Err(faults) = &question {
        faults.iter().for_each(|fault| tell(fault, &mut reading));
    }
    reading.done()?;
    // what is needed and missing was told above
    let (counted, page) = which.ok_or(Failure::Unreadable)?;
    let question = question.map_err(Failure::Invalid)?;
    let view = View::on(&door, &Known::Member(asker.clone()), net);
    let today = net.calendar.local(asker.now).date();
    let opens = Discretion::of(&view, &question, today).opens(counted);
    let found = if opens {
        rows(&door.house, &asker, &question, counted, page).await?
    } else {
        Rows::none()
    };
    let why = (!opens).then(|| visitor.text().text(Kept::OnePerson.why()));
    let cases = found.cases.iter();
    let shape = FigureRowsShape {
        from: question.period.first().to_string(),
        to: question.period.last().to_string(),
        total: found.total,
        counted: found.counted,
        partial: found.is_partial(),
        withheld: found.withheld,
        why,
        items: cases.map(|row| CaseItem::of(net, row, asker.now)).collect(),
        next: (page.saturating_mul(PAGE) < found.total).then(|| page.saturating_add(1)),
    };
    body::answer(StatusCode::OK, &shape)
}

/// A fault of the form as machines are told it: of a closed list with its words, which people choose from and never type; and
/// of both its days where a period ends before it begins.
pub(super) fn tell(fault: &Fault, reading: &mut Reading) {
    let words = match fault.code.as_str() {
        "channel-unknown" => Channel::ALL.map(Channel::as_str).to_vec(),
        "length-unknown" => Length::ALL.map(Length::as_str).to_vec(),
        "period-backwards" => return reading.backwards(),
        _ => return reading.fault(fault.clone()),
    };
    reading.fault(fault.clone().allowing(words));
}

fn which(query: &FigureRowsQuery, reading: &mut Reading) -> Option<(Counted, usize)> {
    let figure = query.figure.as_deref();
    if figure.is_none_or(|text| text.trim().is_empty()) {
        reading.fault(Fault::new("figure", "field-missing"));
    }
    let all = Figure::ALL.iter().map(|one| one.as_str());
    let all: Vec<_> = all.chain([TOOK]).collect();
    let figure = reading.one_of("figure", figure, "figure-unknown", &all, |text| {
        let known = text.parse().ok().map(Some);
        known.or_else(|| (text == TOOK).then_some(None))
    });
    if figure == Some(None) && query.of.is_some() {
        reading.fault(Fault::new("of", "field-unknown"));
    }
    let of = reading.one_of("of", query.of.as_deref(), "of-unknown", &PARTS, part);
    let page = query.page.as_deref();
    let page = reading.one("page", page, "page-outside", |text| {
        text.parse().ok().filter(|page| *page >= 1)
    });
    let counted = match figure? {
        Some(figure) => Counted::In(figure, of.unwrap_or(Part::Numerator)),
        None => Counted::Handled,
    };
    Some((counted, page.unwrap_or(1)))
}

/// The name of how long handling took, which is no figure but has its cases.
const TOOK: &str = "handling_time";

/// The parts of a figure.
const PARTS: [&str; 2] = ["numerator", "denominator"];

fn part(text: &str) -> Option<Part> {
    match text {
        "numerator" => Some(Part::Numerator),
        "denominator" => Some(Part::Denominator),
        _ => None,
    }
}

fn wish(query: FigureRowsQuery) -> Wish {
    Wish {
        length: query.length.unwrap_or_default(),
        from: query.from.unwrap_or_default(),
        to: query.to.unwrap_or_default(),
        grid: query.grid.unwrap_or_default(),
        category: query.category.unwrap_or_default(),
        department: query.department.unwrap_or_default(),
        channel: query.channel.unwrap_or_default(),
        ..Wish::default()
    }
}
