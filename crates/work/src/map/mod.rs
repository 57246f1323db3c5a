//! Cases on the map: an index in memory of where they lie, so that a box is answered without asking the database for its
//! rows. Built for a community when it is first looked at, brought up to the end of the journal at every look: a case is
//! on the map as soon as it is acknowledged. It holds no words and no contact.

mod pins;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use rules::access::Scope;
use rules::ids::{CaseId, CommunityId, GridId};
use rules::journal::Event;
use store::case::{Bounds, Filter};
use store::journal::Entry;
use tokio::sync::Mutex;

use crate::net::CommunityNet;
use crate::{Error, House, task};

use pins::Pins;
pub use pins::{Found, Look, Pin};

/// Rows and entries read at once.
const PAGE: u32 = 2_000;

/// The cases of all communities that were looked at.
#[derive(Default)]
pub struct CaseMap {
    areas: RwLock<HashMap<CommunityId, Arc<Area>>>,
}

/// One community.
#[derive(Default)]
struct Area {
    pins: RwLock<Pins>,
    /// One brings it up to date, the others wait for it.
    turn: Mutex<()>,
}

impl Look {
    /// What a list's filter asks of the map within a scope; none where the map cannot answer it: a scope that is not made of
    /// grids, no grid at all (which would mean any), or something else than states, a category and grids.
    pub fn within(net: &CommunityNet, scope: &Scope, filter: &Filter) -> Option<Self> {
        let look = Self {
            states: filter.states.clone(),
            category: filter.category.clone(),
            grids: grids(net, scope, &filter.grids)?,
        };
        let plain = Filter {
            states: look.states.clone(),
            category: look.category.clone(),
            grids: filter.grids.clone(),
            bounds: filter.bounds,
            ..Filter::default()
        };
        (plain == *filter).then_some(look)
    }
}

/// Those of the wanted grids (none: any) that a scope reaches.
fn grids(net: &CommunityNet, scope: &Scope, wanted: &[GridId]) -> Option<Vec<GridId>> {
    if let Scope::Community(_) = scope {
        return Some(wanted.to_vec());
    }
    let Scope::GridSubtree { .. } = scope else {
        return None;
    };
    let mut own = net.subtrees(&scope.grids());
    own.retain(|grid| wanted.is_empty() || wanted.contains(grid));
    (!own.is_empty()).then_some(own)
}

impl CaseMap {
    /// The cases of a community in a box, at most `limit` of them, the newest first.
    ///
    /// # Errors
    /// What the store says.
    #[task]
    pub async fn look(
        &self,
        house: &House,
        net: &CommunityNet,
        bounds: Bounds,
        look: &Look,
        limit: usize,
    ) -> Result<Found, Error> {
        let area = self.area(net.id);
        if house.store.reader().journal_head(net.id).await? != seq(&area) {
            self.catch_up(house, net, &area).await?;
        }
        let pins = area.pins.read().unwrap_or_else(PoisonError::into_inner);
        Ok(pins.look(bounds, look, limit))
    }

    fn area(&self, community: CommunityId) -> Arc<Area> {
        if let Some(area) = self
            .areas
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&community)
        {
            return Arc::clone(area);
        }
        Arc::clone(
            self.areas
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .entry(community)
                .or_default(),
        )
    }

    async fn catch_up(&self, house: &House, net: &CommunityNet, area: &Area) -> Result<(), Error> {
        let _turn = area.turn.lock().await;
        if seq(area) == 0 {
            return self.build(house, net.id, area).await;
        }
        loop {
            let page = house
                .store
                .reader()
                .journal_after(net.id, seq(area), PAGE)
                .await?;
            if page.entries.is_empty() {
                return Ok(());
            }
            let changed = house
                .store
                .reader()
                .cases_by_id(net.id, &subjects(&page.entries))
                .await?;
            area.pins
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .put(&changed, page.last);
        }
    }

    /// Reads every case once, from before the journal's present end: what changes meanwhile is read again after it.
    async fn build(&self, house: &House, community: CommunityId, area: &Area) -> Result<(), Error> {
        let reader = house.store.reader();
        let head = reader.journal_head(community).await?;
        let mut after = None;
        loop {
            let page = reader.placed_cases_after(community, after, PAGE).await?;
            let Some(last) = page.last().map(|case| case.id) else {
                break;
            };
            after = Some(last);
            area.pins
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .add(&page);
        }
        area.pins
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .reach(head);
        Ok(())
    }
}

fn seq(area: &Area) -> i64 {
    area.pins
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .seq()
}

/// The cases that entries speak of, each once.
fn subjects(entries: &[Entry]) -> Vec<CaseId> {
    let of_cases = entries
        .iter()
        .filter(|entry| matches!(Event::from_bytes(&entry.event), Ok(Event::Case(_))));
    let mut ids: Vec<CaseId> = of_cases
        .filter_map(|entry| entry.subject.map(CaseId))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
