//! The grid of a point among the micro-grids of a whole city, beside an R-tree with exact tests on the same points.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, ensure};
use geo::Coord;
use rules::grid::atlas::{Atlas, Layer};
use rules::grid::synthetic::Plan;

use crate::goal;
use crate::limits::tree::Tree;
use crate::table::Outcome;

/// Micro-grids of a city of twenty million.
const GRIDS: usize = 126_449;
/// Points asked for.
const POINTS: u64 = 1_000_000;

/// Measures.
///
/// # Errors
/// When the two ways do not agree.
pub fn measure() -> Result<Outcome> {
    let side = (GRIDS as f64).sqrt().ceil() as u32;
    let plan = Plan::of(side, side);
    let mut shapes = plan.micro();
    shapes.truncate(GRIDS);
    let micro = Layer {
        scheme: 0,
        level: 3,
    };
    let numbered = (0_u32..)
        .zip(&shapes)
        .map(|(key, shape)| (key, micro, shape));
    let atlas = Atlas::build(micro, numbered);
    let points: Vec<Coord> = (0..POINTS).map(|n| plan.place(n)).collect();
    let (ours, found) = each(&points, |at| {
        atlas.locate_micro(at.x, at.y).map(|key| key as usize)
    });
    let bytes = atlas.bytes();
    let tree = Tree::of(shapes);
    let (limit, also) = each(&points, |at| tree.locate(at));
    // Points on a shared border may go to either side; there are none or a handful among a million.
    ensure!(
        found.abs_diff(also) < 100,
        "the atlas found {found} points in a grid, the tree {also}"
    );
    Ok(Outcome {
        limit: Some((limit, "rstar + geo")),
        note: format!("{:.0} MB for the grids", bytes as f64 / 1e6),
        ..Outcome::plain(&goal::LOCATE, ours)
    })
}

/// Microseconds for one point, and how many points lie in a grid.
fn each(points: &[Coord], locate: impl Fn(Coord) -> Option<usize>) -> (f64, usize) {
    let began = Instant::now();
    let found = points
        .iter()
        .filter(|at| black_box(locate(**at)).is_some())
        .count();
    (
        began.elapsed().as_secs_f64() * 1e6 / points.len() as f64,
        found,
    )
}
