//! Whether the borders fit together, as `rules::grid::boundary` sees it: errors refuse the file, warnings are told.

use std::collections::{HashMap, HashSet};

use rules::grid::boundary::{Code, Finding, Parcel, Severity, Tolerance, check as check_parcels};
use rules::grid::{Level, Scheme};
use rules::ids::GridId;

use super::plan::{Loose, Plan, Planned};
use crate::import::Problem;

/// Checks the whole community as it is going to be. A file without any border is a list, and nothing is said.
pub(super) fn check(plan: &Plan, problems: &mut Vec<Problem>) {
    let parcels = parcels(plan);
    if parcels.iter().all(|one| one.shape.is_none()) {
        return;
    }
    let unread: HashSet<GridId> = unread(plan).collect();
    for finding in check_parcels(&parcels, &Tolerance::default()) {
        let unknown = match finding.code {
            // it has a border, which could not be read
            Code::ShapeMissing => unread.contains(&finding.grid),
            // what is missing may be a grid of which it is not known where it belongs
            Code::Gap | Code::ChildMissing => plan.torn || !plan.loose.is_empty(),
            Code::RingInvalid | Code::Overlap | Code::OutsideParent => false,
        };
        if !unknown {
            problems.extend(problem(plan, &finding));
        }
    }
}

fn parcels(plan: &Plan) -> Vec<Parcel<'_, GridId>> {
    let mut schemes: HashMap<&Scheme, u16> = HashMap::new();
    let mut number = |scheme| {
        let next = u16::try_from(schemes.len()).unwrap_or(u16::MAX);
        *schemes.entry(scheme).or_insert(next)
    };
    let mut parcels: Vec<Parcel<'_, GridId>> = Vec::new();
    for Planned { grid, shape, .. } in plan.grids.values() {
        let cut = matches!(grid.level, Level::Community | Level::General);
        parcels.push(Parcel {
            key: grid.id,
            parent: grid.parent,
            scheme: number(&grid.scheme),
            divided: cut && grid.scheme.is_governance(),
            shape: shape.as_ref(),
        });
    }
    for one in &plan.loose {
        parcels.push(Parcel {
            key: one.id,
            parent: one.parent,
            // one whose scheme is not known has no parent that is, and so meets nobody
            scheme: one.scheme.as_ref().map_or(u16::MAX, &mut number),
            divided: false,
            shape: one.shape.as_ref(),
        });
    }
    parcels
}

fn unread(plan: &Plan) -> impl Iterator<Item = GridId> {
    let planned = plan.grids.values().filter(|one| one.unread);
    let loose = plan.loose.iter().filter(|one| one.unread);
    planned
        .map(|one| one.grid.id)
        .chain(loose.map(|one| one.id))
}

/// The code of a grid, and where the file names it.
fn named(plan: &Plan, id: GridId) -> Option<(&str, Option<&super::draft::Place>)> {
    if let Some(one) = plan.grids.get(&id) {
        return Some((one.grid.code.as_str(), one.place.as_ref()));
    }
    let loose: &Loose = plan.loose.iter().find(|one| one.id == id)?;
    Some((&loose.written, Some(&loose.place)))
}

fn problem(plan: &Plan, finding: &Finding<GridId>) -> Option<Problem> {
    let (grid, place) = named(plan, finding.grid)?;
    let code = match finding.code {
        Code::RingInvalid => "ring-invalid",
        Code::Overlap => "overlap",
        Code::OutsideParent => "outside-parent",
        Code::Gap => "gap",
        Code::ChildMissing => "child-missing",
        Code::ShapeMissing => "shape-missing",
    };
    let mut problem = match place {
        Some(place) => place.problem("geometry", code, grid),
        None => Problem::file(code).with("text", grid),
    };
    if let Some((other, _)) = finding.other.and_then(|other| named(plan, other)) {
        problem = problem.with("other", other);
    }
    if let Some(at) = finding.at {
        problem = problem
            .with("lon", format!("{:.6}", at.x))
            .with("lat", format!("{:.6}", at.y));
    }
    if finding.area_m2 > 0.0 {
        problem = problem.with("square-metres", format!("{:.0}", finding.area_m2));
    }
    Some(match finding.severity() {
        Severity::Error => problem,
        Severity::Warning => problem.as_warning(),
    })
}
