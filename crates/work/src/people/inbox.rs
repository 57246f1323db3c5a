//! Messages that came to a member: read, and marked as read by the one they came to. While others are away, what comes to
//! them comes to whoever stands in for them, too; each reads it for themselves, and with the absence it ends by itself.

use rules::access::Actor;
use rules::ids::CommunityId;
use rules::journal::{Event, HouseEvent};
use store::message::{Absence, Message};

use crate::{Asker, Error, House, task};

/// What came to somebody.
pub struct Inbox {
    /// How many messages are new.
    pub unread: i64,
    /// The latest ones, the newest first.
    pub messages: Vec<Message>,
}

/// The latest messages to the asker and to those they stand in for.
///
/// # Errors
/// `Forbidden` for anybody but a member.
#[task]
pub async fn inbox(house: &House, asker: &Asker, limit: u32) -> Result<Inbox, Error> {
    let member = asker.member().ok_or(Error::Forbidden)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let (reader, absences) = (
        house.store.reader(),
        absences(house, asker, community).await?,
    );
    let mut messages = reader.messages(community, member, limit).await?;
    let theirs = reader.messages_for(community, member, &absences, limit);
    messages.extend(theirs.await?);
    messages.sort_by_key(|message| std::cmp::Reverse(message.seq));
    messages.truncate(limit as usize);
    let own = reader.unread(community, member).await?;
    let theirs = reader.unread_for(community, member, &absences).await?;
    Ok(Inbox {
        unread: own + theirs,
        messages,
    })
}

/// Marks every message to the asker, and to those they stand in for, as read by the asker; how many were new.
///
/// # Errors
/// `Forbidden` for anybody but a member.
#[task]
pub async fn read_messages(house: &House, asker: &Asker) -> Result<u64, Error> {
    let member = asker.member().ok_or(Error::Forbidden)?;
    let (community, now) = (asker.community().ok_or(Error::NotFound)?, asker.now);
    let absences = absences(house, asker, community).await?;
    let read = house.store.unit(community, async move |unit| {
        let own = unit.read_messages(member, now).await?;
        let theirs = unit.read_messages_for(member, &absences, now).await?;
        Ok::<u64, store::Error>(own + theirs)
    });
    read.await.map_err(Error::from)
}

/// Whom the asker stands in for, and since when.
async fn absences(
    house: &House,
    asker: &Asker,
    community: CommunityId,
) -> Result<Vec<Absence>, Error> {
    let Actor::Member { stands_for, .. } = &asker.actor else {
        return Ok(Vec::new());
    };
    let reader = house.store.reader();
    let mut absences = Vec::new();
    for member in stands_for.iter().copied() {
        let told = reader.journal_of(community, member.0).await?;
        let left = told.iter().rev().find(|entry| {
            let event = Event::from_bytes(&entry.event);
            matches!(event, Ok(Event::House(HouseEvent::Away)))
        });
        absences.extend(left.map(|entry| Absence {
            member,
            since: entry.seq,
        }));
    }
    Ok(absences)
}
