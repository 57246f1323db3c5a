//! What pages and API say of complaints in the same words.

use crate::locale::{Language, Text};

/// What stands on a case in place of what was told: it stays among words of its reporters, so it is in the community's language,
/// and not in two.
pub fn instead(t: Text) -> String {
    t.in_language(Language::Chinese).text("complaint-instead")
}
