//! How the grids of a split stand now, beside what their figures say of a period: what is open and what of it is overdue, as the wall
//! and the lists count it, from the same tallies. Cases of one category, department or channel only are not tallied by grid, and so
//! nothing is told of them.

use std::sync::Arc;

use rules::access::Action;
use rules::ids::GridId;
use work::figures::{By, Figures, Question, Wall};
use work::net::CommunityNet;

use super::{Discretion, Kept};
use crate::Door;
use crate::error::Failure;
use crate::view::{Reads, View};

/// How the grids of a split stand now.
pub struct Standing {
    net: Arc<CommunityNet>,
    wall: Arc<Wall>,
    reads: Reads,
    /// The grid that is split.
    whole: Option<GridId>,
}

/// How one grid stands now, with everything below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    /// Open cases.
    pub open: u64,
    /// Those that are overdue, or why it is not told.
    pub overdue: Result<u64, Kept>,
    /// The code of the grid by which lists of cases find exactly these, where the asker's own lists hold them.
    pub listed: Option<String>,
}

impl Standing {
    /// For whoever asks; none where nothing is split by grid, where only some of the cases are asked for, and for whoever sees no
    /// such counts.
    ///
    /// # Errors
    /// `Unavailable` if the store fails.
    pub async fn of(
        door: &Door,
        view: &View,
        question: &Question,
    ) -> Result<Option<Self>, Failure> {
        let some =
            question.category.is_some() || question.hands.is_some() || question.channel.is_some();
        if question.by != Some(By::Grid) || some || !view.counts(Action::ReadCounts) {
            return Ok(None);
        }
        let root = view.net.root().map(|root| root.id);
        Ok(Some(Self {
            wall: door.walls.wall(&door.house, view.net.id).await?,
            reads: view.reads(),
            whole: question.grid.or(root),
            net: Arc::clone(&view.net),
        }))
    }

    /// How the grid that a part is stands now; none of what lies in the split grid itself and in none of its parts, which is not
    /// tallied apart.
    pub fn of_part(&self, part: &Figures, discretion: &Discretion<'_>) -> Option<Now> {
        let grid = self.net.grid_by_code(part.part.as_deref()?)?;
        if self.whole == Some(grid.id) && !self.net.parts(grid.id).is_empty() {
            return None;
        }
        let mut counts = self.wall.grids.iter();
        let count = counts.find(|count| count.grid == grid.id)?;
        let code = || grid.code.to_string();
        Some(Now {
            open: count.open,
            overdue: discretion.overdue(part, count.overdue),
            listed: self.reads.has(grid.id).then(code),
        })
    }

    /// Whether how many are overdue is told of any of these parts.
    pub fn tells_overdue(&self, parts: &[Figures], discretion: &Discretion<'_>) -> bool {
        let mut told = parts
            .iter()
            .filter_map(|part| self.of_part(part, discretion));
        told.any(|now| now.overdue.is_ok())
    }
}
