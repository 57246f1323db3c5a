//! 分级处置: micro-grid → general grid → community → subdistrict, each with its own limit. On which level a seat works is told
//! by whoever knows the net; which way is up is decided here.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{Case, Limit, Unit};
use crate::access::{Actor, Role};
use crate::ids::{GridId, MemberId, PostId};

/// A level that handles cases, the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// 微网格.
    Micro,
    /// 一般网格.
    General,
    /// 社区.
    Community,
    /// 街道: departments and officers.
    Subdistrict,
}

impl Tier {
    /// Every level, the lowest first.
    pub const ALL: [Tier; 4] = [
        Tier::Micro,
        Tier::General,
        Tier::Community,
        Tier::Subdistrict,
    ];

    /// The level a role works on.
    pub const fn of(role: Role) -> Tier {
        match role {
            Role::Steward | Role::Volunteer | Role::Anonymous | Role::Resident => Tier::Micro,
            Role::Worker | Role::GridLead => Tier::General,
            Role::Department | Role::Officer | Role::Command => Tier::Subdistrict,
            Role::CommunityLead
            | Role::Desk
            | Role::Supervisor
            | Role::PrivacyOfficer
            | Role::Auditor
            | Role::Admin
            | Role::Integration => Tier::Community,
        }
    }

    /// The name in files, texts and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Tier::Micro => "micro",
            Tier::General => "general",
            Tier::Community => "community",
            Tier::Subdistrict => "subdistrict",
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How long each level has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "each is the limit of its level")]
pub struct TierLimits {
    pub micro: Limit,
    pub general: Limit,
    pub community: Limit,
    pub subdistrict: Limit,
}

impl Default for TierLimits {
    fn default() -> Self {
        let days = |n| Limit {
            unit: Unit::WorkDay,
            n,
        };
        Self {
            micro: days(2),
            general: days(3),
            community: days(5),
            subdistrict: days(10),
        }
    }
}

impl TierLimits {
    /// The limit of a level.
    pub const fn of(&self, tier: Tier) -> Limit {
        match tier {
            Tier::Micro => self.micro,
            Tier::General => self.general,
            Tier::Community => self.community,
            Tier::Subdistrict => self.subdistrict,
        }
    }
}

/// Knows on which level each seat works, and who is near a grid.
pub trait Ladder: Sync {
    /// The level of a seat; that of the community for a seat nobody knows any more.
    fn tier(&self, post: PostId) -> Tier;

    /// Whether a seat serves a grid: the grid itself, one above it, or one below it. So does whoever serves no grid, as a
    /// department, and a seat nobody knows any more.
    fn is_on_the_way(&self, _: PostId, _: GridId) -> bool {
        true
    }

    /// Who has somebody's work while that one is away. Nobody, while they are there.
    fn stands_in(&self, _: MemberId, _: OffsetDateTime) -> Option<MemberId> {
        None
    }

    /// Whether somebody works here now: they hold a post and are not away.
    fn is_there(&self, _: MemberId, _: OffsetDateTime) -> bool {
        true
    }

    /// Whether whoever called departments to a case can say how they responded: they are there, and hold a post that may say it and
    /// from which they find the case.
    fn can_rate(&self, by: MemberId, _: &Case, now: OffsetDateTime) -> bool {
        self.is_there(by, now)
    }

    /// For whom somebody works in a grid that is not their own: whoever is away and serves it. Nobody, where it is their own.
    fn whose_grid(&self, _: &Actor, _: GridId) -> Option<MemberId> {
        None
    }

    /// Who leads a grid, the nearest first: its leads, and those of the grids above, who are there or for whom somebody stands in.
    /// Nobody, where nobody is known.
    fn leads(&self, _: GridId, _: OffsetDateTime) -> Vec<MemberId> {
        Vec::new()
    }

    /// Who may be asked to visit a reporter of this grid 回访: the volunteers of the micro-grid first, then ring by ring whoever
    /// else is near, in the order of their keys. Nobody, where nobody is known.
    fn visitors(&self, _: GridId, _: OffsetDateTime) -> Vec<Vec<MemberId>> {
        Vec::new()
    }
}

/// Everybody on one level: where nothing is given to anybody, as when a problem is told.
#[derive(Clone, Copy, Debug)]
pub struct Flat;

impl Ladder for Flat {
    fn tier(&self, _: PostId) -> Tier {
        Tier::Community
    }
}
