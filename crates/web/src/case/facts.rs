//! The facts of a case as a list of names and values: where, what, who, since when, and how it ended.

use work::case::CasePage;

use super::clock::limit_words;
use super::deed::outcome_words;
use super::words::{category, place, responsible};
use crate::locale::Clockwork;
use crate::workbench::Office;

/// The facts of a case; what is not known is left out.
pub(super) fn facts(office: &Office, page: &CasePage) -> Vec<(String, String)> {
    let (t, case) = (office.page.t, &page.case);
    let mut facts = Vec::new();
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.push((t.text(key), value));
        }
    };
    add("cases-grid", Some(place(office, case.grid)));
    add("cases-category", Some(category(office, case)));
    add("cases-limit", case.limit.map(|limit| limit_words(t, limit)));
    add("cases-owner", responsible(office, case));
    add(
        "cases-adopted",
        case.adoption.map(|one| office.name(one.by)),
    );
    add(
        "cases-first-receiver",
        case.first_receiver.map(|first| office.name(first)),
    );
    add(
        "cases-tier",
        case.tier.map(|tier| t.text(format!("case-tier-{tier}"))),
    );
    add(
        "cases-department",
        page.department
            .and_then(|id| page.net.department(id))
            .map(|one| one.name.clone()),
    );
    add("cases-received", Some(t.moment(case.times.received_at)));
    add(
        "cases-reports",
        (case.reports > 1).then(|| case.reports.to_string()),
    );
    let errand = case.errand();
    add(
        "cases-visitor",
        errand
            .and_then(|errand| errand.asked)
            .map(|asked| office.name(asked)),
    );
    add(
        "cases-visit-tries",
        errand
            .map(|errand| errand.tries)
            .filter(|tries| *tries > 0)
            .map(|tries| tries.to_string()),
    );
    add(
        "cases-heard",
        case.heard().map(|heard| super::deed::heard(t, heard)),
    );
    add(
        "cases-leader-called",
        case.leader_called.map(|leader| {
            let said = t.say("cases-leader-called-words");
            let said = said.with("n", case.counts.unsolved_rounds());
            said.with("name", office.name(leader)).to_string()
        }),
    );
    add(
        "cases-outcome",
        case.outcome().map(|outcome| outcome_words(t, outcome)),
    );
    facts
}
