//! Open cases that may be the same as what somebody tells, or as a case somebody works on.

use rules::case::{Case, Place, StateName};
use rules::duplicate::{Kind, Near, Told, building};
use rules::ids::{CaseId, CategoryCode, GridId, Number};
use time::OffsetDateTime;

use super::nearby::class;
use super::spots::{Spot, spots};
use crate::net::CommunityNet;
use crate::{Asker, Error, House, task};

/// The most that is offered.
const MOST: usize = 5;
/// By how many places of a case others like it are looked for, beside its own.
const SPOTS: usize = 100;

/// What somebody tells.
#[derive(Clone, Copy, Debug)]
pub struct Seek<'a> {
    /// What it is about.
    pub category: &'a CategoryCode,
    /// Where exactly, if known.
    pub place: Option<Place>,
    /// The grid it lies in.
    pub grid: GridId,
    /// Words on where it is.
    pub words: &'a str,
    /// When it is told.
    pub at: OffsetDateTime,
}

/// An open case that may be the same. Nothing of it says who told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    /// The case.
    pub case: CaseId,
    /// What it is about.
    pub category: CategoryCode,
    /// The grid it lies in.
    pub grid: GridId,
    /// Since when it is known.
    pub since: OffsetDateTime,
    /// Where it stands.
    pub state: StateName,
    /// Why it may be the same.
    pub near: Near,
}

/// What may be offered to anybody who tells a problem: never of a category that concerns persons.
///
/// # Errors
/// What the store says.
#[task]
pub async fn similar(
    house: &House,
    net: &CommunityNet,
    seek: &Seek<'_>,
) -> Result<Vec<Similar>, Error> {
    let open = &net.settings.duplicate;
    if !open.is_open(seek.category) {
        return Ok(Vec::new());
    }
    let mut found = look(house, net, seek).await?;
    found.retain(|one| open.is_open(&one.category));
    found.truncate(MOST);
    Ok(found)
}

/// An open case like another one, for somebody who may see both.
#[derive(Clone, Debug)]
pub struct Alike {
    /// Its number.
    pub number: Number,
    /// What is known of it.
    pub similar: Similar,
}

/// The cases in the asker's sight that may be the same as one they look at. `words` are those on its place; without a
/// category the one that its words suggest is taken.
///
/// # Errors
/// What the store says.
#[task]
pub async fn alike(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    case: &Case,
    told: &str,
    place_note: &str,
) -> Result<Vec<Alike>, Error> {
    let suggested = || {
        let catalogue = net.catalogue()?;
        catalogue.suggest(told).first().map(|one| one.code.clone())
    };
    let Some(category) = case.category.clone().or_else(suggested) else {
        return Ok(Vec::new());
    };
    let words = if place_note.trim().is_empty() {
        told
    } else {
        place_note
    };
    let seek = Seek {
        category: &category,
        place: case.place,
        grid: case.grid,
        words,
        at: case.times.received_at,
    };
    let mut seen = Vec::new();
    for similar in look_all_over(house, net, case, &seek).await? {
        if similar.case == case.id || seen.len() >= MOST {
            continue;
        }
        let reader = house.store.reader();
        match reader.case_within(&asker.scope, net.id, similar.case).await {
            Ok(trail) => seen.push(Alike {
                number: trail.case.number,
                similar,
            }),
            Err(store::Error::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(seen)
}

/// Whether two categories may be the same matter, as the community counts families.
pub(crate) fn of_one_family(net: &CommunityNet, a: &CategoryCode, b: &CategoryCode) -> bool {
    let (class_a, class_b) = (class(net, a), class(net, b));
    let settings = &net.settings.duplicate;
    let kind_a = Kind {
        category: a,
        class: &class_a,
    };
    let kind_b = Kind {
        category: b,
        class: &class_b,
    };
    settings.is_family(&kind_a, &kind_b)
}

/// By every place where a case was told to be, the nearest first, each case once.
async fn look_all_over(
    house: &House,
    net: &CommunityNet,
    case: &Case,
    seek: &Seek<'_>,
) -> Result<Vec<Similar>, Error> {
    let class = class(net, seek.category);
    let known = match house.nearby.spots_of(house, net, case.id).await? {
        Some(known) => known,
        None => spots(house, net, std::slice::from_ref(case))
            .await?
            .remove(&case.id)
            .unwrap_or_default(),
    };
    let sought = told(seek, &class);
    let is_sought = |spot: &Spot| {
        (spot.place, spot.grid, spot.building) == (sought.place, sought.grid, sought.building)
    };
    let others = known.into_iter().filter(|spot| !is_sought(spot));
    let others = others.take(SPOTS).map(|spot| Told {
        place: spot.place,
        grid: spot.grid,
        building: spot.building,
        ..sought
    });
    let all: Vec<Told<'_>> = std::iter::once(sought).chain(others).collect();
    house.nearby.look(house, net, &all).await
}

async fn look(house: &House, net: &CommunityNet, seek: &Seek<'_>) -> Result<Vec<Similar>, Error> {
    let class = class(net, seek.category);
    let told = told(seek, &class);
    house.nearby.look(house, net, &[told]).await
}

fn told<'a>(seek: &Seek<'a>, class: &'a CategoryCode) -> Told<'a> {
    Told {
        kind: Kind {
            category: seek.category,
            class,
        },
        place: seek.place,
        grid: seek.grid,
        building: building(seek.words),
        at: seek.at,
    }
}
