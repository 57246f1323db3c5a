//! Messages about leads and mediations, which are no cases, and about what supervision said: whom a deed concerns who did not do it. A message carries the
//! id of the matter where others carry that of a case, and its kind begins with `referral-`, `mediation-`, `supervision-` or `complaint-`; the page finds
//! the matter within the reader's own reach.

use rules::access::Role;
use rules::case::State;
use rules::ids::{CaseId, CircularId, MediationId, MemberId, ReferralId};
use rules::journal::Event;
use rules::supervision::{self, Spoken};
use rules::{complaint, mediation, referral};
use store::journal::Entry;
use store::message::Message;
use store::{Error, Unit};
use uuid::Uuid;

pub(super) async fn tell(unit: &Unit, entry: &Entry, event: &Event) -> Result<(), Error> {
    let Some(subject) = entry.subject else {
        return Ok(());
    };
    let (kind, mut to) = match event {
        Event::Referral(deed) => (
            format!("referral-{}", deed.name()),
            of_referral(unit, entry, ReferralId(subject), deed).await?,
        ),
        Event::Mediation(deed) => (
            format!("mediation-{}", deed.name()),
            of_mediation(unit, entry, MediationId(subject), deed).await?,
        ),
        Event::Supervision(deed) => (
            format!("supervision-{}", deed.name()),
            of_supervision(unit, entry, subject, deed).await?,
        ),
        // whom the words name is known to those alone who open them: the inbox shows it to whoever sees the complaint
        Event::Complaint(complaint::Deed::Received { urgent: true }) => (
            "complaint-urgent".to_owned(),
            unit.complaint_readers(entry.at).await?,
        ),
        // any other complaint is told to nobody: those who may see it find it in their list
        Event::Case(_) | Event::House(_) | Event::Complaint(_) => return Ok(()),
    };
    to.sort_unstable();
    to.dedup();
    to.retain(|member| entry.actor != Some(member.0));
    for member in to {
        unit.keep_message(&message(entry, subject, &kind, member))
            .await?;
    }
    Ok(())
}

/// A new lead concerns every officer of the team; a pair concerns the second one and whoever referred it; an answer
/// reaches whoever referred it, and the case's owner through the case. One that waits for officers who are away is told to those
/// who can see to it, one that goes on without its case to its officers alone.
async fn of_referral(
    unit: &Unit,
    entry: &Entry,
    id: ReferralId,
    deed: &referral::Deed,
) -> Result<Vec<MemberId>, Error> {
    use referral::Deed;
    let Some(found) = unit.referral(id).await? else {
        return Ok(Vec::new());
    };
    let (team, referrer) = (found.referral.team, found.referral.referrer);
    if matches!(
        deed,
        Deed::Taken { .. } | Deed::Refused { .. } | Deed::Withdrawn
    ) {
        // it was the whole team's to take, and is no more
        for officer in unit.officers_of(team, entry.at).await? {
            let asked = unit.read_messages_of(officer, CaseId(id.0), "referral-referred", entry.at);
            asked.await?;
        }
    }
    let two = found.referral.state.officers();
    Ok(match deed {
        Deed::Referred { .. } | Deed::Withdrawn => unit.officers_of(team, entry.at).await?,
        Deed::Taken { first, second, .. } => vec![*first, *second, referrer],
        Deed::Started { .. } => two.map_or(vec![], |two| vec![two.first(), two.second()]),
        Deed::Ended { .. } | Deed::Refused { .. } => vec![referrer],
        Deed::Waiting => {
            let mut all = unit.desk_and_supervisors(entry.at).await?;
            all.push(referrer);
            all
        }
        // whoever referred it may be the one whom the complaint concerns: they are told nothing at the minute it is made, nor would
        // only some of them be, for then silence would tell it; their list shows the lead, without a case
        Deed::OnItsOwn => match two {
            Some(two) => vec![two.first(), two.second()],
            None => unit.officers_of(team, entry.at).await?,
        },
        Deed::Overdue => match two {
            Some(two) => vec![two.first(), two.second(), referrer],
            None => {
                let mut all = unit.officers_of(team, entry.at).await?;
                all.push(referrer);
                all
            }
        },
    })
}

async fn of_mediation(
    unit: &Unit,
    entry: &Entry,
    id: MediationId,
    deed: &mediation::Deed,
) -> Result<Vec<MemberId>, Error> {
    use mediation::Deed;
    let Some(found) = unit.mediation(id).await? else {
        return Ok(Vec::new());
    };
    Ok(match deed {
        Deed::Opened { mediator } | Deed::HandedOver { mediator } => vec![*mediator],
        Deed::FollowUpDue => vec![found.mediator],
        Deed::Overdue | Deed::FollowUpLate => {
            let mut all = unit.leads_of(found.grid, entry.at).await?;
            all.push(found.mediator);
            all
        }
        _ => Vec::new(),
    })
}

/// A reminder or a question concerns whoever is responsible, an answer whoever asked, a late one both; that a level's time went by
/// concerns whoever has the case and who leads above; that what was agreed is late concerns whoever does it and whoever follows it; that
/// nobody decides concerns those who may. A circular
/// concerns the leads of its grids and whoever has a seat in its departments.
async fn of_supervision(
    unit: &Unit,
    entry: &Entry,
    subject: Uuid,
    deed: &supervision::Deed,
) -> Result<Vec<MemberId>, Error> {
    use supervision::Deed;
    Ok(match *deed {
        Deed::Reminded { whom, .. } | Deed::Supervised { whom, .. } => vec![whom],
        Deed::Answered { by, .. } => vec![by],
        Deed::Overdue { whom, by, .. } => vec![whom, by],
        Deed::TierOver { owner, lead } => owner.into_iter().chain(lead).collect(),
        Deed::AgreedLate { doer, follows, .. } => doer.into_iter().chain(follows).collect(),
        Deed::Undecided { again } => of_undecided(unit, entry, CaseId(subject), again).await?,
        Deed::Circulated => {
            let mut all = Vec::new();
            for spoken in unit.circular_units(CircularId(subject)).await? {
                all.extend(match spoken {
                    Spoken::Grid(grid) => unit.leads_of(grid, entry.at).await?,
                    Spoken::Department(id) => unit.members_of_department(id, entry.at).await?,
                });
            }
            all
        }
        Deed::Withdrawn | Deed::Taken => Vec::new(),
    })
}

/// Who may decide what becomes of a case: the desk, whoever was asked to look, whoever opened the file, or the leader who was called
/// and decides alone. Once more it is told to those who lead the grid and the community. Nobody, where it is decided by now.
async fn of_undecided(
    unit: &Unit,
    entry: &Entry,
    id: CaseId,
    again: bool,
) -> Result<Vec<MemberId>, Error> {
    let case = super::messages::found(unit, id).await?;
    let Some(case) = case.filter(|case| case.state.kind().waits_for_decision()) else {
        return Ok(Vec::new());
    };
    let near = match &case.state {
        State::Verifying { asked } => Some(*asked),
        State::Filed => case.leader_called.or(case.owner),
        _ => None,
    };
    let mut first: Vec<MemberId> = near.into_iter().collect();
    if case.leader_called.is_none() || case.state != State::Filed {
        first.extend(unit.seated(&[Role::Desk], entry.at).await?);
    }
    // where nobody decides here, those who lead heard of it the first time
    match (again, first.is_empty()) {
        (false, false) => return Ok(first),
        (true, true) => return Ok(Vec::new()),
        (false, true) | (true, false) => {}
    }
    let mut leads = unit.leads_of(case.grid, entry.at).await?;
    leads.extend(unit.seated(&[Role::CommunityLead], entry.at).await?);
    Ok(leads)
}

fn message(entry: &Entry, subject: Uuid, kind: &str, to: MemberId) -> Message {
    Message {
        stands_for: None,
        to,
        case: CaseId(subject),
        seq: entry.seq,
        kind: kind.to_owned(),
        at: entry.at,
        read_at: None,
    }
}
