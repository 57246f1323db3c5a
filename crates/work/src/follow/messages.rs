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
        let Ok(event) = Event::from_bytes(&entry.event) else {
            continue;
        };
        super::matters::tell(unit, entry, &event).await?;
        let (Some(case), Event::Case(event)) = (entry.subject.map(CaseId), event) else {
            continue;
        };
        let mut told: Vec<MemberId> = recipients(unit, case, &event).await?;
        told.retain(|to| entry.actor != Some(to.0));
        told.sort();
        told.dedup();
        for to in told {
            unit.keep_message(&message(entry, case, &event, to)).await?;
        }
    }
    Ok(())
}

/// Whom an event concerns who did not do it.
async fn recipients(
    unit: &Unit,
    case: CaseId,
    event: &case::Event,
) -> Result<Vec<MemberId>, Error> {
    Ok(match &event.deed {
        Deed::Reported { .. } | Deed::Recomputed | Deed::Told => Vec::new(),
        Deed::Verifying { by } => vec![*by],
        Deed::Whistled { called, .. }
        | Deed::CalledOff { called, .. }
        | Deed::Climbed { called, .. }
        | Deed::Coordinated { called, .. } => called.clone(),
        Deed::Visited { told, .. } => told.clone(),
        Deed::VisitPassed { visitor } => vec![*visitor],
        Deed::Checked {
            passed: true,
            visitor,
        } => visitor.iter().copied().collect(),
        Deed::Reopened { leader } => event.owner.iter().chain(leader).copied().collect(),
        Deed::Agreed { by, .. } => by.iter().copied().collect(),
        Deed::Appealed => held(unit, case, |case| case.comes_back_to()).await?,
        Deed::Reviewed { .. } => {
            held(unit, case, |case| case.appeal.map(|appeal| appeal.by)).await?
        }
        Deed::ResponseRated { .. } => Vec::new(),
        Deed::Detached { .. } => Vec::new(),
        Deed::Merged { .. }
        | Deed::Answered
        | Deed::Lapsed
        | Deed::Rated { .. }
        | Deed::ExtensionDecided { .. }
        | Deed::Adopted
        | Deed::Released
        | Deed::Acknowledged { .. }
        | Deed::ReportedIn { .. }
        | Deed::Finished { .. }
        | Deed::Settled { .. }
        | Deed::ReferralAnswered { .. }
        | Deed::Checked { passed: false, .. } => held(unit, case, |case| case.owner).await?,
        _ => event.owner.into_iter().collect(),
    })
}

/// Somebody the case names now.
async fn held(
    unit: &Unit,
    case: CaseId,
    who: impl Fn(&case::Case) -> Option<MemberId>,
) -> Result<Vec<MemberId>, Error> {
    let all = Scope::Community(unit.community());
    match unit.case_within(&all, case).await {
        Ok(trail) => Ok(who(&trail.case).into_iter().collect()),
        Err(Error::NotFound(_)) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// What a message is about: the deed, but for what it asks of somebody else than it was done for.
const fn kind(deed: &Deed) -> &'static str {
    match deed {
        Deed::Checked { passed: true, .. } | Deed::VisitPassed { .. } => "visit",
        Deed::Reopened { leader: Some(_) } => "leader_called",
        deed => deed.name(),
    }
}

fn message(entry: &Entry, case: CaseId, event: &case::Event, to: MemberId) -> Message {
    Message {
        stands_for: None,
        to,
        case,
        seq: entry.seq,
        kind: kind(&event.deed).to_owned(),
        at: entry.at,
        read_at: None,
    }
}
