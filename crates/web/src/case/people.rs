//! Whom a task can be given to, as choices in a form: those who serve the place first, then departments, then everybody.

use rules::access::{Action, may};
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
        Reason::LastResort => t.text("cases-reason-last"),
    }
}

/// Everybody a task can be given to, in groups: of this place, departments, elsewhere.
pub fn addressees(office: &Office, grid: GridId, action: Action) -> Vec<Group> {
    let (t, net) = (office.page.t, &office.net);
    let way: Vec<GridId> = net.way(grid).iter().map(|grid| grid.id).collect();
    let (mut here, mut elsewhere) = (Vec::new(), Vec::new());
    for post in net
        .posts()
        .iter()
        .filter(|post| may(post.role, action) && post.department.is_none())
    {
        let Some((member, code)) = net
            .member(post.member)
            .and_then(|member| Some((member, member.code.clone()?)))
        else {
            continue;
        };
        let choice = Choice::new(code, format!("{} · {}", member.name, post.title));
        if post.grid.is_none_or(|grid| way.contains(&grid)) {
            here.push(choice);
        } else {
            elsewhere.push(choice);
        }
    }
    let departments = net
        .departments()
        .map(|one| Choice::new(&one.code, &one.name))
        .collect();
    let groups = [
        ("cases-people-here", here),
        ("cases-people-departments", departments),
        ("cases-people-elsewhere", elsewhere),
    ];
    let groups = groups
        .into_iter()
        .filter(|(_, choices)| !choices.is_empty());
    groups
        .map(|(label, choices)| Group {
            label: t.text(label),
            choices,
        })
        .collect()
}
