//! One step of a complaint by somebody who sees it: name, take, note, pass on the matter in it, answer, make it a report, close. Words go under seal, the journal says
//! only that it happened.

use rules::case::Words;
use rules::complaint::{Complaint, Outcome, Step, StepName, next_lead, take_step};
use rules::ids::{MemberId, Number};
use store::Unit;
use store::complaint::SealedNote;
use uuid::Uuid;

use super::seal::{Lock, of, of_note};
use super::sight::{Found, concerned, found};
use super::{note, pass, report};
use crate::case::Expected;
use crate::report::Draft;
use crate::{Asker, Error, Fault, House, task};

/// What a step says; each takes its own fields.
#[derive(Default)]
pub struct StepForm {
    /// `name`: whom it speaks of, by account name.
    pub about: Option<String>,
    /// `note`, `answer`: the words; `report`: why; `pass`: the matter, in the words of whoever passes it on.
    pub words: Option<String>,
    /// `pass`: words on where it is.
    pub place_note: Option<String>,
    /// `pass`: whether the point that was told goes along.
    pub place: bool,
    /// `pass`: whether the photos go along.
    pub photos: bool,
    /// `pass`: whether the reporter's contact goes along, as they agreed.
    pub contact: bool,
    /// `answer`: what it came to.
    pub outcome: Option<Outcome>,
    /// `report`: that whoever makes it one knows who reads it then.
    pub confirmed: bool,
}

/// Takes a step on the version that was seen.
///
/// # Errors
/// `NotFound` for whoever may not see it, `Invalid` for words and names, `Stale`, `Complaint` for what the rules refuse.
#[task]
pub async fn step(
    house: &House,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    name: StepName,
    form: StepForm,
) -> Result<(), Error> {
    let found = found(house, asker, number).await?;
    let (id, key) = (found.complaint.id, house.clock.id());
    let read = found.complaint.version;
    let community = found.net.id;
    let lock = Lock::of(house, community).await?;
    let mut beside = Beside::default();
    let step = match name {
        StepName::Name => named(&found, form.about.as_deref(), asker)?,
        StepName::Take => Step::Take,
        StepName::Report => {
            let why = sealed(&lock, asker, key, &reason(&form)?)?;
            let about = (found.net, found.complaint);
            return report::make(house, asker, about, expected, why).await;
        }
        StepName::Pass => {
            let draft = pass::draft(house, &found, form).await?;
            let case = draft.case();
            beside.passed = Some(draft);
            Step::Pass { case }
        }
        StepName::Close => Step::Close,
        StepName::Note => {
            let said = words(form.words.as_deref())?;
            beside.note = Some(sealed(&lock, asker, key, &said)?);
            Step::Note
        }
        StepName::Answer => {
            let outcome = form.outcome;
            let outcome = outcome.ok_or_else(|| Error::invalid("outcome", "field-missing"))?;
            let said = words(form.words.as_deref())?;
            beside.answer = Some(lock.seal(of("answer", id.0), said.as_str())?);
            Step::Answer { outcome }
        }
    };
    let asker = asker.clone();
    let taken = house.store.unit(community, async move |unit: &Unit| {
        let now = unit.complaint(id).await?;
        let is_late = match expected {
            Expected::Version(seen) => seen != now.version,
            // each passing on makes a case: two that come at once are one
            Expected::Any => name == StepName::Pass && read != now.version,
        };
        if is_late {
            return Err(Error::Stale { is: now.version });
        }
        let (next, deed) = take_step(&now, step, &asker.actor, asker.now)?;
        beside.keep(unit, now.version, &next).await?;
        unit.note(note(&asker, &next, deed));
        Ok::<_, Error>(())
    });
    taken.await
}

/// What is kept with a step, made before the unit.
#[derive(Default)]
struct Beside {
    note: Option<SealedNote>,
    answer: Option<Vec<u8>>,
    /// The case that the matter goes on as.
    passed: Option<Draft>,
}

impl Beside {
    async fn keep(&self, unit: &Unit, before: i64, after: &Complaint) -> Result<(), Error> {
        unit.save_complaint(before, after, self.answer.as_deref())
            .await?;
        if let Some(note) = &self.note {
            unit.keep_complaint_note(after.id, note).await?;
        }
        if let Some(passed) = &self.passed {
            passed.enter(unit).await?;
        }
        Ok(())
    }
}

/// A note of the asker under seal.
fn sealed(lock: &Lock, asker: &Asker, key: Uuid, said: &Words) -> Result<SealedNote, Error> {
    Ok(SealedNote {
        id: key,
        by: asker.member().ok_or(Error::Forbidden)?,
        words: lock.seal(of_note(key), said.as_str())?,
        at: asker.now,
    })
}

/// Whether a step comes in time, whatever it says: to be told before what is wrong with its fields.
///
/// # Errors
/// `NotFound` for whoever may not see it, `Stale` if it has moved on.
#[task]
pub async fn in_time(
    house: &House,
    asker: &Asker,
    number: &Number,
    expected: Expected,
) -> Result<(), Error> {
    let found = found(house, asker, number).await?;
    expected.is(found.complaint.version)
}

fn words(text: Option<&str>) -> Result<Words, Error> {
    let text = text.unwrap_or_default();
    text.parse()
        .map_err(|_| Error::invalid("words", "field-missing"))
}

/// Why it is a report. It cannot be taken back, so whoever makes it one says beside it that they know who reads it then.
fn reason(form: &StepForm) -> Result<Words, Error> {
    let said = words(form.words.as_deref());
    if form.confirmed {
        return said;
    }
    let mut faults = match said {
        Err(Error::Invalid(faults)) => faults,
        Err(other) => return Err(other),
        Ok(_) => Vec::new(),
    };
    faults.push(Fault::new("confirmed", "confirmation-missing"));
    Err(Error::Invalid(faults))
}

/// Whom it speaks of and who else may see it then. Whoever names themselves, or somebody in whose line they stand, sees it no more:
/// somebody else has to look at that one.
fn named(found: &Found, account: Option<&str>, asker: &Asker) -> Result<Step, Error> {
    let net = &found.net;
    let known = account.and_then(|account| net.member_by_code(account));
    let about: MemberId = known
        .ok_or_else(|| Error::invalid("about", "addressee-unknown"))?
        .id;
    let mut next = found.complaint.clone();
    next.about = Some(about);
    let line = concerned(net, &next, &found.said, asker.now);
    let lead = next_lead(&line, &net.posts_in_service());
    Ok(Step::Name { about, lead })
}
