//! Rules in words: when one fits, where it sends, and where a case goes. Seats and departments are named, not the people
//! who hold them.

use rules::ids::CategoryCode;
use rules::routing::{Rule, RuleState, Target};
use work::net::{CommunityNet, Routed};

use crate::case::Tag;
use crate::locale::Text;

/// The parts of a condition, each in a phrase.
pub(super) fn when(t: Text, net: &CommunityNet, rule: &Rule) -> Vec<String> {
    let when = &rule.when;
    let (between, mut said) = (t.text("routing-or"), Vec::new());
    let mut add = |key: &'static str, values: Vec<String>| {
        if !values.is_empty() {
            said.push(t.say(key).with("what", values.join(&between)).to_string());
        }
    };
    let category = |code: &CategoryCode| category(t, net, code);
    add(
        "routing-when-category",
        when.categories.iter().map(category).collect(),
    );
    let grid = when.grid.and_then(|id| net.grid(id));
    add(
        "routing-when-grid",
        grid.map(|grid| grid.name.clone()).into_iter().collect(),
    );
    let day = |day: &u8| t.text(format!("routing-day-{day}"));
    add("routing-when-day", when.days.iter().map(day).collect());
    add(
        "routing-when-hours",
        when.hours
            .map(|hours| hours.to_string())
            .into_iter()
            .collect(),
    );
    let channel = |one: &rules::case::Channel| t.text(format!("case-channel-{}", one.as_str()));
    add(
        "routing-when-channel",
        when.channels.iter().map(channel).collect(),
    );
    add("routing-when-words", when.words.clone());
    said
}

/// A category or class with its code.
fn category(t: Text, net: &CommunityNet, code: &CategoryCode) -> String {
    let catalogue = net.catalogue();
    let own = catalogue
        .and_then(|all| all.category(code))
        .map(|one| one.name.clone());
    let class = || {
        let classes = catalogue?.classes();
        classes.get(code).map(|name| (*name).to_owned())
    };
    match own.or_else(class) {
        Some(name) => t.aside(&name, code.as_str()),
        None => code.to_string(),
    }
}

/// Where a rule sends.
pub(super) fn target(t: Text, net: &CommunityNet, to: &Target) -> String {
    match to {
        Target::Post(id) => net
            .post(*id)
            .map_or_else(|| t.text("routing-gone"), |post| seat(t, net, post)),
        Target::Department(id) => net
            .department(*id)
            .map_or_else(|| t.text("routing-gone"), |one| one.name.clone()),
        Target::Skill(skill) => t.say("routing-to-skill").with("skill", skill).to_string(),
    }
}

/// A seat, with the grid or department it belongs to.
pub(super) fn seat(t: Text, net: &CommunityNet, post: &rules::people::Post) -> String {
    let title = if post.title.is_empty() {
        t.text(format!("role-{}", post.role))
    } else {
        post.title.clone()
    };
    let department = post.department.and_then(|id| net.department(id));
    let grid = post.grid.and_then(|id| net.grid(id));
    let of = department
        .map(|one| one.name.clone())
        .or_else(|| grid.map(|one| one.name.clone()));
    of.map_or_else(|| title.clone(), |of| format!("{of} · {title}"))
}

/// Where a case goes.
pub(super) fn goes(t: Text, net: &CommunityNet, routed: Option<Routed>) -> String {
    let post = routed.and_then(|routed| net.post(routed.duty.post));
    post.map_or_else(|| t.text("routing-nobody"), |post| seat(t, net, post))
}

/// How a rule stands.
pub(super) fn state(t: Text, state: RuleState) -> Tag {
    let (class, icon) = match state {
        RuleState::On => ("tag--ok", "check"),
        RuleState::Off => ("tag--waiting", "pause"),
        RuleState::Left => ("tag--danger", "danger"),
    };
    Tag {
        class: class.to_owned(),
        icon,
        words: t.text(format!("routing-state-{}", state.as_str())),
    }
}
