//! What was told, as somebody else than its reporter reads it.

use rules::privacy::free_text::redact_persons;
use store::report::Report;

/// A telling without the numbers of persons: those told today are kept without them, and older ones have them still.
pub(crate) fn for_others(report: Report) -> Report {
    Report {
        words: redact_persons(&report.words),
        place_note: redact_persons(&report.place_note),
        ..report
    }
}
