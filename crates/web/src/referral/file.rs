//! The leads of a case in its file: which two officers had each, which procedure applied, what came of it, and every step.

use rules::referral::State;
use work::referral::Whole;

use super::words::{state_tag, team, trail};
use crate::case::Line;
use crate::workbench::Office;

/// A lead on paper.
pub(crate) struct LeadFile {
    /// Its number, its item and where it stands.
    pub title: String,
    /// Team, officers, procedure, result.
    pub facts: Vec<(String, String)>,
    /// Every step, with the number of its entry in the journal.
    pub trail: Vec<Line>,
}

impl LeadFile {
    /// One lead in words.
    pub(crate) fn of(office: &Office, whole: &Whole) -> Self {
        let (t, referral) = (office.page.t, &whole.kept.referral);
        let item = whole.kept.lead.item.as_str();
        let state = state_tag(t, &referral.state).words;
        let mut facts = Vec::new();
        let mut add = |key: &str, value: Option<String>| {
            facts.extend(value.map(|value| (t.text(key), value)));
        };
        add("referral-team", Some(team(office, referral.team)));
        add("referral-referrer", Some(office.name(referral.referrer)));
        let officers = referral.state.officers().map(|two| {
            let names = [two.first(), two.second()].map(|one| office.name(one));
            t.row(&names)
        });
        add("referral-officers", officers);
        let procedure = referral.state.procedure();
        let procedure = procedure.map(|one| t.text(format!("referral-procedure-{one}")));
        add("referral-procedure", procedure);
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
        let lines = trail(office, &whole.trail).into_iter();
        let lines = lines.zip(&whole.trail).map(|(line, happened)| Line {
            record: Some(happened.seq),
            ..line
        });
        Self {
            title: format!("{} {item} · {state}", referral.number),
            facts,
            trail: lines.collect(),
        }
    }
}
