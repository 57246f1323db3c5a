//! Which grid a typed place means: a point lies in one, a code or a name names one; words alone go to the community's desk.

use rules::case::Place;
use rules::duplicate::building;
use rules::grid::Grid;
use rules::ids::GridId;
use rules::sheet::{Buildings, Spot, plain_name, read_spot};

use crate::net::{CommunityNet, Net};
use crate::report::Where;

/// A place that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The grid.
    pub grid: GridId,
    /// The same for a report.
    pub at: Where,
    /// The words on the place that are left.
    pub note: String,
    /// Whether the words named no grid, so that the desk has to find out.
    pub is_guess: bool,
    /// The grid's name, where the words name a building and none of the smaller grids below is known to have it.
    pub above_building: Option<String>,
}

/// The governance grids of a community, with the names people use; made once for a whole sheet.
pub(crate) struct Places<'a> {
    net: &'a Net,
    community: &'a CommunityNet,
    /// Deepest first, then the longest name first.
    names: Vec<(&'a str, &'a Grid)>,
    /// Grids that are some buildings of a compound.
    buildings: Vec<(Buildings<'a>, &'a Grid)>,
}

impl<'a> Places<'a> {
    pub fn of(net: &'a Net, community: &'a CommunityNet) -> Self {
        let grids = community.grids().filter(|grid| grid.scheme.is_governance());
        let mut names: Vec<(&str, &Grid)> =
            grids.map(|grid| (plain_name(&grid.name), grid)).collect();
        names.sort_by_key(|(name, grid)| std::cmp::Reverse((grid.level, name.chars().count())));
        let ranges = names.iter().map(|(_, grid)| *grid);
        let ranges = ranges.filter_map(|grid| Some((Buildings::of(&grid.name)?, grid)));
        Self {
            net,
            community,
            buildings: ranges.collect(),
            names,
        }
    }

    /// What a place means; where nothing was typed, the words of the note are asked.
    ///
    /// # Errors
    /// The code of what is wrong with it.
    pub fn find(&self, place: &str, words: &str) -> Result<Found, &'static str> {
        match read_spot(place) {
            Spot::Point(point, note) => self.point(point, note),
            Spot::NoPoint => Err("location-impossible"),
            Spot::Words(text) => self.words(text),
            Spot::Nothing => match self.named(words)? {
                Some(grid) => Ok(self.of_words(grid, words, "")),
                None => Err("place-missing"),
            },
        }
    }

    fn point(&self, point: Place, note: &str) -> Result<Found, &'static str> {
        let at = self
            .net
            .locate_governance(point.lon, point.lat)
            .filter(|at| at.community == self.community.id)
            .ok_or("place-outside")?;
        let grid = self.community.grid(at.grid).ok_or("place-outside")?;
        Ok(found(grid, Some(point), note, false))
    }

    fn words(&self, text: &str) -> Result<Found, &'static str> {
        if let Some((grid, rest)) = self.coded(text) {
            return match read_spot(rest) {
                Spot::Point(point, note) => self.point(point, note),
                Spot::NoPoint => Err("location-impossible"),
                Spot::Nothing | Spot::Words(_) => Ok(found(grid, None, rest, false)),
            };
        }
        if looks_like_code(text) {
            return Err("grid-unknown");
        }
        match self.named(text)? {
            Some(grid) => Ok(self.of_words(grid, text, text)),
            None => {
                let root = self.community.root().ok_or("grid-unknown")?;
                Ok(found(root, None, text, true))
            }
        }
    }

    /// A grid that words named, which may be larger than what they say.
    fn of_words(&self, grid: &Grid, text: &str, note: &str) -> Found {
        let is_above = self
            .buildings
            .iter()
            .any(|(_, one)| one.parent == Some(grid.id));
        let above = is_above && building(text).is_some();
        Found {
            above_building: above.then(|| grid.name.clone()),
            ..found(grid, None, note, false)
        }
    }

    /// A grid by the code in front, whole or without the community's part, and the words behind it.
    fn coded<'t>(&self, text: &'t str) -> Option<(&'a Grid, &'t str)> {
        let (first, rest) = text.split_once(is_gap).unwrap_or((text, ""));
        let whole = first.to_ascii_uppercase();
        let short = format!("{}-{whole}", self.community.code);
        let known = |code: &str| self.community.grid_by_code(code);
        let grid = known(&whole).or_else(|| known(&short))?;
        grid.scheme
            .is_governance()
            .then(|| (grid, rest.trim_matches(is_gap)))
    }

    /// The grid a text names, by its own name or by a compound and a building: the deepest, and among those the longest name.
    fn named(&self, text: &str) -> Result<Option<&'a Grid>, &'static str> {
        let by_name = self.by_name(text)?;
        let by_building = self.by_building(text)?;
        Ok(match (by_name, by_building) {
            (Some(name), Some(building)) if name.level >= building.level => Some(name),
            (name, building) => building.or(name),
        })
    }

    /// The grid whose range of buildings a text names one of; of several compounds the one with the longest name.
    fn by_building(&self, text: &str) -> Result<Option<&'a Grid>, &'static str> {
        let length = |one: &Buildings<'_>| one.compound.chars().count();
        let named = |(one, _): &&(Buildings<'_>, &Grid)| one.are_named_in(text);
        let hits: Vec<_> = self.buildings.iter().filter(named).collect();
        let longest = hits.iter().map(|(one, _)| length(one)).max();
        let mut best = hits.iter().filter(|(one, _)| Some(length(one)) == longest);
        match (best.next(), best.next()) {
            (Some(_), Some(_)) => Err("grid-ambiguous"),
            (one, _) => Ok(one.map(|(_, grid)| *grid)),
        }
    }

    fn by_name(&self, text: &str) -> Result<Option<&'a Grid>, &'static str> {
        let rank = |(name, grid): &(&str, &Grid)| (grid.level, name.chars().count());
        let mut hits = self
            .names
            .iter()
            .filter(|(name, _)| !name.is_empty() && text.contains(name));
        let Some(best) = hits.next() else {
            return Ok(None);
        };
        if hits
            .next()
            .is_some_and(|next| rank(next) == rank(best) && next.0 == best.0)
        {
            return Err("grid-ambiguous");
        }
        Ok(Some(best.1))
    }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '，' | '、')
}

/// One word of capital letters, digits and hyphens: somebody meant a code.
fn looks_like_code(text: &str) -> bool {
    let code = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.chars().all(code) && text.contains('-')
}

fn found(grid: &Grid, point: Option<Place>, note: &str, is_guess: bool) -> Found {
    Found {
        grid: grid.id,
        at: Where::Grid {
            code: grid.code.as_str().to_owned(),
            point,
        },
        note: note.to_owned(),
        is_guess,
        above_building: None,
    }
}
