//! Receives a report: place → grid → person on duty, a number, a case, a receipt — in one unit with its journal entry.
//! The same key with the same words finds the same receipt; nothing is ever received twice.

use std::sync::Arc;

use rules::case::{self, Case, Channel, Telling, Terms};
use rules::ids::{CaseId, CategoryCode, MemberId, ReportId, ResultId};
use rules::journal::Event;
use rules::privacy::classes::Class;
use sha2::{Digest, Sha256};
use store::Unit;
use store::case::{Attachment, AttachmentKind};
use store::journal::Note;
use store::report::Report;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Contact, Receipt, Where, Whereabouts};
use crate::{Asker, Error, Fault, House};

/// What somebody tells.
pub struct ReportForm {
    /// The words; 1 to 2,000 characters, or empty with a sound note.
    pub words: String,
    /// Where it is.
    pub place: Where,
    /// Words on where it is.
    pub place_note: String,
    /// The category, if the reporter chose one.
    pub category: Option<CategoryCode>,
    /// How to reach the reporter.
    pub contact: Option<Contact>,
    /// On which way it came.
    pub channel: Channel,
    /// Photos and sound, cleaned and kept as blobs already.
    pub attached: Vec<Attached>,
}

/// A cleaned photo or sound note whose bytes are kept.
#[derive(Debug, Clone)]
pub struct Attached {
    /// What it is.
    pub kind: AttachmentKind,
    /// Where its bytes are.
    pub blob: String,
    /// Where the small picture is.
    pub thumbnail: Option<String>,
}

/// A request that must not happen twice: digests of its key and of its body.
#[derive(Debug, Clone, Copy)]
pub struct RequestKey {
    key: [u8; 16],
    body: [u8; 16],
}

impl RequestKey {
    /// From the key as sent and the body as sent.
    pub fn new(key: &[u8], body: &[u8]) -> Self {
        Self {
            key: short(key),
            body: short(body),
        }
    }
}

fn short(bytes: &[u8]) -> [u8; 16] {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    half
}

/// The longest words of a report, in characters.
pub const WORDS_MAX: usize = 2_000;

/// Receives a report.
///
/// # Errors
/// `Invalid` with every faulty field, `KeyReused` if the key came with another body before.
pub async fn receive(
    house: &House,
    asker: &Asker,
    key: RequestKey,
    form: ReportForm,
) -> Result<Receipt, Error> {
    take(house, asker, key, form, false).await
}

/// Receives a report of somebody unknown. In a rush, when too many are told of one grid at once, it is received like any
/// other, but it waits in the queue of the desk, so that a flood does not bury whoever serves the grid.
///
/// # Errors
/// As [`receive`].
pub async fn receive_stranger(
    house: &House,
    asker: &Asker,
    key: RequestKey,
    form: ReportForm,
    rush: bool,
) -> Result<Receipt, Error> {
    take(house, asker, key, form, rush).await
}

async fn take(
    house: &House,
    asker: &Asker,
    key: RequestKey,
    form: ReportForm,
    queued: bool,
) -> Result<Receipt, Error> {
    let net = house.net();
    check_words(&form)?;
    let at = form.place.find(&net)?;
    let category = known_category(&at, form.category.as_ref())?;
    let draft = Draft::new(house, asker, &at, form, category, queued).await?;
    let community = at.community.id;
    let report = house
        .store
        .unit(community, async move |unit: &Unit| {
            draft.keep(unit, key).await
        })
        .await?;
    Receipt::of(house, report)
}

fn check_words(form: &ReportForm) -> Result<(), Error> {
    let has_sound = form
        .attached
        .iter()
        .any(|attached| attached.kind != AttachmentKind::Photo);
    let mut faults = Vec::new();
    if form.words.trim().is_empty() && !has_sound {
        faults.push(Fault::new("text", "text-missing"));
    }
    if form.words.chars().count() > WORDS_MAX || form.place_note.chars().count() > WORDS_MAX {
        faults.push(Fault::new("text", "text-too-long"));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(faults))
    }
}

fn known_category(
    at: &Whereabouts,
    code: Option<&CategoryCode>,
) -> Result<Option<CategoryCode>, Error> {
    let Some(code) = code else { return Ok(None) };
    match at
        .community
        .catalogue()
        .and_then(|catalogue| catalogue.category(code))
    {
        Some(_) => Ok(Some(code.clone())),
        None => Err(Error::invalid("category", "category-unknown")),
    }
}

/// Everything a report needs, decided before the unit so that the unit only writes.
struct Draft {
    at: Whereabouts,
    owner: Option<MemberId>,
    actor: rules::access::Actor,
    now: OffsetDateTime,
    case: CaseId,
    report: ReportId,
    sealed: Option<store::report::SealedContact>,
    category: Option<CategoryCode>,
    answer_by: Option<OffsetDateTime>,
    attachments: Vec<(Uuid, Attached)>,
    words: String,
    place_note: String,
    channel: Channel,
    queued: bool,
}

impl Draft {
    async fn new(
        house: &House,
        asker: &Asker,
        at: &Whereabouts,
        form: ReportForm,
        category: Option<CategoryCode>,
        queued: bool,
    ) -> Result<Self, Error> {
        let report = ReportId(house.clock.id());
        let sealed = match form.contact.filter(|contact| !contact.is_empty()) {
            Some(contact) => Some(
                contact.seal(
                    &*house
                        .keys
                        .data_key(&house.store, at.community.id, Class::C2, asker.now)
                        .await?,
                    report,
                )?,
            ),
            None => None,
        };
        let owner = at
            .community
            .on_duty(
                Some(at.grid.id).filter(|_| !queued),
                category.as_ref().filter(|_| !queued),
                asker.now,
            )
            .map(|duty| duty.member);
        Ok(Self {
            answer_by: Some(promise(at, category.as_ref(), asker.now)),
            attachments: form
                .attached
                .into_iter()
                .map(|attached| (house.clock.id(), attached))
                .collect(),
            at: at.clone(),
            owner,
            actor: asker.actor.clone(),
            now: asker.now,
            case: CaseId(house.clock.id()),
            report,
            sealed,
            category,
            words: form.words.trim().to_owned(),
            place_note: form.place_note.trim().to_owned(),
            channel: form.channel,
            queued,
        })
    }

    async fn keep(self, unit: &Unit, key: RequestKey) -> Result<Report, Error> {
        let kept = unit.keep_key(&key.key, &key.body, self.report, self.now);
        if let Some(used) = kept.await? {
            return if used.body == key.body {
                Ok(unit.report(used.made).await?)
            } else {
                Err(Error::KeyReused)
            };
        }
        let (case, report) = self.write_down(unit).await?;
        unit.keep_case(&case, None).await?;
        if self.queued {
            unit.queue_case(case.id).await?;
        }
        unit.keep_report(&report).await?;
        if let Some(sealed) = &self.sealed {
            unit.keep_contact(report.id, sealed).await?;
        }
        for (id, attached) in &self.attachments {
            unit.keep_attachment(&self.attachment(*id, attached))
                .await?;
        }
        Ok(report)
    }

    /// Takes a number and makes the case and the report; notes what happened.
    async fn write_down(&self, unit: &Unit) -> Result<(Case, Report), Error> {
        let community = &self.at.community;
        let number = unit
            .next_number(community.calendar.local(self.now).date())
            .await?;
        let terms = Terms {
            calendar: &*community.calendar,
            settings: &community.settings.case,
            condition: None,
            above: None,
            on_duty: self.owner,
        };
        let telling = Telling {
            community: community.id,
            id: self.case,
            number: number.clone(),
            grid: self.at.grid.id,
            grid_version: self.at.grid.version,
            place: self.at.point,
            channel: self.channel,
            category: self
                .category
                .clone()
                .zip(community.catalogue())
                .map(|(code, catalogue)| (catalogue.version, code)),
        };
        let decision = case::receive(telling, &self.actor, &terms, self.now);
        for event in decision.events {
            unit.note(self.note(event));
        }
        Ok((decision.case, self.report(number)))
    }

    fn note(&self, event: case::Event) -> Note {
        Note {
            at: self.now,
            occurred_at: None,
            actor: self.actor.member(),
            role: self.actor.role().map_or("clock", |role| role.as_str()),
            subject: Some(self.case.0),
            event: Event::Case(event),
        }
    }

    fn report(&self, number: rules::ids::Number) -> Report {
        Report {
            id: self.report,
            number,
            case: self.case,
            channel: self.channel,
            words: self.words.clone(),
            place_note: self.place_note.clone(),
            grid: self.at.grid.id,
            category: self.category.as_ref().map(|code| code.as_str().to_owned()),
            place: self.at.point,
            answer_by: self.answer_by,
            received_at: self.now,
            entered_by: self.actor.member(),
        }
    }

    fn attachment(&self, id: Uuid, attached: &Attached) -> Attachment {
        Attachment {
            id,
            case: self.case,
            report: Some(self.report),
            result: None::<ResultId>,
            kind: attached.kind,
            blob: attached.blob.clone(),
            thumbnail: attached.thumbnail.clone(),
            at: self.now,
        }
    }
}

/// By when the reporter is promised an answer: the shortest limit of the category's filing conditions, or the community's
/// default where nothing is known yet.
fn promise(
    at: &Whereabouts,
    category: Option<&CategoryCode>,
    now: OffsetDateTime,
) -> OffsetDateTime {
    use rules::case::Reckoning;
    let calendar: &Arc<_> = &at.community.calendar;
    let limits = category
        .zip(at.community.catalogue())
        .map(|(code, catalogue)| catalogue.limits(code))
        .unwrap_or_default();
    limits
        .into_iter()
        .map(|limit| calendar.due(limit, now).at)
        .min()
        .unwrap_or_else(|| {
            calendar
                .due(at.community.settings.case.default_limit, now)
                .at
        })
}
