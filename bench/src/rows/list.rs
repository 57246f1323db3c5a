//! The newest fifty cases of a grid and a state, with their total: every request another grid or state.

use std::sync::Arc;

use anyhow::Result;

use super::{in_turn, reading};
use crate::city::City;
use crate::goal;
use crate::load;
use crate::server::Server;
use crate::table::Outcome;

/// Measures.
///
/// # Errors
/// When a list was refused.
pub fn measure(server: &Server, city: &City) -> Result<Outcome> {
    let states = ["filed", "dispatched", "accepted", "closed", "redirected"];
    let mut prepared = Vec::new();
    for grid in &city.grounds[0].micro {
        for state in states {
            let path = format!(
                "/api/v1/cases?grid={}&state={state}&sort=-received&limit=50",
                grid.code
            );
            prepared.push(load::get(&path, Some(&city.token)));
        }
    }
    reading(&goal::LIST, server, in_turn(Arc::new(prepared)))
}
