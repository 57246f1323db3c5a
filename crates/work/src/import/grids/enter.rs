//! How rows find their place in a plan: codes given where they are missing, parents found. Rows with faults take part as
//! far as they can be read, so that what is wrong across rows is told in one go and nothing is made up.

use std::collections::{BTreeMap, HashMap, HashSet};

use rules::grid::{GridCode, Level, Scheme};
use rules::ids::GridId;
use store::grid::Kept;

use super::Whose;
use super::draft::{CODE, Draft, PARENT, Said};
use super::plan::{Loose, Plan, Planned};
use crate::House;
use crate::import::Problem;

/// What a name stands for.
struct Known {
    id: GridId,
    /// None where the file leaves it open.
    level: Option<Level>,
    /// The row that names it first; none for grids that are only in the net.
    first: Option<usize>,
}

/// Where a row hangs.
#[derive(Clone, Copy)]
enum Above {
    Nobody,
    Parent(GridId),
    /// That cannot be said; why was told.
    Unsure,
}

struct Planning<'a> {
    house: &'a House,
    /// None where it cannot be said for whom the file is: then nobody knows which grids and codes there are.
    whose: Option<&'a Whose>,
    names: HashMap<(Scheme, GridCode), Known>,
    /// Codes that the file means somewhere and that cannot be looked up, since a part of their row cannot be read.
    dim: HashSet<String>,
    plan: Plan,
    problems: &'a mut Vec<Problem>,
}

impl Plan {
    /// Works out the plan; what does not fit together is added to `problems`.
    pub(super) fn make(
        house: &House,
        whose: Option<&Whose>,
        drafts: Vec<Draft>,
        kept: Vec<Kept>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut planning = Planning {
            house,
            whose,
            names: HashMap::new(),
            dim: HashSet::new(),
            plan: Self {
                grids: BTreeMap::new(),
                loose: Vec::new(),
                torn: false,
            },
            problems,
        };
        for one in kept {
            planning.hold(one);
        }
        let twice: HashSet<usize> = (0..)
            .zip(&drafts)
            .filter_map(|(at, draft)| planning.names_again(draft).then_some(at))
            .collect();
        // Parents come first, so that a child finds its parent whatever the order of the file.
        let mut order: Vec<(usize, Draft)> = drafts.into_iter().enumerate().collect();
        order.sort_by_key(|(_, draft)| (draft.level.is_none(), draft.level));
        for (at, draft) in order {
            planning.enter(draft, twice.contains(&at));
        }
        planning.plan.repath();
        planning.plan
    }
}

impl Planning<'_> {
    fn hold(&mut self, one: Kept) {
        let known = Known {
            id: one.grid.id,
            level: Some(one.grid.level),
            first: None,
        };
        let name = (one.grid.scheme.clone(), one.grid.code.clone());
        self.names.insert(name, known);
        self.plan.grids.insert(one.grid.id, Planned::of(one));
    }

    /// Takes down the name of a row; whether an earlier row has it already, which is told.
    fn names_again(&mut self, draft: &Draft) -> bool {
        let Some(name) = draft.key() else {
            self.dim.insert(plain(&draft.written));
            return false;
        };
        let fresh = GridId(self.house.clock.id());
        let known = self.names.entry(name).or_insert(Known {
            id: fresh,
            level: None,
            first: None,
        });
        let Some(first) = known.first else {
            (known.level, known.first) = (draft.level, Some(draft.place.number));
            return false;
        };
        if known.level != draft.level {
            known.level = None;
        }
        self.twice(draft, &draft.written, first);
        true
    }

    fn twice(&mut self, draft: &Draft, code: &str, first: usize) {
        let problem = draft.place.of_field(CODE, "code-twice", code);
        self.problems.push(problem.with("first", first));
    }

    fn enter(&mut self, draft: Draft, twice: bool) {
        let above = self.above(&draft);
        let parent = self.parent(above);
        if twice {
            // its border is still looked at, beside nobody
            let nowhere = self.parent(Above::Unsure);
            let id = GridId(self.house.clock.id());
            return self.set_aside(draft, id, nowhere);
        }
        self.taken(&draft);
        let given = self.code(&draft, above);
        let id = draft.scheme.as_ref().zip(given.as_ref()).and_then(|name| {
            let name = (name.0.clone(), name.1.clone());
            self.names.get(&name).map(|known| known.id)
        });
        match (&draft.scheme, draft.level, given, id) {
            (Some(scheme), Some(level), Some(code), Some(id)) => {
                let before = self.plan.grids.remove(&id);
                let name = (scheme.clone(), level, code);
                let planned = Planned::next(id, name, parent, draft, before);
                self.plan.grids.insert(id, planned);
            }
            (.., id) => {
                let id = id.unwrap_or_else(|| GridId(self.house.clock.id()));
                self.set_aside(draft, id, parent);
            }
        }
    }

    /// The parent's key; where it cannot be said, one that is outside the net.
    fn parent(&mut self, above: Above) -> Option<GridId> {
        match above {
            Above::Nobody => None,
            Above::Parent(id) => Some(id),
            Above::Unsure => {
                self.plan.torn = true;
                Some(GridId(self.house.clock.id()))
            }
        }
    }

    fn set_aside(&mut self, draft: Draft, id: GridId, parent: Option<GridId>) {
        let unread = draft.border == Said::Unreadable;
        let kept = self.plan.grids.remove(&id).and_then(|before| before.shape);
        let shape = match draft.border {
            Said::This(shape) => Some(shape),
            Said::Nothing | Said::Unreadable => kept.filter(|_| !unread),
        };
        self.plan.loose.push(Loose {
            id,
            scheme: draft.scheme,
            parent,
            shape,
            unread,
            written: draft.written,
            place: draft.place,
        });
    }

    /// Where a row hangs; what is wrong with that is told.
    fn above(&mut self, draft: &Draft) -> Above {
        let Some(scheme) = &draft.scheme else {
            return Above::Unsure;
        };
        let mut told = |code, text: &str| {
            let problem = draft.place.of_field(PARENT, code, text);
            self.problems.push(problem);
            Above::Unsure
        };
        let code = match &draft.parent {
            Said::Unreadable => return Above::Unsure,
            Said::Nothing if !scheme.is_governance() => return Above::Nobody,
            Said::Nothing => {
                return match draft.level {
                    Some(Level::Community) => Above::Nobody,
                    Some(_) => told("missing", ""),
                    None => Above::Unsure,
                };
            }
            Said::This(code) => code,
        };
        match self.names.get(&(scheme.clone(), code.clone())) {
            // whoever does not know the community cannot say which grids it has
            None if self.whose.is_none() || self.dim.contains(code.as_str()) => Above::Unsure,
            None => told("parent-unknown", code.as_str()),
            Some(known) => match (draft.level, known.level) {
                (Some(level), Some(parent)) if !level.fits_below(parent) => {
                    told("parent-level", code.as_str())
                }
                _ => Above::Parent(known.id),
            },
        }
    }

    /// The code of a row: the one it has, or one that is given.
    fn code(&mut self, draft: &Draft, above: Above) -> Option<GridCode> {
        match &draft.code {
            Said::This(code) => return Some(code.clone()),
            Said::Unreadable => return None,
            Said::Nothing => {}
        }
        let (scheme, level, whose) = (draft.scheme.as_ref()?, draft.level?, self.whose?);
        let parent = match above {
            Above::Nobody => None,
            Above::Parent(id) => Some(id),
            Above::Unsure => return None,
        };
        if draft.is_root() {
            return None;
        }
        let Some(code) = self.given(whose, (scheme, level, &draft.name), parent) else {
            let problem = draft
                .place
                .of_field(CODE, "code-cannot-be-given", &draft.name);
            self.problems.push(problem);
            return None;
        };
        let fresh = GridId(self.house.clock.id());
        let known = self.names.entry((scheme.clone(), code.clone()));
        let known = known.or_insert(Known {
            id: fresh,
            level: Some(level),
            first: None,
        });
        if let Some(first) = known.first {
            self.twice(draft, code.as_str(), first);
            return None;
        }
        known.first = Some(draft.place.number);
        Some(code)
    }

    /// The code of a grid that comes without one: that of the same name under the same parent, else the next free one.
    fn given(
        &self,
        whose: &Whose,
        (scheme, level, name): (&Scheme, Level, &str),
        parent: Option<GridId>,
    ) -> Option<GridCode> {
        let mut siblings = self
            .plan
            .grids
            .values()
            .filter(|one| one.grid.parent == parent && one.grid.scheme == *scheme);
        if let Some(same) = siblings.find(|one| one.grid.name == name && one.grid.level == level) {
            return Some(same.grid.code.clone());
        }
        let letter = match level {
            Level::Community => return None,
            Level::General => 'G',
            Level::Dedicated => 'Z',
            Level::Micro => 'M',
        };
        let above = parent.and_then(|id| self.plan.grids.get(&id));
        let above = above.map_or(whose.code(), |one| one.grid.code.as_str());
        let taken = |code: &GridCode| self.names.keys().any(|(_, other)| other == code);
        let free = (1..1_000).filter_map(|n| format!("{above}-{letter}{n:02}").parse().ok());
        free.into_iter().find(|code| !taken(code))
    }

    /// Codes are unique in the installation, within their scheme.
    fn taken(&mut self, draft: &Draft) {
        let (Some(whose), Some((scheme, code))) = (self.whose, draft.key()) else {
            return;
        };
        let net = self.house.net();
        let mut others = net.communities().filter(|net| net.code != whose.code());
        if others.any(|net| {
            net.grids()
                .any(|grid| grid.scheme == scheme && grid.code == code)
        }) {
            let problem = draft.place.of_field(CODE, "code-taken", code.as_str());
            self.problems.push(problem);
        }
    }
}

/// A code without what does not belong into one: most of those that cannot be read are meant so.
fn plain(written: &str) -> String {
    let belongs = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let plain: String = written.chars().filter(belongs).collect();
    plain.trim_matches('-').to_owned()
}
