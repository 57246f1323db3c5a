//! Writing a rule down. Before anything is kept it can be tried out on past cases; a new rule is switched off until
//! somebody switches it on.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use door::routing::{Typed, draft, seats};
use rules::access::Action;
use rules::case::Channel;
use rules::ids::RuleId;
use rules::routing::{Change, RuleState};
use work::routing::{TRIAL_MAX, change, trial};

use super::trial::Shown;
use super::words;
use crate::Door;
use crate::case::{Choice, Group, grids};
use crate::error::Failure;
use crate::faster::routing as faster;
use crate::form::{Faults, Fields};
use crate::layout::{self, Page};
use crate::workbench::Office;

/// Every field of the form.
const FIELDS: [&str; 11] = [
    "version",
    "name",
    "to",
    "categories",
    "grid",
    "day",
    "from",
    "until",
    "channel",
    "words",
    "go",
];

#[derive(Template)]
#[template(path = "routing/rule.html")]
struct RuleTemplate {
    page: Page,
    office: Office,
    /// The rule; none for a new one.
    id: Option<String>,
    version: i64,
    typed: Typed,
    faults: Faults,
    targets: Vec<Group>,
    grids: Vec<Choice>,
    days: Vec<Choice>,
    channels: Vec<Choice>,
    codes: Vec<(String, Vec<String>)>,
    may_change: bool,
    /// Who was faster, or that somebody was.
    stale: Option<String>,
    trial: Option<Shown>,
}

/// `GET /routing/new`.
pub async fn new(office: Office) -> Result<Response, Failure> {
    let version = office.net.routing.version;
    layout::show(&template(office, None, version, Typed::default()))
}

/// `POST /routing/new`: tries it out, or keeps it.
pub async fn add(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    send(&door, office, None, &fields).await
}

/// `GET /routing/{id}`.
pub async fn get(Path(id): Path<String>, office: Office) -> Result<Response, Failure> {
    let id: RuleId = id.parse().map_err(|_| Failure::NotFound)?;
    let rule = office.net.routing.rule(id).ok_or(Failure::NotFound)?;
    let typed = Typed::written(&office.net, rule);
    let version = office.net.routing.version;
    layout::show(&template(office, Some(id), version, typed))
}

/// `POST /routing/{id}`: tries it out, or keeps it.
pub async fn edit(
    State(door): State<Door>,
    Path(id): Path<String>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    let id: RuleId = id.parse().map_err(|_| Failure::NotFound)?;
    office.net.routing.rule(id).ok_or(Failure::NotFound)?;
    send(&door, office, Some(id), &fields).await
}

async fn send(
    door: &Door,
    office: Office,
    id: Option<RuleId>,
    fields: &Fields,
) -> Result<Response, Failure> {
    fields.only(&FIELDS)?;
    let version = fields.version()?;
    let typed = Typed::of(fields);
    let written = match draft(&office.net, &typed) {
        Ok(draft) => draft,
        Err(faults) => return again(office, id, version, typed, faults),
    };
    let (name, made) = match id {
        Some(id) => ("changed", Change::Edit(id, written)),
        None => {
            let id = RuleId(door.house.clock.id());
            ("added", Change::Add(id, written))
        }
    };
    if fields.text("go") == Some("try") {
        let tried = trial(&door.house, &office.asker, Some(made), TRIAL_MAX).await?;
        let trial = Some(Shown::of(&office, &tried));
        let page = template(office, id, version, typed);
        return layout::show(&RuleTemplate { trial, ..page });
    }
    match change(&door.house, &office.asker, version, made, None)
        .await
        .map_err(Failure::from)
    {
        Ok(_) => Ok(done(door, &office, name)),
        Err(Failure::Invalid(faults)) => again(office, id, version, typed, faults),
        Err(failure @ Failure::Stale { is, .. }) => {
            let t = office.page.t;
            let failure = faster(door, (&office.asker, Some(t)), version, id, failure).await;
            let said = match failure {
                Failure::Overtaken { faster, .. } => faster.said(t),
                _ => t.text("routing-stale-form"),
            };
            let page = template(office, id, is, typed);
            layout::show_again(&RuleTemplate {
                stale: Some(said),
                ..page
            })
        }
        Err(other) => Err(other),
    }
}

/// Back to the list with what was done. A rule that is off now, because what it does has changed, is named there.
pub(super) fn done(door: &Door, office: &Office, name: &str) -> Response {
    let to = match went_off(door, office) {
        Some(id) if matches!(name, "changed" | "moved") => {
            format!("/routing?done={name}-off&rule={id}")
        }
        _ => format!("/routing?done={name}"),
    };
    Redirect::to(&to).into_response()
}

/// The rule that was on and is off now.
fn went_off(door: &Door, office: &Office) -> Option<RuleId> {
    let net = door.house.net();
    let after = net.community_by_id(office.net.id)?;
    let before = office.net.routing.rules.iter();
    let mut on = before.filter(|rule| rule.state == RuleState::On);
    let is_off = |id| {
        after
            .routing
            .rule(id)
            .is_some_and(|rule| rule.state == RuleState::Off)
    };
    on.find(|rule| is_off(rule.id)).map(|rule| rule.id)
}

fn again(
    office: Office,
    id: Option<RuleId>,
    version: i64,
    typed: Typed,
    faults: Faults,
) -> Result<Response, Failure> {
    let page = template(office, id, version, typed);
    layout::show_again(&RuleTemplate { faults, ..page })
}

fn template(office: Office, id: Option<RuleId>, version: i64, typed: Typed) -> RuleTemplate {
    let t = office.page.t;
    let day = |n: u8| {
        let value = n.to_string();
        let here = typed.days.contains(&value);
        Choice::new(value, t.text(format!("routing-day-{n}"))).chosen(here)
    };
    let channel = |one: &Channel| {
        let here = typed.channels.iter().any(|typed| typed == one.as_str());
        let label = t.text(format!("case-channel-{}", one.as_str()));
        Choice::new(one.as_str(), label).chosen(here)
    };
    RuleTemplate {
        id: id.map(|id| id.to_string()),
        version,
        targets: targets(&office, &typed.to),
        grids: grids(&office, &typed.grid),
        days: (1..=7).map(day).collect(),
        channels: Channel::ALL.iter().map(channel).collect(),
        codes: codes(&office),
        may_change: office.may(Action::ChangeRouting),
        stale: None,
        trial: None,
        faults: Faults::default(),
        typed,
        page: office.page.clone(),
        office,
    }
}

/// Departments, skills, and the seats of those who handle, in groups.
fn targets(office: &Office, chosen: &str) -> Vec<Group> {
    let (t, net) = (office.page.t, &office.net);
    let departments = net
        .departments()
        .map(|one| Choice::new(format!("department:{}", one.code), &one.name));
    let skills = net.skills().into_iter().map(|skill| {
        let words = t.say("routing-to-skill").with("skill", skill).to_string();
        Choice::new(format!("skill:{skill}"), words)
    });
    let seats =
        seats(net).map(|post| Choice::new(format!("post:{}", post.id), words::seat(t, net, post)));
    let groups = [
        ("cases-people-departments", departments.collect::<Vec<_>>()),
        ("routing-skills", skills.collect()),
        ("routing-posts", seats.collect()),
    ];
    let filled = groups.into_iter().filter(|(_, all)| !all.is_empty());
    filled
        .map(|(label, choices)| Group {
            label: t.text(label),
            choices: choices
                .into_iter()
                .map(|choice| {
                    let here = choice.value == chosen;
                    choice.chosen(here)
                })
                .collect(),
        })
        .collect()
}

/// Classes with their categories, to look codes up.
fn codes(office: &Office) -> Vec<(String, Vec<String>)> {
    let Some(catalogue) = office.net.catalogue() else {
        return Vec::new();
    };
    let of = |class: &rules::ids::CategoryCode| {
        let within = catalogue
            .categories
            .values()
            .filter(|one| one.class_code == *class);
        within
            .map(|one| format!("{} {}", one.code, one.name))
            .collect()
    };
    catalogue
        .classes()
        .into_iter()
        .map(|(code, name)| (format!("{code} {name}"), of(code)))
        .collect()
}
