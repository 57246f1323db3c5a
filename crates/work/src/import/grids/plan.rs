//! What a file of grids changes: codes given where they are missing, parents found, old and new compared.

use std::collections::{BTreeMap, HashMap};

use geo::MultiPolygon;
use rules::grid::geometry::{Limits, read_shape, write};
use rules::grid::{Grid, GridCode, Level, Scheme};
use rules::ids::{GridId, GridVersion};
use store::grid::Kept;

use super::draft::{Draft, Place};
use super::{Whose, keep};
use crate::House;
use crate::import::Problem;

/// A grid as it is going to be.
pub(super) struct Planned {
    pub grid: Grid,
    pub geometry: Option<String>,
    pub shape: Option<MultiPolygon>,
    /// Where the file names it; `None` for grids that are only in the net.
    pub place: Option<Place>,
    pub fate: Fate,
    /// Whether it hangs elsewhere than before.
    pub moved: bool,
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
}

type Name = (Scheme, GridCode);

impl Plan {
    /// Works out the plan; what does not fit together is added to `problems`.
    pub(super) fn make(
        house: &House,
        whose: &Whose,
        mut drafts: Vec<Draft>,
        kept: Vec<Kept>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut named: HashMap<Name, GridId> = HashMap::new();
        let mut grids = BTreeMap::new();
        for one in kept {
            named.insert(
                (one.grid.scheme.clone(), one.grid.code.clone()),
                one.grid.id,
            );
            grids.insert(one.grid.id, Planned::of(one));
        }
        let mut plan = Self { grids };
        // Parents come first, so that a child finds its parent whatever the order of the file.
        drafts.sort_by_key(|draft| draft.level);
        for draft in drafts {
            plan.enter(house, whose, draft, &mut named, problems);
        }
        plan.repath();
        plan
    }

    fn enter(
        &mut self,
        house: &House,
        whose: &Whose,
        mut draft: Draft,
        named: &mut HashMap<Name, GridId>,
        problems: &mut Vec<Problem>,
    ) {
        let Some(parent) = self.parent(&draft, named, problems) else {
            return;
        };
        let code = draft
            .code
            .take()
            .or_else(|| self.code(whose, &draft, parent));
        let Some(code) = code else {
            problems.push(
                draft
                    .place
                    .problem("code", "code-cannot-be-given", &draft.name),
            );
            return;
        };
        if taken_elsewhere(house, whose, &draft.scheme, &code) {
            problems.push(draft.place.problem("code", "code-taken", code.as_str()));
            return;
        }
        let name = (draft.scheme.clone(), code.clone());
        let id = *named
            .entry(name)
            .or_insert_with(|| GridId(house.clock.id()));
        if let Some(first) = self
            .grids
            .get(&id)
            .and_then(|planned| planned.place.as_ref())
        {
            let problem = draft.place.problem("code", "code-twice", code.as_str());
            problems.push(problem.with("first", first.number));
            return;
        }
        let before = self.grids.remove(&id);
        self.grids
            .insert(id, Planned::next(id, code, parent, draft, before));
    }

    /// The parent's id (`Some(None)` for a grid that needs none), or a problem.
    fn parent(
        &self,
        draft: &Draft,
        named: &HashMap<Name, GridId>,
        problems: &mut Vec<Problem>,
    ) -> Option<Option<GridId>> {
        let Some(code) = &draft.parent else {
            if draft.level != Level::Community && draft.scheme.is_governance() {
                problems.push(draft.place.problem("parent", "missing", ""));
                return None;
            }
            return Some(None);
        };
        let parent = named
            .get(&(draft.scheme.clone(), code.clone()))
            .and_then(|id| self.grids.get(id));
        let Some(parent) = parent else {
            problems.push(
                draft
                    .place
                    .problem("parent", "parent-unknown", code.as_str()),
            );
            return None;
        };
        if !draft.level.fits_below(parent.grid.level) {
            problems.push(draft.place.problem("parent", "parent-level", code.as_str()));
            return None;
        }
        Some(Some(parent.grid.id))
    }

    /// The code of a grid that comes without one: that of the same name under the same parent, else the next free one.
    fn code(&self, whose: &Whose, draft: &Draft, parent: Option<GridId>) -> Option<GridCode> {
        let siblings = || {
            self.grids
                .values()
                .filter(|one| one.grid.parent == parent && one.grid.scheme == draft.scheme)
        };
        let same =
            siblings().find(|one| one.grid.name == draft.name && one.grid.level == draft.level);
        if let Some(same) = same {
            return Some(same.grid.code.clone());
        }
        let letter = match draft.level {
            Level::Community => return None,
            Level::General => 'G',
            Level::Dedicated => 'Z',
            Level::Micro => 'M',
        };
        let above = parent
            .and_then(|id| self.grids.get(&id))
            .map(|one| one.grid.code.as_str());
        let above = above.unwrap_or(whose.code());
        let taken = |code: &GridCode| self.grids.values().any(|one| one.grid.code == *code);
        let free = (1..1_000).filter_map(|n| format!("{above}-{letter}{n:02}").parse().ok());
        free.into_iter().find(|code| !taken(code))
    }

    /// A grid that hangs elsewhere takes everything below it along: what lies below gets a new version too.
    fn repath(&mut self) {
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
    fn of(kept: Kept) -> Self {
        let limits = Limits::default();
        let shape = kept
            .geometry
            .as_ref()
            .and_then(|text| read_shape(text, &limits).ok());
        Self {
            grid: kept.grid,
            geometry: kept.geometry,
            shape,
            place: None,
            fate: Fate::Same,
            moved: false,
        }
    }

    /// The grid after the file; a list without borders takes none away.
    fn next(
        id: GridId,
        code: GridCode,
        parent: Option<GridId>,
        draft: Draft,
        before: Option<Planned>,
    ) -> Self {
        let geometry = draft.shape.as_ref().map(write);
        let (geometry, shape) = match (geometry, &before) {
            (Some(new), _) => (Some(new), draft.shape),
            (None, Some(before)) => (before.geometry.clone(), before.shape.clone()),
            (None, None) => (None, None),
        };
        let version = before
            .as_ref()
            .map_or(GridVersion(1), |before| before.grid.version);
        let mut grid = Grid {
            id,
            scheme: draft.scheme,
            level: draft.level,
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

/// Codes are unique in the installation, within their scheme.
fn taken_elsewhere(house: &House, whose: &Whose, scheme: &Scheme, code: &GridCode) -> bool {
    house
        .net()
        .communities()
        .filter(|net| net.code != whose.code())
        .any(|net| {
            net.grids()
                .any(|grid| grid.scheme == *scheme && grid.code == *code)
        })
}
