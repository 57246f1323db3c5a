//! What time itself does to mediations: it notes that thirty days have passed, calls up the look a month later, and erases
//! the contacts and then the words of what is over.

use rules::ids::{CommunityId, MediationId};
use rules::mediation::{Deed, Mediation, call};
use store::Unit;
use time::{Duration, OffsetDateTime};

use super::open::note;
use crate::{Asker, Error, House, task};

/// Mediations the clock looks at in one go.
const AT_ONCE: u16 = 200;

/// Does everything that is due by now in every community; gives how much it did.
///
/// # Errors
/// What the store says. One that somebody moved meanwhile is left alone.
#[task]
pub async fn tick(house: &House) -> Result<usize, Error> {
    let communities: Vec<CommunityId> = house.net().communities().map(|one| one.id).collect();
    let mut done = 0;
    for community in communities {
        let (reader, asker) = (house.store.reader(), house.clock_asker(community));
        for found in reader
            .mediations_waiting_for_time(community, asker.now, AT_ONCE)
            .await?
        {
            done += usize::from(call_up(house, &asker, found).await?);
        }
        for found in reader
            .mediations_to_erase(community, asker.now, AT_ONCE)
            .await?
        {
            done += usize::from(erase(house, &asker, found).await?);
        }
    }
    Ok(done)
}

async fn call_up(house: &House, asker: &Asker, found: Mediation) -> Result<bool, Error> {
    let (community, asker) = (found.community, asker.clone());
    let called = house.store.unit(community, async move |unit: &Unit| {
        let decided = call(&found, asker.now)?;
        let next = decided.mediation;
        unit.save_mediation(found.version, &next, None).await?;
        unit.note(note(&asker, next.id, decided.deed));
        Ok::<(), Error>(())
    });
    moved(called.await)
}

/// First the contacts; when they are gone, the date for the words; then the words.
async fn erase(house: &House, asker: &Asker, found: Mediation) -> Result<bool, Error> {
    let net = house.net();
    let settings = &net
        .community_by_id(found.community)
        .ok_or(Error::NotFound)?
        .settings
        .mediation;
    let over = found.times.finished_at.unwrap_or(asker.now);
    let words_at = over + Duration::days(i64::from(settings.words_days));
    let (community, asker) = (found.community, asker.clone());
    let erased = house.store.unit(community, async move |unit: &Unit| {
        let (deed, next) = erase_rows(unit, found.id, words_at, asker.now).await?;
        let mut kept = found.clone();
        kept.version += 1;
        unit.save_mediation(found.version, &kept, next).await?;
        unit.note(note(&asker, found.id, deed));
        Ok::<(), Error>(())
    });
    moved(erased.await)
}

async fn erase_rows(
    unit: &Unit,
    id: MediationId,
    words_at: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<(Deed, Option<OffsetDateTime>), store::Error> {
    if now < words_at {
        unit.erase_parties(id).await?;
        return Ok((Deed::ContactsErased, Some(words_at)));
    }
    unit.erase_parties(id).await?;
    unit.erase_mediation_words(id).await?;
    Ok((Deed::WordsErased, None))
}

fn moved(done: Result<(), Error>) -> Result<bool, Error> {
    match done {
        Ok(()) => Ok(true),
        Err(Error::Stale { .. } | Error::Mediation(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
