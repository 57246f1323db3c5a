//! The dates that a reporter is told while the case is open, each under words of its own: the first answer that the receipt
//! promised, until somebody has spoken with them; the next step; and the end.

use rules::case::Case;
use rules::deadline::is_late;
use store::report::Report;
use time::OffsetDateTime;

/// A date with the key of its words.
pub struct Dated {
    pub key: &'static str,
    pub at: OffsetDateTime,
    /// Whether it is past: wherever the date stands, it says so.
    pub late: bool,
}

impl Dated {
    pub fn new(key: &'static str, at: OffsetDateTime, now: OffsetDateTime) -> Self {
        let late = is_late(now, at);
        Self { key, at, late }
    }
}

/// Whether somebody joined a case that others had told: the first telling has the id of its case.
pub fn is_joined(report: &Report) -> bool {
    report.id.0 != report.case.0
}

/// By when the reporter is to have the first answer: as it was promised, or with all others whose case they joined.
pub fn first_answer(case: &Case, report: &Report) -> Option<OffsetDateTime> {
    if is_joined(report) {
        case.times.contact_due
    } else {
        report.answer_by
    }
}

/// What stands on the receipt of somebody who joined a case: its dates that are not past, the nearest first.
pub fn ahead(case: &Case, now: OffsetDateTime) -> Vec<Dated> {
    let mut dates = dates(case, case.times.contact_due, now);
    dates.retain(|date| !date.late);
    dates
}

/// The dates of a case, the nearest first; none once it is over. The same moment is told once: what was promised wins over
/// the next step. While the case is suspended only the day on which it goes on counts.
pub fn dates(case: &Case, promised: Option<OffsetDateTime>, now: OffsetDateTime) -> Vec<Dated> {
    let (times, runs) = (&case.times, case.state.kind().runs());
    let unheard = times.first_contact_at.is_none();
    let answer = promised.filter(|_| runs && unheard);
    let close = times.due_at.filter(|_| runs);
    let told = |at: &OffsetDateTime| Some(*at) == answer || Some(*at) == close;
    let next = case.next_due().filter(|at| !told(at));
    let all = [
        ("receipt-answer-by", answer),
        ("progress-next", next),
        ("progress-close", close),
    ];
    let mut dates: Vec<Dated> = all
        .into_iter()
        .filter_map(|(key, at)| Some(Dated::new(key, at?, now)))
        .collect();
    dates.sort_by_key(|date| date.at);
    dates
}
