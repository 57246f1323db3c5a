//! Tells a member what came to them: a task, a piece of work handed over or given back, an answer of the reporter, a case
//! reopened, something to decide. New reports are no messages: they stand in the list of work. Nothing is told of an imported past.

use rules::access::Scope;
use rules::case::{self, Deed, StateName};
use rules::ids::{CaseId, MemberId};
use rules::journal::Event;
use store::journal::Entry;
use store::message::Message;
use store::{Error, Unit};

use crate::case::goes_on;

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
        told.extend(waits_elsewhere(unit, case, &event).await?);
        let caller = caller(unit, case, &event.deed).await?;
        told.extend(caller);
        told.retain(|to| entry.actor != Some(to.0));
        told.sort();
        told.dedup();
        for to in &told {
            let kind = kind_for_caller(&event.deed, *to, caller);
            let kind = kind.unwrap_or_else(|| kind_of(&event.deed, *to));
            let message = message(entry, case, kind, *to);
            unit.keep_message(&message).await?;
        }
        let Some((kind, mut asked)) = deciders(unit, entry, case, &event.deed).await? else {
            continue;
        };
        asked.retain(|to| entry.actor != Some(to.0) && !told.contains(to));
        asked.sort();
        asked.dedup();
        for to in asked {
            unit.keep_message(&message(entry, case, kind, to)).await?;
        }
    }
    Ok(())
}

/// Whom a deed asks to decide, and as what they hear of it. More time is decided by whoever has taken the case in or answers for
/// it, or by a lead of the grid; where none of them is another than the owner, by the desk or a lead of the community. An appeal
/// takes two people, so everybody hears of it who may be one of them, and after the first has agreed those who may be the second.
async fn deciders(
    unit: &Unit,
    entry: &Entry,
    id: CaseId,
    deed: &Deed,
) -> Result<Option<(&'static str, Vec<MemberId>)>, Error> {
    let kind = match deed {
        Deed::ExtensionAsked | Deed::Appealed => deed.name(),
        Deed::Reviewed {
            agreed: true,
            over: false,
        } => "review_second",
        _ => return Ok(None),
    };
    let Some(case) = found(unit, id).await? else {
        return Ok(None);
    };
    let leads = unit.leads_of(case.grid, entry.at).await?;
    let wide = unit.desk_and_community_leads(entry.at).await?;
    Ok(Some(match deed {
        Deed::ExtensionAsked => (kind, of_extension(&case, leads, wide)),
        _ => {
            let concerned = case.concerned_by_appeal();
            let mut all = [leads, wide].concat();
            all.retain(|to| !concerned.contains(&Some(*to)));
            (kind, all)
        }
    }))
}

fn of_extension(case: &case::Case, leads: Vec<MemberId>, wide: Vec<MemberId>) -> Vec<MemberId> {
    // whoever took it in decides only from a seat that may
    let back = case.comes_back_to();
    let decides = back.filter(|to| leads.contains(to) || wide.contains(to));
    let mut near: Vec<MemberId> = leads.into_iter().chain(decides).collect();
    near.retain(|to| Some(*to) != case.owner);
    if near.is_empty() { wide } else { near }
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
        | Deed::Climbed { called, .. }
        | Deed::Coordinated { called, .. } => called.clone(),
        Deed::Visited { told, leader, .. } => told.iter().chain(leader).copied().collect(),
        Deed::Rated { told, .. } if !told.is_empty() => told.clone(),
        Deed::NotReached { over: true, .. } => {
            held(unit, case, |case| [case.checker(), adopter(case)]).await?
        }
        Deed::VisitPassed { visitor } => vec![*visitor],
        Deed::Checked {
            passed: true,
            visitor,
        } => visitor.iter().copied().collect(),
        Deed::Reopened { leader } => event.owner.iter().chain(leader).copied().collect(),
        Deed::Agreed { by, .. } => by.iter().copied().collect(),
        // those who decide are told of it as such
        Deed::ExtensionAsked | Deed::Appealed => Vec::new(),
        Deed::Reviewed { .. } => {
            held(unit, case, |case| [case.appeal.map(|appeal| appeal.by)]).await?
        }
        Deed::ResponseRated { over: false, .. } => Vec::new(),
        Deed::ExtensionFell { told, .. } => told.iter().copied().collect(),
        // the work is free again
        Deed::CalledOff { called, .. } => {
            let owner = held(unit, case, |case| [case.owner]).await?;
            [called.clone(), owner].concat()
        }
        Deed::Detached { .. } => Vec::new(),
        Deed::Merged { .. }
        | Deed::Classified { .. }
        | Deed::Reclassified { .. }
        | Deed::Answered
        | Deed::Lapsed
        | Deed::Rated { .. }
        | Deed::ExtensionDecided { .. }
        | Deed::Adopted
        | Deed::Released
        | Deed::Acknowledged { .. }
        | Deed::ReportedIn { .. }
        | Deed::Finished { .. }
        | Deed::ResponseRated { over: true, .. }
        | Deed::Settled { .. }
        | Deed::ReferralAnswered { .. }
        | Deed::Checked { passed: false, .. } => held(unit, case, |case| [case.owner]).await?,
        _ => event.owner.into_iter().collect(),
    })
}

/// Those of these that the case names now.
async fn held<const N: usize>(
    unit: &Unit,
    case: CaseId,
    who: impl Fn(&case::Case) -> [Option<MemberId>; N],
) -> Result<Vec<MemberId>, Error> {
    let found = found(unit, case).await?;
    let named = found.as_ref().map(who);
    Ok(named.into_iter().flatten().flatten().collect())
}

/// Who called the departments that a deed of a whistle is about: whoever waits for them, and says in the end how they responded.
/// Nobody, where the whistle is over meanwhile.
async fn caller(unit: &Unit, case: CaseId, deed: &Deed) -> Result<Option<MemberId>, Error> {
    match deed {
        Deed::Acknowledged { .. }
        | Deed::ReportedIn { .. }
        | Deed::Finished { .. }
        | Deed::Climbed { .. } => {
            let by = |case: &case::Case| [case.state.whistle().map(|whistle| whistle.by)];
            Ok(held(unit, case, by).await?.first().copied())
        }
        _ => Ok(None),
    }
}

/// The leader who answers for the end of a case.
fn adopter(case: &case::Case) -> Option<MemberId> {
    case.adoption.map(|adoption| adoption.by)
}

/// Whoever works on the case that goes on, where a lead of one that was merged was answered: the answer is of use there.
async fn waits_elsewhere(
    unit: &Unit,
    case: CaseId,
    event: &case::Event,
) -> Result<Option<MemberId>, Error> {
    if !matches!(event.deed, Deed::ReferralAnswered { .. }) || event.to != StateName::Merged {
        return Ok(None);
    }
    let at = goes_on(unit, case).await?;
    Ok(at.and_then(|at| at.case.owner))
}

/// The case as it stands now; none where it became a complaint.
pub(super) async fn found(unit: &Unit, case: CaseId) -> Result<Option<case::Case>, Error> {
    let all = Scope::Community(unit.community());
    match unit.case_within(&all, case).await {
        Ok(trail) => Ok(Some(trail.case)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What whoever called hears of their whistle, where that is something else than those who were called or wait hear: a part that
/// is done is theirs to rate, and who is missing is told to others to see to.
fn kind_for_caller(deed: &Deed, to: MemberId, caller: Option<MemberId>) -> Option<&'static str> {
    if caller != Some(to) {
        return None;
    }
    match deed {
        Deed::Finished { .. } => Some("rate_response"),
        Deed::Climbed { called, .. } if called.contains(&to) => None,
        Deed::Climbed { unheard: true, .. } => Some("call_unheard"),
        Deed::Climbed { unheard: false, .. } => Some("call_missed"),
        _ => None,
    }
}

/// What a message is about: the deed, but for what it asks of somebody else than it was done for, and for what of it counts.
fn kind_of(deed: &Deed, to: MemberId) -> &'static str {
    match deed {
        Deed::CalledOff { called, .. } if !called.contains(&to) => "whistle_over",
        Deed::ResponseRated { over: true, .. } => "whistle_over",
        Deed::Checked { passed: true, .. } | Deed::VisitPassed { .. } => "visit",
        Deed::Reopened { leader: Some(_) } => "leader_called",
        Deed::Visited {
            leader: Some(leader),
            ..
        } if *leader == to => "leader_called",
        Deed::NotReached { over: true, .. } => "visit_over",
        Deed::Rated { told, .. } if !told.is_empty() => "rated_unhappy",
        deed => deed.name(),
    }
}

fn message(entry: &Entry, case: CaseId, kind: &str, to: MemberId) -> Message {
    Message {
        stands_for: None,
        to,
        case,
        seq: entry.seq,
        kind: kind.to_owned(),
        at: entry.at,
        read_at: None,
    }
}
