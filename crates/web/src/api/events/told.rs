//! An entry of the journal as it is told: whole, or only what counts are made of.

use std::collections::HashMap;

use rules::case;
use rules::ids::{CaseId, CommunityId};
use rules::journal::Event;
use serde::Serialize;
use serde_json::{Value, json};
use store::journal::Entry;
use utoipa::ToSchema;
use work::net::CommunityNet;

use crate::Door;
use crate::api::moment::Moment;
use crate::error::Failure;

/// An entry as told.
#[derive(Serialize, ToSchema)]
pub struct EntryShape {
    /// Its place in the community's journal.
    pub seq: i64,
    /// When it was recorded.
    at: Moment,
    /// The number of the case, where it is about one and the listener may know.
    subject: Option<String>,
    /// What happened: `t` names it. Of a case also where it came `from` and went `to`, the `grid` by its code (null where it has
    /// left the net) and the `category`. Whoever may read the journal finds ids of people and things besides, never names.
    #[schema(value_type = Object)]
    event: Value,
}

/// What a listener gets to hear of a community.
#[derive(Clone, Copy)]
pub struct View {
    /// Whose journal.
    pub community: CommunityId,
    whole: bool,
}

impl View {
    /// Everything that is kept; ids of people, never names.
    pub const fn whole(community: CommunityId) -> Self {
        Self {
            community,
            whole: true,
        }
    }

    /// Only what counts are made of: states, grid and category.
    pub const fn counts(community: CommunityId) -> Self {
        Self {
            community,
            whole: false,
        }
    }

    /// The entries after a place, and the place after them.
    ///
    /// # Errors
    /// `Unavailable` if the store fails.
    pub async fn page(
        self,
        door: &Door,
        after: i64,
        limit: u32,
    ) -> Result<(Vec<EntryShape>, i64), Failure> {
        let reader = door.house.store.reader();
        let page = reader
            .journal_after(self.community, after, limit)
            .await
            .map_err(work::Error::from)?;
        let numbers = if self.whole {
            self.numbers(door, &page.entries).await?
        } else {
            HashMap::new()
        };
        let net = door.house.net();
        let net = net
            .community_by_id(self.community)
            .ok_or(Failure::NotFound)?;
        let told = page
            .entries
            .iter()
            .filter_map(|entry| self.told(net, entry, &numbers));
        Ok((told.collect(), page.last))
    }

    /// The numbers of all cases of a page, asked at once.
    async fn numbers(
        self,
        door: &Door,
        entries: &[Entry],
    ) -> Result<HashMap<CaseId, String>, Failure> {
        let mut ids: Vec<CaseId> = entries
            .iter()
            .filter_map(|entry| entry.subject.map(CaseId))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let cases = door
            .house
            .store
            .reader()
            .cases_by_id(self.community, &ids)
            .await
            .map_err(work::Error::from)?;
        Ok(cases
            .into_iter()
            .map(|case| (case.id, case.number.to_string()))
            .collect())
    }

    fn told(
        self,
        net: &CommunityNet,
        entry: &Entry,
        numbers: &HashMap<CaseId, String>,
    ) -> Option<EntryShape> {
        let event = match Event::from_bytes(&entry.event).ok()? {
            // a dispute is told to nobody outside it, whatever they may read
            Event::Mediation(_) | Event::Complaint(_) => return None,
            Event::Case(event) if self.whole => whole(net, &event)?,
            event if self.whole => serde_json::to_value(event).ok()?,
            Event::Case(event) => counted(net, &event),
            Event::House(_) | Event::Referral(_) | Event::Supervision(_) => return None,
        };
        let subject = entry
            .subject
            .and_then(|id| numbers.get(&CaseId(id)).cloned());
        Some(EntryShape {
            seq: entry.seq,
            at: Moment(entry.at),
            subject,
            event,
        })
    }
}

/// All that is kept; places by the code that every other answer knows them by.
fn whole(net: &CommunityNet, event: &case::Event) -> Option<Value> {
    let mut told = serde_json::to_value(event).ok()?;
    told["t"] = json!(event.deed.name());
    told["grid"] = json!(code(net, event));
    Some(told)
}

fn code<'a>(net: &'a CommunityNet, event: &case::Event) -> Option<&'a str> {
    net.grid(event.grid).map(|grid| grid.code.as_str())
}

/// What counts are made of; a list of its own, so that a new field of an event is not told by itself.
fn counted(net: &CommunityNet, event: &case::Event) -> Value {
    json!({
        "t": event.deed.name(),
        "from": event.from,
        "to": event.to,
        "grid": code(net, event),
        "category": event.category,
    })
}
