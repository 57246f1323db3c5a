//! The orders of the last thirty days, and the two forms: a file in, results out.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rules::case::Case;
use rules::ids::CaseId;
use store::order::Order;
use time::Duration;

use crate::Door;
use crate::error::Failure;
use crate::layout::Page;
use crate::locale::Clockwork;
use crate::workbench::Office;

/// How far back the list reaches, and how long it may get.
const DAYS: i64 = 30;
const MOST: u32 = 500;

#[derive(Template)]
#[template(path = "order/list.html")]
struct ListTemplate {
    page: Page,
    office: Office,
    lines: Vec<Line>,
    from: String,
    to: String,
    said: Said,
}

/// What is said of a file that was sent.
#[derive(Default)]
pub(super) struct Said {
    /// What came of it.
    pub notice: Option<String>,
    /// What is wrong with it, or worth knowing.
    pub problems: Vec<String>,
    /// Whether it was refused.
    pub is_refused: bool,
    /// The first and last day that were asked for, as typed; empty for none.
    pub period: [String; 2],
}

/// One order.
struct Line {
    number: String,
    source: String,
    case: String,
    state: String,
    due: String,
    received: String,
}

/// `GET /orders`.
pub async fn get(State(door): State<Door>, office: Office) -> Result<Response, Failure> {
    show(&door, office, Said::default()).await
}

pub(super) async fn show(door: &Door, office: Office, said: Said) -> Result<Response, Failure> {
    let now = office.asker.now;
    let reader = door.house.store.reader();
    let (from, to) = (now - Duration::days(DAYS), now + Duration::DAY);
    let orders = reader.orders(office.net.id, None, from, to, MOST).await;
    let mut orders = orders.map_err(work::Error::from)?;
    orders.reverse();
    let ids: Vec<CaseId> = orders.iter().map(|order| order.case).collect();
    let cases = reader.cases_by_id(office.net.id, &ids).await;
    let cases = cases.map_err(work::Error::from)?;
    let lines = orders.iter().filter_map(|order| {
        let case = cases.iter().find(|case| case.id == order.case)?;
        Some(line(&office, order, case))
    });
    let today = office.net.calendar.local(now).date();
    let status = if said.is_refused {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let typed = |at: usize| Some(said.period[at].clone()).filter(|day| !day.is_empty());
    let template = ListTemplate {
        lines: lines.collect(),
        from: typed(0).unwrap_or_else(|| today.replace_day(1).unwrap_or(today).to_string()),
        to: typed(1).unwrap_or_else(|| today.to_string()),
        page: office.page.clone(),
        office,
        said,
    };
    Ok((status, Html(template.render()?)).into_response())
}

fn line(office: &Office, order: &Order, case: &Case) -> Line {
    let t = office.page.t;
    let source = if order.source == work::order::HOTLINE {
        t.text("case-channel-hotline")
    } else {
        order.source.clone()
    };
    Line {
        number: order.number.clone(),
        source,
        case: case.number.to_string(),
        state: t.text(format!("case-state-{}", case.state.name())),
        due: order.due.map(|at| t.by(at)).unwrap_or_default(),
        received: t.moment(order.received_at),
    }
}
