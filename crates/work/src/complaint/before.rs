//! What stood on the case that a complaint was before, for whoever looks into it: what was said there later lies under seal with the
//! complaint, and often that is where somebody says whom they mean and what they did. Where the complaint is a report again, it
//! stands on the case; only what stayed under seal is shown here then.

use rules::access::Scope;
use rules::case::{CommandName, Deed as CaseDeed, Event as CaseEvent};
use rules::complaint::{Complaint, State};
use rules::ids::{CaseId, MemberId};
use rules::journal::Event;
use rules::privacy::free_text;
use store::case::{Attachment, Remark};
use store::complaint::CaseWords;
use time::OffsetDateTime;

use super::Along;
use super::back::case_of;
use super::turn::OF_REPORTERS;
use crate::{Error, House};

/// What stood on the case.
pub struct Before {
    /// What reporters said since it was told, first things first. On a case that several told nobody knows whose it is.
    pub later: Vec<Later>,
    /// What was done on the case, in order; nothing where the complaint was one telling of a case that goes on.
    pub steps: Vec<CaseStep>,
}

/// Something that a reporter said, or that was heard of them.
pub struct Later {
    /// When.
    pub at: OffsetDateTime,
    /// At which step.
    pub step: CommandName,
    /// What, personal numbers starred out.
    pub words: String,
}

/// A step of the case.
pub struct CaseStep {
    /// When.
    pub at: OffsetDateTime,
    /// Who took it; nobody for a reporter and for time.
    pub actor: Option<MemberId>,
    /// In which role.
    pub role: String,
    /// What happened.
    pub event: CaseEvent,
    /// What was written, personal numbers starred out.
    pub words: Vec<String>,
}

/// What stood on the case.
///
/// # Errors
/// `Store`.
pub(super) async fn before(
    house: &House,
    complaint: &Complaint,
    along: &Along,
) -> Result<Before, Error> {
    let mut later = Vec::new();
    for said in along.said_on_cases() {
        later.extend(later_on(house, complaint, said).await?);
    }
    later.sort_by_key(|one| one.at);
    let mut steps = steps(house, complaint, along).await?;
    if matches!(complaint.state, State::Reported { .. }) {
        steps.retain(|step| !step.words.is_empty());
    }
    Ok(Before { later, steps })
}

/// Photos and sound: those that came with the complaint, and those that show what was done on the case.
///
/// # Errors
/// `Store`.
pub(super) async fn files(house: &House, complaint: &Complaint) -> Result<Vec<Attachment>, Error> {
    let (community, id) = (complaint.community, complaint.id);
    let reader = house.store.reader();
    let mut files = reader.complaint_attachments(community, id).await?;
    if !matches!(complaint.state, State::Reported { .. }) {
        let of_case = reader.attachments(community, CaseId(id.0)).await?;
        // what another reporter sent is theirs
        files.extend(of_case.into_iter().filter(|one| one.report.is_none()));
    }
    Ok(files)
}

async fn later_on(
    house: &House,
    complaint: &Complaint,
    said: &CaseWords,
) -> Result<Vec<Later>, Error> {
    let (community, reader) = (complaint.community, house.store.reader());
    let case = case_of(reader, (community, complaint.id), said).await?;
    let remarks = reader.remarks(community, case);
    let later = remarks.await?.into_iter().filter_map(|remark| {
        let words = said.in_row(remark.id)?;
        OF_REPORTERS.contains(&remark.command).then(|| Later {
            at: remark.at,
            step: remark.command,
            words: free_text::redact(words),
        })
    });
    Ok(later.collect())
}

/// The steps of the case of this number; one that lies under another number goes on, and is read there.
async fn steps(
    house: &House,
    complaint: &Complaint,
    along: &Along,
) -> Result<Vec<CaseStep>, Error> {
    let (community, case) = (complaint.community, CaseId(complaint.id.0));
    let reader = house.store.reader();
    let scope = Scope::Receipt { community, case };
    match reader.case_within(&scope, community, case).await {
        Ok(_) => {}
        Err(store::Error::NotFound(_)) => return Ok(Vec::new()),
        Err(other) => return Err(other.into()),
    }
    let remarks = reader.remarks(community, case).await?;
    let mut steps = Vec::new();
    for entry in reader.journal_of(community, case.0).await? {
        let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
            continue;
        };
        // words carry the version after their step, and each step is a version
        let version = steps.len() as i64 + 1;
        steps.push(CaseStep {
            at: entry.occurred_at.unwrap_or(entry.at),
            actor: entry.actor.map(MemberId),
            role: entry.role,
            words: written(along, &remarks, (version, &event)),
            event,
        });
    }
    Ok(steps)
}

/// What was written at a step, as it lies under seal.
fn written(along: &Along, remarks: &[Remark], (version, event): (i64, &CaseEvent)) -> Vec<String> {
    let at_step = remarks.iter().filter(|remark| remark.version == version);
    let mut rows: Vec<_> = at_step.map(|remark| remark.id).collect();
    if let CaseDeed::Handled { result, .. } | CaseDeed::Fixed { result, .. } = &event.deed {
        rows.push(result.0);
    }
    let text = |row| along.said_on_cases().find_map(|said| said.in_row(row));
    let mut words: Vec<String> = Vec::new();
    for said in rows.into_iter().filter_map(text).map(free_text::redact) {
        if !words.contains(&said) {
            words.push(said);
        }
    }
    words
}
