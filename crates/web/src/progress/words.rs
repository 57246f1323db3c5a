//! The steps of a case in the house's own words, as its reporter reads them.

use rules::case::{Deed, Event, Outcome, WontFixReason};
use time::OffsetDateTime;

use crate::locale::{Clockwork, Text};

/// A step in the house's own words, as its reporter reads it.
pub(crate) fn step_words(t: Text, event: &Event) -> String {
    let deed = &event.deed;
    if let Deed::ExtensionDecided { granted } = deed {
        return decided(t, *granted, event.due);
    }
    if let Deed::Checked { passed: false, .. } = deed {
        return t.text("progress-check-failed");
    }
    let base = t.text(format!("case-deed-{}", deed.name()));
    match detail(t, deed) {
        None => base,
        Some(more) => {
            let said = t.say("progress-deed").with("deed", base);
            said.with("more", more).to_string()
        }
    }
}

/// Whether there is more time, and until when it is then: whoever waits for it asks nothing else.
fn decided(t: Text, granted: bool, due: Option<OffsetDateTime>) -> String {
    match (granted, due) {
        (true, Some(due)) => {
            let said = t.say("progress-extended");
            said.with("at", t.by(due)).to_string()
        }
        (true, None) => t.text("cases-deed-extension-granted"),
        (false, _) => t.text("progress-not-extended"),
    }
}

/// What belongs to some deeds: the outcome, the reason, until when.
fn detail(t: Text, deed: &Deed) -> Option<String> {
    match deed {
        Deed::Closed { outcome, .. } => Some(outcome_words(t, *outcome)),
        Deed::Redirected { reason } => serde_json::to_value(reason)
            .ok()?
            .as_str()
            .map(|reason| t.text(format!("case-redirect-{reason}"))),
        Deed::Verified { found } => serde_json::to_value(found)
            .ok()?
            .as_str()
            .map(|found| t.text(format!("case-found-{found}"))),
        Deed::ReferralAnswered { answer, .. } => Some(t.text(format!("referral-answer-{answer}"))),
        Deed::Suspended { until } => Some(
            t.say("progress-until")
                .with("until", t.by(*until))
                .to_string(),
        ),
        Deed::Visited {
            method: Some(method),
            ..
        }
        | Deed::NotReached { method, .. } => {
            Some(t.text(format!("case-visit-{}", method.as_str())))
        }
        Deed::Rated { rating, .. } => serde_json::to_value(rating.satisfaction)
            .ok()?
            .as_str()
            .map(|rating| t.text(format!("case-rating-{rating}"))),
        _ => None,
    }
}

fn outcome_words(t: Text, outcome: Outcome) -> String {
    match outcome {
        Outcome::Solved => t.text("case-outcome-solved"),
        Outcome::FixedOnSpot => t.text("case-outcome-fixed_on_spot"),
        Outcome::Partly => t.text("case-outcome-partly"),
        Outcome::WontFix(WontFixReason::NothingFound) => t.text("case-outcome-nothing_found"),
        Outcome::WontFix(reason) => {
            let reason = serde_json::to_value(reason)
                .ok()
                .and_then(|reason| Some(t.text(format!("case-wont-{}", reason.as_str()?))));
            let base = t.text("case-outcome-wont_fix");
            reason.map_or_else(
                || base.clone(),
                |reason| {
                    t.say("progress-deed")
                        .with("deed", &base)
                        .with("more", reason)
                        .to_string()
                },
            )
        }
    }
}
