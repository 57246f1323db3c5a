//! The list of rules in the order in which they are asked; what is switched off because somebody left stands on top.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use rules::access::Action;
use rules::ids::RuleId;
use rules::routing::RuleState;
use serde::Deserialize;

use super::words;
use crate::case::{Notice, Tag};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "routing/list.html")]
struct ListTemplate {
    page: Page,
    office: Office,
    version: i64,
    rows: Vec<Row>,
    left: usize,
    may_change: bool,
    notice: Option<Notice>,
    /// The rule that went off because it was changed: it waits to be tried out.
    untried: Option<String>,
}

/// One rule in words.
struct Row {
    id: String,
    n: usize,
    name: String,
    when: Vec<String>,
    to: String,
    state: Tag,
    is_on: bool,
}

/// What was just done.
#[derive(Deserialize)]
pub struct After {
    done: Option<String>,
    rule: Option<RuleId>,
}

/// `GET /routing`.
pub async fn get(Query(after): Query<After>, office: Office) -> Result<Response, Failure> {
    let notice = Notice::done(office.page.t, "routing", after.done.as_deref());
    let untried = after
        .rule
        .filter(|id| office.net.routing.rule(*id).is_some());
    layout::show(&ListTemplate {
        untried: untried.map(|id| id.to_string()),
        ..template(office, notice)
    })
}

/// The page, to be shown again after somebody was faster.
pub(super) fn again(office: Office, notice: Notice) -> Result<Response, Failure> {
    let shown = layout::show(&template(office, Some(notice)))?;
    let (mut parts, body) = shown.into_parts();
    parts.status = axum::http::StatusCode::PRECONDITION_FAILED;
    Ok(Response::from_parts(parts, body))
}

fn template(office: Office, notice: Option<Notice>) -> ListTemplate {
    let (t, net) = (office.page.t, &office.net);
    let set = &net.routing;
    let row = |(at, rule): (usize, &rules::routing::Rule)| Row {
        id: rule.id.to_string(),
        n: at + 1,
        name: rule.name.clone(),
        when: words::when(t, net, rule),
        to: words::target(t, net, &rule.to),
        state: words::state(t, rule.state),
        is_on: rule.state == RuleState::On,
    };
    ListTemplate {
        version: set.version,
        rows: set.rules.iter().enumerate().map(row).collect(),
        left: left(net),
        may_change: office.may(Action::ChangeRouting),
        notice,
        untried: None,
        page: office.page.clone(),
        office,
    }
}

/// How many rules are off because whom they name has left.
pub(crate) fn left(net: &work::net::CommunityNet) -> usize {
    let rules = net.routing.rules.iter();
    rules.filter(|rule| rule.state == RuleState::Left).count()
}
