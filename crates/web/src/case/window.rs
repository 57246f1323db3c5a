//! A moment that the rules refuse because it lies outside what is allowed: no matter of the time at which a step is taken but
//! of one of its fields, so it is told beside that field, with what is allowed.

use rules::case::Refusal;
use time::{Duration, OffsetDateTime};

use crate::error::Failure;
use crate::form::Fault;
use crate::locale::Clockwork;
use crate::workbench::Office;

/// A refusal of the date with the first and the last day that one can choose.
pub(super) fn named(office: &Office, failure: Failure) -> Failure {
    match failure {
        Failure::Refused(Refusal::OutsideWindow { latest }) => {
            let days = days(office, latest).map(|day| office.page.t.day(day));
            Failure::Invalid([Fault::outside_window(days)].into_iter().collect())
        }
        other => other,
    }
}

/// A day that is chosen means its end, so the last one is the last that is over by then.
fn days(office: &Office, latest: OffsetDateTime) -> [time::Date; 2] {
    let local = |at| office.net.calendar.local(at);
    let today = local(office.asker.now).date();
    let behind = (local(latest) + Duration::SECOND).date();
    let last = behind.previous_day().unwrap_or(behind);
    [today, last.max(today)]
}
