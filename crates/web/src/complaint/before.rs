//! What stood on the case that a complaint was before, in words: what reporters said later, and what was done.

use work::complaint::{CaseStep, Later, Page};

use crate::case::{Line, deed_words, signed};
use crate::locale::Clockwork;
use crate::workbench::Office;

/// What reporters said later, each with its step and its time.
pub(super) fn later(office: &Office, found: &Page) -> Vec<Line> {
    let t = office.page.t;
    let line = |said: &Later| Line {
        what: t.text(format!("case-command-{}", said.step.as_str())),
        when: t.moment(said.at),
        stamp: t.stamp(said.at),
        who: String::new(),
        words: vec![said.words.clone()],
        why: None,
        record: None,
        now: false,
    };
    found.before.later.iter().map(line).collect()
}

/// What was done on the case, in order.
pub(super) fn steps(office: &Office, found: &Page) -> Vec<Line> {
    let t = office.page.t;
    let line = |step: &CaseStep| Line {
        what: deed_words(office, &step.event),
        when: t.moment(step.at),
        stamp: t.stamp(step.at),
        who: signed(office, step.actor, &step.role),
        words: step.words.clone(),
        why: None,
        record: None,
        now: false,
    };
    found.before.steps.iter().map(line).collect()
}
