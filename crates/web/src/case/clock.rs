//! A deadline in words: how it stands (word and icon beside the colour), and why it is when it is.

use rules::calendar::DayKind;
use rules::case::{Case, Deed, Limit, State, StateName, Unit};
use rules::deadline::{Clock, ClockColour, Pace, PauseReason, Step};
use time::OffsetDateTime;
use work::case::CasePage;
use work::net::CommunityNet;

use crate::locale::{Clockwork, Text};

/// A word with its colour and icon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The class that colours it.
    pub class: String,
    /// The icon.
    pub icon: &'static str,
    /// The word.
    pub words: String,
}

/// How the deadline of an open case stands; `None` where nothing is due.
pub fn clock(t: Text, net: &CommunityNet, case: &Case, now: OffsetDateTime) -> Option<Tag> {
    if !case.state.kind().is_open() {
        return None;
    }
    if let State::Suspended { until, .. } = case.state {
        return Some(tag(
            "waiting",
            "pause",
            t.say("cases-until").with("at", t.by(until)).to_string(),
        ));
    }
    let due = case.times.due_at.or(case.times.answer_by)?;
    let start = case.times.filed_at.unwrap_or(case.times.received_at);
    let pace = case
        .limit
        .map_or(Pace::Continuous, |limit| Pace::of(limit.unit));
    let (class, icon, word) = match ClockColour::running(start, due, now, pace, &net.calendar) {
        ClockColour::Red => ("overdue", "danger", "cases-overdue"),
        ClockColour::Yellow => ("soon", "clock", "cases-soon"),
        ClockColour::Green | ClockColour::Blue => ("intime", "clock", "cases-by"),
    };
    Some(tag(
        class,
        icon,
        t.say(word).with("at", t.by(due)).to_string(),
    ))
}

/// How a deadline stands that runs by itself, beside the life of a case: the last day before it is soon.
pub fn due_tag(t: Text, due: OffsetDateTime, now: OffsetDateTime) -> Tag {
    let (class, icon, word) = match due - now {
        left if left < time::Duration::ZERO => ("overdue", "danger", "cases-overdue"),
        left if left < time::Duration::DAY => ("soon", "clock", "cases-soon"),
        _ => ("intime", "clock", "cases-by"),
    };
    tag(class, icon, t.say(word).with("at", t.by(due)).to_string())
}

fn tag(class: &str, icon: &'static str, words: String) -> Tag {
    Tag {
        class: format!("tag--{class}"),
        icon,
        words,
    }
}

/// The deadline of a filed case, step by step: the rule, the calendar, what was not counted, pauses.
pub fn explained(t: Text, page: &CasePage) -> Vec<String> {
    let (net, case) = (&page.net, &page.case);
    let (Some(limit), Some(filed), Some(due)) =
        (case.limit, case.times.filed_at, case.times.due_at)
    else {
        return Vec::new();
    };
    if case.order_due == Some(due) {
        return vec![t.text("cases-why-order")];
    }
    let (from, pauses) = round(page, filed);
    let clock =
        (0..case.counts.extensions).fold(Clock::start(from, limit), |clock, _| clock.extend());
    let clock = pauses.into_iter().fold(clock, |clock, (since, till)| {
        let paused = clock.clone().pause(since, PauseReason::Suspended);
        paused
            .and_then(|paused| paused.resume(till))
            .unwrap_or(clock)
    });
    let told = clock.explain(&net.calendar);
    let from = t.say("cases-why-start").with("at", t.moment(told.start));
    let mut lines = vec![rule(t, case)];
    lines.push(from.with("limit", limit_words(t, limit)).to_string());
    lines.push(years(t, net, told.start.year(), due.year()));
    for (pause, _) in &told.pauses {
        let since = t
            .say("cases-why-paused")
            .with("since", t.moment(pause.since));
        lines.push(since.with("till", t.moment(pause.till)).to_string());
    }
    if told.extensions > 0 {
        lines.push(
            t.say("cases-why-extended")
                .with("n", told.extensions)
                .to_string(),
        );
    }
    lines.extend(told.steps.iter().filter_map(|step| skipped(t, *step)));
    if told.due.at != due {
        lines.push(
            t.say("cases-why-moved")
                .with("at", t.moment(due))
                .to_string(),
        );
    }
    if case.times.due_provisional {
        lines.push(t.text("cases-why-provisional"));
    }
    lines
}

/// The deadline of the return visit: the community's rule, since when, the calendar, and what was not counted.
pub fn visit_explained(t: Text, net: &CommunityNet, case: &Case) -> Vec<String> {
    let (Some(errand), Some(due)) = (case.errand(), case.times.visit_due) else {
        return Vec::new();
    };
    let settings = &net.settings.case.visit;
    let (key, from, limit) = match errand.tried_at {
        Some(at) => ("visit-why-again", at, settings.again_within),
        None => {
            let limit = settings.limit(case.category.as_ref());
            let from = case.times.checked_at.unwrap_or(case.times.received_at);
            ("visit-why-first", from, limit)
        }
    };
    let said = t.say(key).with("limit", limit_words(t, limit));
    let mut lines = vec![said.with("at", t.moment(from)).to_string()];
    let told = Clock::start(from, limit).explain(&net.calendar);
    lines.push(years(t, net, told.start.year(), due.year()));
    lines.extend(told.steps.iter().filter_map(|step| skipped(t, *step)));
    if told.due.at != due {
        let moved = t.say("cases-why-moved");
        lines.push(moved.with("at", t.moment(due)).to_string());
    }
    lines
}

/// When the limit of the present round began to run, and when it stood still since.
fn round(page: &CasePage, filed: OffsetDateTime) -> (OffsetDateTime, Vec<Pause>) {
    let (mut from, mut pauses, mut since) = (filed, Vec::new(), None);
    for happened in &page.trail {
        match happened.event.deed {
            Deed::Reopened { .. } if happened.event.to == StateName::Filed => {
                from = happened.at;
                pauses.clear();
            }
            Deed::Suspended { until } => since = Some((happened.at, until)),
            Deed::Resumed => {
                let paused = since.take();
                pauses.extend(paused.map(|(since, until)| (since, happened.at.min(until))));
            }
            _ => {}
        }
    }
    (from, pauses)
}

/// A stretch during which the clock stood still.
type Pause = (OffsetDateTime, OffsetDateTime);

/// Which row of which catalogue gave the limit.
fn rule(t: Text, case: &Case) -> String {
    match (&case.condition, case.catalogue_version) {
        (Some(code), Some(version)) => t
            .say("cases-why-rule")
            .with("condition", code.as_str().to_owned())
            .with("version", version.0)
            .to_string(),
        _ => t.text("cases-why-rule-usual"),
    }
}

/// Which years' notices were used, and which are not published yet.
fn years(t: Text, net: &CommunityNet, first: i32, last: i32) -> String {
    let known = |year: &i32| net.calendar.is_published(*year);
    let (published, missing): (Vec<i32>, Vec<i32>) = (first..=last).partition(known);
    let listed = |years: &[i32]| {
        let texts: Vec<String> = years.iter().map(i32::to_string).collect();
        texts.join("、")
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

/// A time limit in words.
pub fn limit_words(t: Text, limit: Limit) -> String {
    let unit = match limit.unit {
        Unit::Minute => "limit-minute",
        Unit::UrgentHour => "limit-urgent-hour",
        Unit::UrgentDay => "limit-urgent-day",
        Unit::WorkHour => "limit-work-hour",
        Unit::WorkDay => "limit-work-day",
        Unit::LegalDay => "limit-legal-day",
        Unit::NaturalDay => "limit-natural-day",
    };
    t.say(unit).with("n", limit.n).to_string()
}

/// The state as a word with its icon.
pub fn state_tag(t: Text, case: &Case) -> Tag {
    let name = case.state.name();
    let icon = match case.state {
        State::Reported { .. } => "report",
        State::Verifying { .. } => "eye",
        State::Filed => "send",
        State::Dispatched { .. } | State::Accepted { .. } => "clock",
        State::Suspended { .. } => "pause",
        State::Handled(_) | State::Checked { .. } => "check",
        State::Closed { .. } => "done",
        State::Redirected { .. } => "external",
        State::Merged { .. } => "merge",
        State::Voided | State::Withdrawn => "close",
    };
    tag(name, icon, t.text(format!("case-state-{name}")))
}
