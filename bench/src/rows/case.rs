//! One case as JSON, as the community's desk sees it: every request another case.

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
/// When a case was refused.
pub fn measure(server: &Server, city: &City) -> Result<Outcome> {
    let request =
        |number: &String| load::get(&format!("/api/v1/cases/{number}"), Some(&city.token));
    let prepared = city.numbers.iter().map(request).collect();
    reading(&goal::CASE, server, in_turn(Arc::new(prepared)))
}
