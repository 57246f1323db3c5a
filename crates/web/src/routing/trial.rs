//! What a rule would have done with the last cases: how many it takes, how many of them go elsewhere than today, and which.
//! From here, and only from here, the office switches a rule on.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use rules::access::Action;
use rules::ids::RuleId;
use rules::routing::{Change, RuleState};
use work::routing::{TRIAL_MAX, Trial, trial};

use super::words;
use crate::Door;
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::workbench::Office;

/// A trial in words.
pub(super) struct Shown {
    pub summary: String,
    pub rows: Vec<Row>,
}

/// What one rule takes.
pub(super) struct Row {
    pub name: String,
    pub to: String,
    pub takes: usize,
    pub elsewhere: usize,
    pub moved: Vec<Moved>,
}

/// A case that goes elsewhere.
pub(super) struct Moved {
    pub number: String,
    pub when: String,
    pub now: String,
    pub then: String,
}

impl Shown {
    pub(super) fn of(office: &Office, tried: &Trial) -> Self {
        let t = office.page.t;
        let summary = if tried.cases == 0 {
            t.text("routing-trial-none")
        } else {
            t.say("routing-trial-summary")
                .with("cases", tried.cases)
                .with("elsewhere", tried.elsewhere)
                .to_string()
        };
        Self {
            summary,
            rows: tried
                .rows
                .iter()
                .map(|row| shown(office, tried, row))
                .collect(),
        }
    }
}

fn shown(office: &Office, tried: &Trial, row: &work::routing::Row) -> Row {
    let (t, net) = (office.page.t, &office.net);
    let rule = row.rule.and_then(|id| tried.set.rule(id));
    let moved = row.moved.iter().map(|moved| Moved {
        number: moved.case.number.to_string(),
        when: t.moment(moved.case.times.received_at),
        now: words::goes(t, net, moved.now),
        then: words::goes(t, net, moved.then),
    });
    Row {
        name: rule.map_or_else(|| t.text("routing-no-rule"), |rule| rule.name.clone()),
        to: rule.map_or_else(
            || t.text("routing-no-rule-to"),
            |rule| words::target(t, net, &rule.to),
        ),
        takes: row.takes,
        elsewhere: row.elsewhere,
        moved: moved.collect(),
    }
}

#[derive(Template)]
#[template(path = "routing/trial.html")]
struct TrialTemplate {
    page: Page,
    office: Office,
    id: String,
    name: String,
    version: i64,
    trial: Shown,
    tried: String,
    may_switch: bool,
}

/// `GET /routing/{id}/trial`: the rule as it is kept, as if it were on.
pub async fn get(
    State(door): State<Door>,
    Path(id): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let id: RuleId = id.parse().map_err(|_| Failure::NotFound)?;
    let set = &office.net.routing;
    let rule = set.rule(id).ok_or(Failure::NotFound)?;
    let tried = trial(&door.house, &office.asker, Some(Change::On(id)), TRIAL_MAX).await?;
    let stands = !office.net.has_left(&rule.to);
    layout::show(&TrialTemplate {
        id: id.to_string(),
        name: rule.name.clone(),
        version: set.version,
        trial: Shown::of(&office, &tried),
        tried: tried.proof.unwrap_or_default(),
        may_switch: rule.state != RuleState::On && stands && office.may(Action::ChangeRouting),
        page: office.page.clone(),
        office,
    })
}
