//! Who was faster with a step of a case, in the words of the page.

use rules::ids::MemberId;

use super::deed::{what, who};
use crate::form::Fields;
use crate::locale::Clockwork;
use crate::workbench::Office;

pub use door::faster::case::{Meanwhile, told};

/// The fields of a step that somebody writes in.
const WRITTEN: [&str; 3] = ["words", "answer", "text"];

/// The same in the words of the page; that words are still there is said to whoever wrote any.
pub fn said(office: &Office, done: Option<&Meanwhile>, fields: &Fields) -> String {
    let t = office.page.t;
    let wrote = WRITTEN.iter().any(|name| fields.text(name).is_some());
    let end = if wrote { "" } else { "-bare" };
    let Some(Meanwhile { happened, .. }) = done else {
        return t.text(format!("cases-stale{end}"));
    };
    let key = match happened.actor {
        Some(id) if office.asker.member() == Some(MemberId(id)) => "cases-stale-own",
        _ => "cases-stale-by",
    };
    let said = t
        .say(format!("{key}{end}"))
        .with("who", who(office, happened));
    let said = said.with("what", what(office, &happened.event));
    said.with("when", t.moment(happened.at)).to_string()
}
