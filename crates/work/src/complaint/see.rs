//! Seeing complaints: the list and the page of those who may, the progress of whoever told one. Whoever is concerned gets
//! what a stranger gets: nothing.

use std::sync::Arc;

use bytes::Bytes;
use rules::access::{Action, Actor};
use rules::complaint::{Complaint, Deed, State, StepName, sees, steps};
use rules::ids::{CaseId, ComplaintId, MemberId, Number, ReportId};
use rules::journal::Event;
use rules::privacy::{Pii, free_text, mask};
use store::Unit;
use store::case::Attachment;
use store::report::Access;
use time::OffsetDateTime;
use uuid::Uuid;

use super::line_of;
use super::seal::{Lock, of, of_note};
use crate::attachment;
use crate::net::CommunityNet;
use crate::{Asker, Error, House, task};

/// A complaint in clear, for those who may see it.
pub struct Page {
    /// Its community.
    pub net: Arc<CommunityNet>,
    /// The complaint.
    pub complaint: Complaint,
    /// What happened, personal numbers starred out.
    pub words: String,
    /// Whom it speaks of, in the reporter's words.
    pub about_words: Option<String>,
    /// The reporter's name and number, masked.
    pub contact: Option<(String, String)>,
    /// What was found out.
    pub notes: Vec<Note>,
    /// What was answered.
    pub answer: Option<String>,
    /// Photos and sound of a report that became this complaint.
    pub attachments: Vec<Attachment>,
    /// What was done, in order.
    pub trail: Vec<Happened>,
    /// What the one who looks may do now.
    pub may: Vec<StepName>,
    /// The case that it is part of, once it is a report.
    pub case: Option<Number>,
}

/// What whoever told a complaint sees of it: no names, no notes.
pub struct Progress {
    /// Its community.
    pub net: Arc<CommunityNet>,
    /// The complaint.
    pub complaint: Complaint,
    /// What was told.
    pub words: String,
    /// What was answered.
    pub answer: Option<String>,
    /// What was done, in order.
    pub trail: Vec<Happened>,
    /// When somebody read the contact, and in which role; none where no contact is kept and nobody ever looked at one.
    pub looks: Option<Vec<(OffsetDateTime, String, String)>>,
}

/// A note.
pub struct Note {
    /// Who wrote it.
    pub by: MemberId,
    /// When.
    pub at: OffsetDateTime,
    /// What.
    pub words: String,
}

/// One entry of the trail.
pub struct Happened {
    /// When.
    pub at: OffsetDateTime,
    /// Who; nobody for a resident.
    pub actor: Option<MemberId>,
    /// In which role.
    pub role: String,
    /// What.
    pub deed: Deed,
}

/// Name and number in clear.
pub struct Contact {
    /// What the reporter is called.
    pub name: Option<Pii<String>>,
    /// How to reach them.
    pub phone: Option<Pii<String>>,
}

/// Rows of a list at most.
const ROWS: u16 = 200;

/// The complaints the asker may see: open ones, the earliest due first, or with `all` the latest ones.
///
/// # Errors
/// `Forbidden` for roles that see none, `Store`.
#[task]
pub async fn list(house: &House, asker: &Asker, all: bool) -> Result<Vec<Complaint>, Error> {
    asker.allow(Action::ReadComplaints)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let found = if all {
        reader.latest_complaints(community, ROWS).await?
    } else {
        reader.open_complaints(community, ROWS).await?
    };
    let seen = |one: &Complaint| sees(one, &line_of(net, one, asker.now), &asker.actor);
    Ok(found.into_iter().filter(seen).collect())
}

/// One complaint, if the asker may see it; `NotFound` for whoever may not, as for a number that does not exist.
pub(super) async fn found(
    house: &House,
    asker: &Asker,
    number: &Number,
) -> Result<(Arc<CommunityNet>, Complaint), Error> {
    let net = house.net();
    let net = net.community(number.community()).ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let complaint = reader.complaint_numbered(net.id, number).await?;
    let line = line_of(net, &complaint, asker.now);
    if !sees(&complaint, &line, &asker.actor) {
        return Err(Error::NotFound);
    }
    Ok((Arc::clone(net), complaint))
}

/// The page of a complaint.
///
/// # Errors
/// `NotFound` for whoever may not see it, `Unavailable` if a seal does not open.
#[task]
pub async fn page(house: &House, asker: &Asker, number: &Number) -> Result<Page, Error> {
    let (net, complaint) = found(house, asker, number).await?;
    let id = complaint.id;
    let lock = Lock::of(house, net.id).await?;
    let sealed = house.store.reader().complaint_words(net.id, id).await?;
    let text = |column, bytes: Option<Vec<u8>>| said(&lock, id, column, bytes);
    let (name, phone) = (text("name", sealed.name)?, text("phone", sealed.phone)?);
    let given = name.is_some() || phone.is_some();
    Ok(Page {
        words: text("words", Some(sealed.words))?
            .map(starred)
            .unwrap_or_default(),
        about_words: text("about_words", sealed.about)?.map(starred),
        contact: given.then(|| {
            let name = name.map(|name| mask::name(name.reveal()));
            let phone = phone.map(|phone| mask::phone(phone.reveal()));
            (name.unwrap_or_default(), phone.unwrap_or_default())
        }),
        answer: text("answer", sealed.answer)?.map(Pii::into_inner),
        notes: notes(house, &lock, &net, id).await?,
        attachments: house
            .store
            .reader()
            .complaint_attachments(net.id, id)
            .await?,
        trail: trail(house, &complaint).await?,
        may: steps(&complaint, &asker.actor),
        case: case(house, &complaint).await?,
        net,
        complaint,
    })
}

/// The case of what became a report: its own, or the one it joined.
async fn case(house: &House, complaint: &Complaint) -> Result<Option<Number>, Error> {
    if !matches!(complaint.state, State::Reported { .. }) {
        return Ok(None);
    }
    let (community, reader) = (complaint.community, house.store.reader());
    let report = reader.report(community, ReportId(complaint.id.0)).await?;
    let found = reader.cases_by_id(community, &[report.case]).await?;
    Ok(found.into_iter().next().map(|case| case.number))
}

/// What whoever showed the receipt sees of it.
///
/// # Errors
/// `Unavailable` if a seal does not open.
#[task]
pub async fn progress(house: &House, complaint: Complaint) -> Result<Progress, Error> {
    let net = house.net();
    let net = net
        .community_by_id(complaint.community)
        .ok_or(Error::NotFound)?;
    let (id, reader) = (complaint.id, house.store.reader());
    let lock = Lock::of(house, net.id).await?;
    let sealed = reader.complaint_words(net.id, id).await?;
    let text = |column, bytes: Option<Vec<u8>>| said(&lock, id, column, bytes);
    let has_contact = sealed.name.is_some() || sealed.phone.is_some();
    let looks = reader.accesses(net.id, ReportId(id.0)).await?;
    Ok(Progress {
        words: text("words", Some(sealed.words))?
            .map(Pii::into_inner)
            .unwrap_or_default(),
        answer: text("answer", sealed.answer)?.map(Pii::into_inner),
        trail: trail(house, &complaint).await?,
        looks: (has_contact || !looks.is_empty()).then_some(looks),
        net: Arc::clone(net),
        complaint,
    })
}

/// The bytes and media type of a photo or sound of a complaint that the asker may see.
///
/// # Errors
/// `NotFound` for whoever may not see it, or for a file of something else.
#[task]
pub async fn file(
    house: &House,
    asker: &Asker,
    number: &Number,
    file: Uuid,
    small: bool,
) -> Result<(Bytes, &'static str), Error> {
    let (net, complaint) = found(house, asker, number).await?;
    let reader = house.store.reader();
    let all = reader.complaint_attachments(net.id, complaint.id).await?;
    let kept = all.into_iter().find(|one| one.id == file);
    attachment::bytes(house, kept.ok_or(Error::NotFound)?, small).await
}

pub(super) fn said(
    lock: &Lock,
    id: ComplaintId,
    column: &'static str,
    bytes: Option<Vec<u8>>,
) -> Result<Option<Pii<String>>, Error> {
    bytes
        .map(|bytes| lock.open(of(column, id.0), bytes))
        .transpose()
}

fn starred(text: Pii<String>) -> String {
    free_text::redact(text.reveal())
}

async fn trail(house: &House, complaint: &Complaint) -> Result<Vec<Happened>, Error> {
    let reader = house.store.reader();
    let entries = reader
        .journal_of(complaint.community, complaint.id.0)
        .await?;
    let happened = entries.into_iter().filter_map(|entry| {
        let Ok(Event::Complaint(deed)) = Event::from_bytes(&entry.event) else {
            return None;
        };
        Some(Happened {
            at: entry.at,
            actor: entry.actor.map(MemberId),
            role: entry.role,
            deed,
        })
    });
    Ok(happened.collect())
}

async fn notes(
    house: &House,
    lock: &Lock,
    net: &CommunityNet,
    id: ComplaintId,
) -> Result<Vec<Note>, Error> {
    let notes = house.store.reader().complaint_notes(net.id, id).await?;
    let clear = notes.into_iter().map(|note| {
        Ok(Note {
            by: note.by,
            at: note.at,
            words: starred(lock.open(of_note(note.id), note.words)?),
        })
    });
    clear.collect()
}

/// Opens the reporter's contact while there is work to do. The ledger's line is durable before the clear text leaves this
/// function; it carries the complaint's id where others carry case and report.
///
/// # Errors
/// `NotFound` for whoever may not see it, `Forbidden` once it is closed or a report.
#[task]
pub async fn reveal(house: &House, asker: &Asker, number: &Number) -> Result<Contact, Error> {
    let (net, complaint) = found(house, asker, number).await?;
    let Actor::Member {
        account,
        member,
        role,
        ..
    } = asker.actor
    else {
        return Err(Error::NotFound);
    };
    if matches!(
        complaint.state,
        State::Closed { .. } | State::Reported { .. }
    ) {
        return Err(Error::Forbidden);
    }
    let (id, at, entry) = (complaint.id, asker.now, house.clock.id());
    let noted = house.store.unit(net.id, async move |unit: &Unit| {
        unit.note_access(&Access {
            at,
            account,
            member: Some(member),
            role: role.as_str(),
            purpose: "oversight",
            case: CaseId(id.0),
            report: ReportId(id.0),
            fields: "name,phone",
            id: entry,
        })
        .await
    });
    noted.await?;
    let lock = Lock::of(house, net.id).await?;
    let sealed = house.store.reader().complaint_words(net.id, id).await?;
    Ok(Contact {
        name: said(&lock, id, "name", sealed.name)?,
        phone: said(&lock, id, "phone", sealed.phone)?,
    })
}
