//! Publishes a circular 通报 about units for the staff to read, lists them, and takes one back. Whoever it would name as a
//! person is found and refused before anything is kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use rules::access::Action;
use rules::ids::{CircularId, ReportId};
use rules::people::Post;
use rules::supervision::{
    Circular, CircularFault, Deed, Held, Refusal, SAME_FOR, Spoken, Staff, faults,
};
use store::Unit;
use store::supervision::{After, Circulars, KeptCircular};

use super::note;
use crate::net::CommunityNet;
use crate::report::RequestKey;
use crate::{Asker, Error, Fault, House, task};

/// A circular as somebody writes it.
#[derive(Debug, Clone, Default)]
pub struct CircularForm {
    /// Sent twice with the same key it is published once. None for whoever brings none.
    pub key: Option<RequestKey>,
    /// Its heading.
    pub title: String,
    /// Its words.
    pub words: String,
    /// Codes of grids.
    pub grids: Vec<String>,
    /// Codes of departments.
    pub departments: Vec<String>,
}

/// A page of the published circulars, newest first.
///
/// # Errors
/// `Forbidden` for roles that read none.
#[task]
pub async fn circulars(
    house: &House,
    asker: &Asker,
    after: Option<After>,
    limit: u16,
) -> Result<Circulars, Error> {
    asker.allow(Action::ReadCirculars)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    Ok(reader.circulars(community, after, limit).await?)
}

/// Publishes.
///
/// # Errors
/// `Forbidden`; `Invalid` with every fault: an unknown unit, a micro-grid, somebody's name or number; or where the same was
/// published less than a day ago. `KeyReused` if the key came with something else before.
#[task]
pub async fn circulate(
    house: &House,
    asker: &Asker,
    form: &CircularForm,
) -> Result<CircularId, Error> {
    asker.allow(Action::Circulate)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let net = house.net();
    let net = net.community_by_id(community).map(Arc::clone);
    let units = checked(&*net.ok_or(Error::NotFound)?, form)?;
    let (id, key) = (CircularId(house.clock.id()), form.key);
    let circular = KeptCircular {
        id,
        title: form.title.trim().to_owned(),
        words: form.words.trim().to_owned(),
        by: asker.member().ok_or(Refusal::NotAllowed)?,
        at: asker.now,
        units,
    };
    let note = note(asker, id.0, Deed::Circulated);
    house
        .store
        .unit(community, async move |unit: &Unit| {
            if let Some(key) = key {
                let made = key.made_before(unit, ReportId(id.0), circular.at).await?;
                if let Some(made) = made {
                    return Ok(CircularId(made.0));
                }
            }
            if unit
                .is_circulated(&circular, circular.at - SAME_FOR)
                .await?
            {
                return Err(Error::invalid("words", "circular-twice"));
            }
            unit.keep_circular(&circular).await?;
            unit.note(note);
            Ok::<_, Error>(id)
        })
        .await
}

fn checked(net: &CommunityNet, form: &CircularForm) -> Result<Vec<Spoken>, Error> {
    let mut wrong = Vec::new();
    let (mut units, mut grids) = (Vec::new(), Vec::new());
    for code in &form.grids {
        match net.grid_by_code(code) {
            // nobody works for a grid of another scheme
            Some(grid) if !grid.scheme.is_governance() => {
                wrong.push(Fault::new("grids", "grid-scheme"));
            }
            Some(grid) => {
                grids.push(grid);
                units.push(Spoken::Grid(grid.id));
            }
            None => wrong.push(Fault::new("grids", "grid-unknown")),
        }
    }
    for code in &form.departments {
        match net.departments().find(|one| one.code == *code) {
            Some(department) => units.push(Spoken::Department(department.id)),
            None => wrong.push(Fault::new("departments", "filter-department")),
        }
    }
    units.sort_unstable();
    units.dedup();
    let circular = Circular {
        title: form.title.clone(),
        words: form.words.clone(),
        units,
    };
    let all: Vec<_> = net.grids().collect();
    let departments = net.departments();
    let spoken = departments.filter(|one| circular.units.contains(&Spoken::Department(one.id)));
    let spoken = spoken.map(|department| department.name.as_str());
    let spoken = spoken.chain(grids.iter().map(|grid| grid.name.as_str()));
    let spoken: BTreeSet<&str> = spoken.collect();
    let spoken: Vec<&str> = spoken.into_iter().collect();
    let mut found = faults(&circular, &grids, &all, &staff(net), &spoken);
    // whoever named a wrong one did name one
    found.retain(|fault| *fault != CircularFault::NoUnit || wrong.is_empty());
    wrong.extend(found.into_iter().map(said));
    if wrong.is_empty() {
        Ok(circular.units)
    } else {
        Err(Error::Invalid(wrong))
    }
}

/// Everybody who works here, as words may point at them.
pub(crate) fn staff(net: &CommunityNet) -> Staff<'_> {
    let held = |post| -> Held<'_> {
        let post: &Post = post;
        let department = post.department.and_then(|id| net.department(id));
        let department = department.map(|department| department.name.as_str());
        let grid = || post.grid.and_then(|id| net.grid(id));
        Held {
            title: &post.title,
            unit: department.or_else(|| grid().map(|grid| grid.name.as_str())),
            member: post.member,
        }
    };
    Staff {
        names: net.members().map(|member| member.name.as_str()).collect(),
        accounts: net
            .members()
            .filter_map(|member| member.code.as_deref())
            .collect(),
        posts: net.posts().iter().map(held).collect(),
    }
}

const fn said(fault: CircularFault) -> Fault {
    match fault {
        CircularFault::Title => Fault::new("title", "circular-title"),
        CircularFault::Words => Fault::new("words", "circular-words"),
        CircularFault::NoUnit => Fault::new("grids", "circular-unit"),
        CircularFault::MicroGrid => Fault::new("grids", "circular-micro"),
        CircularFault::NamesPerson => Fault::new("words", "circular-person"),
        CircularFault::NamesCase => Fault::new("words", "circular-case"),
        CircularFault::NamesMicroGrid => Fault::new("words", "circular-micro-named"),
    }
}

/// Takes a circular back; it is kept and shown no more.
///
/// # Errors
/// `Forbidden`, `NotFound` for one that is not published.
#[task]
pub async fn withdraw(house: &House, asker: &Asker, id: CircularId) -> Result<(), Error> {
    asker.allow(Action::Circulate)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let (note, now) = (note(asker, id.0, Deed::Withdrawn), asker.now);
    house
        .store
        .unit(community, async move |unit: &Unit| {
            unit.withdraw_circular(id, now).await?;
            unit.note(note);
            Ok::<_, Error>(())
        })
        .await
}
