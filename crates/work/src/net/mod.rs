//! The net in memory: communities, grids, people, catalogues, calendar. Immutable; a change makes a new one, in which the
//! communities that did not change are the same. Routing a report asks nothing of the database.

mod community;
mod deserted;
mod duty;
mod follow;
mod ground;
mod load;
mod route;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rules::grid::Grid;
use rules::ids::{CommunityId, GridId};

use crate::{Asker, Error};

pub use community::CommunityNet;
pub use duty::OnDuty;
pub(crate) use load::{calendar, settings};
pub use route::{Question, Routed};

/// As far outside every community may a point lie that comes to the nearest one: farther away nobody near tells of anything.
const FAR_METRES: f64 = 20_000.0;

/// The whole net.
#[derive(Default)]
pub struct Net {
    communities: BTreeMap<CommunityId, Arc<CommunityNet>>,
    codes: HashMap<String, CommunityId>,
}

/// A grid that contains an asked point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located {
    /// Its community.
    pub community: CommunityId,
    /// The grid.
    pub grid: GridId,
}

impl Net {
    /// Every community, by id.
    pub fn communities(&self) -> impl Iterator<Item = &Arc<CommunityNet>> {
        self.communities.values()
    }

    /// The community of a code.
    pub fn community(&self, code: &str) -> Option<&Arc<CommunityNet>> {
        self.community_by_id(*self.codes.get(code)?)
    }

    /// The community of an id.
    pub fn community_by_id(&self, id: CommunityId) -> Option<&Arc<CommunityNet>> {
        self.communities.get(&id)
    }

    /// The community that somebody works in.
    ///
    /// # Errors
    /// `NotFound` for whoever works in none.
    pub fn of(&self, asker: &Asker) -> Result<&Arc<CommunityNet>, Error> {
        let community = asker.community().ok_or(Error::NotFound)?;
        self.community_by_id(community).ok_or(Error::NotFound)
    }

    /// The grid of a code: of the governance scheme, else of whichever scheme has it.
    pub fn grid_by_code(&self, code: &str) -> Option<(&Arc<CommunityNet>, &Grid)> {
        let found = |net: &Arc<CommunityNet>| net.grid_by_code(code).is_some();
        let net = self.communities.values().find(|net| found(net))?;
        Some((net, net.grid_by_code(code)?))
    }

    /// The grids of every scheme that contain a point in WGS-84 degrees, deepest first. A point on a shared border lies
    /// in exactly one of the two grids.
    pub fn locate(&self, lon: f64, lat: f64) -> Vec<Located> {
        let mut found = Vec::new();
        for net in self.communities.values() {
            let community = net.id;
            found.extend(
                net.ground
                    .locate(lon, lat)
                    .map(|grid| Located { community, grid }),
            );
        }
        found
    }

    /// The deepest governance grid that contains a point: where a report from there belongs.
    pub fn locate_governance(&self, lon: f64, lat: f64) -> Option<Located> {
        self.communities.values().find_map(|net| {
            let grid = net.ground.locate_governance(lon, lat)?;
            Some(Located {
                community: net.id,
                grid,
            })
        })
    }

    /// The community whose border is nearest to a point outside every grid; none for a point that is far from all.
    pub fn nearest_community(&self, lon: f64, lat: f64) -> Option<&Arc<CommunityNet>> {
        let far = |net: &&Arc<CommunityNet>| net.ground.distance(lon, lat);
        let nearest = self.communities.values();
        let nearest = nearest.min_by(|a, b| far(a).total_cmp(&far(b)));
        nearest.filter(|net| !net.is_beyond(lon, lat, FAR_METRES))
    }

    /// Whether nothing in it is older than in `other`.
    pub(crate) fn is_no_older_than(&self, other: &Net) -> bool {
        other.communities.values().all(|old| {
            self.community_by_id(old.id)
                .is_some_and(|new| new.version >= old.version)
        })
    }
}
