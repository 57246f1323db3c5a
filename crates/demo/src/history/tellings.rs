//! What people say: sentences by filing condition, each with its weight and season. Data in `seed/tellings.txt`.

use crate::catalogue::{Category, SeedError};
use crate::dice::Dice;
use rules::case::Channel;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// How something is told, under one filing condition.
pub struct Telling {
    /// Index of the sub-class.
    pub category: usize,
    /// Index of the filing condition within it.
    pub condition: usize,
    /// How often, compared with others, within its season.
    pub weight: usize,
    season: &'static [u8],
    words: &'static str,
}

impl Telling {
    /// The sentence with its place filled in.
    pub fn at(&self, place: &str, spot: &str) -> String {
        self.words.replace("{p}", place).replace("{s}", spot)
    }
}

/// Everything that can be told, with how likely it is on each way and in each month.
pub struct Tellings {
    all: Vec<Telling>,
    likely: BTreeMap<(Way, u8), Vec<usize>>,
}

/// Who tells: the net itself, a department, or people.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Found,
    Department,
    People,
}

impl Tellings {
    /// Reads the seed file.
    ///
    /// # Errors
    /// [`SeedError`] names the first line that cannot be understood.
    pub fn read(categories: &[Category]) -> Result<Self, SeedError> {
        let all = tellings(categories)?;
        let ways = [Way::Found, Way::Department, Way::People];
        let keys = ways
            .into_iter()
            .flat_map(|way| (1..=12).map(move |month| (way, month)));
        let weights = |(way, month)| {
            all.iter()
                .map(|one| weight(one, &categories[one.category], way, month))
                .collect()
        };
        let likely = keys.map(|key| (key, weights(key))).collect();
        Ok(Self { all, likely })
    }

    /// One of them, as likely as it is on this way at this time of the year.
    pub fn pick(&self, channel: Channel, at: OffsetDateTime, dice: &mut Dice) -> &Telling {
        let way = match channel {
            Channel::Grid | Channel::Patrol => Way::Found,
            Channel::Department => Way::Department,
            _ => Way::People,
        };
        let weights = self
            .likely
            .get(&(way, u8::from(at.month())))
            .map_or(&[][..], Vec::as_slice);
        &self.all[dice.weighted(weights.iter().copied())]
    }
}

/// The net itself finds things in public space and hazards; people ask and complain as well. Out of season a tenth.
fn weight(telling: &Telling, category: &Category, way: Way, month: u8) -> usize {
    let weight = if telling.season.contains(&month) {
        telling.weight * 10
    } else {
        telling.weight
    };
    match (way, category.code.starts_with('3')) {
        (Way::Found | Way::Department, true) => 0,
        (Way::Found, false) if category.visit => 0,
        (Way::People, true) => weight * 3,
        _ => weight,
    }
}

/// All tellings; every filing condition named exists.
fn tellings(categories: &[Category]) -> Result<Vec<Telling>, SeedError> {
    let mut all = Vec::new();
    let mut head = None;
    for (line, text) in (1..).zip(include_str!("../../seed/tellings.txt").lines()) {
        let bad = SeedError {
            file: "tellings",
            line,
        };
        if let Some(rest) = text.strip_prefix("> ") {
            head = Some(heading(rest, categories).ok_or(bad)?);
        } else if let Some(rest) = text.strip_prefix('-') {
            let (category, weight, season) = head.ok_or(bad.clone())?;
            let (mark, words) = rest.split_once(' ').ok_or(bad.clone())?;
            let condition = if mark.is_empty() {
                0
            } else {
                mark.parse::<usize>().map_err(|_| bad.clone())? - 1
            };
            if condition >= categories[category].conditions.len() {
                return Err(bad);
            }
            all.push(Telling {
                category,
                condition,
                weight,
                season,
                words,
            });
        } else if !text.starts_with('#') {
            return Err(bad);
        }
    }
    Ok(all)
}

fn heading(text: &str, categories: &[Category]) -> Option<(usize, usize, &'static [u8])> {
    let mut fields = text.split('|').map(str::trim);
    let code = fields.next()?;
    let category = categories
        .iter()
        .position(|category| category.code == code)?;
    let weight = fields.next()?.parse().ok()?;
    Some((category, weight, season(fields.next()?)?))
}

/// The months of a season.
fn season(name: &str) -> Option<&'static [u8]> {
    Some(match name {
        "all" => &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        "summer" => &[5, 6, 7, 8, 9],
        "winter" => &[11, 12, 1, 2],
        "rain" => &[5, 6, 7, 8, 9, 10],
        "spring" => &[3, 4, 5, 6],
        "school" => &[3, 4, 5, 6, 9, 10, 11, 12],
        _ => return None,
    })
}
