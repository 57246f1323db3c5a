//! A grid as everybody but the map knows it: code, name, level, scheme, parent. Its border lies with its versions.
//! No meaning is ever read out of a code; level, scheme and parent are data of their own.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::{GridId, GridVersion};

/// The level of a grid within its scheme (domain.md §1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 总网格: the whole community.
    Community,
    /// 一般网格: 300–500 households.
    General,
    /// 专属网格: a school, a park, a market; beside the general grids.
    Dedicated,
    /// 微网格: 30–100 households.
    Micro,
}

/// A text that names no level.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no level {0:?}")]
pub struct UnknownLevel(pub String);

impl Level {
    /// Every level, from the top.
    pub const ALL: [Level; 4] = [
        Level::Community,
        Level::General,
        Level::Dedicated,
        Level::Micro,
    ];

    /// The name in tables, files and URLs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Community => "community",
            Level::General => "general",
            Level::Dedicated => "dedicated",
            Level::Micro => "micro",
        }
    }

    /// Whether a grid of this level may lie directly below one of `parent`.
    pub const fn fits_below(self, parent: Level) -> bool {
        matches!(
            (parent, self),
            (Level::Community, Level::General | Level::Dedicated)
                | (Level::General | Level::Dedicated, Level::Micro)
        )
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        let known = Self::ALL.into_iter().find(|level| level.as_str() == text);
        known.ok_or_else(|| UnknownLevel(text.to_owned()))
    }
}

/// A partition of the ground: the governance tree, the political-legal grids, those of any other line of work.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Scheme(String);

/// A text that names no scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a scheme has 1 to 32 small letters and underscores")]
pub struct BadScheme;

impl Scheme {
    /// The tree that cases are routed by.
    pub const GOVERNANCE: &'static str = "governance";

    /// The governance scheme.
    pub fn governance() -> Self {
        Self(Self::GOVERNANCE.to_owned())
    }

    /// Whether cases are routed by it.
    pub fn is_governance(&self) -> bool {
        self.0 == Self::GOVERNANCE
    }

    /// The name in tables, files and URLs.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Scheme {
    type Err = BadScheme;

    fn from_str(text: &str) -> Result<Self, BadScheme> {
        let fits = (1..=32).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadScheme)
        }
    }
}

impl TryFrom<String> for Scheme {
    type Error = BadScheme;

    fn try_from(text: String) -> Result<Self, BadScheme> {
        text.parse()
    }
}

impl From<Scheme> for String {
    fn from(scheme: Scheme) -> String {
        scheme.0
    }
}

/// The public code of a grid, such as `510184001005-G03-M07`; unique within its scheme.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GridCode(String);

/// A text that is no code of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a grid's code has 1 to 40 letters, digits and hyphens")]
pub struct BadGridCode;

impl GridCode {
    /// The code as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for GridCode {
    type Err = BadGridCode;

    fn from_str(text: &str) -> Result<Self, BadGridCode> {
        let inner = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let ends = !text.starts_with('-') && !text.ends_with('-');
        if (1..=40).contains(&text.len()) && inner && ends {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadGridCode)
        }
    }
}

impl TryFrom<String> for GridCode {
    type Error = BadGridCode;

    fn try_from(text: String) -> Result<Self, BadGridCode> {
        text.parse()
    }
}

impl From<GridCode> for String {
    fn from(code: GridCode) -> String {
        code.0
    }
}

impl fmt::Display for GridCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A grid as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Its key within the community.
    pub id: GridId,
    /// The partition it belongs to.
    pub scheme: Scheme,
    /// Its level there.
    pub level: Level,
    /// Its public code.
    pub code: GridCode,
    /// Its name.
    pub name: String,
    /// The grid above, of the same scheme; `None` at the top.
    pub parent: Option<GridId>,
    /// Its present validity; a new border or name makes a new one.
    pub version: GridVersion,
    /// Households, where the file says.
    pub households: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_stored_under_the_name_it_shows() {
        for level in Level::ALL {
            assert_eq!(level.as_str().parse(), Ok(level));
        }
    }

    #[test]
    fn micro_grids_lie_below_general_or_dedicated_ones_only() {
        assert!(Level::Micro.fits_below(Level::General));
        assert!(Level::Micro.fits_below(Level::Dedicated));
        assert!(!Level::Micro.fits_below(Level::Community));
        assert!(!Level::General.fits_below(Level::General));
    }

    #[test]
    fn codes_and_schemes_refuse_what_does_not_belong_into_an_address() {
        assert!("510184001005-G03-M07".parse::<GridCode>().is_ok());
        for wrong in ["", "-G01", "G01-", "G 01", "G/01", "网格"] {
            assert_eq!(wrong.parse::<GridCode>(), Err(BadGridCode), "{wrong}");
        }
        assert!("political_legal".parse::<Scheme>().is_ok());
        for wrong in ["", "Governance", "a b", "政法"] {
            assert_eq!(wrong.parse::<Scheme>(), Err(BadScheme), "{wrong}");
        }
    }
}
