//! A mediation in words: its kind, its state with icon and colour, the line of facts, how its deadline is reckoned, the trail.

use rules::deadline::Clock;
use rules::mediation::{Agreement, Deed, Kept, Mediation, State, StateName, label};
use time::OffsetDateTime;
use work::mediation::{Happened, MediationPage};
use work::net::CommunityNet;

use crate::case::{Line, Tag, due_tag, limit_words, place};
use crate::locale::{Clockwork, Language, Text};
use crate::workbench::Office;

/// A kind in words: the community's own name, else the usual text.
pub(super) fn kind(t: Text, net: &CommunityNet, code: &str) -> String {
    let known = net.settings.mediation.kinds.iter();
    let own = known
        .filter(|kind| kind.code == code)
        .find_map(|kind| kind.name.clone());
    let key = format!("mediation-kind-{code}");
    own.unwrap_or_else(|| {
        if t.has(&key) {
            t.text(key)
        } else {
            code.to_owned()
        }
    })
}

/// What the n-th party is called on pages.
pub(super) fn party(t: Text, n: u8) -> String {
    match t.language() {
        Language::Chinese => label(usize::from(n)).to_owned(),
        // words call the sides so in either language
        Language::English => {
            let said = t.say("mediation-party").with("n", n + 1);
            said.with("label", label(usize::from(n))).to_string()
        }
    }
}

/// The state as a word with its icon.
pub(super) fn state_tag(t: Text, state: &State) -> Tag {
    let (class, icon) = match state.name() {
        StateName::Open => ("tag--accepted", "message"),
        StateName::Drafted => ("tag--handled", "edit"),
        StateName::Agreed => ("tag--checked", "check"),
        StateName::NotAgreed => ("tag--redirected", "external"),
        StateName::Withdrawn => ("tag--withdrawn", "close"),
        StateName::Finished => ("tag--closed", "done"),
    };
    Tag {
        class: class.to_owned(),
        icon,
        words: t.text(format!("mediation-state-{}", state.name())),
    }
}

/// How its deadline, or the look a month later, stands.
pub(super) fn due(t: Text, mediation: &Mediation, now: OffsetDateTime) -> Option<Tag> {
    if mediation.state.name() == StateName::Agreed {
        let at = mediation.times.follow_at?;
        let late = mediation.late_at().is_some_and(|late| late <= now);
        let (class, icon, key) = if late {
            ("tag--overdue", "danger", "mediation-follow-late")
        } else if at <= now {
            ("tag--soon", "clock", "mediation-follow-now")
        } else {
            ("tag--waiting", "clock", "mediation-follow-at")
        };
        return Some(Tag {
            class: class.to_owned(),
            icon,
            words: t.say(key).with("at", t.by(at)).to_string(),
        });
    }
    Some(due_tag(t, mediation.times.due_at?, now))
}

/// What stands in the list of facts, where there is something to say.
pub(super) fn facts(office: &Office, page: &MediationPage) -> Vec<(String, String)> {
    let (t, mediation) = (office.page.t, &page.mediation);
    let mut facts = Vec::new();
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.push((t.text(key), value));
        }
    };
    add(
        "mediation-kind",
        Some(kind(t, &office.net, &mediation.kind)),
    );
    add("cases-grid", Some(place(office, mediation.grid)));
    add("mediation-place", page.place.clone());
    add(
        "mediation-people",
        Some(t.number(i64::from(mediation.people))),
    );
    add("mediation-mediator", Some(office.name(mediation.mediator)));
    add("mediation-away", away(office, mediation));
    add(
        "mediation-opened",
        Some(t.moment(mediation.times.opened_at)),
    );
    add("mediation-due", mediation.times.due_at.map(|at| t.by(at)));
    add("mediation-outcome", outcome(t, &mediation.state));
    add(
        "mediation-follow",
        mediation.times.follow_at.map(|at| t.by(at)),
    );
    facts
}

/// Until when the mediator of an open one is away: it goes to no deputy by itself, so its leads have to see it.
fn away(office: &Office, mediation: &Mediation) -> Option<String> {
    let mediator = office.net.member(mediation.mediator)?;
    let away = mediator.away_at(office.asker.now)?;
    let t = office.page.t;
    let said = || match away.ends() {
        Some(until) => t
            .say("mediation-away-until")
            .with("until", t.by(until))
            .to_string(),
        None => t.text("mediation-away-closed"),
    };
    mediation.state.name().is_open().then(said)
}

fn outcome(t: Text, state: &State) -> Option<String> {
    let instead = |key: &str, instead: rules::mediation::Instead| {
        let to = t.text(format!("mediation-instead-{instead}"));
        t.say(key).with("to", to).to_string()
    };
    let agreed = state.agreement().map(|agreement| agreed(t, agreement));
    match state {
        State::Agreed { .. } => agreed,
        State::NotAgreed { instead: to } => Some(instead("mediation-outcome-failed", *to)),
        State::Finished { kept, .. } => {
            let found = match kept {
                Kept::Yes => t.text("mediation-outcome-kept"),
                Kept::No { instead: to } => instead("mediation-outcome-broken", *to),
            };
            let Some(agreed) = agreed else {
                return Some(found);
            };
            let said = t.say("mediation-outcome-after").with("agreed", agreed);
            Some(said.with("found", found).to_string())
        }
        State::Open | State::Drafted | State::Withdrawn => None,
    }
}

/// On which day and in which form it was agreed.
fn agreed(t: Text, agreement: Agreement) -> String {
    let key = if agreement.written {
        "mediation-outcome-written"
    } else {
        "mediation-outcome-oral"
    };
    t.say(key).with("on", t.day(agreement.on)).to_string()
}

/// The running deadline, step by step.
pub(super) fn explained(office: &Office, mediation: &Mediation) -> Vec<String> {
    let t = office.page.t;
    let Some(due) = mediation.times.due_at else {
        return Vec::new();
    };
    let limit = office.net.settings.mediation.limit;
    let start = Clock::start(mediation.times.runs_from, limit);
    let clock = (0..mediation.times.extensions).fold(start, |clock, _| clock.extend());
    let told = clock.explain(&office.net.calendar);
    let from = t.say("cases-why-start").with("at", t.moment(told.start));
    let mut lines = vec![from.with("limit", limit_words(t, limit)).to_string()];
    if told.extensions > 0 {
        let more = t.say("cases-why-extended").with("n", told.extensions);
        lines.push(more.to_string());
    }
    lines.push(
        t.say("mediation-why-natural")
            .with("at", t.moment(due))
            .to_string(),
    );
    lines
}

/// The trail, first things first.
pub(super) fn trail(office: &Office, trail: &[Happened]) -> Vec<Line> {
    let t = office.page.t;
    let last = trail.len().saturating_sub(1);
    let line = |(at, happened): (usize, &Happened)| Line {
        what: what(office, happened),
        when: t.moment(happened.at),
        stamp: t.stamp(happened.at),
        who: who(office, happened),
        words: happened.words.clone(),
        why: None,
        record: None,
        now: at == last,
    };
    trail.iter().enumerate().map(line).collect()
}

fn who(office: &Office, happened: &Happened) -> String {
    let role = office.page.t.text(format!("role-{}", happened.role));
    match happened.actor.map(|id| office.name(id)) {
        Some(name) if !name.is_empty() => format!("{name} · {role}"),
        _ => role,
    }
}

pub(super) fn what(office: &Office, happened: &Happened) -> String {
    let t = office.page.t;
    let base = format!("mediation-deed-{}", happened.deed.name());
    match (&happened.deed, happened.held_on) {
        (Deed::Opened { mediator } | Deed::HandedOver { mediator }, _) => {
            t.say(base).with("name", office.name(*mediator)).to_string()
        }
        (Deed::Talked, Some(on)) => t
            .say("mediation-deed-talked-on")
            .with("on", t.day(on))
            .to_string(),
        (Deed::NotAgreed { instead }, _) => {
            let to = t.text(format!("mediation-instead-{instead}"));
            t.say(base).with("to", to).to_string()
        }
        (Deed::Agreed { written: true }, _) => t.text("mediation-deed-agreed-written"),
        (Deed::Agreed { written: false }, _) => t.text("mediation-deed-agreed-oral"),
        (Deed::Followed { kept }, _) => t.text(if *kept {
            "mediation-outcome-kept"
        } else {
            "mediation-deed-broken"
        }),
        _ => t.text(base),
    }
}
