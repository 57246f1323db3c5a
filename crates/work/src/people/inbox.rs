//! Messages that came to a member: read, and marked as read by the one they came to.

use crate::{Asker, Error, House};

/// Marks every message to the asker as read; how many were new.
///
/// # Errors
/// `Forbidden` for anybody but a member.
pub async fn read_messages(house: &House, asker: &Asker) -> Result<u64, Error> {
    let member = asker.member().ok_or(Error::Forbidden)?;
    let (community, now) = (asker.community().ok_or(Error::NotFound)?, asker.now);
    let read = house.store.unit(community, async move |unit| {
        unit.read_messages(member, now).await
    });
    read.await.map_err(Error::from)
}
