//! One step of a complaint by somebody who sees it: name, take, note, answer, make it a report, close. Words go under seal, the journal says
//! only that it happened.

use rules::case::Words;
use rules::complaint::{Complaint, Outcome, Step, StepName, next_lead, sees, take_step};
use rules::ids::{MemberId, Number};
use store::Unit;
use store::complaint::SealedNote;

use super::report;
use super::seal::{Lock, of, of_note};
use super::see::found;
use super::{line_of, note};
use crate::case::Expected;
use crate::net::CommunityNet;
use crate::{Asker, Error, Fault, House, task};

/// What a step says; each takes its own fields.
#[derive(Default)]
pub struct StepForm {
    /// `name`: whom it speaks of, by account name.
    pub about: Option<String>,
    /// `note`, `answer`: the words; `report`: why.
    pub words: Option<String>,
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
    let (net, complaint) = found(house, asker, number).await?;
    let (id, key) = (complaint.id, house.clock.id());
    let lock = Lock::of(house, net.id).await?;
    let sealed = |said: &Words| -> Result<SealedNote, Error> {
        Ok(SealedNote {
            id: key,
            by: asker.member().ok_or(Error::Forbidden)?,
            words: lock.seal(of_note(key), said.as_str())?,
            at: asker.now,
        })
    };
    let (mut kept, mut answer) = (None, None);
    let step = match name {
        StepName::Name => named(&net, &complaint, form.about.as_deref(), asker)?,
        StepName::Take => Step::Take,
        StepName::Report => {
            let why = sealed(&reason(&form)?)?;
            return report::make(house, asker, (net, complaint), expected, why).await;
        }
        StepName::Close => Step::Close,
        StepName::Note => {
            kept = Some(sealed(&words(form.words.as_deref())?)?);
            Step::Note
        }
        StepName::Answer => {
            let outcome = form.outcome;
            let outcome = outcome.ok_or_else(|| Error::invalid("outcome", "field-missing"))?;
            let said = words(form.words.as_deref())?;
            answer = Some(lock.seal(of("answer", id.0), said.as_str())?);
            Step::Answer { outcome }
        }
    };
    let asker = asker.clone();
    let taken = house.store.unit(net.id, async move |unit: &Unit| {
        let now = unit.complaint(id).await?;
        match expected {
            Expected::Version(seen) if seen != now.version => {
                return Err(Error::Stale { is: now.version });
            }
            _ => {}
        }
        let (next, deed) = take_step(&now, step, &asker.actor, asker.now)?;
        unit.save_complaint(now.version, &next, answer.as_deref())
            .await?;
        if let Some(kept) = &kept {
            unit.keep_complaint_note(id, kept).await?;
        }
        unit.note(note(&asker, &next, deed));
        Ok::<_, Error>(())
    });
    taken.await
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

/// Whom it speaks of and who else may see it then. Whoever names may not name themselves or their own line: somebody else
/// has to look at that one.
fn named(
    net: &CommunityNet,
    complaint: &Complaint,
    account: Option<&str>,
    asker: &Asker,
) -> Result<Step, Error> {
    let known = account.and_then(|account| net.member_by_code(account));
    let about: MemberId = known
        .ok_or_else(|| Error::invalid("about", "addressee-unknown"))?
        .id;
    let mut next = complaint.clone();
    next.about = Some(about);
    let line = line_of(net, &next, asker.now);
    next.lead = next_lead(&line, net.posts());
    if !sees(&next, &line, &asker.actor) {
        return Err(Error::invalid("about", "complaint-own-line"));
    }
    Ok(Step::Name {
        about,
        lead: next.lead,
    })
}
