//! Whom a task can be given to, as choices in a form: those who serve the place first, then departments, then everybody by
//! the general grid they serve in.

use std::collections::BTreeMap;

use rules::access::{Action, may};
use rules::grid::{Grid, Level};
use rules::ids::GridId;
use rules::people::Reason;
use rules::routing::Rule;
use work::net::{CommunityNet, OnDuty};
use work::routing::Why;

use super::field::{Choice, Group};
use crate::locale::Text;
use crate::workbench::Office;

/// Why routing suggests somebody: the rule, if one decided, and why it is this person.
pub fn suggested(t: Text, net: &CommunityNet, duty: &OnDuty, rule: Option<&Rule>) -> String {
    let person = reason(t, net, duty.reason, duty.grid);
    match rule {
        Some(rule) => format!("{} · {person}", by_rule(t, &rule.name)),
        None => person,
    }
}

/// Why a task was given to whom, when it was given.
pub fn given(t: Text, net: &CommunityNet, why: &Why) -> String {
    let person = reason(t, net, why.kept.reason, why.kept.grid);
    match (&why.rule, why.kept.rule) {
        (Some(rule), _) => format!("{} · {person}", by_rule(t, &rule.name)),
        (None, Some(_)) => format!("{} · {person}", t.text("routing-reason-old-rule")),
        (None, None) => person,
    }
}

fn by_rule(t: Text, name: &str) -> String {
    t.say("routing-reason-rule").with("name", name).to_string()
}

fn reason(t: Text, net: &CommunityNet, reason: Reason, grid: Option<GridId>) -> String {
    let grid = grid
        .and_then(|grid| net.grid(grid))
        .map(|grid| grid.name.clone())
        .unwrap_or_default();
    match reason {
        Reason::Serves(role) => t
            .say("cases-reason-serves")
            .with("grid", grid)
            .with("role", t.text(format!("role-{role}")))
            .to_string(),
        Reason::StandsIn { role, absent } => {
            let absent = net
                .member(absent)
                .map(|member| member.name.clone())
                .unwrap_or_default();
            let words = t
                .say("cases-reason-stands-in")
                .with("grid", grid)
                .with("absent", absent);
            words
                .with("role", t.text(format!("role-{role}")))
                .to_string()
        }
        Reason::FastLane => t.text("cases-reason-fast-lane"),
        Reason::LaneEmpty => t.text("cases-reason-lane-empty"),
        Reason::DepartmentEmpty => t.text("cases-reason-department-empty"),
        Reason::LastResort => t.text("cases-reason-last"),
    }
}

/// Who serves below a general grid, each with the code of their own grid.
type Others<'a> = (&'a Grid, Vec<(&'a str, Choice)>);

/// Everybody a task can be given to, in groups: those who serve this grid and the grids above it, the nearest first; the
/// departments; then the others, general grid by general grid, as somebody looks for them who knows where they serve. Nobody whose
/// account was closed.
pub fn addressees(office: &Office, grid: GridId, action: Action) -> Vec<Group> {
    let (t, net) = (office.page.t, &office.net);
    let way: Vec<GridId> = net.way(grid).iter().map(|grid| grid.id).collect();
    let mut here: Vec<(usize, Choice)> = Vec::new();
    let mut elsewhere: BTreeMap<&str, Others> = BTreeMap::new();
    for post in net
        .posts()
        .iter()
        .filter(|post| may(post.role, action) && post.department.is_none())
    {
        let Some((member, code)) = net
            .member(post.member)
            .filter(|member| !member.is_closed())
            .and_then(|member| Some((member, member.code.clone()?)))
        else {
            continue;
        };
        let choice = Choice::new(code, format!("{} · {}", member.name, post.title));
        let far = post.grid.filter(|grid| !way.contains(grid));
        match far.and_then(|id| net.grid(id).zip(general(net, id))) {
            Some((own, general)) => {
                let group = elsewhere.entry(general.code.as_str());
                let (_, choices) = group.or_insert_with(|| (general, Vec::new()));
                choices.push((own.code.as_str(), choice));
            }
            None => {
                let near = way.iter().position(|one| Some(*one) == post.grid);
                here.push((near.unwrap_or(way.len()), choice));
            }
        }
    }
    here.sort_by_key(|(near, _)| *near);
    let departments = net
        .departments()
        .map(|one| Choice::new(&one.code, &one.name));
    let near = Group {
        label: t.text("cases-people-here"),
        choices: here.into_iter().map(|(_, choice)| choice).collect(),
    };
    let departments = Group {
        label: t.text("cases-people-departments"),
        choices: departments.collect(),
    };
    let far = elsewhere.into_values().map(|(grid, mut choices)| {
        choices.sort_by_key(|(code, _)| *code);
        Group {
            label: grid.name.clone(),
            choices: choices.into_iter().map(|(_, choice)| choice).collect(),
        }
    });
    let groups = [near, departments].into_iter().chain(far);
    groups.filter(|group| !group.choices.is_empty()).collect()
}

/// The general grid that a grid lies in; the topmost grid below the community's where there is none, such as a dedicated
/// one; the grid itself where it lies in nothing.
fn general(net: &CommunityNet, id: GridId) -> Option<&Grid> {
    let way = net.way(id);
    let below = way.iter().rev().find(|grid| grid.level != Level::Community);
    let general = way.iter().find(|grid| grid.level == Level::General);
    general.or(below).or(way.first()).copied()
}
