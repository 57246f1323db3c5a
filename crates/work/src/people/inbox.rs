//! Messages that came to a member: read, and marked as read by the one they came to. While others are away, what comes to
//! them comes to whoever stands in for them, too; each reads it for themselves, and with the absence it ends by itself.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use rules::access::Actor;
use rules::case::Case;
use rules::ids::{CaseId, CommunityId, ComplaintId, MediationId, Number, ReferralId};
use rules::journal::{Event, HouseEvent};
use rules::whistle::Stage;
use store::message::{Absence, Marked, Message};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{Asker, Error, House, complaint, mediation, referral, task};

/// New messages are looked through so many at a time, until as many are found that the reader can see; whoever has more reads these
/// first.
const LOOKED: u32 = 200;
/// How often at most: what has left the reader's sight, or is settled, hides nothing that came before it.
const TURNS: usize = 3;

/// What came to somebody.
pub struct Inbox {
    /// How many new messages they can see.
    pub unread: usize,
    /// Whether there are more than were looked through.
    pub more: bool,
    /// The new ones, the newest first, and behind them the latest of those that were read.
    pub came: Vec<Came>,
    /// The entries that the new ones among these tell of, for reading them and no others: with those between them that are about
    /// something which has left the reader's sight. None where nothing is new.
    pub shown: Option<RangeInclusive<i64>>,
}

/// A message, and what it is about, within the reader's sight.
pub struct Came {
    /// The message.
    pub message: Message,
    /// What it is about.
    pub about: About,
}

/// What a message is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A case.
    Case(Number),
    /// A lead 线索.
    Referral(Number),
    /// A mediation.
    Mediation(Number),
    /// A complaint about somebody who works here.
    Complaint(Number),
    /// The circulars.
    Circulars,
}

/// What came to the asker and to those they stand in for: first what is new, at most `limit` of all.
///
/// # Errors
/// `Forbidden` for anybody but a member.
#[task]
pub async fn inbox(house: &House, asker: &Asker, limit: usize) -> Result<Inbox, Error> {
    let member = asker.member().ok_or(Error::Forbidden)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let new = new(house, asker).await?;
    let (looked, mut came) = (new.looked, new.came);
    let unread = came.len();
    let all = unread <= limit;
    came.truncate(limit);
    let first = came.last().map(|last| last.message.seq);
    let shown = first.zip(looked).map(|(first, looked)| {
        let from = if all { *looked.start() } else { first };
        from..=*looked.end()
    });
    if came.len() < limit {
        let reader = house.store.reader();
        let most = u32::try_from(limit).unwrap_or(LOOKED);
        let read = reader.messages(community, member, Marked::Read, (None, most));
        came.extend(seen(house, asker, read.await?).await?);
        came.truncate(limit);
    }
    Ok(Inbox {
        unread,
        more: new.more,
        came,
        shown,
    })
}

/// How many new messages the asker can see, and whether there are more than were looked through.
///
/// # Errors
/// `Forbidden` for anybody but a member.
#[task]
pub async fn unread(house: &House, asker: &Asker) -> Result<(usize, bool), Error> {
    let new = new(house, asker).await?;
    Ok((new.came.len(), new.more))
}

/// A page of what came to somebody.
pub struct Messages {
    /// What came, the newest first, read or not. What is about something out of the reader's sight is left out.
    pub came: Vec<Came>,
    /// The entry that the next page begins before; none on the last one.
    pub next: Option<i64>,
}

/// A page of what came to the asker and to those they stand in for, the newest first: what tells of entries before `before`.
///
/// # Errors
/// `Forbidden` for anybody but a member.
#[task]
pub async fn messages(
    house: &House,
    asker: &Asker,
    before: Option<i64>,
    limit: u16,
) -> Result<Messages, Error> {
    let member = asker.member().ok_or(Error::Forbidden)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let (reader, size) = (house.store.reader(), usize::from(limit));
    let page = (before, u32::from(limit) + 1);
    let absences = absences(house, asker, community).await?;
    let own = reader.messages(community, member, Marked::Any, page);
    let mut all = own.await?;
    let theirs = reader.messages_for(community, member, &absences, Marked::Any, page);
    all.extend(theirs.await?);
    all.sort_by_key(|message| std::cmp::Reverse(message.seq));
    let more = all.len() > size;
    all.truncate(size);
    let next = all.last().filter(|_| more).map(|last| last.seq);
    let came = seen(house, asker, all).await?;
    Ok(Messages { came, next })
}

/// Marks messages to the asker, and to those they stand in for, that tell of these entries as read by the asker; how many were
/// new.
///
/// # Errors
/// `Forbidden` for anybody but a member.
#[task]
pub async fn read_messages(
    house: &House,
    asker: &Asker,
    entries: Vec<RangeInclusive<i64>>,
) -> Result<u64, Error> {
    let member = asker.member().ok_or(Error::Forbidden)?;
    let (community, now) = (asker.community().ok_or(Error::NotFound)?, asker.now);
    let absences = absences(house, asker, community).await?;
    let read = house.store.unit(community, async move |unit| {
        let mut read = 0;
        for entries in &entries {
            read += unit.read_messages(member, entries, now).await?;
            let theirs = unit.read_messages_for(member, &absences, entries, now);
            read += theirs.await?;
        }
        Ok::<u64, store::Error>(read)
    });
    read.await.map_err(Error::from)
}

/// What is new.
struct New {
    came: Vec<Came>,
    more: bool,
    /// Of which entries the messages told that were looked at, seen or not.
    looked: Option<RangeInclusive<i64>>,
}

async fn new(house: &House, asker: &Asker) -> Result<New, Error> {
    let community = asker.community().ok_or(Error::NotFound)?;
    let absences = absences(house, asker, community).await?;
    let mut new = New {
        came: Vec::new(),
        more: true,
        looked: None,
    };
    let mut turns = 0;
    while new.more && new.came.len() < LOOKED as usize && turns < TURNS {
        let before = new.looked.as_ref().map(|looked| *looked.start());
        let messages = window(house, asker, &absences, before).await?;
        new.more = messages.len() >= LOOKED as usize;
        if let Some((oldest, newest)) = messages.last().zip(messages.first()) {
            let newest = new.looked.map_or(newest.seq, |looked| *looked.end());
            new.looked = Some(oldest.seq..=newest);
        }
        let mut came = seen(house, asker, messages).await?;
        came.retain(|came| came.message.read_at.is_none());
        new.came.extend(came);
        turns += 1;
    }
    // as many are counted as were looked for
    new.more |= new.came.len() > LOOKED as usize;
    new.came.truncate(LOOKED as usize);
    Ok(new)
}

/// The next new messages to the asker and to those they stand in for, the newest first: what tells of entries before `before`.
async fn window(
    house: &House,
    asker: &Asker,
    absences: &[Absence],
    before: Option<i64>,
) -> Result<Vec<Message>, Error> {
    let member = asker.member().ok_or(Error::Forbidden)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let (reader, page) = (house.store.reader(), (before, LOOKED));
    let own = reader.messages(community, member, Marked::New, page);
    let mut messages = own.await?;
    let theirs = reader.messages_for(community, member, absences, Marked::New, page);
    messages.extend(theirs.await?);
    messages.sort_by_key(|message| std::cmp::Reverse(message.seq));
    messages.truncate(LOOKED as usize);
    Ok(messages)
}

/// Those about something within the asker's sight: a case that has left it is told of no more.
async fn seen(house: &House, asker: &Asker, messages: Vec<Message>) -> Result<Vec<Came>, Error> {
    let cases = cases(house, asker, &messages).await?;
    let agreed = agreed(house, asker, &messages, &cases).await?;
    let mut matters: HashMap<Uuid, Option<About>> = HashMap::new();
    let mut came = Vec::with_capacity(messages.len());
    for mut message in messages {
        let id = message.case.0;
        let about = match Subject::of(&message) {
            Subject::Case => cases.get(&message.case).map(|case| {
                let due = agreed.get(&message.case).copied();
                let settled = is_settled(&message, case, due).then_some(asker.now);
                message.read_at = message.read_at.or(settled);
                About::Case(case.number.clone())
            }),
            Subject::Circulars => Some(About::Circulars),
            subject => match matters.get(&id) {
                Some(known) => known.clone(),
                None => {
                    let found = matter(house, asker, subject, id).await?;
                    matters.insert(id, found.clone());
                    found
                }
            },
        };
        came.extend(about.map(|about| Came { message, about }));
    }
    Ok(came)
}

/// Whether what a message asks of several is decided meanwhile, by whomever: nothing is left to do, and so it is new to nobody, nor
/// to whoever stands in for one of them. `due` is when the first of what is agreed upon in the case and still open is to be done.
fn is_settled(message: &Message, case: &Case, due: Option<OffsetDateTime>) -> bool {
    match message.kind.as_str() {
        // another request is told of by another message; states keep whole milliseconds
        "extension_asked" => {
            let asked = case.state.extension_asked();
            asked.is_none_or(|asked| asked - message.at > Duration::SECOND)
        }
        "rate_response" => {
            let parts = case.state.whistle().into_iter();
            let mut parts = parts.flat_map(|whistle| &whistle.parts);
            !parts.any(|part| part.stage() == Stage::Finished)
        }
        // whoever called hears of it, and another may have rated in their place
        "call_missed" => case.state.whistle().is_none(),
        "appealed" | "review_second" => !case.appeal.is_some_and(|appeal| appeal.is_open()),
        "supervision-undecided" | "supervision-undecided_again" => {
            !case.state.kind().waits_for_decision()
        }
        // what was late then is done or dropped; what is due later is told by itself
        "supervision-agreed_late" => due.is_none_or(|due| due > message.at),
        _ => false,
    }
}

/// When the first of what was agreed upon and is still open is to be done, in each case of which a message tells that it is late.
async fn agreed(
    house: &House,
    asker: &Asker,
    messages: &[Message],
    cases: &HashMap<CaseId, Case>,
) -> Result<HashMap<CaseId, OffsetDateTime>, Error> {
    let community = asker.community().ok_or(Error::NotFound)?;
    let about = messages
        .iter()
        .filter(|message| message.kind == "supervision-agreed_late" && message.read_at.is_none());
    let has_open = |case: &Case| {
        let held = case.coordination.as_ref();
        held.is_some_and(|held| !held.open.is_empty())
    };
    let mut about: Vec<CaseId> = about
        .map(|message| message.case)
        .filter(|id| cases.get(id).is_some_and(has_open))
        .collect();
    about.sort_unstable();
    about.dedup();
    let mut first = HashMap::new();
    for case in about {
        let items = house.store.reader().items_of(community, case).await?;
        let open = items.iter().filter(|item| item.settled.is_none());
        let due = open.map(|item| item.due_at).min();
        first.extend(due.map(|due| (case, due)));
    }
    Ok(first)
}

/// What a message's id is the id of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Case,
    Referral,
    Mediation,
    Complaint,
    Circulars,
}

impl Subject {
    fn of(message: &Message) -> Self {
        match message.kind.as_str() {
            "supervision-circulated" => Self::Circulars,
            kind if kind.starts_with("referral-") => Self::Referral,
            kind if kind.starts_with("mediation-") => Self::Mediation,
            kind if kind.starts_with("complaint-") => Self::Complaint,
            _ => Self::Case,
        }
    }
}

/// The cases that messages are about, as far as the asker sees them.
async fn cases(
    house: &House,
    asker: &Asker,
    messages: &[Message],
) -> Result<HashMap<CaseId, Case>, Error> {
    let community = asker.community().ok_or(Error::NotFound)?;
    let about = messages
        .iter()
        .filter(|message| Subject::of(message) == Subject::Case);
    let mut ids: Vec<CaseId> = about.map(|message| message.case).collect();
    ids.sort_unstable();
    ids.dedup();
    let reader = house.store.reader();
    let found = reader.cases_listed(&asker.scope, community, &ids).await?;
    Ok(found
        .into_iter()
        .map(|one| (one.case.id, one.case))
        .collect())
}

/// A lead, a mediation or a complaint within the asker's sight.
async fn matter(
    house: &House,
    asker: &Asker,
    subject: Subject,
    id: Uuid,
) -> Result<Option<About>, Error> {
    Ok(match subject {
        Subject::Referral => {
            let found = referral::within(house, asker, ReferralId(id)).await?;
            found.map(About::Referral)
        }
        Subject::Mediation => {
            let found = mediation::within(house, asker, MediationId(id)).await?;
            found.map(About::Mediation)
        }
        Subject::Complaint => {
            let found = complaint::within(house, asker, ComplaintId(id)).await?;
            found.map(About::Complaint)
        }
        Subject::Case | Subject::Circulars => None,
    })
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
