//! Whether the borders fit together, as `rules::grid::boundary` sees it: errors refuse the file, warnings are told.

use std::collections::HashMap;

use rules::grid::Level;
use rules::grid::boundary::{Code, Finding, Parcel, Severity, Tolerance, check as check_parcels};
use rules::ids::GridId;

use super::plan::Plan;
use crate::import::Problem;

/// Checks the whole community as it is going to be. A file without any border is a list, and nothing is said.
pub(super) fn check(plan: &Plan, problems: &mut Vec<Problem>) {
    if plan.grids.values().all(|one| one.shape.is_none()) {
        return;
    }
    let mut schemes: HashMap<&str, u16> = HashMap::new();
    let parcels: Vec<Parcel<'_, GridId>> = plan
        .grids
        .values()
        .map(|one| {
            let grid = &one.grid;
            let next = u16::try_from(schemes.len()).unwrap_or(u16::MAX);
            let cut = matches!(grid.level, Level::Community | Level::General);
            Parcel {
                key: grid.id,
                parent: grid.parent,
                scheme: *schemes.entry(grid.scheme.as_str()).or_insert(next),
                divided: cut && grid.scheme.is_governance(),
                shape: one.shape.as_ref(),
            }
        })
        .collect();
    for finding in check_parcels(&parcels, &Tolerance::default()) {
        problems.extend(problem(plan, &finding));
    }
}

fn problem(plan: &Plan, finding: &Finding<GridId>) -> Option<Problem> {
    let one = plan.grids.get(&finding.grid)?;
    let code = match finding.code {
        Code::RingInvalid => "ring-invalid",
        Code::Overlap => "overlap",
        Code::OutsideParent => "outside-parent",
        Code::Gap => "gap",
        Code::ChildMissing => "child-missing",
        Code::ShapeMissing => "shape-missing",
    };
    let mut problem = match &one.place {
        Some(place) => place.problem("geometry", code, one.grid.code.as_str()),
        None => Problem::file(code).with("text", &one.grid.code),
    };
    if let Some(other) = finding.other.and_then(|other| plan.grids.get(&other)) {
        problem = problem.with("other", &other.grid.code);
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
