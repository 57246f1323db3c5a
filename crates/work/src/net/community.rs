//! One community's part of the net: its grids as a tree, its people and their posts, its catalogues and its calendar.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rules::calendar::Calendar;
use rules::catalogue::Catalogue;
use rules::grid::{Grid, Level};
use rules::ids::{
    CatalogueVersion, CategoryCode, CommunityId, DepartmentId, GridId, MemberId, PostId,
};
use rules::people::{Department, Member, Post, Seat};
use rules::routing::{Router, RuleSet};
use rules::settings::Settings;
use rules::wording::Wording;
use time::OffsetDateTime;

use super::ground::Ground;

/// A community with everything that changes seldom.
pub struct CommunityNet {
    /// Its key.
    pub id: CommunityId,
    /// Its public code, which begins every number.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it lays down.
    pub settings: Settings,
    /// The working calendar.
    pub calendar: Arc<Calendar>,
    /// Counts the changes; a greater one is newer.
    pub(crate) version: i64,
    pub(super) ground: Ground,
    pub(super) grids: BTreeMap<GridId, Grid>,
    pub(super) order: Vec<GridId>,
    pub(super) codes: HashMap<String, GridId>,
    pub(super) children: HashMap<GridId, Vec<GridId>>,
    pub(crate) members: BTreeMap<MemberId, Member>,
    /// Those of them who said that they are away, now or until a day that is over, and those whose account was closed.
    pub(super) absent: Vec<MemberId>,
    pub(super) posts: Vec<Post>,
    pub(super) seats: Vec<Seat>,
    pub(super) seats_of: HashMap<GridId, Vec<Seat>>,
    pub(super) departments: BTreeMap<DepartmentId, Department>,
    pub(super) catalogues: BTreeMap<CatalogueVersion, Arc<Catalogue>>,
    /// The routing rules, those that are off too.
    pub routing: RuleSet,
    /// What reporters are told at which step, in the community's own words.
    pub wordings: Vec<Wording>,
    pub(super) router: Router,
}

impl CommunityNet {
    /// The grids of every scheme, parents before children.
    pub fn grids(&self) -> impl Iterator<Item = &Grid> {
        self.order.iter().filter_map(|id| self.grids.get(id))
    }

    /// The grid of an id.
    pub fn grid(&self, id: GridId) -> Option<&Grid> {
        self.grids.get(&id)
    }

    /// The grid of a code: of the governance scheme where several schemes have it.
    pub fn grid_by_code(&self, code: &str) -> Option<&Grid> {
        self.grid(*self.codes.get(code)?)
    }

    /// The 总网格: the root of the governance scheme.
    pub fn root(&self) -> Option<&Grid> {
        self.grids()
            .find(|grid| grid.scheme.is_governance() && grid.level == Level::Community)
    }

    /// The grids directly below one, by code.
    pub fn children(&self, id: GridId) -> &[GridId] {
        self.children.get(&id).map_or(&[], Vec::as_slice)
    }

    /// A grid and everything below it.
    pub fn subtree(&self, id: GridId) -> Vec<GridId> {
        let mut found = vec![id];
        let mut next = 0;
        while let Some(parent) = found.get(next).copied() {
            found.extend_from_slice(self.children(parent));
            next += 1;
        }
        found
    }

    /// Some grids and everything below them, each once.
    pub fn subtrees(&self, roots: &[GridId]) -> Vec<GridId> {
        let mut found: Vec<GridId> = roots.iter().flat_map(|root| self.subtree(*root)).collect();
        let mut seen = HashSet::new();
        found.retain(|grid| seen.insert(*grid));
        found
    }

    /// The grids of the tree directly below one: its children, or of a grid of another scheme the general and dedicated grids
    /// that lie in it.
    pub fn parts(&self, id: GridId) -> &[GridId] {
        let other = self.grid(id).filter(|grid| !grid.scheme.is_governance());
        match other {
            Some(_) => self.ground.inside(id).unwrap_or_default(),
            None => self.children(id),
        }
    }

    /// The grids of the tree whose cases count as those of a grid: itself with everything below it; of a grid of another scheme
    /// what lies in it. None where that cannot be told without guessing: grids of the tree lie across its border, none lies in
    /// it, or a border is missing.
    pub fn counted_in(&self, id: GridId) -> Option<Vec<GridId>> {
        if self.grid(id)?.scheme.is_governance() {
            return Some(self.subtree(id));
        }
        Some(self.subtrees(self.ground.inside(id)?))
    }

    /// The only micro-grid whose cases count as those of a grid: itself, or the one below it or in it. What judges work there judges
    /// the one person who serves it. None where there are several, or none.
    pub fn only_micro(&self, id: GridId) -> Option<GridId> {
        let is_micro = |id: &GridId| {
            self.grid(*id)
                .is_some_and(|grid| grid.level == Level::Micro)
        };
        let mut micro = self.counted_in(id)?.into_iter().filter(is_micro);
        micro.next().filter(|_| micro.next().is_none())
    }

    /// Whether a point in WGS-84 degrees lies farther outside the community's border than so many metres; never where it has
    /// no border.
    pub fn is_beyond(&self, lon: f64, lat: f64, metres: f64) -> bool {
        let outside = self.ground.distance(lon, lat);
        outside.is_finite() && outside > metres
    }

    /// The way from a grid up to the top of its scheme, itself first.
    pub fn way(&self, id: GridId) -> Vec<&Grid> {
        std::iter::successors(self.grid(id), |grid| self.grid(grid.parent?)).collect()
    }

    /// Every member, those who left included.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.members.values()
    }

    /// Every member who is away at `now`: only those are looked at who ever said so.
    pub fn away(&self, now: OffsetDateTime) -> impl Iterator<Item = &Member> {
        let absent = self.absent.iter().filter_map(|id| self.members.get(id));
        absent.filter(move |member| member.away_at(now).is_some())
    }

    /// The member of an id.
    pub fn member(&self, id: MemberId) -> Option<&Member> {
        self.members.get(&id)
    }

    /// The member with an account name of the list of people.
    pub fn member_by_code(&self, code: &str) -> Option<&Member> {
        self.members()
            .find(|member| member.code.as_deref() == Some(code))
    }

    /// The posts that are held now.
    pub fn posts(&self) -> &[Post] {
        &self.posts
    }

    /// The post of an id, if it is held now.
    pub fn post(&self, id: PostId) -> Option<&Post> {
        self.posts.iter().find(|post| post.id == id)
    }

    /// The posts a member holds now.
    pub fn posts_of(&self, member: MemberId) -> impl Iterator<Item = &Post> {
        self.posts.iter().filter(move |post| post.member == member)
    }

    /// The posts of exactly this grid.
    pub fn posts_at(&self, grid: GridId) -> impl Iterator<Item = &Post> {
        self.posts
            .iter()
            .filter(move |post| post.grid == Some(grid))
    }

    /// The departments, by id.
    pub fn departments(&self) -> impl Iterator<Item = &Department> {
        self.departments.values()
    }

    /// The department of an id.
    pub fn department(&self, id: DepartmentId) -> Option<&Department> {
        self.departments.get(&id)
    }

    /// The catalogue that is published now.
    pub fn catalogue(&self) -> Option<&Arc<Catalogue>> {
        self.catalogues.values().next_back()
    }

    /// Whether that catalogue has a category.
    pub fn has_category(&self, code: &CategoryCode) -> bool {
        self.catalogue()
            .is_some_and(|catalogue| catalogue.category(code).is_some())
    }

    /// A category of that catalogue, as people type it: by its name or its code.
    pub fn category_named(&self, text: &str) -> Option<&CategoryCode> {
        let catalogue = self.catalogue()?;
        let text = text.trim();
        let named = catalogue.categories.values().find(|one| one.name == text);
        let coded = || catalogue.category(&text.parse().ok()?);
        named.or_else(coded).map(|one| &one.code)
    }

    /// The catalogue a case was filed under.
    pub fn catalogue_version(&self, version: CatalogueVersion) -> Option<&Arc<Catalogue>> {
        self.catalogues.get(&version)
    }

    /// Whether a code is that of a category or class of any catalogue that cases were filed under.
    pub fn knows_category(&self, code: &CategoryCode) -> bool {
        let catalogues = self.catalogues.values();
        let mut known = catalogues.flat_map(|one| one.categories.values());
        known.any(|one| one.code == *code || one.class_code == *code)
    }
}
