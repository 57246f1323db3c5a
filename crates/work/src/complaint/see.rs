//! Seeing complaints: the list and the page of those who may, the progress of whoever told one. Whoever is concerned gets
//! what a stranger gets: nothing.

use std::sync::Arc;

use bytes::Bytes;
use rules::access::Actor;
use rules::complaint::{Complaint, Deed, State, StepName, steps};
use rules::ids::{CaseId, ComplaintId, MemberId, Number, ReportId};
use rules::journal::Event;
use rules::privacy::receipt::ReceiptCode;
use rules::privacy::{Pii, free_text, mask};
use store::Unit;
use store::case::Attachment;
use store::referral::Kept;
use store::report::Access;
use time::OffsetDateTime;
use uuid::Uuid;

use super::before::{Before, before, files};
use super::seal::{Lock, of, of_note};
use super::sight::{Found, found};
use super::{Along, leads};
use crate::attachment;
use crate::net::CommunityNet;
use crate::{Asker, Error, House, task};

/// A complaint in clear, for those who may see it.
pub struct Page {
    /// Its community.
    pub net: Arc<CommunityNet>,
    /// The complaint.
    pub complaint: Complaint,
    /// The lead who sees it, too.
    pub lead: Option<MemberId>,
    /// Whether its words tell of danger to life, and nobody has answered yet.
    pub urgent: bool,
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
    /// Photos and sound of a report that became this complaint, and those of what was done about it.
    pub attachments: Vec<Attachment>,
    /// What was done, in order.
    pub trail: Vec<Happened>,
    /// What the one who looks may do now.
    pub may: Vec<StepName>,
    /// The case that it is part of, once it is a report.
    pub case: Option<Number>,
    /// The cases that matters in it were passed on as.
    pub passed: Vec<Number>,
    /// Whether a point came along.
    pub has_place: bool,
    /// The leads of the case that it was before: officers go on with them.
    pub leads: Vec<Kept>,
    /// What was said and done on the case that it was before.
    pub before: Before,
}

impl Page {
    /// Whether a colleague of whoever wrote it down passed it on from a sheet without reading it: then nobody has its receipt.
    pub fn was_passed_on_unread(&self) -> bool {
        let first = self.trail.first();
        self.complaint.held && first.is_some_and(|first| first.actor.is_some())
    }
}

/// A case that a matter in a complaint was passed on as, for whoever holds the receipt of the complaint.
pub struct Passed {
    /// Its number.
    pub number: Number,
    /// The six digits that open it together with the number.
    pub code: ReceiptCode,
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
    /// What was done, in order; it begins when it was first told, whatever it was taken for then.
    pub trail: Vec<Happened>,
    /// The cases that matters in it were passed on as.
    pub passed: Vec<Passed>,
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

/// The page of a complaint.
///
/// # Errors
/// `NotFound` for whoever may not see it, `Unavailable` if a seal does not open.
#[task]
pub async fn page(house: &House, asker: &Asker, number: &Number) -> Result<Page, Error> {
    let Found {
        net,
        complaint,
        said: told,
        lead,
    } = found(house, asker, number).await?;
    let id = complaint.id;
    let lock = Lock::of(house, net.id).await?;
    let sealed = house.store.reader().complaint_words(net.id, id).await?;
    let along = Along::open(&lock, id, sealed.along)?;
    let trail = trail(house, &complaint).await?;
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
        attachments: files(house, &complaint).await?,
        may: steps(&complaint, &asker.actor),
        case: case(house, &complaint).await?,
        passed: passed(house, &complaint, &trail)
            .await?
            .into_iter()
            .map(|(_, number)| number)
            .collect(),
        has_place: along.place.is_some(),
        leads: leads::of(house, &complaint).await?,
        before: before(house, &complaint, &along).await?,
        urgent: complaint.is_urgent(&told),
        trail,
        lead,
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

/// The cases that matters in it were passed on as, by report and number.
async fn passed(
    house: &House,
    complaint: &Complaint,
    trail: &[Happened],
) -> Result<Vec<(ReportId, Number)>, Error> {
    let (community, reader) = (complaint.community, house.store.reader());
    let mut passed = Vec::new();
    for happened in trail {
        let Deed::Passed { case } = happened.deed else {
            continue;
        };
        // the first telling and its case are one
        let report = reader.report(community, ReportId(case.0)).await?;
        passed.push((report.id, report.number));
    }
    Ok(passed)
}

/// What was told, for whoever told it: their receipt says whom to call first.
///
/// # Errors
/// `Unavailable` if a seal does not open.
#[task]
pub async fn words(house: &House, complaint: &Complaint) -> Result<String, Error> {
    let (community, id) = (complaint.community, complaint.id);
    let lock = Lock::of(house, community).await?;
    let sealed = house.store.reader().complaint_words(community, id).await?;
    let words = said(&lock, id, "words", Some(sealed.words))?;
    Ok(words.map(Pii::into_inner).unwrap_or_default())
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
    let mut trail = trail(house, &complaint).await?;
    // a report that became a complaint was received when it was told, not when it was taken for one
    let first = trail.first_mut();
    if let Some(first) = first.filter(|first| matches!(first.deed, Deed::Received { .. })) {
        first.at = complaint.received_at;
    }
    let key = house.keys.receipts();
    let passed = passed(house, &complaint, &trail).await?.into_iter();
    let passed = passed.map(|(report, number)| Passed {
        code: key.code(net.id, report),
        number,
    });
    Ok(Progress {
        passed: passed.collect(),
        words: text("words", Some(sealed.words))?
            .map(Pii::into_inner)
            .unwrap_or_default(),
        answer: text("answer", sealed.answer)?.map(Pii::into_inner),
        trail,
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
    let Found { complaint, .. } = found(house, asker, number).await?;
    let all = files(house, &complaint).await?;
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
    let Found { net, complaint, .. } = found(house, asker, number).await?;
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
