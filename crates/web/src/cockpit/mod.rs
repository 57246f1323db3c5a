//! 驾驶舱, the wall: one community's counts, live. The page holds the same numbers as tables for whoever has no scripts.
//! Nothing on it is about a person, so that it may hang where everybody looks.

mod data;
mod device;
mod page;
mod words;

pub use data::{GridCount, grids};

use crate::routes::{Routes, Who};

/// The routes of the wall. Who may look is asked behind them: in the demo everybody, else members and walls with a token.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/cockpit", Who::Everyone, page::get)
        .get("/cockpit/data", Who::Everyone, data::get)
        .get("/cockpit/{token}", Who::Everyone, device::get)
}

/// What the address asks for.
#[derive(serde::Deserialize)]
pub struct Wish {
    community: Option<String>,
}
