//! What every handler can reach: the house, and what the door itself keeps in memory. No handler keeps anything else.

use std::ops::Deref;
use std::sync::Arc;

use work::House;

use crate::import::Held;
use crate::kept::Kept;
use crate::limits::{Buckets, Limits};
use crate::measure::Gauges;
use crate::wall::Walls;

/// How this door is set up.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Browsers reach us by https: cookies are secure, and stay on https.
    pub tls: bool,
    /// A proxy of ours stands in front and says whom it serves.
    pub proxy: bool,
    /// Demo data: pages say so, and counts are public.
    pub demo: bool,
    /// The number to call for help where no community's own is known.
    pub call: Option<String>,
    /// Limits on strangers.
    pub limits: Limits,
}

/// The front door, shared by all requests.
#[derive(Clone)]
pub struct Door(Arc<Hall>);

/// What lies behind it.
pub struct Hall {
    /// The house.
    pub house: Arc<House>,
    /// How it is set up.
    pub settings: Settings,
    /// Counters for the operator.
    pub gauges: Gauges,
    /// Limits on strangers.
    pub buckets: Buckets,
    /// Answers kept between requests.
    pub kept: Kept,
    /// Files that were checked and wait to be confirmed.
    pub held: Held,
    /// Walls reckoned a moment ago.
    pub walls: Walls,
}

impl Door {
    /// Opens it.
    pub fn new(house: Arc<House>, settings: Settings) -> Self {
        let buckets = Buckets::new(settings.limits);
        Self(Arc::new(Hall {
            house,
            settings,
            gauges: Gauges::default(),
            buckets,
            kept: Kept::default(),
            held: Held::default(),
            walls: Walls::default(),
        }))
    }
}

impl Deref for Door {
    type Target = Hall;

    fn deref(&self) -> &Hall {
        &self.0
    }
}
