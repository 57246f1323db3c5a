//! What a file of grids changes: the grids as they are going to be, old and new compared.

use std::collections::BTreeMap;

use geo::MultiPolygon;
use rules::grid::geometry::{Limits, read_shape, write};
use rules::grid::{Grid, GridCode, Level, Scheme};
use rules::ids::{GridId, GridVersion};
use store::grid::Kept;

use super::draft::{Draft, Place, Said};
use super::{Whose, keep};

/// A grid as it is going to be.
pub(super) struct Planned {
    pub grid: Grid,
    pub geometry: Option<String>,
    pub shape: Option<MultiPolygon>,
    /// Whether the file gives a border that cannot be read.
    pub unread: bool,
    /// Where the file names it; `None` for grids that are only in the net.
    pub place: Option<Place>,
    pub fate: Fate,
    /// Whether it hangs elsewhere than before.
    pub moved: bool,
}

/// A row of which too little can be read to plan anything; its border can still be looked at.
pub(super) struct Loose {
    pub id: GridId,
    pub scheme: Option<Scheme>,
    /// A key outside the net where the parent is not known.
    pub parent: Option<GridId>,
    pub shape: Option<MultiPolygon>,
    pub unread: bool,
    pub written: String,
    pub place: Place,
}

/// What happens to a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Added,
    Changed,
    Same,
}

/// All grids of the community, as they are going to be.
pub(super) struct Plan {
    pub grids: BTreeMap<GridId, Planned>,
    /// Rows that have no place among them.
    pub loose: Vec<Loose>,
    /// Whether it is not known where some grid belongs.
    pub torn: bool,
}

impl Plan {
    /// A grid that hangs elsewhere takes everything below it along: what lies below gets a new version too.
    pub(super) fn repath(&mut self) {
        let moved: Vec<GridId> = self
            .grids
            .values()
            .filter(|one| one.fate == Fate::Same && self.any_above_moved(one))
            .map(|one| one.grid.id)
            .collect();
        for id in moved {
            if let Some(one) = self.grids.get_mut(&id) {
                one.grid.version = GridVersion(one.grid.version.0 + 1);
                one.fate = Fate::Changed;
            }
        }
    }

    fn any_above_moved(&self, one: &Planned) -> bool {
        let parent_of = |one: &Planned| self.grids.get(&one.grid.parent?);
        std::iter::successors(parent_of(one), |above| parent_of(above)).any(|above| above.moved)
    }

    /// How many grids are new, changed and the same.
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        let count = |fate| {
            self.grids
                .values()
                .filter(|one| one.fate == fate && one.place.is_some())
                .count()
        };
        let moved = self
            .grids
            .values()
            .filter(|one| one.fate == Fate::Changed && one.place.is_none())
            .count();
        (
            count(Fate::Added),
            count(Fate::Changed) + moved,
            count(Fate::Same),
        )
    }

    /// The codes from the top down to a grid, joined by `/`.
    pub(super) fn path(&self, id: GridId) -> String {
        let way =
            std::iter::successors(self.grids.get(&id), |one| self.grids.get(&one.grid.parent?));
        let mut codes: Vec<&str> = way.map(|one| one.grid.code.as_str()).collect();
        codes.reverse();
        codes.join("/")
    }
}

impl Planned {
    /// A grid as the net has it.
    pub(super) fn of(kept: Kept) -> Self {
        let limits = Limits::default();
        let shape = kept
            .geometry
            .as_ref()
            .and_then(|text| read_shape(text, &limits).ok());
        Self {
            grid: kept.grid,
            geometry: kept.geometry,
            shape,
            unread: false,
            place: None,
            fate: Fate::Same,
            moved: false,
        }
    }

    /// The grid after the file; a list without borders takes none away.
    pub(super) fn next(
        id: GridId,
        (scheme, level, code): (Scheme, Level, GridCode),
        parent: Option<GridId>,
        draft: Draft,
        before: Option<Planned>,
    ) -> Self {
        let unread = draft.border == Said::Unreadable;
        let (geometry, shape) = match (draft.border, &before) {
            (Said::This(shape), _) => (Some(write(&shape)), Some(shape)),
            (Said::Nothing, Some(before)) => (before.geometry.clone(), before.shape.clone()),
            (Said::Nothing | Said::Unreadable, _) => (None, None),
        };
        let version = before
            .as_ref()
            .map_or(GridVersion(1), |before| before.grid.version);
        let mut grid = Grid {
            id,
            scheme,
            level,
            code,
            name: draft.name,
            parent,
            version,
            households: draft
                .households
                .or_else(|| before.as_ref()?.grid.households),
        };
        let fate = match &before {
            None => Fate::Added,
            Some(before) if before.grid == grid && before.geometry == geometry => Fate::Same,
            Some(_) => Fate::Changed,
        };
        if fate == Fate::Changed {
            grid.version = GridVersion(version.0 + 1);
        }
        let moved = before.is_some_and(|before| before.grid.parent != parent);
        Self {
            grid,
            geometry,
            shape,
            unread,
            place: Some(draft.place),
            fate,
            moved,
        }
    }

    /// Its border for the store.
    pub(super) fn border(&self) -> Option<store::grid::Border> {
        keep::border(self.geometry.as_deref()?, self.shape.as_ref()?)
    }
}

impl Whose {
    pub(super) fn code(&self) -> &str {
        match self {
            Whose::Known(net) => &net.code,
            Whose::New { code, .. } => code,
        }
    }
}
