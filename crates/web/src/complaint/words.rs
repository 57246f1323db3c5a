//! A complaint in words: its state with icon and colour, what it came to, the trail.

use rules::complaint::{Outcome, State, StateName};
use store::referral::Kept;
use work::complaint::Happened;

use crate::case::{Line, Tag};
use crate::locale::{Clockwork, Text};
use crate::workbench::Office;

/// The state as a word with its icon.
pub(super) fn state_tag(t: Text, state: &State) -> Tag {
    let (class, icon) = match state.name() {
        StateName::Received => ("tag--reported", "report"),
        StateName::Taken => ("tag--accepted", "eye"),
        StateName::Answered => ("tag--checked", "message"),
        StateName::Closed => ("tag--closed", "done"),
        StateName::Reported => ("tag--closed", "report"),
    };
    Tag {
        class: class.to_owned(),
        icon,
        words: t.text(format!("complaint-state-{}", state.name())),
    }
}

/// It was held because the words sounded so, and nobody has decided yet whether it is one.
pub(super) fn undecided_tag(t: Text) -> Tag {
    Tag {
        class: "tag--soon".to_owned(),
        icon: "danger",
        words: t.text("complaint-undecided"),
    }
}

/// Its words tell of danger to life, and nobody has answered yet.
pub(super) fn urgent_tag(t: Text) -> Tag {
    Tag {
        class: "tag--danger".to_owned(),
        icon: "danger",
        words: t.text("complaint-urgent"),
    }
}

/// Whether an answer is still due.
pub(super) const fn is_open(state: &State) -> bool {
    matches!(state, State::Received | State::Taken { .. })
}

/// What it came to.
pub(super) fn outcome(t: Text, outcome: Outcome) -> String {
    t.text(format!("complaint-outcome-{outcome}"))
}

/// The trail with names, for those who look into it.
pub(super) fn trail(office: &Office, trail: &[Happened]) -> Vec<Line> {
    lines(office.page.t, trail.iter().collect(), |happened| {
        let role = office.page.t.text(format!("role-{}", happened.role));
        match happened.actor.map(|id| office.name(id)) {
            Some(name) if !name.is_empty() => format!("{name} · {role}"),
            _ => role,
        }
    })
}

/// The trail for whoever told it: what was done and when, by nobody named; notes are no news.
pub(super) fn reporter_trail(t: Text, trail: &[Happened]) -> Vec<Line> {
    let news = |one: &&Happened| one.deed.is_news();
    lines(t, trail.iter().filter(news).collect(), |_| String::new())
}

fn lines(t: Text, trail: Vec<&Happened>, who: impl Fn(&Happened) -> String) -> Vec<Line> {
    let last = trail.len().saturating_sub(1);
    let line = |(at, happened): (usize, &Happened)| Line {
        what: t.text(format!("complaint-deed-{}", happened.deed.name())),
        when: t.moment(happened.at),
        stamp: t.stamp(happened.at),
        who: who(happened),
        words: Vec::new(),
        why: None,
        record: None,
        now: at == last,
    };
    trail.into_iter().enumerate().map(line).collect()
}

/// A lead of what is or becomes a complaint: its number, where it stands, and with whom; its team while nobody has it.
pub(super) fn with_whom(office: &Office, lead: &Kept) -> String {
    let (t, referral) = (office.page.t, &lead.referral);
    let whom = match referral.state.officers() {
        Some(two) => t.row(&[two.first(), two.second()].map(|one| office.name(one))),
        None => office
            .net
            .department(referral.team)
            .map(|team| team.name.clone())
            .unwrap_or_default(),
    };
    let state = crate::referral::state_words(t, &referral.state);
    format!("{} · {state} · {whom}", referral.number)
}
