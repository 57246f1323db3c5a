//! Tells a member what came to them: a task, a piece of work handed over or given back, an answer of the reporter, a case
//! reopened, something to decide. New reports are no messages: they stand in the list of work. Nothing is told of an imported past.

use rules::access::Scope;
use rules::case::{self, Deed, StateName};
use rules::ids::{CaseId, MemberId};
use rules::journal::Event;
use store::case::Trail;
use store::journal::Entry;
use store::message::{Message, UNDECIDED};
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
        settle(unit, entry, case, &event.deed).await?;
        settle_undecided(unit, entry, case, &event).await?;
        super::rated::settle(unit, entry, case, &event).await?;
        let rated = super::rated::departments(unit, entry, case, &event.deed).await?;
        let (grade, rated) = rated.unwrap_or_default();
        let mut told: Vec<MemberId> = recipients(unit, case, &event).await?;
        let caller = caller(unit, case, &event.deed).await?;
        told.extend(caller);
        told.extend(&rated);
        told.retain(|to| entry.actor != Some(to.0));
        told.sort();
        told.dedup();
        let free = freed(unit, case, &event.deed).await?;
        for to in &told {
            let kind = kind_for_caller(&event.deed, *to, caller);
            let kind = kind.or_else(|| kind_of_end(&event.deed, *to, free.as_ref()));
            let kind = kind.unwrap_or_else(|| kind_of(&event.deed, *to));
            let kind = if rated.contains(to) && !sees_to(&event.deed, *to) {
                grade
            } else {
                kind
            };
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

/// What several were asked to decide is read for all of them once it is decided: nothing is left to do.
async fn settle(unit: &Unit, entry: &Entry, id: CaseId, deed: &Deed) -> Result<(), Error> {
    let kinds: &[&str] = match deed {
        Deed::ExtensionDecided { .. } | Deed::ExtensionFell { .. } => &["extension_asked"],
        Deed::Reviewed { over: true, .. } => &["appealed", "review_second"],
        // whoever may be the second is asked for that
        Deed::Reviewed { over: false, .. } => &["appealed"],
        _ => return Ok(()),
    };
    let Some(case) = found(unit, id).await? else {
        return Ok(());
    };
    let mut asked = unit.leads_of(case.grid, entry.at).await?;
    asked.extend(unit.desk_and_community_leads(entry.at).await?);
    asked.sort_unstable();
    asked.dedup();
    for to in asked {
        for kind in kinds {
            unit.read_messages_of(to, id, kind, entry.at).await?;
        }
    }
    Ok(())
}

/// That nobody decided in time is read for all who may decide or lead once somebody has. Whoever else was told, because they were
/// asked to look or have left their seat since, has nothing new either: the inbox leaves it out.
async fn settle_undecided(
    unit: &Unit,
    entry: &Entry,
    id: CaseId,
    event: &case::Event,
) -> Result<(), Error> {
    let waited = event.from.is_some_and(StateName::waits_for_decision);
    if !waited || event.to.waits_for_decision() || !unit.was_told_undecided(id).await? {
        return Ok(());
    }
    let mut told = unit.leads_of(event.grid, entry.at).await?;
    told.extend(unit.desk_and_community_leads(entry.at).await?);
    told.sort_unstable();
    told.dedup();
    for to in told {
        for kind in UNDECIDED {
            unit.read_messages_of(to, id, kind, entry.at).await?;
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
        // whoever has it again hears of it, also where it never left them: while it was merged, nothing was theirs to do
        Deed::Separated => held(unit, case, |case| [case.owner]).await?,
        Deed::Agreed { by, .. } => by.iter().copied().collect(),
        // it is noted on the one that goes on, too, whose owner hears it there
        Deed::ReferralAnswered { .. } if event.to == StateName::Merged => Vec::new(),
        // those who decide are told of it as such
        Deed::ExtensionAsked | Deed::Appealed => Vec::new(),
        Deed::Reviewed { .. } => {
            held(unit, case, |case| [case.appeal.map(|appeal| appeal.by)]).await?
        }
        Deed::ResponseRated { over: false, .. } => Vec::new(),
        Deed::ExtensionFell { told, .. } => told.iter().copied().collect(),
        Deed::CalledOff { called, by, .. } => {
            // where nobody is left to be rated, the work is free again
            let free = |case: &case::Case| {
                let owner = case.owner.filter(|_| case.state.whistle().is_none());
                [owner, *by]
            };
            [called.clone(), held(unit, case, free).await?].concat()
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

/// The case whose whistle was called off with nobody left in it to be rated; none for any other deed.
async fn freed(unit: &Unit, case: CaseId, deed: &Deed) -> Result<Option<case::Case>, Error> {
    if !matches!(deed, Deed::CalledOff { .. }) {
        return Ok(None);
    }
    let now = found(unit, case).await?;
    Ok(now.filter(|case| case.state.whistle().is_none()))
}

/// As what whoever whistled hears that somebody else called it off, where nobody is left for them to rate: that their work may go
/// on, should it be theirs.
fn kind_of_end(deed: &Deed, to: MemberId, free: Option<&case::Case>) -> Option<&'static str> {
    match (deed, free) {
        (
            Deed::CalledOff {
                called,
                by: Some(by),
                ..
            },
            Some(case),
        ) if *by == to && !called.contains(&to) => Some(match case.owner == Some(to) {
            true => "whistle_over",
            false => "whistle_gone",
        }),
        _ => None,
    }
}

/// The leader who answers for the end of a case.
fn adopter(case: &case::Case) -> Option<MemberId> {
    case.adoption.map(|adoption| adoption.by)
}

/// The case as it stands now; none where it became a complaint.
pub(super) async fn found(unit: &Unit, case: CaseId) -> Result<Option<case::Case>, Error> {
    Ok(trail(unit, case).await?.map(|trail| trail.case))
}

/// The same with the department it lies with.
pub(super) async fn trail(unit: &Unit, case: CaseId) -> Result<Option<Trail>, Error> {
    let all = Scope::Community(unit.community());
    match unit.case_within(&all, case).await {
        Ok(trail) => Ok(Some(trail)),
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

/// Whether somebody has to see to an unhappy rating.
fn sees_to(deed: &Deed, one: MemberId) -> bool {
    matches!(deed, Deed::Rated { told, .. } if told.contains(&one))
}

/// What a message is about: the deed, but for what it asks of somebody else than it was done for, and for what of it counts.
fn kind_of(deed: &Deed, to: MemberId) -> &'static str {
    match deed {
        Deed::CalledOff { called, .. } if called.contains(&to) => deed.name(),
        Deed::CalledOff { by: Some(by), .. } if *by == to => "whistle_taken_back",
        Deed::CalledOff { .. } => "whistle_over",
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
