//! Telling a complaint: a number of the same series as reports, six digits, a promised date. Whom it speaks of may be chosen
//! from those who serve the place, or said in words; then a supervisor finds out.

use std::sync::Arc;

use rules::access::Role;
use rules::case::{Channel, Reckoning};
use rules::complaint::{self as rule, Complaint, Deed, State};
use rules::ids::{CaseId, CommunityId, ComplaintId, GridId, MemberId, Number, PostId, ReportId};
use rules::people::Post;
use rules::privacy::receipt::{LinkToken, ReceiptCode};
use rules::privacy::{NAME_MAX, Pii, is_phone};
use store::Unit;
use store::case::Attachment;
use store::complaint::SealedWords;
use time::OffsetDateTime;

use super::seal::{Lock, of};
use super::sight::concerned;
use super::{Along, alone, note};
use crate::net::CommunityNet;
use crate::report::{Attached, Proof, RequestKey, promise};
use crate::{Asker, Error, Fault, House, task};

/// What somebody tells.
pub struct Form {
    /// The code of the grid whose page it is.
    pub grid: String,
    /// What happened; 1 to 2,000 characters, or nothing beside a file.
    pub words: Pii<String>,
    /// The post of whom it speaks of, if chosen.
    pub about: Option<PostId>,
    /// Whom it speaks of, in words.
    pub about_words: Option<Pii<String>>,
    /// The reporter's name.
    pub name: Option<Pii<String>>,
    /// The reporter's number.
    pub phone: Option<Pii<String>>,
    /// Photos and sound, cleaned and kept as blobs already.
    pub attached: Vec<Attached>,
    /// What belongs to a report and comes along.
    pub along: Along,
    /// Whether it only sounds like a complaint, and nobody said whether it is one: whoever told it could not be asked, or whoever
    /// passed it on did not read it.
    pub held: bool,
}

/// What the reporter holds.
pub struct Receipt {
    /// The complaint.
    pub complaint: Complaint,
    /// Six digits; made from the key, kept nowhere.
    pub code: ReceiptCode,
    /// What the browser holds for a while.
    pub token: LinkToken,
}

const WORDS_MAX: usize = 2_000;
const SHORT_MAX: usize = 100;

/// Whom somebody of a grid may mean: those who serve it on any level, and those who serve the whole community; no machine.
pub fn offered(net: &CommunityNet, grid: GridId) -> Vec<&Post> {
    let way: Vec<GridId> = net.way(grid).iter().map(|grid| grid.id).collect();
    let here = |post: &&Post| {
        post.role != Role::Integration && post.grid.is_none_or(|own| way.contains(&own))
    };
    net.posts().iter().filter(here).collect()
}

/// Tells a complaint; the same key with the same words finds the same receipt. A member who tells it for somebody gets the
/// receipt to hand over and nothing else.
///
/// # Errors
/// `Invalid` with every faulty field, `KeyReused`.
#[task]
pub async fn tell(
    house: &House,
    asker: Option<&Asker>,
    key: RequestKey,
    form: &Form,
) -> Result<Receipt, Error> {
    let telling = Telling::of(house, asker, form).await?;
    let community = telling.net.id;
    let kept = house.store.unit(community, async move |unit: &Unit| {
        let made = key.made_before(unit, telling.report(), telling.now).await?;
        match made {
            Some(made) => Ok(unit.complaint(ComplaintId(made.0)).await?),
            None => telling.keep(unit).await,
        }
    });
    Ok(receipt(house, kept.await?))
}

/// A complaint on its way in: everything decided before the unit, so that the unit only writes.
pub(crate) struct Telling {
    net: Arc<CommunityNet>,
    grid: GridId,
    about: Option<MemberId>,
    id: ComplaintId,
    asker: Asker,
    sealed: SealedWords,
    files: Vec<Attachment>,
    due_at: OffsetDateTime,
    held: bool,
    /// What happened and of whom it speaks: whoever is named there does not see it.
    said: String,
    now: OffsetDateTime,
}

impl Telling {
    /// Checks a form and decides all that can be decided before the unit.
    ///
    /// # Errors
    /// `Invalid` with every faulty field.
    pub(crate) async fn of(
        house: &House,
        asker: Option<&Asker>,
        form: &Form,
    ) -> Result<Self, Error> {
        check(form)?;
        Self::decided(house, asker, form).await
    }

    /// The same for what is passed on by somebody who may not read it: nothing of it is refused, as they could put nothing right and
    /// would hear what it says.
    ///
    /// # Errors
    /// `Unavailable` if sealing fails.
    pub(crate) async fn unread(house: &House, asker: &Asker, form: &Form) -> Result<Self, Error> {
        Self::decided(house, Some(asker), form).await
    }

    async fn decided(house: &House, asker: Option<&Asker>, form: &Form) -> Result<Self, Error> {
        let net = house.net();
        let net = net
            .communities()
            .find(|net| net.grid_by_code(&form.grid).is_some());
        let net = Arc::clone(net.ok_or_else(|| Error::invalid("grid", "grid-unknown"))?);
        let grid = net.grid_by_code(&form.grid).ok_or(Error::NotFound)?.id;
        let now = house.clock.now();
        let id = ComplaintId(house.clock.id());
        let about = form.about.map(|post| {
            let post = net.post(post);
            post.map(|post| post.member)
                .ok_or_else(|| Error::invalid("about", "addressee-unknown"))
        });
        let asker = match asker {
            Some(member) if member.community() == Some(net.id) => member.clone(),
            _ => house.anonymous(net.id),
        };
        Ok(Self {
            about: about.transpose()?,
            sealed: sealed(house, net.id, id, form).await?,
            files: files(house, id, form, now),
            due_at: due(&net, form, now),
            held: form.held,
            said: said(form),
            grid,
            id,
            asker,
            now,
            net,
        })
    }

    /// What a one-time key makes with it.
    pub(crate) const fn report(&self) -> ReportId {
        ReportId(self.id.0)
    }

    /// Writes it down. Whoever calls this keeps it from happening twice.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) async fn keep(self, unit: &Unit) -> Result<Complaint, Error> {
        let (net, now) = (&self.net, self.now);
        let mut complaint = Complaint {
            community: net.id,
            id: self.id,
            number: unit.next_number(net.calendar.local(now).date()).await?,
            version: 1,
            grid: self.grid,
            about: self.about,
            lead: None,
            state: State::Received,
            received_at: now,
            due_at: self.due_at,
            held: self.held,
        };
        let line = concerned(net, &complaint, &self.said, now);
        let posts = net.posts_in_service();
        complaint.lead = self.about.and_then(|_| rule::next_lead(&line, &posts));
        unit.keep_complaint(&complaint, &self.sealed).await?;
        for file in &self.files {
            unit.keep_attachment(file).await?;
        }
        let urgent = complaint.is_urgent(&self.said);
        unit.note(note(&self.asker, &complaint, Deed::Received { urgent }));
        Ok(complaint)
    }
}

fn said(form: &Form) -> String {
    let about = form.about_words.as_ref();
    let about = about.map_or("", |about| about.reveal());
    [form.words.reveal().as_str(), about].join("\n")
}

/// By when the answer is promised. What is held may be a report: then it is answered no later than one.
fn due(net: &CommunityNet, form: &Form, now: OffsetDateTime) -> OffsetDateTime {
    let due = net.calendar.due(net.settings.complaint.limit, now).at;
    if !form.held {
        return due;
    }
    let category = form.along.category.as_ref();
    due.min(promise(net, category, Channel::Resident, now))
}

/// What came along; under the complaint's own id, where no finder of cases looks.
fn files(house: &House, id: ComplaintId, form: &Form, at: OffsetDateTime) -> Vec<Attachment> {
    let file = |one: &Attached| Attachment {
        id: house.clock.id(),
        case: CaseId(id.0),
        report: Some(ReportId(id.0)),
        result: None,
        kind: one.kind,
        blob: one.blob.clone(),
        thumbnail: one.thumbnail.clone(),
        at,
    };
    form.attached.iter().map(file).collect()
}

/// The receipt of a kept complaint.
pub fn receipt(house: &House, complaint: Complaint) -> Receipt {
    let key = house.keys.receipts();
    let id = ReportId(complaint.id.0);
    Receipt {
        code: key.code(complaint.community, id),
        token: key.token(complaint.community, id),
        complaint,
    }
}

/// The complaint behind a receipt. A number that does not exist and a proof that does not fit look the same.
///
/// # Errors
/// `NotFound`.
pub async fn open(house: &House, number: &Number, proof: Proof<'_>) -> Result<Complaint, Error> {
    let community = house
        .net()
        .community(number.community())
        .ok_or(Error::NotFound)?
        .id;
    let (complaint, id) = numbered(house, community, number).await?;
    let key = house.keys.receipts();
    if matches!(complaint.state, State::Reported { .. }) {
        // it opens as the report that it is
        return Err(Error::NotFound);
    }
    let fits = match proof {
        Proof::Code(typed) => key.code(community, id).matches(typed),
        Proof::Token(given) => key.token(community, id).matches(given),
    };
    fits.then_some(complaint).ok_or(Error::NotFound)
}

/// The complaint of a number, with whose receipt opens it. The number of a case whose first telling left it, and that says nothing any
/// more, is that of the complaint which that telling became.
async fn numbered(
    house: &House,
    community: CommunityId,
    number: &Number,
) -> Result<(Complaint, ReportId), Error> {
    let reader = house.store.reader();
    match reader.complaint_numbered(community, number).await {
        Ok(complaint) => {
            let id = ReportId(complaint.id.0);
            Ok((complaint, id))
        }
        Err(store::Error::NotFound(_)) => {
            let report = reader.report_numbered(community, number).await?;
            if report.id.0 != report.case.0 {
                return Err(Error::NotFound);
            }
            let complaint = alone(house, community, report.case).await?;
            Ok((complaint.ok_or(Error::NotFound)?, report.id))
        }
        Err(other) => Err(other.into()),
    }
}

fn check(form: &Form) -> Result<(), Error> {
    let length = |text: &Pii<String>| text.reveal().trim().chars().count();
    // words on the place have a length of their own
    let most = match form.along.place_note.trim().chars().count() {
        0 => WORDS_MAX,
        place => WORDS_MAX + place + 1,
    };
    let mut faults = Vec::new();
    match length(&form.words) {
        0 if !form.attached.is_empty() => {}
        0 => faults.push(Fault::new("text", "text-missing")),
        n if n > most => faults.push(Fault::new("text", "text-too-long")),
        _ => {}
    }
    let longer =
        |text: &Option<Pii<String>>, most| text.as_ref().is_some_and(|text| length(text) > most);
    if longer(&form.about_words, SHORT_MAX) {
        faults.push(Fault::new("about_words", "too-long"));
    }
    if longer(&form.name, NAME_MAX) {
        faults.push(Fault::new("name", "name-too-long"));
    }
    let phone = form.phone.as_ref().map(|phone| phone.reveal().trim());
    if phone.is_some_and(|phone| !phone.is_empty() && !is_phone(phone)) {
        faults.push(Fault::new("phone", "phone-malformed"));
    }
    Error::check(faults)
}

async fn sealed(
    house: &House,
    community: CommunityId,
    id: ComplaintId,
    form: &Form,
) -> Result<SealedWords, Error> {
    let lock = Lock::of(house, community).await?;
    let maybe = |column, text: &Option<Pii<String>>| {
        text.as_ref()
            .filter(|text| !text.reveal().trim().is_empty())
            .map(|text| lock.seal(of(column, id.0), text.reveal().trim()))
            .transpose()
    };
    Ok(SealedWords {
        words: lock.seal(of("words", id.0), form.words.reveal().trim())?,
        about: maybe("about_words", &form.about_words)?,
        name: maybe("name", &form.name)?,
        phone: maybe("phone", &form.phone)?,
        answer: None,
        along: form.along.seal(&lock, id)?,
    })
}
