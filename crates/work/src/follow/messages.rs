//! Tells a member what came to them: a task, a piece of work handed over or given back, an answer of the reporter, a case
//! reopened. New reports are no messages: they stand in the list of work. Nothing is told of an imported past.

use rules::access::Scope;
use rules::case::{self, Deed};
use rules::ids::{CaseId, MemberId};
use rules::journal::Event;
use store::journal::Entry;
use store::message::Message;
use store::{Error, Unit};

pub(super) async fn apply(unit: &Unit, entries: &[Entry]) -> Result<(), Error> {
    for entry in entries.iter().filter(|entry| entry.occurred_at.is_none()) {
        let (Some(case), Ok(Event::Case(event))) =
            (entry.subject.map(CaseId), Event::from_bytes(&entry.event))
        else {
            continue;
        };
        if let Some(to) = recipient(unit, case, &event)
            .await?
            .filter(|to| entry.actor != Some(to.0))
        {
            unit.keep_message(&message(entry, case, &event, to)).await?;
        }
    }
    Ok(())
}

/// Whom an event concerns who did not do it.
async fn recipient(
    unit: &Unit,
    case: CaseId,
    event: &case::Event,
) -> Result<Option<MemberId>, Error> {
    match event.deed {
        Deed::Reported { .. } => Ok(None),
        Deed::Verifying { by } => Ok(Some(by)),
        Deed::Answered
        | Deed::Rated { .. }
        | Deed::ExtensionDecided { .. }
        | Deed::Checked { passed: false } => {
            match unit
                .case_within(&Scope::Community(unit.community()), case)
                .await
            {
                Ok(trail) => Ok(trail.case.owner),
                Err(Error::NotFound(_)) => Ok(None),
                Err(error) => Err(error),
            }
        }
        _ => Ok(event.owner),
    }
}

fn message(entry: &Entry, case: CaseId, event: &case::Event, to: MemberId) -> Message {
    Message {
        to,
        case,
        seq: entry.seq,
        kind: event.deed.name().to_owned(),
        at: entry.at,
        read_at: None,
    }
}
