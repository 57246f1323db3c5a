//! A list's filter kept under a name, for the one who keeps it. A convenience of theirs: nothing in the journal speaks of it.

use rules::access::Actor;
use rules::ids::AccountId;
use store::case::SavedFilter;
use uuid::Uuid;

use crate::{Asker, Error, House, task};

/// The longest name, in characters, and the longest query, in bytes.
const NAME_MAX: usize = 40;
const QUERY_MAX: usize = 2_000;
/// The most filters somebody keeps.
const FILTERS_MAX: usize = 20;

/// Keeps a filter for the asker; `query` is the query part of the list's address.
///
/// # Errors
/// `Invalid` for `name`; `Forbidden` for anybody but a member.
#[task]
pub async fn keep_filter(
    house: &House,
    asker: &Asker,
    name: &str,
    query: &str,
) -> Result<(), Error> {
    let (account, community) = (account(asker)?, asker.community().ok_or(Error::NotFound)?);
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::invalid("name", "filter-name-missing"));
    }
    if name.chars().count() > NAME_MAX || query.len() > QUERY_MAX {
        return Err(Error::invalid("name", "filter-name-long"));
    }
    if house
        .store
        .reader()
        .saved_filters(community, account)
        .await?
        .len()
        >= FILTERS_MAX
    {
        return Err(Error::invalid("name", "filter-many"));
    }
    let filter = SavedFilter {
        id: house.clock.id(),
        account,
        name: name.to_owned(),
        query: query.to_owned(),
    };
    let kept = house
        .store
        .unit(community, async move |unit| unit.keep_filter(&filter).await);
    kept.await.map_err(Error::from)
}

/// Forgets one of the asker's filters.
///
/// # Errors
/// `NotFound` if it is not theirs.
#[task]
pub async fn drop_filter(house: &House, asker: &Asker, id: Uuid) -> Result<(), Error> {
    let (account, community) = (account(asker)?, asker.community().ok_or(Error::NotFound)?);
    let dropped = house.store.unit(community, async move |unit| {
        unit.drop_filter(account, id).await
    });
    dropped.await.map_err(Error::from)
}

fn account(asker: &Asker) -> Result<AccountId, Error> {
    match asker.actor {
        Actor::Member { account, .. } => Ok(account),
        Actor::Reporter { .. } | Actor::Clock => Err(Error::Forbidden),
    }
}
