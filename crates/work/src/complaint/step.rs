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
use crate::{Asker, Error, House, task};

/// What a step says; each takes its own fields.
#[derive(Default)]
pub struct StepForm {
    /// `name`: whom it speaks of, by account name.
    pub about: Option<String>,
    /// `note`, `answer`: the words.
    pub words: Option<String>,
    /// `answer`: what it came to.
    pub outcome: Option<Outcome>,
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
    let (mut kept, mut answer) = (None, None);
    let step = match name {
        StepName::Name => named(&net, &complaint, form.about.as_deref(), asker)?,
        StepName::Take => Step::Take,
        StepName::Report => return report::make(house, asker, (net, complaint), expected).await,
        StepName::Close => Step::Close,
        StepName::Note => {
            kept = Some(SealedNote {
                id: key,
                by: asker.member().ok_or(Error::Forbidden)?,
                words: lock.seal(of_note(key), words(form.words.as_deref())?.as_str())?,
                at: asker.now,
            });
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
