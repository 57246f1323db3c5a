//! What pages and API say of complaints in the same words.

use crate::locale::{Language, Text};

/// What stands on a case in place of what was told, in both languages.
pub fn instead(t: Text) -> String {
    in_both(t, "complaint-instead")
}

/// What stands at a step in place of words that became a complaint, in both languages.
pub fn apart(t: Text) -> String {
    in_both(t, "complaint-apart")
}

/// Nobody knows who will read it.
fn in_both(t: Text, key: &str) -> String {
    let said = Language::ALL.map(|language| t.in_language(language).text(key));
    said.join(" ")
}
