//! What was told outside the house, as lines of a case's trail: which step, on which way, whether it arrived, and why not. Never
//! to which number.

use rules::outbox::DeliveryState;
use store::outbox::Delivery;
use time::OffsetDateTime;
use work::case::CasePage;

use crate::case::Line;
use crate::locale::Clockwork;
use crate::workbench::Office;

/// One line for each delivery, with its moment.
pub(crate) fn lines(office: &Office, page: &CasePage) -> Vec<(OffsetDateTime, Line)> {
    let t = office.page.t;
    let line = |delivery: &Delivery| {
        let what = &delivery.what;
        let at = delivery.done_at.unwrap_or(what.at);
        let said = t
            .say(format!("outbox-trail-{}", what.kind))
            .with("step", t.text(format!("outbox-topic-{}", what.topic)))
            .with("state", t.text(format!("outbox-state-{}", delivery.state)));
        let why = delivery
            .answer
            .filter(|_| delivery.state != DeliveryState::Sent)
            .map(|answer| t.text(format!("outbox-answer-{answer}")));
        let line = Line {
            what: said.to_string(),
            when: t.moment(at),
            stamp: t.stamp(at),
            who: t.text("role-outbox"),
            words: why.into_iter().collect(),
            why: None,
            record: None,
            now: false,
        };
        (at, line)
    };
    page.deliveries.iter().map(line).collect()
}
