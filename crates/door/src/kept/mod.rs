//! What is kept in memory between requests: cases on the map, borders, counts as last written, the announcer of
//! changes. All of it can be made anew from the database at any time.

mod counted;
mod ground;

pub use counted::Counted;
pub use ground::{Ground, Grounds};

use std::sync::OnceLock;

use work::House;
use work::follow::Live;
use work::map::CaseMap;

/// It.
#[derive(Default)]
pub struct Kept {
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
