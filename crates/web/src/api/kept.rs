//! What the API keeps in memory between requests: cases on the map, counts as last written, the announcer of changes.
//! All of it can be made anew from the database at any time.

use std::sync::OnceLock;

use work::House;
use work::follow::Live;
use work::map::CaseMap;

use super::counts::Counted;
use super::ground::Grounds;

/// It.
#[derive(Default)]
pub(crate) struct Kept {
    /// Cases by place.
    pub map: CaseMap,
    /// Counts as last written.
    pub counts: Counted,
    /// Borders and tiles of the present net.
    pub grounds: Grounds,
    live: OnceLock<Live>,
}

impl Kept {
    /// The announcer; it starts with the first listener.
    pub fn live(&self, house: &House) -> &Live {
        self.live.get_or_init(|| Live::start(house.store.clone()))
    }
}
