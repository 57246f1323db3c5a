//! Why a deadline is when it is, in words: the rule, since when, the calendar, what was not counted, when it stood still.

use rules::calendar::DayKind;
use rules::case::{Case, ClockName};
use rules::deadline::{Basis, Rule, Step, Story};
use rules::settings::Field;
use time::OffsetDateTime;
use work::case::CasePage;
use work::net::CommunityNet;

use super::clock::limit_words;
use crate::locale::{Clockwork, Text};

/// The deadline of a running clock, step by step; nothing where it cannot be told.
pub fn explained(t: Text, page: &CasePage, name: ClockName, due: OffsetDateTime) -> Vec<String> {
    let Some(basis) = page.basis(name) else {
        return Vec::new();
    };
    let mut lines = lines(t, &page.net, &page.case, &basis, due);
    let provisional = page.case.times.due_provisional && basis.clock.is_some();
    if provisional && matches!(name, ClockName::Handle | ClockName::Whole) {
        lines.push(t.text("cases-why-provisional"));
    }
    lines
}

/// The deadline of a return visit, for whoever makes it and reads no trail.
pub fn visit_explained(t: Text, net: &CommunityNet, case: &Case) -> Vec<String> {
    let story = Story {
        case,
        settings: &net.settings.case,
        condition: None,
        calendar: &net.calendar,
        trail: &[],
    };
    let basis = story.basis(ClockName::Visit);
    let told = basis.zip(case.times.visit_due);
    told.map_or_else(Vec::new, |(basis, due)| lines(t, net, case, &basis, due))
}

/// The deadline of a clock that ran out or was met, from what it was reckoned from.
pub fn reckoned(t: Text, page: &CasePage, basis: &Basis, due: OffsetDateTime) -> Vec<String> {
    lines(t, &page.net, &page.case, basis, due)
}

fn lines(
    t: Text,
    net: &CommunityNet,
    case: &Case,
    basis: &Basis,
    due: OffsetDateTime,
) -> Vec<String> {
    let mut lines = vec![rule(t, case, basis.rule)];
    let Some(told) = basis.explain(&net.calendar) else {
        return lines;
    };
    let from = t.say("cases-why-start").with("at", t.moment(told.start));
    lines.push(from.with("limit", limit_words(t, told.limit)).to_string());
    lines.push(years(t, net, told.start.year(), due.year()));
    for (pause, _) in &told.pauses {
        let since = t
            .say("cases-why-paused")
            .with("since", t.moment(pause.since));
        lines.push(since.with("till", t.moment(pause.till)).to_string());
    }
    if told.extensions > 0 {
        let extended = t.say("cases-why-extended").with("n", told.extensions);
        lines.push(extended.to_string());
    }
    lines.extend(told.steps.iter().filter_map(|step| skipped(t, *step)));
    if let Some(limit) = basis.on_top {
        let on_top = t
            .say("cases-why-on-top")
            .with("limit", limit_words(t, limit));
        lines.push(on_top.to_string());
    }
    if basis.moved(&net.calendar, due) {
        let moved = t.say("cases-why-moved").with("at", t.moment(due));
        lines.push(moved.to_string());
    }
    lines
}

/// Which rule gave the limit: a row of a catalogue, a setting by its name, an order, or somebody's choice.
fn rule(t: Text, case: &Case, rule: Rule) -> String {
    match (rule, &case.condition, case.catalogue_version) {
        (Rule::Condition, Some(code), Some(version)) => t
            .say("cases-why-rule")
            .with("condition", code.as_str().to_owned())
            .with("version", version.0)
            .to_string(),
        (Rule::Setting(name), ..) => {
            let group = Field::named(name).map(|field| field.group);
            let group = group.map(|group| t.text(format!("settings-group-{group}")));
            let name = t.text(format!("settings-{}", name.replace('.', "-")));
            t.say("cases-why-rule-setting")
                .with("group", group.unwrap_or_default())
                .with("name", name)
                .to_string()
        }
        (Rule::Order, ..) => t.text("cases-why-order"),
        (Rule::Chosen, ..) => t.text("cases-why-chosen"),
        (Rule::Promised, ..) => t.text("cases-why-promised"),
        (Rule::Handling, ..) => t.text("cases-why-handling"),
        (Rule::Condition, ..) => t.text("cases-why-rule-usual"),
    }
}

/// Which years' notices were used, and which are not published yet.
fn years(t: Text, net: &CommunityNet, first: i32, last: i32) -> String {
    let known = |year: &i32| net.calendar.is_published(*year);
    let (published, missing): (Vec<i32>, Vec<i32>) = (first..=last).partition(known);
    let listed = |years: &[i32]| {
        let texts: Vec<String> = years.iter().map(i32::to_string).collect();
        t.row(&texts)
    };
    let key = if missing.is_empty() {
        "cases-why-calendar"
    } else {
        "cases-why-calendar-missing"
    };
    let said = t.say(key).with("years", listed(&published));
    said.with("missing", listed(&missing)).to_string()
}

fn skipped(t: Text, step: Step<'_>) -> Option<String> {
    match step {
        Step::Skipped { first, last, kind } => {
            let name = match kind {
                DayKind::Holiday { name } | DayKind::MakeUp { name } => name.to_owned(),
                DayKind::Weekend | DayKind::Weekday => t.text("cases-why-weekend"),
            };
            if first == last {
                let day = t.say("cases-why-skipped-day").with("name", name);
                return Some(day.with("day", t.day(first)).to_string());
            }
            let days = t.say("cases-why-skipped").with("name", name);
            Some(
                days.with("first", t.day(first))
                    .with("last", t.day(last))
                    .to_string(),
            )
        }
        _ => None,
    }
}
