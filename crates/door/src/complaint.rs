//! What pages and API say of complaints in the same words.

use crate::locale::{Language, Text};

/// What stands on a case in place of what was told, in both languages.
pub fn instead(t: Text) -> String {
    let said = Language::ALL.map(|language| t.in_language(language).text("complaint-instead"));
    said.join(" ")
}
