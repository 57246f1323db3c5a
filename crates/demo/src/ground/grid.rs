//! What a grid of the demo is: code, name, level, scheme, households and ring. Data only.

/// The level of a grid, named as in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 总网格: the whole community.
    Community,
    /// 一般网格; the political-legal grids stand on this level of their own scheme.
    General,
    /// 专属网格: here a school, beside the general grids.
    Dedicated,
    /// 微网格.
    Micro,
}

/// Which partition of the ground a grid belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// The tree of community, general, dedicated and micro-grids.
    Governance,
    /// 政法网格.
    PoliticalLegal,
}

/// One invented grid.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Unique within its scheme.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// Level within its scheme.
    pub level: Level,
    /// The scheme it belongs to.
    pub scheme: Scheme,
    /// Code of the grid above, in the same scheme.
    pub parent: Option<String>,
    /// Households; 0 where nobody lives.
    pub households: usize,
    /// Outer ring in WGS-84 degrees, inside on the left, first point repeated at the end.
    pub ring: Vec<[f64; 2]>,
}

/// All grids: the community, then general, dedicated, micro and political-legal grids, each by code.
#[derive(Clone, Debug)]
pub struct Ground {
    /// 1 + 16 + 1 + 79 + 3 grids.
    pub grids: Vec<Grid>,
}

impl Ground {
    /// The grids of one level of the governance scheme, by code.
    pub fn level(&self, level: Level) -> impl Iterator<Item = &Grid> {
        self.grids
            .iter()
            .filter(move |grid| grid.level == level && grid.scheme == Scheme::Governance)
    }
}
