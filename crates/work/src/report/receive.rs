//! Receives a report: place → grid → person on duty, a number, a case, a receipt — in one unit with its journal entry.
//! The same key with the same words finds the same receipt; nothing is ever received twice.

use rules::case::Channel;
use rules::ids::{CaseId, CategoryCode, ReportId};
use sha2::{Digest, Sha256};
use store::Unit;
use store::case::AttachmentKind;
use time::OffsetDateTime;

use super::check::{Said, UNSAID, faults};
use super::draft::Draft;
use super::{Contact, Receipt, Where};
use crate::{Asker, Error, House, task};

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
    /// Whether it is about how somebody behaved who works here, as whoever tells it said; none if nobody was asked. What is
    /// becomes a complaint and never a report; what may be is not received before somebody was asked.
    pub about_worker: Option<bool>,
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

    /// Remembers it with what it makes, and says whether it came for the first time.
    ///
    /// # Errors
    /// `KeyReused` if it came with another body before.
    pub(crate) async fn is_new(
        &self,
        unit: &Unit,
        made: ReportId,
        at: OffsetDateTime,
    ) -> Result<bool, Error> {
        Ok(self.made_before(unit, made, at).await?.is_none())
    }

    /// Remembers it with what it makes; gives what it has made before.
    ///
    /// # Errors
    /// `KeyReused` if it came with another body before.
    pub(crate) async fn made_before(
        &self,
        unit: &Unit,
        made: ReportId,
        at: OffsetDateTime,
    ) -> Result<Option<ReportId>, Error> {
        match unit.keep_key(&self.key, &self.body, made, at).await? {
            Some(used) if used.body != self.body => Err(Error::KeyReused),
            used => Ok(used.map(|used| used.made)),
        }
    }

    /// The digest of the key.
    pub(crate) const fn key(&self) -> &[u8; 16] {
        &self.key
    }

    /// The digest of the body.
    pub(crate) const fn body(&self) -> &[u8; 16] {
        &self.body
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
/// The longest words on where it is, in characters: as long as those of an event at a place, which may become a report.
pub const PLACE_NOTE_MAX: usize = 500;

/// Receives a report.
///
/// # Errors
/// `Invalid` with every faulty field, `KeyReused` if the key came with another body before.
#[task]
pub async fn receive(
    house: &House,
    asker: &Asker,
    key: RequestKey,
    form: ReportForm,
) -> Result<Receipt, Error> {
    take(house, asker, key, form, Manner::Alone).await
}

/// Receives a report of somebody unknown. In a rush, when too many are told of one grid at once, it is received like any
/// other, but it waits in the queue of the desk, so that a flood does not bury whoever serves the grid.
///
/// # Errors
/// As [`receive`].
#[task]
pub async fn receive_stranger(
    house: &House,
    asker: &Asker,
    key: RequestKey,
    form: ReportForm,
    rush: bool,
) -> Result<Receipt, Error> {
    let manner = if rush { Manner::Queued } else { Manner::Alone };
    take(house, asker, key, form, manner).await
}

/// "Me too": receives a report of a problem that a running case is about already. It gets a receipt of its own, and its
/// reporter is told every change. Where that one was merged meanwhile, it joins the one that goes on. If the case has ended
/// meanwhile, or lies in another community, it is a case of its own: nothing is lost.
///
/// # Errors
/// As [`receive`]; `Invalid` where the case is at another place.
#[task]
pub async fn receive_same(
    house: &House,
    asker: &Asker,
    key: RequestKey,
    form: ReportForm,
    same: CaseId,
) -> Result<Receipt, Error> {
    take(house, asker, key, form, Manner::Same(same)).await
}

/// What came of what somebody told whom nobody can ask.
pub enum Heard {
    /// It was received.
    Received(Receipt),
    /// Nothing was kept: it sounds like a complaint about somebody who works here, or names one who would read it, and nobody said
    /// whether it is one. What was told comes back, so that it is not lost.
    Sounds(ReportForm),
}

/// Receives what a program tells that asks nobody anything, as a case of its own or as "me too". What may be a complaint is looked for
/// once, here. Whether there is a rush is asked only of what is received, as that counts it.
///
/// # Errors
/// As [`receive_stranger`] and [`receive_same`].
pub async fn hear(
    house: &House,
    asker: &Asker,
    key: RequestKey,
    form: ReportForm,
    (same, rush): (Option<CaseId>, impl FnOnce() -> bool),
) -> Result<Heard, Error> {
    let faults = faults(&house.net(), &Said::of(&form));
    match faults.as_slice() {
        [] => {}
        [only] if only.code == UNSAID => return Ok(Heard::Sounds(form)),
        _ => return Err(Error::Invalid(faults)),
    }
    let queued = same.is_none() && rush();
    let draft = Draft::sound(house, asker, form, queued).await?;
    keep(house, draft, key, same).await.map(Heard::Received)
}

/// How a report comes in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// As a case of its own.
    Alone,
    /// The same, waiting in the queue of the desk.
    Queued,
    /// As one more telling of this case, if it still runs.
    Same(CaseId),
}

async fn take(
    house: &House,
    asker: &Asker,
    key: RequestKey,
    form: ReportForm,
    manner: Manner,
) -> Result<Receipt, Error> {
    let draft = Draft::checked(house, asker, form, manner == Manner::Queued).await?;
    let same = match manner {
        Manner::Same(case) => Some(case),
        Manner::Alone | Manner::Queued => None,
    };
    keep(house, draft, key, same).await
}

async fn keep(
    house: &House,
    draft: Draft,
    key: RequestKey,
    same: Option<CaseId>,
) -> Result<Receipt, Error> {
    let community = draft.at.community.id;
    let same = match same {
        Some(case) => Some(draft.same(house, case).await?),
        None => None,
    };
    let report = house
        .store
        .unit(community, async move |unit: &Unit| {
            draft.keep(unit, key, same).await
        })
        .await?;
    Receipt::of(house, report)
}
