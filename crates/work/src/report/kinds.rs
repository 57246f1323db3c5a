//! The few categories a reporter may choose from: what the words suggest, then what is told most around the place, then
//! one of each class. Nobody has to choose; whoever receives the report decides.

use std::collections::BTreeMap;

use rules::catalogue::{Catalogue, Category};
use rules::grid::Level;
use rules::ids::{CategoryCode, GridId};

use crate::net::CommunityNet;
use crate::{Error, House, task};

/// As many as one takes in at a glance.
const MOST: usize = 7;
/// Of them, those that the words suggest.
const SUGGESTED: usize = 3;

/// The codes to choose from, at most seven, the one `chosen` before among them.
///
/// # Errors
/// What the store says.
#[task]
pub async fn kinds(
    house: &House,
    community: &CommunityNet,
    grid: Option<GridId>,
    words: &str,
    chosen: Option<&CategoryCode>,
) -> Result<Vec<CategoryCode>, Error> {
    let Some(catalogue) = community.catalogue() else {
        return Ok(Vec::new());
    };
    let told = match grid.and_then(|grid| around(community, grid)) {
        Some(middle) => told(house, community, middle).await?,
        None => BTreeMap::new(),
    };
    Ok(choose(catalogue, words, &told, chosen))
}

/// The general or dedicated grid that a grid is or lies in; none for the community itself, which is no neighbourhood.
fn around(community: &CommunityNet, grid: GridId) -> Option<GridId> {
    let mut at = community.grid(grid)?;
    while at.level == Level::Micro {
        at = community.grid(at.parent?)?;
    }
    (at.level != Level::Community).then_some(at.id)
}

/// How often each category was told in a grid and below it, whatever became of it.
async fn told(
    house: &House,
    community: &CommunityNet,
    grid: GridId,
) -> Result<BTreeMap<String, i64>, Error> {
    let reader = house.store.reader();
    let counts = reader
        .counts(community.id, &community.subtree(grid))
        .await?;
    Ok(counts.into_iter().fold(BTreeMap::new(), |mut all, count| {
        *all.entry(count.category).or_default() += count.n;
        all
    }))
}

fn choose(
    catalogue: &Catalogue,
    words: &str,
    told: &BTreeMap<String, i64>,
    chosen: Option<&CategoryCode>,
) -> Vec<CategoryCode> {
    let suggested = catalogue.suggest(words).into_iter().take(SUGGESTED);
    let mut common: Vec<&Category> = catalogue
        .categories
        .values()
        .filter(|one| told.contains_key(one.code.as_str()))
        .collect();
    common.sort_by_key(|one| (-told[one.code.as_str()], one.code.clone()));
    let firsts = catalogue.classes().into_keys().filter_map(|class| {
        let mut of_class = catalogue.categories.values();
        of_class.find(|one| one.class_code == *class)
    });
    let mut codes: Vec<CategoryCode> = Vec::new();
    let chosen = chosen.and_then(|code| catalogue.category(code));
    for one in chosen
        .into_iter()
        .chain(suggested)
        .chain(common)
        .chain(firsts)
    {
        if codes.len() < MOST && !codes.contains(&one.code) {
            codes.push(one.code.clone());
        }
    }
    codes
}
