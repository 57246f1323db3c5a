//! Who was faster with a step of a case, in the words of the page.

use rules::ids::MemberId;

use super::deed::{what, who};
use crate::locale::Clockwork;
use crate::workbench::Office;

pub use door::faster::case::{Meanwhile, told};

/// The same in the words of the page.
pub fn said(office: &Office, done: Option<&Meanwhile>) -> String {
    let t = office.page.t;
    let Some(Meanwhile { happened, .. }) = done else {
        return t.text("cases-stale");
    };
    let key = match happened.actor {
        Some(id) if office.asker.member() == Some(MemberId(id)) => "cases-stale-own",
        _ => "cases-stale-by",
    };
    let said = t.say(key).with("who", who(office, happened));
    let said = said.with("what", what(office, &happened.event));
    said.with("when", t.moment(happened.at)).to_string()
}
