//! Reminds whoever is responsible for a case 催办, or asks for an answer by a date 督办. The words are for them and for
//! whoever may see the case; the journal holds none.

use std::sync::Arc;

use rules::access::Action;
use rules::case::Words;
use rules::ids::{Number, SupervisionId};
use rules::privacy::free_text;
use rules::supervision::{self as rule, Deed, Item, Refusal};
use store::Unit;
use time::OffsetDateTime;

use super::note;
use crate::net::CommunityNet;
use crate::{Asker, Error, House};

/// What is said about which case.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The key of what is said: said twice with the same key it is said once. None for a new one.
    pub id: Option<SupervisionId>,
    /// The case.
    pub number: &'a Number,
    /// The words; 1 to 2,000 characters. Personal numbers become stars.
    pub words: &'a str,
}

/// Reminds.
///
/// # Errors
/// `Forbidden` for roles that may not, `NotFound` outside the scope, `Invalid` without words, `Supervision` as
/// `rules::supervision::remind` says.
pub async fn remind(house: &House, asker: &Asker, asked: Asked<'_>) -> Result<Item, Error> {
    asker.allow(Action::Remind)?;
    ask(house, asker, asked, None).await
}

/// Asks for an answer by a date.
///
/// # Errors
/// As for [`remind`], and `Supervision` for a date that does not fit.
pub async fn supervise(
    house: &House,
    asker: &Asker,
    asked: Asked<'_>,
    answer_by: OffsetDateTime,
) -> Result<Item, Error> {
    asker.allow(Action::Supervise)?;
    ask(house, asker, asked, Some(answer_by)).await
}

/// Words as somebody wrote them.
pub(super) fn read(words: &str) -> Result<Words, Error> {
    let missing = words.trim().is_empty();
    words.parse().map_err(|_| {
        let code = if missing {
            "words-missing"
        } else {
            "text-too-long"
        };
        Error::invalid("words", code)
    })
}

async fn ask(
    house: &House,
    asker: &Asker,
    asked: Asked<'_>,
    answer_by: Option<OffsetDateTime>,
) -> Result<Item, Error> {
    let words = free_text::redact(read(asked.words)?.as_str());
    let net = house.net();
    let net: Arc<CommunityNet> = net
        .community(asked.number.community())
        .map(Arc::clone)
        .ok_or(Error::NotFound)?;
    let id = asked.id.unwrap_or_else(|| SupervisionId(house.clock.id()));
    let (number, community) = (asked.number.clone(), net.id);
    let doer = asker.clone();
    let kept = house
        .store
        .unit(community, async move |unit: &Unit| {
            let trail = unit.case_numbered(&doer.scope, &number).await?;
            let (case, settings) = (&trail.case, &net.settings.supervision);
            let whom = match answer_by {
                None => rule::remind(case, &doer.actor)?,
                Some(by) => rule::supervise(case, &doer.actor, by, settings, doer.now)?,
            };
            let item = Item {
                id,
                case: case.id,
                by: doer.member().ok_or(Refusal::NotAllowed)?,
                whom,
                department: trail.department,
                grid: case.grid,
                made_at: doer.now,
                answer_by,
                answered: None,
            };
            unit.keep_supervision(&item, &words).await?;
            let deed = match answer_by {
                None => Deed::Reminded { item: id, whom },
                Some(answer_by) => Deed::Supervised {
                    item: id,
                    whom,
                    answer_by,
                },
            };
            unit.note(note(&doer, case.id.0, deed));
            Ok::<Item, Error>(item)
        })
        .await;
    match kept {
        Err(Error::Store(store::Error::Taken(_))) => said_before(house, asker, &asked, id).await,
        other => other,
    }
}

/// The same form sent twice: what was said the first time, if it was said by the same about the same case.
async fn said_before(
    house: &House,
    asker: &Asker,
    asked: &Asked<'_>,
    id: SupervisionId,
) -> Result<Item, Error> {
    let community = asker.community().ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let (worded, trail) = reader.supervision(&asker.scope, community, id).await?;
    let same = trail.case.number == *asked.number && Some(worded.item.by) == asker.member();
    same.then_some(worded.item).ok_or(Error::KeyReused)
}
