//! Whom to call first, as long as what was told may be dangerous.

use door::danger::calls;
use rules::case::Case;
use store::report::Report;
use work::net::CommunityNet;

/// The numbers to call, where the words tell of danger and the case is not over.
pub fn still_danger(net: &CommunityNet, case: &Case, report: &Report) -> Vec<String> {
    if !case.state.kind().is_open() {
        return Vec::new();
    }
    calls(Some(net), [report.words.as_str()])
}
