//! Open cases that may be the same as what somebody tells, or as a case somebody works on.

use rules::case::{Case, Place, StateName};
use rules::duplicate::{Kind, Near, Told, building};
use rules::ids::{CaseId, CategoryCode, GridId, Number};
use time::OffsetDateTime;

use super::nearby::class;
use crate::net::CommunityNet;
use crate::{Asker, Error, House, task};

/// The most that is offered.
const MOST: usize = 5;

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
    for similar in look(house, net, &seek).await? {
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

async fn look(house: &House, net: &CommunityNet, seek: &Seek<'_>) -> Result<Vec<Similar>, Error> {
    let class = class(net, seek.category);
    let told = Told {
        kind: Kind {
            category: seek.category,
            class: &class,
        },
        place: seek.place,
        grid: seek.grid,
        building: building(seek.words),
        at: seek.at,
    };
    house.nearby.look(house, net, &told).await
}
