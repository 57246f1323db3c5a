//! A referral in words: its state with icon and colour, the line of facts, the trail.

use rules::ids::{DepartmentId, MemberId};
use rules::referral::{Absent, Deed, Referral, State, StateName};
use work::referral::{Happened, ReferralPage};

use crate::case::{Line, Tag, due_tag, place};
use crate::faster::is_taking;
use crate::locale::{Clockwork, Text};
use crate::workbench::Office;

/// The state as a word with its icon.
pub(super) fn state_tag(t: Text, state: &State) -> Tag {
    let (class, icon) = match state.name() {
        StateName::Referred => ("tag--dispatched", "send"),
        StateName::Taken => ("tag--accepted", "clock"),
        StateName::Started => ("tag--accepted", "list"),
        StateName::Ended => ("tag--closed", "done"),
        StateName::Refused => ("tag--redirected", "external"),
        StateName::Withdrawn => ("tag--withdrawn", "close"),
    };
    Tag {
        class: class.to_owned(),
        icon,
        words: state_words(t, state),
    }
}

/// The state as a word; of one that has ended, its result.
pub(crate) fn state_words(t: Text, state: &State) -> String {
    match state {
        State::Ended { result, .. } => t.text(format!("referral-result-{result}")),
        other => t.text(format!("referral-state-{}", other.name())),
    }
}

/// How its deadline stands.
pub(super) fn due(office: &Office, referral: &Referral) -> Option<Tag> {
    let due = referral.times.due_at?;
    Some(due_tag(office.page.t, due, office.asker.now))
}

pub(super) fn team(office: &Office, team: DepartmentId) -> String {
    let found = office.net.department(team);
    found.map(|team| team.name.clone()).unwrap_or_default()
}

/// What stands in the list of facts, where there is something to say.
pub(super) fn facts(office: &Office, page: &ReferralPage) -> Vec<(String, String)> {
    let (t, referral) = (office.page.t, &page.kept.referral);
    let mut facts = Vec::new();
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.push((t.text(key), value));
        }
    };
    add("referral-item", Some(page.kept.lead.item.clone()));
    add("referral-place", Some(page.kept.lead.place.clone()));
    add("cases-grid", Some(place(office, referral.grid)));
    add("referral-team", Some(team(office, referral.team)));
    add("referral-referrer", Some(office.name(referral.referrer)));
    add(
        "referral-referred-at",
        Some(t.moment(referral.times.referred_at)),
    );
    let officers = referral.state.officers().map(|two| {
        let names = [two.first(), two.second()].map(|one| office.name(one));
        t.row(&names)
    });
    add("referral-officers", officers);
    for absent in &page.absent {
        add("referral-away", Some(away(office, absent)));
    }
    add("referral-waits", waits(office, page));
    add(
        "referral-procedure",
        referral
            .state
            .procedure()
            .map(|one| t.text(format!("referral-procedure-{one}"))),
    );
    if let State::Ended { result, .. } = referral.state {
        add(
            "referral-result",
            Some(t.text(format!("referral-result-{result}"))),
        );
    }
    if let State::Refused { reason } = referral.state {
        add(
            "referral-reason",
            Some(t.text(format!("referral-reason-{reason}"))),
        );
    }
    add(
        "referral-due",
        referral.times.due_at.map(|due| {
            let by = t.by(due);
            let limit = limit(office, referral);
            t.say("referral-due-why")
                .with("at", by)
                .with("limit", limit)
                .to_string()
        }),
    );
    if referral.times.due_provisional {
        add("cases-why", Some(t.text("cases-why-provisional")));
    }
    facts
}

/// Whom it waits for, where two officers cannot be found.
fn waits(office: &Office, page: &ReferralPage) -> Option<String> {
    let (t, officers) = (office.page.t, page.waits_for.as_ref()?);
    if officers.is_empty() {
        return Some(t.text("referral-waits-team"));
    }
    let names: Vec<String> = officers.iter().map(|one| office.name(*one)).collect();
    let said = t.say("referral-waits-for");
    Some(said.with("officers", t.row(&names)).to_string())
}

/// Who of the two is away, and who goes on for them.
fn away(office: &Office, absent: &Absent) -> String {
    let (t, officer) = (office.page.t, office.name(absent.officer));
    let Some(stand_in) = absent.stand_in else {
        let said = t.say("referral-away-nobody").with("officer", officer);
        return said.to_string();
    };
    t.say("referral-away-stand-in")
        .with("officer", officer)
        .with("deputy", office.name(stand_in))
        .to_string()
}

/// Which limit runs now, in words: a deadline explains itself.
fn limit(office: &Office, referral: &Referral) -> String {
    let settings = &office.net.settings.referral;
    let limit = match (referral.state.name(), referral.state.procedure()) {
        (StateName::Started, Some(rules::referral::Procedure::Simple)) => settings.simple_within,
        (StateName::Started, _) => settings.general_within,
        (StateName::Taken, _) => settings.start_within,
        _ => settings.take_within,
    };
    let t = office.page.t;
    let what = t.text(format!("referral-limit-{}", referral.state.name()));
    format!("{what} {}", crate::case::limit_words(t, limit))
}

/// The trail, first things first.
pub(super) fn trail(office: &Office, trail: &[Happened]) -> Vec<Line> {
    let t = office.page.t;
    let last = trail.len().saturating_sub(1);
    let first = trail.iter().position(is_taking);
    let line = |(at, happened): (usize, &Happened)| Line {
        what: match &happened.deed {
            // whoever takes it after somebody else had it from them
            Deed::Taken {
                first: one, second, ..
            } if Some(at) != first => pair(office, "referral-deed-handed", *one, *second),
            deed => what(office, deed),
        },
        when: t.moment(happened.at),
        stamp: t.stamp(happened.at),
        who: doer(office, happened),
        words: happened.words.clone(),
        why: None,
        record: None,
        now: at == last,
    };
    trail.iter().enumerate().map(line).collect()
}

/// Who did it, and for whom, where they stood in for somebody.
fn doer(office: &Office, happened: &Happened) -> String {
    let doer = who(office, happened.actor, &happened.role);
    let Some(absent) = happened.deed.stands_for() else {
        return doer;
    };
    let said = office.page.t.say("referral-stood-in").with("who", doer);
    said.with("absent", office.name(absent)).to_string()
}

pub(super) fn what(office: &Office, deed: &Deed) -> String {
    let t = office.page.t;
    match deed {
        Deed::Taken { first, second, .. } => pair(office, "referral-deed-taken", *first, *second),
        Deed::Started { procedure, .. } => t
            .say("referral-deed-started")
            .with(
                "procedure",
                t.text(format!("referral-procedure-{procedure}")),
            )
            .to_string(),
        Deed::Ended { result, .. } => t
            .say("referral-deed-ended")
            .with("result", t.text(format!("referral-result-{result}")))
            .to_string(),
        Deed::Refused { reason } => t
            .say("referral-deed-refused")
            .with("reason", t.text(format!("referral-reason-{reason}")))
            .to_string(),
        other => t.text(format!("referral-deed-{}", other.name())),
    }
}

/// Two officers in a sentence.
fn pair(office: &Office, key: &str, first: MemberId, second: MemberId) -> String {
    let said = office.page.t.say(key).with("first", office.name(first));
    said.with("second", office.name(second)).to_string()
}

/// Who did it: name and role, or time itself.
pub(crate) fn who(office: &Office, actor: Option<MemberId>, role: &str) -> String {
    let t = office.page.t;
    let role = t.text(format!("role-{role}"));
    match actor.map(|id| office.name(id)) {
        Some(name) if !name.is_empty() => format!("{name} · {role}"),
        _ => role,
    }
}
