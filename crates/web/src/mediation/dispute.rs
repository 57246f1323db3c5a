//! Whether a matter is a dispute that can be mediated: by its category, which the community's settings name, or by what the
//! catalogue suggests for its words. It is offered then; nothing is decided by it.

use rules::ids::CategoryCode;
use work::net::CommunityNet;

/// Whether it is one.
pub(crate) fn is_dispute(net: &CommunityNet, category: Option<&CategoryCode>, words: &str) -> bool {
    let suggested = || {
        let found = net.catalogue()?.suggest(words);
        found.first().map(|one| &one.code)
    };
    let code = category.or_else(suggested);
    code.is_some_and(|code| net.settings.mediation.is_dispute(code))
}
