//! Answers a question with a date: by whoever was asked, or whoever is responsible by then. Once.

use rules::access::Action;
use rules::ids::{Number, SupervisionId};
use rules::privacy::free_text;
use rules::supervision::{self as rule, Deed, Refusal};
use store::Unit;

use super::ask::read;
use super::note;
use crate::{Asker, Error, House, task};

/// Answers; gives the number of the case.
///
/// # Errors
/// `Forbidden` for roles that handle nothing, `NotFound` outside the scope, `Invalid` without words, `Supervision` if it
/// is somebody else's to answer or was answered.
#[task]
pub async fn answer(
    house: &House,
    asker: &Asker,
    id: SupervisionId,
    words: &str,
) -> Result<Number, Error> {
    asker.allow(Action::AnswerSupervision)?;
    let words = free_text::redact(read(words)?.as_str());
    let community = asker.community().ok_or(Error::NotFound)?;
    let asker = asker.clone();
    house
        .store
        .unit(community, async move |unit: &Unit| {
            let (worded, trail) = unit.supervision(&asker.scope, id).await?;
            let (item, case) = (worded.item, trail.case);
            let stands_for = rule::answer(&item, case.owner, &asker.actor)?;
            let by = asker.member().ok_or(Refusal::NotAllowed)?;
            unit.answer_supervision(id, by, &words, asker.now).await?;
            let deed = Deed::Answered {
                item: id,
                by: item.by,
                stands_for,
            };
            unit.note(note(&asker, case.id.0, deed));
            Ok::<_, Error>(case.number)
        })
        .await
}
