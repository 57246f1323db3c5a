//! Counts by category and state, of one grid and of the whole community.

use std::sync::Arc;

use anyhow::Result;

use super::{in_turn, reading};
use crate::city::City;
use crate::goal::Goal;
use crate::load;
use crate::server::Server;
use crate::table::Outcome;

/// Measures the counts of single micro-grids.
///
/// # Errors
/// When counts were refused.
pub fn of_grids(goal: &'static Goal, server: &Server, city: &City) -> Result<Outcome> {
    let grids = city.grounds[0].micro.iter();
    measure(
        goal,
        server,
        city,
        grids.map(|grid| grid.code.as_str().to_owned()).collect(),
    )
}

/// Measures the counts of the whole community.
///
/// # Errors
/// When counts were refused.
pub fn of_all(goal: &'static Goal, server: &Server, city: &City) -> Result<Outcome> {
    measure(
        goal,
        server,
        city,
        vec![city.grounds[0].top.code.as_str().to_owned()],
    )
}

fn measure(
    goal: &'static Goal,
    server: &Server,
    city: &City,
    codes: Vec<String>,
) -> Result<Outcome> {
    let request =
        |code: &String| load::get(&format!("/api/v1/counts?grid={code}"), Some(&city.token));
    reading(
        goal,
        server,
        in_turn(Arc::new(codes.iter().map(request).collect())),
    )
}
