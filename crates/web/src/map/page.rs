//! `/map`: the map with its filters in the address, the cases of the filter beside it for staff, and the grids of a level
//! as a table in the order of their codes, which cannot be sorted by anything.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use rules::access::Action;
use rules::case::StateName;
use rules::grid::{Grid, Level};
use rules::ids::{CategoryCode, GridId};
use serde::Deserialize;
use store::case::{Bounds, Filter, Listed, Sort};
use work::Asker;
use work::map::Look;

use super::drawing::{self, Drawing, Piece};
use super::label::{self, Numbers, Words};
use crate::Door;
use crate::cockpit::{GridCount, grids};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::session::Came;
use crate::view::View;
use crate::workbench::Office;

/// Cases beside the map.
const BESIDE: u16 = 50;
/// Where anything on a map lies.
const EARTH: Bounds = Bounds {
    west: -180.0,
    south: -90.0,
    east: 180.0,
    north: 90.0,
};

/// The filters, as they stand in the address.
#[derive(Deserialize, Default)]
pub struct Wish {
    community: Option<String>,
    #[serde(default)]
    level: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    category: String,
}

/// What is looked for.
struct Wanted {
    level: Level,
    state: Option<StateName>,
    class: Option<CategoryCode>,
}

/// A choice of a filter.
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

/// A case beside the map.
struct Beside {
    number: String,
    category: String,
    grid: String,
    state: &'static str,
    state_name: String,
    received: String,
    overdue: bool,
}

#[derive(Template)]
#[template(path = "map/map.html")]
struct Map {
    page: Page,
    /// The menu beside it, for whoever works here.
    office: Option<Office>,
    code: String,
    bounds: Option<String>,
    /// The grid that all of them lie in, and the levels that are drawn; the map asks for the same.
    within: Option<String>,
    drawn: String,
    levels: Vec<Choice>,
    states: Vec<Choice>,
    classes: Vec<Choice>,
    sees_counts: bool,
    rows: bool,
    cases_url: String,
    beside: List,
    drawing: Option<Drawing>,
    names: Vec<(GridId, GridCount)>,
    /// What is counted in the community and in none of these grids.
    rest: Rest,
}

/// The cases beside the map.
#[derive(Default)]
struct List {
    /// The newest.
    cases: Vec<Beside>,
    /// How many there are.
    total: u64,
    /// How many of them have no place, so that they are on no map.
    placeless: u64,
    /// All of them as a list.
    url: String,
}

/// Open and overdue cases that the table of a level does not count.
#[derive(Clone, Copy, Default)]
struct Rest {
    open: u64,
    overdue: u64,
}

/// `GET /map`.
pub async fn get(
    State(door): State<Door>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    Came(known): Came,
    office: Result<Office, Failure>,
    mut page: Page,
) -> Result<Response, Failure> {
    let view = View::seen(&door, &headers, &known, wish.community.as_deref()).await?;
    let wanted = Wanted::of(&wish)?;
    page.community = Some(view.net.name.clone());
    let (names, rest) = counted(&door, &view, wanted.level).await?;
    let is_drawn = |id: GridId| names.iter().any(|(grid, _)| *grid == id);
    let areas = drawing::areas(&door.house, view.net.id, is_drawn).await?;
    let beside = beside(&door, &view, &wanted, &page).await?;
    let map = Map {
        code: view.net.code.clone(),
        bounds: drawing::bounds(&areas).map(|sides| sides.map(|side| side.to_string()).join(",")),
        within: view.net.root().map(|root| root.code.to_string()),
        drawn: wanted.drawn(),
        levels: wanted.levels(&page),
        states: wanted.states(&page),
        classes: wanted.classes(&view, &page),
        sees_counts: view.counts(Action::ReadCounts),
        rows: view.rows(),
        cases_url: wanted.cases_url(),
        beside,
        drawing: Drawing::of(&areas),
        names,
        rest,
        office: office.ok(),
        page,
    };
    layout::show(&map)
}

/// The grids of a level with their counts, by code, and what lies in none of them; zeros for whoever may not see counts (the
/// page then shows none).
async fn counted(
    door: &Door,
    view: &View,
    level: Level,
) -> Result<(Vec<(GridId, GridCount)>, Rest), Failure> {
    let shown = |grid: &&Grid| grid.scheme.is_governance() && is_shown(level, grid.level);
    let mut ids: Vec<&Grid> = view.net.grids().filter(shown).collect();
    ids.sort_by(|a, b| a.code.cmp(&b.code));
    let wall = if view.counts(Action::ReadCounts) {
        grids(view, &*door.walls.wall(&door.house, view.net.id).await?)
    } else {
        Vec::new()
    };
    let count = |grid: &Grid| {
        let found = wall.iter().find(|count| count.code == grid.code.as_str());
        found.cloned().unwrap_or_else(|| GridCount::none(grid))
    };
    let names: Vec<_> = ids.iter().map(|grid| (grid.id, count(grid))).collect();
    let rest = view.net.root().map_or_else(Rest::default, |root| {
        let outermost = |(grid, _): &&(GridId, GridCount)| {
            let mut above = view.net.way(*grid).into_iter().skip(1);
            !above.any(|above| ids.iter().any(|one| one.id == above.id))
        };
        let shown = names.iter().filter(outermost).map(|(_, count)| count);
        Rest::of(&count(root), shown)
    });
    Ok((names, rest))
}

impl Rest {
    /// What a whole counts beyond its parts.
    fn of<'a>(whole: &GridCount, parts: impl Iterator<Item = &'a GridCount>) -> Self {
        let all = Self {
            open: whole.open,
            overdue: whole.overdue,
        };
        parts.fold(all, |rest, part| Self {
            open: rest.open.saturating_sub(part.open),
            overdue: rest.overdue.saturating_sub(part.overdue),
        })
    }

    /// Whether there is anything in it.
    const fn is_any(&self) -> bool {
        self.open > 0 || self.overdue > 0
    }
}

/// Dedicated grids stand beside the general ones and beside the micro-grids.
fn is_shown(wanted: Level, level: Level) -> bool {
    level == wanted || (level == Level::Dedicated && wanted != Level::Community)
}

/// The cases of the filter, for whoever may list cases.
async fn beside(door: &Door, view: &View, wanted: &Wanted, page: &Page) -> Result<List, Failure> {
    let Some(asker) = view.asker.as_ref().filter(|_| view.rows()) else {
        return Ok(List::default());
    };
    let filter = Filter {
        states: wanted.in_states(),
        category: wanted.class.clone(),
        ..Filter::default()
    };
    let reader = door.house.store.reader();
    let list = reader
        .cases(
            &asker.scope,
            view.net.id,
            &filter,
            Sort::Newest,
            BESIDE,
            None,
        )
        .await;
    let list = list.map_err(work::Error::from)?;
    let beside = |listed: Listed| {
        let case = listed.case;
        let category = case.category.as_ref().zip(view.net.catalogue());
        let category = category.and_then(|(code, catalogue)| catalogue.category(code));
        Beside {
            number: case.number.to_string(),
            category: category
                .map_or_else(|| page.t.text("map-no-category"), |one| one.name.clone()),
            grid: view
                .net
                .grid(case.grid)
                .map_or_else(String::new, |grid| grid.name.clone()),
            state: case.state.kind().as_str(),
            state_name: page
                .t
                .text(format!("case-state-{}", case.state.kind().as_str())),
            received: page.t.by(case.times.received_at),
            overdue: case.is_open_and_late(asker.now),
        }
    };
    let placed = placed(door, view, asker, &filter).await?;
    Ok(List {
        cases: list.rows.into_iter().map(beside).collect(),
        total: list.total,
        placeless: list.total.saturating_sub(placed),
        url: wanted.list_url(),
    })
}

/// How many cases of a filter lie somewhere: the map in memory knows, but for scopes that are not made of grids.
async fn placed(door: &Door, view: &View, asker: &Asker, filter: &Filter) -> Result<u64, Failure> {
    if let Some(look) = Look::within(&view.net, &asker.scope, filter) {
        let map = &door.kept.map;
        let found = map.look(&door.house, &view.net, EARTH, &look, 0).await?;
        return Ok(found.total as u64);
    }
    let filter = Filter {
        bounds: Some(EARTH),
        ..filter.clone()
    };
    let reader = door.house.store.reader();
    let list = reader
        .cases(&asker.scope, view.net.id, &filter, Sort::Newest, 1, None)
        .await;
    Ok(list.map_err(work::Error::from)?.total)
}

impl Wanted {
    /// Reads the filters; a blank one is no filter.
    fn of(wish: &Wish) -> Result<Self, Failure> {
        let level = match wish.level.as_str() {
            "" => Level::General,
            name => name.parse().map_err(|_| Failure::Unreadable)?,
        };
        let state = match wish.state.as_str() {
            "" => None,
            name => Some(name.parse().map_err(|_| Failure::Unreadable)?),
        };
        let class = match wish.category.as_str() {
            "" => None,
            code => Some(code.parse().map_err(|_| Failure::Unreadable)?),
        };
        Ok(Self {
            level,
            state,
            class,
        })
    }

    /// The states of the filter; without one, what is open.
    fn in_states(&self) -> Vec<StateName> {
        match self.state {
            Some(state) => vec![state],
            None => StateName::ALL
                .iter()
                .copied()
                .filter(|state| state.is_open())
                .collect(),
        }
    }

    /// The same filter as a list of cases.
    fn list_url(&self) -> String {
        let state = self.state.map_or("open", StateName::as_str);
        let class = self.class.as_ref();
        let class = class.map_or_else(String::new, |class| format!("&category={}", class.as_str()));
        format!("/cases?state={state}{class}")
    }

    /// The same filter, for the map's own reading.
    fn cases_url(&self) -> String {
        let states: Vec<&str> = self
            .in_states()
            .iter()
            .map(|state| state.as_str())
            .collect();
        let class = self
            .class
            .as_ref()
            .map_or_else(String::new, |class| format!("&category={}", class.as_str()));
        format!("/api/v1/cases?state={}{class}", states.join(","))
    }

    /// The names of the levels that are drawn, as the map asks for them.
    fn drawn(&self) -> String {
        let levels = Level::ALL.iter().copied();
        let shown: Vec<&str> = levels
            .filter(|level| is_shown(self.level, *level))
            .map(Level::as_str)
            .collect();
        shown.join(",")
    }

    fn levels(&self, page: &Page) -> Vec<Choice> {
        let choice = |level: Level| Choice {
            value: level.as_str().to_owned(),
            name: page.t.text(format!("map-level-{level}")),
            chosen: level == self.level,
        };
        [Level::Community, Level::General, Level::Micro]
            .into_iter()
            .map(choice)
            .collect()
    }

    fn states(&self, page: &Page) -> Vec<Choice> {
        let choice = |state: &StateName| Choice {
            value: state.as_str().to_owned(),
            name: page.t.text(format!("case-state-{}", state.as_str())),
            chosen: Some(*state) == self.state,
        };
        StateName::ALL.iter().map(choice).collect()
    }

    fn classes(&self, view: &View, page: &Page) -> Vec<Choice> {
        let Some(catalogue) = view.net.catalogue() else {
            return Vec::new();
        };
        // a class is found by how its categories' codes begin
        let classes = catalogue.classes().into_iter().map(|(code, name)| Choice {
            value: code.as_str().to_owned(),
            name: if name.is_empty() {
                page.t.text("map-no-category")
            } else {
                name.to_owned()
            },
            chosen: self.class.as_ref() == Some(code),
        });
        classes.collect()
    }
}

impl Map {
    /// Whether every count of the table leads to its cases.
    fn reads_all(&self) -> bool {
        self.names.iter().all(|(_, grid)| grid.reads)
    }

    /// The grid of a piece of the drawing.
    fn count(&self, piece: &Piece) -> Option<&GridCount> {
        self.names
            .iter()
            .find(|(id, _)| *id == piece.grid)
            .map(|(_, count)| count)
    }

    /// What is written in an area; counts only for whoever may see them.
    fn words(&self, piece: &Piece, count: &GridCount) -> Option<Words> {
        let numbers = self.sees_counts.then(|| self.numbers(count));
        label::words(piece, &count.name, numbers.as_ref())
    }

    /// The number in it that a phone shows.
    fn few(&self, piece: &Piece, count: &GridCount) -> Option<Words> {
        let numbers = self.sees_counts.then(|| self.numbers(count))?;
        label::few(piece, &numbers)
    }

    fn numbers(&self, count: &GridCount) -> Numbers {
        let t = &self.page.t;
        let mut told = t.say("map-piece").with("open", count.open).to_string();
        if count.overdue > 0 {
            let late = t.say("map-piece-late").with("overdue", count.overdue);
            told = format!("{told} {late}");
        }
        Numbers {
            told,
            open: t.number(count.open.try_into().unwrap_or(i64::MAX)),
        }
    }

    /// Whether an area has the mark of what is overdue.
    fn is_late(&self, count: &GridCount) -> bool {
        self.sees_counts && count.overdue > 0
    }

    /// The colour of so many open cases; the steps are those of the map's legend.
    fn fill(&self, open: &u64) -> &'static str {
        match open {
            0 => "#f4f6f3",
            1..=4 => "#cfe5e4",
            5..=9 => "#8fc3c4",
            _ => "#4b939a",
        }
    }
}
