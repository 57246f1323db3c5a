//! An entry of the journal as it is told: whole, or only what counts are made of.

use door::Door;
use door::error::Failure;
use door::moment::Moment;
use rules::access::{Role, Scope};
use rules::case::{self, Deed, RedirectReason};
use rules::ids::{CategoryCode, CommunityId, MemberId};
use rules::journal::{Event, HouseEvent};
use rules::referral;
use serde::Serialize;
use serde_json::{Value, json};
use store::journal::Entry;
use utoipa::ToSchema;
use work::net::CommunityNet;

use super::names::Names;

/// An entry as told.
#[derive(Serialize, ToSchema)]
pub struct EntryShape {
    /// Its place in the community's journal.
    pub seq: i64,
    /// When it was recorded.
    at: Moment,
    /// The number of the case or referral it is about, where the listener finds it.
    subject: Option<String>,
    /// What happened: `t` names it, for steps of a referral and of supervision as `referral_…` and `supervision_…`. Of a case
    /// also where it came `from` and went `to`, the `grid` by its code (null where it has left the net), the `category` and the
    /// one it `was` counted under before. Whoever reads cases finds more: cases, reports and referrals by their numbers, people
    /// and departments by their codes (never by name; null where they are gone or out of sight), moments with their offset; what
    /// has neither number nor code (a `whistle`, a `coordination`, an `item`, a `result`, an `answer`) by its id. Whoever sees
    /// counts alone is told nothing of categories that concern persons (`duplicate.hidden` of the settings), nor of a step by which
    /// a case comes under one of them or leaves it: how many there are say the counts. Nobody who does not find a case is told that
    /// it ended for the privacy of others.
    #[schema(value_type = Object)]
    event: Value,
}

/// With whose eyes a listener looks at a community.
#[derive(Clone)]
pub enum Eyes {
    /// Whoever sees what counts are made of: states, grid and category.
    Counts,
    /// A system that brings problems in and finds no cases: the same, with the numbers of what it brought itself, and what
    /// everybody may read of the house.
    Own(MemberId),
    /// Whoever reads cases within a scope: everything that is kept, with the numbers of what they find.
    Scope(Scope, Role),
}

/// What a listener gets to hear of a community.
#[derive(Clone)]
pub struct View {
    /// Whose journal.
    pub community: CommunityId,
    eyes: Eyes,
}

impl View {
    /// Of a community.
    pub const fn new(community: CommunityId, eyes: Eyes) -> Self {
        Self { community, eyes }
    }

    /// The entries after a place, and the place after them.
    ///
    /// # Errors
    /// `Unavailable` if the store fails.
    pub async fn page(
        &self,
        door: &Door,
        after: i64,
        limit: u32,
    ) -> Result<(Vec<EntryShape>, i64), Failure> {
        let reader = door.house.store.reader();
        let page = reader
            .journal_after(self.community, after, limit)
            .await
            .map_err(work::Error::from)?;
        let told = page.entries.iter().filter_map(|entry| {
            let event = Event::from_bytes(&entry.event).ok()?;
            self.hears(&event).then_some((entry, event))
        });
        let told: Vec<(&Entry, Event)> = told.collect();
        let spoken: Vec<_> = told
            .iter()
            .map(|(entry, event)| (entry.subject, event))
            .collect();
        let names = Names::of(door, self.community, &self.eyes, &spoken).await?;
        let net = door.house.net();
        let net = net
            .community_by_id(self.community)
            .ok_or(Failure::NotFound)?;
        let told = told.iter().filter_map(|(entry, event)| {
            let found = names.number(entry.subject).is_some();
            if !found && !self.hears_of_others(net, event) {
                return None;
            }
            Some(EntryShape {
                seq: entry.seq,
                at: Moment(entry.at),
                subject: names.number(entry.subject),
                event: self.told(net, event, &names)?,
            })
        });
        Ok((told.collect(), page.last))
    }

    /// Whether an event is told to this listener at all.
    fn hears(&self, event: &Event) -> bool {
        match (event, &self.eyes) {
            // a dispute is told to nobody outside it, whatever they may read
            (Event::Mediation(_) | Event::Complaint(_), _) => false,
            (Event::Case(_), _) | (_, Eyes::Scope(..)) => true,
            (Event::House(event), Eyes::Own(_)) => is_public(event),
            (Event::House(_) | Event::Referral(_) | Event::Supervision(_), _) => false,
        }
    }

    /// Whether an event is told to this listener, who does not find what it is about. That a case ended for the privacy of others may
    /// say that it became a complaint: whoever knows the case would see it by grid, category and moment. What concerns persons is
    /// told to nobody who sees counts alone, for a moment and a micro-grid are enough to know whose it is; the counts have it. So is
    /// what concerned persons until this step: the other category would say that something of that kind was there.
    fn hears_of_others(&self, net: &CommunityNet, event: &Event) -> bool {
        // that a lead goes on without its case says as much as the end of that case
        if matches!(event, Event::Referral(referral::Deed::OnItsOwn)) {
            return false;
        }
        let Event::Case(event) = event else {
            return true;
        };
        let withheld = RedirectReason::SecretsOrPrivacy;
        if matches!(event.deed, Deed::Redirected { reason } if reason == withheld) {
            return false;
        }
        let open = |code: &CategoryCode| net.settings.duplicate.is_open(code);
        match self.eyes {
            Eyes::Scope(..) => true,
            Eyes::Counts | Eyes::Own(_) => {
                let both = [event.category.as_ref(), was(event)];
                both.into_iter().flatten().all(open)
            }
        }
    }

    fn told(&self, net: &CommunityNet, event: &Event, names: &Names) -> Option<Value> {
        let mut told = match (event, &self.eyes) {
            (Event::Case(event), Eyes::Counts | Eyes::Own(_)) => return Some(counted(net, event)),
            (event, _) => serde_json::to_value(event).ok()?,
        };
        match event {
            Event::Case(event) => put_whole(&mut told, event),
            Event::Referral(deed) => tag(&mut told, "referral", deed.name()),
            Event::Supervision(deed) => tag(&mut told, "supervision", deed.name()),
            Event::House(_) | Event::Mediation(_) | Event::Complaint(_) => {}
        }
        names.put(net, &mut told);
        Some(told)
    }
}

/// The category that a case counted under before a step: for a new one nothing, whatever it counts under now.
fn was(event: &case::Event) -> Option<&CategoryCode> {
    event.from.and_then(|_| event.category_before())
}

/// What every step of a case says, also where the journal leaves it out: null is told as null.
fn put_whole(told: &mut Value, event: &case::Event) {
    told["t"] = json!(event.deed.name());
    told["from"] = json!(event.from);
    told["category"] = json!(event.category);
    told["was"] = json!(was(event));
}

/// What happened in the field that names it everywhere, under a name that no step of a case has.
fn tag(told: &mut Value, kind: &str, deed: &str) {
    if let Some(fields) = told.as_object_mut() {
        fields.remove(kind);
    }
    told["t"] = json!(format!("{kind}_{deed}"));
}

/// Whether everybody may read what it is about: grids, catalogue, calendar.
const fn is_public(event: &HouseEvent) -> bool {
    matches!(
        event,
        HouseEvent::CommunityFounded
            | HouseEvent::GridsImported { .. }
            | HouseEvent::CataloguePublished { .. }
            | HouseEvent::CalendarLoaded { .. }
    )
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
        "was": was(event),
    })
}
