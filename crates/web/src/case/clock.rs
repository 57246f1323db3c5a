//! A deadline in words: how it stands, word and icon beside the colour.

use rules::case::{Case, ClockName, Limit, State, StateName, Unit};
use rules::deadline::{ClockColour, Pace};
use time::OffsetDateTime;
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

impl Tag {
    /// The word in pieces, each with whether it has to stay on one line.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let pieces = self.words.split(WHOLE).enumerate();
        pieces.map(|(n, piece)| (piece, n % 2 == 1))
    }
}

/// What a clock of a case is called as the case stands: one that is filed is taken by nobody, the desk has to dispatch it.
pub(crate) fn clock_name(t: Text, case: &Case, name: ClockName) -> String {
    let undispatched = case.state.kind() == StateName::Filed;
    if name == ClockName::Answer && undispatched {
        return t.text("cases-clock-dispatch");
    }
    t.text(format!("cases-clock-{}", name.as_str()))
}

/// The deadline by which an open case is shown, the one that lists find it by: the next that makes it overdue, else its own, or by
/// when somebody has to decide.
pub fn shown_due(case: &Case) -> Option<OffsetDateTime> {
    let times = &case.times;
    case.late_from().or(times.due_at).or(times.answer_by)
}

/// How the deadline of an open case stands; `None` where nothing is due.
pub fn clock(t: Text, net: &CommunityNet, case: &Case, now: OffsetDateTime) -> Option<Tag> {
    if !case.state.kind().is_open() {
        return None;
    }
    let due = shown_due(case);
    if let State::Suspended { until, .. } = case.state {
        let stands = t.say("cases-until").with("at", whole(t, until)).to_string();
        // what was late when its clock was stopped, is late
        let late = due.filter(|_| case.is_overdue(now));
        return Some(match late {
            Some(due) => {
                let words = t.say("cases-overdue").with("at", whole(t, due)).to_string();
                tag("overdue", "danger", t.row(&[words.as_str(), &stands]))
            }
            None => tag("waiting", "pause", stands),
        });
    }
    let due = due?;
    let start = case.times.filed_at.unwrap_or(case.times.received_at);
    // the limit is that of the work, and not of deciding about it
    let limit = case.limit.filter(|_| case.times.due_at == Some(due));
    let pace = limit.map_or(Pace::Continuous, |limit| Pace::of(limit.unit));
    let (class, icon, word) = match ClockColour::running(start, due, now, pace, &net.calendar) {
        ClockColour::Red => ("overdue", "danger", "cases-overdue"),
        ClockColour::Yellow => ("soon", "clock", "cases-soon"),
        ClockColour::Green | ClockColour::Blue => ("intime", "clock", "cases-by"),
    };
    Some(tag(
        class,
        icon,
        t.say(word).with("at", whole(t, due)).to_string(),
    ))
}

/// How a deadline stands that runs by itself, beside the life of a case: the last day before it is soon.
pub fn due_tag(t: Text, due: OffsetDateTime, now: OffsetDateTime) -> Tag {
    let (class, icon, word) = match due - now {
        left if left < time::Duration::ZERO => ("overdue", "danger", "cases-overdue"),
        left if left < time::Duration::DAY => ("soon", "clock", "cases-soon"),
        _ => ("intime", "clock", "cases-by"),
    };
    tag(
        class,
        icon,
        t.say(word).with("at", whole(t, due)).to_string(),
    )
}

/// Stands on both sides of what has to stay on one line; nobody sees it.
const WHOLE: char = '\u{2060}';

/// A moment that stays on one line: without spaces it could break at the brackets of its weekday.
fn whole(t: Text, at: OffsetDateTime) -> String {
    format!("{WHOLE}{}{WHOLE}", t.by(at))
}

fn tag(class: &str, icon: &'static str, words: String) -> Tag {
    Tag {
        class: format!("tag--{class}"),
        icon,
        words,
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
