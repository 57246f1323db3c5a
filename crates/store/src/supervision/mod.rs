//! What supervision keeps: reminders and questions with a date, and circulars about units.

mod circular;
mod item;

pub use circular::{Circulars, KeptCircular, PublishedCircular};
pub use item::{COUNTED, Items, Which, Worded};

use sea_orm::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{instant, micros};

/// Where a list goes on: after a moment, and after an id among those of the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    at: i64,
    id: Uuid,
}

impl After {
    /// Behind what has this moment and this id.
    pub fn of(at: OffsetDateTime, id: Uuid) -> Self {
        Self { at: micros(at), id }
    }

    /// The moment twice and the id, as the condition of a next page asks for them.
    pub(crate) fn values(self) -> [Value; 3] {
        [self.at.into(), self.at.into(), self.id.into()]
    }

    /// The moment.
    pub fn at(&self) -> OffsetDateTime {
        instant(self.at)
    }
}

impl std::fmt::Display for After {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.at, self.id.simple())
    }
}

impl std::str::FromStr for After {
    type Err = rules::ids::BadId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (at, id) = text.split_once('_').ok_or(rules::ids::BadId)?;
        let at = at.parse().map_err(|_| rules::ids::BadId)?;
        let id = Uuid::parse_str(id).map_err(|_| rules::ids::BadId)?;
        Ok(Self { at, id })
    }
}
