//! What is said on top of a page: something did not work, or something was just done.

use rules::case::{Deed, Event};
use serde::Deserialize;
use work::case::CasePage;

use super::deed::what;
use crate::locale::Text;
use crate::workbench::Office;

/// Something said on top of the page.
#[derive(Clone)]
pub struct Notice {
    /// Its look.
    pub class: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// In a word.
    pub title: String,
    /// In a sentence.
    pub words: String,
}

impl Notice {
    /// Something did not work.
    pub fn warn(title: String, words: String) -> Self {
        Self {
            class: "notice--warn",
            icon: "danger",
            title,
            words,
        }
    }

    /// Something was done.
    pub fn ok(title: String, words: String) -> Self {
        Self {
            class: "notice--ok",
            icon: "done",
            title,
            words,
        }
    }

    /// What was just done on a page, if the address names something that its texts know (`routing-done-…`).
    pub fn done(t: Text, page: &str, done: Option<&str>) -> Option<Self> {
        let key = format!("{page}-done-{}", done?);
        t.has(&key)
            .then(|| Self::ok(t.text("cases-done"), t.text(key)))
    }
}

/// The query of a page that one comes back to: what was just done there.
#[derive(Deserialize)]
pub struct After {
    done: Option<String>,
}

impl After {
    /// That, in the texts of the page.
    pub fn notice(&self, t: Text, page: &str) -> Option<Notice> {
        Notice::done(t, page, self.done.as_deref())
    }
}

/// What was just done, if it is something one can do.
pub fn done_notice(office: &Office, done: &str) -> Option<Notice> {
    let t = office.page.t;
    let beside = format!("{done}-done");
    if done.starts_with("supervision-") && t.has(&beside) {
        return Some(Notice::ok(t.text("cases-done"), t.text(beside)));
    }
    if done == "complaint" {
        return Some(Notice::ok(t.text("cases-done"), t.text("complaint-turned")));
    }
    // told on the spot, with a point that is not used
    if let Some(done) = done.strip_prefix("here-") {
        return Notice::done(t, "here", Some(done));
    }
    if done == "joined" {
        return Some(Notice::ok(
            t.text("cases-done"),
            t.text("similar-joined-done"),
        ));
    }
    if matches!(done, "classified" | "reclassified") {
        return Some(Notice::ok(
            t.text("cases-done"),
            t.text(format!("case-deed-{done}")),
        ));
    }
    let command: rules::case::CommandName = done.parse().ok()?;
    Some(Notice::ok(
        t.text("cases-done"),
        t.text(format!("step-{command}-done")),
    ))
}

/// That more time was asked for and nobody has to decide it any more, and why; none while somebody has, or where nobody asked.
pub(super) fn asked_before(office: &Office, case: &CasePage) -> Option<Notice> {
    if case.case.state.extension_asked().is_some() {
        return None;
    }
    let is_answer = |event: &&Event| {
        matches!(
            event.deed,
            Deed::ExtensionDecided { .. } | Deed::ExtensionFell { .. }
        )
    };
    let mut newest = case.trail.iter().rev().map(|one| &one.event);
    let words = newest.find(is_answer).map(|event| what(office, event))?;
    Some(Notice::ok(
        office.page.t.text("cases-extension-over"),
        words,
    ))
}
