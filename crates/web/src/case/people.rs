//! Whom a task can be given to, as choices in a form: those who serve the place first, then departments, then everybody.

use rules::access::{Action, may};
use rules::ids::GridId;
use rules::people::Reason;
use work::net::{CommunityNet, OnDuty};

use super::field::{Choice, Group};
use crate::locale::Text;
use crate::workbench::Office;

/// Why routing suggests somebody.
pub fn reason(t: Text, net: &CommunityNet, duty: &OnDuty) -> String {
    let grid = duty
        .grid
        .and_then(|grid| net.grid(grid))
        .map(|grid| grid.name.clone())
        .unwrap_or_default();
    match duty.reason {
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
